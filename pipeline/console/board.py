"""The board of the year, and what screens of a year share: the heading with its bar, why a unit blocks, the next step."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from pipeline import run as stages
from pipeline.console.screen import Screen
from pipeline.console.tables import below, show_table
from pipeline.model import Dataset, UnitOutcome, UnitState
from pipeline.text import DASH, say, shown

UNIT_STYLE = {
    UnitState.COMPLETE: "green", UnitState.WITH_WARNINGS: "yellow", UnitState.LATE: "yellow",
    UnitState.WITH_ERRORS: "red", UnitState.MISSING: "bold red", UnitState.NOT_DUE: "dim",
}  # fmt: skip
BAR = 24
BOARD = ("state", "unit", "received", "versions", "errors", "warnings", "phone")


def show_units(screen: Screen, dataset: Dataset) -> None:
    """The board of the year: one line for each unit."""
    show_heading(screen, dataset)
    show_table(screen, BOARD, (_unit_cells(screen, unit) for unit in dataset.units))
    show_next(screen, dataset)


def _unit_cells(screen: Screen, outcome: UnitOutcome) -> tuple[Text, ...]:
    unit = screen.project.catalogue.unit(outcome.unit)
    assert unit is not None
    received = shown(outcome.received, screen.project.lang)
    if outcome.days_late:
        received += "\n" + screen.say("late", days=str(outcome.days_late))
    state = say(f"common.unit_state.{outcome.state}", screen.project.lang)
    counts = (str(count) if outcome.versions else DASH for count in (outcome.errors, outcome.warnings))
    whom = "\n".join(part for part in (unit.contact, unit.phone) if part) or DASH
    name = below(f"{outcome.unit} {unit.name}", outcome.file.rsplit("/", 1)[-1])
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


def why_blocking(screen: Screen, dataset: Dataset, outcome: UnitOutcome) -> str:
    """Why a unit has no form, or none that counts whole."""
    rejecting = [one for one in dataset.findings if one.unit == outcome.unit and one.rejects]
    if rejecting:
        return stages.describe(rejecting[0], screen.project)[0]
    if outcome.state is UnitState.MISSING:
        return screen.say("nothing_received")
    return screen.say("errors_in", count=str(outcome.errors), file=outcome.file.rsplit("/", 1)[-1])


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
