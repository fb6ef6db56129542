"""A person's document made ready to issue: number and date put into their places, the draft marks taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from pipeline.errors import PhoihopError
from pipeline.issuing.reading import (
    ATTACHED,
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

PROMPT_STYLE = "Chỗ cần viết"
_NUMBER = re.compile(r"(?i)\bsố\s*:?\s*(?P<typed>\d+[a-zđ]?)?(?P<gap>[\s.…_]*)(?=[/-])")
_DATE = re.compile(
    r"(?i)ngày[\s.…_]*(?P<day>\d{1,2})?[\s.…_]*tháng[\s.…_]*(?P<month>\d{1,2})?[\s.…_]*năm\s*(?P<year>\d{4})?"
)
_LEAVES = ("header+xml", "footer+xml")
_TRACKED = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")


def filled(data: bytes, issue: Issue, name: str) -> bytes:
    """The document with number and date, without draft marks; every other word stays as the person wrote it.

    Raises PhoihopError ``issue_no_number`` or ``issue_no_date`` where no line for them is found, ``issue_typed`` where
    another number or date was typed there.
    """
    document = open_document(data, name)
    style_of = style_names(document)
    assert issue.day is not None
    texts = [p for p in document.element.body.iter(qn("w:p")) if visible_text(p).strip()]
    numbers = [p for p in texts if style_of(p) == NUMBER] or _first(texts, r"(?i)^số\s*:")
    dates = [p for p in texts if style_of(p) == PLACE_AND_DATE] or _first(texts, r"(?i),\s*ngày\b.*\btháng\b.*\bnăm\b")
    attached = [p for p in texts if style_of(p) == ATTACHED]
    if not _put(numbers, _NUMBER, _number_words(issue, name)):
        raise PhoihopError("issue_no_number", file=name)
    if not _put(dates, _DATE, _date_words(issue, name)):
        raise PhoihopError("issue_no_date", file=name)
    _put(attached, _NUMBER, _number_words(issue, name))
    _put(attached, _DATE, _date_words(issue, name))
    _remove_draft_marks(document, style_of)
    return to_bytes(document)


def unfinished(data: bytes, name: str) -> tuple[tuple[str, str], ...]:
    """What must not be left in an issued document: ("prompt" | "tracked" | "comment", its text)."""
    document = open_document(data, name)
    body = document.element.body
    prompts = [("prompt", text) for text in _prompts(document)]
    changed = [("tracked", _words(one)) for tag in _TRACKED for one in body.iter(qn(tag))]
    comments = (one for root in parts_of(document, ("comments+xml",)) for one in root.iter(qn("w:comment")))
    said = [("comment", _words(one)) for one in comments]
    return tuple(dict.fromkeys(one for one in [*prompts, *changed, *said] if one[1]))


def _words(element: Element) -> str:
    return tidy("".join(node.text or "" for node in element.iter(qn("w:t"), qn("w:delText"))))


def _prompts(document: Document) -> Iterator[str]:
    """Places to write that still hold their prompt, in square brackets."""
    styles = document.styles.element.iter(qn("w:style"))
    own = {one.get(qn("w:styleId")) for one in styles if one.find(qn("w:name")).get(qn("w:val")) == PROMPT_STYLE}
    for run in document.element.body.iter(qn("w:r")):
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        text = tidy(visible_text(run))
        if style is not None and style.get(qn("w:val")) in own and text.startswith("["):
            yield text


def _first(paragraphs: list[Element], pattern: str) -> list[Element]:
    """Where the style was lost: the first line that reads like it."""
    return [p for p in paragraphs if re.search(pattern, tidy(visible_text(p)))][:1]


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
