"""Annexes: announced in the text, numbered, titled; tables that run over several pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.proofreading.rules.rule import Case, Fault, Hit, Norm, faults, misset
from pipeline.proofreading.words import ROMAN

_ENDS = (".", ":", ";", ",")
_MORE_THAN_A_PAGE = 1.1
# An annex of this document; "Phụ lục III kèm theo Nghị định số …" is one of another.
_ANNOUNCED = re.compile(
    r"phụ lục (?:số )?(?P<number>[ivxl]+|\d+) kèm theo(?=\s*(?:[).;,:]|$)| \w+(?: \w+)? này\b)", re.IGNORECASE
)


# "các Phụ lục", "02 Phụ lục kèm theo", "Phụ lục I đến III"
_SPANS = re.compile(
    r"(?:các|những|hai|ba|bốn|năm|sáu|\d+) (?:bảng )?phụ lục|phụ lục [ivxl\d]+ (?:đến|tới|và)|phụ lục [ivxl\d]+ [ivxl\d]+ "
)


def announced(case: Case) -> Iterator[Hit]:
    """The text points to every annex."""
    annexes = case.parts.annexes
    text = "\n".join(line.key for line in case.parts.main)
    spans = _SPANS.search(text)
    for place, annex in enumerate(annexes):
        number = annex.number.lower()
        # A wrong number is another rule's matter: the one that it should have counts as well.
        numbers = {number, *_ordinals(place)} if len(annexes) > 1 else {number}
        if not (
            (number and (spans or any(_named(one, text) for one in numbers))) or (not number and "phụ lục" in text)
        ):
            yield Hit(annex.label, annex.label.text)
    yield from _absent(case)


def _named(number: str, text: str) -> bool:
    return re.search(rf"phụ lục (?:[ivxl\d, và]+)?\b{re.escape(number)}\b", text) is not None


def _ordinals(place: int) -> tuple[str, str]:
    return ROMAN[place % len(ROMAN)].lower(), str(place + 1)


def _absent(case: Case) -> Iterator[Hit]:
    """The text announces an annex that is not among those that follow; where none follows they may be files of their own,
    and only a number whose predecessors are never named is surely wrong.
    """
    annexes = case.parts.annexes
    there = {annex.number.lower() for annex in annexes} | {one for at in range(len(annexes)) for one in _ordinals(at)}
    text = "\n".join(line.key for line in case.parts.main)
    for line in case.parts.body:
        for found in _ANNOUNCED.finditer(line.text):
            number = found["number"].lower()
            if number not in there and (annexes or _out_of_turn(number, text)):
                yield Hit(line, f"Phụ lục {found['number'].upper()}", values={"fault": "absent"})


def _out_of_turn(number: str, text: str) -> bool:
    """True for "Phụ lục III" in a text that names neither "Phụ lục I" nor "Phụ lục II"."""
    place = next((at for at in range(len(ROMAN)) if number in _ordinals(at)), 0)
    return place > 0 and not any(_named(one, text) for at in range(place) for one in _ordinals(at))


def numbered(case: Case) -> Iterator[Hit]:
    """Two annexes and more have roman numbers in their order."""
    annexes = case.parts.annexes
    for place, annex in enumerate(annexes if len(annexes) > 1 else ()):
        if place < len(ROMAN) and annex.number != ROMAN[place]:
            yield Hit(annex.label, annex.label.text, f"Phụ lục {ROMAN[place]}")


def label_style(case: Case) -> Iterator[Hit]:
    """ "Phụ lục I": size 14, bold, upright, centred, not in capitals, no sign at its end."""
    norm = Norm(case.form.annex, True, False, False, centred=True)
    for label in (annex.label for annex in case.parts.annexes):
        end = (Fault("ends", label.text[-1]),) if label.text.endswith(_ENDS) else ()
        if found := (*faults(label, norm), *end):
            yield Hit(label, faults=found)


def title_style(case: Case) -> Iterator[Hit]:
    """The title of an annex: capitals, bold, upright, centred."""
    for annex in case.parts.annexes:
        if not annex.title:
            yield Hit(annex.label, values={"fault": "none"})
    lines = [line for annex in case.parts.annexes for line in annex.title]
    yield from misset(lines, Norm(case.form.annex_title, True, False, True, centred=True))


def attached(case: Case) -> Iterator[Hit]:
    """Below the title stands "(Kèm theo … số … ngày …)", italic."""
    for annex in case.parts.annexes:
        if not annex.attached:
            yield Hit(annex.label, values={"fault": "none"})
        elif not (annex.attached[0].text.startswith("(") and annex.attached[-1].text.endswith(")")):
            yield Hit(annex.attached[0], faults=(Fault("brackets"),))
        yield from misset(annex.attached, Norm(case.form.annex_title, False, True, centred=True))


def repeated_heads(case: Case) -> Iterator[Hit]:
    """The heading row of a table that is longer than a page repeats on every page."""
    for table in case.document.tables:
        line = next((one for one in case.document.lines[table.line :] if one.words), None)
        section = case.document.sections[min(line.section if line else 0, len(case.document.sections) - 1)]
        room = (section.height - section.top - section.bottom) * 72 / 25.4
        if table.height > _MORE_THAN_A_PAGE * room and table.rows > 2 and not table.repeats:
            yield Hit(line)
