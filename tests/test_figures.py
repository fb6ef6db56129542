"""Every total, rate, change and ranking of the year, in exact decimal arithmetic."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ControlTotalError
from pipeline.figures import as_previous, check_controls, compute_figures
from pipeline.merge import choose, merge
from pipeline.model import Dataset, Figures, FigureState, Outcome, PreviousYear, Scalar, UnitState
from tests.factory import shipped, submission

CATALOGUE, CONFIG = shipped()
UNITS = {unit.code: unit for unit in CATALOGUE.units}
DISTRICTS = [unit.code for unit in CATALOGUE.units if not CATALOGUE.is_office(unit)]


def dataset_of(amounts: dict[str, dict[str, Scalar]]) -> Dataset:
    sent = tuple(submission(UNITS[unit], given) for unit, given in amounts.items())
    return merge(sent, choose(sent, CATALOGUE), (), CATALOGUE, CONFIG)


def figures_of(amounts: dict[str, dict[str, Scalar]], previous: PreviousYear | None = None) -> Figures:
    return compute_figures(dataset_of(amounts), CATALOGUE, previous)


def typed(code: str, *numbers: int | str | None) -> dict[str, dict[str, Scalar]]:
    """The first districts report these numbers under one code; CT01.1 keeps their forms from being blank."""
    return {
        unit: {"CT01.1": Decimal(1), code: None if n is None else Decimal(n)}
        for unit, n in zip(DISTRICTS, numbers, strict=False)
    }


def test_a_flow_is_summed_over_the_counted_units() -> None:
    figure = figures_of(typed("CT12.1", 2, 3, 0))["CT12.1"]
    assert (figure.total, figure.state, figure.reporting) == (Decimal(5), FigureState.VALUE, 3)


def test_a_blank_is_not_a_zero() -> None:
    figures = figures_of(typed("CT12.1", None, None))
    assert (figures["CT12.1"].total, figures["CT12.1"].state, figures["CT12.1"].reporting) == (
        None,
        FigureState.NO_REPORT,
        0,
    )
    zeros = figures_of(typed("CT12.1", 0, None))["CT12.1"]
    assert (zeros.total, zeros.state, zeros.reporting) == (Decimal(0), FigureState.ZERO, 1)


def test_every_total_says_how_many_units_it_rests_on() -> None:
    figure = figures_of(typed("CT12.1", 2, 3))["CT12.1"]
    expected = [unit.code for unit in CATALOGUE.expected_units("CT12.1")]
    assert (figure.reporting, figure.expected) == (2, len(expected))
    assert figure.missing == tuple(code for code in expected if code not in DISTRICTS[:2])


def test_a_rate_is_a_ratio_of_sums_not_a_mean_of_rates() -> None:
    given_amounts = {
        DISTRICTS[0]: {"CT16.1": Decimal(1), "CT16.2": Decimal(1)},
        DISTRICTS[1]: {"CT16.1": Decimal(0), "CT16.2": Decimal(99)},
    }
    figures = figures_of(given_amounts)
    assert figures["CT16.3"].total == Decimal("1.0")
    assert figures.by_unit[DISTRICTS[0], "CT16.3"] == Decimal("100.0")


def test_a_rate_rests_only_on_units_with_both_parts() -> None:
    given_amounts: dict[str, dict[str, Scalar]] = {
        DISTRICTS[0]: {"CT16.1": Decimal(50), "CT16.2": Decimal(100)},
        DISTRICTS[1]: {"CT16.1": None, "CT16.2": Decimal(900)},
    }
    figure = figures_of(given_amounts)["CT16.3"]
    assert (figure.total, figure.reporting) == (Decimal("50.0"), 1)


def test_a_denominator_of_zero_gives_no_rate() -> None:
    figure = figures_of({DISTRICTS[0]: {"CT16.1": Decimal(0), "CT16.2": Decimal(0)}})["CT16.3"]
    assert (figure.total, figure.state) == (None, FigureState.NO_DENOMINATOR)


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"), (1, 800, "0.1"), (5, 800, "0.6"), (37, 400, "9.3")],
)
def test_rates_round_half_up(part: int, whole: int, rate: str) -> None:
    figure = figures_of({DISTRICTS[0]: {"CT16.1": Decimal(part), "CT16.2": Decimal(whole)}})["CT16.3"]
    assert figure.total == Decimal(rate)


def test_decimals_are_added_exactly() -> None:
    assert figures_of(typed("CT10.5", "0.1", "0.2"))["CT10.5"].total == Decimal("0.3")


def test_maxima_are_not_added() -> None:
    codes = [i.code for i in CATALOGUE.indicators if i.over_units == "max"]
    assert codes == ["CT09.4"]
    for code in codes:
        units = [unit.code for unit in CATALOGUE.expected_units(code)][:3]
        assert len(units) == 3
        given_amounts = {
            unit: {"CT01.1": Decimal(1), "CT12.1": Decimal(1), code: Decimal(n)} for n, unit in enumerate(units, 4)
        }
        assert figures_of(given_amounts)[code].total == Decimal(3 + len(units))


@pytest.mark.parametrize(
    ("now", "before", "change", "percent"),
    [(15, 10, 5, "50.0"), (10, 15, -5, "-33.3"), (10, 10, 0, "0.0"), (10, 0, 10, None), (0, 10, -10, "-100.0")],
)
def test_change_on_last_year(now: int, before: int, change: int, percent: str | None) -> None:
    figure = figures_of(typed("CT12.1", now), PreviousYear(2025, {}, {"CT12.1": Decimal(before)}))["CT12.1"]
    assert (figure.change, figure.change_percent) == (Decimal(change), None if percent is None else Decimal(percent))


def test_without_last_year_there_is_no_change() -> None:
    figures = figures_of(typed("CT12.1", 5))
    assert (figures["CT12.1"].previous, figures["CT12.1"].change, figures.previous_year) == (None, None, None)


def test_the_change_of_a_rate_is_in_points() -> None:
    previous = PreviousYear(2025, {}, {"CT16.3": Decimal("40.0")})
    figure = figures_of({DISTRICTS[0]: {"CT16.1": Decimal(1), "CT16.2": Decimal(2)}}, previous)["CT16.3"]
    assert (figure.change, figure.change_percent) == (Decimal("10.0"), None)


def test_of_two_offices_the_leads_counts_and_the_other_is_compared() -> None:
    # Activity 12 is led by the Tỉnh đoàn: its Bans count, the Phòng of the Sở is compared with what they report.
    offices = [unit.code for unit in CATALOGUE.units if CATALOGUE.is_office(unit)]
    compared = next(code for code in offices if CATALOGUE.relation_to(UNITS[code], "CT12.1").value == "reconciled")
    counted = next(code for code in offices if CATALOGUE.relation_to(UNITS[code], "CT12.1").value == "focal")
    amounts: dict[str, dict[str, Scalar]] = {
        DISTRICTS[0]: {"CT12.1": Decimal(10)},
        counted: {"CT12.1": Decimal(4)},
        compared: {"CT12.1": Decimal(5)},
    }
    figure = figures_of(amounts)["CT12.1"]
    assert figure.total == Decimal(14)
    assert [(one.unit, one.amount, one.difference) for one in figure.reconciled] == [(compared, Decimal(5), Decimal(1))]


def test_highest_and_lowest_only_where_one_unit_stands_alone() -> None:
    figures = figures_of(typed("CT12.1", 9, 1, 1))
    assert figures.highest["CT12.1"] == DISTRICTS[0]
    assert "CT12.1" not in figures.lowest


def test_base_data_are_added() -> None:
    assert figures_of(typed("B3", 20, 22))["B3"].total == Decimal(42)


def test_a_sum_that_does_not_hold_stops_the_run() -> None:
    dataset = dataset_of(typed("CT12.1", 2, 3))
    figures = compute_figures(dataset, CATALOGUE)
    check_controls(dataset, figures, CATALOGUE)
    wrong = replace(figures, indicators={**figures.indicators, "CT12.1": replace(figures["CT12.1"], total=Decimal(6))})
    with pytest.raises(ControlTotalError) as caught:
        check_controls(dataset, wrong, CATALOGUE)
    assert (caught.value.key, caught.value.values["code"], caught.value.exit_code) == ("control_sum", "CT12.1", 3)


@pytest.mark.parametrize(
    ("field", "change", "key"),
    [("files_found", 1, "control_files"), ("cells_read", 1, "control_cells")],
)
def test_a_count_that_does_not_hold_stops_the_run(field: str, change: int, key: str) -> None:
    dataset = dataset_of(typed("CT12.1", 2))
    figures = compute_figures(dataset, CATALOGUE)
    wrong = replace(dataset, controls=replace(dataset.controls, **{field: getattr(dataset.controls, field) + change}))
    with pytest.raises(ControlTotalError) as caught:
        check_controls(wrong, figures, CATALOGUE)
    assert caught.value.key == key


def test_a_year_is_the_next_years_comparison() -> None:
    dataset = dataset_of(typed("CT12.1", 2, 3))
    previous = as_previous(dataset, compute_figures(dataset, CATALOGUE), "inbox/2026")
    assert previous.totals["CT12.1"] == Decimal(5)
    assert previous.amounts[DISTRICTS[1], "CT12.1"] == Decimal(3)
    assert "CT12.2" not in previous.totals


def test_an_empty_year() -> None:
    dataset = dataset_of({})
    figures = compute_figures(dataset, CATALOGUE)
    assert {figure.state for figure in figures.indicators.values()} == {FigureState.NO_REPORT}
    assert figures.received == ()
    assert {unit.state for unit in dataset.units} == {UnitState.MISSING}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=1, max_size=len(DISTRICTS)))
def test_the_sum_of_the_units_is_the_total(numbers: list[int | None]) -> None:
    dataset = dataset_of(typed("CT12.3", *numbers))
    figure = compute_figures(dataset, CATALOGUE)["CT12.3"]
    accepted = [e.amount for e in dataset.entries if e.code == "CT12.3" and e.outcome is Outcome.ACCEPTED]
    reported = [n for n in numbers if n is not None]
    assert len(accepted) == len(reported) == figure.reporting
    assert figure.total == (sum(reported) if reported else None)
