"""Which file of each unit counts, and what became of every cell: submissions + findings -> Dataset."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from pipeline.catalogue import Catalogue, Unit
from pipeline.config import Config
from pipeline.model import (
    CellState,
    Controls,
    Dataset,
    Difference,
    Entry,
    FileOutcome,
    FileState,
    Finding,
    Outcome,
    Severity,
    Submission,
    UnitOutcome,
    UnitState,
    Value,
)
from pipeline.sheets import REPORT_DATE, ROUND

UNREAD_STATES = {"system": FileState.IGNORED}
EVIDENCE_KINDS = {"pdf", "image", "word", "text", "html"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which files count, decided before the content is judged.

    counted: paths whose content is judged and, if no finding rejects the file, counted.
    identical: path -> the path it repeats byte for byte. replaced: path -> the later version of the same unit.
    undecided: groups of paths of one unit between which the rule cannot choose; none of them counts.
    """

    counted: frozenset[str]
    identical: Mapping[str, str]
    replaced: Mapping[str, str]
    undecided: tuple[tuple[str, ...], ...]
    differences: tuple[Difference, ...]


def choose(submissions: Sequence[Submission], catalogue: Catalogue) -> Choice:
    """Identical copies count once; of several versions of a unit the later one counts, or none (see ``is_later``)."""
    identical = _identical(submissions)
    counted: set[str] = set()
    replaced: dict[str, str] = {}
    undecided: list[tuple[str, ...]] = []
    differences: list[Difference] = []
    candidates = [s for s in submissions if not s.failure and s.source.path not in identical]
    for unit, versions in _by_unit(candidates).items():
        rivals = [version for version in versions if unit and _can_count(version, catalogue)]
        counted |= {version.source.path for version in versions if version not in rivals}
        order = _in_order(rivals)
        if order is None:
            undecided.append(tuple(version.source.path for version in rivals))
        else:
            replaced |= {older.source.path: order[-1].source.path for older in order[:-1]}
            counted |= {newest.source.path for newest in order[-1:]}
        for older, newer in zip(order or rivals, (order or rivals)[1:], strict=False):
            differences += _differences(unit, older, newer)
    return Choice(frozenset(counted), identical, replaced, tuple(undecided), tuple(differences))


def _identical(submissions: Iterable[Submission]) -> dict[str, str]:
    first: dict[str, str] = {}
    copies: dict[str, str] = {}
    for submission in sorted(
        submissions, key=lambda s: (s.source.received or date.max, len(s.source.path), s.source.path)
    ):
        source = submission.source
        if source.kind == "system":
            continue
        original = first.setdefault(source.sha256, source.path)
        if original != source.path:
            copies[source.path] = original
    return copies


def _by_unit(submissions: Iterable[Submission]) -> dict[str, list[Submission]]:
    groups: defaultdict[str, list[Submission]] = defaultdict(list)
    for submission in submissions:
        groups[submission.identity.unit].append(submission)
    return dict(groups)


def _can_count(submission: Submission, catalogue: Catalogue) -> bool:
    filled = any(
        value.state is not CellState.BLANK for (sheet, key), value in submission.values.items()
        if sheet == "data" and catalogue.indicator(key)
    )  # fmt: skip
    year = submission.identity.year
    return filled and year in {None, catalogue.year} and catalogue.unit(submission.identity.unit) is not None


def _in_order(versions: list[Submission]) -> list[Submission] | None:
    """Oldest to newest, or None when for some pair the rule cannot tell which is later."""
    if any(is_later(one, other) is None for one, other in combinations(versions, 2)):
        return None
    return sorted(
        versions, key=lambda version: sum(bool(is_later(version, other)) for other in versions if other is not version)
    )


def is_later(one: Submission, other: Submission) -> bool | None:
    """Whether ``one`` is the later version; None when nothing tells, or when two signs contradict each other.

    The signs, each used only where both files carry it: the date written at the start of the file's or folder's name,
    "Lần gửi thứ" (TT10) and "Ngày lập biểu" (TT09) on the sheet Thông tin. Never the file's own time stamp or its words.
    """
    signs = [
        (one.source.received, other.source.received),
        (_info(one, ROUND), _info(other, ROUND)),
        (_info(one, REPORT_DATE), _info(other, REPORT_DATE)),
    ]
    answers = {a > b for a, b in signs if a is not None and b is not None and a != b}  # type: ignore[operator]
    return answers.pop() if len(answers) == 1 else None


def _info(submission: Submission, code: str) -> object:
    value = submission.values.get(("info", code))
    return value.value if value is not None else None


def _differences(unit: str, older: Submission, newer: Submission) -> Iterator[Difference]:
    cells = _all_cells(older), _all_cells(newer)
    for key in dict.fromkeys([*cells[0], *cells[1]]):
        before, after = cells[0].get(key), cells[1].get(key)
        if (before.raw if before else "") != (after.raw if after else ""):
            yield Difference(unit, key, before, after)


def _all_cells(submission: Submission) -> dict[str, Value]:
    cells = {f"{sheet}.{key}": value for (sheet, key), value in submission.values.items()}
    for sheet in {record.sheet for record in submission.records}:
        for number, record in enumerate(submission.rows(sheet), start=1):
            cells |= {f"{sheet}.{number}.{key}": value for key, value in record.cells.items()}
    return cells


# ---- the dataset ----------------------------------------------------------------------------------------------------


def merge(
    submissions: Sequence[Submission],
    choice: Choice,
    findings: tuple[Finding, ...],
    catalogue: Catalogue,
    config: Config,
) -> Dataset:
    """Everything accepted and refused, in register then catalogue order; the order of the files does not matter."""
    rejected = {finding.file: finding for finding in reversed(findings) if finding.rejects}
    register = {unit.code: place for place, unit in enumerate(catalogue.units)}
    counted = sorted(
        (s for s in submissions if s.source.path in choice.counted and s.source.path not in rejected),
        key=lambda s: register.get(s.identity.unit, len(register)),
    )
    held = {(finding.file, code) for finding in findings if finding.severity is Severity.ERROR for code in finding.held}
    entries = tuple(entry for submission in counted for entry in _entries(submission, held, catalogue))
    files = tuple(
        _file_outcome(s, choice, rejected, findings) for s in sorted(submissions, key=lambda s: s.source.path)
    )
    return Dataset(
        year=catalogue.year,
        entries=entries,
        texts=tuple(value for s in counted for value in s.values.values() if isinstance(value.value, str)),
        records=tuple(record for s in counted for record in s.records),
        files=files,
        units=tuple(
            _unit_outcome(unit, submissions, counted, choice, findings, catalogue, config) for unit in catalogue.units
        ),
        differences=choice.differences,
        findings=findings,
        controls=Controls(
            files_found=len(submissions),
            files_by_state=Counter(file.state for file in files),
            cells_read=sum(_is_entry(value, catalogue) for s in counted for value in s.values.values()),
            cells_by_outcome=Counter(entry.outcome for entry in entries),
        ),
    )


def _is_entry(value: Value, catalogue: Catalogue) -> bool:
    indicator = catalogue.indicator(value.key)
    if indicator is not None:
        return value.sheet == "data" and not indicator.computed
    return value.sheet == "info" and catalogue.base(value.key) is not None


def _entries(submission: Submission, held: set[tuple[str, str]], catalogue: Catalogue) -> Iterator[Entry]:
    unit = catalogue.unit(submission.identity.unit)
    order = [indicator.code for indicator in catalogue.indicators] + [base.code for base in catalogue.bases]
    values = {value.key: value for value in submission.values.values() if _is_entry(value, catalogue)}
    for code in order:
        if code not in values or unit is None:
            continue
        value = values[code]
        outcome = _outcome(value, (submission.source.path, code) in held)
        amount = value.value if outcome is Outcome.ACCEPTED else None
        relation = catalogue.relation_to(unit, code)
        yield Entry(value, outcome, amount, relation, submission.source.sha256)  # type: ignore[arg-type]


def _outcome(value: Value, held: bool) -> Outcome:
    if value.state is CellState.BLANK:
        return Outcome.BLANK
    if held or value.state is CellState.REFUSED or value.value is None:
        return Outcome.REFUSED
    return Outcome.ACCEPTED


def _file_outcome(
    submission: Submission, choice: Choice, rejected: Mapping[str, Finding], findings: Iterable[Finding]
) -> FileOutcome:
    source, unit = submission.source, submission.identity.unit
    path = source.path
    if source.kind == "system":
        return FileOutcome(source, FileState.IGNORED, "", "system")
    if path in choice.identical:
        return FileOutcome(source, FileState.IDENTICAL, unit, "identical", {"original": choice.identical[path]})
    if submission.failure and source.kind in EVIDENCE_KINDS:
        return FileOutcome(source, FileState.NOT_SUBMISSION, unit, source.kind)
    if path in choice.replaced:
        return FileOutcome(source, FileState.REPLACED, unit, "replaced", {"newer": choice.replaced[path]})
    if path in rejected:
        return FileOutcome(source, FileState.REJECTED, unit, "finding", {"finding": rejected[path]})
    if path not in choice.counted:
        return FileOutcome(source, FileState.REJECTED, unit, "undecided")
    return _counted_outcome(submission, [finding for finding in findings if finding.file == path])


def _counted_outcome(submission: Submission, findings: Sequence[Finding]) -> FileOutcome:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    state = FileState.COUNTED_IN_PART if errors else FileState.COUNTED_WITH_WARNINGS if warnings else FileState.COUNTED
    return FileOutcome(
        submission.source, state, submission.identity.unit, state.value, {"errors": errors, "warnings": warnings}
    )


def received_on(submission: Submission) -> date | None:
    """When a file came: the date in its own or its folder's name, else the date typed in it (TT09), else unknown."""
    typed = _info(submission, REPORT_DATE)
    return submission.source.received or (typed if isinstance(typed, date) else None)


def _unit_outcome(
    unit: Unit,
    submissions: Sequence[Submission],
    counted: Sequence[Submission],
    choice: Choice,
    findings: Iterable[Finding],
    catalogue: Catalogue,
    config: Config,
) -> UnitOutcome:
    versions = [s for s in submissions if s.identity.unit == unit.code]
    paths = {s.source.path for s in versions}
    own = [f for f in findings if f.unit == unit.code or f.file in paths]
    errors = sum(finding.severity is Severity.ERROR for finding in own)
    warnings = sum(finding.severity is Severity.WARNING for finding in own)
    current = next((s for s in counted if s.identity.unit == unit.code), None)
    received = received_on(current) if current else None
    late = max(0, (received - config.unit_deadline).days) if received else 0
    undecided = any(paths & set(group) for group in choice.undecided)
    state = _unit_state(bool(catalogue.activities_of(unit)), current is not None, undecided, errors, warnings, late)
    return UnitOutcome(
        unit.code, state, current.source.path if current else "", received, late, len(versions), errors, warnings
    )


def _unit_state(due: bool, counted: bool, undecided: bool, errors: int, warnings: int, late: int) -> UnitState:
    if not due:
        return UnitState.NOT_DUE
    if undecided:
        return UnitState.WITH_ERRORS
    if not counted:
        return UnitState.MISSING
    if errors:
        return UnitState.WITH_ERRORS
    if late:
        return UnitState.LATE
    return UnitState.WITH_WARNINGS if warnings else UnitState.COMPLETE
