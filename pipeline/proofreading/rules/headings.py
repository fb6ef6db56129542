"""Headings: their order, their look, letters of the Vietnamese alphabet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.proofreading.line import Line
from pipeline.proofreading.parts import headings
from pipeline.proofreading.rules.rule import Case, Fault, Hit
from pipeline.proofreading.words import LETTERS, ROMAN

_ABOVE = {
    "roman": {"part"},
    "clause": {"part", "article", "roman"},
    "point": {"part", "article", "roman", "clause", "decimal"},
}


def _found(case: Case, kind: str) -> Iterator[tuple[int, str, str, Line]]:
    """(place within its list, number, title, line): the place begins anew below every higher heading."""
    place = 0
    for one, number, title, line in headings(case.parts.body):
        if one in _ABOVE.get(kind, set()):
            place = 0
        elif one == kind:
            place += 1
            yield place, number, title, line


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
    for place, number, _, line in _found(case, kind):
        if place == 1:
            shift = 0
        at = place - 1 - shift
        wanted = order[at] if at < len(order) else "…"
        if number != wanted:
            # A list that is read anew from its first number is another list; after a slip it goes on from there.
            shift = place - 1 - order.index(number) if number in order else shift
            if number != order[0] or kind == "roman":
                yield Hit(line, number, wanted)


def roman_style(case: Case) -> Iterator[Hit]:
    """Headings with roman numbers: capitals, bold, upright."""
    for _, _, _, line in _found(case, "roman"):
        wrong = [Fault(key) for key, right in (
            ("capitals", line.capitals), ("bold", line.bold), ("upright", line.all("italic", False))
        ) if not right]  # fmt: skip
        if wrong:
            yield Hit(line, faults=tuple(wrong))


def clause_style(case: Case) -> Iterator[Hit]:
    """A clause that is a heading, with text below that is not numbered, stands bold and upright."""
    said = [line for line in case.parts.body if line.words]
    heads = {id(above) for above, below in pairwise(said) if not list(headings([below]))}
    for _, _, title, line in _found(case, "clause"):
        heading = not line.wraps and not title.endswith((".", ";", ":", ",")) and title[:1].isupper()
        if heading and not line.bold and len(title) < 90 and id(line) in heads:
            yield Hit(line, faults=(Fault("bold"),))
        elif heading and line.bold and not line.all("italic", False):
            yield Hit(line, faults=(Fault("upright"),))


def decimals(case: Case) -> Iterator[Hit]:
    """The state's form knows no 1.1."""
    for kind, number, title, line in headings(case.parts.body):
        if kind == "decimal" and len(title) > 1:
            yield Hit(line, number)


def outlined(case: Case) -> Iterator[Hit]:
    """Headings are headings for Word too: they have an outline level."""
    for kind, _, _, line in headings(case.parts.body):
        if kind in {"part", "roman"} and line.bold and line.shape.outline is None:
            yield Hit(line)
