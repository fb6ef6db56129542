"""Account -> one folder of an IMAP server, open for reading only: what is in it, and each message's bytes."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from imaplib import IMAP4, Internaldate2tuple
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from imap_tools import AND, BaseMailBox, ImapToolsError, MailBox, MailboxFetchError
from imap_tools.utils import check_command_status

from pipeline.errors import PhoihopError

__all__ = ["Account", "Dropped", "Letter", "Mailbox", "opened"]

_LISTED_AT_ONCE = 500
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Account:
    """A folder of a mailbox and how to reach it. ``ca_file`` is trusted besides the system's authorities."""

    host: str
    port: int
    user: str
    folder: str
    since: date | None = None
    timeout: float = 60
    security: Literal["tls", "starttls"] = "tls"
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message on the server: the day it arrived (this computer's time zone) and its size in bytes."""

    uid: int
    day: date
    size: int


class Dropped(Exception):
    """The connection broke; connecting anew may help."""


class Mailbox:
    """An open folder. Every method raises Dropped when the connection breaks."""

    def __init__(self, box: BaseMailBox, account: Account) -> None:
        self._box = box
        self._account = account
        self._client = box.client
        self.uidvalidity = int(self._client.response("UIDVALIDITY")[1][0] or 0)

    def letters(self) -> tuple[Letter, ...]:
        """What is in the folder, from the account's day on, by uid. Raises PhoihopError fetch_folder."""
        since = self._account.since
        # The server compares days in its own time zone: ask for one more and compare here.
        criteria = AND(date_gte=since - timedelta(days=1)) if since else "ALL"
        with _watched(), _refusals(self._box, self._account):
            uids = self._box.uids(criteria, charset=None)
            chunks = (uids[start : start + _LISTED_AT_ONCE] for start in range(0, len(uids), _LISTED_AT_ONCE))
            lines = [line for chunk in chunks for line in self._fetch(",".join(chunk), "INTERNALDATE RFC822.SIZE")]
        letters = (_letter(line) for line in lines)
        return tuple(one for one in letters if one is not None and (since is None or one.day >= since))

    def header(self, uid: int) -> bytes | None:
        """A message's header; None when the server does not give it."""
        return self._section(uid, "BODY.PEEK[HEADER]")

    def message(self, uid: int) -> bytes | None:
        """A message, byte for byte; None when the server does not give it."""
        return self._section(uid, "BODY.PEEK[]")

    def _section(self, uid: int, section: str) -> bytes | None:
        with _watched():
            try:
                parts = self._fetch(str(uid), section)
            except IMAP4.abort:
                raise
            except (IMAP4.error, ImapToolsError):
                return None
        # The uid stands before or after the bytes; parts of another message can be left over from a refused command.
        pairs = pairwise(parts)
        return next((one[1] for one, after in pairs if isinstance(one, tuple) and _uid(one[0] + after) == uid), None)

    def _fetch(self, uids: str, what: str) -> list[Any]:
        answer = self._client.uid("FETCH", uids, f"(UID {what})")
        check_command_status(answer, MailboxFetchError)
        return answer[1]


def _letter(line: Any) -> Letter | None:
    """None for what a server says unasked, such as changed flags."""
    if not isinstance(line, bytes):
        return None
    uid, size, moment = _uid(line), _SIZE.search(line), Internaldate2tuple(line)
    if uid is None or size is None or moment is None:
        return None
    return Letter(uid, date(*moment[:3]), int(size[1]))


def _uid(line: bytes) -> int | None:
    found = _UID.search(line)
    return int(found[1]) if found else None


@contextmanager
def _watched() -> Iterator[None]:
    try:
        yield
    except (IMAP4.error, ImapToolsError, OSError):
        raise Dropped from None


@contextmanager
def opened(account: Account, password: str) -> Iterator[Mailbox]:
    """The account's folder, open for reading only, over TLS with a verified certificate.

    Raises Dropped, or PhoihopError fetch_unreachable, fetch_no_tls, fetch_certificate, fetch_ca_file, fetch_login or
    fetch_folder.
    """
    box = _connect(account)
    try:
        with _watched():
            _log_in(box, account, password)
            with _refusals(box, account):
                box.folder.set(account.folder, readonly=True)
        yield Mailbox(box, account)
        with suppress(IMAP4.error, OSError):
            box.client.logout()
    finally:
        with suppress(OSError):
            box.client.shutdown()


def _connect(account: Account) -> BaseMailBox:
    context = _context(account.ca_file)
    try:
        if account.security == "starttls":
            return _StartTls(account, context)
        return MailBox(account.host, account.port, account.timeout, ssl_context=context)
    except ssl.SSLCertVerificationError as problem:
        raise PhoihopError("fetch_certificate", host=account.host, detail=problem.verify_message) from None
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
        raise PhoihopError("fetch_unreachable", host=account.host, port=account.port) from None
    except ssl.SSLError:
        raise PhoihopError("fetch_no_tls", host=account.host, port=account.port) from None
    except (OSError, UnicodeError, IMAP4.error):
        raise PhoihopError("fetch_unreachable", host=account.host, port=account.port) from None


def _context(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except OSError:
            raise PhoihopError("fetch_ca_file", file=ca_file.name) from None
    return context


class _StartTls(BaseMailBox):
    """Like imap-tools' own, but leaves no open socket behind when the server has no TLS or a wrong certificate."""

    def __init__(self, account: Account, context: ssl.SSLContext) -> None:
        self._account = account
        self._context = context
        super().__init__()

    def _get_mailbox_client(self) -> IMAP4:
        client = IMAP4(self._account.host, self._account.port, self._account.timeout)
        try:
            self._encrypt(client)
        except BaseException:
            with suppress(OSError):
                client.shutdown()
            raise
        return client

    def _encrypt(self, client: IMAP4) -> None:
        if "STARTTLS" not in client.capabilities:
            raise ssl.SSLError("no STARTTLS")
        client.starttls(self._context)


def _log_in(box: BaseMailBox, account: Account, password: str) -> None:
    # LOGIN carries printable ASCII only; anything else would be refused, or end the command early.
    simple = (account.user + password).isascii() and (account.user + password).isprintable()
    try:
        if simple:
            box.login(account.user, password, initial_folder=None)
        else:
            box.login_utf8(account.user, password, initial_folder=None)
    except IMAP4.abort:
        raise
    except (IMAP4.error, ImapToolsError) as refusal:
        if "[UNAVAILABLE]" in str(refusal):
            raise Dropped from None
        raise PhoihopError("fetch_login", user=account.user, host=account.host) from None


@contextmanager
def _refusals(box: BaseMailBox, account: Account) -> Iterator[None]:
    try:
        yield
    except IMAP4.abort:
        raise
    except (IMAP4.error, ImapToolsError):
        known = _folder_names(box)
        raise PhoihopError("fetch_folder", folder=account.folder, host=account.host, known=known) from None


def _folder_names(box: BaseMailBox) -> str:
    """All folders, for a person to choose from; "" when the server does not tell."""
    with suppress(IMAP4.error, OSError, UnicodeError):
        return ", ".join(folder.name for folder in box.folder.list())
    return ""
