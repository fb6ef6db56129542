"""Results by indicator, and by indicator and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.catalogue import Activity, Catalogue, Indicator
from pipeline.conditions import CODE
from pipeline.model import Figure, FigureState, PeriodNote, Relation
from pipeline.report.annexes.annex import Annex, columns_of, say_of
from pipeline.report.annexes.notes import Notes
from pipeline.report.coverage import comparison
from pipeline.report.language import LANG
from pipeline.report.material import Material
from pipeline.report.tables import Column, Row, Table
from pipeline.text import DASH, number, say, shown

UNITS_PER_TABLE = 7
NOT_REPORTED, NOT_APPLICABLE = "…", "x"


def indicators(material: Material) -> Annex:
    """Annex I: every indicator in the order of the appendix."""
    year, before = str(material.figures.year), str(material.figures.year - 1)
    words = {"year": year, "previous": before}
    widths = (
        (14, "center"),
        (98, "left"),
        (24, "center"),
        (25, "right"),
        (25, "right"),
        (26, "right"),
        (20, "right"),
        (20, "center"),
    )
    title = say_of("indicators.title", **words)
    notes = Notes(material.catalogue)
    table = Table(title, columns_of("indicators", widths, words), tuple(_indicator_rows(material, notes)))
    said = [say_of("indicators.note", **words), comparison(material), *notes.told]
    return Annex(title, (("", table),), "; ".join(filter(None, said)), figures=True)


def _indicator_rows(material: Material, notes: Notes) -> Iterator[Row]:
    section = ""
    for activity in material.catalogue.activities:
        if activity.section != section:
            section = activity.section
            yield section_row(section, material.catalogue)
        yield Row((str(activity.number), activity.text), group=True)
        for indicator in material.catalogue.indicators_of(activity):
            figure = material.figures[indicator.code]
            told = (PeriodNote(one.relation.value, material.figures.year, one.units) for one in figure.notes)
            yield _indicator_row(indicator, figure, " ".join(map(notes.mark, told)))


def section_row(section: str, catalogue: Catalogue) -> Row:
    """The row that opens a section of the appendix."""
    return Row((section, catalogue.section(section).title.upper()), group=True)


def _indicator_row(indicator: Indicator, figure: Figure, marks: str) -> Row:
    missing = DASH if figure.state is FigureState.NO_DENOMINATOR else NOT_REPORTED
    return Row(
        (
            short_code(indicator.code),
            f"{printed_name(indicator)} {marks}".rstrip(),
            indicator.unit_of_measure,
            missing if figure.total is None else amount(indicator, figure.total),
            DASH if figure.previous is None else amount(indicator, figure.previous),
            _change(indicator, figure),
            DASH if figure.target is None else amount(indicator, figure.target),
            f"{figure.reporting}/{figure.expected}",
        )
    )


def short_code(code: str) -> str:
    """The number an indicator has in print: 12.1 for CT12.1, 5.1 for CT05.1."""
    return code.removeprefix("CT").lstrip("0")


def printed_name(indicator: Indicator) -> str:
    """An indicator's name, codes in it written as the tables number them."""
    return re.sub(CODE, lambda found: short_code(found[0]), indicator.name)


def amount(indicator: Indicator, value: Decimal | bool) -> str:
    """An amount as the tables print it."""
    if isinstance(value, Decimal) and indicator.type == "percent":
        return f"{number(value, LANG, 1)}%"
    return shown(value, LANG)


def _change(indicator: Indicator, figure: Figure) -> str:
    if figure.change == 0:
        return say("report.unchanged", LANG)
    if indicator.type == "percent":
        points = figure.change
        return DASH if points is None else say("report.points", LANG, amount=_signed(points))
    return DASH if figure.change_percent is None else f"{_signed(figure.change_percent)}%"


def _signed(value: Decimal) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{number(abs(value), LANG, 1)}"


def units(material: Material) -> Annex:
    """Annex II: every indicator by unit, in tables of a few units, each with the provincial total."""
    due = material.figures.due
    parts = max(1, -(-len(due) // UNITS_PER_TABLE))
    size = -(-len(due) // parts)
    title = say_of("units.title", year=str(material.figures.year))
    tables = []
    for part in range(parts):
        codes = due[part * size : (part + 1) * size]
        heading = say_of("units.part", part=str(part + 1), parts=str(parts)) if parts > 1 else ""
        tables.append((heading, _unit_table(f"{title} {heading}".strip(), codes, material)))
    return Annex(title, tuple(tables), say_of("units.note"), figures=True)


def _unit_table(caption: str, codes: Sequence[str], material: Material) -> Table:
    total, code, measure = 19.0, 12.0, 19.0
    own = 20.0
    name = 252 - total - code - measure - own * len(codes)
    heads = [say_of(f"units.columns.{key}") for key in ("code", "name", "measure", "total")]
    columns = (
        Column(heads[0], code, "center"),
        Column(heads[1], name),
        Column(heads[2], measure, "center"),
        *[Column(material.catalogue.unit_name(unit), own, "right") for unit in codes],
        Column(heads[3], total, "right"),
    )
    return Table(caption, columns, tuple(_unit_rows(codes, material)), small=True)


def _unit_rows(codes: Sequence[str], material: Material) -> Iterator[Row]:
    section = ""
    for activity in material.catalogue.activities:
        if activity.section != section:
            section = activity.section
            yield section_row(section, material.catalogue)
        for indicator in material.catalogue.indicators_of(activity):
            total = material.figures[indicator.code].total
            cells = [_unit_cell(indicator, activity, unit, material) for unit in codes]
            shown_total = NOT_REPORTED if total is None else amount(indicator, total)
            yield Row(
                (short_code(indicator.code), printed_name(indicator), indicator.unit_of_measure, *cells, shown_total)
            )


def _unit_cell(indicator: Indicator, activity: Activity, code: str, material: Material) -> str:
    unit = material.catalogue.unit(code)
    relation = material.catalogue.relation(unit, activity) if unit else Relation.NOT_APPLICABLE
    if relation is Relation.NOT_APPLICABLE:
        return NOT_APPLICABLE
    own = material.figures.by_unit.get((code, indicator.code))
    if own is None:
        return NOT_REPORTED
    counted = material.figures.relations.get((code, indicator.code), relation).added
    return amount(indicator, own) if counted else f"({amount(indicator, own)})"
