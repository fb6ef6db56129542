"""Native Word charts: drawn by Word from figures that stay editable, with the workbook of these figures inside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from xlsxwriter import Workbook

from pipeline.files import same_bytes
from pipeline.look import FONT, GREY_TEXT, LINE, NAVY
from pipeline.report.language import LANG
from pipeline.report.ooxml import clean, el, paragraph
from pipeline.text import say, shown

Series = Sequence[tuple[str, Sequence[Decimal | None]]]

SIZE = (160.0, 80.0)
"""Width and height in mm that fit the text of an A4 page."""
COLOURS = (NAVY, LINE, "#8497B0", GREY_TEXT)
WHOLE = r"[>=1000000]#\.###\.##0;[>=1000]#\.##0;0"
"""1.079 as in the text, on every machine: a plain #,##0 follows the settings of Windows (decimals have no other way)."""
MAKING = datetime(2000, 1, 1)
_EMU = 36_000
_CHART_IN_BOOK = "xl/charts/chart1.xml"
_LABEL_PARTS = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
_GRAPHIC = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def chart_element(
    document: WordDocument,
    title: str,
    categories: Sequence[str],
    series: Series,
    *,
    size: tuple[float, float] = SIZE,
    style: str = "",
) -> Element:
    """A column chart as a paragraph to put into ``document``, whose parts it becomes.

    ``series``: (name, one amount for each category; None where there is none: a gap, never 0). ``size``: mm.
    ``style``: the paragraph's style, "" for the default. The values are also in the alternative text.
    Raises ValueError when a series and the categories differ in length.
    """
    if any(len(values) != len(categories) for _, values in series):
        raise ValueError("series and categories differ in length")
    number = 1 + sum(part.partname.startswith("/word/charts/") for part in document.part.package.iter_parts())
    rid = document.part.relate_to(_chart_part(document, number, title, categories, series), RELATIONSHIP_TYPE.CHART)
    return _placed(rid, number, clean(title), _told(title, categories, series), size, style)


def _chart_part(document: WordDocument, number: int, title: str, categories: Sequence[str], series: Series) -> Part:
    """The chart and, inside it, the workbook of its figures."""
    package = document.part.package
    book = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        same_bytes(_book(title, categories, series, drawn=False)),
        package,
    )
    with ZipFile(BytesIO(_book(title, categories, series, drawn=True))) as drawn:
        space = parse_xml(drawn.read(_CHART_IN_BOOK))
    chart = XmlPart(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, space, package)
    _make_own(space, chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE))
    return chart


def _make_own(space: Element, rid: str) -> None:
    """Make a chart of a workbook the chart of a document: its figures in the embedded workbook, nothing left to defaults.

    xlsxwriter leaves out what Excel takes for granted; Word and LibreOffice take other things for granted.
    """
    for printed in space.findall(qn("c:printSettings")):
        space.remove(printed)
    for language in space.findall(qn("c:lang")):
        language.set("val", "vi-VN")
        language.addnext(_c("roundedCorners", 0))
    for visible in space.iter(qn("c:plotVisOnly")):
        visible.addnext(_c("dispBlanksAs", "gap"))
    for labels in space.iter(qn("c:dLbls")):
        labels.remove(labels[-1])
        labels.extend(_c(name, int(name == "showVal")) for name in _LABEL_PARTS)
    for categories in space.iter(qn("c:cat")):
        _as_texts(categories)  # type: ignore[arg-type]
    data = parse_xml(f'<c:externalData {nsdecls("c", "r")} r:id="{rid}"><c:autoUpdate val="0"/></c:externalData>')
    space.append(data)


def _as_texts(categories: Element) -> None:
    """Years are names of columns, not numbers, in the chart as in the workbook's cells."""
    for texts in categories.iter(qn("c:numRef"), qn("c:numCache")):
        texts.tag = texts.tag.replace("num", "str")
    for cache in categories.iter(qn("c:strCache")):
        for code in cache.findall(qn("c:formatCode")):
            cache.remove(code)


def _c(tag: str, value: object) -> Element:
    return parse_xml(f'<c:{tag} {nsdecls("c")} val="{value}"/>')


def _book(title: str, categories: Sequence[str], series: Series, *, drawn: bool) -> bytes:
    """The figures as a workbook: categories below each other, one column for each series; with the chart if asked."""
    made = BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MAKING})
    sheet = book.add_worksheet(say("report.chart.sheet", LANG))
    for row, category in enumerate(categories, start=1):
        sheet.write_string(row, 0, category)
    for column, (name, values) in enumerate(series, start=1):
        sheet.write_string(0, column, name)
        for row, value in enumerate(values, start=1):
            if value is not None:
                sheet.write_number(row, column, value)
    if drawn:
        sheet.insert_chart("D2", _drawn(book, sheet.get_name(), title, categories, series))
    book.close()
    return made.getvalue()


def _drawn(book: Workbook, sheet: str, title: str, categories: Sequence[str], series: Series) -> Any:
    chart = book.add_chart({"type": "column"})
    numbers = _number_format(series)
    for column, _ in enumerate(series, start=1):
        chart.add_series(
            {
                "name": [sheet, 0, column],
                "categories": [sheet, 1, 0, len(categories), 0],
                "values": [sheet, 1, column, len(categories), column],
                "fill": {"color": COLOURS[(column - 1) % len(COLOURS)]},
                "gap": 70,
                "data_labels": {"value": True, "num_format": numbers, "font": _font(10)},
            }
        )
    chart.set_title({"name": title, "overlay": False, "name_font": _font(12, bold=True)})
    chart.set_legend({"position": "bottom", "font": _font(11)} if len(series) > 1 else {"none": True})
    chart.show_blanks_as("gap")
    chart.set_x_axis({"num_font": _font(11), "line": {"color": GREY_TEXT}})
    grid = {"visible": True, "line": {"color": "#E5E5E5"}}
    chart.set_y_axis(
        {"num_font": _font(10), "num_format": numbers, "min": 0, "major_gridlines": grid, "line": {"none": True}}
    )
    chart.set_chartarea({"border": {"none": True}})
    return chart


def _font(size: int, *, bold: bool = False) -> dict[str, object]:
    return {"name": FONT, "size": size, "bold": bold, "color": "#000000"}


def _number_format(series: Series) -> str:
    whole = all(value == value.to_integral_value() for _, values in series for value in values if value is not None)
    return WHOLE if whole else "#,##0.0"


def _told(title: str, categories: Sequence[str], series: Series) -> str:
    """The chart in words, for those who cannot see it."""
    none = say("report.chart.none", LANG)
    lines = []
    for name, values in series:
        told = (f"{c}: {none if v is None else shown(v, LANG)}" for c, v in zip(categories, values, strict=True))
        lines.append(say("report.chart.series", LANG, name=name, values="; ".join(told)))
    return clean(say("report.chart.alt", LANG, title=title, series=" ".join(lines)))


def _placed(rid: str, number: int, title: str, alt: str, size: tuple[float, float], style: str) -> Element:
    width, height = (round(length * _EMU) for length in size)
    inline = parse_xml(
        f'<wp:inline {nsdecls("wp", "a", "r")} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name=""/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_GRAPHIC}">'
        f'<c:chart xmlns:c="{_GRAPHIC}" r:id="{rid}"/></a:graphicData></a:graphic></wp:inline>'
    )
    for properties in inline.findall(qn("wp:docPr")):
        properties.set("name", say("report.chart.name", LANG, number=str(number)))
        properties.set("title", title)
        properties.set("descr", alt)
    drawing = el("r", el("drawing", inline))
    return paragraph(style, drawing) if style else el("p", el("pPr", el("jc", val="center")), drawing)
