"""A second look over a sheet's XML for what calamine leaves out: errors, uncalculated formulas, styles, hidden, merged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape

# A cell with content; cells without any are self-closing and uninteresting.
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_REF = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_STYLE = re.compile(rb"\bs=\"(\d+)\"")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<")
# A formula that reaches into another workbook: [1]Sheet1!C5.
_LINK = re.compile(rb"<(?:\w+:)?f[^>]*>[^<]*\[\d+\][^<]*!")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=\"([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)\"")
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row\s[^>]*?\br=\"(\d+)\"[^>]*\bhidden=\"(?:1|true)\"|<(?:\w+:)?row\s[^>]*\bhidden=\"(?:1|true)\"[^>]*?\br=\"(\d+)\""
)
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"(\w+)=\"([^\"]*)\"")
MAX_MERGES = 5000

Place = tuple[int, int]


@dataclass(frozen=True)
class Scan:
    """What the XML of one sheet says: places are (row, column) from 1; ``styles`` of the cells that hold numbers."""

    errors: dict[Place, str] = field(default_factory=dict)
    uncalculated: set[Place] = field(default_factory=set)
    styles: dict[Place, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: tuple[tuple[Place, Place], ...] = ()
    furthest: tuple[Place, Place] = ((0, 0), (0, 0))
    linked: tuple[Place, ...] = ()

    def merged_rows(self, row: int, column: int) -> bool:
        """True when the cell belongs to a merge that covers several rows."""
        return any(
            top[0] <= row <= bottom[0] and top[1] <= column <= bottom[1] and top[0] < bottom[0]
            for top, bottom in self.merges
        )

    def hidden(self, row: int, column: int) -> bool:
        """True when the cell's row or column is hidden."""
        return row in self.hidden_rows or column in self.hidden_columns


def scan_sheet(xml: bytes) -> Scan:
    """Look over one sheet. ``furthest``: the filled cell of the last row and the one of the last column."""
    errors: dict[Place, str] = {}
    uncalculated: set[Place] = set()
    styles: dict[Place, int] = {}
    linked: list[Place] = []
    low = right = (0, 0)
    for attributes, content in _CELL.findall(xml):
        found = _REF.search(attributes)
        if found is None:
            continue
        place = (int(found[2]), column_number(found[1]))
        low, right = max(low, place), right if right[1] >= place[1] else place
        if b"[" in content and _LINK.search(content):
            linked.append(place)
        if (b't="' not in attributes or b't="n"' in attributes) and (style := _STYLE.search(attributes)):
            styles[place] = int(style[1])
        if b't="e"' in attributes:
            value = _VALUE.search(content)
            errors[place] = unescape(value[1].decode("utf-8", "replace")) if value else "#N/A"
        elif b"f" in content and _FORMULA.search(content) and b't="str"' not in attributes:
            value = _VALUE.search(content)
            if value is None or not value[1]:
                uncalculated.add(place)
    return Scan(
        errors,
        uncalculated,
        styles,
        set(_hidden_rows(xml)),
        set(_hidden_columns(xml)),
        tuple(_merges(xml)),
        (low, right),
        tuple(linked),
    )


@cache
def column_number(letters: bytes) -> int:
    """A -> 1, AB -> 28."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _merges(xml: bytes) -> Iterator[tuple[Place, Place]]:
    for number, (left, top, right, bottom) in enumerate(_MERGE.findall(xml)):
        if number >= MAX_MERGES:
            return
        yield (int(top), column_number(left)), (int(bottom), column_number(right))


def _hidden_rows(xml: bytes) -> Iterator[int]:
    if b'hidden="' in xml:
        yield from (int(first or second) for first, second in _HIDDEN_ROW.findall(xml))


def _hidden_columns(xml: bytes) -> Iterator[int]:
    for attributes in _COLUMN.findall(xml):
        known = dict(_ATTRIBUTE.findall(attributes))
        if known.get(b"hidden") in {b"1", b"true"}:
            yield from range(int(known[b"min"]), min(int(known[b"max"]), 16384) + 1)
