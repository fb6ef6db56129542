"""For any template with any edits: no crash, no lost cell, and the file sent back corrected leaves no finding."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from textwrap import wrap
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from pipeline import run as stages
from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.intake.finding import source_of
from pipeline.look import LINE_HEIGHT, MAX_ROW_HEIGHT, height_of
from pipeline.model import FileState, Outcome
from pipeline.reading import read_submission
from pipeline.rehearsal import answers_for
from pipeline.templates import render_template
from tests.factory import ROOT

UNIT = "TV-844"
PATH = "2026-11-19/TV-844.xlsx"
# What may stand in any cell; no control characters, which no spreadsheet program lets anyone type.
CONTENTS = st.one_of(
    st.none(),
    st.integers(-5, 10**7),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(["khoảng 500", "1.234,5", "12 lớp", "không có", "=1/0", "=1+1", "#REF!", "-", "12/5", "mười hai", "x", "'12"]),
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=30),
)  # fmt: skip
EDIT = st.tuples(st.integers(0, 5), st.integers(1, 110), st.integers(1, 9), CONTENTS)
MOVES = st.lists(
    st.tuples(st.sampled_from(["row", "column", "delete", "rename", "hide", "merge"]), st.integers(0, 5), st.integers(1, 60)),
    max_size=3,
)  # fmt: skip


@pytest.fixture(scope="module")
def project() -> stages.Project:
    return stages.open_project(ROOT / "config.toml")


class Workbook(bytes):
    """Bytes that a failing example does not print."""

    def __repr__(self) -> str:
        return "the filled template"


@pytest.fixture(scope="module")
def filled(catalogue: Catalogue, config: Config) -> bytes:
    unit = catalogue.unit(UNIT)
    assert unit is not None
    return Workbook(render_template(catalogue, config, unit, None, answers_for(unit, catalogue)))


def edit(book: Any, edits: list[Any], moves: list[Any]) -> None:
    pages = book.worksheets[1:7]
    for number, row, column, content in edits:
        cell = pages[number % len(pages)].cell(row, column)
        if type(cell).__name__ == "Cell":
            cell.value = content
    for kind, number, place in moves:
        page = pages[number % len(pages)]
        if kind == "row":
            page.insert_rows(place)
        elif kind == "column":
            page.insert_cols(1 + place % 7)
        elif kind == "delete":
            page.delete_rows(place)
        elif kind == "rename":
            page.title = f"Trang {number} {place}"
        elif kind == "hide":
            page.row_dimensions[place].hidden = True
        else:
            page.merge_cells(start_row=place, end_row=place + 1, start_column=5, end_column=5)


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.heavy
@settings(max_examples=20, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(EDIT, max_size=12), moves=MOVES)
def test_any_edits_end_in_one_state_with_every_cell_accounted_for(
    edits: list[Any], moves: list[Any], filled: bytes, project: stages.Project
) -> None:
    book = load_workbook(BytesIO(filled), data_only=True)
    edit(book, edits, moves)
    submission = read_submission(source_of(PATH, saved(book)), project.catalogue)
    judged = stages.judge_submissions(project, (submission,), None)
    dataset = judged.dataset
    assert len(dataset.files) == 1
    outcomes = dataset.controls.cells_by_outcome
    assert dataset.controls.cells_read == sum(outcomes[outcome] for outcome in Outcome)
    if dataset.files[0].state is not FileState.REJECTED:
        read = {value.key for value in submission.values.values() if value.sheet == "data" and ".T" not in value.key}
        assert {entry.code for entry in dataset.entries} >= {
            code for code in read if (one := project.catalogue.indicator(code)) is not None and not one.computed
        }
    for finding in dataset.findings:
        assert all(text and "None" not in text for text in stages.describe(finding, project))
    assert stages.file_sentence(dataset.files[0], project)


@pytest.mark.heavy
@settings(max_examples=8, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(EDIT, min_size=1, max_size=8))
def test_a_file_that_is_sent_again_corrected_leaves_no_finding(
    edits: list[Any], filled: bytes, project: stages.Project
) -> None:
    good, book = load_workbook(BytesIO(filled)), load_workbook(BytesIO(filled))
    edit(book, edits, [])
    first = read_submission(source_of(PATH, saved(book)), project.catalogue)
    before = stages.answers(stages.judge_submissions(project, (first,), None), datetime(2026, 11, 20).date())
    marked = next((data for name, data in before.items() if name.startswith("tra-lai") and "cần sửa" in name), None)
    copy = load_workbook(BytesIO(marked if marked is not None else saved(book)))
    for page in good.worksheets:
        for row in page.iter_rows():
            for cell in row:
                other = copy[page.title][cell.coordinate]
                if type(other).__name__ == "Cell" and (
                    other.value != cell.value or type(other.value) is not type(cell.value)
                ):
                    other.value, other.number_format = cell.value, cell.number_format
        extra = [
            c
            for row in copy[page.title].iter_rows()
            for c in row
            if c.value is not None and page[c.coordinate].value is None
        ]
        for cell in extra:
            cell.value = None
    again = read_submission(source_of("2026-11-21/TV-844.xlsx", saved(copy)), project.catalogue)
    assert stages.judge_submissions(project, (again,), None).dataset.findings == ()


@settings(max_examples=300, deadline=None)
@given(st.text("ab đ-,\t\n\u00a0", max_size=60), st.floats(0, 40))
def test_a_row_is_as_high_as_its_wrapped_text(text: str, width: float) -> None:
    """Counted letters stand for wrapping only where both say the same."""
    lines = sum(max(1, len(wrap(part, max(4, int(width))))) for part in text.split("\n"))
    assert height_of((text, width), bold=True) == min(MAX_ROW_HEIGHT, LINE_HEIGHT * lines + 2)
