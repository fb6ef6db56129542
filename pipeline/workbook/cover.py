"""Bìa: the period, the state of the data, what it rests on, how to read it, and where everything stands."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from pipeline.look import height_of
from pipeline.model import UnitState
from pipeline.workbook.context import Context
from pipeline.workbook.table import set_up

WIDTHS = (30, 84)
LEGEND = ("number", "blank", "refused", "not_applicable", "reconciled")
LEGEND_OF_A_SPLIT = ("stands_in", "set_aside")


def write_cover(page: Worksheet, context: Context, contents: Sequence[tuple[str, str]]) -> None:
    """``contents``: the other sheets as (name, key)."""
    set_up(page, context, landscape=False)
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    row = _heading(page, context)
    row = _facts(page, context, row + 1)
    row = _contents(page, context, row + 1, contents)
    _legend(page, context, row + 1)


def _heading(page: Worksheet, context: Context) -> int:
    styles, year = context.styles, str(context.dataset.year)
    page.write_string(0, 0, context.say("cover.title", year=year), styles["big_title"])
    page.set_row(0, 32)
    page.merge_range(1, 0, 1, 1, context.config.programme.title, styles["plain"])
    page.set_row(1, height_of((context.config.programme.title, sum(WIDTHS)), size=11) + 2)
    state = "draft" if context.draft else "final"
    page.merge_range(3, 0, 3, 1, context.say(state), styles[state])
    page.set_row(3, 30)
    return 5


def _facts(page: Worksheet, context: Context, row: int) -> int:
    figures, config, controls = context.figures, context.config, context.dataset.controls
    received = [unit for unit in context.dataset.units if unit.file]
    files = ", ".join(
        f"{count} {context.common(f'file_state.{state}').lower()}"
        for state, count in sorted(controls.files_by_state.items())
    )
    cells = ", ".join(
        f"{count} {context.common(f'outcome.{outcome}').lower()}"
        for outcome, count in sorted(controls.cells_by_outcome.items())
    )
    late = [unit.unit for unit in context.dataset.units if unit.state is UnitState.LATE or unit.days_late]
    facts = (
        ("period", context.say("cover.period_value", year=str(context.dataset.year), cutoff=config.cutoff)),
        ("counted", f"{len(received)}/{len(figures.due)}"),
        ("missing", _names(context, figures.missing)),
        ("in_error", _names(context, figures.in_error)),
        ("late", _names(context, late)),
        ("previous", str(figures.previous_year) if figures.previous_year else context.say("cover.no_previous")),
        ("files", context.say("cover.sum", total=str(controls.files_found), parts=files or "0")),
        ("cells", context.say("cover.sum", total=str(controls.cells_read), parts=cells or "0")),
        ("catalogue", context.catalogue.version),
    )
    for key, value in facts:
        page.write_string(row, 0, context.say(f"cover.{key}"), context.styles["label"])
        page.write_string(row, 1, value, context.styles["text"])
        page.set_row(row, height_of((value, WIDTHS[1]), size=11))
        row += 1
    return row


def _names(context: Context, units: Sequence[str]) -> str:
    return "; ".join(context.catalogue.unit_name(unit) for unit in units) or context.say("cover.none")


def _contents(page: Worksheet, context: Context, row: int, contents: Sequence[tuple[str, str]]) -> int:
    page.write_string(row, 0, context.say("cover.contents"), context.styles["title"])
    for name, key in contents:
        row += 1
        about = context.say(f"{key}.about", year=str(context.dataset.year))
        page.write_url(row, 0, f"internal:'{name}'!A1", context.styles["link"], name)
        page.write_string(row, 1, about, context.styles["text"])
        page.set_row(row, height_of((about, WIDTHS[1]), size=11))
    return row + 1


def _legend(page: Worksheet, context: Context, row: int) -> None:
    page.write_string(row, 0, context.say("cover.legend"), context.styles["title"])
    for style in LEGEND + (LEGEND_OF_A_SPLIT if context.dataset.ended else ()):
        row += 1
        about = context.say(f"cover.look.{style}")
        page.write_blank(row, 0, None, context.styles[style])
        page.write_string(row, 1, about, context.styles["text"])
        page.set_row(row, height_of((about, WIDTHS[1]), size=11))
