"""A binary workbook (.xlsb) -> Book: calamine's values joined with what the records say of errors, hidden and merged cells.

Record numbers and layouts: MS-XLSB 2.4. Calamine gives an error value as an empty text, and nothing else of these.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile

from pipeline.reading.grids import Book, Grid, cells_of, refuse_far_cells
from pipeline.reading.guard import Refusal, open_package, read_part
from pipeline.reading.packages import custom_properties, elements, worksheets
from pipeline.reading.scan import Place, Scan

_ROW, _CELL_ERROR, _FORMULA_ERROR, _COLUMN, _SHEET, _MERGE = 0, 3, 11, 60, 156, 176
_CELLS = range(1, 12)
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x10, 0x01


def read_xlsb(data: bytes) -> Book:
    """All sheets of an .xlsb. Raises Refusal."""
    package = open_package(data)
    with package:
        scans = {name: _scan(read_part(package, part)) for name, part in _sheet_parts(package)}
        properties = custom_properties(read_part(package, "docProps/custom.xml"))
    for name, scan in scans.items():
        refuse_far_cells(name, scan)
    return Book(tuple(_grids(data, scans)), properties)


def _grids(data: bytes, scans: dict[str, Scan]) -> Iterator[Grid]:
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in worksheets(book):
            scan = scans.get(name, Scan())
            yield Grid(name, cells_of(book.get_sheet_by_name(name).to_python(skip_empty_area=False), scan), scan)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # calamine's panics are no Exception
        raise Refusal("unreadable") from error


def _sheet_parts(package: ZipFile) -> Iterator[tuple[str, str]]:
    relations = elements(read_part(package, "xl/_rels/workbook.bin.rels"), "Relationship")
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for record, content in _records(read_part(package, "xl/workbook.bin")):
        if record == _SHEET:
            relation, end = _string(content, 8)
            name, _ = _string(content, end)
            target = targets.get(relation, "")
            yield name, target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(record number, content): both number and length are written in groups of seven bits."""
    place = 0
    while place < len(data):
        record, place = _seven_bits(data, place, 2)
        length, place = _seven_bits(data, place, 4)
        yield record, data[place : place + length]
        place += length


def _seven_bits(data: bytes, place: int, most: int) -> tuple[int, int]:
    number = 0
    for turn in range(most):
        if place >= len(data):
            raise Refusal("unreadable")
        byte = data[place]
        place += 1
        number |= (byte & 0x7F) << (7 * turn)
        if not byte & 0x80:
            break
    return number, place


def _string(content: bytes, place: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", content, place)
    end = place + 4 + 2 * length
    return content[place + 4 : end].decode("utf-16-le", "replace"), end


@dataclass
class _Look:
    row: int = 0
    errors: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[Place, Place]] = field(default_factory=list)
    low: Place = (0, 0)
    right: Place = (0, 0)


def _scan(data: bytes) -> Scan:
    look = _Look()
    try:
        for record, content in _records(data):
            _take(record, content, look)
    except struct.error as error:
        raise Refusal("unreadable") from error
    return Scan(
        look.errors, set(), {}, look.hidden_rows, look.hidden_columns, tuple(look.merges), (look.low, look.right)
    )


def _take(record: int, content: bytes, look: _Look) -> None:
    if record == _ROW:
        look.row = struct.unpack_from("<I", content)[0] + 1
        if len(content) > 11 and content[11] & _HIDDEN_ROW:
            look.hidden_rows.add(look.row)
    elif record in _CELLS:
        place = (look.row, struct.unpack_from("<I", content)[0] + 1)
        look.low, look.right = max(look.low, place), look.right if look.right[1] >= place[1] else place
        if record in {_CELL_ERROR, _FORMULA_ERROR}:
            # Both cell kinds begin with column and style (8 bytes); the error's number follows.
            look.errors[place] = _ERRORS.get(content[8], "#N/A")
    elif record == _COLUMN:
        first, last = struct.unpack_from("<II", content)
        if content[16] & _HIDDEN_COLUMN:
            look.hidden_columns |= set(range(first + 1, min(last, 16383) + 2))
    elif record == _MERGE:
        top, bottom, left, right = struct.unpack_from("<IIII", content)
        look.merges.append(((top + 1, left + 1), (bottom + 1, right + 1)))
