"""Blocks of the narrative -> Word paragraphs by style name; places to write as content controls, charts as drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.report.language import LANG
from pipeline.report.layouts import Form
from pipeline.report.markdown import BASES, Block, Span
from pipeline.report.ooxml import el, paragraph, paragraph_properties, run
from pipeline.report.styles import PLACEHOLDER, SHADE, style_id
from pipeline.text import say

STYLES = {
    "heading1": "Mục",
    "heading2": "Khoản",
    "text": "Nội dung",
    "basis": "Căn cứ",
    "point": "Điểm",
    "dash": "Gạch đầu dòng",
    "place": "Nội dung",
}
LETTERS = "abcdđeghiklmnopqrstuvxy"
_UNNUMBERED = re.compile(r"(số …\S* ngày …)")
"""A document that is cited before its number and day are known."""
_CLAUSE = re.compile(r"(\d+)\.")


def body(blocks: Sequence[Block], form: Form, drawings: Mapping[str, Element] | None = None) -> list[Element]:
    """The paragraphs of the text; the last one stays on the page of the signatures that follow it.

    ``drawings``: paragraphs that take the place of the blocks whose text they are listed under.
    """
    elements = list(_elements(_closed(blocks, form), form, drawings or {}))
    if elements and elements[-1].tag == qn("w:p"):
        properties = paragraph_properties(elements[-1])
        properties.insert(1, el("keepNext"))
        properties.insert(2, el("keepLines"))
    return elements


def _elements(blocks: Sequence[Block], form: Form, drawings: Mapping[str, Element]) -> Iterator[Element]:
    clause, places = "", 0
    for block in blocks:
        if block.kind in {"heading1", "heading2"}:
            found = _CLAUSE.match(block.text)
            clause = found[1] if found else ""
        if block.text in drawings:
            yield drawings[block.text]
        elif block.kind == "place":
            places += 1
            yield _place(block, places)
        else:
            yield _paragraph(block, mark(block, clause, form), form)


def _closed(blocks: Sequence[Block], form: Form) -> list[Block]:
    """Legal bases end as the form says: each with a semicolon, the last with the form's own mark."""
    bases = [place for place, block in enumerate(blocks) if _is_basis(block)]
    closed = list(blocks)
    for place in bases:
        end = form.basis_end if place == bases[-1] else ";"
        spans = blocks[place].spans
        last = Span(spans[-1].text.rstrip(" .,;") + end, spans[-1].bold, spans[-1].italic)
        closed[place] = replace(blocks[place], spans=(*spans[:-1], last))
    return closed


def _is_basis(block: Block) -> bool:
    """True for a legal basis, and for the place where one is to be written."""
    return block.kind == "basis" or (block.kind == "place" and block.text.lstrip("[").startswith(BASES))


def mark(block: Block, clause: str, form: Form) -> str:
    """What stands before a point or a dash: in a clause a), b), c), d), đ) … by the Vietnamese alphabet, or 1.1., 1.2. …;
    outside clauses 1., 2. …
    """
    if block.kind == "dash":
        return "- "
    if block.kind != "point":
        return ""
    if not clause:
        return f"{block.number}. "
    letter = LETTERS[(block.number - 1) % len(LETTERS)]
    return f"{clause}.{block.number}. " if form.decimal_points else f"{letter}) "


def _paragraph(block: Block, before: str, form: Form) -> Element:
    titled = form.decimal_points and block.kind == "point" and ":" in block.text
    spans = _titled(block.spans) if titled else block.spans
    marked = [run(before, bold=titled, italic=titled)] if before else []
    own_look = block.kind not in {"heading1", "heading2", "basis"}
    runs = [one for span in spans for one in _runs(span, own_look)]
    lead_in = block.kind == "text" and block.text.endswith(":") and all(span.bold for span in block.spans)
    return paragraph(style_id(STYLES[block.kind]), *marked, *runs, keep_next=lead_in)


def _runs(span: Span, own_look: bool) -> Iterator[Element]:
    """The words in their look; where a number and a day are still to be written they are shaded like places to write."""
    for place, words in enumerate(_UNNUMBERED.split(span.text)):
        if words:
            shade = SHADE if place % 2 else ""
            yield run(words, bold=own_look and span.bold, italic=own_look and span.italic, shade=shade)


def _titled(spans: Sequence[Span]) -> list[Span]:
    """The words before the first colon as the title of a point (Hướng dẫn 29, mục III.6: slanted and bold)."""
    words = "".join(span.text for span in spans)
    title, _, rest = words.partition(":")
    return [Span(f"{title}:", bold=True, italic=True), Span(rest)]


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
    kind = "basis" if _is_basis(block) else "place"
    return paragraph(style_id(STYLES[kind]), el("sdt", properties, el("sdtContent", words)))
