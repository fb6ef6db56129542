"""A real IMAP server for tests: Dovecot 2.3 on free ports of 127.0.0.1, with its own authority, users and mail."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from imaplib import IMAP4, IMAP4_SSL
from pathlib import Path

import pytest

HOST = "127.0.0.1"
DELIVER = "/usr/lib/dovecot/dovecot-lda"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = {host}
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
auth_mechanisms = plain login
auth_failure_delay = 0
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = passwd-file
  args = {folder}/users/%u
}}
userdb {{
  driver = static
  args = uid={owner} gid={owners} home={folder}/mail/%u
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""


@dataclass(frozen=True)
class Server:
    """A running Dovecot: its two ports, and the authority that signed its certificate."""

    folder: Path
    tls: int
    starttls: int
    ca: Path
    passwords: dict[str, str]

    def add_user(self, user: str, password: str) -> None:
        """A user with an empty mailbox."""
        self.passwords[user] = password
        # A file for each: Dovecot does not see at once that a file has changed.
        (self.folder / "users" / user).write_text(f"{user}:{{PLAIN}}{password}::::::\n", encoding="utf-8")

    @contextmanager
    def client(self, user: str, folder: str | None = None) -> Iterator[IMAP4_SSL]:
        """Python's own client, logged in; the folder (as IMAP spells it) open for reading only."""
        with self._connection() as client:
            secret = f"\0{user}\0{self.passwords[user]}".encode()
            client.authenticate("PLAIN", lambda _challenge: secret)
            if folder is not None:
                assert client.select(folder, readonly=True)[0] == "OK"
            yield client

    def answers(self) -> bool:
        """Whether it is up."""
        with suppress(OSError, IMAP4.error), self._connection():
            return True
        return False

    def _connection(self) -> IMAP4_SSL:
        context = ssl.create_default_context(cafile=str(self.ca))
        return IMAP4_SSL(HOST, self.tls, ssl_context=context, timeout=10)

    def append(self, user: str, message: bytes, folder: str = "INBOX", flags: str = "", moment: str = "") -> None:
        """Put a message into a folder, as a mail program does."""
        with self.client(user) as client:
            status, answer = client.append(folder, flags, moment, message)
            assert status == "OK", answer

    def deliver(self, user: str, message: bytes) -> None:
        """Put a message into the INBOX, as a mail server does."""
        command = [DELIVER, "-c", str(self.folder / "dovecot.conf"), "-d", user]
        subprocess.run(command, input=message, check=True, capture_output=True, timeout=20)

    def state(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """What the server keeps about each message: number, flags, date, size."""
        with self.client(user, folder) as client:
            answer = client.fetch("1:*", "(UID FLAGS INTERNALDATE RFC822.SIZE)")[1]
            return [line for line in answer if isinstance(line, bytes)]


def require() -> str:
    """The dovecot program; skips the test without it, or fails it when PHOIHOP_REQUIRE_DOVECOT is set."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        if os.environ.get("PHOIHOP_REQUIRE_DOVECOT"):
            pytest.fail("Dovecot is required here but was not found")
        pytest.skip("dovecot not installed")
    return program


@contextmanager
def running() -> Iterator[Server]:
    """Dovecot, until the block ends. Everything it needs is in a folder of its own: names of sockets are limited to
    108 bytes, and pytest's folders are closed to the user whose mail it is.
    """
    program = require()
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    server = Server(folder, _free_port(), _free_port(), make_authority(folder), {})
    _prepare(server)
    process = subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")])
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(server: Server) -> None:
    import grp  # not on Windows, where the other tests of the module run all the same
    import pwd

    owner = pwd.getpwnam("nobody" if os.getuid() == 0 else getpass.getuser())
    group = grp.getgrgid(owner.pw_gid).gr_name
    server.folder.chmod(0o755)
    for name in ("users", "mail"):
        (server.folder / name).mkdir()
    (server.folder / "dovecot.log").touch()
    (server.folder / "dovecot.log").chmod(0o666)
    os.chown(server.folder / "mail", owner.pw_uid, owner.pw_gid)
    (server.folder / "dovecot.conf").write_text(_config(server, owner.pw_name, group), encoding="utf-8")


def make_authority(folder: Path) -> Path:
    """ca.pem, which signed server.pem and server.key for 127.0.0.1 (and no name)."""
    _openssl(folder, "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=test-ca")
    _openssl(folder, "req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=test")
    (folder / "san.txt").write_text(f"subjectAltName=IP:{HOST}\n")
    _openssl(
        folder,
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -days 2 -extfile san.txt",
    )
    return folder / "ca.pem"


def _openssl(folder: Path, arguments: str) -> None:
    subprocess.run(["openssl", *arguments.split()], cwd=folder, check=True, capture_output=True, timeout=30)


def _config(server: Server, owner: str, group: str) -> str:
    root = os.getuid() == 0
    return CONFIG.format(
        folder=server.folder, host=HOST, tls=server.tls, starttls=server.starttls, owner=owner, owners=group,
        internal="dovecot" if root else owner, login="dovenull" if root else owner, group="dovecot" if root else group,
    )  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Until it answers; fails with what Dovecot wrote when it does not."""
    for _ in range(100):
        if process.poll() is not None:
            break
        if server.answers():
            return
        time.sleep(0.1)
    log = server.folder / "dovecot.log"
    pytest.fail(f"Dovecot did not start: {log.read_text()[-2000:] if log.exists() else ''}")
