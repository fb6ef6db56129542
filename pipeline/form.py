"""The blank form of one unit: which rows and which drop-down words its sheets hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from pipeline import text
from pipeline.catalogue import Activity, Catalogue, Indicator, Unit
from pipeline.sheets import DESCRIPTION_SUFFIX, INFO_ROWS, TEMPLATE_VERSION, Kind


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a fixed sheet for one unit.

    ``role``: "section", "activity", "input", "computed" (a rate, by formula), "description" (free text of an
    activity, code CT05.T) or "given" (printed by us). ``code`` is "" on section and activity rows.
    """

    role: str
    code: str
    label: str
    unit_of_measure: str = ""
    kind: Kind = Kind.LABEL
    required: bool = False
    activity: int = 0
    indicator: Indicator | None = None


def info_rows(catalogue: Catalogue, unit: Unit, lang: str) -> Iterator[Row]:
    """The rows of ``Thông tin``: contact lines, then the base data this kind of unit declares."""
    for code, kind, filled, required in INFO_ROWS:
        label = text.say(f"sheets.info.rows.{code}", lang)
        yield Row("input" if filled else "given", code, label, kind=kind, required=required)
    for base in catalogue.base_for(unit):
        yield Row("input", base.code, base.name, base.unit_of_measure, Kind.INTEGER, required=True)


def data_rows(catalogue: Catalogue, unit: Unit, lang: str) -> Iterator[Row]:
    """The rows of ``Số liệu`` for one unit: the activities that apply to it, by section of the appendix."""
    section = ""
    for activity in catalogue.activities_of(unit):
        if activity.section != section:
            section = activity.section
            yield Row("section", "", f"{section}. {catalogue.section(section).title}")
        yield from _activity_rows(catalogue, unit, activity, lang)


def _activity_rows(catalogue: Catalogue, unit: Unit, activity: Activity, lang: str) -> Iterator[Row]:
    required = catalogue.required(unit, activity)
    yield Row("activity", "", f"{activity.number}. {activity.text}", required=required, activity=activity.number)
    for indicator in catalogue.indicators_of(activity):
        yield Row(
            "computed" if indicator.computed else "input",
            indicator.code,
            indicator.name,
            indicator.unit_of_measure,
            Kind(indicator.type),
            required and not indicator.computed,
            activity.number,
            indicator,
        )
    label = text.say("sheets.data.description_label", lang)
    yield Row(
        "description", f"{activity.code}{DESCRIPTION_SUFFIX}", label, kind=Kind.LONG_TEXT, activity=activity.number
    )


ROWS = {"info": info_rows, "data": data_rows}


def choices(name: str, catalogue: Catalogue, unit: Unit, lang: str) -> tuple[str, ...]:
    """The words a drop-down offers; activities as their codes (CT05)."""
    if name == "activities":
        return tuple(activity.code for activity in catalogue.activities_of(unit))
    return tuple(text.say(f"sheets.choices.{name}", lang).split(" | "))


def fingerprint(catalogue: Catalogue, unit: Unit) -> str:
    """16 hex digits over everything that is fixed in a unit's form: version, year, unit, codes, units of measure."""
    rows = [
        f"{row.code}|{row.label}|{row.unit_of_measure}"
        for build in ROWS.values()
        for row in build(catalogue, unit, "vi")
    ]
    whole = "\n".join([TEMPLATE_VERSION, str(catalogue.year), unit.code, *rows])
    return sha256(whole.encode()).hexdigest()[:16]
