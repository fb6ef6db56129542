"""The order of the stages, and nothing else: the only module that knows them all.

Stages are imported where they are needed, so that a command pays only for what it uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import __version__, files, outputs
from pipeline.catalogue import Catalogue
from pipeline.catalogue import load as load_catalogue
from pipeline.config import Config
from pipeline.config import load as load_config
from pipeline.errors import CatalogueError, PhoihopError
from pipeline.model import (
    Dataset,
    Decision,
    Figures,
    FileOutcome,
    FileState,
    Finding,
    Issue,
    Nomination,
    PeriodFigures,
    PreviousYear,
    Ruling,
    Severity,
    SourceFile,
    Submission,
    UnitOutcome,
    UnitState,
    YearFigures,
)
from pipeline.text import say
from pipeline.worker import Lost, work_through

if TYPE_CHECKING:
    from pipeline.fetch import Fetched
    from pipeline.issuing import Comparison, Flaw, Issued
    from pipeline.proofreading import Proof
    from pipeline.report import Document, Material

Progress = Callable[[int, int], None]
ANSWERS, REMINDERS = "tra-lai", "don-doc"
# What the manifest of an issue tells of each outdated place that was let pass.
ACCEPTED = ("table", "row", "column", "theirs", "now")


@dataclass(frozen=True)
class Project:
    """A configuration with its catalogue: ``whole`` for all years, ``catalogue`` for the report year."""

    config: Config
    whole: Catalogue
    catalogue: Catalogue

    @property
    def lang(self) -> str:
        """The language of everything that is said."""
        return self.config.language

    def sibling(self, year: int) -> Project:
        """The same project in another year."""
        return Project(self.config.model_copy(update={"year": year}), self.whole, self.whole.for_year(year))


@dataclass(frozen=True)
class Judged:
    """One year, read, checked, merged and computed; nothing written yet."""

    project: Project
    dataset: Dataset
    figures: Figures
    previous: PreviousYear | None
    submissions: tuple[Submission, ...] = ()

    @property
    def complete(self) -> bool:
        """True when nothing blocks: no unit missing or in error, no file rejected."""
        return nothing_blocks(self.dataset)


def nothing_blocks(dataset: Dataset) -> bool:
    """True when no unit is missing or in error and no file is left whose content nobody could use or set aside; a unit
    without which a person decided to issue blocks nothing.
    """
    return dataset.complete and not rejected_files(dataset)


def rejected_files(dataset: Dataset) -> tuple[FileOutcome, ...]:
    """The files that nobody could use or set aside, save those of units without which a person decided to issue."""
    rejected = (file for file in dataset.files if file.state is FileState.REJECTED and file.reason != "excluded")
    return tuple(file for file in rejected if file.unit not in dataset.released)


def open_project(config_path: Path, year: int | None = None, language: str | None = None) -> Project:
    """Load configuration and catalogue. Raises ConfigError or CatalogueError."""
    config = load_config(config_path, year, language)
    whole = load_catalogue(config.catalogue_path, config.language)
    if not whole.for_year(config.year).activities:
        raise CatalogueError("catalogue_year_empty", file=config.catalogue_path.name, year=str(config.year))
    return Project(config, whole, whole.for_year(config.year))


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
        _tick(progress, number, len(units))
    return tuple(written)


def judge(
    project: Project,
    paths: Iterable[Path] = (),
    jobs: int = 1,
    progress: Progress | None = None,
    today: date | None = None,
) -> Judged:
    """inbox -> read -> choose versions -> check -> merge -> figures, with the control totals proved."""
    previous = previous_year(project)
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


def read_decisions(project: Project) -> tuple[Decision, ...]:
    """What people decided for the year. Raises PhoihopError when the register cannot be read."""
    from pipeline import decisions

    return decisions.read_decisions(project.config.inbox_dir() / decisions.NAME, project.catalogue)


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
        _tick(progress, len(read), len(sources))
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


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a year's work stands, without reading a workbook: counts, the last run, what was issued, the next command.

    ``changed``: inbox files that the last run has not seen; ``next``: "templates", "collect", "run", "sign" or "issued".
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
    seen = {(one["file"], one["sha256"]) for one in last.get("inputs", ())}
    changed = sum((source.path, source.sha256) not in seen for source in sources)
    received = sum(bool(unit["file"]) for unit in last.get("units", ()))
    if not templates:
        command = "templates"
    elif not sources:
        command = "collect"
    else:
        command = "sign" if last.get("complete") and not changed else "run"
    complete, issued = bool(last.get("complete")), issued_of(project)
    command = "issued" if issued and command == "sign" else command
    units, changed = len(project.catalogue.units), changed if last else 0
    return Standing(templates, units, len(sources), bool(last), complete, received, changed, command, issued)


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


def previous_year(project: Project) -> PreviousYear | None:
    """Last year's figures: from its consolidated workbook (as issued, if it was), else from its inbox, else None."""
    from pipeline.reading.previous import read_previous

    year, workbook = project.config.year - 1, _previous_workbook(project)
    if workbook.exists() and (previous := read_previous(workbook, year)):
        return previous
    inbox = project.config.inbox_dir(year)
    before = project.sibling(year)
    if not inbox.is_dir() or not before.catalogue.activities:
        return None
    from pipeline.figures import as_previous

    decisions = read_decisions(before)
    judged = judge_submissions(before, read_inbox(before, decisions=decisions), None, decisions)
    return as_previous(judged.dataset, judged.figures, f"{project.config.paths.inbox}/{year}")


def period_years(
    project: Project, first: int, last: int, progress: Progress | None = None, jobs: int = 1
) -> tuple[YearFigures, ...]:
    """Each year of a span from its consolidated workbook, else from its inbox; left out where neither has figures."""
    years = range(first, last + 1)
    found = []
    for number, year in enumerate(years, start=1):
        found.append(_year_figures(project, year, jobs))
        _tick(progress, number, len(years))
    return tuple(one for one in found if one is not None)


def _year_figures(project: Project, year: int, jobs: int) -> YearFigures | None:
    from pipeline.figures import as_year
    from pipeline.reading.previous import read_year

    workbook = project.config.output_dir(year) / workbook_name(year)
    if workbook.exists() and (figures := read_year(workbook, year)):
        return replace(figures, origin=f"{project.config.paths.output}/{year}/{workbook.name}")
    inbox, own = project.config.inbox_dir(year), project.sibling(year)
    if not inbox.is_dir() or not own.catalogue.activities:
        return None
    judged = judge(own, jobs=jobs)
    if not judged.figures.received:
        return None
    return as_year(judged.dataset, judged.figures, f"{project.config.paths.inbox}/{year}")


def period_figures(
    project: Project, first: int, last: int, progress: Progress | None = None, jobs: int = 1
) -> PeriodFigures:
    """The figures of a report over several years. Raises PhoihopError for a span that is reversed or has no data."""
    from pipeline.period import compute_period

    return compute_period(period_years(project, first, last, progress, jobs), project.whole, first, last)


def period_workbook(project: Project, period: PeriodFigures) -> dict[str, bytes]:
    """Tong-hop-2022-2026.xlsx, the figures of a span as a workbook: file name -> bytes."""
    from pipeline.workbook import build_period_workbook

    name = f"Tong-hop-{period.first}-{period.last}.xlsx"
    return {name: build_period_workbook(period, project.whole, project.sibling(period.last).config)}


def _previous_workbook(project: Project) -> Path:
    """Last year's consolidated workbook: the one that went out with the yearly report, else the one of the last run."""
    year = project.config.year - 1
    output = project.config.output_dir(year)
    folders = [one.folder for one in _issued_from(output) if one.document == "annual"]
    return (folders[-1] if folders else output) / workbook_name(year)


def workbook_name(year: int) -> str:
    """Tong-hop-2026.xlsx."""
    return f"Tong-hop-{year}.xlsx"


def report_name(year: int) -> str:
    """Bao-cao-2026.docx."""
    return f"Bao-cao-{year}.docx"


def nominations_name(year: int) -> str:
    """Khen-thuong-2026.xlsx: personal data, never in the consolidated workbook."""
    return f"Khen-thuong-{year}.xlsx"


def write_results(judged: Judged) -> tuple[outputs.Written, ...]:
    """Workbook, documents, nominations and manifest, all rendered before the first is written. Raises OutputLockedError."""
    from pipeline.issuing import compared, remember
    from pipeline.workbook import build_nominations

    project, dataset, figures = judged.project, judged.dataset, judged.figures
    config, catalogue, year = project.config, project.catalogue, judged.dataset.year
    folder, texts = config.output_dir(), documents_of(judged)
    made = {workbook_name(year): build_totals(judged), **texts}
    if judged_people := nominations(judged):
        made[nominations_name(year)] = build_nominations(judged_people, dataset, figures, catalogue, config)
    made |= answers(judged)
    for name, data in texts.items():
        remember(folder, name, data)
    mark = say("run.beside_mark", project.lang)
    written = outputs.write_outputs(folder, made, manifest(judged), mark, compared)
    refresh_decisions(judged)
    return written


def documents_of(judged: Judged) -> dict[str, bytes]:
    """The Word documents that a run writes: the report and the plan, and a reminder while units have not sent."""
    from pipeline.report import DOCUMENTS, Moment

    wanted = {Moment.RUN}
    if any(one.state in {UnitState.MISSING, UnitState.WITH_ERRORS} for one in judged.dataset.units):
        wanted.add(Moment.MISSING)
    if judged.dataset.rows("nominations"):
        wanted.add(Moment.NOMINATIONS)
    keys = [document.key for document in DOCUMENTS if document.moment in wanted]
    return {name: data for key in keys for name, data in make_document(judged, key).items()}


def make_document(
    judged: Judged, key: str, issue: Issue | None = None, period: PeriodFigures | None = None
) -> dict[str, bytes]:
    """One document by its key in ``DOCUMENTS``: its name below the year's output folder and its bytes, which carry the
    hash of their content; a letter to each unit where the configuration asks for it. By default it has no number and is a
    draft while something blocks. Raises PhoihopError for an unknown key or a narrative that is wrong.
    """
    from pipeline.issuing import sealed
    from pipeline.report import Moment, build_document, letters_of

    document = known_document(key)
    for own in judged.project.config.report.symbols:
        known_document(own)
    if document.over_years and period is None:
        raise PhoihopError("period_not_issued")
    if document.moment is Moment.NOMINATIONS and not judged.dataset.rows("nominations"):
        raise PhoihopError("nobody_nominated", year=str(judged.dataset.year))
    issue = issue or Issue(draft=not judged.complete)
    letters = letters_of(document, material_of(judged, period))
    return {name: sealed(build_document(document, material, issue), name) for name, material in letters.items()}


def write_documents(
    judged: Judged, keys: Sequence[str], period: PeriodFigures | None = None
) -> tuple[outputs.Written, ...]:
    """Documents that were asked for, below the year's output folder; with ``period`` the workbook of its figures as well.

    Raises PhoihopError.
    """
    from pipeline.issuing import compared, remember

    folder, mark = judged.project.config.output_dir(), say("run.beside_mark", judged.project.lang)
    made = {name: data for key in keys for name, data in make_document(judged, key, period=period).items()}
    for name, data in made.items():
        remember(folder, name, data)
    if period is not None:
        made |= period_workbook(judged.project, period)
    return outputs.add_outputs(folder, made, mark, compared)


def write_letters_with_templates(project: Project) -> tuple[outputs.Written, ...]:
    """The letters that go out with the blank forms: nothing has been sent yet."""
    from pipeline.report import DOCUMENTS, Moment

    keys = [one.key for one in DOCUMENTS if one.moment is Moment.TEMPLATES]
    return write_documents(judge_submissions(project, (), None), keys)


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

    year, programme = project.config.year, project.config.programme
    words = {"year": year, "next": year + 1, "first": programme.first_year, "last": programme.last_year}
    return [(one.key, one.file.format(**words), one.moment.value) for one in DOCUMENTS]


def known_document(key: str) -> Document:
    """A document by its key. Raises PhoihopError for an unknown one."""
    from pipeline.report import DOCUMENTS

    document = next((one for one in DOCUMENTS if one.key == key), None)
    if document is None:
        raise PhoihopError("unknown_document", given=key, known=", ".join(one.key for one in DOCUMENTS))
    return document


def material_of(judged: Judged, period: PeriodFigures | None = None) -> Material:
    """What documents are made of."""
    from pipeline.report import Material
    from pipeline.templates import template_name

    project = judged.project
    return Material(
        judged.dataset, judged.figures, project.catalogue, project.config, partial(file_sentence, project=project),
        following=project.whole.for_year(project.config.year + 1),
        forms={unit.code: template_name(unit) for unit in project.catalogue.units},
        period=period,
        of_years=project.whole.for_years(period.first, period.last) if period else None,
        nominations=nominations(judged),
    )  # fmt: skip


def build_totals(judged: Judged) -> bytes:
    """The consolidated workbook."""
    from pipeline.workbook import build_workbook

    project = judged.project
    return build_workbook(
        judged.dataset, judged.figures, project.catalogue, project.config,
        lambda finding: describe(finding, project), partial(file_sentence, project=project),
    )  # fmt: skip


def answers(judged: Judged, today: date | None = None) -> dict[str, bytes]:
    """tra-lai/<unit>/…: an answer to each unit that sent; don-doc/<unit>/…: a reminder to each that did not."""
    from pipeline.returns import build_answer, build_reminder

    project, dataset, day = judged.project, judged.dataset, today or date.today()
    config, catalogue = project.config, project.catalogue
    made: dict[str, bytes] = {}
    for outcome in dataset.units:
        unit = catalogue.unit(outcome.unit)
        assert unit is not None
        if outcome.state is UnitState.NOT_DUE:
            continue
        sent = _submission_to_answer(judged, outcome)
        if sent is None:
            answer, below = build_reminder(unit, outcome, config, day), REMINDERS
        else:
            answer = build_answer(
                unit, outcome, dataset, sent, catalogue, config, partial(describe_to_unit, project=project),
                partial(file_sentence, project=project), day,
            )  # fmt: skip
            below = ANSWERS
        made |= {f"{below}/{answer.folder}/{name}": data for name, data in answer.files.items()}
    return made


def _submission_to_answer(judged: Judged, outcome: UnitOutcome) -> Submission | None:
    """The file that counts; else the last workbook that the unit sent in vain; None when it sent none."""
    files = judged.dataset.files
    aside = {one.source.path for one in files if one.reason == "excluded" or one.state is FileState.IDENTICAL}
    sent = [one for one in judged.submissions if one.source.path not in aside]
    books = [one for one in sent if one.source.is_workbook or one.source.kind == "damaged"]
    own = [one for one in books if one.identity.unit == outcome.unit]
    counted = [one for one in own if one.source.path == outcome.file]
    return next(iter([*counted, *sorted(own, key=lambda one: str(one.source.received), reverse=True)]), None)


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
    write_results(judge(before))
    write_templates(project, progress=progress)
    previous = previous_year(project)
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
            write_results(judge(own, jobs=jobs))
        _tick(progress, number, len(years))
    write_templates(project)
    return project


def nominations(judged: Judged) -> tuple[Nomination, ...]:
    """Everybody nominated, judged by the criteria that hold at the first ceremony after the report deadline."""
    from pipeline.awards import judge_nominations

    config = judged.project.config
    return judge_nominations(judged.dataset, judged.project.catalogue, config.award, config.report_deadline)


def _tick(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def proofread(path: Path, form: str = "") -> Proof:
    """One Word file of anybody's -> what is wrong with how it looks; ``form``: nd30, doan or lien_tich, else as it says.

    Raises PhoihopError when there is no such file or it is no Word file that can be read.
    """
    from pipeline.proofreading import Unreadable, proofread

    if not path.is_file():
        raise PhoihopError("path_missing", path=str(path))
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


# ---- after the report: people's edits, issuing, proof ---------------------------------------------------------------


def compare_edited(
    project: Project, file: Path | None = None, jobs: int = 1, progress: Progress | None = None
) -> tuple[Comparison, ...]:
    """Each document that a person changed (or the given one), against what was generated and what would be now."""
    from pipeline import issuing

    output, mark = project.config.output_dir(), say("run.beside_mark", project.lang)
    names = [file for _, file, _ in document_rows(project)]
    if file is not None and not file.is_file():
        raise PhoihopError("path_missing", path=str(file))
    paths = (file,) if file is not None else issuing.edited_below(output, set(names), mark)
    if not paths:
        return ()
    judged = judge(project, (), jobs, progress)
    made = _every_document(judged)
    if any(_is_of_years(path, project) for path in paths):
        made |= _report_of_years(judged, jobs, progress)
    now = issuing.read_documents(made)
    return tuple(issuing.compare_file(path, output, mark, now) for path in paths)


def _is_of_years(path: Path, project: Project) -> bool:
    files = [Path(file) for key, file, _ in document_rows(project) if known_document(key).over_years]
    return any(path.name.startswith(file.stem) for file in files)


def _report_of_years(judged: Judged, jobs: int, progress: Progress | None) -> dict[str, bytes]:
    """The report over all years of the programme up to this one."""
    project = judged.project
    span = project.config.programme.first_year, project.config.year
    key = next(key for key, _, _ in document_rows(project) if known_document(key).over_years)
    return make_document(judged, key, period=period_figures(project, *span, progress, jobs))


@dataclass(frozen=True)
class Finalized:
    """What came of issuing a document.

    ``refused``: "" or why nothing was frozen: "incomplete" (units or files block), "outdated" (``comparison`` tells
    what), "unfinished" (``left`` tells what). ``edited``: the person's file whose text was taken, None for none.
    """

    judged: Judged
    issue: Issue
    folder: Path
    refused: str = ""
    seal: str = ""
    edited: Path | None = None
    comparison: Comparison | None = None
    left: tuple[tuple[str, str], ...] = ()


def finalize(
    project: Project,
    number: str,
    day: str,
    document: str = "annual",
    file: Path | None = None,
    as_is: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Finalized:
    """Number, date and freeze: everything is copied first, and the issue is made of the copies.

    ``as_is``: issue a person's text although it holds outdated figures or unfinished places; the manifest lists them.
    Raises PhoihopError for a wrong number or date, an issue that is there already, or a text that cannot be filled in.
    """
    from pipeline import issuing
    from pipeline.report import states_figures

    config = project.config
    issue, name = issuing.issue_of(number, day, config.year), _name_of_document(document, project)
    theirs = issuing.version_to_issue(config.output_dir(), name, say("run.beside_mark", project.lang), file)
    final = issuing.issue_folder(config.output_dir(), name, issue)
    with issuing.Workshop(final) as shop:
        shop.copy_inputs(config, _earlier(project))
        judged = judge(_frozen_project(config, shop.folder), (), jobs, progress)
        done = Finalized(judged, issue, final)
        if not judged.complete and states_figures(known_document(document), material_of(judged)):
            return replace(done, refused="incomplete")
        data, done = _text_to_issue(project, document, theirs, done)
        outdated = done.comparison is not None and bool(done.comparison.outdated)
        if not as_is and (outdated or done.left):
            return replace(done, refused="outdated" if outdated else "unfinished")
        shop.write(name, data)
        shop.write(workbook_name(config.year), build_totals(judged))
        return replace(done, seal=shop.finish(_facts(done, document, name)))


def _name_of_document(key: str, project: Project) -> str:
    known_document(key)
    return next(file for own, file, _ in document_rows(project) if own == key)


def _every_document(judged: Judged) -> dict[str, bytes]:
    """Everything that can be made of one year, whether a run writes it or it was asked for."""
    from pipeline.report import DOCUMENTS, Moment

    nobody = not judged.dataset.rows("nominations")
    skipped = {one.key for one in DOCUMENTS if one.over_years or (nobody and one.moment is Moment.NOMINATIONS)}
    keys = [one.key for one in DOCUMENTS if one.key not in skipped]
    return {name: data for key in keys for name, data in make_document(judged, key).items()}


def _earlier(project: Project) -> tuple[Path, ...]:
    """What last year's figures are read from."""
    from pipeline.reading.previous import read_previous

    year = project.config.year - 1
    workbook, inbox = _previous_workbook(project), project.config.inbox_dir(year)
    if workbook.exists() and read_previous(workbook, year):
        return (workbook,)
    return (inbox,) if inbox.is_dir() else ()


def _frozen_project(config: Config, folder: Path) -> Project:
    """The project of a frozen folder: its own copies of configuration, catalogue and inbox."""
    from pipeline import issuing

    frozen = issuing.frozen_config(config, folder)
    whole = load_catalogue(frozen.catalogue_path, frozen.language)
    return Project(frozen, whole, whole.for_year(frozen.year))


def _text_to_issue(project: Project, document: str, theirs: Path | None, done: Finalized) -> tuple[bytes, Finalized]:
    """The person's text with number and date; a fresh one where nobody changed anything or only figures have changed."""
    from pipeline import issuing

    judged, name, output = done.judged, _name_of_document(document, project), project.config.output_dir()
    own = theirs.read_bytes() if theirs is not None else b""
    if theirs is not None and outputs.known_hashes(output).get(_below(theirs, output)) != files.digest(own):
        now = issuing.read_documents(_every_document(judged))
        comparison = issuing.compare_file(theirs, output, say("run.beside_mark", project.lang), now)
        if comparison.edited or not comparison.outdated:
            data = issuing.sealed(issuing.filled(own, done.issue, theirs.name), name)
            return data, replace(done, edited=theirs, comparison=comparison, left=issuing.unfinished(data, name))
    data = make_document(judged, document, done.issue)[name]
    return data, replace(done, left=issuing.unfinished(data, name))


def _below(path: Path, folder: Path) -> str:
    """A file's name below a folder, its own name elsewhere."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def _facts(done: Finalized, document: str, name: str) -> dict[str, Any]:
    """What the manifest of an issue says besides the files."""
    from pipeline import issuing

    judged, dataset = done.judged, done.judged.dataset
    rows = [one.decision for one in dataset.adjustments if one.applied and one.decision.ruling is Ruling.ISSUE]
    outdated = done.comparison.outdated if done.comparison else ()
    return {
        "phoihop": __version__,
        "year": dataset.year,
        "language": judged.project.lang,
        "config": judged.project.config.file,
        "document": document,
        "file": name,
        "number": done.issue.number,
        "date": str(done.issue.day),
        "frozen_on": str(date.today()),
        "edited": done.edited is not None and bool(done.comparison and done.comparison.edited),
        "accepted": [
            *({"kind": "outdated", **{key: getattr(one, key) for key in ACCEPTED}} for one in outdated),
            *({"kind": kind, "theirs": text} for kind, text in done.left),
        ],
        "issued_without": [{"unit": row.unit, "who": row.who, "when": str(row.when), "why": row.why} for row in rows],
        "catalogue": judged.project.catalogue.version,
        "control_totals": control_totals(dataset),
        "figures": issuing.totals_of(judged.figures),
    }


def issued_of(project: Project) -> tuple[Issued, ...]:
    """What was issued of the year."""
    return _issued_from(project.config.output_dir())


def _issued_from(output: Path) -> tuple[Issued, ...]:
    if not any(output.glob("*/*/manifest.json")):
        return ()
    from pipeline.issuing import issued

    return issued(output)


def since_issued(judged: Judged) -> tuple[tuple[Issued, tuple[tuple[str, str, str], ...]], ...]:
    """Each issue of the year with (code, total as issued, total now) wherever they differ."""
    from pipeline.issuing import changes_since

    return tuple((one, changes_since(one, judged.figures)) for one in issued_of(judged.project))


def verify(
    folder: Path, seal: str = "", quick: bool = False, jobs: int = 1, progress: Progress | None = None
) -> tuple[dict[str, Any], tuple[Flaw, ...]]:
    """The manifest of a frozen folder and every way in which it is not what was frozen; not ``quick``: everything is
    computed again from the frozen inputs and compared. Raises PhoihopError ``not_frozen``.
    """
    from pipeline import issuing

    frozen = issuing.read_frozen(folder)
    flaws = list(issuing.check_files(folder, frozen, seal))
    if frozen and not quick:
        flaws += _recomputed(folder, frozen, jobs, progress)
    return frozen, tuple(flaws)


def _recomputed(folder: Path, frozen: Mapping[str, Any], jobs: int, progress: Progress | None) -> list[Flaw]:
    """What differs when the frozen inputs are judged again, as of the day on which they were frozen."""
    from pipeline import issuing
    from pipeline.reading.previous import read_previous

    year, lang = frozen["year"], frozen["language"]
    try:
        config = load_config(folder / issuing.INPUTS / frozen["config"], year, lang)
        again = judge(_frozen_project(config, folder), (), jobs, progress, date.fromisoformat(frozen["frozen_on"]))
    except PhoihopError as error:
        return [issuing.Flaw("failed", say(f"errors.{error.key}", lang, **error.values))]
    workbook = read_previous(folder / workbook_name(year), year)
    return [
        *issuing.check_controls(frozen, control_totals(again.dataset)),
        *issuing.check_figures(frozen, workbook, again.dataset, again.figures, lang),
    ]
