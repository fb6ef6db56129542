"""T: can the file be read, whose is it, which year, which version."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Submission
from pipeline.validate.case import Case
from pipeline.validate.rule import Hit, on_file

DAMAGED = {"damaged", "empty", "unreadable", "unknown"}
OTHER_FORMATS = {"ole", "xlsb", "ods", "zip", "archive"}
WITNESSES = ("meta", "properties", "sheet", "name")
YEAR_WITNESSES = ("meta_year", "properties_year")


def unreadable(case: Case) -> Iterator[Hit]:
    """T01: damaged, empty, cut off or locked."""
    for one in case.files():
        if one.failure == "unreadable" or (one.failure == "not_workbook" and one.source.kind in DAMAGED):
            yield on_file(one, rejects=True)


def other_format(case: Case) -> Iterator[Hit]:
    """T02: a spreadsheet or an archive in a format that is not read."""
    for one in case.files():
        if one.failure == "not_workbook" and one.source.kind in OTHER_FORMATS:
            yield on_file(one, rejects=True, format=one.source.kind)


def encrypted(case: Case) -> Iterator[Hit]:
    """T03: protected by a password."""
    for one in case.files():
        if one.failure == "not_workbook" and one.source.kind == "encrypted":
            yield on_file(one, rejects=True)


def oversized(case: Case) -> Iterator[Hit]:
    """T04: a package too large or built to exhaust its reader."""
    for one in case.files():
        if one.failure in {"too_large", "dangerous"}:
            yield on_file(one, rejects=True)


def far_cell(case: Case) -> Iterator[Hit]:
    """T05: something typed far outside the form."""
    for one in case.files():
        if one.failure == "far_cell":
            yield on_file(one, rejects=True, place=one.detail)


def no_template(case: Case) -> Iterator[Hit]:
    """T06: a workbook without any sheet of the form."""
    for one in case.files():
        if one.failure == "no_template":
            yield on_file(one, rejects=True)


def unknown_unit(case: Case) -> Iterator[Hit]:
    """T07: nothing tells whose it is."""
    for one in case.judged():
        if not one.identity.unit:
            yield on_file(one, rejects=True)


def unit_disagreement(case: Case) -> Iterator[Hit]:
    """T08: the witnesses name different units."""
    for one in case.judged():
        claims = _claims(one, WITNESSES)
        if len(set(claims.values())) > 1:
            yield on_file(one, rejects=True, claims=claims)


def foreign_unit(case: Case) -> Iterator[Hit]:
    """T09: a unit that is not in this year's register."""
    for one in case.judged():
        if case.unit(one) is None:
            yield on_file(one, rejects=True, given=one.identity.unit)


def year_disagreement(case: Case) -> Iterator[Hit]:
    """T10: the witnesses name different years."""
    for one in case.judged():
        claims = _claims(one, YEAR_WITNESSES)
        if len(set(claims.values())) > 1:
            yield on_file(one, rejects=True, given=" / ".join(sorted(set(claims.values()))))


def other_year(case: Case) -> Iterator[Hit]:
    """T11: the form of another year."""
    for one in case.judged():
        if one.identity.year not in {None, case.catalogue.year}:
            yield on_file(one, rejects=True, given=str(one.identity.year), expected=str(case.catalogue.year))


def no_metadata(case: Case) -> Iterator[Hit]:
    """T12: the hidden facts are gone; unit known by another witness, year taken as the report year."""
    for one in case.judged():
        if one.identity.unit and one.identity.year is None:
            yield on_file(one, witness=one.identity.witness)


def undecided_versions(case: Case) -> Iterator[Hit]:
    """T13: different files of one unit, and nothing tells which is the last."""
    for group in case.undecided:
        one = next(s for s in case.submissions if s.source.path == group[0])
        yield Hit(one.source.path, one.identity.unit, values={"files": "; ".join(group)})


def _claims(submission: Submission, witnesses: tuple[str, ...]) -> dict[str, str]:
    return {
        witness: submission.identity.claims[witness] for witness in witnesses if submission.identity.claims.get(witness)
    }
