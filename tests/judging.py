"""Submissions without any fault, ways to spoil one thing in them, and what the rules then say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pipeline.catalogue import Unit
from pipeline.form import data_rows, info_rows
from pipeline.model import (
    CellState,
    Finding,
    PreviousYear,
    Problem,
    Record,
    Scalar,
    Severity,
    Stray,
    Submission,
    Value,
)
from pipeline.validate import Case, check_all, next_step, rules_of, sentence
from tests.factory import event, shipped, source, submission

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
DISTRICT, OTHER, UNION, BAN_TG, P_BCVT = "TV-842", "TV-844", "TT-CAT", "BAN-TG", "P-BCVTCNTT"

# One plausible year of one unit: no rule has anything to say about it once its events are listed.
CLEAN: dict[str, Scalar] = {
    "TT03": "Nguyễn Thị Hoa", "TT05": "Bí thư", "TT06": "0294 555 0101", "TT07": "hoa@example.vn", "TT08": "Trần Văn Minh",
    "TT09": date(2026, 11, 24), "TT10": Decimal(1),
    **{code: Decimal(amount) for code, amount in {
        "B1": 12, "B2": 90, "B3": 20, "B4": 150, "B5": 3000, "B6": 9000, "B7": 60,
        "CT01.1": 5, "CT01.2": 41, "CT01.3": 1, "CT01.4": 18,
        "CT02.1": 1, "CT02.2": 1, "CT02.3": 45, "CT02.4": 3, "CT02.5": 33,
        "CT03.1": 1, "CT03.2": 52, "CT03.3": 2, "CT03.4": 6,
        "CT04.1": 1, "CT04.2": 55, "CT04.3": 18,
        "CT06.1": 2, "CT06.2": 1, "CT06.3": 61, "CT06.4": 1,
        "CT07.1": 1, "CT07.2": 12, "CT07.3": 80, "CT07.4": 93, "CT07.5": 70,
        "CT08.1": 1, "CT08.2": 1, "CT08.3": 35, "CT08.4": 85, "CT08.5": 6,
        "CT09.1": 1, "CT09.2": 95, "CT09.3": 1, "CT09.4": 1,
        "CT10.1": 25, "CT10.2": 8, "CT10.3": 3, "CT10.4": 65, "CT10.5": "120.5",
        "CT12.1": 2, "CT12.2": 1, "CT12.3": 31, "CT12.4": 43,
        "CT13.1": 1, "CT13.2": 37, "CT13.3": 10, "CT13.4": 5,
        "CT14.1": 1, "CT14.2": 4, "CT14.3": 2, "CT14.4": 6, "CT14.5": 240,
        "CT15.1": 1, "CT15.2": 75, "CT15.3": 53, "CT15.4": 1,
        "CT16.1": 1500, "CT16.2": 3000, "CT16.4": 21,
        "CT17.1": 2, "CT17.2": 22, "CT17.3": 34, "CT17.4": 4, "CT17.5": 3,
    }.items()},
}  # fmt: skip
EVENTS = (
    ("CT02", 45), ("CT03", 52), ("CT04", 55), ("CT06", 61), ("CT07", 92), ("CT08", 35), ("CT09", 40), ("CT12", 31), ("CT12", 43),
    ("CT13", 37), ("CT14", 20), ("CT15", 35), ("CT15", 40),
)  # fmt: skip


def unit(code: str) -> Unit:
    """A unit of the shipped register."""
    found = shipped()[0].unit(code)
    assert found is not None
    return found


def clean(code: str = DISTRICT, path: str = "", **changes: object) -> Submission:
    """A file without fault; ``changes``: codes with "__" for the dot, such as CT12__2=Decimal(9), None for blank."""
    catalogue, _ = shipped()
    one = unit(code)
    known = {row.code for build in (info_rows, data_rows) for row in build(catalogue, one, "vi")}
    given = {key.replace("__", "."): amount for key, amount in changes.items()}
    assert set(given) <= known, set(given) - known
    amounts = {key: amount for key, amount in {**CLEAN, **given}.items() if key in known}
    listed = [(activity, people) for activity, people in EVENTS if f"{activity}.1" in known]
    file = path or f"2026-11-24/{code}.xlsx"
    records = [
        event(one, activity, f"Hoạt động {row}", people, row, file) for row, (activity, people) in enumerate(listed, 5)
    ]
    return submission(one, amounts, file, tuple(records))  # type: ignore[arg-type]


def number(amount: str | int) -> Decimal:
    """Short for Decimal."""
    return Decimal(amount)


def with_cell(one: Submission, key: str, sheet: str = "data", **fields: object) -> Submission:
    """The file with other fields (raw, state, value, note, problem) in one cell."""
    return replace(one, values={**one.values, (sheet, key): replace(one.values[sheet, key], **fields)})  # type: ignore[arg-type]


def refused(one: Submission, key: str, raw: str, kind: str, proposal: str = "", sheet: str = "data") -> Submission:
    """The file with one cell that could not be taken."""
    problem = Problem(kind, proposal)
    return with_cell(one, key, sheet, raw=raw, state=CellState.REFUSED, value=None, problem=problem)


def with_note(one: Submission, code: str, words: str) -> Submission:
    """The file with a remark beside a result."""
    cell = place(one, code)
    ref = replace(cell.ref, column=6)
    note = Value(ref, cell.unit, "data", f"{code}:note", words, CellState.VALUE, words)
    return replace(one, values={**one.values, ("data", note.key): note})


def with_stray(one: Submission, kind: str, raw: str, about: str = "") -> Submission:
    """The file with something where nothing should stand: cell Số liệu!K40."""
    ref = replace(place(one, "CT01.1").ref, row=40, column=11)
    return replace(one, strays=(Stray(ref, kind, raw, about),))


def with_record(one: Submission, row: int, **cells: Scalar) -> Submission:
    """The file with other contents in the n-th row of its list of events; None blanks a cell."""
    records = list(one.records)
    old = records[row]
    spoiled = {key: _filled(old, key, content) for key, content in cells.items()}
    records[row] = replace(old, cells={**old.cells, **spoiled})
    return replace(one, records=tuple(records))


def _filled(record: Record, key: str, content: Scalar) -> Value:
    ref = replace(record.ref, column=4 if key == "end" else record.cells[key].ref.column if key in record.cells else 9)
    raw = "" if content is None else f"{content:%d/%m/%Y}" if isinstance(content, date) else str(content)
    state = CellState.BLANK if content is None else CellState.VALUE
    return Value(ref, record.unit, record.sheet, key, raw, state, content)


def place(one: Submission, code: str) -> Value:
    """The cell of a code."""
    cell = one.cell(code)
    assert cell is not None
    return cell


def unreadable(kind: str, failure: str = "not_workbook", detail: str = "") -> Submission:
    """A file of which nothing could be read."""
    return replace(clean(), source=source("2026-11-24/tep.xlsx", kind=kind), values={}, failure=failure, detail=detail)


def case_of(*submissions: Submission, previous: dict[str, int] | None = None, **fields: object) -> Case:
    """A case in which every file counts; ``previous``: last year's amounts of the first file's unit."""
    catalogue, config = shipped()
    before = None
    if previous is not None:
        sender = submissions[0].identity.unit
        before = PreviousYear(2025, {(sender, code): Decimal(amount) for code, amount in previous.items()})
    counted = frozenset(one.source.path for one in submissions if not one.failure)
    return replace(Case(submissions, catalogue, config, before, counted), **fields)  # type: ignore[arg-type]


def codes(*submissions: Submission, **fields: object) -> list[str]:
    """The codes of all findings, in the order of the rules."""
    return [finding.rule for finding in check_all(case_of(*submissions, **fields))]  # type: ignore[arg-type]


def only(*submissions: Submission, **fields: object) -> Finding:
    """The one finding of a case; its sentence and next step must read well in both languages."""
    case = case_of(*submissions, **fields)  # type: ignore[arg-type]
    findings = check_all(case)
    assert len(findings) == 1, [(finding.rule, dict(finding.values)) for finding in findings]
    reads_well(findings[0], case)
    return findings[0]


def reads_well(finding: Finding, case: Case) -> None:
    """No braces, no Python words, no locale key in what people see."""
    assert finding.rule in {rule.code for rule in rules_of(case.catalogue)}
    for lang in ("vi", "en"):
        for words in (sentence(finding, lang, case.catalogue), next_step(finding, lang)):
            assert words.endswith((".", "?")), words
            assert not any(mark in words for mark in ("{", "}", "None", "Decimal(", "nan", "rules.", "[")), words
