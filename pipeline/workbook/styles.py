"""Every cell style of the consolidated workbook, by name; each format is made once and never changed."""

from __future__ import annotations

from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from pipeline.look import (
    AMBER,
    BASE,
    BOX,
    CHANGE,
    GREEN,
    GREY_TEXT,
    LINE,
    NAVY,
    NUMBER,
    PALE_GREY,
    PALE_NAVY,
    RED,
    WITH_FRACTION,
    WRAP,
    has_fraction,
)

_BASE: dict[str, Any] = {**BASE, "font_size": 11}
_NUMBER: dict[str, Any] = {**NUMBER, **BOX}

STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "font_color": NAVY},
    "big_title": {"bold": True, "font_size": 20, "font_color": NAVY},
    "subtitle": {"font_color": GREY_TEXT, "italic": True},
    "draft": {"bold": True, "font_size": 14, "align": "center", "bg_color": RED[0], "font_color": RED[1], **BOX},
    "final": {"bold": True, "font_size": 14, "align": "center", "bg_color": GREEN[0], "font_color": GREEN[1], **BOX},
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": NAVY, "align": "center", **BOX, **WRAP},
    "section": {"bold": True, "font_color": NAVY, "bg_color": PALE_NAVY, **BOX, **WRAP},
    "activity": {"bold": True, "bg_color": PALE_GREY, **BOX, **WRAP},
    "activity_centre": {"bold": True, "bg_color": PALE_GREY, "align": "center", **BOX},
    "text": {"indent": 1, **BOX, **WRAP},
    "raw": {"num_format": "@", "indent": 1, **BOX, **WRAP},
    "mono": {"num_format": "@", "font_name": "Courier New", "font_size": 8, **BOX, **WRAP},
    "centre": {"align": "center", **BOX, **WRAP},
    "number": _NUMBER,
    "total": {**_NUMBER, "bold": True, "bg_color": PALE_NAVY},
    "rate": {**_NUMBER, "num_format": "#,##0.0"},
    "rate_total": {**_NUMBER, "num_format": "#,##0.0", "bold": True, "bg_color": PALE_NAVY},
    "change": {**_NUMBER, "num_format": CHANGE},
    "change_percent": {**_NUMBER, "num_format": "+#,##0.0;-#,##0.0;0.0"},
    "refused": {**_NUMBER, "bg_color": RED[0], "font_color": RED[1]},
    "blank": {"bg_color": AMBER[0], **BOX},
    "not_applicable": {"pattern": 14, "fg_color": LINE, "bg_color": "#FFFFFF", **BOX},
    "reconciled": {**_NUMBER, "italic": True, "font_color": GREY_TEXT, "bg_color": PALE_GREY},
    "stands_in": {**_NUMBER, "italic": True, "bg_color": AMBER[0], "font_color": AMBER[1]},
    "set_aside": {"num_format": "@", "align": "right", "italic": True, "font_color": GREY_TEXT, "bg_color": PALE_GREY, **BOX},
    "date": {"num_format": "dd/mm/yyyy", "align": "center", **BOX},
    "good": {"bg_color": GREEN[0], "font_color": GREEN[1], "align": "center", **BOX, **WRAP},
    "doubtful": {"bg_color": AMBER[0], "font_color": AMBER[1], "align": "center", **BOX, **WRAP},
    "bad": {"bg_color": RED[0], "font_color": RED[1], "align": "center", **BOX, **WRAP},
    "link": {"font_color": "#0563C1", "underline": 1, **BOX},
    "link_centre": {"font_color": "#0563C1", "underline": 1, "align": "center", **BOX},
    "label": {"bold": True, **BOX, **WRAP},
    "plain": WRAP,
}  # fmt: skip


class Styles:
    """The formats of one workbook: ``styles["title"]``, ``styles.of("number", Decimal("12.5"))``."""

    def __init__(self, book: Workbook) -> None:
        self._make = cache(lambda name: book.add_format({**_BASE, **STYLES[name]}))
        self._with_fraction = cache(lambda name: book.add_format({**_BASE, **STYLES[name], **_fraction(name)}))
        self._conditions = cache(lambda name: book.add_format(_fraction(name)))

    def __getitem__(self, name: str) -> Format:
        return self._make(name)

    def of(self, name: str, value: object) -> Format:
        """The format of a cell that holds a known value: the decimals of a number that has some are seen."""
        return self._with_fraction(name) if has_fraction(value) and _fraction(name) else self[name]

    def fraction(self, name: str) -> Format:
        """The conditional format of cells whose value may get decimals."""
        return self._conditions(name)


def _fraction(name: str) -> dict[str, Any]:
    """The number format that shows decimals, where the style itself shows none."""
    own = STYLES[name].get("num_format")
    return {"num_format": WITH_FRACTION[own]} if own in WITH_FRACTION else {}
