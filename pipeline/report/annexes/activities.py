"""What the programme sets out for a year, and what units plan."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalogue import Activity, Catalogue
from pipeline.config import Config
from pipeline.model import Record
from pipeline.report.agencies import named_now
from pipeline.report.annexes.annex import Annex, columns_of, say_of
from pipeline.report.material import Material
from pipeline.report.tables import Row, Table
from pipeline.report.voices import activity_of, plans_of
from pipeline.text import DASH, tidy


def activities(material: Material) -> Annex:
    """The activities of next year: what, who leads, who answers, when, with which result."""
    year = str(material.config.year + 1)
    widths = ((12, "center"), (92, "left"), (28, "left"), (62, "left"), (22, "center"), (36, "left"))
    title = say_of("activities.title", year=year)
    rows = tuple(_activity_rows(material.next_activities, material.config))
    return Annex(title, (("", Table(title, columns_of("activities", widths, {}), rows)),), say_of("activities.note"))


def _activity_rows(catalogue: Catalogue, config: Config) -> Iterator[Row]:
    section = ""
    for activity in catalogue.activities:
        if activity.section != section:
            section = activity.section
            yield Row((section, catalogue.section(section).title.upper()), group=True)
        focal = tidy(activity.focal_verbatim.replace(" - ", "; ").removeprefix("- "))
        agencies = [named_now(words, config) for words in (activity.lead, focal)]
        cells = (activity.text, *agencies, activity.time, _result(activity, config.year + 1))
        yield Row((str(activity.number), *cells))


def _result(activity: Activity, year: int) -> str:
    """What is expected; a result that is the target of other years alone is none of this year's."""
    target = activity.target
    past = target is not None and not target.first <= year <= target.last
    return DASH if past else activity.result


def plans(material: Material) -> Annex | None:
    """What units plan for next year, by activity; None when no unit sent a plan."""
    year = str(material.config.year + 1)
    widths = ((12, "center"), (84, "left"), (40, "left"), (30, "left"), (46, "left"), (40, "left"))
    rows = tuple(_plan_rows(material))
    if not rows:
        return None
    title = say_of("plans.title", year=year)
    return Annex(title, (("", Table(title, columns_of("plans", widths, {}), rows)),), say_of("plans.note"))


def _plan_rows(material: Material) -> Iterator[Row]:
    number = 0
    for key, records in plans_of(material.dataset, material.catalogue):
        yield Row(("", activity_of(key, material.catalogue)), group=True)
        for record in records:
            number += 1
            yield _plan_row(number, record, material.catalogue)


def _plan_row(number: int, record: Record, catalogue: Catalogue) -> Row:
    told = [tidy(record.text(key)) for key in ("time", "target", "partner")]
    return Row((str(number), tidy(record.text("content")), catalogue.unit_name(record.unit), *told))
