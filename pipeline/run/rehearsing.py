"""A project with filled inboxes to rehearse with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.run.judging import judge, previous_year
from pipeline.run.project import Progress, Project, open_project, tick
from pipeline.run.sending import write_templates
from pipeline.run.writing import write_results


def make_rehearsal(
    folder: Path,
    language: str | None,
    messy: bool = False,
    progress: Progress | None = None,
    years: bool = False,
    jobs: int = 1,
) -> Project:
    """A rehearsal project: configuration, catalogue, last year done, templates written, this year's inbox filled;
    ``messy``: with every format, mail, archive and fault that units have been seen to send;
    ``years``: all years of the programme instead, in order, with the year in which districts end and communes begin.
    """
    from pipeline import rehearsal
    from pipeline.templates import render_template

    if years:
        return make_years(folder, language, progress, jobs)
    rehearsal.make_project(folder)
    project = open_project(folder / "config.toml", language=language)
    before = project.sibling(project.config.year - 1)
    rehearsal.write_previous_inbox(before.config.inbox_dir(), before.catalogue, before.config, render_template)
    write_results(judge(before, jobs=jobs), jobs)
    write_templates(project, progress=progress)
    previous = previous_year(project, jobs=jobs)
    write = rehearsal.write_messy_inbox if messy else rehearsal.write_inbox
    write(project.config.inbox_dir(), project.whole, project.config, render_template, previous)
    return project


def make_years(
    folder: Path,
    language: str | None,
    progress: Progress | None = None,
    jobs: int = 1,
    only: Sequence[str] = (),
) -> Project:
    """A rehearsal of all years of the programme: inboxes filled, some of the years run, this year's templates written.

    ``only``: these units of the example, with the communes that follow on the districts among them.
    """
    from pipeline import rehearsal
    from pipeline.templates import render_template

    rehearsal.make_years_project(folder, only)
    project = open_project(folder / "config.toml", language=language)
    programme = project.config.programme
    years = range(programme.first_year, programme.last_year + 1)
    for number, year in enumerate(years, start=1):
        own = project.sibling(year)
        rehearsal.write_year(own.config.inbox_dir(), own.catalogue, own.config, render_template)
        if year in rehearsal.RUN_YEARS:
            write_results(judge(own, jobs=jobs), jobs)
        tick(progress, number, len(years))
    write_templates(project)
    return project
