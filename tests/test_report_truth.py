"""What documents may not say: nothing where there is no data, growth between unlike years, letters to nobody."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import run as stages
from pipeline.catalogue import Catalogue
from pipeline.errors import PhoihopError
from pipeline.figures import as_previous, compute_figures
from pipeline.merge import choose, merge
from pipeline.model import PreviousYear, UnitState, YearFigures
from pipeline.period import compute_period
from pipeline.reading.previous import read_previous
from pipeline.report import Material
from pipeline.report.annexes import ANNEXES
from pipeline.report.coverage import comparison, comparison_of_years, coverage
from pipeline.report.period_sentences import PeriodSentences
from pipeline.run.documents import documents_of, make_document
from pipeline.run.issuing import _every_document
from pipeline.run.judging import Judged
from pipeline.workbook import build_workbook
from tests.conftest import ROOT
from tests.factory import sample_run, shipped
from tests.papers import BY_KEY, built, every_text, material, material_of_years, opened
from tests.test_split_year import AMOUNTS, CATALOGUE, CONFIG, run_of

ONLY_FOR_GUIDANCE = "so sánh giữa hai năm chỉ để tham khảo"


def text(key: str, given: Material) -> str:
    return every_text(opened(built(key, given))).replace("\u00a0", " ")


def empty_inbox() -> Material:
    catalogue, config = shipped()
    dataset = merge([], choose([], catalogue), (), catalogue, config)
    return replace(material(), dataset=dataset, figures=compute_figures(dataset, catalogue), nominations=())


# ---- letters to nobody ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def everybody_complete() -> Judged:
    dataset, figures, _, _ = sample_run(missing=False)
    return Judged(stages.open_project(ROOT / "config.toml"), dataset, figures, None)


@pytest.mark.parametrize(("key", "error"), [("reminder", "nobody_reminded"), ("awards", "nobody_nominated")])
def test_a_letter_that_finds_nobody_is_refused(everybody_complete: Judged, key: str, error: str) -> None:
    with pytest.raises(PhoihopError) as caught:
        make_document(everybody_complete, key)
    assert (caught.value.key, caught.value.values) == (error, {"year": "2026"})


def test_what_finds_nobody_is_neither_written_nor_compared(everybody_complete: Judged) -> None:
    nobody = {"van-ban/Cong-van-don-doc-2026.docx", "khen-thuong/To-trinh-khen-thuong-2026.docx"}
    of_the_year = {one.named(2026, (2026, 2026)) for one in BY_KEY.values() if not one.over_years}
    assert not nobody & set(documents_of(everybody_complete))
    assert set(_every_document(everybody_complete)) == of_the_year - nobody


def test_what_finds_somebody_is_made() -> None:
    assert {key: document.lacks(material()) for key, document in BY_KEY.items()} == dict.fromkeys(BY_KEY, "")


# ---- no data is no inactivity ---------------------------------------------------------------------------------------


def test_an_empty_inbox_is_told_once() -> None:
    said = text("annual", empty_inbox())
    assert said.count("Đến nay chưa có đơn vị nào trong 20 đơn vị gửi biểu hợp lệ.") == 1
    assert said.count("Chưa có số liệu để trình bày kết quả theo từng hoạt động.") == 1
    assert "phát sinh hoạt động" not in said
    assert "Chưa có đơn vị nào báo cáo số liệu của hoạt động này." not in said
    assert "Tuyên truyền về hoạt động và sự kiện lớn của Đoàn:" not in said


@pytest.mark.parametrize("key", ["annual", "period"])
def test_no_proposals_of_those_that_sent_and_of_nobody(key: str) -> None:
    whole = material_of_years() if key == "period" else material()
    empty = replace(empty_inbox(), period=whole.period, of_years=whole.of_years)
    silent = replace(whole, dataset=replace(whole.dataset, records=()))
    sent, nobody = "Các đơn vị đã gửi biểu không có kiến nghị, đề xuất.", "Chưa đơn vị nào gửi kiến nghị, đề xuất."
    assert [sent in text(key, silent), nobody in text(key, silent)] == [True, False]
    assert [sent in text(key, empty), nobody in text(key, empty)] == [False, True]


def year(number: int, totals: dict[str, int], received: int = 20, complete: bool = True) -> YearFigures:
    amounts: dict[str, Decimal | bool] = {code: Decimal(n) for code, n in totals.items()}
    return YearFigures(
        number, "", complete, received, 20, amounts, dict.fromkeys(amounts, 2), dict.fromkeys(amounts, 3)
    )


def of_years(whole: Catalogue, *years: YearFigures, first: int = 2022) -> PeriodSentences:
    return PeriodSentences(compute_period(years, whole, first, 2026), whole.for_years(first, 2026), shipped()[1])


def test_an_activity_of_years_without_data_was_not_idle(whole_catalogue: Catalogue) -> None:
    words = of_years(whole_catalogue, year(2026, {"CT12.1": 5}))
    assert words.result(5) == "Hoạt động này thực hiện trong năm 2022, chưa có số liệu."
    assert words.result(13) == "Chưa có đơn vị nào báo cáo số liệu của hoạt động này."


# ---- unlike years ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "missing", "said"),
    [
        (PreviousYear(2025, received=20, due=20), False, ""),
        (PreviousYear(2025), True, ""),
        (None, True, ""),
        (
            PreviousYear(2025, received=36, due=38, complete=True),
            False,
            f"số liệu năm 2025 của 36/38 đơn vị, số liệu năm 2026 của 20/20 đơn vị; {ONLY_FOR_GUIDANCE}",
        ),
        (
            PreviousYear(2025, received=20, due=20, complete=False),
            False,
            f"số liệu năm 2025 của 20/20 đơn vị (chưa đầy đủ), số liệu năm 2026 của 20/20 đơn vị; {ONLY_FOR_GUIDANCE}",
        ),
        (
            PreviousYear(2025, received=20, due=20),
            True,
            f"số liệu năm 2025 của 20/20 đơn vị, số liệu năm 2026 của 19/20 đơn vị; {ONLY_FOR_GUIDANCE}",
        ),
    ],
)
def test_years_of_unlike_units_compare_only_for_guidance(before: PreviousYear | None, missing: bool, said: str) -> None:
    given = replace(material(missing), previous=before)
    assert comparison(given) == said
    assert text("annual", given).count(ONLY_FOR_GUIDANCE) == (2 if said else 0)


def test_the_years_of_a_span_compare_only_for_guidance(whole_catalogue: Catalogue) -> None:
    whole, part = year(2022, {"CT12.1": 1}), year(2026, {"CT12.1": 2}, received=17)
    assert comparison_of_years(of_years(whole_catalogue, whole, replace(whole, year=2026)).figures) == ""
    assert comparison_of_years(of_years(whole_catalogue, part).figures) == ""
    told = comparison_of_years(of_years(whole_catalogue, whole, part).figures)
    assert told == (
        "số đơn vị có số liệu khác nhau giữa các năm hoặc số liệu chưa đầy đủ nên so sánh giữa các năm chỉ để tham khảo"
    )
    assert text("period", material_of_years()).count(told) == 2


@pytest.mark.parametrize("missing", [True, False])
def test_how_many_units_a_year_had_is_read_back(missing: bool, tmp_path: Path) -> None:
    run = sample_run(missing)
    (tmp_path / "Tong-hop-2026.xlsx").write_bytes(build_workbook(*run, lambda _: ("", ""), lambda _: ""))
    read = read_previous(tmp_path / "Tong-hop-2026.xlsx", 2026)
    made = as_previous(run[0], run[1], "Tong-hop-2026.xlsx")
    expected = (19, 20, False) if missing else (20, 20, True)
    assert read is not None
    assert [(one.received, one.due, one.complete) for one in (read, made)] == [expected, expected]


# ---- a year in which units ended ------------------------------------------------------------------------------------


def split_year() -> Material:
    dataset, figures = run_of(AMOUNTS)
    return Material(dataset, figures, CATALOGUE, CONFIG)


def test_units_that_ended_are_told_in_the_text() -> None:
    assert coverage(split_year()).endswith(
        "Trong năm có 02 đơn vị kết thúc hoạt động (ngày 30/6/2026): số phát sinh cộng cả phần của các đơn vị này, số lũy kế "
        "lấy của đơn vị kế thừa; đơn vị kế thừa chưa báo cáo thì dùng số của đơn vị đã kết thúc."
    )
    assert "kết thúc hoạt động" not in coverage(material())


def test_what_became_of_their_stock_is_noted_in_annex_one() -> None:
    annex = ANNEXES["indicators"](split_year())
    assert annex is not None
    names = {row.cells[0]: row.cells[1] for row in annex.tables[0][1].rows if not row.group}
    notes = annex.note.partition("(1) ")[2]
    assert names["1.4"].endswith(" (2) (3)") or names["1.4"].endswith(" (1) (2)")
    assert not names["12.1"].endswith(")")
    assert "năm 2026 tính theo các đơn vị mới" in notes
    assert "năm 2026 không tính Đoàn cơ sở Bộ Chỉ huy Quân sự tỉnh đã kết thúc hoạt động" in notes
    assert "năm 2026 dùng số của Huyện đoàn Càng Long vì các đơn vị mới chưa báo cáo" in notes


def test_the_provincial_column_claims_no_more_than_it_holds() -> None:
    annex = ANNEXES["units"](material())
    assert annex is not None
    assert "tất cả các đơn vị" not in annex.note
    assert annex.note.endswith("đơn vị chưa báo cáo không có trong đó")


def test_a_unit_without_a_valid_form_may_have_sent_something() -> None:
    annex = ANNEXES["submissions"](material())
    assert annex is not None
    missing = [one.unit for one in material().dataset.units if one.state is UnitState.MISSING]
    states = {row.cells[1]: row.cells[2] for row in annex.tables[0][1].rows}
    assert [states[material().catalogue.unit_name(unit)] for unit in missing] == ["Chưa có biểu hợp lệ"]


def test_an_unchanged_figure_is_said_to_be_so() -> None:
    figures = material().figures
    same = replace(figures["CT12.1"], change=Decimal(0), change_percent=Decimal("0.0"))
    given = replace(material(), figures=replace(figures, indicators={**figures.indicators, "CT12.1": same}))
    annex = ANNEXES["indicators"](given)
    assert annex is not None
    assert next(row.cells[5] for row in annex.tables[0][1].rows if row.cells[0] == "12.1") == "không đổi"
