"""The units' workbooks: the same bytes every time, headings as described, formulas that every program agrees on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from pipeline.catalogue import Catalogue, Unit
from pipeline.config import Config
from pipeline.form import data_rows, fingerprint, info_rows
from pipeline.model import PreviousYear
from pipeline.rehearsal import answers_for
from pipeline.sheets import DATA, INFO, META_KEYS, META_SHEET, SHEETS
from pipeline.templates import render_template, template_name
from tests.conftest import ROOT, Convert

DISTRICT, OFFICE = "TV-844", "BAN-TG"


def unit_of(catalogue: Catalogue, code: str) -> Unit:
    unit = catalogue.unit(code)
    assert unit is not None
    return unit


def opened(data: bytes, **how: Any) -> Any:
    return load_workbook(BytesIO(data), **how)


def column_cells(sheet: Any, letter: str) -> dict[str, Any]:
    """Code -> cell of one column of a fixed sheet."""
    return {
        sheet[f"A{row}"].value: sheet[f"{letter}{row}"] for row in range(5, sheet.max_row + 1) if sheet[f"A{row}"].value
    }


def test_the_committed_templates_are_what_the_catalogue_makes(catalogue: Catalogue, config: Config) -> None:
    folder = ROOT / "input_templates" / str(config.year)
    made = {template_name(unit): render_template(catalogue, config, unit) for unit in catalogue.units}
    assert {path.name for path in folder.glob("*.xlsx")} == set(made)
    assert [name for name, data in made.items() if parts(data) != parts((folder / name).read_bytes())] == []


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook unzipped: another zlib may compress the same content differently."""
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_rendering_twice_gives_the_same_bytes(catalogue: Catalogue, config: Config) -> None:
    unit = unit_of(catalogue, DISTRICT)
    answers = answers_for(unit, catalogue)
    assert render_template(catalogue, config, unit, None, answers) == render_template(
        catalogue, config, unit, None, answers
    )


def test_file_names_are_allowed_on_windows(catalogue: Catalogue) -> None:
    assert template_name(unit_of(catalogue, DISTRICT)) == "TV-844 - Huyện đoàn Càng Long.xlsx"
    odd = SimpleNamespace(code="X", name='Đoàn "A/B": ban?')
    assert template_name(odd) == "X - Đoàn -A-B-- ban-.xlsx"  # type: ignore[arg-type]
    long = SimpleNamespace(code="X", name="Đoàn cơ sở " * 30)
    assert len(template_name(long).encode()) < 200  # type: ignore[arg-type]


def test_sheets_and_headings_are_those_described(catalogue: Catalogue, config: Config) -> None:
    book = opened(render_template(catalogue, config, unit_of(catalogue, DISTRICT)))
    assert book.sheetnames == ["Hướng dẫn", *(sheet.name("vi") for sheet in SHEETS), META_SHEET]
    for sheet in SHEETS:
        headings = [cell.value for cell in book[sheet.name("vi")][4]][: len(sheet.columns)]
        assert headings == [sheet.heading(column, "vi") for column in sheet.columns]


def test_rows_are_those_of_the_form(catalogue: Catalogue, config: Config) -> None:
    for code in (DISTRICT, OFFICE):
        unit = unit_of(catalogue, code)
        book = opened(render_template(catalogue, config, unit))
        for sheet, rows in ((INFO, info_rows), (DATA, data_rows)):
            expected = [row.code for row in rows(catalogue, unit, "vi") if row.code]
            assert list(column_cells(book[sheet.name("vi")], "A")) == expected
    assert "B1" not in column_cells(book["Thông tin"], "A")


def test_hidden_facts_stand_in_sheet_properties_and_footer(catalogue: Catalogue, config: Config) -> None:
    unit = unit_of(catalogue, DISTRICT)
    book = opened(render_template(catalogue, config, unit))
    expected = dict(
        zip(META_KEYS, ("1.0", catalogue.version, "2026", DISTRICT, fingerprint(catalogue, unit)), strict=True)
    )
    assert {row[0].value: row[1].value for row in book[META_SHEET].iter_rows(max_col=2)} == expected
    assert {one.name: one.value for one in book.custom_doc_props} == {
        f"phoihop_{key}": fact for key, fact in expected.items()
    }
    assert book[META_SHEET].sheet_state == "veryHidden"
    assert book["Số liệu"].oddFooter.left.text == "Biểu mẫu 1.0 - Năm 2026 - TV-844"


def test_only_inputs_are_unlocked_and_no_password_is_set(catalogue: Catalogue, config: Config) -> None:
    book = opened(render_template(catalogue, config, unit_of(catalogue, DISTRICT)))
    sheet = book["Số liệu"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    results = column_cells(sheet, "E")
    assert not results["CT06.1"].protection.locked
    assert not results["CT06.T"].protection.locked
    assert results["CT16.3"].protection.locked
    assert all(cell.protection.locked for letter in "ABCDG" for cell in column_cells(sheet, letter).values())
    assert book["Thông tin"]["D5"].protection.locked
    assert not book["Thông tin"]["D7"].protection.locked


def test_required_and_optional_inputs_look_different(catalogue: Catalogue, config: Config) -> None:
    results = column_cells(opened(render_template(catalogue, config, unit_of(catalogue, DISTRICT)))["Số liệu"], "E")
    assert results["CT06.1"].fill.fgColor.rgb != results["CT01.1"].fill.fgColor.rgb


def test_every_input_has_a_prompt_or_a_rule(catalogue: Catalogue, config: Config) -> None:
    book = opened(render_template(catalogue, config, unit_of(catalogue, DISTRICT)))
    rules = {str(one.sqref): one for one in book["Số liệu"].data_validations.dataValidation}
    whole = [one for where, one in rules.items() if one.type == "whole"]
    assert {(one.operator, one.formula1, one.errorStyle or "stop") for one in whole} == {
        ("greaterThanOrEqual", "0", "stop")
    }
    cell = column_cells(book["Số liệu"], "E")["CT12.1"].coordinate
    rule = next(one for one in rules.values() if cell in one.sqref)
    assert rule.prompt == "Gõ số nguyên từ 0 trở lên, đơn vị tính: lớp. Không có thì ghi 0."
    assert rule.error == "Ô này chỉ nhận số nguyên từ 0 trở lên, không kèm chữ. Không có thì ghi 0."
    activities = next(one for one in book["Hoạt động"].data_validations.dataValidation if "A5" in one.sqref)
    assert activities.formula1.startswith('"CT01,CT02,')
    assert str(activities.sqref) == "A5:A204"


def test_last_years_figures_stand_in_the_grey_column(catalogue: Catalogue, config: Config) -> None:
    previous = PreviousYear(2025, {(DISTRICT, "CT12.1"): Decimal(17), ("TV-845", "CT12.2"): Decimal(9)})
    sheet = opened(render_template(catalogue, config, unit_of(catalogue, DISTRICT), previous))["Số liệu"]
    shown = column_cells(sheet, "D")
    assert shown["CT12.1"].value == 17
    assert shown["CT12.2"].value == "–"


def test_texts_of_a_unit_never_become_formulas(catalogue: Catalogue, config: Config) -> None:
    unit = unit_of(catalogue, DISTRICT)
    answers = SimpleNamespace(info={}, data={"CT12.T": "=1+1"}, notes={"CT12.1": "http://x.vn"}, lists={})
    sheet = opened(render_template(catalogue, config, unit, None, answers))["Số liệu"]
    assert column_cells(sheet, "E")["CT12.T"].data_type == "s"
    assert column_cells(sheet, "F")["CT12.1"].hyperlink is None


def test_paper_is_a4_landscape_with_repeated_headings(catalogue: Catalogue, config: Config) -> None:
    book = opened(render_template(catalogue, config, unit_of(catalogue, DISTRICT)))
    for sheet in SHEETS:
        page = book[sheet.name("vi")]
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.print_title_rows == "$4:$4"
        assert page.merged_cells.ranges == set()


# ---- formulas: what we store is what LibreOffice computes -----------------------------------------------------------


def faulty_answers(unit: Unit, catalogue: Catalogue) -> SimpleNamespace:
    clean = answers_for(unit, catalogue)
    data = {
        **clean.data,
        "CT02.3": "khoảng 500", "CT03.2": 1.2, "CT06.3": -4, "CT08.1": None, "CT12.2": 99, "CT10.5": 600_000,
        "CT01.2": 90_000, "CT13.3": 5_000, "CT16.1": 0,
    }  # fmt: skip
    info = {**clean.info, "TT09": date(2025, 3, 1), "B5": "nhiều", "TT03": None}
    events = [{**row} for row in clean.lists["events"]]
    events[0]["start"], events[1]["name"], events[2]["people"] = date(2025, 1, 5), None, -3
    return SimpleNamespace(info=info, data=data, notes={}, lists={**clean.lists, "events": events})


FILLINGS: dict[str, Callable[[Unit, Catalogue], Any]] = {
    "blank": lambda unit, catalogue: None,
    "clean": answers_for,
    "faulty": faulty_answers,
}


def grid(data: bytes) -> Iterator[tuple[str, int, int, object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for name in book.sheet_names:
        for row, cells in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False)):
            for column, content in enumerate(cells):
                if content != "":
                    yield name, row, column, content


@pytest.mark.libreoffice
@pytest.mark.parametrize("filled", FILLINGS)
@pytest.mark.parametrize("code", [DISTRICT, OFFICE])
def test_libreoffice_computes_what_is_stored(
    code: str, filled: str, catalogue: Catalogue, config: Config, soffice: Convert, tmp_path: Path
) -> None:
    unit = unit_of(catalogue, code)
    data = render_template(catalogue, config, unit, None, FILLINGS[filled](unit, catalogue))
    # openpyxl saves the formulas without their values, so that LibreOffice has to compute every one.
    bare = tmp_path / "bare.xlsx"
    book = opened(data)
    book.save(bare)
    recalculated = soffice(bare, "xlsx", tmp_path / "out").read_bytes()
    assert dict_of(recalculated) == dict_of(data)


def dict_of(data: bytes) -> dict[tuple[str, int, int], object]:
    return {(name, row, column): content for name, row, column, content in grid(data)}


def shown_checks(data: bytes) -> dict[str, str]:
    sheet = opened(data, data_only=True)["Số liệu"]
    return {code: cell.value for code, cell in column_cells(sheet, "G").items()}


def test_the_light_and_the_check_cells(catalogue: Catalogue, config: Config) -> None:
    unit = unit_of(catalogue, DISTRICT)
    made = {
        name: render_template(catalogue, config, unit, None, fill(unit, catalogue)) for name, fill in FILLINGS.items()
    }
    assert {name: opened(data, data_only=True)["Hướng dẫn"]["A6"].value for name, data in made.items()} == {
        "blank": "✗ CHƯA GỬI ĐƯỢC: còn 40 ô bắt buộc chưa điền, 0 ô sai phải sửa.",
        "clean": "✓ SẴN SÀNG GỬI",
        "faulty": "✗ CHƯA GỬI ĐƯỢC: còn 3 ô bắt buộc chưa điền, 10 ô sai phải sửa.",
    }
    checks = shown_checks(made["faulty"])
    assert {code: checks[code] for code in ("CT02.3", "CT03.2", "CT06.3", "CT08.1", "CT12.2", "CT13.3", "CT16.3")} == {
        "CT02.3": "✗ Phải là một con số",
        "CT03.2": "✗ Phải là số nguyên",
        "CT06.3": "✗ Không được âm",
        "CT08.1": "○ Chưa điền",
        "CT12.2": "✗ Không khớp với CT12.1",
        "CT13.3": "✗ Không khớp với CT13.2",
        "CT16.3": "Biểu tự tính",
    }
