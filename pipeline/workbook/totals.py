"""Tổng hợp: the appendix's order with this year's totals, last year's, changes, targets, and how many units they rest on."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from pipeline.catalogue import Activity, Indicator
from pipeline.model import Figure
from pipeline.text import DASH, say
from pipeline.workbook.context import Context
from pipeline.workbook.matrix import Matrix
from pipeline.workbook.table import Column, Table, write

COLUMNS = (
    Column("number", 6, "centre"),
    Column("code", 9, "centre"),
    Column("name", 58),
    Column("unit_of_measure", 13, "centre"),
    Column("total", 13, "total"),
    Column("previous", 13, "number"),
    Column("change", 12, "change"),
    Column("change_percent", 10, "change_percent"),
    Column("target", 10, "rate"),
    Column("answers", 9, "centre"),
    Column("reporting", 10, "centre"),
    Column("reconciled", 40),
)
# Only in a year in which units ended.
NOTES = Column("notes", 60)
TOTAL, PREVIOUS, CHANGE, PERCENT = 4, 5, 6, 7


def write_totals(page: Worksheet, context: Context) -> None:
    """The whole sheet."""
    columns = (*COLUMNS, NOTES) if context.dataset.ended else COLUMNS
    table = Table(page, context, "totals", columns)
    matrix = Matrix(context)
    section = ""
    for activity in context.catalogue.activities:
        if activity.section != section:
            section = activity.section
            _heading(table, "section", "", "", f"{section}. {context.catalogue.section(section).title}")
        centred = ("activity_centre", "activity_centre")
        _heading(table, "activity", activity.number, activity.code, _about(activity, context), centred)
        for indicator in context.catalogue.indicators_of(activity):
            _write_indicator(table, context, matrix, indicator)
    table.show_fractions(TOTAL, PREVIOUS, "total")
    table.show_fractions(CHANGE, CHANGE, "change")
    table.finish()
    page.freeze_panes(4, 3)


def _about(activity: Activity, context: Context) -> str:
    return f"{activity.text} ({context.say('totals.lead')}: {activity.lead}. {context.say('totals.result')}: {activity.result})"


def _heading(table: Table, style: str, number: object, code: str, text: str, styles: tuple[str, ...] = ()) -> None:
    table.add(number, code, text, *[None] * (len(table.columns) - 3), styles=styles, level=style)


def _write_indicator(table: Table, context: Context, matrix: Matrix, indicator: Indicator) -> None:
    figure = context.figures[indicator.code]
    mark = "✓" if indicator.answers else None
    reporting = f"{figure.reporting}/{figure.expected}"
    values = (
        None,
        indicator.code,
        indicator.name,
        indicator.unit_of_measure,
        None,
        None,
        None,
        None,
        figure.target,
        mark,
        reporting,
    )
    notes = (_split_sentences(figure, context),) if NOTES in table.columns else ()
    row = table.add(*values, _reconciled(figure, context), *notes) - 1
    _write_amounts(table, context, matrix, indicator, figure, row)


def _write_amounts(
    table: Table, context: Context, matrix: Matrix, indicator: Indicator, figure: Figure, row: int
) -> None:
    page, styles = table.page, context.styles
    total: Decimal | bool | str = DASH if figure.total is None else figure.total
    style = "rate_total" if indicator.computed else "total"
    before: Decimal | bool | str = DASH if figure.previous is None else figure.previous
    write(page, row, PREVIOUS, before, "rate" if indicator.computed else "number", context)
    if isinstance(total, bool):
        write(page, row, TOTAL, total, style, context)
        return
    page.write_formula(row, TOTAL, f"={matrix.total_cell(indicator.code)}", styles[style], total)
    now, then = f"E{row + 1}", f"F{row + 1}"
    both = f"AND(ISNUMBER({now}),ISNUMBER({then}))"
    difference = DASH if figure.change is None else figure.change
    page.write_formula(row, CHANGE, f'=IF({both},ROUND({now}-{then},6),"{DASH}")', styles["change"], difference)
    if indicator.computed:
        page.write_string(row, PERCENT, context.say("totals.points"), styles["centre"])
        return
    growth = DASH if figure.change_percent is None else figure.change_percent
    formula = f'=IF({both},IF({then}=0,"{DASH}",ROUND(100*({now}-{then})/{then},1)),"{DASH}")'
    page.write_formula(row, PERCENT, formula, styles["change_percent"], growth)


def _reconciled(figure: Figure, context: Context) -> str:
    """The compared offices' figures with their differences, in words: they are never added."""
    parts = [
        context.say(
            "totals.compared", unit=context.catalogue.unit_name(one.unit), amount=one.amount, difference=one.difference
        )
        for one in figure.reconciled
    ]
    return "; ".join(parts)


def _split_sentences(figure: Figure, context: Context) -> str:
    """What became of the stock of units that ended within the year."""
    name = context.catalogue.unit_name
    return "; ".join(
        say(f"common.split.{note.relation}", context.lang, units=", ".join(map(name, note.units)))
        for note in figure.notes
    )
