"""Figures -> documents for signature (.docx): DOCUMENTS say what, LAYOUTS how it looks, narratives in which words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.config import Agency
from pipeline.model import Issue
from pipeline.report import markdown, narrative
from pipeline.report.annexes import ANNEXES, Annex, annex_elements
from pipeline.report.body import body
from pipeline.report.documents import DOCUMENTS, Document, Moment, letters_of
from pipeline.report.drawings import Drawings
from pipeline.report.heading import Heading
from pipeline.report.layouts import FORMS, LAYOUTS
from pipeline.report.letterhead import letterhead
from pipeline.report.material import Material
from pipeline.report.narrative import packaged_text, parts_of
from pipeline.report.ooxml import end_section
from pipeline.report.package import describe, empty_document, to_bytes
from pipeline.report.page import section, write_footer, write_headers
from pipeline.report.paper import Paper, issuers_of
from pipeline.report.signatures import signatures
from pipeline.report.words import telling_of, vocabulary

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
    "states_figures",
]


@dataclass(frozen=True, slots=True)
class _Written:
    """A document before it is laid out; ``states_figures``: it tells figures of the run, in its text or in an annex."""

    heading: Heading
    text: str
    issuers: tuple[Agency, ...]
    drawings: Drawings
    annexes: tuple[Annex, ...]
    states_figures: bool


def _written(document: Document, material: Material) -> _Written:
    config, drawings, telling = material.config, Drawings(), telling_of(material)
    issuers = issuers_of(config.report.letter_layout if document.letter else config.report.layout, config)
    words = vocabulary(material, telling, issuers, FORMS[issuers[0].key], drawings)
    annexes = tuple(annex for annex in (ANNEXES[key](material) for key in document.annexes) if annex is not None)
    telling.annexed = any(annex.figures for annex in annexes)
    heading, text = narrative.read(document.narrative, words, config)
    stated = telling.stated or bool(drawings.asked) or telling.annexed
    return _Written(heading, text, issuers, drawings, annexes, stated)


def states_figures(document: Document, material: Material) -> bool:
    """True when the document tells figures of the run, so that it is a draft while some are missing.

    Raises PhoihopError for a narrative that is missing or wrong.
    """
    return _written(document, material).states_figures


def build_document(document: Document, material: Material, issue: Issue | None = None) -> bytes:
    """One document as a .docx file; without ``issue`` it has no number and day, and is a draft while figures are missing.
    Only what tells figures bears the mark of a draft. Raises PhoihopError for a narrative that is missing or wrong.
    """
    own = _written(document, material)
    issue = issue or Issue(draft=not material.dataset.complete)
    issue = replace(issue, draft=issue.draft and own.states_figures)
    form = FORMS[own.issuers[0].key]
    paper = Paper(document.key, form, own.issuers, own.heading, material.config, issue)
    word = empty_document(form)
    text = body(markdown.parse(own.text), form, own.drawings.drawn(word))
    annexes = [annex_elements(annex, place, len(own.annexes), paper) for place, annex in enumerate(own.annexes)]
    return _bound(word, paper, [*letterhead(paper), *text, *signatures(paper)], annexes)


def narratives_of(document: Document) -> tuple[str, ...]:
    """The files in which a document's words stand."""
    return parts_of(document.narrative)


def _bound(word: WordDocument, paper: Paper, text: list[Element], annexes: list[tuple[list[Element], bool]]) -> bytes:
    """Text and annexes in one file, each in a section of its own; an annex says whether it lies."""
    own, shared = write_headers(word, paper)
    root = word.element.body
    root.remove(root.sectPr)
    first, others = write_footer(word, paper)
    parts = [(text, section(paper.form, [*own, *first])), *[
        (elements, section(paper.form, [*shared, *others], lying=lying, restart=True)) for elements, lying in annexes
    ]]  # fmt: skip
    for elements, properties in parts[:-1]:
        end_section(elements[-1], properties)
    for elements, _ in parts:
        root.extend(elements)
    root.append(parts[-1][1])
    describe(word, paper)
    return to_bytes(word)
