"""Documents read back from Word: the exact words of their frames in every layout, files of letters, faults of narratives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn

from pipeline.errors import PhoihopError
from pipeline.model import Issue, UnitState
from pipeline.report import DOCUMENTS, Material, letters_of, packaged_text, states_figures
from pipeline.report.annexes import ANNEXES
from pipeline.run import Judged, make_document, open_project
from pipeline.text import LANGUAGES, has
from tests.conftest import ROOT
from tests.papers import (
    BY_KEY,
    LAYOUTS,
    built,
    every_text,
    headers,
    material,
    material_for,
    material_of_years,
    opened,
    style_of,
    table_rows,
    text_of,
    with_config,
    with_narrative,
    with_report,
)

DRAFT = "BẢN NHÁP – SỐ LIỆU CHƯA ĐẦY ĐỦ"
DAY = Issue(number="5", day=date(2027, 2, 3), draft=False)
OWN = "cong-van-don-doc.md.j2"
HEAD = "loại: TỜ TRÌNH\nký hiệu: TTr\ntrích yếu: Về một việc\n"
Frame = Mapping[str, list[str]]


def laid_out(layout: str, given: Material | None = None, **settings: Any) -> Material:
    return with_report(given or material(), **{**LAYOUTS[layout], **settings})


def frame(key: str, given: Material, issue: Issue | None = None) -> Frame:
    """The texts of a document's paragraphs by the identifier of their style, in order."""
    found: dict[str, list[str]] = {}
    for paragraph in opened(built(key, given, issue)).element.body.iter(qn("w:p")):
        found.setdefault(style_of(paragraph), []).append(text_of(paragraph).replace("\u00a0", " "))
    return found


def own(text: str, folder: Path, layout: str = "nd30", **settings: Any) -> Frame:
    """A letter's place taken by a document with a text of one's own."""
    return frame("reminder", with_narrative(laid_out(layout, **settings), OWN, text, folder))


# ---- letterhead -----------------------------------------------------------------------------------------------------

STATE_LINES = {"QuocHieu": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], "TieuNgu": ["Độc lập - Tự do - Hạnh phúc"]}
UNION_LINES = {"TieuDeDoan": ["ĐOÀN TNCS HỒ CHÍ MINH"], "DauSao": ["***"]}
SO, DOAN = ["SỞ KHOA HỌC", "VÀ CÔNG NGHỆ"], ["BAN CHẤP HÀNH ĐOÀN TỈNH", "TRÀ VINH"]


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ("nd30", {**STATE_LINES, "CoQuanChuQuan": ["UBND TỈNH TRÀ VINH"], "CoQuanBanHanh": SO, "DauSao": None}),
        ("doan", {**UNION_LINES, "CoQuanChuQuan": None, "CoQuanBanHanh": DOAN, "QuocHieu": None}),
        ("joint_so", {**STATE_LINES, "CoQuanChuQuan": None, "CoQuanBanHanh": [SO[0], f"{SO[1]} -", *DOAN]}),
        ("joint_doan", {**UNION_LINES, "CoQuanChuQuan": None, "CoQuanBanHanh": [DOAN[0], f"{DOAN[1]} -", *SO]}),
    ],
)
@pytest.mark.parametrize("key", ["plan", "reminder"])
def test_letterhead(key: str, layout: str, expected: dict[str, list[str] | None]) -> None:
    found = frame(key, laid_out(layout))
    assert {style: found.get(style) for style in expected} == expected


@pytest.mark.parametrize(
    ("key", "layout", "blank", "issued"),
    [
        ("annual", "nd30", "Số:        /BC-SKHCN", "Số: 05/BC-SKHCN"),
        ("annual", "doan", "Số:        -BC/TĐTN-TG", "Số: 05-BC/TĐTN-TG"),
        ("annual", "joint_so", "Số:        /BC-SKHCN-TĐTN", "Số: 05/BC-SKHCN-TĐTN"),
        ("annual", "joint_doan", "Số:        -BC/TĐTN-SKHCN", "Số: 05-BC/TĐTN-SKHCN"),
        ("plan", "nd30", "Số:        /KH-SKHCN", "Số: 05/KH-SKHCN"),
        ("awards", "joint_so", "Số:        /TTr-SKHCN-TĐTN", "Số: 05/TTr-SKHCN-TĐTN"),
        ("reminder", "nd30", "Số:        /SKHCN-CĐS", "Số: 05/SKHCN-CĐS"),
        ("reminder", "doan", "Số:        -CV/TĐTN-TG", "Số: 05-CV/TĐTN-TG"),
        ("cover", "joint_so", "Số:        /SKHCN-TĐTN", "Số: 05/SKHCN-TĐTN"),
        ("cover", "joint_doan", "Số:        -CV/TĐTN-SKHCN", "Số: 05-CV/TĐTN-SKHCN"),
    ],
)
def test_number_and_symbol(key: str, layout: str, blank: str, issued: str) -> None:
    given = laid_out(layout)
    assert (frame(key, given)["SoKyHieu"], frame(key, given, DAY)["SoKyHieu"]) == ([blank], [issued])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_place_and_date(layout: str) -> None:
    given = laid_out(layout)
    assert frame("plan", given)["DiaDanhNgayThang"] == ["Trà Vinh, ngày       tháng 12 năm 2026"]
    assert frame("plan", given, DAY)["DiaDanhNgayThang"] == ["Trà Vinh, ngày 03 tháng 02 năm 2027"]
    later = Issue(number="128", day=date(2026, 12, 15))
    assert frame("plan", given, later)["DiaDanhNgayThang"] == ["Trà Vinh, ngày 15 tháng 12 năm 2026"]


@pytest.mark.parametrize("key", ["cover", "reminder"])
def test_a_letter_is_due_in_no_month_of_its_own(key: str) -> None:
    given = laid_out("nd30")
    assert frame(key, given)["DiaDanhNgayThang"] == ["Trà Vinh, ngày       tháng       năm 2026"]
    assert frame(key, given, DAY)["DiaDanhNgayThang"] == ["Trà Vinh, ngày 03 tháng 02 năm 2027"]
    attached = frame("cover", given)["KemTheo"]
    assert [" ngày       tháng       năm 2026 " in line for line in attached] == [True]


def test_a_symbol_of_ones_own_is_taken_as_it_is() -> None:
    given = laid_out("joint_so", symbols={"annual": "BC-LT-SKHCN-TĐTN"})
    assert frame("annual", given)["SoKyHieu"] == ["Số:        /BC-LT-SKHCN-TĐTN"]
    assert frame("plan", given)["SoKyHieu"] == ["Số:        /KH-SKHCN-TĐTN"]


def test_the_clerk_finds_the_places_of_number_and_day() -> None:
    for key in BY_KEY:
        root = opened(built(key, material_for(key), DAY)).element.body
        marks = {mark.get(qn("w:name")): mark.getnext() for mark in root.iter(qn("w:bookmarkStart"))}
        assert {name: text_of(run) for name, run in marks.items()} == {"so_van_ban": "05", "ngay_van_ban": "03"}


@pytest.mark.parametrize(
    ("layout", "lines"),
    [
        ("nd30", ["V/v đôn đốc gửi báo cáo", "kết quả thực hiện Chương", "trình phối hợp năm 2026"]),
        ("doan", ["“V/v đôn đốc gửi báo cáo kết quả thực", "hiện Chương trình phối hợp năm 2026”"]),
    ],
)
def test_letters_have_no_kind_but_what_they_are_about(layout: str, lines: list[str]) -> None:
    found = frame("reminder", laid_out(layout))
    assert (found.get("TenLoaiVanBan"), found["TrichYeuCongVan"]) == (None, lines)


def test_kind_abstract_and_what_stands_below() -> None:
    state, union = frame("annual", laid_out("nd30")), frame("annual", laid_out("doan"))
    lines = ["Kết quả thực hiện Chương trình phối hợp hoạt động năm 2026,", "phương hướng, nhiệm vụ năm 2027"]
    assert (state["TenLoaiVanBan"], state["TrichYeu"]) == (["BÁO CÁO"], lines)
    assert (state["KeDuoiTrichYeu"], state.get("GachDuoiTrichYeu")) == ([""], None)
    assert (union.get("KeDuoiTrichYeu"), union["GachDuoiTrichYeu"]) == (None, ["-------"])


@pytest.mark.parametrize(
    ("degree", "words"), [("khan", "KHẨN"), ("thuong_khan", "THƯỢNG KHẨN"), ("hoa_toc", "HỎA TỐC")]
)
def test_degrees_of_urgency(degree: str, words: str) -> None:
    given = laid_out("nd30", urgency=degree)
    assert frame("reminder", given)["DoKhan"] == [words]
    assert "DoKhan" not in {**frame("cover", given), **frame("reminder", laid_out("nd30"))}


# ---- addressees, recipients -----------------------------------------------------------------------------------------

UPPER = ["Bộ Khoa học và Công nghệ", "Trung ương Đoàn TNCS Hồ Chí Minh"]


@pytest.mark.parametrize(
    ("key", "layout", "to", "names"),
    [
        ("annual", "nd30", ["Kính gửi:"], [f"- {UPPER[0]};", f"- {UPPER[1]}."]),
        ("annual", "joint_doan", None, None),
        ("awards", "joint_doan", ["Kính gửi:"], [f"- {UPPER[1]};", f"- {UPPER[0]}."]),
        ("plan", "nd30", None, None),
        ("cover", "doan", ["Kính gửi: Các đơn vị có tên tại Phụ lục kèm theo."], None),
    ],
)
def test_addressees(key: str, layout: str, to: list[str] | None, names: list[str] | None) -> None:
    found = frame(key, laid_out(layout))
    assert (found.get("KinhGui"), found.get("NoiGuiDen")) == (to, names)


@pytest.mark.parametrize(
    ("key", "layout", "first", "last", "count"),
    [
        ("annual", "joint_so", "- Như trên;", "- Lưu: VT (Sở), VP (Tỉnh đoàn).", 9),
        ("annual", "doan", f"- {UPPER[1]};", "- Lưu TG, VT-LT.", 10),
        ("plan", "nd30", f"- {UPPER[0]};", "- Lưu: VT, CĐS.", 10),
        ("reminder", "joint_doan", "- Như trên;", "- Lưu VT (Sở), VP (Tỉnh đoàn).", 2),
    ],
)
def test_recipients(key: str, layout: str, first: str, last: str, count: int) -> None:
    found = frame(key, laid_out(layout))
    lines = found["DanhSachNoiNhan"]
    assert (found["NoiNhan"], lines[0], lines[-1], len(lines)) == (["Nơi nhận:"], first, last, count)
    assert all(line.startswith("- ") and line.endswith(";") for line in lines[:-1])


# ---- text -----------------------------------------------------------------------------------------------------------

BASES = "---\n*Căn cứ Luật Một*\n\n*Căn cứ Luật Hai.*\n\nNội dung{{ het }}"
POINTS = "---\n1. Ngoài khoản\n\n# I. MỤC\n\n## 3. Khoản\n\n1. Một: hai\n1. Ba\n\n- gạch\n\n# II. MỤC\n\n1. Lại: một"


@pytest.mark.parametrize(
    ("layout", "mark", "end"), [("nd30", ".", "./."), ("joint_so", ".", "./."), ("doan", ",", ".")]
)
def test_marks_after_bases_and_at_the_end(layout: str, mark: str, end: str, tmp_path: Path) -> None:
    found = own(HEAD + BASES, tmp_path, layout)
    assert found["CanCu"] == ["Căn cứ Luật Một;", f"Căn cứ Luật Hai{mark}"]
    assert found["NoiDung"] == [f"Nội dung{end}"]


@pytest.mark.parametrize(
    ("layout", "points"),
    [("nd30", ["1. Ngoài khoản", "a) Một: hai", "b) Ba", "1. Lại: một"]),
     ("doan", ["1. Ngoài khoản", "3.1. Một: hai", "3.2. Ba", "1. Lại: một"])],
)  # fmt: skip
def test_points(layout: str, points: list[str], tmp_path: Path) -> None:
    found = own(HEAD + POINTS, tmp_path, layout)
    assert (found["Diem"], found["GachDauDong"], found["Muc"]) == (points, ["- gạch"], ["I. MỤC", "II. MỤC"])


def test_the_title_of_a_point_is_set_off_in_the_unions_form_only(tmp_path: Path) -> None:
    for layout, looks in (("doan", [(True, True), (True, True), (False, False)]), ("nd30", [(False, False)] * 2)):
        given = with_narrative(laid_out(layout), OWN, f"{HEAD}---\n## 1. Khoản\n\n1. Một: hai", tmp_path)
        (point,) = [p for p in opened(built("reminder", given)).element.body.iter(qn("w:p")) if style_of(p) == "Diem"]
        found = [(run.find(f".//{qn('w:b')}") is not None, run.find(f".//{qn('w:i')}") is not None) for run in point.iter(qn("w:r"))]  # fmt: skip
        assert found == looks


def test_headings_stay_with_what_follows_and_the_last_words_with_the_signatures() -> None:
    document = opened(built("annual", material()))
    styles = {style.style_id: style.element for style in document.styles}
    assert all(styles[name].find(f".//{qn('w:keepNext')}") is not None for name in ("Muc", "Khoan", "TenBieu"))
    *_, last = [p for p in document.element.body.findall(qn("w:p")) if style_of(p) == "NoiDung"]
    assert last.find(f".//{qn('w:keepNext')}") is not None
    foot = document.element.body.findall(qn("w:tbl"))[1]
    assert foot.find(f".//{qn('w:cantSplit')}") is not None


# ---- signatures -----------------------------------------------------------------------------------------------------


def signed_by(layout: str, **changes: Any) -> Material:
    """The signer of the Sở changed."""
    given = laid_out(layout)
    signers = {
        agency.key: [one.model_copy(update=changes if agency.key == "so" else {}) for one in agency.signer]
        for agency in given.config.agency
    }
    agencies = [agency.model_copy(update={"signer": signers[agency.key]}) for agency in given.config.agency]
    return with_config(given, agency=agencies)


def signed(key: str, given: Material) -> list[list[str]]:
    """The lines of each signature block up to the name, left block first."""
    foot = opened(built(key, given)).element.body.findall(qn("w:tbl"))[1]
    blocks = []
    for cell in foot.iter(qn("w:tc")):
        lines = [text_of(p) for p in cell.iter(qn("w:p")) if style_of(p) in {"CoQuanKy", "ChucVuKy", "HoTenKy"}]
        blocks += [lines] if lines else []
    return blocks


SO_SIGNS = ["SỞ KHOA HỌC VÀ CÔNG NGHỆ", "GIÁM ĐỐC", "Nguyễn Văn Này"]


@pytest.mark.parametrize(
    ("layout", "blocks"),
    [
        ("nd30", [["GIÁM ĐỐC", "Nguyễn Văn Này"]]),
        ("doan", [["TM. BAN CHẤP HÀNH TỈNH ĐOÀN", "BÍ THƯ", "Trần Trí Cường"]]),
        ("joint_so", [["TM. BAN CHẤP HÀNH TỈNH ĐOÀN", "BÍ THƯ", "Trần Trí Cường"], SO_SIGNS]),
        ("joint_doan", [SO_SIGNS, ["TM. BAN CHẤP HÀNH", "TỈNH ĐOÀN", "BÍ THƯ", "Trần Trí Cường"]]),
    ],
)
def test_who_signs_where(layout: str, blocks: list[list[str]]) -> None:
    assert signed("plan", laid_out(layout)) == blocks
    assert signed("plan", laid_out(layout, lead_signs="left")) == blocks[::-1]


def test_signing_for_the_head() -> None:
    deputy = {"authority": "KT. GIÁM ĐỐC", "title": "PHÓ GIÁM ĐỐC", "name": "Lê Thị Ba"}
    assert signed("plan", signed_by("nd30", **deputy)) == [["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Ba"]]
    assert signed("plan", signed_by("joint_so", **deputy))[1] == [SO_SIGNS[0], "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Ba"]  # fmt: skip


def test_letters_may_be_signed_by_order() -> None:
    given = laid_out("doan")
    agencies = []
    for agency in given.config.agency:
        order = {"letters": True, "authority": "TL. BAN CHẤP HÀNH", "title": "CHÁNH VĂN PHÒNG", "name": "Phạm Văn Tư"}
        more = [agency.signer[0].model_copy(update=order)] if agency.key == "tinh_doan" else []
        agencies.append(agency.model_copy(update={"signer": [*agency.signer, *more]}))
    given = with_config(given, agency=agencies)
    assert signed("reminder", given) == [["TL. BAN CHẤP HÀNH", "CHÁNH VĂN PHÒNG", "Phạm Văn Tư"]]
    assert signed("plan", given) == [["TM. BAN CHẤP HÀNH TỈNH ĐOÀN", "BÍ THƯ", "Trần Trí Cường"]]


# ---- draft marks, annexes -------------------------------------------------------------------------------------------


KNOWN = {"annual": True, "period": True, "plan": False, "cover": False, "reminder": False, "awards": False}
"""Which of the shipped documents state figures."""


@pytest.mark.parametrize("key", BY_KEY)
def test_what_states_figures_is_a_draft_while_some_are_missing(key: str) -> None:
    draft = KNOWN.get(key, states_figures(BY_KEY[key], material_for(key)))
    marked, whole = opened(built(key, material_for(key))), opened(built(key, material_for(key, missing=False)))
    assert (DRAFT in every_text(marked), headers(marked) == [DRAFT, ""]) == (draft, draft)
    assert {section.first_page_header.paragraphs[-1].text for section in list(marked.sections)[1:]} <= {
        DRAFT if draft else ""
    }
    assert (DRAFT in every_text(whole), DRAFT in headers(whole)) == (False, False)
    assert DRAFT not in every_text(opened(built(key, material_for(key), DAY)))


@pytest.mark.parametrize(
    ("key", "numbers"),
    [("annual", ["Phụ lục I", "Phụ lục II", "Phụ lục III"]), ("plan", ["Phụ lục I", "Phụ lục II"]),
     ("cover", ["Phụ lục"]), ("reminder", None), ("awards", ["Phụ lục I", "Phụ lục II"]), ("period", ["Phụ lục I", "Phụ lục II"])],
)  # fmt: skip
def test_numbers_of_annexes(key: str, numbers: list[str] | None) -> None:
    found = frame(key, material_for(key))
    assert found.get("SoPhuLuc") == numbers
    assert len(found.get("TenPhuLuc", [])) == len(numbers or [])


@pytest.mark.parametrize(
    ("layout", "words"),
    [
        ("nd30", "(Kèm theo Kế hoạch số 05/KH-SKHCN ngày 03 tháng 02 năm 2027 của Sở Khoa học và Công nghệ)"),
        ("joint_doan", "(Kèm theo Kế hoạch số 05-KH/TĐTN-SKHCN ngày 03 tháng 02 năm 2027 của Ban Chấp hành Tỉnh đoàn và Sở Khoa học và Công nghệ)"),
    ],
)  # fmt: skip
def test_what_an_annex_is_attached_to(layout: str, words: str) -> None:
    assert frame("plan", laid_out(layout), DAY)["KemTheo"] == [words, words]
    assert frame("cover", laid_out(layout))["KemTheo"][0].startswith("(Kèm theo Công văn số ")


def test_many_units_are_reminded_in_an_annex() -> None:
    given = laid_out("doan")
    units = [replace(one, state=UnitState.MISSING) if n < 7 else one for n, one in enumerate(given.dataset.units)]
    many = replace(given, dataset=replace(given.dataset, units=tuple(units)))
    found = frame("reminder", many)
    assert found["KinhGui"] == ["Kính gửi: Các đơn vị có tên tại Phụ lục kèm theo."]
    assert found["SoPhuLuc"] == ["Phụ lục"]
    rows = list(table_rows(opened(built("reminder", many)), 2))
    assert len(rows) == 1 + sum(one.state in {UnitState.MISSING, UnitState.WITH_ERRORS} for one in units)
    assert rows[1][1:] == ["Thành đoàn Trà Vinh", "chưa có biểu hợp lệ", "25/11/2026"]


# ---- files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("annual", "Bao-cao-2026.docx"),
        ("plan", "van-ban/Ke-hoach-phoi-hop-2027.docx"),
        ("cover", "van-ban/Cong-van-gui-bieu-2026.docx"),
        ("reminder", "van-ban/Cong-van-don-doc-2026.docx"),
        ("awards", "khen-thuong/To-trinh-khen-thuong-2026.docx"),
        ("period", "Bao-cao-2022-2026.docx"),
    ],
)
def test_names_of_files(key: str, name: str) -> None:
    given = material_for(key)
    assert letters_of(BY_KEY[key], given) == {name: given}


def test_a_letter_for_each_unit() -> None:
    letters = letters_of(BY_KEY["reminder"], laid_out("doan", reminder="each"))
    to = {name.rpartition(" - ")[2]: frame("reminder", given)["KinhGui"] for name, given in letters.items()}
    assert to == {"TV-844.docx": ["Kính gửi: Huyện đoàn Càng Long."],
                  "TT-QS.docx": ["Kính gửi: Đoàn cơ sở Bộ Chỉ huy Quân sự tỉnh."]}  # fmt: skip
    assert {len(letters_of(one, laid_out("doan", reminder="each"))) for one in DOCUMENTS if one.key != "reminder"} == {
        1
    }


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("key", BY_KEY)
def test_equal_input_gives_equal_bytes_and_no_paragraph_is_empty(key: str, layout: str) -> None:
    given = laid_out(layout, material_for(key))
    data = built(key, given)
    assert built(key, given) == data
    empty = {
        style_of(p) for p in opened(data).element.body.iter(qn("w:p"))
        if not text_of(p).strip() and p.find(f".//{qn('w:drawing')}") is None
    }  # fmt: skip
    assert empty <= {"KeDuoiCoQuan", "KeDuoiTieuNgu", "KeDuoiTrichYeu", "HetPhan", "OBang", "OBangGiua"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(("text", "draft"), [('Đã mở {{ so("CT12.1") }} lớp.', True), ("Xin cảm ơn.", False)])
def test_a_letter_that_states_a_figure_is_a_draft_too(text: str, draft: bool, tmp_path: Path) -> None:
    given = with_narrative(material(), OWN, f"trích yếu: cảm ơn\n---\n{text}", tmp_path)
    assert (DRAFT in every_text(opened(built("reminder", given)))) is draft


@pytest.mark.parametrize(
    ("key", "file", "told"),
    [("annual", "bao-cao-nam.md.j2", "Kết quả chi tiết tại Phụ lục I."), ("reminder", OWN, "Số lớp, đợt tập huấn")],
)
def test_an_activity_is_told_in_a_document_without_an_annex_of_figures(
    key: str, file: str, told: str, tmp_path: Path
) -> None:
    given = with_narrative(material(), file, "trích yếu: kết quả\n---\n{{ ket_qua(12) }}", tmp_path)
    assert told in every_text(opened(built(key, given)))


@pytest.mark.parametrize(("word", "box"), [("hỏa tốc", "HỎA TỐC"), ("thuong_khan", "THƯỢNG KHẨN"), ("Khẩn", "KHẨN")])
def test_degrees_of_urgency_are_written_as_people_write_them(word: str, box: str, tmp_path: Path) -> None:
    given = with_narrative(material(), OWN, f"trích yếu: cảm ơn\nđộ khẩn: {word}\n---\nMột", tmp_path)
    assert frame("reminder", given)["DoKhan"] == [box]


# ---- faults of narratives -------------------------------------------------------------------------------------------


def fault(key: str, file: str, text: str, folder: Path) -> Mapping[str, object]:
    with pytest.raises(PhoihopError) as caught:
        built(key, with_narrative(material(), file, text, folder))
    assert caught.value.key == "narrative_wrong"
    return caught.value.values


FIELDS = "loại, ký hiệu, trích yếu, kính gửi, nơi nhận, độ khẩn"


@pytest.mark.parametrize(
    ("text", "line", "detail"),
    [
        ("loại: TỜ TRÌNH\nngười ký: ai đó\ntrích yếu: x\n---\nMột", "2", f"không hiểu dòng “người ký: ai đó” ở phần đầu; các mục dùng được: {FIELDS}"),
        ("loại: TỜ TRÌNH\ntrích yếu x\n---\nMột", "2", f"không hiểu dòng “trích yếu x” ở phần đầu; các mục dùng được: {FIELDS}"),
        ("loại: TỜ TRÌNH\ntrích yếu: x\n—\nMột", "3", "dòng ngăn phần đầu với nội dung phải là --- (ba dấu gạch ngang ngắn, không có gì khác), đang là “—”"),
        ("loại: TỜ TRÌNH\ntrích yếu: x\n---\n", "3", "chưa có nội dung nào sau dòng ---"),
        ("loại: TỜ TRÌNH\ntrích yếu: x\ntrích yếu: y\n---\nMột", "3", "mục này ở phần đầu ghi hai lần: “trích yếu: y”"),
        ("loại: TỜ TRÌNH\ntrích yếu: x\n\nMột", "1", f"thiếu phần đầu: các dòng ({FIELDS}) và sau đó một dòng chỉ có ---"),
        ("loại: TỜ TRÌNH\nký hiệu: TTr\n---\nMột", "1", "phần đầu thiếu “trích yếu”"),
        ("loại:\ntrích yếu: x\nđộ khẩn: gấp\n---\nMột", "3", "không hiểu “độ khẩn: gấp”; độ khẩn để trống hoặc là một trong: khan, thuong_khan, hoa_toc"),
        ("loại: TỜ TRÌNH\ntrích yếu: {{ tên }}\n---\nMột", "2", "không có từ nào tên là “tên”"),
    ],
)  # fmt: skip
def test_a_fault_in_the_heading_names_file_and_line(text: str, line: str, detail: str, tmp_path: Path) -> None:
    assert fault("reminder", OWN, text, tmp_path) == {"file": OWN, "line": line, "detail": detail}


@pytest.mark.parametrize(
    ("text", "line", "detail"),
    [
        ("Một\n\n{{ nam_nay }}\n", "3", "không có từ nào tên là “nam_nay”"),
        ("Một\n{{ cau('A', '{CT99.1} b') }}\n", "2", "không có chỉ tiêu CT99.1 trong danh mục năm 2026"),
    ],
)
def test_a_fault_in_an_included_text_names_that_file(text: str, line: str, detail: str, tmp_path: Path) -> None:
    found = fault("annual", "ket-qua.md.j2", text, tmp_path)
    assert found == {"file": "ket-qua.md.j2", "line": line, "detail": detail}


def test_a_syntax_error_in_an_included_text_names_that_file(tmp_path: Path) -> None:
    found = fault("annual", "ket-qua.md.j2", "Một\n{% if co(1) %}\n", tmp_path)
    assert found["file"] == "ket-qua.md.j2"
    assert str(found["detail"]).startswith("sai cú pháp")


def test_every_line_of_the_list_stands_for_itself() -> None:
    keys, files = [one.key for one in DOCUMENTS], [one.file for one in DOCUMENTS]
    assert (len(set(keys)), len(set(files))) == (len(keys), len(files))
    for one in DOCUMENTS:
        assert one.file.endswith(".docx"), one.key
        assert ".." not in one.file, one.key
        assert not one.file.startswith("/"), one.key
        assert one.named(2026, (2022, 2026)) != one.file, one.key
        assert isinstance(one.annexes, tuple), one.key
        assert set(one.annexes) <= set(ANNEXES), one.key
        assert packaged_text(one.narrative), one.key
        for lang in LANGUAGES:
            assert has(f"console.documents.title.{one.key}", lang), (one.key, lang)
            assert has(f"console.documents.moment.{one.moment}", lang), (one.key, lang)


def test_a_yearly_document_takes_no_figures_of_a_span_that_another_asked_for() -> None:
    given = material_of_years()
    judged = Judged(open_project(ROOT / "config.toml"), given.dataset, given.figures, None, period=given.period)
    assert make_document(judged, "annual") == make_document(replace(judged, period=None), "annual")
