"""What is to be said of several figures of an annex, said once below its table."""

from __future__ import annotations

from pipeline.catalogue import Catalogue
from pipeline.model import PeriodNote, Relation
from pipeline.report.annexes.annex import say_of

OF_A_SPLIT = tuple(relation.value for relation in Relation if relation.of_a_split)
"""The notes about units that ended within a year."""


class Notes:
    """The notes of an annex, each under a number of its own."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._numbers: dict[str, int] = {}

    def mark(self, note: PeriodNote) -> str:
        """ "(1)" for a note of a figure."""
        units = ", ".join(self._catalogue.unit_name(unit) for unit in note.units)
        text = say_of(f"period.{note.kind}", year=str(note.year), units=units)
        return f"({self._numbers.setdefault(text, len(self._numbers) + 1)})"

    @property
    def told(self) -> list[str]:
        """The notes, each after its number."""
        return [f"({number}) {text}" for text, number in self._numbers.items()]
