"""Copying mail from a real IMAP server: every message once, byte for byte, and nothing changes on the server."""

from __future__ import annotations

import json
import logging
import select
import socket
import ssl
import subprocess
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import chain, count, repeat
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from pipeline.errors import PhoihopError
from pipeline.fetch import LEDGER, Account, Fetched, fetch, find_password
from tests import dovecot

PASSWORD = 'tr"ick\\y {5} pass'
NO_WAITS = (0.0, 0.0, 0.0)
REPORTS = "B&AOE-o c&AOE-o"  # "Báo cáo" as IMAP spells it
_numbers = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[dovecot.Server]:
    with dovecot.running() as running:
        yield running


@pytest.fixture
def user(server: dovecot.Server) -> str:
    return new_user(server, PASSWORD)


def new_user(server: dovecot.Server, password: str) -> str:
    name = f"user{next(_numbers)}"
    server.add_user(name, password)
    return name


@pytest.fixture
def account(server: dovecot.Server, user: str) -> Account:
    return Account(dovecot.HOST, server.tls, user, "INBOX", timeout=10, ca_file=server.ca)


def at(account: Account, **changes: object) -> Account:
    values = {name: getattr(account, name) for name in Account.__slots__}
    return Account(**{**values, **changes})


def mail(number: int, size: int = 300, subject: str = "Số liệu") -> bytes:
    """A message such as clients really send: raw UTF-8 in a header, odd spacing, 8-bit text, no newline at the end."""
    head = f"From: a@x.vn\r\nMessage-ID:  <{number}.{size}@x.vn>\r\nSubject: {subject} {number}\r\nX-Odd:a ;b\r\n\r\n"
    line = f"Dòng {number} của thư\r\n".encode()
    return head.encode() + (line * (size // len(line) + 1))[:size] + b"."


def fill(server: dovecot.Server, user: str, how_many: int, size: int = 300) -> list[bytes]:
    messages = [mail(number, size) for number in range(how_many)]
    for message in messages:
        server.append(user, message)
    return messages


def contents(folder: Path) -> Counter[bytes]:
    """What is in the .eml files, after making sure that no other file but the ledger is there."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != LEDGER]
    assert [path for path in files if path.suffix != ".eml" or path.name.startswith(".")] == []
    return Counter(path.read_bytes() for path in files)


def failure(account: Account, folder: Path, password: str = PASSWORD) -> PhoihopError:
    with pytest.raises(PhoihopError) as caught:
        fetch(account, password, folder, waits=NO_WAITS)
    assert password not in "".join(traceback.format_exception(caught.value))
    return caught.value


def renumber(server: dovecot.Server, user: str, uidvalidity: int) -> None:
    config = str(server.folder / "dovecot.conf")
    command = ["doveadm", "-c", config, "mailbox", "update", "-u", user, "--uid-validity", str(uidvalidity), "INBOX"]
    subprocess.run(command, check=True, capture_output=True, timeout=20)


class Proxy:
    """Passes bytes between a client and the server; breaks each connection after its share of the server's bytes."""

    def __init__(self, target: int, shares: Iterator[int | None], stall: bool) -> None:
        self._target = target
        self._shares = shares
        self._stall = stall
        self._stopped = threading.Event()
        self._listener = socket.create_server((dovecot.HOST, 0))
        self._listener.settimeout(0.05)
        self.port = int(self._listener.getsockname()[1])
        self.connections = 0

    def serve(self) -> None:
        with self._listener:
            while not self._stopped.is_set():
                with suppress(TimeoutError):
                    self._pass_on(self._listener.accept()[0])

    def stop(self) -> None:
        self._stopped.set()

    def _pass_on(self, near: socket.socket) -> None:
        self.connections += 1
        left = next(self._shares)
        with near, socket.create_connection((dovecot.HOST, self._target)) as far, suppress(OSError):
            while not self._stopped.is_set():
                for one in select.select([near, far], [], [], 0.05)[0]:
                    data = one.recv(4096 if left is None else max(1, min(4096, left)))
                    if not data:
                        return
                    (near if one is far else far).sendall(data)
                    if one is far and left is not None:
                        left -= len(data)
                if left is not None and left <= 0:
                    self._break_off(near)
                    return

    def _break_off(self, near: socket.socket) -> None:
        while self._stall and not self._stopped.is_set() and near.recv(4096):
            pass


@contextmanager
def proxy(target: int, *shares: int | None, stall: bool = False) -> Iterator[Proxy]:
    """The last share holds for all further connections; None lets everything pass."""
    one = Proxy(target, chain(shares, repeat(shares[-1])), stall)
    thread = threading.Thread(target=one.serve)
    thread.start()
    try:
        yield one
    finally:
        one.stop()
        thread.join(5)


@pytest.mark.dovecot
def test_messages_arrive_byte_for_byte(server: dovecot.Server, user: str, account: Account, tmp_path: Path) -> None:
    appended = fill(server, user, 3)
    delivered = b"Subject: by a mail server\nMessage-ID: <lda@x.vn>\n\nBody\n"
    server.deliver(user, delivered)
    folder = tmp_path / "new" / "inbox"
    fetched = fetch(account, PASSWORD, folder)
    assert contents(folder) == Counter([*appended, delivered.replace(b"\n", b"\r\n")])
    assert Counter(path.read_bytes() for path in fetched.written) == contents(folder)
    assert (fetched.skipped, fetched.too_large, fetched.unreadable) == (0, (), ())


@pytest.mark.dovecot
def test_a_client_of_our_own_sees_the_same_bytes(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path
) -> None:
    server.append(user, b"\r\nno header at all")
    server.append(user, b"Subject: =?utf-8?B?broken?=\r\nMessage-ID:\r\n <folded@x.vn>\r\n\r\n" + bytes(range(1, 256)))
    fetch(account, PASSWORD, tmp_path)
    with server.client(user, "INBOX") as client:
        parts = client.fetch("1:*", "(BODY.PEEK[])")[1]
    assert contents(tmp_path) == Counter(part[1] for part in parts if isinstance(part, tuple))


@pytest.mark.dovecot
def test_files_are_named_by_arrival_and_number(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.append(user, mail(1), moment='"28-Feb-2026 16:59:59 +0000"')
    server.append(user, mail(2), moment='"28-Feb-2026 17:00:00 +0000"')
    renumber(server, user, 77)
    with vietnam(monkeypatch):
        fetched = fetch(account, PASSWORD, tmp_path)
    assert [path.name for path in fetched.written] == ["2026-02-28 77-1.eml", "2026-03-01 77-2.eml"]


@contextmanager
def vietnam(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "ICT-7")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.dovecot
def test_nothing_changes_on_the_server(server: dovecot.Server, user: str, account: Account, tmp_path: Path) -> None:
    for number, flags in enumerate(["", r"(\Seen)", r"(\Flagged \Answered)", r"(\Deleted)"]):
        server.append(user, mail(number), flags=flags)
    server.deliver(user, mail(9))
    before = server.state(user)
    assert len(fetch(account, PASSWORD, tmp_path).written) == 5
    assert server.state(user) == before
    assert b"Recent" in before[-1]


@pytest.mark.dovecot
def test_a_second_fetch_gets_only_what_is_new(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path
) -> None:
    fill(server, user, 2)
    fetch(account, PASSWORD, tmp_path)
    assert fetch(account, PASSWORD, tmp_path) == Fetched((), 2, (), ())
    server.append(user, mail(7))
    fetched = fetch(account, PASSWORD, tmp_path)
    assert [path.read_bytes() for path in fetched.written] == [mail(7)]
    assert fetched.skipped == 2


@pytest.mark.dovecot
def test_renamed_moved_and_deleted_files_are_not_fetched_again(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path
) -> None:
    fill(server, user, 3)
    first, second, third = fetch(account, PASSWORD, tmp_path).written
    (tmp_path / "Sở A").mkdir()
    first.rename(tmp_path / "Sở A" / first.name)
    second.rename(tmp_path / "2026-03-01 thư của Sở B.eml")
    third.unlink()
    assert fetch(account, PASSWORD, tmp_path) == Fetched((), 3, (), ())


@pytest.mark.dovecot
@pytest.mark.parametrize("damage", ["{", "[]", '{"messages": [{"uid": 1}]}', None])
def test_files_speak_for_a_lost_ledger_and_restore_it(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path, damage: str | None
) -> None:
    fill(server, user, 1)
    (path,) = fetch(account, PASSWORD, tmp_path).written
    complete = (tmp_path / LEDGER).read_bytes()
    (tmp_path / LEDGER).unlink()
    if damage is not None:
        (tmp_path / LEDGER).write_text(damage)
    assert fetch(account, PASSWORD, tmp_path).skipped == 1
    assert (tmp_path / LEDGER).read_bytes() == complete
    path.rename(tmp_path / "renamed.eml")
    assert fetch(account, PASSWORD, tmp_path).written == ()


@pytest.mark.dovecot
def test_messages_with_new_numbers_are_known_by_their_ids(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path
) -> None:
    fill(server, user, 2)
    server.append(user, b"Subject: without an id\r\n\r\n")
    fetch(account, PASSWORD, tmp_path)
    renumber(server, user, 4_000_000_000)
    server.append(user, mail(8))
    fetched = fetch(account, PASSWORD, tmp_path)
    assert fetched.skipped == 2
    assert [path.read_bytes() for path in fetched.written] == [b"Subject: without an id\r\n\r\n", mail(8)]
    assert fetch(account, PASSWORD, tmp_path).skipped == 4


@pytest.mark.dovecot
def test_copies_with_the_same_id_are_all_fetched(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path
) -> None:
    server.append(user, mail(1))
    server.append(user, mail(1))
    fetch(account, PASSWORD, tmp_path)
    server.append(user, mail(1))
    fetch(account, PASSWORD, tmp_path)
    assert contents(tmp_path) == Counter({mail(1): 3})


@pytest.mark.dovecot
def test_two_mailboxes_with_the_same_numbers_share_a_folder(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path
) -> None:
    other = at(account, user=new_user(server, PASSWORD))
    for number, name in enumerate([user, other.user]):
        server.append(name, mail(number), moment='" 5-Mar-2026 08:00:00 +0700"')
        renumber(server, name, 1)
    first, second = fetch(account, PASSWORD, tmp_path), fetch(other, PASSWORD, tmp_path)
    assert [path.name for path in first.written + second.written] == ["2026-03-05 1-1.eml", "2026-03-05 1-1 (2).eml"]
    assert contents(tmp_path) == Counter([mail(0), mail(1)])
    assert [fetch(one, PASSWORD, tmp_path).skipped for one in (account, other)] == [1, 1]


@pytest.mark.dovecot
@pytest.mark.parametrize("stall", [False, True])
def test_a_broken_connection_is_taken_up_again(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path, stall: bool
) -> None:
    messages = fill(server, user, 8, 20_000)
    seen: list[tuple[int, int]] = []
    with proxy(server.tls, 50_000, 50_000, None, stall=stall) as between:
        through = at(account, port=between.port, timeout=0.5 if stall else 10)
        fetched = fetch(through, PASSWORD, tmp_path, lambda done, total: seen.append((done, total)), waits=NO_WAITS)
    assert between.connections == 3
    assert len(fetched.written) == 8
    assert contents(tmp_path) == Counter(messages)
    assert fetched.skipped == 0
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == ((0, 8), (8, 8))


@pytest.mark.dovecot
def test_an_interrupted_fetch_is_completed_by_a_later_one(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path
) -> None:
    messages = fill(server, user, 12, 20_000)
    with proxy(server.tls, 50_000) as between:
        error = failure(at(account, port=between.port), tmp_path)
    assert between.connections == 4
    there = contents(tmp_path)
    assert 4 <= there.total() < 12
    assert there <= Counter(messages)
    assert (error.key, error.values) == (
        "fetch_interrupted", {"done": there.total(), "total": 12, "host": dovecot.HOST},
    )  # fmt: skip
    fetched = fetch(account, PASSWORD, tmp_path)
    assert contents(tmp_path) == Counter(messages)
    assert fetched.skipped == there.total()


@pytest.mark.dovecot
@pytest.mark.parametrize("share", [0, 100, 2000, 2500])
def test_a_server_that_never_gets_to_the_folder_is_unreachable(
    server: dovecot.Server, account: Account, tmp_path: Path, share: int
) -> None:
    with proxy(server.tls, share) as between:
        assert failure(at(account, port=between.port), tmp_path).key == "fetch_unreachable"
    assert contents(tmp_path) == Counter()


@pytest.mark.dovecot
def test_a_server_that_goes_away_for_good_interrupts(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path
) -> None:
    fill(server, user, 8, 20_000)
    with proxy(server.tls, 50_000, 0) as between:
        assert failure(at(account, port=between.port), tmp_path).key == "fetch_interrupted"
    assert between.connections == 4


@pytest.mark.dovecot
def test_a_message_at_which_the_server_breaks_off_keeps_no_other_back(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path
) -> None:
    messages = fill(server, user, 3)
    files = [path for path in (server.folder / "mail" / user).rglob("*") if path.is_file()]
    next(path for path in files if b"<0.300@x.vn>" in path.read_bytes()).write_bytes(b"")
    error = failure(account, tmp_path)
    assert (error.key, error.values["done"], error.values["total"]) == ("fetch_interrupted", 2, 3)
    assert contents(tmp_path) == Counter(messages[1:])


@pytest.mark.dovecot
@pytest.mark.parametrize("password", [PASSWORD, "mật khẩu có dấu", "x" * 300])
def test_any_password_works_and_is_kept_nowhere(
    server: dovecot.Server,
    account: Account,
    tmp_path: Path,
    password: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    user = new_user(server, password)
    fill(server, user, 1)
    assert len(fetch(at(account, user=user), password, tmp_path).written) == 1
    ledger = json.loads((tmp_path / LEDGER).read_text(encoding="utf-8"))
    assert [one["message_id"] for one in ledger["messages"]] == ["<0.300@x.vn>"]
    assert password not in repr(ledger) + caplog.text + "".join(capfd.readouterr())


@pytest.mark.dovecot
@pytest.mark.parametrize("wrong", ["wrong", "sai mật khẩu", "two\r\nlines", ""])
def test_wrong_password(account: Account, tmp_path: Path, wrong: str) -> None:
    with pytest.raises(PhoihopError) as caught:
        fetch(account, wrong, tmp_path)
    assert (caught.value.key, caught.value.values) == ("fetch_login", {"user": account.user, "host": dovecot.HOST})


@pytest.mark.dovecot
def test_unknown_folder_names_the_known_ones(server: dovecot.Server, account: Account, tmp_path: Path) -> None:
    with server.client(account.user) as client:
        client.create(f'"{REPORTS}"')
    error = failure(at(account, folder="Không có"), tmp_path)
    assert error.key == "fetch_folder"
    assert error.values["folder"] == "Không có"
    assert sorted(str(error.values["known"]).split(", ")) == ["Báo cáo", "INBOX"]


@pytest.mark.dovecot
def test_folder_with_accents(server: dovecot.Server, account: Account, tmp_path: Path) -> None:
    with server.client(account.user) as client:
        client.create(f'"{REPORTS}"')
    server.append(account.user, mail(1), folder=f'"{REPORTS}"')
    server.append(account.user, mail(2))
    fetch(at(account, folder="Báo cáo"), PASSWORD, tmp_path)
    assert contents(tmp_path) == Counter([mail(1)])


@pytest.mark.dovecot
def test_starttls(server: dovecot.Server, account: Account, tmp_path: Path) -> None:
    fill(server, account.user, 2)
    plain = at(account, port=server.starttls, security="starttls")
    assert len(fetch(plain, PASSWORD, tmp_path).written) == 2
    assert failure(at(plain, ca_file=None), tmp_path).key == "fetch_certificate"


@pytest.mark.dovecot
@pytest.mark.parametrize("changes", [{"ca_file": None}, {"host": "localhost"}])
def test_certificate_of_no_known_authority_or_another_name_is_refused(
    account: Account, tmp_path: Path, changes: dict[str, object]
) -> None:
    error = failure(at(account, **changes), tmp_path)
    assert (error.key, error.values["host"]) == ("fetch_certificate", changes.get("host", dovecot.HOST))
    assert error.values["detail"]


@pytest.mark.dovecot
def test_since(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = ["27-Feb-2026 12:00:00", "28-Feb-2026 16:59:59", "28-Feb-2026 17:00:00", " 1-Mar-2026 17:00:00"]
    for number, moment in enumerate(moments):
        server.append(user, mail(number), moment=f'"{moment} +0000"')
    with vietnam(monkeypatch):
        fetch(at(account, since=date(2026, 3, 1)), PASSWORD, tmp_path)
    assert contents(tmp_path) == Counter([mail(2), mail(3)])


@pytest.mark.dovecot
@pytest.mark.parametrize(
    ("subject", "shown"),
    [("Tổng hợp", "Tổng hợp 1"), ("=?utf-8?B?VOG7lW5n?=", "Tổng 1"), ("=?utf-8?B?A?=", ""), ("a\r\n b", "a b 1")],
)
def test_large_messages_stay_on_the_server(
    server: dovecot.Server, user: str, account: Account, tmp_path: Path, subject: str, shown: str
) -> None:
    server.append(user, mail(1, 9000, subject), moment='" 2-Mar-2026 12:00:00 +0000"')
    server.append(user, mail(2))
    fetched = fetch(account, PASSWORD, tmp_path, max_bytes=5000)
    assert fetched.too_large == (f"2026-03-02 {shown}".strip(),)
    assert contents(tmp_path) == Counter([mail(2)])
    assert len(fetch(account, PASSWORD, tmp_path).written) == 1


@pytest.mark.dovecot
def test_an_empty_folder(account: Account, tmp_path: Path) -> None:
    assert fetch(account, PASSWORD, tmp_path) == Fetched((), 0, (), ())


@contextmanager
def answering(greeting: bytes, *answers: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A server that says the same whatever it is asked; gives its port and what it was asked."""
    asked: list[bytes] = []
    listener = socket.create_server((dovecot.HOST, 0))

    def serve() -> None:
        with listener, listener.accept()[0] as connection, suppress(OSError):
            connection.sendall(greeting)
            for answer in answers:
                asked.append(connection.recv(4096))
                connection.sendall(answer.replace(b"TAG", asked[-1].split()[0]))
            asked.append(connection.recv(4096))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1], asked
    finally:
        thread.join(5)


LISTED = (
    b"* 1 FETCH (FLAGS (\\Seen))\r\n"
    b'* 1 FETCH (UID 5 RFC822.SIZE 9 INTERNALDATE " 1-Mar-2026 12:00:00 +0000")\r\n'
    b'* 2 FETCH (INTERNALDATE "02-Mar-2026 12:00:00 +0000" RFC822.SIZE 9 UID 6)\r\nTAG OK done\r\n'
)
SCRIPT = {
    b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n",
    b"LOGIN": b"TAG OK done\r\n",
    b"EXAMINE": b"* 2 EXISTS\r\n* OK [UIDVALIDITY 3] ok\r\nTAG OK [READ-ONLY] ok\r\n",
    b"UID SEARCH": b"* SEARCH 5 6\r\nTAG OK done\r\n",
    b"UID FETCH 5,6 ": LISTED,
    b"UID FETCH 5 (UID BODY.PEEK[H": b"* 1 FETCH (UID 5 BODY[HEADER] {16}\r\nSubject: one\r\n\r\n)\r\nTAG OK done\r\n",
    b"UID FETCH 5 (UID BODY.PEEK[]": b"TAG NO cannot be converted\r\n",
    b"UID FETCH 6 (UID BODY.PEEK[]": b"* 2 FETCH (BODY[] {9}\r\nX: 6\r\n\r\n6 UID 6)\r\nTAG OK done\r\n",
    b"LOGOUT": b"* BYE bye\r\nTAG OK done\r\n",
}


@contextmanager
def scripted(server: dovecot.Server, account: Account, **changes: bytes) -> Iterator[Account]:
    """A server with other habits than Dovecot's; each line of the script answers the commands that begin so."""
    script = {name.encode().replace(b"_", b" "): answer for name, answer in changes.items()}
    script |= {start: answer for start, answer in SCRIPT.items() if start not in script}
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(server.folder / "server.pem", server.folder / "server.key")
    listener = socket.create_server((dovecot.HOST, 0))
    listener.settimeout(0.05)
    stopped = threading.Event()

    def serve() -> None:
        with listener:
            while not stopped.is_set():
                with suppress(OSError), context.wrap_socket(listener.accept()[0], server_side=True) as one:
                    one.sendall(b"* OK ready\r\n")
                    for line in one.makefile("rb"):
                        tag, command = line.split(b" ", 1)
                        answer = next(script[start] for start in script if command.startswith(start))
                        one.sendall(answer.replace(b"TAG", tag))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield at(account, port=listener.getsockname()[1])
    finally:
        stopped.set()
        thread.join(5)


@pytest.mark.dovecot
def test_a_message_the_server_refuses_is_named(server: dovecot.Server, account: Account, tmp_path: Path) -> None:
    with scripted(server, account) as odd:
        fetched = fetch(odd, PASSWORD, tmp_path)
    assert fetched == Fetched((tmp_path / "2026-03-02 3-6.eml",), 0, (), ("2026-03-01 one",))
    assert fetched.written[0].read_bytes() == b"X: 6\r\n\r\n6"
    with scripted(server, account) as odd:
        assert fetch(odd, PASSWORD, tmp_path) == Fetched((), 1, (), ("2026-03-01 one",))


@pytest.mark.dovecot
def test_what_came_before_a_refusal_is_not_taken_for_the_next_message(
    server: dovecot.Server, account: Account, tmp_path: Path
) -> None:
    half = b"* 1 FETCH (UID 5 BODY[] {9}\r\nX: 5\r\n\r\n5)\r\nTAG NO broken\r\n"
    with scripted(server, account, UID_FETCH_5_=half) as odd:
        fetched = fetch(odd, PASSWORD, tmp_path)
    assert [path.read_bytes() for path in fetched.written] == [b"X: 6\r\n\r\n6"]
    assert fetched.unreadable == ("2026-03-01",)


@pytest.mark.dovecot
@pytest.mark.parametrize(
    ("command", "answer", "key"),
    [
        ("LOGIN", b"TAG NO [UNAVAILABLE] later\r\n", "fetch_unreachable"),
        ("LOGIN", b"TAG BAD what\r\n", "fetch_login"),
        ("LOGIN", b"* BYE too many\r\n", "fetch_unreachable"),
        ("EXAMINE", b"TAG BAD what\r\n", "fetch_folder"),
        ("UID_SEARCH", b"TAG NO what\r\n", "fetch_folder"),
        ("UID_FETCH", b"TAG NO what\r\n", "fetch_folder"),
        ("UID_SEARCH", b"no IMAP at all\r\n", "fetch_unreachable"),
        ("CAPABILITY", b"TAG BAD what\r\n", "fetch_unreachable"),
    ],
)
def test_refusals(
    server: dovecot.Server, account: Account, tmp_path: Path, command: str, answer: bytes, key: str
) -> None:
    with scripted(server, account, **{"LIST": b"TAG BAD what\r\n", command: answer}) as odd:
        assert failure(odd, tmp_path).key == key


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_without_tls_never_hears_of_the_account(tmp_path: Path, security: str) -> None:
    with answering(b"* OK ready\r\n", b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n") as (port, asked):
        account = at(Account(dovecot.HOST, port, "someone", "INBOX", timeout=5), security=security)
        assert failure(account, tmp_path).key == "fetch_no_tls"
    assert b"someone" not in b"".join(asked)


def test_nobody_listens(tmp_path: Path) -> None:
    with socket.create_server((dovecot.HOST, 0)) as probe:
        port = probe.getsockname()[1]
    error = failure(Account(dovecot.HOST, port, "a", "INBOX"), tmp_path)
    assert (error.key, error.values) == ("fetch_unreachable", {"host": dovecot.HOST, "port": port})


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "x" * 80])
def test_no_such_host(tmp_path: Path, host: str) -> None:
    assert failure(Account(host, 993, "a", "INBOX", timeout=5), tmp_path).key == "fetch_unreachable"


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_wrong_ca_file(tmp_path: Path, text: str | None) -> None:
    ca_file = tmp_path / "ca.pem"
    if text is not None:
        ca_file.write_text(text)
    error = failure(Account(dovecot.HOST, 993, "a", "INBOX", ca_file=ca_file), tmp_path / "inbox")
    assert (error.key, error.values) == ("fetch_ca_file", {"file": "ca.pem"})


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert failure(Account(dovecot.HOST, 993, "a", "INBOX"), tmp_path / "file" / "inbox").key == "folder_not_writable"


class MemoryKeyring(KeyringBackend):
    """Knows one password."""

    priority = 1

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError

    def get_password(self, service: str, username: str) -> str | None:
        return {("phoihop", "a@x.vn@mail.x.vn"): "from the store"}.get((service, username))


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("PHOIHOP_IMAP_PASSWORD", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.mark.usefixtures("store")
def test_password_from_the_environment_before_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHOIHOP_IMAP_PASSWORD", "from the environment")
    assert find_password("mail.x.vn", "a@x.vn") == "from the environment"
    monkeypatch.setenv("PHOIHOP_IMAP_PASSWORD", "")
    assert find_password("mail.x.vn", "a@x.vn") == "from the store"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("backend", [MemoryKeyring, NoKeyring])
def test_no_password(backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(backend())
    with pytest.raises(PhoihopError) as caught:
        find_password("mail.x.vn", "b@x.vn")
    assert (caught.value.key, caught.value.values) == ("fetch_no_password", {"user": "b@x.vn", "host": "mail.x.vn"})
