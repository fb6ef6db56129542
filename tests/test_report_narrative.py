"""The words: amounts, comparisons, zero and no report, quotes, and errors that name the line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import PhoihopError
from pipeline.model import Figures, FigureState
from pipeline.report import Material, markdown, narrative
from pipeline.report.body import mark
from pipeline.report.drawings import Drawings
from pipeline.report.layouts import FORMS, STATE, UNION
from pipeline.report.markdown import Block, Span
from pipeline.report.paper import issuers_of
from pipeline.report.sentences import Sentences
from pipeline.report.telling import UnknownWordError
from pipeline.report.words import telling_of, vocabulary
from pipeline.text import texts
from tests.factory import sample_run, shipped
from tests.papers import built, material, with_narrative


def said(changes: dict[str, dict[str, object]], previous_year: int | None = 2025) -> Sentences:
    """Sentences over the sample year with some figures replaced."""
    _, figures, catalogue, config = sample_run()
    changed = {code: replace(figures[code], **fields) for code, fields in changes.items()}  # type: ignore[arg-type]
    altered: Figures = replace(figures, indicators={**figures.indicators, **changed}, previous_year=previous_year)
    return Sentences(altered, catalogue, config)


def grown(total: int, before: int | None, percent: str | None) -> dict[str, object]:
    change = None if before is None else Decimal(total - before)
    return {
        "total": Decimal(total),
        "previous": None if before is None else Decimal(before),
        "change": change,
        "change_percent": None if percent is None else Decimal(percent),
    }


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (grown(225, 200, "12.5"), ", tăng 12,5% so với năm 2025"),
        (grown(150, 200, "-25"), ", giảm 25% so với năm 2025"),
        (grown(840, 200, "320"), ", gấp 4,2 lần năm 2025"),
        (grown(800, 200, "300"), ", tăng 300% so với năm 2025"),
        (grown(1005, 1000, "0.5"), ", tương đương năm 2025"),
        (grown(200, 200, "0"), ", bằng năm 2025"),
        (grown(12, 0, None), " (năm 2025 không phát sinh)"),
        (grown(12, None, None), " (năm 2025 chưa có số liệu)"),
    ],
)
def test_comparison_with_last_year(figure: dict[str, object], expected: str) -> None:
    assert said({"CT12.1": figure}).compared("CT12.1") == expected


def test_what_accumulates_was_not_there_yet_when_last_year_had_none() -> None:
    assert said({"CT04.3": grown(12, 0, None)}).compared("CT04.3") == " (năm 2025 chưa có)"


def test_a_rate_that_was_zero_rises_by_points() -> None:
    own = {"total": Decimal("45.2"), "previous": Decimal(0), "change": Decimal("45.2"), "change_percent": None}
    assert said({"CT16.3": own}).compared("CT16.3") == ", tăng 45,2 điểm phần trăm so với năm 2025"


def test_no_comparison_without_last_year() -> None:
    assert said({}, previous_year=None).compared("CT12.1") == ""


def test_a_rate_changes_by_points() -> None:
    assert said({}).compared("CT16.3") == ", tăng 10,1 điểm phần trăm so với năm 2025"


@pytest.mark.parametrize(
    ("code", "total", "expected"),
    [
        ("CT12.1", Decimal(5), "05"),
        ("CT12.1", Decimal(10), "10"),
        ("CT12.1", Decimal(0), "0"),
        ("CT12.1", Decimal(1365), "1.365"),
        ("CT14.5", Decimal("5.5"), "5,5"),
        ("CT16.3", Decimal("85.3"), "85,3%"),
        ("CT16.3", Decimal(100), "100%"),
        ("CT12.1", None, "…"),
    ],
)
def test_amounts(code: str, total: Decimal | None, expected: str) -> None:
    assert said({code: {"total": total}}).amount(code) == expected


def test_target() -> None:
    assert said({"CT16.3": {"target": Decimal(100)}}).target("CT16.3") == " (mục tiêu: 100%)"
    assert said({}).target("CT16.3") == ""


ZERO: dict[str, object] = {"state": FigureState.ZERO, "total": Decimal(0)}
SILENT: dict[str, object] = {"state": FigureState.NO_REPORT, "total": None}


def test_a_clause_without_figure_is_left_out() -> None:
    words = said({"CT13.1": grown(5, None, None), "CT13.2": ZERO}, previous_year=None)
    sentence = words.sentence("Các đơn vị", "mở {CT13.1} khóa{so sánh CT13.1}", "thu hút {CT13.2} lượt")
    assert sentence == "Các đơn vị mở 05\u00a0khóa."


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([ZERO] * 4, "Trong năm không phát sinh hoạt động này."),
        ([SILENT] * 4, "Chưa có đơn vị nào báo cáo số liệu của hoạt động này."),
        (
            [ZERO, SILENT, ZERO, ZERO],
            "Các đơn vị đã báo cáo đều không phát sinh; một số chỉ tiêu chưa có đơn vị báo cáo.",
        ),
    ],
)
def test_zero_is_not_the_same_as_no_report(states: list[dict[str, object]], expected: str) -> None:
    words = said({f"CT13.{place}": state for place, state in enumerate(states, start=1)})
    assert words.result(13, words.sentence("Các đơn vị", "mở {CT13.1} khóa")) == expected


HEAD = "loại: BÁO CÁO\nký hiệu: BC\ntrích yếu: Kết quả\n---\n"
OWN = "bao-cao-nam.md.j2"


def build_with(template: str, folder: Path) -> bytes:
    return built("annual", with_narrative(material(), OWN, template, folder))


def fault(template: str, folder: Path) -> Mapping[str, object]:
    with pytest.raises(PhoihopError) as caught:
        build_with(template, folder)
    assert caught.value.key == "narrative_wrong"
    return caught.value.values


@pytest.mark.parametrize(
    ("template", "line", "detail"),
    [
        ("Một\n\n{{ nam_nay }}", 3, "không có từ nào tên là “nam_nay”"),
        ("Một\n{{ cau('A', 'b {CT99.1} c') }}", 2, "không có chỉ tiêu CT99.1 trong danh mục năm 2026"),
        ("{{ cau('A', 'b {sánh CT12.1} c') }}", 1, "không hiểu “sánh” trong ngoặc nhọn; các từ dùng được: so sánh, mục tiêu, nhiều nhất, ít nhất, nhiều nhất và ít nhất"),
        ("{{ cau('A', 'b {CT12} c') }}", 1, "không hiểu “{CT12} c”; trong ngoặc nhọn phải là mã chỉ tiêu, ví dụ CT12.1"),
        ("{{ cau('A', 'mở CT12.1} lớp') }}", 1, "không hiểu “mở CT12.1} lớp”; trong ngoặc nhọn phải là mã chỉ tiêu, ví dụ CT12.1"),
        ("{{ cau('Đã' 'mở {CT12.1} lớp') }}", 1, "cau(…) cần chủ ngữ và ít nhất một vế, giữa hai phần có dấu phẩy; mã chỉ tiêu chỉ đặt trong các vế, không đặt trong chủ ngữ: “Đãmở {CT12.1} lớp”"),
        ("{{ cau('Đã mở {CT12.1} lớp', 'có {CT12.3} lượt') }}", 1, "cau(…) cần chủ ngữ và ít nhất một vế, giữa hai phần có dấu phẩy; mã chỉ tiêu chỉ đặt trong các vế, không đặt trong chủ ngữ: “Đã mở {CT12.1} lớp”"),
        ("{{ kien_nghi }}", 1, "từ này phải có ngoặc tròn ở sau, ví dụ kien_nghi()"),
        ("{{ kien_nghi() }}", 1, "từ này là một danh sách, phải dùng với for (xem huong-dan-loi-van.txt)"),
        ("\n{{ ket_qua(5) }}", 2, "không có hoạt động 5 trong danh mục năm 2026"),
        ("{{ phan('VI') }}", 1, "không có phần “VI” trong phụ lục Chương trình; các phần: I, II, III, IV, V"),
        ("{{ y_kien('khen') }}", 1, "không có loại ý kiến “khen”; các loại: ưu điểm, hạn chế, nguyên nhân"),
        ("Một\n{% include 'khac.md.j2' %}", 2, "không có tệp lời văn tên là “khac.md.j2”"),
    ],
)  # fmt: skip
def test_an_error_in_the_narrative_names_the_line(template: str, line: int, detail: str, tmp_path: Path) -> None:
    found = fault(HEAD + template, tmp_path)
    assert found == {"file": OWN, "line": str(line + HEAD.count("\n")), "detail": detail}


def test_a_syntax_error_names_the_line(tmp_path: Path) -> None:
    found = fault(HEAD + "Một\n{% if co(12) %}\nHai", tmp_path)
    assert (found["file"], found["line"]) == (OWN, "7")
    assert str(found["detail"]).startswith("sai cú pháp")


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("{{ “nam” }}", 'có dấu nháy cong (“ ”) của Word; hãy gõ lại bằng dấu nháy thẳng (")'),
        ('{{ so("CT12.1) }}', "thiếu dấu nháy mở hoặc dấu nháy đóng, hoặc có ký tự lạ trong ngoặc nhọn"),
        ("{{ nam | hoa }}", "không có từ “hoa” sau dấu |"),
        ("{% if nam %}", "thiếu dòng đóng của {% if … %} (ví dụ {% endif %})"),
        ("{% endfor %}", "không hiểu {% endfor %}, hoặc thừa dòng này"),
        ("{# ghi chú", "thiếu dấu đóng chú thích #}"),
        ('{{ so("CT12.1" }}', "thiếu hoặc thừa dấu ngoặc, dấu phẩy trong ngoặc nhọn"),
    ],
)
def test_a_syntax_error_is_told_in_vietnamese(text: str, detail: str, tmp_path: Path) -> None:
    assert fault(HEAD + text, tmp_path)["detail"] == f"sai cú pháp: {detail}"


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("{% include 'bao-cao-nam.md.j2' %}", "tệp lời văn này gọi lại chính nó"),
        ("{{ nam() }}", "từ đứng trước ngoặc tròn là một chữ hoặc một con số"),
        ("{{ cau() }}", "thiếu hoặc thừa phần trong ngoặc tròn"),
        ("{{ nam + 1 }}", "không ghép được hai thứ khác loại"),
        ("{{ 1 / 0 }}", "phép tính này không cho kết quả"),
        ("{{ ''.__class__ }}", "không thực hiện được chỗ này"),
    ],
)
def test_what_python_raises_is_told_in_vietnamese(text: str, detail: str, tmp_path: Path) -> None:
    found = fault(f"{HEAD}{text}", tmp_path)
    assert (found["line"], str(found["detail"]).split(";")[0].split(" (")[0].startswith(detail)) == ("5", True)


def test_a_missing_narrative_is_the_shipped_one(tmp_path: Path) -> None:
    own = with_narrative(material(), "khac.md.j2", HEAD, tmp_path)
    assert built("annual", own) == built("annual", material())


def test_a_narrative_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / OWN).mkdir()
    with pytest.raises(PhoihopError) as caught:
        built("annual", with_narrative(material(), "khac.md.j2", HEAD, tmp_path))
    assert (caught.value.key, caught.value.values) == ("narrative_missing", {"file": OWN})


def test_python_is_out_of_reach(tmp_path: Path) -> None:
    assert fault(HEAD + "{{ cau.__self__.figures }}", tmp_path)["line"] == "5"


def test_words_of_units_are_never_markup() -> None:
    words = {"loi": "# **A** & <b> 1. [x](y)\x07\n- z"}
    filled = narrative.fill("loi-van.md.j2", "- {{ loi }}", words, shipped()[1])
    assert [block.text for block in markdown.parse(filled)] == ["# **A** & <b> 1. [x](y)\x07 - z"]


def test_markdown_becomes_blocks() -> None:
    text = "# I. MỤC\n\n## 1. Khoản\n\n1. một\n\n1. hai *nghiêng*\n\n- gạch\n\n> chỗ viết\n\nĐoạn\nvăn"
    assert markdown.parse(text) == (
        Block("heading1", (Span("I. MỤC"),)),
        Block("heading2", (Span("1. Khoản"),)),
        Block("point", (Span("một"),), 1),
        Block("point", (Span("hai "), Span("nghiêng", italic=True)), 2),
        Block("dash", (Span("gạch"),)),
        Block("place", (Span("chỗ viết"),)),
        Block("text", (Span("Đoạn"), Span(" "), Span("văn"))),
    )


def test_points_use_the_vietnamese_alphabet() -> None:
    points = [Block("point", (), number) for number in (1, 4, 5, 7)]
    assert [mark(point, "2", STATE) for point in points] == ["a) ", "d) ", "đ) ", "g) "]
    assert [mark(point, "2", UNION) for point in points] == ["2.1. ", "2.4. ", "2.5. ", "2.7. "]
    assert [mark(point, "", form) for form in (STATE, UNION) for point in points[:2]] == ["1. ", "4. ", "1. ", "4. "]


def test_an_activity_without_words_of_its_own_is_still_told() -> None:
    words = said({}, previous_year=None)
    words.result(12, "Đã kể.")
    words.result(14, "Đã kể.")
    ((title, sentence),) = words.untold("III")
    assert title == "Bồi dưỡng kiến thức, kỹ năng số cho thanh niên làm kinh tế"
    assert sentence.startswith("Số khóa bồi dưỡng kiến thức, kỹ năng số cho thanh niên làm kinh tế: 1.230; Số lượt")
    assert words.untold("III") == ()


def test_both_languages_have_the_same_keys() -> None:
    assert texts("vi", "report").keys() == texts("en", "report").keys()


def test_a_fraction_is_printed_only_where_it_gives_the_printed_rate() -> None:
    whole = material(missing=False)
    figures = whole.figures
    assert words_of(whole)["khop"]("CT16.3") is True
    fewer = replace(figures["CT16.1"], reporting=figures["CT16.1"].reporting - 1)
    other = replace(figures, indicators={**figures.indicators, "CT16.1": fewer})
    assert words_of(replace(whole, figures=other))["khop"]("CT16.3") is False
    with pytest.raises(UnknownWordError):
        words_of(whole)["khop"]("CT12.1")


def words_of(given: Material) -> Mapping[str, Any]:
    issuers = issuers_of("lien_tich", given.config)
    return vocabulary(given, telling_of(given), issuers, FORMS[issuers[0].key], Drawings())
