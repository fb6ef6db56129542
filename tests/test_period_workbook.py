"""The workbook of several years: what PeriodFigures says, with formulas that every program agrees on."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.model import PeriodFigures, Relation, YearFigures
from pipeline.period import compute_period
from pipeline.workbook import build_period_workbook
from tests.conftest import Convert
from tests.factory import shipped

WHOLE_TOTALS: dict[int, dict[str, Decimal | bool]] = {
    2022: {"CT12.1": Decimal(10), "CT01.4": Decimal(100), "CT16.3": Decimal("61.2"), "CT05.1": Decimal(85), "CT11.2": True,
           "CT10.5": Decimal("120.5"), "CT09.4": Decimal(4)},
    2023: {"CT12.1": Decimal(0), "CT01.4": Decimal(140), "CT16.3": Decimal("70.0"), "CT10.5": Decimal("0.1"), "CT09.4": Decimal(7)},
    2025: {"CT12.1": Decimal(25), "CT16.3": Decimal("93.4"), "CT10.5": Decimal("0.2"), "CT09.4": Decimal(5)},
}  # fmt: skip
SHOWN = ("CT12.1", "CT01.4", "CT16.3", "CT05.1", "CT10.5", "CT09.4", "CT13.1", "B5")
TOTAL, CHANGE, GROWTH = "Cả giai đoạn", "Tăng, giảm năm cuối so với năm đầu", "Tăng, giảm (%)"


@pytest.fixture(scope="module")
def config() -> Config:
    return shipped()[1]


@pytest.fixture(scope="module")
def period(whole_catalogue: Catalogue) -> PeriodFigures:
    """2022 - 2026 without 2024 and 2026; in 2025 a district was replaced by its successors."""
    codes = [one.code for one in whole_catalogue.indicators]
    split = {("TV-844", "CT01.4"): Relation.REPLACED}
    years = [
        YearFigures(
            year, f"Tong-hop-{year}.xlsx", year != 2023, 19, 20, totals,
            {code: 18 if code in totals else 0 for code in codes}, dict.fromkeys(codes, 19),
            dict.fromkeys(split, Decimal(20)) if year == 2025 else {}, split if year == 2025 else {},
        )
        for year, totals in WHOLE_TOTALS.items()
    ]  # fmt: skip
    return compute_period(years, whole_catalogue, 2022, 2026)


@pytest.fixture(scope="module")
def data(period: PeriodFigures, whole_catalogue: Catalogue, config: Config) -> bytes:
    return build_period_workbook(period, whole_catalogue, config)


def rows_of(data: bytes | Path, sheet: str = "Giai đoạn", key: str = "Mã") -> dict[object, dict[str, Any]]:
    """Every row of a table by code and heading, as stored."""
    book = load_workbook(BytesIO(data) if isinstance(data, bytes) else data, data_only=True)
    headings = [str(cell.value) for cell in book[sheet][4]]
    place = headings.index(key)
    rows = (dict(zip(headings, [cell.value for cell in row], strict=True)) for row in book[sheet].iter_rows(min_row=5))
    return {list(row.values())[place]: row for row in rows}


def test_every_figure_is_that_of_the_period(data: bytes, period: PeriodFigures) -> None:
    rows = rows_of(data)
    for code, figure in period.indicators.items():
        stored = rows[code][TOTAL]
        if isinstance(figure.total, bool):
            assert stored == ("Có" if figure.total else "Không")
        else:
            assert stored == ("–" if figure.total is None else float(figure.total)), code
        for year, amount in figure.by_year.items():
            if not isinstance(amount, bool):
                assert rows[code][str(year)] == (None if amount is None else float(amount)), code


def test_what_a_row_says(data: bytes) -> None:
    rows = rows_of(data)
    flow, stock = rows["CT12.1"], rows["CT01.4"]
    assert (flow[TOTAL], flow["Số của năm"], flow[CHANGE], flow[GROWTH]) == (35, None, 15, 150)
    assert (flow["2023"], flow["2024"]) == (0, None)
    assert (stock[TOTAL], stock["Số của năm"], stock["Cách tính cả giai đoạn"]) == (140, "2023", "Năm gần nhất")
    assert stock["Đơn vị báo cáo"].replace("\u00a0", " ") == "2022: 18/19; 2023: 18/19; 2025: 0/19"
    assert stock["Ghi chú"] == (
        "Năm 2024: không có số liệu của năm; Năm 2025: không đơn vị nào báo cáo; "
        "Năm 2025: Lấy số của đơn vị kế thừa, không cộng số của đơn vị đã kết thúc: Huyện đoàn Càng Long; "
        "Năm 2026: không có số liệu của năm"
    )
    assert (rows["CT16.3"][TOTAL], rows["CT16.3"][GROWTH]) == (93.4, "điểm %")


def test_an_activity_of_one_year_says_so(data: bytes) -> None:
    assert rows_of(data)["CT05"]["Hoạt động, chỉ tiêu"].endswith("(chỉ thực hiện năm 2022)")


def test_the_years_say_where_they_come_from(data: bytes) -> None:
    rows = rows_of(data, "Các năm", "Năm")
    assert rows["2022"]["Tình trạng"] == "SỐ LIỆU ĐẦY ĐỦ"
    assert (rows["2023"]["Tình trạng"], rows["2023"]["Đơn vị đã gửi"]) == ("BẢN NHÁP – SỐ LIỆU CHƯA ĐẦY ĐỦ", "19/20")
    assert (rows["2024"]["Tình trạng"], rows["2024"]["Nguồn"]) == ("KHÔNG CÓ SỐ LIỆU", None)
    assert rows["2025"]["Nguồn"] == "Tong-hop-2025.xlsx"


def test_charts_leave_a_gap_where_a_year_is_missing(data: bytes) -> None:
    sheet: Any = load_workbook(BytesIO(data))["Biểu đồ"]
    charts = sheet._charts
    assert len(charts) == 2
    assert {chart.display_blanks for chart in charts} == {"gap"}


def test_the_same_figures_give_the_same_bytes(
    data: bytes, period: PeriodFigures, whole_catalogue: Catalogue, config: Config
) -> None:
    assert build_period_workbook(period, whole_catalogue, config) == data


def test_it_speaks_english(period: PeriodFigures, whole_catalogue: Catalogue, config: Config) -> None:
    english = build_period_workbook(period, whole_catalogue, config.model_copy(update={"language": "en"}))
    assert rows_of(english, "Period", "Code")["CT12.1"]["All years"] == 35


@pytest.mark.libreoffice
def test_the_live_formulas_agree(data: bytes, soffice: Convert, tmp_path: Path) -> None:
    saved = load_workbook(BytesIO(data))  # openpyxl keeps formulas without their values: LibreOffice computes them
    saved.save(tmp_path / "giai-doan.xlsx")
    computed = rows_of(soffice(tmp_path / "giai-doan.xlsx", "xlsx", tmp_path / "out"))
    stored = rows_of(data)
    for heading in (TOTAL, CHANGE, GROWTH):
        assert {code: computed[code][heading] for code in SHOWN} == {code: stored[code][heading] for code in SHOWN}
