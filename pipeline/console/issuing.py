"""People's edits against the present figures, what was issued, and whether it still is what it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from pipeline import run as stages
from pipeline.console.screen import Screen
from pipeline.console.tables import show_table
from pipeline.text import say, short_date

if TYPE_CHECKING:
    from pipeline.issuing import Comparison, Difference

DONE, DIFFERS = 0, 1
# So many cells of the annexes, or changed totals, are listed on the screen; --json lists all.
LISTED_CELLS, LISTED_TOTALS, LISTED_FLAWS, LISTED_LEFT = 40, 6, 40, 40


def diff(screen: Screen, file: Path | None) -> int:
    """What a person changed and what has changed since; 1 while a changed document holds outdated figures."""
    with screen.progress("progress.reading") as progress:
        compared = stages.compare_edited(screen.project, file, screen.jobs, progress)
    screen.json([comparison_json(one) for one in compared])
    for one in compared:
        show_comparison(screen, one)
    if not compared:
        _line(screen, "diff.none", "bold green")
    if file is None:
        _show_aside(screen, stages.texts_aside(screen.project))
    return DIFFERS if any(one.outdated for one in compared) else DONE


def finalize(
    screen: Screen, number: str, day: str, document: str, file: Path | None, as_is: bool, first: int | None
) -> int:
    """A document with number and date, frozen with all that it rests on; 1 when something is in the way."""
    with screen.progress("progress.reading") as progress:
        done = stages.finalize(screen.project, number, day, document, file, as_is, first, screen.jobs, progress)
    screen.json(finalized_json(done))
    if not done.refused:
        _show_frozen(screen, done)
        return DONE
    _line(screen, f"refused.{done.refused}", "bold red", number=done.issue.number)
    if done.refused == "incomplete":
        _show_blocking(screen, done)
    if done.refused in {"outdated", "stale"} and done.comparison is not None:
        show_comparison(screen, done.comparison, ending=done.refused == "outdated")
    _show_against(screen, done)
    used = done.edited or Path(done.comparison.file if done.comparison else done.folder)
    _line(screen, f"refused.{done.refused}_next", "bold", command=done.command, used=screen.shown(used))
    return DIFFERS


def verify(screen: Screen, folder: Path, seal: str, quick: bool) -> int:
    """Whether a frozen folder still is what it was; needs no project."""
    with screen.progress("progress.reading", screen.lang or "vi") as progress:
        frozen, flaws = stages.verify(folder, seal, quick, screen.jobs, progress)
    lang = screen.lang or frozen.get("language", "vi")
    screen.json({"folder": str(folder), "ok": not flaws, "number": frozen.get("number"), "date": frozen.get("date"),
                 "phoihop": frozen.get("phoihop"), "differences": [asdict(one) for one in flaws]})  # fmt: skip
    for flaw in flaws[:LISTED_FLAWS]:
        screen.print(Text("  " + say(f"issuing.flaw.{flaw.kind}", lang, about=flaw.about, old=flaw.old, new=flaw.new)))
    if len(flaws) > LISTED_FLAWS:
        screen.print(Text(say("issuing.more", lang, count=str(len(flaws) - LISTED_FLAWS)), style="dim"))
    key = "differs" if flaws else "ok_quick" if quick else "ok"
    key = f"{key}_unsealed" if not flaws and not seal else key
    words = {"folder": screen.shown(folder), "count": str(len(flaws)), "files": str(len(frozen.get("files", ())))}
    screen.print(Text(say(f"issuing.verify.{key}", lang, **words), style="bold red" if flaws else "bold green"))
    return DIFFERS if flaws else DONE


# ---- what a run says of earlier issues -------------------------------------------------------------------------------


def show_issued(screen: Screen, judged: stages.Judged) -> None:
    """Every issue of the year, and where the present figures differ from it."""
    for later in stages.since_issued(judged, screen.jobs):
        one, changes = later.issued, later.totals
        words = {"number": one.number, "day": short_date(one.day), "file": one.name}
        if not changes:
            _line(screen, *(("issued.reworded", "yellow") if later.reworded else ("issued.same", "green")), **words)
            continue
        told = "; ".join(f"{code}: {old} → {new}" for code, old, new in changes[:LISTED_TOTALS])
        more = (
            _say(screen, "issued.more", count=str(len(changes) - LISTED_TOTALS)) if len(changes) > LISTED_TOTALS else ""
        )
        _line(screen, "issued.differs", "yellow", **words, count=str(len(changes)), changes=told + more)


# ---- one comparison -------------------------------------------------------------------------------------------------


def show_comparison(screen: Screen, one: Comparison, ending: bool = True) -> None:
    """Conflicts, what is outdated, and what the person changed, sentences before cells; ``ending``: then what to do."""
    _line(screen, "diff.heading", "bold", file=screen.shown(Path(one.file)))
    if not one.current:
        _line(screen, "diff.gone", "yellow")
        return
    if not one.known:
        _line(screen, "diff.unknown", "yellow")
    # Nobody corrects by hand what a run makes anew.
    by = "" if one.edited else "_unedited"
    conflicts = [part for part in one.conflicts if not part.table]
    _show_texts(screen, "conflicts", conflicts, ("made", "theirs", "now"))
    _show_texts(screen, f"by_data{by}", [part for part in one.by_data if not part.table], ("made", "now"))
    cells = [part for part in (*one.by_data, *one.conflicts) if part.table]
    _show_cells(screen, f"cells{by}", cells)
    own = [part for part in one.by_person if part not in one.conflicts]
    _show_texts(screen, "stale", [part for part in own if part.stale], ("theirs",))
    _show_texts(screen, "by_person", [part for part in own if _is_told(part)], ("made", "theirs"))
    for kind in ("relooked", "reordered"):
        if getattr(one, kind):
            _line(screen, f"diff.{kind}", "cyan")
    if ending:
        key = f"outdated{by}" if one.outdated else "current" if one.edited else "unedited"
        words = {"count": str(len(one.outdated)), "option": _option(screen, one.name)}
        _line(screen, f"diff.{key}", "bold red" if one.outdated else "bold green", **words)


def _is_told(part: Difference) -> bool:
    """Whether a person's change is listed with the others: not where it is told before, nor a prompt that is gone."""
    return not part.stale and not (part.whole and not part.theirs and part.made.startswith("["))


def _option(screen: Screen, name: str) -> str:
    """What finalize needs besides number and day: the document's name, but for the yearly report."""
    key = next((key for key, file, _ in stages.document_rows(screen.project) if Path(file).stem == Path(name).stem), "")
    return f" --document {key}" if key and name != stages.report_name(screen.project.config.year) else ""


def _show_texts(screen: Screen, key: str, parts: Sequence[Difference], sides: Sequence[str]) -> None:
    """Each change as lines: what it was, what the person has, what it would be."""
    if not parts:
        return
    _line(screen, f"diff.{key}", "bold", count=str(len(parts)))
    for part in parts:
        place = " – ".join(word for word in (part.table, part.row, part.column, part.near) if word)
        if place:
            screen.print(Text(f"  {place}", style="dim"))
        for side in sides:
            if text := getattr(part, side):
                style = {"made": "red", "theirs": "cyan", "now": "green"}[side]
                screen.print(Text(f"    {_say(screen, f'side.{side}')}: ") + Text(text, style=style))
        screen.print("")


def _show_cells(screen: Screen, key: str, cells: Sequence[Difference]) -> None:
    """The changed cells of the annexes, one line for each."""
    if not cells:
        return
    _line(screen, f"diff.{key}", "bold", count=str(len(cells)))
    rows, before = [], ("", "")
    for part in cells[:LISTED_CELLS]:
        place = (part.table, part.row) if (part.table, part.row) != before else ("", "")
        theirs = part.theirs if part.by_person else ""
        rows.append(tuple(map(Text, (*place, part.column, part.made, theirs, part.now))))
        before = (part.table, part.row)
    show_table(screen, ("place", "row", "column", "made", "theirs", "now"), rows)
    if len(cells) > LISTED_CELLS:
        _line(screen, "more", "dim", count=str(len(cells) - LISTED_CELLS))


def comparison_json(one: Comparison) -> dict[str, Any]:
    """The comparison for programs."""
    return {
        "file": one.file,
        "document": one.name,
        "edited": one.edited,
        "known": one.known,
        "relooked": one.relooked,
        "reordered": one.reordered,
        "outdated": len(one.outdated),
        "by_person": [_json(part) for part in one.by_person],
        "by_data": [_json(part) for part in one.by_data],
        "conflicts": [_json(part) for part in one.conflicts],
    }


def _json(part: Difference) -> dict[str, Any]:
    return {**asdict(part), "outdated": part.outdated}


# ---- issuing --------------------------------------------------------------------------------------------------------


def finalized_json(done: stages.Finalized) -> dict[str, Any]:
    """What came of issuing, for programs."""
    assert done.issue.day is not None
    return {
        "number": done.issue.number,
        "date": done.issue.day.isoformat(),
        "refused": done.refused,
        "folder": "" if done.refused else str(done.folder),
        "seal": done.seal,
        "edited": str(done.edited) if done.edited else "",
        "blocking": [unit.unit for unit in done.judged.dataset.blocking],
        "aside": [str(path) for path in done.aside],
        "taken": [{"number": one.number, "date": one.day.isoformat(), "file": one.name} for one in done.taken],
        "left": [{"kind": kind, "text": text} for kind, text in done.left],
        "comparison": comparison_json(done.comparison) if done.comparison else None,
    }


def _show_frozen(screen: Screen, done: stages.Finalized) -> None:
    assert done.issue.day is not None
    folder = screen.shown(done.folder)
    words = {"number": done.issue.number, "day": short_date(done.issue.day), "folder": folder, "seal": done.seal}
    words["typed"] = f'"{folder}"' if " " in folder else folder
    _line(screen, "frozen.done", "bold green", **words)
    if done.edited is not None:
        _line(screen, "frozen.edited", file=done.edited.name)
    _show_against(screen, done)
    if done.comparison is not None and done.comparison.outdated:
        _line(screen, "frozen.outdated", "yellow", count=str(len(done.comparison.outdated)))
    _line(screen, "frozen.seal", **words)
    _line(screen, "frozen.next", "bold", **words)


def _show_against(screen: Screen, done: stages.Finalized) -> None:
    """What is unfinished, which documents have the number already, and which texts nobody reads."""
    _show_aside(screen, done.aside)
    for one in done.taken:
        _line(screen, "taken", "yellow", number=one.number, day=short_date(one.day), file=one.name)
    for kind, text in done.left[:LISTED_LEFT]:
        _line(screen, f"left.{kind}", "yellow", text=text)
    if len(done.left) > LISTED_LEFT:
        _line(screen, "more", "dim", count=str(len(done.left) - LISTED_LEFT))


def _show_aside(screen: Screen, paths: Sequence[Path]) -> None:
    """Texts that lie beside generated documents and that no command reads."""
    for path in paths:
        _line(screen, "aside", "yellow", file=screen.shown(path))


def _show_blocking(screen: Screen, done: stages.Finalized) -> None:
    """The units and files that are in the way."""
    project, dataset = screen.project, done.judged.dataset
    for unit in dataset.blocking:
        state = say(f"common.unit_state.{unit.state}", project.lang)
        screen.print(Text(f"  {unit.unit} {project.catalogue.unit_name(unit.unit)}: {state}"))
    for file in dataset.rejected:
        screen.print(Text(f"  {file.source.path}: {stages.file_sentence(file, project)}"))
    for adjustment in dataset.undone:
        _line(screen, "refused.undone", row=str(adjustment.decision.ref.row))


def _say(screen: Screen, key: str, **values: object) -> str:
    return say(f"issuing.{key}", screen.project.lang, **values)


def _line(screen: Screen, key: str, style: str = "", **values: object) -> None:
    screen.print(Text(_say(screen, key, **values), style=style))
