"""The letterhead: national name, names of agencies, number, date, wherever tables, tabs or boxes put them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from pipeline.proofreading import words
from pipeline.proofreading.line import Line, Rule

_HEAD_LINES = 80
LONG = 150
_ALIKE = 0.85


@dataclass(frozen=True)
class Head:
    """The letterhead: every field may be missing; ``end``: the place of its last line."""

    nation: Line | None = None
    motto: Line | None = None
    union: Line | None = None
    number: Line | None = None
    date: Line | None = None
    names: tuple[Line, ...] = ()
    stars: Line | None = None
    reference: tuple[Line, ...] = ()
    left_rules: tuple[Rule, ...] = ()
    right_rules: tuple[Rule, ...] = ()
    end: int = -1


def side_of(line: Line) -> str:
    """The side of the page a line stands on; "" when it runs across."""
    if line.side or line.area is None:
        return line.side
    return "left" if line.area.left + line.area.width / 2 < line.page_width / 2 else "right"


def _alike(key: str, wanted: str) -> bool:
    return len(key) < 2 * len(wanted) and SequenceMatcher(None, key, wanted).ratio() >= _ALIKE


def read_head(main: Sequence[Line]) -> Head:
    limit = next((place for place, line in enumerate(main) if line.area is None and len(line.text) > LONG), len(main))
    pieces = [(place, piece) for place, line in enumerate(main[: min(limit, _HEAD_LINES)]) for piece in line.pieces()]

    def first(matches: re.Pattern[str] | None = None, *wanted: str) -> tuple[int, Line | None]:
        for place, piece in pieces:
            if len(piece.text) > LONG:
                continue
            if matches.fullmatch(piece.text) if matches else any(_alike(piece.key, one) for one in wanted):
                return place, piece
        return -1, None

    found = {
        "nation": first(None, words.NATION, "cộng hòa xã hội"),
        "motto": first(None, words.MOTTO),
        "number": first(words.NUMBER),
        "date": first(words.DATE),
        "stars": first(re.compile(r"\*{3,}|(?:\* ?){3,}")),
    }
    if found["nation"][1] is None:
        found["union"] = first(None, *words.UNION)
    end = max(place for place, _ in found.values())
    known = {name: piece for name, (_, piece) in found.items()}
    issuer, other = _columns(known)
    head = Head(
        known["nation"], known["motto"], known.get("union"), known["number"], known["date"],
        stars=known["stars"], left_rules=_rules(pieces, end, issuer), right_rules=_rules(pieces, end, other), end=end,
    )  # fmt: skip
    return replace(head, names=_names(pieces, head, other))


def _columns(known: Mapping[str, Line | None]) -> tuple[str, str]:
    """The side of the issuing agency and that of the national name, which may have been changed over."""
    title = known["nation"] or known.get("union")
    number = known["number"]
    swapped = title is not None and number is not None and (side_of(title), side_of(number)) == ("left", "right")
    return ("right", "left") if swapped else ("left", "right")


def _names(pieces: list[tuple[int, Line]], head: Head, title: str) -> tuple[Line, ...]:
    """The names of agencies: what else stands in the letterhead beside its title, above the number."""
    taken = {id(one) for one in (head.nation, head.motto, head.union, head.number, head.date, head.stars)}
    until = max(head.end, 0)
    numbered = head.number or head.date
    names = []
    for place, piece in pieces:
        if place > until or piece is head.number or words.REFERENCE.match(piece.text):
            break
        other = id(piece) in taken or not piece.words or piece.key.startswith(words.BESIDE)
        aside = numbered is not None and numbered.area is not None and piece.area is None and not piece.side
        if not other and not aside and side_of(piece) != title:
            names.append(piece)
    return tuple(names) if head.end >= 0 else ()


def _rules(pieces: list[tuple[int, Line]], end: int, wanted: str) -> tuple[Rule, ...]:
    """The rules on one side of the letterhead; one whose side is not known stands on both."""
    rules: list[Rule] = []
    for place, piece in pieces:
        if place > end + 1 or (place > end and piece.words):
            break
        for rule in piece.marks:
            side = side_of(piece) if rule.how in {"typed", "underline", "cell"} else rule.side or side_of(piece)
            rules += [rule] if side in {wanted, ""} else []
    return tuple(dict.fromkeys(rules))


def with_reference(head: Head, main: Sequence[Line]) -> Head:
    """The lines "V/v …" of a letter, which may be the last ones of its letterhead."""
    lines: list[Line] = []
    end = head.end
    for place, line in enumerate(main[: head.end + 12]):
        for piece in line.pieces():
            begins = words.REFERENCE.match(piece.text) is not None
            other = not piece.words or opens(piece) or piece.key in words.BESIDE
            goes_on = bool(lines) and _same_column(piece, lines[-1]) and not other
            if begins or goes_on:
                lines.append(piece)
                end = max(end, place)
    return replace(head, reference=tuple(lines), end=end)


def _same_column(piece: Line, other: Line) -> bool:
    if piece.area is None or other.area is None:
        return piece.area is other.area and piece.shape == other.shape
    return piece.area.place[0] == other.area.place[0] and piece.area.place[2] == other.area.place[2]


def opens(line: Line) -> bool:
    """True for "Kính gửi" and for the date; nothing long is a date, and looking for one there would take its time."""
    dated = len(line.text) <= LONG and words.DATE.fullmatch(line.text) is not None
    return line.key.startswith("kính gửi") or dated
