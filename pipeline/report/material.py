"""What documents are made of: a year's data and figures, and what some documents need besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pipeline.catalogue import Catalogue, Unit
from pipeline.config import Config
from pipeline.model import Dataset, Figures, FileOutcome, Nomination, PeriodFigures, PreviousYear

Explain = Callable[[FileOutcome], str]


@dataclass(frozen=True, slots=True)
class Material:
    """``explain``: why a file ended in its state; ``unit``: the one unit that a letter goes to, None for all;
    ``following``: the catalogue of the next year; ``forms``: unit -> file name of its blank form; ``period``: the figures
    of a report over several years, and ``of_years`` the catalogue of all of them; ``nominations``: everybody nominated; ``previous``: last year, where it is known.
    """

    dataset: Dataset
    figures: Figures
    catalogue: Catalogue
    config: Config
    explain: Explain | None = None
    unit: Unit | None = None
    following: Catalogue | None = None
    forms: Mapping[str, str] = field(default_factory=dict)
    period: PeriodFigures | None = None
    of_years: Catalogue | None = None
    nominations: tuple[Nomination, ...] = ()
    previous: PreviousYear | None = None

    @property
    def goes_on(self) -> bool:
        """True when the programme has activities next year as well."""
        return self.following is not None and bool(self.following.activities)

    @property
    def next_activities(self) -> Catalogue:
        """Next year's catalogue; this year's as a proposal when the programme ends with this year."""
        return self.following if self.following is not None and self.following.activities else self.catalogue
