"""The units a letter goes to."""

from __future__ import annotations

from pipeline.model import UnitOutcome, UnitState
from pipeline.report.annexes.annex import Annex, columns_of, say_of
from pipeline.report.language import LANG
from pipeline.report.material import Material
from pipeline.report.tables import Row, Table
from pipeline.text import DASH, say, short_date

NAMED_ABOVE = 6
"""Up to so many units are named in Kính gửi itself."""


def reminded(material: Material) -> tuple[UnitOutcome, ...]:
    """The due units that have not sent, or whose figures still hold errors, in register order."""
    asked = {UnitState.MISSING, UnitState.WITH_ERRORS}
    own = material.unit.code if material.unit else ""
    return tuple(one for one in material.dataset.units if one.state in asked and own in {"", one.unit})


def reminded_units(material: Material) -> Annex | None:
    """The units that are reminded; None while they are few enough to be named in the letter."""
    units = reminded(material)
    if len(units) <= NAMED_ABOVE:
        return None
    widths = ((12, "center"), (76, "left"), (46, "left"), (31, "center"))
    rows = tuple(_reminded_row(place, one, material) for place, one in enumerate(units, 1))
    title = say_of("reminded_units.title", year=str(material.figures.year))
    table = Table(title, columns_of("reminded_units", widths, {}), rows)
    return Annex(title, (("", table),), say_of("reminded_units.note"), lying=False)


def _reminded_row(place: int, outcome: UnitOutcome, material: Material) -> Row:
    due = outcome.deadline or material.config.unit_deadline
    state = say(f"report.reminded.{outcome.state.value}", LANG, count=str(outcome.errors))
    return Row((str(place), material.catalogue.unit_name(outcome.unit), state, short_date(due)))


def addressed_units(material: Material) -> Annex:
    """The units to which the blank forms go, each with its file."""
    widths = ((12, "center"), (73, "left"), (80, "left"))
    title = say_of("addressed_units.title", year=str(material.figures.year))
    units = material.catalogue.units
    rows = tuple(
        Row((str(place), unit.name, material.forms.get(unit.code, DASH))) for place, unit in enumerate(units, 1)
    )
    table = Table(title, columns_of("addressed_units", widths, {}), rows)
    return Annex(title, (("", table),), say_of("addressed_units.note", count=str(len(units))), lying=False)
