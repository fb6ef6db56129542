"""The first sheet: what to do, by when, where to send, and whether the workbook is ready to go."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from pipeline.look import height_of
from pipeline.sheets import SHEETS
from pipeline.templates.filling import Filling
from pipeline.templates.formulas import BAD, GOOD
from pipeline.templates.page import letter, set_up
from pipeline.templates.styles import Styles
from pipeline.templates.tally import TABLE_ROW, Tally

STEPS = 8
WIDTHS = (5, 24, 66, 17, 17, 17)


def status_address(filling: Filling) -> str:
    """Where the light stands: 'Hướng dẫn'!$A$6."""
    return f"'{filling.say('guide.sheet_name')}'!$A$6"


def write_guide(page: Worksheet, tally: Tally, styles: Styles) -> None:
    """The whole first sheet."""
    filling = tally.filling
    set_up(page, filling)
    for number, width in enumerate(WIDTHS):
        page.set_column(number, number, width)
    _heading(page, tally, styles)
    _table(page, tally, styles)
    _steps(page, filling, styles)


def _heading(page: Worksheet, tally: Tally, styles: Styles) -> None:
    filling = tally.filling
    config, year = filling.config, str(filling.catalogue.year)
    page.write_string(0, 0, filling.say("guide.title", year=year), styles["title"])
    page.set_row(0, 24)
    page.write_string(1, 0, config.programme.title, styles["subtitle"])
    lines: tuple[str, ...] = (
        filling.say("guide.unit", unit=filling.unit.name, code=filling.unit.code),
        filling.say(
            "guide.deadline",
            day=config.unit_deadline,
            to=config.send_to.to,
            email=config.send_to.email,
            phone=config.send_to.phone,
        ),
    )
    lines += _period(filling)
    for row, line in enumerate(lines, start=2):
        page.write_string(row, 0, line, styles["status"])
        page.set_row(row, 18)
    formula, shown = tally.light
    page.merge_range("A6:F6", "", styles["light"])
    page.write_formula("A6", formula, styles["light"], shown)
    page.set_row(5, 30)
    page.conditional_format(
        "A6:F6", {"type": "formula", "criteria": f'=LEFT($A$6,1)="{GOOD}"', "format": styles.condition("good")}
    )
    page.conditional_format(
        "A6:F6", {"type": "formula", "criteria": f'=LEFT($A$6,1)="{BAD}"', "format": styles.condition("bad")}
    )


def _period(filling: Filling) -> tuple[str, ...]:
    """The days on which a unit reports, where it exists for only a part of the year."""
    year = filling.catalogue.year
    if filling.unit.all_of(year):
        return ()
    first, last = filling.unit.within(year)
    return (filling.say("guide.period", first=first, last=min(last, filling.config.cutoff)),)


def _table(page: Worksheet, tally: Tally, styles: Styles) -> None:
    filling = tally.filling
    headings = ("number", "sheet", "what", "blanks", "errors", "doubtful")
    page.set_row(TABLE_ROW - 1, 36)
    for column, key in enumerate(headings):
        page.write_string(TABLE_ROW - 1, column, filling.say(f"guide.{key}"), styles["header"])
    page.set_row(TABLE_ROW + len(SHEETS), 19)
    for number, sheet in enumerate(SHEETS, start=1):
        row = TABLE_ROW - 1 + number
        page.set_row(row, 19)
        name = sheet.name(filling.lang)
        page.write_number(row, 0, number, styles["count"])
        page.write_url(row, 1, f"internal:'{name}'!A1", styles["link"], name)
        page.write_string(row, 2, filling.say(f"guide.about.{sheet.key}"), styles["label"])
        for column, count in enumerate(tally.counts[sheet.key], start=3):
            page.write_formula(row, column, f"={count.formula}", styles["count"], count.now)
    last = TABLE_ROW + len(SHEETS)
    page.write_string(last, 2, filling.say("guide.total"), styles["section"])
    for column in range(3):
        cells = f"{letter(column + 3)}{TABLE_ROW + 1}:{letter(column + 3)}{last}"
        page.write_formula(last, column + 3, f"=SUM({cells})", styles["count"], tally.totals[column])
    for column, look in ((3, "doubtful"), (4, "bad"), (5, "doubtful")):
        rule = {"type": "cell", "criteria": ">", "value": 0, "format": styles.condition(look)}
        page.conditional_format(TABLE_ROW, column, last, column, rule)


def _steps(page: Worksheet, filling: Filling, styles: Styles) -> None:
    row = TABLE_ROW + len(SHEETS) + 2
    page.write_string(row, 0, filling.say("guide.how"), styles["title"])
    page.set_row(row, 22)
    for number in range(1, STEPS + 1):
        row += 1
        page.write_number(row, 0, number, styles["step"])
        step = filling.say(f"guide.step.{number}", day=filling.config.unit_deadline)
        page.merge_range(row, 1, row, 5, step, styles["plain"])
        page.set_row(row, height_of((step, sum(WIDTHS[1:]))) + 3)
    row += 1
    for key, style in (
        ("required", styles.input("text", True)),
        ("optional", styles.input("text", False)),
        ("given", styles["given"]),
    ):
        row += 1
        page.write_blank(row, 0, None, style)
        page.merge_range(row, 1, row, 5, filling.say(f"guide.legend.{key}"), styles["plain"])
