"""Vietnamese numbers, dates and names; every language says the same things."""

from __future__ import annotations

import re
import string
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import text
from tests.conftest import ROOT

PARTS = sorted(path.stem for path in (ROOT / "pipeline" / "locales" / "vi").glob("*.toml"))


@pytest.mark.parametrize("part", PARTS)
def test_both_languages_have_the_same_keys_and_fields(part: str) -> None:
    vi, en = text.texts("vi", part), text.texts("en", part)
    assert set(vi) == set(en)
    assert [key for key in vi if fields(vi[key]) != fields(en[key])] == []


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_the_languages_have_the_same_parts() -> None:
    assert sorted(path.stem for path in (ROOT / "pipeline" / "locales" / "en").glob("*.toml")) == PARTS


@pytest.mark.parametrize(
    "path", sorted((ROOT / "pipeline" / "locales").rglob("*.toml")), ids=lambda path: "/".join(path.parts[-2:])
)
def test_locale_files_are_nfc_without_straight_doubles(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", content)


KEY = re.compile(r'say\(\s*"([a-z_]+\.[A-Za-z0-9_.]+)"')


def test_every_sentence_that_the_code_asks_for_exists() -> None:
    """Stages with a ``say`` of their own put their part before the key."""
    asked = {key for path in (ROOT / "pipeline").rglob("*.py") for key in KEY.findall(path.read_text(encoding="utf-8"))}
    known = {f"{part}.{key}" for part in PARTS for key in text.texts("vi", part)}
    assert {key for key in asked if not any(f".{one}".endswith(f".{key}") for one in known)} == set()


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (Decimal("1234567.8"), "1.234.567,8", "1,234,567.8"),
        (Decimal("1200"), "1.200", "1,200"),
        (Decimal("5.0"), "5", "5"),
        (Decimal("0"), "0", "0"),
        (Decimal("-12.50"), "-12,5", "-12.5"),
    ],
)
def test_numbers(value: Decimal, vi: str, en: str) -> None:
    assert (text.number(value), text.number(value, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("value", "shown"), [("85.25", "85,3%"), ("85.24", "85,2%"), ("100", "100%"), ("99.96", "100%"), ("0.05", "0,1%")]
)
def test_percent_rounds_half_up(value: str, shown: str) -> None:
    assert text.percent(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 6, 12), "ngày 12 tháng 6 năm 2026"),
        (date(2026, 12, 9), "ngày 09 tháng 12 năm 2026"),
    ],
)
def test_dates_as_the_decree_writes_them(day: date, shown: str) -> None:
    assert text.long_date(day) == shown


def test_values_in_sentences() -> None:
    assert [text.shown(value, "vi") for value in (None, True, False, Decimal("1500"), date(2026, 2, 1), "a")] == [
        "–", "Có", "Không", "1.500", "01/02/2026", "a",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa Thuận", "Hoà Thuận"),
        ("Huyện đoàn Càng Long", "huyện  Ðoàn càng long"),
        ("Cầu Kè", unicodedata.normalize("NFD", "Cầu Kè")),
        ("Trà\u200b Cú", "Trà Cú"),
    ],
)
def test_spellings_that_mean_the_same(one: str, other: str) -> None:
    assert text.comparison_key(one) == text.comparison_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Huyện đoàn Duyên Hải", "Thị đoàn Duyên Hải"), ("Long Hòa", "Long Hoa"), ("qua", "quà")]
)
def test_spellings_that_do_not(one: str, other: str) -> None:
    assert text.comparison_key(one) != text.comparison_key(other)


@given(st.integers(min_value=-(10**15), max_value=10**15), st.sampled_from(text.LANGUAGES))
def test_numbers_can_be_read_back(amount: int, lang: str) -> None:
    written = text.number(amount, lang)
    assert int(written.replace(".", "").replace(",", "")) == amount


@given(st.text())
def test_comparison_keys_are_stable(words: str) -> None:
    key = text.comparison_key(words)
    assert text.comparison_key(key) == key
