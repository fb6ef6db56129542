"""S and B: each rule on cells and bounds, one case that passes and one that does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.model import CellState, Problem, Submission
from pipeline.sheets import INFO_ROWS
from pipeline.validate import check_all, next_step, sentence
from pipeline.validate.cells import KINDS
from tests.factory import shipped
from tests.judging import (
    DISTRICT,
    ERROR,
    NOTE,
    WARNING,
    case_of,
    clean,
    codes,
    number,
    only,
    refused,
    with_cell,
    with_note,
    with_record,
)

S_CODES = {f"S{place:02d}": kind for place, kind in enumerate(KINDS, start=1)}
ZEROES = {row.code for row in shipped()[0].indicators if not row.computed}


def test_the_codes_of_the_kinds_are_permanent() -> None:
    assert (len(S_CODES), S_CODES["S01"], S_CODES["S04"], S_CODES["S19"], S_CODES["S25"]) == (
        25, "not_a_number", "date_in_number", "error_value", "hidden",
    )  # fmt: skip


@pytest.mark.parametrize("code", S_CODES)
def test_a_cell_with_another_problem_is_ok(code: str) -> None:
    other = "S02" if code == "S01" else "S01"
    assert codes(refused(clean(), "CT06.4", "sai", S_CODES[other])) == [other]


@pytest.mark.parametrize("code", S_CODES)
def test_a_refused_cell_holds_its_value_and_is_one_error(code: str) -> None:
    one = refused(clean(), "CT06.4", "sai", S_CODES[code], "12")
    finding = only(one)
    assert (finding.rule, finding.severity, finding.key, finding.held, finding.rejects) == (
        code,
        ERROR,
        "CT06.4",
        ("CT06.4",),
        False,
    )
    assert finding.ref == one.values["data", "CT06.4"].ref
    asked = "Có phải đã gõ 12 không?" if code == "S04" else "Có phải là 12 không?"
    assert next_step(finding, "vi").endswith(asked)


def test_a_refused_base_datum_is_held_as_well() -> None:
    finding = only(refused(clean(), "B6", "nhiều", "not_a_number", sheet="info"))
    assert (finding.rule, finding.held) == ("S01", ("B6",))


def test_a_proposal_is_asked_about_never_taken() -> None:
    finding = only(refused(clean(), "CT06.4", "1.2", "decimal_in_integer", "1200"))
    assert sentence(finding, "vi", shipped()[0]) == "CT06.4: “1.2” có phần lẻ trong khi ô này chỉ nhận số nguyên."
    assert next_step(finding, "vi") == "Gõ lại số nguyên. Có phải là 1200 không?"


def test_S26_ok() -> None:
    assert codes(with_cell(clean(), "TT04", "info", raw="Cán bộ", state=CellState.VALUE, value="Cán bộ")) == []


def test_S26_error() -> None:
    finding = only(refused(clean(), "TT09", "tháng 11", "not_a_date", sheet="info"))
    assert (finding.rule, finding.severity, finding.key, finding.held) == ("S26", WARNING, "TT09", ())
    assert sentence(finding, "vi", shipped()[0]) == "“tháng 11” không phải ngày tháng."


def test_S27_ok() -> None:
    assert "S27" not in codes(clean())


def test_S27_error() -> None:
    finding = only(with_cell(clean(), "CT06.4", raw="1 công trình", note="unit_word", value=number(1)))
    assert (finding.rule, finding.severity, finding.held) == ("S27", NOTE, ())
    assert sentence(finding, "vi", shipped()[0]) == "CT06.4: “1 công trình” được đọc là 1 (bỏ đơn vị tính gõ kèm)."


def test_S28_ok() -> None:
    assert codes(with_note(clean(), "CT06.4", "12 lớp")) == []
    assert codes(with_note(clean(CT06__4=None), "CT06.4", "Kế hoạch số 12")) == ["B01"]


def test_S28_error() -> None:
    finding = only(with_note(clean(CT06__4=None), "CT06.4", "12 công trình"))
    assert (finding.rule, finding.severity, finding.held) == ("S28", ERROR, ("CT06.4",))
    assert finding.ref is not None
    assert finding.ref.column == 6
    assert finding.values["proposal"] == "12"


# ---- B --------------------------------------------------------------------------------------------------------------


def test_B01_ok() -> None:
    assert codes(clean(CT06__4=number(0))) == []
    assert codes(clean(CT01__4=None, CT01__1=None, CT01__2=None)) == []


def test_B01_error() -> None:
    finding = only(clean(CT06__4=None))
    assert (finding.rule, finding.severity, finding.key, finding.held) == ("B01", ERROR, "CT06.4", ())
    assert "để trống là chưa báo cáo, không phải là 0" in sentence(finding, "vi", shipped()[0])


def test_B02_ok() -> None:
    assert codes(clean(B1=number(0))) == []


def test_B02_error() -> None:
    finding = only(clean(B1=None))
    assert (finding.rule, finding.severity, finding.key) == ("B02", ERROR, "B1")


def test_B03_ok() -> None:
    optional = next(code for code, _, filled, required in INFO_ROWS if filled and not required)
    assert codes(with_cell(clean(), optional, "info", raw="", state=CellState.BLANK, value=None)) == []


def test_B03_error() -> None:
    finding = only(clean(TT05=None))
    assert (finding.rule, finding.severity, finding.key) == ("B03", WARNING, "TT05")


def bounded() -> str:
    """An indicator with both bounds that no cross-check looks at."""
    catalogue, _ = shipped()
    used = {code for check in catalogue.checks for code in check.condition.codes}
    return next(
        i.code
        for i in catalogue.indicators
        if i.soft and i.hard and i.hard > i.soft and i.code not in used and not i.events
    )


def test_B04_ok() -> None:
    indicator = shipped()[0].indicator(bounded())
    assert indicator is not None
    assert "B04" not in codes(clean(**{indicator.code.replace(".", "__"): indicator.hard}))


def test_B04_error() -> None:
    indicator = shipped()[0].indicator(bounded())
    assert indicator is not None
    assert indicator.hard is not None
    finding = only(clean(**{indicator.code.replace(".", "__"): indicator.hard + 1}))
    assert (finding.rule, finding.severity, finding.held) == ("B04", ERROR, (indicator.code,))
    assert (finding.values["taken"], finding.values["expected"]) == (indicator.hard + 1, indicator.hard)


def test_B04_proposes_millions_for_money_typed_in_dong() -> None:
    finding = only(clean(CT10__5=number(120_500_000)))
    assert (finding.rule, finding.values["proposal"]) == ("B04", Decimal("120.5"))
    assert next_step(finding, "vi").endswith("Có phải là 120,5 không?")


def test_a_telephone_number_in_the_base_data_is_no_figure() -> None:
    finding = next(one for one in check_all(case_of(clean(B6=Decimal(912345678)))) if one.rule == "B04")
    assert (finding.key, finding.severity, finding.held) == ("B6", ERROR, ("B6",))
    assert "B04" not in codes(clean(B6=Decimal(10_000_000)))


def test_B05_ok() -> None:
    indicator = shipped()[0].indicator(bounded())
    assert indicator is not None
    assert codes(clean(**{indicator.code.replace(".", "__"): indicator.soft})) == []


def test_B05_error() -> None:
    indicator = shipped()[0].indicator(bounded())
    assert indicator is not None
    assert indicator.soft is not None
    finding = only(clean(**{indicator.code.replace(".", "__"): indicator.soft + 1}))
    assert (finding.rule, finding.severity, finding.held) == ("B05", WARNING, ())


def all_amounts(amount: int) -> Submission:
    """The clean file with the same amount in every figure, and nothing listed."""
    one = replace(clean(), records=())
    for code in ZEROES:
        if ("data", code) in one.values:
            one = with_cell(one, code, raw=str(amount), value=number(amount))
    return one


def test_B06_ok() -> None:
    assert "B06" not in codes(with_cell(all_amounts(0), "CT06.4", raw="1", value=number(1)))


def test_B06_error() -> None:
    found = [f.rule for f in case_findings(all_amounts(0))]
    assert "B06" in found


def test_B07_ok() -> None:
    assert "B07" not in codes(with_cell(all_amounts(100), "CT06.4", raw="101", value=number(101)))


def test_B07_error() -> None:
    assert "B07" in codes(all_amounts(100))


def case_findings(one: Submission):  # type: ignore[no-untyped-def]
    from pipeline.validate import check_all

    return check_all(case_of(one))


def test_a_refused_cell_is_not_also_blank_or_out_of_bounds() -> None:
    assert codes(refused(clean(), "CT12.2", "12 buổi", "wrong_unit_word")) == ["S17"]


def test_list_cells_are_judged_as_other_cells() -> None:
    one = clean()
    first = one.records[0]
    bad = replace(
        first.cells["people"],
        raw="nhiều",
        state=CellState.REFUSED,
        value=None,
        problem=refused(one, "CT06.4", "x", "not_a_number").values["data", "CT06.4"].problem,
    )
    spoiled = replace(one, records=(replace(first, cells={**first.cells, "people": bad}), *one.records[1:]))
    assert codes(spoiled) == ["S26"]
    assert codes(with_record(one, 0, place="Nơi khác")) == []
    assert one.identity.unit == DISTRICT


def test_S29_ok() -> None:
    assert "S29" not in codes(with_cell(clean(), "TT03", "info", raw="Nguyễn Thị Hoa"))


def test_S29_error() -> None:
    mixed = with_cell(clean(), "TT03", "info", raw="NguyÔn Thị Hoa", problem=Problem("legacy_mixed", "Nguyễn Thị Hoa"))
    finding = only(mixed)
    assert (finding.rule, finding.severity, finding.values["proposal"]) == ("S29", WARNING, "Nguyễn Thị Hoa")
