"""People nominated for medals: service as written, tenure, verdict. Personal data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.model.cells import CellRef


class Verdict(StrEnum):
    """What the criteria say of a nominated person; never an exclusion, for the council decides."""

    ENOUGH = "enough"
    NOT_YET = "not_yet"
    MISSING_DATA = "missing_data"


@dataclass(frozen=True, slots=True)
class Span:
    """One day that is only known to lie between two: "2015" is 01/01/2015 to 31/12/2015; a whole date is both at once."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Period:
    """A time of service as written; ``end`` is None for "đến nay"."""

    start: Span
    end: Span | None


@dataclass(frozen=True, slots=True)
class Tenure:
    """Whole months of service up to a day: altogether (overlaps once) and in the longest unbroken stretch."""

    total: int
    continuous: int


Reason = tuple[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Nomination:
    """A person nominated for a medal, as typed and as judged. Personal data: only for Khen-thuong-<year> and its documents.

    ``award_key``, ``body``, ``ceremony``, ``criterion`` (its source), ``confirmed``: of the criteria in config.toml that
    hold on the ceremony day; "" and None where there are none. ``served``: what the periods surely add up to on that day,
    ``at_most``: what they may add up to, both None when the periods are blank or cannot be told. ``reasons``: (locale key,
    values) for ``text.say``, the deciding ones first. ``discipline`` "" and ``already_awarded`` None: not said, never "no".
    ``unread``: column key -> raw text of a cell that could not be taken.
    """

    unit: str
    ref: CellRef
    name: str
    gender: str
    born: date | None
    position: str
    award: str
    category: str
    service: str
    periods: tuple[Period, ...]
    declared_total: int | None
    declared_continuous: int | None
    achievements: str
    earlier_awards: str
    already_awarded: bool | None
    discipline: str
    phone: str
    note: str
    award_key: str
    body: str
    ceremony: date | None
    criterion: str
    confirmed: bool
    served: Tenure | None
    at_most: Tenure | None
    unread: Mapping[str, str]
    verdict: Verdict
    reasons: tuple[Reason, ...]

    @property
    def years_total(self) -> int | None:
        """Full years of service at the ceremony, as far as they are sure; None when the periods cannot be told."""
        return self.served.total // 12 if self.served is not None else None

    @property
    def years_continuous(self) -> int | None:
        """Full years of the longest unbroken service at the ceremony; None when the periods cannot be told."""
        return self.served.continuous // 12 if self.served is not None else None

    @property
    def provisional(self) -> bool:
        """True while the verdict rests on criteria that nobody has confirmed; where data are missing there is nothing to confirm."""
        return not self.confirmed and self.verdict is not Verdict.MISSING_DATA
