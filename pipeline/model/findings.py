"""What a rule saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.model.cells import CellRef


class Severity(StrEnum):
    """How much a finding weighs: an error keeps its value out, a warning counts it, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule saw: permanent code, weight, where, and the values that its sentence needs.

    ``held`` are the codes whose values are not counted because of this (errors only); empty for a finding on
    the whole file. ``rejects``: the whole file is not counted. ``decision``: the row of quyet-dinh.xlsx by which a
    person accepted or softened it, 0 for none.
    """

    rule: str
    severity: Severity
    file: str
    unit: str = ""
    ref: CellRef | None = None
    key: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    held: tuple[str, ...] = ()
    rejects: bool = False
    decision: int = 0
