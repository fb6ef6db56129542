"""Changing a finished workbook the way people do, with bytes that come out the same every time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import copy
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.sheets import BY_KEY, DATA, Sheet
from pipeline.text import say

Change = Callable[[Workbook], None]

SAVED = "2026-01-01T00:00:00Z"
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def edited(data: bytes, change: Change, *, values_only: bool = False) -> bytes:
    """A workbook opened, changed and saved; ``values_only`` puts values in the place of formulas."""
    book = load_workbook(BytesIO(data), data_only=values_only)
    change(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook; the same every time."""
    written = BytesIO()
    book.save(written)
    return _without_clock(written.getvalue())


def _without_clock(data: bytes) -> bytes:
    """The same workbook without the moment of saving, which would make every rehearsal different."""
    fixed = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(fixed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _DATES.sub(rb"\g<1>" + SAVED.encode(), content)
            new.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return fixed.getvalue()


def type_figures(book: Workbook, lang: str, typed: Mapping[str, object]) -> None:
    """Type over the results of some indicators; None empties the cell, a date brings its number format along."""
    sheet = book[DATA.name(lang)]
    header = header_row(sheet, DATA, lang)
    codes, results = (column_of(header, DATA, key, lang) for key in ("code", "result"))
    for row in range(header[0].row + 1, sheet.max_row + 1):
        code = str(sheet.cell(row, codes).value or "")
        if code in typed:
            cell = sheet.cell(row, results)
            cell.value = typed[code]  # type: ignore[assignment]
            if isinstance(typed[code], date):
                cell.number_format = "d/m"


def type_event_date(book: Workbook, lang: str, start: date) -> None:
    """Type another first day into the first event of the list."""
    events = BY_KEY["events"]
    sheet = book[events.name(lang)]
    header = header_row(sheet, events, lang)
    for key in ("start", "end"):
        sheet.cell(header[0].row + 1, column_of(header, events, key, lang)).value = start


def rearrange(book: Workbook, lang: str) -> None:
    """Sort the rows of the figures, insert a row and a column, rename and reverse the sheets."""
    for sheet in book.worksheets:
        let_loose(sheet)
    figures = book[DATA.name(lang)]
    header = header_row(figures, DATA, lang)
    _sort_rows(figures, header[0].row + 1, column_of(header, DATA, "code", lang))
    _insert_column(figures, column_of(header, DATA, "name", lang))
    figures.insert_rows(2)
    figures.cell(2, 1).value = say("rehearsal.fault.inserted_row", lang)
    book.defined_names.clear()
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            sheet.title = say("rehearsal.fault.renamed_sheet", lang, name=sheet.title)
    book.move_sheet(figures, -book.index(figures))
    book.move_sheet(book.worksheets[1], len(book.worksheets))
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is figures


def header_row(sheet: Worksheet, described: Sheet, lang: str) -> tuple[Cell, ...]:
    """The row of a sheet in which all headings of its description stand. Raises LookupError."""
    headings = {described.heading(column, lang) for column in described.columns}
    for row in sheet.iter_rows(max_row=30):
        if headings <= {cell.value for cell in row}:
            return row  # type: ignore[return-value]
    raise LookupError(described.key)


def column_of(header: tuple[Cell, ...], described: Sheet, key: str, lang: str) -> int:
    """The number of the column with a heading."""
    heading = described.heading(described.column(key), lang)
    return next(int(cell.column) for cell in header if cell.value == heading)


def let_loose(sheet: Worksheet) -> None:
    """Take away what openpyxl would leave at the old place when rows and columns move."""
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.conditional_formatting = ConditionalFormattingList()
    sheet.data_validations = DataValidationList()
    sheet.protection.sheet = False
    sheet.print_title_rows = None
    sheet.print_area = None


def _sort_rows(sheet: Worksheet, first: int, by: int) -> None:
    """Sort as Excel does by one column, Z to A: empty cells stay last."""
    rows = range(first, sheet.max_row + 1)
    kept = [_lifted(sheet, row) for row in rows]
    order = sorted(range(len(kept)), key=lambda i: str(kept[i][by - 1][0] or ""), reverse=True)
    heights = [sheet.row_dimensions[row].height for row in rows]
    for row, source in zip(rows, order, strict=True):
        sheet.row_dimensions[row].height = heights[source]
        for column, (value, style) in enumerate(kept[source], start=1):
            cell: Any = sheet.cell(row, column)
            cell.value, cell._style = value, copy(style)


def _lifted(sheet: Worksheet, row: int) -> list[tuple[Any, Any]]:
    cells: tuple[Any, ...] = sheet[row]
    return [(cell.value, copy(cell._style)) for cell in cells]


def _insert_column(sheet: Worksheet, at: int) -> None:
    """Insert an empty column; openpyxl moves the cells but forgets their widths."""
    last = sheet.max_column
    widths = {column: sheet.column_dimensions[get_column_letter(column)].width for column in range(at, last + 1)}
    sheet.insert_cols(at)
    sheet.column_dimensions[get_column_letter(at)].width = 6
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column + 1)].width = width
