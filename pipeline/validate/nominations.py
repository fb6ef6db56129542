"""H, continued: the people nominated for a medal. Warnings only: nobody is left out by a rule, and no figure rests on them.

What is typed there is personal: the findings say where something stands and why, never what stands there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pipeline.criteria import NEEDED, award_on, person_key, plausible_birth, plausible_years, yes_or_no
from pipeline.model import CellState, Record
from pipeline.service import BACKWARDS, UNCLEAR, Service, possible_tenure, read_service, sure_tenure
from pipeline.sheets import NOMINATIONS
from pipeline.validate.case import Case
from pipeline.validate.rule import Hit, Look, on_cell

# What must be said of everybody besides what the form itself requires (H07).
BESIDES = tuple(key for key in NEEDED if not NOMINATIONS.column(key).required)


def _people(case: Case) -> Iterator[Record]:
    for one in case.judged():
        yield from one.rows(NOMINATIONS.key)


def nominated_twice(case: Case) -> Iterator[Hit]:
    """H11: the same person (name and date of birth) for the same medal: the later row, or each of two units."""
    same: defaultdict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in _people(case):
        if (key := person_key(record)) is not None:
            same[key].append(record)
    for group in same.values():
        for number, record in enumerate(group):
            before = next((one for one in group[:number] if one.unit == record.unit), None)
            if before is not None:
                yield on_cell(record.cells["name"], where="same_list", first=before.ref.address)
            elif any(one.unit != record.unit for one in group):
                yield on_cell(record.cells["name"], where="other_unit")


def implausible_birth(case: Case) -> Iterator[Hit]:
    """H12: younger than 16 or older than 75 on the cut-off day."""
    for record in _people(case):
        born = record.value("born")
        if isinstance(born, date) and not plausible_birth(born, case.config.cutoff):
            yield on_cell(record.cells["born"])


def _service(record: Record) -> Service:
    words = record.text("service")
    return read_service(words) if words else Service()


def service_fault(fault: str) -> Look:
    """The look for one reason why the periods of service cannot be taken."""

    def look(case: Case) -> Iterator[Hit]:
        for record in _people(case):
            if _service(record).fault == fault:
                yield on_cell(record.cells["service"])

    look.__doc__ = f"A time of service that is {fault}."
    return look


service_unclear = service_fault(UNCLEAR)
service_backwards = service_fault(BACKWARDS)


def service_overlaps(case: Case) -> Iterator[Hit]:
    """H15: two periods of service overlap by more than the month in which one followed the other."""
    for record in _people(case):
        if _service(record).overlaps:
            yield on_cell(record.cells["service"])


def years_differ(case: Case) -> Iterator[Hit]:
    """H16: the years typed are not those that the periods amount to between the cut-off and a year later."""
    first, last = case.config.cutoff, case.config.report_deadline
    last = date(last.year + 1, last.month, min(last.day, 28))
    for record in _people(case):
        periods = _service(record).periods
        sure, possible = sure_tenure(periods, first), possible_tenure(periods, last)
        for key, low, high in (
            ("years_total", sure.total, possible.total),
            ("years_continuous", sure.continuous, possible.continuous),
        ):
            typed = record.value(key)
            if periods and isinstance(typed, Decimal) and not plausible_years(int(typed), low, high):
                yield on_cell(record.cells[key], taken=typed, expected=low // 12)


def needed_cell_blank(case: Case) -> Iterator[Hit]:
    """H17: something that the council must know is blank; a blank is never "no"."""
    for record in _people(case):
        for key in BESIDES:
            cell = record.cells.get(key)
            if cell is not None and cell.state is CellState.BLANK:
                yield on_cell(cell, sheet=NOMINATIONS.key, column=key)


def already_awarded(case: Case) -> Iterator[Hit]:
    """H18: nominated for a medal that the person already holds."""
    for record in _people(case):
        if yes_or_no(record.text("already_awarded")):
            yield on_cell(record.cells["already_awarded"])


def above_quota(case: Case) -> Iterator[Hit]:
    """H19: a unit nominates more people for a medal than config.toml allows; told once, on the first row above."""
    for one in case.judged():
        rows: defaultdict[tuple[str, int], list[Record]] = defaultdict(list)
        for record in one.rows(NOMINATIONS.key):
            award = award_on(case.config.award, record.text("award"), case.config.report_deadline)
            if award is not None and award.quota:
                rows[award.name, award.quota].append(record)
        for (name, quota), people in rows.items():
            if len(people) > quota:
                yield on_cell(people[quota].cells["award"], award=name, count=str(len(people)), quota=str(quota))
