"""inbox -> SourceFile: every file at any depth, its bytes, its hash, and what its content says it is."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

from pipeline.intake.kinds import kind_of
from pipeline.model import SourceFile

__all__ = ["find_files"]

_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?!\d)")


def find_files(folder: Path) -> tuple[SourceFile, ...]:
    """Every file below a folder, in the order of their paths (NFC, with /); () when the folder does not exist."""
    found = (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    sources = (_source(path, _name_below(path, folder)) for path in found if not path.is_dir())
    return tuple(sorted(sources, key=lambda source: source.path))


def _name_below(path: Path, folder: Path) -> str:
    return unicodedata.normalize("NFC", path.relative_to(folder).as_posix())


def _source(path: Path, name: str) -> SourceFile:
    try:
        data = path.read_bytes()
    except OSError:
        return SourceFile(name, "unreadable", 0, sha256(name.encode()).hexdigest(), received_on(name), b"")
    return SourceFile(name, kind_of(name, data), len(data), sha256(data).hexdigest(), received_on(name), data)


def received_on(name: str) -> date | None:
    """The date at the start of the file's name, else of the nearest folder that has one; never the file's time stamp."""
    for part in reversed(PurePosixPath(name).parts):
        found = _DAY.match(part)
        if found:
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                continue
    return None
