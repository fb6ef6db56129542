"""D: the decisions of people - rows that cannot be used, that meet nothing, that are stale or contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.model import Decision, Finding, Ruling, Severity, Submission, Value
from pipeline.validate.case import Case
from pipeline.validate.rule import Hit

CONTRADICTS = "contradicts"
RULINGS_ON_RULES = {Ruling.PAUSE, Ruling.SOFTEN}
# Errors of these groups rest on values that were read: a person may vouch for them. Elsewhere there is no value.
VOUCHABLE = {"B", "K", "H", "L"}
_CUT = 60


def settle(finding: Finding, case: Case) -> Finding | None:
    """The finding as decisions leave it: a note when accepted, a warning when softened, None when its rule is paused."""
    for row in case.decisions:
        if row.faults or not _meets(row, finding, case):
            continue
        if row.ruling is Ruling.PAUSE:
            return None
        severity = Severity.NOTE if row.ruling is Ruling.ACCEPT else Severity.WARNING
        return replace(finding, severity=severity, held=(), rejects=False, decision=row.ref.row)
    return finding


def _meets(row: Decision, finding: Finding, case: Case) -> bool:
    if row.rule != finding.rule.upper() or finding.severity is Severity.NOTE:
        return False
    if finding.severity is Severity.ERROR and finding.rule[0] not in VOUCHABLE:
        return False
    if row.ruling in RULINGS_ON_RULES:
        return row.until is not None and row.until >= case.today
    return row.ruling is Ruling.ACCEPT and _same_place(row, finding)


def _same_place(row: Decision, finding: Finding) -> bool:
    given = " ".join(str(finding.values.get("given", ""))[:_CUT].replace("·", " ").split())
    return (
        row.unit in {"", finding.unit}
        and row.code in {"", finding.key.upper()}
        and (not row.file or row.names(finding.file))
        and row.old in {"", given}
    )


def unusable(case: Case) -> Iterator[Hit]:
    """D01: a row with something missing or not understood."""
    for row in case.decisions:
        faults = [fault for fault in row.faults if fault != CONTRADICTS]
        if faults:
            yield _on_row(row, faults=tuple(faults))


def without_object(case: Case) -> Iterator[Hit]:
    """D02: nothing in the inbox or among the findings is what the row speaks of."""
    for row in case.decisions:
        if not row.faults and not _has_object(row, case):
            yield _on_row(row)


def stale(case: Case) -> Iterator[Hit]:
    """D03: the cell to be corrected holds another text by now."""
    for row in case.decisions:
        if row.ruling is Ruling.CORRECT and not row.faults:
            cells = list(_cells(row, case))
            if cells and not any(_stands(row, cell) for cell in cells):
                yield _on_row(row, given=cells[0].raw, expected=row.old, code=row.code)


def contradictory(case: Case) -> Iterator[Hit]:
    """D04: two rows decide the same thing differently; neither is applied."""
    for row in case.decisions:
        if CONTRADICTS in row.faults:
            others = [one.ref.row for one in case.decisions if one.subject == row.subject and one is not row]
            yield _on_row(row, rows=", ".join(map(str, others)))


def rule_changed(case: Case) -> Iterator[Hit]:
    """D05: a rule is paused or softened for a time."""
    for row in case.decisions:
        if row.ruling in RULINGS_ON_RULES and not row.faults and row.until and row.until >= case.today:
            yield _on_row(row, ruling=str(row.ruling), about=row.rule, day=row.until, who=row.who, why=row.why)


def lapsed(case: Case) -> Iterator[Hit]:
    """D06: the time for which a rule was paused or softened is over."""
    for row in case.decisions:
        if row.ruling in RULINGS_ON_RULES and not row.faults and row.until and row.until < case.today:
            yield _on_row(row, about=row.rule, day=row.until)


def _on_row(row: Decision, **values: object) -> Hit:
    return Hit(row.ref.file, row.unit, row.ref, values={"row": str(row.ref.row), **values})


def _has_object(row: Decision, case: Case) -> bool:
    if row.ruling is Ruling.ACCEPT:
        return row.ref.row in case.settled
    if row.ruling is Ruling.CORRECT:
        return any(_cells(row, case))
    if row.ruling in RULINGS_ON_RULES:
        return row.rule in {code.upper() for code in case.rule_codes} and row.rule[0] in VOUCHABLE | {"M"}
    if row.ruling in {Ruling.EXTEND, Ruling.ISSUE}:
        return True
    files = [one for one in case.submissions if row.names(one.source.path)]
    return any(row.ruling is not Ruling.VERSION or _of_unit(one, row.unit) for one in files)


def _of_unit(submission: Submission, unit: str) -> bool:
    return submission.identity.unit == unit and not submission.failure


def _cells(row: Decision, case: Case) -> Iterator[Value]:
    for one in case.judged():
        if one.identity.unit == row.unit and (not row.file or row.names(one.source.path)):
            cell = one.cell(row.code)
            if cell is not None:
                yield cell


def _stands(row: Decision, cell: Value) -> bool:
    return not row.old or row.old == " ".join(cell.raw.split())
