"""Every cell style of the unit's workbook, by name; each format is made once and never changed."""

from __future__ import annotations

from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from pipeline.look import (
    AMBER,
    BASE,
    BOX,
    GREEN,
    GREY_TEXT,
    NAVY,
    NUMBER,
    PALE_GREY,
    PALE_NAVY,
    RED,
    WHOLE,
    WITH_FRACTION,
    WRAP,
)

REQUIRED, OPTIONAL = "#FFF4CC", "#E7F3FA"

_BASE: dict[str, Any] = {**BASE, "font_size": 12}
_PREVIOUS: dict[str, Any] = {**NUMBER, "bg_color": PALE_GREY, "font_color": GREY_TEXT, **BOX}
_FRACTION: dict[str, Any] = {"num_format": WITH_FRACTION[WHOLE]}
_DATE: dict[str, Any] = {"num_format": "dd/mm/yyyy", "align": "center"}
_TEXT: dict[str, Any] = {"num_format": "@", "indent": 1, **WRAP}

STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "font_color": NAVY},
    "subtitle": {"font_color": GREY_TEXT},
    "status": {"bold": True, "font_size": 12},
    "light": {"bold": True, "font_size": 14, "align": "center", **BOX, **WRAP},
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": NAVY, "align": "center", **BOX, **WRAP},
    "section": {"bold": True, "font_color": NAVY, "bg_color": PALE_NAVY, **BOX, **WRAP},
    "activity": {"bold": True, "bg_color": PALE_GREY, **BOX, **WRAP},
    "activity_mark": {"italic": True, "bg_color": PALE_GREY, "align": "center", **BOX, **WRAP},
    "code": {"num_format": "@", "align": "center", "font_color": GREY_TEXT, **BOX},
    "label": {**BOX, **WRAP},
    "label_indented": {"indent": 1, **BOX, **WRAP},
    "label_centred": {"align": "center", **BOX, **WRAP},
    "previous": _PREVIOUS,
    "previous_fraction": {**_PREVIOUS, **_FRACTION},
    "computed": {"num_format": "0.0", "align": "right", "bg_color": PALE_GREY, "italic": True, **BOX},
    "given": {"bg_color": PALE_GREY, "indent": 1, **BOX, **WRAP},
    "check": {"font_size": 11, "indent": 1, **BOX, **WRAP},
    "plain": WRAP,
    "bold": {"bold": True, **WRAP},
    "step": {"bold": True, "align": "center"},
    "link": {"font_color": "#0563C1", "underline": 1, **BOX},
    "count": {"align": "center", **BOX},
    "meta": {},
    "good": {"bg_color": GREEN[0], "font_color": GREEN[1]},
    "bad": {"bg_color": RED[0], "font_color": RED[1]},
    "doubtful": {"bg_color": AMBER[0], "font_color": AMBER[1]},
    "ruled": BOX,
    "fraction": _FRACTION,
    "ruled_fraction": {**BOX, **_FRACTION},
}
_KINDS: dict[str, dict[str, Any]] = {
    "number": NUMBER,
    "date": _DATE,
    "text": _TEXT,
    "choice": {"align": "center", **WRAP},
}


def input_style(kind: str, required: bool, framed: bool = True) -> dict[str, Any]:
    """An unlocked cell: kind is number, date, text or choice; frameless cells leave no trace on paper while empty."""
    look = {"bg_color": REQUIRED if required else OPTIONAL, **BOX} if framed else {}
    return {"locked": False, **_KINDS[kind], **look}


class Styles:
    """The formats of one workbook: ``styles["title"]``, ``styles.input("number", True)``."""

    def __init__(self, book: Workbook) -> None:
        self._make = cache(lambda name: book.add_format({**_BASE, **STYLES[name]}))
        self._inputs = cache(lambda *what: book.add_format({**_BASE, **input_style(*what)}))
        # Conditional formats may not carry a font, so they are made without the base.
        self._conditions = cache(lambda name: book.add_format(STYLES[name]))

    def __getitem__(self, name: str) -> Format:
        return self._make(name)

    def input(self, kind: str, required: bool, framed: bool = True) -> Format:
        """The format of an input cell."""
        return self._inputs(kind, required, framed)

    def condition(self, name: str) -> Format:
        """A format for conditional formatting."""
        return self._conditions(name)
