"""Which sheet is which, by its headings: names, order and inserted rows or columns do not matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.reading.grids import Cell, Grid
from pipeline.sheets import META_SHEET, SHEETS, Sheet
from pipeline.text import LANGUAGES, comparison_key, without_accents

HEADER_WITHIN = 40
ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Table:
    """A described sheet found in a grid: its header row and the column of each description key."""

    sheet: Sheet
    grid: Grid
    header: int
    columns: Mapping[str, int]
    lang: str
    doubled: tuple[Cell, ...] = ()


def locate(grids: tuple[Grid, ...]) -> Iterator[Table]:
    """Every table that a grid of the workbook holds, in the order of the grids; a grid holds at most one."""
    for grid in grids:
        if grid.name != META_SHEET:
            found = [table for sheet in SHEETS if (table := _find(sheet, grid)) is not None]
            if found:
                yield max(found, key=lambda table: len(table.columns) / len(table.sheet.columns))


def _find(sheet: Sheet, grid: Grid) -> Table | None:
    candidates = [
        table
        for row, cells in grid.rows.items()
        if row <= HEADER_WITHIN and len(cells) >= 2
        for lang in LANGUAGES
        if (table := _match(sheet, grid, row, cells, lang)) is not None
    ]
    return max(candidates, key=lambda table: (len(table.columns), -table.header), default=None)


def _match(sheet: Sheet, grid: Grid, row: int, cells: list[Cell], lang: str) -> Table | None:
    keys = {_key(sheet.heading(column, lang)): column.key for column in sheet.columns}
    columns: dict[str, int] = {}
    doubled: list[Cell] = []
    for cell in cells:
        key = keys.get(_key(cell.raw)) if isinstance(cell.content, str) else None
        if key is not None and key in columns:
            doubled.append(cell)
        elif key is not None:
            columns[key] = cell.column
    needed = {"code", sheet.answer} if sheet.fixed else {column.key for column in sheet.columns if column.required}
    if not needed <= columns.keys() or len(columns) < ENOUGH * len(sheet.columns):
        return None
    return Table(sheet, grid, row, columns, lang, tuple(doubled))


def _key(heading: str) -> str:
    return without_accents(comparison_key(heading))
