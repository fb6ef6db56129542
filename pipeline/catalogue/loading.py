"""Opening danh-muc.xlsx, telling all its mistakes at once, building the Catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.catalogue.contradictions import contradictions
from pipeline.catalogue.model import Activity, Base, Catalogue, Check, Indicator, Role, Section, Target, Unit, Version
from pipeline.catalogue.tables import TABLES, Complaint, Tables, read_lines
from pipeline.errors import CatalogueError
from pipeline.text import say, tidy


def load(path: Path, lang: str = "vi") -> Catalogue:
    """Read and check the catalogue, all years. Raises CatalogueError naming every bad sheet and cell."""
    grids = _open(path)
    complaints: list[Complaint] = []
    tables = {name: list(read_lines(name, grids.get(name), path.name, complaints)) for name in TABLES}
    if not complaints:
        complaints += contradictions(tables)
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
        roles=tuple(Role(row["code"], row["name"], row["level"]) for row in rows("Vai trò")),
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
