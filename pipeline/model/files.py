"""A file of the inbox, who it is from, what was read in it, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pipeline.model.cells import LabelChange, Record, Scalar, Stray, Value


class FileState(StrEnum):
    """The one state in which every file of the inbox ends."""

    COUNTED = "counted"
    COUNTED_WITH_WARNINGS = "counted_with_warnings"
    COUNTED_IN_PART = "counted_in_part"
    REPLACED = "replaced"
    IDENTICAL = "identical"
    REJECTED = "rejected"
    NOT_SUBMISSION = "not_submission"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Mail:
    """The message that brought a file: sender's address in lower case, its own date in Vietnam time, its text."""

    sender: str = ""
    subject: str = ""
    sent: datetime | None = None
    body: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file found in the inbox, in a mail or in an archive.

    ``path``: below the inbox, with /; what came inside a mail or an archive has that file's path as its folder.
    ``kind``: what it was recognised to be by its content (``intake.kinds``). ``received``: the date of the mail, else
    the date at the start of the file's or its folder's name, else None. ``notes``: (kind of note, detail) of what was
    done on the way. ``failure``: "" or why a mail or an archive could not be opened. ``contents``: files it held.
    """

    path: str
    kind: str
    size: int
    sha256: str
    received: date | None
    data: bytes = field(repr=False)
    mail: Mail | None = None
    notes: tuple[tuple[str, str], ...] = ()
    failure: str = ""
    contents: int = 0

    @property
    def is_workbook(self) -> bool:
        """True for a spreadsheet in any format that is read, locked ones included."""
        return self.kind in {"xlsx", "xlsm", "xls", "xlsb", "ods", "encrypted"}

    @property
    def moment(self) -> datetime | None:
        """When the mail that brought it was sent."""
        return self.mail.sent if self.mail is not None else None

    @property
    def name(self) -> str:
        """The file name without its folders."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a workbook says it is from, by each witness in the order of trust; "" or None where silent."""

    unit: str = ""
    year: int | None = None
    template_version: str = ""
    catalogue_version: str = ""
    fingerprint: str = ""
    witness: str = ""
    claims: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submission:
    """One workbook as read: every input cell, every list row, and the facts that the rules judge.

    ``failure`` is "" or the reason nothing could be read ("unreadable", "no_template", "encrypted", "too_large" …).
    ``values``: (sheet key, key) -> Value for the single-cell sheets "info" and "data". ``computed``: code -> what the
    file shows for a rate, which is never taken. ``notes``: (kind of note, detail) on how the file was read.
    """

    source: SourceFile
    identity: Identity
    values: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    strays: tuple[Stray, ...] = ()
    label_changes: tuple[LabelChange, ...] = ()
    missing_rows: tuple[str, ...] = ()
    missing_sheets: tuple[str, ...] = ()
    computed: Mapping[str, Value] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()
    failure: str = ""
    detail: str = ""

    def cell(self, code: str) -> Value | None:
        """The input cell of an indicator ("CT05.1") or of base data ("B3"), None when the file has no such row."""
        return self.values.get(("data", code)) or self.values.get(("info", code))

    def number(self, code: str) -> Decimal | None:
        """The number read for a code; None for blank, refused, absent or not a number."""
        cell = self.cell(code)
        return cell.value if cell is not None and isinstance(cell.value, Decimal) else None

    def info(self, code: str) -> Scalar:
        """What was accepted in a row of the sheet Thông tin; None when blank, refused or absent."""
        value = self.values.get(("info", code))
        return value.value if value is not None else None

    def rows(self, sheet: str) -> tuple[Record, ...]:
        """The filled rows of one list sheet, in the order of the file."""
        return tuple(record for record in self.records if record.sheet == sheet)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file: its one state and the sentence (locale key below ``state.reason``) that says why."""

    source: SourceFile
    state: FileState
    unit: str = ""
    reason: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
