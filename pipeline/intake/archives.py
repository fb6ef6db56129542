"""A zip archive -> its files, never written anywhere: limits on count, size and ratio, names decoded, no way out."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

MAX_FILES = 300
MAX_FILE, MAX_TOTAL = 64 * 2**20, 256 * 2**20
MAX_RATIO, RATIO_FROM = 300, 8 * 2**20
_UTF8_NAME = 0x800
_LOCKED = 0x1


class Unopened(Exception):
    """The archive or mail cannot be opened; ``reason`` is a ``failure`` of ``SourceFile``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive or a mail: a name that stays inside, whether the name had to be decoded, the bytes."""

    name: str
    data: bytes
    decoded: bool = False


def members_of(data: bytes) -> Iterator[Member]:
    """The files of a zip archive. Raises Unopened("zip_damaged" | "zip_locked" | "zip_too_large")."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries)
            for entry in entries:
                name, decoded = _name(entry)
                yield Member(inside(name), archive.read(entry), decoded)
    except (BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise Unopened("zip_damaged") from error


def _check(entries: list[ZipInfo]) -> None:
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise Unopened("zip_locked")
    total = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    swollen = total > RATIO_FROM and total > MAX_RATIO * packed
    if len(entries) > MAX_FILES or total > MAX_TOTAL or swollen or any(entry.file_size > MAX_FILE for entry in entries):
        raise Unopened("zip_too_large")


def _name(entry: ZipInfo) -> tuple[str, bool]:
    """The name as its maker wrote it: zipfile reads unmarked names as cp437, Vietnamese Windows meant something else."""
    if entry.flag_bits & _UTF8_NAME or entry.filename.isascii():
        return entry.filename, False
    raw = entry.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding), True
        except UnicodeDecodeError:
            continue
    return entry.filename, False


def inside(name: str) -> str:
    """A member's name without any way out of its folder: no drive, no root, no "..", no control characters."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    kept = ("".join(c for c in part if c.isprintable()).replace(":", "_").strip() for part in parts)
    return "/".join(part for part in kept if part not in {"", ".", "..", "/"}) or "_"
