"""quyet-dinh.xlsx -> decisions; a row that cannot be used says why and is not applied."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline.catalogue import Catalogue
from pipeline.decisions.labels import parts_of
from pipeline.decisions.layout import COLUMNS, LISTS, heading
from pipeline.errors import PhoihopError
from pipeline.model import CellRef, Decision, Ruling
from pipeline.text import LANGUAGES, comparison_key, say, tidy

_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_WHOLE = re.compile(r"\d+|\d{1,3}(?:\.\d{3})+")
_FRACTION = re.compile(r"(\d+|\d{1,3}(?:\.\d{3})+),\d+")
HEADER_WITHIN = 20
# What each kind of decision must name.
NEEDED: Mapping[Ruling, tuple[str, ...]] = {
    Ruling.ACCEPT: ("rule",),
    Ruling.CORRECT: ("unit", "code", "value"),
    Ruling.EXCLUDE: ("file",),
    Ruling.VERSION: ("unit", "file"),
    Ruling.ASSIGN: ("unit", "file"),
    Ruling.EXTEND: ("unit", "until"),
    Ruling.PAUSE: ("rule", "until"),
    Ruling.SOFTEN: ("rule", "until"),
    Ruling.ISSUE: ("unit",),
}


def read_decisions(path: Path, catalogue: Catalogue) -> tuple[Decision, ...]:
    """Every filled row; () without a file. Raises PhoihopError("decisions_unreadable" | "decisions_layout")."""
    if not path.exists():
        return ()
    sheets = sheets_of(path)
    title, grid = next(((name, rows) for name, rows in sheets.items() if name != LISTS), ("", []))
    columns, first = _locate(grid, path.name)
    rows = ((number, _texts(row, columns)) for number, row in enumerate(grid[first:], start=first + 1))
    read = [_decision(path.name, title, number, row, catalogue) for number, row in rows if any(row.values())]
    return tuple(replace(one, faults=("contradicts",)) if _contradicted(one, read) else one for one in read)


def _contradicted(one: Decision, rows: Iterable[Decision]) -> bool:
    """True when another usable row decides the same thing in another way."""
    rivals = [row for row in rows if row is not one and row.subject == one.subject and not row.faults]
    return not one.faults and any(_says(row) != _says(one) for row in rivals)


def _says(row: Decision) -> tuple[object, ...]:
    return (row.ruling, row.value, row.until, row.file, row.unit)


def sheets_of(path: Path) -> dict[str, list[list[Any]]]:
    """The register's sheets as rows of cell contents. Raises PhoihopError when it cannot be read."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # calamine's panics are no Exception
        raise PhoihopError("decisions_unreadable", file=path.name) from error


def _locate(grid: list[list[Any]], file: str) -> tuple[dict[str, int], int]:
    """Column key -> place in a row, and the place of the first row below the headings."""
    headings = {comparison_key(heading(column, lang)): column.key for column in COLUMNS for lang in LANGUAGES}
    for number, row in enumerate(grid[:HEADER_WITHIN], start=1):
        cells = {comparison_key(str(content)): place for place, content in enumerate(row) if content not in {"", None}}
        found = {headings[text]: place for text, place in cells.items() if text in headings}
        if {"ruling", "who", "when", "why"} <= found.keys():
            return found, number
    raise PhoihopError("decisions_layout", file=file)


def _texts(row: list[Any], columns: Mapping[str, int]) -> dict[str, Any]:
    contents = {key: row[place] for key, place in columns.items() if place < len(row)}
    return {key: tidy(one) if isinstance(one, str) else one for key, one in contents.items() if one not in {"", None}}


def _decision(file: str, sheet: str, number: int, row: Mapping[str, Any], catalogue: Catalogue) -> Decision:
    picked = parts_of(str(row.get("finding", "")))
    named = {key: _text(row.get(key)) or picked.get(key, "") for key in ("unit", "file", "code", "rule", "old")}
    ruling = _ruling(_text(row.get("ruling")))
    unit, code = _unit(named["unit"], catalogue), named["code"].upper()
    value, until, when = _amount(row.get("value")), _day(row.get("until")), _day(row.get("when"))
    decision = Decision(
        CellRef(file, sheet, number, 1), ruling, unit, unicodedata.normalize("NFC", named["file"]), code,
        named["rule"].upper(), named["old"], value, until, _text(row.get("who")), when, _text(row.get("why")),
    )  # fmt: skip
    faults = tuple(_faults(decision, row, named, catalogue))
    return replace(decision, faults=faults)


def _faults(
    decision: Decision, row: Mapping[str, Any], named: Mapping[str, str], catalogue: Catalogue
) -> Iterator[str]:
    if decision.ruling is None:
        yield "no_ruling"
        return
    yield from (f"no_{key}" for key in ("who", "when", "why") if not getattr(decision, key))
    if named["unit"] and not decision.unit:
        yield "unknown_unit"
    if row.get("value") is not None and decision.value is None:
        yield "bad_value"
    if row.get("until") is not None and decision.until is None:
        yield "bad_date"
    if (
        decision.code
        and decision.ruling is Ruling.CORRECT
        and not (catalogue.indicator(decision.code) or catalogue.base(decision.code))
    ):
        yield "unknown_code"
    if decision.ruling is Ruling.ACCEPT and not (decision.unit or decision.file):
        yield "no_unit"
    for key in NEEDED[decision.ruling]:
        if getattr(decision, key) in {"", None} and row.get(key) is None and not named.get(key):
            yield f"no_{key}"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return say("common.yes" if value else "common.no", "vi")
    if isinstance(value, int | float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    return tidy(str(value)) if value is not None else ""


def _ruling(words: str) -> Ruling | None:
    wanted = comparison_key(words)
    for ruling in Ruling:
        if wanted in {comparison_key(say(f"decisions.ruling.{ruling}", lang)) for lang in LANGUAGES}:
            return ruling
    return None


def _unit(written: str, catalogue: Catalogue) -> str:
    """The code at the start of "TV-844 Huyện đoàn Càng Long", or the unit of exactly that name."""
    first = written.split(" ")[0].upper() if written else ""
    if catalogue.unit(first) is not None:
        return first
    named = [unit.code for unit in catalogue.units if comparison_key(unit.name) == comparison_key(written)]
    return named[0] if len(named) == 1 else ""


def _amount(value: object) -> Decimal | bool | None:
    """A number as a cell holds it or as Vietnamese write it (1.234,5), or Có / Không."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return Decimal(repr(value)).normalize() if value >= 0 else None
    text = tidy(str(value))
    if comparison_key(text) in {"có", "yes"} or comparison_key(text) in {"không", "no"}:
        return comparison_key(text) in {"có", "yes"}
    if _WHOLE.fullmatch(text) or _FRACTION.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return None


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DAY.fullmatch(tidy(str(value))) if value is not None else None
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
