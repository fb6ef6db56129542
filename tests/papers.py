"""Documents made for tests: the sample year as material, in any layout, built once and opened again."""

from __future__ import annotations

import io
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline import catalogue as catalogue_module
from pipeline.awards import judge_nominations
from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.figures import as_year
from pipeline.model import Issue, PreviousYear, YearFigures
from pipeline.period import compute_period
from pipeline.report import DOCUMENTS, Document, Material, build_document
from pipeline.templates import template_name
from tests.factory import nominee, sample_run

BY_KEY = {document.key: document for document in DOCUMENTS}
LAYOUTS: dict[str, dict[str, Any]] = {
    "nd30": {"layout": "nd30", "letter_layout": "nd30"},
    "doan": {"layout": "doan", "letter_layout": "doan"},
    "joint_so": {"layout": "lien_tich", "letter_layout": "lien_tich", "lead": "so"},
    "joint_doan": {"layout": "lien_tich", "letter_layout": "lien_tich", "lead": "tinh_doan"},
}
"""Every way to issue a document, as settings of [report]."""


SPAN = (2022, 2026)
GAP, DRAFT_YEAR = 2024, 2023


@cache
def material(missing: bool = True) -> Material:
    """The sample year, with the settings that are shipped, everything that the documents of a year need, and six nominees."""
    dataset, figures, catalogue, config = sample_run(missing)
    units = catalogue.units[:3]
    people = [
        nominee(unit, row, **changes)
        for unit in units
        for row, changes in enumerate(({}, {"born": None, "award": "Vì sự nghiệp Thông tin và Truyền thông"}), start=5)
    ]
    nominated = replace(dataset, records=(*dataset.records, *people))
    return Material(
        dataset, figures, catalogue, config,
        following=whole_catalogue().for_year(config.year + 1),
        forms={unit.code: template_name(unit) for unit in catalogue.units},
        nominations=judge_nominations(nominated, catalogue, config.award, config.report_deadline),
        previous=PreviousYear(config.year - 1, received=18, due=20),
    )  # fmt: skip


@cache
def material_of_years(missing: bool = True) -> Material:
    """The sample year and, made from it, three of the four years before: one is a draft, one a gap."""
    given = material(missing)
    last = as_year(given.dataset, given.figures)
    years = [_earlier(last, year) for year in range(*SPAN) if year != GAP]
    period = compute_period([*years, last], whole_catalogue(), *SPAN)
    return replace(given, period=period, of_years=whole_catalogue().for_years(*SPAN))


def _earlier(last: YearFigures, year: int) -> YearFigures:
    """A year whose amounts are other multiples of the last year's; rates and answers stay."""
    factor = year - SPAN[0] + 2
    rates = {one.code for one in whole_catalogue().indicators if one.type == "percent"}

    def grown(amounts: Mapping[Any, Decimal | bool], keep: Container[Any]) -> dict[Any, Decimal | bool]:
        kept = {key for key, amount in amounts.items() if key in keep or isinstance(amount, bool)}
        return {key: amount if key in kept else amount * factor for key, amount in amounts.items()}

    return replace(
        last, year=year, origin=f"Tong-hop-{year}.xlsx", complete=year != DRAFT_YEAR,
        totals=grown(last.totals, rates), amounts=grown(last.amounts, ()),
    )  # fmt: skip


def whole_catalogue() -> Catalogue:
    """The shipped catalogue of all years."""
    return catalogue_module.load(sample_run()[3].catalogue_path)


def material_for(key: str, missing: bool = True) -> Material:
    """What a document of ``DOCUMENTS`` is made of."""
    return material_of_years(missing) if key == "period" else material(missing)


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
