"""Figures -> the report for signature (.docx): DOCUMENTS say what, LAYOUTS how it looks, narratives in which words."""

from __future__ import annotations

from collections.abc import Callable

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.model import Dataset, Figures, FileOutcome, Issue
from pipeline.report import markdown, narrative
from pipeline.report.annexes import ANNEXES, Annex, Material
from pipeline.report.body import body
from pipeline.report.documents import DOCUMENTS, Document
from pipeline.report.language import LANG
from pipeline.report.layouts import LAYOUTS, Layout
from pipeline.report.letterhead import date_words, letterhead, number_words
from pipeline.report.ooxml import end_section, text_paragraph
from pipeline.report.package import describe, empty_document, to_bytes
from pipeline.report.page import section, write_headers
from pipeline.report.signatures import signatures
from pipeline.report.styles import style_id
from pipeline.report.tables import table_element
from pipeline.report.words import vocabulary
from pipeline.text import say

__all__ = ["DOCUMENTS", "LAYOUTS", "build_report"]

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def build_report(
    dataset: Dataset,
    figures: Figures,
    catalogue: Catalogue,
    config: Config,
    explain_file: Callable[[FileOutcome], str] | None = None,
    issue: Issue | None = None,
) -> bytes:
    """The yearly report as a .docx file; ``issue``: number, day and draft mark, by default a draft while units are
    missing or in error. Raises PhoihopError for a narrative that is missing or wrong.
    """
    document, layout = DOCUMENTS[0], LAYOUTS[config.report.layout]
    material = Material(dataset, figures, catalogue, config, explain_file)
    name, template = narrative.template_text(config, document.narrative)
    filled = narrative.fill(name, template, vocabulary(dataset, figures, catalogue, config), config.language)
    issue = issue or Issue(draft=not dataset.complete)
    text = [*letterhead(document, layout, config, issue), *body(markdown.parse(filled)), *signatures(layout, config)]
    annexes = [ANNEXES[key](material) for key in document.annexes]
    return _bound(document, layout, config, issue, text, annexes)


def _bound(
    document: Document, layout: Layout, config: Config, issue: Issue, text: list[Element], annexes: list[Annex]
) -> bytes:
    """Text and annexes in one file, each in a section of its own."""
    word = empty_document(layout)
    references = write_headers(word, issue.draft)
    root = word.element.body
    root.remove(root.sectPr)
    end_section(text[-1], section(layout, references))
    root.extend(text)
    for place, annex in enumerate(annexes):
        elements = _annex(annex, ROMAN[place], config, issue, last=place == len(annexes) - 1)
        root.extend(elements)
        own = section(layout, references, lying=True, restart=True)
        if place < len(annexes) - 1:
            end_section(elements[-1], own)
        else:
            root.append(own)
    title = say(f"report.document.{document.key}.title", LANG, year=str(config.year))
    describe(word, title, config)
    return to_bytes(word)


def _annex(annex: Annex, number: str, config: Config, issue: Issue, last: bool) -> list[Element]:
    words = {"number": number_words(issue), "symbol": config.report.symbol, "date": date_words(issue, config)}
    agencies = say("report.both", LANG, one=config.lead.name, other=config.partner.name)
    attached = say("report.annex.with", LANG, agencies=agencies, **words)
    elements = [
        text_paragraph(style_id("Số phụ lục"), say("report.annex.number", LANG, number=number)),
        text_paragraph(style_id("Tên phụ lục"), annex.title),
        *[text_paragraph(style_id("Kèm theo"), line) for line in attached.split(" | ")],
    ]
    for heading, table in annex.tables:
        elements += [text_paragraph(style_id("Tên biểu"), heading)] if heading else []
        elements.append(table_element(table))
    note = f"{annex.note}./." if last else f"{annex.note}."
    return [*elements, text_paragraph(style_id("Ghi chú biểu"), note)]
