"""Where a year's work stands, without reading a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import outputs
from pipeline.run.collecting import find_sources, unseen_among
from pipeline.run.judging import issued_of
from pipeline.run.project import Project, report_name

if TYPE_CHECKING:
    from pipeline.issuing import Issued


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a year's work stands, without reading a workbook: counts, the last run, what was issued, the next command.

    ``changed``: inbox files that the last run has not seen; ``next``: "templates", "collect", "run", "missing", "sign" or
    "issued" (the yearly report was).
    """

    templates: int
    units: int
    files: int
    ran: bool
    complete: bool
    received: int
    changed: int
    next: str
    issued: tuple[Issued, ...] = ()


def standing(project: Project) -> Standing:
    """What is there: templates written, files received, what the last run saw."""
    config = project.config
    templates = len(list(config.templates_dir.glob("*.xlsx"))) if config.templates_dir.is_dir() else 0
    sources = [source for source in find_sources(project) if source.kind != "system"]
    last = outputs.read_manifest(config.output_dir())
    changed = len(unseen_among(sources, last)) if last else 0
    received = sum(bool(unit["file"]) for unit in last.get("units", ()))
    complete, issued = bool(last.get("complete")), issued_of(project)
    if not templates:
        command = "templates"
    elif not sources:
        command = "collect"
    elif not last or changed:
        command = "run"
    elif not complete:
        command = "missing"
    else:
        command = "issued" if any(one.name == report_name(config.year) for one in issued) else "sign"
    units = len(project.catalogue.units)
    return Standing(templates, units, len(sources), bool(last), complete, received, changed, command, issued)
