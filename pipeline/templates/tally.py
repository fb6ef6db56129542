"""The check cells, what they count up to, and the light: worked out once for each workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.sheets import SHEETS, Sheet
from pipeline.templates import lists
from pipeline.templates.checks import check_cell
from pipeline.templates.filling import FIRST_ROW, Filling
from pipeline.templates.formulas import BAD, BLANK, DOUBTFUL, GOOD, starting
from pipeline.templates.page import letter

TABLE_ROW = 9


@dataclass(frozen=True, slots=True)
class Count:
    """A cell of the table of counts: its formula and its value now."""

    formula: str
    now: int


@dataclass(frozen=True)
class Tally:
    """What the guide shows of a filling."""

    filling: Filling

    @cached_property
    def checks(self) -> Mapping[str, tuple[str, str]]:
        """Code -> the formula of its check cell and the words it shows now."""
        return {code: check_cell(self.filling, row) for code, row in self.filling.inputs.items()}

    @cached_property
    def counts(self) -> Mapping[str, tuple[Count, Count, Count]]:
        """Sheet key -> empty required cells, errors, doubtful cells."""
        return {sheet.key: self._counts(sheet) for sheet in SHEETS}

    @cached_property
    def totals(self) -> tuple[int, ...]:
        """The counts over all sheets."""
        return tuple(sum(counts[place].now for counts in self.counts.values()) for place in range(3))

    def _counts(self, sheet: Sheet) -> tuple[Count, Count, Count]:
        filling = self.filling
        if not sheet.fixed:
            return Count(*lists.blanks(filling, sheet)), Count(*lists.errors(filling, sheet)), Count("0", 0)
        shown = [self.checks[row.code][1] for row in filling.rows[sheet.key] if row.role == "input"]
        column = letter([one.key for one in sheet.columns].index("check"))
        last = FIRST_ROW + len(filling.rows[sheet.key]) - 1
        cells = f"'{sheet.name(filling.lang)}'!${column}${FIRST_ROW}:${column}${last}"
        empty, wrong, doubtful = (
            Count(starting(mark, cells), sum(words.startswith(mark) for words in shown))
            for mark in (BLANK, BAD, DOUBTFUL)
        )
        return empty, wrong, doubtful

    @cached_property
    def light(self) -> tuple[str, str]:
        """The light: a formula over the totals of the table, and what it says now."""
        filling = self.filling
        last = TABLE_ROW + len(SHEETS) + 1
        empty, wrong, doubtful = (f"{column}{last}" for column in "DEF")
        ready, doubt, not_ready = (filling.say(f"light.{name}") for name in ("ready", "doubtful", "not_ready"))
        blank_part, wrong_part = filling.say("light.blanks"), filling.say("light.errors")
        formula = (
            f'=IF({empty}+{wrong}=0,IF({doubtful}=0,"{GOOD} {ready}","{GOOD} {ready} ("&{doubtful}&" {doubt})"),'
            f'"{BAD} {not_ready} "&{empty}&" {blank_part}, "&{wrong}&" {wrong_part}.")'
        )
        blanks, errors, doubts = self.totals
        if blanks + errors:
            return formula, f"{BAD} {not_ready} {blanks} {blank_part}, {errors} {wrong_part}."
        return formula, f"{GOOD} {ready}" + (f" ({doubts} {doubt})" if doubts else "")
