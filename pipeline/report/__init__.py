"""Figures -> documents for signature (.docx): DOCUMENTS say what, LAYOUTS how it looks, narratives in which words."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.model import Issue
from pipeline.report import markdown, narrative
from pipeline.report.annexes import ANNEXES, annex_elements
from pipeline.report.body import body
from pipeline.report.documents import DOCUMENTS, Document, Moment, letters_of
from pipeline.report.drawings import Drawings
from pipeline.report.layouts import FORMS, LAYOUTS
from pipeline.report.letterhead import letterhead
from pipeline.report.material import Material
from pipeline.report.narrative import packaged_text, parts_of
from pipeline.report.ooxml import end_section
from pipeline.report.package import describe, empty_document, to_bytes
from pipeline.report.page import section, write_footer, write_headers
from pipeline.report.paper import Paper, issuers_of
from pipeline.report.signatures import signatures
from pipeline.report.words import vocabulary

__all__ = [
    "DOCUMENTS",
    "LAYOUTS",
    "Document",
    "Issue",
    "Material",
    "Moment",
    "build_document",
    "letters_of",
    "narratives_of",
    "packaged_text",
]


def build_document(document: Document, material: Material, issue: Issue | None = None) -> bytes:
    """One document as a .docx file; without ``issue`` it has no number and day, and is a draft while figures are missing.

    Raises PhoihopError for a narrative that is missing or wrong.
    """
    config = material.config
    layout = config.report.letter_layout if document.letter else config.report.layout
    issuers = issuers_of(layout, config)
    form = FORMS[issuers[0].key]
    drawings = Drawings()
    words = vocabulary(material, issuers, form, drawings)
    heading, text = narrative.read(document.narrative, words, config)
    draft = document.states_figures and not material.dataset.complete
    paper = Paper(document.key, form, issuers, heading, config, issue or Issue(draft=draft))
    annexes = [annex for annex in (ANNEXES[key](material) for key in document.annexes) if annex is not None]
    word = empty_document(form)
    written = body(markdown.parse(text), form, drawings.drawn(word))
    upright = [*letterhead(paper), *written, *signatures(paper)]
    return _bound(
        word, paper, upright, [annex_elements(a, place, len(annexes), paper) for place, a in enumerate(annexes)]
    )


def narratives_of(document: Document) -> tuple[str, ...]:
    """The files in which a document's words stand."""
    return parts_of(document.narrative)


def _bound(word: WordDocument, paper: Paper, text: list[Element], annexes: list[tuple[list[Element], bool]]) -> bytes:
    """Text and annexes in one file, each in a section of its own; an annex says whether it lies."""
    references = write_headers(word, paper)
    root = word.element.body
    root.remove(root.sectPr)
    first, others = write_footer(word, paper)
    parts = [(text, section(paper.form, [*references, *first])), *[
        (elements, section(paper.form, [*references, *others], lying=lying, restart=True)) for elements, lying in annexes
    ]]  # fmt: skip
    for elements, properties in parts[:-1]:
        end_section(elements[-1], properties)
    for elements, _ in parts:
        root.extend(elements)
    root.append(parts[-1][1])
    describe(word, paper)
    return to_bytes(word)
