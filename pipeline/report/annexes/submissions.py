"""Where each unit stands."""

from __future__ import annotations

from pipeline.model import UnitOutcome, UnitState
from pipeline.report.annexes.annex import Annex, columns_of, say_of
from pipeline.report.language import LANG
from pipeline.report.material import Material
from pipeline.report.tables import Row, Table
from pipeline.text import DASH, say, short_date


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
    title = say_of("submissions.title", year=str(material.figures.year))
    table = Table(title, columns_of("submissions", widths, {}), rows)
    return Annex(title, (("", table),), say_of("submissions.note", date=short_date(material.config.unit_deadline)))


def _due(material: Material) -> list[UnitOutcome]:
    return [outcome for outcome in material.dataset.units if outcome.state is not UnitState.NOT_DUE]


def _unit_row(place: int, outcome: UnitOutcome, material: Material) -> Row:
    return Row(
        (
            str(place),
            material.catalogue.unit_name(outcome.unit),
            _state(outcome),
            short_date(outcome.received) if outcome.received else DASH,
            str(outcome.days_late) if outcome.received else DASH,
            str(outcome.versions),
            _remark(outcome, material),
        )
    )


def _state(outcome: UnitOutcome) -> str:
    """A unit without a form that counts may still have sent something."""
    if outcome.state is UnitState.MISSING:
        return say("report.reminded.missing", LANG).capitalize()
    return say(f"common.unit_state.{outcome.state.value}", LANG)


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
