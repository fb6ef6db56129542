"""One table on one sheet: title, headings, rows; frozen, filtered, printed on A4 landscape with repeated headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from pipeline.look import A4, MAX_TEXT, fraction_rule, height_of
from pipeline.model import CellRef
from pipeline.workbook.context import Frame

HEADER_ROW = 4
FIRST_ROW = 5
CUT = " […]"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading key below ``workbook.<sheet>``, width in characters, style of its cells."""

    key: str
    width: float
    style: str = "text"


def letter(column: int) -> str:
    """A column, counted from 0, as Excel shows it."""
    return CellRef("", "", 1, column + 1).letter


def set_up(page: Worksheet, context: Frame, *, landscape: bool = True) -> None:
    """Paper, margins, header and footer of any sheet; the draft mark on every printed page."""
    page.set_landscape() if landscape else page.set_portrait()
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    if context.draft:
        page.set_header(f"&C&B&11&KA61C12{context.say('draft')}")
    page.set_footer(f"&L&9{context.footer}&C&9&A&R&9{context.say('page')} &P/&N")
    page.hide_gridlines(2)


class Table:
    """Writes one table row by row; values are written as their type says, texts never become formulas or links."""

    def __init__(
        self, page: Worksheet, context: Frame, sheet: str, columns: Sequence[Column], headings: Sequence[str] = ()
    ) -> None:
        self.page, self.context, self.sheet, self.columns = page, context, sheet, tuple(columns)
        self.row = FIRST_ROW - 1
        set_up(page, context)
        page.write_string(0, 0, context.say(f"{sheet}.title", year=context.label), context.styles["title"])
        page.set_row(0, 24)
        page.write_string(1, 0, context.say(f"{sheet}.about", year=context.label), context.styles["subtitle"])
        page.set_row(1, 17)
        texts = list(headings) or [context.say(f"{sheet}.{column.key}") for column in columns]
        for number, (column, text) in enumerate(zip(self.columns, texts, strict=True)):
            page.set_column(number, number, column.width)
            page.write_string(HEADER_ROW - 1, number, text, context.styles["header"])
        widths = [column.width for column in self.columns]
        page.set_row(HEADER_ROW - 1, height_of(*zip(texts, widths, strict=True), bold=True, size=11) + 6)
        page.freeze_panes(FIRST_ROW - 1, 0)
        page.repeat_rows(HEADER_ROW - 1)

    def add(self, *values: object, styles: Sequence[str] = (), level: str = "") -> int:
        """One row; ``styles`` for single cells ("" = the row's), ``level`` for the whole row ("" = the columns'). Gives its number."""
        for number, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            own = styles[number] if number < len(styles) else ""
            style = own or level or column.style
            write(self.page, self.row, number, value, style, self.context)
        fitting = ((text, column.width) for text, column in zip(map(_fitted, values), self.columns, strict=True))
        self.page.set_row(self.row, height_of(*fitting, bold=bool(level), size=11))
        self.row += 1
        return self.row

    def show_fractions(self, first: int, last: int, style: str) -> None:
        """Decimals are seen in these columns, counted from 0, also where a formula or a person changes a value."""
        if self.row == FIRST_ROW - 1 or last < first:
            return
        rule = fraction_rule(f"{letter(first)}{FIRST_ROW}")
        how = {"type": "formula", "criteria": rule, "format": self.context.styles.fraction(style)}
        self.page.conditional_format(FIRST_ROW - 1, first, self.row - 1, last, how)

    def finish(self) -> None:
        """Filter over all rows; a sentence where there is none."""
        if self.row == FIRST_ROW - 1:
            self.page.write_string(self.row, 0, self.context.say("nothing"), self.context.styles["plain"])
            return
        self.page.autofilter(HEADER_ROW - 1, 0, self.row - 1, len(self.columns) - 1)


def _fitted(value: object) -> str:
    return value if isinstance(value, str) else ""


def write(page: Worksheet, row: int, column: int, value: object, name: str, context: Frame) -> None:
    """A value as its type says, in the style of a name: blank stays blank, numbers are numbers, text is only text."""
    style = context.styles.of(name, value)
    if value is None or value == "":
        page.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        page.write_string(row, column, context.common("yes" if value else "no"), style)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, style)
    elif isinstance(value, int | float | Decimal):
        page.write_number(row, column, value, style)
    else:
        page.write_string(row, column, printable(str(value)), style)


def printable(text: str) -> str:
    """Text that Excel can hold: no broken characters, at most 32.767 of them, with a mark where it was cut."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole if len(whole) <= MAX_TEXT else whole[: MAX_TEXT - len(CUT)] + CUT
