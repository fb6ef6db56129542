"""A Word document -> what a person sees in it: paragraphs, tables, page headers, comments; no looks, no page numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import _Element as Element

from pipeline.errors import PhoihopError
from pipeline.issuing.visible import visible_text
from pipeline.text import tidy

NUMBER, PLACE_AND_DATE, ATTACHED = "Số ký hiệu", "Địa danh ngày tháng", "Kèm theo"
DRAFT_BOX, DRAFT_MARK = "Bản nháp", "Dấu bản nháp"
# Paragraphs that change when a document is issued, not when figures do.
ISSUE_STYLES = frozenset({NUMBER, PLACE_AND_DATE, ATTACHED, DRAFT_BOX, DRAFT_MARK})
ATTACHED_LINE = re.compile(r"(?i)\(\s*kèm theo\b.*\bsố\b")
"""How the line reads that says what an annex belongs to, whatever style it has."""
ANNEX_NUMBER, TABLE_NAME = "Số phụ lục", "Tên biểu"
_MARGINS = ("header+xml", "footer+xml")
_NOTES = ("comments+xml", "footnotes+xml", "endnotes+xml")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph that is not empty, and the name of its style."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a repeated heading row; ``title``: where it stands, such as ``Phụ lục II, Biểu 1/2``."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that a reader of the document sees. Tables that only place paragraphs count as their paragraphs.

    ``margins``: the different texts of page headers and footers; ``notes``: comments and footnotes.
    """

    blocks: tuple[Paragraph | Table, ...]
    margins: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The text without the tables."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables with figures."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def open_document(data: bytes, name: str = "") -> Document:
    """The document for reading or filling in. Raises PhoihopError ``document_unreadable``."""
    try:
        document: Document = docx.Document(BytesIO(data))
    except (BadZipFile, KeyError, ValueError, SyntaxError, OSError) as error:
        raise PhoihopError("document_unreadable", file=name) from error
    return document


def read_document(data: bytes, name: str = "") -> Seen:
    """What is seen in the bytes of a .docx file. Raises PhoihopError ``document_unreadable``."""
    return seen_in(open_document(data, name))


def seen_in(document: Document) -> Seen:
    """What is seen in an opened document."""
    style = style_names(document)
    blocks = _titled(_blocks(document.element.body, style))
    return Seen(tuple(blocks), _texts(document, _MARGINS), _texts(document, _NOTES))


def style_names(document: Document) -> Callable[[Element], str]:
    """Gives the style name of a paragraph; programs rename the identifiers when they save, never the names."""
    names = {one.get(qn("w:styleId")): one.find(qn("w:name")) for one in document.styles.element.iter(qn("w:style"))}
    shown = {key: "" if name is None else str(name.get(qn("w:val"))) for key, name in names.items()}

    def style_of(paragraph: Element) -> str:
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return "" if own is None else shown.get(own.get(qn("w:val")), "")

    return style_of


def parts_of(document: Document, endings: Iterable[str]) -> Iterator[Element]:
    """The XML of the parts of some kinds, by the ends of their content types."""
    part: Any
    for part in document.part.package.iter_parts():
        if part.content_type.endswith(tuple(endings)):
            yield part.element if hasattr(part, "element") else parse_xml(part.blob)


def _texts(document: Document, endings: Iterable[str]) -> tuple[str, ...]:
    """The different texts of such parts; programs repeat a header for each section when they save."""
    found = (p for root in parts_of(document, endings) for p in root.iter(qn("w:p")))
    return tuple(sorted({text for p in found if (text := tidy(visible_text(p)))}))


def _blocks(container: Element, style_of: Callable[[Element], str]) -> Iterator[Paragraph | Table]:
    for child in container.iterchildren():
        if child.tag == qn("w:p"):
            if text := tidy(visible_text(child)):
                yield Paragraph(text, style_of(child))
        elif child.tag == qn("w:tbl"):
            yield from [_table(child)] if _has_heading(child) else _cell_blocks(child, style_of)
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")}:
            yield from _blocks(child, style_of)


def _cell_blocks(table: Element, style_of: Callable[[Element], str]) -> Iterator[Paragraph | Table]:
    for row in _rows(table):
        for cell in _cells(row):
            yield from _blocks(cell, style_of)


def _has_heading(table: Element) -> bool:
    return any(_is_heading(row) for row in _rows(table))


def _is_heading(row: Element) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def _table(table: Element) -> Table:
    rows = [(_is_heading(row), tuple(map(_cell_text, _cells(row)))) for row in _rows(table)]
    headings = [cells for heading, cells in rows if heading]
    return Table("", headings[-1], tuple(cells for heading, cells in rows if not heading))


def _rows(table: Element) -> Iterator[Element]:
    """The rows that are there; one whose deletion is only proposed is read as deleted."""
    for row in table.iterchildren(qn("w:tr"), qn("w:sdt")):
        inside = row.iter(qn("w:tr")) if row.tag == qn("w:sdt") else iter([row])
        yield from (one for one in inside if one.find(f"{qn('w:trPr')}/{qn('w:del')}") is None)


def _cells(row: Element) -> Iterator[Element]:
    for cell in row.iterchildren(qn("w:tc"), qn("w:sdt")):
        yield from cell.iter(qn("w:tc")) if cell.tag == qn("w:sdt") else iter([cell])


def _cell_text(cell: Element) -> str:
    return " ".join(text for paragraph in cell.iter(qn("w:p")) if (text := tidy(visible_text(paragraph))))


def _titled(blocks: Iterable[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """Give each table the number of its annex and its own name, else the paragraph that stands before it."""
    annex = name = before = ""
    for block in blocks:
        if isinstance(block, Table):
            title = ", ".join(part for part in (annex, name) if part) or before
            yield Table(title, block.headings, block.rows)
            name = ""
            continue
        if block.style == ANNEX_NUMBER:
            annex, name = block.text, ""
        elif block.style == TABLE_NAME:
            name = block.text
        before = block.text
        yield block
