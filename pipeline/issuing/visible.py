"""The text of one paragraph as a reader sees it: without deleted words and page numbers, with a sign for each picture."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

PICTURE = "\ufffc"
"""Stands for a picture or a drawing, so that adding or removing one is seen."""
STRUCK = "\u0336"
"""Stands before and after words that are struck out or hidden, so that striking them is seen."""

_RUN, _OFF = qn("w:r"), {"0", "false", "off"}
_TEXT, _HYPHEN, _SYMBOL = {qn("w:t"), qn("m:t")}, qn("w:noBreakHyphen"), qn("w:sym")
_STRUCK = tuple(map(qn, ("w:strike", "w:dstrike", "w:vanish")))
_FIELD_STEP, _INSTRUCTION, _FIELD = qn("w:fldChar"), qn("w:instrText"), qn("w:fldSimple")
_STEP_KIND, _FIELD_INSTRUCTION = qn("w:fldCharType"), qn("w:instr")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {_FALLBACK, *map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr"))}
_SPACES = {qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:ptab")}
_PICTURES = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
# What these fields show changes by itself from page to page.
_PAGE_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES"}


def visible_text(paragraph: Element) -> str:
    """The paragraph's text."""
    return "".join(_pieces(paragraph, []))


def _pieces(element: Element, fields: list[str]) -> Iterator[str]:
    """``fields``: the instructions of the fields that are open at this place."""
    for child in element.iterchildren():
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            continue
        if tag == _FIELD_STEP:
            _step(fields, str(child.get(_STEP_KIND)))
        elif tag == _INSTRUCTION:
            if fields:
                fields[-1] += child.text or ""
        elif tag == _FIELD and _is_page(str(child.get(_FIELD_INSTRUCTION))):
            continue
        elif any(map(_is_page, fields)):
            yield from _pieces(child, fields)
        else:
            yield from _piece(child, tag, fields)


def _piece(child: Element, tag: str, fields: list[str]) -> Iterator[str]:
    if tag in _TEXT:
        yield child.text or ""
    elif tag == _SYMBOL:
        yield chr(int(child.get(qn("w:char")) or "0", 16))
    elif tag == _RUN and _is_struck(child):
        yield from (STRUCK, *_pieces(child, fields), STRUCK)
    elif tag in _SPACES:
        yield " "
    elif tag == _HYPHEN:
        yield "-"
    else:
        if tag in _PICTURES:
            yield PICTURE
        yield from _pieces(child, fields)


def _is_struck(run: Element) -> bool:
    """True for words that a person has struck out or hidden."""
    look = run.find(qn("w:rPr"))
    marks = () if look is None else (look.find(name) for name in _STRUCK)
    return any(mark is not None and mark.get(qn("w:val")) not in _OFF for mark in marks)


def _step(fields: list[str], kind: str) -> None:
    if kind == "begin":
        fields.append("")
    elif kind == "end" and fields:
        fields.pop()


def _is_page(instruction: str) -> bool:
    return instruction.strip().partition(" ")[0].upper() in _PAGE_FIELDS
