"""Hoạt động, Đánh giá - kiến nghị, Kế hoạch: every row that units wrote, with where it stands."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from pipeline.model import Record, Scalar
from pipeline.sheets import BY_KEY, Kind
from pipeline.workbook.context import Context
from pipeline.workbook.table import Column, Table

STYLES = {Kind.DATE: "date", Kind.INTEGER: "number", Kind.DECIMAL: "number", Kind.CHOICE: "centre"}
# Choices whose words are sentences rather than codes.
WORDY = {"assessment"}


def write_events(page: Worksheet, context: Context) -> None:
    """All events of all units."""
    _write(page, context, "events")


def write_assessment(page: Worksheet, context: Context) -> None:
    """Strengths, difficulties, causes, proposals, in the units' own words; then what they wrote about each activity."""
    table = _table(page, context, "assessment")
    _add_records(table, context, "assessment")
    kind = context.say("assessment.description")
    for text in context.dataset.texts:
        if text.sheet == "data" and text.key.endswith(".T"):
            unit = context.catalogue.unit_name(text.unit)
            table.add(unit, kind, text.key.removesuffix(".T"), text.value, None, f"{text.ref.file} · {text.ref.place}")
    table.finish()


def write_plan(page: Worksheet, context: Context) -> None:
    """What the units plan for next year."""
    _write(page, context, "plan")


def _write(page: Worksheet, context: Context, key: str) -> None:
    table = _table(page, context, key)
    _add_records(table, context, key)
    table.finish()


def _table(page: Worksheet, context: Context, key: str) -> Table:
    sheet = BY_KEY[key]
    columns = [Column(column.key, column.width, _style(column.kind, column.choices)) for column in sheet.columns]
    headings = [
        context.say("unit"),
        *(sheet.heading(column, context.lang) for column in sheet.columns),
        context.say("place"),
    ]
    return Table(page, context, key, (Column("unit", 30), *columns, Column("place", 40, "raw")), headings)


def _style(kind: Kind, choices: str) -> str:
    return "text" if choices in WORDY else STYLES.get(kind, "text")


def _add_records(table: Table, context: Context, key: str) -> None:
    for record in context.dataset.rows(key):
        values = [_shown(record, column.key) for column in BY_KEY[key].columns]
        table.add(context.catalogue.unit_name(record.unit), *values, f"{record.ref.file} · {record.ref.place}")


def _shown(record: Record, key: str) -> Scalar:
    """The accepted value; where the cell was refused, its raw text, so that nothing is lost."""
    value = record.value(key)
    return record.text(key) if value is None else value
