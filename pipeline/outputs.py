"""Writing what a run makes: whole files or nothing, never over a person's edits, with a manifest of hashes."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from itertools import chain, count
from pathlib import Path
from typing import Any

from pipeline.errors import OutputLockedError
from pipeline.files import digest, refuse_locked, remove_leftovers, write_atomically

MANIFEST = "manifest.json"

Compare = Callable[[bytes, bytes], str]
"""What an older output is to the new one, by its content: "edited" by a person, "kept" where a person edited just what the
new one says again, the "same" to a reader, or "outdated".
"""


def always_edited(old: bytes, new: bytes) -> str:
    """For outputs whose content nobody can compare: a changed file is a person's."""
    return "edited"


@dataclass(frozen=True, slots=True)
class Written:
    """One output: the file, and whether it was put beside one that a person had edited. ``kept``: nothing was written, since
    the person's file (``path``, no hash) is an edit of just what would be written now.
    """

    path: Path
    sha256: str
    beside: bool
    kept: bool = False


def write_outputs(
    folder: Path,
    files: Mapping[str, bytes],
    manifest: Mapping[str, Any],
    beside_mark: str,
    compare: Compare = always_edited,
) -> tuple[Written, ...]:
    """Write all files (names below the folder, with /), then the manifest. A file changed since the last run stays: the
    new one is written beside it, its name followed by ``beside_mark``; ``compare`` may find that it was only saved
    again, then it is replaced, or left alone where the new one says the same; or that the new one brings nothing that the
    edited one did not start from, then no new one is written and an older one beside it goes. What the last run wrote,
    nobody changed and this run makes no more is removed, and so are temporary files of runs that broke off. Raises OutputLockedError before anything is written when a file is in use.
    """
    written = write_files(folder, files, beside_mark, compare)
    made = {_below(folder, one.path) for one in written if not one.kept}
    asked = [one for one in _asked(folder) if one["file"] not in made]
    _remove_stale(folder, known_hashes(folder), made | {one["file"] for one in asked})
    outputs = [*_entries(folder, written), *asked]
    text = json.dumps({**manifest, "outputs": outputs}, ensure_ascii=False, indent=2, sort_keys=False)
    write_atomically(folder / MANIFEST, text.encode())
    return written


def write_files(
    folder: Path, files: Mapping[str, bytes], beside_mark: str, compare: Compare = always_edited
) -> tuple[Written, ...]:
    """Write all files; one changed since the manifest was written stays, and the new one is written beside it, unless it
    says nothing new. Older ones beside it that nobody edited go.
    """
    _make_folder(folder)
    remove_leftovers(folder)
    known = known_hashes(folder)
    targets = {name: _target(folder, name, data, known, beside_mark, compare) for name, data in files.items()}
    for target, kept in targets.values():
        if not kept:
            refuse_locked(target)
    written = tuple(
        Written(target, "" if kept else _write(target, files[name], compare), _below(folder, target) != name, kept)
        for name, (target, kept) in targets.items()
    )
    for name, one in zip(files, written, strict=True):
        _remove_beside(folder / name, one.path, files[name], beside_mark, compare)
    return written


def _remove_beside(path: Path, target: Path, data: bytes, beside_mark: str, compare: Compare) -> None:
    """New ones that earlier runs put beside an output and nobody edited, once another file says what they were to say."""
    for one in sorted(path.parent.glob(f"{escape(path.stem)} ({escape(beside_mark)}*){path.suffix}")):
        if one not in {path, target} and compare(one.read_bytes(), data) in {"same", "outdated"}:
            with suppress(OSError):
                one.unlink()


def _entries(folder: Path, written: Iterable[Written]) -> list[dict[str, Any]]:
    """What the manifest says of the files that were written; a person's file is none of them."""
    return [{"file": _below(folder, one.path), "sha256": one.sha256} for one in written if not one.kept]


def _write(target: Path, data: bytes, compare: Compare) -> str:
    """Put one file in its place unless what is there says the same; the hash of what is there now."""
    if target.exists():
        old = target.read_bytes()
        if old == data or compare(old, data) == "same":
            return digest(old)
    _make_folder(target.parent)
    write_atomically(target, data)
    return digest(data)


def add_outputs(
    folder: Path,
    files: Mapping[str, bytes],
    beside_mark: str,
    compare: Compare = always_edited,
    passing: Container[str] = (),
) -> tuple[Written, ...]:
    """Write files that were asked for by themselves and add them to the manifest, so that later runs know and keep them,
    save those that are ``passing``: a run that makes them no more removes them. A file that a person edited stays.
    Raises OutputLockedError before anything is written when a file is in use.
    """
    manifest = read_manifest(folder)
    written = write_files(folder, files, beside_mark, compare)
    pairs = zip(files, written, strict=True)
    asked = {_below(folder, one.path): name not in passing for name, one in pairs if not one.kept}
    listed = (one for one in manifest.get("outputs", ()) if (folder / str(one.get("file"))).is_file())
    others = [one for one in listed if one.get("file") not in asked]
    own = _entries(folder, written)
    outputs = [*others, *[{**one, "asked": True} if asked[one["file"]] else one for one in own]]
    text = json.dumps({**manifest, "outputs": outputs}, ensure_ascii=False, indent=2, sort_keys=False)
    write_atomically(folder / MANIFEST, text.encode())
    return written


def _asked(folder: Path) -> list[dict[str, Any]]:
    """What earlier commands added and is still there."""
    outputs = read_manifest(folder).get("outputs", ())
    return [one for one in outputs if one.get("asked") and (folder / str(one.get("file"))).is_file()]


def _below(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _remove_stale(folder: Path, known: Mapping[str, str], made: set[str]) -> None:
    """An answer to a unit that has since sent a good file must not be mailed by mistake."""
    for name in known.keys() - made:
        path = folder / name
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()) and _hash_of(path) == known[name]:
            path.unlink()
            if path.parent != folder and not any(path.parent.iterdir()):
                path.parent.rmdir()


def known_hashes(folder: Path) -> dict[str, str]:
    """File name -> SHA-256 as the last run wrote it; empty without a readable manifest."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {output["file"]: output["sha256"] for output in manifest["outputs"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def read_manifest(folder: Path) -> dict[str, Any]:
    """The last run's manifest, {} when there is none."""
    try:
        loaded = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _target(
    folder: Path, name: str, data: bytes, known: Mapping[str, str], beside_mark: str, compare: Compare
) -> tuple[Path, bool]:
    """The first of "name", "name (mark)", "name (mark 2)" … that is free or still as the last run left it; or, and then
    True, that a person edited and that says all the new one would.
    """
    path = folder / name
    names = chain([path.name], (f"{path.stem} ({mark}){path.suffix}" for mark in _numbered(beside_mark)))
    candidates = (path.with_name(name) for name in names)
    judged = ((one, _state(folder, one, data, known, compare)) for one in candidates)
    return next((one, state == "kept") for one, state in judged if state != "edited")


def _state(folder: Path, path: Path, data: bytes, known: Mapping[str, str], compare: Compare) -> str:
    """What stands in the place of a new output: "free" for nothing, or what the last run left; else as ``Compare`` says."""
    if not path.exists() or _hash_of(path) in {known.get(_below(folder, path)), digest(data)}:
        return "free"
    return compare(path.read_bytes(), data)


def _numbered(mark: str) -> Iterator[str]:
    return chain([mark], (f"{mark} {number}" for number in count(2)))


def _hash_of(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except PermissionError:
        raise OutputLockedError("output_locked", file=path.name) from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise OutputLockedError("folder_not_writable", folder=folder.name) from None
