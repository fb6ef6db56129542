"""inbox -> read -> choose versions -> check -> merge -> figures: the heart of every command."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import PhoihopError
from pipeline.model import (
    Dataset,
    Decision,
    Figures,
    FileOutcome,
    Finding,
    Nomination,
    PeriodFigures,
    PreviousYear,
    Submission,
)
from pipeline.run.collecting import read_decisions, read_inbox
from pipeline.run.project import Progress, Project, report_name, workbook_name
from pipeline.text import say

if TYPE_CHECKING:
    from pipeline.issuing import Issued


@dataclass(frozen=True)
class Judged:
    """One year, read, checked, merged and computed; nothing written yet. ``period``: the figures of the years up to it,
    where a report over several years is wanted.
    """

    project: Project
    dataset: Dataset
    figures: Figures
    previous: PreviousYear | None
    submissions: tuple[Submission, ...] = ()
    period: PeriodFigures | None = None

    @property
    def complete(self) -> bool:
        """True when nothing blocks."""
        return self.dataset.complete


def judge(
    project: Project,
    paths: Iterable[Path] = (),
    jobs: int = 1,
    progress: Progress | None = None,
    today: date | None = None,
) -> Judged:
    """inbox -> read -> choose versions -> check -> merge -> figures, with the control totals proved."""
    previous = previous_year(project, today, jobs)
    decisions = read_decisions(project)
    submissions = read_inbox(project, paths, jobs, progress, decisions)
    return judge_submissions(project, submissions, previous, decisions, today)


def judge_submissions(
    project: Project,
    submissions: tuple[Submission, ...],
    previous: PreviousYear | None,
    decisions: tuple[Decision, ...] = (),
    today: date | None = None,
) -> Judged:
    """What was read and decided -> choice of versions -> findings -> dataset -> figures."""
    from pipeline.figures import check_controls, compute_figures

    dataset = survey(project, submissions, previous, decisions, today)
    figures = compute_figures(dataset, project.catalogue, previous)
    check_controls(dataset, figures, project.catalogue)
    return Judged(project, dataset, figures, previous, submissions)


def survey(
    project: Project,
    submissions: tuple[Submission, ...],
    previous: PreviousYear | None,
    decisions: tuple[Decision, ...] = (),
    today: date | None = None,
) -> Dataset:
    """What was read and decided -> choice of versions -> findings -> dataset: enough to say who stands where.

    ``today``: the day on which decisions for a time are still in force or not, by default the present one.
    """
    from pipeline.merge import choose, corrected, merge, supplemented
    from pipeline.validate import Case, check_all

    config, catalogue = project.config, project.catalogue
    joined, choice = supplemented(submissions, choose(submissions, catalogue, decisions))
    joined = corrected(joined, decisions)
    case = Case(joined, catalogue, config, previous, choice.counted, choice.undecided, choice.left_out)
    findings = check_all(replace(case, decisions=decisions, today=today or date.today()))
    return merge(joined, choice, findings, catalogue, config, decisions)


def previous_year(project: Project, today: date | None = None, jobs: int = 1) -> PreviousYear | None:
    """Last year's figures: from its consolidated workbook (as issued, if it was), else from its inbox, else None."""
    from pipeline.figures import as_previous
    from pipeline.reading.previous import read_previous

    before = project.sibling(project.config.year - 1)
    for source in sources_of(before):
        if source.is_file():
            return read_previous(source, before.config.year)
        decisions = read_decisions(before)
        submissions = read_inbox(before, jobs=jobs, decisions=decisions)
        judged = judge_submissions(before, submissions, None, decisions, today)
        return as_previous(judged.dataset, judged.figures, f"{project.config.paths.inbox}/{before.config.year}")
    return None


def sources_of(project: Project) -> tuple[Path, ...]:
    """What an ended year's figures are read from, if anything: its workbook as issued, its last workbook, or its inbox.

    Raises PhoihopError ``workbook_unusable`` where there is nothing but a workbook that cannot be read as ours.
    """
    from pipeline.reading.previous import read_previous

    year, inbox = project.config.year, project.config.inbox_dir()
    for workbook in (issued_workbook(project), last_workbook(project)):
        if workbook is not None and workbook.is_file() and read_previous(workbook, year):
            return (workbook,)
    if inbox.is_dir() and project.catalogue.activities:
        return (inbox,)
    refuse_unusable(project)
    return ()


def refuse_unusable(project: Project) -> None:
    """A workbook that is there but not read is no year without figures. Raises PhoihopError ``workbook_unusable``."""
    if (path := last_workbook(project)).is_file():
        raise PhoihopError("workbook_unusable", file=f"{project.config.paths.output}/{project.config.year}/{path.name}")


def last_workbook(project: Project) -> Path:
    """Where the last run of the year left its consolidated workbook."""
    return project.config.output_dir() / workbook_name(project.config.year)


def issued_workbook(project: Project) -> Path | None:
    """The consolidated workbook that went out with the yearly report; None while none was issued."""
    if project.frozen:
        return path if (path := last_workbook(project)).is_file() else None
    year = project.config.year
    folders = [one.folder for one in issued_of(project) if one.name == report_name(year)]
    return folders[-1] / workbook_name(year) if folders else None


def issued_of(project: Project) -> tuple[Issued, ...]:
    """What was issued of the year."""
    output = project.config.output_dir()
    if not any(output.glob("*/*/manifest.json")):
        return ()
    from pipeline.issuing import issued

    return issued(output)


def nominations(judged: Judged) -> tuple[Nomination, ...]:
    """Everybody nominated, judged by the criteria that hold at the first ceremony after the report deadline."""
    from pipeline.awards import judge_nominations

    config = judged.project.config
    return judge_nominations(judged.dataset, judged.project.catalogue, config.award, config.report_deadline)


def describe(finding: Finding, project: Project) -> tuple[str, str]:
    """What a finding says and what to do next."""
    from pipeline.validate import next_step, sentence

    return sentence(finding, project.lang, project.catalogue), next_step(finding, project.lang)


def describe_to_unit(finding: Finding, project: Project) -> tuple[str, str]:
    """What a finding says and what the unit itself is to do."""
    from pipeline.validate import sentence, step_for_unit

    return sentence(finding, project.lang, project.catalogue), step_for_unit(finding, project.lang)


def file_sentence(outcome: FileOutcome, project: Project) -> str:
    """Why a file ended in its state, in one sentence."""
    finding = outcome.values.get("finding")
    if isinstance(finding, Finding):
        return describe(finding, project)[0]
    return say(f"run.file.{outcome.reason}", project.lang, **outcome.values)
