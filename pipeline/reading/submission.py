"""SourceFile -> Submission: one workbook read whole, every value with its address; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.catalogue import Catalogue, Unit
from pipeline.form import ROWS
from pipeline.model import CellRef, Identity, Record, SourceFile, Stray, Submission
from pipeline.reading.fixed import Found, read_fixed
from pipeline.reading.grids import Book, read_book
from pipeline.reading.guard import Refusal
from pipeline.reading.identity import identify
from pipeline.reading.lists import read_list
from pipeline.reading.locate import Table, locate
from pipeline.sheets import SHEETS, UNIT_CODE
from pipeline.text import tidy

WORKBOOKS = {"xlsx", "xlsm"}


def read_submission(source: SourceFile, catalogue: Catalogue) -> Submission:
    """Read one file; a file that cannot be read says why in ``failure`` and never raises.

    ``failure``: "" or "not_workbook", "unreadable", "too_large", "dangerous", "far_cell", "no_template".
    """
    if source.kind not in WORKBOOKS:
        return Submission(source, Identity(), failure="not_workbook", detail=source.kind)
    try:
        book = read_book(source.data)
    except Refusal as refusal:
        return Submission(source, Identity(), failure=refusal.reason, detail=refusal.detail)
    return _submission(source, book, catalogue)


def _submission(source: SourceFile, book: Book, catalogue: Catalogue) -> Submission:
    tables = list(locate(book.grids))
    identity = identify(book, source.path, _typed_code(tables), catalogue)
    if not tables:
        return Submission(source, identity, failure="no_template")
    unit = catalogue.unit(identity.unit)
    tables, strays = _one_of_each(tables, source.path)
    founds = [read_fixed(table, source.path, unit, identity.unit, catalogue) for table in tables if table.sheet.fixed]
    lists = [read_list(table, source.path, identity.unit) for table in tables if not table.sheet.fixed]
    records: tuple[Record, ...] = tuple(record for rows, _ in lists for record in rows)
    strays += [stray for found in founds for stray in found.strays] + [stray for _, beside in lists for stray in beside]
    submission = Submission(source, identity, records=records, strays=tuple(strays))
    return replace(
        submission,
        values={key: value for found in founds for key, value in found.values.items()},
        label_changes=tuple(change for found in founds for change in found.label_changes),
        missing_rows=tuple(_missing_rows(founds, tables, unit, catalogue)),
        missing_sheets=tuple(sheet.key for sheet in SHEETS if sheet.key not in {table.sheet.key for table in tables}),
    )


def _typed_code(tables: list[Table]) -> str:
    """The unit code on the sheet Thông tin."""
    for table in tables:
        if table.sheet.key == "info":
            codes, answers = table.columns["code"], table.columns[table.sheet.answer]
            for row in table.grid.rows:
                cell = table.grid.cells.get((row, codes))
                if cell is not None and cell.raw == UNIT_CODE and (row, answers) in table.grid.cells:
                    return tidy(table.grid.cells[row, answers].raw).upper()
    return ""


def _one_of_each(tables: list[Table], file: str) -> tuple[list[Table], list[Stray]]:
    """Of two sheets of the same description the filled one; what the other holds is a stray."""
    kept: dict[str, Table] = {}
    strays = [
        Stray(CellRef(file, t.grid.name, cell.row, cell.column), "duplicate_heading", cell.raw, t.sheet.key)
        for t in tables
        for cell in t.doubled
    ]
    for table in sorted(tables, key=_filled, reverse=True):
        first = kept.setdefault(table.sheet.key, table)
        if first is not table and _filled(table):
            strays.append(
                Stray(CellRef(file, table.grid.name, table.header, 1), "second_sheet", table.grid.name, first.grid.name)
            )
    return [table for table in tables if kept[table.sheet.key] is table], strays


def _filled(table: Table) -> int:
    """How many input cells of a table hold something."""
    if table.sheet.fixed:
        answer = table.columns[table.sheet.answer]
        known = {"TT01", UNIT_CODE, "TT10"}
        codes = table.columns["code"]
        rows = (row for row in table.grid.rows if row > table.header and (row, answer) in table.grid.cells)
        return sum((cell := table.grid.cells.get((row, codes))) is not None and cell.raw not in known for row in rows)
    return sum(
        cell.column in table.columns.values()
        for row, cells in table.grid.rows.items()
        if row > table.header
        for cell in cells
    )


def _missing_rows(founds: list[Found], tables: list[Table], unit: Unit | None, catalogue: Catalogue) -> Iterator[str]:
    if unit is None:
        return
    present = {key for found in founds for key in found.values}
    for table in tables:
        if table.sheet.fixed:
            rows = ROWS[table.sheet.key](catalogue, unit, "vi")
            yield from (row.code for row in rows if row.role == "input" and (table.sheet.key, row.code) not in present)
