"""The same submission in every format that units send: the same figures, and what each format hides is found."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook
from openpyxl.styles import Font
from pyxlsbwriter import XlsbWriter

from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.intake.finding import source_of
from pipeline.legacy import Encoding
from pipeline.model import CellState, Submission
from pipeline.reading import read_detached, read_submission
from pipeline.reading.opening import DEFAULT_PASSWORD
from pipeline.rehearsal import answers_for
from pipeline.templates import render_template
from pipeline.worker import Lost, work_through
from tests.conftest import Convert
from tests.test_legacy import encoded

UNIT = "TV-844"


@pytest.fixture(scope="module")
def filled(catalogue: Catalogue, config: Config) -> bytes:
    unit = catalogue.unit(UNIT)
    assert unit is not None
    return render_template(catalogue, config, unit, None, answers_for(unit, catalogue))


def read(name: str, data: bytes, catalogue: Catalogue) -> Submission:
    return read_submission(source_of(name, data), catalogue)


def values(submission: Submission) -> dict[tuple[str, str], object]:
    """Everything that was typed, by sheet and key."""
    return {key: value.value for key, value in submission.values.items() if value.state is CellState.VALUE}


def rows(submission: Submission) -> list[tuple[str, dict[str, object]]]:
    return [
        (record.sheet, {key: cell.value for key, cell in record.cells.items() if cell.value is not None})
        for record in submission.records
    ]


# ---- .xls -----------------------------------------------------------------------------------------------------------


def as_xls(data: bytes, change: Callable[[Any], object] = lambda book: None) -> bytes:
    """The workbook's values written as BIFF8."""
    old, new = load_workbook(BytesIO(data), data_only=True), xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for sheet in old.worksheets:
        page = new.add_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    style = day if hasattr(cell.value, "strftime") else xlwt.Style.default_style
                    page.write(cell.row - 1, cell.column - 1, cell.value, style)
    change(new)
    buffer = BytesIO()
    new.save(buffer)
    return buffer.getvalue()


def test_xls_reads_like_xlsx(filled: bytes, catalogue: Catalogue) -> None:
    before, after = read("a.xlsx", filled, catalogue), read("a.xls", as_xls(filled), catalogue)
    assert (after.failure, after.identity.unit, after.identity.witness) == ("", UNIT, "meta")
    assert values(after) == values(before)
    assert rows(after) == rows(before)
    assert after.notes == ()


def test_xls_named_xlsx_is_read_and_noted(filled: bytes, catalogue: Catalogue) -> None:
    one = read("a.xlsx", as_xls(filled), catalogue)
    assert (one.failure, one.notes) == ("", (("misnamed", "xls"),))


def test_xls_errors_percentages_hidden_rows_and_merges_are_seen(filled: bytes, catalogue: Catalogue) -> None:
    sheet = load_workbook(BytesIO(filled))["Số liệu"]
    place = {cell.value: cell.row for cell in sheet["A"]}

    def spoil(book: Any) -> None:
        page = book.get_sheet("Số liệu")
        page._cell_overwrite_ok = True
        page.write(place["CT12.2"] - 1, 4, xlwt.Formula("1/0"))
        page.write(place["CT12.3"] - 1, 4, 0.05, xlwt.easyxf(num_format_str="0%"))
        page.row(place["CT12.4"] - 1).hidden = True
        page.merge(place["CT13.1"] - 1, place["CT13.2"] - 1, 4, 4)

    one = read("a.xls", as_xls(filled, spoil), catalogue)
    kinds = {code: cell.problem.kind for code in ("CT12.3", "CT12.4", "CT13.1")
             if (cell := one.cell(code)) is not None and cell.problem is not None}  # fmt: skip
    assert kinds == {"CT12.3": "percent_in_number", "CT12.4": "hidden", "CT13.1": "merged"}


def test_an_error_value_in_xls_is_an_error_and_not_a_blank(filled: bytes, catalogue: Catalogue) -> None:
    sheet = load_workbook(BytesIO(filled))["Số liệu"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "CT12.2")

    def spoil(book: Any) -> None:
        page = book.get_sheet("Số liệu")
        page._cell_overwrite_ok = True
        page.row(row - 1).set_cell_error(4, "#REF!")

    cell = read("a.xls", as_xls(filled, spoil), catalogue).cell("CT12.2")
    assert cell is not None
    assert (cell.raw, cell.problem and cell.problem.kind) == ("#REF!", "error_value")


def test_a_damaged_xls_says_so(filled: bytes, catalogue: Catalogue) -> None:
    data = as_xls(filled)
    assert read("a.xls", data[: len(data) // 2], catalogue).source.kind == "damaged"


# ---- .xlsb ----------------------------------------------------------------------------------------------------------


def as_xlsb(data: bytes, path: Path) -> bytes:
    book = load_workbook(BytesIO(data), data_only=True)
    with XlsbWriter(str(path)) as writer:
        for sheet in book.worksheets:
            writer.add_sheet(sheet.title)
            writer.write_sheet([[cell.value for cell in row] for row in sheet.iter_rows()])
    return path.read_bytes()


def test_xlsb_reads_like_xlsx(filled: bytes, catalogue: Catalogue, tmp_path: Path) -> None:
    before, after = read("a.xlsx", filled, catalogue), read("a.xlsb", as_xlsb(filled, tmp_path / "a.xlsb"), catalogue)
    assert (after.failure, after.identity.unit) == ("", UNIT)
    assert values(after) == values(before)
    assert rows(after) == rows(before)


def test_an_error_value_in_xlsb_is_an_error_and_not_a_blank(
    filled: bytes, catalogue: Catalogue, tmp_path: Path
) -> None:
    data = with_error_record(as_xlsb(filled, tmp_path / "a.xlsb"), "CT12.2", filled)
    cell = read("a.xlsb", data, catalogue).cell("CT12.2")
    assert cell is not None
    assert (cell.raw, cell.problem and cell.problem.kind) == ("#DIV/0!", "error_value")


def with_error_record(data: bytes, code: str, filled: bytes) -> bytes:
    """The cell beside a code turned into an error: BrtCellError, 9 bytes, for whatever record stood there."""
    sheets = load_workbook(BytesIO(filled)).sheetnames
    sheet = load_workbook(BytesIO(filled))["Số liệu"]
    row = next(cell.row for cell in sheet["A"] if cell.value == code)
    part = f"xl/worksheets/sheet{sheets.index('Số liệu') + 1}.bin"
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _error_in(content, row - 1, 4) if name == part else content)
    return out.getvalue()


def _error_in(data: bytes, row: int, column: int) -> bytes:
    out, place, current = bytearray(), 0, -1
    while place < len(data):
        start = place
        record, place = _number(data, place)
        length, place = _number(data, place)
        content = data[place : place + length]
        place += length
        if record == 0:
            current = int.from_bytes(content[:4], "little")
        if record in range(1, 12) and current == row and int.from_bytes(content[:4], "little") == column:
            out += bytes([3, 9]) + content[:8] + b"\x07"
        else:
            out += data[start:place]
    return bytes(out)


def _number(data: bytes, place: int) -> tuple[int, int]:
    number, shift = 0, 0
    while True:
        byte = data[place]
        place += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return number, place


# ---- LibreOffice ----------------------------------------------------------------------------------------------------


@pytest.mark.libreoffice
@pytest.mark.parametrize("to", ["xlsx", "xls", "ods"])
def test_libreoffice_saves_the_same_figures_in_every_format(
    to: str, filled: bytes, catalogue: Catalogue, soffice: Convert, tmp_path: Path
) -> None:
    (tmp_path / "bieu.xlsx").write_bytes(filled)
    data = soffice(tmp_path / "bieu.xlsx", to, tmp_path / "out").read_bytes()
    before, after = read("a.xlsx", filled, catalogue), read(f"a.{to}", data, catalogue)
    assert (after.failure, after.identity.unit, after.source.kind, after.notes) == ("", UNIT, to, ())
    assert values(after) == values(before)
    assert rows(after) == rows(before)
    assert after.strays == before.strays


@pytest.mark.libreoffice
@pytest.mark.parametrize("to", ["xlsx", "xls", "ods"])
def test_libreoffice_keeps_what_we_must_notice(
    to: str, filled: bytes, catalogue: Catalogue, soffice: Convert, tmp_path: Path
) -> None:
    book = load_workbook(BytesIO(filled))
    sheet = book["Số liệu"]
    sheet.protection.sheet = False
    place = {cell.value: cell.row for cell in sheet["A"]}
    sheet[f"E{place['CT12.2']}"] = "=1/0"
    sheet[f"E{place['CT12.3']}"], sheet[f"E{place['CT12.3']}"].number_format = 0.05, "0%"
    sheet.row_dimensions[place["CT12.4"]].hidden = True
    sheet.merge_cells(f"E{place['CT13.1']}:E{place['CT13.2']}")
    sheet[f"E{place['CT14.1']}"] = date(2026, 5, 12)
    book.save(tmp_path / "bieu.xlsx")
    data = soffice(tmp_path / "bieu.xlsx", to, tmp_path / "out").read_bytes()
    one = read(f"a.{to}", data, catalogue)
    found = {
        code: cell.problem.kind
        for code in ("CT12.2", "CT12.3", "CT12.4", "CT13.1", "CT14.1")
        if (cell := one.cell(code)) is not None and cell.problem is not None
    }
    assert found == {
        "CT12.2": "error_value", "CT12.3": "percent_in_number", "CT12.4": "hidden", "CT13.1": "merged",
        "CT14.1": "date_in_number",
    }  # fmt: skip
    error = one.cell("CT12.2")
    assert error is not None
    assert error.raw == "#DIV/0!"


# ---- passwords ------------------------------------------------------------------------------------------------------


def locked(data: bytes, password: str) -> bytes:
    out = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def test_a_file_with_excels_own_password_is_opened_and_noted(filled: bytes, catalogue: Catalogue) -> None:
    one = read("a.xlsx", locked(filled, DEFAULT_PASSWORD), catalogue)
    assert (one.failure, one.source.kind, one.notes) == ("", "encrypted", (("default_password", ""),))
    assert values(one) == values(read("a.xlsx", filled, catalogue))


def test_a_file_with_another_password_is_named_and_not_called_damaged(filled: bytes, catalogue: Catalogue) -> None:
    assert read("a.xlsx", locked(filled, "bimat"), catalogue).failure == "encrypted"


# ---- old encodings --------------------------------------------------------------------------------------------------


def to_tcvn3(text: str) -> str:
    return encoded(text, Encoding.TCVN3)


def in_tcvn3(filled: bytes) -> bytes:
    """Everything that the unit typed, as typed in .VnTime."""
    book = load_workbook(BytesIO(filled), data_only=True)
    for sheet in book.worksheets[1:-1]:
        for row in sheet.iter_rows(min_row=6):
            for cell in row:
                if isinstance(cell.value, str) and not cell.protection.locked and not cell.value.isascii():
                    cell.value, cell.font = to_tcvn3(cell.value), Font(name=".VnTime")
    place = {cell.value: cell.row for cell in book["Số liệu"]["A"]}
    book["Số liệu"][f"E{place['CT12.1']}"] = to_tcvn3("2 lớp")
    book["Số liệu"][f"E{place['CT12.3']}"] = to_tcvn3("khoảng 50")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_text_in_tcvn3_is_read_in_unicode_and_its_numbers_follow_the_same_rules(
    filled: bytes, catalogue: Catalogue
) -> None:
    one, before = read("a.xlsx", in_tcvn3(filled), catalogue), read("a.xlsx", filled, catalogue)
    texts = [key for key, value in before.values.items() if isinstance(value.value, str)]
    assert {key: one.values[key].value for key in texts} == {key: before.values[key].value for key in texts}
    assert ("legacy_font", "TCVN3") in one.notes
    kept, approximate = one.cell("CT12.1"), one.cell("CT12.3")
    assert kept is not None
    assert approximate is not None
    assert (kept.value, kept.note, kept.raw) == (Decimal(2), "unit_word", to_tcvn3("2 lớp"))
    assert (approximate.problem and approximate.problem.kind) == "approximate"


# ---- workers --------------------------------------------------------------------------------------------------------


def misbehave(way: str) -> str:
    if way == "slow":
        time.sleep(60)
    if way == "abort":
        os.abort()
    if way == "greedy":
        return str(len(bytearray(8 * 2**30)))
    if way == "raise":
        raise KeyError(way)
    return way


def test_a_file_that_kills_its_reader_is_lost_alone() -> None:
    ways = ["fine", "slow", "fine", "abort", "greedy", "raise", "fine"]
    done = dict(work_through(misbehave, ways, jobs=2, seconds=1.0))
    assert [done[place] for place in range(len(ways))] == [
        "fine", Lost("time"), "fine", Lost("crash"), Lost("memory"), Lost("crash"), "fine",
    ]  # fmt: skip


def test_children_that_are_not_forked_work_as_well(
    filled: bytes, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows and macOS start a new interpreter: everything must travel to it and back."""
    monkeypatch.setattr("pipeline.worker.sys.platform", "darwin")
    reader = partial(read_detached, catalogue=catalogue, assigned={})
    ((_, one),) = work_through(reader, [source_of("a.xlsx", filled)])
    assert isinstance(one, Submission)
    assert values(one) == values(read("a.xlsx", filled, catalogue))


def test_a_child_that_swells_slowly_is_stopped_where_the_system_sets_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.worker._limit_memory", lambda megabytes: None)
    (done,) = work_through(swell, ["x"], megabytes=300, seconds=20.0)
    assert done == (0, Lost("memory"))


def swell(_: str) -> int:
    held = []
    for _number in range(400):
        held.append(bytearray(os.urandom(8)) * 2**18)
        time.sleep(0.01)
    return len(held)


def test_a_reader_that_writes_to_the_screen_is_not_heard(capfd: pytest.CaptureFixture[str]) -> None:
    assert dict(work_through(shout, ["x"])) == {0: 1}
    assert StringIO(capfd.readouterr().err).read() == ""


def test_what_went_wrong_in_a_child_is_told_to_those_who_ask(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dict(work_through(misbehave, ["raise"])) == {0: Lost("crash")}
    assert capfd.readouterr().err == ""
    monkeypatch.setenv("PHOIHOP_DEBUG", "1")
    assert dict(work_through(misbehave, ["raise"])) == {0: Lost("crash")}
    told = capfd.readouterr().err
    assert told.startswith("Traceback (most recent call last):\n")
    assert told.endswith("KeyError: 'raise'\n")


def shout(_: str) -> int:
    os.write(2, b"panicked")
    return 1
