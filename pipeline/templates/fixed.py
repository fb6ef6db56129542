"""The sheets with known rows, Thông tin and Số liệu: one line for each row of the unit's form."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipeline.form import Row
from pipeline.look import has_fraction, height_of
from pipeline.sheets import Kind, Sheet
from pipeline.templates import validation
from pipeline.templates.cells import NUMBERS, style_of, write_content
from pipeline.templates.filling import FIRST_ROW
from pipeline.templates.formulas import rate
from pipeline.templates.page import colour_marks, letter, show_fractions
from pipeline.templates.styles import Styles
from pipeline.templates.tally import Tally
from pipeline.text import DASH

DESCRIPTION_HEIGHT = 50


def write_rows(page: Worksheet, tally: Tally, sheet: Sheet, styles: Styles) -> None:
    """All rows of a fixed sheet."""
    writer = _Writer(page, tally, sheet, styles)
    rows = tally.filling.rows[sheet.key]
    for number, row in enumerate(rows, start=FIRST_ROW - 1):
        writer.write(number, row)
    checks = letter(writer.columns["check"])
    colour_marks(page, f"{checks}{FIRST_ROW}:{checks}{FIRST_ROW + len(rows) - 1}", styles)
    show_fractions(page, _number_areas(rows, letter(writer.answer)), styles)


def _number_areas(rows: Sequence[Row], column: str) -> list[str]:
    """The cells for numbers, neighbours together: a date with a time has a fraction too and must stay a date."""
    areas = []
    for numeric, group in groupby(enumerate(rows, start=FIRST_ROW), lambda one: _takes_number(one[1])):
        places = [number for number, _ in group]
        if numeric:
            areas.append(f"{column}{places[0]}:{column}{places[-1]}")
    return areas


def _takes_number(row: Row) -> bool:
    return row.role == "input" and row.kind in NUMBERS


class _Writer:
    def __init__(self, page: Worksheet, tally: Tally, sheet: Sheet, styles: Styles) -> None:
        self.page, self.filling, self.sheet, self.styles = page, tally.filling, sheet, styles
        self.checks = tally.checks
        self.columns = {column.key: number for number, column in enumerate(sheet.columns)}
        self.answer = self.columns[sheet.answer]
        self.label = self.columns.get("name", 1)

    def write(self, number: int, row: Row) -> None:
        if row.role in {"section", "activity"}:
            self._heading(number, row)
            return
        label = "label_indented" if self.sheet.key == "data" else "label"
        self.page.write_string(number, 0, row.code, self.styles["code"])
        self.page.write_string(number, self.label, row.label, self.styles[label])
        self.page.write_string(
            number, self.columns["unit_of_measure"], row.unit_of_measure, self.styles["label_centred"]
        )
        if "previous" in self.columns:
            self._previous(number, row)
        self._answer(number, row)
        if "note" in self.columns:
            self._note(number, row)
        self._check(number, row)
        self.page.set_row(number, self._height(row))

    def _height(self, row: Row) -> float:
        columns = self.sheet.columns
        label, answer, note = columns[self.label].width, columns[self.answer].width, columns[-2].width
        content = str(self.filling.answer(row.code) or "") if row.kind not in NUMBERS else ""
        fitting = height_of((row.label, label - 2), (content, answer), (self.filling.note(row.code), note))
        return max(fitting, DESCRIPTION_HEIGHT) if row.role == "description" else fitting

    def _heading(self, number: int, row: Row) -> None:
        style = self.styles[row.role]
        for column in self.columns.values():
            self.page.write_blank(number, column, None, style)
        self.page.write_string(number, self.label, row.label, style)
        self.page.set_row(number, height_of((row.label, self.sheet.columns[self.label].width), bold=True))
        if row.role == "activity":
            mark = self.filling.say("required" if row.required else "optional")
            self.page.write_string(number, self.columns["unit_of_measure"], mark, self.styles["activity_mark"])

    def _previous(self, number: int, row: Row) -> None:
        previous = self.filling.previous
        amount = previous.amounts.get((self.filling.unit.code, row.code)) if previous else None
        shown: object = "" if row.role == "description" else DASH if amount is None else amount
        style = self.styles["previous_fraction" if has_fraction(shown) else "previous"]
        write_content(self.page, number, self.columns["previous"], shown, style)

    def _answer(self, number: int, row: Row) -> None:
        content = self.filling.answer(row.code)
        if row.role == "computed":
            self._rate(number, row)
            return
        if row.role == "given":
            write_content(self.page, number, self.answer, content, self.styles["given"])
            return
        write_content(self.page, number, self.answer, content, self.styles.input(style_of(row.kind), row.required))
        self.page.data_validation(number, self.answer, number, self.answer, self._rule(row))

    def _rate(self, number: int, row: Row) -> None:
        indicator, filling = row.indicator, self.filling
        assert indicator is not None
        codes = (*indicator.numerator, *indicator.denominator)
        style = self.styles["computed"]
        if not set(codes) <= filling.inputs.keys():
            self.page.write_string(number, self.answer, DASH, style)
            return
        cells = filling.cells
        formula = rate([cells[c] for c in indicator.numerator], [cells[c] for c in indicator.denominator], DASH)
        now = filling.rate(indicator)
        self.page.write_formula(number, self.answer, formula, style, DASH if now is None else now)

    def _rule(self, row: Row) -> dict[str, Any]:
        filling = self.filling
        if row.kind in {Kind.INTEGER, Kind.DECIMAL}:
            return validation.number_rule(
                filling, row.kind, filling.say(f"prompt.{row.kind}", unit=row.unit_of_measure or "–")
            )
        if row.kind is Kind.DATE:
            return validation.date_rule(filling, filling.say("prompt.date"))
        if row.kind is Kind.YES_NO:
            return validation.choice_rule(
                filling, tuple(filling.say("yes_no").split(" | ")), filling.say("prompt.choice")
            )
        return validation.prompt_rule(
            filling, filling.say("prompt.description" if row.role == "description" else "prompt.text")
        )

    def _note(self, number: int, row: Row) -> None:
        if row.role == "computed":
            self.page.write_blank(number, self.columns["note"], None, self.styles["given"])
            return
        note = self.filling.note(row.code) or None
        write_content(self.page, number, self.columns["note"], note, self.styles.input("text", False))

    def _check(self, number: int, row: Row) -> None:
        style = self.styles["check"]
        if row.role == "input":
            formula, shown = self.checks[row.code]
            self.page.write_formula(number, self.columns["check"], formula, style, shown)
        else:
            words = self.filling.say("check.computed") if row.role == "computed" else ""
            self.page.write_string(number, self.columns["check"], words, style)
