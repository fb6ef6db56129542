"""B: required cells left blank, figures outside their bounds, files that look as if nobody had counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from pipeline.model import CellState, Value
from pipeline.validate.case import Case, amount_of
from pipeline.validate.rule import Hit, on_cell, on_file

MILLION = Decimal(1_000_000)
MONEY = "triệu đồng"
FEWEST_CELLS = 5
# More than any province has of anything that base data count; a telephone number lies above it.
BASE_MOST = Decimal(10_000_000)


def required_blank(case: Case) -> Iterator[Hit]:
    """B01: a result that this unit must report is blank."""
    yield from _blank(case, lambda code: case.catalogue.indicator(code) is not None)


def base_blank(case: Case) -> Iterator[Hit]:
    """B02: a base datum is blank."""
    yield from _blank(case, lambda code: case.catalogue.base(code) is not None)


def contact_blank(case: Case) -> Iterator[Hit]:
    """B03: a contact line is blank."""
    yield from _blank(case, lambda code: code.startswith("TT"))


def _blank(case: Case, concerned: Callable[[str], bool]) -> Iterator[Hit]:
    for one in case.judged():
        for row, value in case.rows(one):
            held = (one.identity.unit, row.code) in case.held
            if (
                row.required
                and value is not None
                and value.state is CellState.BLANK
                and not held
                and concerned(row.code)
            ):
                yield on_cell(value)


def above_hard(case: Case) -> Iterator[Hit]:
    """B04: more than can be; money in đồng instead of triệu đồng is proposed."""
    for value, amount in _amounts(case):
        indicator = case.catalogue.indicator(value.key)
        if indicator is not None and indicator.hard is not None and amount > indicator.hard:
            likely = indicator.unit_of_measure == MONEY and amount / MILLION <= indicator.hard and amount >= MILLION
            proposal = amount / MILLION if likely else ""
            yield on_cell(value, holds=True, taken=amount, expected=indicator.hard, proposal=proposal)
        if indicator is None and amount > BASE_MOST:
            yield on_cell(value, holds=True, taken=amount, expected=BASE_MOST, proposal="")


def above_soft(case: Case) -> Iterator[Hit]:
    """B05: more than usual."""
    for value, amount in _amounts(case):
        indicator = case.catalogue.indicator(value.key)
        if indicator is not None and indicator.soft is not None and amount > indicator.soft:
            yield on_cell(value, taken=amount, expected=indicator.soft)


def _amounts(case: Case) -> Iterator[tuple[Value, Decimal]]:
    for one in case.judged():
        for value in case.figures(one):
            if isinstance(value.value, Decimal):
                yield value, value.value


def all_zero(case: Case) -> Iterator[Hit]:
    """B06: every figure of the unit is 0."""
    for one in case.judged():
        amounts = [
            amount_of(value)
            for value in case.figures(one)
            if isinstance(value.value, Decimal) and value.sheet == "data"
        ]
        if len(amounts) >= FEWEST_CELLS and not any(amounts):
            yield on_file(one, count=str(len(amounts)))


def all_round(case: Case) -> Iterator[Hit]:
    """B07: every figure above 0 is a round hundred."""
    for one in case.judged():
        amounts = [
            amount_of(value)
            for value in case.figures(one)
            if isinstance(value.value, Decimal) and value.sheet == "data"
        ]
        above = [amount for amount in amounts if amount]
        if len(above) >= FEWEST_CELLS and all(amount % 100 == 0 for amount in above):
            yield on_file(one, count=str(len(above)))
