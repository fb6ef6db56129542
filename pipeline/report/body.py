"""Blocks of the narrative -> Word paragraphs by style name, places to write as content controls."""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.report.language import LANG
from pipeline.report.markdown import Block
from pipeline.report.ooxml import el, paragraph, paragraph_properties, run
from pipeline.report.styles import PLACEHOLDER, SHADE, style_id
from pipeline.text import say

STYLES = {
    "heading1": "Mục",
    "heading2": "Khoản",
    "text": "Nội dung",
    "point": "Điểm",
    "dash": "Gạch đầu dòng",
    "place": "Nội dung",
}
LETTERS = "abcdđeghiklmnopqrstuvxy"


def body(blocks: Sequence[Block]) -> list[Element]:
    """The paragraphs of the text; the last one stays on the page of the signatures that follow it."""
    places = iter(range(1, len(blocks) + 1))
    elements = [_place(block, next(places)) if block.kind == "place" else _paragraph(block) for block in blocks]
    if elements and elements[-1].tag == qn("w:p"):
        properties = paragraph_properties(elements[-1])
        properties.insert(1, el("keepNext"))
        properties.insert(2, el("keepLines"))
    return elements


def mark(block: Block) -> str:
    """What stands before a point or a dash: a), b), c), d), đ) … by the Vietnamese alphabet."""
    if block.kind == "point":
        return f"{LETTERS[(block.number - 1) % len(LETTERS)]}) "
    return "- " if block.kind == "dash" else ""


def _paragraph(block: Block) -> Element:
    before = [run(mark(block))] if mark(block) else []
    spans = [run(span.text, bold=span.bold, italic=span.italic) for span in block.spans]
    lead_in = block.kind == "text" and block.text.endswith(":") and all(span.bold for span in block.spans)
    return paragraph(style_id(STYLES[block.kind]), *before, *spans, keep_next=lead_in)


def _place(block: Block, number: int) -> Element:
    """A content control: a click selects the prompt, and typing replaces prompt and shading."""
    properties = el(
        "sdtPr",
        el("alias", val=say("report.place", LANG, number=str(number))),
        el("tag", val=f"cho-viet-{number}"),
        el("id", val=710000 + number),
        el("showingPlcHdr"),
    )
    words = run(block.text, italic=True, style=style_id(PLACEHOLDER), shade=SHADE)
    return paragraph(style_id(STYLES["place"]), el("sdt", properties, el("sdtContent", words)))
