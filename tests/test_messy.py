"""The messy inbox from end to end: every file ends in its state, no wrong value is counted, no right one is lost."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import rehearsal
from pipeline import run as stages
from pipeline.figures import check_controls
from pipeline.intake.kinds import CONTAINERS
from pipeline.model import Entry, FileOutcome, FileState, Outcome, Relation, UnitState
from pipeline.rehearsal import Sent
from pipeline.rehearsal.slips import REBUILT
from pipeline.run import Judged, Project
from pipeline.templates import render_template

COUNTED, WARNED, PART = FileState.COUNTED, FileState.COUNTED_WITH_WARNINGS, FileState.COUNTED_IN_PART
REPLACED, IDENTICAL, REJECTED = FileState.REPLACED, FileState.IDENTICAL, FileState.REJECTED
EVIDENCE, IGNORED = FileState.NOT_SUBMISSION, FileState.IGNORED
IN_THE_TOTALS = {COUNTED, WARNED, PART}

# Fault -> the state in which its files end, and the codes of all findings on them.
EXPECTED: dict[str, tuple[FileState, str]] = {
    "": (COUNTED, ""),
    "late": (COUNTED, ""),
    # formats
    "typed_readably": (COUNTED, "S27"),
    "copy": (IDENTICAL, ""),
    "saved_again": (IDENTICAL, ""),
    "misnamed": (COUNTED, "T20"),
    "macros": (COUNTED, "M15 T20"),
    "default_password": (COUNTED, "T20"),
    "garbled_name": (COUNTED, "T20"),
    "password": (REPLACED, "T03"),
    "cloud_file": (REPLACED, "T01"),
    "cloud_file_too": (REJECTED, "T01"),
    "rar": (REPLACED, "T02"),
    "csv": (REJECTED, "T02"),
    "numbers": (REJECTED, "T02"),
    "web_page": (REJECTED, "T14"),
    "web_archive": (REJECTED, "T14"),
    "xml_2003": (REJECTED, "T14"),
    "cut_off": (REJECTED, "T01"),
    "empty": (REJECTED, "T01"),
    "broken": (REJECTED, "T01"),
    "unknown": (REJECTED, "T01"),
    "far_cell": (REPLACED, "T05"),
    "other_form": (REJECTED, "T06"),
    "signed_only": (EVIDENCE, "T19"),
    "scan": (EVIDENCE, ""),
    "picture": (EVIDENCE, ""),
    "text": (EVIDENCE, ""),
    "page": (EVIDENCE, ""),
    "system": (IGNORED, ""),
    "signature": (IGNORED, ""),
    # mails and archives
    "mail": (EVIDENCE, ""),
    "mail_alone": (EVIDENCE, "T17"),
    "mail_before": (EVIDENCE, ""),
    "mailbox": (EVIDENCE, ""),
    "archive": (EVIDENCE, ""),
    "forwarded_copy": (IDENTICAL, ""),
    "winmail": (REPLACED, "T16"),
    "unknown_sender": (WARNED, "T18"),
    "neighbours_address": (WARNED, "T18"),
    "locked_archive": (REJECTED, "T15"),
    "nested": (REJECTED, "T15"),
    # whose, which year, which version
    "no_unit": (REJECTED, "T07"),
    "other_name": (REJECTED, "T08"),
    "not_in_register": (REJECTED, "T09"),
    "two_years": (REJECTED, "T10"),
    "last_year": (REPLACED, "T11"),
    "blank": (REJECTED, "M01"),
    "replaced": (REPLACED, ""),
    "undecided": (REJECTED, ""),
    "undecided_too": (REJECTED, "T13"),
    "in_two_parts": (COUNTED, ""),
    "supplement": (COUNTED, ""),
    "contradicted": (COUNTED, ""),
    "contradicting": (REJECTED, "T23"),
    # inside the workbook
    "own_book": (WARNED, "T12 T20"),
    "doubtful": (PART, "B01 B04 K12a S01 S02 S03 S04 S05 S06 S07 S08 S09 S10 S11 S12 S13 S14 S15 S16 S17 S18 S19 S20"),
    "rebuilt": (PART, "H04 H05 H07 M05 M06 M07 M08 M10 M11 M12 M13 S13 S24 S25 S26 S28 T20"),
}
WORKBOOKS = {"xlsx", "xlsm", "xls", "xlsb", "ods", "encrypted"}
OTHER_KINDS = {
    "encrypted", "html_table", "xml2003", "csv", "numbers", "tnef", "archive", "word", "pdf", "image", "html", "text",
    "empty", "damaged", "system", "mail_extra", "unknown",
}  # fmt: skip
# What the unit of doubtful figures typed, cell by cell.
DOUBTFUL = {
    "S01": "CT08.4 CT10.4", "S02": "CT10.5", "S03": "CT07.3 CT07.4", "S04": "CT07.2", "S05": "CT01.1 CT01.2",
    "S06": "CT01.4 CT02.1", "S07": "CT02.3", "S08": "CT02.4", "S09": "CT02.5", "S10": "CT03.2", "S11": "CT03.3",
    "S12": "CT03.4 CT04.1", "S13": "CT04.2", "S14": "CT06.1 CT09.3", "S15": "CT06.3", "S16": "CT08.5", "S17": "CT06.4",
    "S18": "CT07.1", "S19": "CT07.5", "S20": "CT08.3", "B01": "CT09.2", "B04": "CT14.5 CT17.2", "K12a": "CT12.2",
}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The shipped project with last year's inbox in order and this year's still empty."""
    folder = tmp_path_factory.mktemp("messy") / "dien-tap"
    rehearsal.make_project(folder)
    project = stages.open_project(folder / "config.toml")
    before = project.sibling(project.config.year - 1)
    rehearsal.write_previous_inbox(before.config.inbox_dir(), before.catalogue, before.config, render_template)
    return project


def write(project: Project, folder: Path) -> tuple[Sent, ...]:
    previous = stages.previous_year(project)
    return rehearsal.write_messy_inbox(folder, project.whole, project.config, render_template, previous)


@pytest.fixture(scope="module")
def sent(project: Project) -> dict[str, Sent]:
    """Every file of the inbox by its path."""
    files = write(project, project.config.inbox_dir())
    found = {one.path: one for one in files}
    assert len(found) == len(files)
    return found


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def inbox(project: Project, sent: dict[str, Sent]) -> dict[str, bytes]:
    """The bytes of the inbox before anything read it."""
    return bytes_of(project.config.inbox_dir())


@pytest.fixture(scope="module")
def judged(project: Project, inbox: dict[str, bytes]) -> Judged:
    return stages.judge(project)


@pytest.fixture(scope="module")
def outcomes(judged: Judged) -> dict[str, FileOutcome]:
    return {one.source.path: one for one in judged.dataset.files}


def test_every_file_is_found_once(judged: Judged, sent: dict[str, Sent]) -> None:
    found = [one.source.path for one in judged.dataset.files]
    assert len(found) >= 60
    assert Counter(found) == Counter(list(sent))


def test_all_kinds_of_files_are_there(judged: Judged) -> None:
    assert {one.source.kind for one in judged.dataset.files} == WORKBOOKS | CONTAINERS | OTHER_KINDS


@pytest.mark.parametrize("fault", EXPECTED, ids=lambda fault: fault or "clean")
def test_every_fault_ends_in_its_state(
    fault: str, judged: Judged, sent: dict[str, Sent], outcomes: dict[str, FileOutcome]
) -> None:
    paths = [path for path, one in sent.items() if one.fault == fault]
    rules = {path: {one.rule for one in judged.dataset.findings if one.file == path} for path in paths}
    state, codes = EXPECTED[fault]
    assert paths
    assert {path: (outcomes[path].state, " ".join(sorted(rules[path]))) for path in paths} == dict.fromkeys(
        paths, (state, codes)
    )


def test_no_fault_is_left_out(sent: dict[str, Sent]) -> None:
    assert {one.fault for one in sent.values()} == set(EXPECTED)


def test_every_file_and_finding_says_one_sentence(judged: Judged) -> None:
    said = {one.source.path: stages.file_sentence(one, judged.project) for one in judged.dataset.files}
    told = [words for one in judged.dataset.findings for words in stages.describe(one, judged.project)]
    for sentence in (*said.values(), *told):
        assert sentence.strip()
        assert not any(word in sentence for word in ("{", "}", "None", "nan", "Decimal(", "Traceback")), sentence


def test_units_stand_where_they_should(judged: Judged) -> None:
    states = {one.unit: one.state for one in judged.dataset.units}
    assert {code for code, state in states.items() if state is UnitState.MISSING} == {"TT-QS", "TT-BP"}
    assert {code for code, state in states.items() if state is UnitState.WITH_ERRORS} == {
        "TV-845", "TV-848", "BAN-TTNTH", "P-TTBCXB",
    }  # fmt: skip
    assert {code for code, state in states.items() if state is UnitState.LATE} == {"TV-849"}
    assert len(states) == 20


def test_control_totals_hold(judged: Judged, sent: dict[str, Sent]) -> None:
    dataset, controls = judged.dataset, judged.dataset.controls
    check_controls(dataset, judged.figures, judged.project.catalogue)
    assert controls.files_found == len(sent) == sum(controls.files_by_state.values())
    assert controls.files_by_state == Counter(one.state for one in dataset.files)
    assert controls.cells_read == len(dataset.entries) == sum(controls.cells_by_outcome.values())


# ---- the figures ----------------------------------------------------------------------------------------------------


def counted(judged: Judged, sent: dict[str, Sent]) -> list[tuple[Sent, dict[str, Entry]]]:
    """Every file whose values are in the totals, with what became of them."""
    files = [one for one in judged.dataset.files if one.state in IN_THE_TOTALS and one.reason != "supplement"]
    return [
        (sent[one.source.path], {entry.code: entry for entry in judged.dataset.entries if entry.unit == one.unit})
        for one in files
    ]


def test_most_units_are_counted(judged: Judged, sent: dict[str, Sent]) -> None:
    assert len(counted(judged, sent)) == 17


def test_no_wrong_value_is_counted(judged: Judged, sent: dict[str, Sent]) -> None:
    wrong = [
        (one.unit, code, entry.value.raw, entry.amount)
        for one, entries in counted(judged, sent)
        for code, entry in entries.items()
        if entry.relation is not Relation.NOT_APPLICABLE
        and entry.amount is not None
        and entry.amount != Decimal(str(one.truth.get(code)))
    ]
    assert wrong == []


def test_no_right_value_is_lost(judged: Judged, sent: dict[str, Sent]) -> None:
    taken = {Outcome.ACCEPTED, Outcome.CORRECTED}
    lost = [
        (one.unit, code, amount, entries.get(code))
        for one, entries in counted(judged, sent)
        for code, amount in one.truth.items()
        if code not in one.spoiled
        and (code not in entries or entries[code].outcome not in taken or entries[code].amount != Decimal(str(amount)))
    ]
    assert lost == []


def test_nothing_is_taken_from_a_spoiled_cell(judged: Judged, sent: dict[str, Sent]) -> None:
    taken = [
        (one.unit, code, entries[code].value.raw)
        for one, entries in counted(judged, sent)
        for code in one.spoiled
        if code in entries and entries[code].amount is not None
    ]
    assert taken == []


def test_every_doubtful_cell_has_its_one_finding(judged: Judged, sent: dict[str, Sent]) -> None:
    (one,) = (one for one in sent.values() if one.fault == "doubtful")
    found = sorted((f.key, f.rule) for f in judged.dataset.findings if f.file == one.path)
    expected = sorted((code, rule) for rule, codes in DOUBTFUL.items() for code in codes.split())
    assert found == expected
    assert {code for code, _ in expected} == set(one.spoiled)


def test_every_change_of_the_form_has_its_one_finding(judged: Judged, sent: dict[str, Sent]) -> None:
    (one,) = (one for one in sent.values() if one.fault == "rebuilt")
    found = sorted(
        (f.rule, f.key or str(f.values.get("about") or f.values.get("given") or f.values.get("sheet")))
        for f in judged.dataset.findings
        if f.file == one.path and f.rule != "T20"
    )
    assert found == sorted(
        [
            ("H04", "start"), ("H05", "end"), ("H07", "name"), ("S26", "start"),
            ("M05", "CT06.1"), ("M06", "CT06.3"), ("M07", "CT09.3"), ("M07", "CT10.1"), ("M08", "CT17.5"), ("M10", "nominations"),
            ("M11", "10.1"), ("M11", "CT12.9"), ("M12", "245"), ("M12", "đã kiểm tra"), ("M13", "CT17.3"),
            ("S13", "CT04.3"), ("S24", "CT15.1"), ("S24", "CT15.2"), ("S25", "CT13.2"), ("S28", "CT15.3"),
        ]
    )  # fmt: skip
    assert {code for codes in REBUILT.values() for code in codes} == set(one.spoiled)


def test_readable_figures_are_told(judged: Judged, sent: dict[str, Sent]) -> None:
    (one,) = (one for one in sent.values() if one.fault == "typed_readably")
    read = Counter(f.values["reading"] for f in judged.dataset.findings if f.file == one.path)
    assert read == {
        "text_number": 4, "unit_word": 3, "thousands_space": 2, "thousands_dot": 1, "thousands_comma": 1, "leading_zero": 1,
        "money_word": 1, "decimal_text": 1, "none_word": 1,
    }  # fmt: skip


def test_letters_without_a_file_are_told_apart(judged: Judged) -> None:
    told = [(f.unit, f.values["body"]) for f in judged.dataset.findings if f.rule == "T17"]
    assert told == [("TT-BP", "link")]


def test_texts_of_an_old_font_are_in_unicode(judged: Judged) -> None:
    answers = rehearsal.answers_for(judged.project.catalogue.unit("TT-KCQ"), judged.project.catalogue)  # type: ignore[arg-type]
    said = {code: text for code, text in answers.data.items() if isinstance(text, str)}
    assert {text.key: text.value for text in judged.dataset.texts if text.unit == "TT-KCQ" and text.key in said} == said


# ---- untouched, and the same every time -----------------------------------------------------------------------------


def test_the_inbox_is_never_touched(judged: Judged, inbox: dict[str, bytes]) -> None:
    assert bytes_of(judged.project.config.inbox_dir()) == inbox


@pytest.mark.heavy
def test_a_messy_inbox_is_the_same_every_time(
    project: Project, sent: dict[str, Sent], inbox: dict[str, bytes], tmp_path: Path
) -> None:
    again = write(project, tmp_path)
    assert again == tuple(sent.values())
    assert bytes_of(tmp_path) == inbox


def test_several_processes_read_the_same(judged: Judged, project: Project) -> None:
    assert stages.judge(project, jobs=3).dataset == judged.dataset
