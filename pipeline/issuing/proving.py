"""What was issued, and the proof that a frozen folder is still what it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline import __version__
from pipeline.errors import PhoihopError
from pipeline.files import digest
from pipeline.issuing.freezing import KIND, MANIFEST, SUMS, listed, sums
from pipeline.issuing.naming import FOLDER
from pipeline.issuing.reading import read_document
from pipeline.issuing.sealing import content_hash, seal_of
from pipeline.model import Dataset, Figures, FileState, Issue, PeriodFigures, PreviousYear
from pipeline.text import DASH, LANGUAGES, say, shown

# What file managers and Office put into any folder that is looked at.
_TRACES = {"thumbs.db", "desktop.ini", ".ds_store"}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One way in which a folder is not what was frozen.

    ``kind``: "missing", "added", "changed", "manifest", "seal", "unreadable", "figure", "workbook", "control" or
    "failed" (no recomputation); ``about``: file, code or reason; ``old`` frozen and ``new`` found, as people read them.
    """

    kind: str
    about: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """One issue of a year; ``totals``: indicator -> total as frozen, in words; ``content``: the hash of what was generated
    then, by which ``version`` of the program; ``first``: where a report over several years begins.
    """

    folder: Path
    name: str
    document: str
    number: str
    day: date
    totals: Mapping[str, str]
    content: str = ""
    version: str = ""
    first: int = 0


def read_frozen(folder: Path) -> dict[str, Any]:
    """The manifest of a frozen folder, {} when only its list of hashes is left. Raises PhoihopError ``not_frozen``."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if isinstance(manifest, dict) and manifest.get("kind") == KIND:
            return manifest
    except (OSError, ValueError):
        pass
    if (folder / SUMS).is_file():
        return {}
    raise PhoihopError("not_frozen", folder=str(folder))


def check_files(folder: Path, manifest: Mapping[str, Any], seal: str = "") -> Iterator[Flaw]:
    """Every file that is missing, added or changed; ``seal``: the hash that was printed when the folder was frozen."""
    if not manifest:
        yield Flaw("manifest" if (folder / MANIFEST).is_file() else "missing", MANIFEST)
        return
    found = {name: path for name, path in listed(folder) if name not in {MANIFEST, SUMS}}
    expected = {one["file"]: one["sha256"] for one in manifest["files"]}
    own = digest((folder / MANIFEST).read_bytes())
    if seal and seal.strip().lower() != own:
        yield Flaw("seal", MANIFEST, seal.strip().lower(), own)
    if not (folder / SUMS).is_file():
        yield Flaw("missing", SUMS)
    elif (folder / SUMS).read_bytes() != sums(manifest["files"], own).encode():
        yield Flaw("manifest", MANIFEST)
    yield from (Flaw("missing", name) for name in expected if name not in found)
    yield from (Flaw("added", name) for name in found if name not in expected and not _is_trace(name))
    for name in (name for name in expected if name in found):
        try:
            hashed = digest(found[name].read_bytes())
        except OSError:
            yield Flaw("unreadable", name)
            continue
        if hashed != expected[name]:
            yield Flaw("changed", name, expected[name], hashed)


def check_figures(
    manifest: Mapping[str, Any], frozen: PreviousYear | None, dataset: Dataset, figures: Figures, lang: str
) -> Iterator[Flaw]:
    """Where the figures computed again differ from the frozen manifest and the frozen workbook (``frozen``)."""
    now = totals_of(figures)
    for code, total in manifest["figures"].items():
        if total != now.get(code):
            yield Flaw("figure", code, total, now.get(code, DASH))
    if frozen is None:
        yield Flaw("failed", say("issuing.no_workbook", lang))
        return
    for code, amount in frozen.totals.items():
        if amount != figures[code].total:
            yield Flaw("workbook", code, shown(amount, lang), shown(figures[code].total, lang))
    entered = {(entry.unit, entry.code): entry.amount for entry in dataset.entries if entry.amount is not None}
    for unit, code in sorted({*frozen.amounts, *entered}):
        old, new = frozen.amounts.get((unit, code)), entered.get((unit, code))
        if old != new:
            yield Flaw("workbook", f"{code} {unit}", shown(old, lang), shown(new, lang))


def check_document(
    folder: Path, frozen: Mapping[str, Any], make: Callable[[Issue], Mapping[str, bytes]]
) -> Iterator[Flaw]:
    """Where a document that nobody had edited is not what the frozen inputs give; ``make`` generates it anew."""
    path = folder / frozen["file"]
    if frozen["edited"] or frozen["phoihop"] != __version__ or not path.is_file():
        return
    made = make(Issue(frozen["number"], date.fromisoformat(frozen["date"]), draft=False)).get(frozen["file"])
    seal = seal_of(made) if made is not None else None
    if seal is None or content_hash(read_document(path.read_bytes(), path.name)) != seal.content:
        yield Flaw("document", frozen["file"])


def check_period(frozen: Mapping[str, Any] | None, period: PeriodFigures | None) -> Iterator[Flaw]:
    """Where the figures of several years computed again differ from the frozen manifest."""
    if frozen is None or period is None:
        return
    now = totals_of(period)
    for code, total in frozen["figures"].items():
        if total != now.get(code):
            yield Flaw("figure", f"{code} ({period.first} - {period.last})", total, now.get(code, DASH))


def check_controls(manifest: Mapping[str, Any], controls: Mapping[str, Any]) -> Iterator[Flaw]:
    """Where the control totals computed again differ from the frozen ones; what file managers leave behind counts for
    nothing.
    """
    frozen = _counting(manifest["control_totals"])
    controls = _counting(controls)
    for key in dict.fromkeys([*frozen, *controls]):
        if frozen.get(key) != controls.get(key):
            yield Flaw("control", key, json.dumps(frozen.get(key)), json.dumps(controls.get(key)))


def _counting(controls: Mapping[str, Any]) -> dict[str, Any]:
    """Control totals without the files that every run ignores."""
    states = {state: count for state, count in controls["files_by_state"].items() if state != FileState.IGNORED}
    return {**controls, "files_by_state": states, "files_found": sum(states.values())}


def issued(output: Path) -> tuple[Issued, ...]:
    """What was issued from an output folder, in the order of days and numbers."""
    found = []
    for path in (output / FOLDER).glob(f"[!.]*/{MANIFEST}"):
        try:
            manifest = read_frozen(path.parent)
            day = date.fromisoformat(manifest["date"])
            found.append(
                Issued(
                    path.parent,
                    manifest["file"],
                    manifest["document"],
                    manifest["number"],
                    day,
                    manifest["figures"],
                    manifest.get("content", ""),
                    manifest["phoihop"],
                    (manifest.get("period") or {}).get("first", 0),
                )
            )
        except (PhoihopError, KeyError, ValueError):
            continue
    return tuple(sorted(found, key=lambda one: (one.day, one.number.rjust(9), one.name)))


def totals_of(figures: Figures | PeriodFigures) -> dict[str, str]:
    """Indicator -> its total in words that do not depend on the program's language."""
    return {code: shown(figure.total, LANGUAGES[0]) for code, figure in figures.indicators.items()}


def changes_since(one: Issued, figures: Figures) -> tuple[tuple[str, str, str], ...]:
    """(code, total as issued, total now) wherever they differ."""
    now = totals_of(figures)
    codes = list(dict.fromkeys([*one.totals, *now]))
    pairs = ((code, one.totals.get(code, DASH), now.get(code, DASH)) for code in codes)
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _is_trace(name: str) -> bool:
    last = PurePosixPath(name.lower()).name
    return last in _TRACES or last.startswith(("~$", ".~lock."))
