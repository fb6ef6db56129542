"""Where the year's work stands, without reading a workbook."""

from __future__ import annotations

from datetime import date
from typing import Any

from rich.text import Text

from pipeline import run as stages
from pipeline.console.screen import Screen


def show_standing(screen: Screen, standing: stages.Standing) -> None:
    """Templates, files received, the last run, days left, the next command."""
    config = screen.project.config
    screen.print(Text(screen.say("heading", year=str(config.year), cutoff=config.cutoff), style="bold"))
    screen.line(
        "standing.templates",
        count=str(standing.templates),
        units=str(standing.units),
        folder=screen.shown(config.templates_dir),
    )
    screen.line("standing.files", count=str(standing.files), folder=screen.shown(config.inbox_dir()))
    for key, day in (("unit", config.unit_deadline), ("report", config.report_deadline)):
        days = (day - screen.today).days
        name = screen.say(f"standing.{key}_deadline")
        screen.print(
            Text(f"{name}: " + screen.say("days_left" if days >= 0 else "days_over", days=str(abs(days)), day=day))
        )
    if standing.ran:
        key = "complete" if standing.complete else "draft"
        screen.line(f"standing.report_{key}", received=str(standing.received), units=str(standing.units))
        if standing.changed:
            screen.line("standing.changed", "yellow", count=str(standing.changed))
    else:
        screen.line("standing.never_run")
    for one in standing.issued:
        words = {"file": one.name, "number": one.number, "day": one.day}
        screen.line("standing.issued", "green", **words, folder=screen.shown(one.folder))
    yearly = [one.folder for one in standing.issued if one.name == stages.report_name(config.year)]
    issue = screen.shown(yearly[-1]) if yearly else ""
    screen.line(f"standing.next_{standing.next}", "bold green", folder=screen.shown(config.inbox_dir()), issue=issue)


def standing_json(standing: stages.Standing, today: date) -> dict[str, Any]:
    """The same for programs."""
    plain = {name: getattr(standing, name) for name in standing.__slots__ if name not in {"issued", "report"}}
    issued = [
        {"file": one.name, "number": one.number, "date": one.day, "folder": str(one.folder)} for one in standing.issued
    ]
    return {"today": today, **plain, "issued": issued}
