"""Lỗi và cảnh báo, Khác nhau giữa các bản, Điều chỉnh, Nguồn số liệu: how each figure came to be what it is."""

from __future__ import annotations

import os

from xlsxwriter.worksheet import Worksheet

from pipeline.model import Adjustment, Difference, Entry, Finding, Outcome, Severity, Value
from pipeline.sheets import PERSONAL, WITHHELD
from pipeline.text import say
from pipeline.workbook.context import Context
from pipeline.workbook.table import Column, Table

FINDING_COLUMNS = (
    Column("severity", 11, "centre"),
    Column("unit", 30),
    Column("sheet", 13, "centre"),
    Column("cell", 8, "link_centre"),
    Column("says", 66),
    Column("next", 52),
    Column("file", 44, "raw"),
    Column("rule", 8, "centre"),
)
DIFFERENCE_COLUMNS = (
    Column("unit", 30),
    Column("what", 22, "centre"),
    Column("older", 30, "raw"),
    Column("newer", 30, "raw"),
    Column("older_place", 52, "raw"),
    Column("newer_place", 52, "raw"),
)
ADJUSTMENT_COLUMNS = (
    Column("row", 8, "number"),
    Column("ruling", 24),
    Column("applied", 14, "centre"),
    Column("unit", 30),
    Column("what", 22),
    Column("old", 20, "raw"),
    Column("new", 20, "raw"),
    Column("who", 24),
    Column("when", 12, "date"),
    Column("why", 52),
    Column("file", 44, "raw"),
)
SOURCE_COLUMNS = (
    Column("unit_code", 11, "centre"),
    Column("unit", 32),
    Column("relation", 16, "centre"),
    Column("code", 9, "centre"),
    Column("name", 48),
    Column("outcome", 13, "centre"),
    Column("value", 13, "number"),
    Column("raw", 22, "raw"),
    Column("sheet", 13, "centre"),
    Column("cell", 8, "centre"),
    Column("file", 54, "raw"),
    Column("sha256", 36, "mono"),
)
CELL = [column.key for column in FINDING_COLUMNS].index("cell")
LOOKS = {Severity.ERROR: "bad", Severity.WARNING: "doubtful", Severity.NOTE: "centre"}
OUTCOME_LOOKS = {Outcome.ACCEPTED: "good", Outcome.CORRECTED: "good", Outcome.REFUSED: "bad", Outcome.BLANK: "doubtful"}


def write_findings(page: Worksheet, context: Context) -> None:
    """Errors first, then warnings and notes; in register order, each with its cell and what to type instead."""
    table = Table(page, context, "findings", FINDING_COLUMNS)
    register = {unit.code: number for number, unit in enumerate(context.catalogue.units)}
    order = list(Severity)
    for finding in sorted(
        context.dataset.findings, key=lambda one: (order.index(one.severity), register.get(one.unit, -1))
    ):
        _add_finding(table, context, finding)
    table.finish()


def _add_finding(table: Table, context: Context, finding: Finding) -> None:
    sentence, step = context.describe(finding)
    unit = context.catalogue.unit_name(finding.unit) if finding.unit else context.common("unknown_unit")
    sheet, cell = (finding.ref.sheet, finding.ref.address) if finding.ref else ("", "")
    values = (context.common(finding.severity), unit, sheet, cell, sentence, step, finding.file, finding.rule)
    row = table.add(*values, styles=(LOOKS[finding.severity], "", "", "" if finding.ref else "centre")) - 1
    if finding.ref and "#" not in finding.file:
        target = f"external:{_inbox_from_output(context)}/{finding.file}#'{sheet}'!{cell}"
        table.page.write_url(row, CELL, target, context.styles["link_centre"], cell)


def _inbox_from_output(context: Context) -> str:
    """The way from the workbook to the inbox: it holds on any machine to which the project is copied."""
    return os.path.relpath(context.config.inbox_dir(), context.config.output_dir()).replace(os.sep, "/")


def write_differences(page: Worksheet, context: Context) -> None:
    """What changed between two versions of a unit's file, cell by cell."""
    table = Table(page, context, "differences", DIFFERENCE_COLUMNS)
    for one in context.dataset.differences:
        table.add(context.catalogue.unit_name(one.unit), _what(one), *_raws(one), *map(_place, (one.older, one.newer)))
    table.finish()


def _what(difference: Difference) -> str:
    return difference.key.partition(".")[2]


def _raws(difference: Difference) -> tuple[str, str]:
    return _shown(difference.older), _shown(difference.newer)


def _shown(value: Value | None) -> str:
    """The raw text; of personal data only that there was some."""
    if value is None:
        return ""
    return WITHHELD if value.raw and value.sheet in PERSONAL else value.raw


def _place(value: Value | None) -> str:
    return f"{value.ref.file} · {value.ref.place}" if value is not None else ""


def write_adjustments(page: Worksheet, context: Context) -> None:
    """Every decision of people, applied or not: what it changed, who decided it, when and why."""
    table = Table(page, context, "adjustments", ADJUSTMENT_COLUMNS)
    for adjustment in context.dataset.adjustments:
        _add_adjustment(table, context, adjustment)
    table.finish()


def _add_adjustment(table: Table, context: Context, adjustment: Adjustment) -> None:
    row = adjustment.decision
    ruling = say(f"decisions.ruling.{row.ruling}", context.lang) if row.ruling else None
    unit = context.catalogue.unit_name(row.unit) if row.unit else None
    known = context.catalogue.indicator(row.code) or context.catalogue.base(row.code)
    what = " · ".join(part for part in (row.rule, row.code if known else "") if part)
    applied = context.say(f"adjustments.{'done' if adjustment.applied else 'undone'}")
    table.add(
        row.ref.row, ruling, applied, unit, what, adjustment.old, adjustment.new, row.who, row.when, row.why, row.file,
        styles=("", "", "good" if adjustment.applied else "bad"),
    )  # fmt: skip


def write_sources(page: Worksheet, context: Context) -> None:
    """Every figure cell that was read: unit, file, hash, sheet, cell, raw text, and what became of it."""
    table = Table(page, context, "sources", SOURCE_COLUMNS)
    for entry in context.dataset.entries:
        _add_source(table, context, entry)
    table.finish()


def _add_source(table: Table, context: Context, entry: Entry) -> None:
    item = context.catalogue.indicator(entry.code) or context.catalogue.base(entry.code)
    assert item is not None
    ref = entry.value.ref
    table.add(
        entry.unit, context.catalogue.unit_name(entry.unit), context.common(f"relation.{entry.relation}"), entry.code, item.name,
        context.common(f"outcome.{entry.outcome}"), entry.amount, entry.value.raw, ref.sheet, ref.address, ref.file, entry.sha256,
        styles=("", "", "", "", "", OUTCOME_LOOKS[entry.outcome]),
    )  # fmt: skip
