"""The consolidated workbook, read back by a library that did not write it; LibreOffice recalculates every formula."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from pipeline.awards import judge_nominations
from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.model import CellRef, CellState, Dataset, Figures, FileOutcome, Finding, Outcome, Record, Relation, Value
from pipeline.reading.previous import read_previous
from pipeline.workbook import SHEETS, build_nominations, build_workbook
from pipeline.workbook.table import printable
from tests.conftest import Convert
from tests.factory import sample_run

Run = tuple[Dataset, Figures, Catalogue, Config]


def describe(finding: Finding) -> tuple[str, str]:
    return f"Phát hiện {finding.rule}", "Sửa lại."


def explain(file: FileOutcome) -> str:
    return f"Lý do {file.reason}"


def built(run: Run) -> bytes:
    return build_workbook(*run, describe, explain)


@pytest.fixture(scope="module", params=[True, False], ids=["missing", "complete"])
def run(request: pytest.FixtureRequest) -> Run:
    return sample_run(request.param)


@pytest.fixture(scope="module")
def data(run: Run) -> bytes:
    return built(run)


def grids(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def rows(data: bytes, sheet: str) -> list[dict[str, Any]]:
    """The table of a sheet: headings in row 4."""
    grid = grids(data)[sheet]
    return [dict(zip(grid[3], row, strict=True)) for row in grid[4:]]


def test_sheets_stand_in_their_order(data: bytes, run: Run) -> None:
    names = load_workbook(BytesIO(data)).sheetnames
    expected = ["Bìa", "Tổng hợp", "Theo đơn vị", "Tiến độ", "Tệp đã nhận", "Hoạt động", "Đánh giá - kiến nghị", "Kế hoạch",
                "Lỗi và cảnh báo", "Điều chỉnh", "Nguồn số liệu", "Biểu đồ"]  # fmt: skip
    assert names == expected
    assert len(SHEETS) == len(expected)


def test_the_same_run_gives_the_same_bytes(run: Run) -> None:
    assert built(run) == built(run)


def test_every_total_equals_the_figures(data: bytes, run: Run) -> None:
    _, figures, catalogue, _ = run
    shown = {row["Mã"]: row for row in rows(data, "Tổng hợp")}
    for indicator in catalogue.indicators:
        figure, row = figures[indicator.code], shown[indicator.code]
        assert as_decimal(row["Năm nay"]) == figure.total, indicator.code
        assert as_decimal(row["Năm trước"]) == figure.previous, indicator.code
        assert as_decimal(row["Tăng, giảm"]) == figure.change, indicator.code
        assert row["Đơn vị báo cáo"] == f"{figure.reporting}/{figure.expected}"
        if not indicator.computed:
            assert as_decimal(row["Tăng, giảm (%)"]) == figure.change_percent, indicator.code


def as_decimal(cell: object) -> Decimal | None:
    return Decimal(f"{cell:.15g}") if isinstance(cell, float | int) else None


def test_every_unit_cell_equals_the_figures(data: bytes, run: Run) -> None:
    _, figures, catalogue, _ = run
    for row in rows(data, "Theo đơn vị"):
        for unit in catalogue.units:
            counted = catalogue.relation_to(unit, row["Mã"]) in {Relation.FOCAL, Relation.DATA}
            expected = figures.by_unit.get((unit.code, row["Mã"])) if counted else None
            assert as_decimal(row[unit.name]) == expected, (row["Mã"], unit.code)


def test_reconciled_figures_have_columns_of_their_own(data: bytes, run: Run) -> None:
    _, figures, catalogue, _ = run
    shown = {row["Mã"]: row for row in rows(data, "Theo đơn vị")}
    compared = [key for key, relation in figures.relations.items() if relation is Relation.RECONCILED]
    assert compared
    for unit, code in compared:
        name = f"Đối chiếu: {catalogue.unit_name(unit)}"
        assert as_decimal(shown[code][name]) == figures.by_unit[unit, code]


def test_totals_are_live_formulas(data: bytes, run: Run) -> None:
    _, _, catalogue, _ = run
    sheet = load_workbook(BytesIO(data))["Theo đơn vị"]
    formulas = [sheet[f"E{row}"].value for row in range(5, 5 + len(catalogue.indicators))]
    assert all(str(formula).startswith("=IF(") for formula in formulas)


@pytest.mark.libreoffice
def test_libreoffice_recalculates_every_value_to_what_is_stored(data: bytes, soffice: Convert, tmp_path: Path) -> None:
    bare = tmp_path / "bare.xlsx"
    book = load_workbook(BytesIO(data))
    book.save(bare)
    recalculated = grids(soffice(bare, "xlsx", tmp_path / "out").read_bytes())
    stored = grids(data)
    assert {name: cells(grid) for name, grid in recalculated.items()} == {
        name: cells(grid) for name, grid in stored.items()
    }


def cells(grid: list[list[Any]]) -> dict[tuple[int, int], object]:
    return {
        (r, c): round(cell, 9) if isinstance(cell, float) else cell
        for r, row in enumerate(grid)
        for c, cell in enumerate(row)
        if cell != ""
    }


def test_blank_refused_and_zero_look_different(run: Run) -> None:
    dataset, figures, catalogue, config = run
    entry = next(e for e in dataset.entries if e.unit == "TV-844" and e.code == "CT12.1")
    blank = replace(entry, outcome=Outcome.BLANK, amount=None)
    changed = replace(dataset, entries=tuple(blank if e is entry else e for e in dataset.entries))
    by_unit = {key: amount for key, amount in figures.by_unit.items() if key != ("TV-844", "CT12.1")}
    sheet = load_workbook(BytesIO(built((changed, replace(figures, by_unit=by_unit), catalogue, config))))[
        "Theo đơn vị"
    ]
    row = next(r for r in range(5, 90) if sheet[f"B{r}"].value == "CT12.1")
    column = next(c.column for c in sheet[4] if c.value == "Huyện đoàn Càng Long")
    cell, beside = sheet.cell(row, column), sheet.cell(row, column + 1)
    assert cell.value is None
    assert cell.fill.fgColor.rgb != beside.fill.fgColor.rgb


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 294", "-5", "@SUM(A1)", "http://x.vn", "mailto:a@b.vn", '=HYPERLINK("http://x")']
)
def test_texts_of_units_are_neither_formulas_nor_links(text: str, run: Run) -> None:
    dataset, figures, catalogue, config = run
    ref = CellRef("a.xlsx", "Hoạt động", 5, 2)
    cell = Value(ref, "TV-844", "events", "name", text, CellState.VALUE, text)
    changed = replace(dataset, records=(Record("TV-844", "events", ref, {"name": cell}),))
    sheet = load_workbook(BytesIO(built((changed, figures, catalogue, config))))["Hoạt động"]
    found = sheet["C5"]
    assert (found.value, found.data_type, found.hyperlink) == (text, "s", None)


def test_long_and_broken_texts_are_cut_with_a_mark() -> None:
    assert printable("a\ud800b") == "a?b"
    assert len(printable("x" * 40_000)) == 32_767
    assert printable("x" * 40_000).endswith(" […]")


def test_every_sheet_is_accessible(data: bytes) -> None:
    book = load_workbook(BytesIO(data))
    for sheet in book.worksheets[1:-1]:
        assert sheet.merged_cells.ranges == set(), sheet.title
        assert sheet.freeze_panes is not None, sheet.title
        assert sheet.print_title_rows == "$4:$4", sheet.title
        assert sheet.page_setup.orientation == "landscape", sheet.title
    filtered = [sheet.title for sheet in book.worksheets if sheet.auto_filter.ref]
    assert {"Tổng hợp", "Theo đơn vị", "Tiến độ", "Nguồn số liệu"} <= set(filtered)


def test_the_draft_mark_while_units_are_missing(data: bytes, run: Run) -> None:
    dataset = run[0]
    cover = grids(data)["Bìa"]
    assert cover[3][0] == ("SỐ LIỆU ĐẦY ĐỦ" if dataset.complete else "BẢN NHÁP – SỐ LIỆU CHƯA ĐẦY ĐỦ")
    header = load_workbook(BytesIO(data))["Tổng hợp"].oddHeader.center.text
    assert (header is None) is dataset.complete


def test_every_read_cell_has_its_source(data: bytes, run: Run) -> None:
    dataset = run[0]
    shown = rows(data, "Nguồn số liệu")
    assert len(shown) == len(dataset.entries) == dataset.controls.cells_read
    for row, entry in zip(shown, dataset.entries, strict=True):
        assert (row["Mã đơn vị"], row["Chỉ tiêu"], row["Tệp"], row["Trang"], row["Ô"]) == (
            entry.unit, entry.code, entry.value.ref.file, entry.value.ref.sheet, entry.value.ref.address,
        )  # fmt: skip
        assert (row["Mã đối chiếu (SHA-256)"], row["Nguyên văn"]) == (entry.sha256, entry.value.raw)


def test_findings_come_errors_first_with_their_cells() -> None:
    (row,) = rows(built(sample_run(True)), "Lỗi và cảnh báo")
    assert (row["Mức"], row["Đơn vị"], row["Trang"], row["Phát hiện"], row["Mã"]) == (
        "Lỗi", "Huyện đoàn Càng Long", "Số liệu", "Phát hiện K12a", "K12a",
    )  # fmt: skip


def test_the_board_names_every_unit(data: bytes, run: Run) -> None:
    shown = {row["Mã"]: row["Tình trạng"] for row in rows(data, "Tiến độ")}
    assert list(shown) == [unit.code for unit in run[2].units]
    assert shown["TT-QS"] == ("Đầy đủ" if run[0].complete else "Chưa có biểu")


def test_nominations_stay_in_their_own_file(run: Run) -> None:
    dataset, figures, catalogue, config = run
    ref = CellRef("a.xlsx", "Khen thưởng", 5, 1)
    cell = Value(ref, "TV-844", "nominations", "name", "Trần Thị Bí Mật", CellState.VALUE, "Trần Thị Bí Mật")
    changed = replace(dataset, records=(Record("TV-844", "nominations", ref, {"name": cell}),))
    judged = judge_nominations(changed, catalogue, config.award, config.report_deadline)
    assert all(
        "Bí Mật" not in str(row)
        for grid in grids(built((changed, figures, catalogue, config))).values()
        for row in grid
    )
    assert (
        rows(build_nominations(judged, changed, figures, catalogue, config), "Khen thưởng")[0]["Họ và tên"]
        == "Trần Thị Bí Mật"
    )


# ---- the next year reads it back ------------------------------------------------------------------------------------


def test_the_next_year_reads_the_figures_back(data: bytes, run: Run, tmp_path: Path) -> None:
    dataset, figures, _, _ = run
    path = tmp_path / "Tong-hop-2026.xlsx"
    path.write_bytes(data)
    previous = read_previous(path, 2026)
    assert previous is not None
    assert previous.totals == {
        code: f.total for code, f in figures.indicators.items() if f.total is not None and not code.startswith("B")
    }
    assert previous.amounts == {(e.unit, e.code): e.amount for e in dataset.entries if e.outcome is Outcome.ACCEPTED}
    assert previous.origin == "Tong-hop-2026.xlsx"


@pytest.mark.parametrize("year", [2025, 2027])
def test_a_workbook_of_another_year_is_not_taken(year: int, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    assert read_previous(path, year) is None


def test_what_is_not_our_workbook_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04nothing")
    assert read_previous(path, 2026) is None
    assert read_previous(tmp_path / "nowhere.xlsx", 2026) is None


def test_a_run_without_last_year(run: Run) -> None:
    dataset, figures, catalogue, config = run
    bare = {code: replace(f, previous=None, change=None, change_percent=None) for code, f in figures.indicators.items()}
    data = built((dataset, replace(figures, indicators=bare, previous_year=None), catalogue, config))
    assert {row["Năm trước"] for row in rows(data, "Tổng hợp") if "." in str(row["Mã"])} == {"–"}
