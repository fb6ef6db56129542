"""T: each rule on files, one case that passes and one that does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Finding, Identity, Submission
from pipeline.validate import check_all, sentence
from tests.factory import shipped
from tests.judging import DISTRICT, ERROR, OTHER, WARNING, case_of, clean, codes, only, reads_well, unreadable


def identified(**fields: object) -> Submission:
    one = clean()
    return replace(one, identity=replace(one.identity, **fields))  # type: ignore[arg-type]


def claimed(**claims: str) -> Submission:
    return identified(claims=claims)


def rejected(one: Submission) -> Finding:
    """The one finding, which must be on the whole file and reject it."""
    finding = only(one)
    assert (finding.severity, finding.rejects, finding.ref, finding.held) == (ERROR, True, None, ())
    assert finding.file == one.source.path
    return finding


@pytest.mark.parametrize("code", [DISTRICT, OTHER, "TT-KCQ", "TT-CAT", "BAN-TG", "BAN-TTNTH", "P-BCVTCNTT"])
def test_clean_file_has_no_finding(code: str) -> None:
    assert codes(clean(code)) == []


@pytest.mark.parametrize("kind", ["pdf", "image", "word", "text", "html", "system"])
def test_what_is_no_workbook_has_no_finding(kind: str) -> None:
    assert codes(replace(unreadable(kind), identity=Identity())) == []


def test_T01_ok() -> None:
    assert "T01" not in codes(unreadable("encrypted"))


@pytest.mark.parametrize(
    ("kind", "failure"),
    [("damaged", "not_workbook"), ("empty", "not_workbook"), ("unreadable", "not_workbook"),
     ("unknown", "not_workbook"), ("xlsx", "unreadable")],
)  # fmt: skip
def test_T01_error(kind: str, failure: str) -> None:
    assert rejected(unreadable(kind, failure)).rule == "T01"


def test_T02_ok() -> None:
    assert "T02" not in codes(unreadable("empty"))


@pytest.mark.parametrize(
    ("kind", "written"),
    [("csv", "CSV"), ("numbers", "Apple Numbers"), ("archive", "tệp nén .rar hoặc .7z")],
)  # fmt: skip
def test_T02_error(kind: str, written: str) -> None:
    finding = rejected(unreadable(kind))
    assert (finding.rule, finding.values) == ("T02", {"format": kind})
    assert sentence(finding, "vi", shipped()[0]) == f"Tệp ở dạng {written} nên chưa đọc được."


def test_T03_ok() -> None:
    assert "T03" not in codes(unreadable("xls", "unreadable"))


def test_T03_error() -> None:
    assert rejected(unreadable("encrypted", "encrypted")).rule == "T03"


def test_T04_ok() -> None:
    assert "T04" not in codes(unreadable("xlsx", "unreadable"))


@pytest.mark.parametrize("failure", ["too_large", "dangerous"])
def test_T04_error(failure: str) -> None:
    assert rejected(unreadable("xlsx", failure)).rule == "T04"


def test_T05_ok() -> None:
    assert "T05" not in codes(unreadable("xlsx", "too_large"))


def test_T05_error() -> None:
    finding = rejected(unreadable("xlsx", "far_cell", "Số liệu!XFD1048576"))
    assert (finding.rule, finding.values) == ("T05", {"place": "Số liệu!XFD1048576"})


def test_T06_ok() -> None:
    assert "T06" not in codes(unreadable("xlsx", "too_large"))


def test_T06_error() -> None:
    assert rejected(unreadable("xlsx", "no_template")).rule == "T06"


def test_T07_ok() -> None:
    assert "T07" not in codes(clean())


def test_T07_error() -> None:
    one = clean()
    finding = rejected(replace(one, identity=Identity(year=2026)))
    assert (finding.rule, finding.unit) == ("T07", "")


def test_T08_ok() -> None:
    assert codes(claimed(meta=DISTRICT, properties=DISTRICT, sheet=DISTRICT, name=DISTRICT)) == []


def test_T08_error() -> None:
    finding = rejected(claimed(meta=DISTRICT, name=OTHER))
    assert (finding.rule, finding.values) == ("T08", {"claims": {"meta": DISTRICT, "name": OTHER}})
    names = [shipped()[0].unit_name(code) for code in (DISTRICT, OTHER)]
    said = f"Không rõ tệp của đơn vị nào: trang ẩn của biểu: {names[0]}; tên tệp: {names[1]}."
    assert sentence(finding, "vi", shipped()[0]) == said


def test_T09_ok() -> None:
    assert "T09" not in codes(clean(OTHER))


def test_T09_error() -> None:
    finding = rejected(identified(unit="TV-999", claims={"meta": "TV-999"}))
    assert (finding.rule, finding.unit, finding.values) == ("T09", "TV-999", {"given": "TV-999"})


def test_T10_ok() -> None:
    assert codes(claimed(meta=DISTRICT, meta_year="2026", properties_year="2026")) == []


def test_T10_error() -> None:
    finding = rejected(claimed(meta=DISTRICT, meta_year="2026", properties_year="2025"))
    assert (finding.rule, finding.values) == ("T10", {"given": "2025 / 2026"})


def test_T11_ok() -> None:
    assert codes(identified(year=2026)) == []


def test_T11_error() -> None:
    finding = rejected(identified(year=2025))
    assert (finding.rule, finding.values) == ("T11", {"given": "2025", "expected": "2026"})
    assert sentence(finding, "vi", shipped()[0]) == "Đây là biểu mẫu năm 2025, cần biểu mẫu năm 2026."


def test_T12_ok() -> None:
    assert "T12" not in codes(identified(witness="properties"))


def test_T12_error() -> None:
    finding = only(identified(year=None, witness="name", claims={"name": DISTRICT}))
    assert (finding.rule, finding.severity, finding.rejects) == ("T12", WARNING, False)
    assert finding.values == {"witness": "name"}


def test_T13_ok() -> None:
    one, other = clean(path="a/TV-842.xlsx"), clean(path="b/TV-842.xlsx")
    assert codes(one, other, counted=frozenset({"b/TV-842.xlsx"})) == []


def test_T13_error() -> None:
    one, other = clean(path="a/TV-842.xlsx"), clean(path="b/TV-842.xlsx")
    group = ("a/TV-842.xlsx", "b/TV-842.xlsx")
    finding = only(one, other, counted=frozenset(), undecided=(group,))
    assert (finding.rule, finding.severity, finding.unit, finding.held) == ("T13", ERROR, DISTRICT, ())
    assert finding.values == {"files": "a/TV-842.xlsx; b/TV-842.xlsx"}


def test_replaced_version_is_not_judged() -> None:
    old = replace(clean(path="a/TV-842.xlsx"), label_changes=(), missing_sheets=("data", "events"))
    new = clean(path="b/TV-842.xlsx")
    assert codes(old, new, counted=frozenset({"b/TV-842.xlsx"})) == []


def test_rejected_file_is_judged_no_further() -> None:
    wrong_year = replace(clean(), identity=Identity(DISTRICT, 2025, "0.9", witness="meta"), missing_sheets=("data",))
    case = case_of(wrong_year)
    findings = check_all(case)
    assert [finding.rule for finding in findings] == ["T11"]
    reads_well(findings[0], case)
