"""The head of a document issued by two agencies: names, number, place and date, kind, summary, addressees."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.config import Config
from pipeline.report.documents import Document
from pipeline.report.language import LANG
from pipeline.report.layouts import Layout
from pipeline.report.ooxml import paragraph, text_paragraph
from pipeline.report.styles import style_id
from pipeline.report.tables import frame_element
from pipeline.text import say


def letterhead(document: Document, layout: Layout, config: Config, draft: bool) -> list[Element]:
    """Everything above the first sentence."""
    year = {"year": str(config.year), "next_year": str(config.year + 1)}
    box = [text_paragraph(style_id("Bản nháp"), say("report.draft", LANG))] if draft else []
    summary = say(f"report.document.{document.summary}", LANG, **year).split(" | ")
    return [
        *box,
        frame_element(
            layout.letterhead, [[_agencies(config), _nation()], [[_number(config)], [_place_and_date(config)]]]
        ),
        text_paragraph(style_id("Tên loại văn bản"), say(f"report.document.{document.kind}", LANG)),
        *[text_paragraph(style_id("Trích yếu"), line) for line in summary],
        _rule("Kẻ dưới trích yếu"),
        *_addressees(config.report.addressees),
    ]


def _agencies(config: Config) -> list[Element]:
    """Each name keeps its own lines; the hyphen that joins them closes the first one."""
    *before, last = config.lead.header
    lines = [*before, f"{last} -", *config.partner.header]
    return [*[text_paragraph(style_id("Cơ quan ban hành"), line) for line in lines], _rule("Kẻ dưới cơ quan")]


def _nation() -> list[Element]:
    name = text_paragraph(style_id("Quốc hiệu"), say("report.head.nation", LANG))
    motto = text_paragraph(style_id("Tiêu ngữ"), say("report.head.motto", LANG))
    return [name, motto, _rule("Kẻ dưới tiêu ngữ")]


def _rule(style: str) -> Element:
    return paragraph(style_id(style))


def _number(config: Config) -> Element:
    return text_paragraph(style_id("Số ký hiệu"), say("report.head.number", LANG, symbol=config.report.symbol))


def _place_and_date(config: Config) -> Element:
    words = {"place": config.report.place, "month": month(config), "year": str(config.year)}
    return text_paragraph(style_id("Địa danh ngày tháng"), say("report.head.date", LANG, **words))


def month(config: Config) -> str:
    """The month in which the report is due: months 1 and 2 take a zero, the others do not."""
    due = config.report_deadline.month
    return f"{due:02d}" if due <= 2 else str(due)


def _addressees(names: list[str]) -> list[Element]:
    to = say("report.head.to", LANG)
    if len(names) == 1:
        return [text_paragraph(style_id("Kính gửi"), f"{to} {names[0]}.")]
    ends = [";"] * (len(names) - 1) + ["."]
    lines = [text_paragraph(style_id("Nơi gửi đến"), f"- {name}{end}") for name, end in zip(names, ends, strict=True)]
    return [text_paragraph(style_id("Kính gửi"), to), *lines]
