"""The figures of several years: each as issued, else as judged now, else as its last workbook or its inbox gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.model import YearFigures
from pipeline.run.collecting import unseen_files
from pipeline.run.judging import Judged, issued_workbook, judge, last_workbook, refuse_unusable, sources_of
from pipeline.run.project import Progress, Project, tick


@dataclass(frozen=True, slots=True)
class LateFiles:
    """Inbox files of an earlier year that its figures, as issued or as last run, do not hold."""

    year: int
    paths: tuple[str, ...]
    issued: bool


def over_years(
    judged: Judged, first: int, jobs: int = 1, progress: Progress | None = None, today: date | None = None
) -> Judged:
    """The same year with the figures of a report over the years from ``first`` up to it.

    Raises PhoihopError for a span that is reversed or has no data.
    """
    from pipeline.period import compute_period

    project, last = judged.project, judged.project.config.year
    years = range(first, last + 1)
    found = []
    for number, year in enumerate(years, start=1):
        found.append(_figures_of(year, judged, jobs, today))
        tick(progress, number, len(years))
    known = tuple(one for one in found if one is not None)
    return replace(judged, period=compute_period(known, project.whole, first, last))


def _figures_of(year: int, judged: Judged, jobs: int, today: date | None) -> YearFigures | None:
    """A year's figures; None where neither a workbook nor an inbox has any."""
    from pipeline.figures import as_year

    own = judged.project.sibling(year)
    now = judged if year == judged.dataset.year and judged.figures.received else None
    workbooks = [issued_workbook(own)] if now else [issued_workbook(own), last_workbook(own)]
    if figures := next(filter(None, (_read(path, year) for path in workbooks if path is not None)), None):
        return figures
    if now is None and own.config.inbox_dir().is_dir() and own.catalogue.activities:
        now = judge(own, jobs=jobs, today=today)
    if now and now.figures.received:
        return as_year(now.dataset, now.figures)
    refuse_unusable(own)
    return None


def _read(path: Path, year: int) -> YearFigures | None:
    from pipeline.reading.previous import read_year

    return read_year(path, year) if path.is_file() else None


def late_files(project: Project, first: int) -> Iterator[LateFiles]:
    """What came in for the years from ``first`` up to the one before after the run that their workbooks are of."""
    for year in range(first, project.config.year):
        own = project.sibling(year)
        workbook = next(iter(sources_of(own)), None)
        if workbook is not None and workbook.is_file() and (paths := unseen_files(own)):
            yield LateFiles(year, paths, issued=workbook == issued_workbook(own))


def sources_of_years(project: Project, first: int) -> Iterator[tuple[int, Path]]:
    """What the figures of the years from ``first`` up to this one rest on besides its own inbox: (year, workbook or inbox)."""
    for year in range(first - 1, project.config.year):
        yield from ((year, path) for path in sources_of(project.sibling(year)))
    if issued := issued_workbook(project):
        yield project.config.year, issued
