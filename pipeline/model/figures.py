"""Every number of one year that is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from pipeline.model.dataset import Relation


class FigureState(StrEnum):
    """Why a figure prints as it does: "zero" and "no report" are never the same sentence."""

    VALUE = "value"
    ZERO = "zero"
    NO_REPORT = "no_report"
    NO_DENOMINATOR = "no_denominator"


@dataclass(frozen=True, slots=True)
class FigureNote:
    """Units that ended within the year and one thing that became of their stock: STANDS_IN, REPLACED or ENDED."""

    relation: Relation
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One office's figure beside the counted one: never added; ``difference`` = office - counted."""

    unit: str
    amount: Decimal | bool
    difference: Decimal | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One provincial figure of one indicator (or base datum), already rounded as it will be printed.

    total: Decimal (1 decimal for rates, in percent: 85.3), bool for Có/Không, None when nothing was reported.
    change_percent: growth on last year, 1 decimal, None when last year is unknown or 0 (rates: None).
    change: absolute difference on last year (rates: percentage points), None when last year is unknown.
    reporting / expected: counted units with an accepted value / counted units whose template asks for it.
    notes: what a year in which units ended did to the figure: whose stock was replaced, stands in or was left out.
    """

    code: str
    state: FigureState
    total: Decimal | bool | None
    previous: Decimal | bool | None
    change: Decimal | None
    change_percent: Decimal | None
    target: Decimal | None
    reporting: int
    expected: int
    missing: tuple[str, ...]
    reconciled: tuple[Reconciliation, ...] = ()
    notes: tuple[FigureNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """Every number that the workbook and the report print, computed once.

    by_unit: (unit, code) -> accepted amount, counted and reconciled offices alike (``relations`` tells which),
    rates of one unit included. due / received / complete: lists of unit codes in register order.
    highest / lowest: code -> the one unit with the largest / smallest reported amount, absent when several tie.
    """

    year: int
    indicators: Mapping[str, Figure]
    by_unit: Mapping[tuple[str, str], Decimal | bool]
    relations: Mapping[tuple[str, str], Relation]
    due: tuple[str, ...]
    received: tuple[str, ...]
    missing: tuple[str, ...]
    in_error: tuple[str, ...]
    highest: Mapping[str, str]
    lowest: Mapping[str, str]
    previous_year: int | None

    def __getitem__(self, code: str) -> Figure:
        return self.indicators[code]


@dataclass(frozen=True, slots=True)
class PreviousYear:
    """Last year's accepted amounts: (unit, code) -> amount; totals: code -> amount; where they came from.

    received, due, complete: as in ``YearFigures``; 0 due units where it is not known.
    """

    year: int
    amounts: Mapping[tuple[str, str], Decimal | bool] = field(default_factory=dict)
    totals: Mapping[str, Decimal | bool] = field(default_factory=dict)
    origin: str = ""
    received: int = 0
    due: int = 0
    complete: bool = True


@dataclass(frozen=True, slots=True)
class YearFigures:
    """One year's figures as they were computed, or as its consolidated workbook shows them.

    totals, reporting, expected: by indicator or base code; a code without total is absent from ``totals``.
    amounts, relations: (unit, code) -> accepted amount and what became of it; unit rates are not among them.
    complete: False while the workbook is marked as a draft. origin: the workbook that it was read from, "" for the
    units' own workbooks.
    """

    year: int
    origin: str
    complete: bool
    received: int
    due: int
    totals: Mapping[str, Decimal | bool] = field(default_factory=dict)
    reporting: Mapping[str, int] = field(default_factory=dict)
    expected: Mapping[str, int] = field(default_factory=dict)
    amounts: Mapping[tuple[str, str], Decimal | bool] = field(default_factory=dict)
    relations: Mapping[tuple[str, str], Relation] = field(default_factory=dict)
