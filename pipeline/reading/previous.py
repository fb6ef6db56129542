"""Last year's consolidated workbook -> PreviousYear: accepted amounts by unit, totals by indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.model import Outcome, PreviousYear
from pipeline.reading.numbers import exact
from pipeline.text import LANGUAGES, say

HEADER_WITHIN = 12


def read_previous(path: Path, year: int) -> PreviousYear | None:
    """The figures of a consolidated workbook of ours; None when it cannot be read, is not ours, or is of another year."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # calamine's panic is no Exception
        return None
    for lang in LANGUAGES:
        totals_grid, sources_grid = (
            grids.get(say(f"workbook.{key}.sheet_name", lang)) for key in ("totals", "sources")
        )
        if (
            totals_grid
            and sources_grid
            and str(totals_grid[0][0]) == say("workbook.totals.title", lang, year=str(year))
        ):
            return PreviousYear(year, dict(_amounts(sources_grid, lang)), dict(_totals(totals_grid, lang)), path.name)
    return None


def _rows(grid: list[list[Any]], sheet: str, keys: tuple[str, ...], lang: str) -> Iterator[Mapping[str, Any]]:
    """The rows of a table below its headings, by column key."""
    headings = {say(f"workbook.{sheet}.{key}", lang): key for key in keys}
    for number, cells in enumerate(grid[:HEADER_WITHIN]):
        columns = {headings[cell]: place for place, cell in enumerate(cells) if cell in headings}
        if len(columns) == len(keys):
            yield from ({key: row[place] for key, place in columns.items()} for row in grid[number + 1 :])
            return


def _amounts(grid: list[list[Any]], lang: str) -> Iterator[tuple[tuple[str, str], Decimal | bool]]:
    taken = {say(f"common.outcome.{outcome}", lang) for outcome in (Outcome.ACCEPTED, Outcome.CORRECTED)}
    for row in _rows(grid, "sources", ("unit_code", "code", "outcome", "value"), lang):
        amount = _amount(row["value"], lang)
        if row["outcome"] in taken and amount is not None:
            yield (str(row["unit_code"]), str(row["code"])), amount


def _totals(grid: list[list[Any]], lang: str) -> Iterator[tuple[str, Decimal | bool]]:
    for row in _rows(grid, "totals", ("code", "total"), lang):
        amount = _amount(row["total"], lang)
        if row["code"] and amount is not None:
            yield str(row["code"]), amount


def _amount(content: object, lang: str) -> Decimal | bool | None:
    answers = {say("common.yes", lang): True, say("common.no", lang): False}
    if isinstance(content, str):
        return answers.get(content)
    return exact(content) if isinstance(content, int | float) else None
