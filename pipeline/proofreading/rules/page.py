"""Paper, margins, page numbers."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.proofreading.document import Header, Line, Section
from pipeline.proofreading.forms import PAPER
from pipeline.proofreading.rules.rule import LENGTH_SLACK, Case, Hit, Norm, misset, within

_PAGE_SLACK = 1.5
_SURELY_TWO_PAGES = 1.2


def paper(case: Case) -> Iterator[Hit]:
    """Every section is A4, upright or lying."""
    for number, section in enumerate(case.document.sections, start=1):
        sides = sorted((section.width, section.height))
        if any(abs(side - wanted) > _PAGE_SLACK for side, wanted in zip(sides, PAPER, strict=True)):
            given = f"{section.width:.0f} × {section.height:.0f}"
            yield Hit(_first(case, number - 1), given, "210 × 297", {"section": str(number)})


def margins(case: Case) -> Iterator[Hit]:
    """The margins of every section."""
    for number, section in enumerate(case.document.sections, start=1):
        for side, span in case.form.margins.items():
            given = getattr(section, side)
            if not within(given, span, LENGTH_SLACK):
                values = {"section": str(number), "side": side}
                yield Hit(_first(case, number - 1), given, span, values)


def _first(case: Case, section: int) -> Line | None:
    """The first line of a section that is not the first one."""
    return next((one for one in case.document.lines if one.section == section and one.words), None) if section else None


def numbered(case: Case) -> Iterator[Hit]:
    """Pages of a document of several pages are numbered, in the header."""
    section = case.document.sections[0]
    if _headers(section, case) and not any(header.numbers for header in _headers(section, case)):
        below = any(footer.numbers for footer in section.footers.values())
        if below or pages(case) > _SURELY_TWO_PAGES:
            yield Hit(values={"where": "footer" if below else "nowhere"})


def _headers(section: Section, case: Case) -> list[Header]:
    kinds = ("default", "even") if case.document.even_differs else ("default",)
    return [section.headers.get(kind, Header()) for kind in kinds]


def number_style(case: Case) -> Iterator[Hit]:
    """The number stands in the middle, upright, at its size."""
    norm = Norm(case.form.page_number, bold=False, italic=False, centred=True)
    lines = [
        line for section in case.document.sections for header in _headers(section, case) for line in header.numbers
    ]
    for line in dict.fromkeys(lines):
        middle = any(at > 0.4 * line.page_width for _, at in line.shape.tabs) if "\t" in line.raw else True
        framed = line.area is not None
        free = framed or ("\t" in line.raw and middle)
        yield from misset([line], Norm(norm.size, norm.bold, norm.italic) if free else norm)


def first_page(case: Case) -> Iterator[Hit]:
    """The first page does not show its number."""
    section = case.document.sections[0]
    if section.first_differs:
        shown = section.headers.get("first", Header()).numbers
    else:
        shown = section.headers.get("default", Header()).numbers
    if shown:
        yield Hit(shown[0])


def annex_pages(case: Case) -> Iterator[Hit]:
    """The pages of every annex are counted from 1."""
    for annex in case.parts.annexes:
        section = case.document.sections[min(annex.label.section, len(case.document.sections) - 1)]
        begins = next(line for line in case.document.lines if line.section == annex.label.section and line.words)
        if section.start != 1 or begins is not annex.label:
            yield Hit(annex.label)


def pages(case: Case) -> float:
    """How many pages the document has, estimated without rendering it; annexes count as one page each."""
    section = case.document.sections[0]
    room = (section.height - section.top - section.bottom) * 72 / 25.4
    tables = sum(table.height for table in case.document.tables)
    text = sum(line.height for line in case.parts.main if line.area is None)
    return (text + tables) / max(room, 1) + len(case.parts.annexes)
