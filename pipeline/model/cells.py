"""One cell, one list row, and what each was understood to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Scalar = Decimal | date | bool | str | None


class CellState(StrEnum):
    """What a cell holds: a value, the words "không có", nothing at all, or something that cannot be taken."""

    VALUE = "value"
    NONE = "none"
    BLANK = "blank"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """An Excel address: file (path below the inbox, with /), sheet name, row and column counted from 1."""

    file: str
    sheet: str
    row: int
    column: int

    @property
    def letter(self) -> str:
        """The column as Excel shows it: 1 -> A, 28 -> AB."""
        letters, rest = "", self.column
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(65 + digit) + letters
        return letters

    @property
    def address(self) -> str:
        """The cell as Excel shows it, such as ``E12``."""
        return f"{self.letter}{self.row}"

    @property
    def place(self) -> str:
        """Sheet and cell, as a person would type it: ``Số liệu!E12``."""
        return f"{self.sheet}!{self.address}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell's content cannot be taken: ``kind`` is one of ``reading.problems.KINDS``."""

    kind: str
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One input cell as read: its address, its raw text and what it was understood to say.

    ``sheet`` and ``key`` name it in the sheet description: ("data", "CT05.1"), ("info", "B3"), ("events", "people").
    ``value`` is Decimal for numbers, date, bool for Có/Không, str for text; None unless state is VALUE or NONE.
    ``note`` names an automatic reading that was applied (``thousands_dot``, ``none_word``), else "".
    """

    ref: CellRef
    unit: str
    sheet: str
    key: str
    raw: str
    state: CellState
    value: Scalar = None
    note: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One filled row of a list sheet (events, assessment, plan, nominations): column key -> Value."""

    unit: str
    sheet: str
    ref: CellRef
    cells: Mapping[str, Value]

    def text(self, key: str) -> str:
        """The cell as text: as understood when it was taken as text, else as typed; "" when blank or absent."""
        cell = self.cells.get(key)
        if cell is None:
            return ""
        return cell.value if isinstance(cell.value, str) else cell.raw

    def value(self, key: str) -> Scalar:
        """The cell's accepted value, None when blank, refused or absent."""
        cell = self.cells.get(key)
        return cell.value if cell is not None else None


@dataclass(frozen=True, slots=True)
class Stray:
    """Something filled in that belongs to no input cell: outside the table, an unknown code, a duplicated row."""

    ref: CellRef
    kind: str
    raw: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class LabelChange:
    """A locked text that differs from the template: ``what`` is "name" or "unit_of_measure"."""

    ref: CellRef
    code: str
    what: str
    given: str
    expected: str
