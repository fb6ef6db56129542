"""Cross-check conditions: parsed by hand, never eval'ed; a missing operand says nothing."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.conditions import ConditionError, parse


def holds(text: str, **operands: int | str | None) -> bool | None:
    given_operands = {
        code.replace("_", "."): None if amount is None else Decimal(amount) for code, amount in operands.items()
    }
    return parse(text).holds(given_operands)


@pytest.mark.parametrize(
    ("text", "operands", "answer"),
    [
        ("CT12.2 <= CT12.1", {"CT12_2": 3, "CT12_1": 3}, True),
        ("CT12.2 <= CT12.1", {"CT12_2": 4, "CT12_1": 3}, False),
        ("CT12.1 == 0 implies CT12.3 + CT12.4 == 0", {"CT12_1": 0, "CT12_3": 0, "CT12_4": 1}, False),
        ("CT12.1 == 0 implies CT12.3 + CT12.4 == 0", {"CT12_1": 2, "CT12_3": 0, "CT12_4": 1}, True),
        ("5 <= CT02.3 / CT02.2 <= 3000", {"CT02_3": 4, "CT02_2": 1}, False),
        ("5 <= CT02.3 / CT02.2 <= 3000", {"CT02_3": 5, "CT02_2": 1}, True),
        ("5 <= CT02.3 / CT02.2 <= 3000", {"CT02_3": 5, "CT02_2": 0}, None),
        ("0.95 * B5 <= CT16.2 <= 1.05 * B5", {"B5": 100, "CT16_2": 105}, True),
        ("0.95 * B5 <= CT16.2 <= 1.05 * B5", {"B5": 100, "CT16_2": 106}, False),
        (
            "CT12.1 > 0 and CT12.1 == CT08.2 implies CT12.3 != CT08.3",
            {"CT12_1": 2, "CT08_2": 2, "CT12_3": 9, "CT08_3": 9},
            False,
        ),
        ("CT01.1 > 0 or CT01.2 > 0", {"CT01_1": 0, "CT01_2": 0}, False),
        ("(CT12.3 + CT12.4) / CT12.1 <= 500", {"CT12_3": 999, "CT12_4": 1, "CT12_1": 2}, True),
        ("CT12.2 <= CT12.1", {"CT12_2": None, "CT12_1": 3}, None),
        ("CT12.2 <= CT12.1", {"CT12_1": 3}, None),
    ],
)
def test_answers(text: str, operands: dict[str, int | None], answer: bool | None) -> None:
    assert holds(text, **operands) is answer


def test_codes_are_listed_once_in_the_order_of_the_text() -> None:
    assert parse("CT12.1 == 0 implies CT12.3 + CT12.4 == CT12.1").codes == ("CT12.1", "CT12.3", "CT12.4")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 < 2",
        "CT12.1",
        "CT12.1 <",
        "CT12.1 < CT12.2 CT12.3",
        "(CT12.1 < 2",
        "CT12.1 ** 2 > 1",
        "__import__('os')",
        "CT12.1.2 > 0",
        "xor CT12.1 > 0",
    ],
)
def test_what_is_not_a_condition_is_refused(text: str) -> None:
    with pytest.raises(ConditionError):
        parse(text)


@given(st.text(max_size=40))
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    with contextlib.suppress(ConditionError):
        assert parse(text).codes


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_arithmetic_agrees_with_python(a: int, b: int, c: int) -> None:
    assert holds("CT01.1 + CT01.2 * CT01.3 <= 100 - CT01.1", CT01_1=a, CT01_2=b, CT01_3=c) is (a + b * c <= 100 - a)
