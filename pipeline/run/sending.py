"""Catalogue -> the blank workbooks, and the letters that go out with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline import files, outputs
from pipeline.errors import PhoihopError
from pipeline.run.documents import write_documents
from pipeline.run.judging import judge_submissions, previous_year
from pipeline.run.project import Progress, Project, tick


def write_templates(project: Project, codes: Sequence[str] = (), progress: Progress | None = None) -> tuple[Path, ...]:
    """catalogue -> one workbook per unit valid in the year, last year's figures in the grey column."""
    from pipeline.templates import render_template, template_name

    unknown = [code for code in codes if project.catalogue.unit(code) is None]
    if unknown:
        known = ", ".join(unit.code for unit in project.catalogue.units)
        raise PhoihopError("unknown_unit", given=", ".join(unknown), known=known)
    units = [unit for unit in project.catalogue.units if not codes or unit.code in codes]
    previous = previous_year(project)
    folder = project.config.templates_dir
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, unit in enumerate(units, start=1):
        path = folder / template_name(unit)
        data = render_template(project.catalogue, project.config, unit, previous)
        if not path.exists() or path.read_bytes() != data:
            files.write_atomically(path, data)
        written.append(path)
        tick(progress, number, len(units))
    return tuple(written)


def write_letters_with_templates(project: Project) -> tuple[outputs.Written, ...]:
    """The letters that go out with the blank forms: nothing has been sent yet."""
    from pipeline.report import DOCUMENTS, Moment

    keys = [one.key for one in DOCUMENTS if one.moment is Moment.TEMPLATES]
    return write_documents(judge_submissions(project, (), None), keys)
