"""Where the cells of a table stand, in mm from the left edge of the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.proofreading.formatting import Styles, millimetres, on
from pipeline.proofreading.line import Area
from pipeline.proofreading.package import Element, W

_PADDING = 108 / 1440 * 25.4
_PASSED = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml"}


@dataclass(frozen=True, slots=True)
class Frame:
    """The room a table stands in: left edge and width in mm."""

    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; ``ruled``: it has a line below of its own; ``roofed``: one above, and none at its sides."""

    element: Element
    area: Area
    ruled: bool
    roofed: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table, its style, whether its first row repeats on every page."""

    rows: tuple[tuple[Cell, ...], ...]
    style: str
    repeats: bool


def read_grid(table: Element, number: int, frame: Frame, styles: Styles) -> Grid:
    """A table's cells with their places."""
    properties = table.find(f"{W}tblPr")
    style = _value(properties, "tblStyle")
    padding = _padding(properties, styles.padding(style))
    columns = [millimetres(one.get(f"{W}w")) for one in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    left = _left(properties, frame, sum(columns))
    rows = []
    heads = []
    for place, row in enumerate(_inside(table, f"{W}tr")):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        whole = _switch(row, "cantSplit")
        heads.append(_switch(row, "tblHeader"))
        rows.append(tuple(_cells(row, columns, left, padding, (number, place), not whole)))
    return Grid(tuple(rows), style, bool(heads) and heads[0])


def _cells(
    row: Element, columns: list[float], left: float, padding: float, place: tuple[int, int], breaks: bool
) -> Iterator[Cell]:
    before = _value(row.find(f"{W}trPr"), "gridBefore")
    column = int(before) if before.isdigit() else 0
    left += sum(columns[:column])
    for cell in _inside(row, f"{W}tc"):
        properties = cell.find(f"{W}tcPr")
        span = _value(properties, "gridSpan")
        wide = int(span) if span.isdigit() else 1
        width = _width(properties) or sum(columns[column : column + wide])
        own = _margin(properties, "tcMar")
        area = Area("cell", left, width, (*place, column), padding if own is None else own, breaks)
        borders = properties.find(f"{W}tcBorders") if properties is not None else None
        drawn = {side: _value(borders, side) not in {"nil", "none", ""} for side in ("top", "bottom", "left", "right")}
        yield Cell(cell, area, drawn["bottom"], drawn["top"] and not (drawn["left"] or drawn["right"]))
        left += width
        column += wide


def _inside(element: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those inside content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _PASSED:
            yield from _inside(child, tag)


def _width(properties: Element | None) -> float:
    kind = _value(properties, "tcW", "type")
    return millimetres(_value(properties, "tcW", "w")) if kind in {"dxa", ""} else 0.0


def _left(properties: Element | None, frame: Frame, width: float) -> float:
    position = properties.find(f"{W}tblpPr") if properties is not None else None
    if position is not None and position.get(f"{W}tblpX"):
        return frame.left + millimetres(position.get(f"{W}tblpX"))
    placed = _value(properties, "jc")
    if placed in {"center", "right", "end"} and width:
        spare = frame.width - width
        return frame.left + (spare / 2 if placed == "center" else spare)
    return frame.left + millimetres(_value(properties, "tblInd", "w"))


def _padding(properties: Element | None, styled: float | None) -> float:
    own = _margin(properties, "tblCellMar")
    return own if own is not None else styled if styled is not None else _PADDING


def _margin(properties: Element | None, name: str) -> float | None:
    margins = properties.find(f"{W}{name}") if properties is not None else None
    left = next((one for one in margins if one.tag in {f"{W}left", f"{W}start"}), None) if margins is not None else None
    return millimetres(left.get(f"{W}w")) if left is not None else None


def _switch(row: Element, name: str) -> bool:
    found = row.find(f"{W}trPr/{W}{name}")
    return found is not None and on(found.get(f"{W}val", "1"))


def _value(properties: Element | None, name: str, attribute: str = "val") -> str:
    child = properties.find(f"{W}{name}") if properties is not None else None
    return child.get(f"{W}{attribute}", "") if child is not None else ""
