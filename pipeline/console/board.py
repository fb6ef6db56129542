"""The board of the year, and what all screens share: tables, the heading with its bar, the next step."""

from __future__ import annotations

from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from pipeline.console.screen import Screen
from pipeline.model import Dataset, UnitOutcome, UnitState
from pipeline.text import DASH, say, shown

UNIT_STYLE = {
    UnitState.COMPLETE: "green", UnitState.WITH_WARNINGS: "yellow", UnitState.LATE: "yellow",
    UnitState.WITH_ERRORS: "red", UnitState.MISSING: "bold red", UnitState.NOT_DUE: "dim",
}  # fmt: skip
BAR = 24
# Columns whose content is never broken over lines.
WHOLE = {"state", "received", "phone", "rule", "severity", "code", "sha", "cell", "amount", "output"}


def table(screen: Screen, *headings: str) -> Table:
    """A plain table with translated headings."""
    made = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for heading in headings:
        made.add_column(screen.say(f"column.{heading}"), overflow="fold", no_wrap=heading in WHOLE)
    return made


def show_units(screen: Screen, dataset: Dataset) -> None:
    """The board of the year: one line for each unit."""
    show_heading(screen, dataset)
    board = table(screen, "state", "unit", "received", "versions", "errors", "warnings", "phone")
    for unit in dataset.units:
        board.add_row(*_unit_cells(screen, unit))
    screen.print(board)
    show_next(screen, dataset)


def _unit_cells(screen: Screen, outcome: UnitOutcome) -> tuple[Text, ...]:
    unit = screen.project.catalogue.unit(outcome.unit)
    assert unit is not None
    received = shown(outcome.received, screen.project.lang)
    if outcome.days_late:
        received += " " + screen.say("late", days=str(outcome.days_late))
    state = say(f"common.unit_state.{outcome.state}", screen.project.lang)
    counts = (str(count) if outcome.versions else DASH for count in (outcome.errors, outcome.warnings))
    whom = ", ".join(part for part in (unit.contact, unit.phone) if part) or DASH
    name = Text(f"{outcome.unit} {unit.name}")
    if outcome.file:
        name.append("\n" + outcome.file.rsplit("/", 1)[-1], style="dim")
    plain = (received, str(outcome.versions or DASH), *counts, whom)
    return (Text(state, style=UNIT_STYLE[outcome.state]), name, *map(Text, plain))


def units_json(screen: Screen, dataset: Dataset) -> list[dict[str, Any]]:
    """The board for programs."""
    return [
        {
            "unit": one.unit, "name": screen.project.catalogue.unit_name(one.unit), "state": one.state.value, "file": one.file,
            "received": one.received, "days_late": one.days_late, "versions": one.versions, "deadline": one.deadline,
            "errors": one.errors, "warnings": one.warnings,
        }
        for one in dataset.units
    ]  # fmt: skip


def show_heading(screen: Screen, dataset: Dataset) -> None:
    """Year, cut-off, a bar of the units received, days left."""
    config = screen.project.config
    due = [unit for unit in dataset.units if unit.state is not UnitState.NOT_DUE]
    sent = [unit for unit in due if unit.state is not UnitState.MISSING]
    days = (config.unit_deadline - screen.today).days
    deadline = screen.say("days_left" if days >= 0 else "days_over", days=str(abs(days)), day=config.unit_deadline)
    filled = round(BAR * len(sent) / len(due)) if due else 0
    screen.print(Text(screen.say("heading", year=str(dataset.year), cutoff=config.cutoff), style="bold"))
    bar = Text("█" * filled, style="green") + Text("░" * (BAR - filled), style="dim")
    counted = f"  {screen.say('received', sent=str(len(sent)), due=str(len(due)))} · {deadline}"
    screen.print(bar + Text(counted))


def show_next(screen: Screen, dataset: Dataset) -> None:
    """What to do now."""
    states = {unit.state for unit in dataset.blocking}
    left = {
        "missing": UnitState.MISSING in states,
        "errors": UnitState.WITH_ERRORS in states,
        "files": bool(dataset.rejected),
        "decisions": bool(dataset.undone),
    }
    key = next((key for key, there in left.items() if there), "done")
    screen.line(f"next.{key}", "bold", year=str(dataset.year), inbox=screen.shown(screen.project.config.inbox_dir()))
