"""Documents printed by LibreOffice and measured: every document in every layout, names, lists and texts of any length."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn

from pipeline.config import Agency
from pipeline.report import Material, packaged_text
from tests.conftest import ConvertAll
from tests.measuring import letters, read
from tests.page_rules import RULES, STATE, UNION, Printed, faults, names_of
from tests.papers import (  # fmt: skip
    BY_KEY,
    LAYOUTS,
    built,
    material,
    material_for,
    opened,
    text_of,
    with_config,
    with_narrative,
    with_report,
)

pytestmark = pytest.mark.libreoffice

Documents = Mapping[str, tuple[bytes, Mapping[str, Any]]]
Print = Callable[[Documents], list[Printed]]
SPECS = {"nd30": STATE, "doan": UNION, "joint_so": STATE, "joint_doan": UNION}
KINDS = {"annual": "BÁO CÁO", "period": "BÁO CÁO", "plan": "KẾ HOẠCH", "awards": "TỜ TRÌNH"}
OWN = "cong-van-don-doc.md.j2"
HEAD = """loại: {kind}
ký hiệu: {symbol}
trích yếu: {summary}
kính gửi: {to}
nơi nhận: {copies}
độ khẩn: {urgency}
---
"""
SENTENCE = "Các đơn vị phối hợp thực hiện đúng nội dung."
LONG_SENTENCE = " ".join([SENTENCE] * 12)


@pytest.fixture
def printed(soffice_all: ConvertAll, tmp_path: Path) -> Print:
    """Print documents with one start of LibreOffice; beside each stands what it is known to say."""

    def print_all(documents: Documents) -> list[Printed]:
        paths = [tmp_path / f"{place}.docx" for place in range(len(documents))]
        for path, (data, _) in zip(paths, documents.values(), strict=True):
            path.write_bytes(data)
        pdfs = soffice_all(paths, "pdf", tmp_path / "pdf")
        return [
            Printed(name=name, sheets=read(pdf), tables=rows_of(data), **known)
            for (name, (data, known)), pdf in zip(documents.items(), pdfs, strict=True)
        ]

    return print_all


def rows_of(data: bytes) -> tuple[Counter[str], ...]:
    """The letters of every row of the tables with lines."""
    tables = opened(data).element.body.findall(qn("w:tbl"))
    drawn = [table for table in tables if table.find(qn("w:tblPr")).find(qn("w:tblBorders")) is not None]
    return tuple(letters(text_of(row)) for table in drawn for row in table.iter(qn("w:tr")))


def known_of(layout: str, given: Material, kind: str, to: Sequence[str], copies: Sequence[str], urgency: str = "") -> dict[str, Any]:  # fmt: skip
    """What a document says in a layout, by the configuration."""
    config, joint, spec = given.config, layout.startswith("joint"), SPECS[layout]
    lead, partner = config.agency_of("so"), config.agency_of("tinh_doan")
    if spec is UNION:
        lead, partner = partner, lead
    issuers = [lead, partner] if joint else [lead]
    archive = config.correspondence.archive if joint else lead.archive
    return {
        "spec": spec,
        "kind": kind,
        "agencies": " - ".join(" ".join(agency.header) for agency in issuers),
        "superior": "" if joint else lead.superior,
        "titles": tuple(titles_of(agency, config.report_deadline, joint) for agency in reversed(issuers)),
        "signers": tuple(agency.signer_on(config.report_deadline).name for agency in reversed(issuers)),
        "addressees": tuple(to),
        "recipients": (*copies, f"Lưu{'' if spec is UNION else ':'} {archive}"),
        "urgency": urgency,
    }


def titles_of(agency: Agency, day: Any, joint: bool) -> str:
    """What stands above the name, on one line."""
    signer = agency.signer_on(day)
    return " ".join(filter(None, [" ".join(agency.signature.replace("|", " ").split()) if joint or agency.collective else "", signer.authority, signer.title]))  # fmt: skip


def named_in(key: str) -> list[str]:
    """The addressees that a shipped narrative names itself, in its own words."""
    found = re.search(r"^kính gửi: ([^{}\n]+)$", packaged_text(BY_KEY[key].narrative), re.MULTILINE)
    return [name.strip() for name in found[1].split("|")] if found else []


def shipped(key: str, layout: str, given: Material) -> tuple[bytes, Mapping[str, Any]]:
    """A document with its shipped text, and what it is known to say."""
    names = given.config.correspondence
    unasked = key == "plan" or (SPECS[layout] is UNION and KINDS.get(key) == "BÁO CÁO")
    to = {"cover": ["Các đơn vị có tên tại Phụ lục kèm theo"],
          "reminder": ["Huyện đoàn Càng Long", "Đoàn cơ sở Bộ Chỉ huy Quân sự tỉnh"]}.get(key) or named_in(key) or names.addressees  # fmt: skip
    superiors = sorted(names.addressees, key=lambda name: SPECS[layout] is UNION and "Đoàn" not in name)
    to = superiors if to == names.addressees else to
    copies = [*(superiors if unasked else ["Như trên"]), *(names.recipients if key in {"annual", "period", "plan"} else [])]  # fmt: skip
    urgency = "THƯỢNG KHẨN" if key == "reminder" else ""
    known = known_of(layout, given, KINDS.get(key, ""), [] if unasked else to, copies, urgency)
    return built(key, given), {**known, "charts": 2 if key == "period" else 0}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_document(layout: str, printed: Print) -> None:
    settings = {**LAYOUTS[layout], "urgency": "thuong_khan"}
    documents = {key: shipped(key, layout, with_report(material_for(key), **settings)) for key in BY_KEY}
    assert [fault for one in printed(documents) for fault in faults(one)] == []


# ---- names and lists ------------------------------------------------------------------------------------------------

SHORT: dict[str, dict[str, Any]] = {
    "so": {"header": ["SỞ Y TẾ"], "signature": "SỞ Y TẾ", "superior": "UBND TỈNH HÀ NAM", "place": "Huế", "code": "SYT"},
    "tinh_doan": {"header": ["TỈNH ĐOÀN"], "signature": "TM. BAN THƯỜNG VỤ", "place": "Huế"},
}  # fmt: skip
LONG: dict[str, dict[str, Any]] = {
    "so": {"header": ["SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN"], "signature": "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
           "superior": "ỦY BAN NHÂN DÂN TỈNH BÀ RỊA - VŨNG TÀU", "place": "Bà Rịa - Vũng Tàu", "code": "SNN&PTNT"},
    "tinh_doan": {"header": ["BAN CHẤP HÀNH ĐOÀN TNCS HỒ CHÍ MINH TỈNH BÀ RỊA - VŨNG TÀU"],
                  "signature": "TM. BAN CHẤP HÀNH ĐOÀN TNCS HỒ CHÍ MINH TỈNH BÀ RỊA - VŨNG TÀU",
                  "place": "Bà Rịa - Vũng Tàu"},
}  # fmt: skip
SIGNERS: dict[str, dict[str, dict[str, str]]] = {
    "short": {"so": {"name": "Lê A", "title": "GIÁM ĐỐC"}, "tinh_doan": {"name": "Lý Bá", "title": "BÍ THƯ"}},
    "long": {"so": {"name": "Nguyễn Phúc Hoàng Bảo Ngọc Phương Anh", "authority": "KT. GIÁM ĐỐC", "title": "PHÓ GIÁM ĐỐC"},
             "tinh_doan": {"name": "Nguyễn Thị Phương Thảo", "title": "PHÓ BÍ THƯ THƯỜNG TRỰC"}},
}  # fmt: skip
PLACES = ("Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu", "Bộ Khoa học và Công nghệ", "Trung ương Đoàn", "Tỉnh ủy")


def named(given: Material, names: str) -> Material:
    """The same material with the shortest or the longest names of agencies, places and signers."""
    changes = SHORT if names == "short" else LONG
    agencies = [
        agency.model_copy(update={**changes[agency.key], "signer": [
            signer.model_copy(update=SIGNERS[names][agency.key]) for signer in agency.signer
        ]})
        for agency in given.config.agency
    ]  # fmt: skip
    return with_config(given, agency=agencies)


def told(layout: str, given: Material, text: str, folder: Path, kind: str = "TỜ TRÌNH", to: Sequence[str] = (),
         copies: Sequence[str] = (), urgency: str = "", summary: str = "") -> tuple[bytes, Mapping[str, Any]]:  # fmt: skip
    """A document with a text of one's own, and what it is known to say."""
    head = HEAD.format(
        kind=kind, symbol="TTr" if kind else "CV", to=" | ".join(to), copies=" | ".join(copies), urgency=urgency,
        summary=summary or "Về việc thực hiện Chương trình phối hợp hoạt động năm 2026",
    )  # fmt: skip
    own = with_narrative(with_report(given, **LAYOUTS[layout]), OWN, head + text, folder)
    copied = (*(("Như trên",) if to else ()), *copies)
    words = {"khan": "KHẨN", "hoa_toc": "HỎA TỐC"}.get(urgency, "")
    return built("reminder", own), known_of(layout, own, kind, to, copied, words)


@pytest.mark.heavy
@pytest.mark.parametrize("layout", LAYOUTS)
def test_names_and_lists_of_any_length(layout: str, printed: Print, tmp_path: Path) -> None:
    documents = {}
    for names, to, copies in (("short", 1, 3), ("short", 12, 25), ("long", 1, 25), ("long", 12, 3)):
        places = [f"{PLACES[n % 4]} ({n + 1})" for n in range(25)]
        for kind, urgency in (("TỜ TRÌNH", ""), ("", "khan"), ("", "hoa_toc")):
            documents[f"{names}, {to}, {copies}, {kind}{urgency}"] = told(
                layout, named(material(), names), f"{LONG_SENTENCE}\n\n{SENTENCE}\n", tmp_path,
                kind=kind, to=places[:to], copies=places[:copies], urgency=urgency,
                summary="Về việc " + "đề nghị phối hợp thực hiện các nội dung của Chương trình " * (1 + (names == "long")),
            )  # fmt: skip
    assert [fault for one in printed(documents) for fault in faults(one)] == []


# ---- length of the text ---------------------------------------------------------------------------------------------


@pytest.mark.heavy
@pytest.mark.parametrize("layout", LAYOUTS)
def test_signatures_never_stand_alone(layout: str, printed: Print, tmp_path: Path) -> None:
    """A last page of any length: from signatures that fit well below the text to some that do not fit at all."""
    texts = {f"{count} lines": [SENTENCE] * count for count in range(8, 28, 2)}
    texts |= {f"{count} lines and a long one": [*[SENTENCE] * count, LONG_SENTENCE] for count in (9, 13, 17)}
    texts |= {f"{count} lines and a dash": [*[SENTENCE] * count, f"- {SENTENCE}"] for count in (11, 15, 19)}
    copies = ["Tỉnh ủy", "UBND tỉnh"]
    documents = {
        name: told(layout, material(), "\n\n".join(text), tmp_path, copies=copies) for name, text in texts.items()
    }
    found = printed(documents)
    assert [fault for one in found for fault in faults(one)] == []
    assert {len(one.sheets) for one in found} == {1, 2}
    assert sum(len(one.sheets) == 2 and one.body[-1][0] == 1 for one in found) >= 4


@pytest.mark.heavy
@pytest.mark.parametrize("layout", ["nd30", "joint_doan"])
def test_texts_of_one_three_and_thirty_pages(layout: str, printed: Print, tmp_path: Path) -> None:
    part = f"# {{n}}. TÊN MỤC\n\n{SENTENCE}\n\n## 1. Tên khoản\n\n1. {LONG_SENTENCE}\n1. {SENTENCE}\n\n- {SENTENCE}\n\n"
    roman = ("I", "II", "III", "IV", "V")
    documents = {
        str(pages): told(layout, material(), "".join(part.format(n=roman[n % 5]) for n in range(parts)) + SENTENCE, tmp_path)
        for pages, parts in ((1, 1), (3, 6), (30, 80))
    }  # fmt: skip
    found = printed(documents)
    assert [fault for one in found for fault in faults(one)] == []
    assert [len(one.sheets) for one in found[:2]] == [1, 3]
    assert 28 <= len(found[2].sheets) <= 32


# ---- the rules can fail ---------------------------------------------------------------------------------------------

STYLES, TEXT, HEADER = "word/styles.xml", "word/document.xml", "word/header1.xml"
SPOILED: dict[str, tuple[str, tuple[str, str, str]]] = {
    "page_size": ("short", (TEXT, r'w:h="16838"', 'w:h="15840"')),
    "margins": ("short", (TEXT, r'w:left="1701"', 'w:left="1600"')),
    "typeface": ("short", (STYLES, r'w:ascii="Times New Roman" w:hAnsi="Times New Roman"', 'w:ascii="DejaVu Sans" w:hAnsi="DejaVu Sans"')),
    "page_numbers": ("plan", (TEXT, r'<w:pgNumType w:start="1"/>', "")),
    "no_blank_page": ("short", (TEXT, r'<w:pStyle w:val="HetPhan"/>', '<w:pStyle w:val="HetPhan"/><w:pageBreakBefore/>')),
    "national_lines": ("short", (TEXT, r'(<w:pStyle w:val="KeDuoiTieuNgu"/><w:ind w:left=)"\d+"', r'\1"1200"')),
    "agencies": ("short", (TEXT, r'(<w:pStyle w:val="KeDuoiCoQuan"/><w:ind w:left=)"\d+"', r'\1"900"')),
    "number_and_date": ("short", (STYLES, r'(w:styleId="SoKyHieu".*?<w:sz w:val=)"26"', r'\1"28"')),
    "title": ("short", (STYLES, r'(w:styleId="TrichYeu".*?<w:jc w:val=)"center"', r'\1"left"')),
    "letter_summary": ("letter", (TEXT, r'(<w:pStyle w:val="TrichYeuCongVan"/><w:spacing w:before=)"120"', r'\1"0"')),
    "addressees": ("letter", (STYLES, r'(w:styleId="NoiGuiDen".*?<w:ind w:left=)"\d+"', r'\1"2800"')),
    "urgency": ("letter", (STYLES, "FF0000", "000000")),
    "body_text": ("short", (STYLES, r'(w:styleId="NoiDung".*?w:line=)"276"', r'\1"288"')),
    "headings": ("headed", (STYLES, r"<w:keepNext/>", "")),
    "charts": ("period", (TEXT, r'(<w:pStyle w:val="BieuDo"/>)', r'\1<w:ind w:left="400"/>')),
    "signatures": ("long", (TEXT, r"<w:keepNext/><w:keepLines/>", "")),
    "recipients": ("short", (STYLES, r'(w:styleId="DanhSachNoiNhan".*?<w:sz w:val=)"22"', r'\1"24"')),
    "annexes": ("plan", (STYLES, r'(w:styleId="SoPhuLuc".*?<w:sz w:val=)"28"', r'\1"26"')),
    "table_rows": ("plan", (TEXT, r"<w:cantSplit/>", "")),
}  # fmt: skip
"""For every rule a document, and what is changed in one of its parts so that the rule must speak."""


def spoiled(data: bytes, part: str, old: str, new: str) -> bytes:
    """The same package with the first or every match in one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as changed:
        for entry in whole.infolist():
            content = whole.read(entry)
            if entry.filename == part:
                text, count = re.subn(old, new, content.decode(), flags=re.DOTALL)
                assert count, f"{old} is not in {part}"
                content = text.encode()
            changed.writestr(entry, content)
    return out.getvalue()


@pytest.mark.heavy
def test_every_rule_can_fail(printed: Print, tmp_path: Path) -> None:
    given, copies = material(), ["Tỉnh ủy", "UBND tỉnh"]
    headed = "".join(f"{SENTENCE}\n\n## {n}. Tên khoản\n\n" for n in range(1, 30)) + SENTENCE
    bases = {
        "short": told("nd30", given, f"{LONG_SENTENCE}\n\n{SENTENCE}", tmp_path, copies=copies),
        "letter": told("nd30", given, SENTENCE, tmp_path, kind="", to=PLACES, copies=copies, urgency="khan"),
        "headed": told("nd30", given, headed, tmp_path, copies=copies),
        "long": told("nd30", given, "\n\n".join([SENTENCE] * 22), tmp_path, copies=copies),
        **{key: shipped(key, "nd30", with_report(material_for(key), **LAYOUTS["nd30"])) for key in ("plan", "period")},
    }
    documents = {rule: (spoiled(bases[base][0], *change), bases[base][1]) for rule, (base, change) in SPOILED.items()}
    assert SPOILED.keys() == {rule.__name__ for rule in RULES}
    silent = [one.name for one in printed(documents) if one.name not in names_of(faults(one))]
    assert silent == []
