"""The clean figures of a rehearsal agree with every check of the catalogue, in both of its years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from pipeline.catalogue import Activity, Catalogue, Unit
from pipeline.form import choices, data_rows, info_rows
from pipeline.model import Relation
from pipeline.rehearsal import answers_for
from pipeline.rehearsal.amounts import LEFT_BLANK, amounts_for, hosts_of
from pipeline.rehearsal.words import NAME_PARTS, words
from pipeline.sheets import BY_KEY, SUPPLEMENT

YEARS = (2025, 2026)


@pytest.fixture(scope="module", params=YEARS)
def year(request: pytest.FixtureRequest, whole_catalogue: Catalogue) -> Catalogue:
    found = whole_catalogue.for_year(request.param)
    assert (len(found.units), sum(map(found.is_office, found.units))) == (20, 6)
    return found


KNOWN: dict[tuple[str, int], dict[str, Decimal]] = {}


def figures(unit: Unit, catalogue: Catalogue) -> dict[str, Decimal]:
    key = (unit.code, catalogue.year)
    if key not in KNOWN:
        KNOWN[key] = {code: Decimal(str(amount)) for code, amount in amounts_for(unit, catalogue).items()}
    return KNOWN[key]


def listed_activities(unit: Unit, catalogue: Catalogue) -> Iterator[tuple[Activity, dict[str, int]]]:
    amounts = amounts_for(unit, catalogue)
    for activity in catalogue.activities_of(unit):
        totals = Counter[str]()
        for indicator in catalogue.indicators_of(activity):
            if indicator.events and indicator.code in amounts:
                totals[indicator.events] += int(amounts[indicator.code])
        if totals:
            yield activity, dict(totals)


def test_every_cross_check_holds_for_every_unit(year: Catalogue) -> None:
    broken = [
        (unit.code, check.code)
        for unit in year.units
        for check in year.checks
        if check.condition.holds(figures(unit, year)) is False
    ]
    assert broken == []


def test_every_figure_is_within_its_bounds(year: Catalogue) -> None:
    outside = [
        (unit.code, indicator.code)
        for unit in year.units
        for indicator in year.indicators
        if indicator.soft is not None and figures(unit, year).get(indicator.code, 0) > indicator.soft
    ]
    assert outside == []
    assert all(amount >= 0 for unit in year.units for amount in figures(unit, year).values())


def test_every_required_row_is_filled(year: Catalogue) -> None:
    for unit in year.units:
        answers = answers_for(unit, year)
        typed = {**answers.info, **answers.data}
        rows = [*info_rows(year, unit, "vi"), *data_rows(year, unit, "vi")]
        blank = {row.code for row in rows if row.role == "input" and row.code not in typed} - {SUPPLEMENT}
        left = {f"CT{number:02d}" for number in LEFT_BLANK.get(unit.kind, ())}
        assert {code.partition(".")[0] for code in blank} == left, unit.code


def test_nothing_is_typed_that_the_form_does_not_ask(year: Catalogue) -> None:
    for unit in year.units:
        asked = {row.code for row in [*info_rows(year, unit, "vi"), *data_rows(year, unit, "vi")]}
        answers = answers_for(unit, year)
        assert {*answers.info, *answers.data, *answers.notes} <= asked


def test_integers_are_typed_where_integers_are_asked(year: Catalogue) -> None:
    for unit in year.units:
        amounts = amounts_for(unit, year)
        decimals = {code for code, amount in amounts.items() if isinstance(amount, float)}
        assert decimals <= {"CT10.5", "CT14.5"}


def test_events_add_up_to_the_figures(year: Catalogue) -> None:
    assert sum(len(list(listed_activities(unit, year))) for unit in year.units) == 175
    for unit in year.units:
        rows = answers_for(unit, year).lists["events"]
        for activity, totals in listed_activities(unit, year):
            own = [row for row in rows if row["activity"] == activity.code]
            assert len(own) == totals["count"], (unit.code, activity.code)
            if "people" in totals:
                assert sum(int(str(row["people"])) for row in own) == totals["people"], (unit.code, activity.code)


def test_events_lie_in_the_year_and_are_told_apart(year: Catalogue) -> None:
    for unit in year.units:
        rows = answers_for(unit, year).lists["events"]
        assert rows
        for row in rows:
            start, end = row["start"], row["end"]
            assert isinstance(start, date)
            assert isinstance(end, date)
            assert date(year.year, 1, 1) <= start <= end < date(year.year, 11, 16)
            assert int(str(row["people"])) > 0
        assert len({(row["activity"], row["name"], row["start"]) for row in rows}) == len(rows), unit.code


def test_drop_downs_hold_only_their_own_words(year: Catalogue) -> None:
    for unit in year.units:
        for key, rows in answers_for(unit, year).lists.items():
            sheet = BY_KEY[key]
            assert {name for row in rows for name in row} <= {column.key for column in sheet.columns}
            for column in sheet.columns:
                if column.choices:
                    given = {row[column.key] for row in rows if column.key in row}
                    assert given <= set(choices(column.choices, year, unit, "vi"))
                if column.required:
                    assert all(row[column.key] for row in rows)


def test_compared_offices_are_a_few_percent_from_the_counted_ones(year: Catalogue) -> None:
    compared = 0
    for unit in year.units:
        for activity in year.activities_of(unit):
            if year.relation(unit, activity) is not Relation.RECONCILED:
                continue
            hosts = hosts_of(unit, activity, year)
            for indicator in year.indicators_of(activity):
                if indicator.computed:
                    continue
                counted = sum(figures(host, year)[indicator.code] for host in hosts)
                assert counted <= figures(unit, year)[indicator.code] <= counted * Decimal("1.06")
                compared += 1
    assert compared == 64


def test_an_office_stays_below_the_districts_together(year: Catalogue) -> None:
    districts = [unit for unit in year.units if not year.is_office(unit)]
    assert sum(len(figures(office, year)) for office in year.units if year.is_office(office)) == 159
    for office in filter(year.is_office, year.units):
        for code, amount in figures(office, year).items():
            reported = [figures(unit, year)[code] for unit in districts if code in figures(unit, year)]
            assert amount == 0 or amount < sum(reported), (office.code, code)
            assert amount < 1000 or amount not in reported, (office.code, code)


def test_no_figure_is_typed_three_times(year: Catalogue) -> None:
    people = {i.code for i in year.indicators if i.unit_of_measure in {"lượt", "người"}}
    told = 0
    for unit in year.units:
        large = Counter(amount for code, amount in figures(unit, year).items() if code in people and amount >= 100)
        assert all(times < 3 for times in large.values()), unit.code
        told += large.total()
    assert told == {2025: 214, 2026: 215}[year.year]


def test_no_unit_stands_out(year: Catalogue) -> None:
    compared = 0
    for indicator in year.indicators:
        units = [unit for unit in year.expected_units(indicator.code) if indicator.code in figures(unit, year)]
        amounts = sorted(figures(unit, year)[indicator.code] for unit in units)
        if len(amounts) >= 5 and sum(amounts) >= 50:
            assert amounts[-1] <= sum(amounts) * Decimal("0.6"), indicator.code
            assert amounts[-1] < amounts[len(amounts) // 2] * 100, indicator.code
            compared += 1
    assert compared == {2025: 46, 2026: 47}[year.year]


def test_last_year_is_like_this_year_but_not_the_same(whole_catalogue: Catalogue) -> None:
    before, now = (whole_catalogue.for_year(year) for year in YEARS)
    assert sum(1 for unit in now.units for amount in figures(unit, now).values() if amount) == 1101
    for unit in now.units:
        earlier, later = figures(unit, before), figures(unit, now)
        assert earlier.keys() == later.keys()
        shown = [code for code in later if later[code]]
        same = [code for code in shown if later[code] == earlier[code]]
        assert len(same) < 0.8 * len(shown), unit.code
        for code in shown:
            assert earlier[code] / 4 < later[code] < earlier[code] * 4 or abs(later[code] - earlier[code]) < 50
            indicator = now.indicator(code)
            if indicator is not None and indicator.kind == "stock":
                assert later[code] >= earlier[code] * Decimal("0.8"), (unit.code, code)


def test_answers_are_the_same_every_time(catalogue: Catalogue) -> None:
    unit = catalogue.units[1]
    assert answers_for(unit, catalogue) == answers_for(unit, catalogue)
    assert answers_for(unit, catalogue) != answers_for(catalogue.units[2], catalogue)


def test_answers_exist_in_english(catalogue: Catalogue) -> None:
    unit = catalogue.units[1]
    answers = answers_for(unit, catalogue, "en")
    assert answers.data["CT12.1"] == answers_for(unit, catalogue).data["CT12.1"]
    assert answers.lists["assessment"][0]["kind"] in choices("assessment", catalogue, unit, "en")


# ---- people ---------------------------------------------------------------------------------------------------------


def test_names_fit_the_gender_of_a_nominee(catalogue: Catalogue) -> None:
    own = {"Nam": ("men", {"Thị", "Thúy", "Kim", "Mỹ", "Diễm"}), "Nữ": ("women", {"Văn", "Quốc", "Hữu", "Đức"})}
    nominees = [row for unit in catalogue.units for row in answers_for(unit, catalogue).lists["nominations"]]
    assert len(nominees) > 3
    for row in nominees:
        whose, foreign = own[str(row["gender"])]
        _, middle, given = str(row["name"]).split(" ", 2)
        assert middle in words(f"people.{whose}.middles", "vi")
        assert given in words(f"people.{whose}.given", "vi")
        assert middle not in foreign


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("part", NAME_PARTS)
def test_men_and_women_have_equally_many_names(part: str, lang: str) -> None:
    men, women = (words(f"people.{who}.{part}", lang) for who in ("men", "women"))
    assert len(men) == len(women) == len(set(men)) == len(set(women))
