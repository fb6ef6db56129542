"""What figures rest on: units counted, missing, in error or ended, and what follows for comparing years."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Figures, PeriodFigures
from pipeline.report.language import LANG
from pipeline.report.material import Material
from pipeline.report.telling import day_told, padded
from pipeline.text import say


def coverage(material: Material) -> str:
    """The sentences about a year's units: counted, missing, in error; how far last year compares; units that ended."""
    compared = comparison(material)
    said = (_counted(material), f"{compared[0].upper()}{compared[1:]}." if compared else "", _ended(material))
    return " ".join(filter(None, said))


def _counted(material: Material) -> str:
    figures = material.figures
    values = {
        "n": str(len(figures.received)), "total": str(len(figures.due)), "date": day_told(material.config.cutoff),
    }  # fmt: skip
    if not figures.received:
        return say("report.coverage.none", LANG, **values)
    parts = [say("report.coverage.from", LANG, **values), *_named(figures, material)]
    return "; ".join([*parts, say("report.coverage.as_of", LANG, **values)])


def _named(figures: Figures, material: Material) -> Iterator[str]:
    for key, units in (("missing", figures.missing), ("in_error", figures.in_error)):
        if units:
            names = ", ".join(material.catalogue.unit_name(unit) for unit in units)
            yield say(f"report.coverage.{key}", LANG, units=names)


def comparison(material: Material) -> str:
    """That last year's figures are of other units, or not complete; "" where both years are whole and of as many units."""
    before, figures = material.previous, material.figures
    if before is None or not before.due or not figures.received:
        return ""
    now = (len(figures.received), len(figures.due), material.dataset.complete)
    then = (before.received, before.due, before.complete)
    if now == then and _whole(now):
        return ""
    years = {"year": str(figures.year), "previous": str(before.year)}
    return say("report.coverage.compared", LANG, now=_units(now), before=_units(then), **years)


def comparison_of_years(period: PeriodFigures) -> str:
    """That the years of a span are of other units, or not all complete; "" where all are whole and of as many units."""
    found = {(one.received, one.due, one.complete) for one in period.years}
    alike = len(found) == 1 and all(map(_whole, found))
    return "" if alike or len(period.years) < 2 else say("report.coverage.compared_years", LANG)


def _whole(units: tuple[int, int, bool]) -> bool:
    received, due, complete = units
    return complete and received == due


def _units(units: tuple[int, int, bool]) -> str:
    received, due, complete = units
    key = "units_in_part" if received == due and not complete else "units"
    return say(f"report.coverage.{key}", LANG, n=str(received), total=str(due))


def _ended(material: Material) -> str:
    """How a year in which units ended was added up; "" where none did."""
    ended = [unit for unit in map(material.catalogue.unit, material.dataset.ended) if unit]
    days = ", ".join(day_told(day) for day in sorted({unit.last for unit in ended if unit.last}))
    return say("report.coverage.ended", LANG, count=padded(len(ended), material.config), days=days) if ended else ""
