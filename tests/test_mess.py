"""The 104 kinds of mess: each has its test; what stands in cells and in odd workbooks is tried here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from pipeline import run as stages
from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.intake import find_files
from pipeline.intake.finding import source_of
from pipeline.model import CellState, FileState, Submission
from pipeline.reading import read_submission
from pipeline.rehearsal import answers_for
from pipeline.sheets import META_SHEET
from pipeline.templates import render_template
from pipeline.text import comparison_key
from tests.factory import ROOT
from tests.mess_cases import CASES, CELLS, CELLS_TEST, Cell

UNIT = "TV-844"
PATH = "2026-11-24/TV-844.xlsx"
MONEY = ("CT10.5", "CT14.5")
Change = Callable[[Any], object]


@pytest.fixture(scope="module")
def project() -> stages.Project:
    return stages.open_project(ROOT / "config.toml")


@pytest.fixture(scope="module")
def filled(catalogue: Catalogue, config: Config) -> bytes:
    unit = catalogue.unit(UNIT)
    assert unit is not None
    return render_template(catalogue, config, unit, None, answers_for(unit, catalogue))


def saved(data: bytes, change: Change) -> bytes:
    book = load_workbook(BytesIO(data), data_only=True)
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(book: Any, code: str) -> int:
    return int(next(cell.row for cell in book["Số liệu"]["A"] if cell.value == code))


def findings(project: stages.Project, data: bytes, path: str = PATH) -> tuple[Submission, list[Any], FileState]:
    submission = read_submission(source_of(path, data), project.catalogue)
    dataset = stages.survey(project, (submission,), None)
    return submission, list(dataset.findings), dataset.files[0].state


def rules(found: list[Any]) -> list[str]:
    return [one.rule for one in found]


# ---- the list itself ------------------------------------------------------------------------------------------------


def test_every_number_has_its_case() -> None:
    assert sorted(case.number for case in CASES) == list(range(1, 105))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number:03d} {case.what}")
def test_every_case_has_its_test(case: Any) -> None:
    file, _, function = case.test.partition("::")
    assert f"def {function}(" in (ROOT / "tests" / file).read_text(encoding="utf-8")
    if case.test == CELLS_TEST and case.number != 80 and case.number != 82:
        assert any(cell.number == case.number for cell in CELLS)


# ---- 69 to 100: what stands in a cell -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def placed(catalogue: Catalogue) -> dict[Cell, tuple[int, str]]:
    """Which workbook and which indicator hold each content: no indicator twice in a workbook."""
    unit = catalogue.unit(UNIT)
    assert unit is not None
    counts = [
        i
        for i in catalogue.indicators
        if i.type == "integer" and not i.computed and i.kind == "flow" and i.unit_of_measure != "buổi"
        and i.activity in {a.number for a in catalogue.activities_of(unit)}
    ]  # fmt: skip
    money = [cell for cell in CELLS if cell.money]
    plain = [cell for cell in CELLS if not cell.money]
    assert len(plain) <= len(counts)
    # A telephone number is told by the bound of its indicator: the bounded ones stand last, and it comes last.
    codes = [i.code for i in sorted(counts, key=lambda i: i.hard is not None)]
    plain.sort(key=lambda cell: cell.rule == "B04")
    places = {cell: (0, codes[number]) for number, cell in enumerate(plain[:-1])} | {plain[-1]: (0, codes[-1])}
    return places | {cell: (number // 2, MONEY[number % 2]) for number, cell in enumerate(money)}


@pytest.fixture(scope="module")
def typed(
    placed: dict[Cell, tuple[int, str]], filled: bytes, project: stages.Project
) -> dict[int, tuple[Submission, list[Any]]]:
    def change(number: int) -> Change:
        def type_in(book: Any) -> None:
            for cell, (workbook, code) in placed.items():
                if workbook == number:
                    place = book["Số liệu"].cell(row_of(book, code), 5)
                    place.value, place.number_format = cell.typed, "General"

        return type_in

    books = sorted({workbook for workbook, _ in placed.values()})
    return {number: findings(project, saved(filled, change(number)))[:2] for number in books}


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.number:03d} {cell.typed!r}")
def test_what_stands_in_a_cell(
    cell: Cell, placed: dict[Cell, tuple[int, str]], typed: dict[int, tuple[Submission, list[Any]]]
) -> None:
    workbook, code = placed[cell]
    submission, found = typed[workbook]
    value = submission.cell(code)
    assert value is not None
    assert value.ref.place.startswith("Số liệu!E")
    told = [one for one in found if one.ref == value.ref and one.rule[0] in "SB" and one.rule not in {"S27", "B05"}]
    if cell.amount is not None:
        assert (value.value, [one for one in told if one.rule[0] == "S"]) == (cell.amount, [])
        return
    assert [(one.rule, str(one.values["proposal"])) for one in told] == [(cell.rule, cell.proposal)]
    assert told[0].held == (code,)
    assert told[0].values["given"] == value.raw


def test_080_a_date_in_a_number_cell(filled: bytes, project: stages.Project) -> None:
    def change(book: Any) -> None:
        place = book["Số liệu"].cell(row_of(book, "CT12.4"), 5)
        place.value, place.number_format = datetime(2026, 5, 12), "dd/mm/yyyy"

    _, found, _ = findings(project, saved(filled, change))
    assert [(one.rule, one.key, one.values["proposal"]) for one in found if one.rule == "S04"] == [
        ("S04", "CT12.4", "12/5")
    ]


def test_082_a_percentage_stored_as_a_fraction(filled: bytes, project: stages.Project) -> None:
    def change(book: Any) -> None:
        place = book["Số liệu"].cell(row_of(book, "CT12.4"), 5)
        place.value, place.number_format = 0.05, "0%"

    _, found, _ = findings(project, saved(filled, change))
    assert [(one.rule, one.values["proposal"]) for one in found if one.key == "CT12.4"] == [("S13", "5%")]


# ---- whose file -----------------------------------------------------------------------------------------------------


def without_identity(filled: bytes) -> bytes:
    def change(book: Any) -> None:
        del book[META_SHEET]
        for one in list(book.custom_doc_props.names):
            del book.custom_doc_props[one]
        sheet = book["Thông tin"]
        row = next(cell.row for cell in sheet["A"] if cell.value == "TT02")
        sheet.cell(row, 4).value = None

    return saved(filled, change)


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("BC Duyên Hải.xlsx", ["Huyện đoàn Duyên Hải", "Thị đoàn Duyên Hải"]),
        ("TĐ Trà Vinh.xlsx", ["Thành đoàn Trà Vinh"]),
    ],
)
def test_a_name_that_is_only_near_asks(name: str, proposed: list[str], filled: bytes, project: stages.Project) -> None:
    _, found, state = findings(project, without_identity(filled), name)
    assert (rules(found), state) == (["T07"], FileState.REJECTED)
    assert all(unit in found[0].values["proposal"] for unit in proposed)


def test_004_duyen_hai_asks(filled: bytes, project: stages.Project) -> None:
    _, found, _ = findings(project, without_identity(filled), "BC Duyên Hải.xlsx")
    assert found[0].values["proposal"] == "Huyện đoàn Duyên Hải / Thị đoàn Duyên Hải"


def test_005_td_tra_vinh_asks(filled: bytes, project: stages.Project) -> None:
    _, found, _ = findings(project, without_identity(filled), "TĐ Trà Vinh.xlsx")
    assert (rules(found), "Thành đoàn Trà Vinh" in found[0].values["proposal"]) == (["T07"], True)


def test_009_decomposed_names_are_composed(tmp_path: Any) -> None:
    (tmp_path / unicodedata.normalize("NFD", "Báo cáo Càng Long.xlsx")).write_bytes(b"x")
    (one,) = find_files(tmp_path)
    assert one.path == "Báo cáo Càng Long.xlsx"


def test_033_the_folder_does_not_matter(filled: bytes, project: stages.Project) -> None:
    submission, found, state = findings(project, filled, "Ban Phong trào/Huyện đoàn/bieu.xlsx")
    assert (submission.identity.unit, rules(found), state) == (UNIT, [], FileState.COUNTED)


# ---- odd workbooks --------------------------------------------------------------------------------------------------


def numbers(submission: Submission) -> dict[tuple[str, str], Decimal]:
    return {key: value.value for key, value in submission.values.items() if isinstance(value.value, Decimal)}


def test_039_a_hidden_sheet_is_read(filled: bytes, project: stages.Project) -> None:
    def change(book: Any) -> None:
        book["Số liệu"].sheet_state = "hidden"

    submission, found, _ = findings(project, saved(filled, change))
    assert rules(found) == []
    assert numbers(submission) == numbers(findings(project, filled)[0])


def test_040_other_sheets_are_named(filled: bytes, project: stages.Project) -> None:
    def change(book: Any) -> None:
        book.create_sheet("Xã An Trường")["A1"] = "Số liệu của xã"

    _, found, state = findings(project, saved(filled, change))
    assert [(one.rule, one.values["note"], one.values["detail"]) for one in found] == [
        ("T20", "other_sheets", "Xã An Trường")
    ]
    assert state is FileState.COUNTED


def test_042_columns_of_communes_are_not_added(filled: bytes, project: stages.Project) -> None:
    def change(book: Any) -> None:
        for row, content in ((4, "Xã A"), (row_of(book, "CT12.1"), 7)):
            book["Số liệu"].cell(row, 9).value = content

    submission, found, _ = findings(project, saved(filled, change))
    assert {one.rule for one in found} == {"M12"}
    assert numbers(submission) == numbers(findings(project, filled)[0])


def test_044_the_template_prints_no_sample(catalogue: Catalogue, config: Config, project: stages.Project) -> None:
    unit = catalogue.unit(UNIT)
    assert unit is not None
    submission = read_submission(source_of(PATH, render_template(catalogue, config, unit)), catalogue)
    filled_in = {
        key
        for (sheet, key), value in submission.values.items()
        if sheet == "data" and value.state is not CellState.BLANK
    }
    assert (filled_in, submission.records) == (set(), ())


def test_049_a_code_that_became_a_number(filled: bytes, project: stages.Project) -> None:
    def change(book: Any) -> None:
        book["Số liệu"].cell(row_of(book, "CT12.1"), 1).value = 12.1

    submission, found, _ = findings(project, saved(filled, change))
    assert submission.cell("CT12.1") is None
    assert {"M07", "M11"} <= set(rules(found))


def test_051_a_heading_without_its_accents(filled: bytes, project: stages.Project) -> None:
    def rename(words: str) -> Change:
        def change(book: Any) -> None:
            heading = next(
                cell for row in book["Số liệu"].iter_rows(max_row=10) for cell in row if cell.value == "Kết quả"
            )
            heading.value = words

        return change

    assert numbers(findings(project, saved(filled, rename("KẾT QỦA")))[0]) == numbers(findings(project, filled)[0])
    _, found, state = findings(project, saved(filled, rename("Số")))
    assert ("M09" in rules(found), state) == (True, FileState.REJECTED)


def test_053_a_merged_heading_is_read(filled: bytes, project: stages.Project) -> None:
    def change(book: Any) -> None:
        book["Số liệu"].merge_cells("A1:G1")

    assert rules(findings(project, saved(filled, change))[1]) == []


def test_055_a_filtered_row_is_a_hidden_row(filled: bytes, project: stages.Project) -> None:
    def change(book: Any) -> None:
        sheet, row = book["Số liệu"], row_of(book, "CT12.4")
        sheet.auto_filter.ref = f"A4:G{sheet.max_row}"
        sheet.row_dimensions[row].hidden = True

    _, found, _ = findings(project, saved(filled, change))
    assert ("S25", "CT12.4") in [(one.rule, one.key) for one in found]


def test_056_typed_totals_are_not_added(filled: bytes, project: stages.Project) -> None:
    def change(book: Any) -> None:
        sheet = book["Số liệu"]
        sheet.cell(sheet.max_row + 1, 2).value = "Tổng cộng"
        sheet.cell(sheet.max_row, 5).value = 245

    submission, found, _ = findings(project, saved(filled, change))
    assert [(one.rule, one.values["given"]) for one in found] == [("M12", "245")]
    assert numbers(submission) == numbers(findings(project, filled)[0])


def part_of(data: bytes, sheet: str) -> str:
    return f"xl/worksheets/sheet{load_workbook(BytesIO(data)).sheetnames.index(sheet) + 1}.xml"


def patched(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def test_063_links_to_other_files_are_told(filled: bytes, project: stages.Project) -> None:
    place = f"E{row_of(load_workbook(BytesIO(filled)), 'CT12.4')}"
    part, cell = part_of(filled, "Số liệu"), re.compile(rb'(<c r="' + place.encode() + rb'"[^>]*>)(<v>)')
    linked = patched(filled, lambda name, xml: cell.sub(rb"\1<f>[1]Sheet1!C5</f>\2", xml) if name == part else xml)
    submission, found, _ = findings(project, linked)
    assert [(one.rule, one.values["detail"]) for one in found] == [("T21", f"Số liệu!{place}")]
    assert numbers(submission) == numbers(findings(project, filled)[0])


def test_064_comments_with_figures_are_told(filled: bytes, project: stages.Project) -> None:
    def change(book: Any) -> None:
        book["Số liệu"].cell(row_of(book, "CT12.4"), 5).comment = Comment("trong đó 5 nữ", "Cán bộ")
        book["Số liệu"].cell(row_of(book, "CT12.3"), 5).comment = Comment("đã hỏi xã", "Cán bộ")

    _, found, _ = findings(project, saved(filled, change))
    place = f"E{row_of(load_workbook(BytesIO(filled)), 'CT12.4')}"
    assert [(one.rule, one.values["detail"]) for one in found] == [("T20", f"Số liệu!{place}: trong đó 5 nữ")]


def test_068_strict_open_xml_is_read(filled: bytes, project: stages.Project) -> None:
    pairs = (
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )  # fmt: skip

    def strict(name: str, xml: bytes) -> bytes:
        for old, new in pairs if name.endswith((".xml", ".rels")) and "docProps" not in name else ():
            xml = xml.replace(old, new)
        return xml

    submission, found, _ = findings(project, patched(filled, strict))
    assert numbers(submission) == numbers(findings(project, filled)[0])
    assert [rule for rule in rules(found) if rule not in {"T12"}] == []


@pytest.mark.parametrize(("one", "other"), [("Đoàn thanh niên hoà bình", "Ðoàn thanh niên hòa bình"), ("thuỷ", "thủy")])
def test_104_look_alikes_compare_equal(one: str, other: str) -> None:
    assert comparison_key(one) == comparison_key(other)
    assert comparison_key(one) == comparison_key(unicodedata.normalize("NFD", other))
