"""Writing one value into one cell, and the look of input cells."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipeline.sheets import Kind

NUMBERS = {Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT}


def write_content(page: Worksheet, row: int, column: int, content: object, style: Any) -> None:
    """A value as its Python type says; text is never taken for a formula or a link."""
    if content is None:
        page.write_blank(row, column, None, style)
    elif isinstance(content, datetime | date):
        page.write_datetime(row, column, content, style)
    elif isinstance(content, int | float | Decimal):
        page.write_number(row, column, content, style)
    else:
        page.write_string(row, column, str(content), style)


def style_of(kind: Kind) -> str:
    """The input style of a kind of content."""
    if kind in NUMBERS:
        return "number"
    return {Kind.DATE: "date", Kind.CHOICE: "choice", Kind.YES_NO: "choice"}.get(kind, "text")
