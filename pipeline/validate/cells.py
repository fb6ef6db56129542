"""S: what stands in a cell cannot be taken, or was taken in a way that should be known. One rule for each kind of problem."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import CellState, Submission, Value
from pipeline.validate.case import Case
from pipeline.validate.rule import Hit, Look, on_cell

# The order is permanent: S01 is the first kind, S25 the last.
KINDS = (
    "not_a_number", "two_readings", "decimal_in_integer", "date_in_number", "approximate", "range", "sum_typed", "fraction",
    "several_numbers", "letters_in_number", "number_in_words", "negative", "percent_in_number", "no_number_word", "not_yet",
    "none_for_stock", "wrong_unit_word", "boolean_in_number", "error_value", "not_calculated", "not_a_date", "two_digit_year",
    "not_a_choice", "merged", "hidden",
)  # fmt: skip
# A person's correction is told by the register of decisions.
DECIDED = {"corrected"}
# A note that starts with a number and at most two words: the figure was typed one column too far.
_FIGURE_IN_NOTE = re.compile(r"(\d[\d.,]*)(?:\s+[^\W\d]+){0,2}")


def kind_of_problem(kind: str) -> Look:
    """The look for one kind of problem, in the cells that enter totals."""

    def look(case: Case) -> Iterator[Hit]:
        for one in case.judged():
            for value in case.figures(one):
                if value.problem is not None and value.problem.kind == kind:
                    yield on_cell(value, holds=True, proposal=value.problem.proposal)

    look.__doc__ = f"One figure cell refused as {kind}."
    return look


def other_cell(case: Case) -> Iterator[Hit]:
    """S26: a cell of the contact lines or of a list cannot be read; nothing is added up from it."""
    for one in case.judged():
        for value in _other_cells(one, case):
            if value.problem is not None and value.problem.kind in KINDS:
                yield on_cell(value, kind=value.problem.kind, proposal=value.problem.proposal)


def _other_cells(submission: Submission, case: Case) -> Iterator[Value]:
    for (sheet, code), value in submission.values.items():
        if not (case.catalogue.indicator(code) if sheet == "data" else case.catalogue.base(code)):
            yield value
    for record in submission.records:
        yield from record.cells.values()


def automatic_reading(case: Case) -> Iterator[Hit]:
    """S27: a figure that was typed as text and has exactly one reading."""
    for one in case.judged():
        for value in case.figures(one):
            if value.note and value.note not in DECIDED and value.problem is None:
                yield on_cell(value, reading=value.note, taken=value.value)


def mixed_encoding(case: Case) -> Iterator[Hit]:
    """S29: part of a text is in an old Vietnamese encoding; it is kept as typed, with what it may mean."""
    for one in case.judged():
        for value in (*_other_cells(one, case), *case.figures(one)):
            if value.problem is not None and value.problem.kind == "legacy_mixed":
                yield on_cell(value, proposal=value.problem.proposal)


def figure_in_note(case: Case) -> Iterator[Hit]:
    """S28: the result is blank and the note beside it is a number."""
    for one in case.judged():
        for value in case.figures(one):
            note = one.values.get(("data", f"{value.key}:note"))
            if value.state is not CellState.BLANK or note is None or not note.raw.strip():
                continue
            found = _FIGURE_IN_NOTE.fullmatch(note.raw.strip())
            if found:
                yield Hit(
                    note.ref.file,
                    note.unit,
                    note.ref,
                    value.key,
                    {"code": value.key, "given": note.raw, "proposal": found[1]},
                    (value.key,),
                )
