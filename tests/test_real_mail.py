"""A mail written by another program (swaks), kept by a real server (Dovecot), fetched, opened and counted."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import run as stages
from pipeline.model import FileState
from pipeline.rehearsal import answers_for, make_project
from pipeline.templates import render_template
from tests import dovecot

pytestmark = pytest.mark.dovecot
PASSWORD = "mật khẩu thử"
UNIT = "TV-844"


class Postman:
    """The least of an SMTP server: takes one mail and keeps its bytes."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.mail = b""
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self) -> None:
        connection, _ = self.listener.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 thu\r\n")
            for line in lines:
                word = line[:4].upper()
                if word == b"DATA":
                    connection.sendall(b"354 gui\r\n")
                    kept = iter(lambda: lines.readline(), b".\r\n")
                    self.mail = b"".join(text.removeprefix(b".") if text.startswith(b"..") else text for text in kept)
                connection.sendall(b"221 het\r\n" if word == b"QUIT" else b"250 duoc\r\n")
                if word == b"QUIT":
                    return

    def close(self) -> bytes:
        self.thread.join(timeout=30)
        self.listener.close()
        return self.mail


@pytest.fixture(scope="module")
def server() -> Iterator[dovecot.Server]:
    with dovecot.running() as running:
        yield running


@pytest.fixture(scope="module")
def swaks() -> str:
    program = shutil.which("swaks")
    if program is None:
        if os.environ.get("PHOIHOP_REQUIRE_DOVECOT"):
            pytest.fail("swaks is required here")
        pytest.skip("swaks is not installed")
    return program


def test_a_mail_of_another_program_is_fetched_and_counted(
    server: dovecot.Server, swaks: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project(tmp_path / "du-an")
    project = stages.open_project(tmp_path / "du-an" / "config.toml")
    unit = project.catalogue.unit(UNIT)
    assert unit is not None
    answers = answers_for(unit, project.catalogue)
    data = render_template(project.catalogue, project.config, unit, None, answers)
    (tmp_path / "Biểu Càng Long.xlsx").write_bytes(data)
    postman = Postman()
    subprocess.run(
        [swaks, "--server", f"127.0.0.1:{postman.port}", "--from", unit.email, "--to", "ban@example.vn",
         "--header", "Subject: Nop bieu nam 2026", "--header", "Date: Tue, 24 Nov 2026 09:00:00 +0700",
         "--body", "Kinh gui Ban Tuyen giao.", "--attach-type", "application/octet-stream",
         "--attach", f"@{tmp_path / 'Biểu Càng Long.xlsx'}"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    mail = postman.close()
    server.add_user("vanthu", PASSWORD)
    server.deliver("vanthu", mail)
    monkeypatch.setenv("PHOIHOP_IMAP_PASSWORD", PASSWORD)
    box = project.config.mailbox.model_copy(
        update={"host": dovecot.HOST, "port": server.tls, "user": "vanthu", "ca_file": str(server.ca)}
    )
    project = replace(project, config=project.config.model_copy(update={"mailbox": box}))
    fetched = stages.fetch_mail(project)
    assert len(fetched.written) == 1
    judged = stages.judge(project)
    book = next(one for one in judged.dataset.files if one.source.kind == "xlsx")
    assert book.source.data == data
    assert (book.unit, book.state, book.source.received) == (UNIT, FileState.COUNTED, date(2026, 11, 24))
    assert book.source.mail is not None
    assert book.source.mail.sender == unit.email
    typed = {code: value for code, value in answers.data.items() if isinstance(value, int | float)}
    counted = {entry.code: entry.amount for entry in judged.dataset.entries}
    assert {code: counted[code] for code in typed} == {code: Decimal(str(value)) for code, value in typed.items()}
    assert stages.fetch_mail(project).written == ()
