"""Where a figure comes from: every cell that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from pipeline import run as stages
from pipeline.console.board import why_blocking
from pipeline.console.screen import Screen
from pipeline.console.tables import below, show_table
from pipeline.model import Entry, Outcome, Relation
from pipeline.text import DASH, say, shown


def origin(judged: stages.Judged, code: str, unit: str = "") -> dict[str, Any]:
    """Every cell that a figure rests on; of a rate, the cells of its numerator and denominator."""
    indicator = judged.project.catalogue.indicator(code)
    codes = (*indicator.numerator, *indicator.denominator) if indicator is not None and indicator.computed else (code,)
    entries = [e for one in codes for e in judged.dataset.entries if e.code == one and unit in {"", e.unit}]
    figure = judged.figures[code]
    figure_shown = judged.figures.by_unit.get((unit, code)) if unit else figure.total
    return {
        "code": code, "unit": unit, "figure": figure_shown, "reporting": figure.reporting, "expected": figure.expected,
        "missing": list(figure.missing), "notes": [{"relation": one.relation.value, "units": list(one.units)} for one in figure.notes],
        "cells": [_origin_of(entry) for entry in entries],
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
    if found["unit"] and not found["cells"]:
        _show_no_cell(screen, judged, found)
        return
    key = "figure_of_unit" if found["unit"] else "figure"
    words = {"figure": found["figure"], "n": str(found["reporting"]), "of": str(found["expected"])}
    screen.line(f"origin.{key}", "bold green", **words, unit=project.catalogue.unit_name(found["unit"]))
    _show_cells(screen, found["cells"])
    for note in found["notes"]:
        units = ", ".join(project.catalogue.unit_name(one) for one in note["units"])
        screen.print(Text(say(f"common.split.{note['relation']}", lang, units=units), style="yellow"))
    if found["missing"] and not found["unit"]:
        screen.line("origin.missing", units=", ".join(project.catalogue.unit_name(one) for one in found["missing"]))


def _show_no_cell(screen: Screen, judged: stages.Judged, found: Mapping[str, Any]) -> None:
    """Why a unit has no cell for a figure: it is not asked for it, or no file of it counts."""
    name = judged.project.catalogue.unit_name(found["unit"])
    if found["unit"] not in found["missing"]:
        screen.line("origin.unit_not_asked", "yellow", unit=name)
        return
    outcome = next(one for one in judged.dataset.units if one.unit == found["unit"])
    screen.line("origin.unit_missing", "yellow", unit=name, why=why_blocking(screen, judged.dataset, outcome))


def _named(screen: Screen, unit: str) -> str:
    """Code and name."""
    return f"{unit} {screen.project.catalogue.unit_name(unit)}".strip()


def _show_cells(screen: Screen, cells: Sequence[Mapping[str, Any]]) -> None:
    several = len({cell["code"] for cell in cells}) > 1
    headings = ("unit", *(["code"] if several else []), "amount", "raw", "cell", "sha")
    show_table(screen, headings, (_cells_of(screen, cell, several) for cell in cells))


def _cells_of(screen: Screen, cell: Mapping[str, Any], several: bool) -> tuple[Text, ...]:
    code = [cell["code"]] if several else []
    place = f"{cell['sheet']}!{cell['cell']}"
    texts = (*code, _amount_in_words(cell, screen.project.lang), cell["raw"] or DASH, place, cell["sha256"][:8])
    row = (below(_named(screen, cell["unit"]), cell["file"]), *map(Text, texts))
    if cell["amount"] is None:
        for text in row:
            text.stylize("dim")
    return row


def _amount_in_words(cell: Mapping[str, Any], lang: str) -> str:
    """The accepted amount; what became of it where it was not simply added."""
    if cell["amount"] is None:
        outcome = say(f"common.outcome.{cell['outcome']}", lang)
        return f"{DASH} ({outcome.lower()})"
    if cell["outcome"] == Outcome.CORRECTED:
        return f"{shown(cell['amount'], lang)} ({say('common.outcome.corrected', lang).lower()})"
    if cell["relation"] in (Relation.FOCAL, Relation.DATA):
        return shown(cell["amount"], lang)
    relation = say(f"common.relation.{cell['relation']}", lang)
    return f"{shown(cell['amount'], lang)} ({relation.lower()})"
