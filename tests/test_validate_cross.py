"""K: each of the catalogue's cross-checks, with figures that pass and figures that do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.model import CellRef, CellState, Finding, Severity, Submission, Value
from pipeline.validate import Case, rules_of, sentence
from tests.judging import DISTRICT, clean, codes, number, only, refused

# Code -> figures that fail, figures that pass (as near to each other as can be).
CASES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "K01a": ({"CT01.2": "1", "CT01.4": "0"}, {"CT01.2": "1", "CT01.4": "1"}),
    "K01b": ({"CT01.4": "36", "B3": "10", "B4": "20"}, {"CT01.4": "35", "B3": "10", "B4": "20"}),
    "K02a": ({"CT02.2": "0", "CT02.3": "1"}, {"CT02.2": "0", "CT02.3": "0"}),
    "K02b": ({"CT02.2": "10", "CT02.3": "49"}, {"CT02.2": "10", "CT02.3": "50"}),
    "K03a": ({"CT03.1": "0", "CT03.2": "1"}, {"CT03.1": "1", "CT03.2": "1"}),
    "K04a": ({"CT04.1": "0", "CT04.2": "1"}, {"CT04.1": "0", "CT04.2": "0"}),
    "K04b": ({"CT04.3": "21", "B3": "20"}, {"CT04.3": "20", "B3": "20"}),
    "K05a": ({"CT05.1": "13", "B1": "12"}, {"CT05.1": "12", "B1": "12"}),
    "K05b": ({"CT05.2": "91", "B2": "90"}, {"CT05.2": "90", "B2": "90"}),
    "K05c": ({"CT05.1": "10", "CT05.2": "90", "CT05.3": "299"}, {"CT05.1": "10", "CT05.2": "90", "CT05.3": "300"}),
    "K05d": ({"CT05.1": "1", "CT05.2": "0", "CT05.3": "0"}, {"CT05.1": "0", "CT05.2": "0", "CT05.3": "0"}),
    "K05e": ({"CT05.1": "2", "CT05.2": "3", "CT05.4": "6"}, {"CT05.1": "2", "CT05.2": "3", "CT05.4": "5"}),
    "K05f": ({"CT05.3": "20", "CT05.5": "21"}, {"CT05.3": "20", "CT05.5": "20"}),
    "K06a": ({"CT06.2": "0", "CT06.3": "1"}, {"CT06.2": "0", "CT06.3": "0"}),
    "K07a": ({"CT07.1": "0", "CT07.3": "1"}, {"CT07.1": "1", "CT07.3": "1"}),
    "K07b": ({"CT07.3": "10", "CT07.4": "31"}, {"CT07.3": "10", "CT07.4": "30"}),
    "K08a": ({"CT08.2": "0", "CT08.3": "1"}, {"CT08.2": "0", "CT08.3": "0"}),
    "K08b": ({"CT08.2": "10", "CT08.3": "99"}, {"CT08.2": "10", "CT08.3": "100"}),
    "K08c": ({"CT07.3": "80", "CT08.4": "80"}, {"CT07.3": "80", "CT08.4": "81"}),
    "K09a": ({"CT09.2": "10", "CT10.1": "11"}, {"CT09.2": "10", "CT10.1": "10"}),
    "K10a": ({"CT10.2": "8", "CT10.3": "9"}, {"CT10.2": "8", "CT10.3": "8"}),
    "K10b": ({"CT10.1": "0", "CT10.2": "1"}, {"CT10.1": "1", "CT10.2": "1"}),
    "K10c": ({"CT10.5": "1000000.1"}, {"CT10.5": "1000000"}),
    "K11a": ({"CT11.3": "6", "CT11.4": "5"}, {"CT11.3": "5", "CT11.4": "5"}),
    "K12a": ({"CT12.1": "3", "CT12.2": "4"}, {"CT12.1": "3", "CT12.2": "3"}),
    "K12b": ({"CT12.1": "0", "CT12.3": "0", "CT12.4": "1"}, {"CT12.1": "0", "CT12.3": "0", "CT12.4": "0"}),
    "K12c": ({"CT12.1": "2", "CT12.3": "9", "CT12.4": "10"}, {"CT12.1": "2", "CT12.3": "10", "CT12.4": "10"}),
    "K12d": (
        {"CT12.1": "2", "CT08.2": "2", "CT12.3": "30", "CT12.4": "5", "CT08.3": "35"},
        {"CT12.1": "2", "CT08.2": "2", "CT12.3": "30", "CT12.4": "6", "CT08.3": "35"},
    ),
    "K13a": ({"CT13.1": "0", "CT13.2": "1"}, {"CT13.1": "0", "CT13.2": "0"}),
    "K13b": ({"CT13.2": "10", "CT13.3": "11"}, {"CT13.2": "10", "CT13.3": "10"}),
    "K13c": ({"CT13.2": "10", "CT13.4": "11"}, {"CT13.2": "10", "CT13.4": "10"}),
    "K13d": ({"CT13.2": "10", "CT13.3": "6", "CT13.4": "5"}, {"CT13.2": "10", "CT13.3": "5", "CT13.4": "5"}),
    "K14a": ({"CT14.2": "4", "CT14.3": "5"}, {"CT14.2": "4", "CT14.3": "4"}),
    "K14b": ({"CT14.4": "1", "CT14.5": "0"}, {"CT14.4": "1", "CT14.5": "5"}),
    "K14c": ({"CT14.4": "0", "CT14.5": "5"}, {"CT14.4": "0", "CT14.5": "0"}),
    "K14d": ({"CT14.4": "10", "CT14.5": "49.9"}, {"CT14.4": "10", "CT14.5": "50"}),
    "K15a": ({"CT15.1": "0", "CT15.2": "1"}, {"CT15.1": "0", "CT15.2": "0"}),
    "K16a": ({"CT16.1": "101", "CT16.2": "100"}, {"CT16.1": "100", "CT16.2": "100"}),
    "K16b": ({"B5": "1000", "CT16.2": "1051"}, {"B5": "1000", "CT16.2": "1050"}),
    "K17a": ({"CT17.1": "0", "CT17.2": "1"}, {"CT17.1": "1", "CT17.2": "1"}),
    "K17b": ({"CT17.2": "10", "CT17.3": "9"}, {"CT17.2": "10", "CT17.3": "10"}),
    "K17c": ({"CT17.5": "26", "B3": "20"}, {"CT17.5": "25", "B3": "20"}),
}


@pytest.fixture(scope="module")
def all_checks(whole_catalogue: Catalogue) -> Catalogue:
    """2022 is the year in which all 42 are valid."""
    return whole_catalogue.for_year(2022)


def bare(figures: dict[str, str]) -> Submission:
    """A file that holds these figures and nothing else."""
    one = clean()
    cells = {}
    for row, (code, amount) in enumerate(figures.items(), start=5):
        sheet = "info" if code.startswith("B") else "data"
        ref = CellRef(one.source.path, "Số liệu", row, 5)
        cells[sheet, code] = Value(ref, DISTRICT, sheet, code, amount, CellState.VALUE, Decimal(amount))
    return replace(one, values=cells, records=(), identity=replace(one.identity, year=2022))


def found(code: str, figures: dict[str, str], catalogue: Catalogue, config: Config) -> list[Finding]:
    one = bare(figures)
    rule = next(rule for rule in rules_of(catalogue) if rule.code == code)
    return list(rule.check(Case((one,), catalogue, config, None, frozenset({one.source.path}))))


def test_no_cross_check_lacks_a_case(all_checks: Catalogue) -> None:
    assert [check.code for check in all_checks.checks] == list(CASES)


@pytest.mark.parametrize("code", CASES)
def test_figures_that_agree_are_ok(code: str, all_checks: Catalogue, config: Config) -> None:
    assert found(code, CASES[code][1], all_checks, config) == []


@pytest.mark.parametrize("code", CASES)
def test_figures_that_do_not_agree_are_an_error(code: str, all_checks: Catalogue, config: Config) -> None:
    check = next(check for check in all_checks.checks if check.code == code)
    (finding,) = found(code, CASES[code][0], all_checks, config)
    assert (finding.rule, finding.severity, finding.held) == (code, check.severity, check.held)
    assert finding.ref is not None
    for lang in ("vi", "en"):
        words = sentence(finding, lang, all_checks)
        assert all(f"{operand} = " in words for operand in check.condition.codes), words


@pytest.mark.parametrize("code", CASES)
def test_a_missing_operand_says_nothing(code: str, all_checks: Catalogue, config: Config) -> None:
    for left_out in CASES[code][0]:
        figures = {operand: amount for operand, amount in CASES[code][0].items() if operand != left_out}
        assert found(code, figures, all_checks, config) == []


def test_errors_hold_their_cells_and_warnings_none(all_checks: Catalogue) -> None:
    assert all(bool(check.held) is (check.severity is Severity.ERROR) for check in all_checks.checks)


def test_given_values_are_shown_with_their_codes(whole_catalogue: Catalogue) -> None:
    finding = only(clean(CT12__2=number(9)))
    assert finding.rule == "K12a"
    assert sentence(finding, "vi", whole_catalogue.for_year(2026)).endswith("(CT12.2 = 9; CT12.1 = 2).")


def test_a_refused_operand_is_not_judged_again() -> None:
    assert codes(refused(clean(CT12__1=None), "CT12.1", "x", "no_number_word")) == ["S14"]
