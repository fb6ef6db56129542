"""M: is it our form, whole and unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.form import fingerprint
from pipeline.model import CellState, Relation, Stray, Submission
from pipeline.sheets import BY_KEY
from pipeline.text import rounded
from pipeline.validate.case import Case
from pipeline.validate.rule import Hit, on_cell, on_file, withheld

# Half a percentage point: a rate rounded by hand is no finding.
NEAR_ENOUGH = Decimal("0.5")


def blank_returned(case: Case) -> Iterator[Hit]:
    """M01: the form came back without any figure."""
    for one in case.judged():
        figures = [v for (sheet, code), v in one.values.items() if sheet == "data" and case.catalogue.indicator(code)]
        if figures and not one.records and all(value.state is CellState.BLANK for value in figures):
            yield on_file(one, rejects=True)


def other_version(case: Case) -> Iterator[Hit]:
    """M02: a version of the template that this year does not accept."""
    for one in case.judged():
        accepted = case.catalogue.template_versions()
        if one.identity.template_version and one.identity.template_version not in accepted:
            yield on_file(one, rejects=True, given=one.identity.template_version, expected=", ".join(accepted))


def other_form(case: Case) -> Iterator[Hit]:
    """M03: made from another catalogue: its rows or units of measure are not quite those of today."""
    for one in case.judged():
        unit = case.unit(one)
        if (
            unit is not None
            and one.identity.fingerprint
            and one.identity.fingerprint != fingerprint(case.catalogue, unit)
        ):
            yield on_file(one, given=one.identity.catalogue_version or "?", expected=case.catalogue.version)


def doubled_heading(case: Case) -> Iterator[Hit]:
    """M04: two columns with the same heading: which one holds the figures cannot be known."""
    yield from _strays(case, "duplicate_heading", rejects=True)


def name_changed(case: Case) -> Iterator[Hit]:
    """M05: the text of a locked row was changed; it may mean another quantity."""
    yield from _labels(case, "name", holds=False)


def unit_of_measure_changed(case: Case) -> Iterator[Hit]:
    """M06: the unit of measure was changed, so the number cannot be added."""
    yield from _labels(case, "unit_of_measure", holds=True)


def required_row_missing(case: Case) -> Iterator[Hit]:
    """M07: a row that this unit must report was deleted."""
    yield from _missing_rows(case, required=True)


def optional_row_missing(case: Case) -> Iterator[Hit]:
    """M08: a row that this unit may leave blank was deleted."""
    yield from _missing_rows(case, required=False)


def main_sheet_missing(case: Case) -> Iterator[Hit]:
    """M09: the sheet of the figures or of the base data is gone."""
    for one in case.judged():
        for key in one.missing_sheets:
            if BY_KEY[key].fixed:
                yield on_file(one, rejects=key == "data", sheet=key)


def list_sheet_missing(case: Case) -> Iterator[Hit]:
    """M10: a list sheet is gone."""
    for one in case.judged():
        for key in one.missing_sheets:
            if not BY_KEY[key].fixed:
                yield on_file(one, sheet=key)


def unknown_row(case: Case) -> Iterator[Hit]:
    """M11: a row of the unit's own making; its figure is not added."""
    yield from _strays(case, "unknown_code")


def outside_table(case: Case) -> Iterator[Hit]:
    """M12: something typed beside or below the form."""
    yield from _strays(case, "outside_table")


def duplicated_row(case: Case) -> Iterator[Hit]:
    """M13: the same code twice; neither figure is taken."""
    for hit in _strays(case, "duplicate_code"):
        code = str(hit.values["about"])
        yield Hit(hit.file, hit.unit, hit.ref, code, hit.values, held=(code,))


def second_sheet(case: Case) -> Iterator[Hit]:
    """M14: two filled sheets of the same form that do not say the same; nothing tells which is meant."""
    yield from _strays(case, "second_sheet", rejects=True)


def not_applicable(case: Case) -> Iterator[Hit]:
    """M15: a figure for an activity that does not concern this unit; kept out."""
    for one in case.judged():
        unit = case.unit(one)
        for (sheet, code), value in one.values.items():
            foreign = unit is not None and sheet == "data" and case.catalogue.indicator(code) is not None
            if foreign and value.raw and case.catalogue.relation_to(unit, code) is Relation.NOT_APPLICABLE:  # type: ignore[arg-type]
                yield on_cell(value)


def rate_typed_over(case: Case) -> Iterator[Hit]:
    """M16: the rate that a file shows is not the one that its own figures give; ours is computed anew."""
    for one in case.judged():
        for code, value in one.computed.items():
            rate = case.catalogue.indicator(code)
            if rate is None or not isinstance(value.value, Decimal):
                continue
            above = [case.number(one, operand) for operand in rate.numerator]
            below = [case.number(one, operand) for operand in rate.denominator]
            known = [amount for amount in (*above, *below) if amount is not None]
            bottom = sum((amount for amount in below if amount is not None), Decimal(0))
            if len(known) < len(above) + len(below) or not bottom:
                continue
            ours = rounded(100 * sum((amount for amount in above if amount is not None), Decimal(0)) / bottom, 1)
            if abs(value.value - ours) > NEAR_ENOUGH:
                yield on_cell(value, expected=ours)


def _strays(case: Case, kind: str, rejects: bool = False) -> Iterator[Hit]:
    for one in case.judged():
        for stray in one.strays:
            if stray.kind == kind:
                yield _on_stray(one, stray, rejects)


def _on_stray(submission: Submission, stray: Stray, rejects: bool) -> Hit:
    values = {"given": withheld(stray.about, stray.raw), "about": stray.about}
    return Hit(submission.source.path, submission.identity.unit, stray.ref, "", values, rejects=rejects)


def _labels(case: Case, what: str, holds: bool) -> Iterator[Hit]:
    for one in case.judged():
        for change in one.label_changes:
            if change.what == what:
                values = {"code": change.code, "given": change.given, "expected": change.expected}
                held = (change.code,) if holds else ()
                yield Hit(one.source.path, one.identity.unit, change.ref, change.code, values, held)


def _missing_rows(case: Case, required: bool) -> Iterator[Hit]:
    for one in case.judged():
        needed = {row.code: row.required for row, _ in case.rows(one)}
        for code in one.missing_rows:
            if needed.get(code, False) is required:
                yield Hit(one.source.path, one.identity.unit, key=code, values={"code": code})
