"""The Word documents: which there are, and writing those that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from pipeline import run as stages
from pipeline.console.screen import Screen
from pipeline.console.tables import below, show_table
from pipeline.errors import PhoihopError
from pipeline.text import DASH, has

LISTED = 5
"""So many files of a year are named on the screen."""


def show_documents(screen: Screen) -> None:
    """Every document by the name that the command takes, with its file and when it is written without being asked."""
    rows = stages.document_rows(screen.project)
    screen.json([{"name": key, "file": file, "written": moment} for key, file, moment in rows])
    listed = (
        (Text(key), below(_title(screen, key), file), Text(screen.say(f"documents.moment.{moment}")))
        for key, file, moment in rows
    )
    show_table(screen, ("document", "title", "written"), listed)
    programme = screen.project.config.programme
    screen.line("documents.how", first=str(programme.first_year), last=str(screen.project.config.year))


def _title(screen: Screen, key: str) -> str:
    """The document's name; a dash while a new one has none in the locale files."""
    return screen.say(f"documents.title.{key}") if has(f"console.documents.title.{key}", screen.project.lang) else DASH


def titles_of(screen: Screen, paths: Sequence[Path]) -> list[str]:
    """The names of the documents that files are, each once, though a letter to each unit is many files."""
    stems = [path.stem for path in paths]
    rows = [(key, Path(file).stem) for key, file, _ in stages.document_rows(screen.project)]
    return [_title(screen, key) for key, own in rows if any(stem.startswith(own) for stem in stems)]


def write_documents(screen: Screen, keys: Sequence[str], first: int | None, last: int | None) -> int:
    """The documents asked for, from the inbox as it is now; a report over years reads those years as well."""
    project = screen.project
    over_years = [key for key in keys if stages.known_document(key).over_years]
    if (first or last) and not over_years:
        raise PhoihopError("span_without_period")
    begin, end = first or project.config.programme.first_year, last or project.config.year
    of_last = project if end == project.config.year else project.sibling(end)
    with screen.progress("progress.reading") as progress:
        judged = stages.judge(of_last, (), screen.jobs, progress)
    if over_years:
        with screen.progress("progress.years") as progress:
            judged = stages.over_years(judged, begin, screen.jobs, progress)
    written = stages.write_documents(judged, keys)
    screen.json([{"file": screen.shown(one.path), "sha256": one.sha256, "beside": one.beside, "kept": one.kept}
                 for one in written])  # fmt: skip
    for one in written:
        key = "kept" if one.kept else "beside" if one.beside else "written"
        screen.line(f"documents.{key}", "bold green", path=screen.shown(one.path))
    if judged.period is not None and judged.period.gaps:
        screen.line("documents.gaps", "yellow", years=", ".join(map(str, judged.period.gaps)))
    show_late_files(screen, judged.project, begin if over_years else end - 1)
    return 0 if judged.complete else 1


def show_late_files(screen: Screen, project: stages.Project, first: int) -> None:
    """Files of earlier years that the figures used for these years do not hold, and how to take them in."""
    for late in stages.late_files(project, first):
        key = "late_issued" if late.issued else "late"
        files = ", ".join(late.paths[:LISTED]) + (", …" if len(late.paths) > LISTED else "")
        screen.line(f"documents.{key}", "yellow", year=str(late.year), count=str(len(late.paths)), files=files)


def edit_texts(screen: Screen, keys: Sequence[str]) -> None:
    """The texts of documents, copied to where the province edits its own, with the guide to them."""
    from pipeline.report.narrative import GUIDE

    paths = [path for key in keys for path in stages.write_own_narratives(screen.project, key)]
    screen.json([screen.shown(path) for path in dict.fromkeys(paths)])
    for path in dict.fromkeys(paths):
        key = "guide" if path.name == GUIDE else "edit"
        screen.line(f"documents.{key}", path=screen.shown(path))
    screen.line("documents.after_edit", name=keys[0])
