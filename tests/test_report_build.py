"""The annual report read back: frame, sections, figures, draft mark, sameness of bytes."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

from pipeline.errors import PhoihopError
from pipeline.report.annexes.results import amount, short_code
from pipeline.report.tables import Column, Row, Table, table_element
from pipeline.run import Judged, Project, make_document
from tests import papers
from tests.factory import sample_run
from tests.papers import built, every_text, headers, material, style_of, table_rows, with_config

DRAFT = "BẢN NHÁP – SỐ LIỆU CHƯA ĐẦY ĐỦ"


@cache
def content(missing: bool) -> bytes:
    return built("annual", material(missing))


def opened(missing: bool = True) -> Document:
    return papers.opened(content(missing))


def test_page_of_the_text() -> None:
    section = opened().sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins if margin is not None] == [20, 20, 30, 15]
    assert section.different_first_page_header_footer


def test_annexes_lie_and_count_their_own_pages() -> None:
    sections = opened().sections
    assert [section.orientation for section in sections] == [WD_ORIENT.PORTRAIT, *[WD_ORIENT.LANDSCAPE] * 3]
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in sections]
    assert starts[0] is None
    assert [start.get(qn("w:start")) for start in starts[1:]] == ["1", "1", "1"]
    assert all(section.different_first_page_header_footer for section in sections)


def test_letterhead_names_both_agencies_and_leaves_number_and_day_blank() -> None:
    table = opened().tables[0]
    assert [round(column.width.mm) for column in table.columns] == [75, 90]
    left, right = ([p.text for p in cell.paragraphs if p.text] for cell in table.rows[0].cells)
    assert left == ["SỞ KHOA HỌC", "VÀ CÔNG NGHỆ -", "BAN CHẤP HÀNH ĐOÀN TỈNH", "TRÀ VINH"]
    assert right == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert [cell.text for cell in table.rows[1].cells] == [
        "Số:        /BC-SKHCN-TĐTN",
        "Trà Vinh, ngày       tháng 12 năm 2026",
    ]


@pytest.mark.parametrize(
    ("name", "size", "bold", "italic"),
    [
        ("Quốc hiệu", 12, True, None),
        ("Tiêu ngữ", 13, True, None),
        ("Địa danh ngày tháng", 13, None, True),
        ("Số ký hiệu", 13, None, None),
        ("Nội dung", 14, None, None),
        ("Nơi nhận", 12, True, True),
        ("Danh sách nơi nhận", 11, None, None),
        ("Số phụ lục", 14, True, None),
        ("Số trang", 14, None, None),
    ],
)
def test_styles(name: str, size: int, bold: bool | None, italic: bool | None) -> None:
    font = opened().styles[name].font
    assert (font.size, font.bold, font.italic) == (Pt(size), bold, italic)


def test_one_typeface_and_language_for_everything() -> None:
    root = opened().styles.element
    fonts = root.findall(f".//{qn('w:rFonts')}")
    assert [set(font.attrib.values()) for font in fonts] == [{"Times New Roman"}]
    assert root.find(f".//{qn('w:lang')}").get(qn("w:val")) == "vi-VN"


def test_no_paragraph_is_empty_but_rules() -> None:
    document = opened()
    empty = {
        style_of(p)
        for p in document.element.body.iter(qn("w:p"))
        if not any((t.text or "").strip() for t in p.iter(qn("w:t")))
    }
    assert empty <= {"KeDuoiCoQuan", "KeDuoiTieuNgu", "KeDuoiTrichYeu", "OBang", "HetPhan"}


def test_draft_mark_while_units_are_missing() -> None:
    document = opened()
    assert headers(document) == [DRAFT, ""]
    assert document.paragraphs[0].text == DRAFT
    assert (
        "Số liệu tổng hợp từ 19/20 đơn vị; các đơn vị chưa có biểu hợp lệ: Đoàn cơ sở Bộ Chỉ huy Quân sự tỉnh;"
        in every_text(document)
    )


def test_no_draft_mark_when_complete() -> None:
    document = opened(missing=False)
    text = every_text(document)
    assert DRAFT not in text + "".join(headers(document))
    assert "Số liệu tổng hợp từ 20/20 đơn vị; số liệu tính đến ngày 30/11/2026." in text


def test_addressees_and_recipients() -> None:
    lines = [paragraph.text for paragraph in opened().paragraphs]
    start = lines.index("Kính gửi:")
    assert lines[start + 1 : start + 3] == ["- Bộ Khoa học và Công nghệ;", "- Trung ương Đoàn TNCS Hồ Chí Minh."]
    lines = [paragraph.text for paragraph in opened().tables[1].cell(0, 0).paragraphs]
    start = lines.index("Nơi nhận:")
    assert lines[start + 1] == "- Như trên;"
    assert lines[start + 8] == "- Các huyện, thị, thành đoàn, đoàn trực thuộc;"
    assert lines[start + 9] == "- Lưu: VT (Sở), VP (Tỉnh đoàn)."


def test_lead_signs_on_the_right() -> None:
    left, right = opened().tables[1].columns
    assert [p.text for cell in left.cells for p in cell.paragraphs][:3] == [
        "TM. BAN CHẤP HÀNH TỈNH ĐOÀN",
        "BÍ THƯ",
        "Trần Trí Cường",
    ]
    assert [p.text for cell in right.cells for p in cell.paragraphs] == [
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "GIÁM ĐỐC",
        "Nguyễn Văn Này",
    ]


def test_text_and_last_annex_end_with_the_end_mark() -> None:
    lines = [paragraph.text for paragraph in opened().paragraphs]
    assert lines[-1].endswith("./.")
    assert sum(line.endswith("./.") for line in lines) == 2


def test_annex_of_indicators_prints_the_figures() -> None:
    _, figures, catalogue, _ = sample_run()
    rows = {row[0]: row for row in table_rows(opened(), 2)}
    for indicator in catalogue.indicators:
        figure = figures[indicator.code]
        row = rows[short_code(indicator.code)]
        assert row[3] == ("…" if figure.total is None else amount(indicator, figure.total))
        assert row[7] == f"{figure.reporting}/{figure.expected}"
    assert rows["16.3"][3:6] == ["81,5%", "71,4%", "+10,1 điểm %"]


def test_annex_of_units_prints_every_amount() -> None:
    _, figures, catalogue, _ = sample_run()
    document = opened()
    printed: dict[tuple[str, str], str] = {}
    for place in (3, 4, 5):
        head, *rows = table_rows(document, place)
        printed |= {(row[0], name): cell for row in rows for name, cell in zip(head[3:], row[3:], strict=False)}
    for (unit, code), value in figures.by_unit.items():
        indicator = catalogue.indicator(code)
        if indicator is not None and figures.relations.get((unit, code)):
            cell = printed[short_code(code), catalogue.unit_name(unit)]
            assert cell.strip("()") == amount(indicator, value)
    assert printed["12.2", "Huyện đoàn Càng Long"] == "…"
    assert printed["12.1", "Phòng Thông tin - Báo chí - Xuất bản"] == "x"


def test_annex_of_submissions() -> None:
    rows = {row[1]: row for row in table_rows(opened(), 6)}
    assert rows["Đoàn cơ sở Bộ Chỉ huy Quân sự tỉnh"][2:6] == ["Chưa có biểu hợp lệ", "–", "–", "0"]
    assert rows["Huyện đoàn Càng Long"][2:] == ["Có lỗi", "24/11/2026", "0", "1", "1 lỗi"]


def test_equal_words_of_many_units_are_quoted_once() -> None:
    quotes = [p.text for p in opened().paragraphs if "“Thiếu thiết bị tại vùng sâu”" in p.text]
    assert len(quotes) == 1
    assert quotes[0] == "- 19/19 đơn vị đã gửi biểu: “Thiếu thiết bị tại vùng sâu”."


def test_places_to_write_are_content_controls() -> None:
    controls = list(opened().element.body.iter(qn("w:sdt")))
    aliases = [control.find(f".//{qn('w:alias')}").get(qn("w:val")) for control in controls]
    assert aliases == [f"Chỗ cần viết {number}" for number in range(1, 7)]


def test_same_input_same_bytes() -> None:
    assert built("annual", material()) == content(True)
    with zipfile.ZipFile(io.BytesIO(content(True))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties() -> None:
    properties = opened().core_properties
    assert properties.title == (
        "Báo cáo kết quả thực hiện Chương trình phối hợp hoạt động năm 2026, phương hướng, nhiệm vụ năm 2027"
    )
    assert (properties.author, properties.language) == ("Sở Khoa học và Công nghệ", "vi-VN")
    assert f"{properties.created:%d/%m/%Y}" == "30/11/2026"


def test_a_thousand_rows_keep_head_and_whole_rows() -> None:
    columns = tuple(Column(f"Cột {n}", 30) for n in range(8))
    rows = tuple(Row(tuple(f"{r}.{c}" for c in range(8))) for r in range(1000))
    element = table_element(Table("Bảng dài", columns, rows))
    lines = element.findall(qn("w:tr"))
    assert len(lines) == 1001
    assert lines[0].find(f".//{qn('w:tblHeader')}") is not None
    assert all(line.find(f".//{qn('w:cantSplit')}") is not None for line in lines)


def test_the_address_of_the_agency_stands_on_the_first_page_alone() -> None:
    given = material()
    address = "Địa chỉ: số 1 đường Lê Lợi; điện thoại: 0294 555 0115"
    agencies = [agency.model_copy(update={"footer": address}) for agency in given.config.agency]
    sections = papers.opened(built("annual", with_config(given, agency=agencies))).sections
    assert [section.first_page_footer.paragraphs[0].text for section in sections] == [address, "", "", ""]
    assert [section.footer.paragraphs[0].text if section.footer.paragraphs else "" for section in sections] == [""] * 4


def test_no_footer_without_an_address() -> None:
    sections = papers.opened(built("annual", material())).sections
    assert all(section.first_page_footer.is_linked_to_previous for section in sections)


def test_a_symbol_for_an_unknown_document_is_told() -> None:
    dataset, figures, catalogue, config = sample_run()
    report = config.report.model_copy(update={"symbols": {"annul": "BC-SKHCN"}})
    project = Project(config.model_copy(update={"report": report}), papers.whole_catalogue(), catalogue)
    with pytest.raises(PhoihopError) as caught:
        make_document(Judged(project, dataset, figures, None), "annual")
    assert (caught.value.key, caught.value.values["given"]) == ("unknown_document", "annul")
