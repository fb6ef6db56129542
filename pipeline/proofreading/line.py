"""A line as it is seen: runs with their effective look, how the paragraph is set, where it stands. No XML, no styles."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from unicodedata import normalize

from pipeline.text import comparison_key
from pipeline.typeface import MM_PER_POINT, width

# A line of Times New Roman is 1.15 times as high as its size.
LINE_HEIGHT = 1.15
# A raised or lowered letter is drawn at this part of its size.
RAISED = 0.65
_TYPED = re.compile(r"[_\-–—─=‾¯]{3,}")
# A tab in "Số:⇥/BC-…" or "ngày⇥tháng⇥năm" leaves room to write; all others set things side by side.
_ASIDE = re.compile(
    r"(?<!Số:)(?<!ngày)(?<!tháng)\t(?!/)|(?<! ) {4,}(?! )(?=CỘNG H|Độc lập|ĐOÀN T|[^,/:\t]{2,30}, ngày)"
)


@dataclass(frozen=True, slots=True)
class Look:
    """The effective look of a run: sizes in points; ``color`` "" is black; ``fonts``: for ASCII letters, for all others."""

    fonts: tuple[str, str] = ("Times New Roman", "Times New Roman")
    size: float = 10
    bold: bool = False
    italic: bool = False
    underline: bool = False
    color: str = ""
    lang: str = ""
    raised: bool = False
    spacing: float = 0
    scale: float = 1


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; ``field``: the field that shows it, PAGE or PAGE ROMAN for page numbers; ``auto``: list number."""

    text: str
    look: Look
    field: str = ""
    auto: bool = False

    @property
    def of_page(self) -> bool:
        """True for the number of the page."""
        return self.field.partition(" ")[0] == "PAGE"

    @property
    def width(self) -> float:
        """In mm, in Times New Roman."""
        look = self.look
        size = look.size * RAISED if look.raised else look.size
        drawn = width(self.text, size, bold=look.bold, italic=look.italic) * look.scale
        return drawn + len(self.text) * look.spacing * MM_PER_POINT


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph is set: indents in mm, gaps in points, ``line`` as a multiple of single spacing (``exact``: points)."""

    align: str = "left"
    left: float = 0
    right: float = 0
    first: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    exact: float = 0
    at_least: bool = False
    contextual: bool = False
    keep_next: bool = False
    outline: int | None = None
    style: str = ""
    tabs: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A table cell, text box or frame: mm from the left edge of the text; ``place``: table, row, column."""

    kind: str
    left: float
    width: float
    place: tuple[int, int, int] = (0, 0, 0)
    padding: float = 0
    breaks: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line: its length in mm (None: not known), ``how``: border, typed, drawn, cell or underline."""

    how: str
    length: float | None
    solid: bool = True
    side: str = ""


@dataclass(frozen=True)
class Line:
    """What stands on one line unless it is too long: a paragraph, or its part between two line breaks or tabs."""

    runs: tuple[Run, ...]
    shape: Shape
    number: int
    section: int = 0
    area: Area | None = None
    rules: tuple[Rule, ...] = ()
    side: str = ""
    first: bool = True
    last: bool = True
    new_page: bool = False
    page_width: float = 165
    piece: bool = False
    running: bool = False
    pictured: bool = False

    @cached_property
    def raw(self) -> str:
        """The text as it stands."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def text(self) -> str:
        """The text without white space at its ends; a hard space is a space, a letter with its marks one character."""
        return normalize("NFC", self.raw.replace("\u00a0", " ")).strip()

    @cached_property
    def key(self) -> str:
        """The text for comparing."""
        return comparison_key(self.text)

    @cached_property
    def _inked(self) -> tuple[Run, ...]:
        return tuple(run for run in self.runs if run.text.strip() and not run.look.raised)

    def most(self, quality: str) -> object:
        """What most letters of the line are: size, bold, italic …"""
        counted: Counter[object] = Counter()
        for run in self._inked:
            counted[getattr(run.look, quality)] += len(run.text.strip())
        return counted.most_common(1)[0][0] if counted else None

    def all(self, quality: str, wanted: bool = True) -> bool:
        """True when all that is seen of the line is so."""
        return all(bool(getattr(run.look, quality)) is wanted for run in self._inked)

    @property
    def size(self) -> float:
        """The size of most letters."""
        size = self.most("size")
        return size if isinstance(size, float) else 0.0

    @property
    def sizes(self) -> tuple[float, ...]:
        """All sizes that are seen."""
        return tuple(dict.fromkeys(run.look.size for run in self._inked))

    @property
    def bold(self) -> bool:
        """True when all of it is bold."""
        return self.all("bold")

    @property
    def capitals(self) -> bool:
        """True when no letter is small."""
        return self.text == self.text.upper() and any(letter.isalpha() for letter in self.text)

    @cached_property
    def typed_rule(self) -> Rule | None:
        """The rule that the line is, when it is nothing but signs or underlined emptiness."""
        signs = self.text.replace(" ", "")
        if _TYPED.fullmatch(signs):
            return Rule("typed", self.width, set(signs) != {"-"})
        if not signs and any(run.look.underline and len(run.text) > 2 for run in self.runs):
            return Rule("typed", None if "\t" in self.raw else sum(run.width for run in self.runs))
        return None

    @property
    def marks(self) -> tuple[Rule, ...]:
        """Every rule that is seen on this line or right below it."""
        own = (self.typed_rule,) if self.typed_rule else ()
        return (*self.rules, *own, *(() if own else self._underline()))

    def _underline(self) -> tuple[Rule, ...]:
        """The rule that underlined words are, all of the line or some in its middle."""
        if self.text and self.all("underline"):
            return (Rule("underline", self.width),)
        under = sum(run.width for run in self.runs if run.look.underline)
        return (Rule("underline", under),) if self.text and under else ()

    @property
    def words(self) -> bool:
        """True when the line says something."""
        return any(letter.isalnum() for letter in self.text)

    @cached_property
    def width(self) -> float:
        """The width of the text in mm if nothing broke it."""
        spare = len(self.raw) - len(self.raw.strip())
        return sum(run.width for run in self.runs) - (width(" " * spare, self.size or 10) if spare else 0)

    @property
    def room(self) -> float:
        """The mm that the text has on its first line."""
        whole = self.area.width - 2 * self.area.padding if self.area else self.page_width
        return whole - self.shape.left - self.shape.right - (self.shape.first if self.first else 0)

    @property
    def wraps(self) -> bool:
        """True when the text surely needs a second line."""
        return not self.piece and self.width > self.room + 1

    @property
    def height(self) -> float:
        """An estimate in points, gaps included."""
        shape, size = self.shape, self.size or 14
        single = shape.exact or size * LINE_HEIGHT * shape.line
        count = max(1, -(-self.width // max(self.room, 10)))
        return single * count + (shape.before if self.first else 0) + (shape.after if self.last else 0)

    @property
    def spacing(self) -> float:
        """The distance of lines as a multiple of single spacing."""
        single = LINE_HEIGHT * (self.size or 14)
        if not self.shape.exact:
            return self.shape.line
        return max(1.0, self.shape.exact / single) if self.shape.at_least else self.shape.exact / single

    def pieces(self) -> tuple[Line, ...]:
        """What stands side by side on this line, separated by tabs (or by many spaces in a letterhead)."""
        cuts = [0, *(place for found in _ASIDE.finditer(self.raw) for place in found.span()), len(self.raw)]
        spans = [span for span in zip(cuts[::2], cuts[1::2], strict=True) if self.raw[slice(*span)].strip()]
        if len(spans) < 2 and "\t" not in self.raw.rstrip():
            return (self,)
        sides = ["left", *["right"] * (len(spans) - 1)] if len(spans) > 1 else [self._side_after_tabs()]
        return tuple(
            replace(self, runs=_cut(self.runs, *span), side=self.side or side, piece=True)
            for span, side in zip(spans, sides, strict=True)
        )

    def _side_after_tabs(self) -> str:
        lead = len(self.raw) - len(self.raw.lstrip())
        count = self.raw[:lead].count("\t")
        stops = [at for _, at in self.shape.tabs]
        reached = stops[count - 1] if 0 < count <= len(stops) else count * 12.7
        return "right" if reached > 0.4 * self.page_width else self.side


def _cut(runs: tuple[Run, ...], start: int, end: int) -> tuple[Run, ...]:
    """The runs between two places of the text."""
    kept, at = [], 0
    for run in runs:
        text = run.text[max(0, start - at) : max(0, end - at)]
        at += len(run.text)
        if text:
            kept.append(replace(run, text=text))
    return tuple(kept)
