"""Documents made for tests: the sample year as material, in any layout, built once and opened again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline import catalogue as catalogue_module
from pipeline.config import Config
from pipeline.model import Issue
from pipeline.report import DOCUMENTS, Document, Material, build_document
from tests.factory import sample_run

BY_KEY = {document.key: document for document in DOCUMENTS}
LAYOUTS: dict[str, dict[str, Any]] = {
    "nd30": {"layout": "nd30", "letter_layout": "nd30"},
    "doan": {"layout": "doan", "letter_layout": "doan"},
    "joint_so": {"layout": "lien_tich", "letter_layout": "lien_tich", "lead": "so"},
    "joint_doan": {"layout": "lien_tich", "letter_layout": "lien_tich", "lead": "tinh_doan"},
}
"""Every way to issue a document, as settings of [report]."""


@cache
def material(missing: bool = True) -> Material:
    """The sample year, with the settings that are shipped."""
    dataset, figures, catalogue, config = sample_run(missing)
    following = catalogue_module.load(config.catalogue_path).for_year(config.year + 1)
    return Material(dataset, figures, catalogue, config, following=following)


def with_report(given: Material, **settings: Any) -> Material:
    """The same material with other settings in [report]."""
    report = given.config.report.model_copy(update=settings)
    return with_config(given, report=report)


def with_config(given: Material, **tables: Any) -> Material:
    """The same material with other tables in config.toml."""
    config: Config = given.config.model_copy(update=tables)
    return replace(given, config=config)


def with_narrative(given: Material, file: str, text: str, folder: Path) -> Material:
    """The same material with the province's own text for a narrative, written to a folder."""
    (folder / file).write_text(text, encoding="utf-8")
    paths = given.config.paths.model_copy(update={"narratives": "."})
    return with_config(given, root=folder, paths=paths)


def built(key: str, given: Material, issue: Issue | None = None) -> bytes:
    """A document of ``DOCUMENTS`` by its key."""
    document: Document = BY_KEY[key]
    return build_document(document, given, issue)


def opened(content: bytes) -> WordDocument:
    """The document read back."""
    document: WordDocument = docx.Document(io.BytesIO(content))
    return document


def text_of(element: Element) -> str:
    """All words below an element."""
    return "".join(t.text or "" for t in element.iter(qn("w:t")))


def every_text(document: WordDocument) -> str:
    """The words of the body, a line for each paragraph, tables included."""
    return "\n".join(text_of(p) for p in document.element.body.iter(qn("w:p")))


def headers(document: WordDocument) -> list[str]:
    """The last lines of the headers: of all pages, and of a section's first page."""
    section = document.sections[0]
    return [part.paragraphs[-1].text for part in (section.header, section.first_page_header)]


def table_rows(document: WordDocument, place: int) -> Iterator[list[str]]:
    """The rows of a table as texts."""
    for row in document.element.body.findall(qn("w:tbl"))[place].iter(qn("w:tr")):
        yield [text_of(cell) for cell in row.iter(qn("w:tc"))]


def style_of(paragraph: Element) -> str:
    """The identifier of a paragraph's style."""
    return str(paragraph.find(qn("w:pPr")).find(qn("w:pStyle")).get(qn("w:val")))
