"""Effective formatting: defaults, table style, style with its ancestors, numbering, character style, then what is set here.

A layer is a flat mapping such as {"ind.left": "567", "b": "1"}; a later layer wins key by key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pipeline.proofreading.line import Look, Shape
from pipeline.proofreading.package import A, Element, W

Layer = dict[str, str]
TOGGLES = ("b", "i", "caps", "vanish")
_SYNONYMS = {"start": "left", "end": "right"}
_THEMED = {"asciiTheme": "ascii", "hAnsiTheme": "hAnsi", "cstheme": "cs", "eastAsiaTheme": "eastAsia"}
_ATTRIBUTED = {"ind", "spacing", "rFonts", "framePr", "color", "lang"}
_BLACK = {"", "auto", "000000"}
_UNITS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pc": 12.0, "pi": 12.0, "px": 0.75}
_MEASURE = re.compile(r"(-?[\d.]+)\s*([a-z]{2})?")


@lru_cache(4096)
def points(value: str | None, *, per_point: float = 20) -> float:
    """A measure of WordprocessingML in points: plain numbers are twips (or 1/``per_point`` point), others carry a unit."""
    found = _MEASURE.match(value or "")
    if not found:
        return 0.0
    number, unit = found.groups()
    try:
        return float(number) * _UNITS[unit] if unit in _UNITS else float(number) / per_point
    except ValueError:
        return 0.0


def millimetres(value: str | None) -> float:
    """A measure in mm."""
    return points(value) * 25.4 / 72


def layer(properties: Element | None) -> Layer:
    """What a pPr or rPr sets."""
    made: Layer = {}
    for child in properties if properties is not None else ():
        name = child.tag.rpartition("}")[2]
        if name in _ATTRIBUTED:
            made |= {f"{name}.{_SYNONYMS.get(key, key)}": value for key, value in _attributes(child)}
        elif name == "numPr":
            made |= {f"numPr.{one.tag.rpartition('}')[2]}": one.get(f"{W}val", "") for one in child}
        elif name == "tabs":
            made["tabs"] = " ".join(f"{one.get(f'{W}val')}:{one.get(f'{W}pos')}" for one in child)
        elif name == "pBdr":
            made |= {f"pBdr.{one.tag.rpartition('}')[2]}": one.get(f"{W}val", "single") for one in child}
        elif name != "rPr":
            made[name] = child.get(f"{W}val", "1")
    return _settled(made)


def _attributes(element: Element) -> Iterable[tuple[str, str]]:
    return ((str(key).rpartition("}")[2], str(value)) for key, value in element.attrib.items())


def _settled(made: Layer) -> Layer:
    """Within one layer a theme font beats a named one, and a hanging indent a first-line indent."""
    for themed, plain in _THEMED.items():
        if f"rFonts.{themed}" in made:
            made[f"rFonts.{plain}"] = f"+{made.pop(f'rFonts.{themed}')}"
    if "ind.hanging" in made or "ind.firstLine" in made:
        hanging = made.pop("ind.hanging", "0")
        made["ind.first"] = f"-{hanging}" if points(hanging) else made.pop("ind.firstLine", "0")
    made.pop("ind.firstLine", None)
    return made


def on(value: str | None) -> bool:
    """A switch of WordprocessingML."""
    return value is not None and value not in {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Style:
    """A style as it stands, its ancestors not yet looked at."""

    kind: str
    based_on: str
    paragraph: Layer
    run: Layer
    linked: Element | None = None


@dataclass(frozen=True)
class Styles:
    """All styles, the defaults, and the fonts of the theme."""

    styles: Mapping[str, Style] = field(default_factory=dict)
    defaults: tuple[Layer, Layer] = field(default_factory=lambda: ({}, {}))
    normal: Mapping[str, str] = field(default_factory=dict)
    theme: Mapping[str, str] = field(default_factory=dict)

    def chain(self, name: str, kind: str) -> list[Style]:
        """A style's ancestors, then itself; the default style of its kind where it is not known."""
        if name not in self.styles or self.styles[name].kind != kind:
            name = self.normal.get(kind, "")
        found: list[Style] = []
        met: set[str] = set()
        while name in self.styles and name not in met:
            met.add(name)
            found.insert(0, self.styles[name])
            name = self.styles[name].based_on
        return found

    @cached_property
    def _known(self) -> dict[tuple[str, str, str], Layer]:
        """Layers that were merged before: a table of ten thousand rows asks for the same few each time."""
        return {}

    @cached_property
    def looks(self) -> dict[tuple[object, ...], Look]:
        """Looks that were worked out before."""
        return {}

    def paragraph_layer(self, name: str) -> Layer:
        """What a paragraph style sets, ancestors included."""
        key = ("paragraph", name, "")
        if key not in self._known:
            self._known[key] = merged(style.paragraph for style in self.chain(name, "paragraph"))
        return self._known[key]

    def run_layer(self, name: str, kind: str) -> Layer:
        """What a style of any kind sets for its runs, ancestors included."""
        key = ("run", name, kind)
        if key not in self._known:
            styled = self.chain(name, kind) if name or kind != "character" else []
            self._known[key] = merged(style.run for style in styled)
        return self._known[key]

    def table_layer(self, name: str) -> Layer:
        """What a table style sets for the paragraphs inside."""
        return merged(style.paragraph for style in self.chain(name, "table"))

    def padding(self, name: str) -> float | None:
        """The left padding of cells, in mm, that a table style sets."""
        found = None
        for style in self.chain(name, "table"):
            path = f"{W}tblPr/{W}tblCellMar"
            margins = style.linked.find(path) if style.linked is not None else None
            left = (
                next((one for one in margins if one.tag in {f"{W}left", f"{W}start"}), None)
                if margins is not None
                else None
            )
            found = millimetres(left.get(f"{W}w")) if left is not None else found
        return found


def merged(layers: Iterable[Layer]) -> Layer:
    """Layers on top of each other."""
    result: Layer = {}
    for one in layers:
        result |= one
    return result


def read_styles(root: Element | None, theme: Element | None) -> Styles:
    """styles.xml and the theme."""
    if root is None:
        return Styles(theme=_theme_fonts(theme))
    styles, normal = {}, {}
    for one in root.iterfind(f"{W}style"):
        name, kind = one.get(f"{W}styleId", ""), one.get(f"{W}type", "paragraph")
        based = one.find(f"{W}basedOn")
        styles[name] = Style(
            kind,
            based.get(f"{W}val", "") if based is not None else "",
            layer(one.find(f"{W}pPr")),
            layer(one.find(f"{W}rPr")),
            one if kind == "table" else None,
        )
        if on(one.get(f"{W}default")):
            normal[kind] = name
    paragraph, run = (root.find(f"{W}docDefaults/{W}{kind}PrDefault/{W}{kind}Pr") for kind in "pr")
    defaults = (layer(paragraph), layer(run))
    return Styles(styles, defaults, normal, _theme_fonts(theme))


def _theme_fonts(theme: Element | None) -> dict[str, str]:
    """major/minor -> the Latin font that the theme names."""
    if theme is None:
        return {}
    found = {kind: theme.find(f".//{A}fontScheme/{A}{kind}Font/{A}latin") for kind in ("major", "minor")}
    return {kind: one.get("typeface", "") for kind, one in found.items() if one is not None}


def look(styles: Styles, paragraph_style: str, table_style: str, character: Layer, direct: Layer) -> Look:
    """The effective look of a run; ``character``: what its character style sets."""
    key = (paragraph_style, table_style, *character.items(), None, *direct.items())
    known = styles.looks.get(key)
    if known is None:
        known = styles.looks[key] = _look(styles, paragraph_style, table_style, character, direct)
    return known


def _look(styles: Styles, paragraph_style: str, table_style: str, character: Layer, direct: Layer) -> Look:
    beneath = styles.run_layer(table_style, "table") if table_style else {}
    paragraph = styles.run_layer(paragraph_style, "paragraph")
    layers = (styles.defaults[1], beneath, paragraph, character, direct)
    whole = merged(layers)
    switches = {name: _toggled(name, layers) for name in TOGGLES}
    ascii_font, other_font = (_font(whole.get(f"rFonts.{kind}", ""), styles.theme) for kind in ("ascii", "hAnsi"))
    return Look(
        (ascii_font or other_font or "Times New Roman", other_font or ascii_font or "Times New Roman"),
        points(whole.get("sz", "20"), per_point=2),
        switches["b"],
        switches["i"],
        on(whole.get("u")),
        _color(whole),
        whole.get("lang.val", ""),
        whole.get("vertAlign", "baseline") in {"superscript", "subscript"},
        points(whole.get("spacing.val")),
        _percentage(whole.get("w")),
    )


def hidden(styles: Styles, paragraph_style: str, character: Layer, direct: Layer, name: str = "vanish") -> bool:
    """True when a switch such as vanish or caps is on for a run."""
    paragraph = styles.run_layer(paragraph_style, "paragraph")
    return _toggled(name, (styles.defaults[1], {}, paragraph, character, direct))


def _toggled(name: str, layers: tuple[Layer, ...]) -> bool:
    """Set here it holds; in styles it turns what the styles below say the other way round."""
    defaults, *styled, direct = layers
    if name in direct:
        return on(direct[name])
    return on(defaults.get(name)) or sum(on(one.get(name)) for one in styled) % 2 == 1


def _font(name: str, theme: Mapping[str, str]) -> str:
    return theme.get(name[1:6], "") if name.startswith("+") else name


def _color(whole: Layer) -> str:
    value = whole.get("color.val", "").lower()
    if whole.get("color.themeColor") in {"text1", "dark1"} and "color.themeTint" not in whole:
        return ""
    return "" if value in _BLACK else value


def _percentage(value: str | None) -> float:
    number = points((value or "100").rstrip("%"), per_point=1)
    return number / 100 if number > 0 else 1.0


def shape(whole: Layer, style: str) -> Shape:
    """The effective setting of a paragraph from its merged layers."""
    line, rule = whole.get("spacing.line", "240"), whole.get("spacing.lineRule", "auto")
    outline = whole.get("outlineLvl", "9")
    return Shape(
        {"start": "left", "end": "right", "distribute": "both"}.get(whole.get("jc", "left"), whole.get("jc", "left")),
        millimetres(whole.get("ind.left")),
        millimetres(whole.get("ind.right")),
        millimetres(whole.get("ind.first")),
        _gap(whole, "before"),
        _gap(whole, "after"),
        points(line, per_point=240) if rule == "auto" else 1.0,
        0.0 if rule == "auto" else points(line),
        rule == "atLeast",
        on(whole.get("contextualSpacing")),
        on(whole.get("keepNext")),
        int(outline) if outline.isdigit() and int(outline) < 9 else None,
        style,
        tuple(_tabs(whole.get("tabs", ""))),
    )


def _gap(whole: Layer, side: str) -> float:
    automatic = on(whole.get(f"spacing.{side}Autospacing"))
    return 14.0 if automatic else points(whole.get(f"spacing.{side}"))


def _tabs(value: str) -> Iterable[tuple[str, float]]:
    for stop in value.split():
        kind, _, place = stop.partition(":")
        if kind != "clear":
            yield kind, millimetres(place)
