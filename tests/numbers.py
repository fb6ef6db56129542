"""Numbers and days as Vietnamese documents write them, made anew so that the program's own writing can be checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NUMBER = re.compile(r"(?<![\w.,/])\d+(?:[.,/]\d+)*%?(?!\w)")


@dataclass(frozen=True)
class Block:
    """A paragraph with the identifier of its style, or a table with its caption and its rows of cells."""

    style: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


def tokens(text: str) -> list[str]:
    """The numbers of a text as they are written."""
    return NUMBER.findall(text)


def written(value: Decimal | int, places: int | None = None) -> str:
    """A number in Vietnamese: 1.365; 5,5; with so many decimals, or its own."""
    exact = Decimal(value)
    exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if places is not None else exact.normalize()
    return f"{exact:,f}".replace(",", "\0").replace(".", ",").replace("\0", ".")


def day_of(day: date) -> str:
    """05/12/2026."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def told_day(day: date) -> str:
    """26/3/2027: a day in a sentence, where only days below 10 and months 1, 2 take a zero."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day.month < 3 else f"{day.day:02d}/{day.month}/{day.year}"


def rate(value: Decimal) -> str:
    """A rate in a sentence: 81,5%; 100%."""
    return f"{written(value, 1).removesuffix(',0')}%"


def padded(count: int) -> str:
    """A small count in a sentence: 05."""
    return f"0{count}" if 0 < count < 10 else str(count)
