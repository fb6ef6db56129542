"""The sheets of a unit's workbook, described once: written by templates, read back by reading, judged by validate.

Headings and prompts are texts of the locale file ``sheets``: heading ``sheets.<sheet>.<column>``, prompt
``sheets.<sheet>.<column>_prompt``, sheet name ``sheets.<sheet>.sheet_name``. A sheet is recognised by its headings.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline import text

TEMPLATE_VERSION = "1.0"
META_SHEET = "_phoihop"
META_KEYS = ("template_version", "catalogue_version", "year", "unit", "fingerprint")
LIST_ROWS = 200
DESCRIPTION_SUFFIX = ".T"
# Stands above what we write into a comment; LibreOffice forgets who wrote it.
COMMENT_MARK = "― phoihop ―"


class Kind(StrEnum):
    """What may stand in a column; ANSWER: the row decides (see ``Row.kind``)."""

    LABEL = "label"
    CODE = "code"
    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    YES_NO = "yes_no"
    DATE = "date"
    CHOICE = "choice"
    ANSWER = "answer"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``filled`` by the unit or printed by us; ``width`` in Excel character widths.

    ``choices``: "" or the name of a list: "activities", or "assessment" / "award" / "yes_no" (locale ``sheets.choices``).
    """

    key: str
    kind: Kind
    width: float
    filled: bool = True
    required: bool = False
    choices: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: "fixed" sheets have known rows found by their code, "list" sheets have free rows."""

    key: str
    fixed: bool
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """The column with a key. Raises KeyError."""
        return {column.key: column for column in self.columns}[key]

    @property
    def answer(self) -> str:
        """The key of the column a unit fills in on a fixed sheet."""
        return next(column.key for column in self.columns if column.kind is Kind.ANSWER)

    def name(self, lang: str) -> str:
        """The sheet's name on its tab."""
        return text.say(f"sheets.{self.key}.sheet_name", lang)

    def heading(self, column: Column, lang: str) -> str:
        """A column's heading."""
        return text.say(f"sheets.{self.key}.{column.key}", lang)


INFO = Sheet(
    "info",
    fixed=True,
    columns=(
        Column("code", Kind.CODE, 9, filled=False),
        Column("item", Kind.LABEL, 52, filled=False),
        Column("unit_of_measure", Kind.LABEL, 12, filled=False),
        Column("answer", Kind.ANSWER, 44, required=True),
        Column("check", Kind.CHECK, 28, filled=False),
    ),
)
DATA = Sheet(
    "data",
    fixed=True,
    columns=(
        Column("code", Kind.CODE, 9, filled=False),
        Column("name", Kind.LABEL, 54, filled=False),
        Column("unit_of_measure", Kind.LABEL, 12, filled=False),
        Column("previous", Kind.LABEL, 11, filled=False),
        Column("result", Kind.ANSWER, 26, required=True),
        Column("note", Kind.LONG_TEXT, 32),
        Column("check", Kind.CHECK, 28, filled=False),
    ),
)
EVENTS = Sheet(
    "events",
    fixed=False,
    columns=(
        Column("activity", Kind.CHOICE, 9, required=True, choices="activities"),
        Column("name", Kind.LONG_TEXT, 42, required=True),
        Column("start", Kind.DATE, 12, required=True),
        Column("end", Kind.DATE, 12),
        Column("place", Kind.TEXT, 22),
        Column("people", Kind.INTEGER, 11),
        Column("partner", Kind.TEXT, 24),
        Column("cost", Kind.DECIMAL, 12),
        Column("evidence", Kind.LONG_TEXT, 30),
    ),
)
ASSESSMENT = Sheet(
    "assessment",
    fixed=False,
    columns=(
        Column("kind", Kind.CHOICE, 22, required=True, choices="assessment"),
        Column("activity", Kind.CHOICE, 10, choices="activities"),
        Column("content", Kind.LONG_TEXT, 84, required=True),
        Column("addressee", Kind.TEXT, 28),
    ),
)
PLAN = Sheet(
    "plan",
    fixed=False,
    columns=(
        Column("activity", Kind.CHOICE, 10, required=True, choices="activities"),
        Column("content", Kind.LONG_TEXT, 64, required=True),
        Column("time", Kind.TEXT, 18),
        Column("target", Kind.TEXT, 22),
        Column("partner", Kind.TEXT, 26),
    ),
)
NOMINATIONS = Sheet(
    "nominations",
    fixed=False,
    columns=(
        Column("name", Kind.TEXT, 22, required=True),
        Column("gender", Kind.CHOICE, 8, choices="gender"),
        Column("born", Kind.DATE, 12),
        Column("position", Kind.LONG_TEXT, 26),
        Column("award", Kind.CHOICE, 22, required=True, choices="award"),
        Column("category", Kind.CHOICE, 14, choices="category"),
        Column("service", Kind.LONG_TEXT, 20),
        Column("years_total", Kind.INTEGER, 8),
        Column("years_continuous", Kind.INTEGER, 8),
        Column("achievements", Kind.LONG_TEXT, 36),
        Column("earlier_awards", Kind.LONG_TEXT, 20),
        Column("already_awarded", Kind.CHOICE, 9, choices="yes_no"),
        Column("discipline", Kind.TEXT, 12),
        Column("phone", Kind.TEXT, 13),
        Column("note", Kind.TEXT, 14),
    ),
)

# In the order of filling, which is also the order of the tabs after the guide.
SHEETS = (INFO, DATA, EVENTS, ASSESSMENT, PLAN, NOMINATIONS)
BY_KEY = {sheet.key: sheet for sheet in SHEETS}
# What is typed there is personal data: it is never repeated outside the file of nominations and the unit's own workbook.
PERSONAL = {NOMINATIONS.key}
WITHHELD = "…"

INFO_ROWS: tuple[tuple[str, Kind, bool, bool], ...] = (
    # code, kind, filled by the unit, required
    ("TT01", Kind.TEXT, False, False),
    ("TT02", Kind.TEXT, False, False),
    ("TT03", Kind.TEXT, True, True),
    ("TT04", Kind.TEXT, True, False),
    ("TT05", Kind.TEXT, True, True),
    ("TT06", Kind.TEXT, True, True),
    ("TT07", Kind.TEXT, True, True),
    ("TT08", Kind.TEXT, True, True),
    ("TT09", Kind.DATE, True, True),
    ("TT10", Kind.INTEGER, True, True),
    ("TT11", Kind.YES_NO, True, False),
)
UNIT_NAME, UNIT_CODE, REPORT_DATE, ROUND, SUPPLEMENT = "TT01", "TT02", "TT09", "TT10", "TT11"


def choice_index(name: str, word: str) -> int | None:
    """Which of a drop-down's words was chosen, in any language; None when it is none of them."""
    wanted = text.comparison_key(word)
    for lang in text.LANGUAGES:
        words = [text.comparison_key(option) for option in text.say(f"sheets.choices.{name}", lang).split(" | ")]
        if wanted in words:
            return words.index(wanted)
    return None
