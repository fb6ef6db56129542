"""The catalogue checks itself: duplicates, unknown references, impossible bounds, reversed periods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline import conditions
from pipeline.catalogue.tables import Complaint, Line, Tables
from pipeline.model import CellRef, Severity
from pipeline.text import comparison_key


def contradictions(tables: Tables) -> Iterator[Complaint]:
    """Everything in which the sheets contradict themselves or each other."""
    for name, field in (
        ("Phần", "number"),
        ("Hoạt động", "number"),
        ("Vai trò", "code"),
        ("Đơn vị", "code"),
        ("Kiểm tra", "code"),
    ):
        yield from _duplicates(tables[name], field)
    yield from _duplicates([*tables["Chỉ tiêu"], *tables["Số liệu nền"]], "code")
    yield from _bad_codes(tables)
    yield from _unknown_references(tables)
    yield from _bad_bounds(tables["Chỉ tiêu"])
    yield from _bad_periods(tables)
    yield from _bad_ratios(tables["Chỉ tiêu"])
    yield from _shared_names(tables["Đơn vị"])


def _duplicates(lines: Iterable[Line], field: str) -> Iterator[Complaint]:
    seen: dict[Any, CellRef] = {}
    for line in lines:
        value = line.fields[field]
        if value in seen:
            yield line.places[field], "duplicate", {"given": value, "first": seen[value].place}
        seen.setdefault(value, line.places[field])


def _bad_codes(tables: Tables) -> Iterator[Complaint]:
    for line in tables["Chỉ tiêu"]:
        expected = f"CT{line.fields['activity']:02d}."
        if not re.fullmatch(re.escape(expected) + r"\d", line.fields["code"]):
            yield line.places["code"], "bad_code", {"given": line.fields["code"], "expected": f"{expected}1"}
    for line in tables["Số liệu nền"]:
        if not re.fullmatch(r"B\d", line.fields["code"]):
            yield line.places["code"], "bad_code", {"given": line.fields["code"], "expected": "B1"}


def _unknown_references(tables: Tables) -> Iterator[Complaint]:
    def values(name: str, field: str) -> set[Any]:
        return {line.fields[field] for line in tables[name]}

    codes = values("Chỉ tiêu", "code") | values("Số liệu nền", "code")
    roles = values("Vai trò", "code")
    kinds = {line.fields["code"] for line in tables["Vai trò"] if line.fields["is_kind"]}
    places = (
        ("Hoạt động", "section", values("Phần", "number")),
        ("Hoạt động", "focal", roles),
        ("Hoạt động", "data", roles),
        ("Hoạt động", "reconciles", roles),
        ("Hoạt động", "target_code", codes | {""}),
        ("Chỉ tiêu", "activity", values("Hoạt động", "number")),
        ("Chỉ tiêu", "numerator", codes),
        ("Chỉ tiêu", "denominator", codes),
        ("Số liệu nền", "declared_by", roles),
        ("Kiểm tra", "held", codes),
        ("Kiểm tra", "condition", codes),
        ("Đơn vị", "kind", kinds),
        ("Đơn vị", "roles", roles),
        ("Đơn vị", "successors", values("Đơn vị", "code")),
    )
    for name, field, known in places:
        for line in tables[name]:
            for given in _names(line.fields[field]):
                if given not in known:
                    yield line.places[field], "unknown_reference", {"given": given}
    yield from _reconciled_but_not_focal(tables["Hoạt động"])
    yield from _held_elsewhere(tables["Kiểm tra"])


def _names(value: Any) -> tuple[Any, ...]:
    if isinstance(value, conditions.Condition):
        return value.codes
    return value if isinstance(value, tuple) else (value,)


def _reconciled_but_not_focal(lines: Iterable[Line]) -> Iterator[Complaint]:
    for line in lines:
        for role in line.fields["reconciles"]:
            if role not in line.fields["focal"]:
                yield line.places["reconciles"], "reconciled_not_focal", {"given": role}


def _held_elsewhere(lines: Iterable[Line]) -> Iterator[Complaint]:
    for line in lines:
        error = line.fields["severity"] is Severity.ERROR
        if error and not line.fields["held"]:
            yield line.places["held"], "nothing_held", {}
        for code in line.fields["held"]:
            if code not in line.fields["condition"].codes:
                yield line.places["held"], "held_elsewhere", {"given": code}


def _bad_bounds(lines: Iterable[Line]) -> Iterator[Complaint]:
    for line in lines:
        soft, hard = line.fields["soft"], line.fields["hard"]
        for field, bound in (("soft", soft), ("hard", hard)):
            if bound is not None and bound <= 0:
                yield line.places[field], "bound_not_positive", {"given": bound}
        if soft is not None and hard is not None and soft > hard:
            yield line.places["soft"], "bounds_crossed", {"soft": soft, "hard": hard}


def _bad_periods(tables: Tables) -> Iterator[Complaint]:
    for name in ("Hoạt động", "Phiên bản", "Đơn vị"):
        for line in tables[name]:
            if line.fields["first"] > line.fields["last"]:
                yield (
                    line.places["first"],
                    "period_reversed",
                    {"first": str(line.fields["first"]), "last": str(line.fields["last"])},
                )
    for line in tables["Hoạt động"]:
        given = [line.fields[field] for field in ("target_amount", "target_first", "target_last")]
        if line.fields["target_code"] and None in given:
            yield line.places["target_code"], "target_incomplete", {}


def _bad_ratios(lines: Iterable[Line]) -> Iterator[Complaint]:
    for line in lines:
        fields = line.fields
        if (fields["over_units"] == "ratio") != bool(fields["numerator"] and fields["denominator"]):
            yield line.places["numerator"], "ratio_operands", {"given": fields["code"]}
        if (fields["over_units"] == "ratio") != (fields["type"] == "percent"):
            yield line.places["type"], "ratio_type", {"given": fields["code"]}


def _shared_names(lines: Iterable[Line]) -> Iterator[Complaint]:
    seen: dict[str, tuple[str, CellRef]] = {}
    for line in lines:
        for name in (line.fields["name"], *line.fields["aliases"]):
            owner, place = seen.setdefault(comparison_key(name), (line.fields["code"], line.places["name"]))
            if owner != line.fields["code"] and place.row != line.places["name"].row:
                yield line.places["aliases"], "shared_name", {"given": name, "first": place.place}
