"""What is seen of a Word document: lines, sections of pages, headers, tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.proofreading.line import Line


@dataclass(frozen=True, slots=True)
class Header:
    """A header or footer: its lines; ``numbers``: those with the number of the page."""

    lines: tuple[Line, ...] = ()

    @property
    def numbers(self) -> tuple[Line, ...]:
        """The lines that show the number of the page."""
        return tuple(line for line in self.lines if any(run.of_page for run in line.runs))


@dataclass(frozen=True, slots=True)
class Section:
    """A section of pages, lengths in mm; headers by kind (default, first, even), as they are seen; ``start``: its
    first page, ``count_style``: roman … as WordprocessingML names it.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    first_differs: bool = False
    start: int | None = None
    count_style: str = ""
    headers: dict[str, Header] = field(default_factory=dict)
    footers: dict[str, Header] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the text: rows, whether its first row repeats, its estimated height in points, the line it begins with."""

    number: int
    rows: int
    repeats: bool
    height: float
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """All that is seen, in the order of reading."""

    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...] = ()
    title: str = ""
    even_differs: bool = False

    def running(self) -> Iterator[Line]:
        """The lines of all headers and footers."""
        seen = []
        for section in self.sections:
            for header in (*section.headers.values(), *section.footers.values()):
                if header not in seen:
                    seen.append(header)
                    yield from header.lines
