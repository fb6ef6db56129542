"""Annexes: announced in the text, numbered, titled; tables that run over several pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.proofreading.rules.rule import Case, Hit, Norm, misset
from pipeline.proofreading.words import ROMAN

_MORE_THAN_A_PAGE = 1.1


def announced(case: Case) -> Iterator[Hit]:
    """The text points to every annex."""
    text = "\n".join(line.key for line in case.parts.main)
    for annex in case.parts.annexes:
        number = annex.number.lower()
        named = re.search(rf"phụ lục (?:[ivxl\d, và]+)?\b{re.escape(number)}\b", text) if number else None
        spans = number and re.search(r"các phụ lục|phụ lục [ivxl\d]+ (?:đến|tới|và)|phụ lục [ivxl\d]+ [ivxl\d]+ ", text)
        if not (named or spans or (not number and "phụ lục" in text)):
            yield Hit(annex.label, annex.label.text)


def numbered(case: Case) -> Iterator[Hit]:
    """Two annexes and more have roman numbers in their order."""
    annexes = case.parts.annexes
    for place, annex in enumerate(annexes if len(annexes) > 1 else ()):
        if place < len(ROMAN) and annex.number != ROMAN[place]:
            yield Hit(annex.label, annex.label.text, f"Phụ lục {ROMAN[place]}")


def label_style(case: Case) -> Iterator[Hit]:
    """ "Phụ lục I": size 14, bold, upright, centred, not in capitals."""
    labels = [annex.label for annex in case.parts.annexes]
    yield from misset(labels, Norm(case.form.annex, True, False, False, centred=True))


def title_style(case: Case) -> Iterator[Hit]:
    """The title of an annex: capitals, bold, upright, centred."""
    lines = [line for annex in case.parts.annexes for line in annex.title]
    yield from misset(lines, Norm(case.form.annex_title, True, False, True, centred=True))


def attached(case: Case) -> Iterator[Hit]:
    """Below the title stands "(Kèm theo … số … ngày …)", italic."""
    for annex in case.parts.annexes:
        if not annex.attached:
            yield Hit(annex.label, values={"fault": "none"})
        yield from misset(annex.attached, Norm(case.form.annex_title, False, True, centred=True))


def repeated_heads(case: Case) -> Iterator[Hit]:
    """The heading row of a table that is longer than a page repeats on every page."""
    for table in case.document.tables:
        line = next((one for one in case.document.lines[table.line :] if one.words), None)
        section = case.document.sections[min(line.section if line else 0, len(case.document.sections) - 1)]
        room = (section.height - section.top - section.bottom) * 72 / 25.4
        if table.height > _MORE_THAN_A_PAGE * room and table.rows > 2 and not table.repeats:
            yield Hit(line)
