"""What became of every file, every cell and every decision: submissions + choice + findings -> Dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date

from pipeline.catalogue import Catalogue, Unit
from pipeline.config import Config
from pipeline.merge.splitting import settle_split
from pipeline.merge.supplements import CORRECTED
from pipeline.merge.versions import Choice
from pipeline.model import (
    Adjustment,
    CellState,
    Controls,
    Dataset,
    Decision,
    Entry,
    FileOutcome,
    FileState,
    Finding,
    Outcome,
    Ruling,
    Severity,
    Submission,
    UnitOutcome,
    UnitState,
    Value,
)
from pipeline.sheets import REPORT_DATE
from pipeline.text import shown

BODY_SHOWN = 160
IGNORED_KINDS = {"system", "mail_extra"}
EVIDENCE_KINDS = {"pdf", "image", "word", "text", "html", "mail", "msg", "mbox", "zip"}


def merge(
    submissions: Sequence[Submission],
    choice: Choice,
    findings: tuple[Finding, ...],
    catalogue: Catalogue,
    config: Config,
    decisions: Sequence[Decision] = (),
) -> Dataset:
    """Everything accepted and refused, in register then catalogue order; the order of the files does not matter.

    ``submissions``: one for every file, supplements already joined to the file that they add to.
    """
    rejected = {finding.file: finding for finding in reversed(findings) if finding.rejects}
    counted = _in_register_order(submissions, choice, rejected, catalogue)
    adjustments = _adjustments(decisions, findings, counted, catalogue, config)
    entries = _all_entries(submissions, counted, findings, catalogue, config)
    files = _file_outcomes(submissions, counted, choice, rejected, findings)
    superseded = {file.source.path for file in files if file.state is FileState.REPLACED}
    living = [finding for finding in findings if finding.file not in superseded]

    def standing(unit: Unit) -> UnitOutcome:
        deadline = _deadline(unit, adjustments, config)
        return _unit_outcome(unit, submissions, counted, choice, living, catalogue, config, deadline)

    return Dataset(
        year=catalogue.year,
        entries=entries,
        texts=tuple(value for s in counted for value in s.values.values() if isinstance(value.value, str)),
        records=tuple(record for s in counted for record in s.records),
        files=files,
        units=tuple(map(standing, catalogue.units)),
        differences=choice.differences,
        findings=findings,
        controls=_controls(submissions, files, entries, counted, adjustments, catalogue),
        adjustments=adjustments,
        ended=tuple(unit.code for unit in catalogue.ended(config.cutoff)),
    )


def _in_register_order(
    submissions: Iterable[Submission], choice: Choice, rejected: Container[str], catalogue: Catalogue
) -> list[Submission]:
    """The submissions that count."""
    register = {unit.code: place for place, unit in enumerate(catalogue.units)}
    counted = (s for s in submissions if s.source.path in choice.counted and s.source.path not in rejected)
    return sorted(counted, key=lambda s: register.get(s.identity.unit, len(register)))


def _all_entries(
    submissions: Iterable[Submission],
    counted: Iterable[Submission],
    findings: Iterable[Finding],
    catalogue: Catalogue,
    config: Config,
) -> tuple[Entry, ...]:
    """The cells of everything that counts; ``submissions`` tell the hashes, for a cell may come from a supplement."""
    held = {(finding.unit, code) for finding in findings if finding.severity is Severity.ERROR for code in finding.held}
    hashes = {s.source.path: s.source.sha256 for s in submissions}
    read = (entry for submission in counted for entry in _entries(submission, held, catalogue, hashes))
    return settle_split(read, catalogue, config.cutoff)


def _file_outcomes(
    submissions: Iterable[Submission],
    counted: Iterable[Submission],
    choice: Choice,
    rejected: Mapping[str, Finding],
    findings: Sequence[Finding],
) -> tuple[FileOutcome, ...]:
    """What became of every file, by path."""
    current = {s.identity.unit: s for s in counted}
    ordered = sorted(submissions, key=lambda s: s.source.path)
    return tuple(_file_outcome(s, choice, rejected, findings, current.get(s.identity.unit)) for s in ordered)


def _controls(
    submissions: Sequence[Submission],
    files: Iterable[FileOutcome],
    entries: Iterable[Entry],
    counted: Sequence[Submission],
    adjustments: Sequence[Adjustment],
    catalogue: Catalogue,
) -> Controls:
    return Controls(
        files_found=len(submissions),
        files_by_state=Counter(file.state for file in files),
        cells_read=_cells_read(counted, catalogue),
        cells_by_outcome=Counter(entry.outcome for entry in entries),
        decisions=len(adjustments),
        decisions_applied=sum(adjustment.applied for adjustment in adjustments),
    )


def _cells_read(counted: Sequence[Submission], catalogue: Catalogue) -> int:
    return sum(_is_entry(value, catalogue) for s in counted for value in s.values.values())


def _adjustments(
    decisions: Iterable[Decision],
    findings: Iterable[Finding],
    counted: Sequence[Submission],
    catalogue: Catalogue,
    config: Config,
) -> tuple[Adjustment, ...]:
    """Every decision, with what it changed; one on which a finding rests was not applied."""
    findings = tuple(findings)
    refused = {one.ref.row for one in findings if one.ref and one.severity is Severity.ERROR and one.rule[0] == "D"}
    return tuple(
        Adjustment(row, row.ref.row not in refused, *_change(row, counted, findings, catalogue, config))
        for row in decisions
    )


def _change(
    row: Decision, counted: Sequence[Submission], findings: Iterable[Finding], catalogue: Catalogue, config: Config
) -> tuple[str, str]:
    """Old and new, as far as a decision has them."""
    lang = config.language
    if row.ruling is Ruling.CORRECT:
        cells = [cell for one in counted if one.identity.unit == row.unit and (cell := one.cell(row.code)) is not None]
        return cells[0].raw if cells else row.old, shown(row.value, lang)
    if row.ruling is Ruling.EXTEND:
        return shown(config.unit_deadline, lang), shown(row.until, lang)
    if row.ruling is Ruling.ASSIGN:
        return "", catalogue.unit_name(row.unit) if row.unit else ""
    accepted = next((one for one in findings if one.decision == row.ref.row), None)
    return (str(accepted.values.get("given", "")) if accepted else row.old), ""


def _deadline(unit: Unit, adjustments: Iterable[Adjustment], config: Config) -> date:
    """The unit's own deadline where one was granted, else everyone's."""
    granted = [
        one.decision.until
        for one in adjustments
        if one.applied and one.decision.ruling is Ruling.EXTEND and one.decision.unit == unit.code
    ]
    return max((day for day in granted if day), default=config.unit_deadline)


def _is_entry(value: Value, catalogue: Catalogue) -> bool:
    indicator = catalogue.indicator(value.key)
    if indicator is not None:
        return value.sheet == "data" and not indicator.computed
    return value.sheet == "info" and catalogue.base(value.key) is not None


def _entries(
    submission: Submission, held: set[tuple[str, str]], catalogue: Catalogue, hashes: Mapping[str, str]
) -> Iterator[Entry]:
    unit = catalogue.unit(submission.identity.unit)
    order = [indicator.code for indicator in catalogue.indicators] + [base.code for base in catalogue.bases]
    values = {value.key: value for value in submission.values.values() if _is_entry(value, catalogue)}
    for code in order:
        if code not in values or unit is None:
            continue
        value = values[code]
        outcome = _outcome(value, (submission.identity.unit, code) in held)
        amount = value.value if outcome in {Outcome.ACCEPTED, Outcome.CORRECTED} else None
        relation = catalogue.relation_to(unit, code)
        yield Entry(value, outcome, amount, relation, hashes[value.ref.file])  # type: ignore[arg-type]


def _outcome(value: Value, held: bool) -> Outcome:
    if value.state is CellState.BLANK:
        return Outcome.BLANK
    if held or value.state is CellState.REFUSED or value.value is None:
        return Outcome.REFUSED
    return Outcome.CORRECTED if value.note == CORRECTED else Outcome.ACCEPTED


def _file_outcome(
    submission: Submission,
    choice: Choice,
    rejected: Mapping[str, Finding],
    findings: Iterable[Finding],
    current: Submission | None,
) -> FileOutcome:
    source, unit = submission.source, submission.identity.unit
    path = source.path
    if source.kind in IGNORED_KINDS:
        return FileOutcome(source, FileState.IGNORED, "", source.kind)
    if path in choice.excluded:
        row = choice.excluded[path]
        return FileOutcome(source, FileState.REJECTED, unit, "excluded", {"who": row.who, "why": row.why})
    if path in choice.identical:
        return FileOutcome(source, FileState.IDENTICAL, unit, "identical", {"original": choice.identical[path]})
    if path in rejected and current is not None and _came_before(submission, current):
        return FileOutcome(source, FileState.REPLACED, unit, "replaced", {"newer": current.source.path})
    if path in rejected:
        return FileOutcome(source, FileState.REJECTED, unit, "finding", {"finding": rejected[path]})
    if submission.failure and source.kind in EVIDENCE_KINDS:
        return FileOutcome(source, FileState.NOT_SUBMISSION, unit, *_evidence(submission))
    if path in choice.replaced:
        return FileOutcome(source, FileState.REPLACED, unit, "replaced", {"newer": choice.replaced[path]})
    if path in choice.supplements:
        return FileOutcome(source, FileState.COUNTED, unit, "supplement", {"base": choice.supplements[path]})
    if path not in choice.counted:
        return FileOutcome(source, FileState.REJECTED, unit, "undecided")
    return _counted_outcome(submission, [finding for finding in findings if finding.file == path])


def _came_before(older: Submission, newer: Submission) -> bool:
    """True when the mails or the dates of coming say so: a file that nobody could use then needs no answer any more."""
    times = (older.source.moment, newer.source.moment)
    days = (older.source.received, newer.source.received)
    before, after = times if None not in times else days
    return before is not None and after is not None and before < after


def _evidence(submission: Submission) -> tuple[str, Mapping[str, object]]:
    """Why a file is kept but not counted; of a mail, from whom and how many files it brought."""
    source = submission.source
    if source.kind not in {"mail", "msg"}:
        return source.kind, {"count": source.contents}
    mail = source.mail
    facts = {"sender": mail.sender if mail else "", "day": mail.sent.date() if mail and mail.sent else None}
    body = " ".join(mail.body.split())[:BODY_SHOWN] if mail else ""
    return ("mail" if source.contents else "mail_alone"), {**facts, "count": source.contents, "body": body}


def _counted_outcome(submission: Submission, findings: Sequence[Finding]) -> FileOutcome:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    state = FileState.COUNTED_IN_PART if errors else FileState.COUNTED_WITH_WARNINGS if warnings else FileState.COUNTED
    return FileOutcome(
        submission.source, state, submission.identity.unit, state.value, {"errors": errors, "warnings": warnings}
    )


def received_on(submission: Submission) -> date | None:
    """When a file came: the date in its own or its folder's name, else the date typed in it (TT09), else unknown."""
    typed = submission.info(REPORT_DATE)
    return submission.source.received or (typed if isinstance(typed, date) else None)


def _unit_outcome(
    unit: Unit,
    submissions: Sequence[Submission],
    counted: Sequence[Submission],
    choice: Choice,
    findings: Iterable[Finding],
    catalogue: Catalogue,
    config: Config,
    deadline: date,
) -> UnitOutcome:
    versions = [s for s in submissions if s.identity.unit == unit.code and s.source.is_workbook]
    paths = {s.source.path for s in versions}
    own = [f for f in findings if f.unit == unit.code or f.file in paths]
    errors = sum(finding.severity is Severity.ERROR for finding in own)
    warnings = sum(finding.severity is Severity.WARNING for finding in own)
    current = next((s for s in counted if s.identity.unit == unit.code), None)
    received = received_on(current) if current else None
    late = max(0, (received - deadline).days) if received else 0
    undecided = any(paths & set(group) for group in choice.undecided)
    due = bool(catalogue.activities_of(unit)) and (unit.first <= config.cutoff or current is not None)
    state = _unit_state(due, current is not None, undecided, errors, warnings, late)
    return UnitOutcome(
        unit.code,
        state,
        current.source.path if current else "",
        received,
        late,
        len(versions),
        errors,
        warnings,
        deadline,
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
