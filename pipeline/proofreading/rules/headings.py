"""Headings: their order, their form, their look, letters of the Vietnamese alphabet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, zip_longest

from pipeline.proofreading.parts import Heading, headings
from pipeline.proofreading.rules.rule import Case, Fault, Hit
from pipeline.proofreading.words import LETTERS, ROMAN

_ABOVE = {
    "roman": {"part", "letter"},
    "clause": {"part", "letter", "article", "roman"},
    "point": {"part", "letter", "article", "roman", "clause", "decimal"},
}
_SIGN = {"roman": ".", "clause": ".", "point": ")"}


def _all(case: Case) -> Iterator[Heading]:
    """The headings of the text; "A. …" is one of a level above "I." only where "I." follows, else "I." misspelled."""
    found = list(headings(case.parts.body))
    for place, one in enumerate(found):
        follows = next((other.number for other in found[place + 1 :] if other.kind in {"roman", "letter"}), "")
        yield replace(one, kind="roman") if one.kind == "letter" and follows != ROMAN[0] else one


def _found(case: Case, kind: str) -> Iterator[tuple[int, Heading]]:
    """(place within its list, heading): the place begins anew below every higher heading."""
    place = 0
    for one in _all(case):
        if one.kind in _ABOVE.get(kind, set()):
            place = 0
        elif one.kind == kind:
            place += 1
            yield place, one


def roman_order(case: Case) -> Iterator[Hit]:
    """I, II, III … without a gap."""
    yield from _out_of_order(case, "roman", ROMAN)


def clause_order(case: Case) -> Iterator[Hit]:
    """1, 2, 3 … without a gap below one heading."""
    yield from _out_of_order(case, "clause", tuple(str(number) for number in range(1, 100)))


def point_order(case: Case) -> Iterator[Hit]:
    """a, b, c, d, đ, e, g … by the Vietnamese alphabet."""
    yield from _out_of_order(case, "point", tuple(LETTERS))


def _out_of_order(case: Case, kind: str, order: tuple[str, ...]) -> Iterator[Hit]:
    shift = 0
    found = list(_found(case, kind))
    for (place, one), below in zip_longest(found, [other for _, other in found[1:]]):
        if place == 1:
            shift = 0
        at = place - 1 - shift
        wanted, number = order[at] if at < len(order) else "…", one.ordinal
        goes_on = below is not None and below.ordinal in order[at + 1 : at + 2]
        if number != wanted and number in order and not goes_on:
            # A list that is read anew from its first number is another list; one that leaps goes on from there.
            shift = place - 1 - order.index(number)
        if number != wanted and (number != order[0] or kind == "roman"):
            yield Hit(one.line, number, wanted)
        elif one.sign != _SIGN[kind] or one.number != number:
            yield Hit(one.line, f"{one.number}{one.sign}", f"{number}{_SIGN[kind].strip(')')}", {"fault": "form"})


def article_order(case: Case) -> Iterator[Hit]:
    """Điều 1, Điều 2 … with a full stop and a capital; an attached regulation counts anew."""
    wanted = 1
    for one in _all(case):
        if one.kind != "article":
            continue
        given = int(one.number)
        if given not in {wanted, 1}:
            yield Hit(one.line, one.number, f"Điều {wanted}.")
        elif one.sign != "." or one.line.text.startswith("đ"):
            yield Hit(one.line, one.line.text.partition(one.sign)[0] + one.sign, f"Điều {given}.", {"fault": "form"})
        wanted = wanted + 1 if given != 1 else 2


def article_style(case: Case) -> Iterator[Hit]:
    """ "Điều 1." stands bold, and so does its title."""
    for one in _all(case):
        first = next((run for run in one.line.runs if run.text.strip()), None)
        if one.kind == "article" and first is not None and not first.look.bold:
            yield Hit(one.line, faults=(Fault("bold"),))


def roman_style(case: Case) -> Iterator[Hit]:
    """Headings with roman numbers: capitals, bold, upright."""
    for _, one in _found(case, "roman"):
        line = one.line
        wrong = [Fault(key) for key, right in (
            ("capitals", line.capitals), ("bold", line.bold), ("upright", line.all("italic", False))
        ) if not right]  # fmt: skip
        if wrong:
            yield Hit(line, faults=tuple(wrong))


def clause_style(case: Case) -> Iterator[Hit]:
    """A clause that is a heading, with text or points below, stands bold and upright."""
    said = [line for line in case.parts.body if line.words]
    heads = {id(above) for above, below in pairwise(said) if all(one.kind == "point" for one in headings([below]))}
    for _, one in _found(case, "clause"):
        line, title = one.line, one.title
        heading = not line.wraps and not title.endswith((".", ";", ":", ",")) and title[:1].isupper()
        if heading and not line.bold and len(title) < 90 and id(line) in heads:
            yield Hit(line, faults=(Fault("bold"),))
        elif heading and line.bold and not line.all("italic", False):
            yield Hit(line, faults=(Fault("upright"),))


def decimals(case: Case) -> Iterator[Hit]:
    """The state's form knows no 1.1."""
    for one in headings(case.parts.body):
        if one.kind == "decimal" and len(one.title) > 1:
            yield Hit(one.line, one.number)


def outlined(case: Case) -> Iterator[Hit]:
    """Headings are headings for Word too: they have an outline level."""
    for one in headings(case.parts.body):
        if one.kind in {"part", "roman"} and one.line.bold and one.line.shape.outline is None:
            yield Hit(one.line)
