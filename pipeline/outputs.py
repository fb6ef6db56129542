"""Writing what a run makes: whole files or nothing, never over a person's edits, with a manifest of hashes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import Any

from pipeline.errors import OutputLockedError

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Written:
    """One output: the file, and whether it was put beside one that a person had edited."""

    path: Path
    sha256: str
    beside: bool


def digest(data: bytes) -> str:
    """SHA-256 in hex digits."""
    return sha256(data).hexdigest()


def write_outputs(
    folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any], beside_mark: str
) -> tuple[Written, ...]:
    """Write all files, then the manifest. A file changed since the last run stays: the new one is written beside it,
    its name followed by ``beside_mark``. Raises OutputLockedError before anything is written when a file is in use.
    """
    _make_folder(folder)
    known = known_hashes(folder)
    targets = {name: _target(folder / name, data, known, beside_mark) for name, data in files.items()}
    for name, target in targets.items():
        refuse_locked(target)
        if target.exists() and target.read_bytes() == files[name]:
            continue
        write_atomically(target, files[name])
    written = tuple(Written(targets[name], digest(data), targets[name].name != name) for name, data in files.items())
    outputs = [{"file": one.path.name, "sha256": one.sha256} for one in written]
    text = json.dumps({**manifest, "outputs": outputs}, ensure_ascii=False, indent=2, sort_keys=False)
    write_atomically(folder / MANIFEST, text.encode())
    return written


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


def _target(path: Path, data: bytes, known: Mapping[str, str], beside_mark: str) -> Path:
    """The first of "name", "name (mark)", "name (mark 2)" … that is free or still as the last run left it."""
    names = chain([path.name], (f"{path.stem} ({mark}){path.suffix}" for mark in _numbered(beside_mark)))
    candidates = (path.with_name(name) for name in names)
    return next(one for one in candidates if not one.exists() or _hash_of(one) in {known.get(one.name), digest(data)})


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


def refuse_locked(path: Path) -> None:
    """Raise OutputLockedError when a file exists and cannot be opened for writing (open in Excel or Word)."""
    if path.exists():
        try:
            with path.open("r+b"):
                pass
        except PermissionError:
            raise OutputLockedError("output_locked", file=path.name) from None


def write_atomically(path: Path, data: bytes) -> None:
    """Write to a temporary name and rename, so that no half file is ever seen. Raises OutputLockedError."""
    temporary = path.with_name(f".{path.name[:60]}.moi")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except PermissionError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise OutputLockedError("output_locked", file=path.name) from None
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise OutputLockedError("output_not_written", file=path.name) from None
