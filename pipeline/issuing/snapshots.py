"""What was generated, kept as text below the output folder, so that later every change can be told apart by who made it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.files import write_atomically
from pipeline.issuing.reading import Paragraph, Seen, Table, read_document
from pipeline.issuing.sealing import content_hash, seal_of

FOLDER = ".phoihop"


def remember(folder: Path, name: str, data: bytes) -> None:
    """Keep the text of a generated document as ``.phoihop/<start of its hash>.json`` in the document's own folder, once for
    each content: what is personal stays where it belongs. The hash is the one that the document carries.
    """
    seal = seal_of(data)
    if seal is None or (path := _path(folder, name, seal.content)).exists():
        return
    seen = read_document(data, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"name": name, **_as_json(seen)}, ensure_ascii=False, separators=(",", ":"))
    write_atomically(path, text.encode())


def recall(folder: Path, data: bytes, name: str, theirs: Seen) -> Seen | None:
    """What was generated when the document at hand was: by the hash it carries; where a program has dropped that, the
    text kept under its name that has most in common with ``theirs``. None when nothing was kept.
    """
    seal = seal_of(data)
    if seal is not None:
        seen = _read(_path(folder, seal.name, seal.content))[1]
        return seen if seen is not None and content_hash(seen) == seal.content else None
    kept = (_read(path) for path in sorted((folder / name).parent.glob(f"{FOLDER}/*.json")))
    own = [seen for kept_name, seen in kept if seen is not None and kept_name == name]
    return max(own, key=lambda seen: len(set(seen.blocks) & set(theirs.blocks)), default=None)


def _read(path: Path) -> tuple[str, Seen | None]:
    """The name and the text that a file keeps; no text when it cannot be read."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return kept["name"], _from_json(kept)
    except (OSError, ValueError, KeyError, TypeError):
        return "", None


def _path(folder: Path, name: str, content: str) -> Path:
    return (folder / name).parent / FOLDER / f"{content[:32]}.json"


def _as_json(seen: Seen) -> dict[str, Any]:
    blocks = [
        [block.text, block.style] if isinstance(block, Paragraph) else [block.title, block.headings, block.rows]
        for block in seen.blocks
    ]
    return {"blocks": blocks, "margins": seen.margins, "notes": seen.notes}


def _from_json(kept: dict[str, Any]) -> Seen:
    blocks = tuple(Paragraph(*one) if len(one) == 2 else _table(*one) for one in kept["blocks"])
    return Seen(blocks, tuple(kept["margins"]), tuple(kept["notes"]))


def _table(title: str, headings: list[str], rows: list[list[str]]) -> Table:
    return Table(title, tuple(headings), tuple(tuple(row) for row in rows))
