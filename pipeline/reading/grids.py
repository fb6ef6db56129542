"""A workbook as grids of cells, whatever its format: what every reader of this stage gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pipeline.legacy import Encoding, prevailing
from pipeline.reading.guard import Refusal
from pipeline.reading.numbers import exact, plain
from pipeline.reading.scan import Place, Scan

# Beyond this many cells a sheet is not a filled-in form but a stray cell at its far end.
MAX_AREA = 1_500_000
# Letters that no old encoding shows: a text with one of them was typed in Unicode.
_UNICODE = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")


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
    encoding: Encoding | None = None

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
    """A workbook: its sheets in their order, its custom document properties, and what its reader has to say about it."""

    grids: tuple[Grid, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()


def with_encoding(book: Book) -> Book:
    """The book with the old Vietnamese encoding that its texts speak for; most have none."""
    texts = (cell.content for grid in book.grids for cell in grid.cells.values() if isinstance(cell.content, str))
    encoding = prevailing(text for text in texts if not text.isascii() and not _UNICODE.search(text))
    if encoding is None:
        return book
    grids = tuple(replace(grid, encoding=encoding) for grid in book.grids)
    return replace(book, grids=grids, notes=(*book.notes, ("legacy_font", encoding.value.upper())))


def refuse_far_cells(name: str, scan: Scan) -> None:
    """Raises Refusal("far_cell") for a sheet that reaches far beyond any form."""
    (low_row, low_column), (right_row, right_column) = scan.furthest
    if low_row * right_column > MAX_AREA:
        place = (low_row, low_column) if low_row > 10_000 else (right_row, right_column)
        raise Refusal("far_cell", f"{name}!{address_of(place)}")


def address_of(place: Place) -> str:
    """A place as Excel shows it: (12, 5) -> E12."""
    letters, rest = "", place[1]
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{place[0]}"


def cells_of(rows: Iterable[Iterable[Any]], scan: Scan) -> dict[Place, Cell]:
    """The filled cells of rows that begin at A1, joined with what the second look found."""
    cells = {
        (row, column): Cell(row, column, content)
        for row, contents in enumerate(rows, start=1)
        for column, content in enumerate(contents, start=1)
        if content is not None and content != ""
    }
    special = {place: Cell(*place, None, error=error) for place, error in scan.errors.items()}
    special |= {place: Cell(*place, None, uncalculated=True) for place in scan.uncalculated}
    return dict(sorted({**cells, **special}.items())) if special else cells
