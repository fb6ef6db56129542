"""Years -> PeriodFigures: every number of a report over several years, computed once.

What happened is summed over the years that have it; what accumulates is the latest year's; a rate is made again from
its operands. A year without data is a gap and never 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.catalogue import Base, Catalogue, Indicator, target_for
from pipeline.errors import PhoihopError
from pipeline.model import (
    FigureState,
    PeriodFigure,
    PeriodFigures,
    PeriodKind,
    PeriodNote,
    PeriodYear,
    Relation,
    YearFigures,
)
from pipeline.text import rounded

Amount = Decimal | bool
Years = Mapping[int, YearFigures]
HUNDRED = Decimal(100)


def compute_period(years: Sequence[YearFigures], whole: Catalogue, first: int, last: int) -> PeriodFigures:
    """The figures of a span; ``whole`` is the catalogue of all years. Raises PhoihopError for a reversed or empty span."""
    if first > last:
        raise PhoihopError("period_reversed", first=str(first), last=str(last))
    found = {one.year: one for one in sorted(years, key=lambda one: one.year) if first <= one.year <= last}
    if not found:
        raise PhoihopError("period_empty", first=str(first), last=str(last))
    span = range(first, last + 1)
    ran = {a.number: tuple(year for year in span if a.first <= year <= a.last) for a in whole.activities}
    ran = {number: own for number, own in ran.items() if own}
    items: list[Indicator | Base] = [one for one in whole.indicators if one.activity in ran]
    return PeriodFigures(
        first=first,
        last=last,
        years=tuple(PeriodYear(y.year, y.origin, y.complete, y.received, y.due) for y in found.values()),
        gaps=tuple(year for year in span if year not in found),
        activities=ran,
        indicators={item.code: _figure(item, found, whole, tuple(span), ran) for item in [*items, *whole.bases]},
    )


def kind_of(item: Indicator | Base) -> PeriodKind:
    """How a figure is carried over years."""
    if isinstance(item, Base):
        return PeriodKind.STOCK
    if item.computed:
        return PeriodKind.RATE
    if item.type == "yes_no":
        return PeriodKind.YES_NO
    if item.kind == "stock":
        return PeriodKind.STOCK
    return PeriodKind.MAXIMUM if item.over_units == "max" else PeriodKind.FLOW


def _figure(
    item: Indicator | Base, found: Years, whole: Catalogue, span: tuple[int, ...], ran: Mapping[int, tuple[int, ...]]
) -> PeriodFigure:
    years = ran[item.activity] if isinstance(item, Indicator) else span
    by_year = {year: _amount(item.code, year, found) if year in years else None for year in span}
    told = {year: amount for year, amount in by_year.items() if amount is not None}
    kind = kind_of(item)
    total, as_of, no_denominator = _total(item, kind, told, found, whole)
    targets = dict(_targets(item, years, whole))
    change, growth = _change(told, kind)
    present = [year for year in years if year in found]
    # A year in which no unit is asked for a figure does not lack it.
    asked = [year for year in years if year not in found or found[year].expected.get(item.code, 0)]
    return PeriodFigure(
        code=item.code,
        kind=kind,
        state=_state(total, no_denominator),
        total=total,
        as_of=as_of,
        by_year=by_year,
        years=years,
        missing_years=tuple(year for year in asked if year not in told),
        reporting={year: found[year].reporting.get(item.code, 0) for year in present},
        expected={year: found[year].expected.get(item.code, 0) for year in present},
        target=targets.get(span[-1]),
        targets=targets,
        compared=(min(told), max(told)) if len(told) > 1 else None,
        change=change,
        change_percent=growth,
        notes=tuple(_notes(item, asked, told, found)),
    )


def _amount(code: str, year: int, found: Years) -> Amount | None:
    return found[year].totals.get(code) if year in found else None


def _total(
    item: Indicator | Base, kind: PeriodKind, told: Mapping[int, Amount], found: Years, whole: Catalogue
) -> tuple[Amount | None, int | None, bool]:
    """The figure of the whole span, the year that it stands for, and whether a rate has no denominator."""
    if isinstance(item, Indicator) and kind is PeriodKind.RATE:
        return _rate(item, told, found, whole)
    if not told:
        return None, None, False
    numbers = {year: amount for year, amount in told.items() if isinstance(amount, Decimal)}
    if kind is PeriodKind.FLOW:
        return sum(numbers.values(), Decimal(0)), None, False
    best = max(numbers, key=lambda year: (numbers[year], year)) if kind is PeriodKind.MAXIMUM else max(told)
    return told[best], best, False


def _rate(
    item: Indicator, told: Mapping[int, Amount], found: Years, whole: Catalogue
) -> tuple[Amount | None, int | None, bool]:
    """Where an operand is a stock, the latest year's rate as it stands; else Σ numerators / Σ denominators of all years.

    A year's operands are those of the units that report all of them, as in that year's own rate.
    """
    if any(map(whole.accumulates, (*item.numerator, *item.denominator))):
        latest = max(told, default=None)
        return (told[latest] if latest is not None else None), latest, False
    sums = [_operands(item, year) for year in found.values()]
    above, below = (sum((one[side] for one in sums), Decimal(0)) for side in (0, 1))
    return (rounded(HUNDRED * above / below, 1) if below else None), None, not below and any(one[2] for one in sums)


def _operands(item: Indicator, year: YearFigures) -> tuple[Decimal, Decimal, int]:
    """Σ numerator and Σ denominator over the units whose operands are all added, and how many these are."""
    codes = (*item.numerator, *item.denominator)
    own: dict[str, dict[str, Decimal]] = {}
    for (unit, code), amount in year.amounts.items():
        if code in codes and isinstance(amount, Decimal) and year.relations[unit, code].added:
            own.setdefault(unit, {})[code] = amount
    whole = [amounts for amounts in own.values() if len(amounts) == len(set(codes))]
    above, below = (
        sum((amounts[code] for amounts in whole for code in side), Decimal(0))
        for side in (item.numerator, item.denominator)
    )
    return above, below, len(whole)


def _state(total: Amount | None, no_denominator: bool) -> FigureState:
    if total is None:
        return FigureState.NO_DENOMINATOR if no_denominator else FigureState.NO_REPORT
    return FigureState.ZERO if isinstance(total, Decimal) and total == 0 else FigureState.VALUE


def _targets(item: Indicator | Base, years: Sequence[int], whole: Catalogue) -> Iterator[tuple[int, Decimal]]:
    for year in years if isinstance(item, Indicator) else ():
        assert isinstance(item, Indicator)
        target = target_for(whole.activity(item.activity), item.code, year)
        if target is not None:
            yield year, target


def _change(told: Mapping[int, Amount], kind: PeriodKind) -> tuple[Decimal | None, Decimal | None]:
    """From the first to the last year that have it: the difference, and the growth in percent (not of rates)."""
    if len(told) < 2:
        return None, None
    before, now = told[min(told)], told[max(told)]
    if isinstance(before, bool) or isinstance(now, bool):
        return None, None
    growth = rounded(HUNDRED * (now - before) / before, 1) if before and kind is not PeriodKind.RATE else None
    return now - before, growth


def _notes(
    item: Indicator | Base, years: Sequence[int], told: Mapping[int, Amount], found: Years
) -> Iterator[PeriodNote]:
    """What a reader must know, year by year; a draft is told once for the year, in ``PeriodYear``."""
    rate = isinstance(item, Indicator) and item.computed
    codes = (*item.numerator, *item.denominator) if isinstance(item, Indicator) and rate else (item.code,)
    for year in years:
        if year not in found:
            yield PeriodNote("gap", year)
            continue
        if year not in told:
            yield PeriodNote("no_report", year)
        for relation in (one for one in Relation if one.of_a_split):
            held = {
                unit: None for (unit, code), own in found[year].relations.items() if own is relation and code in codes
            }
            if held:
                yield PeriodNote(relation.value, year, tuple(held))
