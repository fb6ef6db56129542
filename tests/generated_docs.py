"""The documents that are made from the product itself: ``python -m tests.generated_docs`` writes them, a test compares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from pipeline.catalogue import load
from pipeline.proofreading import render_layout
from pipeline.validate import render_mistakes, render_rules
from tests.mess_cases import render_mess

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "input_templates" / "danh-muc.xlsx"
# A sheet with more columns is shown row by row: a wide table cannot be read as text.
TABLE_COLUMNS = 8


def render_catalogue() -> str:
    """danh-muc.xlsx as Markdown, every sheet, every cell that says something."""
    book = load_workbook(CATALOGUE)
    lines = [
        "# Danh mục (input_templates/danh-muc.xlsx)",
        "",
        "Bản chữ để rà soát; tệp Excel mới là bản gốc. Tạo lại: `python -m tests.generated_docs`.",
    ]
    for sheet in book.worksheets:
        rows = [[shown(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        headings, content = rows[0], [row for row in rows[1:] if any(row)]
        lines += ["", f"## {sheet.title}", ""]
        lines += table(headings, content) if len(headings) <= TABLE_COLUMNS else blocks(headings, content)
    return "\n".join(lines) + "\n"


def shown(cell: Any) -> str:
    """A cell on one line."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def table(headings: list[str], rows: list[list[str]]) -> list[str]:
    """A Markdown table."""
    line = [f"| {' | '.join(text.replace('|', '/') for text in row)} |" for row in [headings, *rows]]
    return [line[0], f"|{'---|' * len(headings)}", *line[1:]]


def blocks(headings: list[str], rows: list[list[str]]) -> list[str]:
    """One list for each row, blank cells left out."""
    return [line for row in rows for line in block(headings, row)]


def block(headings: list[str], row: list[str]) -> Iterator[str]:
    """A row: its first cell as the head, the others below it."""
    yield f"- **{row[0]}**"
    yield from (f"  - {heading}: {text}" for heading, text in zip(headings[1:], row[1:], strict=True) if text)


GENERATED: dict[str, Callable[[], str]] = {
    "docs/danh-muc.md": render_catalogue,
    "docs/rules.md": lambda: render_rules("vi", load(CATALOGUE)),
    "docs/the-thuc.md": lambda: render_layout("vi"),
    "docs/tinh-huong.md": render_mess,
    "docs/loi-thuong-gap.md": lambda: render_mistakes("vi", load(CATALOGUE)),
}

if __name__ == "__main__":
    for name, render in GENERATED.items():
        (ROOT / name).write_text(render(), encoding="utf-8")
