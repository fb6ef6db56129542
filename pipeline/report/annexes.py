"""The annexes: results by indicator, indicator × unit, state of submissions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.catalogue import Activity, Catalogue, Indicator
from pipeline.conditions import CODE
from pipeline.config import Config
from pipeline.model import Dataset, Figure, Figures, FigureState, FileOutcome, Relation, UnitOutcome, UnitState
from pipeline.report.language import LANG
from pipeline.report.tables import Column, Row, Table
from pipeline.text import DASH, number, say, short_date, shown

Explain = Callable[[FileOutcome], str]
UNITS_PER_TABLE = 10
NOT_REPORTED, NOT_APPLICABLE = "…", "x"


@dataclass(frozen=True, slots=True)
class Material:
    """What annexes are made of."""

    dataset: Dataset
    figures: Figures
    catalogue: Catalogue
    config: Config
    explain: Explain | None


@dataclass(frozen=True, slots=True)
class Annex:
    """Title, tables with the heading of each ("" for none), and the note below the last one."""

    title: str
    tables: tuple[tuple[str, Table], ...]
    note: str


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
    title = _say("indicators.title", **words)
    table = Table(title, _columns("indicators", widths, words), tuple(_indicator_rows(material)))
    return Annex(title, (("", table),), _say("indicators.note", **words))


def _indicator_rows(material: Material) -> Iterator[Row]:
    section = ""
    for activity in material.catalogue.activities:
        if activity.section != section:
            section = activity.section
            yield _section_row(section, material.catalogue)
        yield Row((str(activity.number), activity.text), group=True)
        for indicator in material.catalogue.indicators_of(activity):
            yield _indicator_row(indicator, material.figures[indicator.code])


def _section_row(section: str, catalogue: Catalogue) -> Row:
    return Row((section, catalogue.section(section).title.upper()), group=True)


def _indicator_row(indicator: Indicator, figure: Figure) -> Row:
    missing = DASH if figure.state is FigureState.NO_DENOMINATOR else NOT_REPORTED
    return Row(
        (
            short_code(indicator.code),
            printed_name(indicator),
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
    if indicator.type == "percent":
        points = figure.change
        return DASH if points is None else say("report.points", LANG, amount=_signed(points))
    return DASH if figure.change_percent is None else f"{_signed(figure.change_percent)}%"


def _signed(value: Decimal) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{number(abs(value), LANG, 1)}"


def units(material: Material) -> Annex:
    """Annex II: every indicator by unit, in tables of at most ten units, each with the provincial total."""
    due = material.figures.due
    parts = max(1, -(-len(due) // UNITS_PER_TABLE))
    size = -(-len(due) // parts)
    title = _say("units.title", year=str(material.figures.year))
    tables = []
    for part in range(parts):
        codes = due[part * size : (part + 1) * size]
        heading = _say("units.part", part=str(part + 1), parts=str(parts)) if parts > 1 else ""
        tables.append((heading, _unit_table(f"{title} {heading}".strip(), codes, material)))
    return Annex(title, tuple(tables), _say("units.note"))


def _unit_table(caption: str, codes: Sequence[str], material: Material) -> Table:
    total, code, measure = 17.0, 11.0, 17.0
    own = 15.0
    name = 252 - total - code - measure - own * len(codes)
    heads = [_say(f"units.columns.{key}") for key in ("code", "name", "measure", "total")]
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
            yield _section_row(section, material.catalogue)
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
    return f"({amount(indicator, own)})" if relation is Relation.RECONCILED else amount(indicator, own)


def submissions(material: Material) -> Annex:
    """Annex III: where each unit stands."""
    widths = (
        (12, "center"),
        (80, "left"),
        (30, "center"),
        (28, "center"),
        (24, "center"),
        (22, "center"),
        (56, "left"),
    )
    rows = tuple(_unit_row(place, outcome, material) for place, outcome in enumerate(_due(material), start=1))
    title = _say("submissions.title", year=str(material.figures.year))
    table = Table(title, _columns("submissions", widths, {}), rows)
    return Annex(title, (("", table),), _say("submissions.note", date=short_date(material.config.unit_deadline)))


def _due(material: Material) -> list[UnitOutcome]:
    return [outcome for outcome in material.dataset.units if outcome.state is not UnitState.NOT_DUE]


def _unit_row(place: int, outcome: UnitOutcome, material: Material) -> Row:
    return Row(
        (
            str(place),
            material.catalogue.unit_name(outcome.unit),
            say(f"common.unit_state.{outcome.state.value}", LANG),
            short_date(outcome.received) if outcome.received else DASH,
            str(outcome.days_late) if outcome.received else DASH,
            str(outcome.versions),
            _remark(outcome, material),
        )
    )


def _remark(outcome: UnitOutcome, material: Material) -> str:
    parts = [
        say(f"report.annex.submissions.{key}", LANG, count=str(count))
        for key, count in (("errors", outcome.errors), ("warnings", outcome.warnings))
        if count
    ]
    rejected = [f for f in material.dataset.files if f.unit == outcome.unit and f.state.value == "rejected"]
    if material.explain is not None and not outcome.file:
        parts += [material.explain(file).rstrip(" .") for file in rejected]
    return "; ".join(parts)


def _columns(annex: str, widths: Sequence[tuple[float, str]], words: dict[str, str]) -> tuple[Column, ...]:
    heads = _say(f"{annex}.columns", **words).split(" | ")
    return tuple(Column(head, width, align) for head, (width, align) in zip(heads, widths, strict=True))


def _say(key: str, **values: object) -> str:
    return say(f"report.annex.{key}", LANG, **values)


ANNEXES: dict[str, Callable[[Material], Annex]] = {
    "indicators": indicators,
    "units": units,
    "submissions": submissions,
}
