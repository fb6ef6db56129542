"""A person's document made ready to issue: number and date put into their places, the draft marks taken out."""

from __future__ import annotations

import re
from collections.abc import Callable

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from pipeline.errors import PhoihopError
from pipeline.issuing.reading import (
    ATTACHED,
    ATTACHED_LINE,
    DRAFT_BOX,
    DRAFT_MARK,
    NUMBER,
    PLACE_AND_DATE,
    open_document,
    parts_of,
    style_names,
)
from pipeline.issuing.sealing import to_bytes
from pipeline.issuing.visible import visible_text
from pipeline.model import Issue
from pipeline.text import long_date, say, tidy

_NUMBER = re.compile(r"(?i)\bsố\s*:?\s*(?P<typed>\d+[a-zđ]?)?(?P<gap>[\s.…_]*)(?=[/-])")
_SYMBOL = re.compile(r"(?i)số\s*:?[\s.…_]*(?:\d+[a-zđ]?)?[\s.…_]*[/-](.+)")
_DATE = re.compile(
    r"(?i)ngày[\s.…_]*(?P<day>\d{1,2})?[\s.…_]*tháng[\s.…_]*(?P<month>\d{1,2})?[\s.…_]*năm\s*(?P<year>\d{4})?"
)
# The title of an annex takes no more lines than this.
_TITLE_LINES = 5
_LEAVES = ("header+xml", "footer+xml")


def filled(data: bytes, issue: Issue, name: str) -> bytes:
    """The document with number and date, without draft marks; every other word stays as the person wrote it.

    Raises PhoihopError ``issue_no_number`` or ``issue_no_date`` where no line for them is found, ``issue_typed`` where
    another number or date was typed there.
    """
    document = open_document(data, name)
    style_of = style_names(document)
    assert issue.day is not None
    texts = _texts(document)
    numbers = _number_lines(texts, style_of)
    dates = [p for p in texts if style_of(p) == PLACE_AND_DATE] or _first(texts, r"(?i),\s*ngày\b.*\btháng\b.*\bnăm\b")
    attached = [p for p in texts if style_of(p) == ATTACHED] + _below_annex_titles(texts, style_of)
    if not _put(numbers, _NUMBER, _number_words(issue, name)):
        raise PhoihopError("issue_no_number", file=name)
    if not _put(dates, _DATE, _date_words(issue, name)):
        raise PhoihopError("issue_no_date", file=name)
    _put(attached, _NUMBER, _number_words(issue, name))
    _put(attached, _DATE, _date_words(issue, name))
    _remove_draft_marks(document, style_of)
    return to_bytes(document)


def symbol_of(data: bytes, name: str) -> str:
    """What follows the number, such as ``BC-SKHCN-TĐTN``: documents of one symbol take their numbers from one row; "" where no
    line for it is found. Raises PhoihopError ``document_unreadable``.
    """
    document = open_document(data, name)
    lines = _number_lines(_texts(document), style_names(document))
    found = (_SYMBOL.search(tidy(visible_text(line))) for line in lines)
    return next(("".join(match[1].split()).upper() for match in found if match), "")


def _texts(document: Document) -> list[Element]:
    """The paragraphs of the body that are not empty."""
    return [p for p in document.element.body.iter(qn("w:p")) if visible_text(p).strip()]


def _number_lines(texts: list[Element], style_of: Callable[[Element], str]) -> list[Element]:
    """The line "Số: …/BC-…", by its style or by its words."""
    return [p for p in texts if style_of(p) == NUMBER] or _first(texts, r"(?i)^số\s*:")


def _first(paragraphs: list[Element], pattern: str) -> list[Element]:
    """Where the style was lost: the first line that reads like it."""
    return [p for p in paragraphs if re.search(pattern, tidy(visible_text(p)))][:1]


def _below_annex_titles(paragraphs: list[Element], style_of: Callable[[Element], str]) -> list[Element]:
    """Lines that read "(Kèm theo … số …)" shortly below "Phụ lục …" and have lost their style."""
    words = [tidy(visible_text(p)) for p in paragraphs]
    titles = [place for place, text in enumerate(words) if text.lower().startswith("phụ lục")]
    near = {place for title in titles for place in range(title + 1, title + 1 + _TITLE_LINES)}
    return [
        p for place, p in enumerate(paragraphs)
        if place in near and ATTACHED_LINE.match(words[place]) and style_of(p) != ATTACHED
    ]  # fmt: skip


def _number_words(issue: Issue, name: str) -> Callable[[re.Match[str]], str]:
    def words(found: re.Match[str]) -> str:
        typed = found["typed"] or ""
        if typed and typed.lstrip("0").lower() != issue.number.lstrip("0"):
            raise PhoihopError("issue_typed", file=name, typed=typed, given=issue.number)
        lead = found[0].rstrip() if not typed else found[0][: found.start("typed") - found.start()]
        return f"{lead.rstrip(' .…_')} {issue.number}"

    return words


def _date_words(issue: Issue, name: str) -> Callable[[re.Match[str]], str]:
    day = issue.day
    assert day is not None

    def words(found: re.Match[str]) -> str:
        # The month was printed in advance; only a day tells that a person filled in the date.
        if found["day"] and tuple(int(found[part] or 0) for part in ("day", "month", "year")) != (
            day.day,
            day.month,
            day.year,
        ):
            raise PhoihopError("issue_typed", file=name, typed=tidy(found[0]), given=long_date(day))
        return long_date(day)

    return words


def _put(paragraphs: list[Element], pattern: re.Pattern[str], words: Callable[[re.Match[str]], str]) -> bool:
    """Replace the first match in each paragraph; True when there was one."""
    found = [(p, match) for p in paragraphs if (match := pattern.search(_letters(p)))]
    for paragraph, match in found:
        _replace(paragraph, match.start(), match.end(), words(match))
    return bool(found)


def _letters(paragraph: Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


def _replace(paragraph: Element, start: int, end: int, words: str) -> None:
    """Put words in the place of some letters, which may be spread over several runs; the first run's looks stay."""
    place = 0
    for node in paragraph.iter(qn("w:t")):
        text = node.text or ""
        first, last = max(start - place, 0), min(end - place, len(text))
        if first < last:
            node.text = text[:first] + words + text[last:]
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            words = ""
        place += len(text)


def _remove_draft_marks(document: Document, style_of: Callable[[Element], str]) -> None:
    """The box above the text and the mark on every page, by their styles or by their words."""
    mark = tidy(say("report.draft", "vi"))
    for root in (document.element.body, *parts_of(document, _LEAVES)):
        for paragraph in list(root.iter(qn("w:p"))):
            if style_of(paragraph) in {DRAFT_BOX, DRAFT_MARK} or tidy(visible_text(paragraph)) == mark:
                _remove(paragraph)


def _remove(paragraph: Element) -> None:
    """Take a paragraph out; where it is the only one, a header or a cell keeps it empty."""
    parent = paragraph.getparent()
    if parent is None:
        return
    others = [one for one in parent.iterchildren(qn("w:p")) if one is not paragraph]
    if others:
        parent.remove(paragraph)
        return
    for child in list(paragraph):
        if child.tag != qn("w:pPr"):
            paragraph.remove(child)
