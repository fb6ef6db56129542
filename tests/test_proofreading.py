"""Word documents of anybody's: correct ones have no remark, one fault gives exactly its code, hostile files a sentence."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from pipeline import cli
from pipeline import run as stages
from pipeline.errors import PhoihopError
from pipeline.proofreading import Proof, law, place, proofread, sentence
from pipeline.proofreading.drawing import Ground, boxes_in
from pipeline.proofreading.rules import RULES
from pipeline.report import DOCUMENTS
from pipeline.text import LANGUAGES, has
from pipeline.typeface import width
from tests.conftest import Convert
from tests.layout_documents import (
    BODY,
    JOINT,
    LONG,
    PAPERS,
    REPORT,
    STATE_LETTER,
    UNION_LETTER,
    UNION_REPORT,
    WAYS,
    Paper,
    Spoil,
    build,
    official_sample,
)
from tests.papers import LAYOUTS, built, material_for, with_report


def codes(data: bytes, form: str = "") -> list[str]:
    proof = proofread(data, form)
    assert isinstance(proof, Proof)
    return list(dict.fromkeys(remark.code for remark in proof.remarks))


# ---- what is right --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", PAPERS)
def test_a_correct_document_has_no_remark(name: str, way: str) -> None:
    proof = proofread(build(PAPERS[name], way))
    assert isinstance(proof, Proof)
    assert proof.remarks == ()
    assert (proof.form, proof.joint) == ("doan" if "union" in name else "nd30", name == "joint")


def who_decides(word: Word) -> None:
    """ "GIÁM ĐỐC SỞ …" between the title of a decision and what it rests on, in the look of the title."""
    base = next(paragraph for paragraph in word.paragraphs if paragraph.text.startswith("Căn cứ"))
    line = base.insert_paragraph_before()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run("GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ")
    run.font.name, run.font.size, run.bold = "Times New Roman", Pt(14), True


def part_underlined(word: Word) -> None:
    """The rule below the agency's name as an underline of the words in its middle."""
    whole = _runs(word, "SỞ KHOA HỌC VÀ CÔNG NGHỆ")[0]
    whole.text = "SỞ KHOA "
    paragraph = _paragraph(word, "SỞ KHOA")
    for text, under in (("HỌC VÀ CÔNG", True), (" NGHỆ", False)):
        run = paragraph.add_run(text)
        run.font.size, run.font.bold, run.font.underline = whole.font.size, True, under


def near_black(word: Word) -> None:
    _runs(word, "Công tác tuyên truyền")[0].font.color.rgb = RGBColor(0x0D, 0x0D, 0x0D)


def section_break(word: Word) -> None:
    """An empty paragraph that carries nothing but the end of a section."""
    heading = _paragraph(word, "II. KẾT QUẢ")
    mark = heading.insert_paragraph_before("")
    mark._p.get_or_add_pPr().append(deepcopy(word.sections[0]._sectPr))


DECISION = REPORT.but(
    number="Số:        /QĐ-SKHCN", kind="QUYẾT ĐỊNH", abstract=("Ban hành Kế hoạch phối hợp năm 2027",), to=(), annexes=(),
    bases=("Căn cứ Luật Thanh niên;", "Căn cứ Chương trình phối hợp số 12/CTr-SKHCN ngày 26 tháng 3 năm 2022."),
    recipients=("- Như Điều 3;", *REPORT.recipients[1:]),
)  # fmt: skip


def attached_list(how: str) -> Spoil:
    """DANH SÁCH … (Kèm theo Quyết định …) after the signatures: on a page of its own, or right below."""

    def spoil(word: Word) -> None:
        if how == "section":
            word.add_section()
        elif how == "break":
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for text, bold in (
            ("DANH SÁCH", True),
            ("Thành viên Tổ công tác", True),
            ("(Kèm theo Quyết định số 5/QĐ-X)", False),
        ):
            line = word.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.paragraph_format.page_break_before = how == "before" and text == "DANH SÁCH"
            run = line.add_run(text)
            run.font.name, run.font.size, run.bold = "Times New Roman", Pt(14), bold
        word.add_paragraph().add_run("Giám đốc Sở làm Tổ trưởng.").font.name = "Times New Roman"
        who_decides(word)

    return spoil


def picture_as_rule(word: Word) -> None:
    """The agency's rule is a picture, 28 mm wide and hardly higher than a line."""
    rule = word.tables[0].cell(0, 0).paragraphs[-1]
    for border in rule._p.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):
        border.getparent().remove(border)
    drawing = f'<w:drawing {nsdecls("w", "wp")}><wp:inline><wp:extent cx="1008000" cy="12700"/></wp:inline></w:drawing>'
    rule.add_run()._r.append(parse_xml(drawing))


def deleted_paragraph(word: Word) -> None:
    """A whole paragraph that was struck out while changes were tracked, left aligned and in Arial."""
    gone = _paragraph(word, "II. KẾT QUẢ").insert_paragraph_before("")
    gone.alignment = 0
    gone._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="8" w:author="a"/></w:rPr>'))
    gone._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="9" w:author="a"><w:r><w:delText>Đoạn  bị xóa .</w:delText></w:r></w:del>'
        )
    )


def name_below_the_table(word: Word) -> None:
    """The signer's name in a paragraph of its own, below the table of recipients and title."""
    cell = word.tables[1].cell(0, 1)
    name = cell.paragraphs[-1]._p
    cell._tc.remove(name)
    word.tables[1]._tbl.addnext(name)
    properties = name.get_or_add_pPr()
    properties.get_or_add_ind().set(qn("w:left"), "4600")


SHORT = (("text", f"{LONG[:-1]} (chi tiết tại Phụ lục I, Phụ lục II kèm theo)./."),)
QUOTING = (
    *BODY[:4], ("clause", "1. Sửa đổi Điều 7 như sau:"), ("text", "“Điều 7. Chế độ họp"), ("text", "1. Họp mỗi quý một lần."),
    ("text", "2. Họp bất thường khi cần.”."), ("clause", "2. Bổ sung Điều 8 như sau:"), ("text", "“Điều 8. Kinh phí do ngân sách cấp.”."),
    BODY[-1],
)  # fmt: skip
INVITATION = REPORT.but(
    kind="GIẤY MỜI", abstract=("Dự hội nghị tổng kết Chương trình phối hợp",), number="Số: 05/GM-SKHCN", to=(),
    body=(("text", "Trân trọng kính mời: Lãnh đạo Ủy ban nhân dân tỉnh Đồng Tháp."), ("text", f"Trên đây là nội dung. {LONG[:-1]}./.")),
    annexes=(),
)  # fmt: skip
CORRECT: dict[str, tuple[Paper, Spoil | None]] = {
    "body below its agency": (
        REPORT.but(superior=("SỞ KHOA HỌC", "VÀ CÔNG NGHỆ"), agencies=("TRUNG TÂM CHUYỂN ĐỔI SỐ",), agency_rule=26),
        None,
    ),
    "hospital below its agency": (
        REPORT.but(superior=("SỞ Y TẾ",), agencies=("BỆNH VIỆN ĐA KHOA",), agency_rule=18),
        None,
    ),
    "a tab to write the number on": (REPORT.but(number="Số:\t/BC-SKHCN"), None),
    "Union symbol without a unit": (UNION_REPORT.but(number="Số: 05-BC/ĐTN"), None),
    "part of the name underlined": (REPORT.but(agencies=("SỞ KHOA HỌC VÀ CÔNG NGHỆ",), agency_rule=0), part_underlined),
    "near black": (REPORT, near_black),
    "heading at the edge": (REPORT.but({"roman": {"first": 0}}), None),
    "another title": (REPORT.but(signatures=(((("title", "KẾ TOÁN TRƯỞNG"),), "Nguyễn Văn Nam"),)), None),
    "a section that begins": (REPORT, section_break),
    "issued with": (REPORT.but(attached=REPORT.attached.replace("(Kèm", "(Ban hành kèm")), None),
    "Union names of bodies": (REPORT.text(2, f"Các Tỉnh ủy, Huyện ủy và Xã đội tham gia. {LONG}"), None),
    "committees named in a row": (REPORT.text(2, f"Các Tỉnh ủy, Huyện ủy, Xã đoàn phối hợp thực hiện. {LONG}"), None),
    "drafting unit in the symbol": (REPORT.but(number="Số: 15/BC-SKHCN-CNTT"), None),
    "decision": (DECISION, who_decides),
    **{f"list attached by {how}": (DECISION, attached_list(how)) for how in ("section", "break", "before", "nothing")},
    "name below the table": (REPORT, name_below_the_table),
    "bases with dashes": (UNION_REPORT.but(bases=tuple(f"- {base}" for base in UNION_REPORT.bases)), None),
    "initials of a name": (REPORT.text(2, "C. Mác và V.I. Lênin nhấn mạnh vai trò của khoa học."), None),
    "annexes counted": (REPORT.text(0, f"{LONG[:-1]} (kèm theo 02 Phụ lục)."), None),
    "annex of a decree": (REPORT.text(2, f"{LONG[:-1]} theo Phụ lục III kèm theo Nghị định số 30/2020/NĐ-CP."), None),
    "annexes in files of their own": (REPORT.but(annexes=()), None),
    "a kind that no law lists": (REPORT.but(kind="PHIẾU TRÌNH", number="Số: 05/PTr-SKHCN"), None),
    "deputy in charge": (
        REPORT.but(signatures=(((("title", "PHÓ CHÁNH THANH TRA"), ("title", "PHỤ TRÁCH")), "Nguyễn Văn Nam"),)),
        None,
    ),
    "name of one addressee with commas": (REPORT.but(to=("Sở Văn hóa, Thể thao và Du lịch",)), None),
    "addressee and its address": (REPORT.but(to=("Phòng Văn hóa - Xã hội, Ủy ban nhân dân xã Mỹ An",)), None),
    "recipients below a recipient": (
        REPORT.but(recipients=("- Như trên;", "- UBND tỉnh:", "+ Chủ tịch;", "+ Văn phòng;", "- Lưu: VT, BCVT.")),
        None,
    ),
    "one page and annexes of one page": (REPORT.but(body=SHORT, page_number=""), None),
    "a page that surely holds the signatures": (REPORT.but(keep=False, whole_rows=False), None),
    "picture as a rule": (REPORT, picture_as_rule),
    "a clause quoted from another text": (REPORT.but(body=QUOTING), None),
    "an invitation as above": (INVITATION, None),
    "minutes without a date": (
        REPORT.but(
            kind="BIÊN BẢN",
            abstract=("Họp kiểm tra việc thực hiện Chương trình phối hợp",),
            number="Số: 05/BB-SKHCN",
            date="",
        ),
        None,
    ),
    "deleted paragraph": (REPORT, deleted_paragraph),
    "member who signs for the Union": (
        UNION_REPORT.but(
            signatures=(((UNION_REPORT.signatures[0][0][0], ("title", "ỦY VIÊN THƯỜNG VỤ")), "Trần Thị Hoa"),)
        ),
        None,
    ),
}


@pytest.mark.parametrize("name", CORRECT)
def test_other_correct_documents_have_no_remark(name: str) -> None:
    paper, spoil = CORRECT[name]
    proof = proofread(build(paper, "direct", spoil))
    assert isinstance(proof, Proof)
    assert ([remark.code for remark in proof.remarks], proof.joint) == ([], False)


def test_the_sample_of_the_decree_has_no_remark() -> None:
    assert codes(official_sample()) == []


def test_the_sample_on_two_pages_needs_numbers_and_kept_signatures() -> None:
    assert codes(official_sample(" ".join([LONG] * 7))) == ["P3", "S2"]
    # In the middle of the second page nothing parts the signatures from the text.
    assert codes(official_sample(" ".join([LONG] * 4))) == ["P3"]


@cache
def own(name: str, layout: str = "joint_so", missing: bool = False) -> bytes:
    """One of our own documents, in a layout."""
    return built(name, with_report(material_for(name, missing), urgency="khan", **LAYOUTS[layout]))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", [document.key for document in DOCUMENTS])
@pytest.mark.parametrize("missing", [False, True])
def test_our_own_documents_have_no_remark(missing: bool, name: str, layout: str) -> None:
    proof = proofread(own(name, layout, missing))
    assert isinstance(proof, Proof)
    assert [remark.code for remark in proof.remarks] == []
    form = "doan" if layout in {"doan", "joint_doan"} else "nd30"
    assert (proof.form, proof.joint) == (form, layout.startswith("joint"))


@pytest.mark.libreoffice
def test_what_libreoffice_saved_again_has_no_remark(soffice: Convert, tmp_path: Path) -> None:
    paths = []
    for number, (paper, way) in enumerate([(JOINT, "tabs"), (UNION_REPORT, "styles"), (REPORT, "boxes")]):
        paths.append(tmp_path / f"{number}.docx")
        paths[-1].write_bytes(build(paper, way))
    paths.append(tmp_path / "own.docx")
    paths[-1].write_bytes(own("annual"))
    for path in paths:
        assert codes(soffice(path, "docx", tmp_path / "again").read_bytes()) == [], path.name


# ---- one fault, one code --------------------------------------------------------------------------------------------


def _runs(word: Word, text: str) -> list[Any]:
    found = [
        run for paragraph in [*word.paragraphs, *(p for t in word.tables for c in t._cells for p in c.paragraphs)]
        for run in paragraph.runs if text in run.text
    ]  # fmt: skip
    assert found, text
    return found


def in_font(text: str, font: str) -> Spoil:
    def spoil(word: Word) -> None:
        fonts = _runs(word, text)[0]._r.get_or_add_rPr().get_or_add_rFonts()
        for name in ("ascii", "hAnsi"):
            fonts.set(qn(f"w:{name}"), font)

    return spoil


def decomposed(word: Word) -> None:
    """The whole document typed with marks as letters of their own."""
    for node in word.element.body.iter(qn("w:t")):
        node.text = unicodedata.normalize("NFD", node.text)


def in_colour(text: str) -> Spoil:
    def spoil(word: Word) -> None:
        _runs(word, text)[0].font.color.rgb = RGBColor(0xC0, 0, 0)

    return spoil


def in_language(text: str) -> Spoil:
    def spoil(word: Word) -> None:
        _runs(word, text)[0]._r.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US"/>'))

    return spoil


def page_number_of(size: int = 14, align: int = 1) -> Spoil:
    def spoil(word: Word) -> None:
        paragraph = word.sections[0].header.paragraphs[0]
        paragraph.alignment = align
        for run in paragraph.runs:
            run.font.size = Pt(size)

    return spoil


def empty_before(text: str) -> Spoil:
    def spoil(word: Word) -> None:
        next(p for p in word.paragraphs if p.text.startswith(text)).insert_paragraph_before("")

    return spoil


def shaped(text: str, **changes: Any) -> Spoil:
    def spoil(word: Word) -> None:
        form = next(p for p in word.paragraphs if p.text.startswith(text)).paragraph_format
        for name, value in changes.items():
            setattr(form, name, value)

    return spoil


def without_outline(word: Word) -> None:
    for level in list(word.element.body.iter(qn("w:outlineLvl"))):
        level.getparent().remove(level)


def long_table(word: Word) -> None:
    table = word.add_table(80, 2)
    for number, cell in enumerate(table._cells):
        cell.paragraphs[0].add_run(str(number))


def second_section_letter_size(word: Word) -> None:
    word.sections[1].page_width, word.sections[1].page_height = Mm(215.9), Mm(279.4)


def rule_of_dashes(word: Word) -> None:
    for border in word.element.body.iter(qn("w:top")):
        border.set(qn("w:val"), "dashed")
        break


def in_italics(word: Word) -> None:
    paragraph = next(p for p in word.paragraphs if p.text == LONG)
    paragraph.runs[0].font.italic = True


def annex_without_title(word: Word) -> None:
    title = _paragraph(word, "KẾT QUẢ THEO CHỈ TIÊU")._p
    title.getparent().remove(title)


def light_above_points(word: Word) -> None:
    """ "1. Công tác tuyên truyền" not bold, right above "a)"."""
    heading = _paragraph(word, "1. Công tác tuyên truyền")
    heading.runs[0].font.bold = False
    below = heading._p.getnext()
    below.getparent().remove(below)


def in_tcvn3(word: Word) -> None:
    for node in word.element.body.iter(qn("w:t")):
        node.text = "Trong n¨m, ®· ban hµnh 12 v¨n b¶n chØ ®¹o, tæ chøc 25 líp tËp huÊn cho ng\xadêi d©n."


def beside_the_number(word: Word) -> None:
    paragraph = word.sections[0].header.paragraphs[0]
    first = paragraph.runs[0]
    run = paragraph.add_run("Trang ")
    run.font.size = first.font.size
    first._r.addprevious(run._r)


def counted_in(style: str = "", start: int = 0) -> Spoil:
    """How the pages of the first section are counted."""

    def spoil(word: Word) -> None:
        values = "".join(f' w:{name}="{value}"' for name, value in (("fmt", style), ("start", start)) if value)
        count = parse_xml(f"<w:pgNumType {nsdecls('w')}{values}/>")
        word.sections[0]._sectPr.insert_element_before(count, "w:cols", "w:titlePg", "w:docGrid")

    return spoil


def roman_field(word: Word) -> None:
    for code in word.sections[0].header._element.iter(qn("w:instrText")):
        code.text = " PAGE \\* ROMAN "
    for field in word.sections[0].header._element.iter(qn("w:fldSimple")):
        field.set(qn("w:instr"), " PAGE \\* ROMAN ")


def annex_shows_its_first_number(word: Word) -> None:
    word.sections[-1].different_first_page_header_footer = False


def all_bold(word: Word) -> None:
    for paragraph in word.paragraphs:
        if paragraph.text.startswith(("a)", "b)", "c)", "d)", "đ)", LONG[:20])):
            paragraph.runs[0].font.bold = True


# Its signatures stand where its second page ends.
NEAR_THE_END = STATE_LETTER.but(body=(STATE_LETTER.body[0], *STATE_LETTER.body))
S1 = ((("title", "GIÁM ĐỐC"),), "Nguyễn Văn Nam")
ARTICLES = DECISION.but(
    body=(("clause", "Điều 1. Ban hành Kế hoạch phối hợp năm 2027."), ("clause", "Điều 2. Quyết định này có hiệu lực kể từ ngày ký."),
          ("clause", "Điều 3. Các phòng, đơn vị chịu trách nhiệm thi hành Quyết định này./.")),
)  # fmt: skip
AT = {text: place for place, (_, text) in enumerate(BODY)}
END = len(BODY) - 1

FAULTS: dict[str, tuple[str, Paper, Spoil | None]] = {
    "Letter paper": ("P1", REPORT, second_section_letter_size),
    "left margin": ("P1a", REPORT.but(margins=(20, 20, 25, 15)), None),
    "right margin of the Union": ("P1a", UNION_REPORT.but(margins=(20, 20, 30, 15)), None),
    "Arial in one paragraph": ("P2", REPORT, in_font("Công tác tuyên truyền", "Arial")),
    "red words": ("P2a", REPORT, in_colour("Công tác tuyên truyền")),
    "a TCVN3 font": ("P2b", REPORT, in_font("Công tác tuyên truyền", ".VnTime")),
    "VNI text in Unicode font": ("P2b", REPORT.text(2, "Thöïc hieän Chöông trình phoái hôïp, caùc ñôn vò ñaõ chuû ñoäng toå chöùc nhieàu hoaït ñoäng."), None),
    "everything decomposed": ("P2c", REPORT, decomposed),
    "decomposed letters": ("P2c", REPORT.text(2, unicodedata.normalize("NFD", LONG)), None),
    "English text language": ("A4", REPORT, in_language("Công tác tuyên truyền")),
    "no page numbers": ("P3", REPORT.but(page_number=""), None),
    "page numbers in the footer": ("P3", REPORT.but(page_number="footer"), None),
    "page number on the right": ("P3a", REPORT, page_number_of(align=2)),
    "small page number": ("P3a", REPORT, page_number_of(size=11)),
    "page number on page one": ("P3b", REPORT.but(first_differs=False), None),
    "annexes go on counting": ("P3c", REPORT.but(restart=False), None),
    "no national name": ("M1", REPORT.but(right=()), None),
    "no title of the Union": ("M1", UNION_REPORT.but(right=(("number", " "),), motto_rule=0), None),
    "no motto": ("M2", REPORT.but(right=(("nation", REPORT.right[0][1]),)), None),
    "no agency": ("M3", REPORT.but(superior=(), agencies=(), agency_rule=0), None),
    "no number": ("M4", REPORT.but(number=""), None),
    "letter without a number": ("M4", STATE_LETTER.but(number=""), None),
    "clause out of order after a quotation": ("B3b", REPORT.but(body=(*QUOTING[:8], ("clause", "3. Bổ sung Điều 8 như sau:"), *QUOTING[9:])), None),
    "as above without an invitation": ("B5", INVITATION.but(body=(("text", f"Trên đây là nội dung. {LONG[:-1]}./."),)), None),
    "no date": ("M5", REPORT.but(date=""), None),
    "no kind": ("M6", REPORT.but(kind="", abstract=(), abstract_rule=0), None),
    "no abstract": ("M6", REPORT.but(abstract=(), abstract_rule=0), None),
    "no signature": ("M7", REPORT.but(signatures=()), None),
    "no recipients": ("M8", REPORT.but(recipients=()), None),
    "motto with en dashes": ("H1", REPORT.but(right=(REPORT.right[0], ("motto", "Độc lập – Tự do – Hạnh phúc"))), None),
    "motto without spaces": ("H1", REPORT.but(right=(REPORT.right[0], ("motto", "Độc lập-Tự do-Hạnh phúc")), motto_rule=51.5), None),
    "national name misspelled": ("H1", REPORT.but(right=(("nation", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIÊT NAM"), REPORT.right[1])), None),
    "national name not bold": ("H1a", REPORT.but({"nation": {"bold": False}}), None),
    "national name too large": ("H1a", REPORT.but({"nation": {"size": 14}}, columns=(60, 105), agency_rule=28), None),
    "motto italic": ("H1a", REPORT.but({"motto": {"italic": True}}), None),
    "national name breaks": ("H1b", REPORT.but(columns=(85, 80)), None),
    "national name on two lines": ("H1b", REPORT.but(right=(("nation", "CỘNG HÒA XÃ HỘI"), ("nation", "CHỦ NGHĨA VIỆT NAM"), REPORT.right[1])), None),
    "Union title too small": ("H1c", UNION_REPORT.but({"union": {"size": 13}}, motto_rule=59), None),
    "Union title in full": ("H1c", UNION_REPORT.but({"union": {"size": 15}}, right=(("union", "ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH"),), columns=(38, 122), motto_rule=width("ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH", 15, bold=True), agencies=("BCH ĐOÀN TỈNH", "ĐỒNG THÁP")), None),
    "sizes that do not go together": ("H2", REPORT.but({"motto": {"size": 14}, "date": {"size": 14}}, motto_rule=60), None),
    "no rule below the motto": ("H3", REPORT.but(motto_rule=0), None),
    "a short rule below the motto": ("H3", REPORT.but(motto_rule=30), None),
    "a long rule below the agency": ("H3a", REPORT.but(agency_rule=60), None),
    "a dashed rule below the agency": ("H3a", REPORT, rule_of_dashes),
    "no rule below the abstract": ("H3b", REPORT.but(abstract_rule=0), None),
    "a whole rule below the Union's abstract": ("H3b", UNION_REPORT.but({"union": UNION_REPORT.looks["union"]}), lambda word: _replace_text(word, "-------", "________")),
    "no stars": ("H3c", UNION_REPORT.but(stars="", agency_rule=25), None),
    "number without zero": ("H4", JOINT.but(number="Số: 5/BC-SKHCN-TĐTN"), None),
    "spaces in the symbol": ("H4", JOINT.but(number="Số: 05/BC - SKHCN - TĐTN"), None),
    "state symbol in the Union's form": ("H4", UNION_REPORT.but(number="Số: 05/BC-TĐTN"), None),
    "number without colon": ("H4", JOINT.but(number="Số 05/BC-SKHCN-TĐTN"), None),
    "letter without unit": ("H4", STATE_LETTER.but(number="Số: 12/SKHCN"), None),
    "number of size 14": ("H4a", REPORT.but({"number": {"size": 14}}), None),
    "number in bold": ("H4a", REPORT.but({"number": {"bold": True}}), None),
    "stop after the symbol": ("H4", JOINT.but(number="Số: 05/BC-SKHCN-TĐTN."), None),
    "CV in a state letter": ("H4b", STATE_LETTER.but(number="Số: 12/CV-SKHCN"), None),
    "TĐ for the Union": ("H6a", JOINT.but(number="Số: 05/BC-SKHCN-TĐ"), None),
    "the 31st of November": ("H5", JOINT.but(date="Đồng Tháp, ngày 31 tháng 11 năm 2026"), None),
    "place in small letters": ("H5", JOINT.but(date="đồng tháp, ngày 15 tháng 11 năm 2026"), None),
    "kind with a colon": ("H8", REPORT.but(kind="BÁO CÁO:"), None),
    "abstract with a stop": ("H8a", REPORT.but(abstract=(f"{REPORT.abstract[0]}", f"{REPORT.abstract[1]}.")), None),
    "V/V in capitals": ("H8b", STATE_LETTER.but(reference=("V/V đôn đốc gửi báo cáo",)), None),
    "V/v right below the number": ("H8b", STATE_LETTER.but({"reference": {"before": 0}}), None),
    "motto of size 12": ("H1a", REPORT.but({"motto": {"size": 12}}), None),
    "code of another kind": ("H4b", REPORT.but(number="Số: 05/KH-SKHCN"), None),
    "TTR for a request": ("H4b", REPORT.but(kind="TỜ TRÌNH", number="Số: 05/TTR-SKHCN"), None),
    "Union letter without CV": ("H4b", UNION_LETTER.but(number="Số: 15-BC/TĐTN-BTG"), None),
    "day without zero": ("H5", JOINT.but(date="Đồng Tháp, ngày 5 tháng 01 năm 2026"), None),
    "month 6 with zero": ("H5", JOINT.but(date="Đồng Tháp, ngày 05 tháng 06 năm 2026"), None),
    "month 1 without zero": ("H5", JOINT.but(date="Đồng Tháp, ngày 05 tháng 1 năm 2026"), None),
    "month and year in figures": ("H5", JOINT.but(date="Đồng Tháp, ngày 15 tháng 11/2026"), None),
    "date in figures": ("H5", JOINT.but(date="Đồng Tháp, 05/01/2026"), None),
    "date without comma": ("H5", JOINT.but(date="Đồng Tháp ngày 05 tháng 01 năm 2026"), None),
    "date upright": ("H5a", JOINT.but({"date": {"italic": False}}), None),
    "Union date of size 14": ("H5a", UNION_REPORT.but({"date": {"size": 14}}), None),
    "joint names without hyphen": ("H6", JOINT.but(agencies=("SỞ KHOA HỌC VÀ CÔNG NGHỆ", *JOINT.agencies[1:])), None),
    "joint codes the other way round": ("H6a", JOINT.but(number="Số: 05/BC-TĐTN-SKHCN"), None),
    "joint number of one agency": ("H6a", JOINT.but(number="Số: 05/BC-SKHCN"), None),
    "agency not bold": ("H7", REPORT.but({"agency": {"bold": False}}), None),
    "agency in small letters": ("H7", REPORT.but(agencies=("Sở Khoa học và Công nghệ",), agency_rule=22), None),
    "Union agency of size 12": ("H7", UNION_REPORT.but({"agency": {"size": 12}}), None),
    "superior in bold": ("H7a", REPORT.but({"superior": {"bold": True}}), None),
    "kind in small letters": ("H8", REPORT.but(kind="Báo cáo"), None),
    "kind on the left": ("H8", REPORT.but({"kind": {"align": "left"}}), None),
    "Union kind of size 14": ("H8", UNION_REPORT.but({"kind": {"size": 14}}), None),
    "abstract not bold": ("H8a", REPORT.but({"abstract": {"bold": False}}), None),
    "abstract in capitals": ("H8a", REPORT.but(abstract=("KẾT QUẢ PHỐI HỢP HOẠT ĐỘNG NĂM 2026",)), None),
    "V/v in bold": ("H8b", STATE_LETTER.but({"reference": {"bold": True}}), None),
    "Union V/v upright": ("H8b", UNION_LETTER.but({"reference": {"italic": False}}), None),
    "text on the left": ("B1", REPORT, shaped(LONG[:20], alignment=0)),
    "text of size 12": ("B1a", REPORT.but({"point": {"size": 12}}), None),
    "text of two sizes": ("B1a", REPORT.but({"point": {"size": 13}}), None),
    "first line of 15 mm": ("B1b", REPORT, shaped(LONG[:20], first_line_indent=Mm(15))),
    "hanging paragraph": ("B1b", REPORT, shaped(LONG[:20], left_indent=Mm(12.7), first_line_indent=Mm(0))),
    "Union first line of 10 mm": ("B1b", UNION_REPORT, shaped(LONG[:20], first_line_indent=Mm(10))),
    "paragraphs too close": ("B1c", REPORT, shaped("b) Tổ chức", space_before=Pt(2))),
    "Union paragraphs too far apart": ("B1c", UNION_REPORT, shaped("b) Tổ chức", space_before=Pt(12))),
    "lines too far apart": ("B1d", REPORT, shaped(LONG[:20], line_spacing=2.0)),
    "lines too close": ("B1d", REPORT, shaped(LONG[:20], line_spacing=Pt(13))),
    "Union lines of 1.5": ("B1d", UNION_REPORT, shaped(LONG[:20], line_spacing=1.5)),
    "paragraph in italics": ("B1e", REPORT.but(), in_italics),
    "Điều 3 after Điều 1": ("B3f", ARTICLES.text(1, "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.", "clause"), who_decides),
    "Điều with a colon": ("B3f", ARTICLES.text(1, "Điều 2: Quyết định này có hiệu lực kể từ ngày ký.", "clause"), who_decides),
    "Điều not bold": ("B3g", ARTICLES.text(1, "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.", "text"), who_decides),
    "point with a full stop": ("B3d", REPORT.text(AT[BODY[8][1]], BODY[8][1].replace("b)", "b.")), None),
    "heading with a dash": ("B3", REPORT.text(1, BODY[1][1].replace("I.", "I -")), None),
    "A for I": ("B3", REPORT.text(1, BODY[1][1].replace("I.", "A.")), None),
    "KT without a stop": ("S1d", REPORT.but(signatures=(((("authority", "KT GIÁM ĐỐC"), ("title", "PHÓ GIÁM ĐỐC")), "Nguyễn Văn Nam"),)), None),
    "KT. without a deputy": ("S1d", REPORT.but(signatures=(((("authority", "KT. GIÁM ĐỐC"),), "Nguyễn Văn Nam"),)), None),
    "KT. above the head's own title": ("S1d", REPORT.but(signatures=(((("authority", "KT. GIÁM ĐỐC"), ("title", "GIÁM ĐỐC")), "Nguyễn Văn Nam"),)), None),
    "deputy below the head": ("S1d", REPORT.but(signatures=(((("title", "GIÁM ĐỐC"), ("title", "PHÓ GIÁM ĐỐC")), "Nguyễn Văn Nam"),)), None),
    "deputy without KT.": ("S1d", REPORT.but(signatures=(((("title", "PHÓ GIÁM ĐỐC"),), "Nguyễn Văn Nam"),)), None),
    "label with a capital": ("N1", REPORT, lambda word: _replace_text(word, "Nơi nhận:", "Nơi Nhận:")),
    "recipient without a dash": ("N1b", REPORT.but(recipients=("- Như trên;", "Các phòng thuộc Sở;", "- Lưu: VT, BCVT.")), None),
    "addressee without a dash": ("B5b", JOINT, lambda word: _replace_text(word, "- Ủy ban nhân dân tỉnh Đồng Tháp;", "Ủy ban nhân dân tỉnh Đồng Tháp;")),
    "several addressees on a line": ("B5b", REPORT.but(to=("Sở Tài chính; Sở Nội vụ",)), None),
    "annex that is not there": ("B6", REPORT.text(2, f"{LONG[:-1]} (chi tiết tại Phụ lục III kèm theo)."), None),
    "annex without title": ("B6c", REPORT, annex_without_title),
    "attached without brackets": ("B6d", REPORT.but(attached=REPORT.attached.strip("()")), None),
    "clause heading above points": ("B3c", REPORT, light_above_points),
    "thành phố Hồ Chí Minh": ("C1", REPORT.text(2, LONG.replace("tỉnh Đồng Tháp;", "thành phố Hồ Chí Minh;")), None),
    "sentence in small letters": ("C1", REPORT.text(2, LONG.replace("; tỷ lệ", ". tỷ lệ")), None),
    "everything in TCVN3": ("P2b", REPORT, in_tcvn3),
    "Trang beside the number": ("P3a", REPORT, beside_the_number),
    "bases of a decision upright": ("B2", DECISION.but({"basis": {"italic": False}}), who_decides),
    "bases upright": ("B2", JOINT.but({"basis": {"italic": False}}), None),
    "last basis with semicolon": ("B2a", JOINT.but(bases=(JOINT.bases[0], JOINT.bases[1].replace("2022.", "2022;"))), None),
    "Union's last basis with full stop": ("B2a", UNION_REPORT.but(bases=(UNION_REPORT.bases[0], "Căn cứ Chương trình công tác năm 2026.")), None),
    "II twice": ("B3", REPORT.text(AT["III. PHƯƠNG HƯỚNG, NHIỆM VỤ"], "II. PHƯƠNG HƯỚNG, NHIỆM VỤ"), None),
    "heading in small letters": ("B3a", REPORT.text(AT["II. KẾT QUẢ THỰC HIỆN"], "II. Kết quả thực hiện"), None),
    "heading not bold": ("B3a", REPORT.but({"roman": {"bold": False}}), None),
    "clause 3 after 1": ("B3b", REPORT.text(AT["2. Công tác phối hợp với Thành phố Hồ Chí Minh"], "3. Công tác phối hợp với Thành phố Hồ Chí Minh"), None),
    "clause heading not bold": ("B3c", REPORT.but({"clause": {"bold": False}}), None),
    "e after d": ("B3d", REPORT.text(11, f"e) Khen thưởng: {LONG}"), None),
    "1.1 in the state's form": ("B3e", REPORT.text(6, "1.1. Tuyên truyền trên mạng xã hội", "clause"), None),
    "no end mark": ("B4", REPORT.text(END, LONG), None),
    "letter without addressees": ("B5", STATE_LETTER.but(to=(), recipients=STATE_LETTER.recipients[1:]), None),
    "as above without addressees": ("B5", REPORT.but(to=()), None),
    "addressees without as above": ("B5a", REPORT.but(recipients=REPORT.recipients[1:]), None),
    "addressees without full stop": ("B5b", JOINT.but(to=(JOINT.to[0], f"{JOINT.to[1]};")), None),
    "addressee in italics": ("B5c", REPORT.but({"to": {"italic": True}}), None),
    "annex not announced": ("B6", REPORT.text(0, LONG), None),
    "arabic annexes": ("B6a", REPORT.but(annexes=(("Phụ lục 1", "KẾT QUẢ"), ("Phụ lục 2", "KẾT QUẢ"))).text(0, f"{LONG} Chi tiết tại Phụ lục 1, Phụ lục 2."), None),
    "annex label of size 13": ("B6b", REPORT.but({"annex": {"size": 13}}), None),
    "annex title in small letters": ("B6c", REPORT.but(annexes=(("Phụ lục I", "Kết quả"), REPORT.annexes[1])), None),
    "attached upright": ("B6d", REPORT.but({"attached": {"italic": False}}), None),
    "no attached": ("B6d", REPORT.but(attached=""), None),
    "empty paragraph": ("B7", REPORT, empty_before("II. KẾT QUẢ")),
    "indented by a tab": ("B7a", REPORT.text(2, f"\t{LONG}"), shaped("\t", first_line_indent=Mm(0))),
    "indented by spaces": ("B7a", REPORT.text(2, f"       {LONG}"), shaped("       ", first_line_indent=Mm(0))),
    "Tỉnh with a capital": ("C1", REPORT.text(2, LONG.replace("tỉnh Đồng Tháp", "Tỉnh Đồng Tháp")), None),
    "Khoản with a capital": ("C1a", REPORT.text(11, BODY[11][1].replace("khoản 2", "Khoản 2")), None),
    "điều with a small letter": ("C1a", REPORT.text(11, BODY[11][1].replace("Điều 15", "điều 15")), None),
    "nhân dân with a small letter": ("C1b", REPORT.text(END - 1, f"{LONG[:-1]} cho nhân dân."), None),
    "space before a comma": ("T1", REPORT.text(2, LONG.replace("kế hoạch,", "kế hoạch ,")), None),
    "space before per cent": ("T1", REPORT.text(2, LONG.replace("85,3%", "85,3 %")), None),
    "two spaces": ("T2", REPORT.text(2, LONG.replace("chủ động", "chủ  động")), None),
    "decimal point": ("T3", REPORT.text(2, LONG.replace("85,3%", "85.3%")), None),
    "thousands with a comma": ("T4", REPORT.text(2, LONG.replace("1.234 lượt", "1,234 lượt")), None),
    "one signature of two": ("S1", JOINT.but(signatures=(S1,)), None),
    "title not bold": ("S1a", REPORT.but({"title": {"bold": False}}), None),
    "title in small letters": ("S1a", REPORT.but(signatures=(((("title", "Giám đốc"),), "Nguyễn Văn Nam"),)), None),
    "Union title in bold": ("S1a", UNION_REPORT.but({"title": {"bold": True}}), None),
    "no name": ("S1b", REPORT.but(signatures=((S1[0], ""),)), None),
    "name not bold": ("S1b", REPORT.but({"signer": {"bold": False}}), None),
    "name in capitals": ("S1b", REPORT.but(signatures=((S1[0], "NGUYỄN VĂN NAM"),)), None),
    "doctor in words before the name": ("S1c", REPORT.but(signatures=((S1[0], "Tiến sĩ Nguyễn Văn Nam"),)), None),
    "doctor before the name": ("S1c", REPORT.but(signatures=((S1[0], "TS. Nguyễn Văn Nam"),)), None),
    "last paragraph not kept": ("S2", NEAR_THE_END.but(keep=False), None),
    "signatures that may be split": ("S2a", NEAR_THE_END.but(whole_rows=False), None),
    "recipients' label upright": ("N1", REPORT.but({"label": {"italic": False}}), None),
    "Union label in italics": ("N1", UNION_REPORT.but({"label": {"italic": True}}), None),
    "recipients of size 12": ("N1a", REPORT.but({"recipient": {"size": 12}}), None),
    "recipient without semicolon": ("N1b", REPORT.but(recipients=("- Như trên;", "- Các phòng thuộc Sở.", "- Lưu: VT, BCVT.")), None),
    "last recipient without full stop": ("N1b", REPORT.but(recipients=("- Như trên;", "- Lưu: VT, BCVT;")), None),
    "no archive": ("N1c", REPORT.but(recipients=("- Như trên;", "- Các phòng thuộc Sở.")), None),
    "roman page numbers": ("P3a", REPORT, counted_in("upperRoman")),
    "roman page numbers by the field": ("P3a", REPORT, roman_field),
    "pages from 5": ("P3", REPORT, counted_in(start=5)),
    "annex shows its first number": ("P3d", REPORT, annex_shows_its_first_number),
    "everything bold": ("B1e", REPORT, all_bold),
    "Union bases with dashes upright": ("B2", UNION_REPORT.but({"basis": {"italic": False}}, bases=tuple(f"- {base}" for base in UNION_REPORT.bases)), None),
    "label without recipients": ("M8", REPORT.but(recipients=("",)), None),
    "Phụ lục III where none follows": ("B6", REPORT.but(annexes=()).text(0, f"{LONG[:-1]} (chi tiết tại Phụ lục III kèm theo)."), None),
    "annex label with a colon": ("B6b", REPORT.but(annexes=(("Phụ lục I:", "KẾT QUẢ THEO CHỈ TIÊU"), REPORT.annexes[1])), None),
    "letters of the kind apart": ("H8", REPORT.but(kind="B Á O  C Á O"), None),
    "addressees with a comma": ("B5b", REPORT.but(to=("Sở Tài chính, Sở Nội vụ",)), None),
    "letter O for zero": ("H4", JOINT.but(number="Số: O5/BC-SKHCN-TĐTN"), None),
    "number without its word": ("H4", JOINT.but(number="05/BC-SKHCN-TĐTN"), None),
    "Tỉnh before the place": ("H5", JOINT.but(date="Tỉnh Đồng Tháp, ngày 05 tháng 01 năm 2026"), None),
    "A. for a list in small letters": ("B3d", REPORT.text(7, "A. Tuyên truyền trên mạng xã hội;").text(8, "B. Tổ chức tập huấn;"), None),
    "deputy among recipients": ("N1b", REPORT.but(recipients=("- Như trên;", "+ Văn phòng;", "- Lưu: VT, BCVT.")), None),
    "no title of the file": ("A1", REPORT.but(title=""), None),
    "headings without level": ("A2", REPORT, without_outline),
    "long table": ("A3", REPORT, long_table),
}  # fmt: skip


def _replace_text(word: Word, old: str, new: str) -> None:
    for run in _runs(word, old):
        run.text = new


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_gives_exactly_its_code(fault: str) -> None:
    assert {remark.code for remark in _proof(fault).remarks} == {FAULTS[fault][0]}


@cache
def _proof(fault: str) -> Proof:
    _, paper, spoil = FAULTS[fault]
    proof = proofread(build(paper, "direct", spoil), "doan" if "union" in paper.looks else "")
    assert isinstance(proof, Proof)
    return proof


def test_every_rule_has_a_document_that_breaks_it() -> None:
    assert {rule.code for rule in RULES} - {code for code, _, _ in FAULTS.values()} == {"H1d"}


def test_sides_are_told_apart() -> None:
    """Number, names and national name in the wrong columns."""
    swapped = build(REPORT.but(superior=(), agencies=("SỞ KHOA HỌC VÀ CÔNG NGHỆ",)), "direct", _swap_columns)
    proof = proofread(swapped)
    assert isinstance(proof, Proof)
    assert {(remark.code, remark.place.part) for remark in proof.remarks} == {("H1d", "letterhead")}


def _swap_columns(word: Word) -> None:
    for row in word.tables[0]._tbl.tr_lst:
        row.append(row.tc_lst[0])
    grid = word.tables[0]._tbl.tblGrid
    grid.append(grid[0])


# ---- what looks right is right, however it was made -----------------------------------------------------------------


def _paragraph(word: Word, text: str) -> Any:
    cells = (p for table in word.tables for cell in table._cells for p in cell.paragraphs)
    return next(p for p in [*word.paragraphs, *cells] if p.text.startswith(text))


def capitals_by_format(word: Word) -> None:
    run = _runs(word, "SỞ KHOA HỌC VÀ CÔNG NGHỆ")[0]
    run.text, run.font.all_caps = "Sở Khoa học và Công nghệ", True


def nation_and_motto_in_one_paragraph(word: Word) -> None:
    nation, motto = _runs(word, "CỘNG HÒA")[0], _runs(word, "Độc lập")[0]
    nation.add_break()
    nation._r.getparent().append(motto._r)
    gone = word.tables[0].cell(0, 1).paragraphs[1]._p
    gone.getparent().remove(gone)


def theme_font(word: Word) -> None:
    theme = next(part for part in word.part.package.iter_parts() if "theme" in str(part.partname))
    theme._blob = theme._blob.replace(b"Calibri", b"Times New Roman").replace(b"Cambria", b"Times New Roman")
    fonts = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    fonts.attrib.clear()
    fonts.set(qn("w:asciiTheme"), "minorHAnsi")
    fonts.set(qn("w:hAnsiTheme"), "minorHAnsi")


def tracked_changes(word: Word) -> None:
    paragraph = _paragraph(word, "II. KẾT QUẢ")
    gone = parse_xml(
        f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr><w:delText>xóa  đi ,</w:delText></w:r></w:del>'
    )
    came = parse_xml(f'<w:ins {nsdecls("w")} w:id="2" w:author="a"/>')
    paragraph._p.append(gone)
    run = paragraph.runs[0]._r
    run.addprevious(came)
    came.append(run)


def content_control(word: Word) -> None:
    paragraph = _paragraph(word, "II. KẾT QUẢ")._p
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
    paragraph.addprevious(control)
    control[1].append(paragraph)


def automatic_numbers(word: Word) -> None:
    """I., 1. and a) come from numbering.xml; the fifth letter would be e) in Word, so only four are made automatic."""
    root = word.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:suff w:val="space"/><w:lvlText w:val="%{depth + 1}{sign}"/></w:lvl>'
        for depth, (style, sign) in enumerate((("upperRoman", "."), ("decimal", "."), ("lowerLetter", ")")))
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for paragraph in word.paragraphs:
        number, _, rest = paragraph.text.partition(" ")
        depth = {"I.": 0, "II.": 0, "III.": 0, "1.": 1, "2.": 1, "a)": 2, "b)": 2, "c)": 2, "d)": 2}.get(number)
        if depth is not None:
            paragraph.runs[0].text = rest
            properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
            paragraph._p.get_or_add_pPr().insert_element_before(
                parse_xml(properties), "w:pBdr", "w:spacing", "w:ind", "w:jc"
            )


def hidden_words(word: Word) -> None:
    run = _paragraph(word, "II. KẾT QUẢ").add_run("ẩn  đi ,")
    run.font.hidden, run.font.name = True, "Arial"


def rule_as_cell_border(word: Word, side: str = "bottom") -> None:
    """The motto's rule is a border of a cell of its own, as wide as the motto."""
    cell = word.tables[0].cell(0, 1)
    cell._tc.remove(cell.paragraphs[-1]._p)
    inner = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="3180" w:type="dxa"/><w:jc w:val="center"/></w:tblPr><w:tblGrid><w:gridCol w:w="3180"/>'
        f'</w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="3180" w:type="dxa"/><w:tcBorders><w:{side} w:val="single" w:sz="6"/></w:tcBorders></w:tcPr>'
        "<w:p/></w:tc></w:tr></w:tbl>"
    )
    cell._tc.append(inner)
    cell._tc.append(parse_xml(f"<w:p {nsdecls('w')}/>"))


def rule_as_border_above(word: Word) -> None:
    """The same as the upper border of an empty cell."""
    rule_as_cell_border(word, "top")


def short_left_paragraph(word: Word) -> None:
    """A paragraph of one line looks the same on the left as justified."""
    _paragraph(word, "1. Công tác").alignment = 0


def page_number_in_a_frame(word: Word) -> None:
    paragraph = word.sections[0].header.paragraphs[0]
    paragraph.alignment = 0
    frame = parse_xml(
        f'<w:framePr {nsdecls("w")} w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="center" w:y="1"/>'
    )
    paragraph._p.get_or_add_pPr().insert(0, frame)


def addressees_in_a_table(word: Word) -> None:
    line = _paragraph(word, "Kính gửi:")
    table = word.add_table(1, 2)
    for cell, texts in zip(
        table.rows[0].cells, (("Kính gửi:",), ("- Ủy ban nhân dân tỉnh;", "- Tỉnh đoàn.")), strict=True
    ):
        cell._tc.remove(cell.paragraphs[0]._p)
        for text in texts:
            cell.add_paragraph().add_run(text).font.size = Pt(14)
    line._p.addprevious(table._tbl)
    line._p.getparent().remove(line._p)


def annex_on_a_lying_page(word: Word) -> None:
    """Turned by Word: the binding edge is now on top."""
    section = word.sections[1]
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (
        Mm(30),
        Mm(20),
        Mm(15),
        Mm(20),
    )


def table_of_officers(word: Word) -> None:
    table = word.add_table(2, 2)
    for cell, text in zip(table._cells, ("Chức vụ", "Số người", "Giám đốc", "1"), strict=True):
        cell.paragraphs[0].add_run(text).font.size = Pt(12)
    _paragraph(word, "III. PHƯƠNG")._p.addprevious(table._tbl)


def black_theme_colour(word: Word) -> None:
    colour = parse_xml(f'<w:color {nsdecls("w")} w:val="000000" w:themeColor="text1"/>')
    _runs(word, "Công tác tuyên truyền")[0]._r.get_or_add_rPr().append(colour)


@pytest.mark.parametrize(
    "spoil",
    [
        capitals_by_format, nation_and_motto_in_one_paragraph, theme_font, tracked_changes, content_control,
        hidden_words, rule_as_cell_border, rule_as_border_above, short_left_paragraph, page_number_in_a_frame,
        black_theme_colour, addressees_in_a_table, annex_on_a_lying_page, table_of_officers,
    ],
    ids=lambda spoil: spoil.__name__,
)  # fmt: skip
def test_what_looks_right_is_right(spoil: Spoil) -> None:
    assert codes(build(REPORT, "direct", spoil)) == []


def test_automatic_numbers_are_numbers() -> None:
    assert codes(build(REPORT, "styles", automatic_numbers)) == []


def test_kind_and_abstract_on_one_line_are_a_kind() -> None:
    paper = REPORT.but(kind="BÁO CÁO SƠ KẾT", abstract=("6 tháng đầu năm 2026",), abstract_rule=18)
    assert codes(build(paper)) == []


def test_names_on_two_lines_of_one_paragraph() -> None:
    assert codes(build(REPORT.but(agencies=("SỞ KHOA HỌC\nVÀ CÔNG NGHỆ",), agency_rule=15))) == []


def test_condensed_letters_need_less_room() -> None:
    def condensed(word: Word) -> None:
        _runs(word, "CỘNG HÒA")[0]._r.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="-6"/>'))

    narrow = REPORT.but(columns=(79, 86))
    assert codes(build(narrow, "direct", condensed)) == []
    assert codes(build(narrow)) == ["H1b"]


def test_a_slip_in_a_list_is_told_once() -> None:
    letters = ("a", "b", "c", "d", "e", "e", "g")
    points = tuple(("point", f"{letter}) Nội dung phối hợp thứ {place};") for place, letter in enumerate(letters, 1))
    proof = proofread(build(REPORT.but(body=(*BODY[:6], *points, BODY[-1]))))
    assert isinstance(proof, Proof)
    assert [(one.code, one.given, one.expected, len(one.also)) for one in proof.remarks] == [("B3d", "e", "đ", 0)]


def test_a_quotation_that_never_ends_hides_nothing() -> None:
    open_ended = tuple((element, text.replace("cần.”.", "cần.")) for element, text in QUOTING)
    assert codes(build(REPORT.but(body=open_ended))) == ["B3b"]


@pytest.mark.parametrize(
    ("insets", "empty"), [('lIns="0" rIns="0"', 0.0), ("", 2.54), ('lIns="72000" rIns="36000"', 1.5)]
)
def test_a_text_box_leaves_empty_what_it_says(insets: str, empty: float) -> None:
    spaces = nsdecls("w", "a") + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    shape = parse_xml(
        f'<w:drawing {spaces}><wps:wsp><wps:spPr><a:xfrm><a:ext cx="2088000" cy="720000"/></a:xfrm></wps:spPr><wps:txbx>'
        f"<w:txbxContent><w:p/></w:txbxContent></wps:txbx><wps:bodyPr {insets}/></wps:wsp></w:drawing>"
    )
    (box,) = boxes_in(shape, Ground(0, 165, 30, 165))
    assert (box.width, box.padding) == (58.0, pytest.approx(empty))


def test_automatic_letters_are_judged_as_they_are_seen() -> None:
    def all_automatic(word: Word) -> None:
        automatic_numbers(word)
        last = _paragraph(word, "đ) Khen thưởng")
        last.runs[0].text = last.runs[0].text[3:]
        properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="2"/><w:numId w:val="77"/></w:numPr>'
        last._p.get_or_add_pPr().insert_element_before(parse_xml(properties), "w:spacing")

    proof = proofread(build(REPORT, "styles", all_automatic))
    assert isinstance(proof, Proof)
    assert [(remark.code, remark.given, remark.expected) for remark in proof.remarks] == [("B3d", "e", "đ")]


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ điểm a khoản 2 Điều 103 Mục 5 Chương XII Bộ luật Lao động, các đơn vị thực hiện.",
        "Thủ đô Hà Nội, Thành phố Hồ Chí Minh, Phường Điện Biên Phủ, Quận 1 và Phường Nguyễn Trãi tham gia.",
        "Ủy ban nhân dân tỉnh, Hội đồng nhân dân tỉnh, Tỉnh ủy, Tỉnh Đoàn, Công an nhân dân phối hợp quản lý nhà nước về dữ liệu.",
        "Sở Lao động - Thương binh và Xã hội có 1.234.567 lượt, đạt 12,5%; tỷ lệ 1 : 2; phiên bản 2.0; lúc 8.30 ngày 05/12/2026.",
        "Văn bản số      /KH-SKHCN ngày      tháng 12 năm 2026 của Sở; mục 1.2 của Kế hoạch số 05/KH-UBND.",
        "Trang https://dichvucong.gov.vn và tên miền “.vn”: truy cập 3,141 triệu lượt...",
        "Trường THPT Thành phố Cao Lãnh, phường Sa Đéc, xã Tân Hồng, Ủy ban nhân dân các xã, ủy ban nhân dân cấp xã tham gia.",
        "Tỷ lệ tăng 2,5 điểm %; email: a,b@dongthap.gov.vn, trang www.abc.vn/a,b; từ tháng 3 đến tháng 9; dịp tết Nguyên đán.",
        "Cuộc thi “Anh Và Em”; Cách mạng Tháng 8; được Nhân dân đồng tình; Chủ tịch Nguyễn Văn Nam và các chủ tịch xã dự.",
        "Số tiền 1.250.000 đồng (một triệu hai trăm năm mươi nghìn đồng), tăng 1,234 lần so với năm trước.",
    ],
)  # fmt: skip
def test_correct_writing_has_no_remark(text: str) -> None:
    assert codes(build(REPORT.text(2, text))) == []


@pytest.mark.parametrize(
    ("text", "code", "given", "expected"),
    [
        ("Tổ chức tại Thành phố Cao Lãnh năm 2024.", "C1", "Thành phố Cao Lãnh", "thành phố …"),
        ("Tổ chức tại Phường Sa Đéc năm 2026.", "C1", "Phường Sa Đéc", "phường …"),
        ("Theo chỉ đạo của ủy ban nhân dân tỉnh Đồng Tháp.", "C1", "ủy ban nhân dân tỉnh Đồng", "Ủy ban nhân dân …"),
        ("Theo chỉ đạo của Uỷ Ban Nhân Dân tỉnh Đồng Tháp.", "C1", "Uỷ Ban Nhân Dân", "Uỷ ban nhân dân"),
        ("Lớp do Sở Khoa Học Và Công Nghệ tổ chức.", "C1", "Sở Khoa Học Và Công Nghệ", "Sở Khoa học và Công nghệ"),
        ("Thực hiện theo luật Công nghệ thông tin năm 2006.", "C1", "luật Công nghệ", "Luật …"),
        ("Theo luật Công nghệ thông tin năm 2006.", "C1", "luật Công nghệ", "Luật …"),
        ("Theo ý kiến của chủ tịch Nguyễn Văn Nam.", "C1", "chủ tịch Nguyễn", "Chủ tịch …"),
        ("Dưới sự lãnh đạo của đảng Cộng sản Việt Nam.", "C1", "đảng Cộng sản", "Đảng …"),
        ("Thực hiện từ Tháng 3 năm 2026.", "C1", "Tháng 3 năm", "tháng …"),
        ("Việc làm này được nhân dân đồng tình.", "C1b", "được nhân dân", "Nhân dân"),
        ("Tổ chức 12 lớp,25 buổi.", "T1", "lớp,25", ""),
        ("Tổ chức 12 lớp ( có 25 buổi).", "T1", "", ""),
        ("Sở đã gửi báo cáo.Các đơn vị chưa gửi.", "T1", "cáo.Các", ""),
        ("Đến năm 2026,còn 12 đơn vị chưa gửi.", "T1", "2026,còn", ""),
        ("Thực hiện theo công văn số 12/SKHCN-BCVT của Sở.", "C1", "công văn số 12", "Công văn …"),
        ("Theo nghị quyết của hội đồng nhân dân tỉnh Đồng Tháp.", "C1", "hội đồng nhân dân tỉnh Đồng", "Hội đồng nhân dân …"),
    ],
)  # fmt: skip
def test_wrong_writing_is_told_with_what_is_right(text: str, code: str, given: str, expected: str) -> None:
    proof = proofread(build(REPORT.text(2, text)))
    assert isinstance(proof, Proof)
    (remark,) = proof.remarks
    assert (remark.code, remark.expected, remark.place.quote) == (code, expected, text[:48] + "…" * (len(text) > 48))
    assert given in str(remark.given)


# ---- form, place, words ---------------------------------------------------------------------------------------------


def test_the_form_may_be_given() -> None:
    assert "M1" in codes(build(REPORT), "doan")
    assert codes(build(JOINT), "lien_tich") == []
    assert codes(build(REPORT), "lien_tich") == ["H6", "H6a", "S1"]


def test_a_remark_says_where_what_and_by_which_law() -> None:
    proof = proofread(build(JOINT.but(number="Số: 5/BC-SKHCN-TĐTN")))
    assert isinstance(proof, Proof)
    remark = proof.remarks[0]
    assert place(remark.place, "vi") == "Phần đầu, đoạn 6 “Số: 5/BC-SKHCN-TĐTN”"
    assert sentence(remark, "vi") == (
        "Số, ký hiệu viết là “Số: 5/BC-SKHCN-TĐTN”: số viết chưa đúng (nhỏ hơn 10 thì thêm một số 0 ở trước). "
        "Phải là “Số: 05/BC-SKHCN-TĐTN”."
    )
    assert law(remark.code, "nd30", "vi") == "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.3.c"


def test_the_same_in_several_places_is_one_remark() -> None:
    proof = proofread(build(REPORT.but({"point": {"size": 12}})))
    assert isinstance(proof, Proof)
    (remark,) = proof.remarks
    assert (remark.given, remark.expected, len(remark.also)) == (12.0, 14.0, 4)
    assert sentence(remark, "vi") == "Đoạn văn có cỡ chữ 12. Phải là 14, thống nhất trong toàn văn bản."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_remark_can_be_said(lang: str) -> None:
    for fault in FAULTS:
        for remark in _proof(fault).remarks:
            said = sentence(remark, lang)
            assert not any(slip in said for slip in ("{", "“”", ": .", "None")), said
            assert said.lstrip("“")[0].isupper(), said
            assert said.endswith((".", ")")), said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_has_its_texts_and_a_law(lang: str) -> None:
    for rule in RULES:
        assert all(has(f"layout.rule.{rule.code}.{part}", lang) for part in ("name", "says")), rule.code
        assert all(law(rule.code, form, lang) for form in rule.forms)


def test_codes_are_given_once() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)


# ---- files that cannot be read --------------------------------------------------------------------------------------


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return stream.getvalue()


def _nested(depth: int) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    inner = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
    return f"<w:document {space}><w:body>{inner}</w:body></w:document>".encode()


_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCUMENT = "word/document.xml"


def _a_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("số liệu.txt", "1")
    return stream.getvalue()


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "layout_not_word"),
    "plain text": ("Số: 5/BC".encode(), "layout_not_word"),
    "old Word": (_OLE + bytes(600), "layout_old_format"),
    "password": (_OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "layout_password"),
    "half a zip": (build(REPORT)[:9000], "layout_damaged"),
    "broken XML": (_with_part(build(REPORT), DOCUMENT, b"<w:document"), "layout_damaged"),
    "entities": (_with_part(build(REPORT), DOCUMENT, _BOMB), "layout_damaged"),
    "a zip of 40 MB of nothing": (_with_part(build(REPORT), DOCUMENT, b" " * (40 * 2**20)), "layout_too_large"),
    "deeper than XML readers go": (_with_part(build(REPORT), DOCUMENT, _nested(5000)), "layout_damaged"),
    "another zip": (_a_zip(), "layout_not_word"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_one_sentence(name: str, tmp_path: Path) -> None:
    data, key = REFUSED[name]
    path = tmp_path / "tệp.docx"
    path.write_bytes(data)
    with pytest.raises(PhoihopError) as caught:
        stages.proofread(path)
    assert caught.value.key == key
    assert all(has(f"errors.{key}{end}", lang) for end in ("", "_hint") for lang in LANGUAGES)


def test_tables_in_tables_are_read(tmp_path: Path) -> None:
    path = tmp_path / "bảng.docx"
    path.write_bytes(_with_part(build(REPORT), DOCUMENT, _nested(80)))
    assert stages.proofread(path).blocked


def test_a_document_with_nothing_in_it_lacks_every_part() -> None:
    bare = _with_part(
        build(REPORT),
        DOCUMENT,
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>',
    )
    assert codes(bare) == ["P1", "P1a", "M1", "M3", "M4", "M5", "M6", "M7", "M8"]


def test_strict_open_xml_is_the_same() -> None:
    data = build(REPORT)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(DOCUMENT)
    strict = xml.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert codes(_with_part(data, DOCUMENT, strict)) == []


# ---- the command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def phoihop(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    """Runs a command in an empty folder: (exit code, standard output, standard error)."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(SystemExit) as left:
            cli.main(list(arguments))
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, click.unstyle(err)

    return run


def test_the_command_needs_no_project(phoihop: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    (tmp_path / "đúng.docx").write_bytes(build(REPORT))
    (tmp_path / "sai.docx").write_bytes(build(JOINT.but(number="Số: 5/BC-SKHCN-TĐTN")))
    (tmp_path / "nhắc.docx").write_bytes(build(REPORT.but(title="")))
    code, out, _ = phoihop("layout", "đúng.docx")
    assert (code, "không có chỗ nào sai thể thức" in out) == (0, True)
    code, out, _ = phoihop("layout", "nhắc.docx")
    assert (code, "Cộng: 0 lỗi, 0 cảnh báo, 1 ghi chú." in out) == (0, True)
    assert out.splitlines()[1:3] == [
        "  không có chỗ nào sai thể thức.",
        "  Cách soạn tệp Word (không phải lỗi thể thức):",
    ]
    assert out.splitlines()[3].endswith("[A1]")
    (told,) = json.loads(phoihop("layout", "nhắc.docx", "--json")[1])
    assert ([one["code"] for one in told["remarks"]], [one["code"] for one in told["notes"]]) == ([], ["A1"])
    code, out, _ = phoihop("layout", "sai.docx", "đúng.docx")
    assert code == 1
    assert "Lỗi: Phần đầu, đoạn 6 “Số: 5/BC-SKHCN-TĐTN”" in out
    assert "[H4]" in out
    code, out, _ = phoihop("layout", "sai.docx", "--lang", "en", "--json")
    (told,) = json.loads(out)
    assert (code, told["form"], told["joint"], told["blocked"]) == (1, "nd30", True, True)
    assert told["remarks"][0]["code"] == "H4"
    assert told["remarks"][0]["paragraph"] == 6
    assert told["remarks"][0]["law"] == "Decree 30/2020/NĐ-CP, Appendix I, Part I, item II.3.c"


def test_the_command_tells_what_it_cannot_read(phoihop: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    (tmp_path / "cũ.doc").write_bytes(_OLE + bytes(600))
    (tmp_path / "đúng.docx").write_bytes(build(REPORT))
    code, out, err = phoihop("layout", "cũ.doc", "đúng.docx")
    assert code == 2
    assert "đúng.docx" in out
    assert err.splitlines()[0] == "cũ.doc là tệp Word đời cũ (.doc), chưa kiểm tra được."
    assert phoihop("layout", "không-có.docx")[0] == 2
    assert phoihop("layout")[0] == 2
    assert phoihop("layout", "đúng.docx", "--form", "nd99")[0] == 2


def test_files_that_cannot_be_read_are_all_told(phoihop: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    (tmp_path / "cũ.doc").write_bytes(_OLE + bytes(600))
    (tmp_path / "thư mục").mkdir()
    (tmp_path / "đúng.docx").write_bytes(build(REPORT))
    code, out, err = phoihop("layout", "thư mục", "cũ.doc", "đúng.docx")
    assert code == 2
    assert "cũ.doc là tệp Word đời cũ (.doc), chưa kiểm tra được." in out.splitlines()
    assert err.splitlines() == [
        "“thư mục” là thư mục, không phải tệp Word.",
        "→ Ghi tên từng tệp .docx, hoặc dùng dấu * như “thư mục/*.docx”.",
    ]
    _, out, _ = phoihop("layout", "thư mục", "cũ.doc", "đúng.docx", "--json")
    folder, old, right = json.loads(out)
    assert folder == {"file": "thư mục", "problem": "“thư mục” là thư mục, không phải tệp Word."}
    assert old == {"file": "cũ.doc", "problem": "cũ.doc là tệp Word đời cũ (.doc), chưa kiểm tra được."}
    assert (right["file"], right["remarks"], right["blocked"]) == ("đúng.docx", [], False)


def test_a_pipe_has_one_line_for_a_remark_with_all_its_places(
    phoihop: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    (tmp_path / "cỡ 12.docx").write_bytes(build(REPORT.but({"point": {"size": 12}})))
    _, out, _ = phoihop("layout", "cỡ 12.docx")
    (line,) = (one for one in out.splitlines() if one.endswith("[B1a]"))
    assert line.startswith("  Lỗi: Nội dung, đoạn ")
    assert "(và 4 chỗ nữa, ở đoạn " in line
    assert "thống nhất trong toàn văn bản. [Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.6.e] [B1a]" in line
