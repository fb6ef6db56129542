"""What people do inside a workbook: figures typed in many ways, texts in old encodings, rows and sheets moved about."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.catalogue import Indicator
from pipeline.rehearsal.answers import Filled
from pipeline.rehearsal.editing import column_of, edited, header_row, let_loose, rearrange, saved, type_figures
from pipeline.sheets import BY_KEY, DATA, INFO, META_SHEET, UNIT_CODE
from pipeline.text import say

# The glyphs of the TCVN3 fonts (.VnTime) for the Vietnamese letters beside them; capitals with a tone use the small ones.
_TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢£¤¥¦§",
        strict=True,
    )
)
_FAR = (1_048_576, 16_384)


def tcvn3(text: str) -> str:
    """Text as it is stored by somebody who types in a TCVN3 font."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(_TCVN3.get(letter) or _TCVN3.get(letter.lower(), letter) for letter in composed)


def written(answers: Filled, write: Callable[[str], str]) -> Filled:
    """The answers with descriptions and assessments written in another way."""
    data = {code: write(said) if isinstance(said, str) else said for code, said in answers.data.items()}
    remarks = [{**row, "content": write(str(row["content"]))} for row in answers.lists["assessment"]]
    return replace(answers, data=data, lists={**answers.lists, "assessment": remarks})


# ---- figures --------------------------------------------------------------------------------------------------------


def typed_readably(answers: Filled, lang: str) -> dict[str, object]:
    """Figures typed as text, each with exactly one reading: code -> what stands in the cell."""
    figures = {code: amount for code, amount in answers.data.items() if isinstance(amount, int | float)}

    def grouped(code: str, mark: str) -> str:
        return f"{figures[code]:,}".replace(",", mark)

    def with_word(code: str, word: str) -> str:
        return say(f"rehearsal.typed.{word}", lang, number=figures[code])

    return {
        "CT01.2": f"{figures['CT01.2']}\u200b \n",
        "CT06.4": with_word("CT06.4", "with_word"),
        "CT07.2": f"0{figures['CT07.2']}",
        "CT07.3": f"'{figures['CT07.3']}",
        "CT07.4": f"\ufeff{figures['CT07.4']}\t",
        "CT08.2": with_word("CT08.2", "without_accents"),
        "CT08.4": grouped("CT08.4", "."),
        "CT10.5": with_word("CT10.5", "money").replace(".", ","),
        "CT12.1": tcvn3(with_word("CT12.1", "old_font")),
        "CT13.4": say("rehearsal.typed.none", lang),
        "CT14.5": f"{figures['CT14.5']:,}".translate(str.maketrans(",.", ".,")),
        "CT15.2": grouped("CT15.2", ","),
        "CT16.1": grouped("CT16.1", "\u00a0"),
        "CT16.2": grouped("CT16.2", "\u2009"),
        "CT17.3": "".join(chr(ord(digit) + 0xFEE0) for digit in str(figures["CT17.3"])),
    }


def typed_doubtfully(answers: Filled, year: int, lang: str) -> dict[str, object]:
    """Figures typed so that nobody can be sure what is meant: code -> what stands in the cell."""
    words = {
        "CT01.1": "approximately", "CT02.1": "from_to", "CT02.5": "two_numbers", "CT03.3": "in_words",
        "CT06.3": "not_yet", "CT06.4": "other_unit", "CT08.4": "word", "CT08.5": "none", "CT10.4": "ditto",
    }  # fmt: skip
    said: dict[str, object] = {code: say(f"rehearsal.typed.{word}", lang) for code, word in words.items()}
    return said | {
        "CT01.2": "500+",
        "CT01.4": "12-15",
        "CT02.3": "300+250+54",
        "CT02.4": "12/15",
        "CT03.2": "5l9",
        "CT03.4": -54,
        "CT04.1": "-5",
        "CT04.2": "50%",
        "CT06.1": "-",
        "CT07.1": True,
        "CT07.2": date(year, 6, 2),
        "CT07.3": 1.2,
        "CT07.4": "652,5",
        "CT07.5": "#REF!",
        "CT08.3": "=SUM(120,165)",
        "CT09.2": None,
        "CT09.3": "x",
        "CT10.5": "1.234",
        "CT12.2": int(str(answers.data["CT12.1"])) + 3,
        "CT14.5": 621_800_000,
        "CT17.2": 912_345_678,
    }


def retyped(data: bytes, typed: Mapping[str, object], lang: str) -> bytes:
    """The workbook with other contents in the result cells of some codes."""
    return edited(data, lambda book: type_figures(book, lang, typed))


# ---- rows, columns, sheets ------------------------------------------------------------------------------------------

# What the careless unit of ``rebuilt`` leaves uncounted, by the change that spoils it.
REBUILT = {
    "merged": ("CT15.1", "CT15.2"),
    "hidden": ("CT13.2",),
    "deleted": ("CT09.3", "CT17.5"),
    "unit_of_measure": ("CT06.3",),
    "doubled": ("CT17.3",),
    "number_as_code": ("CT10.1",),
    "in_the_note": ("CT15.3",),
    "percentage": ("CT04.3",),
}


class _Form:
    """The sheet of the figures, its rows found by their codes."""

    def __init__(self, book: Workbook, lang: str) -> None:
        self.sheet: Worksheet = book[DATA.name(lang)]
        self.header, self.lang = header_row(self.sheet, DATA, lang), lang

    def column(self, key: str) -> int:
        return column_of(self.header, DATA, key, self.lang)

    def row(self, code: str) -> int:
        place = self.column("code")
        return next(row for row in range(1, self.sheet.max_row + 1) if self.sheet.cell(row, place).value == code)

    def cell(self, code: str, key: str = "result") -> Cell:
        return self.sheet.cell(self.row(code), self.column(key))  # type: ignore[return-value]

    def empty(self, code: str) -> None:
        """Clear a whole row."""
        for cell in self.sheet[self.row(code)]:
            cell.value = None

    def add(self, **cells: object) -> None:
        """A row of the unit's own below the table."""
        row = self.sheet.max_row + 1
        for key, content in cells.items():
            self.sheet.cell(row, self.column(key)).value = content  # type: ignore[assignment]


def rebuilt(data: bytes, lang: str) -> bytes:
    """The workbook of a unit that takes the form for a draft: rows merged, hidden, deleted, added, renamed."""

    def rebuild(book: Workbook) -> None:
        for sheet in book.worksheets:
            let_loose(sheet)
        form = _Form(book, lang)
        _change_cells(form)
        _change_rows(form)
        _add_sheets(book, form)

    return edited(data, rebuild, values_only=True)


def _change_cells(form: _Form) -> None:
    lang = form.lang
    form.cell("CT06.1", "name").value = say("rehearsal.typed.own_name", lang)
    form.cell("CT06.3", "unit_of_measure").value = say("rehearsal.typed.people", lang)
    form.cell("CT07.5", "code").value = "ct7.5"
    form.cell("CT10.1", "code").value = 10.1
    note, result = form.cell("CT15.3", "note"), form.cell("CT15.3")
    note.value, result.value = str(result.value), None
    form.cell("CT08.1").comment = Comment(say("rehearsal.typed.far_note", lang), say("rehearsal.typed.far_note", lang))
    share = form.cell("CT04.3")
    share.value, share.number_format = 0.85, "0%"


def _change_rows(form: _Form) -> None:
    lang = form.lang
    form.sheet.row_dimensions[form.row("CT13.2")].hidden = True
    form.sheet.merge_cells(
        start_row=form.row("CT15.1"), end_row=form.row("CT15.2"), start_column=form.column("result"),
        end_column=form.column("result"),
    )  # fmt: skip
    # From below, for openpyxl leaves hidden and merged rows where they were.
    form.sheet.delete_rows(form.row("CT17.5"))
    form.empty("CT09.3")
    form.add(code="CT12.9", name=say("rehearsal.typed.own_row", lang), result=7)
    twice = {key: form.cell("CT17.3", key).value for key in ("code", "name", "unit_of_measure")}
    form.add(**twice, result=5)
    form.add(name=say("rehearsal.typed.total", lang), result=245)
    form.sheet.cell(form.sheet.max_row + 12, 30).value = say("rehearsal.typed.far_note", lang)


def _add_sheets(book: Workbook, form: _Form) -> None:
    blank = book.copy_worksheet(form.sheet)
    blank.title = f"{form.sheet.title} (2)"
    for row in range(form.header[0].row + 1, blank.max_row + 1):
        for column in range(form.column("result"), blank.max_column + 1):
            blank.cell(row, column).value = None
    book.remove(book[BY_KEY["nominations"].name(form.lang)])
    own = book.create_sheet(say("rehearsal.typed.communes", form.lang))
    own.append([say("rehearsal.typed.communes", form.lang)])


def copied_out(data: bytes, lang: str, *, unit_code: bool = True) -> bytes:
    """The visible sheets copied into a new workbook, so that everything hidden is lost; with or without the unit's code."""
    book = load_workbook(BytesIO(data), data_only=True)
    if not unit_code:
        _erase_code(book[INFO.name(lang)], lang)
    return saved(_visible_copy(book))


def rearranged_copy(data: bytes, lang: str) -> bytes:
    """Rows sorted, a row and a column inserted, sheets renamed and moved, then all copied into a new workbook."""
    book = load_workbook(BytesIO(data), data_only=True)
    rearrange(book, lang)
    return saved(_visible_copy(book))


def _visible_copy(book: Workbook) -> Workbook:
    fresh = Workbook()
    fresh.remove(fresh.worksheets[0])
    for sheet in book.worksheets:
        if sheet.title != META_SHEET:
            page = fresh.create_sheet(sheet.title)
            for row in sheet.values:
                page.append(row)
    return fresh


def _erase_code(sheet: Worksheet, lang: str) -> None:
    header = header_row(sheet, INFO, lang)
    codes, answers = (column_of(header, INFO, key, lang) for key in ("code", "answer"))
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, codes).value == UNIT_CODE:
            sheet.cell(row, answers).value = None


def with_row_of(data: bytes, indicator: Indicator, lang: str) -> bytes:
    """The workbook with a row of an indicator that the unit's form does not have."""

    def add(book: Workbook) -> None:
        _Form(book, lang).add(
            code=indicator.code, name=indicator.name, unit_of_measure=indicator.unit_of_measure, result=3
        )

    return edited(data, add)


def with_far_cell(data: bytes, lang: str) -> bytes:
    """The workbook with something in the last cell of a sheet, where a slip of the keys leads."""

    def slip(book: Workbook) -> None:
        book[DATA.name(lang)].cell(*_FAR).value = "."

    return edited(data, slip)


def with_other_year(data: bytes, year: int) -> bytes:
    """The workbook pasted over last year's file: its document properties still name another year."""

    def name_year(book: Any) -> None:
        book.custom_doc_props["phoihop_year"].value = str(year)

    return edited(data, name_year)


def with_look_alikes(data: bytes, lang: str) -> bytes:
    """Headings and units of measure with Ð (Icelandic) for Đ, and texts whose accents stand apart, as on a Mac."""

    def write(book: Workbook) -> None:
        for sheet in (DATA, INFO, BY_KEY["events"]):
            for row in book[sheet.name(lang)].iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and not cell.value.startswith("="):
                        cell.value = unicodedata.normalize("NFD", cell.value.replace("Đ", "Ð"))

    return edited(data, write)


def with_event_slips(data: bytes, year: int, lang: str) -> bytes:
    """The list of events with a day of last year, a day without its year, a range of days, and a nameless event."""
    events = BY_KEY["events"]

    def write(book: Workbook) -> None:
        sheet = book[events.name(lang)]
        header = header_row(sheet, events, lang)
        first = header[0].row + 1
        start, end, name = (column_of(header, events, key, lang) for key in ("start", "end", "name"))
        sheet.cell(first, start).value = sheet.cell(first, end).value = datetime(year - 1, 10, 20)
        sheet.cell(first + 1, start).value = "12/5"
        sheet.cell(first + 2, start).value, sheet.cell(first + 2, end).value = f"20.3.{year}", f"19/3/{year}"
        sheet.cell(first + 3, name).value = None

    return edited(data, write)


def other_workbook(lang: str) -> bytes:
    """A workbook that has nothing to do with the form."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    for line in say("rehearsal.typed.other_table", lang).split(" | "):
        sheet.append(line.split("; "))
    return saved(book)
