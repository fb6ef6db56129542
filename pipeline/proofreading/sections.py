"""Sections of pages: size, margins, and the headers and footers that each of them shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pipeline.proofreading.document import Header, Section
from pipeline.proofreading.formatting import millimetres, on
from pipeline.proofreading.line import Line
from pipeline.proofreading.package import Element, R, W

_LETTER = ("12240", "15840", "1440")
LinesOf = Callable[[Element, int], tuple[Line, ...]]


def section_elements(document: Element) -> list[Element]:
    """All sectPr in order; an empty one where the document has none."""
    found = [one for one in document.iter(f"{W}sectPr") if next(one.iterancestors(f"{W}sectPrChange"), None) is None]
    return found or [document.makeelement(f"{W}sectPr")]


def page_of(element: Element) -> Section:
    """Size and margins of a section, without its headers."""
    size, margins = element.find(f"{W}pgSz"), element.find(f"{W}pgMar")
    wide, high, edge = _LETTER
    across, down = millimetres(_of(size, "w", wide)), millimetres(_of(size, "h", high))
    top, bottom = (abs(millimetres(_of(margins, side, edge))) for side in ("top", "bottom"))
    gutter = millimetres(_of(margins, "gutter", "0"))
    left, right = (millimetres(_of(margins, side, edge)) for side in ("left", "right"))
    title, count = element.find(f"{W}titlePg"), element.find(f"{W}pgNumType")
    start = _of(count, "start", "")
    style = _of(count, "fmt", "")
    first = title is not None and on(title.get(f"{W}val", "1"))
    return Section(
        across, down, top, bottom, left + gutter, right, first, int(start) if start.isdigit() else None, style
    )


def _of(element: Element | None, name: str, otherwise: str) -> str:
    return element.get(f"{W}{name}", otherwise) if element is not None else otherwise


def read_sections(elements: list[Element], parts: Mapping[str, Element], lines_of: LinesOf) -> tuple[Section, ...]:
    """All sections; one without headers of its own shows those of the section before."""
    made = []
    inherited: dict[str, dict[str, Header]] = {"header": {}, "footer": {}}
    for number, element in enumerate(elements):
        for kind, shown in inherited.items():
            for reference in element.iterfind(f"{W}{kind}Reference"):
                part = parts.get(reference.get(f"{R}id", ""))
                if part is not None:
                    shown[reference.get(f"{W}type", "default")] = Header(lines_of(part, number))
        page = page_of(element)
        made.append(replace(page, headers=dict(inherited["header"]), footers=dict(inherited["footer"])))
    return tuple(made)
