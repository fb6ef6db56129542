"""A workbook as grids of cells: calamine's values joined with what the second look found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from pipeline.reading.guard import Refusal, open_package, read_part
from pipeline.reading.numbers import exact, plain
from pipeline.reading.scan import Place, Scan, scan_sheet

# Beyond this many cells a sheet is not a filled-in form but a stray cell at its far end.
MAX_AREA = 1_500_000
_NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
_XF = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"(\w+)=\"([^\"]*)\"")
_BUILT_IN_PERCENT = {9, 10}


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell: ``content`` as Excel stores it; ``error`` is "#REF!" and the like."""

    row: int
    column: int
    content: Any
    error: str = ""
    uncalculated: bool = False

    @property
    def raw(self) -> str:
        """The content as text: 5.0 -> 5, a date as dd/mm/yyyy."""
        if self.error:
            return self.error
        if isinstance(self.content, bool):
            return "TRUE" if self.content else "FALSE"
        if isinstance(self.content, int | float):
            number = exact(self.content)
            return plain(number) if number.is_finite() else str(self.content)
        if hasattr(self.content, "strftime") and hasattr(self.content, "day"):
            return f"{self.content:%d/%m/%Y}"
        return "" if self.content is None else str(self.content)


@dataclass(frozen=True)
class Grid:
    """One sheet: its filled cells by (row, column), in reading order."""

    name: str
    cells: Mapping[Place, Cell]
    scan: Scan = field(default_factory=Scan)
    percent_styles: frozenset[int] = frozenset()

    @cached_property
    def rows(self) -> dict[int, list[Cell]]:
        """The filled cells row by row."""
        rows: dict[int, list[Cell]] = {}
        for (row, _), cell in self.cells.items():
            rows.setdefault(row, []).append(cell)
        return rows

    def percent(self, cell: Cell) -> bool:
        """True when the cell is shown as a percentage."""
        return self.scan.styles.get((cell.row, cell.column)) in self.percent_styles


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets in their order, and its custom document properties."""

    grids: tuple[Grid, ...]
    properties: Mapping[str, str]


def read_book(data: bytes) -> Book:
    """All sheets of an .xlsx or .xlsm. Raises Refusal."""
    package = open_package(data)
    with package:
        scans = {name: scan_sheet(read_part(package, part)) for name, part in _sheet_parts(package)}
        for name, scan in scans.items():
            _refuse_far_cells(name, scan)
        percent_styles = _percent_styles(read_part(package, "xl/styles.xml"))
        properties = _properties(read_part(package, "docProps/custom.xml"))
    values = _values(data)
    grids = (
        Grid(name, _cells(rows, scans.get(name, Scan())), scans.get(name, Scan()), percent_styles)
        for name, rows in values.items()
    )
    return Book(tuple(grids), properties)


def _refuse_far_cells(name: str, scan: Scan) -> None:
    (low_row, low_column), (right_row, right_column) = scan.furthest
    if low_row * right_column > MAX_AREA:
        place = (low_row, low_column) if low_row > 10_000 else (right_row, right_column)
        raise Refusal("far_cell", f"{name}!{_address(place)}")


def _address(place: Place) -> str:
    letters, rest = "", place[1]
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{place[0]}"


def _cells(rows: list[list[Any]], scan: Scan) -> dict[Place, Cell]:
    cells = {
        (row, column): Cell(row, column, content)
        for row, contents in enumerate(rows, start=1)
        for column, content in enumerate(contents, start=1)
        if content is not None and content != ""
    }
    special = {place: Cell(*place, None, error=error) for place, error in scan.errors.items()}
    special |= {place: Cell(*place, None, uncalculated=True) for place in scan.uncalculated}
    return dict(sorted({**cells, **special}.items())) if special else cells


def _values(data: bytes) -> dict[str, list[list[Any]]]:
    """Sheet name -> rows from A1, by calamine; by openpyxl where calamine gives up."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        return _values_by_openpyxl(data)


def _values_by_openpyxl(data: bytes) -> dict[str, list[list[Any]]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), data_only=True)
        sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    except Exception as error:
        raise Refusal("unreadable") from error
    if not sheets:
        raise Refusal("unreadable")
    return {
        name: [[None if _is_error(cell) else cell for cell in row] for row in rows] for name, rows in sheets.items()
    }


def _is_error(content: object) -> bool:
    return isinstance(content, str) and content.startswith("#") and content.endswith(("!", "?", "/A", "0!"))


# ---- the parts of the package ---------------------------------------------------------------------------------------


def _sheet_parts(package: ZipFile) -> Iterator[tuple[str, str]]:
    """Sheet name -> its part, as the workbook and its relations say."""
    targets = {
        one.get("Id"): one.get("Target", "")
        for one in _elements(read_part(package, "xl/_rels/workbook.xml.rels"), "Relationship")
    }
    for sheet in _elements(read_part(package, "xl/workbook.xml"), "sheet"):
        relation = next((value for key, value in sheet.items() if key.rsplit("}", 1)[-1] == "id"), "")
        target = targets.get(relation, "")
        yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _elements(xml: bytes, tag: str) -> list[ElementTree.Element]:
    if not xml:
        return []
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise Refusal("unreadable") from error
    return [one for one in root.iter() if one.tag.rsplit("}", 1)[-1] == tag]


def _percent_styles(xml: bytes) -> frozenset[int]:
    """The cell styles whose number format shows a percentage."""
    formats = [dict(_ATTRIBUTE.findall(found)) for found in _NUMBER_FORMAT.findall(xml)]
    percent = {int(one[b"numFmtId"]) for one in formats if b"numFmtId" in one and b"%" in one.get(b"formatCode", b"")}
    percent |= _BUILT_IN_PERCENT
    start, end = xml.find(b"cellXfs"), xml.rfind(b"cellXfs")
    styles = [dict(_ATTRIBUTE.findall(found)) for found in _XF.findall(xml[start:end])]
    return frozenset(number for number, one in enumerate(styles) if int(one.get(b"numFmtId", b"0")) in percent)


def _properties(xml: bytes) -> dict[str, str]:
    return {one.get("name", ""): unescape("".join(one.itertext())).strip() for one in _elements(xml, "property")}
