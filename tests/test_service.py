"""Times of service: what people write, what it surely and possibly adds up to, and that no text is guessed or crashes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Period, Span, Tenure
from pipeline.service import BACKWARDS, UNCLEAR, possible_tenure, read_service, sure_tenure

CEREMONY = date(2027, 3, 26)


def months(text: str, day: date = CEREMONY) -> tuple[tuple[int, int], tuple[int, int]]:
    """(total, continuous) for sure and at most."""
    periods = read_service(text).periods
    assert periods, text
    sure, possible = sure_tenure(periods, day), possible_tenure(periods, day)
    return (sure.total, sure.continuous), (possible.total, possible.continuous)


@pytest.mark.parametrize(
    ("text", "total", "continuous"),
    [
        ("từ 9/2012 đến nay", 174, 174),
        ("Từ tháng 9/2012 đến nay.", 174, 174),
        ("09/2012-nay", 174, 174),
        ("9-2012 đến 8-2020", 96, 96),
        ("Từ tháng 9 năm 2012 đến tháng 8 năm 2022", 120, 120),
        ("01/2015 – 12/2020, 3/2021-11/2026", 72 + 69, 72),
        ("01/2015 – 12/2020\n01/2021 — nay", 146, 146),
        ("01/2015 -> 12/2020; 12/2020 -> nay", 146, 146),
        ("1/9/2012 - 31/8/2022", 120, 120),
        ("1.9.2012 – 30.8.2022", 119, 119),
        ("ngày 27 tháng 3 năm 2017 đến nay", 120, 120),
        ("28/3/2017 - nay", 119, 119),
        ("9/2012 – 8/2020 (8 năm): Bí thư Đoàn xã; 9/2020 – nay: Phó Bí thư Huyện đoàn", 174, 174),
        ("Bí thư Đoàn xã từ 9/2012 đến 8/2020 và Phó Bí thư Huyện đoàn từ 9/2020 đến nay", 174, 174),
        ("from 9/2012 to now", 174, 174),
        ("01/2015 – 12/2030", 146, 146),
        ("9/2012 – nay; 9/2028 – nay", 174, 174),
    ],
)  # fmt: skip
def test_months_as_people_write_them(text: str, total: int, continuous: int) -> None:
    assert months(text) == ((total, continuous), (total, continuous))


@pytest.mark.parametrize(
    ("text", "sure", "possible"),
    [
        ("2015-2020", (48, 48), (72, 72)),
        ("từ năm 2015 đến năm 2020", (48, 48), (72, 72)),
        ("2015 – nay", (134, 134), (146, 146)),
        ("2015-2020; 2021 - nay", (48 + 62, 62), (146, 146)),
        ("9/2015 - 2020", (52, 52), (64, 64)),
        ("2020 - 2020", (0, 0), (12, 12)),
        # 3 years 11 months 20 days and 3 years 0 months 20 days may be called seven years.
        ("11/04/2015 - 30/03/2019; 01/05/2019 - 20/05/2022", (83, 47), (84, 47)),
    ],
)  # fmt: skip
def test_a_year_alone_has_only_bounds(text: str, sure: tuple[int, int], possible: tuple[int, int]) -> None:
    assert months(text) == (sure, possible)


@pytest.mark.parametrize(
    "text",
    [
        "10 năm", "trên 10 năm", "từ 2015", "9/2012", "2015", "đến nay", "nay", "15-20", "2012-13", "từ tháng 9 đến tháng 12 năm 2012",
        "2015-2020 trừ 2 năm đi học", "2015-2020 (nghỉ thai sản)", "khoảng 2015-2020", "2015-2020, 2020-2022-2024", "13/2015 - 2020",
        "30/2/2012 - nay", "9/2012-nay, Phó Bí thư từ 2015", "đầu 2015 - cuối 2020", "1015 - 2020", "–", "không rõ", "05/2015-2020/06",
        "Bí thư 2015 - 2020. Hiện nay: Phó phòng",
    ],
)  # fmt: skip
def test_a_doubt_leaves_no_period(text: str) -> None:
    service = read_service(text)
    assert (service.periods, service.fault) == ((), UNCLEAR)


@pytest.mark.parametrize("text", ["2020-2015", "9/2020 – 8/2020", "2/9/2020 - 1/9/2020", "2015-2018; 2020-2019"])
def test_backwards(text: str) -> None:
    assert (read_service(text).periods, read_service(text).fault) == ((), BACKWARDS)


@pytest.mark.parametrize(
    ("text", "overlaps"),
    [
        ("01/2010 - 12/2020; 01/2015 - 12/2018", True),
        ("2010-2020, 2015-2018", True),
        ("2015 - nay; 9/2018 - nay", True),
        ("01/2015 – 12/2020; 12/2020 – nay", False),
        ("2015 – 2020; 2020 – nay", False),
    ],
)
def test_overlaps(text: str, overlaps: bool) -> None:
    assert read_service(text).overlaps is overlaps


def test_what_overlaps_counts_once() -> None:
    whole = months("01/2010 - 12/2019")
    assert whole == ((120, 120), (120, 120))
    assert months("01/2010 - 12/2019; 01/2012 - 12/2014; 06/2015 - 12/2019") == whole


def test_the_day_itself_counts() -> None:
    assert months("27/3/2017 - nay", date(2027, 3, 26))[0] == (120, 120)
    assert months("27/3/2017 - nay", date(2027, 3, 25))[0] == (119, 119)


# ---- properties -----------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["từ", "đến", "nay", "năm", "tháng", "2015", "2020", "9/2012", "31/12/2019", "-", "–", ";", ",", "(5 năm)", "10", "Bí thư", "/", "."]
)  # fmt: skip
DAYS = st.dates(date(1960, 1, 1), date(2040, 12, 31))
STRETCHES = st.lists(st.tuples(DAYS, st.integers(0, 9000)), min_size=1, max_size=6)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(text=st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS, max_size=12).map("".join)))  # fmt: skip
def test_no_text_crashes_and_no_sum_is_negative(text: str) -> None:
    service = read_service(text)
    assert bool(service.periods) != bool(service.fault)
    sure, possible = sure_tenure(service.periods, CEREMONY), possible_tenure(service.periods, CEREMONY)
    assert 0 <= sure.continuous <= sure.total <= possible.total
    assert sure.continuous <= possible.continuous <= possible.total


def written(stretches: list[tuple[date, int]]) -> tuple[str, list[tuple[date, date]]]:
    days = [(start, start + timedelta(days=length)) for start, length in stretches]
    return "; ".join(f"{start:%d/%m/%Y} – {end:%d/%m/%Y}" for start, end in days), days


@settings(max_examples=200, derandomize=True, deadline=None)
@given(stretches=STRETCHES)
def test_no_day_is_counted_twice(stretches: list[tuple[date, int]]) -> None:
    text, days = written(stretches)
    day = date(2100, 1, 1)
    tenure = sure_tenure(read_service(text).periods, day)
    inside = {start.toordinal() + n for start, end in days for n in range((end - start).days + 1)}
    # A whole month has at least 28 days, and each stretch loses less than one month.
    assert tenure.total * 28 <= len(inside)
    assert (tenure.total + len(days)) * 31 >= len(inside)
    assert sure_tenure(read_service(f"{text}; {text}").periods, day) == tenure


@settings(max_examples=100, derandomize=True, deadline=None)
@given(stretches=STRETCHES, earlier=DAYS, later=st.integers(0, 4000))
def test_service_never_shrinks_with_time(stretches: list[tuple[date, int]], earlier: date, later: int) -> None:
    periods = read_service(written(stretches)[0]).periods
    before, after = sure_tenure(periods, earlier), sure_tenure(periods, earlier + timedelta(days=later))
    assert before.total <= after.total
    assert before.continuous <= after.continuous


def test_no_periods_are_no_service() -> None:
    assert sure_tenure((), CEREMONY) == Tenure(0, 0)
    future = Period(Span(date(2030, 1, 1), date(2030, 1, 1)), None)
    assert possible_tenure((future,), CEREMONY) == Tenure(0, 0)
