"""Native Word charts: editable, with their figures inside, a gap where there is none, the same bytes every time."""

from __future__ import annotations

import subprocess
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from pipeline.files import same_bytes
from pipeline.report.charts import chart_element
from tests.conftest import Convert

TITLE = "Số lớp tập huấn chuyển đổi số giai đoạn 2022 - 2026"
YEARS = ("2022", "2023", "2024", "2025", "2026")
VALUES = (Decimal(51), Decimal(0), None, Decimal(70), Decimal(1079))
SERIES = (("Số lớp", VALUES),)
RATES = (
    ("Tỷ lệ (%)", (Decimal("71.4"), None, None, Decimal("72.0"), Decimal("73.6"))),
    ("Mục tiêu", (Decimal(100), *[None] * 4)),
)
CHART, BOOK = "word/charts/chart1.xml", "word/embeddings/Microsoft_Excel_Sheet1.xlsx"


def document(*charts: tuple[str, Any]) -> bytes:
    """A Word document with these charts (title, series)."""
    made = docx.Document()
    for title, series in charts or ((TITLE, SERIES),):
        made.element.body.insert(0, chart_element(made, title, YEARS, series))
    saved = BytesIO()
    made.save(saved)
    return same_bytes(saved.getvalue())


def part(data: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(data)) as package:
        return package.read(name)


@pytest.fixture(scope="module")
def chart() -> Any:
    """The chart as python-docx reads it back."""
    opened = docx.Document(BytesIO(document()))
    [drawn] = [rel.target_part for rel in opened.part.rels.values() if rel.reltype.endswith("/chart")]
    return docx.oxml.parse_xml(drawn.blob)


def texts(chart: Any, path: str) -> list[str]:
    return [found.text for found in chart.iterfind(path, {"c": chart.nsmap["c"]})]


def values(chart: Any, *tags: str) -> list[str]:
    return [found.get("val") for tag in tags for found in chart.iter(qn(tag))]


def test_the_figures_are_drawn_and_a_missing_year_is_no_point(chart: Any) -> None:
    assert texts(chart, ".//c:cat//c:v") == list(YEARS)
    points = chart.findall(f".//{qn('c:val')}//{qn('c:pt')}")
    assert [(one.get("idx"), one[0].text) for one in points] == [("0", "51"), ("1", "0"), ("3", "70"), ("4", "1079")]
    assert values(chart, "c:dispBlanksAs") == ["gap"]


def test_labels_show_the_value_and_nothing_else(chart: Any) -> None:
    assert values(chart, "c:showVal") == ["1"]
    assert (
        values(chart, "c:showCatName", "c:showSerName", "c:showLegendKey", "c:showPercent", "c:showBubbleSize")
        == ["0"] * 5
    )
    assert len(chart.findall(f".//{qn('c:legend')}")) == 0


def test_it_is_set_in_times_new_roman_and_titled(chart: Any) -> None:
    faces = {one.get("typeface") for one in chart.iter(qn("a:latin"))}
    title = chart.find(f".//{qn('c:title')}")
    assert (faces, "".join(one.text for one in title.iter(qn("a:t")))) == ({"Times New Roman"}, TITLE)
    assert values(chart, "c:lang") == ["vi-VN"]


def test_whole_numbers_are_grouped_with_dots_on_any_machine(chart: Any) -> None:
    formats = {one.get("formatCode") for one in chart.iter(qn("c:numFmt"))}
    assert formats == {"General", r"[>=1000000]#\.###\.##0;[>=1000]#\.##0;0"}


def test_the_embedded_workbook_holds_the_figures(chart: Any) -> None:
    data = document()
    assert chart.find(qn("c:externalData")).get(qn("r:id")) in part(data, "word/charts/_rels/chart1.xml.rels").decode()
    sheet: Any = load_workbook(BytesIO(part(data, BOOK))).active
    assert [list(row) for row in sheet.values] == [
        [None, "Số lớp"],
        ["2022", 51],
        ["2023", 0],
        ["2024", None],
        ["2025", 70],
        ["2026", 1079],
    ]
    assert texts(chart, ".//c:val//c:f") == ["'Số liệu'!$B$2:$B$6"]
    assert sheet._charts == []


def test_two_charts_are_two_parts_and_two_numbers() -> None:
    data = document((TITLE, SERIES), ("Tỷ lệ đăng ký Mobile Money (%)", RATES))
    with ZipFile(BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.startswith(("word/charts/chart", "word/embeddings/"))]
    assert sorted(names) == [CHART, CHART.replace("1.", "2."), BOOK, BOOK.replace("1.", "2.")]
    body = docx.Document(BytesIO(data)).element.body
    assert [one.get("id") for one in body.iter(qn("wp:docPr"))] == ["2", "1"]
    second = docx.oxml.parse_xml(part(data, CHART.replace("1.", "2.")))
    assert len(second.findall(f".//{qn('c:ser')}")) == 2
    assert len(second.findall(f".//{qn('c:legend')}")) == 1
    assert "#,##0.0" in {one.get("formatCode") for one in second.iter(qn("c:numFmt"))}


def test_the_chart_is_told_in_words_and_sized_in_millimetres() -> None:
    made = docx.Document()
    placed = chart_element(made, TITLE, YEARS, SERIES, size=(150, 70), style="Normal")
    [drawn] = placed.iter(qn("wp:docPr"))
    assert (drawn.get("name"), drawn.get("title")) == ("Biểu đồ 1", TITLE)
    assert drawn.get("descr") == (
        f"Biểu đồ cột: {TITLE}. Số lớp: 2022: 51; 2023: 0; 2024: không có số liệu; 2025: 70; 2026: 1.079."
    )
    [extent] = placed.iter(qn("wp:extent"))
    assert (extent.get("cx"), extent.get("cy")) == ("5400000", "2520000")
    assert [one.get(qn("w:val")) for one in placed.iter(qn("w:pStyle"))] == ["Normal"]


def test_the_same_figures_give_the_same_bytes() -> None:
    assert document() == document()


def test_series_and_categories_must_fit() -> None:
    with pytest.raises(ValueError, match="differ in length"):
        chart_element(docx.Document(), TITLE, YEARS, [("Số lớp", VALUES[:3])])


@pytest.mark.libreoffice
def test_libreoffice_draws_it_with_a_gap(soffice: Convert, tmp_path: Path) -> None:
    path = tmp_path / "bieu-do.docx"
    path.write_bytes(document())
    command = ["pdftotext", "-raw", str(soffice(path, "pdf", tmp_path)), "-"]
    drawn = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    assert TITLE in drawn
    words = drawn.split()
    assert sorted(word for word in words if word in YEARS) == sorted([*YEARS, "2022", "2026"])  # and in the title
    # Labels of the four years that have a figure; the axis has its own 0.
    assert [words.count(label) for label in ("51", "70", "1.079", "0")] == [1, 1, 1, 2]
