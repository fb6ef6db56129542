"""The sheets with free rows: events, assessment, plan, nominations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from xlsxwriter.worksheet import Worksheet

from pipeline.look import LINE_HEIGHT, height_of
from pipeline.sheets import LIST_ROWS, Column, Kind, Sheet
from pipeline.templates.cells import NUMBERS, style_of, write_content
from pipeline.templates.checks import list_range
from pipeline.templates.filling import FIRST_ROW, Filling
from pipeline.templates.formulas import is_number
from pipeline.templates.page import letter, show_fractions
from pipeline.templates.styles import Styles
from pipeline.templates.validation import column_rule
from pipeline.text import has, say

# Rows drawn as a form; the rest shows its lines once something stands in it, so that empty rows are not printed.
DRAWN_ROWS = 25


def write_list(page: Worksheet, filling: Filling, sheet: Sheet, styles: Styles) -> None:
    """All rows of a list sheet: the filled ones, then empty ones up to LIST_ROWS."""
    filled = filling.list_rows(sheet)
    drawn = max(DRAWN_ROWS, len(filled) + 5)
    for number in range(LIST_ROWS):
        row: Mapping[str, object] = filled[number] if number < len(filled) else {}
        for place, column in enumerate(sheet.columns):
            style = styles.input(style_of(column.kind), column.required, number < drawn)
            write_content(page, FIRST_ROW - 1 + number, place, row.get(column.key), style)
        texts = ((str(row.get(column.key, "")), column.width) for column in sheet.columns)
        page.set_row(FIRST_ROW - 1 + number, height_of(*texts) if row else LINE_HEIGHT + 2)
    last = FIRST_ROW - 2 + LIST_ROWS
    for place, column in enumerate(sheet.columns):
        rule = column_rule(filling, column, _prompt(filling, sheet, column))
        if rule:
            page.data_validation(FIRST_ROW - 1, place, last, place, rule)
    _show_fractions(page, sheet, drawn, styles)
    _frame_when_filled(page, sheet, drawn, styles)


def _show_fractions(page: Worksheet, sheet: Sheet, drawn: int, styles: Styles) -> None:
    """Before the frame and, below the drawn rows, with it: LibreOffice applies only the first rule that holds."""
    last = FIRST_ROW + LIST_ROWS - 1
    below = min(FIRST_ROW + drawn, last)
    for name in (letter(place) for place, column in enumerate(sheet.columns) if column.kind in NUMBERS):
        show_fractions(page, [f"{name}{FIRST_ROW}:{name}{below - 1}"], styles)
        show_fractions(page, [f"{name}{below}:{name}{last}"], styles, "ruled_fraction")


def _prompt(filling: Filling, sheet: Sheet, column: Column) -> str:
    key = f"sheets.{sheet.key}.{column.key}_prompt"
    return say(key, filling.lang) if has(key, filling.lang) else ""


def _frame_when_filled(page: Worksheet, sheet: Sheet, drawn: int, styles: Styles) -> None:
    first, width = FIRST_ROW + drawn, len(sheet.columns)
    rule = f"=COUNTA($A{first}:${letter(width - 1)}{first})>0"
    area = f"A{first}:{letter(width - 1)}{FIRST_ROW + LIST_ROWS - 1}"
    page.conditional_format(area, {"type": "formula", "criteria": rule, "format": styles.condition("ruled")})


def blanks(filling: Filling, sheet: Sheet) -> tuple[str, int]:
    """Required cells left empty in rows that hold something: a formula, and how many there are now."""
    every = "+".join(f"(1-ISBLANK({list_range(filling, column.key, sheet.key)}))" for column in sheet.columns)
    required = [column.key for column in sheet.columns if column.required]
    empty = "+".join(f"ISBLANK({list_range(filling, key, sheet.key)})" for key in required)
    now = sum(row.get(key) is None for row in filling.list_rows(sheet) for key in required)
    return f"SUMPRODUCT((({every})>0)*({empty}))", now


def errors(filling: Filling, sheet: Sheet) -> tuple[str, int]:
    """Cells that cannot be what the column asks for: a formula, and how many there are now."""
    parts: list[str] = []
    now = 0
    for column in sheet.columns:
        cells = list_range(filling, column.key, sheet.key)
        values = [row.get(column.key) for row in filling.list_rows(sheet) if row.get(column.key) is not None]
        for formula, wrong in _questions(column, cells, filling.catalogue.year):
            parts.append(formula)
            now += sum(wrong(value) for value in values)  # type: ignore[operator]
    return f"IFERROR({'+'.join(parts)},1)" if parts else "0", now


def _questions(column: Column, cells: str, year: int) -> Iterator[tuple[str, object]]:
    if column.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.DATE}:
        yield f"SUMPRODUCT((1-ISBLANK({cells}))*(1-ISNUMBER({cells})))", lambda value: not is_number(value)
    if column.kind in {Kind.INTEGER, Kind.DECIMAL}:
        yield f'COUNTIF({cells},"<0")', lambda value: is_number(value) and not isinstance(value, date) and value < 0
    if column.kind is Kind.DATE and column.key != "born":
        first, last = f"DATE({year},1,1)", f"DATE({year},12,31)"
        formula = f"SUMPRODUCT(ISNUMBER({cells})*((({cells}<{first})+({cells}>{last}))>0))"
        yield formula, lambda value: isinstance(value, date) and value.year != year
