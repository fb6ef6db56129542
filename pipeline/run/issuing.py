"""After the report: people's edits compared, a document issued and frozen, a frozen folder proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.catalogue import load as load_catalogue
from pipeline.config import Config
from pipeline.config import load as load_config
from pipeline.errors import PhoihopError
from pipeline.model import Issue, Ruling
from pipeline.run.documents import build_period_totals, document_rows, known_document, make_document, material_of
from pipeline.run.judging import Judged, issued_of, judge, sources_of
from pipeline.run.project import Progress, Project, workbook_name
from pipeline.run.writing import build_totals, control_totals
from pipeline.run.years import over_years, sources_of_years
from pipeline.text import say, short_date

if TYPE_CHECKING:
    from pipeline.issuing import Comparison, Flaw, Issued
    from pipeline.report import Document

# What the manifest of an issue tells of each outdated place that was let pass.
ACCEPTED = ("table", "row", "column", "theirs", "now")


def compare_edited(
    project: Project, file: Path | None = None, jobs: int = 1, progress: Progress | None = None
) -> tuple[Comparison, ...]:
    """Each document that a person changed (or the given one), against what was generated and what would be now.

    A letter that finds nobody any more, or another year's document, is compared with nothing.
    """
    from pipeline import issuing

    output, mark = project.config.output_dir(), _beside_mark(project)
    if file is not None and not file.is_file():
        raise PhoihopError("path_missing", path=str(file))
    names = {name for _, name, _ in document_rows(project)}
    paths = (file,) if file is not None else issuing.edited_below(output, names, mark)
    if not paths:
        return ()
    judged = judge(project, (), jobs, progress)
    wanted = [issuing.name_of(path, path.read_bytes(), output, mark) for path in paths]
    now = issuing.read_documents(_every_document(judged, wanted, jobs))
    return tuple(
        issuing.compare_file(path, output, mark, now)
        if file is not None or name in now
        else issuing.Comparison(str(path), name, edited=True, known=True, current=False)
        for path, name in zip(paths, wanted, strict=True)
    )


def _every_document(judged: Judged, wanted: Sequence[str] = (), jobs: int = 1) -> dict[str, bytes]:
    """Everything that can be made of one year, whether a run writes it or it was asked for; of the reports over several
    years those that are ``wanted``, by their names.
    """
    from pipeline.report import DOCUMENTS

    material, year = material_of(judged), judged.dataset.year
    stems = tuple(PurePosixPath(one.named(year, (year, year))).stem for one in DOCUMENTS)
    asked = [one for one, stem in zip(DOCUMENTS, stems, strict=True) if any(stem in name for name in wanted)]
    possible = [one for one in asked or DOCUMENTS if not one.over_years and not one.lacks(material)]
    made = {name: data for one in possible for name, data in make_document(judged, one.key).items()}
    for document, (first, last) in {(one, span) for one in DOCUMENTS for name in wanted if (span := one.span_of(name))}:
        if last == judged.dataset.year:
            made |= make_document(over_years(judged, first, jobs), document.key)
    return made


def _beside_mark(project: Project) -> str:
    return say("run.beside_mark", project.lang)


@dataclass(frozen=True)
class Later:
    """An issue and the present figures: (code, total as issued, total now) wherever they differ; ``reworded``: the document
    would say something else now, though the totals may be the same.
    """

    issued: Issued
    totals: tuple[tuple[str, str, str], ...] = ()
    reworded: bool = False


@dataclass(frozen=True)
class Finalized:
    """What came of issuing a document.

    ``refused``: "" or why nothing was frozen: "incomplete" (units or files block), "stale" (nobody edited what lies there,
    and it would read otherwise now: ``comparison`` tells how, ``command`` makes it anew), "aside" (texts lie beside it that
    nothing reads), "outdated" (``comparison`` tells what), "taken" (the number is that of other documents), "unfinished"
    (``left`` tells what). ``edited``: the person's file whose text was taken, None for none.
    """

    judged: Judged
    issue: Issue
    folder: Path
    refused: str = ""
    seal: str = ""
    edited: Path | None = None
    comparison: Comparison | None = None
    left: tuple[tuple[str, str], ...] = ()
    aside: tuple[Path, ...] = ()
    taken: tuple[Issued, ...] = ()
    command: str = ""

    @property
    def objection(self) -> str:
        """What is against it and can be let pass, "" for nothing."""
        outdated = self.comparison is not None and bool(self.comparison.outdated)
        against = {"aside": self.aside, "outdated": outdated, "taken": self.taken, "unfinished": self.left}
        return next((kind for kind, found in against.items() if found), "")


def finalize(
    project: Project,
    number: str,
    day: str,
    document: str = "annual",
    file: Path | None = None,
    as_is: bool = False,
    first: int | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Finalized:
    """Number, date and freeze: everything is copied first, and the issue is made of the copies.

    ``as_is``: issue a text although it holds outdated figures or unfinished places, its number is that of another document,
    or texts lie beside it that nothing reads; the manifest lists them all. A document that nobody edited is issued only
    while it says what the present figures give. ``first``: where a report over several years begins, by default with the
    programme. Raises PhoihopError for a wrong number or date, an issue that is there already, a document that was never
    made (``issue_absent``), or a text that cannot be filled in.
    """
    from pipeline import issuing
    from pipeline.report import states_figures

    config, own = project.config, known_document(document)
    first = first or config.programme.first_year
    issue, name = issuing.issue_of(number, day, config.year), _name_to_issue(project, own, file, first)
    theirs = issuing.version_to_issue(config.output_dir(), name, _beside_mark(project), file)
    final = issuing.issue_folder(config.output_dir(), name, issue)
    with issuing.Workshop(final) as shop:
        shop.copy_inputs(config, _earlier(project, own, first))
        judged = judge(_frozen_project(config, shop.folder), (), jobs, progress)
        judged = over_years(judged, first, jobs, progress) if own.over_years else judged
        aside = texts_aside(project, (name,)) if file is None else ()
        done = Finalized(judged, issue, final, aside=aside, command=_command_for(own, first))
        told = states_figures(own, material_of(judged))
        if told and issue.day is not None and issue.day < config.cutoff:
            raise PhoihopError("issue_before_cutoff", given=day, cutoff=short_date(config.cutoff))
        if told and not judged.complete:
            return replace(done, refused="incomplete")
        data, done = _text_to_issue(project, own, name, theirs, done)
        if done.refused or (done.objection and not as_is):
            return replace(done, refused=done.refused or done.objection)
        shop.write(name, data)
        shop.write(workbook_name(config.year), build_totals(judged))
        for workbook, content in build_period_totals(project, judged.period).items() if judged.period else ():
            shop.write(workbook, content)
        return replace(
            done, seal=shop.finish({**_facts(done, own, name), "content": _content(judged, own, issue, name)})
        )


def texts_aside(project: Project, wanted: Sequence[str] = ()) -> tuple[Path, ...]:
    """Texts beside the generated documents ``wanted`` (by default all) that no command reads, such as copies saved as .odt."""
    from pipeline import issuing

    known = {name for _, name, _ in document_rows(project)} | set(wanted)
    return issuing.texts_aside(project.config.output_dir(), wanted or known, known, _beside_mark(project))


def _command_for(document: Document, first: int) -> str:
    """What makes a document anew."""
    if document.over_years:
        return f"phoihop documents {document.key} --from {first}"
    return "phoihop run" if document.of_run else f"phoihop documents {document.key}"


def _name_to_issue(project: Project, document: Document, file: Path | None, first: int) -> str:
    """The output that is issued. Raises PhoihopError ``issue_which`` for letters to each unit without ``file``."""
    from pipeline import issuing

    year, output = project.config.year, project.config.output_dir()
    name = document.named(year, (first, year))
    if not document.one_each(project.config):
        return name
    if file is None or not file.is_file():
        raise PhoihopError("issue_which", file=name)
    return issuing.name_of(file, file.read_bytes(), output, _beside_mark(project))


def _earlier(project: Project, document: Document, first: int) -> tuple[tuple[int, Path], ...]:
    """What earlier years' figures are read from: (year, its workbook or inbox)."""
    if document.over_years:
        return tuple(sources_of_years(project, first))
    year = project.config.year - 1
    return tuple((year, path) for path in sources_of(project.sibling(year)))


def _frozen_project(config: Config, folder: Path) -> Project:
    """The project of a frozen folder: its own copies of configuration, catalogue and inbox."""
    from pipeline import issuing

    frozen = issuing.frozen_config(config, folder)
    whole = load_catalogue(frozen.catalogue_path, frozen.language)
    return Project(frozen, whole, whole.for_year(frozen.year), frozen=True)


def _text_to_issue(
    project: Project, document: Document, name: str, theirs: Path | None, done: Finalized
) -> tuple[bytes, Finalized]:
    """The person's text with number and date; a fresh one where nobody changed anything and it would say the same.

    An unedited one that would say something else now is refused as "stale". Raises PhoihopError ``issue_absent``.
    """
    from pipeline import issuing

    now = issuing.read_documents(make_document(done.judged, document.key))
    if name not in now:
        raise PhoihopError("issue_which", file=name)
    if theirs is None:
        raise PhoihopError("issue_absent", file=name, command=done.command)
    comparison = issuing.compare_file(theirs, project.config.output_dir(), _beside_mark(project), now, name)
    if not comparison.edited and comparison.differences:
        return b"", replace(done, refused="stale", comparison=comparison)
    if comparison.edited:
        data = issuing.sealed(issuing.filled(theirs.read_bytes(), done.issue, theirs.name), name)
        done = replace(done, edited=theirs, comparison=comparison)
    else:
        data = make_document(done.judged, document.key, done.issue)[name]
    left = issuing.unfinished(data, name, issuing.prompts_of(now[name]))
    return data, replace(done, left=left, taken=_taken(project, name, data, done.issue))


def _taken(project: Project, name: str, data: bytes, issue: Issue) -> tuple[Issued, ...]:
    """Other documents that went out in the same year with the same number and symbol: numbers run for each kind of document
    of an agency, and for a calendar year.
    """
    from pipeline import issuing

    assert issue.day is not None
    symbol, year = issuing.symbol_of(data, name), project.config.year
    earlier = [one for of in (year - 1, year, year + 1) for one in issued_of(project.sibling(of))]
    same = [one for one in earlier if one.number == issue.number and one.day.year == issue.day.year]
    paths = [(one, one.folder / one.name) for one in same]
    return tuple(
        one for one, path in paths if path.is_file() and issuing.symbol_of(path.read_bytes(), path.name) == symbol
    )


def _content(judged: Judged, document: Document, issue: Issue, name: str) -> str:
    """The hash of what would be issued if nobody had written anything: later runs are compared with it."""
    from pipeline import issuing

    seal = issuing.seal_of(make_document(judged, document.key, issue)[name])
    assert seal is not None
    return seal.content


def _facts(done: Finalized, document: Document, name: str) -> dict[str, Any]:
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
        "document": document.key,
        "file": name,
        "number": done.issue.number,
        "date": str(done.issue.day),
        "frozen_on": str(date.today()),
        "edited": done.edited is not None and bool(done.comparison and done.comparison.edited),
        "accepted": [
            *({"kind": "outdated", **{key: getattr(one, key) for key in ACCEPTED}} for one in outdated),
            *({"kind": kind, "theirs": text} for kind, text in done.left),
            *({"kind": "taken", "theirs": f"{one.number}, {one.day}: {one.name}"} for one in done.taken),
            *({"kind": "aside", "theirs": path.name} for path in done.aside),
        ],
        "issued_without": [{"unit": row.unit, "who": row.who, "when": str(row.when), "why": row.why} for row in rows],
        "catalogue": judged.project.catalogue.version,
        "control_totals": control_totals(dataset),
        "figures": issuing.totals_of(judged.figures),
        "period": _period_facts(judged),
    }


def _period_facts(judged: Judged) -> dict[str, Any] | None:
    """The figures of several years, as the manifest of an issue keeps them."""
    from pipeline import issuing

    period = judged.period
    return {"first": period.first, "figures": issuing.totals_of(period)} if period else None


def since_issued(judged: Judged, jobs: int = 1) -> tuple[Later, ...]:
    """Each issue of the year with what is different now."""
    return tuple(_later(one, judged, jobs) for one in issued_of(judged.project))


def _later(one: Issued, judged: Judged, jobs: int) -> Later:
    """What an issue would be like now; letters go out once, and nothing is asked of them later."""
    from pipeline.issuing import changes_since, seal_of

    try:
        document = known_document(one.document)
    except PhoihopError:
        return Later(one)
    if document.letter or document.lacks(material_of(judged)):
        return Later(one)
    if document.over_years and one.first:
        judged = over_years(judged, one.first, jobs)
    made = make_document(judged, document.key, Issue(one.number, one.day, draft=False))
    seal = seal_of(made[one.name]) if one.name in made else None
    # Another version of the program may use other words for the same figures.
    same = one.version != __version__ or (seal is not None and seal.content == one.content)
    return Later(one, changes_since(one, judged.figures), not same)


def verify(
    folder: Path, seal: str = "", quick: bool = False, jobs: int = 1, progress: Progress | None = None
) -> tuple[dict[str, Any], tuple[Flaw, ...]]:
    """The manifest of a frozen folder and every way in which it is not what was frozen; not ``quick``: everything is
    computed again from the frozen inputs and compared. Raises PhoihopError ``not_frozen``.
    """
    from pipeline import issuing

    frozen = issuing.read_frozen(folder)
    try:
        flaws = list(issuing.check_files(folder, frozen, seal))
        if frozen and not quick:
            flaws += _recomputed(folder, frozen, jobs, progress)
    except (KeyError, TypeError, ValueError, AttributeError):
        # A manifest that somebody changed by hand may have any shape.
        flaws = [issuing.Flaw("manifest", issuing.MANIFEST)]
    return frozen, tuple(flaws)


def _recomputed(folder: Path, frozen: Mapping[str, Any], jobs: int, progress: Progress | None) -> list[Flaw]:
    """What differs when the frozen inputs are judged again, as of the day on which they were frozen."""
    from pipeline import issuing
    from pipeline.reading.previous import read_previous

    year, lang = frozen["year"], frozen["language"]
    try:
        config = load_config(folder / issuing.INPUTS / frozen["config"], year, lang)
        day = date.fromisoformat(frozen["frozen_on"])
        again = judge(_frozen_project(config, folder), (), jobs, progress, day)
        if frozen.get("period"):
            again = over_years(again, frozen["period"]["first"], jobs, progress, day)
    except PhoihopError as error:
        return [issuing.Flaw("failed", say(f"errors.{error.key}", lang, **error.values))]
    workbook = read_previous(folder / workbook_name(year), year)
    return [
        *issuing.check_controls(frozen, control_totals(again.dataset)),
        *issuing.check_figures(frozen, workbook, again.dataset, again.figures, lang),
        *issuing.check_period(frozen.get("period"), again.period),
        *issuing.check_document(folder, frozen, lambda issue: make_document(again, frozen["document"], issue)),
    ]
