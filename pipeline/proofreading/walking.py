"""The parts of a Word file -> what is seen of it: every paragraph of text, tables, text boxes and frames, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.proofreading import formatting
from pipeline.proofreading.document import Document, Table
from pipeline.proofreading.drawing import Box, Ground, boxes_in, rules_in
from pipeline.proofreading.formatting import Layer, Styles, layer, millimetres, on, read_styles
from pipeline.proofreading.line import Area, Line, Rule, Run, Shape
from pipeline.proofreading.numbering import Numbering, read_numbering
from pipeline.proofreading.package import MC, Element, Package, W
from pipeline.proofreading.sections import page_of, read_sections, section_elements
from pipeline.proofreading.spelling import Break, Drawing, Item, Speller, chosen
from pipeline.proofreading.tables import Frame, Grid, read_grid

_INSIDE = {f"{W}{name}" for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent")}
_NARROW = 10.0


def read_document(package: Package) -> Document:
    """Everything that is seen of the file."""
    styles = read_styles(package.styles, package.theme)
    numbering = read_numbering(package.numbering)
    elements = section_elements(package.document)
    walker = Walker(styles, numbering, elements)
    body = package.document.find(f"{W}body")
    assert body is not None
    walker.blocks(body, None, "")

    def lines_of(part: Element, section: int) -> tuple[Line, ...]:
        aside = Walker(styles, numbering, elements, section=section, running=True)
        aside.blocks(part, None, "")
        return tuple(aside.lines)

    sections = read_sections(elements, package.headers, lines_of)
    return Document(tuple(walker.lines), sections, tuple(walker.tables), package.title, _even_differs(package))


def _even_differs(package: Package) -> bool:
    """True when even pages have headers of their own."""
    switch = package.settings.find(f"{W}evenAndOddHeaders") if package.settings is not None else None
    return switch is not None and on(switch.get(f"{W}val", "1"))


@dataclass
class Walker:
    """Walks through blocks of text and notes the lines it sees."""

    styles: Styles
    numbering: Numbering
    section_elements: list[Element]
    section: int = 0
    running: bool = False
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    _paragraphs: int = 0
    _count: int = 0
    _boxes: int = 0
    _new_page: bool = False

    @property
    def page(self) -> tuple[float, float]:
        """Left margin and width of the text of this section, in mm."""
        return self._pages[min(self.section, len(self._pages) - 1)]

    @cached_property
    def _pages(self) -> tuple[tuple[float, float], ...]:
        sheets = [page_of(element) for element in self.section_elements]
        return tuple((sheet.left, max(sheet.width - sheet.left - sheet.right, 10.0)) for sheet in sheets)

    def blocks(self, container: Element, area: Area | None, table_style: str) -> None:
        """Everything in a body, cell, text box or header."""
        for child in container:
            if child.tag == f"{W}p":
                self._paragraph(child, area, table_style)
            elif child.tag == f"{W}tbl":
                self._table(child, area)
            elif child.tag == f"{W}sdt":
                content = child.find(f"{W}sdtContent")
                if content is not None:
                    self.blocks(content, area, table_style)
            elif child.tag in _INSIDE:
                self.blocks(child, area, table_style)
            elif child.tag == f"{MC}AlternateContent":
                self.blocks(chosen(child), area, table_style)

    # ---- tables -----------------------------------------------------------------------------------------------------

    def _table(self, element: Element, area: Area | None) -> None:
        self._count += 1
        number, begins = self._count, len(self.lines)
        frame = Frame(area.left + area.padding, area.width - 2 * area.padding) if area else Frame(0.0, self.page[1])
        grid: Grid = read_grid(element, number, frame, self.styles)
        height = 0.0
        for row in grid.rows:
            tallest = 0.0
            for cell in row:
                before = len(self.lines)
                self.blocks(cell.element, cell.area, grid.style)
                own = self.lines[before:]
                if own and (cell.ruled or (cell.roofed and not any(line.words for line in own))):
                    ruled = Rule("cell", cell.area.width)
                    self.lines[-1] = replace(own[-1], rules=(*own[-1].rules, ruled))
                tallest = max(tallest, sum(line.height for line in own))
            height += tallest
        self.tables.append(Table(number, len(grid.rows), grid.repeats, height, begins))

    # ---- paragraphs -------------------------------------------------------------------------------------------------

    def _paragraph(self, element: Element, area: Area | None, table_style: str) -> None:
        properties = element.find(f"{W}pPr")
        if not _deleted(element, properties):
            self._seen(element, properties, area, table_style)
        if properties is not None and properties.find(f"{W}sectPr") is not None:
            self.section += 1
            self._new_page = True

    def _seen(self, element: Element, properties: Element | None, area: Area | None, table_style: str) -> None:
        direct = layer(properties)
        style = direct.get("pStyle", "")
        area = self._framed(direct, area)
        whole, number = self._whole(direct, style, table_style)
        shape = formatting.shape(whole, style)
        speller = Speller(self.styles, style, table_style)
        items: list[Item] = [*self._number(number, speller, properties), *speller.items(element)]
        self._note(items, shape, whole, area, on(direct.get("pageBreakBefore")))

    def _framed(self, direct: Layer, area: Area | None) -> Area | None:
        """A frame is an area of its own; one without a width is as wide as what it holds, taken as a few letters."""
        if area is not None or not {"framePr.w", "framePr.x", "framePr.xAlign"} & set(direct):
            return area
        left, width = self.page
        own = millimetres(direct.get("framePr.w"))
        start = millimetres(direct.get("framePr.x")) - (left if direct.get("framePr.hAnchor") == "page" else 0)
        narrow = own or _NARROW
        placed = {"center": (width - narrow) / 2, "right": width - narrow, "left": 0.0}.get(
            direct.get("framePr.xAlign", "")
        )
        return Area("frame", start, own or width - start) if placed is None else Area("frame", placed, narrow)

    def _whole(self, direct: Layer, style: str, table_style: str) -> tuple[Layer, tuple[str, int]]:
        """All layers of a paragraph as one, and its list with its level."""
        styled = self.styles.paragraph_layer(style)
        beneath = self.styles.table_layer(table_style) if table_style else {}
        base = {**self.styles.defaults[0], **beneath}
        own = "numPr.numId" in direct
        source = {**styled, **direct}
        depth = source.get("numPr.ilvl", "0")
        number = (source.get("numPr.numId", ""), int(depth) if depth.isdigit() else 0)
        level = self.numbering.level(*number)
        listed = level.paragraph if level else {}
        layers = (base, styled, listed, direct) if own else (base, listed, styled, direct)
        return formatting.merged(layers), number

    def _number(self, number: tuple[str, int], speller: Speller, properties: Element | None) -> Iterator[Run]:
        text = self.numbering.next(*number)
        level = self.numbering.level(*number)
        if text and level:
            mark = layer(properties.find(f"{W}rPr") if properties is not None else None)
            mark = {key: value for key, value in mark.items() if key != "rStyle"}
            direct = {**mark, **level.run}
            look = formatting.look(self.styles, speller.style, speller.table_style, {}, direct)
            yield Run(text, look, auto=True)

    def _note(self, items: list[Item], shape: Shape, whole: Layer, area: Area | None, new_page: bool) -> None:
        groups: list[list[Item]] = [[]]
        for item in items:
            if isinstance(item, Break):
                self._new_page = self._new_page or (item.page and not _inked(groups[-1]))
                groups.append([])
            else:
                groups[-1].append(item)
        pages = [isinstance(item, Break) and item.page for item in items if isinstance(item, Break)]
        self._paragraphs += any(_inked(group) for group in groups)
        page = self.page
        ground = _ground(area, page)
        for place, group in enumerate(groups):
            drawings = [item.element for item in group if isinstance(item, Drawing)]
            drawn = [rule for one in drawings for rule in rules_in(one, ground)]
            line = Line(
                tuple(item for item in group if isinstance(item, Run)), shape, self._paragraphs, self.section, area,
                page_width=page[1], first=place == 0, last=place == len(groups) - 1,
                running=self.running, pictured=bool(drawings),
                new_page=new_page or self._new_page or (place > 0 and pages[place - 1]),
            )  # fmt: skip
            if place and pages[place - 1] and place == len(groups) - 1 and not line.text and not drawn:
                self._new_page = True
                continue
            self._new_page, new_page = False, False
            self.lines.append(replace(line, rules=(*drawn, *_border(line, whole))))
            for one in drawings:
                for box in boxes_in(one, ground):
                    self._box(box)

    def _box(self, box: Box) -> None:
        left = box.left if box.left is not None else 0.0
        self._boxes += 1
        place = (-self._boxes, 0, 0)
        area = Area("box", left, box.width or self.page[1], place, box.padding)
        self.blocks(box.content, area, "")


def _ground(area: Area | None, page: tuple[float, float]) -> Ground:
    """Where the drawings of a paragraph are anchored."""
    margin, text = page
    left, width = (area.left + area.padding, area.width - 2 * area.padding) if area else (0.0, text)
    return Ground(left, width, margin, text)


def _deleted(element: Element, properties: Element | None) -> bool:
    """True for a paragraph whose mark and whose every word were struck out while changes were tracked."""
    struck = properties is not None and properties.find(f"{W}rPr/{W}del") is not None
    return struck and next(element.iter(f"{W}t", f"{W}drawing", f"{W}pict"), None) is None


def _inked(items: list[Item]) -> bool:
    return any(isinstance(item, Run) and item.text.strip() for item in items)


def _border(line: Line, whole: Layer) -> Iterator[Rule]:
    """The border of a paragraph as a rule: below its text, or anywhere when it has none; a box is no rule."""
    sides = ("bottom",) if line.words else ("top", "bottom", "between")
    drawn = [whole[f"pBdr.{side}"] for side in sides if whole.get(f"pBdr.{side}", "nil") not in {"nil", "none"}]
    boxed = "pBdr.left" in whole and "pBdr.top" in whole and line.words
    if drawn and not boxed:
        room = replace(line, shape=replace(line.shape, first=0)).room
        yield Rule("border", room, not any("das" in kind or "dot" in kind for kind in drawn))
