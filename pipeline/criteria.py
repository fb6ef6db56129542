"""Which criteria of config.toml hold for a nomination, and what its drop-downs and free words stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipeline.config import Award
from pipeline.model import Nomination, Record
from pipeline.sheets import choice_index
from pipeline.text import comparison_key, say

# In the order of the words in sheets.choices.
CATEGORIES = ("can_bo_doan", "trong_nganh", "ngoai_nganh")
GENDERS = ("nam", "nu")
# What must be known of everybody; gender only where the criteria ask for it.
NEEDED = ("name", "born", "award", "category", "service", "achievements", "already_awarded", "discipline")
YOUNGEST, OLDEST = 16, 75
# The list of nominees as people read it; headings are texts of the locale file ``awards``.
COLUMNS = (
    "number", "name", "gender", "born", "position", "unit", "award", "category", "service", "years_total",
    "years_continuous", "achievements", "earlier_awards", "already_awarded", "discipline", "phone", "note", "verdict", "reasons",
)  # fmt: skip
_NO_DISCIPLINE = re.compile(
    r"(?:không|ko|k|chưa|no|none)(?: (?:có|bị|vi phạm))*(?: hình thức)?(?: k[ỷỉ] luật)?(?: gì| nào)?"
)


def same_award(one: str, other: str) -> bool:
    """True when two names mean the same medal, in any language of the drop-down."""
    index = choice_index("award", one)
    same_choice = index is not None and index == choice_index("award", other)
    return same_choice or comparison_key(one) == comparison_key(other)


def award_on(awards: Sequence[Award], name: str, day: date) -> Award | None:
    """The criteria of a medal that hold at its next ceremony on or after a day; None when there are none."""
    named = (award for award in awards if name and same_award(award.name, name))
    return next((one for one in named if one.valid_from <= one.ceremony_after(day) <= one.valid_to), None)


def category_of(word: str) -> str:
    """ "can_bo_doan", "trong_nganh", "ngoai_nganh", or "" when the word is none of the drop-down."""
    return _chosen("category", word, CATEGORIES)


def gender_of(word: str) -> str:
    """ "nam", "nu", or "" when the word is none of the drop-down."""
    return _chosen("gender", word, GENDERS)


def _chosen(choices: str, word: str, keys: Sequence[str]) -> str:
    index = choice_index(choices, word) if word else None
    return keys[index] if index is not None else ""


def yes_or_no(word: str) -> bool | None:
    """The answer of a Có / Không drop-down; None when it is neither."""
    index = choice_index("yes_no", word) if word else None
    return None if index is None else index == 0


def without_discipline(words: str) -> bool:
    """True when the words say that there was none; a dash or a blank says nothing."""
    return _NO_DISCIPLINE.fullmatch(comparison_key(words)) is not None


def plausible_birth(born: date, day: date) -> bool:
    """True for somebody of 16 to 75 years on a day."""
    return YOUNGEST <= age_on(born, day) <= OLDEST


def plausible_years(declared: int, sure: int, possible: int) -> bool:
    """True when so many years may be what so many whole months amount to: odd months rounded either way, the last year
    not yet counted.
    """
    return sure // 12 - 1 <= declared <= -(-possible // 12)


def age_on(born: date, day: date) -> int:
    """Full years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def person_key(record: Record) -> tuple[object, ...] | None:
    """What two nominations of one person for one medal share; None while one of the three is not known."""
    name, born, award = comparison_key(record.text("name")), record.value("born"), record.text("award")
    index = choice_index("award", award) if award else None
    return (name, born, index) if name and isinstance(born, date) and index is not None else None


def verdict_in_words(nomination: Nomination, lang: str) -> str:
    """ "Đủ", "Chưa đủ" or "Thiếu dữ liệu"; said to be provisional while nobody has confirmed the criteria."""
    verdict = say(f"awards.verdict.{nomination.verdict}", lang)
    return say("awards.verdict.provisional", lang, verdict=verdict) if nomination.provisional else verdict
