"""A year's figures in words: comparison with last year and target, the most and the least."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.model import Figure, Figures
from pipeline.report.language import LANG
from pipeline.report.telling import Telling, UnknownWordError
from pipeline.text import NBSP, say


class Sentences(Telling[Figure]):
    """What a narrative can say about one year. Amounts are those of ``Figures``."""

    def __init__(self, figures: Figures, catalogue: Catalogue, config: Config) -> None:
        super().__init__(catalogue, config)
        self.figures = figures
        self.period, self.when = say("report.period.year", LANG), str(figures.year)

    def compared(self, code: str) -> str:
        """ ", tăng 12,5% so với năm 2025" and its relatives; "" when there is no last year at all."""
        figure, year = self._figure(code), self.figures.previous_year
        if year is None or not isinstance(figure.total, Decimal):
            return ""
        if figure.previous is None:
            return say("report.compare.unknown", LANG, year=str(year))
        if not isinstance(figure.previous, Decimal) or figure.change is None:
            return ""
        if figure.previous == 0 and figure.total != 0 and not self._is_rate(code):
            kind = "none" if self.catalogue.accumulates(code) else "nothing"
            return say(f"report.compare.{kind}_before", LANG, year=str(year))
        step = self._step(code, figure.change, figure.change_percent, figure.total / (figure.previous or 1))
        trend = self._trend(code, figure.change, figure.change_percent)
        return say(f"report.compare.{trend}", LANG, year=str(year), amount=step)

    def extremes(self, code: str, *which: str) -> str:
        """ " (nhiều nhất: Huyện đoàn Càng Long với 25 lớp; ít nhất: Huyện đoàn Trà Cú với 02 lớp)"; "" where no unit alone
        has the most or the least.
        """
        self._figure(code)
        told = "; ".join(filter(None, (self._extreme(code, one) for one in which)))
        return say("report.extremes", LANG, told=told) if told else ""

    def _extreme(self, code: str, which: str) -> str:
        """One unit and its amount; "" too where the unit still has figures to correct."""
        holders = self.figures.highest if which == "highest" else self.figures.lowest
        unit, item = holders.get(code), self._item(code)
        own = self.figures.by_unit.get((unit, code)) if unit else None
        if not unit or item is None or unit in self.figures.in_error or not isinstance(own, Decimal) or own == 0:
            return ""
        measure = "" if self._is_rate(code) else item.unit_of_measure
        amount = f"{self._written(code, own)}{NBSP}"
        name = self.catalogue.unit_name(unit)
        return say(f"report.{which}", LANG, unit=name, amount=amount, measure=measure).replace(f"{NBSP} ", NBSP).strip()

    def targets(self) -> tuple[Mapping[str, str], ...]:
        """Every figure that the programme sets a target for this year, and whether it is reached."""
        return tuple(
            self._against_target(indicator, figure.total, figure.target)
            for indicator in self.catalogue.indicators
            if (figure := self._look_up(indicator.code)).target is not None
        )

    def _look_up(self, code: str) -> Figure:
        figure = self.figures.indicators.get(code)
        if figure is None or self._item(code) is None:
            raise UnknownWordError("unknown_code", given=code, year=self.when)
        return figure
