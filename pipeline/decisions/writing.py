"""quyet-dinh.xlsx with fresh drop-downs: made empty at first, later changed nowhere but in its hidden lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pipeline.catalogue import Catalogue
from pipeline.decisions.layout import CHOICE_LISTS, COLUMNS, FIRST_ROW, HEADER_ROW, LISTS, ROWS, SHEET, heading
from pipeline.decisions.reading import sheets_of
from pipeline.files import lost_by_openpyxl, undated
from pipeline.model import Ruling
from pipeline.text import say

INK = "FF1F4E79"


def refreshed(
    path: Path, catalogue: Catalogue, lang: str, findings: Sequence[str], files: Sequence[str], rules: Sequence[str]
) -> bytes | None:
    """The file's new bytes, None when nothing is to be written: lists unchanged, or the file cannot be saved faithfully."""
    lists = _lists(catalogue, lang, findings, files, rules)
    if not path.exists():
        return _saved(_new(lists, lang))
    if _read_lists(sheets_of(path).get(LISTS, [])) == lists:
        return None
    from openpyxl import load_workbook

    data = path.read_bytes()
    if not _can_be_kept(data):
        return None
    book = load_workbook(BytesIO(data))
    before = _contents(book)
    if LISTS not in book.sheetnames:
        book.create_sheet(LISTS).sheet_state = "hidden"
    _write_lists(book[LISTS], lists)
    saved = _saved(book)
    return saved if _contents(load_workbook(BytesIO(saved))) == before else None


def _lists(
    catalogue: Catalogue, lang: str, findings: Sequence[str], files: Sequence[str], rules: Sequence[str]
) -> dict[str, list[str]]:
    return {
        "rulings": [say(f"decisions.ruling.{ruling}", lang) for ruling in Ruling],
        "findings": list(findings),
        "units": [f"{unit.code} {unit.name}" for unit in catalogue.units],
        "files": list(files),
        "codes": [one.code for one in catalogue.indicators] + [one.code for one in catalogue.bases],
        "rules": list(rules),
    }


def _new(lists: Mapping[str, list[str]], lang: str) -> Any:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = say(f"decisions.{SHEET}", lang)
    _head(sheet, lang)
    hidden = book.create_sheet(LISTS)
    hidden.sheet_state = "hidden"
    _write_lists(hidden, lists)
    _drop_downs(sheet, lang)
    return book


def _head(sheet: Any, lang: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet["A1"], sheet["A1"].font = say("decisions.title", lang), Font(name="Arial", bold=True, size=14, color=INK)
    sheet["A2"], sheet["A2"].font = say("decisions.about", lang), Font(name="Arial", size=10, italic=True)
    font, line = Font(name="Arial", bold=True, size=10, color="FFFFFFFF"), _line()
    centred = Alignment(wrap_text=True, horizontal="center", vertical="center")
    typed, wrapped = Font(name="Arial", size=10), Alignment(wrap_text=True, vertical="top")
    for number, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(HEADER_ROW, number, heading(column, lang))
        cell.font, cell.border, cell.alignment = font, line, centred
        cell.fill = PatternFill("solid", fgColor=INK)
        for row in range(FIRST_ROW, FIRST_ROW + ROWS):
            one = sheet.cell(row, number)
            one.font, one.border, one.alignment = typed, line, wrapped
            one.number_format = "dd/mm/yyyy" if column.style == "date" else "General"
    _set_up(sheet)


def _line() -> Any:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin", color="FFB7C7DB")
    return Border(left=thin, right=thin, top=thin, bottom=thin)


def _set_up(sheet: Any) -> None:
    """Widths, what stays in sight, and how it is printed."""
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[HEADER_ROW].height = 32
    sheet.freeze_panes = f"B{FIRST_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _drop_downs(sheet: Any, lang: str) -> None:
    """The ranges reach far enough for any later run, so that the person's sheet is never touched again."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, column in enumerate(COLUMNS, start=1):
        letter, prompt = get_column_letter(number), say(f"decisions.prompt.{column.key}", lang)
        if column.choices:
            listed = get_column_letter(CHOICE_LISTS.index(column.choices) + 1)
            rule = DataValidation(type="list", formula1=f"'{LISTS}'!${listed}$1:${listed}$2000", allow_blank=True)
            rule.showErrorMessage = column.key == "ruling"
        elif column.style == "date":
            rule = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
        else:
            rule = DataValidation(allow_blank=True)
        rule.promptTitle, rule.prompt, rule.showInputMessage = heading(column, lang)[:32], prompt[:255], True
        sheet.add_data_validation(rule)
        rule.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + ROWS - 1}")


def _write_lists(sheet: Any, lists: Mapping[str, list[str]]) -> None:
    sheet.delete_rows(1, sheet.max_row)
    for number, name in enumerate(CHOICE_LISTS, start=1):
        for row, text in enumerate(lists[name], start=1):
            cell = sheet.cell(row, number)
            cell.value = text
            # Text from units must stay text, whatever it begins with.
            cell.data_type = "s"


def _read_lists(rows: Sequence[Sequence[Any]]) -> dict[str, list[str]]:
    columns = {name: [row[place] for row in rows if place < len(row)] for place, name in enumerate(CHOICE_LISTS)}
    return {name: [str(text) for text in texts if text not in {"", None}] for name, texts in columns.items()}


def _contents(book: Any) -> list[tuple[str, str, object]]:
    """Every cell that a person may have written."""
    return [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book.worksheets
        if sheet.title != LISTS
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def _can_be_kept(data: bytes) -> bool:
    """A person's picture, remark or macro must not be lost for a drop-down."""
    try:
        return not lost_by_openpyxl(data, "vbaproject")
    except BadZipFile:
        return False


def _saved(book: Any) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return undated(buffer.getvalue())
