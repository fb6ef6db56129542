"""Which file of a unit counts, what becomes of every cell, and the one state of each file and unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalogue import Catalogue
from pipeline.merge import choose, is_later, merge
from pipeline.model import (
    Dataset,
    FileState,
    Finding,
    Identity,
    Outcome,
    Relation,
    Severity,
    Submission,
    UnitState,
)
from tests.factory import amounts_of, shipped, source, submission

CATALOGUE, CONFIG = shipped()
UNITS = {unit.code: unit for unit in CATALOGUE.units}


def sent(
    code: str,
    day: str = "2026-11-24",
    round_number: int | None = 1,
    typed: date | None = None,
    factor: int = 1,
    name: str = "",
) -> Submission:
    unit = UNITS[code]
    amounts = amounts_of(CATALOGUE, unit, factor)
    amounts["TT10"] = None if round_number is None else Decimal(round_number)
    amounts["TT09"] = typed
    made = submission(unit, amounts, f"{day}/{name or code}.xlsx")
    return replace(made, source=replace(made.source, received=date.fromisoformat(day) if day else None))


def year_of(*submissions: Submission, findings: tuple[Finding, ...] = ()) -> Dataset:
    return merge(submissions, choose(submissions, CATALOGUE), findings, CATALOGUE, CONFIG)


def state_of(dataset: Dataset, code: str) -> UnitState:
    return next(unit.state for unit in dataset.units if unit.unit == code)


def test_a_later_date_in_the_folder_name_decides() -> None:
    assert is_later(sent("TV-844", "2026-11-24"), sent("TV-844", "2026-11-20")) is True


def test_the_number_of_the_submission_decides_where_no_date_is_known() -> None:
    first, second = sent("TV-844", "", 1, name="a"), sent("TV-844", "", 2, name="b")
    assert is_later(second, first) is True
    assert is_later(first, second) is False


def test_the_day_of_the_form_decides_last() -> None:
    older, newer = (sent("TV-844", "", None, date(2026, 11, day), name=str(day)) for day in (12, 19))
    assert is_later(newer, older) is True


def test_contradictory_signs_decide_nothing() -> None:
    assert is_later(sent("TV-844", "2026-11-24", 1), sent("TV-844", "2026-11-20", 2)) is None


def test_no_sign_decides_nothing() -> None:
    assert is_later(sent("TV-844", "", 1, name="final"), sent("TV-844", "", 1, name="final (sửa)")) is None


def test_the_later_version_counts_and_differences_are_listed() -> None:
    older, newer = sent("TV-844", "2026-11-20", 1, factor=1), sent("TV-844", "2026-11-24", 2, factor=1)
    cell = newer.values["data", "CT12.1"]
    newer = replace(newer, values={**newer.values, ("data", "CT12.1"): replace(cell, raw="99", value=Decimal(99))})
    dataset = year_of(newer, older)
    states = {file.source.path: (file.state, file.reason) for file in dataset.files}
    assert states["2026-11-20/TV-844.xlsx"] == (FileState.REPLACED, "replaced")
    assert states["2026-11-24/TV-844.xlsx"] == (FileState.COUNTED, "counted")
    assert [d.key for d in dataset.differences] == ["info.TT10", "data.CT12.1"]
    assert (dataset.differences[1].older and dataset.differences[1].older.raw, dataset.differences[1].newer and dataset.differences[1].newer.raw) == (
        cell.raw, "99",
    )  # fmt: skip


def test_undecided_versions_both_stay_out() -> None:
    dataset = year_of(sent("TV-844", "", 1, name="a", factor=1), sent("TV-844", "", 1, name="b", factor=2))
    assert {(file.state, file.reason) for file in dataset.files} == {(FileState.REJECTED, "undecided")}
    assert state_of(dataset, "TV-844") is UnitState.WITH_ERRORS
    assert dataset.entries == ()
    assert dataset.differences


def test_identical_copies_count_once() -> None:
    one = sent("TV-844")
    copy = replace(one, source=replace(one.source, path="2026-11-24/TV-844 (1).xlsx"))
    dataset = year_of(copy, one)
    states = {file.source.path: (file.state, dict(file.values)) for file in dataset.files}
    assert states["2026-11-24/TV-844 (1).xlsx"] == (FileState.IDENTICAL, {"original": "2026-11-24/TV-844.xlsx"})
    assert states["2026-11-24/TV-844.xlsx"][0] is FileState.COUNTED


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("system", FileState.IGNORED),
        ("pdf", FileState.NOT_SUBMISSION),
        ("image", FileState.NOT_SUBMISSION),
        ("word", FileState.NOT_SUBMISSION),
    ],
)
def test_what_is_no_workbook(kind: str, state: FileState) -> None:
    stray = Submission(source("scan.bin", kind=kind), Identity(), failure="not_workbook")
    (file,) = year_of(stray).files
    assert file.state is state


def test_a_rejecting_finding_keeps_the_whole_file_out() -> None:
    one = sent("TV-844")
    finding = Finding("T03", Severity.ERROR, one.source.path, "TV-844", rejects=True)
    dataset = year_of(one, findings=(finding,))
    assert dataset.files[0].state is FileState.REJECTED
    assert dataset.files[0].values["finding"] is finding
    assert state_of(dataset, "TV-844") is UnitState.MISSING


def test_a_held_cell_is_refused_and_the_rest_counts() -> None:
    one = sent("TV-844")
    cell = one.values["data", "CT12.2"]
    finding = Finding("K12a", Severity.ERROR, one.source.path, "TV-844", cell.ref, "CT12.2", held=("CT12.2",))
    dataset = year_of(one, findings=(finding,))
    outcomes = {entry.code: (entry.outcome, entry.amount) for entry in dataset.entries}
    assert outcomes["CT12.2"] == (Outcome.REFUSED, None)
    assert outcomes["CT12.1"] == (Outcome.ACCEPTED, one.number("CT12.1"))
    assert dataset.files[0].state is FileState.COUNTED_IN_PART
    assert state_of(dataset, "TV-844") is UnitState.WITH_ERRORS


def test_a_warning_counts_the_cell() -> None:
    one = sent("TV-844")
    dataset = year_of(one, findings=(Finding("K12c", Severity.WARNING, one.source.path, "TV-844"),))
    assert dataset.files[0].state is FileState.COUNTED_WITH_WARNINGS
    assert state_of(dataset, "TV-844") is UnitState.WITH_WARNINGS


def test_a_late_unit() -> None:
    dataset = year_of(sent("TV-844", "2026-11-28"))
    outcome = next(unit for unit in dataset.units if unit.unit == "TV-844")
    assert (outcome.state, outcome.days_late, outcome.received) == (UnitState.LATE, 3, date(2026, 11, 28))


def test_units_that_sent_nothing_are_missing_and_the_year_is_incomplete() -> None:
    dataset = year_of(sent("TV-844"))
    assert state_of(dataset, "TV-845") is UnitState.MISSING
    assert not dataset.complete


def test_a_blank_cell_is_blank_not_zero() -> None:
    unit = UNITS["TV-844"]
    one = submission(unit, {**amounts_of(CATALOGUE, unit, 1), "CT12.1": None, "CT12.2": Decimal(0)})
    outcomes = {entry.code: (entry.outcome, entry.amount) for entry in year_of(one).entries}
    assert outcomes["CT12.1"] == (Outcome.BLANK, None)
    assert outcomes["CT12.2"] == (Outcome.ACCEPTED, Decimal(0))


def test_entries_know_how_their_unit_stands_to_the_activity() -> None:
    dataset = year_of(*(sent(code) for code in UNITS))
    relations = {(entry.unit, entry.code): entry.relation for entry in dataset.entries}
    reconciled = [key for key, relation in relations.items() if relation is Relation.RECONCILED]
    assert reconciled
    assert all(CATALOGUE.is_office(UNITS[unit]) for unit, _ in reconciled)
    assert relations["TV-844", "CT12.1"] is Relation.FOCAL


def test_control_totals_hold() -> None:
    dataset = year_of(
        *(sent(code) for code in UNITS), Submission(source("a.pdf", kind="pdf"), Identity(), failure="not_workbook")
    )
    controls = dataset.controls
    assert controls.files_found == len(UNITS) + 1 == sum(controls.files_by_state.values())
    assert controls.cells_read == len(dataset.entries) == sum(controls.cells_by_outcome.values())


ALL = tuple(sent(code, factor=place) for place, code in enumerate(UNITS, start=1))


@settings(max_examples=20, deadline=None)
@given(st.permutations(ALL))
def test_the_order_of_the_files_does_not_matter(shuffled: list[Submission]) -> None:
    assert year_of(*shuffled) == year_of(*ALL)


def test_a_unit_of_another_year_is_no_rival(catalogue: Catalogue) -> None:
    this, last = sent("TV-844", name="a"), sent("TV-844", name="b", factor=3)
    last = replace(last, identity=replace(last.identity, year=2025))
    choice = choose((this, last), catalogue)
    assert not choice.replaced
    assert not choice.undecided


def test_every_unit_of_the_register_has_one_state() -> None:
    assert [unit.unit for unit in year_of().units] == [unit.code for unit in CATALOGUE.units]
