"""SourceFile -> Submission: one workbook read whole, every value with its address; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.catalogue import Catalogue, Unit
from pipeline.form import ROWS
from pipeline.model import CellRef, Record, SourceFile, Stray, Submission
from pipeline.reading.fixed import Found, read_fixed
from pipeline.reading.grids import Book, with_encoding
from pipeline.reading.guard import Refusal
from pipeline.reading.identity import decided, identify, witnesses_outside
from pipeline.reading.lists import read_list
from pipeline.reading.locate import Table, locate
from pipeline.reading.opening import ENCRYPTED, READERS, open_book
from pipeline.sheets import META_SHEET, SHEETS, UNIT_CODE
from pipeline.text import LANGUAGES, say, tidy

# Sheets that this program itself puts into a workbook, besides those of the form.
OUR_SHEETS = ("templates.guide.sheet_name", "sheets.verdict.sheet_name")
READ = {*READERS, ENCRYPTED}


def read_submission(source: SourceFile, catalogue: Catalogue, assigned: str = "") -> Submission:
    """Read one file; a file that cannot be read says why in ``failure`` and never raises.

    ``assigned``: the unit to which a person assigned the file, whatever it says of itself.

    ``failure``: "" or "not_workbook", "unreadable", "encrypted", "too_large", "dangerous", "far_cell", "no_template",
    or what kept the mail or archive around it from being opened.
    """
    outside = decided(witnesses_outside(source, catalogue), assigned)
    if source.failure or source.kind not in READ:
        return Submission(source, outside, failure=source.failure or "not_workbook", detail=source.kind)
    try:
        book = with_encoding(open_book(source.kind, source.data))
    except Refusal as refusal:
        return Submission(source, outside, failure=refusal.reason, detail=refusal.detail)
    return _submission(source, book, catalogue, assigned)


def read_detached(source: SourceFile, catalogue: Catalogue, assigned: Mapping[str, str]) -> Submission:
    """The same without the file's bytes, for sending between processes; ``assigned``: path -> unit."""
    submission = read_submission(source, catalogue, assigned.get(source.path, ""))
    return replace(submission, source=replace(source, data=b""))


def _submission(source: SourceFile, book: Book, catalogue: Catalogue, assigned: str) -> Submission:
    tables = list(locate(book.grids))
    identity = decided(identify(book, source, _typed_code(tables), catalogue), assigned)
    if not tables:
        return Submission(source, identity, notes=(*source.notes, *book.notes), failure="no_template")
    unit = catalogue.unit(identity.unit)
    all_tables = tables
    tables, strays = _one_of_each(tables, source.path)
    notes = (*source.notes, *book.notes, *_own_notes(source, book, tables, all_tables))
    founds = [read_fixed(table, source.path, unit, identity.unit, catalogue) for table in tables if table.sheet.fixed]
    lists = [read_list(table, source.path, identity.unit) for table in tables if not table.sheet.fixed]
    records: tuple[Record, ...] = tuple(record for rows, _ in lists for record in rows)
    strays += [stray for found in founds for stray in found.strays] + [stray for _, beside in lists for stray in beside]
    submission = Submission(source, identity, records=records, strays=tuple(strays), notes=notes)
    return replace(
        submission,
        values={key: value for found in founds for key, value in found.values.items()},
        computed={code: value for found in founds for code, value in found.computed.items()},
        label_changes=tuple(change for found in founds for change in found.label_changes),
        missing_rows=tuple(_missing_rows(founds, tables, unit, catalogue)),
        missing_sheets=tuple(sheet.key for sheet in SHEETS if sheet.key not in {table.sheet.key for table in tables}),
    )


def _own_notes(
    source: SourceFile, book: Book, tables: list[Table], all_tables: list[Table]
) -> Iterator[tuple[str, str]]:
    """What is said of a book besides its values: macros that were not run, sheets that are not of the form."""
    if source.kind == "xlsm":
        yield "macros", ""
    ours = {META_SHEET, *(say(key, lang) for key in OUR_SHEETS for lang in LANGUAGES)}
    renamed = [
        f"{table.grid.name} = {table.sheet.name('vi')}"
        for table in tables
        if table.grid.name not in {table.sheet.name(lang) for lang in LANGUAGES}
    ]
    if renamed:
        yield "renamed_sheets", "; ".join(renamed)
    known = {table.grid.name for table in all_tables} | ours
    others = [grid.name for grid in book.grids if grid.name not in known and grid.cells]
    if others:
        yield "other_sheets", ", ".join(others)


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
        if first is not table and _filled(table) and _typed(table) != _typed(first):
            strays.append(
                Stray(CellRef(file, table.grid.name, table.header, 1), "second_sheet", table.grid.name, first.grid.name)
            )
    return [table for table in tables if kept[table.sheet.key] is table], strays


def _typed(table: Table) -> list[str]:
    """Everything below the headings, for telling whether two sheets say the same."""
    known = set(table.columns.values())
    return [
        cell.raw
        for row, cells in table.grid.rows.items()
        if row > table.header
        for cell in cells
        if cell.column in known
    ]


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
