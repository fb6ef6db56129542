"""How wide words are in Times New Roman: the rules and columns of a letterhead are as long as their words need."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

MM_PER_POINT = 25.4 / 72
_EM = 2048
_HORN = "\u031b"

# Advance widths in 1/2048 em, by face (bold, italic); letters of one width stand together. Measured on Liberation Serif 2,
# which has the metrics of Times New Roman; a Vietnamese letter is as wide as its base, but for Ơ and Ư.
_ADVANCES: Mapping[tuple[bool, bool], Mapping[int, str]] = {
    (False, False): {
        369: "'",
        410: "|",
        512: " ,.",
        569: "/:;\\ijlt",
        682: "!()-I[]`fr‘’",
        717: "•",
        797: "Js",
        819: "°",
        836: '"',
        909: "?acez“”",
        961: "^",
        983: "{}",
        1024: "#$*0123456789_bdghknopquvxyđ–",
        1083: "ơ",
        1108: "~",
        1110: "ư",
        1124: "±",
        1139: "FPS",
        1155: "+<=>×−",
        1251: "ELTZ",
        1366: "BCR",
        1479: "ADGHKNOQUVXYwĐƠ",
        1589: "Ư",
        1593: "&m",
        1706: "%",
        1821: "M",
        1886: "@",
        1933: "W",
        2048: "—…",
    },
    (True, False): {
        451: "|",
        512: " ,.",
        569: "'/\\il",
        682: "!()-:;[]`fjt‘’",
        717: "•",
        797: "Is",
        807: "{}",
        819: "°",
        909: "cerz",
        1024: "#$*0123456789?J_agovxy–“”",
        1065: "~",
        1124: "±",
        1134: "ơ",
        1137: '"',
        1139: "Sbdhknpquđ",
        1167: "+<=>×−",
        1190: "^",
        1229: "ư",
        1251: "FP",
        1366: "BELTZ",
        1479: "ACDNRUVXYwĐ",
        1593: "GHKOQƠ",
        1630: "Ư",
        1706: "&m",
        1905: "@",
        1933: "M",
        2048: "%W—…",
    },
    (False, True): {
        438: "'",
        512: " ,.",
        563: "|",
        569: "/\\fijlt",
        682: "!()-:;I`‘’",
        717: "•",
        797: "[]rsz",
        819: "{}°",
        860: '"',
        864: "^",
        909: "Jcekvxy",
        1024: "#$*0123456789?S_abdghnopquđ–",
        1093: "ơ",
        1108: "~",
        1117: "ư",
        1124: "±",
        1139: "LTYZ“”",
        1251: "ABEFPRVX",
        1366: "CKNw",
        1382: "+<=>×−",
        1479: "DGHOQUmĐƠ",
        1544: "Ư",
        1593: "&",
        1706: "%MW",
        1821: "—…",
        1884: "@",
    },
    (True, True): {
        451: "|",
        512: " ,.",
        569: "'/\\ijlt",
        682: "()-:;[]`f‘’",
        713: "{}",
        717: "•",
        797: "!Irsz",
        819: "°",
        909: "cevy",
        1024: "#$*0123456789?J_abdgkopqxđ–“”",
        1099: "ơ",
        1124: "±",
        1137: '"',
        1139: "Shnu",
        1167: "+<=>^~×",
        1227: "ư",
        1241: "−",
        1251: "LPTYZ",
        1366: "ABCEFKRVXw",
        1479: "DGNOQUĐƠ",
        1587: "Ư",
        1593: "&Hm",
        1704: "@",
        1706: "%",
        1821: "MW",
        2048: "—…",
    },
}


def width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """The width of a line of text in mm, at a size in points, without kerning (as Word sets it by default)."""
    advances = _face(bold, italic)
    return (
        sum(advances.get(_base(letter), _EM // 2) for letter in unicodedata.normalize("NFC", text))
        / _EM
        * size
        * MM_PER_POINT
    )


def broken(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """The words of a name on as few lines as fit into ``room`` mm, and those lines as even as they can be.

    A word that is wider than the room keeps a line of its own.
    """
    words = text.split()
    if not words:
        return ()

    def measured(first: int, last: int) -> float:
        return width(" ".join(words[first:last]), size, bold=bold)

    @cache
    def best(first: int) -> tuple[int, float, tuple[int, ...]]:
        """Fewest lines, then the least unevenness, from a word on; and where those lines end."""
        if first == len(words):
            return 0, 0.0, ()
        options = []
        for last in range(first + 1, len(words) + 1):
            if last > first + 1 and measured(first, last) > room:
                break
            lines, uneven, ends = best(last)
            options.append((lines + 1, uneven + (room - measured(first, last)) ** 2, (last, *ends)))
        return min(options)

    ends = best(0)[2]
    return tuple(" ".join(words[first:last]) for first, last in zip((0, *ends), ends, strict=False))


@cache
def _face(bold: bool, italic: bool) -> dict[str, int]:
    return {letter: advance for advance, letters in _ADVANCES[bold, italic].items() for letter in letters}


@cache
def _base(letter: str) -> str:
    """The letter whose width it has: marks above and below change nothing, a horn does."""
    if letter == "\u00a0":
        return " "
    parts = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", parts[0] + _HORN) if _HORN in parts else parts[0]
