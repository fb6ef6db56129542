"""Figures -> everything that a run writes."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from pipeline import __version__, files, outputs
from pipeline.errors import OutputLockedError
from pipeline.model import Dataset, FileState, Severity, Submission, UnitOutcome, UnitState
from pipeline.run.documents import documents_of
from pipeline.run.judging import Judged, describe, describe_to_unit, file_sentence, nominations
from pipeline.run.project import Project, nominations_name, workbook_name
from pipeline.text import say
from pipeline.worker import Lost, work_through

ANSWERS, REMINDERS = "tra-lai", "don-doc"


def write_results(judged: Judged, jobs: int = 1) -> tuple[outputs.Written, ...]:
    """Workbook, documents, nominations and manifest, all rendered before the first is written; then the drop-downs of the
    register, unless somebody has it open. Raises OutputLockedError.
    """
    from pipeline.issuing import compared, remember
    from pipeline.workbook import build_nominations

    project, dataset, figures = judged.project, judged.dataset, judged.figures
    config, catalogue, year = project.config, project.catalogue, judged.dataset.year
    folder, texts = config.output_dir(), documents_of(judged)
    made = {workbook_name(year): build_totals(judged), **texts}
    if judged_people := nominations(judged):
        made[nominations_name(year)] = build_nominations(judged_people, dataset, figures, catalogue, config)
    made |= answers(judged, jobs=jobs)
    for name, data in texts.items():
        remember(folder, name, data)
    mark = say("run.beside_mark", project.lang)
    written = outputs.write_outputs(folder, made, manifest(judged), mark, compared)
    if not register_open(project):
        refresh_decisions(judged)
    return written


def register_open(project: Project) -> bool:
    """True while somebody has the register of decisions open, so that its drop-downs cannot be made anew."""
    from pipeline import decisions

    try:
        files.refuse_locked(project.config.inbox_dir() / decisions.NAME)
    except OutputLockedError:
        return True
    return False


def refresh_decisions(judged: Judged) -> Path | None:
    """The register of decisions with this run's findings and files in its drop-downs; None when it stayed as it was."""
    from pipeline import decisions
    from pipeline.validate import rules_of

    project, dataset = judged.project, judged.dataset
    path = project.config.inbox_dir() / decisions.NAME
    told = [
        decisions.label_of(one) for one in dataset.findings if one.rule[0] != "D" and one.severity is not Severity.NOTE
    ]
    paths = [one.source.path for one in dataset.files if one.state is not FileState.IGNORED]
    rules = [rule.code for rule in rules_of(project.catalogue)]
    data = decisions.refreshed(path, project.catalogue, project.lang, list(dict.fromkeys(told)), paths, rules)
    if data is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write_atomically(path, data)
    return path


def build_totals(judged: Judged) -> bytes:
    """The consolidated workbook."""
    from pipeline.workbook import build_workbook

    project = judged.project
    return build_workbook(
        judged.dataset, judged.figures, project.catalogue, project.config,
        lambda finding: describe(finding, project), partial(file_sentence, project=project),
    )  # fmt: skip


def answers(judged: Judged, today: date | None = None, jobs: int = 1) -> dict[str, bytes]:
    """tra-lai/<unit>/…: an answer to each unit that sent; don-doc/<unit>/…: a reminder to each that did not."""
    due = [outcome for outcome in judged.dataset.units if outcome.state is not UnitState.NOT_DUE]
    answer = partial(_answer_to, judged=judged, day=today or date.today())
    done = dict(work_through(answer, due, jobs))
    made: dict[str, bytes] = {}
    for place, outcome in enumerate(due):
        files_of_unit = done[place]
        made |= answer(outcome, mark=False) if isinstance(files_of_unit, Lost) else files_of_unit
    return made


def _answer_to(outcome: UnitOutcome, judged: Judged, day: date, mark: bool = True) -> dict[str, bytes]:
    """The files for one unit. ``mark``: whether to open the unit's workbook, which only a child process should."""
    from pipeline.returns import build_answer, build_reminder

    project = judged.project
    config, catalogue = project.config, project.catalogue
    unit = catalogue.unit(outcome.unit)
    assert unit is not None
    sent = _submission_to_answer(judged, outcome)
    if sent is None:
        answer, below = build_reminder(unit, outcome, config, day), REMINDERS
    else:
        answer = build_answer(
            unit, outcome, judged.dataset, sent, catalogue, config, partial(describe_to_unit, project=project),
            partial(file_sentence, project=project), day, mark,
        )  # fmt: skip
        below = ANSWERS
    return {f"{below}/{answer.folder}/{name}": data for name, data in answer.files.items()}


def _submission_to_answer(judged: Judged, outcome: UnitOutcome) -> Submission | None:
    """The file that counts; else the last workbook that the unit sent in vain; None when it sent none."""
    files = judged.dataset.files
    aside = {one.source.path for one in files if one.reason == "excluded" or one.state is FileState.IDENTICAL}
    sent = [one for one in judged.submissions if one.source.path not in aside]
    books = [one for one in sent if one.source.is_workbook or one.source.kind == "damaged"]
    own = [one for one in books if one.identity.unit == outcome.unit]
    counted = [one for one in own if one.source.path == outcome.file]
    return next(iter([*counted, *sorted(own, key=lambda one: str(one.source.received), reverse=True)]), None)


def manifest(judged: Judged) -> dict[str, Any]:
    """What the run rests on: versions, inputs with hashes and states, units, control totals. No time, no machine path."""
    dataset, project = judged.dataset, judged.project
    return {
        "phoihop": __version__,
        "year": dataset.year,
        "complete": judged.complete,
        "catalogue": {
            "file": project.config.paths.catalogue,
            "version": project.catalogue.version,
            "sha256": files.digest(project.config.catalogue_path.read_bytes()),
        },
        "previous_year": judged.previous.origin if judged.previous else "",
        "inputs": [
            {
                "file": f.source.path,
                "sha256": f.source.sha256,
                "size": f.source.size,
                "state": f.state.value,
                "unit": f.unit,
            }
            for f in dataset.files
        ],
        "units": [{"unit": u.unit, "state": u.state.value, "file": u.file} for u in dataset.units],
        "control_totals": control_totals(dataset),
    }


def control_totals(dataset: Dataset) -> dict[str, Any]:
    """The control totals as plain numbers."""
    controls = dataset.controls
    return {
        "files_found": controls.files_found,
        "files_by_state": {state.value: count for state, count in sorted(controls.files_by_state.items())},
        "cells_read": controls.cells_read,
        "cells_by_outcome": {outcome.value: count for outcome, count in sorted(controls.cells_by_outcome.items())},
        "decisions": controls.decisions,
        "decisions_applied": controls.decisions_applied,
    }
