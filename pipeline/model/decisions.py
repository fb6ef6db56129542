"""What people decide: the rows of quyet-dinh.xlsx, and how a document goes out."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipeline.model.cells import CellRef


class Ruling(StrEnum):
    """What a person can decide in quyet-dinh.xlsx, in the order of its drop-down."""

    ACCEPT = "accept"
    CORRECT = "correct"
    EXCLUDE = "exclude"
    VERSION = "version"
    ASSIGN = "assign"
    EXTEND = "extend"
    PAUSE = "pause"
    SOFTEN = "soften"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of quyet-dinh.xlsx, as typed; "" where a column is blank.

    ``unit``, ``file``, ``code`` and ``rule`` say what it is about, ``old`` the raw text that the person saw, ``value``
    the corrected amount. ``until``: the new deadline, or the last day on which a rule is paused or softened.
    ``faults``: why the row cannot be used as it stands (locale keys below ``rules.fault``).
    """

    ref: CellRef
    ruling: Ruling | None
    unit: str = ""
    file: str = ""
    code: str = ""
    rule: str = ""
    old: str = ""
    value: Decimal | bool | None = None
    until: date | None = None
    who: str = ""
    when: date | None = None
    why: str = ""
    faults: tuple[str, ...] = ()

    def names(self, path: str) -> bool:
        """True when the row's file is this one: its path below the inbox, or the end of it."""
        # A name inside an archive may be written in the decomposed form of macOS.
        composed = unicodedata.normalize("NFC", path)
        return bool(self.file) and (composed == self.file or composed.endswith(f"/{self.file}"))

    @property
    def subject(self) -> tuple[str, ...]:
        """What two decisions must share to contradict each other."""
        kind = "rule" if self.ruling in {Ruling.PAUSE, Ruling.SOFTEN} else self.ruling or ""
        about = {
            Ruling.ACCEPT: (self.unit, self.file, self.code, self.rule),
            Ruling.CORRECT: (self.unit, self.code),
            Ruling.EXCLUDE: (self.file,),
            Ruling.ASSIGN: (self.file,),
            Ruling.VERSION: (self.unit,),
            Ruling.EXTEND: (self.unit,),
            Ruling.ISSUE: (self.unit,),
        }
        return (str(kind), *(about.get(self.ruling, (self.rule,)) if self.ruling else ()))


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A decision and what became of it; ``old`` and ``new`` as people read them."""

    decision: Decision
    applied: bool
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """How a document goes out: its number and day ("" and None: left blank for the clerk), and whether as a draft."""

    number: str = ""
    day: date | None = None
    draft: bool = True
