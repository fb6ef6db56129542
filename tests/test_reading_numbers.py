"""How a cell's content is understood: one reading is taken, two are refused; each case of the list of what units send."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import CellState, Problem
from pipeline.reading.dates import read_date
from pipeline.reading.numbers import Reading, read_number
from pipeline.reading.problems import KINDS
from pipeline.reading.values import read_choice, read_yes_no
from pipeline.text import number
from pipeline.validate.cells import KINDS as JUDGED_KINDS

VALUE, NONE, BLANK, REFUSED = CellState.VALUE, CellState.NONE, CellState.BLANK, CellState.REFUSED


def test_every_kind_of_problem_has_its_rule() -> None:
    assert JUDGED_KINDS == KINDS


TAKEN_AS_COUNT = [
    (5.0, "5", ""),
    (1200, "1200", ""),
    ("12", "12", "text_number"),
    ("'12", "12", "text_number"),
    ("05", "5", "leading_zero"),
    ("012", "12", "leading_zero"),
    ("1.200", "1200", "thousands_dot"),
    ("12.345.678", "12345678", "thousands_dot"),
    ("1,200", "1200", "thousands_comma"),
    ("1 200", "1200", "thousands_space"),
    ("1\u00a0200", "1200", "thousands_space"),
    ("1\u202f200", "1200", "thousands_space"),
    ("１２", "12", "text_number"),
    (" 12 \n", "12", "text_number"),
    ("12\u200b", "12", "text_number"),
    ("\ufeff12", "12", "text_number"),
    ("12 lớp", "12", "unit_word"),
    ("12lớp", "12", "unit_word"),
    ("12 lop", "12", "unit_word"),
    ("1.200 lớp", "1200", "unit_word"),
]


@pytest.mark.parametrize(("raw", "amount", "note"), TAKEN_AS_COUNT)
def test_a_count_with_one_reading_is_taken(raw: object, amount: str, note: str) -> None:
    assert read_number(raw, whole=True, unit="lớp") == Reading(VALUE, Decimal(amount), note)


REFUSED_AS_COUNT = [
    (1.2, "decimal_in_integer", "1200"),
    (1.234, "decimal_in_integer", "1234"),
    (1200.5, "decimal_in_integer", ""),
    ("12,5", "decimal_in_integer", ""),
    ("1.234,0", "decimal_in_integer", "1234"),
    (-5, "negative", "5"),
    ("-5", "negative", "5"),
    ("khoảng 500", "approximate", "500"),
    ("~500", "approximate", "500"),
    ("hơn 1.000", "approximate", "1.000"),
    (">1000", "approximate", "1000"),
    ("gần 300", "approximate", "300"),
    ("500+", "approximate", "500"),
    ("200-300", "range", ""),
    ("5 đến 7", "range", ""),
    ("12+15+8", "sum_typed", "35"),
    ("12/15", "fraction", ""),
    ("5²", "not_a_number", ""),
    ("0.200", "decimal_in_integer", ""),
    ("012.345", "decimal_in_integer", ""),
    (date(2026, 5, 12), "date_in_number", "12/5"),
    (datetime(2026, 5, 12), "date_in_number", "12/5"),
    (time(12, 5), "date_in_number", ""),
    ("5%", "percent_in_number", ""),
    ("5 %", "percent_in_number", ""),
    ("1O", "letters_in_number", "10"),
    ("l2", "letters_in_number", "12"),
    ("-", "no_number_word", ""),
    ("…", "no_number_word", ""),
    ("x", "no_number_word", ""),
    ("chưa", "not_yet", ""),
    ("Chưa có", "not_yet", ""),
    ("mười hai", "number_in_words", "12"),
    ("hai trăm lẻ năm", "number_in_words", "205"),
    ("một nghìn hai trăm", "number_in_words", "1200"),
    ("12 (trong đó 5 nữ)", "several_numbers", "12"),
    ("12 buổi", "wrong_unit_word", "12"),
    (True, "boolean_in_number", ""),
    ("nhiều", "not_a_number", ""),
    (float("nan"), "not_a_number", ""),
]


@pytest.mark.parametrize(("raw", "kind", "proposal"), REFUSED_AS_COUNT)
def test_a_count_without_one_reading_is_refused(raw: object, kind: str, proposal: str) -> None:
    assert read_number(raw, whole=True, unit="lớp") == Reading(REFUSED, problem=Problem(kind, proposal))


@pytest.mark.parametrize("raw", [None, "", "   ", "\u200b", "\u00a0"])
def test_nothing_is_blank_not_zero(raw: object) -> None:
    assert read_number(raw, whole=True) == Reading(BLANK)


@pytest.mark.parametrize("words", ["không", "Không có", "không có", "KHÔNG PHÁT SINH"])
def test_none_is_zero_for_a_flow_and_refused_for_a_stock(words: str) -> None:
    assert read_number(words, whole=True, flow=True) == Reading(NONE, Decimal(0), "none_word")
    assert read_number(words, whole=True, flow=False) == Reading(REFUSED, problem=Problem("none_for_stock", "0"))


@pytest.mark.parametrize(
    ("raw", "amount", "note"),
    [
        (12.5, "12.5", ""),
        (0.1 + 0.2, "0.3", ""),
        ("12,5", "12.5", "decimal_text"),
        ("12.5", "12.5", "decimal_text"),
        ("1.234,5", "1234.5", "decimal_text"),
        ("1,234.5", "1234.5", "decimal_text"),
        ("1.234.567", "1234567", "thousands_dot"),
        ("1,5 tỷ", "1500", "money_word"),
        ("16 tỷ đồng", "16000", "money_word"),
        ("500 triệu", "500", "money_word"),
        ("500 triệu đồng", "500", "money_word"),
        ("25000000 đồng", "25", "money_word"),
    ],
)
def test_an_amount_of_money_with_one_reading_is_taken(raw: object, amount: str, note: str) -> None:
    reading = read_number(raw, whole=False, unit="triệu đồng")
    assert (reading.state, reading.value, reading.note) == (VALUE, Decimal(amount), note)


@pytest.mark.parametrize(("raw", "proposal"), [("1.234", "1234"), ("1,200", "1200")])
def test_a_decimal_with_two_readings_is_refused(raw: str, proposal: str) -> None:
    assert read_number(raw, whole=False) == Reading(REFUSED, problem=Problem("two_readings", proposal))


def test_a_number_shown_as_a_percentage_is_refused() -> None:
    assert read_number(0.05, whole=True, percent=True) == Reading(REFUSED, problem=Problem("percent_in_number", "5%"))


@given(st.integers(0, 10**12), st.sampled_from([".", ",", " ", "\u00a0"]))
def test_thousands_however_they_are_separated_are_the_same_count(amount: int, separator: str) -> None:
    written = f"{amount:,}".replace(",", separator)
    assert read_number(written, whole=True).value == amount


@given(st.decimals(0, 10**9, places=2))
def test_a_vietnamese_decimal_is_read_back_or_asked_about(amount: Decimal) -> None:
    reading = read_number(number(amount), whole=False)
    assert reading.value == amount or (reading.problem is not None and reading.problem.kind == "two_readings")


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.datetimes()), st.booleans())
def test_no_content_crashes_and_only_numbers_are_taken(content: object, whole: bool) -> None:
    reading = read_number(content, whole=whole, unit="lớp")
    if reading.state is VALUE:
        assert isinstance(reading.value, Decimal)
        assert reading.value >= 0
        assert not whole or reading.value == reading.value.to_integral_value()
    else:
        assert (reading.problem is not None) == (reading.state is REFUSED)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        (date(2026, 3, 15), date(2026, 3, 15)),
        (datetime(2026, 3, 15, 8, 30), date(2026, 3, 15)),
        ("15/3/2026", date(2026, 3, 15)),
        ("15.3.2026", date(2026, 3, 15)),
        ("05-11-2026", date(2026, 11, 5)),
        ("2026-11-05", date(2026, 11, 5)),
        ("ngày 5 tháng 11 năm 2026", date(2026, 11, 5)),
    ],
)
def test_dates_with_one_reading_are_taken(raw: object, day: date) -> None:
    assert read_date(raw).value == day


@pytest.mark.parametrize(
    ("raw", "kind", "proposal"),
    [
        ("20/11/26", "two_digit_year", "20/11/2026"),
        ("31/02/2026", "not_a_date", ""),
        ("11/25/2026", "not_a_date", ""),
        ("tháng 3", "not_a_date", ""),
        ("Quý I", "not_a_date", ""),
        ("12/5", "not_a_date", ""),
        (46000.0, "not_a_date", ""),
    ],
)
def test_dates_without_one_reading_are_refused(raw: object, kind: str, proposal: str) -> None:
    assert read_date(raw) == Reading(REFUSED, problem=Problem(kind, proposal))


@given(st.text())
def test_no_text_crashes_the_reading_of_dates(raw: str) -> None:
    reading = read_date(raw)
    assert reading.state in {VALUE, BLANK, REFUSED}


@pytest.mark.parametrize(
    ("raw", "answer"),
    [("Có", True), ("x", True), ("✓", True), ("Đã", True), ("Không", False), ("Chưa", False), (True, True)],
)
def test_yes_and_no(raw: object, answer: bool) -> None:
    assert read_yes_no(raw).value is answer


def test_neither_yes_nor_no_is_refused() -> None:
    assert read_yes_no("đang").problem == Problem("not_a_choice")


@pytest.mark.parametrize(("raw", "code"), [("CT05", "CT05"), ("ct5", "CT05"), ("5", "CT05"), ("12", "CT12")])
def test_activities_in_any_spelling_of_their_code(raw: str, code: str) -> None:
    assert read_choice(raw, "activities").value == code


def test_a_word_that_no_drop_down_offers_is_refused() -> None:
    assert read_choice("tập huấn", "activities").problem == Problem("not_a_choice")
    assert read_choice("Ưu điểm", "assessment").value == "Ưu điểm"
    assert read_choice("Khen", "assessment").problem == Problem("not_a_choice")
