"""What stands in the cells of one unit's workbook, and where: the ground for its formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from pipeline.catalogue import Catalogue, Indicator, Unit
from pipeline.config import Config
from pipeline.form import ROWS, Row, choices
from pipeline.model import CellRef, PreviousYear
from pipeline.sheets import BY_KEY, ROUND, UNIT_CODE, UNIT_NAME, Column, Sheet
from pipeline.templates.formulas import as_number
from pipeline.text import rounded, say

HEADER_ROW, FIRST_ROW = 4, 5


class Answers(Protocol):
    """What a unit has filled in: code -> content, notes by code, list rows by column key."""

    @property
    def info(self) -> Mapping[str, object]:
        """Contact lines TT03… and base data B1…."""

    @property
    def data(self) -> Mapping[str, object]:
        """Results CT05.1… and descriptions CT05.T…."""

    @property
    def notes(self) -> Mapping[str, str]:
        """Notes by indicator code."""

    @property
    def lists(self) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Rows of the list sheets."""


@dataclass(frozen=True)
class Filling:
    """One unit's workbook before it is written: every row has its place, every answer its cell."""

    catalogue: Catalogue
    config: Config
    unit: Unit
    previous: PreviousYear | None
    answers: Answers | None

    @property
    def lang(self) -> str:
        """The language of the workbook."""
        return self.config.language

    def say(self, key: str, **values: object) -> str:
        """A text of this stage."""
        return say(f"templates.{key}", self.lang, **values)

    @cached_property
    def rows(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows of the fixed sheets, from FIRST_ROW on."""
        return {key: tuple(build(self.catalogue, self.unit, self.lang)) for key, build in ROWS.items()}

    @cached_property
    def inputs(self) -> Mapping[str, Row]:
        """The rows into which a unit types, by code."""
        return {row.code: row for rows in self.rows.values() for row in rows if row.role == "input"}

    @cached_property
    def cells(self) -> Mapping[str, str]:
        """Code -> the address of its answer, with the sheet: 'Số liệu'!E12."""
        places: dict[str, str] = {}
        for key, rows in self.rows.items():
            sheet = BY_KEY[key]
            column = [one.key for one in sheet.columns].index(sheet.answer) + 1
            for number, row in enumerate(rows, start=FIRST_ROW):
                if row.code:
                    ref = CellRef("", sheet.name(self.lang), number, column)
                    places[row.code] = f"'{ref.sheet}'!{ref.address}"
        return places

    def answer(self, code: str) -> object:
        """What stands in the answer cell of a code; None where nothing does."""
        if code == UNIT_NAME:
            return self.unit.name
        if code == UNIT_CODE:
            return self.unit.code
        typed = {**self.answers.info, **self.answers.data} if self.answers else {}
        return typed.get(code, 1 if code == ROUND else None)

    def rate(self, indicator: Indicator) -> Decimal | None:
        """A computed rate as its formula shows it: percent, one decimal; None where it has no meaning."""
        part, whole = (
            [as_number(self.answer(code)) for code in codes] for codes in (indicator.numerator, indicator.denominator)
        )
        numbers = [number for number in (*part, *whole) if number is not None]
        if len(numbers) < len(part) + len(whole) or not sum(numbers[len(part) :]):
            return None
        return rounded(100 * sum(numbers[: len(part)], Decimal(0)) / sum(numbers[len(part) :], Decimal(0)), 1)

    def note(self, code: str) -> str:
        """What stands in the note cell of a code."""
        return self.answers.notes.get(code, "") if self.answers else ""

    def list_rows(self, sheet: Sheet) -> Sequence[Mapping[str, object]]:
        """The filled rows of a list sheet."""
        return self.answers.lists.get(sheet.key, ()) if self.answers else ()

    def choices(self, column: Column) -> tuple[str, ...]:
        """The words of a column's drop-down."""
        return choices(column.choices, self.catalogue, self.unit, self.lang)
