"""Paper, margins, page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.proofreading.document import Header, Section
from pipeline.proofreading.forms import PAPER, Span
from pipeline.proofreading.line import Line
from pipeline.proofreading.rules.rule import LENGTH_SLACK, Case, Fault, Hit, Norm, faults, within

# The side of a lying page -> the side of the upright sheet that lies there, turned either way.
_TURNED = (
    {"top": "left", "right": "top", "bottom": "right", "left": "bottom"},
    {"top": "right", "right": "bottom", "bottom": "left", "left": "top"},
)
_PAGE_SLACK = 1.5
_OFF_CENTRE = 12
_SURELY_TWO_PAGES = 1.2


def paper(case: Case) -> Iterator[Hit]:
    """Every section is A4, upright or lying."""
    for number, section in enumerate(case.document.sections):
        sides = sorted((section.width, section.height))
        if any(abs(side - wanted) > _PAGE_SLACK for side, wanted in zip(sides, PAPER, strict=True)):
            given = f"{section.width:.0f} × {section.height:.0f}"
            yield Hit(_first(case, number), given, "210 × 297")


def margins(case: Case) -> Iterator[Hit]:
    """The margins of every section; a lying page may keep them by its own edges or by those of the sheet as it is bound."""
    for number, section in enumerate(case.document.sections):
        wrong = min((_misplaced(section, case, turn) for turn in _turns(section)), key=len)
        for side, given, span in wrong:
            yield Hit(_first(case, number), given, span, {"side": side})


def _turns(section: Section) -> tuple[dict[str, str], ...]:
    lying = section.width > section.height
    return ({}, *_TURNED) if lying else ({},)


def _misplaced(section: Section, case: Case, turn: dict[str, str]) -> list[tuple[str, float, Span]]:
    spans = case.form.margins
    sides = ((side, getattr(section, side), spans[turn.get(side, side)]) for side in spans)
    return [(side, given, span) for side, given, span in sides if not within(given, span, LENGTH_SLACK)]


def _first(case: Case, section: int) -> Line | None:
    """The first line of a section that is not the first one."""
    return next((one for one in case.document.lines if one.section == section and one.words), None) if section else None


def numbered(case: Case) -> Iterator[Hit]:
    """Pages of a document of several pages are numbered, in the header."""
    section = case.document.sections[0]
    if section.start not in {None, 0, 1} and any(header.numbers for header in _headers(section, case)):
        yield Hit(None, str(section.start), values={"where": "start"})
    parts: list[tuple[Line | None, Sequence[Line]]] = [(None, case.parts.main)]
    parts += [(annex.label, annex.lines) for annex in case.parts.annexes]
    for label, lines in parts:
        shown = _section_of(label, case) if label is not None else section
        if not any(header.numbers for header in _headers(shown, case)):
            below = any(footer.numbers for footer in shown.footers.values())
            if below or pages_of(lines, case) > _SURELY_TWO_PAGES:
                yield Hit(label, values={"where": "footer" if below else "nowhere"})
                return


def _headers(section: Section, case: Case) -> list[Header]:
    kinds = ("default", "even") if case.document.even_differs else ("default",)
    return [section.headers.get(kind, Header()) for kind in kinds]


def number_style(case: Case) -> Iterator[Hit]:
    """The number stands in the middle, upright, at its size."""
    norm = Norm(case.form.page_number, bold=False, italic=False, centred=True)
    lines = [
        line for section in case.document.sections for header in _headers(section, case) for line in header.numbers
    ]
    roman = any("oman" in section.count_style for section in case.document.sections)
    for line in dict.fromkeys(lines):
        free = _in_the_middle(line)
        found = [*faults(line, Norm(norm.size, norm.bold, norm.italic) if free else norm), *_other_signs(line, roman)]
        if found:
            yield Hit(line, faults=tuple(found))


def _other_signs(line: Line, roman: bool) -> Iterator[Fault]:
    """Nothing but arabic figures."""
    beside = "".join(run.text for run in line.runs if not run.of_page).strip()
    if beside:
        yield Fault("beside_number", beside)
    if roman or any(run.field == "PAGE ROMAN" for run in line.runs):
        yield Fault("arabic")


def _in_the_middle(line: Line) -> bool:
    """True when a tab or a frame brings the number to the middle."""
    middle = line.page_width / 2
    if line.area is not None:
        return abs(line.area.left + line.area.width / 2 - middle) < _OFF_CENTRE
    count = line.raw[: len(line.raw) - len(line.raw.lstrip())].count("\t")
    stops = [at for _, at in line.shape.tabs]
    return 0 < count <= len(stops) and abs(stops[count - 1] - middle) < _OFF_CENTRE


def first_page(case: Case) -> Iterator[Hit]:
    """The first page does not show its number."""
    section = case.document.sections[0]
    if section.first_differs:
        shown = section.headers.get("first", Header()).numbers
    else:
        shown = section.headers.get("default", Header()).numbers
    if shown:
        yield Hit(shown[0])


def annex_first_page(case: Case) -> Iterator[Hit]:
    """The first page of an annex that is counted on its own does not show its number either; the first page of all is
    another rule's matter, and says it for the whole document.
    """
    for annex in case.parts.annexes if next(first_page(case), None) is None else ():
        section = _section_of(annex.label, case)
        shown = section.headers.get("first" if section.first_differs else "default", Header()).numbers
        if shown and section.start == 1 and _begins_section(annex.label, case):
            yield Hit(annex.label, shown[0].text)


def annex_pages(case: Case) -> Iterator[Hit]:
    """The pages of every annex are counted from 1."""
    for annex in case.parts.annexes:
        if _section_of(annex.label, case).start != 1 or not _begins_section(annex.label, case):
            yield Hit(annex.label)


def _section_of(line: Line, case: Case) -> Section:
    return case.document.sections[min(line.section, len(case.document.sections) - 1)]


def _begins_section(line: Line, case: Case) -> bool:
    return next(one for one in case.document.lines if one.section == line.section and one.words) is line


def pages_of(lines: Sequence[Line], case: Case) -> float:
    """How many pages some lines that follow one another fill, tables included."""
    section = _section_of(lines[0], case) if lines else case.document.sections[0]
    room = (section.height - section.top - section.bottom) * 72 / 25.4
    first = next((at for at, one in enumerate(case.document.lines) if lines and one is lines[0]), 0)
    tables = (one.height for one in case.document.tables if first <= one.line < first + len(lines))
    text = sum(line.height for line in lines if line.area is None)
    return (text + sum(tables)) / max(room, 1)
