"""What is put together for one unit: the marked workbook where there is something to correct, a mail, a message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.catalogue import Catalogue, Unit
from pipeline.config import Config
from pipeline.model import (
    CellRef,
    Dataset,
    Entry,
    FileOutcome,
    FileState,
    Finding,
    Severity,
    Submission,
    UnitOutcome,
)
from pipeline.returns.letters import Letter, as_mail, as_message, correction_letter, reminder_letter, thanks_letter
from pipeline.returns.marking import UnfaithfulError, marked_copy
from pipeline.returns.verdict import Line, Verdict, findings_workbook
from pipeline.text import say, short_date

Describe = Callable[[Finding], tuple[str, str]]
ExplainFile = Callable[[FileOutcome], str]

MARKABLE = {"xlsx", "xlsm"}
LONGEST = 60
SUPERSEDED = {FileState.REPLACED, FileState.IDENTICAL}
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('<>:"/\\|?*', " "))


@dataclass(frozen=True, slots=True)
class Answer:
    """The files for one unit: ``folder`` is a name that Windows accepts, ``files`` name -> content."""

    folder: str
    files: Mapping[str, bytes]


def build_answer(
    unit: Unit,
    outcome: UnitOutcome,
    dataset: Dataset,
    submission: Submission,
    catalogue: Catalogue,
    config: Config,
    describe: Describe,
    explain_file: ExplainFile,
    today: date,
    mark: bool = True,
) -> Answer:
    """The answer to a unit that sent a workbook: thanks, or its workbook marked and a letter that asks to correct it.

    ``mark``: False where marking it was tried and took more time or memory than it may.
    """
    lang = config.language
    verdict = _verdict(unit, dataset, submission, catalogue, config, describe, explain_file)
    if not verdict.to_correct:
        letter = thanks_letter(unit, outcome, verdict, config)
        return _answer(unit, {}, letter, config, today)
    name, data = _workbook(unit, submission, verdict, lang, mark)
    letter = correction_letter(unit, outcome, verdict, config, today, name)
    return _answer(unit, {name: data}, letter, config, today)


def build_reminder(unit: Unit, outcome: UnitOutcome, config: Config, today: date) -> Answer:
    """The reminder to a unit that has sent no workbook."""
    return _answer(unit, {}, reminder_letter(unit, outcome, config, today), config, today, "reminder")


def _answer(
    unit: Unit, files: Mapping[str, bytes], letter: Letter, config: Config, today: date, mail: str = "mail"
) -> Answer:
    folder = " ".join(f"{unit.code} {unit.name}".translate(_NOT_IN_NAMES).split())[:LONGEST].rstrip(". ")
    lang = config.language
    written = {
        say(f"returns.file.{mail}", lang): as_mail(letter, unit, config, files, today),
        say("returns.file.message", lang): as_message(letter),
    }
    return Answer(folder, {**files, **written})


def _workbook(unit: Unit, submission: Submission, verdict: Verdict, lang: str, mark: bool) -> tuple[str, bytes]:
    """The unit's own workbook, marked; where that cannot be done faithfully, a workbook of findings that says so."""
    reason, ending = _why_unmarked(submission, mark), submission.source.kind
    if not reason:
        try:
            data = marked_copy(submission.source.data, ending, verdict, lang)
            return say("returns.file.marked", lang, code=unit.code, ending=ending), data
        except UnfaithfulError as error:
            reason = error.reason
    why = "" if verdict.refused and reason != "unread" else say(f"returns.unmarked.{reason}", lang)
    told = findings_workbook(verdict, lang, why)
    return say("returns.file.findings", lang, code=unit.code), told


def _why_unmarked(submission: Submission, mark: bool) -> str:
    """Why a workbook is not even opened for marking: a key below ``returns.unmarked``; "" when it is."""
    if submission.failure:
        return "unread"
    if submission.source.kind not in MARKABLE:
        return "format"
    return "" if mark else "unreadable"


def _verdict(
    unit: Unit,
    dataset: Dataset,
    submission: Submission,
    catalogue: Catalogue,
    config: Config,
    describe: Describe,
    explain_file: ExplainFile,
) -> Verdict:
    source = submission.source
    gone = {one.source.path for one in dataset.files if one.state in SUPERSEDED}
    own = [
        one
        for one in dataset.findings
        if one.file == source.path or (one.unit == unit.code and one.file not in gone and _of_unit(one))
    ]
    told = sorted((one for one in own if one.severity is not Severity.NOTE), key=_order)
    file = next((one for one in dataset.files if one.source.path == source.path), None)
    return Verdict(
        unit=unit,
        file=source.path,
        received=short_date(source.received) if source.received else "",
        sha256=source.sha256,
        state=explain_file(file) if file is not None else "",
        lines=tuple(Line(one, *describe(one)) for one in told),
        totals=tuple(_totals(unit, dataset)),
        names=_names(catalogue),
        year=config.year,
        refused=file is not None and file.state is FileState.REJECTED,
    )


def _order(finding: Finding) -> tuple[bool, CellRef]:
    """Errors first; what concerns the whole file, then sheet by sheet from top to bottom."""
    return finding.severity is not Severity.ERROR, finding.ref or CellRef("", "", 0, 0)


def _names(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    indicators = {one.code: (one.name, one.unit_of_measure) for one in catalogue.indicators}
    return indicators | {one.code: (one.name, one.unit_of_measure) for one in catalogue.bases}


def _of_unit(finding: Finding) -> bool:
    """Findings on other living files of the unit, such as a supplement; the officer's own register is not the unit's concern."""
    return finding.rule[0] != "D"


def _totals(unit: Unit, dataset: Dataset) -> list[Entry]:
    return [entry for entry in dataset.entries if entry.unit == unit.code and entry.amount is not None]
