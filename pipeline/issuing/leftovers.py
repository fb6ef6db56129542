"""What must not be left in a document that goes out: places to write, missing numbers, tracked changes, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element as Element
from rapidfuzz import fuzz

from pipeline.issuing.reading import ATTACHED_LINE, Seen, open_document, parts_of
from pipeline.issuing.visible import visible_text
from pipeline.text import comparison_key, tidy

PROMPT_STYLE = "Chỗ cần viết"
PILCROW = "¶"
"""Stands for a tracked change that holds no word and stands near none."""
_CONTROL = "cho-viet-"
_BRACKETED = re.compile(r"\[[^\[\]]*\]?")
_FIRST_CLAUSE = re.compile(r"[^;:(.]*")
# A prompt's beginning of so many words, or words in brackets so much like it (in percent), tell that it is left over.
_OPENING, _LIKE, _FEWEST = 8, 85.0, 3
_BLANK = r"(?:…|\.{2,}|_{2,})+"
_CITATION = re.compile(
    rf"(?i)\bsố\s*(?:{_BLANK}\s*/[^\s,;)]+(?:\s+ngày\s*(?:{_BLANK}|[\d/.]+))?|[^\s/]+/[^\s,;)]+\s+ngày\s*(?:{_BLANK}|(?=\))))"
)
_HAS_NUMBER, _HAS_DAY = re.compile(r"(?i)\bsố\s*:?\s*\d"), re.compile(r"(?i)\bngày\s*\d")
_LEAVES = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml")
_COMMENTS = ("comments+xml",)
_CHANGES = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:cellIns", "w:cellDel", "w:cellMerge")))
_LOOKS = tuple(
    qn(f"w:{kind}Change")
    for kind in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "numbering")
)
_ROW_MARKS, _PARAGRAPH_MARK = qn("w:trPr"), qn("w:rPr")


def unfinished(data: bytes, name: str, prompts: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """What must not be left in an issued document: (kind, its text) with the kinds "prompt", "citation" (a document cited
    without number or day), "attached" (an annex without them), "tracked", "tracked_row", "tracked_mark", "tracked_look",
    "comment". ``prompts``: see ``prompts_of``. Raises PhoihopError ``document_unreadable``.
    """
    document = open_document(data, name)
    roots = (document.element.body, *parts_of(document, _LEAVES))
    texts = [p for root in roots for p in root.iter(qn("w:p"))]
    left = [
        *_prompts(document, texts, prompts),
        *_unnumbered(texts),
        *(change for root in roots for change in _tracked(root)),
        *_comments(document),
    ]
    return tuple(dict.fromkeys(left))


def prompts_of(seen: Seen) -> tuple[str, ...]:
    """The prompts of a document as it is generated: its paragraphs in square brackets."""
    return tuple(one.text for one in seen.paragraphs if one.text.startswith("[") and "]" in one.text)


# ---- places to write ------------------------------------------------------------------------------------------------


def _prompts(document: Document, paragraphs: Sequence[Element], prompts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Places to write that still hold their prompt: by their look, by their control, or by their words."""
    styles = document.styles.element.iter(qn("w:style"))
    own = {one.get(qn("w:styleId")) for one in styles if one.find(qn("w:name")).get(qn("w:val")) == PROMPT_STYLE}
    known = [(_opening(prompt), comparison_key(prompt)) for prompt in prompts]
    for paragraph in paragraphs:
        marked = tidy("".join(visible_text(run) for run in paragraph.iter(qn("w:r")) if _is_place(run, own)))
        if "[" in marked or "]" in marked:
            yield "prompt", marked
        elif text := _like_a_prompt(tidy(visible_text(paragraph)), known):
            yield "prompt", text


def _is_place(run: Element, styles: set[str | None]) -> bool:
    """True for the words of a place to write: by their style, or by the control around them."""
    style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
    if style is not None and style.get(qn("w:val")) in styles:
        return True
    tags = (one.find(f"{qn('w:sdtPr')}/{qn('w:tag')}") for one in run.iterancestors(qn("w:sdt")))
    return any(tag is not None and str(tag.get(qn("w:val"))).startswith(_CONTROL) for tag in tags)


def _opening(prompt: str) -> str:
    """The words with which a prompt begins, those of its first clause."""
    clause = _FIRST_CLAUSE.match(prompt.lstrip("[ "))
    return " ".join(comparison_key(clause[0] if clause else "").split()[:_OPENING])


def _like_a_prompt(text: str, known: Sequence[tuple[str, str]]) -> str:
    """The words of a paragraph that a prompt has left there, "" for none."""
    for stretch in _BRACKETED.findall(text):
        words = comparison_key(stretch)
        if len(words.split()) >= _FEWEST and any(fuzz.partial_ratio(words, whole) >= _LIKE for _, whole in known):
            return str(stretch)
    words = f" {comparison_key(text)} "
    return text if any(opening and f" {opening} " in words for opening, _ in known) else ""


def _unnumbered(paragraphs: Sequence[Element]) -> Iterator[tuple[str, str]]:
    """Documents that are cited without number or day; annexes that do not say the number and day of what they belong to."""
    for paragraph in paragraphs:
        text = tidy(visible_text(paragraph))
        if ATTACHED_LINE.match(text):
            if not (_HAS_NUMBER.search(text) and _HAS_DAY.search(text)):
                yield "attached", text
        else:
            yield from (("citation", tidy(found[0])) for found in _CITATION.finditer(text))


# ---- tracked changes and comments -----------------------------------------------------------------------------------


def _tracked(root: Element) -> Iterator[tuple[str, str]]:
    """Changes that nobody has accepted or rejected; of a whole row one, however many there are in its cells."""
    for one in root.iter(*_CHANGES, *_LOOKS):
        parent = one.getparent()
        row = next(one.iterancestors(qn("w:tr")), None)
        if one.tag in _LOOKS:
            yield "tracked_look", _near(one)
        elif parent is not None and parent.tag == _ROW_MARKS and row is not None:
            yield "tracked_row", _words(row) or PILCROW
        elif row is not None and any(row.find(f"{_ROW_MARKS}/{tag}") is not None for tag in _CHANGES[:2]):
            continue
        elif parent is not None and parent.tag == _PARAGRAPH_MARK:
            if not _words_changed(one):
                yield "tracked_mark", _near(one)
        else:
            yield "tracked", _words(one) or _near(one)


def _words_changed(mark: Element) -> bool:
    """True where words of the same paragraph are changed as well, which tells enough."""
    paragraph = next(mark.iterancestors(qn("w:p")), None)
    return paragraph is not None and any(_words(child) for child in paragraph.iterchildren(*_CHANGES))


def _near(element: Element) -> str:
    """The words of the run, the paragraph or the table that a mark stands in, else those before it."""
    for around in element.iterancestors(qn("w:r"), qn("w:p"), qn("w:tr"), qn("w:tbl")):
        if text := _words(around):
            return text
        if around.tag == qn("w:p"):
            before = (_words(one) for one in around.itersiblings(qn("w:p"), preceding=True))
            return next((text for text in before if text), PILCROW)
    return PILCROW


def _comments(document: Document) -> Iterator[tuple[str, str]]:
    """Every comment; one without words by its author."""
    for root in parts_of(document, _COMMENTS):
        for one in root.iter(qn("w:comment")):
            yield "comment", _words(one) or tidy(str(one.get(qn("w:author")) or "")) or PILCROW


def _words(element: Element) -> str:
    return tidy("".join(node.text or "" for node in element.iter(qn("w:t"), qn("w:delText"))))
