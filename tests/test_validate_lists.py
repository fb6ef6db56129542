"""H and L: each rule on lists and comparisons, one case that passes and one that does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.catalogue import Catalogue, Unit
from pipeline.model import CellState, Relation, Submission
from pipeline.validate import check_all, rules_of
from tests.factory import shipped
from tests.judging import (
    CLEAN,
    DISTRICT,
    NOTE,
    WARNING,
    case_of,
    clean,
    codes,
    number,
    only,
    with_cell,
    with_record,
)

CATALOGUE, _ = shipped()
DISTRICTS = [one.code for one in CATALOGUE.units if one.kind == "cap_huyen"]


def test_H01_ok() -> None:
    assert "H01" not in codes(clean())


def test_H01_error() -> None:
    finding = only(clean(CT12__1=number(3)))
    assert (finding.rule, finding.severity, finding.key) == ("H01", WARNING, "CT12.1")
    assert (finding.values["taken"], finding.values["expected"], finding.values["difference"]) == (3, 2, 1)


def test_H02_ok() -> None:
    assert "H02" not in codes(clean())
    assert "H02" not in codes(with_record(clean(), 7, people=None))


def test_H02_error() -> None:
    finding = only(clean(CT12__4=number(44)))
    assert (finding.rule, finding.severity, finding.values["codes"]) == ("H02", WARNING, "CT12.3 + CT12.4")
    assert (finding.values["taken"], finding.values["expected"], finding.values["difference"]) == (75, 74, 1)


def without_events(one: Submission, activity: str) -> Submission:
    return replace(one, records=tuple(record for record in one.records if record.value("activity") != activity))


def test_H03_ok() -> None:
    assert "H03" not in codes(clean())
    nothing = without_events(clean(CT06__2=number(0), CT06__3=number(0)), "CT06")
    assert codes(nothing) == []


def test_H03_error() -> None:
    finding = only(without_events(clean(), "CT06"))
    assert (finding.rule, finding.severity, finding.key) == ("H03", NOTE, "CT06.2")


def test_H04_ok() -> None:
    assert codes(with_record(clean(), 0, start=date(2026, 1, 1))) == []


def test_H04_error() -> None:
    finding = only(with_record(clean(), 0, start=date(2025, 12, 31), end=date(2025, 12, 31)))
    assert (finding.rule, finding.severity, finding.key) == ("H04", WARNING, "start")


def test_H05_ok() -> None:
    assert codes(with_record(clean(), 0, start=date(2026, 3, 1), end=date(2026, 3, 1))) == []


def test_H05_error() -> None:
    finding = only(with_record(clean(), 0, start=date(2026, 3, 2), end=date(2026, 3, 1)))
    assert (finding.rule, finding.severity, finding.key) == ("H05", WARNING, "end")


def test_H06_ok() -> None:
    assert "H06" not in codes(clean())


def test_H06_error() -> None:
    one = clean()
    finding = only(with_record(one, 8, name=one.records[7].text("name").upper()))
    assert (finding.rule, finding.severity, finding.ref) == ("H06", WARNING, one.records[8].ref)
    assert finding.values["first"] == one.records[7].ref.address


def test_H07_ok() -> None:
    assert codes(with_record(clean(), 0, place=None)) == []


def test_H07_error() -> None:
    finding = only(with_record(clean(), 0, name=None))
    assert (finding.rule, finding.severity, finding.values["column"]) == ("H07", WARNING, "name")


def test_H08_ok() -> None:
    assert "H08" not in codes(clean("TT-CAT"))


def test_H08_error() -> None:
    one = clean()
    extra = replace(
        one.records[0],
        cells={**one.records[0].cells, "activity": replace(one.records[0].cells["activity"], raw="CT99", value="CT99")},
    )
    found = [f for f in check_all(case_of(replace(one, records=(*one.records, extra)))) if f.rule == "H08"]
    assert [(f.severity, f.values["given"]) for f in found] == [(WARNING, "CT99")]


# ---- L: against last year -------------------------------------------------------------------------------------------


def test_L01_ok() -> None:
    assert codes(clean(), previous={"CT08.4": 134}) == []
    assert codes(clean(), previous={"CT06.4": 5}) == []


def test_L01_error() -> None:
    for before in (17, 425):
        finding = only(clean(), previous={"CT08.4": before})
        assert (finding.rule, finding.severity, finding.key) == ("L01", WARNING, "CT08.4")
        assert finding.values["difference"] == 85 - before


def stock() -> str:
    return next(i.code for i in CATALOGUE.indicators if i.kind == "stock" and Decimal(str(CLEAN.get(i.code, 0))) >= 5)


def test_L02_ok() -> None:
    assert codes(clean(), previous={stock(): int(Decimal(str(CLEAN[stock()])))}) == []


def test_L02_error() -> None:
    finding = only(clean(), previous={stock(): int(Decimal(str(CLEAN[stock()])) * 2)})
    assert (finding.rule, finding.severity, finding.key) == ("L02", WARNING, stock())


def last_year(share_same: float) -> dict[str, int]:
    """Last year's amounts of which so many are those of this year."""
    known = [code for code, amount in CLEAN.items() if code.startswith("CT") and amount and code != "CT10.5"]
    same = round(len(known) * share_same)
    return {code: int(Decimal(str(CLEAN[code]))) + (place >= same) for place, code in enumerate(known)}


def test_L03_ok() -> None:
    assert "L03" not in codes(clean(), previous=last_year(0.7))


def test_L03_error() -> None:
    found = [f for f in check_all(case_of(clean(), previous=last_year(0.9))) if f.rule == "L03"]
    assert [(f.severity, f.ref, f.held) for f in found] == [(WARNING, None, ())]


def people() -> list[str]:
    """Rows that count people, seen by no cross-check and in no list of events."""
    used = {code for check in CATALOGUE.checks for code in check.condition.codes}
    return [
        i.code
        for i in CATALOGUE.indicators
        if i.unit_of_measure in {"lượt", "người"} and i.code not in used and not i.events
    ]


def test_L04_ok() -> None:
    one = clean()
    for code in people()[:2]:
        one = with_cell(one, code, raw="137", value=number(137))
    assert "L04" not in codes(one)


def test_L04_error() -> None:
    one = clean()
    codes_of_people = ["CT07.4", "CT08.4", "CT10.4", "CT16.4", "CT01.2"]
    chosen = [
        c
        for c in (*people(), *codes_of_people)
        if (i := CATALOGUE.indicator(c)) is not None and i.unit_of_measure in {"lượt", "người"}
    ]
    chosen = list(dict.fromkeys(chosen))[:3]
    assert len(chosen) == 3, chosen
    for code in chosen:
        one = with_cell(one, code, raw="137", value=number(137))
    found = [f for f in check_all(case_of(one)) if f.rule == "L04"]
    assert len(found) == 1
    assert (found[0].severity, found[0].values["taken"]) == (WARNING, 137)


# ---- L: between units -----------------------------------------------------------------------------------------------


def districts(code: str, *amounts: int) -> list[Submission]:
    """Clean districts that differ in one figure."""
    sent = []
    for name, amount in zip(DISTRICTS, amounts, strict=False):
        sent.append(with_cell(clean(name), code, raw=str(amount), value=number(amount)))
    return sent


def rules_about(code: str, sent: list[Submission]) -> list[tuple[str, str]]:
    return [(f.rule, f.unit) for f in check_all(case_of(*sent)) if f.key == code]


def test_L05_ok() -> None:
    assert rules_about("CT17.4", districts("CT17.4", 60, 10, 10, 10, 10)) == []


def test_L05_error() -> None:
    assert rules_about("CT17.4", districts("CT17.4", 61, 10, 10, 10, 9)) == [("L05", DISTRICTS[0])]


def test_L06_ok() -> None:
    assert ("L06", DISTRICTS[0]) not in rules_about("CT01.2", districts("CT01.2", 900, 400, 500, 450, 420))


def test_L06_error() -> None:
    assert ("L06", DISTRICTS[1]) in rules_about("CT08.4", districts("CT08.4", 1200, 1, 1300, 1250, 1100))
    found = [f for f in check_all(case_of(*districts("CT08.4", 1200, 1, 1300, 1250, 1100))) if f.rule == "L06"]
    assert [f.values["proposal"] for f in found] == [1000]


def office_for(code: str, relation: Relation) -> Unit:
    return next(
        one for one in CATALOGUE.units if CATALOGUE.is_office(one) and CATALOGUE.relation_to(one, code) is relation
    )


def with_office(code: str, amount: int, relation: Relation, *amounts: int) -> list[Submission]:
    office = office_for(code, relation)
    return [*districts(code, *amounts), with_cell(clean(office.code), code, raw=str(amount), value=number(amount))]


def test_L07_ok() -> None:
    assert "L07" not in {rule for rule, _ in rules_about("CT12.3", with_office("CT12.3", 59, Relation.FOCAL, 30, 30))}


def test_L07_error() -> None:
    office = office_for("CT12.3", Relation.FOCAL)
    assert ("L07", office.code) in rules_about("CT12.3", with_office("CT12.3", 60, Relation.FOCAL, 30, 30))


def only_with(one: Submission, code: str) -> Submission:
    """The file without any other figure."""
    return replace(one, values={key: value for key, value in one.values.items() if key[1] == code})


def test_L08_ok() -> None:
    sent = [only_with(one, "CT12.3") for one in with_office("CT12.3", 137, Relation.FOCAL, 137, 900)]
    assert "L08" not in {rule for rule, _ in rules_about("CT12.3", sent)}


def test_L08_error() -> None:
    assert ("L08", DISTRICTS[0]) in rules_about("CT12.3", with_office("CT12.3", 1370, Relation.FOCAL, 1370, 9000))
    office = office_for("CT12.3", Relation.FOCAL)
    twice = with_office("CT12.3", 137, Relation.FOCAL, 137, 900)
    twice = [
        with_cell(one, "CT12.4", raw="91", value=number(91))
        if one.identity.unit in {DISTRICTS[0], office.code}
        else one
        for one in twice
    ]
    assert ("L08", DISTRICTS[0]) in rules_about("CT12.3", twice)


def other_offices(code: str) -> list[Submission]:
    """The focal offices of a code but the first, each with 0: a sum without one of them is compared with nothing."""
    first = office_for(code, Relation.FOCAL)
    others = [
        unit
        for unit in CATALOGUE.expected_units(code)
        if CATALOGUE.is_office(unit) and unit != first and CATALOGUE.relation_to(unit, code) is Relation.FOCAL
    ]
    return [with_cell(clean(unit.code), code, raw="0", value=number(0)) for unit in others]


def test_L09_is_silent_while_a_focal_office_is_missing() -> None:
    office = office_for("CT12.3", Relation.RECONCILED)
    compared = with_cell(clean(office.code), "CT12.3", raw="120", value=number(120))
    assert "L09" not in {rule for rule, _ in rules_about("CT12.3", [compared])}


def test_L09_ok() -> None:
    office = office_for("CT12.3", Relation.RECONCILED)
    counted = with_office("CT12.3", 100, Relation.FOCAL, 900, 900)
    compared = with_cell(clean(office.code), "CT12.3", raw="110", value=number(110))
    assert ("L09", office.code) not in rules_about("CT12.3", [*counted, compared])


def test_L09_error() -> None:
    office = office_for("CT12.3", Relation.RECONCILED)
    counted = [*with_office("CT12.3", 100, Relation.FOCAL, 900, 900), *other_offices("CT12.3")]
    compared = with_cell(clean(office.code), "CT12.3", raw="120", value=number(120))
    found = [f for f in check_all(case_of(*counted, compared)) if f.rule == "L09" and f.key == "CT12.3"]
    assert [(f.unit, f.values["taken"], f.values["expected"], f.values["difference"]) for f in found] == [
        (office.code, 120, 100, 20)
    ]


def test_a_held_figure_is_missing_for_comparisons() -> None:
    one = clean(CT12__2=number(9))
    found = check_all(case_of(one, previous={"CT12.2": 500}))
    assert [f.rule for f in found] == ["K12a"]
    assert one.identity.unit == DISTRICT


def rates(part: int) -> list[tuple[str, object]]:
    """What L10 alone says of CT04.4; the shipped catalogue's K04b would speak first."""
    one = with_cell(with_cell(clean(), "CT04.3", value=number(part)), "B3", "info", value=number(1000))
    rule = next(rule for rule in rules_of(CATALOGUE) if rule.code == "L10")
    return [(finding.key, finding.values["share"]) for finding in rule.check(case_of(one))]


def test_L10_ok() -> None:
    assert rates(1000) == []


def test_L10_error() -> None:
    assert rates(1001) == [("CT04.3", Decimal("100.1"))]


@pytest.mark.parametrize("text", ["Đã mở 12 lớp, 1.200 lượt", "Kế hoạch số 0912/KH", "Ngày 01.02.2026 tại 03 xã"])
def test_H09_ok(text: str) -> None:
    assert "H09" not in codes(with_cell(clean(), "CT12.T", raw=text, state=CellState.VALUE, value=text))


@pytest.mark.parametrize("text", ["Liên hệ 0912 345 678", "SĐT 0912.345.678", "CCCD 084123456789"])
def test_H09_error(text: str) -> None:
    finding = only(with_cell(clean(), "CT12.T", raw=text, state=CellState.VALUE, value=text))
    assert (finding.rule, finding.severity, finding.key) == ("H09", WARNING, "CT12.T")


def test_H10_ok() -> None:
    text = "Như trên đã nêu, lớp do huyện mở."
    assert "H10" not in codes(with_cell(clean(), "CT12.T", raw=text, state=CellState.VALUE, value=text))


@pytest.mark.parametrize("text", ["nt", "Như trên", '"', "NT."])
def test_H10_error(text: str) -> None:
    finding = only(with_cell(clean(), "CT12.T", raw=text, state=CellState.VALUE, value=text))
    assert (finding.rule, finding.severity, finding.values["given"]) == ("H10", WARNING, text)


def test_L11_ok() -> None:
    assert "L11" not in codes(clean(CT16__1=Decimal(101)))


def test_L11_error() -> None:
    found = [one for one in check_all(case_of(clean(CT16__1=Decimal(100)))) if one.rule == "L11"]
    assert [(one.key, one.severity, one.values["expected"]) for one in found] == [("CT16.1", WARNING, Decimal(3000))]


def _until(day: date, code: str = DISTRICT) -> Catalogue:
    """The shipped catalogue with one unit that ends on a day."""
    catalogue = shipped()[0]
    return replace(catalogue, units=tuple(replace(u, last=day) if u.code == code else u for u in catalogue.units))


@pytest.mark.parametrize("last", [date(2026, 3, 26), date(2026, 12, 31)])
def test_H20_ok(last: date) -> None:
    assert "H20" not in codes(clean(), catalogue=_until(last))


def test_H20_error() -> None:
    one = with_record(clean(), 0, start=date(2026, 6, 30), end=date(2026, 7, 1))
    finding = only(one, catalogue=_until(date(2026, 6, 30)))
    assert (finding.rule, finding.severity, finding.key) == ("H20", WARNING, "end")
    assert (finding.values["first"], finding.values["last"]) == (date(2026, 1, 1), date(2026, 6, 30))


def test_an_event_of_another_year_is_told_once() -> None:
    one = with_record(clean(), 0, start=date(2025, 12, 31), end=date(2025, 12, 31))
    assert codes(one, catalogue=_until(date(2026, 6, 30))) == ["H04"]
