"""The few WordprocessingML elements that this stage writes, built directly so that long tables are fast."""

from __future__ import annotations

import re
from typing import cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

BOOKMARKS = {"so_van_ban": 1, "ngay_van_ban": 2}
"""The places for number and day, and the identifiers of their bookmarks."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def twips(millimetres: float) -> int:
    """Word's unit of length: 1/20 point."""
    return round(millimetres * 1440 / 25.4)


def el(tag: str, *children: Element | None, **attributes: object) -> Element:
    """``<w:tag>`` with attributes of the w namespace; children that are None are left out."""
    element = cast(Element, OxmlElement(f"w:{tag}"))
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def clean(text: str) -> str:
    """Text that XML can hold: control characters out, line breaks and tabs as spaces."""
    return re.sub(r"[\t\r\n]+", " ", _FORBIDDEN.sub("", text))


def run(text: str, *, bold: bool = False, italic: bool = False, style: str = "", shade: str = "") -> Element:
    """One run of text; what is not said comes from the paragraph's style."""
    words = el("t")
    words.text = clean(text)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    marks = [
        el("rStyle", val=style) if style else None,
        *((el("b"), el("bCs")) if bold else ()),
        *((el("i"), el("iCs")) if italic else ()),
        el("shd", val="clear", color="auto", fill=shade) if shade else None,
    ]
    return el("r", el("rPr", *marks) if any(mark is not None for mark in marks) else None, words)


def field(instruction: str) -> Element:
    """A field that Word keeps up to date, such as PAGE."""
    return el("fldSimple", el("r", el("t")), instr=f" {instruction} ")


def paragraph(
    style: str,
    *runs: Element,
    keep_next: bool = False,
    section: Element | None = None,
    before: float | None = None,
    sides: float | None = None,
) -> Element:
    """A paragraph in a style; ``section``: the sectPr of the section that ends with it; ``before``: points above it, and
    ``sides``: mm left and right of it, where they depend on the words.
    """
    properties = el(
        "pPr",
        el("pStyle", val=style),
        el("keepNext") if keep_next else None,
        el("spacing", before=round(before * 20)) if before is not None else None,
        el("ind", left=twips(sides), right=twips(sides)) if sides is not None else None,
        section,
    )
    return el("p", properties, *runs)


def ruled(style: str, sides: float) -> Element:
    """The paragraph whose border is a drawn rule, so many mm shorter than its room on either side."""
    return paragraph(style, sides=sides)


def bookmarked(name: str, *runs: Element) -> list[Element]:
    """Runs inside a bookmark: where the clerk, or a later command, writes."""
    number = BOOKMARKS[name]
    return [el("bookmarkStart", id=number, name=name), *runs, el("bookmarkEnd", id=number)]


def text_paragraph(style: str, text: str, *, keep_next: bool = False) -> Element:
    """A paragraph of one run."""
    return paragraph(style, run(text), keep_next=keep_next)


def paragraph_properties(paragraph_element: Element) -> Element:
    """The pPr that ``paragraph`` always writes."""
    return cast(Element, paragraph_element.find(qn("w:pPr")))


def end_section(paragraph_element: Element, section: Element) -> None:
    """Make a finished paragraph the last one of its section."""
    paragraph_properties(paragraph_element).append(section)
