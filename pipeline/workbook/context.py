"""What every sheet of the workbook is written from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xlsxwriter import Workbook

from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.model import Dataset, Figures, FileOutcome, Finding, PeriodFigures
from pipeline.text import say
from pipeline.workbook.styles import Styles

Describe = Callable[[Finding], tuple[str, str]]
ExplainFile = Callable[[FileOutcome], str]


@dataclass(frozen=True)
class Frame:
    """What the look of any sheet needs: the book, its styles, its language, the time it is about."""

    book: Workbook
    styles: Styles
    config: Config

    @property
    def lang(self) -> str:
        """The language of the workbook."""
        return self.config.language

    @property
    def label(self) -> str:
        """The year or the years, as titles say it."""
        raise NotImplementedError

    @property
    def footer(self) -> str:
        """The left foot of every printed page."""
        return self.say("footer", year=self.label)

    @property
    def draft(self) -> bool:
        """True while the figures are not complete."""
        raise NotImplementedError

    def say(self, key: str, **values: object) -> str:
        """A text of this stage."""
        return say(f"workbook.{key}", self.lang, **values)

    def common(self, key: str) -> str:
        """A word used everywhere: a state, a relation, a severity."""
        return say(f"common.{key}", self.lang)


@dataclass(frozen=True)
class Context(Frame):
    """The year, its figures, and how findings and file states are put into words."""

    dataset: Dataset
    figures: Figures
    catalogue: Catalogue
    describe: Describe
    explain_file: ExplainFile

    @property
    def label(self) -> str:
        """The year."""
        return str(self.dataset.year)

    @property
    def draft(self) -> bool:
        """True while units are missing or in error."""
        return not self.dataset.complete


@dataclass(frozen=True)
class PeriodContext(Frame):
    """A span of years, its figures, and the catalogue of all years."""

    period: PeriodFigures
    catalogue: Catalogue

    @property
    def label(self) -> str:
        """The first and the last year."""
        return f"{self.period.first} - {self.period.last}"

    @property
    def footer(self) -> str:
        """The left foot of every printed page."""
        return self.say("period.footer", year=self.label)

    @property
    def draft(self) -> bool:
        """True while a year is missing or is itself a draft."""
        return bool(self.period.gaps) or not all(year.complete for year in self.period.years)
