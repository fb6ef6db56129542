"""The head of a document: agencies, national lines, number, place and date, kind, abstract, addressees."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.report.language import LANG
from pipeline.report.layouts import Look
from pipeline.report.names import name_lines
from pipeline.report.ooxml import bookmarked, paragraph, ruled, run, text_paragraph
from pipeline.report.paper import Paper
from pipeline.report.styles import BORDER, style_id
from pipeline.report.tables import frame_element
from pipeline.text import NBSP, say
from pipeline.typeface import MM_PER_POINT, broken, width

RULE_SHARE = 0.42
"""The rule below an agency or an abstract: between 1/3 and 1/2 of the line above it (Nghị định 30, Phụ lục I, II.2, II.5)."""
URGENCIES = {"khan": 20.0, "thuong_khan": 40.0, "hoa_toc": 30.0}
"""Widths in mm of the boxes for the degree of urgency (Nghị định 30, Phụ lục I, mục III.2.b)."""
SUMMARY_ROOM = 145.0
SPARE = 0.5
"""So many mm more than its words are given to a line that must not break."""


def letterhead(paper: Paper) -> list[Element]:
    """Everything above the first sentence."""
    box = [text_paragraph(style_id("Bản nháp"), say("report.draft", LANG))] if paper.issue.draft else []
    below = [_number(paper), *(_letter_summary(paper) if paper.is_letter else []), *_urgency(paper)]
    rows = [[_agencies(paper), _nation(paper)], [below, [_place_and_date(paper)]]]
    kind = [] if paper.is_letter else _kind(paper)
    return [*box, frame_element(_columns(paper), rows), *kind, *_addressees(paper)]


def _columns(paper: Paper) -> tuple[float, float]:
    """The two columns in mm; the right one takes from the left what a long place and date need on one line."""
    dateline = width("".join(_dateline(paper)), paper.form.dateline, italic=True) + SPARE
    right = max(paper.form.letterhead[1], dateline)
    return paper.form.width - right, right


def _agencies(paper: Paper) -> list[Element]:
    """Each name keeps its own lines; the hyphen that joins two names closes the first one."""
    look, room = paper.form.agency, _columns(paper)[0]
    names = [list(agency.header) for agency in paper.issuers]
    for name in names[:-1]:
        name[-1] = f"{name[-1]} -"
    lines = [part for name in names for line in name for part in name_lines(line, look, room)]
    above = () if paper.joint else broken(paper.lead.superior, paper.form.superior.size, room)
    return [
        *[text_paragraph(style_id("Cơ quan chủ quản"), line) for line in above],
        *[text_paragraph(style_id("Cơ quan ban hành"), line) for line in lines],
        _under_agencies(paper, max(lines, key=lambda line: _width(line, look))),
    ]


def _under_agencies(paper: Paper, longest: str) -> Element:
    if paper.form.stars:
        return text_paragraph(style_id("Dấu sao"), say("report.head.stars", LANG))
    return _rule("Kẻ dưới cơ quan", _columns(paper)[0], RULE_SHARE * _width(longest, paper.form.agency))


def _nation(paper: Paper) -> list[Element]:
    lines = [(say(f"report.head.{key}", LANG), style_id(_NATIONAL[key]), look) for key, look in paper.form.national]
    text, _, look = lines[-1]
    rule = _rule("Kẻ dưới tiêu ngữ", _columns(paper)[1], _width(text, look))
    return [*[text_paragraph(style, text) for text, style, _ in lines], rule]


_NATIONAL = {"nation": "Quốc hiệu", "motto": "Tiêu ngữ", "union": "Tiêu đề Đoàn"}


def _width(text: str, look: Look) -> float:
    return width(text, look.size, bold=look.bold, italic=look.italic)


def _rule(style: str, room: float, length: float) -> Element:
    """A drawn line of a length in mm, in the middle of its room."""
    return ruled(style_id(style), (room - min(length, room)) / 2)


def _number(paper: Paper) -> Element:
    before, after = paper.say("number", number="|", symbol=paper.symbol).split("|")
    number = bookmarked("so_van_ban", run(paper.number))
    return paragraph(style_id("Số ký hiệu"), run(before), *number, run(after))


def _place_and_date(paper: Paper) -> Element:
    before, day, after = _dateline(paper)
    return paragraph(style_id("Địa danh ngày tháng"), run(before), *bookmarked("ngay_van_ban", run(day)), run(after))


def _dateline(paper: Paper) -> tuple[str, str, str]:
    """What stands before the day, the day or its blank, and what stands after it."""
    words = {"place": paper.lead.place, "month": paper.month, "year": paper.year}
    before, after = say("report.head.date", LANG, day="|", **words).split("|")
    return before, paper.day, after


def _kind(paper: Paper) -> list[Element]:
    form = paper.form
    lines = [part for line in paper.heading.summary for part in broken(line, form.summary, SUMMARY_ROOM, bold=True)]
    last = width(lines[-1], form.summary, bold=True)
    rule = (
        _rule("Kẻ dưới trích yếu", form.width, RULE_SHARE * last)
        if form.ruled_summary
        else text_paragraph(style_id("Gạch dưới trích yếu"), say("report.head.dashes", LANG))
    )
    return [
        text_paragraph(style_id("Tên loại văn bản"), paper.heading.kind),
        *[text_paragraph(style_id("Trích yếu"), line) for line in lines],
        rule,
    ]


def _letter_summary(paper: Paper) -> list[Element]:
    """V/v … below the number (Nghị định 30: upright; Hướng dẫn 29: slanted, in quotation marks)."""
    look, room = paper.form.letter_summary, _columns(paper)[0] * 0.85
    text = paper.say("letter_summary", summary=" ".join(paper.heading.summary))
    lines = broken(text, look.size, room)
    style = style_id("Trích yếu công văn")
    return [text_paragraph(style, line) if place else _first(style, line, paper) for place, line in enumerate(lines)]


def _first(style: str, line: str, paper: Paper) -> Element:
    return paragraph(style, run(line), before=paper.form.letter_space)


def _urgency(paper: Paper) -> list[Element]:
    degree = paper.heading.urgency
    if not degree:
        return []
    side = (_columns(paper)[0] - URGENCIES[degree]) / 2 + BORDER * MM_PER_POINT
    return [paragraph(style_id("Độ khẩn"), run(say(f"report.urgency.{degree}", LANG)), sides=side)]


def _addressees(paper: Paper) -> list[Element]:
    names = paper.addressees
    if not names:
        return []
    to, look = say("report.head.to", LANG), paper.form.addressed
    words = run(to, bold=look.bold, italic=look.italic)
    if len(names) == 1:
        return [paragraph(style_id("Kính gửi"), words, run(f"{NBSP}{names[0]}.", bold=paper.form.addressee.bold))]
    ends = [";"] * (len(names) - 1) + ["."]
    lines = [text_paragraph(style_id("Nơi gửi đến"), f"- {name}{end}") for name, end in zip(names, ends, strict=True)]
    return [paragraph(style_id("Kính gửi"), words), *lines]
