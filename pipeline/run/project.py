"""A configuration with its catalogue, and the names of the main outputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.catalogue import Catalogue
from pipeline.catalogue import load as load_catalogue
from pipeline.config import Config
from pipeline.config import load as load_config
from pipeline.errors import CatalogueError

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Project:
    """A configuration with its catalogue: ``whole`` for all years, ``catalogue`` for the report year.

    ``frozen``: it lies in a frozen folder, and the workbooks in its output folders are those that were issued.
    """

    config: Config
    whole: Catalogue
    catalogue: Catalogue
    frozen: bool = False

    @property
    def lang(self) -> str:
        """The language of everything that is said."""
        return self.config.language

    def sibling(self, year: int) -> Project:
        """The same project in another year."""
        config = self.config.model_copy(update={"year": year})
        return replace(self, config=config, catalogue=self.whole.for_year(year))


def open_project(config_path: Path, year: int | None = None, language: str | None = None) -> Project:
    """Load configuration and catalogue. Raises ConfigError or CatalogueError."""
    config = load_config(config_path, year, language)
    whole = load_catalogue(config.catalogue_path, config.language)
    if not whole.for_year(config.year).activities:
        raise CatalogueError("catalogue_year_empty", file=config.catalogue_path.name, year=str(config.year))
    return Project(config, whole, whole.for_year(config.year))


def workbook_name(year: int) -> str:
    """Tong-hop-2026.xlsx."""
    return f"Tong-hop-{year}.xlsx"


def report_name(year: int) -> str:
    """Bao-cao-2026.docx."""
    return f"Bao-cao-{year}.docx"


def nominations_name(year: int) -> str:
    """Khen-thuong-2026.xlsx: personal data, never in the consolidated workbook."""
    return f"Khen-thuong-{year}.xlsx"


def tick(progress: Progress | None, done: int, total: int) -> None:
    """Tell whoever watches how much is done."""
    if progress is not None:
        progress(done, total)
