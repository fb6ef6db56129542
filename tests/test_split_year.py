"""A year in which units end and successors begin: flows of both parts add up, stocks are counted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.catalogue import Catalogue, Unit
from pipeline.figures import check_controls, compute_figures
from pipeline.merge import choose, merge
from pipeline.model import Dataset, Figure, FigureNote, Figures, Relation, Scalar, UnitState
from pipeline.report.annexes import ANNEXES
from pipeline.report.material import Material
from pipeline.templates import render_template
from pipeline.workbook import build_workbook
from tests.conftest import Convert
from tests.factory import shipped, submission

SHIPPED, CONFIG = shipped()
END, BEGIN = date(2026, 6, 30), date(2026, 7, 1)
OLD, HEIRS, LONELY, LASTING = "TV-844", ("XA-1", "XA-2"), "TT-QS", "TV-842"
FLOW, STOCK, RATE, PARTS = "CT12.1", "CT01.4", "CT16.3", ("CT16.1", "CT16.2")


def divided() -> Catalogue:
    """The shipped register with one district divided into two communes and one union ended without successor."""
    known = {unit.code: unit for unit in SHIPPED.units}
    heirs = [
        replace(known[OLD], code=code, name=f"Đoàn xã số {number}", aliases=(), email="", first=BEGIN)
        for number, code in enumerate(HEIRS, start=1)
    ]
    known[OLD] = replace(known[OLD], last=END, successors=HEIRS)
    known[LONELY] = replace(known[LONELY], last=END)
    return replace(SHIPPED, units=(*known.values(), *heirs))


CATALOGUE = divided()
UNITS = {unit.code: unit for unit in CATALOGUE.units}


def unit(code: str) -> Unit:
    return UNITS[code]


def run_of(amounts: dict[str, dict[str, int]], catalogue: Catalogue = CATALOGUE) -> tuple[Dataset, Figures]:
    """The figures of a year in which these units report these amounts, with the control totals proved."""
    given_amounts: dict[str, dict[str, Scalar]] = {
        code: {"CT01.1": Decimal(1), **{key: Decimal(n) for key, n in own.items()}} for code, own in amounts.items()
    }
    sent = tuple(submission(UNITS[code], own) for code, own in given_amounts.items())
    dataset = merge(sent, choose(sent, catalogue), (), catalogue, CONFIG)
    figures = compute_figures(dataset, catalogue)
    check_controls(dataset, figures, catalogue)
    return dataset, figures


def figure(code: str, amounts: dict[str, dict[str, int]]) -> Figure:
    return run_of(amounts)[1][code]


def test_flows_of_both_parts_are_added() -> None:
    found = figure(FLOW, {OLD: {FLOW: 5}, "XA-1": {FLOW: 2}, "XA-2": {FLOW: 1}, LASTING: {FLOW: 10}, LONELY: {FLOW: 3}})
    assert (found.total, found.reporting, found.notes) == (Decimal(21), 5, ())


def test_both_parts_are_asked_for_a_flow() -> None:
    found = figure(FLOW, {})
    assert {OLD, LONELY, *HEIRS} <= set(found.missing)
    assert found.expected == len(SHIPPED.expected_units(FLOW)) + 2


def test_the_successors_stock_replaces_the_ended_units() -> None:
    found = figure(STOCK, {OLD: {STOCK: 20}, "XA-1": {STOCK: 8}, "XA-2": {STOCK: 7}, LASTING: {STOCK: 100}})
    assert (found.total, found.reporting) == (Decimal(115), 3)
    assert found.notes == (FigureNote(Relation.REPLACED, (OLD,)),)
    assert OLD not in found.missing


def test_one_successor_is_enough_and_the_other_is_missing() -> None:
    found = figure(STOCK, {OLD: {STOCK: 20}, "XA-1": {STOCK: 0}, LASTING: {STOCK: 100}})
    assert found.total == Decimal(100)
    assert found.notes == (FigureNote(Relation.REPLACED, (OLD,)),)
    assert "XA-2" in found.missing


def test_the_ended_units_stock_stands_in_while_no_successor_has_reported() -> None:
    found = figure(STOCK, {OLD: {STOCK: 20}, "XA-1": {FLOW: 2}, LASTING: {STOCK: 100}})
    assert (found.total, found.reporting) == (Decimal(120), 2)
    assert found.notes == (FigureNote(Relation.STANDS_IN, (OLD,)),)
    assert set(HEIRS) <= set(found.missing)


def test_without_successors_the_stock_is_left_out() -> None:
    found = figure(STOCK, {LONELY: {STOCK: 9}, LASTING: {STOCK: 100}})
    assert (found.total, found.reporting) == (Decimal(100), 1)
    assert found.notes == (FigureNote(Relation.ENDED, (LONELY,)),)
    assert LONELY not in found.missing


def test_base_data_are_stocks() -> None:
    found = figure("B5", {OLD: {"B5": 3000}, "XA-1": {"B5": 1000}, "XA-2": {"B5": 1500}})
    assert (found.total, found.notes) == (Decimal(2500), (FigureNote(Relation.REPLACED, (OLD,)),))


def test_a_rate_rests_on_the_same_choice_of_stocks() -> None:
    part, whole = PARTS
    found = figure(
        RATE,
        {
            OLD: {part: 900, whole: 1000},
            "XA-1": {part: 100, whole: 400},
            "XA-2": {part: 200, whole: 600},
            LASTING: {part: 500, whole: 1000},
        },
    )
    assert (found.total, found.reporting) == (Decimal("40.0"), 3)
    assert found.notes == (FigureNote(Relation.REPLACED, (OLD,)),)


def test_a_rate_of_an_ended_unit_stands_in_as_a_whole() -> None:
    part, whole = PARTS
    found = figure(RATE, {OLD: {part: 900, whole: 1000}, LASTING: {part: 500, whole: 1000}})
    assert (found.total, found.notes) == (Decimal("70.0"), (FigureNote(Relation.STANDS_IN, (OLD,)),))


def test_half_of_a_rate_is_not_mixed_with_the_successors_other_half() -> None:
    part, whole = PARTS
    found = figure(RATE, {OLD: {part: 900, whole: 1000}, "XA-1": {whole: 400}, LASTING: {part: 500, whole: 1000}})
    assert (found.total, found.reporting) == (Decimal("50.0"), 1)


def test_a_successor_of_a_successor_counts() -> None:
    chained = replace(
        CATALOGUE,
        units=tuple(
            replace(one, last=date(2026, 9, 30), successors=("XA-2",)) if one.code == "XA-1" else one
            for one in (replace(u, successors=("XA-1",)) if u.code == OLD else u for u in CATALOGUE.units)
        ),
    )
    _, figures = run_of({OLD: {STOCK: 20}, "XA-2": {STOCK: 7}}, chained)
    assert figures[STOCK].total == Decimal(7)


def test_successors_that_name_each_other_do_not_hang() -> None:
    circle = {OLD: ("XA-1",), "XA-1": (OLD,)}
    units = tuple(replace(u, last=END, successors=circle.get(u.code, ())) for u in CATALOGUE.units)
    _, figures = run_of({OLD: {STOCK: 20}}, replace(CATALOGUE, units=units))
    assert figures[STOCK].total == Decimal(20)


def test_a_unit_that_ends_after_the_cut_off_counts_in_full() -> None:
    late = tuple(replace(u, last=date(2026, 12, 31)) if u.code == LONELY else u for u in CATALOGUE.units)
    _, figures = run_of({LONELY: {STOCK: 9}}, replace(CATALOGUE, units=late))
    assert (figures[STOCK].total, figures[STOCK].notes) == (Decimal(9), ())


def test_an_ended_unit_is_due_and_one_that_begins_after_the_cut_off_is_not() -> None:
    later = tuple(replace(u, first=date(2026, 12, 15)) if u.code == "XA-2" else u for u in CATALOGUE.units)
    dataset, figures = run_of({}, replace(CATALOGUE, units=later))
    states = {one.unit: one.state for one in dataset.units}
    assert (states[OLD], states["XA-1"], states["XA-2"]) == (UnitState.MISSING, UnitState.MISSING, UnitState.NOT_DUE)
    assert dataset.ended == (OLD, LONELY)
    assert "XA-2" not in figures[FLOW].missing


@settings(max_examples=20, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 500)), min_size=4, max_size=4))
def test_nothing_is_counted_twice_and_nothing_lost(numbers: list[int | None]) -> None:
    codes = (OLD, *HEIRS, LASTING)
    told = {code: n for code, n in zip(codes, numbers, strict=True) if n is not None}
    found = figure(STOCK, {code: {STOCK: n} for code, n in told.items()})
    heirs = [told[code] for code in HEIRS if code in told]
    stocks = [*(heirs or [told[code] for code in (OLD,) if code in told]), *(told[c] for c in (LASTING,) if c in told)]
    assert found.total == (sum(stocks) if stocks else None)
    assert bool(found.notes) == (OLD in told)


AMOUNTS = {
    OLD: {FLOW: 5, STOCK: 1234, "CT16.1": 900, "CT16.2": 1000, "CT01.3": 4},
    "XA-1": {FLOW: 2, STOCK: 8, "CT16.1": 100, "CT16.2": 400},
    "XA-2": {FLOW: 1, STOCK: 7, "CT16.1": 200, "CT16.2": 600},
    LASTING: {FLOW: 10, STOCK: 100, "CT16.1": 500, "CT16.2": 1000},
    LONELY: {FLOW: 3, STOCK: 9},
}


@pytest.fixture(scope="module")
def workbook() -> bytes:
    dataset, figures = run_of(AMOUNTS)
    return build_workbook(dataset, figures, CATALOGUE, CONFIG, lambda finding: ("", ""), lambda file: "")


def row_of(sheet: Worksheet, code: str) -> dict[str, object]:
    """One row of a table by the texts of its headings."""
    headings = [cell.value for cell in sheet[4]]
    place = headings.index("Mã")
    cells = next(row for row in sheet.iter_rows(min_row=5) if row[place].value == code)
    return {str(heading): cell.value for heading, cell in zip(headings, cells, strict=True)}


def test_the_workbook_puts_what_is_not_added_in_brackets(workbook: bytes) -> None:
    sheet = load_workbook(BytesIO(workbook), data_only=True)["Theo đơn vị"]
    stock = row_of(sheet, STOCK)
    assert stock[unit(OLD).name] == "(1.234)"
    assert stock[unit(LONELY).name] == "(9)"
    assert (stock["Toàn tỉnh"], stock[unit("XA-1").name]) == (115, 8)
    assert row_of(sheet, "CT01.3")[unit(OLD).name] == 4
    assert row_of(sheet, RATE)[unit(OLD).name] == "(90)"
    assert row_of(sheet, FLOW)[unit(OLD).name] == 5


def test_the_workbook_says_in_words_what_it_did(workbook: bytes) -> None:
    sheet = load_workbook(BytesIO(workbook), data_only=True)["Tổng hợp"]
    assert row_of(sheet, STOCK)["Ghi chú"] == (
        "Lấy số của đơn vị kế thừa, không cộng số của đơn vị đã kết thúc: Huyện đoàn Càng Long; "
        "Không tính vì đơn vị đã kết thúc và danh mục không ghi đơn vị kế thừa: Đoàn cơ sở Bộ Chỉ huy Quân sự tỉnh"
    )
    assert row_of(sheet, "CT01.3")["Ghi chú"] == (
        "Tính số cuối kỳ của đơn vị đã kết thúc vì chưa có số của đơn vị kế thừa: Huyện đoàn Càng Long"
    )
    assert row_of(sheet, FLOW)["Ghi chú"] is None


@pytest.mark.libreoffice
def test_the_live_formulas_give_the_same_totals(workbook: bytes, soffice: Convert, tmp_path: Path) -> None:
    saved = load_workbook(BytesIO(workbook))  # openpyxl keeps formulas without their values: LibreOffice computes them
    saved.save(tmp_path / "tong-hop.xlsx")
    computed = load_workbook(soffice(tmp_path / "tong-hop.xlsx", "xlsx", tmp_path / "out"), data_only=True)
    stored = load_workbook(BytesIO(workbook), data_only=True)
    for code in (STOCK, RATE, FLOW, "CT01.3", "B5"):
        assert row_of(computed["Theo đơn vị"], code)["Toàn tỉnh"] == row_of(stored["Theo đơn vị"], code)["Toàn tỉnh"]
    assert row_of(computed["Theo đơn vị"], RATE)["Toàn tỉnh"] == 40


@pytest.mark.parametrize(
    ("code", "line"),
    [
        (OLD, "Kỳ số liệu của đơn vị: từ 01/01/2026 đến 30/06/2026."),
        ("XA-1", "Kỳ số liệu của đơn vị: từ 01/07/2026 đến 30/11/2026."),
    ],
)
def test_the_guide_says_the_units_own_period(code: str, line: str) -> None:
    sheet = load_workbook(BytesIO(render_template(CATALOGUE, CONFIG, unit(code))))["Hướng dẫn"]
    assert str(sheet["A5"].value).startswith(line)


def test_a_unit_of_the_whole_year_needs_no_period() -> None:
    sheet = load_workbook(BytesIO(render_template(CATALOGUE, CONFIG, unit(LASTING))))["Hướng dẫn"]
    assert sheet["A5"].value is None


def test_the_annex_of_the_report_puts_it_in_brackets_too() -> None:
    dataset, figures = run_of(AMOUNTS)
    annex = ANNEXES["units"](Material(dataset, figures, CATALOGUE, CONFIG))
    assert annex is not None
    cells: dict[str, str] = {}
    for _, table in annex.tables:
        stock = next(row for row in table.rows if row.cells[0] == "1.4")
        cells |= dict(zip([column.title for column in table.columns], stock.cells, strict=True))
    assert (cells[unit(OLD).name], cells[unit(LONELY).name], cells[unit("XA-1").name]) == ("(1.234)", "(9)", "8")
