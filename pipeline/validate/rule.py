"""What a rule is, and what it sees: small functions over one Case, all with the same signature."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.model import CellRef, Finding, Severity, Submission, Value
from pipeline.sheets import PERSONAL, WITHHELD
from pipeline.validate.case import Case

# What a rule does where an operand is missing, refused or held: locale keys below rules.missing.
SKIPS, IS_FAULT, NOT_NEEDED = "skips", "is_fault", "not_needed"


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule saw, before its code and severity are put on it; fields as in ``Finding``."""

    file: str
    unit: str = ""
    ref: CellRef | None = None
    key: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    held: tuple[str, ...] = ()
    rejects: bool = False


Look = Callable[[Case], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: permanent code, weight, group (its letter), what it does with missing operands, and the look itself."""

    code: str
    severity: Severity
    look: Look
    missing: str = NOT_NEEDED

    @property
    def group(self) -> str:
        """The letter of the code: T files, M template, S cells, B blanks and bounds, K cross-checks, H lists, L comparisons."""
        return self.code[0]

    def check(self, case: Case) -> Iterator[Finding]:
        """Every finding of this rule in a case."""
        for hit in self.look(case):
            yield Finding(
                self.code, self.severity, hit.file, hit.unit, hit.ref, hit.key, hit.values, hit.held, hit.rejects
            )


def on_file(submission: Submission, *, rejects: bool = False, **values: object) -> Hit:
    """A hit on a whole file."""
    return Hit(submission.source.path, submission.identity.unit, values=values, rejects=rejects)


def on_cell(value: Value, *, holds: bool = False, **values: object) -> Hit:
    """A hit on one cell; ``holds``: its value is not counted. Of personal data only the place is told."""
    held = (value.key,) if holds else ()
    given = withheld(value.sheet, value.raw)
    if given != value.raw:
        values = {key: content for key, content in values.items() if key != "proposal"}
    return Hit(value.ref.file, value.unit, value.ref, value.key, {"code": value.key, "given": given, **values}, held)


def withheld(sheet: str, raw: str) -> str:
    """What may be repeated of a cell: findings go into the consolidated workbook, mails and the register of decisions."""
    return WITHHELD if raw and sheet in PERSONAL else raw
