"""A whole synthetic year without files: submissions made by hand, merged and computed by the real stages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path

from pipeline import catalogue as catalogue_module
from pipeline import config as config_module
from pipeline.catalogue import Catalogue, Unit
from pipeline.config import Config
from pipeline.figures import compute_figures
from pipeline.form import data_rows, info_rows
from pipeline.merge import choose, merge
from pipeline.model import (
    CellRef,
    CellState,
    Dataset,
    Figures,
    Finding,
    Identity,
    PreviousYear,
    Record,
    Scalar,
    Severity,
    SourceFile,
    Submission,
    Value,
)
from pipeline.sheets import BY_KEY

ROOT = Path(__file__).parent.parent


@cache
def shipped() -> tuple[Catalogue, Config]:
    """The shipped catalogue of the configured year, and the configuration."""
    config = config_module.load(ROOT / "config.toml")
    return catalogue_module.load(config.catalogue_path).for_year(config.year), config


def source(path: str, received: date | None = date(2026, 11, 24), kind: str = "xlsx") -> SourceFile:
    """A file of the inbox whose content is its own name."""
    return SourceFile(path, kind, len(path), sha256(path.encode()).hexdigest(), received, path.encode())


def value(ref: CellRef, unit: str, sheet: str, key: str, content: Scalar) -> Value:
    """A cell that holds what it says; None is a blank cell."""
    state = CellState.BLANK if content is None else CellState.VALUE
    raw = "" if content is None else f"{content:%d/%m/%Y}" if isinstance(content, date) else str(content)
    return Value(ref, unit, sheet, key, raw, state, content)


def submission(unit: Unit, amounts: dict[str, Scalar], path: str = "", records: tuple[Record, ...] = ()) -> Submission:
    """A workbook of one unit: every row of its form, filled from ``amounts`` (absent codes are blank)."""
    catalogue, config = shipped()
    file = source(path or f"2026-11-24/{unit.code}.xlsx")
    cells: dict[tuple[str, str], Value] = {}
    for sheet, rows in (("info", info_rows), ("data", data_rows)):
        for place, row in enumerate(rows(catalogue, unit, "vi"), start=5):
            if row.code and row.role in {"input", "description", "given"}:
                ref = CellRef(file.path, BY_KEY[sheet].name("vi"), place, 4 if sheet == "info" else 5)
                cells[sheet, row.code] = value(ref, unit.code, sheet, row.code, amounts.get(row.code))
    identity = Identity(unit.code, config.year, "1.0", catalogue.version, "", "meta", {"meta": unit.code})
    return Submission(file, identity, cells, records)


def event(unit: Unit, activity: str, name: str, people: int, row: int = 5, path: str = "") -> Record:
    """One row of the list of events."""
    file = path or f"2026-11-24/{unit.code}.xlsx"
    fields: dict[str, Scalar] = {
        "activity": activity, "name": name, "start": date(2026, 3, 26), "place": "Hội trường huyện", "people": Decimal(people),
    }  # fmt: skip
    return _record(unit, "events", file, row, fields)


def remark(unit: Unit, kind: str, content: str, addressee: str = "", row: int = 5) -> Record:
    """One row of the assessment sheet."""
    fields: dict[str, Scalar] = {"kind": kind, "content": content, "addressee": addressee or None}
    return _record(unit, "assessment", f"2026-11-24/{unit.code}.xlsx", row, fields)


def planned(unit: Unit, activity: str, content: str, row: int = 5) -> Record:
    """One row of the plan sheet."""
    return _record(
        unit, "plan", f"2026-11-24/{unit.code}.xlsx", row, {"activity": activity, "content": content, "time": "Quý II"}
    )


NOMINEE: dict[str, Scalar] = {
    "name": "Thạch Thị Kim Anh", "gender": "Nữ", "born": date(1990, 5, 12), "position": "Bí thư Đoàn xã Hòa Lợi",
    "award": "Vì thế hệ trẻ", "category": "Cán bộ Đoàn", "service": "9/2014 – nay",
    "years_total": Decimal(12), "years_continuous": Decimal(12), "achievements": "Mở các lớp kỹ năng số.",
    "earlier_awards": "Bằng khen của Tỉnh đoàn", "already_awarded": "Không", "discipline": "Không",
    "phone": "0294 555 0777", "note": "Người Khmer",
}  # fmt: skip


def nominee(unit: Unit, row: int = 5, **changes: Scalar) -> Record:
    """One row of the nominations sheet of which nothing is to be said; ``changes``: other contents, None blanks a cell."""
    return _record(unit, "nominations", f"2026-11-24/{unit.code}.xlsx", row, {**NOMINEE, **changes})


def _record(unit: Unit, sheet: str, file: str, row: int, fields: dict[str, Scalar]) -> Record:
    name = BY_KEY[sheet].name("vi")
    columns = {column.key: number for number, column in enumerate(BY_KEY[sheet].columns, start=1)}
    cells = {
        key: value(CellRef(file, name, row, columns[key]), unit.code, sheet, key, content)
        for key, content in fields.items()
    }
    return Record(unit.code, sheet, CellRef(file, name, row, 1), cells)


def amounts_of(catalogue: Catalogue, unit: Unit, factor: int) -> dict[str, Scalar]:
    """Plain amounts for every input row of a unit's form: no meaning, but all different and all positive."""
    amounts: dict[str, Scalar] = {"TT03": "Nguyễn Thị Hoa", "TT09": date(2026, 11, 24), "TT10": Decimal(1)}
    for place, row in enumerate(data_rows(catalogue, unit, "vi"), start=1):
        if row.role == "input":
            amounts[row.code] = Decimal(factor * 3 + place)
        if row.role == "description":
            amounts[row.code] = f"{unit.name} đã phối hợp tổ chức tại các cơ sở Đoàn."
    for base in catalogue.base_for(unit):
        amounts[base.code] = Decimal(100 + factor)
    amounts["CT16.1"] = Decimal(80 + factor)
    amounts["CT16.2"] = Decimal(100 + factor)
    return amounts


@cache
def sample_run(missing: bool = True) -> tuple[Dataset, Figures, Catalogue, Config]:
    """A year of the shipped register: with ``missing`` one unit has not sent and one has a refused cell."""
    catalogue, config = shipped()
    sent = []
    for factor, unit in enumerate(catalogue.units, start=1):
        if missing and unit.code == "TT-QS":
            continue
        records = (
            event(unit, "CT12", f"Tập huấn kỹ năng số tại {unit.name}", 45 + factor),
            remark(unit, "Ưu điểm", "Cơ sở Đoàn chủ động, đoàn viên tham gia tích cực."),
            remark(unit, "Hạn chế, khó khăn", "Thiếu thiết bị tại vùng sâu.", row=6),
            remark(unit, "Đề xuất, kiến nghị", "Hỗ trợ kinh phí tập huấn.", "Sở Thông tin và Truyền thông", row=7),
            planned(unit, "CT12", "Mở 02 lớp tập huấn an toàn thông tin."),
        )
        sent.append(submission(unit, amounts_of(catalogue, unit, factor), records=records))
    findings: tuple[Finding, ...] = ()
    if missing:
        cell = sent[1].cell("CT12.2")
        assert cell is not None
        given = {"given": cell.raw, "expected": "≤ CT12.1"}
        findings = (Finding("K12a", Severity.ERROR, cell.ref.file, cell.unit, cell.ref, "CT12.2", given, ("CT12.2",)),)
    dataset = merge(sent, choose(sent, catalogue), findings, catalogue, config)
    totals: dict[str, Decimal | bool] = {
        indicator.code: Decimal(50 * n) for n, indicator in enumerate(catalogue.indicators, 1)
    }
    totals |= {"CT16.3": Decimal("71.4")}
    previous = PreviousYear(2025, {("TV-842", "CT12.1"): Decimal(12)}, totals, "Tong-hop-2025.xlsx")
    return dataset, compute_figures(dataset, catalogue, previous), catalogue, config
