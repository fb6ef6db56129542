"""The sheets with free rows: every row below the headings in which anything stands."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import CellRef, CellState, Record, Stray, Value
from pipeline.reading.grids import Cell
from pipeline.reading.locate import Table
from pipeline.reading.values import read_value


def read_list(table: Table, file: str, unit: str) -> tuple[tuple[Record, ...], tuple[Stray, ...]]:
    """The filled rows, and what stands beside the columns of the table."""
    rows = [(number, cells) for number, cells in table.grid.rows.items() if number > table.header]
    records = tuple(record for number, cells in rows if (record := _record(table, file, unit, number, cells)))
    return records, tuple(stray for _, cells in rows for stray in _beside(table, file, cells))


def _record(table: Table, file: str, unit: str, number: int, cells: list[Cell]) -> Record | None:
    known = set(table.columns.values())
    if not any(cell.column in known for cell in cells):
        return None
    values: dict[str, Value] = {}
    for column in table.sheet.columns:
        if column.key in table.columns:
            ref = CellRef(file, table.grid.name, number, table.columns[column.key])
            values[column.key] = read_value(
                table.grid, ref, unit, table.sheet.key, column.key, column.kind, choices=column.choices
            )
    first = next((value for value in values.values() if value.state is not CellState.BLANK), None)
    return Record(unit, table.sheet.key, first.ref, values) if first is not None else None


def _beside(table: Table, file: str, cells: list[Cell]) -> Iterator[Stray]:
    known = set(table.columns.values())
    for cell in cells:
        if cell.column not in known and (cell.raw.strip() or cell.error or cell.uncalculated):
            yield Stray(
                CellRef(file, table.grid.name, cell.row, cell.column), "outside_table", cell.raw, table.sheet.key
            )
