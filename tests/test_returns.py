"""The answer to each unit: its own workbook with marks and nothing else changed, a mail, a message."""

from __future__ import annotations

import email
import email.policy
import os
import re
import sys
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from pipeline import run as stages
from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.intake.finding import source_of
from pipeline.model import CellRef, Dataset, Decision, Mail, Ruling, Severity, Submission, UnitState
from pipeline.reading import read_submission
from pipeline.rehearsal import answers_for
from pipeline.returns import Answer, build_answer, build_reminder
from pipeline.returns.marking import contents
from pipeline.templates import render_template
from tests.conftest import Convert
from tests.factory import ROOT

UNIT = "TV-844"
TODAY = date(2026, 11, 20)
PATH = "2026-11-19/Biểu Càng Long.xlsx"
# What the careless unit typed, and the place of each.
SPOILED = {"CT02.3": "khoảng 500", "CT03.2": 1.2, "CT08.1": None, "CT12.2": 99, "CT04.1": datetime(2026, 5, 12)}
VERDICT = "Kết quả kiểm tra"


@pytest.fixture(scope="module")
def project() -> stages.Project:
    return stages.open_project(ROOT / "config.toml")


@pytest.fixture(scope="module")
def filled(catalogue: Catalogue, config: Config) -> bytes:
    unit = catalogue.unit(UNIT)
    assert unit is not None
    return render_template(catalogue, config, unit, None, answers_for(unit, catalogue))


def edited(data: bytes, change: Callable[[Any], object]) -> bytes:
    """The workbook after a person's changes, saved with the results of its formulas."""
    book = load_workbook(BytesIO(data))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def place(book: Any, code: str) -> str:
    return f"E{next(cell.row for cell in book['Số liệu']['A'] if cell.value == code)}"


def typed(values: dict[str, Any]) -> Callable[[Any], object]:
    def change(book: Any) -> None:
        for code, value in values.items():
            cell = book["Số liệu"][place(book, code)]
            cell.value = value
            # The step for a date says: set the format back to Number.
            cell.number_format = "dd/mm/yyyy" if isinstance(value, datetime) else "#,##0"

    return change


@pytest.fixture(scope="module")
def spoiled(filled: bytes) -> bytes:
    return edited(filled, typed(SPOILED))


def judged(project: stages.Project, data: bytes, path: str = PATH) -> tuple[Submission, Dataset]:
    submission = read_submission(source_of(path, data), project.catalogue)
    return submission, stages.survey(project, (submission,), None)


def answer(project: stages.Project, data: bytes, path: str = PATH) -> tuple[Answer, Dataset]:
    submission, dataset = judged(project, data, path)
    unit = project.catalogue.unit(UNIT)
    outcome = next(one for one in dataset.units if one.unit == UNIT)
    assert unit is not None
    made = build_answer(
        unit, outcome, dataset, submission, project.catalogue, project.config,
        lambda finding: stages.describe_to_unit(finding, project), lambda file: stages.file_sentence(file, project), TODAY,
    )  # fmt: skip
    return made, dataset


@pytest.fixture(scope="module")
def marked(project: stages.Project, spoiled: bytes) -> Answer:
    return answer(project, spoiled)[0]


def workbook(made: Answer) -> Any:
    (data,) = (data for name, data in made.files.items() if name.endswith((".xlsx", ".xlsm")))
    return load_workbook(BytesIO(data))


def colours(page: Any) -> dict[str, str]:
    return {
        str(area.sqref): rule.dxf.fill.bgColor.rgb
        for area in page.conditional_formatting
        for rule in area.rules
        if "phoihop" in str(rule.formula)
    }


# ---- the marked copy ------------------------------------------------------------------------------------------------


def test_the_answer_is_a_folder_with_a_workbook_a_mail_and_a_message(marked: Answer) -> None:
    assert marked.folder == "TV-844 Huyện đoàn Càng Long"
    assert sorted(marked.files) == ["TV-844 - cần sửa.xlsx", "thu-tra-loi.eml", "tin-nhan.txt"]


def test_wrong_cells_are_red_and_say_what_to_type(marked: Answer, project: stages.Project, spoiled: bytes) -> None:
    book = workbook(marked)
    page = book["Số liệu"]
    wrong = {place(book, code) for code in SPOILED}
    _, dataset = judged(project, spoiled)
    errors = {one.ref.address for one in dataset.findings if one.ref and one.severity is Severity.ERROR}
    assert wrong <= errors
    found = colours(page)
    assert {cell for cell, colour in found.items() if colour == "FFF4B6AE"} == errors
    note = page[place(book, "CT02.3")].comment
    assert (note.author, note.text) == (
        "phoihop",
        "― phoihop ―\nCT02.3: “khoảng 500” là số ước chừng.\n→ Gõ con số chính xác. Có phải là 500 không?",
    )
    assert "Gõ con số; không có thì ghi 0." in page[place(book, "CT08.1")].comment.text


def test_a_mark_goes_when_the_content_is_changed(marked: Answer) -> None:
    book = workbook(marked)
    page = book["Số liệu"]
    conditions = {
        str(area.sqref): rule.formula[0] for area in page.conditional_formatting for rule in area.rules
        if "phoihop" in str(rule.formula)
    }  # fmt: skip
    text, number, blank, day = (place(book, code) for code in ("CT02.3", "CT03.2", "CT08.1", "CT04.1"))
    assert conditions[text] == f'AND(EXACT({text},"khoảng 500"),N("phoihop")=0)'
    assert conditions[number] == f'AND(AND(ISNUMBER({number}),{number}=1.2),N("phoihop")=0)'
    assert conditions[blank] == f'AND(LEN({blank})=0,N("phoihop")=0)'
    assert conditions[day] == f'AND(AND(ISNUMBER({day}),ABS({day}-46154.0)<0.000001),N("phoihop")=0)'


def test_the_first_sheet_lists_every_finding_with_a_link(
    marked: Answer, project: stages.Project, spoiled: bytes
) -> None:
    book = workbook(marked)
    page = book.worksheets[0]
    submission, dataset = judged(project, spoiled)
    assert (page.title, book.active.title) == (VERDICT, VERDICT)
    facts = {row[0].value: row[2].value for row in page.iter_rows(min_row=2, max_row=5)}
    assert facts == {
        "Tệp đã nhận": PATH, "Ngày nhận": "19/11/2026", "Mã đối chiếu của tệp": submission.source.sha256,
        "Tình trạng": facts["Tình trạng"],
    }  # fmt: skip
    told = [one for one in dataset.findings if one.severity is not Severity.NOTE]
    rows = [row for row in page.iter_rows(min_row=9) if row[0].value in {"Lỗi", "Cảnh báo"}]
    assert len(rows) == len(told)
    assert [row[0].value for row in rows] == sorted((row[0].value for row in rows), key=["Lỗi", "Cảnh báo"].index)
    links = {row[2].hyperlink.location for row in rows if row[2].hyperlink}
    assert f"'Số liệu'!{place(book, 'CT02.3')}" in links


def test_the_totals_that_were_read_are_listed(marked: Answer, project: stages.Project, spoiled: bytes) -> None:
    _, dataset = judged(project, spoiled)
    page = workbook(marked).worksheets[0]
    listed = {
        row[0].value: row[4].value for row in page.iter_rows() if re.fullmatch(r"CT\d\d\.\d|B\d", str(row[0].value))
    }
    counted = {entry.code for entry in dataset.entries if entry.amount is not None}
    assert set(listed) == counted
    assert "CT02.3" not in listed


def test_nothing_else_is_changed(marked: Answer, spoiled: bytes) -> None:
    assert contents(workbook(marked), "vi") == contents(load_workbook(BytesIO(spoiled)))


def test_every_input_is_read_back_as_it_was(marked: Answer, spoiled: bytes, catalogue: Catalogue) -> None:
    (data,) = (data for name, data in marked.files.items() if name.endswith(".xlsx"))
    before = read_submission(source_of(PATH, spoiled), catalogue)
    after = read_submission(source_of(PATH, data), catalogue)
    assert {key: value.raw for key, value in after.values.items()} == {
        key: value.raw for key, value in before.values.items()
    }
    assert [record.cells for record in after.records] == [record.cells for record in before.records]
    assert (after.identity, after.notes) == (before.identity, ())


def test_formulas_keep_the_results_that_were_stored(filled: bytes, project: stages.Project) -> None:
    late = patched_text(filled, "xl/worksheets/sheet2.xml", b"", b"")
    made, _ = answer(project, replaced_number(late, "CT02.3"))
    (data,) = (data for name, data in made.files.items() if name.endswith(".xlsx"))
    before = load_workbook(BytesIO(filled), data_only=True)["Số liệu"]
    after = load_workbook(BytesIO(data), data_only=True)["Số liệu"]
    formulas = [
        c.coordinate for row in load_workbook(BytesIO(filled))["Số liệu"].iter_rows() for c in row if c.data_type == "f"
    ]
    assert len(formulas) > 50
    assert {c: after[c].value for c in formulas} == {c: before[c].value for c in formulas}


def patched_text(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name == part and old else content)
    return out.getvalue()


def replaced_number(data: bytes, code: str) -> bytes:
    """A figure replaced in the XML, so that the results of all formulas stay in the file."""
    book = load_workbook(BytesIO(data))
    cell = place(book, code).encode()
    part = f"xl/worksheets/sheet{book.sheetnames.index('Số liệu') + 1}.xml"
    xml = ZipFile(BytesIO(data)).read(part)
    found = re.search(rb'<c r="' + cell + rb'"[^>]*><v>[^<]*</v></c>', xml)
    assert found is not None
    return patched_text(data, part, found[0], re.sub(rb"<v>[^<]*</v>", b"<v>7.5</v>", found[0]))


def test_a_corrected_copy_leaves_no_finding(marked: Answer, project: stages.Project, filled: bytes) -> None:
    (data,) = (data for name, data in marked.files.items() if name.endswith(".xlsx"))
    good = load_workbook(BytesIO(filled))
    right = {code: good["Số liệu"][place(good, code)].value for code in SPOILED}
    back, _ = judged(project, edited(data, typed(right)))
    clean, dataset = judged(project, filled)
    assert [one.rule for one in dataset.findings] == []
    assert [one.rule for one in stages.survey(project, (back,), None).findings] == []
    assert {key: value.raw for key, value in back.values.items()} == {
        key: value.raw for key, value in clean.values.items()
    }


def test_marks_of_the_last_round_are_gone_in_the_next(marked: Answer, project: stages.Project, filled: bytes) -> None:
    (data,) = (data for name, data in marked.files.items() if name.endswith(".xlsx"))
    good = load_workbook(BytesIO(filled))
    right = {code: good["Số liệu"][place(good, code)].value for code in SPOILED if code != "CT02.3"}
    again, _ = answer(project, edited(data, typed(right)))
    book = workbook(again)
    assert book.sheetnames.count(VERDICT) == 1
    assert set(colours(book["Số liệu"])) == {place(book, "CT02.3")}
    assert [c.coordinate for row in book["Số liệu"].iter_rows() for c in row if c.comment] == [place(book, "CT02.3")]


def test_a_units_own_comment_stays_above_ours(spoiled: bytes, project: stages.Project) -> None:
    def remark(book: Any) -> None:
        book["Số liệu"][place(book, "CT02.3")].comment = Comment("Chờ xã báo", "Cán bộ huyện")

    made, _ = answer(project, edited(spoiled, remark))
    book = workbook(made)
    note = book["Số liệu"][place(book, "CT02.3")].comment
    assert note.text.startswith("Chờ xã báo\n― phoihop ―\nCT02.3: “khoảng 500”")
    again, _ = answer(project, next(data for name, data in made.files.items() if name.endswith(".xlsx")))
    assert workbook(again)["Số liệu"][place(book, "CT02.3")].comment.text == note.text


def test_text_of_a_unit_never_becomes_a_formula(filled: bytes, project: stages.Project) -> None:
    made, _ = answer(project, edited(filled, typed({"CT02.3": "'=1+1", "CT03.2": "@SUM(1)"})))
    page = workbook(made).worksheets[0]
    assert all(cell.data_type in {"s", "n"} for row in page.iter_rows() for cell in row)


# ---- what cannot be marked ------------------------------------------------------------------------------------------


def with_part(data: bytes, name: str) -> bytes:
    out = BytesIO(data)
    with ZipFile(out, "a") as package:
        package.writestr(name, b"<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "words"),
    [("xl/media/image1.png", "vì tệp có hình ảnh, biểu đồ hoặc liên kết"),
     ("xl/charts/chart1.xml", "vì tệp có hình ảnh, biểu đồ hoặc liên kết"),
     ("xl/threadedComments/threadedComment1.xml", "vì tệp có hình ảnh, biểu đồ hoặc liên kết")],
)  # fmt: skip
def test_a_file_that_would_lose_something_gets_a_list_instead(
    name: str, words: str, spoiled: bytes, project: stages.Project
) -> None:
    made, _ = answer(project, with_part(spoiled, name))
    assert "TV-844 - kết quả kiểm tra.xlsx" in made.files
    book = workbook(made)
    assert book.sheetnames == [VERDICT]
    assert words in str(book.worksheets[0]["A6"].value)
    assert not any(cell.hyperlink for row in book.worksheets[0].iter_rows() for cell in row)


def with_ghost_rows(data: bytes, count: int) -> bytes:
    """Blank rows that carry nothing but a format, as a border drawn down a whole sheet leaves them."""
    rows = b"".join(
        b'<row r="%d">%s</row>' % (row, b"".join(b'<c r="%c%d" s="1"/>' % (column, row) for column in b"ABCDE"))
        for row in range(1001, 1001 + count)
    )
    return patched_text(data, figures_part(data), b"</sheetData>", rows + b"</sheetData>")


def test_forty_thousand_ghost_rows_get_a_list_before_the_file_is_opened(
    spoiled: bytes, project: stages.Project
) -> None:
    made, dataset = answer(project, with_ghost_rows(spoiled, 40_000))
    assert "TV-844 - kết quả kiểm tra.xlsx" in made.files
    page = workbook(made).worksheets[0]
    assert "vì tệp có quá nhiều dòng so với biểu mẫu" in str(page["A6"].value)
    told = [one for one in dataset.findings if one.severity is not Severity.NOTE]
    assert len([row for row in page.iter_rows(min_row=9) if row[0].value in {"Lỗi", "Cảnh báo"}]) == len(told)


def test_some_rows_more_than_the_form_are_marked_all_the_same(spoiled: bytes, project: stages.Project) -> None:
    assert "TV-844 - cần sửa.xlsx" in answer(project, with_ghost_rows(spoiled, 500))[0].files


@pytest.mark.skipif(sys.platform != "linux", reason="only a forked child knows what the test replaced")
def test_a_file_on_which_the_marking_dies_gets_a_list_and_harms_no_other(
    spoiled: bytes, project: stages.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission, _ = judged(project, spoiled)
    monkeypatch.setattr("pipeline.returns.answers.marked_copy", lambda *_: os._exit(1))
    made = stages.answers(stages.judge_submissions(project, (submission,), None), TODAY, jobs=2)
    (data,) = (data for name, data in made.items() if name.endswith(".xlsx"))
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == [VERDICT]
    assert "vì cấu tạo của tệp khác thường" in str(book.worksheets[0]["A6"].value)
    due = [one for one in stages.survey(project, (submission,), None).units if one.state is not UnitState.NOT_DUE]
    assert len({name.rpartition("/")[0] for name in made}) == len(due) == 20


def test_an_old_workbook_gets_a_list(spoiled: bytes, project: stages.Project) -> None:
    from tests.test_formats import as_xls

    made, _ = answer(project, as_xls(edited(spoiled, typed({"CT04.1": 12}))), "2026-11-19/bieu.xls")
    assert "vì tệp ở dạng khác .xlsx" in str(workbook(made).worksheets[0]["A6"].value)


def test_a_file_that_cannot_be_read_gets_its_reason(project: stages.Project) -> None:
    unit = project.catalogue.unit(UNIT)
    source = replace(source_of("2026-11-19/TV-844.xlsx", b"PK hong"), mail=Mail("tv844@example.vn"))
    submission = read_submission(source, project.catalogue)
    dataset = stages.survey(project, (submission,), None)
    outcome = next(one for one in dataset.units if one.unit == UNIT)
    assert unit is not None
    assert outcome.state is UnitState.MISSING
    made = build_answer(
        unit, outcome, dataset, submission, project.catalogue, project.config,
        lambda finding: stages.describe_to_unit(finding, project), lambda file: stages.file_sentence(file, project), TODAY,
    )  # fmt: skip
    page = workbook(made).worksheets[0]
    assert "Không đọc được tệp của đơn vị" in str(page["A6"].value)
    assert "Tệp bị hỏng, rỗng hoặc chưa tải về đủ" in str([row[3].value for row in page.iter_rows()])


def all_answers(project: stages.Project, *files: tuple[str, bytes], decisions: tuple[Decision, ...] = ()) -> list[str]:
    """The names of the files for the unit when its inbox holds these."""
    read = tuple(read_submission(source_of(path, data), project.catalogue) for path, data in files)
    judged = stages.judge_submissions(project, read, None, decisions)
    return sorted(name for name in stages.answers(judged, TODAY) if f"/{UNIT} " in name)


def test_a_broken_file_that_was_sent_again_needs_no_correction(filled: bytes, project: stages.Project) -> None:
    names = all_answers(project, ("2026-11-17/TV-844.xlsx", b"PK hong"), ("2026-11-19/TV-844.xlsx", filled))
    assert [name.rpartition("/")[2] for name in names] == ["thu-tra-loi.eml", "tin-nhan.txt"]


def test_a_unit_whose_only_file_was_set_aside_is_reminded_and_not_thanked(
    filled: bytes, project: stages.Project
) -> None:
    row = Decision(CellRef("q", "q", 5, 1), Ruling.EXCLUDE, file="a.xlsx", who="Hoa", when=TODAY, why="nhầm")
    names = all_answers(project, ("2026-11-19/a.xlsx", filled), ("2026-11-20/b.xlsx", filled), decisions=(row,))
    assert {name.partition("/")[0] for name in names} == {"don-doc"}


EXTENSION = (
    b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/'
    b'2009/9/main"><x14:dataValidations count="0"/></ext></extLst></worksheet>'
)


def figures_part(data: bytes) -> str:
    return f"xl/worksheets/sheet{load_workbook(BytesIO(data)).sheetnames.index('Số liệu') + 1}.xml"


def test_what_openpyxl_would_leave_out_silently_makes_a_list(spoiled: bytes, project: stages.Project) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as at the officer's desk, where no warning is an error
        made, _ = answer(project, patched_text(spoiled, figures_part(spoiled), b"</worksheet>", EXTENSION))
    assert workbook(made).sheetnames == [VERDICT]


def test_a_control_character_does_not_stop_the_run(filled: bytes, project: stages.Project) -> None:
    dirty = edited(filled, typed({"CT02.3": "khoảng BELL 5"}))
    made, _ = answer(project, patched_text(dirty, figures_part(dirty), b"BELL", b"_x0007_"))
    book = workbook(made)
    assert "“khoảng   5” là số ước chừng" in book["Số liệu"][place(book, "CT02.3")].comment.text


def test_a_time_is_coloured_until_it_is_changed(filled: bytes, project: stages.Project) -> None:
    def clock(book: Any) -> None:
        cell = book["Số liệu"][place(book, "CT02.3")]
        cell.value, cell.number_format = time(15, 20), "h:mm"

    made, _ = answer(project, edited(filled, clock))
    book = workbook(made)
    rules = [rule for area in book["Số liệu"].conditional_formatting for rule in area.rules]
    (condition,) = (rule.formula[0] for rule in rules if "phoihop" in str(rule.formula))
    assert f"ABS({place(book, 'CT02.3')}-0.63" in condition


def test_a_date_by_formula_keeps_its_result(filled: bytes, project: stages.Project, catalogue: Catalogue) -> None:
    part = figures_part(filled).replace("sheet3", "sheet2")
    found = re.search(rb'<c r="D13"([^>]*)><v>([^<]*)</v></c>', ZipFile(BytesIO(filled)).read(part))
    assert found is not None
    formula = b'<c r="D13"%s><f>DATE(2026,11,18)</f><v>%s</v></c>' % (found[1], found[2])
    made, _ = answer(project, replaced_number(patched_text(filled, part, found[0], formula), "CT02.3"))
    (data,) = (data for name, data in made.files.items() if name.endswith(".xlsx"))
    assert read_submission(source_of(PATH, data), catalogue).info("TT09") == date(2026, 11, 17)


def test_seventeen_digits_are_no_change(filled: bytes, project: stages.Project) -> None:
    data = replaced_number(filled, "CT02.3")
    made, _ = answer(project, patched_text(data, figures_part(data), b"<v>7.5</v>", b"<v>0.30000000000000004</v>"))
    assert "TV-844 - cần sửa.xlsx" in made.files


def test_an_essay_in_a_cell_is_cut_in_mail_and_comment(filled: bytes, project: stages.Project) -> None:
    made, _ = answer(project, edited(filled, typed({"CT02.3": "khoảng 5 " + "rất dài " * 3000})))
    assert len(made.files["tin-nhan.txt"].decode()) < 1500
    book = workbook(made)
    assert len(book["Số liệu"][place(book, "CT02.3")].comment.text) < 500


def test_a_letter_without_a_known_date_leaves_no_hole(spoiled: bytes, filled: bytes, project: stages.Project) -> None:
    for data in (spoiled, filled):
        made, _ = answer(project, data, "TV-844.xlsx")
        body = made and mail(made).get_body().get_content()
        assert "tệp “TV-844.xlsx”. Biểu" in body


def test_the_unit_is_told_to_count_its_submissions(marked: Answer) -> None:
    assert "tăng số ở dòng “Lần gửi thứ” (trang Thông tin) thêm 1" in mail(marked).get_body().get_content()
    assert "tăng số ở dòng “Lần gửi thứ”" in str(workbook(marked).worksheets[0]["A6"].value)


# ---- mail and message -----------------------------------------------------------------------------------------------


def mail(made: Answer, name: str = "thu-tra-loi.eml") -> Any:
    return email.message_from_bytes(made.files[name], policy=email.policy.default)


def test_a_file_of_another_year_counts_for_nothing_and_the_mail_says_so(
    project: stages.Project,
) -> None:
    earlier = render_template(
        project.sibling(2025).catalogue, project.sibling(2025).config, project.catalogue.unit(UNIT)
    )
    made, _ = answer(project, earlier)
    body = mail(made).get_body().get_content()
    assert mail(made)["Subject"] == "Đề nghị gửi lại biểu số liệu năm 2026 của Huyện đoàn Càng Long"
    assert "nhưng chưa dùng được nên chưa có số liệu nào của đơn vị được tính." in body
    assert "lỗi" not in body
    assert "Đề nghị đơn vị điền đúng biểu mẫu năm 2026 đã gửi và gửi về" in body
    assert workbook(made).worksheets[0]["A6"].value.startswith("Tệp này chưa dùng được.")


def test_the_mail_names_page_and_cell_and_counts_only_what_there_is(marked: Answer) -> None:
    body = mail(marked).get_body().get_content()
    assert "Trang Số liệu, ô E" in body
    assert " 0 điểm" not in body


def test_the_mail_opens_as_a_draft_with_the_marked_copy(marked: Answer) -> None:
    message = mail(marked)
    assert (message["X-Unsent"], message["To"], message["From"]) == ("1", "tv844@example.vn", None)
    assert message["Subject"] == "Đề nghị sửa biểu số liệu năm 2026 của Huyện đoàn Càng Long"
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "TV-844 - cần sửa.xlsx"
    assert attached.get_content() == marked.files["TV-844 - cần sửa.xlsx"]
    body = message.get_body().get_content()
    assert body.startswith("Kính gửi: Huyện đoàn Càng Long\r\n")
    assert "CT02.3: “khoảng 500” là số ước chừng." in body
    assert "gửi về bantuyengiao@example.vn chậm nhất ngày 25/11/2026 (còn 5 ngày)" in body


def test_the_message_can_be_pasted_from_notepad(marked: Answer) -> None:
    text = marked.files["tin-nhan.txt"]
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.count(b"\r\n") == text.count(b"\n")
    assert "Huyện đoàn Càng Long" in text.decode("utf-8-sig")


def test_a_unit_without_fault_is_thanked(filled: bytes, project: stages.Project) -> None:
    made, dataset = answer(project, filled)
    assert sorted(made.files) == ["thu-tra-loi.eml", "tin-nhan.txt"]
    body = mail(made).get_content()
    counted = sum(entry.amount is not None for entry in dataset.entries)
    assert f"Biểu hợp lệ, {counted} số liệu đã được đưa vào tổng hợp." in body
    assert "- CT01.1 " in body
    assert dataset.files[0].source.sha256 in body


def last_years_form(project: stages.Project) -> bytes:
    before = project.whole.for_year(2025)
    unit = before.unit(UNIT)
    assert unit is not None
    settings = project.config.model_copy(update={"year": 2025})
    return render_template(before, settings, unit, None, answers_for(unit, before))


def blank_form(project: stages.Project) -> bytes:
    unit = project.catalogue.unit(UNIT)
    assert unit is not None
    return render_template(project.catalogue, project.config, unit, None)


def two_sheets_that_differ(project: stages.Project) -> bytes:
    unit = project.catalogue.unit(UNIT)
    assert unit is not None
    data = render_template(project.catalogue, project.config, unit, None, answers_for(unit, project.catalogue))

    def copied(book: Any) -> None:
        book.copy_worksheet(book["Số liệu"])[place(book, "CT02.3")] = 12345

    return edited(data, copied)


@pytest.mark.parametrize(
    ("form", "rule"), [(last_years_form, "T11"), (blank_form, "M01"), (two_sheets_that_differ, "M14")]
)
def test_a_refused_file_is_told_to_count_for_nothing(
    form: Callable[[stages.Project], bytes], rule: str, project: stages.Project
) -> None:
    made, dataset = answer(project, form(project))
    assert {one.rule for one in dataset.findings if one.rejects} == {rule}
    body = mail(made).get_body().get_content()
    assert "nhưng chưa dùng được nên chưa có số liệu nào của đơn vị được tính." in body
    assert "Đề nghị đơn vị điền đúng biểu mẫu năm 2026 đã gửi và gửi về bantuyengiao@example.vn chậm nhất" in body
    text = made.files["tin-nhan.txt"].decode("utf-8-sig")
    assert "chưa có số liệu nào của đơn vị được tính" in text
    assert not any("0 điểm" in told or "các ô có lỗi chưa được tính" in told for told in (body, text))
    assert "Tệp này chưa dùng được. Làm theo cột “Phải làm gì”" in str(workbook(made).worksheets[0]["A6"].value)


def test_what_there_is_none_of_is_not_counted(filled: bytes, project: stages.Project) -> None:
    made, _ = answer(project, edited(filled, typed({"CT02.3": "khoảng 500"})))
    assert "Biểu có 1 lỗi; các ô có lỗi chưa được tính" in mail(made).get_body().get_content()


def test_a_place_in_a_mail_is_in_words(marked: Answer) -> None:
    cell = place(workbook(marked), "CT02.3")
    assert f"Trang Số liệu, ô {cell}: CT02.3: “khoảng 500”" in mail(marked).get_body().get_content()


def test_a_unit_that_sent_nothing_is_reminded(project: stages.Project) -> None:
    unit = project.catalogue.unit(UNIT)
    assert unit is not None
    outcome = next(one for one in stages.survey(project, (), None).units if one.unit == UNIT)
    made = build_reminder(unit, outcome, project.config, TODAY)
    body = mail(made, "thu-nhac.eml").get_content()
    assert "chưa nhận được biểu số liệu năm 2026" in body
    assert "chậm nhất ngày 25/11/2026 (còn 5 ngày)" in body
    late = mail(build_reminder(unit, outcome, project.config, date(2026, 11, 28)), "thu-nhac.eml").get_content()
    assert "trong thời gian sớm nhất (hạn gửi là ngày 25/11/2026, đã quá 3 ngày)" in late


def test_the_same_answer_has_the_same_bytes(marked: Answer, project: stages.Project, spoiled: bytes) -> None:
    assert dict(answer(project, spoiled)[0].files) == dict(marked.files)


def test_long_lists_are_cut_in_the_mail_and_whole_in_the_workbook(filled: bytes, project: stages.Project) -> None:
    book = load_workbook(BytesIO(filled))
    codes = [
        cell.value
        for cell in book["Số liệu"]["A"]
        if str(cell.value).startswith("CT") and not str(cell.value).endswith("T")
    ]
    typed_codes = {code: "khoảng 5" for code in codes[:25] if code != "CT16.3"}
    made, dataset = answer(project, edited(filled, typed(typed_codes)))
    body = mail(made).get_body().get_content()
    assert "15. " in body
    assert "16. " not in body
    left = sum(one.severity is not Severity.NOTE for one in dataset.findings) - 15
    assert f"… và {left} điểm nữa" in body


def test_no_letter_leaves_a_brace_or_a_python_word(marked: Answer, filled: bytes, project: stages.Project) -> None:
    for made in (marked, answer(project, filled)[0]):
        text = made.files["tin-nhan.txt"].decode("utf-8-sig") + str(mail(made)["Subject"])
        text += mail(made).get_body().get_content()
        assert "Kính gửi: Huyện đoàn Càng Long" in text
        assert not any(word in text for word in ("{", "}", "None", "Decimal"))


# ---- LibreOffice ----------------------------------------------------------------------------------------------------


@pytest.mark.libreoffice
def test_libreoffice_opens_the_marked_copy_and_saves_every_value(
    marked: Answer, spoiled: bytes, catalogue: Catalogue, soffice: Convert, tmp_path: Path
) -> None:
    (tmp_path / "a.xlsx").write_bytes(marked.files["TV-844 - cần sửa.xlsx"])
    data = soffice(tmp_path / "a.xlsx", "xlsx", tmp_path / "out").read_bytes()
    before = read_submission(source_of(PATH, spoiled), catalogue)
    after = read_submission(source_of(PATH, data), catalogue)
    assert {key: value.raw for key, value in after.values.items()} == {
        key: value.raw for key, value in before.values.items()
    }
    assert after.notes == ()
