"""Automatic numbers of lists as they are seen: "I.", "1.", "a)"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from pipeline.proofreading.formatting import Layer, layer
from pipeline.proofreading.package import Element, W

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_FAR = 5000


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it is written, what it sets for paragraph and number."""

    start: int
    style: str
    text: str
    separator: str
    paragraph: Layer
    run: Layer


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _begun: set[str] = field(default_factory=set)

    def level(self, number: str, depth: int) -> Level | None:
        """The level of a list; None when there is none, or the list is switched off."""
        return self.levels.get(self.lists.get(number, ""), {}).get(depth)

    def next(self, number: str, depth: int) -> str:
        """Count one further and give the number as it is seen, with what separates it from the text."""
        level = self.level(number, depth)
        if level is None:
            return ""
        counts = self._counts[self.lists[number]]
        if number not in self._begun:
            self._begun.add(number)
            for deep, start in self.restarts.get(number, {}).items():
                counts[deep] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [deep for deep in counts if deep > depth]:
            del counts[deeper]
        seen = self._written(number, level, counts)
        return seen + {"nothing": "", "space": " "}.get(level.separator, " ") if seen else ""

    def _written(self, number: str, level: Level, counts: dict[int, int]) -> str:
        if level.style == "bullet":
            return "".join("•" if "\ue000" <= letter <= "\uf8ff" or letter == "·" else letter for letter in level.text)
        text = level.text
        for deep in range(9):
            own = self.level(number, deep)
            if own is not None and f"%{deep + 1}" in text:
                text = text.replace(f"%{deep + 1}", written(counts.get(deep, own.start), own.style))
        return text


def written(count: int, style: str) -> str:
    """A count in a style of WordprocessingML."""
    count = min(count, _FAR)
    if style in {"upperRoman", "lowerRoman"}:
        return roman(count) if style == "upperRoman" else roman(count).lower()
    if style in {"upperLetter", "lowerLetter"}:
        letter = _LATIN[(count - 1) % 26] * ((count - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style == "none":
        return ""
    return f"{count:02d}" if style == "decimalZero" else str(count)


def roman(count: int) -> str:
    """4 -> IV."""
    text = ""
    for value, letters in _ROMAN:
        text += letters * (count // value)
        count %= value
    return text


def read_numbering(root: Element | None) -> Numbering:
    """numbering.xml."""
    made = Numbering()
    if root is None:
        return made
    links: dict[str, str] = {}
    styled: dict[str, str] = {}
    for one in root.iterfind(f"{W}abstractNum"):
        name = one.get(f"{W}abstractNumId", "")
        made.levels[name] = {int(level.get(f"{W}ilvl", "0")): _level(level) for level in one.iterfind(f"{W}lvl")}
        links[name] = _value(one, "numStyleLink")
        styled |= {link.get(f"{W}val", ""): name for link in one.iterfind(f"{W}styleLink")}
    for one in root.iterfind(f"{W}num"):
        _add_list(made, one, links, styled)
    return made


def _add_list(made: Numbering, one: Element, links: dict[str, str], styled: dict[str, str]) -> None:
    number = one.get(f"{W}numId", "")
    abstract = _value(one, "abstractNumId")
    made.lists[number] = styled.get(links.get(abstract) or "-", abstract)
    for change in one.iterfind(f"{W}lvlOverride"):
        depth = int(change.get(f"{W}ilvl", "0"))
        start = _value(change, "startOverride")
        if start.isdigit():
            made.restarts.setdefault(number, {})[depth] = int(start)
        own = change.find(f"{W}lvl")
        if own is not None:
            special = f"{made.lists[number]}/{number}"
            made.levels[special] = {**made.levels.get(made.lists[number], {}), depth: _level(own)}
            made.lists[number] = special


def _level(element: Element) -> Level:
    start = _value(element, "start", "1")
    return Level(
        int(start) if start.isdigit() else 1,
        _value(element, "numFmt", "decimal"),
        _value(element, "lvlText"),
        _value(element, "suff", "tab"),
        layer(element.find(f"{W}pPr")),
        layer(element.find(f"{W}rPr")),
    )


def _value(element: Element, name: str, otherwise: str = "") -> str:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val", otherwise) if child is not None else otherwise
