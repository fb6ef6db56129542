"""The running text: alignment, sizes, indents, distances, how paragraphs are made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pipeline.proofreading.line import Line
from pipeline.proofreading.parts import headings
from pipeline.proofreading.rules.rule import LENGTH_SLACK, Case, Fault, Hit, within
from pipeline.proofreading.words import HEADING

_CAPTION = re.compile(r"(?:bảng|biểu|hình|đơn vị|đvt|nguồn|ghi chú)\b", re.IGNORECASE)
_DASHES = ("-", "–", "—", "+", "*", "•")
_LINE_SLACK, _EXACT_SLACK = 0.025, 0.06
_GAP_SLACK = 0.3
# A remark in brackets may look otherwise.
_ASIDE = ("(", "[")
_MARKS = (("bold", "light"), ("italic", "upright"), ("underline", "bare"))


def _text(case: Case) -> Iterator[Line]:
    """The paragraphs of the text: no captions, nothing centred on purpose."""
    for line in case.parts.body:
        aside = line.shape.align in {"center", "right"} and not line.wraps
        if line.words and not aside and not _CAPTION.match(line.key):
            yield line


def justified(case: Case) -> Iterator[Hit]:
    """Paragraphs of more than one line are justified."""
    for line in _text(case):
        if line.wraps and line.shape.align != "both":
            yield Hit(line, line.shape.align)


def plain(case: Case) -> Iterator[Hit]:
    """A paragraph of more than one line is not all bold, italic or underlined, unless it is a heading."""
    numbered = {id(one.line) for one in headings(case.parts.body) if one.kind not in {"dash", "point"}}
    for line in _text(case):
        marks = [key for quality, key in _MARKS if line.all(quality)]
        if (
            marks
            and line.wraps
            and not line.text.startswith(_ASIDE)
            and id(line) not in numbered
            and not line.text.endswith(":")
        ):
            yield Hit(line, faults=tuple(Fault(key) for key in marks))


def sizes(case: Case) -> Iterator[Hit]:
    """The text has one size, within the limits."""
    lines = [line for line in _text(case) if not line.key.startswith(("phần ", "chương "))]
    counted: Counter[float] = Counter()
    for line in lines:
        counted[line.size] += len(line.text)
    if not counted:
        return
    main = counted.most_common(1)[0][0]
    wanted = main if within(main, case.form.body) else case.form.body
    for line in lines:
        for size in line.sizes:
            if size != main or not within(size, case.form.body):
                yield Hit(line, size, wanted)


def first_lines(case: Case) -> Iterator[Hit]:
    """The first line of a paragraph begins 10 or 12.7 mm inside, the others at the edge."""
    for line in _text(case):
        if not case.form.roman_indented and HEADING["roman"].fullmatch(line.text):
            continue
        shape = line.shape
        by_hand = line.raw[:1] in {"\t", " ", "\u00a0"}
        if not line.first or by_hand or line.text.startswith(_DASHES):
            continue
        begins = shape.left + shape.first
        if not any(abs(begins - wanted) <= LENGTH_SLACK for wanted in case.form.first_line):
            yield Hit(line, begins, list(case.form.first_line))
        elif abs(shape.left) > LENGTH_SLACK and line.wraps:
            yield Hit(line, shape.left, list(case.form.first_line))


def gaps(case: Case) -> Iterator[Hit]:
    """The distance of paragraphs."""
    text = {id(line) for line in _text(case)}
    body = case.parts.body
    for above, below in pairwise(body):
        if id(above) not in text or id(below) not in text or not (above.last and below.first):
            continue
        apart = _apart(case, above, below)
        together, larger = apart if apart is not None else (case.form.gap[0], case.form.gap[0])
        if together < case.form.gap[0] - _GAP_SLACK:
            yield Hit(below, together, case.form.gap)
        elif larger > case.form.gap[1] + _GAP_SLACK:
            yield Hit(below, larger, case.form.gap)


def _apart(case: Case, above: Line, below: Line) -> tuple[float, float] | None:
    """The gap after and before together, and the larger of both; None when something stands between or a page begins."""
    if below.number - above.number != 1 or below.new_page:
        return None
    same = above.shape.style == below.shape.style
    after = 0.0 if above.shape.contextual and same else above.shape.after
    before = 0.0 if below.shape.contextual and same else below.shape.before
    return after + before, max(after, before)


def line_distance(case: Case) -> Iterator[Hit]:
    """The distance of lines."""
    for line in _text(case):
        slack = _EXACT_SLACK if line.shape.exact else _LINE_SLACK
        if not within(line.spacing, case.form.line, slack):
            yield Hit(line, line.spacing, case.form.line)


def empty_paragraphs(case: Case) -> Iterator[Hit]:
    """No empty paragraph stands between two paragraphs of the text."""
    said: Line | None = None
    empty = False
    for line in case.parts.body:
        if line.words:
            if empty and not line.new_page and said is not None and line.number == said.number + 1:
                yield Hit(line)
            said, empty = line, False
        elif line.rules or line.new_page or line.pictured:
            said, empty = None, False
        else:
            empty = empty or (line.first and line.last)


def indents_by_hand(case: Case) -> Iterator[Hit]:
    """Indents are set, not typed as spaces or tabs."""
    for line in _text(case):
        lead = line.raw[: len(line.raw) - len(line.raw.lstrip())]
        if line.first and ("\t" in lead or len(lead) > 1):
            yield Hit(line)


def end_mark(case: Case) -> Iterator[Hit]:
    """The text ends with "./."."""
    said = [line for line in case.parts.body if line.words or "/" in line.text]
    if said and not any(line.text.endswith("./.") for line in said[-2:]):
        yield Hit(said[-1], said[-1].text[-20:], "./.")
