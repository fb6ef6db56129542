"""One unit's workbook, from the description of its sheets to its bytes."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.catalogue import Catalogue, Unit
from pipeline.config import Config
from pipeline.form import fingerprint
from pipeline.model import PreviousYear
from pipeline.sheets import META_KEYS, META_SHEET, SHEETS, TEMPLATE_VERSION, Sheet
from pipeline.templates.filling import Answers, Filling
from pipeline.templates.fixed import write_rows
from pipeline.templates.guide import status_address, write_guide
from pipeline.templates.lists import write_list
from pipeline.templates.page import STATUS_ROW, colour_marks, set_up_table
from pipeline.templates.styles import Styles
from pipeline.templates.tally import Tally

__all__ = ["Answers", "render_template", "template_name"]

LONGEST_NAME = 80
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def template_name(unit: Unit) -> str:
    """The file name of a unit's workbook: ``TV-844 - Huyện đoàn Càng Long.xlsx``; long names are cut for Windows paths."""
    return f"{unit.code} - {_FORBIDDEN.sub('-', unit.name)[:LONGEST_NAME].strip(' .')}.xlsx"


def render_template(
    catalogue: Catalogue,
    config: Config,
    unit: Unit,
    previous: PreviousYear | None = None,
    answers: Answers | None = None,
) -> bytes:
    """A unit's workbook as .xlsx, blank or filled in; the same input gives the same bytes.

    ``previous``: last year's figures for the grey column. Every formula carries its right value.
    """
    filling = Filling(catalogue, config, unit, previous, answers)
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    styles, tally = Styles(book), Tally(filling)
    _describe(book, filling)
    write_guide(book.add_worksheet(filling.say("guide.sheet_name")), tally, styles)
    for sheet in SHEETS:
        _write_sheet(book.add_worksheet(sheet.name(config.language)), tally, sheet, styles)
    _write_meta(book.add_worksheet(META_SHEET), filling)
    book.close()
    return buffer.getvalue()


def _write_sheet(page: Worksheet, tally: Tally, sheet: Sheet, styles: Styles) -> None:
    set_up_table(page, tally.filling, sheet, styles)
    if sheet.fixed:
        write_rows(page, tally, sheet, styles)
    else:
        write_list(page, tally.filling, sheet, styles)
    page.write_formula(STATUS_ROW - 1, 0, f"={status_address(tally.filling)}", styles["status"], tally.light[1])
    colour_marks(page, f"A{STATUS_ROW}:A{STATUS_ROW}", styles)


def _facts(filling: Filling) -> dict[str, Any]:
    catalogue, unit = filling.catalogue, filling.unit
    facts = (TEMPLATE_VERSION, catalogue.version, str(catalogue.year), unit.code, fingerprint(catalogue, unit))
    return dict(zip(META_KEYS, facts, strict=True))


def _describe(book: Workbook, filling: Filling) -> None:
    year = filling.catalogue.year
    book.set_properties(
        {
            "title": filling.say("guide.title", year=str(year)),
            "subject": filling.unit.name,
            "author": filling.config.send_to.to,
            "created": datetime(year, 1, 1),
        }
    )
    for key, fact in _facts(filling).items():
        book.set_custom_property(f"phoihop_{key}", fact, "text")


def _write_meta(page: Worksheet, filling: Filling) -> None:
    for row, (key, fact) in enumerate(_facts(filling).items()):
        page.write_string(row, 0, key)
        page.write_string(row, 1, fact)
    page.protect()
    page.very_hidden()
