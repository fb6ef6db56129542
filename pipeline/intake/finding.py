"""The files of a folder: their bytes, their hash, the date they were filed under."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

from pipeline.intake.kinds import OWN_NAMES, kind_of, misnamed
from pipeline.model import Mail, SourceFile

_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?!\d)")


def find_files(folder: Path) -> tuple[SourceFile, ...]:
    """Every file below a folder, in the order of their paths (NFC, with /); () when the folder does not exist.

    What this program itself keeps in the folder (the register of decisions, the list of fetched mails) is no file of it.
    """
    own = {folder / name for name in OWN_NAMES}
    found = (path for path in folder.rglob("*") if (path.is_file() or path.is_symlink()) and path not in own)
    sources = (_read(path, _name_below(path, folder)) for path in found if not path.is_dir())
    return tuple(sorted(sources, key=lambda source: source.path))


def _name_below(path: Path, folder: Path) -> str:
    return unicodedata.normalize("NFC", path.relative_to(folder).as_posix())


def _read(path: Path, name: str) -> SourceFile:
    try:
        data = path.read_bytes()
    except OSError:
        return SourceFile(name, "unreadable", 0, sha256(name.encode()).hexdigest(), received_on(name), b"")
    return source_of(name, data)


def source_of(name: str, data: bytes, mail: Mail | None = None, notes: tuple[tuple[str, str], ...] = ()) -> SourceFile:
    """The source file of some bytes: kind, hash, date received, and a note when the extension says something else."""
    kind = kind_of(name, data)
    if misnamed(name, kind):
        notes = (*notes, ("misnamed", kind))
    received = mail.sent.date() if mail is not None and mail.sent is not None else received_on(name)
    return SourceFile(name, kind, len(data), sha256(data).hexdigest(), received, data, mail, notes)


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
