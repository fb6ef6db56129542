"""How documents say things: short names, few names, years in order, places to write, names that break where they should."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from docx.oxml.ns import qn

from pipeline.catalogue import Catalogue
from pipeline.model import UnitState, YearFigures
from pipeline.period import compute_period
from pipeline.rehearsal.years import _with_communes
from pipeline.report import Material
from pipeline.report.agencies import named_now
from pipeline.report.annexes import ANNEXES
from pipeline.report.layouts import STATE, Look
from pipeline.report.names import name_lines
from pipeline.report.period_sentences import PeriodSentences, span_told
from pipeline.report.sentences import Sentences
from pipeline.report.styles import paragraph_styles
from pipeline.report.telling import day_told
from pipeline.report.voices import Voices, quoted
from pipeline.typeface import width
from tests.conftest import ROOT
from tests.factory import planned, remark, sample_run, shipped
from tests.papers import (
    built,
    every_text,
    material,
    material_of_years,
    opened,
    style_of,
    text_of,
    with_config,
    with_report,
)

CATALOGUE, CONFIG = shipped()


def text(key: str, given: Material) -> str:
    return every_text(opened(built(key, given))).replace("\u00a0", " ")


# ---- agencies under their present names -----------------------------------------------------------------------------


def test_an_agency_is_named_as_it_is_named_now() -> None:
    assert named_now("Đầu mối của sở thông tin và truyền thông", CONFIG) == "Đầu mối của Sở Khoa học và Công nghệ"
    before = CONFIG.model_copy(update={"year": 2023})
    assert named_now("Sở Thông tin và Truyền thông", before) == "Sở Thông tin và Truyền thông"


def test_the_plan_names_who_leads_now_and_no_result_of_a_past_year() -> None:
    said = text("plan", material())
    assert "chủ trì: Sở Khoa học và Công nghệ" in said
    assert "Sở Thông tin và Truyền thông" not in said
    assert "Năm 2022, 100%" not in said


def test_proposals_to_one_agency_under_two_names_stand_together() -> None:
    unit = CATALOGUE.units[0]
    rows = [
        remark(unit, "Đề xuất, kiến nghị", f"Nội dung {row}", name, row=row)
        for row, name in enumerate(("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ"), start=5)
    ]
    (group,) = voices(*rows).proposals()
    assert (group.title, [one.text for one in group.quotes]) == (
        "Sở Khoa học và Công nghệ",
        ["Nội dung 5", "Nội dung 6"],
    )


def test_recipients_without_districts_are_kept_ready() -> None:
    settings = tomllib.loads(_with_communes((ROOT / "config.toml").read_text(encoding="utf-8")))
    found = [(one["valid_from"], one["valid_to"], one["recipients"][3]) for one in settings["correspondents"]]
    assert found[1:] == [
        (date(2025, 3, 1), date(2025, 6, 30), "UBND các huyện, thị xã, thành phố"),
        (date(2025, 7, 1), date(2026, 12, 31), "UBND các xã, phường"),
    ]


# ---- voices ---------------------------------------------------------------------------------------------------------


def voices(*rows: object, absent: int = 0) -> Voices:
    """What units wrote, ``absent`` of them not having sent anything."""
    dataset = sample_run(missing=False)[0]
    units = [replace(one, state=UnitState.MISSING) if n < absent else one for n, one in enumerate(dataset.units)]
    return Voices(replace(dataset, records=rows, units=tuple(units)), CATALOGUE, CONFIG)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (0, 2, "Thành đoàn Trà Vinh, Huyện đoàn Càng Long"),
        (0, 6, "6/20 đơn vị đã gửi biểu"),
        (1, 20, "19/20 đơn vị đã gửi biểu (trừ Thành đoàn Trà Vinh)"),
        (0, 20, "20/20 đơn vị đã gửi biểu"),
    ],
)
def test_many_units_that_agree_are_counted(first: int, last: int, said: str) -> None:
    rows = [remark(unit, "Ưu điểm", "Chủ động.") for unit in CATALOGUE.units[first:last]]
    assert [one.units for one in voices(*rows).remarks("strength")] == [said]


def test_units_that_sent_nothing_are_not_counted() -> None:
    rows = [remark(unit, "Ưu điểm", "Chủ động.") for unit in CATALOGUE.units[3:]]
    assert [one.units for one in voices(*rows, absent=3).remarks("strength")] == ["17/17 đơn vị đã gửi biểu"]


def test_plans_stand_under_short_names() -> None:
    groups = voices(
        planned(CATALOGUE.units[0], "CT16", "Vận động."), planned(CATALOGUE.units[0], "", "Khác.", 6)
    ).plans()
    assert [group.title for group in groups] == ["Đăng ký, sử dụng dịch vụ Mobile Money", "Nội dung khác"]


@pytest.mark.parametrize(
    ("written", "said"),
    [("Mở “Ngày hội” số.", "Mở ‘Ngày hội’ số"), ('Dùng "livestream"', "Dùng ‘livestream’"), ("Không; ", "Không")],
)
def test_quotation_marks_within_a_quotation_are_single(written: str, said: str) -> None:
    assert quoted(written) == said


# ---- figures of a year ----------------------------------------------------------------------------------------------


def words(**changes: object) -> Sentences:
    _, figures, catalogue, config = sample_run(missing=False)
    own = {("TV-844", "CT12.1"): Decimal(5), ("TV-842", "CT12.1"): Decimal(1234)}
    altered = replace(
        figures,
        by_unit={**figures.by_unit, **own},
        highest={"CT12.1": "TV-842"},
        lowest={"CT12.1": "TV-844"},
        **changes,
    )  # type: ignore[arg-type]
    return Sentences(altered, catalogue, config)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("nhiều nhất", " (nhiều nhất: Thành đoàn Trà Vinh với 1.234 lớp)"),
        ("ít nhất", " (ít nhất: Huyện đoàn Càng Long với 05 lớp)"),
        (
            "nhiều nhất và ít nhất",
            " (nhiều nhất: Thành đoàn Trà Vinh với 1.234 lớp; ít nhất: Huyện đoàn Càng Long với 05 lớp)",
        ),
    ],
)
def test_the_most_and_the_least_are_told_with_what_is_counted(field: str, said: str) -> None:
    assert words().sentence("Có", f"lớp{{{field} CT12.1}}").replace("\u00a0", " ") == f"Có lớp{said}."


def test_a_unit_with_figures_to_correct_is_neither() -> None:
    assert words(in_error=("TV-844", "TV-842")).sentence("Có", "lớp{nhiều nhất và ít nhất CT12.1}") == "Có lớp."


def test_a_target_is_told_with_the_activity_it_belongs_to() -> None:
    _, figures, catalogue, config = sample_run()
    changed = {**figures.indicators, "CT16.3": replace(figures["CT16.3"], target=Decimal(100))}
    (told,) = Sentences(replace(figures, indicators=changed), catalogue, config).targets()
    assert told["ten"] == "Đăng ký, sử dụng dịch vụ Mobile Money – tỷ lệ đoàn viên, thanh niên đăng ký, sử dụng"


def test_no_clause_repeats_the_one_before() -> None:
    given = replace(material(), figures=replace(material().figures, previous_year=None))
    assert "hướng dẫn, hướng dẫn" not in text("annual", given)


# ---- figures of several years ---------------------------------------------------------------------------------------


def year(number: int, totals: Mapping[str, int]) -> YearFigures:
    amounts: dict[str, Decimal | bool] = {code: Decimal(n) for code, n in totals.items()}
    return YearFigures(number, "", True, 20, 20, amounts, dict.fromkeys(amounts, 2), dict.fromkeys(amounts, 3))


@pytest.fixture
def of_years(whole_catalogue: Catalogue) -> PeriodSentences:
    """Stocks of 2022 alone, a sum of two of three years, a sum of all."""
    years = (
        year(2022, {"CT01.3": 3, "CT01.4": 4, "CT12.1": 5, "CT12.3": 1}),
        year(2023, {"CT12.1": 6, "CT12.3": 1}),
        year(2026, {"CT12.1": 7, "CT08.5": 8}),
    )
    return PeriodSentences(
        compute_period(years, whole_catalogue, 2022, 2026), whole_catalogue.for_years(2022, 2026), CONFIG
    )


@pytest.mark.parametrize(
    ("subject", "clauses", "said"),
    [
        ("Đến cuối giai đoạn, toàn tỉnh", ["có {CT01.3} mục", "có {CT01.4} trang"], "Tính đến cuối năm 2022, toàn tỉnh có 03 mục, có 04 trang."),
        ("Đến cuối giai đoạn, toàn tỉnh", ["có {CT01.3} mục", "có {CT08.5} đội"], "Đến cuối giai đoạn, toàn tỉnh có 03 mục (số liệu năm 2022), có 08 đội."),
        ("Toàn tỉnh", ["có {CT01.3} mục", "có {CT01.4} trang"], "Toàn tỉnh có 03 mục, có 04 trang (số liệu năm 2022)."),
        ("Các đơn vị", ["mở {CT12.1} lớp"], "Các đơn vị mở 18 lớp."),
        ("Các đơn vị", ["mở {CT12.1} lớp", "thu hút {CT12.3} lượt"], "Các đơn vị mở 18 lớp, thu hút 02 lượt (số liệu năm 2022, 2023)."),
    ],
)  # fmt: skip
def test_figures_of_some_years_say_which(
    of_years: PeriodSentences, subject: str, clauses: list[str], said: str
) -> None:
    assert of_years.sentence(subject, *clauses).replace("\u00a0", " ") == said


def test_a_target_of_a_span_is_told_with_the_year_it_was_set_for(whole_catalogue: Catalogue) -> None:
    years = [year(2022, {"CT16.1": 60, "CT16.2": 80}), year(2026, {"CT16.1": 70, "CT16.2": 80})]
    years[0] = replace(years[0], totals={**years[0].totals, "CT16.3": Decimal(75)})
    words = PeriodSentences(
        compute_period(years, whole_catalogue, 2022, 2026), whole_catalogue.for_years(2022, 2026), CONFIG
    )
    (told,) = words.targets()
    assert (told["nam"], told["dat"], told["muc_tieu"]) == ("2022", "75%", "100%")
    assert (told["nhan_xet"], words.stated) == ("chưa đạt mục tiêu", True)


def test_a_span_without_targets_tells_none(whole_catalogue: Catalogue) -> None:
    years = [year(2023, {"CT16.1": 60}), year(2026, {"CT16.1": 70})]
    words = PeriodSentences(
        compute_period(years, whole_catalogue, 2023, 2026), whole_catalogue.for_years(2023, 2026), CONFIG
    )
    assert (words.targets(), words.stated) == ((), False)


def test_years_stand_in_order_with_those_without_data() -> None:
    told = [line for line in text("period", material_of_years()).splitlines() if line.startswith("- Năm 20")]
    assert [line[:11].rstrip(":") for line in told] == [f"- Năm {year}" for year in range(2022, 2027)]
    assert told[2] == "- Năm 2024: không có số liệu nên không được tính trong các con số dưới đây."


def test_a_span_of_one_year_is_a_year(whole_catalogue: Catalogue) -> None:
    given = material_of_years()
    assert given.period is not None
    period = compute_period([year(2026, {"CT12.1": 5})], whole_catalogue, 2026, 2026)
    single = replace(given, period=period, of_years=whole_catalogue.for_years(2026, 2026))
    assert (span_told(given.period), span_told(period)) == ("giai đoạn 2022 - 2026", "năm 2026")
    said = text("period", single)
    assert "2026 - 2026" not in said
    assert "báo cáo sơ kết việc thực hiện năm 2026 như sau:" in said
    assert "KẾT QUẢ THỰC HIỆN THEO CHỈ TIÊU NĂM 2026" in said


# ---- letters, requests, plans ---------------------------------------------------------------------------------------


def reminder(state: UnitState) -> str:
    """The reminder of a year in which one unit is in a state."""
    given = material(missing=False)
    own = replace(given.dataset.units[0], state=state, errors=3)
    return text("reminder", replace(given, dataset=replace(given.dataset, units=(own, *given.dataset.units[1:]))))


def test_a_letter_to_one_unit_speaks_to_it() -> None:
    missing, wrong = reminder(UnitState.MISSING), reminder(UnitState.WITH_ERRORS)
    assert "đề nghị Quý đơn vị khẩn trương hoàn thành biểu số liệu" in missing
    assert "đề nghị Quý đơn vị khẩn trương bổ sung, chỉnh sửa số liệu" in wrong
    assert "Quý đơn vị còn 03 số liệu phải sửa" in wrong
    assert ["đôn đốc" in missing.replace("\n", " "), "V/v đôn đốc" in wrong] == [True, False]
    assert "Các đơn vị" not in missing.partition("Kính gửi")[2].partition("Nơi nhận")[0]


def test_figures_to_a_day_after_the_deadline_are_estimates() -> None:
    estimated = text("cover", material())
    assert (
        "tính từ đầu năm 2026 đến hết ngày 30/11/2026, gồm số ước thực hiện từ khi gửi biểu đến ngày đó." in estimated
    )
    later = material().config.dates.model_copy(update={"unit_deadline": "05/12"})
    said = text("cover", with_config(material(), dates=later))
    assert "tính từ đầu năm 2026 đến hết ngày 30/11/2026. Nội dung" in said
    assert "chậm nhất ngày 05/12/2026" in said


def test_a_plan_without_proposals_has_one_annex() -> None:
    alone = replace(material(), dataset=replace(material().dataset, records=()))
    assert "phân công chi tiết tại Phụ lục kèm theo." in text("plan", alone)
    assert "phân công chi tiết tại Phụ lục I, kế hoạch do các đơn vị đề xuất tại Phụ lục II kèm theo." in text(
        "plan", material()
    )


def test_the_place_of_a_legal_basis_looks_like_one() -> None:
    found = [
        text_of(p) for p in opened(built("plan", material())).element.body.iter(qn("w:p")) if style_of(p) == "CanCu"
    ]
    assert len(found) == 2
    assert found[0].startswith("[Căn cứ Chương trình phối hợp của giai đoạn mới")
    assert found[0].endswith("];")


def test_a_request_counts_on_and_tells_no_zeros() -> None:
    given = material()
    said = text("awards", given)
    assert "đối chiếu tiêu chí: thiếu dữ liệu 03." in said
    assert " 0;" not in said
    assert "kính đề nghị Bộ Khoa học và Công nghệ, Trung ương Đoàn TNCS Hồ Chí Minh xem xét, quyết định" in said
    numbers = {}
    for key in ("nominated", "reasons"):
        annex = ANNEXES[key](given)
        assert annex is not None
        numbers[key] = [row.cells[0] for row in annex.tables[0][1].rows if not row.group]
    assert numbers == {key: ["1", "2", "3", "4", "5", "6"] for key in ("nominated", "reasons")}
    assert "config.toml" not in said


def test_a_programme_without_number_has_a_place_for_it() -> None:
    root = opened(built("cover", material())).element.body
    shaded = [text_of(run) for run in root.iter(qn("w:r")) if run.find(f".//{qn('w:shd')}") is not None]
    assert shaded == ["số …/CT-STTTT-TĐTN ngày …"]
    numbered = material().config.programme.model_copy(update={"number": "01/CT", "date": "01/6/2022"})
    said = text("cover", with_config(material(), programme=numbered))
    assert "(số 01/CT ngày 01/6/2022)" in said
    assert "…/CT" not in said


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2027, 3, 26), "26/3/2027"), (date(2027, 2, 5), "05/02/2027"), (date(2026, 11, 9), "09/11/2026")],
)
def test_days_in_sentences(day: date, said: str) -> None:
    assert day_told(day) == said


# ---- letterhead, tables ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "room", "lines"),
    [
        ("SỞ KHOA HỌC | VÀ CÔNG NGHỆ", 120, ("SỞ KHOA HỌC VÀ CÔNG NGHỆ",)),
        ("SỞ KHOA HỌC | VÀ CÔNG NGHỆ", 60, ("SỞ KHOA HỌC", "VÀ CÔNG NGHỆ")),
        ("SỞ VĂN HÓA, THỂ THAO, KHOA HỌC, CÔNG NGHỆ VÀ TRUYỀN THÔNG", 75, ("SỞ VĂN HÓA, THỂ THAO,", "KHOA HỌC, CÔNG NGHỆ", "VÀ TRUYỀN THÔNG")),
    ],
)  # fmt: skip
def test_names_break_where_one_draws_breath(name: str, room: float, lines: tuple[str, ...]) -> None:
    assert name_lines(name, Look(12, bold=True), room) == lines


def test_the_rule_is_measured_on_the_longest_line() -> None:
    given = with_report(material(), layout="lien_tich", lead="so")
    (rule,) = [p for p in opened(built("plan", given)).element.body.iter(qn("w:p")) if style_of(p) == "KeDuoiCoQuan"]
    sides = rule.find(f".//{qn('w:ind')}")
    room = STATE.letterhead[0] - sum(int(sides.get(qn(f"w:{side}"))) for side in ("left", "right")) / 1440 * 25.4
    longest = width("BAN CHẤP HÀNH ĐOÀN TỈNH", 12, bold=True)
    assert room / longest == pytest.approx(0.42, abs=0.01)


def test_every_table_says_what_it_holds() -> None:
    tables = list(opened(built("annual", material())).element.body.iter(qn("w:tblCaption")))
    said = [caption.getnext().get(qn("w:val")) for caption in tables]
    assert len(said) == 5
    assert said[-1] == "Bảng 20 dòng, các cột: TT, Đơn vị, Tình trạng, Ngày nhận, Số ngày muộn, Số lần gửi, Ghi chú"


def test_no_table_is_printed_smaller_than_ten_points() -> None:
    assert min(style.size for style in paragraph_styles(STATE) if style.name.startswith(("Ô bảng", "Đầu bảng"))) == 10
