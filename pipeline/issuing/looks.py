"""How a document looks, in a form that opening and saving it again leaves as it is: what people format shows by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from pipeline.issuing.visible import visible_text

NEAR = 30
"""Columns whose widths differ by no more, in twips, are as wide: programs round widths when they save."""
_DIGITS = re.compile(r"\d+")
_OFF = {"0", "false", "off"}
_SWITCHES = {name: qn(f"w:{name}") for name in ("b", "i", "caps", "smallCaps")}
# What is looked at in words and in paragraphs: name -> (element, attribute, what holds where nothing says otherwise).
_WORDS = {
    "u": (qn("w:u"), qn("w:val"), "none"),
    "color": (qn("w:color"), qn("w:val"), "000000"),
    "size": (qn("w:sz"), qn("w:val"), "20"),
    "font": (qn("w:rFonts"), qn("w:ascii"), ""),
    "marked": (qn("w:highlight"), qn("w:val"), "none"),
    "shade": (qn("w:shd"), qn("w:fill"), "none"),
    "raised": (qn("w:vertAlign"), qn("w:val"), "baseline"),
}
_PARAGRAPHS = {
    "align": (qn("w:jc"), qn("w:val"), "left"),
    **{
        name: (qn("w:spacing"), qn(f"w:{name}"), given)
        for name, given in (("before", "0"), ("after", "0"), ("line", "240"))
    },
    **{name: (qn("w:ind"), qn(f"w:{name}"), "0") for name in ("left", "right", "firstLine", "hanging")},
}
_SAME = {"start": "left", "end": "right", "auto": "000000"}
_TAGS = {*_SWITCHES.values(), *(tag for tag, _, _ in (*_WORDS.values(), *_PARAGRAPHS.values()))}
_PAGE = (
    (qn("w:pgSz"), ("w", "h")),
    (qn("w:pgMar"), ("top", "bottom", "left", "right")),
)
_RUN_LOOK, _PARAGRAPH_LOOK = qn("w:rPr"), qn("w:pPr")
_FIELDS = (qn("w:fldChar"), qn("w:fldSimple"))
_PARAGRAPH, _RUN, _TEXT = qn("w:p"), qn("w:r"), qn("w:t")

Look = dict[str, str]


def looks_hash(document: Document) -> str:
    """SHA-256 over the looks of all words and paragraphs that are not empty, the pages, and how many page breaks there are."""
    styles = _Styles(document)
    body = document.element.body
    told = [look for paragraph in body.iter(_PARAGRAPH) for look in _paragraph(paragraph, styles)]
    breaks = sum(one.get(qn("w:type")) == "page" for one in body.iter(qn("w:br")))
    breaks += sum(one.get(qn("w:val")) not in _OFF for one in body.iter(qn("w:pageBreakBefore")))
    text = json.dumps([told, sorted({_page(one) for one in body.iter(qn("w:sectPr"))}), breaks])
    return sha256(text.encode()).hexdigest()


def widths(document: Document) -> str:
    """The widths of the columns of all tables, in twips: ``794,5556;680,3515``."""
    grids = (table.iterchildren(qn("w:tblGrid")) for table in document.element.body.iter(qn("w:tbl")))
    columns = ([str(one.get(qn("w:w")) or 0) for grid in found for one in grid] for found in grids)
    return ";".join(",".join(one) for one in columns)


def as_wide(one: str, other: str) -> bool:
    """Whether all columns of all tables are about as wide; both as ``widths`` gives them."""
    if _DIGITS.sub("", one) != _DIGITS.sub("", other):
        return False
    pairs = zip(_DIGITS.findall(one), _DIGITS.findall(other), strict=True)
    return all(abs(int(a) - int(b)) <= NEAR for a, b in pairs)


class _Styles:
    """What the styles of a document make of words and paragraphs."""

    def __init__(self, document: Document) -> None:
        root = document.styles.element
        self._styles = {str(one.get(qn("w:styleId"))): one for one in root.iter(qn("w:style"))}
        self._defaults = {
            tag: root.find(f"{qn('w:docDefaults')}/{qn(f'w:{part}Default')}/{tag}")
            for part, tag in (("rPr", _RUN_LOOK), ("pPr", _PARAGRAPH_LOOK))
        }
        normal = (
            key
            for key, one in self._styles.items()
            if one.get(qn("w:type")) == "paragraph" and one.get(qn("w:default")) not in {None, *_OFF}
        )
        self._normal = next(normal, "")
        self.words, self.paragraphs = cache(self._words), cache(self._paragraphs)

    def _words(self, paragraph: str, run: str) -> Look:
        """The look of words by the style of their paragraph and their own ("" for none)."""
        base = _overlaid(_plain(_WORDS), self._defaults[_RUN_LOOK], _WORDS)
        for style in (paragraph or self._normal, run):
            for one in self._chain(style):
                base = _overlaid(base, one.find(_RUN_LOOK), _WORDS)
        return base

    def _paragraphs(self, style: str) -> Look:
        """The look of a paragraph by its style."""
        base = _overlaid(_plain(_PARAGRAPHS), self._defaults[_PARAGRAPH_LOOK], _PARAGRAPHS)
        for one in self._chain(style or self._normal):
            base = _overlaid(base, one.find(_PARAGRAPH_LOOK), _PARAGRAPHS)
        return base

    def _chain(self, key: str) -> list[Element]:
        """A style and those it is based on, the deepest first."""
        found: list[Element] = []
        while (style := self._styles.get(key)) is not None and style not in found:
            found.insert(0, style)
            key = _named(style, "basedOn")
        return found


def _paragraph(paragraph: Element, styles: _Styles) -> Iterator[object]:
    """The look of a paragraph, and of its words with how many letters have it; nothing of one without words."""
    if next(paragraph.iter(*_FIELDS), None) is not None and not visible_text(paragraph).strip():
        # Page numbers change by themselves.
        return
    own = paragraph.find(_PARAGRAPH_LOOK)
    style = "" if own is None else _named(own, "pStyle")
    stretches: list[tuple[Look, int]] = []
    for run in paragraph.iter(_RUN):
        if not (letters := sum(len("".join((node.text or "").split())) for node in run.iterchildren(_TEXT))):
            continue
        look = run.find(_RUN_LOOK)
        words = _overlaid(styles.words(style, "" if look is None else _named(look, "rStyle")), look, _WORDS)
        if stretches and stretches[-1][0] == words:
            letters += stretches.pop()[1]
        stretches.append((words, letters))
    if stretches:
        yield [_overlaid(styles.paragraphs(style), own, _PARAGRAPHS), stretches]


def _named(element: Element, tag: str) -> str:
    """The style that an element names, "" for none."""
    found = element.find(qn(f"w:{tag}"))
    return "" if found is None else str(found.get(qn("w:val")))


def _plain(looked_at: Mapping[str, tuple[str, str, str]]) -> Look:
    plain = {name: given for name, (_, _, given) in looked_at.items()}
    return {**plain, **dict.fromkeys(_SWITCHES, "")} if looked_at is _WORDS else plain


def _overlaid(base: Look, own: Element | None, looked_at: Mapping[str, tuple[str, str, str]]) -> Look:
    """A look with what an element says of itself."""
    if own is None or not len(own):
        return base
    said = {child.tag: child for child in own}
    if said.keys().isdisjoint(_TAGS):
        return base
    look = dict(base)
    for name, (tag, attribute, _) in looked_at.items():
        if tag in said and (given := said[tag].get(attribute)) is not None:
            look[name] = "none" if name == "shade" and given == "auto" else _SAME.get(given, given)
            # One of the two takes the place of the other.
            if name in {"firstLine", "hanging"} and given != "0":
                look["hanging" if name == "firstLine" else "firstLine"] = "0"
    if looked_at is _WORDS:
        for name, tag in _SWITCHES.items():
            if tag in said:
                look[name] = "" if said[tag].get(qn("w:val")) in _OFF else name
    return look


def _page(section: Element) -> tuple[str, ...]:
    """Size and margins of the pages of a section."""
    found = ((section.find(tag), names) for tag, names in _PAGE)
    return tuple(str(one.get(qn(f"w:{name}"))) for one, names in found if one is not None for name in names)
