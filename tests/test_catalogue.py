"""danh-muc.xlsx: what it holds, what a year selects, and what it says about its own mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pipeline.catalogue import Catalogue, load, target_for
from pipeline.errors import CatalogueError
from pipeline.model import Relation
from tests.conftest import ROOT

SHIPPED = ROOT / "input_templates" / "danh-muc.xlsx"


def test_the_whole_programme_is_there(whole_catalogue: Catalogue) -> None:
    assert len(whole_catalogue.sections) == 5
    assert len(whole_catalogue.activities) == 17
    assert len(whole_catalogue.indicators) == 76
    assert len(whole_catalogue.checks) == 42
    assert [base.code for base in whole_catalogue.bases] == ["B1", "B2", "B3", "B4", "B5", "B6", "B7"]


def test_leads_and_times_are_those_of_the_appendix(whole_catalogue: Catalogue) -> None:
    leads = Counter(activity.lead for activity in whole_catalogue.activities)
    assert sorted(leads.values()) == [1, 8, 8]
    assert Counter(activity.time for activity in whole_catalogue.activities) == {"Hàng năm": 15, "Năm 2022": 2}


@pytest.mark.parametrize(
    ("role", "activities"),
    [
        ("cap_huyen", [5, 6, 7, 8, 9, 10, 12]),
        ("truc_thuoc", [8, 9, 10, 12]),
        ("doan_khoi", [7, 8, 9, 10, 12]),
        ("ban_to_chuc_kiem_tra", [11, 12, 14]),
    ],
)
def test_focal_activities_of_a_role(role: str, activities: list[int], whole_catalogue: Catalogue) -> None:
    roles = {known.code for known in whole_catalogue.roles}
    if role not in roles:
        pytest.fail(f"unknown role {role}, there are {sorted(roles)}")
    focal = [
        a.number
        for a in whole_catalogue.activities
        if role in a.focal or (role.startswith("ban_") and "cac_ban" in a.focal)
    ]
    assert focal == activities


def test_activities_5_and_11_belong_to_2022_only(whole_catalogue: Catalogue) -> None:
    assert {5, 11} <= {activity.number for activity in whole_catalogue.for_year(2022).activities}
    assert {5, 11}.isdisjoint(activity.number for activity in whole_catalogue.for_year(2026).activities)
    assert whole_catalogue.for_year(2026).indicator("CT05.1") is None
    assert (len(whole_catalogue.for_year(2026).indicators), len(whole_catalogue.for_year(2026).checks)) == (66, 35)


def test_the_mobile_money_target_is_for_2022_only(whole_catalogue: Catalogue) -> None:
    activity = whole_catalogue.activity(16)
    assert target_for(activity, "CT16.3", 2022) == Decimal(100)
    assert target_for(activity, "CT16.3", 2023) is None


def test_a_unit_valid_on_any_day_of_the_year_is_due(whole_catalogue: Catalogue) -> None:
    assert len(whole_catalogue.for_year(2026).units) == 20
    assert all(
        u.first <= date(2026, 12, 31) and u.last >= date(2026, 1, 1) for u in whole_catalogue.for_year(2026).units
    )


def test_of_two_focal_offices_the_lead_agencys_counts(catalogue: Catalogue) -> None:
    relations = {
        unit.code: catalogue.relation(unit, catalogue.activity(12))
        for unit in catalogue.units
        if catalogue.is_office(unit)
    }
    assert {code for code, relation in relations.items() if relation is Relation.RECONCILED}
    for activity in catalogue.activities:
        for unit in catalogue.units:
            if catalogue.relation(unit, activity) is Relation.RECONCILED:
                assert unit.code not in {counted.code for counted in catalogue.expected_units(f"{activity.code}.1")}


def test_similar_names_are_not_mixed_up(catalogue: Catalogue) -> None:
    assert [unit.code for unit in catalogue.named("huyện đoàn duyên hải")] == ["TV-850"]
    assert [unit.code for unit in catalogue.named("Thị đoàn Duyên Hải")] == ["TV-851"]
    assert catalogue.named("Duyên Hải") == ()


# ---- mistakes -------------------------------------------------------------------------------------------------------


def broken(folder: Path, sheet: str, cell: str, content: Any) -> Path:
    """The shipped catalogue with one cell changed."""
    book = load_workbook(SHIPPED)
    book[sheet][cell] = content
    path = folder / "danh-muc.xlsx"
    book.save(path)
    return path


def complaints(path: Path) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as caught:
        load(path)
    assert caught.value.exit_code == 2
    return caught.value.problems


def heading(sheet: str, name: str) -> str:
    """The letter of a column."""
    row = next(load_workbook(SHIPPED)[sheet].iter_rows(max_row=1))
    return next(cell.coordinate[:-1] for cell in row if cell.value == name)


MISTAKES: dict[str, tuple[str, str, int, Any, str]] = {
    "duplicate_indicator": ("Chỉ tiêu", "Mã", 3, "CT01.1", "Chỉ tiêu!A3"),
    "unknown_section": ("Hoạt động", "Phần", 2, "IX", "Hoạt động!B2"),
    "unknown_operand": ("Kiểm tra", "Điều kiện phải đúng", 2, "CT99.1 > 0", "Kiểm tra!C2"),
    "condition_names_nothing": ("Kiểm tra", "Điều kiện phải đúng", 2, "1 < 2", "Kiểm tra!C2"),
    "condition_is_code": ("Kiểm tra", "Điều kiện phải đúng", 2, "__import__('os')", "Kiểm tra!C2"),
    "bounds_crossed": ("Chỉ tiêu", "Ngưỡng cảnh báo", 2, 10**9, "Chỉ tiêu!J2"),
    "bound_of_zero": ("Chỉ tiêu", "Ngưỡng lỗi", 2, 0, "Chỉ tiêu!K2"),
    "bad_date": ("Đơn vị", "Hiệu lực từ", 2, "31/02/2026", "Đơn vị!J2"),
    "years_reversed": ("Hoạt động", "Đến năm", 2, 2020, "Hoạt động!L2"),
    "unknown_kind": ("Đơn vị", "Loại", 2, "xom", "Đơn vị!C2"),
    "unknown_successor": ("Đơn vị", "Đơn vị kế thừa", 2, "TV-000", "Đơn vị!L2"),
    "blank_name": ("Chỉ tiêu", "Tên chỉ tiêu", 2, None, "Chỉ tiêu!C2"),
    "unknown_type": ("Chỉ tiêu", "Kiểu", 2, "chữ", "Chỉ tiêu!E2"),
    "shared_alias": ("Đơn vị", "Tên gọi khác", 3, "Thành đoàn Trà Vinh", "Đơn vị!F3"),
}


# Mistakes that break something else as well: a code that is gone is missing in a check, a hard bound of 0 lies below the soft.
TOLD_TWICE = {"duplicate_indicator", "bound_of_zero"}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_sheet_and_cell(mistake: str, tmp_path: Path) -> None:
    sheet, column, row, content, place = MISTAKES[mistake]
    cell = f"{heading(sheet, column)}{row}"
    found = complaints(broken(tmp_path, sheet, cell, content))
    assert len(found) == (2 if mistake in TOLD_TWICE else 1), found
    assert any(sentence.startswith((f"{sheet}!{cell}: ", f"{place}: ")) for sentence in found), found


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    path = broken(tmp_path, "Chỉ tiêu", "C2", None)
    book = load_workbook(path)
    book["Đơn vị"][f"{heading('Đơn vị', 'Hiệu lực từ')}3"] = "hôm qua"
    book.save(path)
    assert len(complaints(path)) == 2


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (lambda path: path.unlink(), "catalogue_missing"),
        (lambda path: path.write_bytes(b"PK\x03\x04 half a file"), "catalogue_unreadable"),
    ],
)
def test_a_catalogue_that_cannot_be_read(spoil: Callable[[Path], Any], key: str, tmp_path: Path) -> None:
    path = broken(tmp_path, "Chỉ tiêu", "C2", "x")
    spoil(path)
    with pytest.raises(CatalogueError) as caught:
        load(path)
    assert caught.value.key == key


def test_columns_may_be_moved(tmp_path: Path) -> None:
    book = load_workbook(SHIPPED)
    sheet = book["Phần"]
    for row in sheet.iter_rows():
        row[0].value, row[1].value = row[1].value, row[0].value
    path = tmp_path / "danh-muc.xlsx"
    book.save(path)
    assert load(path).sections == load(SHIPPED).sections
