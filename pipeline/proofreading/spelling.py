"""The content of one paragraph: runs as they are seen, breaks, drawings. Deleted and hidden text is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.proofreading.formatting import Layer, Styles, hidden, layer, look
from pipeline.proofreading.line import Run
from pipeline.proofreading.package import MC, Element, W

GONE = {f"{W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "sdtPr", "sdtEndPr", "instrText", "delText")}
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
_PAGE = "PAGE"
_DRAWINGS = {f"{W}drawing", f"{W}pict", f"{W}object"}


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line; ``page``: and of a page or column."""

    page: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing or old-style picture anchored here."""

    element: Element


Item = Run | Break | Drawing


@dataclass
class Speller:
    """Spells out paragraphs that have one style, inside a table style or outside."""

    styles: Styles
    style: str
    table_style: str
    _fields: list[list[str]] = field(default_factory=list)

    def items(self, element: Element) -> Iterator[Item]:
        """What stands in a paragraph or in anything inside one."""
        for child in element:
            if child.tag == f"{W}r":
                yield from self._run(child)
            elif child.tag == f"{W}fldSimple":
                yield from self._simple_field(child)
            elif child.tag == f"{MC}AlternateContent":
                yield from self.items(chosen(child))
            elif child.tag in _DRAWINGS:
                yield Drawing(child)
            elif child.tag not in GONE:
                yield from self.items(child)

    def _simple_field(self, element: Element) -> Iterator[Item]:
        name = _field_name(element.get(f"{W}instr", ""))
        found = False
        for item in self.items(element):
            if isinstance(item, Run) and item.text:
                found = True
                yield Run(item.text, item.look, name)
            elif not isinstance(item, Run):
                yield item
        if name.partition(" ")[0] == _PAGE and not found:
            yield self._page_number(element.find(f".//{W}rPr"))

    def _page_number(self, properties: Element | None) -> Run:
        character, direct = self._layers(properties)
        return Run("1", look(self.styles, self.style, self.table_style, character, direct), "PAGE")

    def _layers(self, properties: Element | None) -> tuple[Layer, Layer]:
        direct = layer(properties)
        return self.styles.run_layer(direct.get("rStyle", ""), "character"), direct

    def _run(self, run: Element) -> Iterator[Item]:
        properties = run.find(f"{W}rPr")
        character, direct = self._layers(properties)
        if hidden(self.styles, self.style, character, direct):
            return
        seen = look(self.styles, self.style, self.table_style, character, direct)
        capitals = hidden(self.styles, self.style, character, direct, "caps")
        for child in self._content(run):
            if child.tag == f"{W}fldChar":
                yield from self._field_mark(child, properties)
            elif child.tag == f"{W}instrText" and self._fields:
                self._fields[-1][0] += child.text or ""
            elif child.tag in {f"{W}br", f"{W}cr"}:
                yield Break(child.get(f"{W}type", "textWrapping") in {"page", "column"})
            elif child.tag in _DRAWINGS:
                yield Drawing(child)
            elif (text := _text(child)) and not self._in_field_code():
                name = self._field()
                yield Run(text.upper() if capitals else text, seen, name)

    def _content(self, run: Element) -> Iterator[Element]:
        for child in run:
            if child.tag == f"{MC}AlternateContent":
                yield from chosen(child)
            else:
                yield child

    def _field_mark(self, mark: Element, properties: Element | None) -> Iterator[Run]:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(["", "code"])
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = "result"
        elif kind == "end" and self._fields:
            code, state = self._fields.pop()
            if state == "code" and _field_name(code).partition(" ")[0] == _PAGE:
                yield self._page_number(properties)

    def _in_field_code(self) -> bool:
        return any(state == "code" for _, state in self._fields)

    def _field(self) -> str:
        return _field_name(self._fields[-1][0]) if self._fields else ""


def chosen(alternate: Element) -> Element:
    """The one of several forms of the same content that Word shows."""
    choice = alternate.find(f"{MC}Choice")
    fallback = alternate.find(f"{MC}Fallback")
    return choice if choice is not None else fallback if fallback is not None else alternate


def _field_name(code: str) -> str:
    """The name of a field; a page number that is not arabic says so."""
    name, *switches = code.upper().split() or [""]
    return "PAGE ROMAN" if name == "PAGE" and "ROMAN" in switches else name


def _text(child: Element) -> str:
    if child.tag == f"{W}t":
        return (child.text or "").replace("\n", " ")
    if child.tag == f"{W}sym":
        return "•"
    return _SIGNS.get(child.tag, "")
