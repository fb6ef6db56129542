"""The commands: what each does, prints and answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline import run as stages
from pipeline.console import board, findings, issuing, standing, summary, tracing
from pipeline.console import documents as document_screens
from pipeline.console.screen import Screen
from pipeline.errors import PhoihopError
from pipeline.model import Dataset, Severity
from pipeline.text import LANGUAGES

DONE, BLOCKED = 0, 1
diff, finalize, verify = issuing.diff, issuing.finalize, issuing.verify
DEMO_FOLDER = Path("phoihop-dien-tap")


def overview(screen: Screen) -> int:
    """Where this year's work stands, and the next command; reads no workbook."""
    now = stages.standing(screen.project)
    screen.json(standing.standing_json(now, screen.today))
    standing.show_standing(screen, now)
    return DONE


def demo(screen: Screen, folder: Path | None, messy: bool, years: bool = False) -> int:
    """A rehearsal project, made and run."""
    if messy and years:
        raise PhoihopError("demo_messy_and_years")
    target = folder or DEMO_FOLDER
    with screen.progress("progress.demo", screen.lang or LANGUAGES[0]) as progress:
        stages.make_rehearsal(target, screen.lang, messy, progress, years, screen.jobs)
    inside = replace(screen, config_path=target / "config.toml", year=None)
    inside.line("demo.made_years" if years else "demo.made", "bold", folder=screen.shown(target))
    run(inside)
    summary.show_demo_hints(inside, target)
    if years:
        inside.line("demo.try_years")
    return DONE


def templates(screen: Screen, units: Sequence[str]) -> int:
    """One workbook per unit."""
    with screen.progress("progress.templates") as progress:
        written = stages.write_templates(screen.project, units, progress)
    letters = [] if units else stages.write_letters_with_templates(screen.project)
    screen.json([str(path) for path in [*written, *(letter.path for letter in letters)]])
    folder = screen.project.config.templates_dir
    screen.line("templates.written", "bold green", count=str(len(written)), folder=screen.shown(folder))
    for letter in letters:
        screen.line("templates.letter", path=screen.shown(letter.path))
    config = screen.project.config
    screen.line("templates.next", day=config.unit_deadline, inbox=screen.shown(config.inbox_dir()))
    return DONE


def fetch(screen: Screen) -> int:
    """New mail from the mailbox into the inbox."""
    with screen.progress("progress.fetch") as progress:
        fetched = stages.fetch_mail(screen.project, progress)
    screen.json(
        {
            "written": [path.name for path in fetched.written], "skipped": fetched.skipped,
            "too_large": list(fetched.too_large), "unreadable": list(fetched.unreadable),
        }
    )  # fmt: skip
    folder = screen.shown(screen.project.config.inbox_dir())
    screen.line(
        "fetch.done", "bold green", count=str(len(fetched.written)), folder=folder, skipped=str(fetched.skipped)
    )
    for key in ("too_large", "unreadable"):
        for label in getattr(fetched, key):
            screen.line(f"fetch.{key}", "yellow", label=label)
    screen.line("fetch.next")
    return DONE


def check(screen: Screen, paths: Sequence[Path]) -> int:
    """What is wrong, file by file; writes nothing."""
    with screen.progress("progress.reading") as progress:
        dataset = _survey(screen, paths, progress)
    screen.json(findings.findings_json(screen, dataset))
    findings.show_findings(screen, dataset)
    blocking = any(finding.severity is Severity.ERROR for finding in dataset.findings)
    return BLOCKED if blocking or not (paths or dataset.complete) else DONE


def run(screen: Screen) -> int:
    """The whole job."""
    with screen.progress("progress.reading") as progress:
        judged = stages.judge(screen.project, (), screen.jobs, progress)
    written = stages.write_results(judged, screen.jobs)
    screen.json(stages.manifest(judged))
    summary.show_run(screen, judged, written)
    if stages.register_open(screen.project):
        screen.line("register_open", "yellow")
    document_screens.show_late_files(screen, screen.project, screen.project.config.year - 1)
    issuing.show_issued(screen, judged)
    return DONE if judged.complete else BLOCKED


def status(screen: Screen) -> int:
    """Who has sent, who has not, who to call."""
    with screen.progress("progress.reading") as progress:
        dataset = _survey(screen, (), progress)
    screen.json(board.units_json(screen, dataset))
    board.show_units(screen, dataset)
    return DONE if dataset.complete else BLOCKED


def documents(screen: Screen, keys: Sequence[str], first: int | None, last: int | None, edit: bool) -> int:
    """The Word documents: listed, written, or their texts copied for editing."""
    if not keys:
        document_screens.show_documents(screen)
        return DONE
    if edit:
        document_screens.edit_texts(screen, keys)
        return DONE
    return document_screens.write_documents(screen, keys, first, last)


def explain(screen: Screen, code: str, unit: str) -> int:
    """Where a figure comes from."""
    catalogue = screen.project.catalogue
    code = code.upper().removesuffix(".")
    if catalogue.indicator(code) is None and catalogue.base(code) is None:
        raise PhoihopError("unknown_code", given=code, year=str(catalogue.year))
    if unit and catalogue.unit(unit) is None:
        raise PhoihopError("unknown_unit", given=unit, known=", ".join(one.code for one in catalogue.units))
    with screen.progress("progress.reading") as progress:
        judged = stages.judge(screen.project, (), screen.jobs, progress)
    found = tracing.origin(judged, code, unit)
    screen.json(found)
    tracing.show_origin(screen, judged, code, found)
    return DONE


def rules(screen: Screen) -> int:
    """Every rule."""
    from pipeline.validate import rule_rows

    lang = screen.project.lang
    rows = rule_rows(lang, screen.project.catalogue)
    screen.json([{"code": r[0], "severity": r[1], "name": r[2], "next": r[3]} for r in rows])
    findings.show_rules(screen, rows)
    return DONE


def layout(screen: Screen, files: Sequence[Path], form: str) -> int:
    """How Word documents look: every remark, file by file."""
    from pipeline.console import proofs

    seen, refused = proofs.proofread_all(files, form)
    lang = proofs.language(screen)
    screen.json(proofs.proofs_json(seen, refused, lang))
    proofs.show_proofs(screen, seen, lang)
    proofs.show_refused(screen, refused[1:], lang)
    if refused:
        raise refused[0][1]
    return BLOCKED if any(proof.blocked for _, proof in seen) else DONE


def _survey(screen: Screen, paths: Sequence[Path], progress: stages.Progress | None) -> Dataset:
    project = screen.project
    decisions = stages.read_decisions(project)
    submissions = stages.read_inbox(project, paths, screen.jobs, progress, decisions)
    return stages.survey(project, submissions, stages.previous_year(project, jobs=screen.jobs), decisions)
