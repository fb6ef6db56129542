"""Theo đơn vị: indicator × unit, with live totals whose stored values are right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from xlsxwriter.worksheet import Worksheet

from pipeline.catalogue import Base, Indicator, Unit
from pipeline.model import Entry, Outcome, Relation
from pipeline.text import DASH, shown
from pipeline.workbook.context import Context
from pipeline.workbook.table import FIRST_ROW, Column, Table, letter, write

LEADING = (
    Column("activity", 7, "centre"),
    Column("code", 9, "centre"),
    Column("name", 44),
    Column("unit_of_measure", 12, "centre"),
)
TOTAL, REPORTING = 4, 5
FIRST_UNIT = 6

Item = Indicator | Base


@dataclass(frozen=True)
class Matrix:
    """Where each indicator and unit stands; other sheets refer to its totals."""

    context: Context

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The rows: indicators in appendix order, then base data."""
        return (*self.context.catalogue.indicators, *self.context.catalogue.bases)

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Code -> row number as Excel shows it."""
        return {item.code: FIRST_ROW + number for number, item in enumerate(self.items)}

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The counted columns: units of the register that are due."""
        return tuple(unit for unit in self.context.catalogue.units if unit.code in self.context.figures.due)

    @cached_property
    def compared(self) -> tuple[Unit, ...]:
        """The offices with figures that are only compared: columns of their own, never added."""
        held = {
            unit for (unit, _), relation in self.context.figures.relations.items() if relation is Relation.RECONCILED
        }
        return tuple(unit for unit in self.context.catalogue.units if unit.code in held)

    def units_range(self, code: str) -> str:
        """The counted cells of a row: $G$5:$Z$5."""
        row = self.rows[code]
        return f"${letter(FIRST_UNIT)}${row}:${letter(FIRST_UNIT + len(self.units) - 1)}${row}"

    def total_cell(self, code: str) -> str:
        """The total of a row, from another sheet."""
        return f"'{self.context.say('matrix.sheet_name')}'!${letter(TOTAL)}${self.rows[code]}"

    def formula(self, item: Item) -> str:
        """The total of a row over its counted cells; the dash where nothing is reported or a denominator is 0."""
        cells = self.units_range(item.code)
        if isinstance(item, Indicator) and item.computed:
            return self._rate(item)
        over = "MAX" if isinstance(item, Indicator) and item.over_units == "max" else "SUM"
        return f'=IF(COUNT({cells})=0,"{DASH}",{over}({cells}))'

    def _rate(self, indicator: Indicator) -> str:
        """Σ numerator / Σ denominator over the units that report all operands."""
        ranges = {code: self.units_range(code) for code in (*indicator.numerator, *indicator.denominator)}
        mask = "*".join(f"ISNUMBER({cells})" for cells in ranges.values())
        top, bottom = (
            "+".join(f"SUMPRODUCT({mask},{ranges[code]})" for code in codes)
            for codes in (indicator.numerator, indicator.denominator)
        )
        return f'=IF(({bottom})=0,"{DASH}",ROUND(100*({top})/({bottom}),1))'


def write_matrix(page: Worksheet, context: Context) -> None:
    """The whole sheet."""
    matrix = Matrix(context)
    unit_columns = [Column(unit.code, 11, "number") for unit in (*matrix.units, *matrix.compared)]
    total_columns = (Column("total", 13, "total"), Column("reporting", 9, "centre"))
    headings = [context.say(f"matrix.{column.key}") for column in (*LEADING, *total_columns)]
    headings += [unit.name for unit in matrix.units]
    headings += [context.say("matrix.compared", unit=unit.name) for unit in matrix.compared]
    table = Table(page, context, "matrix", (*LEADING, *total_columns, *unit_columns), headings)
    entries = {(entry.unit, entry.code): entry for entry in context.dataset.entries}
    for item in matrix.items:
        _write_row(table, matrix, item, entries)
    table.show_fractions(TOTAL, TOTAL, "total")
    table.show_fractions(FIRST_UNIT, FIRST_UNIT + len(matrix.units) - 1, "number")
    table.finish()
    page.freeze_panes(FIRST_ROW - 1, FIRST_UNIT)
    page.print_area(0, 0, table.row - 1, len(table.columns) - 1)
    page.set_paper(8)


def _write_row(table: Table, matrix: Matrix, item: Item, entries: Mapping[tuple[str, str], Entry]) -> None:
    context = matrix.context
    figure = context.figures[item.code]
    activity: object = item.activity if isinstance(item, Indicator) else ""
    fixed = (activity, item.code, item.name, item.unit_of_measure, None, f"{figure.reporting}/{figure.expected}")
    row = table.add(*fixed, *[None] * (len(table.columns) - len(fixed))) - 1
    rate = isinstance(item, Indicator) and item.computed
    total = DASH if figure.total is None else figure.total
    style = "rate_total" if rate else "total"
    if isinstance(total, bool):
        write(table.page, row, TOTAL, total, style, context)
    else:
        table.page.write_formula(row, TOTAL, matrix.formula(item), context.styles[style], total)
    for column, unit in enumerate(matrix.units, start=FIRST_UNIT):
        _write_cell(table, matrix, row, column, unit, item, entries)
    for column, unit in enumerate(matrix.compared, start=FIRST_UNIT + len(matrix.units)):
        compared = context.figures.relations.get((unit.code, item.code)) is Relation.RECONCILED
        amount = context.figures.by_unit.get((unit.code, item.code)) if compared else None
        write(table.page, row, column, amount, "reconciled" if compared else "not_applicable", context)


def _write_cell(
    table: Table,
    matrix: Matrix,
    row: int,
    column: int,
    unit: Unit,
    item: Item,
    entries: Mapping[tuple[str, str], Entry],
) -> None:
    context = matrix.context
    relation = context.figures.relations.get((unit.code, item.code), context.catalogue.relation_to(unit, item.code))
    entry = entries.get((unit.code, item.code))
    rate = isinstance(item, Indicator) and item.computed
    amount: Decimal | bool | None = context.figures.by_unit.get((unit.code, item.code))
    if relation in {Relation.REPLACED, Relation.ENDED}:
        # As text it is no part of the sums on this row.
        write(table.page, row, column, f"({shown(amount, context.lang)})", "set_aside", context)
        return
    if not relation.added:
        style, amount = "not_applicable", None
    elif relation is Relation.STANDS_IN:
        style = "stands_in"
    elif amount is not None:
        style = "rate" if rate else "number"
    elif entry is not None and entry.outcome is Outcome.REFUSED:
        style = "refused"
    else:
        style = "number" if rate else "blank"
    write(table.page, row, column, amount, style, context)
