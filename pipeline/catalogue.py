"""danh-muc.xlsx -> Catalogue of one year; checks itself, all errors at once, each with its sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline import conditions
from pipeline.errors import CatalogueError
from pipeline.model import CellRef, Relation, Severity
from pipeline.text import comparison_key, say, tidy

TYPES = {"số nguyên": "integer", "số thập phân": "decimal", "tỷ lệ %": "percent", "có/không": "yes_no"}
KINDS = {"phát sinh": "flow", "lũy kế": "stock", "": ""}
OVER_UNITS = {"cộng": "sum", "lớn nhất": "max", "tỷ số các tổng": "ratio", "mới nhất": "latest"}
EVENT_ROLES = {"số hoạt động": "count", "số người": "people", "": ""}
SEVERITIES = {"lỗi": Severity.ERROR, "cảnh báo": Severity.WARNING}
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the five sections of the appendix: Roman number and title."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Target:
    """What a rate or count should reach in some years: indicator code, amount, first and last year."""

    indicator: str
    amount: Decimal
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of the appendix. ``focal``, ``data``, ``reconciles`` are role codes; ``*_verbatim`` as printed."""

    number: int
    section: str
    text: str
    text_verbatim: str
    lead: str
    lead_verbatim: str
    focal_verbatim: str
    focal: tuple[str, ...]
    data: tuple[str, ...]
    reconciles: tuple[str, ...]
    time: str
    first: int
    last: int
    result: str
    result_verbatim: str
    target: Target | None

    @property
    def code(self) -> str:
        """CT05 for activity 5."""
        return f"CT{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. type: integer | decimal | percent | yes_no; kind: flow | stock | ""; over_units: sum | max | ratio | latest.

    ``soft`` / ``hard``: upper bounds for one unit in one year (warning / error); the lower bound is 0 everywhere.
    ``events``: "count" / "people" when the list of events must add up to it (all such indicators of the activity together).
    """

    code: str
    activity: int
    name: str
    unit_of_measure: str
    type: str
    kind: str
    over_units: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    soft: Decimal | None
    hard: Decimal | None
    answers: bool
    events: str

    @property
    def computed(self) -> bool:
        """True for rates: computed from sums, never typed."""
        return self.over_units == "ratio"


@dataclass(frozen=True, slots=True)
class Base:
    """One base datum (B1-B7), declared once a year by the units whose roles are listed."""

    code: str
    name: str
    unit_of_measure: str
    declared_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One cross-check: the condition must hold in a unit's report; ``held`` codes are not counted when an error."""

    code: str
    severity: Severity
    condition: conditions.Condition
    held: tuple[str, ...]
    sentence_vi: str
    sentence_en: str

    def sentence(self, lang: str) -> str:
        """What is wrong when the condition does not hold."""
        return self.sentence_vi if lang == "vi" else self.sentence_en


@dataclass(frozen=True, slots=True)
class Role:
    """A unit kind ("cap_huyen") or an office role ("ban_tuyen_giao"); ``is_kind`` tells which."""

    code: str
    name: str
    is_kind: bool
    level: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One reporting unit. ``roles``: its kind first, then every role it answers for."""

    code: str
    name: str
    kind: str
    roles: tuple[str, ...]
    standing: bool
    aliases: tuple[str, ...]
    email: str
    phone: str
    contact: str
    first: date
    last: date
    successors: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Version:
    """An accepted version of the template or of the catalogue itself, with the years in which it is accepted."""

    what: str
    version: str
    first: int
    last: int
    note: str


@dataclass(frozen=True)
class Catalogue:
    """The catalogue as valid in ``year`` (all years while loading: year 0)."""

    year: int
    sections: tuple[Section, ...]
    activities: tuple[Activity, ...]
    indicators: tuple[Indicator, ...]
    bases: tuple[Base, ...]
    checks: tuple[Check, ...]
    roles: tuple[Role, ...]
    units: tuple[Unit, ...]
    versions: tuple[Version, ...]

    def for_year(self, year: int) -> Catalogue:
        """What is valid in a year: its activities, their indicators and checks, the units valid on any of its days."""
        activities = tuple(a for a in self.activities if a.first <= year <= a.last)
        numbers = {activity.number for activity in activities}
        indicators = tuple(i for i in self.indicators if i.activity in numbers)
        known = {i.code for i in indicators} | {base.code for base in self.bases}
        return replace(
            self,
            year=year,
            activities=activities,
            indicators=indicators,
            checks=tuple(check for check in self.checks if set(check.condition.codes) <= known),
            units=tuple(u for u in self.units if u.first <= date(year, 12, 31) and u.last >= date(year, 1, 1)),
        )

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def _bases(self) -> dict[str, Base]:
        return {base.code: base for base in self.bases}

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _activities(self) -> dict[int, Activity]:
        return {activity.number: activity for activity in self.activities}

    @property
    def version(self) -> str:
        """The newest version of the catalogue itself."""
        return max((v.version for v in self.versions if v.what == "catalogue"), default="")

    def template_versions(self) -> tuple[str, ...]:
        """The template versions accepted in this year."""
        return tuple(v.version for v in self.versions if v.what == "template" and v.first <= self.year <= v.last)

    def section(self, number: str) -> Section:
        """A section by its Roman number. Raises StopIteration when unknown."""
        return next(section for section in self.sections if section.number == number)

    def activity(self, number: int) -> Activity:
        """An activity by its number in the appendix."""
        return self._activities[number]

    def indicator(self, code: str) -> Indicator | None:
        """An indicator by its code, None when the year has none of that code."""
        return self._indicators.get(code)

    def base(self, code: str) -> Base | None:
        """A base datum by its code."""
        return self._bases.get(code)

    def unit(self, code: str) -> Unit | None:
        """A unit by its code, None when unknown in this year."""
        return self._units.get(code)

    def unit_name(self, code: str) -> str:
        """A unit's name, or the code itself when unknown."""
        unit = self.unit(code)
        return unit.name if unit else code

    def kind_name(self, unit: Unit) -> str:
        """The name of a unit's kind."""
        return next(role.name for role in self.roles if role.code == unit.kind)

    def is_office(self, unit: Unit) -> bool:
        """True for the offices of the two provincial agencies, False for district-level unions."""
        return next(role.level for role in self.roles if role.code == unit.kind) == "tỉnh"

    def indicators_of(self, activity: Activity) -> tuple[Indicator, ...]:
        """An activity's indicators in code order."""
        return tuple(i for i in self.indicators if i.activity == activity.number)

    def relation(self, unit: Unit, activity: Activity) -> Relation:
        """How a unit stands to an activity; RECONCILED is a focal office whose figure is compared, never added."""
        focal = set(unit.roles) & set(activity.focal)
        if focal:
            return Relation.RECONCILED if focal <= set(activity.reconciles) else Relation.FOCAL
        return Relation.DATA if set(unit.roles) & set(activity.data) else Relation.NOT_APPLICABLE

    def relation_to(self, unit: Unit, code: str) -> Relation:
        """How a unit stands to an indicator or base datum, by code."""
        indicator = self.indicator(code)
        if indicator is not None:
            return self.relation(unit, self.activity(indicator.activity))
        base = self.base(code)
        declared = base is not None and set(unit.roles) & set(base.declared_by)
        return Relation.FOCAL if declared else Relation.NOT_APPLICABLE

    def required(self, unit: Unit, activity: Activity) -> bool:
        """True when the unit is named as focal, so that its report on the activity is due."""
        return self.relation(unit, activity) in {Relation.FOCAL, Relation.RECONCILED}

    def activities_of(self, unit: Unit) -> tuple[Activity, ...]:
        """The activities that apply to a unit, in appendix order."""
        return tuple(a for a in self.activities if self.relation(unit, a) is not Relation.NOT_APPLICABLE)

    def base_for(self, unit: Unit) -> tuple[Base, ...]:
        """The base data a unit declares."""
        return tuple(base for base in self.bases if set(unit.roles) & set(base.declared_by))

    def expected_units(self, code: str) -> tuple[Unit, ...]:
        """The units whose figure for a code is added (focal and data, not reconciled), in register order."""
        added = {Relation.FOCAL, Relation.DATA}
        return tuple(unit for unit in self.units if self.relation_to(unit, code) in added)

    def named(self, words: str) -> tuple[Unit, ...]:
        """Every unit whose name or alias equals the words after normalisation."""
        wanted = comparison_key(words)
        return tuple(u for u in self.units if wanted in {comparison_key(name) for name in (u.name, u.code, *u.aliases)})


# ---- reading danh-muc.xlsx ------------------------------------------------------------------------------------------

Parser = Callable[[Any], Any]


class _Bad(ValueError):
    """A cell that cannot be read; args: locale key below ``catalogue.problem`` and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def _text(raw: Any) -> str:
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return tidy(str(raw))


def _required(raw: Any) -> str:
    if not _text(raw):
        raise _Bad("blank")
    return _text(raw)


def _list(raw: Any) -> tuple[str, ...]:
    return tuple(part for part in (tidy(piece) for piece in _text(raw).split(";")) if part)


def _integer(raw: Any) -> int:
    try:
        return int(Decimal(_text(raw)))
    except InvalidOperation:
        raise _Bad("not_integer", given=_text(raw)) from None


def _bound(raw: Any) -> Decimal | None:
    if not _text(raw):
        return None
    try:
        return Decimal(_text(raw))
    except InvalidOperation:
        raise _Bad("not_number", given=_text(raw)) from None


def _yes(raw: Any) -> bool:
    if _text(raw).lower() not in {"có", "không", ""}:
        raise _Bad("not_one_of", given=_text(raw), expected="Có / Không")
    return _text(raw).lower() == "có"


def _one_of(words: Mapping[str, Any]) -> Parser:
    def parse(raw: Any) -> Any:
        if _text(raw).lower() not in words:
            raise _Bad("not_one_of", given=_text(raw), expected=" / ".join(word for word in words if word))
        return words[_text(raw).lower()]

    return parse


def _day(default: date) -> Parser:
    def parse(raw: Any) -> date:
        if isinstance(raw, datetime):
            return raw.date()
        if isinstance(raw, date):
            return raw
        if not _text(raw):
            return default
        try:
            return datetime.strptime(_text(raw), "%d/%m/%Y").date()
        except ValueError:
            raise _Bad("not_date", given=_text(raw)) from None

    return parse


def _condition(raw: Any) -> conditions.Condition:
    try:
        return conditions.parse(_required(raw))
    except conditions.ConditionError as error:
        raise _Bad("not_condition", given=str(error)) from None


# Sheet -> its columns in order: heading, field, parser. Headings are found by name, so columns may be moved.
TABLES: dict[str, tuple[tuple[str, str, Parser], ...]] = {
    "Phần": (("Số", "number", _required), ("Tên phần", "title", _required)),
    "Hoạt động": (
        ("TT", "number", _integer),
        ("Phần", "section", _required),
        ("Nội dung hoạt động", "text", _required),
        ("Nguyên văn nội dung (nếu khác)", "text_verbatim", _text),
        ("Cơ quan chủ trì", "lead", _required),
        ("Nguyên văn cơ quan chủ trì (nếu khác)", "lead_verbatim", _text),
        ("Nguyên văn đơn vị đầu mối", "focal_verbatim", _required),
        ("Vai trò đầu mối (phải báo cáo)", "focal", _list),
        ("Vai trò cung cấp số liệu", "data", _list),
        ("Vai trò chỉ đối chiếu", "reconciles", _list),
        ("Thời gian", "time", _required),
        ("Từ năm", "first", _integer),
        ("Đến năm", "last", _integer),
        ("Kết quả", "result", _required),
        ("Nguyên văn kết quả (nếu khác)", "result_verbatim", _text),
        ("Chỉ tiêu của mục tiêu", "target_code", _text),
        ("Mục tiêu", "target_amount", _bound),
        ("Mục tiêu từ năm", "target_first", _bound),
        ("Mục tiêu đến năm", "target_last", _bound),
    ),
    "Chỉ tiêu": (
        ("Mã", "code", _required),
        ("Hoạt động", "activity", _integer),
        ("Tên chỉ tiêu", "name", _required),
        ("Đơn vị tính", "unit_of_measure", _required),
        ("Kiểu", "type", _one_of(TYPES)),
        ("Tính chất", "kind", _one_of(KINDS)),
        ("Gộp giữa các đơn vị", "over_units", _one_of(OVER_UNITS)),
        ("Tử số", "numerator", _list),
        ("Mẫu số", "denominator", _list),
        ("Ngưỡng cảnh báo", "soft", _bound),
        ("Ngưỡng lỗi", "hard", _bound),
        ("Trả lời cột Kết quả", "answers", _yes),
        ("Khớp với danh sách hoạt động", "events", _one_of(EVENT_ROLES)),
    ),
    "Số liệu nền": (
        ("Mã", "code", _required),
        ("Tên số liệu", "name", _required),
        ("Đơn vị tính", "unit_of_measure", _required),
        ("Vai trò phải khai", "declared_by", _list),
    ),
    "Kiểm tra": (
        ("Mã", "code", _required),
        ("Mức", "severity", _one_of(SEVERITIES)),
        ("Điều kiện phải đúng", "condition", _condition),
        ("Ô chưa tính khi sai", "held", _list),
        ("Câu giải thích", "sentence_vi", _required),
        ("Câu giải thích (tiếng Anh)", "sentence_en", _required),
    ),
    "Vai trò": (
        ("Mã", "code", _required),
        ("Tên", "name", _required),
        ("Là loại đơn vị", "is_kind", _yes),
        ("Cấp", "level", _one_of({"tỉnh": "tỉnh", "cơ sở": "cơ sở", "": ""})),
    ),
    "Đơn vị": (
        ("Mã", "code", _required),
        ("Tên đơn vị", "name", _required),
        ("Loại", "kind", _required),
        ("Vai trò", "roles", _list),
        ("Thường trực", "standing", _yes),
        ("Tên gọi khác", "aliases", _list),
        ("E-mail", "email", _text),
        ("Điện thoại", "phone", _text),
        ("Người liên hệ", "contact", _text),
        ("Hiệu lực từ", "first", _day(FIRST_DAY)),
        ("Hiệu lực đến", "last", _day(LAST_DAY)),
        ("Đơn vị kế thừa", "successors", _list),
        ("Ghi chú", "note", _text),
    ),
    "Phiên bản": (
        ("Của", "what", _one_of({"danh mục": "catalogue", "mẫu biểu": "template"})),
        ("Phiên bản", "version", _required),
        ("Từ năm", "first", _integer),
        ("Đến năm", "last", _integer),
        ("Ghi chú", "note", _text),
    ),
}


@dataclass(frozen=True, slots=True)
class _Line:
    """One data row: its fields and where each stands."""

    fields: Mapping[str, Any]
    places: Mapping[str, CellRef]


Tables = Mapping[str, list[_Line]]
Complaint = tuple[CellRef, str, dict[str, object]]


def load(path: Path, lang: str = "vi") -> Catalogue:
    """Read and check the catalogue, all years. Raises CatalogueError naming every bad sheet and cell."""
    grids = _open(path)
    complaints: list[Complaint] = []
    tables = {name: list(_lines(name, grids.get(name), path.name, complaints)) for name in TABLES}
    if not complaints:
        complaints += _contradictions(tables)
    if complaints:
        raise CatalogueError(
            "catalogue_wrong", [_sentence(complaint, lang) for complaint in complaints], file=path.name
        )
    return _build(tables)


def _open(path: Path) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    if not path.exists():
        raise CatalogueError("catalogue_missing", file=str(path))
    try:
        book = CalamineWorkbook.from_path(str(path))
        return {tidy(name): book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError):
        raise CatalogueError("catalogue_unreadable", file=str(path)) from None


def _sentence(complaint: Complaint, lang: str) -> str:
    ref, key, values = complaint
    return f"{ref.place}: {say(f'catalogue.problem.{key}', lang, **values)}"


def _lines(name: str, grid: list[list[Any]] | None, file: str, complaints: list[Complaint]) -> Iterator[_Line]:
    if not grid:
        complaints.append((CellRef(file, name, 1, 1), "no_sheet", {"sheet": name}))
        return
    headings = [_text(cell) for cell in grid[0]]
    for heading, _, _ in TABLES[name]:
        if headings.count(heading) != 1:
            complaints.append((CellRef(file, name, 1, 1), "no_column", {"heading": heading}))
            return
    for row, cells in enumerate(grid[1:], start=2):
        if any(_text(cell) for cell in cells):
            yield _line(name, headings, row, cells, file, complaints)


def _line(name: str, headings: list[str], row: int, cells: list[Any], file: str, complaints: list[Complaint]) -> _Line:
    fields: dict[str, Any] = {}
    places: dict[str, CellRef] = {}
    for heading, field, parse in TABLES[name]:
        column = headings.index(heading)
        places[field] = CellRef(file, name, row, column + 1)
        try:
            fields[field] = parse(cells[column])
        except _Bad as bad:
            complaints.append((places[field], bad.key, bad.values))
    return _Line(fields, places)


# ---- the catalogue checks itself ------------------------------------------------------------------------------------


def _contradictions(tables: Tables) -> Iterator[Complaint]:
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


def _duplicates(lines: Iterable[_Line], field: str) -> Iterator[Complaint]:
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


def _reconciled_but_not_focal(lines: Iterable[_Line]) -> Iterator[Complaint]:
    for line in lines:
        for role in line.fields["reconciles"]:
            if role not in line.fields["focal"]:
                yield line.places["reconciles"], "reconciled_not_focal", {"given": role}


def _held_elsewhere(lines: Iterable[_Line]) -> Iterator[Complaint]:
    for line in lines:
        error = line.fields["severity"] is Severity.ERROR
        if error and not line.fields["held"]:
            yield line.places["held"], "nothing_held", {}
        for code in line.fields["held"]:
            if code not in line.fields["condition"].codes:
                yield line.places["held"], "held_elsewhere", {"given": code}


def _bad_bounds(lines: Iterable[_Line]) -> Iterator[Complaint]:
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


def _bad_ratios(lines: Iterable[_Line]) -> Iterator[Complaint]:
    for line in lines:
        fields = line.fields
        if (fields["over_units"] == "ratio") != bool(fields["numerator"] and fields["denominator"]):
            yield line.places["numerator"], "ratio_operands", {"given": fields["code"]}
        if (fields["over_units"] == "ratio") != (fields["type"] == "percent"):
            yield line.places["type"], "ratio_type", {"given": fields["code"]}


def _shared_names(lines: Iterable[_Line]) -> Iterator[Complaint]:
    seen: dict[str, tuple[str, CellRef]] = {}
    for line in lines:
        for name in (line.fields["name"], *line.fields["aliases"]):
            owner, place = seen.setdefault(comparison_key(name), (line.fields["code"], line.places["name"]))
            if owner != line.fields["code"] and place.row != line.places["name"].row:
                yield line.places["aliases"], "shared_name", {"given": name, "first": place.place}


# ---- building -------------------------------------------------------------------------------------------------------


def _build(tables: Tables) -> Catalogue:
    def rows(name: str) -> list[dict[str, Any]]:
        return [dict(line.fields) for line in tables[name]]

    return Catalogue(
        year=0,
        sections=tuple(Section(**row) for row in rows("Phần")),
        activities=tuple(_activity(row) for row in rows("Hoạt động")),
        indicators=tuple(Indicator(**row) for row in rows("Chỉ tiêu")),
        bases=tuple(Base(**row) for row in rows("Số liệu nền")),
        checks=tuple(Check(**row) for row in rows("Kiểm tra")),
        roles=tuple(Role(**row) for row in rows("Vai trò")),
        units=tuple(Unit(**{**row, "roles": (row["kind"], *row["roles"])}) for row in rows("Đơn vị")),
        versions=tuple(Version(**row) for row in rows("Phiên bản")),
    )


def _activity(row: dict[str, Any]) -> Activity:
    code, amount, first, last = (
        row.pop(field) for field in ("target_code", "target_amount", "target_first", "target_last")
    )
    for field in ("text", "lead", "result"):
        row[f"{field}_verbatim"] = row[f"{field}_verbatim"] or row[field]
    return Activity(**row, target=Target(code, amount, int(first), int(last)) if code else None)


def target_for(activity: Activity, code: str, year: int) -> Decimal | None:
    """The target of an indicator in a year, None where the programme sets none."""
    target = activity.target
    if target is None or target.indicator != code or not target.first <= year <= target.last:
        return None
    return target.amount
