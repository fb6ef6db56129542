"""What is wrong, file by file, and the list of all rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.text import Text

from pipeline import run as stages
from pipeline.console.screen import Screen
from pipeline.console.tables import show_table
from pipeline.model import Dataset, Finding, Severity
from pipeline.text import say

SEVERITY_STYLE = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
# So many findings of one file are listed on the screen; the workbook lists all.
LISTED = 40


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
    cells = (
        (
            Text(code),
            Text(say(f"common.{severity}", lang), style=SEVERITY_STYLE[Severity(severity)]),
            Text(sentence),
            Text(step),
        )
        for code, severity, sentence, step in rows
    )
    show_table(screen, ("rule", "severity", "says", "next"), cells)
