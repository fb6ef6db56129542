"""The first sheet of an answer: what was received, what is to be corrected and where, which figures were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pipeline.catalogue import Unit
from pipeline.files import undated
from pipeline.look import AMBER, FONT, LINE, NAVY, RED, height_of
from pipeline.model import CellRef, Entry, Finding, Severity
from pipeline.text import DASH, say, shown

WIDTHS = (12, 15, 9, 62, 62)
MOST_LETTERS = 300
TABLE_WIDTH = len(WIDTHS)
LOOKS = {Severity.ERROR: RED, Severity.WARNING: AMBER}


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in words."""

    finding: Finding
    wrong: str
    step: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is told to a unit about its file; ``names``: code -> (name, unit of measure); ``refused``: nothing of it counts."""

    unit: Unit
    file: str
    received: str
    sha256: str
    state: str
    lines: tuple[Line, ...]
    totals: tuple[Entry, ...]
    names: Mapping[str, tuple[str, str]]
    year: int
    refused: bool = False

    @property
    def to_correct(self) -> bool:
        """True when the unit has something to look at again."""
        return bool(self.lines)

    def count(self, severity: Severity) -> int:
        """How many findings weigh so much."""
        return sum(line.finding.severity is severity for line in self.lines)


def brief(text: str) -> str:
    """A sentence that quotes a unit's whole essay, cut for mails, messages and comments."""
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…"


def findings_workbook(verdict: Verdict, lang: str, why: str) -> bytes:
    """The verdict alone, for files of which no faithful marked copy can be made; ``why`` says so."""
    from openpyxl import Workbook

    book = Workbook()
    write_verdict(book.active, verdict, lang, linked=False, why=why)
    return saved(book)


def saved(book: Any) -> bytes:
    """The workbook's bytes, the same for the same content."""
    buffer = BytesIO()
    book.save(buffer)
    return undated(buffer.getvalue())


def write_verdict(page: Any, verdict: Verdict, lang: str, *, linked: bool, why: str = "") -> None:
    """Fill an empty sheet; ``linked``: the cells named are in the same workbook."""
    writer = _Writer(page, lang)
    page.title = say("sheets.verdict.sheet_name", lang)
    for number, width in enumerate(WIDTHS, start=1):
        page.column_dimensions["ABCDE"[number - 1]].width = width
    writer.title(say("returns.verdict.title", lang, year=str(verdict.year), unit=verdict.unit.name))
    for key in ("file", "received", "sha256", "state"):
        writer.fact(say(f"returns.verdict.{key}", lang), getattr(verdict, key) or DASH)
    how = "how_refused" if verdict.refused else "how" if linked else "how_unlinked"
    writer.remark(why or say(f"returns.verdict.{how}", lang))
    writer.headings([say(f"returns.verdict.{key}", lang) for key in ("severity", "sheet", "cell", "wrong", "step")])
    page.freeze_panes = f"A{writer.row}"
    for line in verdict.lines:
        _write_line(writer, line, linked, verdict.file)
    _write_totals(writer, verdict, linked)
    _set_up(page)


def _write_line(writer: _Writer, line: Line, linked: bool, file: str) -> None:
    finding, ref = line.finding, line.finding.ref
    here = linked and ref is not None and ref.file == file
    sheet, cell = (ref.sheet, ref.address) if ref is not None else ("", "")
    wrong = line.wrong if ref is None or ref.file == file else f"{line.wrong} ({ref.file})"
    writer.line(
        (say(f"common.{finding.severity}", writer.lang), sheet, cell, wrong, line.step),
        look=LOOKS.get(finding.severity),
        link=ref if here else None,
    )


def _write_totals(writer: _Writer, verdict: Verdict, linked: bool) -> None:
    lang = writer.lang
    writer.row += 1
    writer.subtitle(say("returns.verdict.totals", lang, count=str(len(verdict.totals))))
    writer.headings([say(f"returns.verdict.{key}", lang) for key in ("code", "sheet", "cell", "name", "value")])
    for entry in verdict.totals:
        name, measure = verdict.names.get(entry.code, ("", ""))
        ref = entry.value.ref
        amount = (
            f"{shown(entry.amount, lang)} {measure}".strip()
            if not isinstance(entry.amount, bool)
            else shown(entry.amount, lang)
        )
        here = linked and ref.file == verdict.file
        writer.line((entry.code, ref.sheet, ref.address, name, amount), link=ref if here else None)


def _set_up(page: Any) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.sheet_view.showGridLines = False


class _Writer:
    """Writes row after row; every text stays a text, whatever it begins with."""

    def __init__(self, page: Any, lang: str) -> None:
        from openpyxl.styles import Alignment, Border, Side

        self.page, self.lang, self.row = page, lang, 1
        thin = Side(style="thin", color=_argb(LINE))
        self.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        self.wrapped = Alignment(wrap_text=True, vertical="top")

    def _text(self, column: int, text: str, **font: Any) -> Any:
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
        from openpyxl.styles import Font

        cell = self.page.cell(self.row, column)
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
        cell.data_type = "s"
        cell.font = Font(name=FONT, size=font.pop("size", 11), **font)
        return cell

    def title(self, text: str) -> None:
        """The sheet's title."""
        self._text(1, text, size=14, bold=True, color=_argb(NAVY))
        self.page.row_dimensions[self.row].height = 24
        self.row += 1

    def subtitle(self, text: str) -> None:
        """The title of a part."""
        self._text(1, text, size=12, bold=True, color=_argb(NAVY))
        self.row += 1

    def fact(self, name: str, text: str) -> None:
        """A name and what it is, over the width of the table."""
        self._text(1, name, bold=True).alignment = self.wrapped
        self._merged(3, text)

    def remark(self, text: str) -> None:
        """A sentence over the whole width."""
        self._merged(1, text, italic=True)
        self.row += 1

    def _merged(self, column: int, text: str, **font: Any) -> None:
        cell = self._text(column, text, **font)
        cell.alignment = self.wrapped
        self.page.merge_cells(start_row=self.row, end_row=self.row, start_column=column, end_column=TABLE_WIDTH)
        self.page.row_dimensions[self.row].height = height_of((text, sum(WIDTHS[column - 1 :])), size=11)
        self.row += 1

    def headings(self, texts: list[str]) -> None:
        """The headings of a table."""
        from openpyxl.styles import Alignment, PatternFill

        for column, text in enumerate(texts, start=1):
            cell = self._text(column, text, bold=True, color="FFFFFFFF")
            cell.fill, cell.border = PatternFill("solid", fgColor=_argb(NAVY)), self.border
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self.page.row_dimensions[self.row].height = 22
        self.row += 1

    def line(self, texts: tuple[str, ...], look: tuple[str, str] | None = None, link: CellRef | None = None) -> None:
        """A row of a table; ``look``: background and ink of its first cell; ``link``: where its third cell leads."""
        from openpyxl.styles import PatternFill
        from openpyxl.worksheet.hyperlink import Hyperlink

        for column, text in enumerate(texts, start=1):
            cell = self._text(column, text)
            cell.alignment, cell.border = self.wrapped, self.border
        if look is not None:
            first = self._text(1, texts[0], bold=True, color=_argb(look[1]))
            first.fill = PatternFill("solid", fgColor=_argb(look[0]))
        if link is not None:
            cell = self._text(3, texts[2], underline="single", color="FF0563C1")
            place = f"'{link.sheet.replace(chr(39), chr(39) * 2)}'!{link.address}"
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=texts[2])
        self.page.row_dimensions[self.row].height = height_of(*zip(texts, WIDTHS, strict=True), size=11)
        self.row += 1


def _argb(colour: str) -> str:
    return "FF" + colour.removeprefix("#")
