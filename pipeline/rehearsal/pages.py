"""The sheets of a workbook as plain grids, from which the other formats are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

Content = str | int | float | bool | datetime | None


@dataclass(frozen=True)
class Page:
    """One sheet as a grid from A1; ``hidden``: the sheet is very hidden."""

    name: str
    hidden: bool
    rows: tuple[tuple[Content, ...], ...]


def pages_of(data: bytes) -> tuple[Page, ...]:
    """The sheets of an .xlsx with the stored results of their formulas."""
    book = load_workbook(BytesIO(data), data_only=True)
    return tuple(
        Page(sheet.title, sheet.sheet_state != "visible", tuple(tuple(map(_content, row)) for row in sheet.values))
        for sheet in book.worksheets
    )


def _content(content: Any) -> Content:
    if isinstance(content, date) and not isinstance(content, datetime):
        return datetime.combine(content, time())
    return content  # type: ignore[no-any-return]


def filled(page: Page) -> Iterator[tuple[int, int, Content]]:
    """(row, column, content) of every cell that holds something, counted from 0."""
    for row, contents in enumerate(page.rows):
        for column, content in enumerate(contents):
            if content is not None and content != "":
                yield row, column, content


def typed(content: Content) -> str:
    """A cell as a person would type it."""
    return "" if content is None else f"{content:%d/%m/%Y}" if isinstance(content, datetime) else str(content)
