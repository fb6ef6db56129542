"""H: the lists of events, assessments, plans and nominations, against the totals and in themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from pipeline.catalogue import Activity
from pipeline.model import CellState, Record, Submission, Value
from pipeline.sheets import BY_KEY
from pipeline.text import comparison_key
from pipeline.validate.case import Case
from pipeline.validate.rule import Hit, on_cell

# Ten digits from 0, or the twelve of an identity card, with nothing but blanks and dots between them.
PERSONAL = re.compile(r"(?<![\d/.,-])(?:0\d{9}|0\d{11})(?!\d)")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .](?=\d)")
DITTO, DITTO_MARKS = {"như trên", "nt", "nhu tren"}, {'"', "''", "〃", "-nt-", "„"}


def count_differs(case: Case) -> Iterator[Hit]:
    """H01: so many events are listed, another number is reported."""
    yield from _totals(case, "count", lambda events: Decimal(len(events)))


def people_differ(case: Case) -> Iterator[Hit]:
    """H02: the listed participants add up to another number."""
    yield from _totals(case, "people", _people)


def _people(events: list[Record]) -> Decimal | None:
    """The participants of all events; None when one of them has none written."""
    numbers = [event.value("people") for event in events]
    known = [number for number in numbers if isinstance(number, Decimal)]
    return sum(known, Decimal(0)) if len(known) == len(numbers) else None


def _totals(case: Case, role: str, add: Callable[[list[Record]], Decimal | None]) -> Iterator[Hit]:
    for one, activity, codes in _listed(case, role):
        events = _events_of(one, activity)
        numbers = [case.number(one, code) for code in codes]
        reported = sum((number for number in numbers if number is not None), Decimal(0))
        listed = add(events) if events else None
        if None not in numbers and listed is not None and listed != reported:
            cell = case.cell(one, codes[0])
            assert cell is not None
            yield on_cell(
                cell,
                activity=activity.code,
                codes=" + ".join(codes),
                taken=reported,
                expected=listed,
                difference=reported - listed,
            )


def nothing_listed(case: Case) -> Iterator[Hit]:
    """H03: events are reported and none is listed."""
    for one, activity, codes in _listed(case, "count"):
        cell = case.cell(one, codes[0])
        numbers = [case.number(one, code) for code in codes]
        if not _events_of(one, activity) and cell is not None and any(numbers) and "events" not in one.missing_sheets:
            total = sum((number for number in numbers if number is not None), Decimal(0))
            yield on_cell(cell, activity=activity.code, taken=total)


def _listed(case: Case, role: str) -> Iterator[tuple[Submission, Activity, tuple[str, ...]]]:
    for one in case.judged():
        unit = case.unit(one)
        for activity in case.catalogue.activities_of(unit) if unit is not None else ():
            codes = tuple(i.code for i in case.catalogue.indicators_of(activity) if i.events == role)
            if codes:
                yield one, activity, codes


def _events_of(submission: Submission, activity: Activity) -> list[Record]:
    return [event for event in submission.rows("events") if event.value("activity") == activity.code]


def outside_year(case: Case) -> Iterator[Hit]:
    """H04: an event that was not held in the report year: its first day, else its last."""
    for one in case.judged():
        for event in one.rows("events"):
            outside = [key for key in ("start", "end") if _other_year(event.value(key), case.catalogue.year)]
            if outside:
                yield on_cell(event.cells[outside[0]], expected=str(case.catalogue.year))


def _other_year(day: object, year: int) -> bool:
    return isinstance(day, date) and day.year != year


def outside_validity(case: Case) -> Iterator[Hit]:
    """H20: an event of the report year that was held before the unit began or after it ended."""
    for one in case.judged():
        unit = case.unit(one)
        if unit is None or unit.all_of(case.catalogue.year):
            continue
        first, last = unit.within(case.catalogue.year)
        for event in one.rows("events"):
            for key in ("start", "end"):
                day = event.value(key)
                if isinstance(day, date) and day.year == case.catalogue.year and not first <= day <= last:
                    yield on_cell(event.cells[key], first=first, last=last)
                    break


def ends_before_it_starts(case: Case) -> Iterator[Hit]:
    """H05: the last day lies before the first."""
    for one in case.judged():
        for event in one.rows("events"):
            start, end = event.value("start"), event.value("end")
            if isinstance(start, date) and isinstance(end, date) and end < start:
                yield on_cell(event.cells["end"], expected=start)


def duplicated(case: Case) -> Iterator[Hit]:
    """H06: the same event twice: same activity, name and first day."""
    for one in case.judged():
        seen: dict[tuple[object, str, object], Record] = {}
        for event in one.rows("events"):
            key = (event.value("activity"), comparison_key(event.text("name")), event.value("start"))
            first = seen.setdefault(key, event)
            if first is not event and key[1]:
                yield Hit(
                    event.ref.file,
                    event.unit,
                    event.ref,
                    "name",
                    {"given": event.text("name"), "first": first.ref.address},
                )


def required_cell_blank(case: Case) -> Iterator[Hit]:
    """H07: a row of a list lacks what it must say."""
    for one in case.judged():
        for record in one.records:
            for column in BY_KEY[record.sheet].columns:
                cell = record.cells.get(column.key)
                if column.required and cell is not None and cell.state is CellState.BLANK:
                    yield on_cell(cell, sheet=record.sheet, column=column.key)


def foreign_activity(case: Case) -> Iterator[Hit]:
    """H08: an event of an activity that does not exist this year or does not concern the unit."""
    for one in case.judged():
        unit = case.unit(one)
        known = {activity.code for activity in case.catalogue.activities_of(unit)} if unit is not None else set()
        for record in one.records:
            cell = record.cells.get("activity")
            if cell is not None and isinstance(cell.value, str) and cell.value not in known:
                yield on_cell(cell, expected=", ".join(sorted(known)))


def personal_number(case: Case) -> Iterator[Hit]:
    """H09: a telephone or identity number in a text that may be printed in the report."""
    for one in case.judged():
        for value in _printed_texts(one):
            if PERSONAL.search(BETWEEN_DIGITS.sub("", value.raw)):
                yield on_cell(value)


def ditto(case: Case) -> Iterator[Hit]:
    """H10: "như trên" and ditto marks: they mean nothing once rows are sorted or merged."""
    for one in case.judged():
        for value in _printed_texts(one):
            if comparison_key(value.raw) in DITTO or value.raw.strip() in DITTO_MARKS:
                yield on_cell(value)


def _printed_texts(submission: Submission) -> Iterator[Value]:
    """Descriptions and the list rows but nominations, whose personal data stay in their own file."""
    for (sheet, _), value in submission.values.items():
        if sheet == "data" and isinstance(value.value, str):
            yield value
    for record in submission.records:
        if record.sheet != "nominations":
            yield from (value for value in record.cells.values() if isinstance(value.value, str))
