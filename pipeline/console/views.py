"""The tables and sentences of the terminal, and the same facts for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from pipeline import run as stages
from pipeline.console.screen import Screen
from pipeline.model import Dataset, Entry, FileState, Finding, Outcome, Relation, Severity, UnitOutcome, UnitState
from pipeline.outputs import Written
from pipeline.text import DASH, say, shown

UNIT_STYLE = {
    UnitState.COMPLETE: "green", UnitState.WITH_WARNINGS: "yellow", UnitState.LATE: "yellow",
    UnitState.WITH_ERRORS: "red", UnitState.MISSING: "bold red", UnitState.NOT_DUE: "dim",
}  # fmt: skip
SEVERITY_STYLE = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
TOLD_FILES = (FileState.REJECTED, FileState.REPLACED, FileState.IDENTICAL, FileState.NOT_SUBMISSION)
# So many findings of one file are listed on the screen; the workbook lists all.
LISTED = 40
BAR = 24
# Columns whose content is never broken over lines.
WHOLE = {"state", "received", "phone", "rule", "severity", "code", "sha", "cell", "amount"}


def table(screen: Screen, *headings: str) -> Table:
    """A plain table with translated headings."""
    made = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for heading in headings:
        made.add_column(screen.say(f"column.{heading}"), overflow="fold", no_wrap=heading in WHOLE)
    return made


# ---- units ----------------------------------------------------------------------------------------------------------


def show_units(screen: Screen, dataset: Dataset) -> None:
    """The board of the year: one line for each unit."""
    _show_heading(screen, dataset)
    board = table(screen, "state", "unit", "received", "errors", "warnings", "phone")
    for unit in dataset.units:
        board.add_row(*_unit_cells(screen, unit))
    screen.print(board)
    _show_next(screen, dataset)


def _unit_cells(screen: Screen, outcome: UnitOutcome) -> tuple[Text, ...]:
    unit = screen.project.catalogue.unit(outcome.unit)
    assert unit is not None
    received = shown(outcome.received, screen.project.lang)
    if outcome.days_late:
        received += " " + screen.say("late", days=str(outcome.days_late))
    state = say(f"common.unit_state.{outcome.state}", screen.project.lang)
    counts = (str(count) if outcome.versions else DASH for count in (outcome.errors, outcome.warnings))
    whom = ", ".join(part for part in (unit.contact, unit.phone) if part) or DASH
    plain = (f"{outcome.unit} {unit.name}", received, *counts, whom)
    return (Text(state, style=UNIT_STYLE[outcome.state]), *map(Text, plain))


def units_json(screen: Screen, dataset: Dataset) -> list[dict[str, Any]]:
    """The board for programs."""
    return [
        {
            "unit": one.unit, "name": screen.project.catalogue.unit_name(one.unit), "state": one.state.value, "file": one.file,
            "received": one.received, "days_late": one.days_late, "errors": one.errors, "warnings": one.warnings,
        }
        for one in dataset.units
    ]  # fmt: skip


def _show_heading(screen: Screen, dataset: Dataset) -> None:
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


# ---- a run ----------------------------------------------------------------------------------------------------------


def show_run(screen: Screen, judged: stages.Judged, written: Sequence[Written]) -> None:
    """Who sent, who did not, what blocks, where the outputs are, what to do next."""
    dataset = judged.dataset
    _show_heading(screen, dataset)
    _show_states(screen, dataset)
    _show_blocking(screen, dataset)
    _show_told_files(screen, dataset)
    _show_outputs(screen, judged, written)
    _show_controls(screen, dataset)
    _show_next(screen, dataset)


def _show_states(screen: Screen, dataset: Dataset) -> None:
    counts = Counter(unit.state for unit in dataset.units)
    line = Text()
    for state in UnitState:
        if counts[state]:
            name = say(f"common.unit_state.{state}", screen.project.lang)
            line += Text("   " if line else "") + Text(f"{name}: {counts[state]}", style=UNIT_STYLE[state])
    screen.print(line, "")


def _show_blocking(screen: Screen, dataset: Dataset) -> None:
    blocking = [unit for unit in dataset.units if unit.state in {UnitState.MISSING, UnitState.WITH_ERRORS}]
    if not blocking:
        return
    screen.line("blocking", "bold")
    board = table(screen, "state", "unit", "why", "phone")
    for outcome in blocking:
        unit = screen.project.catalogue.unit(outcome.unit)
        assert unit is not None
        state = Text(say(f"common.unit_state.{outcome.state}", screen.project.lang), style=UNIT_STYLE[outcome.state])
        why = _why(screen, dataset, outcome)
        board.add_row(state, Text(f"{unit.code} {unit.name}"), Text(why), Text(unit.phone or DASH))
    screen.print(board)


def _why(screen: Screen, dataset: Dataset, outcome: UnitOutcome) -> str:
    rejecting = [one for one in dataset.findings if one.unit == outcome.unit and one.rejects]
    if rejecting:
        return stages.describe(rejecting[0], screen.project)[0]
    if outcome.state is UnitState.MISSING:
        return screen.say("nothing_received")
    return screen.say("errors_in", count=str(outcome.errors), file=outcome.file.rsplit("/", 1)[-1])


def _show_told_files(screen: Screen, dataset: Dataset) -> None:
    told = [file for file in dataset.files if file.state in TOLD_FILES]
    if not told:
        return
    screen.line("told_files", "bold")
    board = table(screen, "state", "file", "why")
    for file in told:
        state = say(f"common.file_state.{file.state}", screen.project.lang)
        board.add_row(Text(state), Text(file.source.path), Text(stages.file_sentence(file, screen.project)))
    screen.print(board)


def _show_outputs(screen: Screen, judged: stages.Judged, written: Sequence[Written]) -> None:
    screen.line("outputs", "bold")
    for one in written:
        line = Text("  ") + Text(screen.shown(one.path), style="cyan")
        if one.path.suffix == ".docx" and not judged.complete:
            line += Text("  " + screen.say("draft"), style="red")
        screen.print(line)
        if one.beside:
            screen.line("beside", "yellow", file=one.path.name)
    screen.print("")


def _show_controls(screen: Screen, dataset: Dataset) -> None:
    lang, controls = screen.project.lang, dataset.controls
    files = " + ".join(
        f"{count} {say(f'common.file_state.{state}', lang).lower()}"
        for state, count in sorted(controls.files_by_state.items())
    )
    cells = " + ".join(
        f"{count} {say(f'common.outcome.{outcome}', lang).lower()}"
        for outcome, count in sorted(controls.cells_by_outcome.items())
    )
    screen.line("controls.files", "dim", total=str(controls.files_found), parts=files or "0")
    screen.line("controls.cells", "dim", total=str(controls.cells_read), parts=cells or "0")
    screen.line("controls.sums", "dim")
    screen.print("")


def _show_next(screen: Screen, dataset: Dataset) -> None:
    states = {unit.state for unit in dataset.units}
    key = "missing" if UnitState.MISSING in states else "errors" if UnitState.WITH_ERRORS in states else "done"
    screen.line(f"next.{key}", "bold", year=str(dataset.year), inbox=screen.shown(screen.project.config.inbox_dir()))


def show_demo_hints(screen: Screen, folder: Path) -> None:
    """What a new user opens first."""
    year, config = screen.project.config.year, screen.project.config
    screen.print("")
    screen.line("demo.open", "bold green")
    output = config.output_dir()
    for key, path in (
        ("workbook", output / stages.workbook_name(year)),
        ("report", output / stages.report_name(year)),
        ("template", config.templates_dir),
        ("inbox", config.inbox_dir()),
    ):
        screen.line(f"demo.{key}", path=screen.shown(path))
    screen.line("demo.try", folder=screen.shown(folder))


# ---- findings -------------------------------------------------------------------------------------------------------


def show_findings(screen: Screen, dataset: Dataset) -> None:
    """What is wrong, file by file, errors first, each with its cell and the next step."""
    order = list(Severity)
    for file in dataset.files:
        own = sorted(
            (one for one in dataset.findings if one.file == file.source.path), key=lambda one: order.index(one.severity)
        )
        state = say(f"common.file_state.{file.state}", screen.project.lang)
        screen.print(
            Text(file.source.path, style="bold")
            + Text(f"  {state}. ", style="bold")
            + Text(stages.file_sentence(file, screen.project))
        )
        for finding in own[:LISTED]:
            screen.print(_finding_line(screen, finding))
        if len(own) > LISTED:
            screen.line("more", "dim", count=str(len(own) - LISTED))
    for finding in (one for one in dataset.findings if not one.file):
        screen.print(_finding_line(screen, finding))
    counts = Counter(finding.severity for finding in dataset.findings)
    screen.print("")
    screen.line(
        "counted",
        "bold",
        errors=str(counts[Severity.ERROR]),
        warnings=str(counts[Severity.WARNING]),
        notes=str(counts[Severity.NOTE]),
    )


def _finding_line(screen: Screen, finding: Finding) -> Text:
    sentence, step = stages.describe(finding, screen.project)
    name = say(f"common.{finding.severity}", screen.project.lang)
    place = f" {finding.ref.place}" if finding.ref else ""
    line = Text("  ") + Text(f"{name}{place}", style=SEVERITY_STYLE[finding.severity]) + Text(f": {sentence}")
    return line + Text(f" → {step}" if step else "", style="italic") + Text(f" [{finding.rule}]", style="dim")


def findings_json(screen: Screen, dataset: Dataset) -> list[dict[str, Any]]:
    """All findings for programs."""
    listed = []
    for one in dataset.findings:
        sentence, step = stages.describe(one, screen.project)
        place = {"sheet": one.ref.sheet, "cell": one.ref.address} if one.ref else {"sheet": "", "cell": ""}
        listed.append(
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "unit": one.unit,
                "file": one.file,
                **place,
                "says": sentence,
                "next": step,
            }
        )
    return listed


def show_rules(screen: Screen, rows: Sequence[tuple[str, str, str, str]]) -> None:
    """Code, severity, what it sees, what to do."""
    lang = screen.project.lang
    made = table(screen, "rule", "severity", "says", "next")
    for code, severity, sentence, step in rows:
        made.add_row(
            Text(code),
            Text(say(f"common.{severity}", lang), style=SEVERITY_STYLE[Severity(severity)]),
            Text(sentence),
            Text(step),
        )
    screen.print(made)


# ---- where a figure comes from --------------------------------------------------------------------------------------


def origin(judged: stages.Judged, code: str, unit: str = "") -> dict[str, Any]:
    """Every cell that a figure rests on; of a rate, the cells of its numerator and denominator."""
    indicator = judged.project.catalogue.indicator(code)
    codes = (*indicator.numerator, *indicator.denominator) if indicator is not None and indicator.computed else (code,)
    entries = [e for one in codes for e in judged.dataset.entries if e.code == one and unit in {"", e.unit}]
    figure = judged.figures[code]
    figure_shown = judged.figures.by_unit.get((unit, code)) if unit else figure.total
    return {
        "code": code, "unit": unit, "figure": figure_shown, "reporting": figure.reporting, "expected": figure.expected,
        "missing": list(figure.missing), "cells": [_origin_of(entry) for entry in entries],
    }  # fmt: skip


def _origin_of(entry: Entry) -> dict[str, Any]:
    ref = entry.value.ref
    return {
        "unit": entry.unit, "relation": entry.relation.value, "code": entry.code, "file": ref.file, "sha256": entry.sha256,
        "sheet": ref.sheet, "cell": ref.address, "raw": entry.value.raw, "outcome": entry.outcome.value, "amount": entry.amount,
    }  # fmt: skip


def show_origin(screen: Screen, judged: stages.Judged, code: str, found: Mapping[str, Any]) -> None:
    """The cells of a figure as a table, and how they add up."""
    project, lang = judged.project, screen.project.lang
    item = project.catalogue.indicator(code) or project.catalogue.base(code)
    assert item is not None
    screen.print(Text(f"{code}  {item.name} ({item.unit_of_measure})", style="bold"))
    screen.line(
        "origin.figure", "bold green", figure=found["figure"], n=str(found["reporting"]), of=str(found["expected"])
    )
    several = len({cell["code"] for cell in found["cells"]}) > 1
    board = table(screen, "unit", *(["code"] if several else []), "amount", "raw", "cell", "file", "sha")
    for cell in found["cells"]:
        unit = f"{cell['unit']} {project.catalogue.unit_name(cell['unit'])}"
        texts = (cell["raw"] or DASH, f"{cell['sheet']}!{cell['cell']}", cell["file"], cell["sha256"][:8])
        style = "" if cell["outcome"] == Outcome.ACCEPTED else "dim"
        row = (unit, *([cell["code"]] if several else []), _amount_in_words(cell, lang), *texts)
        board.add_row(*(Text(text, style=style) for text in row))
    screen.print(board)
    if found["missing"] and not found["unit"]:
        screen.line("origin.missing", units=", ".join(project.catalogue.unit_name(one) for one in found["missing"]))


def _amount_in_words(cell: Mapping[str, Any], lang: str) -> str:
    """The accepted amount; what became of it where it was not simply added."""
    if cell["amount"] is None:
        outcome = say(f"common.outcome.{cell['outcome']}", lang)
        return f"{DASH} ({outcome.lower()})"
    if cell["relation"] in (Relation.FOCAL, Relation.DATA):
        return shown(cell["amount"], lang)
    relation = say(f"common.relation.{cell['relation']}", lang)
    return f"{shown(cell['amount'], lang)} ({relation.lower()})"


# ---- where the year's work stands -----------------------------------------------------------------------------------


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
    screen.line(f"standing.next_{standing.next}", "bold green", folder=screen.shown(config.inbox_dir()))


def standing_json(standing: stages.Standing, today: date) -> dict[str, Any]:
    """The same for programs."""
    return {"today": today, **{name: getattr(standing, name) for name in standing.__slots__}}
