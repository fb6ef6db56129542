"""Mails and archives: every file in them is found, none leaves its folder, and each says how it came."""

from __future__ import annotations

import email.policy
from base64 import b64encode
from collections.abc import Iterable
from datetime import date, datetime
from email.message import EmailMessage
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake import archives, expand, find_files
from pipeline.intake.archives import inside
from pipeline.intake.finding import source_of
from pipeline.intake.messages import VIETNAM
from pipeline.model import SourceFile

BOOK = b"PK\x03\x04 bieu so lieu"


def workbook(text: str = "Biểu") -> bytes:
    """The least that is recognised as an .xlsx."""
    return zipped({"xl/workbook.xml": text.encode(), "[Content_Types].xml": b"<Types/>"})


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, ZIP_DEFLATED)
    return buffer.getvalue()


def letter(
    sender: str = "Huyện đoàn Càng Long <TV844@example.vn>",
    files: Iterable[tuple[str, bytes]] = (("TV-844.xlsx", workbook()),),
    body: str = "Kính gửi Tỉnh đoàn.",
    sent: str = "Tue, 24 Nov 2026 22:30:00 +0000",
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "bantuyengiao@example.vn", "Nộp biểu năm 2026"
    if sent:
        message["Date"] = sent
    message.set_content(body)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def opened(name: str, data: bytes) -> dict[str, SourceFile]:
    return {one.path: one for one in expand(source_of(name, data))}


def mailed(message: EmailMessage | bytes) -> dict[str, SourceFile]:
    data = message if isinstance(message, bytes) else message.as_bytes(policy=email.policy.SMTP)
    return opened("thu.eml", data)


# ---- mails ----------------------------------------------------------------------------------------------------------


def test_a_mail_gives_its_attachment_with_sender_and_day_in_vietnam() -> None:
    found = mailed(letter())
    assert list(found) == ["thu.eml", "thu.eml/TV-844.xlsx"]
    box, book = found.values()
    assert (box.kind, box.contents, box.failure) == ("mail", 1, "")
    assert (book.kind, book.data, book.sha256) == ("xlsx", workbook(), sha256(workbook()).hexdigest())
    assert book.mail is not None
    assert book.mail.sender == "tv844@example.vn"
    assert book.mail.sent == datetime(2026, 11, 25, 5, 30, tzinfo=VIETNAM)
    assert book.received == date(2026, 11, 25)


def test_the_mails_own_date_comes_before_the_folders() -> None:
    data = letter().as_bytes()
    assert {one.received for one in expand(source_of("2026-12-30/thu.eml", data))} == {date(2026, 11, 25)}


def test_a_mail_without_a_date_takes_the_day_on_which_a_server_took_it() -> None:
    received = b"Received: from a by b with ESMTP id 1; Mon, 23 Nov 2026 10:00:00 +0700\r\n"
    (_, book) = mailed(received + letter(sent="").as_bytes(policy=email.policy.SMTP)).values()
    assert book.received == date(2026, 11, 23)


def test_a_mail_without_any_date_leaves_the_folders() -> None:
    found = opened("2026-11-22/thu.eml", letter(sent="").as_bytes())
    assert {one.received for one in found.values()} == {date(2026, 11, 22)}


@pytest.mark.parametrize(
    "written",
    [
        'filename="=?UTF-8?B?QsOhbyBjw6FvIEPDoG5nIExvbmcueGxzeA==?="',
        'filename="=?UTF-8?Q?B=C3=A1o_c=C3=A1o?=\r\n =?UTF-8?Q?_C=C3=A0ng_Long=2Exlsx?="',
        "filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20C%C3%A0ng%20Long.xlsx",
        "filename*0*=UTF-8''B%C3%A1o%20c%C3%A1o%20;\r\n filename*1*=C%C3%A0ng%20Long.xlsx",
        'filename="Báo cáo Càng Long.xlsx"',
    ],
)
def test_names_are_decoded_however_they_are_written(written: str) -> None:
    assert list(attached(written)) == ["thu.eml/Báo cáo Càng Long.xlsx"]


def attached(disposition: str, encoding: str = "base64", content: bytes = b64encode(workbook())) -> dict[str, bytes]:
    """The files of a mail with one attachment, written by hand."""
    data = (
        b"From: a@example.vn\r\nDate: Tue, 24 Nov 2026 08:00:00 +0700\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nBieu\r\n--x\r\n'
        b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; "
        + disposition.encode()
        + f"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
        + content
        + b"\r\n--x--\r\n"
    )
    return {path: one.data for path, one in mailed(data).items() if path != "thu.eml"}


@pytest.mark.parametrize("encoding", ["base64", "base64 ", "BASE64", "7bit", "8bit", "bâse64", "binary"])
def test_slips_in_the_transfer_encoding_hide_nothing(encoding: str) -> None:
    assert attached('filename="a.xlsx"', encoding) == {"thu.eml/a.xlsx": workbook()}


def test_an_attachment_without_a_name_gets_one() -> None:
    assert list(attached("size=5").values()) == [workbook()]
    assert next(iter(attached("size=5"))).endswith(".xlsx")


def test_a_mail_that_is_nothing_but_an_attachment() -> None:
    data = (
        b"From: a@example.vn\r\nDate: Tue, 24 Nov 2026 08:00:00 +0700\r\nContent-Type: application/vnd.ms-excel; "
        b'name="a.xlsx"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + b64encode(workbook())
    )
    assert mailed(data)["thu.eml/a.xlsx"].data == workbook()


def test_a_name_with_a_stroke_is_a_name_and_no_folder() -> None:
    found = mailed(letter(files=[("Biểu 11/2026.xlsx", workbook())]))
    assert list(found) == ["thu.eml", "thu.eml/Biểu 11-2026.xlsx"]
    assert found["thu.eml"].contents == 1


def test_two_attachments_of_one_name_are_both_kept() -> None:
    found = mailed(letter(files=[("a.xlsx", workbook("1")), ("A.xlsx", workbook("2"))]))
    assert list(found) == ["thu.eml", "thu.eml/a.xlsx", "thu.eml/A (2).xlsx"]


def test_a_forwarded_message_keeps_its_own_sender_and_day() -> None:
    outer = letter("chanh.van.phong@example.vn", (("moi.xlsx", workbook("2")),), sent="Wed, 25 Nov 2026 08:00:00 +0700")
    outer.add_attachment(letter(sent="Fri, 20 Nov 2026 08:00:00 +0700"))
    found = mailed(outer)
    old, new = found["thu.eml/TV-844.xlsx"], found["thu.eml/moi.xlsx"]
    assert (old.received, new.received) == (date(2026, 11, 20), date(2026, 11, 25))
    assert old.mail is not None
    assert old.mail.sender == "tv844@example.vn"
    assert old.notes == (("forwarded", "tv844@example.vn"),)
    assert new.notes == ()


def test_an_attached_mail_file_is_opened_too() -> None:
    inner = letter().as_bytes()
    found = mailed(letter("a@example.vn", [("chuyen tiep.eml", inner)]))
    assert "thu.eml/chuyen tiep.eml/TV-844.xlsx" in found


def test_the_text_of_a_mail_is_kept_and_holds_no_file() -> None:
    found = mailed(letter(files=(), body="Số tổ: 12\n\nthành viên 84"))
    (box,) = found.values()
    assert box.contents == 0
    assert box.mail is not None
    assert box.mail.body == "Số tổ: 12\nthành viên 84"


def test_html_is_read_without_its_tags() -> None:
    message = letter(files=())
    message.set_content("<p>Biểu ở <a href='https://docs.google.com/spreadsheets/d/1'>đây</a></p>", subtype="html")
    (box,) = mailed(message).values()
    assert box.mail is not None
    assert box.mail.body == "Biểu ở https://docs.google.com/spreadsheets/d/1 đây"


def test_a_picture_in_the_text_is_no_scan() -> None:
    message = letter(files=())
    message.add_related(b"\x89PNG logo", maintype="image", subtype="png", cid="<logo>")
    message.add_attachment(b"\xff\xd8\xff\xe0 anh", maintype="image", subtype="jpeg", filename="IMG_2231.jpg")
    kinds = [one.kind for one in mailed(message).values()]
    assert kinds == ["mail", "mail_extra", "image"]


def test_an_archive_in_a_mail_is_opened() -> None:
    found = mailed(letter(files=[("bieu.zip", zipped({"TV-844.xlsx": workbook()}))]))
    book = found["thu.eml/bieu.zip/TV-844.xlsx"]
    assert (book.kind, book.received) == ("xlsx", date(2026, 11, 25))
    assert found["thu.eml"].contents == 1


def test_a_mailbox_file_gives_every_message() -> None:
    one, two = letter().as_bytes(), letter(sent="Wed, 25 Nov 2026 08:00:00 +0700").as_bytes()
    mbox = (
        b"From a@example.vn Tue Nov 24 08:00:00 2026\n" + one + b"\nFrom b@example.vn Wed Nov 25 08:00:00 2026\n" + two
    )
    found = opened("thu.mbox", mbox)
    assert [path for path in found if path.endswith(".xlsx")] == [
        "thu.mbox/thu-001.eml/TV-844.xlsx", "thu.mbox/thu-002.eml/TV-844.xlsx",
    ]  # fmt: skip
    assert found["thu.mbox"].contents == 2


def test_winmail_dat_is_named() -> None:
    found = mailed(letter(files=[("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(40))]))
    assert found["thu.eml/winmail.dat"].kind == "tnef"


def test_a_damaged_outlook_message_says_so() -> None:
    from pipeline.intake.kinds import kind_of

    data = bytes.fromhex("d0cf11e0a1b11ae1") + "__properties_version1.0".encode("utf-16-le") + bytes(600)
    assert kind_of("a.msg", data) == "msg"
    (one,) = expand(source_of("a.msg", data))
    assert one.failure == "msg_damaged"


@given(st.binary(max_size=600))
def test_no_bytes_whatever_break_the_opening(data: bytes) -> None:
    for head in (b"", b"PK\x03\x04", b"From: a@b.vn\r\nDate: x\r\n", b"From x\nFrom: a@b.vn\n"):
        for one in expand(source_of("a.eml", head + data)):
            assert one.path.startswith("a.eml")


# ---- archives -------------------------------------------------------------------------------------------------------


def test_an_archive_gives_its_files() -> None:
    found = opened(
        "bieu.zip", zipped({"xa/TV-844.xlsx": workbook(), "__MACOSX/._TV-844.xlsx": b"x", "BC.pdf": b"%PDF-1"})
    )
    assert {path: one.kind for path, one in found.items()} == {
        "bieu.zip": "zip", "bieu.zip/xa/TV-844.xlsx": "xlsx", "bieu.zip/__MACOSX/._TV-844.xlsx": "system",
        "bieu.zip/BC.pdf": "pdf",
    }  # fmt: skip
    assert found["bieu.zip"].contents == 3


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258"])
def test_names_without_the_utf8_mark_are_decoded(encoding: str) -> None:
    name = "Báo cáo.xlsx" if encoding == "utf-8" else "Bao cáo.xlsx"
    raw = name.encode(encoding)
    placeholder = "X" * len(raw)
    data = zipped({placeholder: workbook()}).replace(placeholder.encode(), raw)
    found = opened("bieu.zip", data)
    assert found[f"bieu.zip/{name}"].notes == (("zip_name", name),)


def test_an_archive_in_an_archive_is_not_opened_and_says_so() -> None:
    found = opened("bieu.zip", zipped({"trong.zip": zipped({"a.xlsx": workbook()})}))
    assert found["bieu.zip/trong.zip"].failure == "zip_nested"
    assert len(found) == 2


def test_a_locked_archive_says_so() -> None:
    data = bytearray(zipped({"a.xlsx": workbook()}))
    place = data.rfind(b"PK\x01\x02")
    data[place + 8] |= 1
    (one,) = expand(source_of("bieu.zip", bytes(data)))
    assert one.failure == "zip_locked"


def test_a_cut_archive_says_so() -> None:
    data = bytearray(zipped({"a.xlsx": workbook() * 3}))
    data[60] ^= 0xFF
    found = opened("bieu.zip", bytes(data))
    assert found["bieu.zip"].failure == "zip_damaged"


def test_an_archive_that_swells_is_not_opened() -> None:
    (one,) = expand(source_of("bieu.zip", zipped({"a.txt": bytes(20 * 2**20)})))
    assert one.failure == "zip_too_large"


def test_an_archive_of_too_many_files_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_FILES", 2)
    (one,) = expand(source_of("bieu.zip", zipped({f"{n}.txt": b"x" for n in range(3)})))
    assert one.failure == "zip_too_large"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/tuyet doi.xlsx", "tuyet doi.xlsx"),
        ("..\\..\\Windows\\a.xlsx", "Windows/a.xlsx"),
        ("C:\\a.xlsx", "C_/a.xlsx"),
        ("a\x00b\n.xlsx", "ab.xlsx"),
        ("..", "_"),
        ("", "_"),
    ],
)
def test_no_name_leads_out_of_its_folder(name: str, kept: str) -> None:
    assert inside(name) == kept


@given(st.text(max_size=40))
def test_no_name_whatever_leads_out_of_its_folder(name: str) -> None:
    parts = inside(name).split("/")
    assert all(part not in {"", ".", ".."} for part in parts)


def test_an_inbox_is_never_changed(tmp_path: Path) -> None:
    (tmp_path / "thu.eml").write_bytes(letter().as_bytes())
    (tmp_path / "bieu.zip").write_bytes(zipped({"../../ngoai.xlsx": workbook()}))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*")}
    for source in find_files(tmp_path):
        expand(source)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*")} == before
    assert not (tmp_path.parent / "ngoai.xlsx").exists()
