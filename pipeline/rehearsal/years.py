"""A rehearsal of the whole programme: five years, and within them the year in which districts end and communes begin.

The communes are examples: two for each district, enough to see how a split year is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import copy
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.rehearsal.editing import saved
from pipeline.rehearsal.inbox import Desk, Render, Sent, fill_clean
from pipeline.rehearsal.project import CATALOGUE, CONFIG, make_project
from pipeline.text import say

COMMUNE_KIND, DISTRICT_KIND = "cap_xa", "cap_huyen"
DISTRICTS_END, COMMUNES_BEGIN = date(2025, 6, 30), date(2025, 7, 1)
# District -> the communes and wards whose unions follow on its own, in the register's way of naming them.
SUCCESSORS: Mapping[str, tuple[str, ...]] = {
    "TV-842": ("phường Trà Vinh", "phường Long Đức"),
    "TV-844": ("xã Càng Long", "xã An Trường"),
    "TV-845": ("xã Cầu Kè", "xã Tam Ngãi"),
    "TV-846": ("xã Tiểu Cần", "xã Tập Ngãi"),
    "TV-847": ("xã Châu Thành", "xã Hòa Minh"),
    "TV-848": ("xã Cầu Ngang", "xã Vinh Kim"),
    "TV-849": ("xã Trà Cú", "xã Hàm Giang"),
    "TV-850": ("xã Đôn Châu", "xã Ngũ Lạc"),
    "TV-851": ("phường Duyên Hải", "phường Trường Long Hòa"),
}
# Who sent nothing: one union in 2023; in 2025 both successors of a district, whose own stock then stands in.
SILENT: Mapping[int, tuple[str, ...]] = {2023: ("TT-QS",), 2025: ("VL-8501", "VL-8502")}
# The years that are run, one after the other; 2024 is left as its inbox alone, as in a province that began late.
RUN_YEARS = (2022, 2023, 2025)


def make_years_project(folder: Path, only: Collection[str] = ()) -> None:
    """As ``make_project``, with districts that end and communes that follow; ``only``: these units of the example, by code."""
    make_project(folder)
    path = folder / CATALOGUE
    book = load_workbook(path)
    _divide(book, only)
    path.write_bytes(saved(book))
    settings = folder / CONFIG
    settings.write_text(_with_communes(settings.read_text(encoding="utf-8")), encoding="utf-8")


def write_year(folder: Path, catalogue: Catalogue, config: Config, render: Render) -> tuple[Sent, ...]:
    """One year's inbox: the units valid in that year sent clean workbooks in time, all but a few of ``SILENT``."""
    silent = SILENT.get(catalogue.year, ())
    return fill_clean(folder, Desk(catalogue, config, render), [u for u in catalogue.units if u.code not in silent])


def successors_of(district: str) -> Iterator[tuple[str, str]]:
    """(code, place) of the communes that follow on a district: TV-844 -> VL-8441, VL-8442."""
    for number, place in enumerate(SUCCESSORS[district], start=1):
        yield f"VL-{district[-3:]}{number}", place


def _with_communes(settings: str) -> str:
    """The recipients without districts, which config.toml keeps ready behind #, take the place of those with them."""
    above, heading, below = settings.partition("# [[correspondents]]\n")
    own, _, rest = below.partition("\n\n")
    before, _, after = above.rpartition("valid_to = 2026-12-31")
    lines = "".join(line.removeprefix("# ") for line in (heading, *own.splitlines(keepends=True)))
    return f"{before}valid_to = {DISTRICTS_END}{after}{lines}\n\n{rest}"


def _divide(book: Workbook, only: Collection[str]) -> None:
    units = _Table(book["Đơn vị"])
    for row in reversed(units.rows()):
        if only and units.get(row, "Mã") not in only:
            units.sheet.delete_rows(row)
    districts = [code for code in SUCCESSORS if not only or code in only]
    for row in units.rows():
        code = str(units.get(row, "Mã"))
        if code in districts:
            units.set(row, "Hiệu lực đến", DISTRICTS_END)
            units.set(row, "Đơn vị kế thừa", "; ".join(heir for heir, _ in successors_of(code)))
    for number, (code, place) in enumerate((one for district in districts for one in successors_of(district)), start=1):
        units.add(_commune(code, place, number))
    kinds = _Table(book["Vai trò"])
    name = say("rehearsal.years.kind", "vi")
    kinds.add({"Mã": COMMUNE_KIND, "Tên": name, "Là loại đơn vị": "Có", "Cấp": "cơ sở"})
    for heading in ("Vai trò đầu mối (phải báo cáo)", "Vai trò cung cấp số liệu"):
        _Table(book["Hoạt động"]).add_role(heading)
    # A commune has no communes of its own: B1 stays the districts'.
    _Table(book["Số liệu nền"]).add_role("Vai trò phải khai", without=("B1",))


def _commune(code: str, place: str, number: int) -> dict[str, object]:
    return {
        "Mã": code,
        "Tên đơn vị": say("rehearsal.years.union", "vi", place=place),
        "Loại": COMMUNE_KIND,
        "E-mail": f"{code.lower()}@example.vn",
        "Điện thoại": f"0294 555 {700 + number:04d}",
        "Hiệu lực từ": COMMUNES_BEGIN,
        "Ghi chú": say("rehearsal.years.note", "vi"),
    }


class _Table:
    """A sheet of the catalogue with its columns by heading."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.columns = {str(cell.value): int(cell.column) for cell in sheet[1] if cell.value is not None}

    def rows(self) -> list[int]:
        """The numbers of the filled rows."""
        return [row for row in range(2, self.sheet.max_row + 1) if self.sheet.cell(row, 1).value is not None]

    def get(self, row: int, heading: str) -> object:
        """What stands in a row below a heading."""
        return self.sheet.cell(row, self.columns[heading]).value

    def set(self, row: int, heading: str, content: Any) -> None:
        """Write into a row below a heading; a day as the catalogue shows days."""
        cell = self.sheet.cell(row, self.columns[heading])
        cell.value = f"{content:%d/%m/%Y}" if isinstance(content, date) else content

    def add(self, content: Mapping[str, object]) -> None:
        """A row below the last, in its look."""
        last = self.rows()[-1]
        for column in self.columns.values():
            above: Any = self.sheet.cell(last, column)
            below: Any = self.sheet.cell(last + 1, column)
            below._style = copy(above._style)
        for heading, value in content.items():
            self.set(last + 1, heading, value)

    def add_role(self, heading: str, without: tuple[str, ...] = ()) -> None:
        """The communes beside the districts wherever a column names these."""
        for row in self.rows():
            roles = [part.strip() for part in str(self.get(row, heading) or "").split(";")]
            if DISTRICT_KIND in roles and self.sheet.cell(row, 1).value not in without:
                self.set(row, heading, "; ".join([*roles, COMMUNE_KIND]))
