"""Biểu đồ: native charts for a meeting, each drawn from the small table beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from pipeline.look import FONT, GREEN, GREY_TEXT, NAVY
from pipeline.model import UnitState
from pipeline.text import rounded
from pipeline.workbook.context import Context
from pipeline.workbook.table import set_up

LABEL_WIDTH, VALUE_WIDTH = 58, 12
CHART_COLUMN = 3
CHART_WIDTH, ROW_PIXELS = 900, 20
MOST_ROWS = 24

Rows = Sequence[tuple[str, Decimal | int]]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its key below ``workbook.charts``, values by label, and how its numbers are shown."""

    key: str
    title: str
    rows: Rows
    number_format: str = "#,##0"
    unit: str = ""


def write_charts(page: Worksheet, context: Context) -> None:
    """All charts that have something to show, one below the other."""
    set_up(page, context)
    page.write_string(0, 0, context.say("charts.title", year=str(context.dataset.year)), context.styles["title"])
    page.write_string(1, 0, context.say("charts.about"), context.styles["subtitle"])
    page.set_column(0, 0, LABEL_WIDTH)
    page.set_column(1, 1, VALUE_WIDTH)
    page.set_column(2, 2, 3)
    row = 3
    for number, chart in enumerate(_charts(context)):
        if number and number % 2 == 0:
            page.set_h_pagebreaks([*page.hbreaks, row])
        row = _write_chart(page, context, chart, row)


def _charts(context: Context) -> list[Chart]:
    made = [_states(context), _events(context), _growth(context), *_rates(context)]
    return [chart for chart in made if chart.rows]


def _states(context: Context) -> Chart:
    counts = Counter(unit.state for unit in context.dataset.units)
    rows = [(context.common(f"unit_state.{state}"), counts[state]) for state in UnitState if counts[state]]
    return Chart("states", context.say("charts.states"), rows, "0", context.say("charts.units"))


def _events(context: Context) -> Chart:
    """How many events the units list for each activity."""
    counts = Counter(record.value("activity") for record in context.dataset.rows("events"))
    rows = [(f"{a.code} {_short(a.text)}", counts[a.code]) for a in context.catalogue.activities if counts[a.code]]
    return Chart(
        "events",
        context.say("charts.events", year=str(context.dataset.year)),
        rows,
        "#,##0",
        context.say("charts.count"),
    )


def _growth(context: Context) -> Chart:
    """The figures that answer the programme's expected results, as a percentage of last year's."""
    rows: list[tuple[str, Decimal | int]] = []
    for indicator in context.catalogue.indicators:
        figure = context.figures[indicator.code]
        comparable = isinstance(figure.total, Decimal) and isinstance(figure.previous, Decimal) and figure.previous
        if indicator.answers and not indicator.computed and comparable:
            rows.append(
                (
                    f"{indicator.code} {_short(indicator.name)}",
                    rounded(100 * Decimal(figure.total or 0) / Decimal(figure.previous or 1), 1),
                )
            )
    title = context.say("charts.growth", year=str(context.dataset.year), before=str(context.dataset.year - 1))
    return Chart("growth", title, rows[:MOST_ROWS], "0.0", "%")


def _rates(context: Context) -> list[Chart]:
    """Each rate by unit, highest first."""
    charts = []
    for indicator in (one for one in context.catalogue.indicators if one.computed):
        counted = [one for one in context.catalogue.units if _counts(one.code, indicator.code, context)]
        own = [(unit, context.figures.by_unit.get((unit.code, indicator.code))) for unit in counted]
        known = [(unit.name, rate) for unit, rate in own if isinstance(rate, Decimal)]
        rows = sorted(known, key=lambda row: (-row[1], row[0]))[:MOST_ROWS]
        charts.append(
            Chart("rates", context.say("charts.rates", code=indicator.code, name=indicator.name), rows, "0.0", "%")
        )
    return charts


def _counts(unit: str, code: str, context: Context) -> bool:
    """False for the rate of a unit that ended and whose stock is not added."""
    relation = context.figures.relations.get((unit, code))
    return relation is None or relation.added


def _short(text: str, most: int = 52) -> str:
    """The first words of a long text."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(",;") + "…"


def _write_chart(page: Worksheet, context: Context, chart: Chart, row: int) -> int:
    styles = context.styles
    page.write_string(row, 0, chart.title, styles["header"])
    page.write_string(row, 1, chart.unit, styles["header"])
    page.set_row(row, 34)
    for number, (label, value) in enumerate(chart.rows, start=row + 1):
        page.write_string(number, 0, label, styles["text"])
        page.write_number(number, 1, value, styles["rate" if chart.number_format == "0.0" else "number"])
        page.set_row(number, 18)
    height = max(260, 110 + 26 * len(chart.rows))
    page.insert_chart(
        row, CHART_COLUMN, _drawn(page, context, chart, row), {"x_scale": 1, "y_scale": 1, "object_position": 3}
    )
    used = max(len(chart.rows) + 1, -(-height // ROW_PIXELS))
    return row + used + 2


def _drawn(page: Worksheet, context: Context, chart: Chart, row: int) -> object:
    name, first, last = page.get_name(), row + 1, row + len(chart.rows)
    drawn = context.book.add_chart({"type": "bar"})
    drawn.add_series(
        {
            "name": chart.title,
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 1, last, 1],
            "fill": {"color": NAVY},
            "gap": 45,
            "data_labels": {"value": True, "num_format": chart.number_format, "font": {"name": FONT, "size": 10}},
        }
    )
    drawn.set_title({"name": chart.title, "overlay": False, "name_font": {"name": FONT, "size": 13, "color": NAVY}})
    drawn.set_legend({"none": True})
    # A bar chart draws its first category at the bottom.
    drawn.set_y_axis({"reverse": True, "num_font": {"name": FONT, "size": 10}, "line": {"color": GREY_TEXT}})
    drawn.set_x_axis(
        {
            "num_format": chart.number_format,
            "num_font": {"name": FONT, "size": 9},
            "major_gridlines": {"visible": True, "line": {"color": "#E5E5E5"}},
            "name": chart.unit,
            "name_font": {"name": FONT, "size": 10, "bold": False},
            "min": 0,
        }
    )
    drawn.set_size({"width": CHART_WIDTH, "height": max(260, 110 + 26 * len(chart.rows))})
    drawn.set_chartarea({"border": {"color": GREEN[0]}})
    return drawn
