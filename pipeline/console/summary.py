"""What a run ends with: states, what blocks, files left out, outputs, control totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from pipeline import run as stages
from pipeline.console.board import UNIT_STYLE, show_heading, show_next, why_blocking
from pipeline.console.documents import titles_of
from pipeline.console.screen import Screen
from pipeline.console.tables import show_table
from pipeline.model import Dataset, FileState, UnitOutcome, UnitState
from pipeline.outputs import Written
from pipeline.text import DASH, say

TOLD_FILES = (FileState.REJECTED, FileState.REPLACED, FileState.IDENTICAL, FileState.NOT_SUBMISSION)


def show_run(screen: Screen, judged: stages.Judged, written: Sequence[Written]) -> None:
    """Who sent, who did not, what blocks, where the outputs are, what to do next."""
    dataset = judged.dataset
    show_heading(screen, dataset)
    _show_states(screen, dataset)
    _show_blocking(screen, dataset)
    _show_told_files(screen, dataset)
    _show_outputs(screen, judged, written)
    _show_controls(screen, dataset)
    show_next(screen, dataset)


def _show_states(screen: Screen, dataset: Dataset) -> None:
    counts = Counter(unit.state for unit in dataset.units)
    line = Text()
    for state in UnitState:
        if counts[state]:
            name = say(f"common.unit_state.{state}", screen.project.lang)
            line += Text("   " if line else "") + Text(f"{name}: {counts[state]}", style=UNIT_STYLE[state])
    screen.print(line, "")


def _show_blocking(screen: Screen, dataset: Dataset) -> None:
    if not dataset.blocking:
        return
    screen.line("blocking", "bold")
    rows = (_blocking_cells(screen, dataset, outcome) for outcome in dataset.blocking)
    show_table(screen, ("state", "unit", "why", "phone"), rows)


def _blocking_cells(screen: Screen, dataset: Dataset, outcome: UnitOutcome) -> tuple[Text, ...]:
    unit = screen.project.catalogue.unit(outcome.unit)
    assert unit is not None
    state = Text(say(f"common.unit_state.{outcome.state}", screen.project.lang), style=UNIT_STYLE[outcome.state])
    why = why_blocking(screen, dataset, outcome)
    return (state, *map(Text, (f"{unit.code} {unit.name}", why, unit.phone or DASH)))


def _show_told_files(screen: Screen, dataset: Dataset) -> None:
    # A mail or an archive that was opened speaks through its files.
    told = [file for file in dataset.files if file.state in TOLD_FILES and not file.source.contents]
    if not told:
        return
    screen.line("told_files", "bold")
    lang = screen.project.lang
    rows = (
        (say(f"common.file_state.{file.state}", lang), file.source.path, stages.file_sentence(file, screen.project))
        for file in told
    )
    show_table(screen, ("state", "file", "why"), (tuple(map(Text, row)) for row in rows))


def _show_outputs(screen: Screen, judged: stages.Judged, written: Sequence[Written]) -> None:
    screen.line("outputs", "bold")
    folder = judged.project.config.output_dir()
    for one in (one for one in written if one.path.parent == folder):
        line = Text("  ") + Text(screen.shown(one.path), style="cyan")
        if one.path.suffix == ".docx" and not judged.complete:
            line += Text("  " + screen.say("draft"), style="red")
        screen.print(line)
    for name in sorted({one.path.parent.name for one in written if _in_folder_of_documents(one, folder)}):
        made = [one.path for one in written if one.path.parent == folder / name]
        line = Text("  ") + Text(screen.shown(folder / name), style="cyan")
        titles = ", ".join(titles_of(screen, made))
        screen.print(line + Text("  " + screen.say("documents.made", count=str(len(made)), titles=titles)))
    for key, name in (("answers", stages.ANSWERS), ("reminders", stages.REMINDERS)):
        units = {one.path.parent for one in written if one.path.parent.parent == folder / name}
        if units:
            line = Text("  ") + Text(screen.shown(folder / name), style="cyan")
            screen.print(line + Text("  " + screen.say(key, count=str(len(units)))))
    for one in (one for one in written if one.beside or one.kept):
        screen.line(*(("kept", "green") if one.kept else ("beside", "yellow")), file=one.path.name)
    screen.print("")


def _in_folder_of_documents(one: Written, folder: Path) -> bool:
    return one.path.suffix == ".docx" and one.path.parent.parent == folder


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
    system = sum(file.source.kind == "system" for file in dataset.files)
    key, counted = (
        "files_with_system" if system else "files",
        {"total": str(controls.files_found), "system": str(system)},
    )
    screen.line(f"controls.{key}", "dim", **counted, parts=files or "0")
    screen.line("controls.cells", "dim", total=str(controls.cells_read), parts=cells or "0")
    if controls.decisions:
        left = str(controls.decisions - controls.decisions_applied)
        counts = {"total": str(controls.decisions), "applied": str(controls.decisions_applied), "left": left}
        screen.line("controls.decisions", "dim", **counts)
    screen.line("controls.sums", "dim")
    screen.print("")


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
