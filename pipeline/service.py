"""Times of service as people write them -> periods, and the whole months that they add up to. Nothing is guessed.

Read are "2015-2020; 2021 - nay", "từ 9/2012 đến nay", "01/2015 – 12/2020, 3/2021-11/2026", whole dates, with the post
beside them. A month counts from its first to its last day; of a year alone only its bounds are known, so that every sum
has a sure and a possible value. What leaves a doubt ("10 năm", "từ 2015", "trừ 2 năm đi học") is not taken at all.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.model import Period, Span, Tenure
from pipeline.text import tidy

UNCLEAR, BACKWARDS = "unclear", "backwards"
FIRST_YEAR, LAST_YEAR = 1930, 2100
# People write the month in which they changed post in both periods.
SHARED_MONTH = 31
DAYS_OF_MONTH = 30

_DAY = r"(?:ngày\s+)?\d{1,2}\s*(?:/|\.|-|\s+tháng\s+)\s*\d{1,2}\s*(?:/|\.|-|\s+năm\s+)\s*\d{4}"
_MONTH = r"(?:tháng\s+)?\d{1,2}(?:\s*/\s*|[.-]|\s+năm\s+)\d{4}"
_YEAR = r"(?:năm\s+)?\d{4}"
_POINT = rf"(?<![\d/.])(?:{_DAY}|{_MONTH}|{_YEAR})(?![\d/.]*\d)"
_NOW = r"(?:hiện\s+nay|hiện\s+tại|nay|now|present|today)(?!\w)"
_TO = r"(?:\s*(?:-|->|(?<!\w)(?:đến|tới|hết|to|until|till)(?!\w))\s*)+"
_RANGE = re.compile(rf"(?:(?<!\w)(?:từ|from)\s+)?(?P<start>{_POINT}){_TO}(?:(?P<now>{_NOW})|(?P<end>{_POINT}))")
# "(5 năm 3 tháng)" beside a period repeats what the period says.
_LENGTH = re.compile(r"\(\s*\d{1,2}\s*(?:năm|years?)(?:\s+\d{1,2}\s*(?:tháng|months?))?\s*\)")
_DOUBT = re.compile(
    r"\d|(?<!\w)(?:từ|from|since|đến|tới|nay|nghỉ|trừ|gián đoạn|khoảng|gần|hơn|trên|dưới|ước|chừng|không|chưa|đầu|giữa|cuối|quý"
    r"|về trước|trở (?:đi|lên|về)|about|except|less|break|not)(?!\w)"
)
_DASHES = str.maketrans(dict.fromkeys("–—‒−→~", "-"))


@dataclass(frozen=True, slots=True)
class Service:
    """The periods of a text in their order in time; ``fault``: "" or why there are none (UNCLEAR, BACKWARDS)."""

    periods: tuple[Period, ...] = ()
    fault: str = ""

    @property
    def overlaps(self) -> bool:
        """True when two periods surely share more than the month in which one followed the other."""
        pairs = zip(self.periods, self.periods[1:], strict=False)
        return any(
            earlier.end is None or (earlier.end.first - later.start.last).days > SHARED_MONTH
            for earlier, later in pairs
        )


def read_service(text: str) -> Service:
    """The periods of a text that is not blank; never raises. One doubt about any of them leaves none."""
    plain = tidy(text).lower().translate(_DASHES)
    periods: list[Period] = []
    for found in _RANGE.finditer(plain):
        start, end = _span(found["start"]), _span(found["end"]) if found["end"] else None
        if start is None or (found["end"] and end is None):
            return Service(fault=UNCLEAR)
        if end is not None and end.last < start.first:
            return Service(fault=BACKWARDS)
        periods.append(Period(start, end))
    rest = _LENGTH.sub(" ", _RANGE.sub(" ; ", plain))
    if not periods or _DOUBT.search(rest):
        return Service(fault=UNCLEAR)
    return Service(tuple(sorted(periods, key=lambda period: (period.start.first, period.start.last))))


def _span(point: str) -> Span | None:
    """A day, a month or a year as typed; None for what no calendar has."""
    numbers = [int(number) for number in re.findall(r"\d+", point)]
    year, month, day = numbers[-1], numbers[-2] if len(numbers) > 1 else 0, numbers[0] if len(numbers) > 2 else 0
    if not FIRST_YEAR <= year <= LAST_YEAR or (len(numbers) > 1 and not 1 <= month <= 12):
        return None
    if not month:
        return Span(date(year, 1, 1), date(year, 12, 31))
    last = monthrange(year, month)[1]
    if len(numbers) > 2 and not 1 <= day <= last:
        return None
    return Span(date(year, month, day or 1), date(year, month, day or last))


def sure_tenure(periods: Iterable[Period], day: date) -> Tenure:
    """What the periods add up to for certain on a day, that day included."""
    return _tenure(((_late(one.start), _early(one.end) if one.end else day) for one in periods), day)


def possible_tenure(periods: Iterable[Period], day: date) -> Tenure:
    """The most that the periods can add up to on a day, that day included: days left over make months of thirty days."""
    return _tenure(((one.start.first, one.end.last if one.end else day) for one in periods), day, month=DAYS_OF_MONTH)


def _is_year(span: Span) -> bool:
    return (span.last - span.first).days > SHARED_MONTH


def _late(start: Span) -> date:
    """A month counts from its first day; a year alone may have begun on its last."""
    return start.last if _is_year(start) else start.first


def _early(end: Span) -> date:
    return end.first if _is_year(end) else end.last


def _tenure(stretches: Iterable[tuple[date, date]], day: date, month: int = 0) -> Tenure:
    """The union of the stretches, those that touch joined, in whole months: what overlaps counts once; ``month``: so many
    days left over by several stretches make one more, 0 for never.
    """
    joined: list[tuple[date, date]] = []
    for start, end in sorted((start, min(end, day)) for start, end in stretches):
        if start > end:
            continue
        if joined and start <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    months = [_months(start, end + timedelta(days=1)) for start, end in joined]
    left = sum(_days_left(start, end + timedelta(days=1)) for start, end in joined) if len(joined) > 1 else 0
    return Tenure(sum(months) + (left // month if month else 0), max(months, default=0))


def _days_left(start: date, after: date) -> int:
    """The days from a day to another beyond the whole months between them."""
    months = start.month - 1 + _months(start, after)
    year, month = start.year + months // 12, months % 12 + 1
    return (after - date(year, month, min(start.day, monthrange(year, month)[1]))).days


def _months(start: date, after: date) -> int:
    """Whole months from a day to the day after the last one."""
    return (after.year - start.year) * 12 + after.month - start.month - (after.day < start.day)
