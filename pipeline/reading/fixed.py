"""The sheets with known rows: rows are found by their code, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from pipeline.catalogue import Catalogue, Unit
from pipeline.form import ROWS, Row
from pipeline.model import CellRef, LabelChange, Stray, Value
from pipeline.reading.grids import Cell
from pipeline.reading.locate import Table
from pipeline.reading.values import read_value, unicode_text
from pipeline.sheets import DESCRIPTION_SUFFIX, INFO_ROWS, Kind
from pipeline.text import comparison_key, tidy

_INDICATOR = re.compile(r"(?:CT\s*)?0?(\d{1,2})\s*[.,]\s*(\d|T)")
_OTHER = re.compile(r"(TT|B)\s*0?(\d{1,2})")


@dataclass
class Found:
    """What one fixed sheet gives, collected row by row."""

    values: dict[tuple[str, str], Value] = field(default_factory=dict)
    strays: list[Stray] = field(default_factory=list)
    label_changes: list[LabelChange] = field(default_factory=list)
    computed: dict[str, Value] = field(default_factory=dict)


def known_rows(catalogue: Catalogue, unit: Unit | None, sheet: str) -> Mapping[str, Row]:
    """The rows of a unit's form by code, and those of the catalogue that its form does not have."""
    return _known_rows(catalogue.year, catalogue.version, unit.code if unit else "", sheet, _Held(catalogue, unit))


class _Held:
    """Carries what the cache below must not compare: a catalogue is told apart by year and version."""

    def __init__(self, catalogue: Catalogue, unit: Unit | None) -> None:
        self.catalogue, self.unit = catalogue, unit

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.catalogue is other.catalogue and self.unit is other.unit


@cache
def _known_rows(year: int, version: str, code: str, sheet: str, held: _Held) -> Mapping[str, Row]:
    rows = dict(_catalogue_rows(held.catalogue, sheet))
    if held.unit is not None:
        rows |= {row.code: row for row in ROWS[sheet](held.catalogue, held.unit, "vi") if row.code}
    return rows


def _catalogue_rows(catalogue: Catalogue, sheet: str) -> Iterator[tuple[str, Row]]:
    if sheet == "info":
        for code, kind, filled, required in INFO_ROWS:
            yield code, Row("input" if filled else "given", code, "", kind=kind, required=required)
        for base in catalogue.bases:
            yield base.code, Row("input", base.code, base.name, base.unit_of_measure, Kind.INTEGER)
        return
    for indicator in catalogue.indicators:
        role = "computed" if indicator.computed else "input"
        row = Row(
            role, indicator.code, indicator.name, indicator.unit_of_measure, Kind(indicator.type), indicator=indicator
        )
        yield indicator.code, row
    for activity in catalogue.activities:
        code = f"{activity.code}{DESCRIPTION_SUFFIX}"
        yield code, Row("description", code, "", kind=Kind.LONG_TEXT, activity=activity.number)


def normal_code(text: str) -> str:
    """A code as the catalogue writes it: "ct5.1" -> CT05.1; anything else tidied in capitals."""
    plain = tidy(text).upper()
    if found := _INDICATOR.fullmatch(plain):
        return f"CT{int(found[1]):02d}.{found[2]}"
    if found := _OTHER.fullmatch(plain):
        return f"TT{int(found[2]):02d}" if found[1] == "TT" else f"B{int(found[2])}"
    return plain


def read_fixed(table: Table, file: str, unit: Unit | None, code: str, catalogue: Catalogue) -> Found:
    """All values of a fixed sheet, and what stands where nothing should stand."""
    rows = known_rows(catalogue, unit, table.sheet.key)
    reader = _Reader(table, file, code, rows)
    for number, cells in table.grid.rows.items():
        if number > table.header:
            reader.read_row(number, cells)
    return reader.found


class _Reader:
    def __init__(self, table: Table, file: str, unit: str, rows: Mapping[str, Row]) -> None:
        self.table, self.file, self.unit, self.rows = table, file, unit, rows
        self.found = Found()
        self.label = next((key for key in ("name", "item") if key in table.columns), "")
        self.filled = {table.columns[key] for key in (table.sheet.answer, "note") if key in table.columns}
        self.known_columns = set(table.columns.values())

    def read_row(self, number: int, cells: list[Cell]) -> None:
        code_cell = self.table.grid.cells.get((number, self.table.columns["code"]))
        code = normal_code(code_cell.raw) if code_cell is not None and isinstance(code_cell.content, str) else ""
        row = self.rows.get(code)
        # The answer beside a code that cannot be read is told as an unknown row, not twice.
        told = set() if code_cell is None else {self.table.columns[self.table.sheet.answer]}
        for cell in cells:
            beside = cell.column not in self.known_columns
            if beside or (not code and cell.column in self.filled - told):
                self._stray("outside_table", cell, code)
        if row is None:
            self._unknown(code_cell, cells, code)
        elif row.role == "computed":
            ref = self._ref(number, self.table.columns[self.table.sheet.answer])
            self.found.computed[code] = read_value(
                self.table.grid, ref, self.unit, self.table.sheet.key, code, Kind.DECIMAL, merged=False
            )
        elif row.role in {"input", "description", "given"}:
            self._value(number, row)
            self._note(number, row)
            self._label(number, row)

    def _unknown(self, code_cell: Cell | None, cells: list[Cell], code: str) -> None:
        if code_cell is None or (not isinstance(code_cell.content, str) and not self._holds_answer(cells)):
            return
        for cell in cells:
            if cell.column == self.table.columns[self.table.sheet.answer]:
                self._stray("unknown_code", cell, code or code_cell.raw)

    def _holds_answer(self, cells: list[Cell]) -> bool:
        return any(cell.column in self.filled for cell in cells)

    def _stray(self, kind: str, cell: Cell, about: str) -> None:
        if cell.raw.strip() or cell.error or cell.uncalculated:
            self.found.strays.append(Stray(self._ref(cell.row, cell.column), kind, cell.raw, about))

    def _ref(self, row: int, column: int) -> CellRef:
        return CellRef(self.file, self.table.grid.name, row, column)

    def _value(self, number: int, row: Row) -> None:
        key = (self.table.sheet.key, row.code)
        ref = self._ref(number, self.table.columns[self.table.sheet.answer])
        value = read_value(self.table.grid, ref, self.unit, *key, row.kind, indicator=row.indicator)
        if key in self.found.values:
            self.found.strays.append(Stray(ref, "duplicate_code", value.raw, row.code))
            return
        self.found.values[key] = value

    def _note(self, number: int, row: Row) -> None:
        if "note" in self.table.columns:
            ref = self._ref(number, self.table.columns["note"])
            key = f"{row.code}:note"
            value = read_value(self.table.grid, ref, self.unit, self.table.sheet.key, key, Kind.LONG_TEXT, merged=False)
            if value.raw:
                self.found.values.setdefault((self.table.sheet.key, key), value)

    def _label(self, number: int, row: Row) -> None:
        for what, column, expected in (
            ("name", self.label, row.label),
            ("unit_of_measure", "unit_of_measure", row.unit_of_measure),
        ):
            if not expected or column not in self.table.columns:
                continue
            place = (number, self.table.columns[column])
            cell = self.table.grid.cells.get(place)
            given = unicode_text(cell.raw, self.table.grid.encoding) if cell is not None else ""
            if comparison_key(given) != comparison_key(expected) and (self.table.lang == "vi" or row.indicator):
                self.found.label_changes.append(LabelChange(self._ref(*place), row.code, what, tidy(given), expected))
