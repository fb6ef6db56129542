"""Figures -> Vietnamese words: amounts, and sentences that leave out what is not there. Of a year and of a span of years."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from pipeline.catalogue import Activity, Base, Catalogue, Indicator
from pipeline.conditions import CODE
from pipeline.config import Config
from pipeline.model import Figure, FigureState, PeriodFigure
from pipeline.report.language import LANG
from pipeline.text import NBSP, has, number, percent, rounded, say, shown

F = TypeVar("F", Figure, PeriodFigure)
FIELD = re.compile(rf"\{{(?:(?P<words>[^\d{{}}]+?) )?(?P<code>{CODE})\}}(?P<space> ?)")
MUCH = Decimal(300)
SMALL = Decimal(1)


class UnknownWordError(Exception):
    """The narrative asks for something that is not there: locale key below ``report.narrative`` and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Telling(ABC, Generic[F]):
    """What a narrative can say about figures, whatever time they cover. Amounts are never computed here.

    ``period``: "năm" or "giai đoạn"; ``when``: 2026 or 2022 - 2026; ``stated``: True once a figure was asked for; ``annexed``: the document has an annex of all figures; ``fields``: the words before a code in braces.
    """

    period: str
    when: str

    def __init__(self, catalogue: Catalogue, config: Config) -> None:
        self.catalogue, self.config = catalogue, config
        self.stated, self.annexed = False, True
        self._told: set[int] = set()
        self._fields: dict[str, Callable[[str], str]] = {
            "": self.amount,
            "so sánh": self.compared,
            "mục tiêu": self.target,
            "nhiều nhất": lambda code: self.extremes(code, "highest"),
            "ít nhất": lambda code: self.extremes(code, "lowest"),
            "nhiều nhất và ít nhất": lambda code: self.extremes(code, "highest", "lowest"),
        }

    @abstractmethod
    def _look_up(self, code: str) -> F:
        """The figure of a code. Raises UnknownWordError."""

    def _figure(self, code: str) -> F:
        self.stated = True
        return self._look_up(code)

    @abstractmethod
    def compared(self, code: str) -> str:
        """What changed, from a comma on; "" when there is nothing to compare with."""

    @abstractmethod
    def extremes(self, code: str, *which: str) -> str:
        """The units with the most ("highest") and the least ("lowest") in brackets; "" when none has it alone."""

    def short_name(self, activity: int) -> str:
        """What an activity is called in a sentence; one that has no short name is called as the catalogue does."""
        return activity_named(self.catalogue.activity(activity))

    def amount(self, code: str) -> str:
        """1.365; 05 when small counts are padded; 81,5% for a rate; Có or Không; … when nothing was reported."""
        return self._shown(code, self._figure(code).total)

    def _shown(self, code: str, amount: Decimal | bool | None) -> str:
        if not isinstance(amount, Decimal):
            return "…" if amount is None else shown(amount, LANG)
        return self._written(code, amount)

    def _written(self, code: str, amount: Decimal) -> str:
        """An amount of an indicator as sentences write it."""
        if self._is_rate(code):
            return percent(amount, LANG)
        return padded(amount, self.config) if self._is_count(code) else number(amount, LANG)

    def _against_target(self, indicator: Indicator, total: Decimal | bool | None, target: Decimal) -> Mapping[str, str]:
        """One year's figure beside the target that the programme sets for that year, and whether it is reached."""
        self.stated, reached = True, "unknown"
        if isinstance(total, Decimal):
            reached = "reached" if total >= target else "short"
        name = f"{indicator.name[0].lower()}{indicator.name[1:]}"
        return {
            "ten": say("report.target_of", LANG, activity=self.short_name(indicator.activity), name=name),
            "dat": self._shown(indicator.code, total),
            "muc_tieu": percent(target, LANG) if self._is_rate(indicator.code) else number(target, LANG),
            "nhan_xet": say(f"report.against_target.{reached}", LANG),
        }

    def target(self, code: str) -> str:
        """ " (mục tiêu: 100%)" where the year has a target, else ""."""
        figure = self._figure(code)
        if figure.target is None:
            return ""
        goal = percent(figure.target, LANG) if self._is_rate(code) else number(figure.target, LANG)
        return say("report.target", LANG, amount=goal)

    def sentence(self, subject: str, *clauses: str) -> str:
        """Subject and clauses; a clause with a figure that is zero or not reported is left out; "" when none is left."""
        if not clauses or set("{}") & set(subject):
            raise UnknownWordError("no_clause", given=subject[:40])
        kept = [clause for clause in clauses if self._stands(clause)]
        subject, dates = self._dated(subject, kept)
        told = [self._filled(clause) + date for clause, date in zip(kept, dates, strict=True)]
        return f"{subject} {', '.join(told)}." if told else ""

    def result(self, activity: int, *sentences: str) -> str:
        """The sentences of an activity; when all are empty, "không phát sinh" or "chưa có đơn vị báo cáo"."""
        self._told.add(activity)
        said = [sentence for sentence in sentences if sentence]
        if said:
            return " ".join(said)
        if not self.in_force(activity):
            raise UnknownWordError("unknown_activity", given=str(activity), year=self.when)
        return self._nothing(activity)

    def _nothing(self, activity: int) -> str:
        """What is said of an activity without a figure that a sentence tells."""
        known = self.catalogue.activity(activity)
        emptiness = self._emptiness([indicator.code for indicator in self.catalogue.indicators_of(known)])
        if emptiness == "elsewhere" and not self.annexed:
            return self._amounts(known)
        return say(f"report.nothing.{emptiness}", LANG, period=self.period)

    def _emptiness(self, codes: Sequence[str]) -> str:
        states = {self._figure(code).state for code in codes} - {FigureState.NO_DENOMINATOR}
        if FigureState.VALUE in states:
            return "elsewhere"
        if states == {FigureState.ZERO}:
            return "zero"
        return "zero_in_part" if FigureState.ZERO in states else "no_report"

    def untold(self, section: str) -> tuple[tuple[str, str], ...]:
        """Activities of a section that the narrative has not told yet, as (text, plain sentence)."""
        rest = [a for a in self.catalogue.activities if a.section == section and a.number not in self._told]
        return tuple((activity_named(activity), self._plainly(activity)) for activity in rest)

    def _plainly(self, activity: Activity) -> str:
        return self.result(activity.number, self._amounts(activity))

    def _amounts(self, activity: Activity) -> str:
        """Every figure of an activity after its name; "" when none is above zero."""
        known = [i for i in self.catalogue.indicators_of(activity) if self._figure(i.code).state is FigureState.VALUE]
        amounts = "; ".join(f"{i.name}: {self.amount(i.code)}{self.compared(i.code)}" for i in known)
        return f"{amounts}." if amounts else ""

    def in_force(self, activity: int) -> bool:
        """True when the year's catalogue has the activity."""
        return any(known.number == activity for known in self.catalogue.activities)

    def _stands(self, clause: str) -> bool:
        codes = [found["code"] for found in FIELD.finditer(clause)]
        return all(self._figure(code).state is FigureState.VALUE for code in codes)

    def _dated(self, subject: str, clauses: Sequence[str]) -> tuple[str, Sequence[str]]:
        """The subject, and what is said after each clause whose figures are not of the time that the narrative speaks of."""
        return subject, [""] * len(clauses)

    def _filled(self, clause: str) -> str:
        def words(found: re.Match[str]) -> str:
            kind = found["words"] or ""
            if kind not in self._fields:
                raise UnknownWordError("unknown_field", given=kind, known=", ".join(filter(None, self._fields)))
            space = NBSP if found["space"] and not kind else found["space"]
            return self._fields[kind](found["code"]) + space

        filled = FIELD.sub(words, clause)
        if set("{}") & set(filled):
            given = filled[filled.index("{") :] if "{" in filled else clause
            raise UnknownWordError("bad_field", given=given[:40])
        return filled

    def _trend(self, code: str, change: Decimal, growth: Decimal | None) -> str:
        if change == 0:
            return "equal"
        direction = "up" if change > 0 else "down"
        if self._is_rate(code):
            return f"{direction}_points"
        if growth is not None and abs(growth) < SMALL:
            return "about"
        return "times" if growth is not None and growth > MUCH else direction

    def _step(self, code: str, change: Decimal, growth: Decimal | None, times: Decimal) -> str:
        if self._is_rate(code):
            return number(abs(change), LANG)
        if (growth or Decimal(0)) > MUCH:
            return number(rounded(times, 1), LANG)
        return percent(abs(growth or Decimal(0)), LANG)

    def _item(self, code: str) -> Indicator | Base | None:
        return self.catalogue.indicator(code) or self.catalogue.base(code)

    def _is_rate(self, code: str) -> bool:
        item = self._item(code)
        return isinstance(item, Indicator) and item.type == "percent"

    def _is_count(self, code: str) -> bool:
        item = self._item(code)
        return isinstance(item, Base) or (item is not None and item.type == "integer")


def activity_named(activity: Activity) -> str:
    """The short name of an activity, else what the catalogue says."""
    key = f"report.activity.{activity.number}"
    return say(key, LANG) if has(key, LANG) else activity.text.rstrip(" .")


def day_told(day: date) -> str:
    """A day in a sentence: 26/3/2027; days below 10 and months 1, 2 take a zero (Nghị định 30, Phụ lục I, mục II.4.b)."""
    return f"{day.day:02d}/{month_told(day)}/{day.year}"


def month_told(day: date) -> str:
    """A month by its number: 01, 02, 3, 12."""
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)


def padded(count: Decimal | int, config: Config) -> str:
    """A count in a sentence: 05, 08 where small counts are padded (usual in administrative reports), 1.365."""
    small = config.report.pad_small_counts and 0 < count < 10 and count == int(count)
    return f"0{number(count, LANG)}" if small else number(count, LANG)
