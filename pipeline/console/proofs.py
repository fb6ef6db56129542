"""How Word documents look: every remark on the screen and for programs."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.text import Text

from pipeline import run as stages
from pipeline.config import load
from pipeline.console.findings import SEVERITY_STYLE
from pipeline.console.screen import Screen
from pipeline.errors import PhoihopError
from pipeline.model import Severity
from pipeline.proofreading import Proof, Remark, law, place, remark_json, sentence
from pipeline.text import LANGUAGES, say

Seen = Sequence[tuple[Path, Proof]]
Refused = Sequence[tuple[Path, PhoihopError]]
_ORDER = list(Severity)
_PLACES = 10


def proofread_all(files: Sequence[Path], form: str) -> tuple[list[tuple[Path, Proof]], Refused]:
    """Every file's proof, and the files that could not be read with their problems."""
    seen: list[tuple[Path, Proof]] = []
    refused: list[tuple[Path, PhoihopError]] = []
    for path in files:
        try:
            seen.append((path, stages.proofread(path, form)))
        except PhoihopError as error:
            refused.append((path, error))
    return seen, refused


def language(screen: Screen) -> str:
    """The language that was asked for, else that of the configuration where there is one: a Word file needs none."""
    given = screen.lang or os.environ.get("PHOIHOP_LANG", "")
    if given in LANGUAGES:
        return given
    try:
        return load(screen.config_path).language
    except PhoihopError:
        return "vi"


def show_proofs(screen: Screen, seen: Seen, lang: str) -> None:
    """File by file, errors first: where, what is wrong, what it should be, by which law; then what Word could do better."""
    for path, proof in seen:
        kind = say(f"layout.form.{proof.form}", lang)
        kind += f", {say('layout.form.joint', lang)}" if proof.joint else ""
        screen.print(Text(str(path), style="bold") + Text(f"  ({kind})", style="dim"))
        if not proof.faults:
            screen.print(Text(f"  {say('layout.screen.clean', lang)}", style="green"))
        for remark in sorted(proof.faults, key=lambda one: _ORDER.index(one.severity)):
            screen.print(_line(remark, proof.form, lang))
        if proof.notes:
            screen.print(Text(f"  {say('layout.screen.notes', lang)}", style="dim"))
        for remark in proof.notes:
            screen.print(_line(remark, proof.form, lang))
    counts = Counter(remark.severity for _, proof in seen for remark in proof.remarks)
    if seen:
        totals = {"errors": str(counts[Severity.ERROR]), "warnings": str(counts[Severity.WARNING])}
        totals["notes"] = str(counts[Severity.NOTE])
        screen.print("", Text(say("layout.screen.counted", lang, **totals), style="bold"))


def show_refused(screen: Screen, refused: Refused, lang: str) -> None:
    """Why files could not be read; the first problem is the command's own and is told by the caller."""
    for _, problem in refused:
        screen.print(Text(say(f"errors.{problem.key}", lang, **problem.values), style="red"))


def _line(remark: Remark, form: str, lang: str) -> Text:
    head = Text(f"  {say(f'common.{remark.severity}', lang)}", style=SEVERITY_STYLE[remark.severity])
    also = f" ({_also(remark, lang)})" if remark.also else ""
    said = Text(f": {place(remark.place, lang)}{also}: {sentence(remark, lang)}")
    return (
        head
        + said
        + Text(f" [{law(remark.code, form, lang, remark.fault)}]", style="italic")
        + Text(f" [{remark.code}]", style="dim")
    )


def _also(remark: Remark, lang: str) -> str:
    """How many other places have the same, and the paragraphs of the first of them."""
    numbers = list(dict.fromkeys(str(one.paragraph) for one in remark.also if one.paragraph))
    shown = ", ".join(numbers[:_PLACES]) + (", …" if len(numbers) > _PLACES else "")
    return say(f"layout.screen.{'also_at' if numbers else 'also'}", lang, count=str(len(remark.also)), places=shown)


def proofs_json(seen: Seen, refused: Refused, lang: str) -> list[dict[str, Any]]:
    """All proofs for programs; a file that could not be read has its problem instead."""
    problems = [{"file": str(path), "problem": say(f"errors.{one.key}", lang, **one.values)} for path, one in refused]
    return problems + [
        {
            "file": str(path),
            "form": proof.form,
            "joint": proof.joint,
            "blocked": proof.blocked,
            "remarks": [remark_json(remark, proof.form, lang) for remark in proof.faults],
            "notes": [remark_json(remark, proof.form, lang) for remark in proof.notes],
        }
        for path, proof in seen
    ]
