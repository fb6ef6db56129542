"""What every cell of every annex must hold, by row and column, from ``Figures``, ``Dataset`` and the catalogue alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from pipeline.catalogue import Activity, Catalogue, Indicator
from pipeline.model import (
    FigureState,
    PeriodFigure,
    PeriodKind,
    PeriodYear,
    Reason,
    Record,
    Relation,
    UnitOutcome,
    UnitState,
)
from pipeline.report import Material
from tests.numbers import Block, day_of, tokens, written

Cell = str | Counter[str] | None
Cells = tuple[Cell, ...]
"""A row: the words of each cell, the numbers that its words may have, or None for words without any."""
AT_ONCE = 7


def table_faults(tables: Sequence[Block], key: str, given: Material) -> Iterator[str]:
    """Cells that do not hold what they must; rows and tables too many or missing."""
    expected = [rows for rows in EXPECTED[key](given) if rows] if key in EXPECTED else []
    if len(expected) != len(tables):
        yield f"{len(tables)} tables instead of {len(expected)}"
    for table, wanted in zip(tables, expected, strict=False):
        head, *rows = table.rows
        if foreign := [token for title in head for token in tokens(title) if token not in _years(given)]:
            yield f"{foreign} in the heading of {table.text}"
        if len(rows) != len(wanted):
            yield f"{len(rows)} rows instead of {len(wanted)} in {table.text}"
        for row, cells in zip(rows, wanted, strict=False):
            yield from (
                f"“{a}” instead of “{b}” in {table.text}: {row[:2]}" for a, b in _pairs(row, cells) if not _same(a, b)
            )


def _pairs(row: Sequence[str], cells: Cells) -> list[tuple[str, Cell]]:
    return list(zip(row, cells, strict=True)) if len(row) == len(cells) else [(" | ".join(row), f"{len(cells)} cells")]


def _same(told: str, wanted: Cell) -> bool:
    if isinstance(wanted, str):
        return told == " ".join(wanted.split())
    return Counter(tokens(told)) <= (wanted or Counter())


def _years(given: Material) -> set[str]:
    span = given.period.span if given.period else ()
    return {str(year) for year in (given.config.year, given.config.year - 1, *span)}


# ---- figures --------------------------------------------------------------------------------------------------------


def code_of(indicator: Indicator) -> str:
    """12.1 for CT12.1, 5.1 for CT05.1."""
    return re.sub(r"^CT0?", "", indicator.code)


def name_of(indicator: Indicator) -> str:
    return re.sub(r"CT0?(\d+\.\d+)", r"\1", indicator.name)


def cell(indicator: Indicator, value: Decimal | bool | None, empty: str = "…") -> str:
    """An amount in a table: rates with one decimal."""
    if value is None:
        return empty
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return f"{written(value, 1)}%" if indicator.type == "percent" else written(value)


def signed(value: Decimal) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{written(abs(value), 1)}"


def indicators(given: Material) -> list[Cells]:
    def row(indicator: Indicator) -> Cells:
        figure = given.figures[indicator.code]
        empty = "–" if figure.state is FigureState.NO_DENOMINATOR else "…"
        now, before = figure.total, figure.previous
        change = "–"
        if figure.change == 0:
            change = "không đổi"
        elif indicator.type == "percent" and figure.change is not None:
            change = f"{signed(figure.change)} điểm %"
        elif indicator.type != "percent" and isinstance(now, Decimal) and isinstance(before, Decimal) and before:
            change = f"{signed(100 * (now - before) / before)}%"
        return (
            code_of(indicator), name_of(indicator), indicator.unit_of_measure, cell(indicator, now, empty),
            cell(indicator, before, "–"), change, cell(indicator, figure.target, "–"), f"{figure.reporting}/{figure.expected}",
        )  # fmt: skip

    return list(_by_activity(given.catalogue, row, titled=True))


def units(given: Material) -> list[list[Cells]]:
    """Three tables for twenty units: every amount under its unit."""
    due = given.figures.due
    parts = -(-len(due) // AT_ONCE)
    size = -(-len(due) // parts)

    def table(codes: Sequence[str]) -> list[Cells]:
        def row(indicator: Indicator) -> Cells:
            own = [_of_unit(given, unit, indicator) for unit in codes]
            total = cell(indicator, given.figures[indicator.code].total)
            return (code_of(indicator), name_of(indicator), indicator.unit_of_measure, *own, total)

        return list(_by_activity(given.catalogue, row))

    return [table(due[part * size : (part + 1) * size]) for part in range(parts)]


def _of_unit(given: Material, code: str, indicator: Indicator) -> str:
    relation = given.catalogue.relation_to(unit, indicator.code) if (unit := given.catalogue.unit(code)) else None
    if relation in {None, Relation.NOT_APPLICABLE}:
        return "x"
    own = given.figures.by_unit.get((code, indicator.code))
    told = cell(indicator, own)
    return f"({told})" if own is not None and relation is Relation.RECONCILED else told


def by_year(given: Material) -> list[Cells]:
    period, catalogue = given.period, given.of_years
    assert period is not None
    assert catalogue is not None
    numbers: dict[tuple[str, int, tuple[str, ...]], int] = {}

    def remark(figure: PeriodFigure) -> str:
        said = []
        if figure.as_of is not None and (figure.as_of != period.last or figure.kind is PeriodKind.MAXIMUM):
            said.append(f"số của năm {figure.as_of}")
        if figure.missing_years and figure.total is not None:
            said.append(f"chưa có số liệu năm {', '.join(map(str, figure.missing_years))}")
        notes = [n for n in figure.notes if n.kind in {"stands_in", "replaced", "ended"}]
        marks = [f"({numbers.setdefault((n.kind, n.year, n.units), len(numbers) + 1)})" for n in notes]
        return " ".join(["; ".join(said), *marks])

    def row(indicator: Indicator) -> Cells:
        figure = period[indicator.code]
        years = [cell(indicator, figure.by_year[y], "…" if y in figure.years else "x") for y in period.span]
        total = cell(indicator, figure.total, "–" if figure.state is FigureState.NO_DENOMINATOR else "…")
        return (code_of(indicator), name_of(indicator), indicator.unit_of_measure, *years, total, remark(figure))

    return list(_by_activity(catalogue, row, titled=True))


def _by_activity(catalogue: Catalogue, row: Callable[[Indicator], Cells], titled: bool = False) -> Iterator[Cells]:
    section = ""
    for activity in catalogue.activities:
        if activity.section != section:
            section = activity.section
            yield _section(section, catalogue)
        if titled:
            yield (str(activity.number), activity.text)
        yield from (row(one) for one in catalogue.indicators if one.activity == activity.number)


def _section(number: str, catalogue: Catalogue) -> Cells:
    title = next(one.title for one in catalogue.sections if one.number == number)
    return (number, title.upper())


# ---- units, plans, people -------------------------------------------------------------------------------------------


def submissions(given: Material) -> list[Cells]:
    def row(place: int, one: UnitOutcome) -> Cells:
        counts = [f"{n} {word}" for n, word in ((one.errors, "lỗi"), (one.warnings, "cảnh báo")) if n]
        late = (day_of(one.received), str(one.days_late)) if one.received else ("–", "–")
        return (str(place), given.catalogue.unit_name(one.unit), None, *late, str(one.versions), "; ".join(counts))

    due = [one for one in given.dataset.units if one.state is not UnitState.NOT_DUE]
    return [row(place, one) for place, one in enumerate(due, 1)]


def origin_of(one: PeriodYear) -> str:
    if one.origin:
        return f"bảng tổng hợp năm {one.year} (tệp {one.origin})"
    return f"biểu số liệu các đơn vị gửi năm {one.year}"


def sources(given: Material) -> list[Cells]:
    assert given.period is not None
    found = {one.year: one for one in given.period.years}
    return [
        (str(n), str(y), str(found[y].received), str(found[y].due), None, origin_of(found[y]))
        if y in found
        else (str(n), str(y), "–", "–", None, "–")
        for n, y in enumerate(given.period.span, 1)
    ]


def activities(given: Material) -> list[Cells]:
    catalogue = given.next_activities
    rows: list[Cells] = []
    sections: list[str] = []

    def row(one: Activity) -> Cells:
        focal = one.focal_verbatim.replace(" - ", "; ").removeprefix("- ")
        result = "–" if one.result.startswith("Năm 2022") else one.result
        return (str(one.number), one.text, _now(one.lead), _now(focal), one.time, result)

    for one in catalogue.activities:
        if one.section not in sections:
            sections.append(one.section)
            rows.append(_section(one.section, catalogue))
        rows.append(row(one))
    return rows


def _now(text: str) -> str:
    """The one agency of the shipped settings that has changed its name."""
    return text.replace("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ")


def plans(given: Material) -> list[Cells]:
    texts = {activity.code: activity.text for activity in given.catalogue.activities}
    rows: list[Cells] = []
    of_activity: dict[str, list[Record]] = {}
    for record in given.dataset.rows("plan"):
        of_activity.setdefault(record.text("activity"), []).append(record)
    number = 0
    for code, records in sorted(of_activity.items()):
        rows.append(("", texts[code]))
        for record in records:
            number += 1
            told = (record.text(key) for key in ("time", "target", "partner"))
            rows.append((str(number), record.text("content"), given.catalogue.unit_name(record.unit), *told))
    return rows


def addressed(given: Material) -> list[Cells]:
    return [(str(n), one.name, given.forms[one.code]) for n, one in enumerate(given.catalogue.units, 1)]


def reminded(given: Material) -> list[Cells]:
    asked = [one for one in given.dataset.units if one.state in {UnitState.MISSING, UnitState.WITH_ERRORS}]
    if len(asked) <= 6:
        return []
    return [
        (str(n), given.catalogue.unit_name(one.unit), f"còn {one.errors} số liệu phải sửa" if one.errors else None,
         day_of(one.deadline or given.config.unit_deadline))
        for n, one in enumerate(asked, 1)
    ]  # fmt: skip


def nominated(given: Material) -> list[Cells]:
    rows: list[Cells] = []
    awards = list(dict.fromkeys(one.award for one in given.nominations))
    for place, award in enumerate(awards, 1):
        rows.append(("I" * place, f"Kỷ niệm chương “{award}”"))
        for one in (p for p in given.nominations if p.award == award):
            years = "–" if one.years_total is None else str(one.years_total)
            born = "–" if one.born is None else day_of(one.born)
            n = sum(len(row) > 2 for row in rows) + 1
            rows.append((str(n), one.name, one.gender, born, one.position, one.category, one.service, years,
                         one.achievements, one.discipline, None))  # fmt: skip
    return rows


def reasons(given: Material) -> list[Cells]:
    """Reasons are sentences of the criteria: their numbers are those of the values that they were given."""
    people = [one for one in given.nominations if one.reasons]
    return [
        (str(n), one.name, given.catalogue.unit_name(one.unit), None, _reasons(one.reasons))
        for n, one in enumerate(people, 1)
    ]


def _reasons(told: Sequence[Reason]) -> Counter[str]:
    values = [value for _, given in told for value in given.values()]
    return Counter(
        token for value in values for token in tokens(day_of(value) if isinstance(value, date) else str(value))
    )


EXPECTED: dict[str, Callable[[Material], list[list[Cells]]]] = {
    "annual": lambda given: [indicators(given), *units(given), submissions(given)],
    "plan": lambda given: [activities(given), plans(given)],
    "cover": lambda given: [addressed(given)],
    "reminder": lambda given: [reminded(given)],
    "awards": lambda given: [nominated(given), reasons(given)],
    "period": lambda given: [by_year(given), sources(given)],
}
"""The tables of every document, in order; one that is not here has no tables."""
