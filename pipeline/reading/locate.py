"""Which sheet is which, by its headings: names, order and inserted rows or columns do not matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.reading.grids import Cell, Grid
from pipeline.reading.values import unicode_text
from pipeline.sheets import BY_KEY, META_SHEET, SHEETS, Sheet
from pipeline.text import LANGUAGES, comparison_key, without_accents

HEADER_WITHIN = 40
ENOUGH = 0.6
FEWEST = 3


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
            found = list(_tables(grid))
            if found:
                yield max(found, key=lambda table: (len(table.columns) / len(table.sheet.columns), -table.header))


def _tables(grid: Grid) -> Iterator[Table]:
    for row, cells in grid.rows.items():
        if row > HEADER_WITHIN:
            return
        texts = [
            (_key(unicode_text(cell.content, grid.encoding)), cell) for cell in cells if isinstance(cell.content, str)
        ]
        if len(texts) < FEWEST:
            continue
        keys = {key for key, _ in texts}
        for sheet in SHEETS:
            for lang in LANGUAGES:
                if len(keys & _headings(sheet.key, lang).keys()) >= ENOUGH * len(sheet.columns):
                    yield from _match(sheet, grid, row, texts, lang)


def _match(sheet: Sheet, grid: Grid, row: int, texts: list[tuple[str, Cell]], lang: str) -> Iterator[Table]:
    headings = _headings(sheet.key, lang)
    columns: dict[str, int] = {}
    doubled: list[Cell] = []
    for text, cell in texts:
        key = headings.get(text)
        if key is not None and key in columns:
            doubled.append(cell)
        elif key is not None:
            columns[key] = cell.column
    needed = {"code", sheet.answer} if sheet.fixed else {column.key for column in sheet.columns if column.required}
    if needed <= columns.keys():
        yield Table(sheet, grid, row, columns, lang, tuple(doubled))


@cache
def _headings(key: str, lang: str) -> Mapping[str, str]:
    """Heading as compared -> column key, of one described sheet."""
    sheet = BY_KEY[key]
    return {_key(sheet.heading(column, lang)): column.key for column in sheet.columns}


@lru_cache(maxsize=4096)
def _key(heading: str) -> str:
    return without_accents(comparison_key(heading))
