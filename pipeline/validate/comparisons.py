"""L: against last year, against the other units, against the other office (domain: who is added, who is only compared)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from statistics import median

from pipeline.catalogue import Indicator, Unit
from pipeline.model import Relation, Submission, Value
from pipeline.text import rounded
from pipeline.validate.case import Case, amount_of
from pipeline.validate.rule import Hit, on_cell, on_file

JUMP, JUMP_DIFFERENCE = 5, 50
FALL = Decimal("0.8")
SAME_SHARE, SAME_CELLS = Decimal("0.8"), 5
COPIED_FROM, COPIED_TIMES = 100, 3
PEOPLE = {"lượt", "người"}
DOMINANT, DOMINANT_UNITS, DOMINANT_SUM = Decimal("0.6"), 5, 50
THOUSAND, NEAR, THOUSAND_UNITS = Decimal(1000), Decimal(3), 4
REPEATED_FROM, REPEATED_LARGE, REPEATED_TIMES = 50, 1000, 2
RECONCILED = Decimal("0.1")
# A count of exactly 100 beside at least so many looks like a percentage.
PERCENT_LIKE, FAR_MORE = Decimal(100), Decimal(1000)


def jumped(case: Case) -> Iterator[Hit]:
    """L01: a flow five times as large or as small as last year."""
    for one in case.judged():
        for value, before in _with_last_year(case, one, "flow"):
            now = amount_of(value)
            apart = abs(now - before) >= JUMP_DIFFERENCE
            if apart and before and (now >= JUMP * before or now * JUMP <= before):
                yield on_cell(value, taken=now, expected=before, difference=now - before)


def stock_fell(case: Case) -> Iterator[Hit]:
    """L02: what accumulates has fallen by more than a fifth."""
    for one in case.judged():
        for value, before in _with_last_year(case, one, "stock"):
            now = amount_of(value)
            if now < before * FALL:
                yield on_cell(value, taken=now, expected=before, difference=now - before)


def same_as_last_year(case: Case) -> Iterator[Hit]:
    """L03: most figures are exactly those of last year: the old file returned?"""
    for one in case.judged():
        pairs = [(amount_of(value), before) for value, before in _with_last_year(case, one) if value.sheet == "data"]
        pairs = [(now, before) for now, before in pairs if now]
        same = sum(now == before for now, before in pairs)
        if len(pairs) >= SAME_CELLS and same >= SAME_SHARE * len(pairs):
            yield on_file(one, same=str(same), count=str(len(pairs)))


def _with_last_year(case: Case, submission: Submission, kind: str = "") -> Iterator[tuple[Value, Decimal]]:
    for value in case.figures(submission) if case.previous else ():
        indicator = case.catalogue.indicator(value.key)
        before = case.previous.amounts.get((submission.identity.unit, value.key)) if case.previous else None
        if (
            isinstance(value.value, Decimal)
            and isinstance(before, Decimal)
            and (not kind or (indicator is not None and indicator.kind == kind))
        ):
            yield value, before


def copied_number(case: Case) -> Iterator[Hit]:
    """L04: the same large number of people in three or more rows."""
    for one in case.judged():
        rows: defaultdict[Decimal, list[Value]] = defaultdict(list)
        for value in case.figures(one):
            indicator = case.catalogue.indicator(value.key)
            if indicator is not None and indicator.unit_of_measure in PEOPLE and isinstance(value.value, Decimal):
                rows[value.value].append(value)
        for amount, values in rows.items():
            if amount >= COPIED_FROM and len(values) >= COPIED_TIMES:
                yield on_cell(values[0], taken=amount, codes=", ".join(value.key for value in values))


def dominant(case: Case) -> Iterator[Hit]:
    """L05: one unit reports more than 60 % of the province."""
    for code in _summed(case):
        column = case.column(code)
        total = sum((amount_of(value) for value in column.values()), Decimal(0))
        if len(column) < DOMINANT_UNITS or total < DOMINANT_SUM:
            continue
        for value in column.values():
            if amount_of(value) > DOMINANT * total:
                share = rounded(100 * amount_of(value) / total, 1)
                yield on_cell(value, taken=amount_of(value), expected=total, share=share)


def thousandfold(case: Case) -> Iterator[Hit]:
    """L06: about a thousand times or a thousandth of what the others report: a separator lost or added."""
    for code in _summed(case):
        column = case.column(code)
        for unit, value in column.items():
            others = [amount_of(other) for owner, other in column.items() if owner != unit]
            if len(others) < THOUSAND_UNITS or not (middle := Decimal(median(others))) or not amount_of(value):
                continue
            for factor in (THOUSAND, 1 / THOUSAND):
                likely = amount_of(value) / factor
                if middle / NEAR <= likely <= middle * NEAR:
                    yield on_cell(value, taken=amount_of(value), expected=middle, proposal=likely.normalize())


def includes_districts(case: Case) -> Iterator[Hit]:
    """L07: a provincial office reports as much as all district-level units together."""
    for one in case.judged():
        unit = case.unit(one)
        if unit is None or not case.catalogue.is_office(unit):
            continue
        summed = set(_summed(case))
        for value in (
            figure for figure in case.figures(one) if figure.key in summed and _by_itself(case, unit, figure)
        ):
            districts = [amount_of(other) for other in case.column(value.key, offices=False).values()]
            if (
                isinstance(value.value, Decimal)
                and value.value
                and sum(districts)
                and len(districts) > 1
                and value.value >= sum(districts)
            ):
                yield on_cell(value, taken=value.value, expected=sum(districts))


def _by_itself(case: Case, unit: Unit, value: Value) -> bool:
    """False for an office that is compared with the districts' own sum, which it should repeat."""
    compared = case.catalogue.relation_to(unit, value.key) is Relation.RECONCILED
    return not compared or any(map(case.catalogue.is_office, case.catalogue.expected_units(value.key)))


def repeats_office(case: Case) -> Iterator[Hit]:
    """L08: a district repeats an office's figures: a large one once, or smaller ones at least twice (one may be chance)."""
    offices = [
        (one, unit) for one in case.judged() if (unit := case.unit(one)) is not None and case.catalogue.is_office(unit)
    ]
    for one in case.judged():
        unit = case.unit(one)
        if unit is None or case.catalogue.is_office(unit):
            continue
        for office, office_unit in offices:
            same = [value for value in case.figures(one) if _repeated(case, value, office)]
            if len(same) >= REPEATED_TIMES or any(amount_of(value) >= REPEATED_LARGE for value in same):
                yield from (on_cell(value, taken=amount_of(value), office=office_unit.code) for value in same)


def _repeated(case: Case, value: Value, office: Submission) -> bool:
    return (
        isinstance(value.value, Decimal)
        and value.value >= REPEATED_FROM
        and case.number(office, value.key) == value.value
    )


def reconciliation(case: Case) -> Iterator[Hit]:
    """L09: of two focal offices the other side's figure is more than 10 % apart from the one that counts."""
    for one in case.judged():
        unit = case.unit(one)
        for value in case.figures(one):
            if (
                unit is None
                # An office of a part of the year cannot report what the counted one did in all of it.
                or not unit.all_of(case.catalogue.year)
                or not isinstance(value.value, Decimal)
                or case.catalogue.relation_to(unit, value.key) is not Relation.RECONCILED
            ):
                continue
            counted = _counterpart(case, value.key)
            if counted is not None and abs(value.value - counted) > RECONCILED * max(counted, value.value):
                yield on_cell(value, taken=value.value, expected=counted, difference=value.value - counted)


def _counterpart(case: Case, code: str) -> Decimal | None:
    """The counted offices' figure; of an activity led by the districts, theirs. None while one of them is missing."""
    expected = case.catalogue.expected_units(code)
    offices = any(case.catalogue.is_office(unit) for unit in expected)
    column = case.column(code, offices=True if offices else None)
    indicator = case.catalogue.indicator(code)
    numbers = [amount_of(value) for value in column.values()]
    if (
        not numbers
        or not {unit.code for unit in expected if case.catalogue.is_office(unit) is offices} <= column.keys()
    ):
        return None
    return max(numbers) if indicator is not None and indicator.over_units == "max" else sum(numbers, Decimal(0))


def rate_above_bound(case: Case) -> Iterator[Hit]:
    """L10: a unit's rate lies above its bound, such as more than 100 %."""
    for one in case.judged():
        for rate in case.catalogue.indicators:
            operands = {code: case.number(one, code) for code in (*rate.numerator, *rate.denominator)}
            share = _rate(rate, operands)
            if rate.soft is not None and share is not None and share > rate.soft:
                cell = one.cell(rate.numerator[0])
                assert cell is not None
                values = {"code": rate.code, "share": rounded(share, 1), "expected": rate.soft, "operands": operands}
                yield Hit(cell.ref.file, cell.unit, cell.ref, cell.key, values)


def percent_as_count(case: Case) -> Iterator[Hit]:
    """L11: exactly 100 of very many: a rate was probably typed where people are counted."""
    for one in case.judged():
        for rate in (rate for rate in case.catalogue.indicators if rate.computed):
            below = sum((case.number(one, code) or Decimal(0) for code in rate.denominator), Decimal(0))
            for code in rate.numerator:
                cell = case.cell(one, code)
                if cell is not None and cell.value == PERCENT_LIKE and below >= FAR_MORE:
                    yield on_cell(cell, expected=below)


def _rate(rate: Indicator, operands: Mapping[str, Decimal | None]) -> Decimal | None:
    """In percent; None without its operands or over 0."""
    above, below = (
        sum((operands[code] or Decimal(0) for code in side), Decimal(0)) for side in (rate.numerator, rate.denominator)
    )
    return 100 * above / below if None not in operands.values() and below else None


def _summed(case: Case) -> Iterator[str]:
    return (i.code for i in case.catalogue.indicators if i.over_units == "sum")
