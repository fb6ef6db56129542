"""Which messages a folder already has: by the names of its files, and by a small ledger that outlives renaming."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from email.errors import HeaderParseError
from itertools import chain, count
from pathlib import Path

from imap_tools import MailMessage

from pipeline.errors import OutputLockedError
from pipeline.fetch.mailbox import Letter
from pipeline.files import write_atomically

__all__ = ["LEDGER", "Ledger", "message_id", "subject"]

LEDGER = ".phoihop-fetch.json"

_NAME = re.compile(r"^\d{4}-\d\d-\d\d (\d+)-(\d+)(?: \(\d+\))?\.eml$")


@dataclass(frozen=True, slots=True)
class _Entry:
    mailbox: str
    uidvalidity: int
    uid: int
    message_id: str
    size: int


class Ledger:
    """The messages of one mailbox that were downloaded into a folder. Raises OutputLockedError."""

    def __init__(self, folder: Path, mailbox: str) -> None:
        self._folder = folder
        self._mailbox = mailbox
        self._entries = _read(folder / LEDGER)
        # The ledger is written after every message: each line is made once.
        self._lines = [_line(one) for one in self._entries]
        self._files = dict(_numbered_files(folder))
        self._mine = {(one.uidvalidity, one.uid) for one in self._entries if one.mailbox == mailbox}
        self._others = {(one.uidvalidity, one.uid) for one in self._entries if one.mailbox != mailbox}

    def has(self, uidvalidity: int, letter: Letter) -> bool:
        """Whether a message was downloaded: it is in the ledger, or a file bears its numbers."""
        key = (uidvalidity, letter.uid)
        if key in self._mine:
            return True
        # Two accounts can give the same numbers: a file that is known to be another mailbox's says nothing.
        if key not in self._files or key in self._others:
            return False
        self.add(uidvalidity, letter, _read_id(self._files[key]))
        return True

    def earlier(self, uidvalidity: int) -> frozenset[tuple[str, int]]:
        """(Message-ID, size) of what was downloaded while the server numbered this mailbox otherwise."""
        return frozenset(
            (one.message_id, one.size)
            for one in self._entries
            if one.mailbox == self._mailbox and one.uidvalidity != uidvalidity and one.message_id
        )

    def add(self, uidvalidity: int, letter: Letter, identity: str) -> None:
        """Record a message and write the ledger."""
        entry = _Entry(self._mailbox, uidvalidity, letter.uid, identity, letter.size)
        self._entries.append(entry)
        self._lines.append(_line(entry))
        self._mine.add((uidvalidity, letter.uid))
        text = ",\n".join(self._lines)
        write_atomically(self._folder / LEDGER, f'{{"messages": [\n{text}\n]}}\n'.encode())

    def free_path(self, uidvalidity: int, letter: Letter) -> Path:
        """Where to write a message; numbered when another mailbox's message has the name."""
        stem = f"{letter.day.isoformat()} {uidvalidity}-{letter.uid}"
        names = chain([f"{stem}.eml"], (f"{stem} ({number}).eml" for number in count(2)))
        return next(path for path in (self._folder / name for name in names) if not path.exists())


def _line(entry: _Entry) -> str:
    return json.dumps(asdict(entry))


def _read(path: Path) -> list[_Entry]:
    """The entries; none when the file does not exist or is no ledger."""
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
        return [_Entry(**one) for one in loaded["messages"]]
    except FileNotFoundError:
        return []
    except OSError:
        raise OutputLockedError("output_locked", file=path.name) from None
    except (ValueError, KeyError, TypeError):
        return []


def _numbered_files(folder: Path) -> Iterator[tuple[tuple[int, int], Path]]:
    for path in folder.rglob("*.eml"):
        found = _NAME.match(path.name)
        if found:
            yield (int(found[1]), int(found[2])), path


def _read_id(path: Path) -> str:
    try:
        return message_id(path.read_bytes())
    except OSError:
        return ""


def message_id(message: bytes) -> str:
    """The Message-ID of a message or its header; "" when it has none."""
    end = message.find(b"\r\n\r\n")
    header = message if end < 0 else message[:end]
    return str(MailMessage.from_bytes(header).obj.get("Message-ID", "")).strip()


def subject(header: bytes) -> str:
    """The subject in one line; "" when there is none that can be read."""
    try:
        return " ".join(MailMessage.from_bytes(header).subject.split())
    except HeaderParseError:
        return ""
