"""Figures -> Word documents, those of a run and those that are asked for; their texts and their looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import files, outputs
from pipeline.errors import PhoihopError
from pipeline.model import Issue, PeriodFigures
from pipeline.run.judging import Judged, file_sentence, nominations
from pipeline.run.project import Project
from pipeline.run.years import over_years
from pipeline.text import say
from pipeline.worker import Lost, work_through

if TYPE_CHECKING:
    from pipeline.proofreading import Proof
    from pipeline.report import Document, Material


def documents_of(judged: Judged) -> dict[str, bytes]:
    """The Word documents that a run writes: the report and the plan, and those of their time that find somebody."""
    from pipeline.report import DOCUMENTS, Moment

    material = material_of(judged)
    wanted = [one for one in DOCUMENTS if one.moment is Moment.RUN or (one.passing and not one.lacks(material))]
    return {name: data for one in wanted for name, data in make_document(judged, one.key).items()}


def make_document(judged: Judged, key: str, issue: Issue | None = None) -> dict[str, bytes]:
    """One document by its key in ``DOCUMENTS``: its name below the year's output folder and its bytes, which carry the
    hash of their content; a letter to each unit where the configuration asks for it. By default it has no number and is a
    draft while something blocks. One over several years begins with the programme where ``judged`` says nothing else.
    Raises PhoihopError for an unknown key, a document that finds nobody, or a narrative that is wrong.
    """
    from pipeline.issuing import sealed
    from pipeline.report import build_document, letters_of

    document = known_document(key)
    for own in judged.project.config.report.symbols:
        known_document(own)
    if not document.over_years:
        # Figures of a span that another document asked for are none of this one's.
        judged = replace(judged, period=None)
    elif judged.period is None:
        judged = over_years(judged, judged.project.config.programme.first_year)
    issue = issue or Issue(draft=not judged.complete)
    material = material_of(judged)
    if error := document.lacks(material):
        raise PhoihopError(error, year=str(judged.dataset.year))
    letters = letters_of(document, material)
    return {name: sealed(build_document(document, material, issue), name) for name, material in letters.items()}


def write_documents(judged: Judged, keys: Sequence[str]) -> tuple[outputs.Written, ...]:
    """Documents that were asked for, below the year's output folder; with those over several years the workbook of their
    figures. Raises PhoihopError.
    """
    from pipeline.issuing import compared, remember

    folder, mark = judged.project.config.output_dir(), say("run.beside_mark", judged.project.lang)
    by_key = {key: make_document(judged, key) for key in keys}
    made = {name: data for files in by_key.values() for name, data in files.items()}
    for name, data in made.items():
        remember(folder, name, data)
    passing = {name for key, files in by_key.items() if known_document(key).passing for name in files}
    if judged.period is not None:
        made |= build_period_totals(judged.project, judged.period)
    return outputs.add_outputs(folder, made, mark, compared, passing)


def build_period_totals(project: Project, period: PeriodFigures) -> dict[str, bytes]:
    """Tong-hop-2022-2026.xlsx, the figures of a span as a workbook: file name -> bytes."""
    from pipeline.workbook import build_period_workbook

    name = f"Tong-hop-{period.first}-{period.last}.xlsx"
    return {name: build_period_workbook(period, project.whole, project.sibling(period.last).config)}


def write_own_narratives(project: Project, key: str) -> tuple[Path, ...]:
    """The texts of a document, copied to where the province edits its own; one that stands there already stays."""
    from pipeline.report import narratives_of, packaged_text

    folder = project.config.narratives_dir
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in narratives_of(known_document(key)):
        path = folder / name
        if not path.exists():
            files.write_atomically(path, packaged_text(name).encode())
        paths.append(path)
    return tuple(paths)


def document_rows(project: Project) -> list[tuple[str, str, str]]:
    """Every document: its key, its file below the year's output folder, the moment at which it is written by itself."""
    from pipeline.report import DOCUMENTS

    year, first = project.config.year, project.config.programme.first_year
    return [(one.key, one.named(year, (first, year)), one.moment.value) for one in DOCUMENTS]


def known_document(key: str) -> Document:
    """A document by its key. Raises PhoihopError for an unknown one."""
    from pipeline.report import DOCUMENTS

    document = next((one for one in DOCUMENTS if one.key == key), None)
    if document is None:
        raise PhoihopError("unknown_document", given=key, known=", ".join(one.key for one in DOCUMENTS))
    return document


def material_of(judged: Judged) -> Material:
    """What documents are made of."""
    from pipeline.report import Material
    from pipeline.templates import template_name

    project, period = judged.project, judged.period
    return Material(
        judged.dataset, judged.figures, project.catalogue, project.config, partial(file_sentence, project=project),
        following=project.whole.for_year(project.config.year + 1),
        forms={unit.code: template_name(unit) for unit in project.catalogue.units},
        period=period,
        of_years=project.whole.for_years(period.first, period.last) if period else None,
        nominations=nominations(judged),
        previous=judged.previous,
    )  # fmt: skip


def proofread(path: Path, form: str = "") -> Proof:
    """One Word file of anybody's -> what is wrong with how it looks; ``form``: nd30, doan or lien_tich, else as it says.

    Raises PhoihopError when there is no such file or it is no Word file that can be read.
    """
    from pipeline.proofreading import Unreadable, proofread

    if not path.is_file():
        raise PhoihopError("layout_folder" if path.is_dir() else "path_missing", path=str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PhoihopError("layout_not_opened", file=path.name) from error
    ((_, result),) = work_through(partial(proofread, form=form), [data])
    if isinstance(result, Lost):
        raise PhoihopError(f"layout_{'damaged' if result.limit == 'crash' else 'too_large'}", file=path.name)
    if isinstance(result, Unreadable):
        raise PhoihopError(f"layout_{result.reason}", file=path.name)
    return result
