"""Every number of several years that is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from pipeline.model.figures import FigureState


class PeriodKind(StrEnum):
    """How a figure is carried over several years.

    FLOW: summed over the years that have it. STOCK and YES_NO: the latest year that has it. RATE: from its operands,
    summed where they are flows, of the latest year where they are stocks. MAXIMUM: the largest year, because what is
    counted (such as partner enterprises) comes again every year.
    """

    FLOW = "flow"
    STOCK = "stock"
    YES_NO = "yes_no"
    RATE = "rate"
    MAXIMUM = "maximum"


@dataclass(frozen=True, slots=True)
class PeriodNote:
    """One thing to know about a figure of several years.

    kind: "gap" (no data of that year at all), "no_report" (no unit reported it that year), or "stands_in", "replaced",
    "ended": the units whose stock did so in that year of a split.
    """

    kind: str
    year: int
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodFigure:
    """One figure over several years.

    total: as ``kind`` says, None when no year has it. as_of: the year that the total stands for (STOCK, YES_NO,
    MAXIMUM, a RATE of stocks), None for sums. by_year: every year of the span -> amount, or None where there is none;
    never 0 for "not reported". years: the years of the span in which the activity ran; missing_years: those of them
    without amount although units were asked for it, or without any data. reporting / expected: by year, only years with data. target: of the last year, None where it has
    none; targets: by year. change, change_percent: from the first to the last year that have it (``compared``), as
    in ``Figure``; None with fewer than two such years.
    """

    code: str
    kind: PeriodKind
    state: FigureState
    total: Decimal | bool | None
    as_of: int | None
    by_year: Mapping[int, Decimal | bool | None]
    years: tuple[int, ...]
    missing_years: tuple[int, ...]
    reporting: Mapping[int, int]
    expected: Mapping[int, int]
    target: Decimal | None = None
    targets: Mapping[int, Decimal] = field(default_factory=dict)
    compared: tuple[int, int] | None = None
    change: Decimal | None = None
    change_percent: Decimal | None = None
    notes: tuple[PeriodNote, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodYear:
    """One year of a span as it was found: where its figures come from, and how many of the due units had reported."""

    year: int
    origin: str
    complete: bool
    received: int
    due: int


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """Every number of a report over several years, computed once.

    years: the years with data, in order; gaps: the years of the span without. activities: number -> the years of the
    span in which it ran (shorter than the span for an activity of some years only).
    """

    first: int
    last: int
    years: tuple[PeriodYear, ...]
    gaps: tuple[int, ...]
    activities: Mapping[int, tuple[int, ...]]
    indicators: Mapping[str, PeriodFigure]

    def __getitem__(self, code: str) -> PeriodFigure:
        return self.indicators[code]

    @property
    def span(self) -> tuple[int, ...]:
        """Every year from first to last, with data or not."""
        return tuple(range(self.first, self.last + 1))
