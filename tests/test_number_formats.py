"""Number formats of every workbook: no bare separator behind a whole number, no decimals out of sight."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from pipeline import run as stages
from pipeline.awards import judge_nominations
from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.form import data_rows, info_rows
from pipeline.look import CHANGE, WHOLE, WITH_FRACTION, fraction_rule, has_fraction, number_format
from pipeline.model import PreviousYear, Relation, YearFigures
from pipeline.period import compute_period
from pipeline.rehearsal import answers_for
from pipeline.sheets import DATA, INFO, SHEETS, Kind
from pipeline.templates import render_template
from pipeline.workbook import build_nominations, build_period_workbook, build_workbook
from tests.conftest import ROOT, Convert
from tests.factory import nominee, sample_run, shipped
from tests.test_period_workbook import WHOLE_TOTALS
from tests.test_returns import UNIT, answer

FRACTION = "#,##0.0#########"
CHANGED_BY_FRACTION = "+#,##0.0#########;-#,##0.0#########;0"
# The first digit behind the separator may be left out: then the separator stands alone.
BARE = re.compile(r"\.[#?]")
_FORMAT = re.compile(r'formatCode="([^"]*)"|<c:formatCode>([^<]*)<')
NUMBERS = {Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT}
FIGURES = {1365: "1,365", Decimal("12.5"): "12.5", 0: "0", Decimal("-3.25"): "-3.25"}


def formats_in(data: bytes) -> set[str]:
    """Every number format anywhere in a workbook: cells, conditional formats, charts."""
    with ZipFile(BytesIO(data)) as package:
        texts = [package.read(name).decode() for name in package.namelist() if name.endswith(".xml")]
    return {cell or chart for text in texts for cell, chart in _FORMAT.findall(text)}


def opened(data: bytes) -> Any:
    return load_workbook(BytesIO(data))


def fraction_rules(page: Any) -> dict[str, str]:
    """Cell -> the number format that its conditional format gives to fractions; red marks are another matter."""
    found = {}
    for area in page.conditional_formatting:
        for rule in area.rules:
            if rule.dxf is not None and rule.dxf.numFmt is not None and "phoihop" not in rule.formula[0]:
                first = str(area.sqref).partition(" ")[0].partition(":")[0]
                assert f"={rule.formula[0]}" == fraction_rule(first)
                assert not rule.stopIfTrue
                for part in area.sqref.ranges:
                    for row, column in part.cells:
                        found[page.cell(row, column).coordinate] = rule.dxf.numFmt.formatCode
    return found


def column(page: Any, heading: str) -> str:
    return next(str(cell.column_letter) for cell in page[4] if cell.value == heading)


def row_of(page: Any, code: str) -> int:
    heading = column(page, "Mã")
    return next(cell.row for cell in page[heading] if cell.value == code)


# ---- one place ------------------------------------------------------------------------------------------------------


def test_every_format_has_its_partner() -> None:
    assert WITH_FRACTION == {WHOLE: FRACTION, CHANGE: CHANGED_BY_FRACTION}
    assert not any("." in one for one in WITH_FRACTION)
    assert not any(BARE.search(one) for one in WITH_FRACTION.values())
    assert BARE.search("#,##0.##########")


@pytest.mark.parametrize(
    ("value", "fraction"),
    [(1365, False), (12.5, True), (0, False), (-3.25, True), (-3, False), (Decimal("12.50"), True), (Decimal("12.0"), False),
     (0.1 + 0.2 - 0.3, False), (Decimal("1e20"), False), (True, False), ("12,5", False), (None, False), (1e-10, True)],
)  # fmt: skip
def test_what_has_decimals(value: object, fraction: bool) -> None:
    assert has_fraction(value) is fraction


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1, Decimal(20), None], "#,##0"), ([Decimal("61.2"), Decimal("70.0")], "#,##0.0"),
     ([Decimal("0.25"), 3.5, True], "#,##0.00"), ([], "#,##0")],
)  # fmt: skip
def test_a_chart_shows_as_many_decimals_as_it_has(values: list[object], expected: str) -> None:
    assert number_format(values) == expected


# ---- what every workbook holds --------------------------------------------------------------------------------------


def produced(name: str) -> dict[str, bytes]:
    """The workbooks of a kind by name."""
    catalogue, config = shipped()
    dataset, figures, *_ = run = sample_run(name != "complete")
    if name == "templates":
        last = PreviousYear(2025, {(unit.code, "CT12.1"): Decimal("17.5") for unit in catalogue.units})
        return {unit.code: render_template(catalogue, config, unit, last) for unit in catalogue.units}
    if name == "nominations":
        dataset = replace(dataset, records=(nominee(catalogue.units[0]),))
        judged = judge_nominations(dataset, catalogue, config.award, config.report_deadline)
        return {name: build_nominations(judged, dataset, figures, catalogue, config)}
    if name == "period":
        return {name: period_workbook()}
    if name == "shipped":
        return {path.name: path.read_bytes() for path in (ROOT / "input_templates").rglob("*.xlsx")}
    return {name: build_workbook(*run, lambda finding: ("", ""), lambda file: "")}


def period_workbook(changes: Mapping[str, Decimal] | None = None) -> bytes:
    catalogue, config = shipped()
    codes = [one.code for one in catalogue.indicators]
    years = [
        YearFigures(
            year, f"{year}.xlsx", True, 19, 20, {**totals, **(changes or {})}, dict.fromkeys(codes, 18),
            dict.fromkeys(codes, 19), {}, dict[tuple[str, str], Relation](),
        )
        for year, totals in WHOLE_TOTALS.items()
    ]  # fmt: skip
    return build_period_workbook(compute_period(years, catalogue, 2022, 2026), catalogue, config)


@pytest.mark.parametrize("name", ["templates", "shipped", "missing", "complete", "period", "nominations"])
def test_no_format_leaves_a_bare_separator(name: str) -> None:
    made = produced(name)
    assert made
    found = {one: formats_in(data) for one, data in made.items()}
    assert all("dd/mm/yyyy" in formats for one, formats in found.items() if name not in {"period", "shipped"})
    assert {
        one: bad for one, formats in found.items() if (bad := [code for code in formats if BARE.search(code)])
    } == {}


# ---- the unit's workbook --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["TV-844", "BAN-TG", "TT-DHTV", "P-BCVTCNTT"])
def test_every_cell_for_a_number_shows_what_is_typed(code: str, catalogue: Catalogue, config: Config) -> None:
    unit = catalogue.unit(code)
    assert unit is not None
    book = opened(render_template(catalogue, config, unit))
    for sheet, rows in ((INFO, info_rows), (DATA, data_rows)):
        page, letter = book[sheet.name("vi")], "ABCDEFG"[[one.key for one in sheet.columns].index(sheet.answer)]
        places = enumerate(rows(catalogue, unit, "vi"), start=5)
        expected = {f"{letter}{row}" for row, one in places if one.role == "input" and one.kind in NUMBERS}
        assert expected
        assert fraction_rules(page) == dict.fromkeys(expected, FRACTION)
        assert {page[cell].number_format for cell in expected} == {WHOLE}


def test_every_number_column_of_a_list_shows_what_is_typed(catalogue: Catalogue, config: Config) -> None:
    unit = catalogue.unit("TV-844")
    assert unit is not None
    book = opened(render_template(catalogue, config, unit))
    columns = 0
    for sheet in (one for one in SHEETS if not one.fixed):
        letters = [chr(65 + place) for place, one in enumerate(sheet.columns) if one.kind in NUMBERS]
        cells = {f"{letter}{row}" for letter in letters for row in range(5, 205)}
        assert fraction_rules(book[sheet.name("vi")]) == dict.fromkeys(cells, FRACTION)
        columns += len(letters)
    assert columns == 4


def test_below_the_drawn_rows_decimals_come_with_the_frame(catalogue: Catalogue, config: Config) -> None:
    """LibreOffice applies only the first rule that holds."""
    unit = catalogue.unit("TV-844")
    assert unit is not None
    page = opened(render_template(catalogue, config, unit))["Hoạt động"]
    rules = [
        (str(area.sqref), rule.priority, rule.dxf.border is not None and rule.dxf.border.left.style)
        for area in page.conditional_formatting for rule in area.rules
        if {"F", "A"} & set(str(area.sqref)) and "30" in str(area.sqref)
    ]  # fmt: skip
    assert rules == [("F30:F204", 2, "thin"), ("A30:I204", 5, "thin")]


@pytest.mark.parametrize(("amount", "expected"), [(Decimal(17), WHOLE), (Decimal("17.5"), FRACTION)])
def test_last_year_is_shown_as_it_was(amount: Decimal, expected: str, catalogue: Catalogue, config: Config) -> None:
    unit = catalogue.unit("TV-844")
    assert unit is not None
    page = opened(render_template(catalogue, config, unit, PreviousYear(2025, {("TV-844", "CT12.1"): amount})))[
        "Số liệu"
    ]
    cell = page[f"D{row_of(page, 'CT12.1')}"]
    assert (cell.number_format, cell.fill.fgColor.rgb) == (expected, "FFF2F2F2")


@pytest.mark.libreoffice
def test_the_figures_as_libreoffice_shows_them(
    catalogue: Catalogue, config: Config, soffice: Convert, tmp_path: Path
) -> None:
    unit = catalogue.unit("TV-844")
    assert unit is not None
    codes = [one.code for one in data_rows(catalogue, unit, "vi") if one.role == "input" and one.kind in NUMBERS]
    typed = dict(zip(codes, FIGURES, strict=False))
    events = [
        {"activity": "CT01", "name": f"Việc {number}", "cost": 1000 + Decimal("0.5") * number} for number in range(60)
    ]
    path = tmp_path / "bieu.xlsx"
    answers = SimpleNamespace(info={}, data=typed, notes={}, lists={"events": events})
    path.write_bytes(render_template(catalogue, config, unit, None, answers))
    command = ["pdftotext", "-layout", str(soffice(path, "pdf", tmp_path)), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8").replace(",", ".")
    for code, value in typed.items():
        line = next(one for one in text.splitlines() if one.split()[:1] == [code])
        assert FIGURES[value].replace(",", ".") in line.split(), line
    costs = {found[1]: found[2] for found in re.finditer(r"Việc (\d+) +(\S+)", text)}
    assert len(costs) == 60
    assert (costs["1"], costs["2"], costs["58"], costs["59"]) == ("1.000.5", "1.001", "1.029", "1.029.5")


# ---- the workbooks of the province ----------------------------------------------------------------------------------


def consolidated(total: Decimal, previous: Decimal) -> Any:
    """The workbook with this total, unit figure and last year's figure of CT12.1."""
    dataset, figures, *rest = sample_run(False)
    changed = replace(figures["CT12.1"], total=total, previous=previous, change=total - previous)
    indicators = {**figures.indicators, "CT12.1": changed}
    by_unit = {**figures.by_unit, ("TV-844", "CT12.1"): total}
    figures = replace(figures, indicators=indicators, by_unit=by_unit)
    return opened(build_workbook(dataset, figures, *rest, lambda finding: ("", ""), lambda file: ""))


@pytest.mark.parametrize(
    ("amount", "expected"), [(Decimal(1365), WHOLE), (Decimal("12.5"), FRACTION), (Decimal("12.0"), WHOLE)]
)
def test_a_known_value_has_the_format_it_needs(amount: Decimal, expected: str) -> None:
    book = consolidated(amount, amount)
    totals, matrix = book["Tổng hợp"], book["Theo đơn vị"]
    assert totals[f"{column(totals, 'Năm trước')}{row_of(totals, 'CT12.1')}"].number_format == expected
    unit = column(matrix, "Huyện đoàn Càng Long")
    assert matrix[f"{unit}{row_of(matrix, 'CT12.1')}"].number_format == expected


def test_live_totals_show_what_they_become() -> None:
    book = consolidated(Decimal(1365), Decimal("12.5"))
    totals, matrix = book["Tổng hợp"], book["Theo đơn vị"]
    row, last = row_of(totals, "CT12.1"), totals.max_row
    assert (totals[f"E{row}"].number_format, totals[f"G{row}"].number_format) == (WHOLE, CHANGE)
    assert fraction_rules(totals) == {
        **{f"{letter}{place}": FRACTION for letter in "EF" for place in range(5, last + 1)},
        **{f"G{place}": CHANGED_BY_FRACTION for place in range(5, last + 1)},
    }
    rules = fraction_rules(matrix)
    formulas = {cell.coordinate for line in matrix.iter_rows(min_row=5) for cell in line if cell.data_type == "f"}
    assert formulas
    assert formulas <= set(rules)
    assert set(rules.values()) == {FRACTION}
    assert f"{column(matrix, 'Huyện đoàn Càng Long')}5" in rules
    assert not any(cell.startswith("F") for cell in rules)


def test_the_years_of_a_phase() -> None:
    page = opened(period_workbook())["Giai đoạn"]
    row, last = row_of(page, "CT10.5"), page.max_row
    first, total, change = (
        column(page, name) for name in ("2022", "Cả giai đoạn", "Tăng, giảm năm cuối so với năm đầu")
    )
    assert page[f"{first}{row}"].number_format == FRACTION
    assert page[f"{first}{row_of(page, 'CT12.1')}"].number_format == WHOLE
    assert (page[f"{total}{row}"].number_format, page[f"{change}{row}"].number_format) == (WHOLE, CHANGE)
    letters = [chr(place) for place in range(ord(first), ord(total) + 1)]
    assert fraction_rules(page) == {
        **{f"{letter}{place}": FRACTION for letter in letters for place in range(5, last + 1)},
        **{f"{change}{place}": CHANGED_BY_FRACTION for place in range(5, last + 1)},
    }


def test_charts_of_a_phase_show_the_decimals_of_their_figures() -> None:
    def labels(data: bytes) -> list[set[str]]:
        with ZipFile(BytesIO(data)) as package:
            charts = [package.read(name).decode() for name in package.namelist() if "/charts/chart" in name]
        return [set(re.findall(r'<c:numFmt formatCode="(#[^"]*)"', chart)) for chart in charts]

    answering = next(one.code for one in shipped()[0].indicators if one.answers and one.code in WHOLE_TOTALS[2022])
    assert {"#,##0"} in labels(period_workbook({answering: Decimal(1365)}))
    assert {"#,##0.00"} in labels(period_workbook({answering: Decimal("12.25")}))


# ---- the copy that goes back to the unit ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def project() -> stages.Project:
    return stages.open_project(ROOT / "config.toml")


@pytest.mark.parametrize(
    ("typed", "own", "expected"),
    [(1.2, WHOLE, FRACTION), (-4, WHOLE, None), (1.2, "0.00", None), ("khoảng 500", WHOLE, None)],
)
def test_a_red_cell_shows_its_decimals(
    typed: object, own: str, expected: str | None, project: stages.Project, catalogue: Catalogue, config: Config
) -> None:
    """The red colour ends the other rules of its cell."""
    unit = catalogue.unit(UNIT)
    assert unit is not None
    book = opened(render_template(catalogue, config, unit, None, answers_for(unit, catalogue)))
    page = book["Số liệu"]
    cell = page[f"E{row_of(page, 'CT03.2')}"]
    cell.value, cell.number_format = typed, own
    page["E6"].number_format, page["F6"].number_format, page["G6"].number_format = "0.000", "0.0000", "0.00000"
    out = BytesIO()
    book.save(out)
    made = next(data for name, data in answer(project, out.getvalue())[0].files.items() if name.endswith(".xlsx"))
    marked = opened(made)["Số liệu"]
    (red,) = (
        rule for area in marked.conditional_formatting for rule in area.rules
        if str(area.sqref) == cell.coordinate and rule.stopIfTrue
    )  # fmt: skip
    assert (red.dxf.numFmt.formatCode if red.dxf.numFmt else None) == expected
    other = f"E{row_of(marked, 'CT12.1')}"
    assert fraction_rules(marked)[other] == FRACTION
    assert not any(BARE.search(one) for one in formats_in(made))
    assert numbers_given_twice(made) == set()


def numbers_given_twice(data: bytes) -> set[str]:
    """Numbers under which a workbook has two different formats."""
    with ZipFile(BytesIO(data)) as package:
        styles = package.read("xl/styles.xml").decode()
    tags = re.findall(r"<numFmt [^>]*>", styles)
    pairs = {(re.search(r'numFmtId="(\d+)"', tag)[1], re.search(r'formatCode="([^"]*)"', tag)[1]) for tag in tags}  # type: ignore[index]
    numbers = [number for number, _ in pairs]
    return {number for number in numbers if numbers.count(number) > 1}
