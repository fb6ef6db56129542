"""Vietnamese numbers as people type them: one reading is taken, two readings are refused with a proposal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from pipeline.legacy import Encoding, decode
from pipeline.model import CellState, Problem, Scalar
from pipeline.text import comparison_key, tidy, without_accents

NONE_WORDS = {"không", "không có", "ko", "ko có", "0 có", "không phát sinh", "không có hoạt động"}
NOT_YET_WORDS = {"chưa", "chưa có", "chưa báo cáo", "chưa tổng hợp", "đang tổng hợp", "chưa thống kê"}
EMPTY_MARKS = {"-", "–", "—", "--", ".", "..", "...", "…", "x", "X", "/", "//", '"', "nt", "?"}
APPROXIMATE = re.compile(
    r"^(khoảng|gần|hơn|trên|dưới|chừng|ước|ước tính|~|≈|>=|<=|>|<|≥|≤)|(\+|trở lên)$", re.IGNORECASE
)
MONEY = {"tỷ": Decimal(1000), "tỉ": Decimal(1000), "triệu": Decimal(1), "đồng": Decimal("0.000001")}
MONEY_UNIT = "triệu đồng"
WORDS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
POWERS = {"mươi": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000}
FILLERS = {"lẻ", "linh"}

PLAIN = re.compile(r"\d+")
GROUPED = {mark: re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+") for mark in ".,"}
SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
BOTH = {",": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d+"), ".": re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d+")}
FRACTIONAL = re.compile(r"\d+[.,]\d+")
WITH_WORD = re.compile(r"([\d.,]+(?: \d{3})*)\s*([^\W\d].*)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell was understood to say; ``note`` names an automatic reading."""

    state: CellState
    value: Scalar = None
    note: str = ""
    problem: Problem | None = None


BLANK = Reading(CellState.BLANK)


def refused(kind: str, proposal: object = "") -> Reading:
    """A reading that takes nothing, with a proposal where one is sensible."""
    return Reading(CellState.REFUSED, problem=Problem(kind, str(proposal)))


def taken(amount: Decimal, note: str = "") -> Reading:
    """A number that was understood in exactly one way."""
    return Reading(CellState.VALUE, amount, note)


def read_number(content: object, *, whole: bool, flow: bool = True, unit: str = "", percent: bool = False) -> Reading:
    """A cell's content as a number. ``whole``: counts; ``flow``: "không có" means 0; ``unit``: the unit of measure.

    ``percent``: the cell is shown as a percentage. Never raises; what has two readings is refused.
    """
    if content is None:
        return BLANK
    if isinstance(content, bool):
        return refused("boolean_in_number")
    if isinstance(content, date | time | timedelta):
        return refused("date_in_number", _as_typed(content))
    if isinstance(content, int | float | Decimal):
        return _from_number(exact(content), whole, percent)
    return _from_text(str(content), whole, flow, unit)


def exact(number: int | float | Decimal) -> Decimal:
    """A number of a cell with the 15 digits that Excel keeps: 0.1 + 0.2 is 0.3."""
    if isinstance(number, float):
        return Decimal(f"{number:.15g}")
    return Decimal(number)


def plain(number: Decimal) -> str:
    """A number without an exponent and without trailing zeros: 5.0 -> 5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _as_typed(moment: date | time | timedelta) -> str:
    return f"{moment.day}/{moment.month}" if isinstance(moment, date | datetime) else ""


def _from_number(number: Decimal, whole: bool, percent: bool) -> Reading:
    if not number.is_finite():
        return refused("not_a_number")
    if percent:
        return refused("percent_in_number", f"{plain(number * 100)}%")
    if number < 0:
        return refused("negative", plain(-number))
    if whole and number != number.to_integral_value():
        thousandfold = number * 1000
        likely = thousandfold == thousandfold.to_integral_value() and number < 1000
        return refused("decimal_in_integer", plain(thousandfold) if likely else "")
    return taken(number.to_integral_value() if whole else number)


def _from_text(raw: str, whole: bool, flow: bool, unit: str) -> Reading:
    text = tidy("".join(unicodedata.normalize("NFKC", c) if c.isdecimal() else c for c in raw)).lstrip("'").strip()
    if not text:
        return BLANK
    if text in EMPTY_MARKS:
        return refused("no_number_word")
    key = comparison_key(text)
    if key in NONE_WORDS:
        return Reading(CellState.NONE, Decimal(0), "none_word") if flow else refused("none_for_stock", "0")
    if key in NOT_YET_WORDS:
        return refused("not_yet")
    number = _digits(text, whole) or _letters(text)
    return number or _in_any_encoding(raw, text, whole, unit) or refused("not_a_number")


def _in_any_encoding(raw: str, text: str, whole: bool, unit: str) -> Reading | None:
    """Words beside the digits as they stand, else as an old encoding means them: "12 líp" is 12 lớp."""
    decoded = [] if raw.isascii() else [decode(raw, prevailing=encoding) for encoding in Encoding]
    texts = [text, *(tidy(one.text) for one in decoded if one is not None and one.certain)]
    worded = [reading for one in texts if (reading := _with_word(one, whole, unit)) is not None]
    taken_ones = [reading for reading in worded if reading.value is not None]
    told = [reading for one in reversed(texts) if (reading := _told_apart(one)) is not None]
    return next(iter([*taken_ones, *worded, *told]), None)


def _digits(text: str, whole: bool) -> Reading | None:
    """Digits with separators, read the one way in which they can be meant; None when it is something else."""
    if PLAIN.fullmatch(text):
        return taken(Decimal(text), "leading_zero" if len(text) > 1 and text[0] == "0" else "text_number")
    if SPACED.fullmatch(text):
        return taken(Decimal(text.replace(" ", "")), "thousands_space")
    for mark, pattern in GROUPED.items():
        if pattern.fullmatch(text):
            together = text.replace(mark, "")
            if not whole and text.count(mark) == 1:
                return refused("two_readings", together)
            return taken(Decimal(together), "thousands_dot" if mark == "." else "thousands_comma")
    for mark, pattern in BOTH.items():
        if pattern.fullmatch(text):
            other = "." if mark == "," else ","
            return _fractional(Decimal(text.replace(other, "").replace(mark, ".")), whole)
    if FRACTIONAL.fullmatch(text):
        return _fractional(Decimal(text.replace(",", ".")), whole)
    return None


def _fractional(number: Decimal, whole: bool) -> Reading:
    if not whole:
        return taken(number, "decimal_text")
    return refused("decimal_in_integer", plain(number) if number == number.to_integral_value() else "")


def _with_word(text: str, whole: bool, unit: str) -> Reading | None:
    """A number followed by its unit of measure, or by tỷ / triệu where money is asked."""
    found = WITH_WORD.fullmatch(text)
    if found is None or any(letter.isdigit() for letter in found[2]):
        return None
    word = comparison_key(found[2])
    first = word.split()[0] if word else ""
    money = unit == MONEY_UNIT and first in MONEY and word in {first, f"{first} đồng"}
    number = _digits(found[1].strip(), whole and not money)
    if number is None:
        return None
    if money and isinstance(number.value, Decimal):
        return taken(number.value * MONEY[first], "money_word")
    if word in _unit_words(unit):
        return Reading(number.state, number.value, "unit_word", number.problem) if number.value is not None else number
    return refused("wrong_unit_word", plain(number.value) if isinstance(number.value, Decimal) else "")


def _unit_words(unit: str) -> set[str]:
    words = {comparison_key(part) for part in (unit, *re.split(r"[,/]", unit))} - {""}
    return words | {without_accents(word) for word in words}


def _told_apart(text: str) -> Reading | None:
    """What else people write instead of a number, told by its form."""
    return next((reading for look in LOOKS if (reading := look(text)) is not None), None)


def _negative(text: str) -> Reading | None:
    found = re.fullmatch(r"[-−–]\s*(\d[\d.,]*)", text)
    return refused("negative", found[1]) if found else None


def _percent(text: str) -> Reading | None:
    found = re.fullmatch(r"(\d[\d.,]*)\s*%", text)
    return refused("percent_in_number", "") if found else None


def _sum(text: str) -> Reading | None:
    if not re.fullmatch(r"=?\s*\d+(?:\s*\+\s*\d+)+", text):
        return None
    return refused("sum_typed", sum(map(int, re.findall(r"\d+", text))))


def _fraction(text: str) -> Reading | None:
    return refused("fraction") if re.fullmatch(r"\d+\s*/\s*\d+", text) else None


def _range(text: str) -> Reading | None:
    found = re.fullmatch(r"(?:từ\s+)?\d[\d.,]*\s*(?:-|–|—|->|→|đến|tới)\s*\d[\d.,]*", text, re.IGNORECASE)
    return refused("range") if found else None


def _approximate(text: str) -> Reading | None:
    if not APPROXIMATE.search(text) or not any(letter.isdigit() for letter in text):
        return None
    found = re.search(r"\d[\d.,]*", text)
    return refused("approximate", found[0].rstrip(".,") if found else "")


def _letters(text: str) -> Reading | None:
    """O for 0, l and I for 1: only beside real digits."""
    compact = text.replace(" ", "")
    mended = compact.translate(str.maketrans("oOlI|", "00111"))
    if compact != mended and PLAIN.fullmatch(mended) and any(letter.isdigit() for letter in compact):
        return refused("letters_in_number", mended)
    return None


def _in_words(text: str) -> Reading | None:
    tokens = comparison_key(text).split()
    if (
        not tokens
        or not set(tokens) <= WORDS.keys() | POWERS.keys() | FILLERS
        or not set(tokens) & (WORDS.keys() | POWERS.keys())
    ):
        return None
    return refused("number_in_words", _value_of(tokens))


def _value_of(tokens: list[str]) -> int:
    total = part = digit = 0
    for token in tokens:
        if token in WORDS:
            part, digit = (part + digit, WORDS[token])
        elif token in {"nghìn", "ngàn"}:
            total, part, digit = total + (part + digit or 1) * 1000, 0, 0
        elif token in POWERS:
            part, digit = part + (digit or 1) * POWERS[token], 0
    return total + part + digit


def _several(text: str) -> Reading | None:
    numbers = re.findall(r"\d[\d.,]*", text)
    return refused("several_numbers", numbers[0].rstrip(".,")) if len(numbers) > 1 else None


LOOKS: tuple[Callable[[str], Reading | None], ...] = (
    _negative, _percent, _sum, _fraction, _range, _approximate, _in_words, _several,
)  # fmt: skip
