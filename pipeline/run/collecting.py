"""What came in: mail fetched, files found, mails and archives opened, workbooks and decisions read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import outputs
from pipeline.errors import PhoihopError
from pipeline.model import Decision, Ruling, SourceFile, Submission
from pipeline.run.project import Progress, Project, tick
from pipeline.worker import Lost, work_through

if TYPE_CHECKING:
    from pipeline.fetch import Fetched


def fetch_mail(project: Project, progress: Progress | None = None) -> Fetched:
    """The mailbox's messages of the report year -> inbox/<year>/ as .eml. Raises PhoihopError."""
    from pipeline.fetch import Account, fetch, find_password

    box, config = project.config.mailbox, project.config
    if not box.host or not box.user:
        raise PhoihopError("fetch_no_mailbox")
    since = date(config.year, 1, 1)
    ca_file = config.root / box.ca_file if box.ca_file else None
    account = Account(box.host, box.port, box.user, box.folder, since, security=box.security, ca_file=ca_file)
    folder = config.inbox_dir()
    folder.mkdir(parents=True, exist_ok=True)
    return fetch(account, find_password(box.host, box.user), folder, progress)


def find_sources(project: Project, paths: Iterable[Path] = ()) -> tuple[SourceFile, ...]:
    """The files to read: the year's inbox, or the given files and folders. Raises PhoihopError for a missing path."""
    from pipeline.intake import find_files

    found: list[SourceFile] = []
    for path in list(paths) or [project.config.inbox_dir()]:
        if path.is_dir():
            found += find_files(path)
        elif path.is_file():
            found += [source for source in find_files(path.parent) if source.path == path.name]
        elif path != project.config.inbox_dir():
            raise PhoihopError("path_missing", path=str(path))
    return tuple(found)


def unseen_files(project: Project) -> tuple[str, ...]:
    """The inbox files that are new or changed since the year's last run, by their paths below the inbox; none without one."""
    last = outputs.read_manifest(project.config.output_dir())
    return unseen_among(find_sources(project), last) if last else ()


def unseen_among(sources: Iterable[SourceFile], manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The files that a run's manifest does not list as they are, by their paths; what file managers leave behind aside."""
    seen = {(one["file"], one["sha256"]) for one in manifest.get("inputs", ())}
    found = (source for source in sources if source.kind != "system")
    return tuple(source.path for source in found if (source.path, source.sha256) not in seen)


def read_inbox(
    project: Project,
    paths: Iterable[Path] = (),
    jobs: int = 1,
    progress: Progress | None = None,
    decisions: Sequence[Decision] = (),
) -> tuple[Submission, ...]:
    """Every file of the inbox (or of the given paths) and all that mails and archives hold, read; in their order."""
    from pipeline.reading import read_detached, witnesses_outside

    sources = _opened(find_sources(project, paths), jobs)
    assigned = {
        source.path: row.unit
        for row in decisions
        for source in sources
        if row.ruling is Ruling.ASSIGN and not row.faults and row.names(source.path)
    }
    reader = partial(read_detached, catalogue=project.catalogue, assigned=assigned)
    read: dict[int, Submission] = {}
    for place, result in work_through(reader, sources, jobs):
        source = sources[place]
        if isinstance(result, Lost):
            outside = witnesses_outside(source, project.catalogue)
            read[place] = Submission(source, outside, failure=f"limit_{result.limit}")
        else:
            read[place] = replace(result, source=source)
        tick(progress, len(read), len(sources))
    return tuple(read[place] for place in range(len(sources)))


def _opened(sources: Sequence[SourceFile], jobs: int) -> tuple[SourceFile, ...]:
    """The files with everything that mails and archives among them hold."""
    from pipeline.intake import CONTAINERS, expand

    containers = [source for source in sources if source.kind in CONTAINERS]
    opened: dict[str, tuple[SourceFile, ...]] = {}
    for place, result in work_through(expand, containers, jobs):
        source = containers[place]
        opened[source.path] = (
            (replace(source, failure=f"limit_{result.limit}"),) if isinstance(result, Lost) else result
        )
    return tuple(one for source in sources for one in opened.get(source.path, (source,)))


def read_decisions(project: Project) -> tuple[Decision, ...]:
    """What people decided for the year. Raises PhoihopError when the register cannot be read."""
    from pipeline import decisions

    return decisions.read_decisions(project.config.inbox_dir() / decisions.NAME, project.catalogue)
