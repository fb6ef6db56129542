"""What units wrote, quoted and attributed: equal words once, with the names of all who wrote them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.model import Dataset, Record
from pipeline.report.agencies import named_now
from pipeline.report.language import LANG
from pipeline.text import LANGUAGES, comparison_key, say, tidy

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
            Group(activity_of(key, self.catalogue), self._quotes(records, content_of))
            for key, records in plans_of(self.dataset, self.catalogue)
        )

    def _of_kind(self, kind: str) -> list[Record]:
        place = KINDS.index(kind)
        words = {comparison_key(say("sheets.choices.assessment", lang).split(" | ")[place]) for lang in LANGUAGES}
        rows = _filled(self.dataset, "assessment", "content")
        return [record for record in rows if comparison_key(record.text("kind")) in words]

    def _quotes(self, records: Iterable[Record], words: Callable[[Record], str]) -> tuple[Quote, ...]:
        same = _grouped(records, words)
        return tuple(Quote(self._names(rows), tidy(words(rows[0])).rstrip(" .;,")) for rows in same.values())

    def _names(self, records: Iterable[Record]) -> str:
        units = dict.fromkeys(record.unit for record in records)
        return ", ".join(self.catalogue.unit_name(unit) for unit in units)


def content_of(record: Record) -> str:
    """What a row says."""
    return record.text("content")


def plans_of(dataset: Dataset, catalogue: Catalogue) -> list[tuple[str, list[Record]]]:
    """Plan rows by the key of their activity, in the order of the appendix; those without an activity come last."""
    rows = _grouped(_filled(dataset, "plan", "content"), lambda record: record.text("activity"))
    order = {comparison_key(activity.code): place for place, activity in enumerate(catalogue.activities)}
    return sorted(rows.items(), key=lambda item: order.get(item[0], len(order)))


def activity_of(key: str, catalogue: Catalogue) -> str:
    """The activity that a plan names, "Nội dung khác" where it names none."""
    titles = {comparison_key(activity.code): activity.text for activity in catalogue.activities}
    return titles.get(key, say("report.other_activity", LANG)).rstrip(" .")


def _filled(dataset: Dataset, sheet: str, key: str) -> list[Record]:
    return [record for record in dataset.rows(sheet) if tidy(record.text(key))]


def _grouped(records: Iterable[Record], by: Callable[[Record], str]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(comparison_key(by(record)), []).append(record)
    return groups
