"""The columns of the register of decisions, described once for writing and reading."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.text import say

SHEET, LISTS = "sheet_name", "_danh_sach"
HEADER_ROW, FIRST_ROW, ROWS = 4, 5, 300


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key below ``decisions.column``, width, and the list that its drop-down offers ("" for none)."""

    key: str
    width: float
    choices: str = ""
    style: str = "text"


COLUMNS = (
    Column("ruling", 26, "rulings"),
    Column("finding", 46, "findings"),
    Column("unit", 30, "units"),
    Column("file", 40, "files"),
    Column("code", 11, "codes"),
    Column("rule", 9, "rules"),
    Column("old", 16),
    Column("value", 14),
    Column("until", 13, style="date"),
    Column("who", 24),
    Column("when", 13, style="date"),
    Column("why", 48),
)
# In the order of the columns of the hidden sheet.
CHOICE_LISTS = ("rulings", "findings", "units", "files", "codes", "rules")


def heading(column: Column, lang: str) -> str:
    """A column's heading."""
    return say(f"decisions.column.{column.key}", lang)
