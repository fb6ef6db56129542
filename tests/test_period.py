"""The figures of several years: sums of flows, latest stocks, rates made again, gaps that stay gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.catalogue import Base, Catalogue, Indicator
from pipeline.errors import PhoihopError
from pipeline.figures import as_year
from pipeline.model import FigureState, PeriodFigures, PeriodKind, PeriodNote, Relation, YearFigures
from pipeline.period import compute_period, kind_of
from pipeline.reading.previous import read_year
from pipeline.workbook import build_workbook
from tests.factory import sample_run

# What the units of every year are asked for, with a figure or without.
ASKED = ("CT12.1", "CT12.2", "CT01.4", "B5", "CT09.4", "CT11.2", "CT16.3")
Totals = dict[str, Decimal | bool]


def year(number: int, totals: dict[str, int | str | bool], **more: object) -> YearFigures:
    """A year with these totals, two of three units reporting each."""
    amounts: Totals = {code: n if isinstance(n, bool) else Decimal(n) for code, n in totals.items()}
    made = YearFigures(
        number, f"output/{number}/Tong-hop-{number}.xlsx", True, 19, 20, amounts,
        dict.fromkeys(amounts, 2), dict.fromkeys([*amounts, *ASKED], 3),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def span(whole_catalogue: Catalogue) -> Callable[..., PeriodFigures]:
    def compute(*years: YearFigures, first: int = 2022, last: int = 2026) -> PeriodFigures:
        return compute_period(years, whole_catalogue, first, last)

    return compute


def test_a_flow_is_summed_over_the_years_that_have_it(span: Callable[..., PeriodFigures]) -> None:
    figures = span(year(2022, {"CT12.1": 10}), year(2023, {"CT12.1": 15}), year(2026, {"CT12.1": 25}))
    found = figures["CT12.1"]
    assert (found.kind, found.total, found.as_of, found.state) == (
        PeriodKind.FLOW,
        Decimal(50),
        None,
        FigureState.VALUE,
    )
    assert found.by_year == {2022: Decimal(10), 2023: Decimal(15), 2024: None, 2025: None, 2026: Decimal(25)}
    assert (found.missing_years, figures.gaps) == ((2024, 2025), (2024, 2025))
    assert found.notes == (PeriodNote("gap", 2024), PeriodNote("gap", 2025))


def test_a_year_that_was_run_but_did_not_report_is_no_gap(span: Callable[..., PeriodFigures]) -> None:
    figures = span(year(2022, {"CT12.1": 10}), year(2023, {"CT01.1": 1}), first=2022, last=2023)
    assert figures.gaps == ()
    assert figures["CT12.1"].missing_years == (2023,)
    assert figures["CT12.1"].notes == (PeriodNote("no_report", 2023),)


def test_a_year_in_which_nobody_is_asked_lacks_nothing(span: Callable[..., PeriodFigures]) -> None:
    found = span(year(2025, {"B1": 106}), year(2026, {"CT12.1": 1}), first=2025, last=2026)["B1"]
    assert (found.total, found.as_of, found.missing_years, found.notes) == (Decimal(106), 2025, (), ())
    assert (found.by_year, found.expected) == ({2025: Decimal(106), 2026: None}, {2025: 3, 2026: 0})


def test_a_sum_of_zeros_is_zero_and_nothing_is_no_report(span: Callable[..., PeriodFigures]) -> None:
    figures = span(year(2025, {"CT12.1": 0}), year(2026, {"CT12.1": 0}))
    assert (figures["CT12.1"].total, figures["CT12.1"].state) == (Decimal(0), FigureState.ZERO)
    assert (figures["CT12.2"].total, figures["CT12.2"].state) == (None, FigureState.NO_REPORT)


def test_a_stock_is_the_latest_years(span: Callable[..., PeriodFigures]) -> None:
    found = span(year(2022, {"CT01.4": 100}), year(2024, {"CT01.4": 140}), year(2026, {"CT12.1": 1}))["CT01.4"]
    assert (found.kind, found.total, found.as_of) == (PeriodKind.STOCK, Decimal(140), 2024)


def test_base_data_are_stocks(span: Callable[..., PeriodFigures]) -> None:
    found = span(year(2025, {"B5": 9000}), year(2026, {"B5": 9100}))["B5"]
    assert (found.kind, found.total, found.as_of, found.years) == (
        PeriodKind.STOCK,
        Decimal(9100),
        2026,
        (2022, 2023, 2024, 2025, 2026),
    )


def test_a_maximum_is_the_largest_years(span: Callable[..., PeriodFigures]) -> None:
    found = span(year(2022, {"CT09.4": 4}), year(2023, {"CT09.4": 7}), year(2024, {"CT09.4": 5}))["CT09.4"]
    assert (found.kind, found.total, found.as_of) == (PeriodKind.MAXIMUM, Decimal(7), 2023)


def test_a_yes_is_the_latest_answer(span: Callable[..., PeriodFigures]) -> None:
    found = span(year(2022, {"CT11.2": True}), year(2023, {}))["CT11.2"]
    assert (found.kind, found.total, found.as_of, found.change) == (PeriodKind.YES_NO, True, 2022, None)


def test_a_rate_of_stocks_is_the_latest_years(span: Callable[..., PeriodFigures]) -> None:
    found = span(year(2022, {"CT16.3": "61.2"}), year(2026, {"CT16.3": "93.4"}))["CT16.3"]
    assert (found.kind, found.total, found.as_of) == (PeriodKind.RATE, Decimal("93.4"), 2026)
    assert (found.change, found.change_percent, found.compared) == (Decimal("32.2"), None, (2022, 2026))


def flow_rate(whole: Catalogue) -> Catalogue:
    """The catalogue with the rate CT16.3 made of two flows."""
    changed = {"CT16.3": {"numerator": ("CT12.2",), "denominator": ("CT12.1",)}}
    return replace(whole, indicators=tuple(replace(i, **changed.get(i.code, {})) for i in whole.indicators))  # type: ignore[arg-type]


def operands(number: int, *units: tuple[int | None, int | None]) -> YearFigures:
    """A year in which units report (CT12.2, CT12.1)."""
    told = {
        (f"U{n}", code): Decimal(amount)
        for n, both in enumerate(units)
        for code, amount in zip(("CT12.2", "CT12.1"), both, strict=True)
        if amount is not None
    }
    return year(number, {"CT16.3": 1}, amounts=told, relations=dict.fromkeys(told, Relation.FOCAL))


def test_a_rate_of_flows_is_a_ratio_of_sums(whole_catalogue: Catalogue) -> None:
    years = operands(2022, (1, 1)), operands(2023, (0, 99))
    found = compute_period(years, flow_rate(whole_catalogue), 2022, 2023)["CT16.3"]
    assert (found.total, found.as_of) == (Decimal("1.0"), None)


def test_a_rate_of_flows_rests_on_units_with_both_parts_that_count(whole_catalogue: Catalogue) -> None:
    one = operands(2022, (1, 2), (None, 50), (40, 40))
    one = replace(one, relations={**one.relations, ("U2", "CT12.2"): Relation.RECONCILED})
    found = compute_period((one,), flow_rate(whole_catalogue), 2022, 2022)["CT16.3"]
    assert found.total == Decimal("50.0")


def test_a_rate_of_flows_over_nothing_has_no_denominator(whole_catalogue: Catalogue) -> None:
    found = compute_period((operands(2022, (0, 0)),), flow_rate(whole_catalogue), 2022, 2022)["CT16.3"]
    assert (found.total, found.state) == (None, FigureState.NO_DENOMINATOR)


def test_an_activity_of_one_year_is_missing_in_no_other(span: Callable[..., PeriodFigures]) -> None:
    figures = span(*(year(n, {"CT05.1": 85} if n == 2022 else {"CT12.1": 1}) for n in range(2022, 2027)))
    found = figures["CT05.1"]
    assert (found.years, found.missing_years, found.total, found.as_of) == ((2022,), (), Decimal(85), 2022)
    assert (figures.activities[5], figures.activities[12]) == ((2022,), (2022, 2023, 2024, 2025, 2026))


def test_an_activity_outside_the_span_is_not_there(span: Callable[..., PeriodFigures]) -> None:
    figures = span(year(2024, {"CT12.1": 1}), first=2024, last=2025)
    assert 5 not in figures.activities
    assert "CT05.1" not in figures.indicators


def test_targets_by_year(span: Callable[..., PeriodFigures]) -> None:
    one = year(2022, {"CT16.3": "61.2"})
    assert (span(one)["CT16.3"].target, span(one)["CT16.3"].targets) == (None, {2022: Decimal(100)})
    assert span(one, first=2022, last=2022)["CT16.3"].target == Decimal(100)


def test_change_over_the_span(span: Callable[..., PeriodFigures]) -> None:
    found = span(year(2023, {"CT12.1": 40}), year(2026, {"CT12.1": 50}))["CT12.1"]
    assert (found.compared, found.change, found.change_percent) == ((2023, 2026), Decimal(10), Decimal("25.0"))
    alone = span(year(2023, {"CT12.1": 40}))["CT12.1"]
    assert (alone.compared, alone.change, alone.change_percent) == (None, None, None)


def test_a_growth_from_nothing_has_no_percentage(span: Callable[..., PeriodFigures]) -> None:
    found = span(year(2023, {"CT12.1": 0}), year(2026, {"CT12.1": 50}))["CT12.1"]
    assert (found.change, found.change_percent) == (Decimal(50), None)


def test_every_figure_says_what_it_rests_on(span: Callable[..., PeriodFigures]) -> None:
    figures = span(year(2022, {"CT12.1": 10}), year(2023, {"CT12.1": 15}, complete=False, received=4))
    assert (figures["CT12.1"].reporting, figures["CT12.1"].expected) == ({2022: 2, 2023: 2}, {2022: 3, 2023: 3})
    assert [(one.year, one.complete, one.received, one.due) for one in figures.years] == [
        (2022, True, 19, 20),
        (2023, False, 4, 20),
    ]


def test_the_split_of_a_year_is_told(span: Callable[..., PeriodFigures]) -> None:
    split = {("TV-844", "CT01.4"): Relation.REPLACED, ("XA-1", "CT01.4"): Relation.FOCAL}
    one = year(2025, {"CT01.4": 90}, relations=split, amounts=dict.fromkeys(split, Decimal(1)))
    figures = span(one, first=2025, last=2025)
    assert figures["CT01.4"].notes == (PeriodNote("replaced", 2025, ("TV-844",)),)
    assert figures["CT12.1"].notes == (PeriodNote("no_report", 2025),)


@pytest.mark.parametrize(("first", "last", "key"), [(2026, 2022, "period_reversed"), (2022, 2024, "period_empty")])
def test_a_span_that_cannot_be_reported(span: Callable[..., PeriodFigures], first: int, last: int, key: str) -> None:
    with pytest.raises(PhoihopError) as caught:
        span(year(2025, {"CT12.1": 1}), first=first, last=last)
    assert (caught.value.key, caught.value.values) == (key, {"first": str(first), "last": str(last)})


def test_every_indicator_has_a_kind(whole_catalogue: Catalogue) -> None:
    items: list[Indicator | Base] = [*whole_catalogue.indicators, *whole_catalogue.bases]
    kinds = {item.code: kind_of(item) for item in items}
    assert (kinds["CT12.1"], kinds["CT01.4"], kinds["CT16.3"], kinds["B1"]) == (
        PeriodKind.FLOW,
        PeriodKind.STOCK,
        PeriodKind.RATE,
        PeriodKind.STOCK,
    )
    assert [code for code, kind in kinds.items() if kind is PeriodKind.MAXIMUM] == ["CT09.4"]
    assert [code for code, kind in kinds.items() if kind is PeriodKind.YES_NO] == ["CT11.1", "CT11.2"]


@pytest.mark.parametrize("missing", [True, False])
def test_the_workbook_read_back_gives_the_figures_of_the_inbox(missing: bool, tmp_path: Path) -> None:
    dataset, figures, catalogue, config = sample_run(missing)
    path = tmp_path / "Tong-hop-2026.xlsx"
    path.write_bytes(build_workbook(dataset, figures, catalogue, config, lambda finding: ("", ""), lambda file: ""))
    assert read_year(path, 2026) == replace(as_year(dataset, figures), origin=path.name)


@pytest.mark.parametrize("how", ["total typed over", "formulas without values"])
def test_a_workbook_that_a_person_changed_is_no_source(how: str, tmp_path: Path) -> None:
    dataset, figures, catalogue, config = sample_run()
    path = tmp_path / "Tong-hop-2026.xlsx"
    path.write_bytes(build_workbook(dataset, figures, catalogue, config, lambda finding: ("", ""), lambda file: ""))
    book = load_workbook(path, data_only=how == "total typed over")
    page = book["Theo đơn vị"]
    if how == "total typed over":
        headings = {cell.value: cell.column for row in page.iter_rows(max_row=8) for cell in row if cell.value}
        row = next(cell.row for cells in page.iter_rows() for cell in cells if cell.value == "CT12.1")
        page.cell(row, headings["Toàn tỉnh"]).value = 5000
    book.save(path)
    with pytest.raises(PhoihopError) as caught:
        read_year(path, 2026)
    told = caught.value.values
    assert (caught.value.key, told["file"]) == ("workbook_changed", "Tong-hop-2026.xlsx")
    if how == "total typed over":
        assert (told["code"], told["told"], told["sum"]) == ("CT12.1", 5000, figures["CT12.1"].total)


@pytest.mark.parametrize("other", [2025, 2027])
def test_the_workbook_of_another_year_is_not_read(other: int, tmp_path: Path) -> None:
    dataset, figures, catalogue, config = sample_run()
    path = tmp_path / "Tong-hop-2026.xlsx"
    path.write_bytes(build_workbook(dataset, figures, catalogue, config, lambda finding: ("", ""), lambda file: ""))
    assert read_year(path, other) is None


def test_what_is_no_workbook_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "Tong-hop-2026.xlsx"
    path.write_bytes(b"not a workbook")
    assert read_year(path, 2026) is None
