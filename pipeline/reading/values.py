"""One cell -> Value: by the kind that its row or column asks for, with everything that speaks against taking it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from pipeline.catalogue import Indicator
from pipeline.legacy import Decoded, Encoding, decode
from pipeline.model import CellRef, CellState, Problem, Value
from pipeline.reading.dates import read_date
from pipeline.reading.grids import Cell, Grid
from pipeline.reading.numbers import BLANK, Reading, read_number, refused
from pipeline.sheets import Kind, choice_index
from pipeline.text import comparison_key, tidy

# White space at the ends; the soft hyphen is none of it, for it is the "ư" of TCVN3.
_BLANKS = " \t\r\n\u00a0\u200b\ufeff\u202f\u2009"
_SOFT_HYPHEN = "\u00ad"
YES = {"có", "x", "✓", "✔", "đã", "rồi", "yes", "true"}
NO = {"không", "chưa", "no", "false"}
NUMBERS = {Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT}


def read_value(
    grid: Grid,
    ref: CellRef,
    unit: str,
    sheet: str,
    key: str,
    kind: Kind,
    *,
    indicator: Indicator | None = None,
    choices: str = "",
    merged: bool = True,
) -> Value:
    """The value of one input cell; ``merged``: a merge over several rows makes the cell nobody's."""
    cell = grid.cells.get((ref.row, ref.column))
    if merged and grid.scan.merges and grid.scan.merged_rows(ref.row, ref.column):
        reading = refused("merged")
    elif cell is None:
        reading = BLANK
    elif cell.error:
        reading = refused("error_value")
    elif cell.uncalculated:
        reading = refused("not_calculated")
    elif grid.scan.hidden(ref.row, ref.column):
        reading = refused("hidden", cell.raw)
    else:
        reading = _by_kind(grid, cell, kind, indicator, choices)
    raw = cell.raw if cell is not None else ""
    return Value(ref, unit, sheet, key, raw, reading.state, reading.value, reading.note, reading.problem)


def _by_kind(grid: Grid, cell: Cell, kind: Kind, indicator: Indicator | None, choices: str) -> Reading:
    if kind in NUMBERS:
        flow = indicator is None or indicator.kind != "stock"
        unit = indicator.unit_of_measure if indicator is not None else ""
        return read_number(cell.content, whole=kind is Kind.INTEGER, flow=flow, unit=unit, percent=grid.percent(cell))
    if kind is Kind.DATE:
        return read_date(cell.content)
    if kind is Kind.YES_NO:
        return read_yes_no(cell.content)
    if kind is Kind.CHOICE:
        return read_choice(unicode_text(cell.raw, grid.encoding), choices)
    return read_text(cell, grid.encoding)


def read_text(cell: Cell, encoding: Encoding | None = None) -> Reading:
    """Text as typed, its ends trimmed; text of an old encoding in Unicode. White space alone is blank.

    Where the old encoding leaves a doubt the text stays as it is, with what it may mean as the proposal.
    """
    text = cell.raw.strip(_BLANKS)
    if not tidy(text.replace(_SOFT_HYPHEN, "-")):
        return BLANK
    decoded = None if text.isascii() else _decoded(text, encoding)
    if decoded is None:
        return Reading(CellState.VALUE, text)
    if decoded.certain:
        return Reading(CellState.VALUE, decoded.text, f"legacy_{decoded.encoding}")
    if decoded.text == unicodedata.normalize("NFC", text):
        return Reading(CellState.VALUE, text)
    return Reading(CellState.VALUE, text, problem=Problem("legacy_mixed", decoded.text))


@lru_cache(maxsize=8192)
def _decoded(text: str, encoding: Encoding | None) -> Decoded | None:
    """The labels of a form are the same in every file."""
    return decode(text, prevailing=encoding)


def unicode_text(text: str, encoding: Encoding | None) -> str:
    """The text, decoded when it is certainly of an old encoding."""
    decoded = None if text.isascii() else _decoded(text, encoding)
    return decoded.text if decoded is not None and decoded.certain else text


def read_yes_no(content: Any) -> Reading:
    """Có / Không in the ways people mark them; "đang" and the like are refused."""
    if isinstance(content, bool):
        return Reading(CellState.VALUE, content)
    key = str(content).strip() if str(content).strip() in {"✓", "✔"} else comparison_key(str(content))
    if key in YES | NO:
        return Reading(CellState.VALUE, key in YES)
    return refused("not_a_choice") if key else BLANK


def read_choice(raw: str, choices: str) -> Reading:
    """One of a drop-down's words; an activity in any spelling of its code becomes CT05."""
    if not tidy(raw):
        return BLANK
    if choices == "activities":
        digits = tidy(raw).upper().removeprefix("CT").split(".")[0].strip()
        return (
            Reading(CellState.VALUE, f"CT{int(digits):02d}")
            if digits.isdecimal() and len(digits) <= 2
            else refused("not_a_choice")
        )
    if choice_index(choices, raw) is None:
        return refused("not_a_choice")
    return Reading(CellState.VALUE, tidy(raw))
