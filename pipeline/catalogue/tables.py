"""The sheets of danh-muc.xlsx: headings, how their cells are read, and where each stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pipeline import conditions
from pipeline.model import CellRef, Severity
from pipeline.text import tidy

TYPES = {"số nguyên": "integer", "số thập phân": "decimal", "tỷ lệ %": "percent", "có/không": "yes_no"}
KINDS = {"phát sinh": "flow", "lũy kế": "stock", "": ""}
OVER_UNITS = {"cộng": "sum", "lớn nhất": "max", "tỷ số các tổng": "ratio", "mới nhất": "latest"}
EVENT_ROLES = {"số hoạt động": "count", "số người": "people", "": ""}
SEVERITIES = {"lỗi": Severity.ERROR, "cảnh báo": Severity.WARNING}
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9999, 12, 31)

Parser = Callable[[Any], Any]


class BadCell(ValueError):
    """A cell that cannot be read; args: locale key below ``catalogue.problem`` and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def cell_text(raw: Any) -> str:
    """A cell as text: 5.0 -> 5, white space tidied."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return tidy(str(raw))


def _required(raw: Any) -> str:
    if not cell_text(raw):
        raise BadCell("blank")
    return cell_text(raw)


def _list(raw: Any) -> tuple[str, ...]:
    return tuple(part for part in (tidy(piece) for piece in cell_text(raw).split(";")) if part)


def _integer(raw: Any) -> int:
    try:
        return int(Decimal(cell_text(raw)))
    except InvalidOperation:
        raise BadCell("not_integer", given=cell_text(raw)) from None


def _bound(raw: Any) -> Decimal | None:
    if not cell_text(raw):
        return None
    try:
        return Decimal(cell_text(raw))
    except InvalidOperation:
        raise BadCell("not_number", given=cell_text(raw)) from None


def _yes(raw: Any) -> bool:
    if cell_text(raw).lower() not in {"có", "không", ""}:
        raise BadCell("not_one_of", given=cell_text(raw), expected="Có / Không")
    return cell_text(raw).lower() == "có"


def _one_of(words: Mapping[str, Any]) -> Parser:
    def parse(raw: Any) -> Any:
        if cell_text(raw).lower() not in words:
            raise BadCell("not_one_of", given=cell_text(raw), expected=" / ".join(word for word in words if word))
        return words[cell_text(raw).lower()]

    return parse


def _day(default: date) -> Parser:
    def parse(raw: Any) -> date:
        if isinstance(raw, datetime):
            return raw.date()
        if isinstance(raw, date):
            return raw
        if not cell_text(raw):
            return default
        try:
            return datetime.strptime(cell_text(raw), "%d/%m/%Y").date()
        except ValueError:
            raise BadCell("not_date", given=cell_text(raw)) from None

    return parse


def _condition(raw: Any) -> conditions.Condition:
    try:
        return conditions.parse(_required(raw))
    except conditions.ConditionError as error:
        raise BadCell("not_condition", given=str(error)) from None


# Sheet -> its columns in order: heading, field, parser. Headings are found by name, so columns may be moved.
TABLES: dict[str, tuple[tuple[str, str, Parser], ...]] = {
    "Phần": (("Số", "number", _required), ("Tên phần", "title", _required)),
    "Hoạt động": (
        ("TT", "number", _integer),
        ("Phần", "section", _required),
        ("Nội dung hoạt động", "text", _required),
        ("Nguyên văn nội dung (nếu khác)", "text_verbatim", cell_text),
        ("Cơ quan chủ trì", "lead", _required),
        ("Nguyên văn cơ quan chủ trì (nếu khác)", "lead_verbatim", cell_text),
        ("Nguyên văn đơn vị đầu mối", "focal_verbatim", _required),
        ("Vai trò đầu mối (phải báo cáo)", "focal", _list),
        ("Vai trò cung cấp số liệu", "data", _list),
        ("Vai trò chỉ đối chiếu", "reconciles", _list),
        ("Thời gian", "time", _required),
        ("Từ năm", "first", _integer),
        ("Đến năm", "last", _integer),
        ("Kết quả", "result", _required),
        ("Nguyên văn kết quả (nếu khác)", "result_verbatim", cell_text),
        ("Chỉ tiêu của mục tiêu", "target_code", cell_text),
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
        ("E-mail", "email", cell_text),
        ("Điện thoại", "phone", cell_text),
        ("Người liên hệ", "contact", cell_text),
        ("Hiệu lực từ", "first", _day(FIRST_DAY)),
        ("Hiệu lực đến", "last", _day(LAST_DAY)),
        ("Đơn vị kế thừa", "successors", _list),
        ("Ghi chú", "note", cell_text),
    ),
    "Phiên bản": (
        ("Của", "what", _one_of({"danh mục": "catalogue", "mẫu biểu": "template"})),
        ("Phiên bản", "version", _required),
        ("Từ năm", "first", _integer),
        ("Đến năm", "last", _integer),
        ("Ghi chú", "note", cell_text),
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One data row: its fields and where each stands."""

    fields: Mapping[str, Any]
    places: Mapping[str, CellRef]


Tables = Mapping[str, list[Line]]
Complaint = tuple[CellRef, str, dict[str, object]]


def read_lines(name: str, grid: list[list[Any]] | None, file: str, complaints: list[Complaint]) -> Iterator[Line]:
    """The data rows of one sheet; what cannot be read is added to ``complaints``."""
    if not grid:
        complaints.append((CellRef(file, name, 1, 1), "no_sheet", {"sheet": name}))
        return
    headings = [cell_text(cell) for cell in grid[0]]
    for heading, _, _ in TABLES[name]:
        if headings.count(heading) != 1:
            complaints.append((CellRef(file, name, 1, 1), "no_column", {"heading": heading}))
            return
    for row, cells in enumerate(grid[1:], start=2):
        if any(cell_text(cell) for cell in cells):
            yield _line(name, headings, row, cells, file, complaints)


def _line(name: str, headings: list[str], row: int, cells: list[Any], file: str, complaints: list[Complaint]) -> Line:
    fields: dict[str, Any] = {}
    places: dict[str, CellRef] = {}
    for heading, field, parse in TABLES[name]:
        column = headings.index(heading)
        places[field] = CellRef(file, name, row, column + 1)
        try:
            fields[field] = parse(cells[column])
        except BadCell as bad:
            complaints.append((places[field], bad.key, bad.values))
    return Line(fields, places)
