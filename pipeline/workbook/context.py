"""What every sheet of the workbook is written from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xlsxwriter import Workbook

from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.model import Dataset, Figures, FileOutcome, Finding
from pipeline.text import say
from pipeline.workbook.styles import Styles

Describe = Callable[[Finding], tuple[str, str]]
ExplainFile = Callable[[FileOutcome], str]


@dataclass(frozen=True)
class Context:
    """The year, its figures, and how findings and file states are put into words."""

    book: Workbook
    styles: Styles
    dataset: Dataset
    figures: Figures
    catalogue: Catalogue
    config: Config
    describe: Describe
    explain_file: ExplainFile

    @property
    def lang(self) -> str:
        """The language of the workbook."""
        return self.config.language

    @property
    def draft(self) -> bool:
        """True while units are missing or in error."""
        return not self.dataset.complete

    def say(self, key: str, **values: object) -> str:
        """A text of this stage."""
        return say(f"workbook.{key}", self.lang, **values)

    def common(self, key: str) -> str:
        """A word used everywhere: a state, a relation, a severity."""
        return say(f"common.{key}", self.lang)
