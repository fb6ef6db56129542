"""What units wrote, quoted and attributed: equal words once, with the names of all who wrote them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.catalogue import Activity, Catalogue
from pipeline.config import Config
from pipeline.model import Dataset, Record, UnitState
from pipeline.report.agencies import named_now
from pipeline.report.language import LANG
from pipeline.report.telling import activity_named
from pipeline.text import LANGUAGES, comparison_key, say, tidy

NAMED, EXCEPTED = 5, 3
"""Up to so many units are named, and up to so many that are excepted from all."""
KINDS = ("strength", "difficulty", "cause", "proposal")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words and the units that wrote them, in register order."""

    units: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Quotes that belong under one heading: an addressee, or an activity."""

    title: str
    quotes: tuple[Quote, ...]


class Voices:
    """The assessments, plans and proposals of the units."""

    def __init__(self, dataset: Dataset, catalogue: Catalogue, config: Config) -> None:
        self.dataset, self.catalogue, self.config = dataset, catalogue, config

    def remarks(self, kind: str) -> tuple[Quote, ...]:
        """What units wrote under one kind of assessment: strength, difficulty, cause, proposal."""
        return self._quotes(self._of_kind(kind), content_of)

    def proposals(self) -> tuple[Group, ...]:
        """Proposals by addressee, in the order in which addressees first appear; those without one come last."""
        named = _grouped(self._of_kind("proposal"), self._addressee)
        rest = say("report.no_addressee", LANG)
        ordered = sorted(named.items(), key=lambda item: not item[0])
        return tuple(
            Group(self._addressee(records[0]) or rest, self._quotes(records, content_of)) for _, records in ordered
        )

    def _addressee(self, record: Record) -> str:
        """An agency of ours under the name it has now, whichever a unit used."""
        return named_now(record.text("addressee"), self.config)

    def plans(self) -> tuple[Group, ...]:
        """Next year's plans by activity, in the order of the appendix; plans without an activity come last.

        Times and expected results differ from unit to unit: they stand in the consolidated workbook.
        """
        return tuple(
            Group(activity_of(key, self.catalogue, activity_named), self._quotes(records, content_of))
            for key, records in plans_of(self.dataset, self.catalogue)
        )

    def _of_kind(self, kind: str) -> list[Record]:
        place = KINDS.index(kind)
        words = {comparison_key(say("sheets.choices.assessment", lang).split(" | ")[place]) for lang in LANGUAGES}
        rows = _filled(self.dataset, "assessment", "content")
        return [record for record in rows if comparison_key(record.text("kind")) in words]

    def _quotes(self, records: Iterable[Record], words: Callable[[Record], str]) -> tuple[Quote, ...]:
        same = _grouped(records, words)
        return tuple(Quote(self._names(rows), quoted(words(rows[0]))) for rows in same.values())

    def _names(self, records: Iterable[Record]) -> str:
        """The units by name; of many how many they are, and the few of those that sent who are not among them."""
        units = dict.fromkeys(record.unit for record in records)
        if len(units) <= NAMED:
            return self._listed(units)
        silent = {UnitState.MISSING, UnitState.NOT_DUE}
        sent = dict.fromkeys([*(one.unit for one in self.dataset.units if one.state not in silent), *units])
        others = [unit for unit in sent if unit not in units]
        key = "many_units" if 0 < len(others) <= EXCEPTED else "every_unit"
        return say(f"report.{key}", LANG, n=str(len(units)), total=str(len(sent)), others=self._listed(others))

    def _listed(self, units: Iterable[str]) -> str:
        return ", ".join(self.catalogue.unit_name(unit) for unit in units)


def content_of(record: Record) -> str:
    """What a row says."""
    return record.text("content")


def plans_of(dataset: Dataset, catalogue: Catalogue) -> list[tuple[str, list[Record]]]:
    """Plan rows by the key of their activity, in the order of the appendix; those without an activity come last."""
    rows = _grouped(_filled(dataset, "plan", "content"), lambda record: record.text("activity"))
    order = {comparison_key(activity.code): place for place, activity in enumerate(catalogue.activities)}
    return sorted(rows.items(), key=lambda item: order.get(item[0], len(order)))


def full_name(activity: Activity) -> str:
    """An activity in the words of the programme."""
    return activity.text.rstrip(" .")


def activity_of(key: str, catalogue: Catalogue, name: Callable[[Activity], str] = full_name) -> str:
    """The activity that a plan names, "Nội dung khác" where it names none."""
    named = next((one for one in catalogue.activities if comparison_key(one.code) == key), None)
    return name(named) if named else say("report.other_activity", LANG)


def quoted(text: str) -> str:
    """Words to be put between quotation marks: theirs are single ones, and the mark at their end falls away."""
    single = re.sub(r"[\"“”]([^\"“”]*)[\"“”]", r"‘\1’", tidy(text))
    return single.rstrip(" .;,")


def _filled(dataset: Dataset, sheet: str, key: str) -> list[Record]:
    return [record for record in dataset.rows(sheet) if tidy(record.text(key))]


def _grouped(records: Iterable[Record], by: Callable[[Record], str]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(comparison_key(by(record)), []).append(record)
    return groups
