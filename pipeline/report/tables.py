"""Tables of the annexes, described as data and built as XML in one go: a thousand rows take a fraction of a second."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.report.language import LANG
from pipeline.report.ooxml import el, paragraph, run, twips
from pipeline.report.styles import style_id
from pipeline.text import say

HEAD_SHADE, GROUP_SHADE = "D9E2F3", "F2F2F2"
ALIGNED = {"left": "", "center": " giữa", "right": " số"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in mm, and how its cells are aligned (left, center, right)."""

    title: str
    width: float
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of texts. A ``group`` row has two: its number, and a title that runs over all other columns."""

    cells: tuple[str, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``caption`` is read out by screen readers; ``small`` uses the small table styles."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    small: bool = False

    def fitted(self, room: float) -> Table:
        """The same table, so many mm wide."""
        share = room / sum(column.width for column in self.columns)
        return replace(self, columns=tuple(replace(column, width=column.width * share) for column in self.columns))


def table_element(table: Table) -> Element:
    """The table with a heading row that repeats on every page and rows that do not split."""
    widths = [twips(column.width) for column in table.columns]
    grid = el("tblGrid", *[el("gridCol", w=width) for width in widths])
    size = " nhỏ" if table.small else ""
    base = f"Ô bảng{size}"
    names = [style_id(f"{base}{ALIGNED[column.align]}") for column in table.columns]
    head = [
        _cell(c.title, style_id(f"Đầu bảng{size}"), w, shade=HEAD_SHADE)
        for c, w in zip(table.columns, widths, strict=True)
    ]
    last = len(table.rows) - 1
    rows = [
        _group(row, widths, names, style_id(base)) if row.group else _plain(row, widths, names, place == last)
        for place, row in enumerate(table.rows)
    ]
    properties = _properties(table.caption, sum(widths), description=_described(table))
    return el("tbl", properties, grid, _row(head, repeated=True), *rows)


def _described(table: Table) -> str:
    """What a screen reader says of a table before it reads the cells."""
    columns = ", ".join(column.title for column in table.columns)
    return say("report.table", LANG, rows=str(len(table.rows)), columns=columns)


def frame_element(widths_mm: tuple[float, ...], rows: Iterable[Iterable[list[Element]]]) -> Element:
    """A table without lines that only places paragraphs side by side (letterhead, signatures); no cell padding."""
    widths = [twips(width) for width in widths_mm]
    grid = el("tblGrid", *[el("gridCol", w=width) for width in widths])
    lines = [
        _row([el("tc", el("tcPr", el("tcW", w=w, type="dxa")), *cell) for cell, w in zip(row, widths, strict=True)])
        for row in rows
    ]
    return el("tbl", _properties("", sum(widths), lines=False), grid, *lines)


def _properties(caption: str, width: int, lines: bool = True, description: str = "") -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    border = [el(side, val="single", sz=4, space=0, color="000000") for side in sides]
    above, beside = (twips(0.35), twips(1)) if lines else (0, 0)
    padding = {"top": above, "left": beside, "bottom": above, "right": beside}
    margins = el("tblCellMar", *[el(side, w=room, type="dxa") for side, room in padding.items()])
    return el(
        "tblPr",
        el("tblW", w=width, type="dxa"),
        el("tblInd", w=0, type="dxa"),
        el("tblBorders", *border) if lines else None,
        el("tblLayout", type="fixed"),
        margins,
        el("tblLook", val="0020" if lines else "0000", firstRow=int(lines), lastRow=0, firstColumn=0, lastColumn=0),
        el("tblCaption", val=caption) if caption else None,
        el("tblDescription", val=description) if description else None,
    )


def _row(cells: list[Element], repeated: bool = False) -> Element:
    return el("tr", el("trPr", el("cantSplit"), el("tblHeader") if repeated else None), *cells)


def _plain(row: Row, widths: list[int], names: list[str], last: bool) -> Element:
    """The last row stays with the note below the table, which must not stand alone on a page."""
    cells = zip(row.cells, names, widths, strict=True)
    return _row([_cell(text, name, width, keep_next=last) for text, name, width in cells])


def _group(row: Row, widths: list[int], names: list[str], wide: str) -> Element:
    number, title = row.cells
    rest = len(widths) - 1
    return _row(
        [
            _cell(number, names[0], widths[0], shade=GROUP_SHADE, bold=True, keep_next=True),
            _cell(title, wide, sum(widths[1:]), span=rest, shade=GROUP_SHADE, bold=True, keep_next=True),
        ]
    )


def _cell(
    text: str, style: str, width: int, *, span: int = 1, shade: str = "", bold: bool = False, keep_next: bool = False
) -> Element:
    properties = el(
        "tcPr",
        el("tcW", w=width, type="dxa"),
        el("gridSpan", val=span) if span > 1 else None,
        el("shd", val="clear", color="auto", fill=shade) if shade else None,
        el("vAlign", val="center"),
    )
    return el("tc", properties, paragraph(style, run(text, bold=bold), keep_next=keep_next))
