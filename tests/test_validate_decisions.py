"""quyet-dinh.xlsx: read, applied, refreshed; D01 to D06, one case that passes and one that does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pipeline import decisions
from pipeline.decisions.labels import parts_of
from pipeline.decisions.layout import COLUMNS, FIRST_ROW, LISTS
from pipeline.errors import PhoihopError
from pipeline.merge import choose, corrected, merge, supplemented
from pipeline.model import (
    CellRef,
    CellState,
    Dataset,
    Decision,
    FileState,
    Finding,
    Outcome,
    Ruling,
    Submission,
    UnitState,
)
from pipeline.text import say
from pipeline.validate import Case, check_all, sentence
from tests.factory import shipped
from tests.judging import DISTRICT, ERROR, NOTE, OTHER, WARNING, clean, reads_well, refused

TODAY = date(2026, 11, 26)
REF = CellRef("quyet-dinh.xlsx", "Quyết định", 5, 1)


def row(ruling: Ruling, number: int = 5, **fields: object) -> Decision:
    signed = {"who": "Trần Văn Minh", "when": TODAY, "why": "Đã gọi điện cho đơn vị"}
    return Decision(replace(REF, row=number), ruling, **{**signed, **fields})  # type: ignore[arg-type]


def judged(submissions: Sequence[Submission], *rows: Decision) -> Dataset:
    """One year as a run decides it."""
    catalogue, config = shipped()
    joined, choice = supplemented(submissions, choose(submissions, catalogue, rows))
    joined = corrected(joined, rows)
    case = Case(joined, catalogue, config, None, choice.counted, choice.undecided, choice.left_out)
    findings = check_all(replace(case, decisions=rows, today=TODAY))
    for finding in findings:
        reads_well(finding, case)
    return merge(joined, choice, findings, catalogue, config, rows)


def found(dataset: Dataset) -> list[str]:
    return [finding.rule for finding in dataset.findings]


def entry(dataset: Dataset, code: str, unit: str = DISTRICT) -> Any:
    return next(one for one in dataset.entries if (one.unit, one.code) == (unit, code))


def sentences(dataset: Dataset) -> list[str]:
    return [sentence(finding, "vi", shipped()[0]) for finding in dataset.findings]


# ---- what each decision does ----------------------------------------------------------------------------------------


def test_a_warning_that_was_accepted_is_a_note_and_counts_no_more() -> None:
    spoiled = clean(TT05=None)
    before = judged([spoiled])
    (told,) = before.findings
    assert (told.severity, before.units[0].state) == (WARNING, UnitState.WITH_WARNINGS)
    after = judged([spoiled], row(Ruling.ACCEPT, unit=DISTRICT, rule=told.rule, code=told.key))
    accepted = next(finding for finding in after.findings if finding.rule == told.rule)
    assert (accepted.severity, accepted.decision, after.units[0].state) == (NOTE, 5, UnitState.COMPLETE)
    assert sentences(after)[0].endswith("Theo quyết định ở dòng 5 của quyet-dinh.xlsx.")


def test_an_accepted_cross_check_lets_its_figure_count() -> None:
    spoiled = clean(CT12__2=Decimal(9))
    before = judged([spoiled])
    assert entry(before, "CT12.2").outcome is Outcome.REFUSED
    rule = next(finding.rule for finding in before.findings if finding.key == "CT12.2")
    after = judged([spoiled], row(Ruling.ACCEPT, unit=DISTRICT, rule=rule.upper(), code="CT12.2"))
    assert (entry(after, "CT12.2").outcome, entry(after, "CT12.2").amount) == (Outcome.ACCEPTED, Decimal(9))


def test_a_cell_without_a_value_cannot_be_accepted() -> None:
    spoiled = refused(clean(), "CT12.2", "khoảng 5", "approximate", "5")
    after = judged([spoiled], row(Ruling.ACCEPT, unit=DISTRICT, rule="S05", code="CT12.2"))
    assert found(after) == ["S05", "D02"]
    assert entry(after, "CT12.2").outcome is Outcome.REFUSED


def test_a_corrected_figure_is_counted_as_corrected_and_keeps_its_raw_text() -> None:
    spoiled = refused(clean(), "CT12.2", "khoảng 1", "approximate", "1")
    after = judged([spoiled], row(Ruling.CORRECT, unit=DISTRICT, code="CT12.2", value=Decimal(1), old="khoảng 1"))
    one = entry(after, "CT12.2")
    assert (one.outcome, one.amount, one.value.raw) == (Outcome.CORRECTED, Decimal(1), "khoảng 1")
    assert after.findings == ()
    assert (after.adjustments[0].applied, after.adjustments[0].old, after.adjustments[0].new) == (True, "khoảng 1", "1")
    assert after.controls.cells_by_outcome[Outcome.CORRECTED] == 1
    assert (after.controls.decisions, after.controls.decisions_applied) == (1, 1)
    assert after.controls.cells_read == sum(after.controls.cells_by_outcome.values())


def test_an_excluded_file_is_not_counted_and_says_by_whom() -> None:
    one = clean()
    after = judged([one], row(Ruling.EXCLUDE, file=one.source.path))
    outcome = after.files[0]
    assert (outcome.state, outcome.reason, outcome.values["who"]) == (FileState.REJECTED, "excluded", "Trần Văn Minh")
    assert after.entries == ()
    assert after.findings == ()


def test_a_chosen_version_counts_where_nothing_else_decides() -> None:
    one, other = clean(path="a/1.xlsx"), clean(path="a/2.xlsx", CT12__4=Decimal(40))
    assert found(judged([one, other])) == ["T13"]
    after = judged([one, other], row(Ruling.VERSION, unit=DISTRICT, file="a/1.xlsx"))
    assert {file.source.path: file.state for file in after.files} == {
        "a/1.xlsx": FileState.COUNTED, "a/2.xlsx": FileState.REPLACED,
    }  # fmt: skip


def test_an_extended_deadline_makes_a_late_unit_punctual() -> None:
    late = clean(path="2026-11-28/TV-842.xlsx")
    late = replace(late, source=replace(late.source, received=date(2026, 11, 28)))
    assert judged([late]).units[0].state is UnitState.LATE
    after = judged([late], row(Ruling.EXTEND, unit=DISTRICT, until=date(2026, 11, 30)))
    assert (after.units[0].state, after.units[0].days_late) == (UnitState.COMPLETE, 0)
    assert (after.adjustments[0].old, after.adjustments[0].new) == ("25/11/2026", "30/11/2026")


def test_a_paused_rule_is_silent_until_its_day_and_says_so() -> None:
    spoiled = clean(CT12__2=Decimal(9))
    rule = judged([spoiled]).findings[0].rule.upper()
    paused = judged([spoiled], row(Ruling.PAUSE, rule=rule, until=date(2026, 12, 1)))
    assert found(paused) == ["D05"]
    assert entry(paused, "CT12.2").outcome is Outcome.ACCEPTED
    lapsed = judged([spoiled], row(Ruling.PAUSE, rule=rule, until=date(2026, 11, 25)))
    assert (found(lapsed)[-1], entry(lapsed, "CT12.2").outcome) == ("D06", Outcome.REFUSED)


def test_a_softened_rule_warns_and_its_figure_counts() -> None:
    spoiled = clean(CT12__2=Decimal(9))
    rule = judged([spoiled]).findings[0].rule
    softened = judged([spoiled], row(Ruling.SOFTEN, rule=rule.upper(), until=date(2026, 12, 1)))
    told = next(finding for finding in softened.findings if finding.rule == rule)
    assert (told.severity, told.held, told.decision) == (WARNING, (), 5)


# ---- D: rows that cannot be used ------------------------------------------------------------------------------------


def only_ruling(dataset: Dataset) -> Finding:
    told = [finding for finding in dataset.findings if finding.rule[0] == "D"]
    assert len(told) == 1
    return told[0]


def usable() -> Decision:
    return row(Ruling.CORRECT, unit=DISTRICT, code="CT12.4", value=Decimal(44), old="43")


@pytest.mark.parametrize("code", ["D01", "D02", "D03", "D04"])
def test_a_good_row_is_ok(code: str) -> None:
    dataset = judged([clean()], usable())
    assert code not in found(dataset)
    assert [one.applied for one in dataset.adjustments] == [True]


def test_D01_error() -> None:
    dataset = judged([clean()], replace(usable(), faults=("no_why", "no_when")))
    told = only_ruling(dataset)
    assert (told.rule, told.severity, told.ref) == ("D01", ERROR, REF)
    assert sentence(told, "vi", shipped()[0]) == (
        "Dòng 5 của sổ quyết định chưa dùng được: thiếu lý do; thiếu ngày quyết định."
    )
    assert (dataset.adjustments[0].applied, dataset.complete) == (False, False)
    assert entry(dataset, "CT12.4").amount == Decimal(43)


@pytest.mark.parametrize(
    "lost",
    [
        row(Ruling.EXCLUDE, file="khong-co.xlsx"),
        row(Ruling.ASSIGN, file="khong-co.xlsx", unit=DISTRICT),
        row(Ruling.VERSION, file="2026-11-24/TV-842.xlsx", unit=OTHER),
        row(Ruling.CORRECT, unit=OTHER, code="CT12.4", value=Decimal(1)),
        row(Ruling.ACCEPT, unit=DISTRICT, rule="K12A", code="CT12.2"),
        row(Ruling.PAUSE, rule="X99", until=date(2026, 12, 1)),
        row(Ruling.PAUSE, rule="T01", until=date(2026, 12, 1)),
    ],
)
def test_D02_error(lost: Decision) -> None:
    assert "D02" in found(judged([clean()], lost))


def test_D03_error() -> None:
    dataset = judged([clean()], replace(usable(), old="khoảng 40"))
    assert found(dataset) == ["D03"]
    assert entry(dataset, "CT12.4").amount == Decimal(43)


def test_D04_error() -> None:
    rows = [replace(usable(), faults=("contradicts",)),
            replace(usable(), ref=replace(REF, row=6), value=Decimal(50), faults=("contradicts",))]  # fmt: skip
    dataset = judged([clean()], *rows)
    assert found(dataset) == ["D04", "D04"]
    assert "Dòng 5 và dòng 6 của sổ quyết định trái nhau" in sentences(dataset)[0]
    assert entry(dataset, "CT12.4").amount == Decimal(43)


def test_D05_ok() -> None:
    assert "D05" not in found(judged([clean()]))


def test_D05_error() -> None:
    dataset = judged([clean()], row(Ruling.SOFTEN, rule="K12A", until=date(2026, 12, 1)))
    assert found(dataset) == ["D05"]
    assert sentences(dataset) == [
        "Chuyển lỗi thành cảnh báo K12A đến hết ngày 01/12/2026, theo quyết định của Trần Văn Minh: Đã gọi điện cho đơn vị."
    ]


def test_D06_ok() -> None:
    assert found(judged([clean()], row(Ruling.SOFTEN, rule="K12A", until=TODAY))) == ["D05"]


def test_D06_error() -> None:
    dataset = judged([clean()], row(Ruling.SOFTEN, rule="K12A", until=date(2026, 11, 25)))
    (told,) = dataset.findings
    assert (told.rule, told.severity, told.ref) == ("D06", NOTE, REF)
    assert sentences(dataset) == ["Quy tắc K12A đã áp dụng lại vì quyết định ở dòng 5 hết hạn ngày 25/11/2026."]


# ---- supplements ----------------------------------------------------------------------------------------------------


def supplement(path: str, day: date, **amounts: object) -> Submission:
    """A file marked "bổ sung" in which only these cells say something."""
    one = clean(path=path)
    kept = {key.replace("__", ".") for key in amounts} | {"TT01", "TT02", "TT11"}
    full = clean(path=path, TT11=True, **amounts)
    values = {
        key: value if key[1] in kept else replace(value, raw="", state=CellState.BLANK, value=None)
        for key, value in full.values.items()
    }
    return replace(one, values=values, records=(), source=replace(one.source, received=day))


def test_a_supplement_fills_blank_cells_and_each_keeps_its_own_address() -> None:
    base = clean(CT13__4=None)
    after = judged([base, supplement("2026-11-25/bs.xlsx", date(2026, 11, 25), CT13__4=Decimal(5))])
    one = entry(after, "CT13.4")
    assert (one.amount, one.value.ref.file) == (Decimal(5), "2026-11-25/bs.xlsx")
    assert entry(after, "CT12.4").value.ref.file == base.source.path
    assert {file.source.path: (file.state, file.reason) for file in after.files} == {
        base.source.path: (FileState.COUNTED, "counted"),
        "2026-11-25/bs.xlsx": (FileState.COUNTED, "supplement"),
    }
    assert after.findings == ()


def test_a_supplement_that_contradicts_is_not_counted() -> None:
    base = clean()
    after = judged([base, supplement("2026-11-25/bs.xlsx", date(2026, 11, 25), CT12__4=Decimal(99))])
    assert (found(after), entry(after, "CT12.4").amount) == (["T23"], Decimal(43))
    assert after.files[1].state is FileState.REJECTED


# ---- the file -------------------------------------------------------------------------------------------------------


def fill(path: Path, *rows: dict[str, object]) -> None:
    """Type rows into the register as a person would."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    keys = [column.key for column in COLUMNS]
    for number, fields in enumerate(rows, start=FIRST_ROW):
        for key, content in fields.items():
            sheet.cell(number, keys.index(key) + 1).value = content  # type: ignore[assignment]
    book.save(path)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    catalogue, _ = shipped()
    path = tmp_path / decisions.NAME
    data = decisions.refreshed(
        path, catalogue, "vi", ["S05 · TV-842 · CT12.2 · khoảng 5 · a.xlsx"], ["a.xlsx"], ["S05"]
    )
    assert data is not None
    path.write_bytes(data)
    return path


SIGNED = {"who": "Minh", "when": datetime(2026, 11, 26), "why": "Điện thoại"}


def test_an_empty_register_holds_no_decision(register: Path) -> None:
    assert decisions.read_decisions(register, shipped()[0]) == ()
    assert decisions.read_decisions(register.with_name("khong-co.xlsx"), shipped()[0]) == ()


def test_picking_a_finding_saves_typing_unit_file_code_and_old_value(register: Path) -> None:
    label = "S05 · TV-842 · CT12.2 · khoảng 5 · a.xlsx"
    fill(register, {"ruling": "Sửa số liệu", "finding": label, "value": 5, **SIGNED})
    (one,) = decisions.read_decisions(register, shipped()[0])
    assert (one.ruling, one.unit, one.code, one.old, one.value) == (
        Ruling.CORRECT, "TV-842", "CT12.2", "khoảng 5", Decimal(5),
    )  # fmt: skip
    assert (one.ref.place, one.faults, one.when) == ("Quyết định!A5", (), date(2026, 11, 26))


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"ruling": "Sửa số liệu", "unit": "TV-842", "code": "CT12.2", "value": 5}, ("no_who", "no_when", "no_why")),
        ({"ruling": "Xóa", **SIGNED}, ("no_ruling",)),
        ({"ruling": "Sửa số liệu", "unit": "Huyện X", "code": "CT12.2", "value": 5, **SIGNED}, ("unknown_unit",)),
        ({"ruling": "Sửa số liệu", "unit": "TV-842", "code": "CT99.2", "value": 5, **SIGNED}, ("unknown_code",)),
        ({"ruling": "Sửa số liệu", "unit": "TV-842", "code": "CT12.2", "value": "khoảng 5", **SIGNED}, ("bad_value",)),
        ({"ruling": "Gia hạn cho đơn vị", "unit": "TV-842", "until": "30.13.2026", **SIGNED}, ("bad_date",)),
        ({"ruling": "Bỏ tệp, không tính", **SIGNED}, ("no_file",)),
        ({"ruling": "Chấp nhận phát hiện", "rule": "K12a", **SIGNED}, ("no_unit",)),
    ],
)
def test_a_row_that_cannot_be_used_says_why(register: Path, fields: dict[str, object], faults: tuple[str, ...]) -> None:
    fill(register, fields)
    (one,) = decisions.read_decisions(register, shipped()[0])
    assert one.faults == faults
    assert all(say(f"rules.fault.{fault}", lang) for fault in faults for lang in ("vi", "en"))


@pytest.mark.parametrize(
    ("typed", "value"),
    [(1200, Decimal(1200)), ("1.200", Decimal(1200)), ("12,5", Decimal("12.5")), ("Có", True), ("Không", False),
     ("1,200.5", None), (-3, None)],
)  # fmt: skip
def test_a_correct_value_has_one_reading_or_none(register: Path, typed: object, value: object) -> None:
    fill(
        register,
        {"ruling": "Sửa số liệu", "unit": "TV-842 Thành đoàn Trà Vinh", "code": "CT12.2", "value": typed, **SIGNED},
    )
    (one,) = decisions.read_decisions(register, shipped()[0])
    assert (one.value, one.unit) == (value, "TV-842")


def test_two_rows_that_contradict_each_other_are_both_marked(register: Path) -> None:
    fields = {"ruling": "Sửa số liệu", "unit": "TV-842", "code": "CT12.2", **SIGNED}
    fill(register, {**fields, "value": 5}, {**fields, "value": 6}, {**fields, "code": "CT12.4", "value": 6})
    read = decisions.read_decisions(register, shipped()[0])
    assert [one.faults for one in read] == [("contradicts",), ("contradicts",), ()]


def test_rows_that_a_person_wrote_survive_a_refresh(register: Path) -> None:
    catalogue, _ = shipped()
    fill(register, {"ruling": "Sửa số liệu", "unit": "TV-842", "code": "CT12.2", "value": 5, **SIGNED})
    book = load_workbook(register)
    book.worksheets[0]["P3"] = "ghi thêm"
    book.create_sheet("Nháp")["A1"] = "=1+1"
    book.save(register)
    data = decisions.refreshed(register, catalogue, "vi", ["mới"], ["b.xlsx"], ["S05"])
    assert data is not None
    register.write_bytes(data)
    again = load_workbook(register)
    assert (again.worksheets[0]["P3"].value, again["Nháp"]["A1"].value) == ("ghi thêm", "=1+1")
    assert [cell.value for cell in again[LISTS]["B"] if cell.value] == ["mới"]
    (one,) = decisions.read_decisions(register, catalogue)
    assert one.value == Decimal(5)
    assert decisions.refreshed(register, catalogue, "vi", ["mới"], ["b.xlsx"], ["S05"]) is None


def test_a_register_with_a_picture_in_it_is_left_alone(register: Path) -> None:
    from zipfile import ZipFile

    with ZipFile(register, "a") as package:
        package.writestr("xl/media/image1.png", b"chu ky")
    before = register.read_bytes()
    assert decisions.refreshed(register, shipped()[0], "vi", ["mới"], [], []) is None
    assert register.read_bytes() == before


def test_a_damaged_register_stops_the_run_and_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / decisions.NAME
    path.write_bytes(b"PK hong")
    with pytest.raises(PhoihopError) as caught:
        decisions.read_decisions(path, shipped()[0])
    assert caught.value.key == "decisions_unreadable"
    assert path.read_bytes() == b"PK hong"


def test_a_register_without_headings_stops_the_run(register: Path) -> None:
    book = load_workbook(register)
    book.worksheets[0].delete_rows(4)
    book.save(register)
    with pytest.raises(PhoihopError) as caught:
        decisions.read_decisions(register, shipped()[0])
    assert caught.value.key == "decisions_layout"


def test_a_label_is_read_back_as_it_was_written() -> None:
    given = {"given": "khoảng · 5"}
    label = decisions.label_of(Finding("S05", ERROR, "a/b · c.xlsx", DISTRICT, None, "CT12.2", given))
    assert parts_of(label) == {
        "rule": "S05",
        "unit": DISTRICT,
        "code": "CT12.2",
        "old": "khoảng 5",
        "file": "a/b c.xlsx",
    }
    assert parts_of("gõ tay") == {}
