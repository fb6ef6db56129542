"""Dates as people type them: day before month, four-digit years; anything less certain is refused with a proposal."""

from __future__ import annotations

import re
from datetime import date, datetime

from pipeline.model import CellState
from pipeline.reading.numbers import BLANK, Reading, refused
from pipeline.text import short_date, tidy

FULL = re.compile(
    r"(?:ngày\s+)?(\d{1,2})\s*(?:[/.\-]|\s+tháng\s+)\s*(\d{1,2})\s*(?:[/.\-]|\s+năm\s+)\s*(\d{4}|\d{2})", re.IGNORECASE
)
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def read_date(content: object) -> Reading:
    """A cell's content as a date. Never raises; no day is guessed from a month, a quarter or a short year."""
    if content is None:
        return BLANK
    if isinstance(content, datetime):
        return Reading(CellState.VALUE, content.date())
    if isinstance(content, date):
        return Reading(CellState.VALUE, content)
    text = tidy(str(content)).lstrip("'") if isinstance(content, str) else ""
    if isinstance(content, str) and not text:
        return BLANK
    if found := ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if not (found := FULL.fullmatch(text)):
        return refused("not_a_date")
    if len(found[3]) == 2:
        whole = _day(2000 + int(found[3]), int(found[2]), int(found[1]))
        return refused("two_digit_year", short_date(whole.value) if isinstance(whole.value, date) else "")
    return _day(int(found[3]), int(found[2]), int(found[1]))


def _day(year: int, month: int, day: int) -> Reading:
    try:
        return Reading(CellState.VALUE, date(year, month, day), "date_text")
    except ValueError:
        return refused("not_a_date")
