"""H11-H19: the people nominated; each rule with one case that passes and one that does not, and no personal data in any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.config import Award
from pipeline.model import CellState, Finding, Problem, Record, Scalar, Stray, Submission
from pipeline.validate import check_all, next_step, sentence
from tests.factory import NOMINEE, nominee, shipped
from tests.judging import DISTRICT, OTHER, WARNING, case_of, clean, codes, only, reads_well, unit

CATALOGUE, CONFIG = shipped()
MEDAL = "Vì thế hệ trẻ"


def with_people(*people: Record, code: str = DISTRICT) -> Submission:
    one = clean(code)
    return replace(one, records=(*one.records, *people))


def person(row: int = 5, code: str = DISTRICT, **changes: Scalar) -> Record:
    return nominee(unit(code), row, **changes)


def found(**changes: Scalar) -> list[str]:
    return codes(with_people(person(**changes)))


def the(**changes: Scalar) -> Finding:
    """The one finding on one person; it repeats nothing of what was typed."""
    finding = only(with_people(person(**changes)))
    assert (finding.severity, finding.held, finding.rejects) == (WARNING, (), False)
    typed = [
        str(content) for key, content in {**NOMINEE, **changes}.items() if key in {"name", "born", "phone", "service"}
    ]
    for lang in ("vi", "en"):
        said = sentence(finding, lang, CATALOGUE) + next_step(finding, lang)
        assert not any(content in said for content in typed if content != "None")
    return finding


def test_a_nominee_of_whom_nothing_is_to_be_said() -> None:
    assert found() == []


def test_H11_ok() -> None:
    other_medal = person(6, award="Vì sự nghiệp Thông tin và Truyền thông")
    other_day = person(7, born=date(1990, 5, 13))
    no_day = person(8, born=None)
    sent = with_people(person(5), other_medal, other_day, no_day)
    assert "H11" not in codes(sent)


@pytest.mark.parametrize("name", ["Thạch Thị Kim Anh", "THẠCH THỊ  KIM ANH", "thạch thị kim anh "])
def test_H11_error(name: str) -> None:
    finding = only(with_people(person(5), person(9, name=name)))
    assert (finding.rule, finding.severity, finding.ref and finding.ref.address) == ("H11", WARNING, "A9")
    assert sentence(finding, "vi", CATALOGUE) == (
        "Người ở dòng này (cùng họ tên, ngày sinh) đã có trong danh sách, ở dòng có ô A5."
    )


def test_H11_error_of_two_units_names_no_unit() -> None:
    case = case_of(with_people(person(5)), with_people(person(5, OTHER), code=OTHER))
    told = [one for one in check_all(case) if one.rule == "H11"]
    assert sorted(one.unit for one in told) == sorted([DISTRICT, OTHER])
    for one in told:
        reads_well(one, case)
        said = sentence(one, "vi", CATALOGUE)
        assert said.endswith("cũng được đơn vị khác đề nghị cùng kỷ niệm chương.")
        assert not any(CATALOGUE.unit_name(code) in said for code in (DISTRICT, OTHER))


@pytest.mark.parametrize("born", [date(2010, 11, 30), date(1950, 12, 1), None])
def test_H12_ok(born: date | None) -> None:
    assert "H12" not in found(born=born)


@pytest.mark.parametrize("born", [date(2010, 12, 1), date(1950, 11, 30), date(2026, 5, 12)])
def test_H12_error(born: date) -> None:
    assert (the(born=born).rule, the(born=born).key) == ("H12", "born")


def test_H13_ok() -> None:
    assert found(service="01/2014 – 12/2020; 01/2021 – nay", years_total=None, years_continuous=None) == []


@pytest.mark.parametrize("service", ["12 năm", "từ 2014", "Theo hồ sơ"])
def test_H13_error(service: str) -> None:
    assert (the(service=service).rule, the(service=service).key) == ("H13", "service")


def test_H14_ok() -> None:
    assert found(service="9/2014 – 9/2026") == []


def test_H14_error() -> None:
    assert the(service="2026 – 2014").rule == "H14"


def test_H15_ok() -> None:
    assert found(service="9/2014 – 12/2020; 12/2020 – nay") == []


def test_H15_error() -> None:
    assert the(service="9/2014 – nay; 01/2016 – 12/2018").rule == "H15"


@pytest.mark.parametrize("years", [11, 12, 13, 14])
def test_H16_ok(years: int) -> None:
    assert found(years_total=Decimal(years), years_continuous=None) == []


@pytest.mark.parametrize(("key", "years"), [("years_total", 20), ("years_continuous", 5), ("years_total", 10)])
def test_H16_error(key: str, years: int) -> None:
    finding = the(**{key: Decimal(years)})
    assert (finding.rule, finding.key, finding.values["taken"], finding.values["expected"]) == ("H16", key, years, 12)


def test_H17_ok() -> None:
    assert found(gender=None, position=None, earlier_awards=None, phone=None, note=None) == []


@pytest.mark.parametrize("column", ["born", "category", "service", "achievements", "already_awarded", "discipline"])
def test_H17_error(column: str) -> None:
    finding = the(**{column: None})
    assert (finding.rule, finding.key, finding.values["column"]) == ("H17", column, column)


@pytest.mark.parametrize("column", ["name", "award"])
def test_what_the_form_requires_is_told_once(column: str) -> None:
    assert found(**{column: None}) == ["H07"]


def test_H18_ok() -> None:
    assert found(already_awarded="không") == []


def test_H18_error() -> None:
    assert (the(already_awarded="Có").rule, the(already_awarded="có").key) == ("H18", "already_awarded")


def of_quota(quota: int, *people: Record) -> list[tuple[str, str, object]]:
    awards = [one.model_copy(update={"quota": quota}) if one.name == MEDAL else one for one in CONFIG.award]
    case = case_of(with_people(*people), config=CONFIG.model_copy(update={"award": awards}))
    told = [one for one in check_all(case) if one.rule == "H19"]
    for one in told:
        reads_well(one, case)
    return [(one.ref.address if one.ref else "", str(one.values["count"]), one.values["quota"]) for one in told]


def three() -> tuple[Record, ...]:
    return tuple(person(row, name=f"Người thứ {row}") for row in (5, 6, 7))


def test_H19_ok() -> None:
    other = person(8, award="Vì sự nghiệp Thông tin và Truyền thông")
    assert of_quota(3, *three(), other) == []
    assert of_quota(0, *three()) == []


def test_H19_error() -> None:
    assert of_quota(2, *three()) == [("E7", "3", "2")]


# ---- nothing personal in any finding --------------------------------------------------------------------------------


def test_what_cannot_be_read_is_told_without_its_content() -> None:
    record = person()
    refused = replace(record.cells["born"], raw="12/5/90", state=CellState.REFUSED, value=None,
                      problem=Problem("two_digit_year", "12/05/2090"))  # fmt: skip
    sent = with_people(replace(record, cells={**record.cells, "born": refused}))
    finding = only(sent)
    assert (finding.rule, finding.key, finding.values["given"], "proposal" in finding.values) == (
        "S26",
        "born",
        "…",
        False,
    )


def test_what_stands_beside_the_table_is_told_without_its_content() -> None:
    sent = with_people(person())
    about = replace(sent, strays=(Stray(person().ref, "outside_table", "Lý Thị Bí Mật 0912 000 777", "nominations"),))
    finding = only(about)
    assert (finding.rule, finding.values["given"]) == ("M12", "…")


def test_a_medal_without_criteria_has_no_quota() -> None:
    case = case_of(with_people(*three()), config=CONFIG.model_copy(update={"award": list[Award]()}))
    assert [one.rule for one in check_all(case)] == []
