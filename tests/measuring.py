"""A rendered page in millimetres: its lines of text with their looks, its drawn rules and the rows of its tables.

Nothing here knows how a document was made: everything is read back from the PDF.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber

MM = 25.4 / 72
BLACK = (0.0, 0.0, 0.0)
COLUMN_GAP = 1.0
"""So many mm without even a space between two letters of one height part two columns."""

Char = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A line of text in one column, in mm from the top left corner of the page, without the spaces at its ends."""

    text: str
    x0: float
    x1: float
    baseline: float
    letters: tuple[Char, ...]

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def looks(self) -> set[tuple[float, bool, bool]]:
        """Every (size in points, bold, italic) of its letters."""
        return {look_of(letter) for letter in self.letters}

    @property
    def faces(self) -> set[str]:
        """The names of its typefaces, without their subset marks."""
        return {letter["fontname"].split("+")[-1] for letter in self.letters}

    @property
    def colours(self) -> set[tuple[float, ...]]:
        """The colours of its letters as parts of red, green and blue."""
        return {_rgb(letter["non_stroking_color"]) for letter in self.letters}

    def x_of(self, letter: str) -> float:
        """Where a letter begins that stands in it once."""
        (found,) = [one for one in self.letters if one["text"] == letter]
        return float(found["x0"] * MM)


@dataclass(frozen=True)
class Rule:
    """A drawn straight line; ``y1`` differs from ``y0`` where it stands upright."""

    x0: float
    x1: float
    y0: float
    y1: float
    colour: tuple[float, ...]

    @property
    def level(self) -> bool:
        return self.x1 - self.x0 > self.y1 - self.y0

    @property
    def length(self) -> float:
        return self.x1 - self.x0

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True)
class Sheet:
    """One page: ``head`` are the lines in the top margin, ``lines`` all others from the top, left before right."""

    width: float
    height: float
    head: tuple[Line, ...]
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]

    @property
    def lying(self) -> bool:
        return self.width > self.height

    def starting(self, words: str) -> Line | None:
        """The first line that starts with these words."""
        return next((line for line in self.lines if line.text.startswith(words)), None)

    def table_rows(self) -> list[Counter[str]]:
        """The letters of every table row: what stands between two level rules that upright ones join."""
        level = [rule for rule in self.rules if rule.level and rule.length > self.width / 2 and rule.colour == BLACK]
        upright = [rule for rule in self.rules if not rule.level and rule.colour == BLACK]
        heights = sorted({round(rule.y0, 1) for rule in level})
        bands = [
            (above, below)
            for above, below in pairwise(heights)
            if any(rule.y0 < above + 1 and rule.y1 > below - 1 for rule in upright)
        ]
        rows: list[Counter[str]] = [Counter() for _ in bands]
        for line in self.lines:
            for row, (above, below) in zip(rows, bands, strict=True):
                if above < line.baseline < below:
                    row.update(letters(line.text))
        return [row for row in rows if row]


def read(path: Path, top: float = 20.0) -> list[Sheet]:
    """The pages of a PDF; lines whose baseline is above ``top`` mm are their heads."""
    with pdfplumber.open(path) as pdf:
        return [_sheet(page, top) for page in pdf.pages]


def letters(text: str) -> Counter[str]:
    """How often each letter stands in a text, white space left out."""
    return Counter("".join(text.split()))


def look_of(letter: Char) -> tuple[float, bool, bool]:
    """Size in points, bold, italic."""
    name = letter["fontname"].split("+")[-1]
    return round(letter["size"], 1), "Bold" in name, "Italic" in name


def _sheet(page: Any, top: float) -> Sheet:
    lines = sorted(_lines(page), key=lambda line: (line.baseline, line.x0))
    return Sheet(
        width=float(page.width) * MM,
        height=float(page.height) * MM,
        head=tuple(line for line in lines if line.baseline < top),
        lines=tuple(line for line in lines if line.baseline >= top),
        rules=tuple(dict.fromkeys(_rule(one) for one in page.lines)),
    )


def _lines(page: Any) -> Iterator[Line]:
    """Letters of one baseline, parted into columns."""
    rows: defaultdict[float, list[Char]] = defaultdict(list)
    for char in page.chars:
        rows[round(char["matrix"][5], 1)].append(char)
    for height, chars in rows.items():
        baseline = (float(page.height) - height) * MM
        for part in _columns(sorted(chars, key=lambda char: char["x0"])):
            shown = [char for char in part if char["text"].strip()]
            if shown:
                text = "".join(char["text"] for char in part).strip()
                yield Line(text, shown[0]["x0"] * MM, shown[-1]["x1"] * MM, baseline, tuple(shown))


def _columns(chars: Sequence[Char]) -> Iterable[list[Char]]:
    parts = [[chars[0]]]
    for before, char in pairwise(chars):
        apart = (char["x0"] - before["x1"]) * MM > COLUMN_GAP and before["text"].strip() and char["text"].strip()
        parts += [[]] if apart else []
        parts[-1].append(char)
    return parts


def _rule(line: dict[str, Any]) -> Rule:
    x0, x1, y0, y1 = (round(line[key] * MM, 2) for key in ("x0", "x1", "top", "bottom"))
    return Rule(x0, x1, y0, y1, _rgb(line["stroking_color"]))


def _rgb(colour: Any) -> tuple[float, ...]:
    parts = tuple(colour) if isinstance(colour, tuple | list) else (colour,) * 3
    return tuple(round(float(part), 2) for part in (parts * 3 if len(parts) == 1 else parts))
