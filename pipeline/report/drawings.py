"""Charts that a narrative asks for: a mark in its text, and what is drawn in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from markupsafe import Markup

from pipeline.catalogue import Catalogue
from pipeline.model import PeriodFigures
from pipeline.report.charts import chart_element
from pipeline.report.styles import style_id
from pipeline.report.telling import UnknownWordError


@dataclass(frozen=True, slots=True)
class Drawing:
    """A column chart: its title, its years, and name and amounts of each series (None: no figure of that year)."""

    title: str
    years: tuple[str, ...]
    series: tuple[tuple[str, Sequence[Decimal | None]], ...]


@dataclass
class Drawings:
    """The charts of one document, in the order in which its narrative asks for them."""

    asked: dict[str, Drawing] = field(default_factory=dict)

    def by_year(self, period: PeriodFigures, catalogue: Catalogue, title: str, *codes: str) -> Markup:
        """Ask for a chart of figures by year: the mark that stands for it in the text. Raises UnknownWordError."""
        series = tuple(_series(period, catalogue, code) for code in codes)
        mark = f"[{len(self.asked) + 1}]"
        self.asked[mark] = Drawing(title, tuple(map(str, period.span)), series)
        return Markup("\\[{}\\]").format(len(self.asked))

    def drawn(self, word: WordDocument) -> dict[str, Element]:
        """The paragraphs that take the place of the marks."""
        style = style_id("Biểu đồ")
        return {
            mark: chart_element(word, one.title, one.years, one.series, style=style) for mark, one in self.asked.items()
        }


def _series(period: PeriodFigures, catalogue: Catalogue, code: str) -> tuple[str, list[Decimal | None]]:
    indicator = catalogue.indicator(code)
    if indicator is None or code not in period.indicators:
        raise UnknownWordError("unknown_code", given=code, year=f"{period.first} - {period.last}")
    amounts = [period[code].by_year[year] for year in period.span]
    return indicator.name, [amount if isinstance(amount, Decimal) else None for amount in amounts]
