"""Lines and text boxes of DrawingML and VML: what of them is seen, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.proofreading.formatting import points
from pipeline.proofreading.line import Rule
from pipeline.proofreading.package import OFFICE, WP, WPS, A, Element, V, W

_EMU = 36000
_LINES = {"line", "straightConnector1"}
_THIN = 0.7
_POINT = 25.4 / 72
_UNSEEN = {"solid", "1"}
# What a text box leaves empty at its sides where it does not say: a tenth of an inch, in EMU and mm.
_INSET, _PADDING = "91440", 2.54


@dataclass(frozen=True, slots=True)
class Box:
    """A text box: its content, its left edge (None: not known), its width and what it leaves empty at each side, in mm."""

    content: Element
    left: float | None
    width: float
    padding: float


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a drawing is anchored, in mm: its column (the cell, else the text), the left margin, the width of the text."""

    left: float
    width: float
    margin: float
    text: float

    def aligned(self, align: str, across: float, *, column: bool) -> float | None:
        """The left edge of what is aligned in the column or in the text; None where the alignment is another."""
        begin, room = (self.left, self.width) if column else (0.0, self.text)
        share = {"left": 0.0, "center": 0.5, "right": 1.0}.get(align)
        return None if share is None else begin + share * (room - across)

    def side(self, left: float | None, across: float) -> str:
        """The side of the page; "" when the place is not known."""
        if left is None:
            return ""
        return "left" if left + across / 2 < self.text / 2 else "right"


def rules_in(drawing: Element, ground: Ground) -> Iterator[Rule]:
    """The horizontal lines of a drawing."""
    shapes = list(drawing.iter(f"{WPS}wsp"))
    for shape in shapes:
        size, kind = shape.find(f".//{A}xfrm/{A}ext"), shape.find(f".//{A}prstGeom")
        if size is None or kind is None:
            continue
        across, down = _emu(size.get("cx")), _emu(size.get("cy"))
        if (kind.get("prst") in _LINES or down < _THIN) and across > 4 * down:
            dash = shape.find(f".//{A}ln/{A}prstDash")
            solid = dash is None or dash.get("val") in _UNSEEN
            yield Rule("drawn", across, solid, ground.side(_left(drawing, ground), across))
    if not shapes:
        yield from _thin_picture(drawing, ground)
    yield from _vml_rules(drawing, ground)


def _thin_picture(drawing: Element, ground: Ground) -> Iterator[Rule]:
    """A picture that is hardly higher than a line is seen as one."""
    extent = drawing.find(f".//{WP}extent")
    across, down = (_emu(extent.get(name)) if extent is not None else 0.0 for name in ("cx", "cy"))
    if across and down < _THIN and across > 4 * down:
        yield Rule("drawn", across, side=ground.side(_left(drawing, ground), across))


def _vml_rules(drawing: Element, ground: Ground) -> Iterator[Rule]:
    for shape in drawing.iter(f"{V}line", f"{V}shape", f"{V}rect"):
        across, left = _vml_extent(shape, ground)
        if across is not None:
            dash = shape.find(f"{V}stroke")
            solid = dash is None or dash.get("dashstyle", "solid") in _UNSEEN
            yield Rule("drawn", across, solid, ground.side(left, across))


def _vml_extent(shape: Element, ground: Ground) -> tuple[float | None, float | None]:
    """The length of a VML line and its left edge; (None, None) when the shape is none."""
    style = _css(shape)
    if shape.tag == f"{V}line":
        (x1, y1), (x2, y2) = (_pair(shape.get(end, "0,0")) for end in ("from", "to"))
        across, down, left = abs(x2 - x1), abs(y2 - y1), min(x1, x2)
    else:
        across, down = _share(shape, ground) or _css_length(style.get("width")), _css_length(style.get("height"))
        left = _css_length(style.get("margin-left"))
        if not (shape.get("type", "").endswith("_t32") or down < _THIN):
            return None, None
    if across <= 4 * down or shape.find(f".//{W}txbxContent") is not None:
        return None, None
    return across, _vml_left(style, shape.get(f"{OFFICE}hralign", ""), across, left, ground)


def _share(shape: Element, ground: Ground) -> float:
    """The length of a horizontal line that is given in thousandths of its column."""
    share = shape.get(f"{OFFICE}hrpct", "")
    return int(share) / 1000 * ground.width if share.isdigit() else 0.0


def _vml_left(style: dict[str, str], align: str, across: float, left: float, ground: Ground) -> float:
    relative = style.get("mso-position-horizontal-relative", "")
    own = relative not in {"page", "margin"}
    placed = ground.aligned(style.get("mso-position-horizontal", align), across, column=own)
    if placed is not None:
        return placed
    return left - ground.margin if relative == "page" else ground.left + left


def boxes_in(drawing: Element, ground: Ground) -> Iterator[Box]:
    """The text boxes of a drawing."""
    for content in drawing.iter(f"{W}txbxContent"):
        holder = next((one for one in content.iterancestors(f"{WPS}wsp", f"{V}shape", f"{V}rect")), None)
        if holder is None:
            continue
        padding = _PADDING
        if holder.tag == f"{WPS}wsp":
            inset = holder.find(f"{WPS}bodyPr")
            if inset is not None:
                padding = sum(_emu(inset.get(side, _INSET)) for side in ("lIns", "rIns")) / 2
            size = holder.find(f".//{A}xfrm/{A}ext")
            width, left = _emu(size.get("cx")) if size is not None else 0.0, _left(drawing, ground)
        else:
            style, textbox = _css(holder), holder.find(f"{V}textbox")
            given = textbox.get("inset", "").split(",") if textbox is not None else []
            if given and given[0].strip():
                padding = _css_length(given[0].strip())
            width, left = _css_length(style.get("width")), ground.left + _css_length(style.get("margin-left"))
        yield Box(content, left, width, padding)


def _left(drawing: Element, ground: Ground) -> float | None:
    """The left edge of an anchored drawing, mm from the left edge of the text."""
    position = drawing.find(f".//{WP}positionH")
    if position is None:
        return None
    relative = position.get("relativeFrom")
    column = relative in {"column", "character"}
    offset, align = position.find(f"{WP}posOffset"), position.find(f"{WP}align")
    if offset is not None:
        return _emu(offset.text) + (ground.left if column else -ground.margin if relative == "page" else 0.0)
    extent = drawing.find(f".//{WP}extent")
    across = _emu(extent.get("cx")) if extent is not None else 0.0
    return ground.aligned(align.text or "", across, column=column) if align is not None else None


def _emu(value: str | None) -> float:
    try:
        return int(value or "0") / _EMU
    except ValueError:
        return 0.0


def _css(shape: Element) -> dict[str, str]:
    pairs = (one.partition(":") for one in shape.get("style", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _css_length(value: str | None) -> float:
    return points(value, per_point=1) * _POINT


def _pair(value: str) -> tuple[float, float]:
    across, _, down = re.sub(r"\s", "", value).partition(",")
    return _css_length(across), _css_length(down)
