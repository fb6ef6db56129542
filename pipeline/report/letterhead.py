"""The head of a document issued by two agencies: names, number, place and date, kind, summary, addressees."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.config import Config
from pipeline.model import Issue
from pipeline.report.documents import Document
from pipeline.report.language import LANG
from pipeline.report.layouts import Layout
from pipeline.report.ooxml import paragraph, text_paragraph
from pipeline.report.styles import style_id
from pipeline.report.tables import frame_element
from pipeline.text import long_date, say


def letterhead(document: Document, layout: Layout, config: Config, issue: Issue) -> list[Element]:
    """Everything above the first sentence."""
    year = {"year": str(config.year), "next_year": str(config.year + 1)}
    box = [text_paragraph(style_id("Bản nháp"), say("report.draft", LANG))] if issue.draft else []
    summary = say(f"report.document.{document.summary}", LANG, **year).split(" | ")
    return [
        *box,
        frame_element(
            layout.letterhead,
            [[_agencies(config), _nation()], [[_number(config, issue)], [_place_and_date(config, issue)]]],
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


def _number(config: Config, issue: Issue) -> Element:
    words = {"number": number_words(issue), "symbol": config.report.symbol}
    return text_paragraph(style_id("Số ký hiệu"), say("report.head.number", LANG, **words))


def _place_and_date(config: Config, issue: Issue) -> Element:
    words = {"place": config.report.place, "date": date_words(issue, config)}
    return text_paragraph(style_id("Địa danh ngày tháng"), say("report.head.date", LANG, **words))


def number_words(issue: Issue) -> str:
    """The number as it is printed, or the gap in which the clerk writes it."""
    return issue.number or say("report.head.no_number", LANG)


def date_words(issue: Issue, config: Config) -> str:
    """The day in full; before issuing the gap for it, with the month in which the report is due."""
    if issue.day is not None:
        return long_date(issue.day)
    due = config.report_deadline
    return say(
        "report.head.no_day", LANG, month=f"{due.month:02d}" if due.month <= 2 else due.month, year=str(due.year)
    )


def _addressees(names: list[str]) -> list[Element]:
    to = say("report.head.to", LANG)
    if len(names) == 1:
        return [text_paragraph(style_id("Kính gửi"), f"{to} {names[0]}.")]
    ends = [";"] * (len(names) - 1) + ["."]
    lines = [text_paragraph(style_id("Nơi gửi đến"), f"- {name}{end}") for name, end in zip(names, ends, strict=True)]
    return [text_paragraph(style_id("Kính gửi"), to), *lines]
