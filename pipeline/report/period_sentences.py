"""The figures of several years in words: sums and latest years, and how the last year stands to the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.model import PeriodFigure, PeriodFigures, PeriodKind
from pipeline.report.language import LANG
from pipeline.report.telling import FIELD, Telling, UnknownWordError
from pipeline.text import number, percent, say, shown


class PeriodSentences(Telling[PeriodFigure]):
    """What a narrative can say about a span of years. Amounts are those of ``PeriodFigures``."""

    def __init__(self, figures: PeriodFigures, catalogue: Catalogue, config: Config) -> None:
        super().__init__(catalogue, config)
        self.figures = figures
        self.period, self.when = _span(figures)

    def compared(self, code: str) -> str:
        """ ", năm 2026 tăng 12,5% so với năm 2022": the last year that has the figure against the first."""
        figure = self._figure(code)
        if figure.compared is None or figure.change is None:
            return ""
        first, last = figure.compared
        before, after = figure.by_year[first], figure.by_year[last]
        if (
            not isinstance(before, Decimal)
            or not isinstance(after, Decimal)
            or (before == 0 and after != 0 and not self._is_rate(code))
        ):
            return ""
        step = self._step(code, figure.change, figure.change_percent, after / (before or 1))
        trend = self._trend(code, figure.change, figure.change_percent)
        return say(f"report.compare_years.{trend}", LANG, first=str(first), last=str(last), amount=step)

    def extremes(self, code: str, *which: str) -> str:
        """Nothing: units change over the years."""
        return ""

    def yearly(self, code: str) -> str:
        """ "năm 2022: 10; năm 2023: chưa có số liệu": every year of the span in which the activity ran."""
        figure = self._figure(code)
        return "; ".join(
            say("report.yearly", LANG, year=str(year), amount=self._of_year(code, figure.by_year[year]))
            for year in figure.years
        )

    def targets(self) -> tuple[Mapping[str, str], ...]:
        """Every figure of a year of the span that the programme sets a target for, with its year ("nam")."""
        return tuple(
            {**self._against_target(indicator, figure.by_year[year], target), "nam": str(year)}
            for indicator in self.catalogue.indicators
            for figure in [self._look_up(indicator.code)]
            for year, target in figure.targets.items()
        )

    def _nothing(self, activity: int) -> str:
        """An activity of years without any data has not been idle in them."""
        years = self.figures.activities.get(activity, ())
        if years and set(years) <= set(self.figures.gaps):
            return say("report.nothing.gap", LANG, years=", ".join(map(str, years)))
        return super()._nothing(activity)

    def _dated(self, subject: str, clauses: Sequence[str]) -> tuple[str, Sequence[str]]:
        """ " (số liệu năm 2024)" after a clause of other years than its span has; what all clauses share is said once: of a
        stock at the beginning, else after the last of them.
        """
        years = [self._own_years(clause) for clause in clauses]
        if not years or len(set(years)) > 1:
            return subject, [_of_years(own) for own in years]
        end = at_the_end(self.figures)
        if len(years[0]) == 1 and subject.startswith(end):
            opening = say("report.at_the_end_of", LANG, year=str(years[0][0]))
            return opening + subject.removeprefix(end), [""] * len(clauses)
        return subject, [*[""] * (len(clauses) - 1), _of_years(years[-1])]

    def _own_years(self, clause: str) -> tuple[int, ...]:
        """The years that a clause's figures are of, where these are not those of the whole span."""
        own = {year for found in FIELD.finditer(clause) for year in self._years_of(self._figure(found["code"]))}
        return tuple(sorted(own))

    def _years_of(self, figure: PeriodFigure) -> tuple[int, ...]:
        """The year of an older stock; the years of a sum that lacks some of those with data."""
        if figure.kind is PeriodKind.FLOW:
            told = [year for year, amount in figure.by_year.items() if amount is not None]
            return () if len(told) == len(self.figures.years) else tuple(told)
        if figure.as_of is None or figure.kind is PeriodKind.MAXIMUM:
            return ()
        return (figure.as_of,) if figure.as_of != self.figures.last else ()

    def _of_year(self, code: str, amount: Decimal | bool | None) -> str:
        if amount is None:
            return say("report.no_figure", LANG)
        if isinstance(amount, Decimal):
            return percent(amount, LANG) if self._is_rate(code) else number(amount, LANG)
        return shown(amount, LANG)

    def _look_up(self, code: str) -> PeriodFigure:
        figure = self.figures.indicators.get(code)
        if figure is None or self._item(code) is None:
            raise UnknownWordError("unknown_code", given=code, year=self.when)
        return figure


def span_told(period: PeriodFigures) -> str:
    """ "giai đoạn 2022 - 2026"; a span of one year is "năm 2025"."""
    return " ".join(_span(period))


def _span(period: PeriodFigures) -> tuple[str, str]:
    if period.first == period.last:
        return say("report.period.year", LANG), str(period.last)
    return say("report.period.span", LANG), f"{period.first} - {period.last}"


def at_the_end(period: PeriodFigures) -> str:
    """How a sentence about what has accumulated begins."""
    if period.first == period.last:
        return say("report.at_the_end_of", LANG, year=str(period.last))
    return say("report.at_the_end", LANG)


def _of_years(years: Sequence[int]) -> str:
    return say("report.of_year", LANG, years=", ".join(map(str, years))) if years else ""
