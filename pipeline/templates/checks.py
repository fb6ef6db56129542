"""The live check cell of each row: what it asks, in the order in which one cause hides the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.catalogue import Check
from pipeline.form import Row
from pipeline.sheets import BY_KEY, EVENTS, LIST_ROWS, Kind
from pipeline.templates.filling import FIRST_ROW, Filling
from pipeline.templates.formulas import (
    BAD,
    BLANK,
    DOUBTFUL,
    GOOD,
    Test,
    all_numbers,
    as_number,
    broken,
    first_true,
    is_number,
)

EXCEL_ERRORS = ("#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NAME?", "#NUM!", "#NULL!")


def check_cell(filling: Filling, row: Row) -> tuple[str, str]:
    """The formula of a row's check cell and the words it shows now."""
    cell, value = filling.cells[row.code].partition("!")[2], filling.answer(row.code)
    blank = f"{BLANK} {filling.say('check.blank')}" if row.required else ""
    tests = [Test(f"ISBLANK({cell})", value is None, blank)]
    if row.kind in {Kind.INTEGER, Kind.DECIMAL}:
        tests += _number_tests(filling, row, cell, value)
        tests += _bound_tests(filling, row, cell, value)
        tests += [_mismatch(filling, check, row.code) for check in _checks_of(filling, row.code)]
        tests += _event_tests(filling, row, cell, value)
    elif row.kind is Kind.DATE:
        tests += _date_tests(filling, cell, value)
    elif row.kind is Kind.YES_NO:
        words = filling.say("yes_no").split(" | ")
        asked = f"AND({','.join(f'{cell}<>{chr(34)}{word}{chr(34)}' for word in words)})"
        tests.append(Test(asked, value not in words, f"{BAD} {filling.say('check.not_yes_no')}"))
    return first_true(tests, f"{GOOD} {filling.say('check.good')}")


def _number_tests(filling: Filling, row: Row, cell: str, value: object) -> Iterator[Test]:
    number = as_number(value)
    yield Test(f"ISERROR({cell})", value in EXCEL_ERRORS, f"{BAD} {filling.say('check.error')}")
    yield Test(f"NOT(ISNUMBER({cell}))", not is_number(value), f"{BAD} {filling.say('check.not_number')}")
    yield Test(f"{cell}<0", number is not None and number < 0, f"{BAD} {filling.say('check.negative')}")
    if row.kind is Kind.INTEGER:
        fraction = number is not None and number != number.to_integral_value()
        yield Test(f"{cell}<>INT({cell})", fraction, f"{BAD} {filling.say('check.not_integer')}")


def _bound_tests(filling: Filling, row: Row, cell: str, value: object) -> Iterator[Test]:
    if row.indicator is None:
        return
    number = as_number(value)
    for bound, mark, words in ((row.indicator.hard, BAD, "above_hard"), (row.indicator.soft, DOUBTFUL, "above_soft")):
        if bound is not None:
            over = number is not None and number > bound
            yield Test(f"{cell}>{bound}", over, f"{mark} {filling.say(f'check.{words}', bound=bound)}")


def _checks_of(filling: Filling, code: str) -> Iterator[Check]:
    """The cross-checks shown on this row: those whose held code it is, or whose last code it is."""
    for check in filling.catalogue.checks:
        shown = check.held[0] if check.held else check.condition.codes[-1]
        if shown.startswith("B"):
            shown = next(one for one in check.condition.codes if not one.startswith("B"))
        if shown == code and set(check.condition.codes) <= filling.inputs.keys():
            yield check


def _mismatch(filling: Filling, check: Check, code: str) -> Test:
    operands = {one: as_number(filling.answer(one)) for one in check.condition.codes}
    others = ", ".join(one for one in check.condition.codes if one != code)
    words = filling.say("check.mismatch" if others else "check.doubtful", codes=others)
    mark = BAD if check.held else DOUBTFUL
    return Test(broken(check.condition, filling.cells), check.condition.holds(operands) is False, f"{mark} {words}")


def _event_tests(filling: Filling, row: Row, cell: str, value: object) -> Iterator[Test]:
    """The list of events against the totals, where the list has at least one event of the activity."""
    indicator = row.indicator
    if indicator is None or not indicator.events:
        return
    activity = f"CT{indicator.activity:02d}"
    same = [
        one.code
        for one in filling.catalogue.indicators
        if (one.activity, one.events) == (indicator.activity, indicator.events)
    ]
    if same[-1] != row.code or not set(same) <= filling.inputs.keys():
        return
    listed = [one for one in filling.list_rows(EVENTS) if one.get("activity") == activity]
    counted = f'COUNTIF({list_range(filling, "activity")},"{activity}")'
    people = f'SUMIF({list_range(filling, "activity")},"{activity}",{list_range(filling, "people")})'
    numbers = [as_number(filling.answer(code)) for code in same]
    given = [number for number in numbers if number is not None]
    amounts = [as_number(one.get("people")) or 0 for one in listed]
    expected = len(listed) if indicator.events == "count" else sum(amounts)
    cells = [filling.cells[code] for code in same]
    formula = f"IF({all_numbers(cells)},AND({counted}>0,{counted if indicator.events == 'count' else people}<>{'+'.join(cells)}),FALSE)"
    wrong = len(given) == len(same) and bool(listed) and sum(given) != expected
    yield Test(formula, wrong, f"{DOUBTFUL} {filling.say('check.events')}")


def list_range(filling: Filling, key: str, sheet_key: str = "events") -> str:
    """The cells of one column of a list sheet: 'Hoạt động'!$A$5:$A$204."""
    sheet = BY_KEY[sheet_key]
    letter = chr(65 + [column.key for column in sheet.columns].index(key))
    return f"'{sheet.name(filling.lang)}'!${letter}${FIRST_ROW}:${letter}${FIRST_ROW + LIST_ROWS - 1}"


def _date_tests(filling: Filling, cell: str, value: object) -> Iterator[Test]:
    year = filling.catalogue.year
    yield Test(f"NOT(ISNUMBER({cell}))", not is_number(value), f"{BAD} {filling.say('check.not_date')}")
    outside = isinstance(value, date) and value.year != year
    formula = f"OR({cell}<DATE({year},1,1),{cell}>DATE({year},12,31))"
    yield Test(formula, outside, f"{BAD} {filling.say('check.other_year', year=str(year))}")
