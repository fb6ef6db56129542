"""M: is it our form, whole and unchanged; one case that passes and one that does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.catalogue import Catalogue
from pipeline.form import fingerprint
from pipeline.model import CellRef, CellState, LabelChange, Submission, Value
from pipeline.validate import sentence
from tests.judging import (
    BAN_TG,
    DISTRICT,
    ERROR,
    NOTE,
    UNION,
    WARNING,
    clean,
    codes,
    number,
    only,
    place,
    unit,
    with_stray,
)


def identified(**fields: str) -> Submission:
    one = clean()
    return replace(one, identity=replace(one.identity, **fields))  # type: ignore[arg-type]


def relabelled(code: str, what: str, given: str, expected: str) -> Submission:
    one = clean()
    ref = replace(place(one, code).ref, column=2 if what == "name" else 3)
    return replace(one, label_changes=(LabelChange(ref, code, what, given, expected),))


def without(code: str, sender: str = DISTRICT) -> Submission:
    """A file whose row of this code was deleted."""
    one = clean(sender)
    return replace(one, values={key: v for key, v in one.values.items() if key[1] != code}, missing_rows=(code,))


def blank() -> Submission:
    """A form in which only the contact lines are filled."""
    one = clean()
    values = {
        key: replace(v, raw="", state=CellState.BLANK, value=None) if key[0] == "data" else v
        for key, v in one.values.items()
    }
    return replace(one, values=values, records=())


def test_M01_ok() -> None:
    one = blank()
    zero = replace(one.values["data", "CT01.1"], raw="0", state=CellState.VALUE, value=Decimal(0))
    assert "M01" not in codes(replace(one, values={**one.values, ("data", "CT01.1"): zero}))


def test_M01_error() -> None:
    finding = only(blank())
    assert (finding.rule, finding.severity, finding.rejects, finding.ref) == ("M01", ERROR, True, None)


def test_M02_ok() -> None:
    assert codes(identified(template_version="1.0")) == []


def test_M02_error() -> None:
    finding = only(identified(template_version="0.9"))
    assert (finding.rule, finding.severity, finding.rejects) == ("M02", ERROR, True)
    assert finding.values == {"given": "0.9", "expected": "1.0"}


def test_M03_ok(catalogue: Catalogue) -> None:
    assert codes(identified(fingerprint=fingerprint(catalogue, unit(DISTRICT)))) == []


def test_M03_error(catalogue: Catalogue) -> None:
    finding = only(identified(fingerprint="0" * 16, catalogue_version="2025.2"))
    assert (finding.rule, finding.severity, finding.rejects) == ("M03", WARNING, False)
    assert finding.values == {"given": "2025.2", "expected": catalogue.version}


def test_M04_ok() -> None:
    assert "M04" not in codes(with_stray(clean(), "second_sheet", "Số liệu (2)", "Số liệu"))


def test_M04_error() -> None:
    finding = only(with_stray(clean(), "duplicate_heading", "Kết quả", "data"))
    assert (finding.rule, finding.severity, finding.rejects) == ("M04", ERROR, True)
    assert finding.ref is not None
    assert finding.ref.place == "Số liệu!K40"


def test_M05_ok() -> None:
    assert "M05" not in codes(relabelled("CT12.1", "unit_of_measure", "buổi", "lớp"))


def test_M05_error(catalogue: Catalogue) -> None:
    finding = only(relabelled("CT12.1", "name", "Số buổi họp", "Số lớp tập huấn"))
    assert (finding.rule, finding.severity, finding.key, finding.held) == ("M05", WARNING, "CT12.1", ())
    assert finding.values == {"code": "CT12.1", "given": "Số buổi họp", "expected": "Số lớp tập huấn"}
    said = "Tên của CT12.1 bị sửa thành “Số buổi họp”; biểu mẫu ghi “Số lớp tập huấn”."
    assert sentence(finding, "vi", catalogue) == said


def test_M06_ok() -> None:
    assert "M06" not in codes(relabelled("CT12.1", "name", "Số buổi họp", "Số lớp tập huấn"))


def test_M06_error() -> None:
    finding = only(relabelled("CT12.1", "unit_of_measure", "buổi", "lớp"))
    assert (finding.rule, finding.severity, finding.held) == ("M06", ERROR, ("CT12.1",))
    assert finding.values == {"code": "CT12.1", "given": "buổi", "expected": "lớp"}


def test_M07_ok() -> None:
    assert "M07" not in codes(without("CT01.1"))


def test_M07_error() -> None:
    finding = only(without("CT12.1"))
    assert (finding.rule, finding.severity, finding.key, finding.held) == ("M07", ERROR, "CT12.1", ())


def test_M08_ok() -> None:
    assert "M08" not in codes(without("CT12.1"))


def test_M08_error() -> None:
    finding = only(without("CT01.1"))
    assert (finding.rule, finding.severity, finding.key) == ("M08", WARNING, "CT01.1")


def test_M09_ok() -> None:
    assert "M09" not in codes(replace(clean(), missing_sheets=("plan",)))


def test_M09_error() -> None:
    gone = replace(clean(), missing_sheets=("data",))
    figures = only(gone)
    assert (figures.rule, figures.severity, figures.rejects, figures.values) == ("M09", ERROR, True, {"sheet": "data"})
    assert not only(replace(clean(), missing_sheets=("info",))).rejects


def test_M10_ok() -> None:
    assert "M10" not in codes(replace(clean(), missing_sheets=("info",)))


def test_M10_error() -> None:
    finding = only(replace(clean(), records=(), missing_sheets=("events",)))
    assert (finding.rule, finding.severity, finding.values) == ("M10", WARNING, {"sheet": "events"})


def test_M11_ok() -> None:
    assert "M11" not in codes(with_stray(clean(), "outside_table", "12"))


def test_M11_error() -> None:
    finding = only(with_stray(clean(), "unknown_code", "7", "CT12.9"))
    assert (finding.rule, finding.severity, finding.held) == ("M11", WARNING, ())
    assert finding.values == {"given": "7", "about": "CT12.9"}


def test_M12_ok() -> None:
    assert "M12" not in codes(with_stray(clean(), "unknown_code", "7", "CT12.9"))


def test_M12_error() -> None:
    finding = only(with_stray(clean(), "outside_table", "ghi thêm 5 lớp"))
    assert (finding.rule, finding.severity) == ("M12", WARNING)
    assert finding.ref is not None
    assert finding.ref.address == "K40"


def test_M13_ok() -> None:
    assert "M13" not in codes(with_stray(clean(), "outside_table", "7", "CT12.1"))


def test_M13_error() -> None:
    finding = only(with_stray(clean(), "duplicate_code", "7", "CT12.1"))
    assert (finding.rule, finding.severity, finding.key, finding.held) == ("M13", ERROR, "CT12.1", ("CT12.1",))


def test_M14_ok() -> None:
    assert "M14" not in codes(with_stray(clean(), "duplicate_heading", "Kết quả", "data"))


def test_M14_error() -> None:
    finding = only(with_stray(clean(), "second_sheet", "Số liệu (2)", "Số liệu"))
    assert (finding.rule, finding.severity, finding.rejects) == ("M14", ERROR, True)
    assert finding.values == {"given": "Số liệu (2)", "about": "Số liệu"}


def foreign(sender: str, code: str) -> Submission:
    one = clean(sender)
    ref = CellRef(one.source.path, "Số liệu", 90, 5)
    cell = Value(ref, sender, "data", code, "9", CellState.VALUE, number(9))
    return replace(one, values={**one.values, ("data", code): cell})


def test_M15_ok() -> None:
    assert codes(foreign(UNION, "CT01.1")) == []


def test_M15_error() -> None:
    finding = only(foreign(BAN_TG, "CT13.1"))
    assert (finding.rule, finding.severity, finding.key, finding.held) == ("M15", NOTE, "CT13.1", ())
    assert finding.values == {"code": "CT13.1", "given": "9"}


def showing(rate: str) -> Submission:
    """The clean file, which shows a rate for CT16.3; its own figures give 50 (1.500 of 3.000)."""
    one = clean()
    cell = Value(
        CellRef(one.source.path, "Số liệu", 80, 5), DISTRICT, "data", "CT16.3", rate, CellState.VALUE, number(rate)
    )
    return replace(one, computed={"CT16.3": cell})


@pytest.mark.parametrize("rate", ["50", "50.4", "49.6"])
def test_M16_ok(rate: str) -> None:
    assert codes(showing(rate)) == []


def test_M16_error() -> None:
    finding = only(showing("100"))
    assert (finding.rule, finding.severity, finding.held) == ("M16", WARNING, ())
    assert (finding.values["given"], finding.values["expected"]) == ("100", number("50.0"))
