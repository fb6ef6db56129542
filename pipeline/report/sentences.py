"""Figures -> Vietnamese words: amounts, comparison with last year, and sentences that leave out what is not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from pipeline.catalogue import Activity, Base, Catalogue, Indicator
from pipeline.conditions import CODE
from pipeline.config import Config
from pipeline.model import Figure, Figures, FigureState
from pipeline.report.language import LANG
from pipeline.text import NBSP, number, percent, rounded, say, shown

FIELD = re.compile(rf"\{{(?:(?P<words>[^\d{{}}]+?) )?(?P<code>{CODE})\}}(?P<space> ?)")
MUCH = Decimal(300)
SMALL = Decimal(1)


class UnknownWordError(Exception):
    """The narrative asks for something that is not there: locale key below ``report.narrative`` and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Sentences:
    """What a narrative can say about figures. Amounts are those of ``Figures``, never computed here."""

    def __init__(self, figures: Figures, catalogue: Catalogue, config: Config) -> None:
        self.figures, self.catalogue, self.config = figures, catalogue, config
        self._told: set[int] = set()
        self._fields: dict[str, Callable[[str], str]] = {
            "": self.amount,
            "so sánh": self.compared,
            "mục tiêu": self.target,
            "nhiều nhất": self.highest,
            "ít nhất": self.lowest,
        }

    def amount(self, code: str) -> str:
        """1.365; 05 when small counts are padded; 81,5% for a rate; Có or Không; … when nothing was reported."""
        figure = self._figure(code)
        if not isinstance(figure.total, Decimal):
            return "…" if figure.total is None else shown(figure.total, LANG)
        if self._is_rate(code):
            return percent(figure.total, LANG)
        return padded(figure.total, self.config) if self._is_count(code) else number(figure.total, LANG)

    def compared(self, code: str) -> str:
        """ ", tăng 12,5% so với năm 2025" and its relatives; "" when there is no last year at all."""
        figure, year = self._figure(code), self.figures.previous_year
        if year is None or not isinstance(figure.total, Decimal):
            return ""
        if figure.previous is None:
            return say("report.compare.unknown", LANG, year=str(year))
        if not isinstance(figure.previous, Decimal) or figure.change is None:
            return ""
        if figure.previous == 0 and figure.total != 0:
            return say("report.compare.from_zero", LANG, year=str(year))
        return say(f"report.compare.{self._trend(code, figure)}", LANG, year=str(year), amount=self._step(code, figure))

    def _trend(self, code: str, figure: Figure) -> str:
        change, growth = figure.change or Decimal(0), figure.change_percent
        if change == 0:
            return "equal"
        direction = "up" if change > 0 else "down"
        if self._is_rate(code):
            return f"{direction}_points"
        if growth is not None and abs(growth) < SMALL:
            return "about"
        return "times" if growth is not None and growth > MUCH else direction

    def _step(self, code: str, figure: Figure) -> str:
        if self._is_rate(code):
            return number(abs(figure.change or Decimal(0)), LANG)
        if (figure.change_percent or Decimal(0)) > MUCH:
            return number(rounded(Decimal(figure.total or 0) / Decimal(figure.previous or 1), 1), LANG)
        return percent(abs(figure.change_percent or Decimal(0)), LANG)

    def target(self, code: str) -> str:
        """ " (mục tiêu: 100%)" where the year has a target, else ""."""
        figure = self._figure(code)
        if figure.target is None:
            return ""
        goal = percent(figure.target, LANG) if self._is_rate(code) else number(figure.target, LANG)
        return say("report.target", LANG, amount=goal)

    def highest(self, code: str) -> str:
        """ " (nhiều nhất: Huyện đoàn Càng Long, 25)" where one unit alone leads, else ""."""
        return self._extreme(code, "highest", self.figures.highest)

    def lowest(self, code: str) -> str:
        """ " (ít nhất: Huyện đoàn Trà Cú, 2)" where one unit alone has the least, else ""."""
        return self._extreme(code, "lowest", self.figures.lowest)

    def _extreme(self, code: str, key: str, holders: Mapping[str, str]) -> str:
        self._figure(code)
        unit = holders.get(code)
        own = self.figures.by_unit.get((unit, code)) if unit else None
        if not unit or not isinstance(own, Decimal) or own == 0:
            return ""
        shown_own = percent(own, LANG) if self._is_rate(code) else number(own, LANG)
        return say(f"report.{key}", LANG, unit=self.catalogue.unit_name(unit), amount=shown_own)

    def targets(self) -> tuple[Mapping[str, str], ...]:
        """Every figure that the programme sets a target for this year, and whether it is reached."""
        return tuple(
            self._against_target(indicator, figure, figure.target)
            for indicator in self.catalogue.indicators
            if (figure := self.figures[indicator.code]).target is not None
        )

    def _against_target(self, indicator: Indicator, figure: Figure, target: Decimal) -> Mapping[str, str]:
        reached = "unknown"
        if isinstance(figure.total, Decimal):
            reached = "reached" if figure.total >= target else "short"
        return {
            "ten": indicator.name,
            "dat": self.amount(indicator.code),
            "muc_tieu": percent(target, LANG) if self._is_rate(indicator.code) else number(target, LANG),
            "nhan_xet": say(f"report.against_target.{reached}", LANG),
        }

    def sentence(self, subject: str, *clauses: str) -> str:
        """Subject and clauses; a clause with a figure that is zero or not reported is left out; "" when none is left."""
        kept = [self._filled(clause) for clause in clauses if self._stands(clause)]
        return f"{subject} {', '.join(kept)}." if kept else ""

    def result(self, activity: int, *sentences: str) -> str:
        """The sentences of an activity; when all are empty, "không phát sinh" or "chưa có đơn vị báo cáo"."""
        self._told.add(activity)
        said = [sentence for sentence in sentences if sentence]
        if said:
            return " ".join(said)
        if not self.in_force(activity):
            raise UnknownWordError("unknown_activity", given=str(activity), year=str(self.figures.year))
        codes = [indicator.code for indicator in self.catalogue.indicators_of(self.catalogue.activity(activity))]
        return say(f"report.nothing.{self._emptiness(codes)}", LANG)

    def _emptiness(self, codes: Sequence[str]) -> str:
        states = {self.figures[code].state for code in codes} - {FigureState.NO_DENOMINATOR}
        if FigureState.VALUE in states:
            return "elsewhere"
        if states == {FigureState.ZERO}:
            return "zero"
        return "zero_in_part" if FigureState.ZERO in states else "no_report"

    def untold(self, section: str) -> tuple[tuple[str, str], ...]:
        """Activities of a section that the narrative has not told yet, as (text, plain sentence)."""
        rest = [a for a in self.catalogue.activities if a.section == section and a.number not in self._told]
        return tuple((activity.text.rstrip("."), self._plainly(activity)) for activity in rest)

    def _plainly(self, activity: Activity) -> str:
        known = [i for i in self.catalogue.indicators_of(activity) if self.figures[i.code].state is FigureState.VALUE]
        amounts = "; ".join(f"{i.name}: {self.amount(i.code)}{self.compared(i.code)}" for i in known)
        return self.result(activity.number, f"{amounts}." if amounts else "")

    def in_force(self, activity: int) -> bool:
        """True when the year's catalogue has the activity."""
        return any(known.number == activity for known in self.catalogue.activities)

    def _stands(self, clause: str) -> bool:
        codes = [found["code"] for found in FIELD.finditer(clause)]
        return all(self._figure(code).state is FigureState.VALUE for code in codes)

    def _filled(self, clause: str) -> str:
        def words(found: re.Match[str]) -> str:
            kind = found["words"] or ""
            if kind not in self._fields:
                raise UnknownWordError("unknown_field", given=kind, known=", ".join(filter(None, self._fields)))
            space = NBSP if found["space"] and not kind else found["space"]
            return self._fields[kind](found["code"]) + space

        filled = FIELD.sub(words, clause)
        if "{" in filled:
            raise UnknownWordError("bad_field", given=filled[filled.index("{") :][:40])
        return filled

    def _figure(self, code: str) -> Figure:
        figure = self.figures.indicators.get(code)
        if figure is None or self._item(code) is None:
            raise UnknownWordError("unknown_code", given=code, year=str(self.figures.year))
        return figure

    def _item(self, code: str) -> Indicator | Base | None:
        return self.catalogue.indicator(code) or self.catalogue.base(code)

    def _is_rate(self, code: str) -> bool:
        item = self._item(code)
        return isinstance(item, Indicator) and item.type == "percent"

    def _is_count(self, code: str) -> bool:
        item = self._item(code)
        return isinstance(item, Base) or (item is not None and item.type == "integer")


def padded(count: Decimal | int, config: Config) -> str:
    """A count in a sentence: 05, 08 where small counts are padded (usual in administrative reports), 1.365."""
    small = config.report.pad_small_counts and 0 < count < 10 and count == int(count)
    return f"0{number(count, LANG)}" if small else number(count, LANG)
