"""Tiến độ and Tệp đã nhận: who sent what and when, and what became of every file."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from pipeline.model import FileState, UnitState
from pipeline.workbook.context import Context
from pipeline.workbook.table import Column, Table

UNIT_COLUMNS = (
    Column("code", 11, "centre"),
    Column("unit", 38),
    Column("kind", 20),
    Column("state", 14, "centre"),
    Column("received", 12, "date"),
    Column("days_late", 9, "number"),
    Column("versions", 8, "number"),
    Column("errors", 7, "number"),
    Column("warnings", 9, "number"),
    Column("file", 46, "raw"),
    Column("contact", 20),
    Column("phone", 15, "raw"),
    Column("email", 24, "raw"),
)
FILE_COLUMNS = (
    Column("file", 62, "raw"),
    Column("unit", 34),
    Column("state", 18, "centre"),
    Column("why", 62),
    Column("received", 12, "date"),
    Column("size", 11, "number"),
    Column("sha256", 36, "mono"),
)
LOOKS = {
    UnitState.COMPLETE: "good",
    UnitState.WITH_WARNINGS: "doubtful",
    UnitState.LATE: "doubtful",
    UnitState.WITH_ERRORS: "bad",
    UnitState.MISSING: "bad",
    UnitState.NOT_DUE: "centre",
    FileState.COUNTED: "good",
    FileState.COUNTED_WITH_WARNINGS: "doubtful",
    FileState.COUNTED_IN_PART: "bad",
    FileState.REJECTED: "bad",
    FileState.REPLACED: "centre",
    FileState.IDENTICAL: "centre",
    FileState.NOT_SUBMISSION: "centre",
    FileState.IGNORED: "centre",
}


def write_progress(page: Worksheet, context: Context) -> None:
    """One line for each unit of the register."""
    table = Table(page, context, "progress", UNIT_COLUMNS)
    for outcome in context.dataset.units:
        unit = context.catalogue.unit(outcome.unit)
        assert unit is not None
        state = context.common(f"unit_state.{outcome.state}")
        counts = (outcome.errors, outcome.warnings) if outcome.versions else (None, None)
        table.add(
            unit.code, unit.name, context.catalogue.kind_name(unit), state, outcome.received, outcome.days_late or None,
            outcome.versions, *counts, outcome.file, unit.contact, unit.phone, unit.email,
            styles=("", "", "", LOOKS[outcome.state]),
        )  # fmt: skip
    table.finish()


def write_files(page: Worksheet, context: Context) -> None:
    """One line for each file of the inbox, with its one state and the reason."""
    table = Table(page, context, "files", FILE_COLUMNS)
    for file in context.dataset.files:
        unit = context.catalogue.unit_name(file.unit) if file.unit else ""
        state = context.common(f"file_state.{file.state}")
        source = file.source
        table.add(
            source.path, unit, state, context.explain_file(file), source.received, source.size, source.sha256,
            styles=("", "", LOOKS[file.state]),
        )  # fmt: skip
    table.finish()
