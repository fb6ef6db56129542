"""Giai đoạn: every indicator over the years of a span, with live totals, what they rest on, and charts drawn from them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from pipeline.catalogue import Activity, Base, Indicator
from pipeline.look import FONT, GREY_TEXT, NAVY, number_format
from pipeline.model import PeriodFigure, PeriodKind, PeriodNote
from pipeline.text import DASH, NBSP, say
from pipeline.workbook.context import PeriodContext
from pipeline.workbook.table import FIRST_ROW, HEADER_ROW, Column, Table, letter, set_up, write

LEADING = (
    Column("number", 6, "centre"),
    Column("code", 9, "centre"),
    Column("name", 52),
    Column("unit_of_measure", 12, "centre"),
    Column("kind", 17, "centre"),
)
TRAILING = (
    Column("total", 14, "total"),
    Column("as_of", 10, "centre"),
    Column("change", 12, "change"),
    Column("change_percent", 11, "change_percent"),
    Column("target", 10, "rate"),
    Column("basis", 26),
    Column("notes", 62),
)
YEAR = Column("year", 11, "number")
A3 = 8
CHART_ROWS, CHARTS_ON_PAGE, CHART_SIZE = 17, 3, {"width": 740, "height": 320}

Item = Indicator | Base


class Places:
    """Where the years and the totals stand in the table."""

    def __init__(self, context: PeriodContext) -> None:
        self.span = context.period.span
        self.first = len(LEADING)
        self.total = self.first + len(self.span)
        self.change, self.percent = self.total + 2, self.total + 3

    def years(self, row: int) -> str:
        """The cells of the years on a row, counted from 1: F12:J12."""
        return f"{letter(self.first)}{row}:{letter(self.total - 1)}{row}"

    def latest(self, row: int) -> str:
        """The last cell of a row that holds a number, as a formula."""
        cells = self.years(row)
        return f"INDEX({cells},1,SUMPRODUCT(MAX(ISNUMBER({cells})*(COLUMN({cells})-{self.first}))))"

    def earliest(self, row: int) -> str:
        """The first cell of a row that holds a number, as a formula."""
        cells, after = self.years(row), self.total + 1
        place = f"{len(self.span) + 1}-SUMPRODUCT(MAX(ISNUMBER({cells})*({after}-COLUMN({cells}))))"
        return f"INDEX({cells},1,{place})"


def write_period(page: Worksheet, context: PeriodContext) -> dict[str, int]:
    """The whole sheet; gives the row, counted from 1, of every code."""
    places = Places(context)
    columns = (*LEADING, *[YEAR] * len(places.span), *TRAILING)
    headings = [context.say(f"period.{column.key}") for column in LEADING]
    headings += [str(year) for year in places.span] + [context.say(f"period.{column.key}") for column in TRAILING]
    table = Table(page, context, "period", columns, headings)
    rows: dict[str, int] = {}
    for activity in context.catalogue.activities:
        if activity.number in context.period.activities:
            _heading(table, activity.number, activity.code, _about(activity, context))
            for indicator in context.catalogue.indicators_of(activity):
                rows[indicator.code] = _write_item(table, context, places, indicator)
    _heading(table, "", "", context.say("period.bases"))
    for base in context.catalogue.bases:
        rows[base.code] = _write_item(table, context, places, base)
    table.show_fractions(places.first, places.total, "total")
    table.show_fractions(places.change, places.change, "change")
    table.finish()
    page.freeze_panes(FIRST_ROW - 1, 3)
    page.set_paper(A3)
    return rows


def _about(activity: Activity, context: PeriodContext) -> str:
    years = context.period.activities[activity.number]
    if len(years) == len(context.period.span):
        return activity.text
    return f"{activity.text} ({context.say('period.only', years=', '.join(map(str, years)))})"


def _heading(table: Table, number: object, code: str, text: str) -> None:
    blanks = [None] * (len(table.columns) - 3)
    table.add(number, code, text, *blanks, styles=("activity_centre", "activity_centre"), level="activity")


def _write_item(table: Table, context: PeriodContext, places: Places, item: Item) -> int:
    figure = context.period[item.code]
    kind = context.say(f"period.kinds.{figure.kind}")
    years = [None] * len(places.span)
    basis = "; ".join(f"{year}:{NBSP}{figure.reporting[year]}/{figure.expected[year]}" for year in figure.reporting)
    row = table.add(
        None, item.code, item.name, item.unit_of_measure, kind, *years, None,
        str(figure.as_of) if figure.as_of else None, None, None, figure.target, basis, _notes(figure, context),
    )  # fmt: skip
    for place, year in enumerate(places.span, start=places.first):
        amount = figure.by_year[year]
        write(table.page, row - 1, place, amount, _look(figure, year, amount is not None), context)
    _write_total(table, context, places, figure, row)
    _write_change(table, context, places, figure, row)
    return row


def _look(figure: PeriodFigure, year: int, told: bool) -> str:
    if told:
        return "rate" if figure.kind is PeriodKind.RATE else "number"
    return "blank" if year in figure.missing_years else "not_applicable"


def _write_total(table: Table, context: PeriodContext, places: Places, figure: PeriodFigure, row: int) -> None:
    total: Decimal | bool | str = DASH if figure.total is None else figure.total
    style = "rate_total" if figure.kind is PeriodKind.RATE else "total"
    cells = places.years(row)
    sums = {PeriodKind.FLOW: f"SUM({cells})", PeriodKind.MAXIMUM: f"MAX({cells})"}
    # A rate of flows rests on the units' own figures, which are not on this sheet.
    if isinstance(total, bool) or (
        figure.kind is PeriodKind.RATE and figure.as_of is None and figure.total is not None
    ):
        write(table.page, row - 1, places.total, total, style, context)
        return
    formula = f'=IF(COUNT({cells})=0,"{DASH}",{sums.get(figure.kind, places.latest(row))})'
    table.page.write_formula(row - 1, places.total, formula, context.styles[style], total)


def _write_change(table: Table, context: PeriodContext, places: Places, figure: PeriodFigure, row: int) -> None:
    """From the first to the last year that have it."""
    cells, now, then = places.years(row), places.latest(row), places.earliest(row)
    change = DASH if figure.change is None else figure.change
    formula = f'=IF(COUNT({cells})<2,"{DASH}",ROUND({now}-{then},6))'
    table.page.write_formula(row - 1, places.change, formula, context.styles["change"], change)
    if figure.kind is PeriodKind.RATE:
        table.page.write_string(row - 1, places.percent, context.say("totals.points"), context.styles["centre"])
        return
    growth = DASH if figure.change_percent is None else figure.change_percent
    formula = f'=IF(COUNT({cells})<2,"{DASH}",IF({then}=0,"{DASH}",ROUND(100*({now}-{then})/{then},1)))'
    table.page.write_formula(row - 1, places.percent, formula, context.styles["change_percent"], growth)


def _notes(figure: PeriodFigure, context: PeriodContext) -> str:
    return "; ".join(_note(note, context) for note in figure.notes)


def _note(note: PeriodNote, context: PeriodContext) -> str:
    if not note.units:
        return context.say(f"period.note.{note.kind}", year=str(note.year))
    units = ", ".join(map(context.catalogue.unit_name, note.units))
    about = say(f"common.split.{note.kind}", context.lang, units=units)
    return context.say("period.note.split", year=str(note.year), about=about)


def write_years(page: Worksheet, context: PeriodContext) -> None:
    """Every year of the span: how many units had reported, whether its workbook is final, where it was read."""
    columns = (
        Column("year", 10, "centre"),
        Column("state", 34, "centre"),
        Column("received", 16, "centre"),
        Column("origin", 60, "raw"),
    )
    table = Table(page, context, "years", columns)
    found = {year.year: year for year in context.period.years}
    for number in context.period.span:
        year = found.get(number)
        if year is None:
            table.add(str(number), context.say("years.gap"), None, None, styles=("", "bad"))
            continue
        state, look = ("final", "good") if year.complete else ("draft", "doubtful")
        origin = year.origin or context.say("years.inbox")
        table.add(str(number), context.say(state), f"{year.received}/{year.due}", origin, styles=("", look))
    table.finish()


def write_period_charts(page: Worksheet, context: PeriodContext, rows: dict[str, int]) -> None:
    """One column chart for each indicator that answers the programme; a year without data is a gap, never 0."""
    set_up(page, context, landscape=False)
    page.write_string(0, 0, context.say("period_charts.title", year=context.label), context.styles["title"])
    page.write_string(1, 0, context.say("period_charts.about"), context.styles["subtitle"])
    breaks = []
    for number, item in enumerate(_charted(context)):
        row = 3 + number * CHART_ROWS
        if number and number % CHARTS_ON_PAGE == 0:
            breaks.append(row)
        page.insert_chart(row, 0, _drawn(context, item, rows[item.code]))
    page.set_h_pagebreaks(breaks)


def _charted(context: PeriodContext) -> Iterator[Indicator]:
    for indicator in context.catalogue.indicators:
        figure = context.period.indicators.get(indicator.code)
        if indicator.answers and figure is not None and figure.compared and figure.kind is not PeriodKind.YES_NO:
            yield indicator


def _drawn(context: PeriodContext, item: Indicator, row: int) -> object:
    places, sheet = Places(context), context.say("period.sheet_name")
    first, last = places.first, places.total - 1
    title = f"{item.code} {item.name} ({item.unit_of_measure})"
    numbers = number_format(context.period[item.code].by_year.values())
    drawn = context.book.add_chart({"type": "column"})
    drawn.add_series(
        {
            "name": title,
            "categories": [sheet, HEADER_ROW - 1, first, HEADER_ROW - 1, last],
            "values": [sheet, row - 1, first, row - 1, last],
            "fill": {"color": NAVY},
            "gap": 80,
            "data_labels": {"value": True, "num_format": numbers, "font": {"name": FONT, "size": 10}},
        }
    )
    drawn.set_title({"name": title, "overlay": False, "name_font": {"name": FONT, "size": 12, "color": NAVY}})
    drawn.set_legend({"none": True})
    drawn.show_blanks_as("gap")
    drawn.set_x_axis({"num_font": {"name": FONT, "size": 10}, "line": {"color": GREY_TEXT}})
    drawn.set_y_axis(
        {
            "num_format": numbers,
            "num_font": {"name": FONT, "size": 9},
            "min": 0,
            "major_gridlines": {"visible": True, "line": {"color": "#E5E5E5"}},
        }
    )
    drawn.set_size(CHART_SIZE)
    return drawn
