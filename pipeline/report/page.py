"""Sections of pages: size, margins, page numbers in the header, and the draft mark on every page."""

from __future__ import annotations

from copy import deepcopy

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.report.language import LANG
from pipeline.report.layouts import Form
from pipeline.report.ooxml import el, field, paragraph, text_paragraph, twips
from pipeline.report.paper import Paper
from pipeline.report.styles import style_id
from pipeline.text import say


def write_headers(document: WordDocument, paper: Paper) -> tuple[list[Element], list[Element]]:
    """Fill the headers and return the references of the text's section and those of the annexes. A draft is marked on every
    page; on the first one the box above the text does it.
    """
    section = document.sections[0]
    section.different_first_page_header_footer = True
    number = paragraph(style_id("Số trang"), field("PAGE"))
    _fill(section.header._element, [number], paper.issue.draft)
    _fill(section.first_page_header._element, [], draft=False)
    own = document.element.body.sectPr.findall(qn("w:headerReference"))
    first = {reference.get(qn("w:type")): reference for reference in own}
    part, rid = document.part.add_header_part()  # type: ignore[no-untyped-call]
    _fill(part.element, [], paper.issue.draft)
    annexes = el("headerReference", type="first")
    annexes.set(qn("r:id"), rid)
    return [deepcopy(one) for one in own], [deepcopy(first["default"]), annexes]


def write_footer(document: WordDocument, paper: Paper) -> tuple[list[Element], list[Element]]:
    """The foot of the first page (Nghị định 30, Phụ lục I, mục III.4): its reference, and that of the blank one which keeps
    it from the annexes; none where the agency has no such line.
    """
    if not paper.lead.footer:
        return [], []
    found = []
    for text in (paper.lead.footer, ""):
        part, rid = document.part.add_footer_part()  # type: ignore[no-untyped-call]
        for child in list(part.element):
            part.element.remove(child)
        part.element.append(text_paragraph(style_id("Chân trang"), text) if text else paragraph(style_id("Số trang")))
        reference = el("footerReference", type="first")
        reference.set(qn("r:id"), rid)
        found.append([reference])
    return found[0], found[1]


def _fill(root: Element, paragraphs: list[Element], draft: bool) -> None:
    for child in list(root):
        root.remove(child)
    mark = [text_paragraph(style_id("Dấu bản nháp"), say("report.draft", LANG))] if draft else []
    root.extend([*paragraphs, *mark] or [paragraph(style_id("Số trang"))])


def section(form: Form, references: list[Element], *, lying: bool = False, restart: bool = False) -> Element:
    """The properties of one section; ``restart``: its pages count from 1. The number of a first page is not shown."""
    across, down = form.page[::-1] if lying else form.page
    size = el("pgSz", w=twips(across), h=twips(down), **({"orient": "landscape"} if lying else {}))
    margins = el(
        "pgMar",
        top=twips(form.top),
        right=twips(form.right),
        bottom=twips(form.bottom),
        left=twips(form.left),
        header=twips(form.header),
        footer=twips(form.header),
        gutter=0,
    )
    count = el("pgNumType", start=1) if restart else None
    parts = (el("type", val="nextPage"), size, margins, count, el("cols", space=720), el("titlePg"))
    return el("sectPr", *[deepcopy(reference) for reference in references], *parts)
