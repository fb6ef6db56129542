"""Dataset -> Figures: every total, rate, change and ranking, computed once for the workbook and the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from pipeline.catalogue import Base, Catalogue, Indicator, target_for
from pipeline.errors import ControlTotalError
from pipeline.model import (
    Dataset,
    Figure,
    FigureNote,
    Figures,
    FigureState,
    PreviousYear,
    Reconciliation,
    Relation,
    UnitState,
    YearFigures,
)
from pipeline.text import rounded

Amount = Decimal | bool
HUNDRED = Decimal(100)


def compute_figures(dataset: Dataset, catalogue: Catalogue, previous: PreviousYear | None = None) -> Figures:
    """All figures of a year. Raises ControlTotalError when a control total does not hold."""
    amounts = _amounts(dataset)
    added = [relation for relation in Relation if relation.added]
    matrix = amounts[amounts["relation"].isin(added)].pivot(index="unit", columns="code", values="amount")
    by_unit: dict[tuple[str, str], Amount] = {
        (u, c): a for u, c, a in amounts[["unit", "code", "amount"]].itertuples(index=False)
    }
    compared = amounts[amounts["relation"] == Relation.RECONCILED]
    indicators: dict[str, Figure] = {}
    items: tuple[Indicator | Base, ...] = (*catalogue.indicators, *catalogue.bases)
    for item in items:
        units, total, ratio_empty = _total(item, matrix)
        own = compared[compared["code"] == item.code]
        beside = _counterpart(item, total, matrix, catalogue)
        reconciled = tuple(
            Reconciliation(unit, amount, _difference(amount, beside))
            for unit, amount in zip(own["unit"], own["amount"], strict=True)
        )
        expected = _expected(item, units, catalogue, dataset)
        notes = _notes(item, amounts, catalogue)
        figure = _figure(item, units, expected, total, ratio_empty, reconciled, catalogue, previous)
        indicators[item.code] = replace(figure, notes=notes)
    relations = {(u, c): r for u, c, r in amounts[["unit", "code", "relation"]].itertuples(index=False)}
    by_unit |= _unit_rates(catalogue, by_unit, set(amounts["unit"]))
    relations |= _rate_relations(catalogue, relations, by_unit)
    return _with_states(dataset, indicators, by_unit, relations, matrix, previous)


def _amounts(dataset: Dataset) -> pd.DataFrame:
    """One row per amount: unit, code, relation, amount (object column: Decimals stay exact)."""
    rows = [
        (e.unit, e.code, e.relation, e.amount)
        for e in dataset.entries
        if e.amount is not None and e.relation is not Relation.NOT_APPLICABLE
    ]
    return pd.DataFrame(rows, columns=["unit", "code", "relation", "amount"], dtype=object)


def _operands(item: Indicator | Base) -> tuple[str, ...]:
    """The codes whose amounts make a figure: its own, or those of a rate's numerator and denominator."""
    rate = isinstance(item, Indicator) and item.computed
    return (*item.numerator, *item.denominator) if isinstance(item, Indicator) and rate else (item.code,)


def _expected(
    item: Indicator | Base, units: tuple[str, ...], catalogue: Catalogue, dataset: Dataset
) -> tuple[str, ...]:
    """The units whose figure is added; of those that ended within the year only the ones whose stock stands in."""
    gone = set(dataset.ended) if any(map(catalogue.accumulates, _operands(item))) else set()
    idle = {unit.unit for unit in dataset.units if unit.state is UnitState.NOT_DUE}
    asked = [set(catalogue.expected_units(code)) for code in _operands(item)]
    every = [unit.code for unit in catalogue.expected_units(item.code) if all(unit in one for one in asked)]
    return tuple(unit for unit in every if unit in units or unit not in gone | idle)


def _notes(item: Indicator | Base, amounts: pd.DataFrame, catalogue: Catalogue) -> tuple[FigureNote, ...]:
    """What became of the stock of units that ended within the year, in register order."""
    own = amounts[amounts["code"].isin(_operands(item))]
    notes = []
    for relation in (one for one in Relation if one.of_a_split):
        holders = set(own[own["relation"] == relation]["unit"])
        if holders:
            notes.append(FigureNote(relation, tuple(unit.code for unit in catalogue.units if unit.code in holders)))
    return tuple(notes)


def _column(matrix: pd.DataFrame, code: str) -> pd.Series[Any]:
    return matrix[code].dropna() if code in matrix.columns else pd.Series(dtype=object)


def _total(item: Indicator | Base, matrix: pd.DataFrame) -> tuple[tuple[str, ...], Amount | None, bool]:
    """The units that report, the total over them, and whether a rate has no denominator."""
    if isinstance(item, Indicator) and item.computed:
        codes = [*item.numerator, *item.denominator]
        if not set(codes) <= set(matrix.columns):
            return (), None, False
        whole = matrix[codes].dropna()
        rate = _rate(whole[list(item.numerator)].to_numpy().sum(), whole[list(item.denominator)].to_numpy().sum())
        return tuple(whole.index), rate, rate is None and len(whole) > 0
    column = _column(matrix, item.code)
    if column.empty:
        return (), None, False
    over = item.over_units if isinstance(item, Indicator) else "sum"
    total: Any = column.sum() if over == "sum" else column.max() if over == "max" else _agreed(column)
    return tuple(column.index), total, False


def _counterpart(
    item: Indicator | Base, total: Amount | None, matrix: pd.DataFrame, catalogue: Catalogue
) -> Amount | None:
    """What a reconciled office is compared with: the counted offices' own sum, or the total where no office counts."""
    offices = [unit.code for unit in catalogue.expected_units(item.code) if catalogue.is_office(unit)]
    if not offices:
        return total
    column = _column(matrix, item.code)
    own = [amount for amount in column[column.index.isin(offices)] if isinstance(amount, Decimal)]
    return sum(own, Decimal(0)) if own else None


def _agreed(column: pd.Series[Any]) -> Amount | None:
    """The one answer that all counted units give, None when they differ."""
    answers = set(column)
    return answers.pop() if len(answers) == 1 else None


def _rate(part: Decimal, whole: Decimal) -> Decimal | None:
    return rounded(HUNDRED * part / whole, 1) if whole else None


def _figure(
    item: Indicator | Base,
    units: tuple[str, ...],
    expected: tuple[str, ...],
    total: Amount | None,
    no_denominator: bool,
    reconciled: tuple[Reconciliation, ...],
    catalogue: Catalogue,
    previous: PreviousYear | None,
) -> Figure:
    before = previous.totals.get(item.code) if previous else None
    rate = isinstance(item, Indicator) and item.computed
    target = (
        target_for(catalogue.activity(item.activity), item.code, catalogue.year)
        if isinstance(item, Indicator)
        else None
    )
    return Figure(
        code=item.code,
        state=_state(total, no_denominator),
        total=total,
        previous=before,
        change=_difference(total, before),
        change_percent=None if rate else _growth(total, before),
        target=target,
        reporting=len(units),
        expected=len(expected),
        missing=tuple(code for code in expected if code not in units),
        reconciled=reconciled,
    )


def _state(total: Amount | None, no_denominator: bool) -> FigureState:
    if total is None:
        return FigureState.NO_DENOMINATOR if no_denominator else FigureState.NO_REPORT
    return FigureState.ZERO if isinstance(total, Decimal) and total == 0 else FigureState.VALUE


def _difference(now: Amount | None, before: Amount | None) -> Decimal | None:
    return now - before if isinstance(now, Decimal) and isinstance(before, Decimal) else None


def _growth(now: Amount | None, before: Amount | None) -> Decimal | None:
    difference = _difference(now, before)
    return rounded(HUNDRED * difference / Decimal(before), 1) if difference is not None and before else None


def _unit_rates(
    catalogue: Catalogue, by_unit: Mapping[tuple[str, str], Amount], units: Iterable[str]
) -> dict[tuple[str, str], Amount]:
    """Each unit's own rates, from its own numerator and denominator."""
    rates: dict[tuple[str, str], Amount] = {}
    for indicator in (indicator for indicator in catalogue.indicators if indicator.computed):
        for unit in units:
            part = _sum_of(by_unit, unit, indicator.numerator)
            whole = _sum_of(by_unit, unit, indicator.denominator)
            rate = _rate(part, whole) if part is not None and whole is not None else None
            if rate is not None:
                rates[unit, indicator.code] = rate
    return rates


def _rate_relations(
    catalogue: Catalogue, relations: Mapping[tuple[str, str], Relation], by_unit: Mapping[tuple[str, str], Amount]
) -> dict[tuple[str, str], Relation]:
    """The rates of units whose stock is not added: they are no part of the province's rate either."""
    set_aside = (Relation.REPLACED, Relation.ENDED)
    held: dict[tuple[str, str], Relation] = {}
    for indicator in (one for one in catalogue.indicators if one.computed):
        for unit in {unit for unit, code in by_unit if code == indicator.code}:
            found = [relations[unit, code] for code in _operands(indicator)]
            if aside := [one for one in found if one in set_aside]:
                held[unit, indicator.code] = aside[0]
    return held


def _sum_of(by_unit: Mapping[tuple[str, str], Amount], unit: str, codes: tuple[str, ...]) -> Decimal | None:
    amounts = [by_unit.get((unit, code)) for code in codes]
    numbers = [amount for amount in amounts if isinstance(amount, Decimal)]
    return sum(numbers, Decimal(0)) if len(numbers) == len(codes) else None


def _with_states(
    dataset: Dataset,
    indicators: Mapping[str, Figure],
    by_unit: Mapping[tuple[str, str], Amount],
    relations: Mapping[tuple[str, str], Relation],
    matrix: pd.DataFrame,
    previous: PreviousYear | None,
) -> Figures:
    def units(*states: UnitState) -> tuple[str, ...]:
        return tuple(unit.unit for unit in dataset.units if unit.state in states)

    due = tuple(unit.unit for unit in dataset.units if unit.state is not UnitState.NOT_DUE)
    missing = units(UnitState.MISSING)
    extremes = {code: _extremes(_column(matrix, code)) for code in indicators}
    return Figures(
        year=dataset.year,
        indicators=indicators,
        by_unit=by_unit,
        relations=relations,
        due=due,
        received=tuple(code for code in due if code not in missing),
        missing=missing,
        in_error=units(UnitState.WITH_ERRORS),
        highest={code: both[0] for code, both in extremes.items() if both[0]},
        lowest={code: both[1] for code, both in extremes.items() if both[1]},
        previous_year=previous.year if previous else None,
    )


def _extremes(column: pd.Series[Any]) -> tuple[str, str]:
    """The one unit with the most and the one with the least, "" where several tie or fewer than two report."""
    numbers = {str(unit): amount for unit, amount in column.items() if isinstance(amount, Decimal)}
    if len(numbers) < 2:
        return "", ""

    def only(amount: Decimal) -> str:
        holders = [unit for unit, own in numbers.items() if own == amount]
        return holders[0] if len(holders) == 1 else ""

    return only(max(numbers.values())), only(min(numbers.values()))


def check_controls(dataset: Dataset, figures: Figures, catalogue: Catalogue) -> None:
    """Files found = sum of the states; cells read = sum of the outcomes; sum of units = total. Raises ControlTotalError."""
    controls = dataset.controls
    if controls.files_found != sum(controls.files_by_state.values()):
        raise ControlTotalError(
            "control_files", found=controls.files_found, states=sum(controls.files_by_state.values())
        )
    if controls.cells_read != sum(controls.cells_by_outcome.values()):
        raise ControlTotalError(
            "control_cells", read=controls.cells_read, outcomes=sum(controls.cells_by_outcome.values())
        )
    for indicator in catalogue.indicators:
        if indicator.over_units == "sum" and indicator.type in {"integer", "decimal"}:
            added = [
                amount
                for (unit, code), amount in figures.by_unit.items()
                if code == indicator.code and figures.relations[unit, code].added and isinstance(amount, Decimal)
            ]
            total = figures[indicator.code].total
            if (sum(added, Decimal(0)) if added else None) != total:
                raise ControlTotalError("control_sum", code=indicator.code, units=sum(added, Decimal(0)), total=total)


def as_previous(dataset: Dataset, figures: Figures, origin: str) -> PreviousYear:
    """A year's figures as the next year's comparison."""
    return PreviousYear(
        year=dataset.year,
        amounts=dict(figures.by_unit),
        totals={code: figure.total for code, figure in figures.indicators.items() if figure.total is not None},
        origin=origin,
        received=len(figures.received),
        due=len(figures.due),
        complete=dataset.complete,
    )


def as_year(dataset: Dataset, figures: Figures) -> YearFigures:
    """A year's figures as a report over several years needs them."""
    return YearFigures(
        year=dataset.year,
        origin="",
        complete=dataset.complete,
        received=len(figures.received),
        due=len(figures.due),
        totals={code: figure.total for code, figure in figures.indicators.items() if figure.total is not None},
        reporting={code: figure.reporting for code, figure in figures.indicators.items()},
        expected={code: figure.expected for code, figure in figures.indicators.items()},
        amounts={(e.unit, e.code): e.amount for e in dataset.entries if e.amount is not None},
        relations={(e.unit, e.code): e.relation for e in dataset.entries if e.amount is not None},
    )
