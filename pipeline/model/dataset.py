"""Everything accepted and everything refused in one year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipeline.model.cells import Record, Value
from pipeline.model.decisions import Adjustment, Ruling
from pipeline.model.files import FileOutcome, FileState
from pipeline.model.findings import Finding


class Outcome(StrEnum):
    """What became of a read cell: the four parts of the control total "cells read"."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REFUSED = "refused"
    BLANK = "blank"


class Relation(StrEnum):
    """How a unit's amount stands to the total: required or optional, compared but never added, or not applicable.

    The last three are of a unit that ended within the year, and only of what accumulates: STANDS_IN is added because no
    successor reported the code, REPLACED is not because one did, ENDED is not because no successor is named.
    """

    FOCAL = "focal"
    DATA = "data"
    RECONCILED = "reconciled"
    NOT_APPLICABLE = "not_applicable"
    STANDS_IN = "stands_in"
    REPLACED = "replaced"
    ENDED = "ended"

    @property
    def added(self) -> bool:
        """True when the amount is part of the total."""
        return self in {Relation.FOCAL, Relation.DATA, Relation.STANDS_IN}

    @property
    def of_a_split(self) -> bool:
        """True for the relations that only a year has in which units end."""
        return self in {Relation.STANDS_IN, Relation.REPLACED, Relation.ENDED}


@dataclass(frozen=True, slots=True)
class Entry:
    """One input cell of a counted file and what became of it; ``amount`` is what enters the totals, or None.

    Cells of the sheet "data" and the base data of "info" are entries; texts and lists are not.
    ``relation`` says whether the amount is added (FOCAL, DATA), compared (RECONCILED) or kept out.
    """

    value: Value
    outcome: Outcome
    amount: Decimal | bool | None
    relation: Relation
    sha256: str

    @property
    def code(self) -> str:
        """The indicator or base data code."""
        return self.value.key

    @property
    def unit(self) -> str:
        """The reporting unit's code."""
        return self.value.unit


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell in which two files of the same unit differ."""

    unit: str
    key: str
    older: Value | None
    newer: Value | None


class UnitState(StrEnum):
    """The one state of every unit of the register."""

    COMPLETE = "complete"
    WITH_WARNINGS = "with_warnings"
    WITH_ERRORS = "with_errors"
    LATE = "late"
    MISSING = "missing"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """Where one unit of the register stands. ``received``: None when unknown; ``versions``: its files, all states;
    ``deadline``: the day by which this unit had to send, a granted extension included.
    """

    unit: str
    state: UnitState
    file: str = ""
    received: date | None = None
    days_late: int = 0
    versions: int = 0
    errors: int = 0
    warnings: int = 0
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Controls:
    """The control totals of a run; ``figures.check_controls`` refuses a run in which one does not hold."""

    files_found: int
    files_by_state: Mapping[FileState, int]
    cells_read: int
    cells_by_outcome: Mapping[Outcome, int]
    decisions: int = 0
    decisions_applied: int = 0


@dataclass(frozen=True, slots=True)
class Dataset:
    """Everything accepted and everything refused in one year, in catalogue and register order.

    ``ended``: the units of the register that ended before the year's cut-off.
    """

    year: int
    entries: tuple[Entry, ...]
    texts: tuple[Value, ...]
    records: tuple[Record, ...]
    files: tuple[FileOutcome, ...]
    units: tuple[UnitOutcome, ...]
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    controls: Controls
    adjustments: tuple[Adjustment, ...] = ()
    ended: tuple[str, ...] = ()

    def rows(self, sheet: str) -> tuple[Record, ...]:
        """The list rows of one sheet, in register order then file order."""
        return tuple(record for record in self.records if record.sheet == sheet)

    @property
    def complete(self) -> bool:
        """True when no due unit is missing or in error, save those that a decision lets pass, no file is left whose content
        nobody could use or set aside, and every decision could be applied: no DRAFT mark is needed.
        """
        return not (self.undone or self.blocking or self.rejected)

    @property
    def undone(self) -> tuple[Adjustment, ...]:
        """The decisions that could not be applied."""
        return tuple(adjustment for adjustment in self.adjustments if not adjustment.applied)

    @property
    def rejected(self) -> tuple[FileOutcome, ...]:
        """The files that nobody could use or set aside, save those of units without which a person decided to issue."""
        rejected = (file for file in self.files if file.state is FileState.REJECTED and file.reason != "excluded")
        return tuple(file for file in rejected if file.unit not in self.released)

    @property
    def blocking(self) -> tuple[UnitOutcome, ...]:
        """The units that are missing or in error and that no decision lets pass."""
        states = {UnitState.MISSING, UnitState.WITH_ERRORS}
        return tuple(unit for unit in self.units if unit.state in states and unit.unit not in self.released)

    @property
    def released(self) -> frozenset[str]:
        """The units without which a person decided to issue."""
        rows = (one.decision for one in self.adjustments if one.applied and one.decision.ruling is Ruling.ISSUE)
        return frozenset(row.unit for row in rows)
