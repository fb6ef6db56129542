"""The rehearsal's writers: what they write is read back by the libraries that units' files are read with."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlrd
from msoffcrypto import OfficeFile
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
from olefile import OleFileIO
from openpyxl import load_workbook
from oxmsg import Message
from python_calamine import CalamineWorkbook

from pipeline.intake import expand
from pipeline.intake.archives import members_of
from pipeline.intake.finding import source_of
from pipeline.legacy import Encoding, decode
from pipeline.model import SourceFile
from pipeline.reading.xlsb import read_xlsb
from pipeline.rehearsal import answers_for, formats, mails, slips, zips
from pipeline.rehearsal.binary import as_xlsb
from pipeline.rehearsal.compound import compound_file
from pipeline.rehearsal.encryption import DEFAULT_PASSWORD, encrypted
from pipeline.rehearsal.mails import Attachment, Letter
from pipeline.rehearsal.messy import VIETNAM
from pipeline.rehearsal.opendocument import as_ods
from pipeline.rehearsal.outlook import as_msg
from pipeline.rehearsal.pages import Page, pages_of
from pipeline.sheets import META_SHEET
from pipeline.templates import render_template
from tests.conftest import Convert
from tests.factory import shipped


@cache
def workbook() -> bytes:
    catalogue, config = shipped()
    unit = catalogue.unit("TV-844")
    assert unit is not None
    return render_template(catalogue, config, unit, None, answers_for(unit, catalogue))


def cells(pages: tuple[Page, ...]) -> dict[tuple[str, int, int], object]:
    return {
        (page.name, row, column): content
        for page in pages
        for row, contents in enumerate(page.rows)
        for column, content in enumerate(contents)
        if content is not None and content != ""
    }


# ---- workbooks ------------------------------------------------------------------------------------------------------


def test_xls_holds_every_cell_and_hides_the_hidden_sheet() -> None:
    book = xlrd.open_workbook(file_contents=formats.as_xls(workbook()), formatting_info=True)
    for (name, row, column), content in cells(pages_of(workbook())).items():
        cell = book.sheet_by_name(name).cell(row, column)
        value = xlrd.xldate_as_datetime(cell.value, 0) if cell.ctype == xlrd.XL_CELL_DATE else cell.value
        assert value == content, (name, row, column)
    assert {sheet.name for sheet in book.sheets() if sheet.visibility} == {META_SHEET}


def test_xls_keeps_truth_values_and_errors() -> None:
    typed = {"CT01.1": True, "CT01.2": "#REF!"}
    book = xlrd.open_workbook(file_contents=formats.as_xls(slips.retyped(workbook(), typed, "vi")))
    sheet = book.sheet_by_name("Số liệu")
    kinds = {sheet.cell_value(row, 0): sheet.cell_type(row, 4) for row in range(sheet.nrows)}
    assert (kinds["CT01.1"], kinds["CT01.2"]) == (xlrd.XL_CELL_BOOLEAN, xlrd.XL_CELL_ERROR)


def test_ods_holds_every_cell_and_the_properties() -> None:
    data = as_ods(workbook())
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    for (name, row, column), content in cells(pages_of(workbook())).items():
        value = grids[name][row][column]
        assert value == (content.date() if isinstance(content, datetime) else content), (name, row, column)
    with ZipFile(BytesIO(data)) as package:
        assert package.namelist()[0] == "mimetype"
        assert b'meta:name="phoihop_unit">TV-844<' in package.read("meta.xml")


def test_xlsb_holds_every_cell_and_the_properties() -> None:
    data = as_xlsb(workbook())
    read = read_xlsb(data)
    found = {
        (grid.name, row - 1, column - 1): cell.content
        for grid in read.grids
        for (row, column), cell in grid.cells.items()
    }
    expected = cells(pages_of(workbook()))
    assert found == {
        place: f"{content:%d/%m/%Y}" if isinstance(content, datetime) else content
        for place, content in expected.items()
    }
    assert read.properties["phoihop_unit"] == "TV-844"


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xls", "ods", "xlsm"])
def test_libreoffice_reads_the_same(kind: str, tmp_path: Path, soffice: Convert) -> None:
    write = {"xls": formats.as_xls, "ods": as_ods, "xlsm": formats.as_xlsm}[kind]
    source = tmp_path / f"bieu.{kind}"
    source.write_bytes(write(workbook()))
    given, expected = (
        {place: content for place, content in cells(pages_of(data)).items() if not isinstance(content, bool)}
        for data in (soffice(source, "xlsx", tmp_path / "out").read_bytes(), workbook())
    )
    assert given == expected


def test_xlsm_has_a_macro_project_and_the_same_cells() -> None:
    data = formats.as_xlsm(workbook())
    assert source_of("a.xlsm", data).kind == "xlsm"
    assert cells(pages_of(data)) == cells(pages_of(workbook()))
    assert "xl/vbaProject.bin" in ZipFile(BytesIO(data)).namelist()
    assert load_workbook(BytesIO(data), keep_vba=True).vba_archive is not None


@pytest.mark.parametrize(
    ("write", "kind"), [(formats.as_html, "html_table"), (formats.as_xml2003, "xml2003")], ids=["html", "xml"]
)
def test_disguises_are_what_they_say(write: object, kind: str) -> None:
    data = write(workbook())  # type: ignore[operator]
    assert source_of("a.xls", data).kind == kind
    assert "Huyện đoàn Càng Long".encode() in data


def test_web_archive_holds_the_page() -> None:
    archive = message_from_bytes(formats.as_web_archive(workbook()))
    (page,) = archive.get_payload()
    assert page.get_payload(decode=True).strip() == formats.as_html(workbook())  # type: ignore[union-attr]


def test_csv_is_one_sheet() -> None:
    data = formats.as_csv(workbook(), "Số liệu")
    assert source_of("a.csv", data).kind == "csv"
    assert data.startswith(b"\xef\xbb\xbf")
    assert b'"CT12.1";' in data


@pytest.mark.parametrize("password", [DEFAULT_PASSWORD, "Mật khẩu"])
def test_encrypted_opens_with_its_password_only(password: str) -> None:
    data = encrypted(workbook(), password)
    assert source_of("a.xlsx", data).kind == "encrypted"
    opened = BytesIO()
    file = OfficeFile(BytesIO(data))
    file.load_key(password=password, verify_password=True)
    file.decrypt(opened)
    assert opened.getvalue() == workbook()
    with pytest.raises((InvalidKeyError, DecryptionError)):
        OfficeFile(BytesIO(data)).load_key(password="khác", verify_password=True)


# ---- compound files and Outlook -------------------------------------------------------------------------------------


def test_compound_file_gives_back_every_stream() -> None:
    tree = {
        "small": b"abc",
        "empty": b"",
        "edge": bytes(4096),
        "large": bytes(range(256)) * 300,
        "store": {f"stream {number:02d}": bytes([number]) * number for number in range(40)},
    }
    with OleFileIO(BytesIO(compound_file(tree))) as opened:
        assert not opened.parsing_issues
        found = {"/".join(path): opened.openstream(path).read() for path in opened.listdir()}
    assert found == {
        **{name: content for name, content in tree.items() if isinstance(content, bytes)},
        **{f"store/{name}": content for name, content in tree["store"].items()},  # type: ignore[attr-defined]
    }


def test_compound_file_of_many_sectors() -> None:
    content = bytes(range(256)) * 4 * 512
    with OleFileIO(BytesIO(compound_file({"large": content}))) as opened:
        assert opened.openstream("large").read() == content
    with pytest.raises(ValueError, match="too large"):
        compound_file({"large": bytes(8_000_000)})


def letters() -> tuple[Letter, Letter]:
    name = "Biểu số liệu của Huyện đoàn Càng Long gửi lần thứ hai, có chỉnh sửa.xlsx"
    older = Letter("a@example.vn", "b@example.vn", "Biểu cũ", moment(1), "Xin gửi.", (Attachment("cũ.xlsx", b"PK cu"),))
    files = tuple(
        Attachment(name, b"PK" + naming.encode(), naming)
        for naming in (mails.WHOLE, mails.PIECES, mails.WORDS, mails.NAMELESS)
    )
    newer = Letter("a@example.vn", "b@example.vn", "Biểu mới, đã sửa", moment(2), "Xin gửi lại.", files, older)
    return older, newer


def moment(day: int) -> datetime:
    return datetime(2026, 11, day, 8, 15, tzinfo=VIETNAM)


def test_msg_is_read_by_oxmsg() -> None:
    _, newer = letters()
    message = Message.load(BytesIO(as_msg(newer)))
    assert (message.subject, message.body, message.sender) == ("Biểu mới, đã sửa", "Xin gửi lại.", "<a@example.vn>")
    assert message.sent_date == moment(2)
    files = [one for one in message.attachments if one.file_bytes]
    assert [(one.file_name, one.file_bytes) for one in files] == [(one.name, one.data) for one in newer.attached]
    assert message.attachment_count == len(newer.attached) + 1


def opened(name: str, data: bytes) -> list[SourceFile]:
    return list(expand(source_of(name, data)))[1:]


def test_msg_and_eml_hold_the_same_files() -> None:
    _, newer = letters()
    by_outlook, by_mail = opened("a.msg", as_msg(newer)), opened("a.eml", mails.as_eml(newer))
    assert [one.data for one in by_outlook] == [one.data for one in by_mail]
    assert [one.mail and (one.mail.sender, one.mail.subject, one.mail.sent) for one in by_outlook] == [
        one.mail and (one.mail.sender, one.mail.subject, one.mail.sent) for one in by_mail
    ]
    name = newer.attached[0].name
    again = [name.replace(".xlsx", f" ({number}).xlsx") for number in (2, 3)]
    assert [one.name for one in by_mail] == [name, *again, "khong-ten-1.xlsx", "cũ.xlsx"]


def test_mail_with_a_blank_after_base64_holds_the_same_files() -> None:
    _, newer = letters()
    plain = mails.as_eml(newer)
    blank = mails.with_blank_after_base64(plain)
    assert blank.count(b": base64 \n") == plain.count(b": base64\n") > 0
    assert [one.data for one in opened("a.eml", blank)] == [one.data for one in opened("a.eml", plain)]


def test_mbox_holds_every_letter() -> None:
    older, newer = letters()
    found = opened("a.mbox", mails.as_mbox((older, newer)))
    assert [one.mail and one.mail.subject for one in found if one.kind == "mail"] == ["Biểu cũ", "Biểu mới, đã sửa"]


# ---- archives and old fonts -----------------------------------------------------------------------------------------


def test_zip_names_come_back() -> None:
    name = "Biểu số liệu - Thị xã Duyên Hải, đợt hai.xlsx"
    assert [one.name for one in members_of(zips.zipped({name: b"a"}))] == [name]
    for raw, encoding in ((name.encode(), "utf-8"), (zips.in_cp1258(name), "cp1258")):
        (member,) = members_of(zips.zipped_raw({raw: b"a"}))
        assert (member.name, member.decoded, member.data) == (raw.decode(encoding), True, b"a")


def test_locked_zip_says_so() -> None:
    assert all(entry.flag_bits & 1 for entry in ZipFile(BytesIO(zips.locked({"a": b"1", "b": b"2"}))).infolist())


def test_tcvn3_is_read_back() -> None:
    text = "Đẩy mạnh tuyên truyền trên trang mạng xã hội của Đoàn; một số nơi còn lúng túng khi tổng hợp số liệu."
    decoded = decode(slips.tcvn3(text))
    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.certain) == (text, Encoding.TCVN3, True)


# ---- the same every time --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "write",
    [
        formats.as_xls, as_ods, as_xlsb, formats.as_xlsm, formats.as_html, formats.as_xml2003,
        lambda data: encrypted(data, "a"), lambda data: slips.rebuilt(data, "vi"),
        lambda data: slips.rearranged_copy(data, "vi"), lambda data: slips.copied_out(data, "vi", unit_code=False),
    ],
)  # fmt: skip
def test_writers_give_the_same_bytes_every_time(write: object) -> None:
    assert write(workbook()) == write(workbook())  # type: ignore[operator]


def test_mails_give_the_same_bytes_every_time() -> None:
    assert mails.as_eml(letters()[1]) == mails.as_eml(letters()[1])
    assert as_msg(letters()[1]) == as_msg(letters()[1])
