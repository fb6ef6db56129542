"""What must not be left in a document that goes out is found in whatever form people and programs leave it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pipeline.issuing import filling, leftovers, reading
from pipeline.issuing.reading import Paragraph, Seen
from pipeline.model import Issue

PROMPTS = (
    "[Viết đánh giá về ưu điểm; tên đầy đủ của các đơn vị ở bảng tổng hợp; có thể chọn lọc ý kiến được trích dưới đây.]",
    "[Căn cứ Chương trình phối hợp của giai đoạn mới (giai đoạn 2022 - 2026 kết thúc trong năm 2026): ghi số, ngày];",
    "[Ghi nguồn kinh phí của từng cơ quan.]",
)
ISSUE = Issue("123", date(2026, 12, 10), draft=False)


def left(edit: Callable[[Document], object]) -> list[tuple[str, str]]:
    document = docx.Document()
    edit(document)
    return list(leftovers.unfinished(saved(document), "a.docx", PROMPTS))


def saved(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def written(text: str) -> Callable[[Document], object]:
    return lambda document: document.add_paragraph(text)


# ---- places to write ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (PROMPTS[0], PROMPTS[0]),
        (f"Ưu điểm: {PROMPTS[0]}", PROMPTS[0]),
        ("Kinh phí: [Ghi nguồn kinh phí", "[Ghi nguồn kinh phí"),
        ("Đã tốt. [Viết đánh giá về ưu điểm; tên đầy đủ.", "[Viết đánh giá về ưu điểm; tên đầy đủ."),
        ("Viết đánh giá về ưu điểm", "Viết đánh giá về ưu điểm"),
        ("a) VIẾT ĐÁNH GIÁ VỀ ƯU ĐIỂM: hai cơ quan", "a) VIẾT ĐÁNH GIÁ VỀ ƯU ĐIỂM: hai cơ quan"),
        ("- Ghi nguồn kinh phí của từng cơ quan.", "- Ghi nguồn kinh phí của từng cơ quan."),
    ],
    ids=["whole", "after words", "unclosed", "half", "no brackets", "capitals", "dash"],
)
def test_a_prompt_is_found_by_its_words_alone(text: str, found: str) -> None:
    assert left(written(text)) == [("prompt", found)]


@pytest.mark.parametrize(
    "text",
    [
        "Hai cơ quan đánh giá về ưu điểm như sau.",
        "Căn cứ Chương trình phối hợp số 12/CTr-SKHCN-TĐTN ngày 05/01/2027;",
        "- Huyện A: “Máy hỏng [3 máy], cần thay”.",
        "Nguồn kinh phí của từng cơ quan [1].",
        "",
    ],
)
def test_what_only_sounds_alike_is_no_prompt(text: str) -> None:
    assert left(written(text)) == []


def styled(document: Document, *pieces: tuple[str, bool]) -> None:
    document.styles.add_style(leftovers.PROMPT_STYLE, docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    paragraph = document.add_paragraph()
    for text, placeholder in pieces:
        paragraph.add_run(text, leftovers.PROMPT_STYLE if placeholder else None)


def controlled(document: Document, text: str) -> None:
    words = f"<w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent>"
    properties = '<w:sdtPr><w:tag w:val="cho-viet-3"/></w:sdtPr>'
    document.add_paragraph()._p.append(parse_xml(f"<w:sdt {nsdecls('w')}>{properties}{words}</w:sdt>"))


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (lambda d: styled(d, ("Lời nhắc ", True), ("[cũ].", True)), "Lời nhắc [cũ]."),
        (lambda d: styled(d, ("Tốt. ", False), ("Còn [lời nhắc", True)), "Còn [lời nhắc"),
        (lambda d: controlled(d, "Đã viết [lời nhắc]"), "Đã viết [lời nhắc]"),
    ],
)
def test_a_place_is_found_by_its_style_or_its_control(edit: Callable[[Document], object], found: str) -> None:
    assert left(edit) == [("prompt", found)]


def test_a_place_that_is_written_is_none() -> None:
    assert left(lambda d: styled(d, ("Đã triển khai.", True))) == []
    assert left(lambda d: controlled(d, "Đã triển khai.")) == []


def test_the_prompts_of_a_document_are_its_paragraphs_in_brackets() -> None:
    seen = Seen((Paragraph("Mở [2] lớp."), Paragraph(PROMPTS[0]), Paragraph(PROMPTS[1])))
    assert leftovers.prompts_of(seen) == PROMPTS[:2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thực hiện Chương trình (số …/CT-STTTT-TĐTN ngày …), hai cơ quan", "số …/CT-STTTT-TĐTN ngày …"),
        ("Chương trình (số 05/CT-STTTT-TĐTN ngày …)", "số 05/CT-STTTT-TĐTN ngày …"),
        ("Chương trình (số …/CT-STTTT-TĐTN ngày 20/4/2022)", "số …/CT-STTTT-TĐTN ngày 20/4/2022"),
        ("Chương trình số ......./CT-STTTT ngày ____", "số ......./CT-STTTT ngày ____"),
        ("Chương trình (số 05/CT-STTTT-TĐTN ngày )", "số 05/CT-STTTT-TĐTN ngày"),
    ],
)
def test_a_document_cited_without_number_or_day_is_found(text: str, found: str) -> None:
    assert left(written(text)) == [("citation", found)]


@pytest.mark.parametrize(
    "text",
    [
        "Chương trình (số 05/CT-STTTT-TĐTN ngày 20/4/2022)",
        "Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2026",
        "- Huyện A: “Một số … còn thiếu, mỗi ngày … vài tin”.",
    ],
)
def test_a_cited_document_with_number_and_day_is_complete(text: str) -> None:
    assert left(written(text)) == []


# ---- the line below an annex's title --------------------------------------------------------------------------------

LINE = "(Kèm theo Báo cáo số        /BC-SKHCN-TĐTN ngày      tháng 12 năm 2026 của Sở)"


def annexed(*lines: str) -> Document:
    document = docx.Document()
    for text in ("Số:     /BC-SKHCN-TĐTN", "Trà Vinh, ngày    tháng 12 năm 2026", "Mở 42 lớp.", "Phụ lục I", *lines):
        document.add_paragraph(text)
    return document


def test_number_and_day_are_put_below_an_annex_whose_style_is_lost() -> None:
    data = filling.filled(saved(annexed("KẾT QUẢ", LINE)), ISSUE, "a.docx")
    words = [one.text for one in reading.read_document(data).paragraphs]
    assert words[-1] == "(Kèm theo Báo cáo số 123/BC-SKHCN-TĐTN ngày 10 tháng 12 năm 2026 của Sở)"
    assert leftovers.unfinished(data, "a.docx") == ()


@pytest.mark.parametrize(
    "lines",
    [
        ("1", "2", "3", "4", "5", LINE),
        ("KẾT QUẢ", "(Kèm theo Báo cáo có số, ngày ghi ở trang đầu)"),
    ],
    ids=["far below", "no place"],
)
def test_a_line_below_an_annex_without_number_and_day_is_named(lines: tuple[str, ...]) -> None:
    data = filling.filled(saved(annexed(*lines)), ISSUE, "a.docx")
    told = reading.read_document(saved(annexed(lines[-1]))).paragraphs[-1].text
    assert leftovers.unfinished(data, "a.docx") == (("attached", told),)


def test_another_documents_line_in_the_text_is_left_alone() -> None:
    document = annexed()
    document.paragraphs[2].insert_paragraph_before("(Kèm theo Công văn số 45/CV-TĐTN ngày 02 tháng 12 năm 2026)")
    words = [one.text for one in reading.read_document(filling.filled(saved(document), ISSUE, "a.docx")).paragraphs]
    assert words[2] == "(Kèm theo Công văn số 45/CV-TĐTN ngày 02 tháng 12 năm 2026)"


def test_the_symbol_is_what_follows_the_number() -> None:
    assert filling.symbol_of(saved(annexed()), "a.docx") == "BC-SKHCN-TĐTN"
    assert filling.symbol_of(filling.filled(saved(annexed()), ISSUE, "a.docx"), "a.docx") == "BC-SKHCN-TĐTN"
    union = docx.Document()
    union.add_paragraph("Số: 123-BC/TĐTN - SKHCN")
    assert filling.symbol_of(saved(union), "a.docx") == "BC/TĐTN-SKHCN"
    assert filling.symbol_of(saved(docx.Document()), "a.docx") == ""


# ---- tracked changes ------------------------------------------------------------------------------------------------


def mark(kind: str) -> object:
    return parse_xml(f'<w:{kind} {nsdecls("w")} w:id="9" w:author="Hoa" w:date="2026-12-01T00:00:00Z"/>')


def look_of(child: object) -> object:
    look = docx.oxml.OxmlElement("w:rPr")
    look.append(child)
    return look


def changed_row(document: Document, kind: str) -> None:
    table = document.add_table(rows=1, cols=2)
    for cell, text in zip(table.rows[0].cells, ("Số lớp", "42"), strict=True):
        cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(mark(kind))
    run = table.rows[0].cells[0].paragraphs[0].runs[0]._r
    change = mark(kind)
    run.addprevious(change)
    change.append(run)


def changed_mark(document: Document, text: str) -> None:
    document.add_paragraph("Trước đó.")
    document.add_paragraph(text)._p.get_or_add_pPr().append(look_of(mark("del")))


def changed_look(document: Document) -> None:
    document.add_paragraph().add_run("Chữ đậm").bold = True
    look = mark("rPrChange")
    look.append(docx.oxml.OxmlElement("w:rPr"))
    document.paragraphs[-1].runs[0]._r.rPr.append(look)


def inserted(paragraph: docx.text.paragraph.Paragraph, text: str) -> None:
    change = mark("ins")
    change.append(paragraph.add_run(text)._r)
    paragraph._p.append(change)


def picture(document: Document) -> None:
    inserted(document.add_paragraph("Ảnh: "), "")


def footnote(document: Document) -> None:
    words = '<w:footnote w:id="2"><w:p><w:ins w:id="3" w:author="Hoa"><w:r><w:t>Chú thêm</w:t></w:r></w:ins></w:p></w:footnote>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    blob = f"<w:footnotes {nsdecls('w')}>{words}</w:footnotes>".encode()
    part = Part(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (lambda d: changed_row(d, "ins"), ("tracked_row", "Số lớp42")),
        (lambda d: changed_row(d, "del"), ("tracked_row", "Số lớp42")),
        (lambda d: changed_mark(d, "Gộp đoạn."), ("tracked_mark", "Gộp đoạn.")),
        (lambda d: changed_mark(d, ""), ("tracked_mark", "Trước đó.")),
        (changed_look, ("tracked_look", "Chữ đậm")),
        (lambda d: inserted(d.sections[0].header.paragraphs[0], "Lưu hành nội bộ"), ("tracked", "Lưu hành nội bộ")),
        (lambda d: inserted(d.sections[0].footer.paragraphs[0], "Trang cuối"), ("tracked", "Trang cuối")),
        (footnote, ("tracked", "Chú thêm")),
        (picture, ("tracked", "Ảnh:")),
        (lambda d: d.add_comment(d.add_paragraph("Xem.").runs, "", author="Hoa"), ("comment", "Hoa")),
    ],
    ids=["row in", "row out", "mark", "empty mark", "look", "header", "footer", "footnote", "picture", "mute comment"],
)
def test_every_tracked_change_is_found(edit: Callable[[Document], object], found: tuple[str, str]) -> None:
    assert left(edit) == [found]


def test_words_and_their_paragraph_mark_are_one_change() -> None:
    def edit(document: Document) -> None:
        paragraph = document.add_paragraph()
        paragraph._p.get_or_add_pPr().append(look_of(mark("ins")))
        inserted(paragraph, "Đoạn mới.")

    assert left(edit) == [("tracked", "Đoạn mới.")]


def test_a_document_without_tracked_changes_is_finished() -> None:
    def edit(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "2"
        table = document.add_table(rows=1, cols=1)
        table.rows[0]._tr.get_or_add_trPr().append(docx.oxml.OxmlElement("w:tblHeader"))
        table.cell(0, 0).paragraphs[0]._p.get_or_add_pPr().append(look_of(docx.oxml.OxmlElement("w:b")))
        assert document.element.body.find(qn("w:tbl")) is not None

    assert left(edit) == []
