"""How our Excel sheets look: font, colours, number formats, and row heights that fit; shared by all that write them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from textwrap import wrap
from typing import Any

FONT = "Times New Roman"
NAVY, PALE_NAVY, LINE, GREY_TEXT, PALE_GREY = "#1F3864", "#D9E2F3", "#A6A6A6", "#595959", "#F2F2F2"
# Background and text of what is good, bad or doubtful.
GREEN, RED, AMBER = ("#E2F0D9", "#1E6B1E"), ("#FBE0DD", "#A61C12"), ("#FFF2CC", "#7F5F00")

# A format with optional decimals only would leave a bare separator behind whole numbers ("1.365,"): hence two.
WHOLE, CHANGE = "#,##0", "+#,##0;-#,##0;0"
DECIMALS = 10
WITH_FRACTION = {
    WHOLE: "#,##0.0#########",
    CHANGE: "+#,##0.0#########;-#,##0.0#########;0",
}

# What most cell styles of xlsxwriter share.
BASE: dict[str, Any] = {"font_name": FONT, "valign": "vcenter"}
BOX: dict[str, Any] = {"border": 1, "border_color": LINE}
WRAP: dict[str, Any] = {"text_wrap": True}
NUMBER: dict[str, Any] = {"num_format": WHOLE, "align": "right"}

A4, A3 = 9, 8
LINE_HEIGHT = 16.0
# Excel limits.
MAX_ROW_HEIGHT, MAX_TEXT = 409.0, 32_767


def has_fraction(value: object) -> bool:
    """Whether a number shows anything behind the separator; False for all that is no number."""
    return isinstance(value, int | float | Decimal) and round(float(value), DECIMALS) % 1 != 0


def number_format(values: Iterable[object]) -> str:
    """One format for the labels of a chart: as many decimals as the value with most of them has."""
    shown = [f"{value:.{DECIMALS}f}".rstrip("0").partition(".")[2] for value in values if has_fraction(value)]
    return WHOLE + "." * bool(shown) + "0" * max(map(len, shown), default=0)


def fraction_rule(cell: str) -> str:
    """The formula of a conditional format, for the first cell of its range: the same question as ``has_fraction``."""
    return f"=AND(ISNUMBER({cell}),ROUND({cell},{DECIMALS})<>ROUND({cell},0))"


def height_of(*texts: tuple[str, float], bold: bool = False, size: int = 12) -> float:
    """A row height that fits the tallest of (text, column width): at 12 points about 1.1 letters fill a width unit."""
    scale = 12 / size * (1.0 if bold else 1.1)
    lines = max((_lines(text, width * scale) for text, width in texts), default=1)
    return min(MAX_ROW_HEIGHT, LINE_HEIGHT * size / 12 * lines + 2)


def _lines(text: str, letters: float) -> int:
    width = max(4, int(letters))
    return sum(1 if len(part) <= width and "\t" not in part else _wrapped(part, width) for part in text.split("\n"))


@lru_cache(maxsize=8192)
def _wrapped(part: str, width: int) -> int:
    return max(1, len(wrap(part, width)))
