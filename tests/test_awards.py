"""Nominations: every verdict with its exact reasons, criteria by date, nobody left out, and personal data where it belongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from pipeline.awards import judge_nominations
from pipeline.config import Award, AwardRule, Config
from pipeline.criteria import COLUMNS, award_on, plausible_years, without_discipline
from pipeline.figures import compute_figures
from pipeline.merge import choose, merge
from pipeline.model import CellState, Dataset, Nomination, Problem, Record, Scalar, Tenure, Verdict
from pipeline.rehearsal import answers_for
from pipeline.service import possible_tenure, read_service, sure_tenure
from pipeline.text import LANGUAGES, has, say, texts
from pipeline.workbook import build_nominations
from pipeline.workbook.nominations import COLUMNS as SHEET_COLUMNS
from tests.factory import amounts_of, nominee, shipped, submission

CATALOGUE, CONFIG = shipped()
DISTRICT, OTHER = CATALOGUE.unit("TV-844"), CATALOGUE.unit("TV-845")
assert DISTRICT is not None
assert OTHER is not None
DAY = date(2026, 12, 15)
REASON = "awards.reason."


def award(**changes: Any) -> Award:
    """Confirmed criteria: 8 years, 5 of them unbroken, from 30 years of age, given on 26/3."""
    fields: dict[str, Any] = {
        "key": "vi_the_he_tre", "name": "Vì thế hệ trẻ", "body": "Trung ương Đoàn", "ceremony": "26/3",
        "valid_from": date(2020, 1, 1), "valid_to": date(2030, 12, 31), "source": "Quy chế mẫu", "confirmed": True, "min_age": 30,
        "rule": [AwardRule(category="can_bo_doan", min_years=8, min_continuous=5)],
    }  # fmt: skip
    return Award(**{**fields, **changes})


def year_of(*records: Record) -> Dataset:
    """A year in which only these people are nominated."""
    sent = [
        submission(unit, amounts_of(CATALOGUE, unit, 1), records=tuple(one for one in records if one.unit == unit.code))
        for unit in (DISTRICT, OTHER)
        if unit is not None
    ]
    return merge(sent, choose(sent, CATALOGUE), (), CATALOGUE, CONFIG)


def judged(*criteria: Award, day: date = DAY, **changes: Scalar) -> Nomination:
    (one,) = judge_nominations(year_of(nominee(DISTRICT, **changes)), CATALOGUE, criteria or (award(),), day)
    reads_well(one)
    return one


def reads_well(one: Nomination) -> None:
    for lang in LANGUAGES:
        for key, values in one.reasons:
            said = say(key, lang, **values)
            assert said.endswith(".")
            assert not any(mark in said for mark in ("{", "None", "awards.", "Decimal", "  "))


def reasons(one: Nomination) -> list[str]:
    return [key.removeprefix(REASON) for key, _ in one.reasons]


def verdict(*criteria: Award, **changes: Scalar) -> tuple[Verdict, list[str]]:
    one = judged(*criteria, **changes)
    return one.verdict, reasons(one)


# ---- verdicts and reasons -------------------------------------------------------------------------------------------


def test_enough_says_what_was_used() -> None:
    one = judged()
    assert (one.verdict, one.reasons, one.confirmed, one.provisional) == (Verdict.ENOUGH, (), True, False)
    assert (one.ceremony, one.body, one.criterion, one.award_key) == (
        date(2027, 3, 26), "Trung ương Đoàn", "Quy chế mẫu", "vi_the_he_tre",
    )  # fmt: skip
    assert (one.served, one.at_most, one.years_total, one.years_continuous) == (
        Tenure(150, 150), Tenure(150, 150), 12, 12,
    )  # fmt: skip
    assert (one.name, one.gender, one.born, one.phone, one.note, one.already_awarded, one.declared_total) == (
        "Thạch Thị Kim Anh", "Nữ", date(1990, 5, 12), "0294 555 0777", "Người Khmer", False, 12,
    )  # fmt: skip
    assert (one.unit, one.ref.address, one.ref.sheet) == ("TV-844", "A5", "Khen thưởng")


@pytest.mark.parametrize(
    ("changes", "expected", "why"),
    [
        ({"service": "5/2020 – nay"}, Verdict.NOT_YET, ["short_total", "declared_total", "declared_continuous"]),
        (
            {"service": "01/2010 – 12/2013; 01/2016 – 12/2019; 01/2025 – nay", "years_total": Decimal(10), "years_continuous": Decimal(4)},
            Verdict.NOT_YET, ["short_continuous"],
        ),
        ({"born": date(1997, 3, 27)}, Verdict.NOT_YET, ["too_young"]),
        ({"born": date(1997, 3, 26)}, Verdict.ENOUGH, []),
        ({"already_awarded": "Có"}, Verdict.NOT_YET, ["already_awarded"]),
        ({"already_awarded": None}, Verdict.MISSING_DATA, ["blank.already_awarded"]),
        ({"discipline": None}, Verdict.MISSING_DATA, ["blank.discipline"]),
        ({"discipline": "Khiển trách năm 2025"}, Verdict.MISSING_DATA, ["discipline_noted"]),
        ({"discipline": "-"}, Verdict.MISSING_DATA, ["discipline_noted"]),
        ({"name": None}, Verdict.MISSING_DATA, ["blank.name"]),
        ({"born": None}, Verdict.MISSING_DATA, ["blank.born"]),
        ({"born": date(1950, 5, 12)}, Verdict.MISSING_DATA, ["born_implausible"]),
        ({"award": None}, Verdict.MISSING_DATA, ["blank.award"]),
        ({"category": None}, Verdict.MISSING_DATA, ["blank.category"]),
        ({"category": "Ngoài ngành"}, Verdict.MISSING_DATA, ["no_rule"]),
        ({"service": None}, Verdict.MISSING_DATA, ["blank.service"]),
        ({"service": "12 năm"}, Verdict.MISSING_DATA, ["service_unclear"]),
        ({"service": "2026 – 2014"}, Verdict.MISSING_DATA, ["service_backwards"]),
        ({"service": "9/2014 – 12/2026; 9/2027 – nay"}, Verdict.MISSING_DATA, ["service_future"]),
        ({"service": "2018 – nay", "years_total": Decimal(8), "years_continuous": None}, Verdict.ENOUGH, []),
        ({"service": "2018 – 2026", "years_total": Decimal(8), "years_continuous": None}, Verdict.MISSING_DATA, ["months_total"]),
        ({"service": "01/2014 – nay; 01/2015 – 12/2018"}, Verdict.ENOUGH, ["overlap"]),
        ({"years_total": Decimal(20)}, Verdict.ENOUGH, ["declared_total"]),
        ({"years_continuous": Decimal(3)}, Verdict.ENOUGH, ["declared_continuous"]),
        ({"achievements": None}, Verdict.MISSING_DATA, ["blank.achievements"]),
        ({"gender": None, "position": None, "phone": None, "note": None, "earlier_awards": None}, Verdict.ENOUGH, []),
        (
            {"service": "5/2022 – nay", "years_total": None, "years_continuous": Decimal(4), "discipline": None},
            Verdict.NOT_YET, ["short_total", "blank.discipline"],
        ),
    ],
)  # fmt: skip
def test_each_verdict_with_its_reasons(changes: dict[str, Scalar], expected: Verdict, why: list[str]) -> None:
    assert verdict(**changes) == (expected, why)


@pytest.mark.parametrize(
    ("column", "raw"),
    [("born", "12/5/90"), ("award", "Huân chương"), ("category", "Khác"), ("already_awarded", "có lẽ"), ("service", "#REF!")],
)  # fmt: skip
def test_what_cannot_be_read_is_missing(column: str, raw: str) -> None:
    record = nominee(DISTRICT)
    cell = replace(
        record.cells[column], raw=raw, value=None, state=CellState.REFUSED, problem=Problem("not_a_choice", "?")
    )
    spoiled = replace(record, cells={**record.cells, column: cell})
    (one,) = judge_nominations(year_of(spoiled), CATALOGUE, (award(),), DAY)
    assert one.verdict is Verdict.MISSING_DATA
    assert reasons(one)[0] == f"unclear.{column}"
    reads_well(one)


def test_a_shortage_says_how_much() -> None:
    ((key, values), *_) = judged(service="5/2020 – nay").reasons
    assert say(key, "vi", **values) == "Tổng thời gian công tác nhiều nhất 6 năm 10 tháng, tiêu chí cần 8 năm."


@pytest.mark.parametrize(
    "words", ["Không", "không có", "Không bị kỷ luật", "không có hình thức kỉ luật nào", "Chưa bị kỷ luật", "None"]
)
def test_no_discipline_in_words(words: str) -> None:
    assert without_discipline(words)
    assert verdict(discipline=words) == (Verdict.ENOUGH, [])


@pytest.mark.parametrize("words", ["", "-", "0", "Không rõ", "Không còn hiệu lực", "Khiển trách", "Có"])
def test_what_says_nothing_about_discipline(words: str) -> None:
    assert not without_discipline(words)


# ---- criteria -------------------------------------------------------------------------------------------------------


def test_no_criteria_at_all() -> None:
    dataset = year_of(nominee(DISTRICT))
    (one,) = judge_nominations(dataset, CATALOGUE, (), DAY)
    assert (one.verdict, reasons(one), one.ceremony, one.criterion) == (
        Verdict.MISSING_DATA, ["no_criteria"], None, "",
    )  # fmt: skip
    said = say(one.reasons[0][0], "vi", **one.reasons[0][1])
    assert said.startswith("Chưa xác định được tiêu chí xét tặng")
    assert one.served == sure(date(2014, 9, 1), DAY)


def sure(start: date, day: date) -> Tenure:
    months = (day.year - start.year) * 12 + day.month - start.month
    return Tenure(months, months)


def test_unconfirmed_criteria_say_so() -> None:
    one = judged(award(confirmed=False))
    assert (one.verdict, reasons(one), one.provisional) == (Verdict.ENOUGH, ["unconfirmed"], True)
    one = judged(award(confirmed=False), service="9/2024 – nay", years_total=None, years_continuous=None)
    assert (one.verdict, reasons(one), one.provisional) == (Verdict.NOT_YET, ["short_total", "unconfirmed"], True)


def test_criteria_of_the_ceremony_day_count() -> None:
    before = award(valid_to=date(2024, 12, 31), rule=[AwardRule(category="can_bo_doan", min_years=5)])
    after = award(valid_from=date(2025, 1, 1), source="Quy chế mới", min_age=0)
    someone = {"service": "9/2018 – 2/2025", "born": date(1990, 1, 1), "years_total": None, "years_continuous": None}
    old = judged(before, after, day=date(2023, 12, 15), **someone)  # type: ignore[arg-type]
    new = judged(before, after, day=date(2026, 12, 15), **someone)  # type: ignore[arg-type]
    assert (old.ceremony, old.verdict, old.criterion, old.years_total) == (
        date(2024, 3, 26), Verdict.ENOUGH, "Quy chế mẫu", 5,
    )  # fmt: skip
    assert (new.ceremony, new.verdict, new.criterion, new.years_total) == (
        date(2027, 3, 26), Verdict.NOT_YET, "Quy chế mới", 6,
    )  # fmt: skip
    assert reasons(new) == ["short_total"]


def test_the_ceremony_is_the_next_one() -> None:
    one = award()
    assert one.ceremony_after(date(2027, 3, 26)) == date(2027, 3, 26)
    assert one.ceremony_after(date(2027, 3, 27)) == date(2028, 3, 26)
    assert award_on((one,), "For the Young Generation", DAY) == one
    assert award_on((one,), "vì thế hệ trẻ.", DAY) == one
    assert award_on((one,), "Vì sự nghiệp Thông tin và Truyền thông", DAY) is None
    assert award_on((award(valid_to=date(2027, 3, 25)),), "Vì thế hệ trẻ", DAY) is None


POSTS = [
    AwardRule(category="can_bo_doan", who="Bí thư huyện", min_continuous=5),
    AwardRule(category="can_bo_doan", who="Chuyên trách", min_years=7),
    AwardRule(category="can_bo_doan", who="Không chuyên trách", min_years=8),
]


@pytest.mark.parametrize(
    ("service", "expected", "why"),
    [
        ("3/2019 – nay", Verdict.ENOUGH, []),
        ("3/2020 – nay", Verdict.MISSING_DATA, ["post_total"]),
        ("3/2022 – nay", Verdict.MISSING_DATA, ["post_total", "post_total"]),
        ("3/2023 – nay", Verdict.NOT_YET, ["short_continuous", "short_total", "short_total"]),
        ("2018 – 2026", Verdict.MISSING_DATA, ["months_total"]),
    ],
)
def test_which_rule_is_for_whom_only_people_can_tell(service: str, expected: Verdict, why: list[str]) -> None:
    one = award(rule=POSTS, min_age=0)
    assert verdict(one, service=service, years_total=None, years_continuous=None) == (expected, why)


GENDERED = [
    AwardRule(category="trong_nganh", gender="nam", min_years=20),
    AwardRule(category="trong_nganh", gender="nu", min_years=15),
]


@pytest.mark.parametrize(
    ("gender", "service", "expected", "why"),
    [
        ("Nữ", "01/2010 – nay", Verdict.ENOUGH, []),
        ("Nam", "01/2010 – nay", Verdict.NOT_YET, ["short_total"]),
        (None, "01/2010 – nay", Verdict.MISSING_DATA, ["blank.gender"]),
        (None, "01/2005 – nay", Verdict.ENOUGH, []),
        (None, "01/2020 – nay", Verdict.NOT_YET, ["short_total", "short_total"]),
        ("Nữ", "10/2012 – nay", Verdict.NOT_YET, ["short_total"]),
        ("Nữ", "9/2012 – nay", Verdict.ENOUGH, []),
    ],
)
def test_rules_by_gender_and_odd_months(gender: str | None, service: str, expected: Verdict, why: list[str]) -> None:
    one = award(rule=GENDERED, round_from=6, min_age=0)
    typed = {"category": "Trong ngành", "gender": gender, "service": service}
    assert verdict(one, **typed, years_total=None, years_continuous=None) == (expected, why)  # type: ignore[arg-type]


def test_a_rule_for_the_other_gender_is_no_rule() -> None:
    one = award(rule=GENDERED[:1])
    assert verdict(one, category="Trong ngành") == (Verdict.MISSING_DATA, ["no_rule"])


# ---- the shipped criteria -------------------------------------------------------------------------------------------


def test_shipped_criteria_are_named_unconfirmed_and_cover_the_programme(config: Config) -> None:
    assert not any(one.confirmed for one in config.award)
    assert all("số" in one.source for one in config.award)
    for name in texts("vi", "sheets")["choices.award"].split(" | "):
        found = [award_on(config.award, name, date(year, 12, 15)) for year in range(2022, 2027)]
        assert all(found), name


@pytest.mark.parametrize(
    ("day", "body", "rules"),
    [
        (date(2021, 12, 15), "Bộ Thông tin và Truyền thông", 2),
        (date(2023, 12, 15), "Bộ Thông tin và Truyền thông", 0),
        (date(2026, 12, 15), "Bộ Khoa học và Công nghệ", 0),
    ],
)
def test_the_ministry_changes_with_the_day(config: Config, day: date, body: str, rules: int) -> None:
    found = award_on(config.award, "Vì sự nghiệp Thông tin và Truyền thông", day)
    assert found is not None
    assert (found.body, len(found.rule)) == (body, rules)


# ---- the list -------------------------------------------------------------------------------------------------------


def test_nobody_is_left_out_and_medals_stand_together() -> None:
    records = (
        nominee(OTHER, 5, award="Vì thế hệ trẻ", name="A", discipline=None),
        nominee(DISTRICT, 5, award="Vì sự nghiệp Thông tin và Truyền thông", name="B"),
        nominee(DISTRICT, 6, award="Huân chương", name="C"),
        nominee(DISTRICT, 7, name="D", already_awarded="Có"),
        nominee(DISTRICT, 8, name="E"),
    )
    found = judge_nominations(year_of(*records), CATALOGUE, CONFIG.award, DAY)
    assert [(one.name, one.verdict) for one in found] == [
        ("D", Verdict.NOT_YET), ("E", Verdict.ENOUGH), ("A", Verdict.MISSING_DATA), ("B", Verdict.MISSING_DATA),
        ("C", Verdict.MISSING_DATA),
    ]  # fmt: skip


def test_the_same_person_twice_is_told_at_both_places() -> None:
    records = (
        nominee(DISTRICT, 5, name="Hoà  Thị Thuý"),
        nominee(OTHER, 9, name="HÒA THỊ THÚY"),
        nominee(OTHER, 10, name="Hòa Thị Thủy"),
        nominee(OTHER, 11, name="Hòa Thị Thúy", born=date(1991, 5, 12)),
        nominee(OTHER, 12, name="Hòa Thị Thúy", award="Vì sự nghiệp Thông tin và Truyền thông"),
    )
    found = judge_nominations(year_of(*records), CATALOGUE, (award(),), DAY)
    told = {
        one.ref.address: values["places"] for one in found for key, values in one.reasons if key.endswith("repeated")
    }
    assert told == {
        "A5": "Khen thưởng!A9 · 2026-11-24/TV-845.xlsx",
        "A9": "Khen thưởng!A5 · 2026-11-24/TV-844.xlsx",
    }
    assert {one.ref.address: one.verdict for one in found}["A9"] is Verdict.MISSING_DATA


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_and_verdict_has_its_words(lang: str) -> None:
    assert all(has(f"awards.column.{key}", lang) for key in (*COLUMNS, *(column.key for column in SHEET_COLUMNS)))
    assert all(has(f"awards.verdict.{one}", lang) for one in Verdict)


# ---- the workbook ---------------------------------------------------------------------------------------------------


def workbook(*records: Record, criteria: tuple[Award, ...] = (award(),)) -> bytes:
    dataset = year_of(*records)
    people = judge_nominations(dataset, CATALOGUE, criteria, DAY)
    figures = compute_figures(dataset, CATALOGUE, None)
    return build_nominations(people, dataset, figures, CATALOGUE, CONFIG)


def test_the_workbook_shows_verdict_reasons_and_source() -> None:
    sheet = load_workbook(BytesIO(workbook(nominee(DISTRICT), nominee(DISTRICT, 6, name="B", service="12 năm"))))[
        "Khen thưởng"
    ]
    headings = [cell.value for cell in sheet[4]]
    first, second = (dict(zip(headings, (cell.value for cell in sheet[row]), strict=True)) for row in (5, 6))
    assert (first["Đối chiếu tiêu chí"], first["Lý do"], first["Ý kiến của hội đồng"]) == ("Đủ", None, None)
    assert (first["Tổng số năm (tính đến ngày tặng)"], first["Tiêu chí đã dùng"]) == (
        12,
        "Trung ương Đoàn. Quy chế mẫu.",
    )
    assert first["Tệp, trang và ô"] == "2026-11-24/TV-844.xlsx · Khen thưởng!A5"
    assert (second["Đối chiếu tiêu chí"], second["Tổng số năm (tính đến ngày tặng)"]) == ("Thiếu dữ liệu", "–")
    assert str(second["Lý do"]).startswith("Thời gian công tác “12 năm” chưa nêu rõ")
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("M5:M6", '"Đồng ý đề nghị,Chưa đề nghị,Yêu cầu bổ sung hồ sơ"')
    assert headings[12] == "Ý kiến của hội đồng"


def test_the_workbook_never_shows_an_unconfirmed_verdict_as_final() -> None:
    sheet = load_workbook(BytesIO(workbook(nominee(DISTRICT), criteria=(award(confirmed=False),))))["Khen thưởng"]
    row = {heading.value: cell.value for heading, cell in zip(sheet[4], sheet[5], strict=True)}
    assert row["Đối chiếu tiêu chí"] == "Đủ (tạm tính)"
    assert str(row["Tiêu chí đã dùng"]).startswith("CHƯA XÁC NHẬN.")
    assert "chưa được xác nhận" in str(row["Lý do"])


def test_the_workbook_is_the_same_every_time() -> None:
    assert workbook(nominee(DISTRICT)) == workbook(nominee(DISTRICT))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_service_of_the_rehearsal_can_be_read(lang: str) -> None:
    said = [
        (str(row["service"]), int(str(row["years_total"])))
        for unit in CATALOGUE.units
        for row in answers_for(unit, CATALOGUE, lang).lists["nominations"]
    ]
    assert len(said) > 10
    for words, years in said:
        service = read_service(words)
        assert (service.fault, service.overlaps) == ("", False), words
        sure = sure_tenure(service.periods, date(2026, 11, 30)).total
        assert plausible_years(years, sure, possible_tenure(service.periods, DAY).total), words


def test_the_title_is_printed_once() -> None:
    sheet = load_workbook(BytesIO(workbook(nominee(DISTRICT))))["Khen thưởng"]
    assert (sheet["A1"].value, sheet["B1"].value, sheet["C1"].value) == (
        None,
        None,
        "ĐỀ NGHỊ TẶNG KỶ NIỆM CHƯƠNG NĂM 2026",
    )
    assert (sheet.print_title_cols, sheet.freeze_panes, sheet.page_setup.paperSize) == ("$A:$B", "C5", 8)
