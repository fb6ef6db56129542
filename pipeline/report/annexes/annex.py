"""One annex: number, title, what it is attached to, tables, note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.report.language import LANG
from pipeline.report.ooxml import paragraph, run, text_paragraph
from pipeline.report.paper import Paper
from pipeline.report.styles import ATTACHED, style_id
from pipeline.report.tables import Column, Table, table_element
from pipeline.text import say
from pipeline.typeface import broken, width

SPARE = 1.1
"""Lines that break between words need a little more than their share of the whole."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, slots=True)
class Annex:
    """Title, tables with the heading of each ("" for none), the note below the last one, whether its pages lie, and whether
    it tells figures of the run; tables are as wide as the page of the form allows.
    """

    title: str
    tables: tuple[tuple[str, Table], ...]
    note: str
    lying: bool = True
    figures: bool = False


def annex_elements(annex: Annex, place: int, count: int, paper: Paper) -> tuple[list[Element], bool]:
    """The paragraphs and tables of an annex, and whether it lies; a Roman number where there are several."""
    key = "number" if count > 1 else "only"
    words = {"number": paper.number, "symbol": paper.symbol, "month": paper.month, "year": paper.year}
    kind = paper.heading.kind.capitalize() or say("report.letter", LANG)
    full = paper.say("full_number", **words)
    agencies = say("report.both", LANG, one=paper.lead.name, other=paper.issuers[-1].name)
    issued_by = agencies if paper.joint else paper.lead.name
    attached = say("report.annex.with", LANG, kind=kind, full=full, day=paper.day, agencies=issued_by, **words)
    room = paper.form.wide if annex.lying else paper.form.width
    title = broken(annex.title, paper.form.body, room, bold=True)
    elements = [
        text_paragraph(style_id("Số phụ lục"), say(f"report.annex.{key}", LANG, number=ROMAN[place])),
        *[text_paragraph(style_id("Tên phụ lục"), line) for line in title],
        paragraph(style_id("Kèm theo"), run(attached), sides=_sides(attached, room)),
    ]
    for heading, table in annex.tables:
        elements += [text_paragraph(style_id("Tên biểu"), heading)] if heading else []
        elements.append(table_element(table.fitted(room)))
    end = paper.form.end_mark if place == count - 1 else "."
    note = annex.note.rstrip(".")
    return [*elements, text_paragraph(style_id("Ghi chú biểu"), f"{note}{end}")], annex.lying


def _sides(attached: str, room: float) -> float:
    """What to take from either side of a long line, in mm, so that it breaks into lines of about one length."""
    whole = width(attached, ATTACHED, italic=True)
    lines = ceil(whole / room)
    return max(0.0, (room - SPARE * whole / lines) / 2) if lines > 1 else 0.0


def columns_of(annex: str, widths: Sequence[tuple[float, str]], words: dict[str, str]) -> tuple[Column, ...]:
    """The columns of an annex's table: headings from the locale file, widths in mm and alignments given."""
    heads = say_of(f"{annex}.columns", **words).split(" | ")
    return tuple(Column(head, width, align) for head, (width, align) in zip(heads, widths, strict=True))


def say_of(key: str, **values: object) -> str:
    """A wording below ``report.annex``."""
    return say(f"report.annex.{key}", LANG, **values)
