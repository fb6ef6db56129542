"""An earlier year's consolidated workbook -> PreviousYear for the comparison, YearFigures for a report over years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.errors import PhoihopError
from pipeline.model import Outcome, PreviousYear, Relation, YearFigures
from pipeline.reading.numbers import exact
from pipeline.text import DASH, LANGUAGES, say

HEADER_WITHIN = 12
COUNTED = ("code", "reporting")

Grid = list[list[Any]]


def read_previous(path: Path, year: int) -> PreviousYear | None:
    """The figures of a consolidated workbook of ours; None when it cannot be read, is not ours, or is of another year.

    Raises PhoihopError ``workbook_changed`` where its totals are not those of its own sources.
    """
    found = _ours(path, year, ("cover", "totals", "sources"))
    if found is None:
        return None
    grids, lang = found
    amounts, totals = dict(_amounts(grids["sources"], lang)), dict(_totals(grids["totals"], "totals", lang))
    _prove(path.name, totals, amounts, dict(_relations(grids["sources"], lang)), whole=False)
    return PreviousYear(year, amounts, totals, path.name, *_coverage(grids["cover"], lang))


def read_year(path: Path, year: int) -> YearFigures | None:
    """A year as its consolidated workbook shows it, the same figures as its inbox gives; None, and what it raises, as
    ``read_previous``.
    """
    found = _ours(path, year, ("cover", "totals", "matrix", "sources"))
    if found is None:
        return None
    grids, lang = found
    received, due, complete = _coverage(grids["cover"], lang)
    counts = {str(row["code"]): _n_of(row["reporting"]) for row in _rows(grids["matrix"], "matrix", COUNTED, lang)}
    amounts, totals = dict(_amounts(grids["sources"], lang)), dict(_totals(grids["matrix"], "matrix", lang))
    relations = {key: one for key, one in _relations(grids["sources"], lang) if key in amounts}
    _prove(path.name, totals, amounts, relations, whole=True)
    return YearFigures(
        year=year,
        origin=path.name,
        complete=complete,
        received=received,
        due=due,
        totals=totals,
        reporting={code: count[0] for code, count in counts.items()},
        expected={code: count[1] for code, count in counts.items()},
        amounts=amounts,
        relations=relations,
    )


def _prove(
    file: str,
    totals: Mapping[str, Decimal | bool],
    amounts: Mapping[tuple[str, str], Decimal | bool],
    relations: Mapping[tuple[str, str], Relation],
    whole: bool,
) -> None:
    """Every total (of the ``whole`` catalogue, base data included, or of what the sheet has) is the sum or the largest of the amounts that the same workbook lists as its sources; a workbook that
    was changed by hand, or saved by a program that computes nothing, is no source.
    """
    parts: dict[str, list[Decimal]] = {}
    for (unit, code), amount in amounts.items():
        if not isinstance(amount, bool) and relations.get((unit, code), Relation.FOCAL).added:
            parts.setdefault(code, []).append(amount)
    told = parts if whole else parts.keys() & totals.keys()
    for code, own in ((code, parts[code]) for code in told):
        total = totals.get(code)
        if total not in {sum(own), max(own)}:
            raise PhoihopError(
                "workbook_changed", file=file, code=code, told=DASH if total is None else total, sum=sum(own)
            )


def _ours(path: Path, year: int, keys: tuple[str, ...]) -> tuple[dict[str, Grid], str] | None:
    """The sheets asked for and the language of a consolidated workbook of that year; None when it is not one."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # calamine's panic is no Exception
        return None
    for lang in LANGUAGES:
        found = {key: grids.get(say(f"workbook.{key}.sheet_name", lang)) or [] for key in keys}
        if all(found.values()) and str(found["totals"][0][0]) == say("workbook.totals.title", lang, year=str(year)):
            return found, lang
    return None


def _coverage(cover: Grid, lang: str) -> tuple[int, int, bool]:
    """How many units had reported, how many were due, and whether the workbook was final."""
    received, due = _n_of(_beside(cover, say("workbook.cover.counted", lang)))
    return received, due, any(say("workbook.final", lang) in row for row in cover)


def _beside(grid: Grid, label: str) -> object:
    """What stands in the second column beside a label in the first."""
    return next((row[1] for row in grid if len(row) > 1 and row[0] == label), "")


def _n_of(content: object) -> tuple[int, int]:
    """19/20 as two numbers, (0, 0) for anything else."""
    parts = str(content).split("/")
    return (int(parts[0]), int(parts[1])) if len(parts) == 2 and all(part.isdecimal() for part in parts) else (0, 0)


def _relations(grid: Grid, lang: str) -> Iterator[tuple[tuple[str, str], Relation]]:
    names = {say(f"common.relation.{relation}", lang): relation for relation in Relation}
    for row in _rows(grid, "sources", ("unit_code", "code", "relation"), lang):
        if row["relation"] in names:
            yield (str(row["unit_code"]), str(row["code"])), names[row["relation"]]


def _rows(grid: Grid, sheet: str, keys: tuple[str, ...], lang: str) -> Iterator[Mapping[str, Any]]:
    """The rows of a table below its headings, by column key."""
    headings = {say(f"workbook.{sheet}.{key}", lang): key for key in keys}
    for number, cells in enumerate(grid[:HEADER_WITHIN]):
        columns = {headings[cell]: place for place, cell in enumerate(cells) if cell in headings}
        if len(columns) == len(keys):
            yield from ({key: row[place] for key, place in columns.items()} for row in grid[number + 1 :])
            return


def _amounts(grid: Grid, lang: str) -> Iterator[tuple[tuple[str, str], Decimal | bool]]:
    taken = {say(f"common.outcome.{outcome}", lang) for outcome in (Outcome.ACCEPTED, Outcome.CORRECTED)}
    for row in _rows(grid, "sources", ("unit_code", "code", "outcome", "value"), lang):
        amount = _amount(row["value"], lang)
        if row["outcome"] in taken and amount is not None:
            yield (str(row["unit_code"]), str(row["code"])), amount


def _totals(grid: Grid, sheet: str, lang: str) -> Iterator[tuple[str, Decimal | bool]]:
    for row in _rows(grid, sheet, ("code", "total"), lang):
        amount = _amount(row["total"], lang)
        if row["code"] and amount is not None:
            yield str(row["code"]), amount


def _amount(content: object, lang: str) -> Decimal | bool | None:
    answers = {say("common.yes", lang): True, say("common.no", lang): False}
    if isinstance(content, str):
        return answers.get(content)
    return exact(content) if isinstance(content, int | float) else None
