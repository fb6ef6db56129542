"""An old .xls (BIFF 2 to 8) -> Book, by xlrd: values, errors, number formats, hidden and merged cells."""

from __future__ import annotations

import unicodedata
from io import StringIO
from typing import Any

from pipeline.reading.grids import MAX_AREA, Book, Cell, Grid, address_of
from pipeline.reading.guard import Refusal
from pipeline.reading.scan import Place, Scan

UNICODE_BIFF = 80


def read_xls(data: bytes) -> Book:
    """All sheets of an .xls. Raises Refusal("unreadable" | "encrypted" | "far_cell")."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=StringIO())
        return Book(tuple(_grid(book, sheet) for sheet in book.sheets()), notes=tuple(_notes(book)))
    except Refusal:
        raise
    except MemoryError:
        raise
    except Exception as error:  # damaged records raise whatever they lead to
        raise Refusal("encrypted" if "encrypted" in str(error).lower() else "unreadable") from error


def _notes(book: Any) -> list[tuple[str, str]]:
    """Before BIFF8 text is in the code page of the machine that wrote it: what was read may not be what was typed."""
    if book.biff_version >= UNICODE_BIFF:
        return []
    return [("old_code_page", str(book.encoding or "?"))]


def _grid(book: Any, sheet: Any) -> Grid:
    if sheet.nrows * max(sheet.ncols, 1) > MAX_AREA:
        raise Refusal("far_cell", f"{sheet.name}!{address_of((sheet.nrows, sheet.ncols))}")
    cells: dict[Place, Cell] = {}
    styles: dict[Place, int] = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            place = (row + 1, column + 1)
            taken = _cell(book, place, cell)
            if taken is not None:
                cells[place] = taken
                if cell.ctype == _NUMBER:
                    styles[place] = cell.xf_index
    scan = Scan(
        errors={place: cell.error for place, cell in cells.items() if cell.error},
        styles=styles,
        hidden_rows={row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden},
        hidden_columns={column + 1 for column, info in sheet.colinfo_map.items() if info.hidden},
        merges=tuple(((top + 1, left + 1), (bottom, right)) for top, bottom, left, right in sheet.merged_cells),
    )
    return Grid(sheet.name, cells, scan, _percent_styles(book))


_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5


def _cell(book: Any, place: Place, cell: Any) -> Cell | None:
    import xlrd

    content: Any = cell.value
    if cell.ctype == _ERROR:
        return Cell(*place, None, error=xlrd.error_text_from_code.get(content, "#N/A"))
    if cell.ctype == _DATE:
        try:
            content = xlrd.xldate.xldate_as_datetime(content, book.datemode)
        except (ValueError, OverflowError):
            content = cell.value
    elif cell.ctype == _BOOLEAN:
        content = bool(content)
    elif cell.ctype == _TEXT:
        content = unicodedata.normalize("NFC", content) if book.biff_version < UNICODE_BIFF else content
    return Cell(*place, content) if cell.ctype in {_TEXT, _NUMBER, _DATE, _BOOLEAN} and content != "" else None


def _percent_styles(book: Any) -> frozenset[int]:
    formats = {key for key, one in book.format_map.items() if "%" in (one.format_str or "")}
    return frozenset(number for number, style in enumerate(book.xf_list) if style.format_key in formats)
