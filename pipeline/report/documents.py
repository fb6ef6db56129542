"""The documents that can be made: another document is one narrative template and one line in ``DOCUMENTS``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """``kind`` and ``summary`` are keys below ``report.document``; ``annexes`` are keys of ``annexes.ANNEXES``."""

    key: str
    narrative: str
    kind: str
    summary: str
    annexes: tuple[str, ...]


DOCUMENTS = (
    Document("annual", "bao-cao-nam.md.j2", "annual.kind", "annual.summary", ("indicators", "units", "submissions")),
)
