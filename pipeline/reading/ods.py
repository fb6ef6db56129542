"""An OpenDocument spreadsheet -> Book: calamine's values joined with errors, percentages, hidden and merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from pipeline.reading.grids import Book, Grid, cells_of, refuse_far_cells
from pipeline.reading.guard import Refusal, open_package, read_part
from pipeline.reading.packages import worksheets
from pipeline.reading.scan import Place, Scan

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_PERCENT = 1
# Repeated rows and columns without content reach to the end of the sheet.
_NO_MORE = 10_000


def read_ods(data: bytes) -> Book:
    """All sheets of an .ods. Raises Refusal("unreadable" | "encrypted" | "too_large" | "dangerous" | "far_cell")."""
    package = open_package(data)
    with package:
        if b"encryption-data" in read_part(package, "META-INF/manifest.xml"):
            raise Refusal("encrypted")
        scans = {look.name: look.scan() for look in _look_over(read_part(package, "content.xml"))}
        properties = _properties(read_part(package, "meta.xml"))
    for name, scan in scans.items():
        refuse_far_cells(name, scan)
    grids = (
        Grid(name, cells_of(rows, scans.get(name, Scan())), scans.get(name, Scan()), frozenset({_PERCENT}))
        for name, rows in _values(data).items()
    )
    return Book(tuple(grids), properties)


def _values(data: bytes) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in worksheets(book)}
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # calamine's panics are no Exception
        raise Refusal("unreadable") from error


@dataclass
class _Look:
    """What one table's XML says, collected cell by cell."""

    name: str
    errors: dict[Place, str] = field(default_factory=dict)
    uncalculated: set[Place] = field(default_factory=set)
    percents: dict[Place, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[Place, Place]] = field(default_factory=list)
    low: Place = (0, 0)
    right: Place = (0, 0)

    def scan(self) -> Scan:
        return Scan(
            self.errors, self.uncalculated, self.percents, self.hidden_rows, self.hidden_columns,
            tuple(self.merges), (self.low, self.right),
        )  # fmt: skip


def _look_over(xml: bytes) -> Iterator[_Look]:
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise Refusal("unreadable") from error
    for table in root.iter(f"{_TABLE}table"):
        look = _Look(table.get(f"{_TABLE}name", ""))
        _columns(table, look)
        _rows(table, look)
        yield look


def _columns(table: ElementTree.Element, look: _Look) -> None:
    place = 1
    for column in table.iter(f"{_TABLE}table-column"):
        times = _times(column, "number-columns-repeated")
        if _is_hidden(column):
            look.hidden_columns |= set(range(place, place + min(times, _NO_MORE)))
        place += times


def _rows(table: ElementTree.Element, look: _Look) -> None:
    place = 1
    for row in table.iter(f"{_TABLE}table-row"):
        times = _times(row, "number-rows-repeated")
        if _is_hidden(row) and times < _NO_MORE:
            look.hidden_rows |= set(range(place, place + times))
        _cells(row, place + times - 1, look)
        place += times


def _cells(row: ElementTree.Element, number: int, look: _Look) -> None:
    column = 1
    for cell in row:
        times = _times(cell, "number-columns-repeated")
        if len(cell) or cell.get(f"{_OFFICE}value-type"):
            _cell(cell, (number, column + times - 1), look)
        column += times


def _cell(cell: ElementTree.Element, place: Place, look: _Look) -> None:
    look.low = max(look.low, place)
    look.right = look.right if look.right[1] >= place[1] else place
    kind, text = cell.get(f"{_OFFICE}value-type", ""), "".join(cell.itertext()).strip()
    if cell.get(_CALC_TYPE) == "error" or (cell.get(f"{_TABLE}formula") and _is_error(text)):
        look.errors[place] = text or "#N/A"
    elif cell.get(f"{_TABLE}formula") and not kind:
        look.uncalculated.add(place)
    elif kind == "percentage":
        look.percents[place] = _PERCENT
    rows = _times(cell, "number-rows-spanned")
    if rows > 1:
        look.merges.append((place, (place[0] + rows - 1, place[1] + _times(cell, "number-columns-spanned") - 1)))


def _is_error(text: str) -> bool:
    return text.startswith(("#", "Err:")) and " " not in text


def _is_hidden(element: ElementTree.Element) -> bool:
    return element.get(f"{_TABLE}visibility") in {"collapse", "filter"}


def _times(element: ElementTree.Element, name: str) -> int:
    given = element.get(f"{_TABLE}{name}", "1")
    return int(given) if given.isdecimal() else 1


def _properties(xml: bytes) -> dict[str, str]:
    if not xml:
        return {}
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError:
        return {}
    return {one.get(f"{_META}name", ""): (one.text or "").strip() for one in root.iter(f"{_META}user-defined")}
