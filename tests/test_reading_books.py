"""Whole workbooks as people return them: found by headings and codes, every value with its address, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.properties import CalcProperties

from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.intake import find_files
from pipeline.intake.finding import received_on
from pipeline.intake.kinds import kind_of
from pipeline.model import CellState, SourceFile, Submission
from pipeline.reading import read_submission
from pipeline.rehearsal import answers_for
from pipeline.rehearsal.editing import rearrange
from pipeline.sheets import META_SHEET
from pipeline.templates import render_template

UNIT = "TV-844"
Change = Callable[[Any], object]


@pytest.fixture(scope="module")
def filled(catalogue: Catalogue, config: Config) -> bytes:
    unit = catalogue.unit(UNIT)
    assert unit is not None
    return render_template(catalogue, config, unit, None, answers_for(unit, catalogue))


def saved(data: bytes, *changes: Change) -> bytes:
    """The workbook opened and saved by openpyxl after some changes; formulas keep their values."""
    book = load_workbook(BytesIO(data), data_only=True)
    for change in changes:
        change(book)
    book.calculation = CalcProperties()
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def patched(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of its package rewritten."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def read(data: bytes, catalogue: Catalogue, path: str = "2026-11-24/a.xlsx") -> Submission:
    return read_submission(SourceFile(path, kind_of(path, data), len(data), "0" * 64, None, data), catalogue)


def numbers(submission: Submission) -> dict[str, Decimal]:
    return {key: value.value for (_, key), value in submission.values.items() if isinstance(value.value, Decimal)}


def cell_of(book: Any, code: str, sheet: str = "Số liệu", letter: str = "E") -> Any:
    page = book[sheet]
    return next(page[f"{letter}{row}"] for row in range(5, page.max_row + 1) if page[f"A{row}"].value == code)


def put(code: str, content: object, **where: str) -> Change:
    def change(book: Any) -> None:
        cell_of(book, code, **where).value = content

    return change


def test_what_was_typed_is_read_with_its_address(filled: bytes, catalogue: Catalogue) -> None:
    unit = catalogue.unit(UNIT)
    assert unit is not None
    answers = answers_for(unit, catalogue)
    submission = read(filled, catalogue)
    typed = {**answers.info, **answers.data}
    expected = {code: Decimal(str(amount)) for code, amount in typed.items() if isinstance(amount, int | float)}
    assert numbers(submission) == expected
    value = submission.values["data", "CT06.1"]
    book = load_workbook(BytesIO(filled))
    assert (value.ref.sheet, value.ref.address) == ("Số liệu", cell_of(book, "CT06.1").coordinate)
    assert (value.raw, value.unit) == (str(answers.data["CT06.1"]), UNIT)
    assert submission.values["data", "CT06.T"].value == answers.data["CT06.T"]
    assert submission.values["info", "TT09"].value == answers.info["TT09"]
    assert len(submission.rows("events")) == len(answers.lists["events"])
    assert (submission.strays, submission.label_changes, submission.missing_rows, submission.missing_sheets) == (
        (),
        (),
        (),
        (),
    )


def test_notes_stand_beside_their_results(filled: bytes, catalogue: Catalogue) -> None:
    submission = read(saved(filled, put("CT06.1", "Kế hoạch số 5", letter="F")), catalogue)
    assert submission.values["data", "CT06.1:note"].raw == "Kế hoạch số 5"


def test_a_blank_template_reads_blank(catalogue: Catalogue, config: Config) -> None:
    unit = catalogue.unit(UNIT)
    assert unit is not None
    submission = read(render_template(catalogue, config, unit), catalogue)
    states = {value.state for (sheet, _), value in submission.values.items() if sheet == "data"}
    assert states == {CellState.BLANK}
    assert submission.records == ()


def test_moved_renamed_sorted_and_inserted_gives_the_same_figures(filled: bytes, catalogue: Catalogue) -> None:
    moved = read(saved(filled, lambda book: rearrange(book, "vi")), catalogue)
    assert numbers(moved) == numbers(read(filled, catalogue))
    assert moved.identity.unit == UNIT
    assert moved.values["data", "CT06.1"].ref.sheet == "Số liệu (sửa)"


def test_blank_zero_and_none_are_three_things(filled: bytes, catalogue: Catalogue) -> None:
    submission = read(saved(filled, put("CT06.1", None), put("CT06.2", 0), put("CT06.3", "Không có")), catalogue)
    read_as = {
        code: (submission.values["data", code].state, submission.values["data", code].value)
        for code in ("CT06.1", "CT06.2", "CT06.3")
    }
    assert read_as == {
        "CT06.1": (CellState.BLANK, None),
        "CT06.2": (CellState.VALUE, Decimal(0)),
        "CT06.3": (CellState.NONE, Decimal(0)),
    }


def problem(submission: Submission, code: str, sheet: str = "data") -> str:
    found = submission.values[sheet, code].problem
    return found.kind if found is not None else ""


def test_an_error_value_is_seen(filled: bytes, catalogue: Catalogue) -> None:
    submission = read(saved(filled, put("CT06.1", "#REF!")), catalogue)
    assert (problem(submission, "CT06.1"), submission.values["data", "CT06.1"].raw) == ("error_value", "#REF!")


def test_a_formula_never_calculated_is_seen(filled: bytes, catalogue: Catalogue) -> None:
    assert problem(read(saved(filled, put("CT06.1", "=12+15")), catalogue), "CT06.1") == "not_calculated"


def test_a_date_in_a_number_cell_is_seen(filled: bytes, catalogue: Catalogue) -> None:
    def change(book: Any) -> None:
        cell = cell_of(book, "CT06.1")
        cell.value, cell.number_format = date(2026, 5, 12), "d/m"

    assert problem(read(saved(filled, change), catalogue), "CT06.1") == "date_in_number"


def test_a_percentage_in_a_number_cell_is_seen(filled: bytes, catalogue: Catalogue) -> None:
    def change(book: Any) -> None:
        cell = cell_of(book, "CT06.1")
        cell.value, cell.number_format = 0.05, "0%"

    assert problem(read(saved(filled, change), catalogue), "CT06.1") == "percent_in_number"


def test_cells_merged_over_rows_are_nobodys(filled: bytes, catalogue: Catalogue) -> None:
    def change(book: Any) -> None:
        top = cell_of(book, "CT06.1").row
        book["Số liệu"].merge_cells(f"E{top}:E{top + 1}")

    submission = read(saved(filled, change), catalogue)
    assert [problem(submission, code) for code in ("CT06.1", "CT06.2", "CT06.3")] == ["merged", "merged", ""]


def test_values_in_hidden_rows_and_columns_are_refused(filled: bytes, catalogue: Catalogue) -> None:
    def change(book: Any) -> None:
        book["Số liệu"].row_dimensions[cell_of(book, "CT06.1").row].hidden = True

    assert problem(read(saved(filled, change), catalogue), "CT06.1") == "hidden"


def test_what_stands_outside_the_table_is_seen(filled: bytes, catalogue: Catalogue) -> None:
    def change(book: Any) -> None:
        book["Số liệu"]["K20"] = "ghi thêm 5"
        last = book["Số liệu"].max_row + 2
        book["Số liệu"][f"B{last}"], book["Số liệu"][f"E{last}"] = "Tổng cộng", 245

    strays = [(one.kind, one.ref.letter, one.raw) for one in read(saved(filled, change), catalogue).strays]
    assert ("outside_table", "K", "ghi thêm 5") in strays
    assert ("outside_table", "E", "245") in strays


def test_an_unknown_code_is_seen(filled: bytes, catalogue: Catalogue) -> None:
    def change(book: Any) -> None:
        row = cell_of(book, "CT06.4").row + 2
        book["Số liệu"].insert_rows(row)
        book["Số liệu"][f"A{row}"], book["Số liệu"][f"E{row}"] = "CT06.9", 7

    assert [(one.kind, one.about, one.raw) for one in read(saved(filled, change), catalogue).strays] == [
        ("unknown_code", "CT06.9", "7")
    ]


def test_a_code_written_twice_is_seen(filled: bytes, catalogue: Catalogue) -> None:
    def change(book: Any) -> None:
        cell_of(book, "CT06.2", letter="A").value = "CT06.1"

    submission = read(saved(filled, change), catalogue)
    assert [(one.kind, one.about) for one in submission.strays] == [("duplicate_code", "CT06.1")]
    assert submission.missing_rows == ("CT06.2",)


@pytest.mark.parametrize("written", ["ct06.1", "CT6.1", "6.1", "06,1", " CT06.1 "])
def test_codes_in_other_spellings_are_found(written: str, filled: bytes, catalogue: Catalogue) -> None:
    def change(book: Any) -> None:
        cell_of(book, "CT06.1", letter="A").value = written

    assert read(saved(filled, change), catalogue).number("CT06.1") is not None


def test_deleted_rows_and_sheets_are_seen(filled: bytes, catalogue: Catalogue) -> None:
    def change(book: Any) -> None:
        book["Số liệu"].delete_rows(cell_of(book, "CT06.1").row)
        del book["Kế hoạch"]

    submission = read(saved(filled, change), catalogue)
    assert (submission.missing_rows, submission.missing_sheets) == (("CT06.1",), ("plan",))


def test_changed_names_and_units_of_measure_are_seen(filled: bytes, catalogue: Catalogue) -> None:
    submission = read(
        saved(filled, put("CT06.1", "Số buổi họp", letter="B"), put("CT06.2", "buổi", letter="C")), catalogue
    )
    changes = [(one.code, one.what, one.given) for one in submission.label_changes]
    assert changes == [("CT06.1", "name", "Số buổi họp"), ("CT06.2", "unit_of_measure", "buổi")]


def test_a_second_sheet_of_the_same_form_is_seen(filled: bytes, catalogue: Catalogue) -> None:
    def change(book: Any) -> None:
        copy = book.copy_worksheet(book["Số liệu"])
        copy.title = "Số liệu (2)"
        cell_of(book, "CT06.1", sheet="Số liệu (2)").value = None

    submission = read(saved(filled, change), catalogue)
    assert [(one.kind, one.raw, one.about) for one in submission.strays] == [("second_sheet", "Số liệu (2)", "Số liệu")]


def test_two_columns_with_one_heading_are_seen(filled: bytes, catalogue: Catalogue) -> None:
    def change(book: Any) -> None:
        book["Số liệu"]["H4"] = "Kết quả"

    assert "duplicate_heading" in {one.kind for one in read(saved(filled, change), catalogue).strays}


# ---- identity -------------------------------------------------------------------------------------------------------


def without_meta(book: Any) -> None:
    del book[META_SHEET]


def without_properties(book: Any) -> None:
    for name in [one.name for one in book.custom_doc_props]:
        del book.custom_doc_props[name]


def without_code(book: Any) -> None:
    cell_of(book, "TT02", sheet="Thông tin", letter="D").value = None


@pytest.mark.parametrize(
    ("changes", "path", "unit", "witness"),
    [
        ((), "Book1.xlsx", UNIT, "meta"),
        ((without_meta,), "Book1.xlsx", UNIT, "properties"),
        ((without_meta, without_properties), "Book1.xlsx", UNIT, "sheet"),
        ((without_meta, without_properties, without_code), "BC Huyện đoàn Càng Long lần 1.xlsx", UNIT, "name"),
        ((without_meta, without_properties, without_code), "TV-844.xlsx", UNIT, "name"),
        ((without_meta, without_properties, without_code), "BC Duyên Hải.xlsx", "", ""),
        ((without_meta, without_properties, without_code), "Book1.xlsx", "", ""),
    ],
)
def test_witnesses_in_their_order(
    changes: tuple[Change, ...], path: str, unit: str, witness: str, filled: bytes, catalogue: Catalogue
) -> None:
    identity = read(saved(filled, *changes), catalogue, path).identity
    assert (identity.unit, identity.witness) == (unit, witness)


def test_every_witness_is_heard(filled: bytes, catalogue: Catalogue) -> None:
    claims = read(filled, catalogue, "Huyện đoàn Cầu Kè.xlsx").identity.claims
    assert claims == {
        "meta": UNIT,
        "properties": UNIT,
        "sheet": UNIT,
        "name": "TV-845",
        "meta_year": "2026",
        "properties_year": "2026",
    }


# ---- bad files ------------------------------------------------------------------------------------------------------


def test_a_file_that_is_cut_off(filled: bytes, catalogue: Catalogue) -> None:
    assert kind_of("a.xlsx", filled[: len(filled) // 2]) == "damaged"
    assert read(filled[: len(filled) // 2], catalogue).failure == "not_workbook"


def test_a_damaged_part(filled: bytes, catalogue: Catalogue) -> None:
    broken = patched(filled, "xl/workbook.xml", lambda xml: xml[:200])
    assert read(broken, catalogue).failure == "unreadable"


def test_another_workbook(catalogue: Catalogue) -> None:
    from openpyxl import Workbook

    book, out = Workbook(), BytesIO()
    book.active["A1"] = "Danh sách lớp"
    book.save(out)
    assert read(out.getvalue(), catalogue).failure == "no_template"


def test_a_document_type_is_not_opened(filled: bytes, catalogue: Catalogue) -> None:
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    bomb = patched(filled, "xl/worksheets/sheet3.xml", lambda xml: xml.replace(b"?>", b"?>" + entity, 1))
    assert read(bomb, catalogue).failure == "dangerous"


def test_a_cell_at_the_far_end_is_named(filled: bytes, catalogue: Catalogue) -> None:
    far = b'<row r="1048576"><c r="L1048576"><v>1</v></c></row></sheetData>'
    spoiled = patched(filled, "xl/worksheets/sheet3.xml", lambda xml: xml.replace(b"</sheetData>", far))
    submission = read(spoiled, catalogue)
    assert (submission.failure, submission.detail) == ("far_cell", "Số liệu!L1048576")


def test_a_part_that_swells(filled: bytes, catalogue: Catalogue) -> None:
    swollen = patched(filled, "docProps/app.xml", lambda xml: xml + b" " * 70_000_000)
    assert read(swollen, catalogue).failure == "too_large"


def test_a_wrong_dimension_loses_nothing(filled: bytes, catalogue: Catalogue) -> None:
    stale = patched(
        filled, "xl/worksheets/sheet3.xml", lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', xml)
    )
    assert numbers(read(stale, catalogue)) == numbers(read(filled, catalogue))


def test_too_many_promised_strings_are_not_believed(filled: bytes, catalogue: Catalogue) -> None:
    lying = patched(filled, "xl/sharedStrings.xml", lambda xml: re.sub(rb' count="\d+"', b' count="4294967295"', xml))
    assert read(lying, catalogue).failure == "dangerous"


# ---- the inbox ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"%PDF-1.7", "pdf"),
        ("a.xlsx", b"%PDF-1.7", "pdf"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image"),
        ("a.xlsx", b"", "empty"),
        ("a.xlsx", b"\x00" * 50, "empty"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "damaged"),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.xls", b"<html><table>", "html_table"),
        ("a.html", b"<html><table>", "html"),
        ("a.csv", "Mã;Kết quả".encode(), "csv"),
        ("a.txt", "Mã;Kết quả".encode(), "text"),
        ("a.rar", b"Rar!\x1a\x07", "archive"),
        ("~$a.xlsx", b"x", "system"),
        ("__MACOSX/._a.xlsx", b"x", "system"),
        ("Thumbs.db", b"x", "system"),
        ("quyet-dinh.xlsx", b"x", "system"),
        ("a.bin", bytes(range(256)), "unknown"),
    ],
)
def test_files_are_told_by_their_content(name: str, data: bytes, kind: str) -> None:
    assert kind_of(name, data) == kind


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2026-11-24/a.xlsx", date(2026, 11, 24)),
        ("2026-11-24/2026-11-26 a.xlsx", date(2026, 11, 26)),
        ("2026-11-24 đợt 1/sau/a.xlsx", date(2026, 11, 24)),
        ("a 2026-11-24.xlsx", None),
        ("2026-13-40/a.xlsx", None),
        ("a.xlsx", None),
    ],
)
def test_the_day_received_is_in_the_name(path: str, day: date | None) -> None:
    assert received_on(path) == day


def test_files_are_found_at_any_depth_in_one_order(tmp_path: Path) -> None:
    for name in ("b/c/Bản.pdf", "a.pdf", "b/~$x.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"%PDF")
    assert [(one.path, one.kind) for one in find_files(tmp_path)] == [
        ("a.pdf", "pdf"),
        ("b/c/Bản.pdf", "pdf"),
        ("b/~$x.xlsx", "system"),
    ]
    assert find_files(tmp_path / "nowhere") == ()
