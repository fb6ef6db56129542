"""Every sentence a person sees, and how Vietnamese numbers and dates are written."""

from __future__ import annotations

import re
import string
import tomllib
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files

LANGUAGES = ("vi", "en")
NBSP = "\u00a0"
DASH = "–"

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_TONE_PLACEMENT = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_OLD_PLACEMENT = re.compile(rf"(?<!q)({'|'.join(_TONE_PLACEMENT)})(?!\w)")


@cache
def texts(lang: str, part: str) -> dict[str, str]:
    """The sentences of one stage in one language: dotted key -> text, in NFC."""
    raw = files("pipeline").joinpath("locales", lang, f"{part}.toml").read_text(encoding="utf-8")
    return dict(_flatten(tomllib.loads(unicodedata.normalize("NFC", raw)), ""))


def _flatten(table: dict[str, object], prefix: str) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict):
            rows += _flatten(value, f"{path}.")
        else:
            rows.append((path, str(value)))
    return rows


def has(key: str, lang: str) -> bool:
    """True when the language has a text under ``part.key``."""
    part, _, rest = key.partition(".")
    return rest in texts(lang, part)


def say(key: str, lang: str, /, **values: object) -> str:
    """The text under ``part.key`` in a language, its {fields} filled in.

    Decimals and dates among the values are written the way the language writes them.
    Raises KeyError for an unknown key or a missing field: a test walks all of them.
    """
    part, _, rest = key.partition(".")
    template = texts(lang, part)[rest]
    return string.Formatter().vformat(template, (), {name: shown(value, lang) for name, value in values.items()})


def shown(value: object, lang: str) -> str:
    """Any value as a person reads it: 1234.5 -> 1.234,5; a date -> 05/12/2026; True -> Có; None -> –."""
    if value is None:
        return DASH
    if isinstance(value, bool):
        return say(f"common.{'yes' if value else 'no'}", lang)
    if isinstance(value, Decimal):
        return number(value, lang)
    if isinstance(value, date):
        return short_date(value)
    return str(value)


def rounded(value: Decimal, places: int) -> Decimal:
    """Half-up rounding in decimal arithmetic, never through a binary float."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: Decimal | int, lang: str = "vi", places: int | None = None) -> str:
    """A number with separators: vi 1.234.567,8, en 1,234,567.8; places=None keeps the value's own decimals."""
    exact = Decimal(value)
    if places is not None:
        exact = rounded(exact, places)
    elif exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    else:
        exact = exact.normalize()
    written = f"{exact:,f}"
    return written.translate(str.maketrans(",.", ".,")) if lang == "vi" else written


def percent(value: Decimal, lang: str = "vi", places: int = 1) -> str:
    """A rate given in percent, without a space: 85,3%; a whole rate drops its decimal: 100%."""
    exact = rounded(value, places)
    return f"{number(exact, lang, 0 if exact == exact.to_integral_value() else places)}%"


def short_date(value: date) -> str:
    """A date in running text: 05/12/2026."""
    return f"{value:%d/%m/%Y}"


def long_date(value: date) -> str:
    """A date in full as Nghị định 30/2020 Phụ lục I writes it: zero before days < 10 and before months 1, 2."""
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def tidy(text: str) -> str:
    """Text for display: NFC, invisible characters gone, white space collapsed."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


@cache
def comparison_key(text: str) -> str:
    """Text for comparing only: tidy, lower case, new-style tone placement, look-alike đ mended, no punctuation."""
    lowered = tidy(text).replace("Ð", "Đ").replace("Ɖ", "Đ").replace("ð", "đ").lower()
    placed = _OLD_PLACEMENT.sub(lambda found: _TONE_PLACEMENT[found[0]], lowered)
    return " ".join(re.sub(r"[^\w%]+", " ", placed).split())


def without_accents(text: str) -> str:
    """Plain ASCII letters, for file names and for suggestions: Càng Long -> Cang Long."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
