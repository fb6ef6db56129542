"""The two tables: what a cell shows of a legacy font (Latin-1 characters) -> the Vietnamese letter that was meant."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Encoding(StrEnum):
    """An 8-bit Vietnamese encoding that lives on in fonts."""

    TCVN3 = "tcvn3"
    VNI = "vni"


TCVN3 = {
    chr(first + step): letter
    for first, letters in {
        0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
        0xB5: "àảãáạ",
        0xBB: "ằẳẵắ",
        0xC6: "ặầẩẫấậè",
        0xCE: "ẻẽéẹềểễếệìỉ",
        0xDC: "ĩíịò",
        0xE1: "ỏõóọồổỗốộờởỡớợù",
        0xF1: "ủũúụừửữứựỳỷỹýỵ",
    }.items()
    for step, letter in enumerate(letters)
}

_VNI_SINGLE = {"ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ"}
_VNI_BASES = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"


def _vni_pairs() -> dict[str, str]:
    """Base letter + mark -> letter, lower case."""
    pairs = {
        base + mark: letter + tone
        for base, letter in _VNI_BASES.items()
        for mark, tone in zip("øùûõï", _TONES, strict=True)
    }
    pairs |= {
        base + mark: base + _CIRCUMFLEX + tone
        for base in "aeo"
        for mark, tone in zip("âàáåãä", ("", *_TONES), strict=True)
    }
    pairs |= {"a" + mark: "a" + _BREVE + tone for mark, tone in zip("êèéúüë", ("", *_TONES), strict=True)}
    del pairs["yï"]
    return {pair: unicodedata.normalize("NFC", letter) for pair, letter in pairs.items()}


def _with_capitals(lower: dict[str, str]) -> dict[str, str]:
    """Capitals have a capital base; their mark is a capital too, or stays small in a word such as "AÙo", "Aùo"."""
    capitals = {form: lower[key].upper() for key in lower for form in (key.upper(), key[0].upper() + key[1:])}
    return lower | capitals


VNI_PAIRS = _with_capitals(_vni_pairs())
VNI = VNI_PAIRS | _with_capitals(_VNI_SINGLE)

_VNI_LETTER = re.compile("|".join(VNI))
_VNI_WORD = re.compile(rf"(?:{_VNI_LETTER.pattern}|[A-Za-zìíÌÍ])+")
_TCVN3_WORD = re.compile(rf"[A-Za-z{re.escape(''.join(TCVN3))}]+")

SIGNATURES = {
    Encoding.TCVN3: re.compile("[¡-®µ-¹»-¾×÷ÞþßÇç]|[a-z][À-Þ]|[A-Z][ß-þ][A-Z]"),
    Encoding.VNI: re.compile("|".join(["[ñÑöÖ]", *VNI_PAIRS])),
}


def transcribe(word: str, encoding: Encoding) -> str:
    """A word letter by letter through a table; "" when it holds a character that the table lacks."""
    if encoding is Encoding.TCVN3:
        return "".join(TCVN3.get(letter, letter) for letter in word) if _TCVN3_WORD.fullmatch(word) else ""
    return _VNI_LETTER.sub(lambda found: VNI[found[0]], word) if _VNI_WORD.fullmatch(word) else ""
