"""What all sheets of the workbook share: title lines, headings, paper, protection."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from pipeline.look import A4, fraction_rule, height_of
from pipeline.model import CellRef
from pipeline.sheets import TEMPLATE_VERSION, Sheet
from pipeline.templates.filling import FIRST_ROW, HEADER_ROW, Filling
from pipeline.templates.formulas import BAD, BLANK, DOUBTFUL, GOOD
from pipeline.templates.styles import Styles

STATUS_ROW = 3


def letter(column: int) -> str:
    """A column, counted from 0, as Excel shows it."""
    return CellRef("", "", 1, column + 1).letter


def set_up(page: Worksheet, filling: Filling, protect: bool = True) -> None:
    """Paper, footer and protection of any sheet."""
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer(_footer(filling))
    if protect:
        page.protect("", {"format_columns": True, "format_rows": True, "format_cells": False})


def _footer(filling: Filling) -> str:
    left = filling.say("footer", version=TEMPLATE_VERSION, year=str(filling.catalogue.year), unit=filling.unit.code)
    return f"&L&9{left.replace('&', '&&')}&R&9{filling.say('page')} &P/&N"


def set_up_table(page: Worksheet, filling: Filling, sheet: Sheet, styles: Styles) -> None:
    """Title, instruction, column widths and headings of a table sheet; the headings stay in sight and on each page."""
    set_up(page, filling)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(HEADER_ROW - 1, number, sheet.heading(column, filling.lang), styles["header"])
    year = str(filling.catalogue.year)
    page.write_string(
        0, 0, filling.say(f"title.{sheet.key}", year=year, next=str(filling.catalogue.year + 1)), styles["title"]
    )
    hint = filling.say(f"hint.{sheet.key}", year=year)
    page.write_string(1, 0, f"{filling.unit.name} ({filling.unit.code}). {hint}", styles["subtitle"])
    page.set_row(0, 24)
    for row in (1, STATUS_ROW - 1):
        page.set_row(row, 18)
    headings = ((sheet.heading(column, filling.lang), column.width) for column in sheet.columns)
    page.set_row(HEADER_ROW - 1, height_of(*headings, bold=True) + 4)
    page.freeze_panes(FIRST_ROW - 1, 0)
    page.repeat_rows(HEADER_ROW - 1)


def show_fractions(page: Worksheet, areas: Sequence[str], styles: Styles, look: str = "fraction") -> None:
    """Decimals are seen in these cells as soon as somebody types some; the areas stand in one column, from top to bottom."""
    if areas:
        rule = fraction_rule(areas[0].partition(":")[0])
        how = {"type": "formula", "criteria": rule, "format": styles.condition(look), "multi_range": " ".join(areas)}
        page.conditional_format(areas[0], how)


def colour_marks(page: Worksheet, cells: str, styles: Styles) -> None:
    """Green, red and yellow for the words of check cells, by their first character."""
    first = cells.partition(":")[0]
    for marks, look in ((GOOD, "good"), (BAD, "bad"), (BLANK + DOUBTFUL, "doubtful")):
        test = " + ".join(f'(LEFT({first},1)="{mark}")' for mark in marks)
        page.conditional_format(cells, {"type": "formula", "criteria": f"={test}", "format": styles.condition(look)})
