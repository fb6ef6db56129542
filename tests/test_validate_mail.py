"""T14 to T23: what mails, archives and disguised files lead to; one case that passes and one that does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from pipeline.intake.messages import VIETNAM
from pipeline.model import Identity, Mail, Submission
from pipeline.validate import sentence
from pipeline.validate.files import near_units
from tests.factory import shipped
from tests.judging import DISTRICT, ERROR, NOTE, WARNING, clean, codes, only, unreadable

SENT = datetime(2026, 11, 24, 8, 30, tzinfo=VIETNAM)


def mailed(one: Submission, sender: str) -> Submission:
    return replace(one, source=replace(one.source, mail=Mail(sender, "Nộp biểu", SENT)))


def mail(body: str, contents: int = 0) -> Submission:
    one = unreadable("mail")
    source = replace(one.source, mail=Mail("ai.do@example.vn", "Báo cáo", SENT, body), contents=contents)
    return replace(one, source=source, identity=Identity())


def noted(note: str, detail: str = "") -> Submission:
    return replace(clean(), notes=((note, detail),))


def said(one: Submission) -> str:
    return sentence(only(one), "vi", shipped()[0])


def test_T14_ok() -> None:
    assert "T14" not in codes(unreadable("html"))


@pytest.mark.parametrize(("kind", "words"), [("html_table", "trang web (HTML)"), ("xml2003", "XML 2003")])
def test_T14_error(kind: str, words: str) -> None:
    finding = only(unreadable(kind))
    assert (finding.rule, finding.severity, finding.rejects) == ("T14", ERROR, True)
    assert said(unreadable(kind)) == f"Tệp mang đuôi Excel nhưng thực chất là {words} nên không đọc được."


def test_T15_ok() -> None:
    assert "T15" not in codes(unreadable("zip"))


@pytest.mark.parametrize("failure", ["zip_damaged", "zip_locked", "zip_too_large", "zip_nested", "msg_damaged"])
def test_T15_error(failure: str) -> None:
    finding = only(unreadable("zip", failure))
    assert (finding.rule, finding.severity, finding.rejects) == ("T15", ERROR, True)


def test_T16_ok() -> None:
    assert "T16" not in codes(unreadable("archive"))


def test_T16_error() -> None:
    finding = only(unreadable("tnef"))
    assert (finding.rule, finding.severity, finding.rejects) == ("T16", ERROR, True)


def test_T17_ok() -> None:
    assert codes(mail("Gửi kèm biểu.", contents=1)) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Số tổ: 12, thành viên: 84", "Thư của ai.do@example.vn không có tệp đính kèm, số liệu nếu có chỉ nằm trong lời thư."),
        ("https://docs.google.com/spreadsheets/d/1abc/edit",
         "Thư của ai.do@example.vn không có tệp đính kèm, chỉ có đường liên kết đến bảng tính trực tuyến."),
        ("Đã nhận được biểu, cảm ơn.", "Thư của ai.do@example.vn không có tệp đính kèm."),
    ],
)  # fmt: skip
def test_T17_error(body: str, words: str) -> None:
    finding = only(mail(body))
    assert (finding.rule, finding.severity, finding.rejects) == ("T17", WARNING, False)
    assert said(mail(body)) == words


def test_T18_ok() -> None:
    assert codes(mailed(clean(), "tv842@example.vn")) == []


def test_T18_error() -> None:
    finding = only(mailed(clean(), "la@example.vn"))
    assert (finding.rule, finding.severity, finding.rejects) == ("T18", WARNING, False)
    assert said(mailed(clean(), "tv844@example.vn")) == (
        "Biểu của Thành đoàn Trà Vinh được gửi từ tv844@example.vn, là địa chỉ của Huyện đoàn Càng Long."
    )


def test_T19_ok() -> None:
    signed = unreadable("pdf")
    assert codes(clean(), signed) == []


def test_T19_error() -> None:
    finding = only(unreadable("image"))
    assert (finding.rule, finding.severity, finding.unit) == ("T19", WARNING, DISTRICT)


def test_T20_ok() -> None:
    assert "T20" not in codes(noted("old_code_page", "cp1258"))


@pytest.mark.parametrize(
    ("note", "detail", "words"),
    [
        ("misnamed", "xls", "Tên tệp mang đuôi khác; nội dung thực chất là Excel 97-2003 (.xls)."),
        ("zip_name", "Báo cáo.xlsx", "Tên tệp trong tệp nén bị lỗi chữ, đã đọc lại thành “Báo cáo.xlsx”."),
        ("default_password", "", "Tệp được mã hóa bằng mật khẩu mặc định của Excel; đã mở được."),
        ("macros", "", "Tệp có macro; chỉ đọc số liệu, không chạy macro."),
        ("other_sheets", "Xã A, Xã B", "Có trang không thuộc biểu mẫu, không đọc: Xã A, Xã B."),
        ("forwarded", "a@example.vn", "Tệp nằm trong thư chuyển tiếp; ngày nhận lấy theo thư gốc của a@example.vn."),
        ("legacy_font", "TCVN3", "Chữ gõ bằng bảng mã TCVN3, đã chuyển sang Unicode."),
        ("comments", "Số liệu!E12: 12", "Có ghi chú kèm ô: Số liệu!E12: 12."),
    ],
)
def test_T20_error(note: str, detail: str, words: str) -> None:
    finding = only(noted(note, detail))
    assert (finding.rule, finding.severity) == ("T20", NOTE)
    assert said(noted(note, detail)) == words


def test_T21_ok() -> None:
    assert "T21" not in codes(noted("macros"))


@pytest.mark.parametrize("note", ["old_code_page", "external_links"])
def test_T21_error(note: str) -> None:
    finding = only(noted(note, "cp1252"))
    assert (finding.rule, finding.severity, finding.held) == ("T21", WARNING, ())


def test_T22_ok() -> None:
    assert "T22" not in codes(unreadable("xlsx", "too_large"))


@pytest.mark.parametrize("limit", ["time", "memory", "crash"])
def test_T22_error(limit: str) -> None:
    finding = only(unreadable("xlsx", f"limit_{limit}"))
    assert (finding.rule, finding.values, finding.rejects) == ("T22", {"limit": limit}, True)


def test_T23_ok() -> None:
    one, other = clean(path="a.xlsx"), clean(path="b.xlsx")
    found = codes(one, other, undecided=(("a.xlsx", "b.xlsx"),), counted=frozenset())
    assert found == ["T13"]


def test_T23_error() -> None:
    one = clean(path="2026-11-25/bo sung.xlsx")
    case = only(one, undecided=((one.source.path,),))
    assert (case.rule, case.severity, case.rejects) == ("T23", ERROR, True)


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("BC Duyên Hải.xlsx", {"Huyện đoàn Duyên Hải", "Thị đoàn Duyên Hải"}),
        ("bc cang long.xlsx", {"Huyện đoàn Càng Long"}),
        ("Book1.xlsx", set()),
    ],
)
def test_a_unit_is_proposed_but_never_taken_from_a_name_that_is_only_near(name: str, proposed: set[str]) -> None:
    assert set(near_units(name, shipped()[0])) == proposed


def test_td_tra_vinh_is_asked() -> None:
    assert "Thành đoàn Trà Vinh" in near_units("TĐ Trà Vinh.xlsx", shipped()[0])
