"""The limits of the two forms of documents as data: Nghị định 30/2020/NĐ-CP and Hướng dẫn 29-HD/TWĐTN-VP."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Span = tuple[float, float]
FONT = "Times New Roman"
PAPER = (210.0, 297.0)
_CODE = r"[A-ZĐÂĂÊÔƠƯ][\w.&]*"
_COUNT = r"(?P<count>\d+|[\s.…_]*)"


@dataclass(frozen=True, slots=True)
class Form:
    """Lengths in mm, sizes and gaps in points, each as (least, most); None: the form does not say."""

    key: str
    margins: dict[str, Span]
    page_number: Span = (13, 14)
    nation: Span = (12, 13)
    motto: Span = (13, 14)
    pairs: tuple[tuple[float, float, float], ...] = ()
    agency: Span = (12, 13)
    number: Span = (13, 13)
    date: Span = (13, 14)
    kind: Span = (13, 14)
    abstract: Span = (13, 14)
    reference: Span = (12, 13)
    reference_italic: bool | None = False
    reference_gap: float = 6
    solid_abstract_rule: bool = True
    body: Span = (13, 14)
    first_line: tuple[float, ...] = (10, 12.7)
    gap: Span = (6, 1000)
    line: Span = (1.0, 1.5)
    last_basis: str = "."
    title: Span = (13, 14)
    title_bold: bool = True
    signer: Span = (13, 14)
    recipients: Span = (12, 12)
    recipients_italic: bool = True
    recipient: Span = (11, 11)
    annex: Span = (14, 14)
    annex_title: Span = (13, 14)
    to_bold: bool | None = False
    to_italic: bool | None = False
    roman_indented: bool = False
    # Whether the Union's title stands where the state has the national name, and names a superior without its known word.
    union_head: bool = False
    names_any_superior: bool = False
    # How the symbol is built, the code of a letter in it, whether its last group can be another agency's.
    number_form: re.Pattern[str] = re.compile(rf"Số: ?{_COUNT}/(?P<type>{_CODE})-{_CODE}(?:-{_CODE})*")
    number_model: str = "{count}/{type}-{codes}"
    letter_code: str = ""
    codes_of_agencies: bool = True
    kept_copy: re.Pattern[str] = re.compile(r"- Lưu: .+\.")
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)


# The kinds of documents and the codes that the number may carry for each; practice where no rule names one.
_CODES: dict[str, tuple[str, ...]] = {
    "nghị quyết": ("NQ",), "quyết định": ("QĐ",), "chỉ thị": ("CT",), "quy chế": ("QC",), "quy định": ("QyĐ",),
    "thông cáo": ("TC",), "thông báo": ("TB",), "hướng dẫn": ("HD",), "chương trình": ("CTr",), "kế hoạch": ("KH",),
    "phương án": ("PA",), "đề án": ("ĐA",), "dự án": ("DA",), "báo cáo": ("BC",), "biên bản": ("BB",),
    "tờ trình": ("TTr",), "hợp đồng": ("HĐ",), "công điện": ("CĐ",), "bản ghi nhớ": ("BGN",),
    "bản thỏa thuận": ("BTT",), "giấy ủy quyền": ("GUQ",), "giấy mời": ("GM",), "giấy giới thiệu": ("GGT",),
    "giấy nghỉ phép": ("GNP",), "phiếu gửi": ("PG",), "phiếu chuyển": ("PC",), "phiếu báo": ("PB",),
    "kế hoạch liên tịch": ("KHLT", "KH"), "chương trình liên tịch": ("CTrLT", "CTLT", "CTr"),
    "chương trình phối hợp": ("CTPH", "CTrPH", "CTr"), "kế hoạch phối hợp": ("KHPH", "KH"),
    "quy chế phối hợp": ("QCPH", "QC"), "báo cáo liên tịch": ("BCLT", "BC"),
    "nghị quyết liên tịch": ("NQLT",), "thông tư liên tịch": ("TTLT",), "hướng dẫn liên tịch": ("HDLT", "HD"),
}  # fmt: skip

ND30 = Form(
    "nd30",
    {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)},
    pairs=((13, 14, 14), (12, 13, 13)),
    codes=_CODES,
)
DOAN = Form(
    "doan",
    {"top": (20, 20), "bottom": (20, 20), "left": (30, 30), "right": (20, 20)},
    nation=(15, 15),
    agency=(14, 14),
    number=(14, 14),
    date=(13, 13),
    kind=(16, 16),
    abstract=(14, 14),
    reference=(12, 12),
    reference_italic=True,
    reference_gap=0,
    solid_abstract_rule=False,
    body=(14, 14),
    first_line=(12.7,),
    gap=(0, 6),
    line=(1.0, 1.2),
    last_basis=",",
    title=(14, 14),
    title_bold=False,
    signer=(14, 14),
    recipients=(13, 13),
    recipients_italic=False,
    to_bold=None,
    to_italic=None,
    roman_indented=True,
    union_head=True,
    names_any_superior=True,
    number_form=re.compile(rf"Số: ?{_COUNT}-(?P<type>{_CODE})/{_CODE}(?:-{_CODE})*"),
    number_model="{count}-{type}/{codes}",
    letter_code="CV",
    codes_of_agencies=False,
    kept_copy=re.compile(r"- Lưu\b.+\.(?:\s?\(?\d+b\)?)?"),
    codes={**_CODES, "quy định": ("QĐ", "QyĐ"), "thông tri": ("TT",)},
)
FORMS = {form.key: form for form in (ND30, DOAN)}
