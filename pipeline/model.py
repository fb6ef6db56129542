"""What travels between the stages: frozen dataclasses, no behaviour beyond reading themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Scalar = Decimal | date | bool | str | None


class Severity(StrEnum):
    """How much a finding weighs: an error keeps its value out, a warning counts it, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


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


class UnitState(StrEnum):
    """The one state of every unit of the register."""

    COMPLETE = "complete"
    WITH_WARNINGS = "with_warnings"
    WITH_ERRORS = "with_errors"
    LATE = "late"
    MISSING = "missing"
    NOT_DUE = "not_due"


class CellState(StrEnum):
    """What a cell holds: a value, the words "không có", nothing at all, or something that cannot be taken."""

    VALUE = "value"
    NONE = "none"
    BLANK = "blank"
    REFUSED = "refused"


class Outcome(StrEnum):
    """What became of a read cell: the four parts of the control total "cells read"."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REFUSED = "refused"
    BLANK = "blank"


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


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """An Excel address: file (path below the inbox, with /), sheet name, row and column counted from 1."""

    file: str
    sheet: str
    row: int
    column: int

    @property
    def letter(self) -> str:
        """The column as Excel shows it: 1 -> A, 28 -> AB."""
        letters, rest = "", self.column
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(65 + digit) + letters
        return letters

    @property
    def address(self) -> str:
        """The cell as Excel shows it, such as ``E12``."""
        return f"{self.letter}{self.row}"

    @property
    def place(self) -> str:
        """Sheet and cell, as a person would type it: ``Số liệu!E12``."""
        return f"{self.sheet}!{self.address}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell's content cannot be taken: ``kind`` is one of ``reading.problems.KINDS``."""

    kind: str
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One input cell as read: its address, its raw text and what it was understood to say.

    ``sheet`` and ``key`` name it in the sheet description: ("data", "CT05.1"), ("info", "B3"), ("events", "people").
    ``value`` is Decimal for numbers, date, bool for Có/Không, str for text; None unless state is VALUE or NONE.
    ``note`` names an automatic reading that was applied (``thousands_dot``, ``none_word``), else "".
    """

    ref: CellRef
    unit: str
    sheet: str
    key: str
    raw: str
    state: CellState
    value: Scalar = None
    note: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One filled row of a list sheet (events, assessment, plan, nominations): column key -> Value."""

    unit: str
    sheet: str
    ref: CellRef
    cells: Mapping[str, Value]

    def text(self, key: str) -> str:
        """The cell as text: as understood when it was taken as text, else as typed; "" when blank or absent."""
        cell = self.cells.get(key)
        if cell is None:
            return ""
        return cell.value if isinstance(cell.value, str) else cell.raw

    def value(self, key: str) -> Scalar:
        """The cell's accepted value, None when blank, refused or absent."""
        cell = self.cells.get(key)
        return cell.value if cell is not None else None


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
class Stray:
    """Something filled in that belongs to no input cell: outside the table, an unknown code, a duplicated row."""

    ref: CellRef
    kind: str
    raw: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class LabelChange:
    """A locked text that differs from the template: ``what`` is "name" or "unit_of_measure"."""

    ref: CellRef
    code: str
    what: str
    given: str
    expected: str


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


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell in which two files of the same unit differ."""

    unit: str
    key: str
    older: Value | None
    newer: Value | None


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file: its one state and the sentence (locale key below ``state.reason``) that says why."""

    source: SourceFile
    state: FileState
    unit: str = ""
    reason: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


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
class PreviousYear:
    """Last year's accepted amounts: (unit, code) -> amount; totals: code -> amount; where they came from.

    received, due, complete: as in ``YearFigures``; 0 due units where it is not known.
    """

    year: int
    amounts: Mapping[tuple[str, str], Decimal | bool] = field(default_factory=dict)
    totals: Mapping[str, Decimal | bool] = field(default_factory=dict)
    origin: str = ""
    received: int = 0
    due: int = 0
    complete: bool = True


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


@dataclass(frozen=True, slots=True)
class Issue:
    """How a document goes out: its number and day ("" and None: left blank for the clerk), and whether as a draft."""

    number: str = ""
    day: date | None = None
    draft: bool = True


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One office's figure beside the counted one: never added; ``difference`` = office - counted."""

    unit: str
    amount: Decimal | bool
    difference: Decimal | None


class FigureState(StrEnum):
    """Why a figure prints as it does: "zero" and "no report" are never the same sentence."""

    VALUE = "value"
    ZERO = "zero"
    NO_REPORT = "no_report"
    NO_DENOMINATOR = "no_denominator"


@dataclass(frozen=True, slots=True)
class FigureNote:
    """Units that ended within the year and one thing that became of their stock: STANDS_IN, REPLACED or ENDED."""

    relation: Relation
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One provincial figure of one indicator (or base datum), already rounded as it will be printed.

    total: Decimal (1 decimal for rates, in percent: 85.3), bool for Có/Không, None when nothing was reported.
    change_percent: growth on last year, 1 decimal, None when last year is unknown or 0 (rates: None).
    change: absolute difference on last year (rates: percentage points), None when last year is unknown.
    reporting / expected: counted units with an accepted value / counted units whose template asks for it.
    notes: what a year in which units ended did to the figure: whose stock was replaced, stands in or was left out.
    """

    code: str
    state: FigureState
    total: Decimal | bool | None
    previous: Decimal | bool | None
    change: Decimal | None
    change_percent: Decimal | None
    target: Decimal | None
    reporting: int
    expected: int
    missing: tuple[str, ...]
    reconciled: tuple[Reconciliation, ...] = ()
    notes: tuple[FigureNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """Every number that the workbook and the report print, computed once.

    by_unit: (unit, code) -> accepted amount, counted and reconciled offices alike (``relations`` tells which),
    rates of one unit included. due / received / complete: lists of unit codes in register order.
    highest / lowest: code -> the one unit with the largest / smallest reported amount, absent when several tie.
    """

    year: int
    indicators: Mapping[str, Figure]
    by_unit: Mapping[tuple[str, str], Decimal | bool]
    relations: Mapping[tuple[str, str], Relation]
    due: tuple[str, ...]
    received: tuple[str, ...]
    missing: tuple[str, ...]
    in_error: tuple[str, ...]
    highest: Mapping[str, str]
    lowest: Mapping[str, str]
    previous_year: int | None

    def __getitem__(self, code: str) -> Figure:
        return self.indicators[code]


@dataclass(frozen=True, slots=True)
class YearFigures:
    """One year's figures as they were computed, or as its consolidated workbook shows them.

    totals, reporting, expected: by indicator or base code; a code without total is absent from ``totals``.
    amounts, relations: (unit, code) -> accepted amount and what became of it; unit rates are not among them.
    complete: False while the workbook is marked as a draft. origin: the workbook that it was read from, "" for the
    units' own workbooks.
    """

    year: int
    origin: str
    complete: bool
    received: int
    due: int
    totals: Mapping[str, Decimal | bool] = field(default_factory=dict)
    reporting: Mapping[str, int] = field(default_factory=dict)
    expected: Mapping[str, int] = field(default_factory=dict)
    amounts: Mapping[tuple[str, str], Decimal | bool] = field(default_factory=dict)
    relations: Mapping[tuple[str, str], Relation] = field(default_factory=dict)


class PeriodKind(StrEnum):
    """How a figure is carried over several years.

    FLOW: summed over the years that have it. STOCK and YES_NO: the latest year that has it. RATE: from its operands,
    summed where they are flows, of the latest year where they are stocks. MAXIMUM: the largest year, because what is
    counted (such as partner enterprises) comes again every year.
    """

    FLOW = "flow"
    STOCK = "stock"
    YES_NO = "yes_no"
    RATE = "rate"
    MAXIMUM = "maximum"


@dataclass(frozen=True, slots=True)
class PeriodNote:
    """One thing to know about a figure of several years.

    kind: "gap" (no data of that year at all), "no_report" (no unit reported it that year), or "stands_in", "replaced",
    "ended": the units whose stock did so in that year of a split.
    """

    kind: str
    year: int
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodFigure:
    """One figure over several years.

    total: as ``kind`` says, None when no year has it. as_of: the year that the total stands for (STOCK, YES_NO,
    MAXIMUM, a RATE of stocks), None for sums. by_year: every year of the span -> amount, or None where there is none;
    never 0 for "not reported". years: the years of the span in which the activity ran; missing_years: those of them
    without amount although units were asked for it, or without any data. reporting / expected: by year, only years with data. target: of the last year, None where it has
    none; targets: by year. change, change_percent: from the first to the last year that have it (``compared``), as
    in ``Figure``; None with fewer than two such years.
    """

    code: str
    kind: PeriodKind
    state: FigureState
    total: Decimal | bool | None
    as_of: int | None
    by_year: Mapping[int, Decimal | bool | None]
    years: tuple[int, ...]
    missing_years: tuple[int, ...]
    reporting: Mapping[int, int]
    expected: Mapping[int, int]
    target: Decimal | None = None
    targets: Mapping[int, Decimal] = field(default_factory=dict)
    compared: tuple[int, int] | None = None
    change: Decimal | None = None
    change_percent: Decimal | None = None
    notes: tuple[PeriodNote, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodYear:
    """One year of a span as it was found: where its figures come from, and how many of the due units had reported."""

    year: int
    origin: str
    complete: bool
    received: int
    due: int


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """Every number of a report over several years, computed once.

    years: the years with data, in order; gaps: the years of the span without. activities: number -> the years of the
    span in which it ran (shorter than the span for an activity of some years only).
    """

    first: int
    last: int
    years: tuple[PeriodYear, ...]
    gaps: tuple[int, ...]
    activities: Mapping[int, tuple[int, ...]]
    indicators: Mapping[str, PeriodFigure]

    def __getitem__(self, code: str) -> PeriodFigure:
        return self.indicators[code]

    @property
    def span(self) -> tuple[int, ...]:
        """Every year from first to last, with data or not."""
        return tuple(range(self.first, self.last + 1))


class Verdict(StrEnum):
    """What the criteria say of a nominated person; never an exclusion, for the council decides."""

    ENOUGH = "enough"
    NOT_YET = "not_yet"
    MISSING_DATA = "missing_data"


@dataclass(frozen=True, slots=True)
class Span:
    """One day that is only known to lie between two: "2015" is 01/01/2015 to 31/12/2015; a whole date is both at once."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Period:
    """A time of service as written; ``end`` is None for "đến nay"."""

    start: Span
    end: Span | None


@dataclass(frozen=True, slots=True)
class Tenure:
    """Whole months of service up to a day: altogether (overlaps once) and in the longest unbroken stretch."""

    total: int
    continuous: int


Reason = tuple[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Nomination:
    """A person nominated for a medal, as typed and as judged. Personal data: only for Khen-thuong-<year> and its documents.

    ``award_key``, ``body``, ``ceremony``, ``criterion`` (its source), ``confirmed``: of the criteria in config.toml that
    hold on the ceremony day; "" and None where there are none. ``served``: what the periods surely add up to on that day,
    ``at_most``: what they may add up to, both None when the periods are blank or cannot be told. ``reasons``: (locale key,
    values) for ``text.say``, the deciding ones first. ``discipline`` "" and ``already_awarded`` None: not said, never "no".
    ``unread``: column key -> raw text of a cell that could not be taken.
    """

    unit: str
    ref: CellRef
    name: str
    gender: str
    born: date | None
    position: str
    award: str
    category: str
    service: str
    periods: tuple[Period, ...]
    declared_total: int | None
    declared_continuous: int | None
    achievements: str
    earlier_awards: str
    already_awarded: bool | None
    discipline: str
    phone: str
    note: str
    award_key: str
    body: str
    ceremony: date | None
    criterion: str
    confirmed: bool
    served: Tenure | None
    at_most: Tenure | None
    unread: Mapping[str, str]
    verdict: Verdict
    reasons: tuple[Reason, ...]

    @property
    def years_total(self) -> int | None:
        """Full years of service at the ceremony, as far as they are sure; None when the periods cannot be told."""
        return self.served.total // 12 if self.served is not None else None

    @property
    def years_continuous(self) -> int | None:
        """Full years of the longest unbroken service at the ceremony; None when the periods cannot be told."""
        return self.served.continuous // 12 if self.served is not None else None

    @property
    def provisional(self) -> bool:
        """True while the verdict rests on criteria that nobody has confirmed; where data are missing there is nothing to confirm."""
        return not self.confirmed and self.verdict is not Verdict.MISSING_DATA
