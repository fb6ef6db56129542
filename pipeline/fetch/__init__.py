"""IMAP folder -> .eml files: every message once, byte for byte; nothing changes on the server."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OutputLockedError, PhoihopError
from pipeline.fetch.ledger import LEDGER, Ledger, message_id, subject
from pipeline.fetch.mailbox import Account, Dropped, Letter, Mailbox, opened
from pipeline.fetch.passwords import find_password
from pipeline.files import write_atomically

__all__ = ["LEDGER", "MAX_BYTES", "WAITS", "Account", "Fetched", "fetch", "find_password"]

MAX_BYTES = 50 * 1024 * 1024
WAITS = (1.0, 3.0, 9.0)

Progress = Callable[[int, int], None]
Identities = frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch did. ``skipped`` counts messages downloaded before; ``too_large`` and ``unreadable`` ("day subject")
    were left on the server and are tried again next time.
    """

    written: tuple[Path, ...]
    skipped: int
    too_large: tuple[str, ...]
    unreadable: tuple[str, ...]


def fetch(
    account: Account,
    password: str,
    folder: Path,
    progress: Progress | None = None,
    *,
    max_bytes: int = MAX_BYTES,
    waits: Sequence[float] = WAITS,
) -> Fetched:
    """Download what the folder does not have yet, connecting anew after each of ``waits`` (seconds) when cut off.

    ``progress(done, total)`` counts messages. Raises PhoihopError: fetch_unreachable, fetch_no_tls, fetch_certificate,
    fetch_ca_file, fetch_login, fetch_folder, fetch_interrupted; OutputLockedError when a file cannot be written.
    """
    _make_folder(folder)
    work = _Work(account, folder, progress or _quiet, max_bytes)
    for wait in (*waits, None):
        try:
            work.attempt(password)
            break
        except (Dropped, PhoihopError) as problem:
            if isinstance(problem, PhoihopError) and not work.may_pass(problem):
                raise
            if wait is None:
                raise work.interrupted() from None
            time.sleep(wait)
    return work.fetched()


def _quiet(_done: int, _total: int) -> None:
    pass


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise OutputLockedError("folder_not_writable", folder=folder.name) from None


def _mailbox_name(account: Account) -> str:
    """Names the folder in the ledger. INBOX is the one name in IMAP that is the same in capitals and not."""
    folder = "INBOX" if account.folder.upper() == "INBOX" else account.folder
    return f"{account.user}@{account.host.lower()}/{folder}"


class _Work:
    """What is done so far, over all connections."""

    def __init__(self, account: Account, folder: Path, progress: Progress, max_bytes: int) -> None:
        self._account = account
        self._progress = progress
        self._max_bytes = max_bytes
        self._ledger = Ledger(folder, _mailbox_name(account))
        self._listed = False
        self._total = 0
        self._done: set[tuple[int, int]] = set()
        self._broke: set[int] = set()
        self._written: list[Path] = []
        self._skipped = 0
        self._too_large: list[str] = []
        self._unreadable: list[str] = []

    def attempt(self, password: str) -> None:
        """Everything over one connection. Raises Dropped, and what fetch raises."""
        with opened(self._account, password) as mailbox:
            letters = mailbox.letters()
            earlier = self._ledger.earlier(mailbox.uidvalidity)
            self._listed, self._total = True, len(letters)
            self._progress(len(self._done), self._total)
            # A message at which the connection broke comes last, lest it keep all others back.
            for letter in sorted(letters, key=lambda one: (one.uid in self._broke, one.uid)):
                if (mailbox.uidvalidity, letter.uid) not in self._done:
                    self._take(mailbox, letter, earlier)

    def _take(self, mailbox: Mailbox, letter: Letter, earlier: Identities) -> None:
        try:
            if self._ledger.has(mailbox.uidvalidity, letter) or self._renumbered(mailbox, letter, earlier):
                self._skipped += 1
            elif letter.size > self._max_bytes:
                self._too_large.append(_label(mailbox, letter))
            else:
                self._download(mailbox, letter)
        except Dropped:
            self._broke.add(letter.uid)
            raise
        self._done.add((mailbox.uidvalidity, letter.uid))
        self._progress(len(self._done), self._total)

    def _renumbered(self, mailbox: Mailbox, letter: Letter, earlier: Identities) -> bool:
        """Whether the message was downloaded under another number; it is then recorded under its new one."""
        identity = message_id(mailbox.header(letter.uid) or b"") if earlier else ""
        if (identity, letter.size) not in earlier:
            return False
        self._ledger.add(mailbox.uidvalidity, letter, identity)
        return True

    def _download(self, mailbox: Mailbox, letter: Letter) -> None:
        message = mailbox.message(letter.uid)
        if message is None:
            self._unreadable.append(_label(mailbox, letter))
            return
        path = self._ledger.free_path(mailbox.uidvalidity, letter)
        write_atomically(path, message)
        self._written.append(path)
        self._ledger.add(mailbox.uidvalidity, letter, message_id(message))

    def may_pass(self, problem: PhoihopError) -> bool:
        """Whether an error is worth another attempt: servers refuse those who come back at once, for a while."""
        return self._listed and problem.key in {"fetch_unreachable", "fetch_login"}

    def interrupted(self) -> PhoihopError:
        """The error after the last attempt."""
        if not self._listed:
            return PhoihopError("fetch_unreachable", host=self._account.host, port=self._account.port)
        return PhoihopError("fetch_interrupted", done=len(self._done), total=self._total, host=self._account.host)

    def fetched(self) -> Fetched:
        """The result."""
        return Fetched(tuple(self._written), self._skipped, tuple(self._too_large), tuple(self._unreadable))


def _label(mailbox: Mailbox, letter: Letter) -> str:
    return f"{letter.day.isoformat()} {subject(mailbox.header(letter.uid) or b'')}".strip()
