"""Results by indicator and year, and where each year's figures come from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.catalogue import Catalogue, Indicator
from pipeline.model import FigureState, PeriodFigure, PeriodFigures, PeriodKind, PeriodYear
from pipeline.report.annexes.annex import Annex, columns_of, say_of
from pipeline.report.annexes.notes import OF_A_SPLIT, Notes
from pipeline.report.annexes.results import NOT_APPLICABLE, NOT_REPORTED, amount, printed_name, section_row, short_code
from pipeline.report.coverage import comparison_of_years
from pipeline.report.language import LANG
from pipeline.report.material import Material
from pipeline.report.period_sentences import span_told
from pipeline.report.tables import Column, Row, Table
from pipeline.text import DASH, say

WIDE = 252.0
"""The width in mm that its columns share; the page may have less."""


def by_year(material: Material) -> Annex | None:
    """Every indicator of the span, year by year; None outside reports over several years."""
    period, catalogue = material.period, material.of_years
    if period is None or catalogue is None:
        return None
    title = say_of("period.title", span=span_told(period).upper())
    notes = Notes(catalogue)
    table = Table(title, _columns(period), tuple(_rows(period, catalogue, notes)))
    said = [say_of("period.note"), comparison_of_years(period), *notes.told]
    return Annex(title, (("", table),), "; ".join(filter(None, said)), figures=True)


def _columns(period: PeriodFigures) -> tuple[Column, ...]:
    code, measure, total, remark = 13.0, 21.0, 24.0, 26.0
    year = min(21.0, 110.0 / len(period.span))
    name = WIDE - code - measure - total - remark - year * len(period.span)
    heads = {key: say_of(f"units.columns.{key}") for key in ("code", "name", "measure")}
    return (
        Column(heads["code"], code, "center"),
        Column(heads["name"], name),
        Column(heads["measure"], measure, "center"),
        *[Column(say_of("period.year", year=str(one)), year, "right") for one in period.span],
        Column(say_of("period.total"), total, "right"),
        Column(say_of("period.remark"), remark),
    )


def _rows(period: PeriodFigures, catalogue: Catalogue, notes: Notes) -> Iterator[Row]:
    section = ""
    for activity in catalogue.activities:
        if activity.section != section:
            section = activity.section
            yield section_row(section, catalogue)
        yield Row((str(activity.number), activity.text), group=True)
        for indicator in catalogue.indicators_of(activity):
            yield _row(indicator, period[indicator.code], period, notes)


def _row(indicator: Indicator, figure: PeriodFigure, period: PeriodFigures, notes: Notes) -> Row:
    missing = DASH if figure.state is FigureState.NO_DENOMINATOR else NOT_REPORTED
    years = [_of_year(indicator, figure, year) for year in period.span]
    total = missing if figure.total is None else amount(indicator, figure.total)
    names = (short_code(indicator.code), printed_name(indicator), indicator.unit_of_measure)
    return Row((*names, *years, total, _remark(figure, period, notes)))


def _of_year(indicator: Indicator, figure: PeriodFigure, year: int) -> str:
    own: Decimal | bool | None = figure.by_year[year]
    if own is not None:
        return amount(indicator, own)
    return NOT_REPORTED if year in figure.years else NOT_APPLICABLE


def _remark(figure: PeriodFigure, period: PeriodFigures, notes: Notes) -> str:
    parts = []
    if figure.as_of is not None and (figure.as_of != period.last or figure.kind is PeriodKind.MAXIMUM):
        parts.append(say_of("period.as_of", year=str(figure.as_of)))
    if figure.missing_years and figure.total is not None:
        parts.append(say_of("period.missing", years=", ".join(map(str, figure.missing_years))))
    marks = [notes.mark(note) for note in figure.notes if note.kind in OF_A_SPLIT]
    return " ".join(["; ".join(parts), *marks]).strip()


def sources(material: Material) -> Annex | None:
    """Each year of the span: how many units had sent, whether complete, from which file; gaps said aloud."""
    period = material.period
    if period is None:
        return None
    widths = ((12, "center"), (24, "center"), (44, "center"), (44, "center"), (58, "left"), (70, "left"))
    title = say_of("years.title", span=span_told(period).upper())
    found = {one.year: one for one in period.years}
    rows = []
    for place, year in enumerate(period.span, 1):
        one = found.get(year)
        state = "gap" if one is None else "complete" if one.complete else "draft"
        counts = (DASH, DASH) if one is None else (str(one.received), str(one.due))
        told = say(f"report.year_state.{state}", LANG)
        rows.append(Row((str(place), str(year), *counts, told, _origin(one) if one else DASH)))
    return Annex(title, (("", Table(title, columns_of("years", widths, {}), tuple(rows))),), say_of("years.note"))


def _origin(year: PeriodYear) -> str:
    return say_of(f"years.{'workbook' if year.origin else 'inbox'}", year=str(year.year), file=year.origin)
