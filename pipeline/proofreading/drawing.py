"""Lines and text boxes of DrawingML and VML: what of them is seen, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.proofreading.formatting import points
from pipeline.proofreading.line import Rule
from pipeline.proofreading.package import WP, WPS, A, Element, V, W

_EMU = 36000
_LINES = {"line", "straightConnector1"}
_THIN = 0.7
_POINT = 25.4 / 72
_UNSEEN = {"solid", "1"}


@dataclass(frozen=True, slots=True)
class Box:
    """A text box: its content, and its left edge (None: not known) and width in mm."""

    content: Element
    left: float | None
    width: float


def rules_in(drawing: Element, origin: float, page: tuple[float, float], room: float) -> Iterator[Rule]:
    """The horizontal lines of a drawing; ``origin``: mm where its paragraph begins; ``page``: left margin, text width;
    ``room``: how wide the cell is that it stands in, or the text.
    """
    for shape in drawing.iter(f"{WPS}wsp"):
        size, kind = shape.find(f".//{A}xfrm/{A}ext"), shape.find(f".//{A}prstGeom")
        if size is None or kind is None:
            continue
        across, down = _emu(size.get("cx")), _emu(size.get("cy"))
        if (kind.get("prst") in _LINES or down < _THIN) and across > 4 * down:
            dash = shape.find(f".//{A}ln/{A}prstDash")
            solid = dash is None or dash.get("val") in _UNSEEN
            yield Rule("drawn", across, solid, _side(_left(drawing, origin, page, room), across, page[1]))
    yield from _vml_rules(drawing, origin, page)


def _vml_rules(drawing: Element, origin: float, page: tuple[float, float]) -> Iterator[Rule]:
    for shape in drawing.iter(f"{V}line", f"{V}shape", f"{V}rect"):
        across, left = _vml_extent(shape, origin, page)
        if across is not None:
            dash = shape.find(f"{V}stroke")
            solid = dash is None or dash.get("dashstyle", "solid") in _UNSEEN
            yield Rule("drawn", across, solid, _side(left, across, page[1]))


def _vml_extent(shape: Element, origin: float, page: tuple[float, float]) -> tuple[float | None, float | None]:
    """The length of a VML line and its left edge; (None, None) when the shape is none."""
    style = _css(shape)
    if shape.tag == f"{V}line":
        (x1, y1), (x2, y2) = (_pair(shape.get(end, "0,0")) for end in ("from", "to"))
        across, down, left = abs(x2 - x1), abs(y2 - y1), min(x1, x2)
    else:
        across, down = _css_length(style.get("width")), _css_length(style.get("height"))
        left = _css_length(style.get("margin-left"))
        if not (shape.get("type", "").endswith("_t32") or down < _THIN):
            return None, None
    if across <= 4 * down or shape.find(f".//{W}txbxContent") is not None:
        return None, None
    from_page = style.get("mso-position-horizontal-relative") == "page"
    return across, left - page[0] if from_page else origin + left


def boxes_in(drawing: Element, origin: float, page: tuple[float, float], room: float) -> Iterator[Box]:
    """The text boxes of a drawing."""
    for content in drawing.iter(f"{W}txbxContent"):
        holder = next((one for one in content.iterancestors(f"{WPS}wsp", f"{V}shape", f"{V}rect")), None)
        if holder is None:
            continue
        if holder.tag == f"{WPS}wsp":
            size = holder.find(f".//{A}xfrm/{A}ext")
            width, left = _emu(size.get("cx")) if size is not None else 0.0, _left(drawing, origin, page, room)
        else:
            style = _css(holder)
            width, left = _css_length(style.get("width")), origin + _css_length(style.get("margin-left"))
        yield Box(content, left, width)


def _left(drawing: Element, origin: float, page: tuple[float, float], room: float) -> float | None:
    """The left edge of an anchored drawing, mm from the left edge of the text."""
    position = drawing.find(f".//{WP}positionH")
    extent = drawing.find(f".//{WP}extent")
    if position is None:
        return None
    base = -page[0] if position.get("relativeFrom") == "page" else 0.0
    within = position.get("relativeFrom") in {"column", "character"}
    base = origin if within else base
    offset, align = position.find(f"{WP}posOffset"), position.find(f"{WP}align")
    if offset is not None:
        return base + _emu(offset.text)
    across = _emu(extent.get("cx")) if extent is not None else 0.0
    spare = (room if within else page[1]) - across
    begin = origin if within else 0.0
    places = {"left": begin, "center": begin + spare / 2, "right": begin + spare}
    return places.get(align.text or "") if align is not None else None


def _side(left: float | None, across: float, text_width: float) -> str:
    if left is None:
        return ""
    return "left" if left + across / 2 < text_width / 2 else "right"


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
