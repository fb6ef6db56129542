"""Every figure, count and date of every document traces to the run; a changed digit is found."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from docx.oxml import parse_xml

from pipeline.model import Issue
from pipeline.report import Material, letters_of
from tests.numbers import NUMBER, Block, tokens
from tests.papers import BY_KEY, LAYOUTS, built, material_for, opened, with_report
from tests.tracing import Trace, blocks_of
from tests.tracing_tables import table_faults

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def unaccounted(key: str, given: Material, issue: Issue | None = None) -> list[str]:
    return Trace(key, given, issue).unaccounted(blocks_of(opened(built(key, given, issue))))


@pytest.mark.parametrize(("layout", "missing"), [("joint_so", False), *((layout, True) for layout in LAYOUTS)])
@pytest.mark.parametrize("key", BY_KEY)
def test_every_number_comes_from_the_run(key: str, layout: str, missing: bool) -> None:
    assert unaccounted(key, with_report(material_for(key, missing), **LAYOUTS[layout])) == []


@pytest.mark.parametrize("key", BY_KEY)
def test_number_and_day_come_from_the_issue(key: str) -> None:
    issue = Issue(number="5", day=date(2027, 2, 3), draft=False)
    assert unaccounted(key, material_for(key), issue) == []


def test_numbers_of_letters_to_each_unit_come_from_the_run() -> None:
    letters = letters_of(BY_KEY["reminder"], with_report(material_for("reminder"), reminder="each"))
    assert {name: unaccounted("reminder", given) for name, given in letters.items()} == {
        "van-ban/Cong-van-don-doc-2026 - TV-844.docx": [],
        "van-ban/Cong-van-don-doc-2026 - TT-QS.docx": [],
    }


# ---- a changed digit ------------------------------------------------------------------------------------------------


@cache
def traced(key: str) -> tuple[Trace, list[Block]]:
    given = material_for(key)
    return Trace(key, given), blocks_of(opened(built(key, given)))


def changed(text: str, place: int) -> str:
    """The text with the last digit of the number that starts there one higher, or 0 for 9."""
    found = NUMBER.match(text, place)
    assert found is not None
    at = max(n for n in range(*found.span()) if text[n].isdigit())
    return f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"


def prose_changes(key: str) -> Iterator[tuple[str, list[Block]]]:
    """The document again and again, each time with one number of its results changed."""
    trace, blocks = traced(key)
    asked = [subject for subject, _ in trace.asked.sentences]
    for n, block in enumerate(blocks):
        if block.style == "Diem" and any(subject in block.text for subject in asked):
            for found in NUMBER.finditer(block.text):
                text = changed(block.text, found.start())
                yield text, [*blocks[:n], replace(block, text=text), *blocks[n + 1 :]]


@pytest.mark.parametrize(("key", "numbers"), [("annual", 120), ("period", 130)])
def test_a_changed_number_in_the_text_is_found(key: str, numbers: int) -> None:
    trace, _ = traced(key)
    changes = list(prose_changes(key))
    assert len(changes) >= numbers
    assert [text for text, blocks in changes if not trace.unaccounted([b for b in blocks if not b.rows])] == []


def cell_changes(tables: Sequence[Block], step: int) -> Iterator[tuple[str, list[Block]]]:
    """The tables again and again, each time with one number of one cell changed."""
    places = [
        (n, r, c, found.start())
        for n, table in enumerate(tables)
        for r, row in enumerate(table.rows[1:], 1)
        for c, text in enumerate(row)
        for found in NUMBER.finditer(text)
    ]
    for n, r, c, at in places[::step]:
        row = tables[n].rows[r]
        text = changed(row[c], at)
        rows = (*tables[n].rows[:r], (*row[:c], text, *row[c + 1 :]), *tables[n].rows[r + 1 :])
        yield f"{text} in {row}", [*tables[:n], replace(tables[n], rows=rows), *tables[n + 1 :]]


@pytest.mark.parametrize(("key", "step"), [("annual", 17), ("plan", 1), ("cover", 1), ("awards", 1), ("period", 11)])
def test_a_changed_number_in_an_annex_is_found(key: str, step: int) -> None:
    trace, blocks = traced(key)
    changes = list(cell_changes([block for block in blocks if block.rows], step))
    assert len(changes) >= 20
    assert [text for text, tables in changes if not list(table_faults(tables, key, trace.given))] == []


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("annual", "1.365", "1.356"),
        ("annual", "19/20", "20/20"),
        ("annual", "tính đến ngày 30/11/2026", "tính đến ngày 30/10/2026"),
        ("annual", ">+10,1 điểm %<", ">+11,0 điểm %<"),
        ("annual", "35/CTr", "36/CTr"),
        ("plan", "thực hiện 15 hoạt động", "thực hiện 16 hoạt động"),
        ("plan", "Mở 02 lớp", "Mở 03 lớp"),
        ("cover", "chậm nhất ngày 25/11/2026", "chậm nhất ngày 26/11/2026"),
        ("reminder", "còn 01 số liệu", "còn 02 số liệu"),
        ("awards", "06 lượt cá nhân", "07 lượt cá nhân"),
        ("period", "15.015", "15.016"),
        ("period", "năm 2022", "năm 2021"),
    ],
)
def test_a_changed_file_is_found(key: str, old: str, new: str) -> None:
    given = material_for(key)
    data, out = built(key, given), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as other:
        for entry in whole.infolist():
            content = whole.read(entry)
            if entry.filename == "word/document.xml":
                text = content.decode().replace("\u00a0", " ")
                assert old in text
                content = text.replace(old, new, 1).encode()
            other.writestr(entry, content)
    assert Trace(key, given).unaccounted(blocks_of(opened(out.getvalue()))) != []


# ---- charts ---------------------------------------------------------------------------------------------------------


def test_charts_show_the_figures_of_every_year() -> None:
    trace, _ = traced("period")
    period = trace.given.period
    assert period is not None
    parts = [
        parse_xml(part.blob)
        for part in sorted(opened(built("period", trace.given)).part.package.iter_parts(), key=lambda p: p.partname)
        if re.fullmatch(r"/word/charts/chart\d+\.xml", part.partname)
    ]
    shown = [[drawn_values(series) for series in part.iter(f"{CHART}ser")] for part in parts]
    wanted = [
        [
            {str(year): str(amount) for year, amount in period[code].by_year.items() if amount is not None}
            for code in codes
        ]
        for _, codes in trace.asked.charts
    ]
    assert len(shown) == 2
    assert shown == wanted


def drawn_values(series: Any) -> dict[str, str]:
    """Category -> value of one series; a category without value is a gap."""
    names = [v.text for v in series.find(f"{CHART}cat").iter(f"{CHART}v")]
    points = series.find(f"{CHART}val").iter(f"{CHART}pt")
    return {names[int(point.get("idx"))]: point.find(f"{CHART}v").text for point in points}


def test_what_charts_say_aloud_is_accounted_for() -> None:
    trace, _ = traced("period")
    period = trace.given.period
    assert period is not None
    root = opened(built("period", trace.given)).element.body
    said = [
        found.get("descr")
        for found in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    ]
    for text, (_, codes) in zip(said, trace.asked.charts, strict=True):
        amounts = {
            f"{amount:,}".replace(",", ".") for code in codes for amount in period[code].by_year.values() if amount
        }
        assert set(tokens(text)) == amounts | {str(year) for year in period.span}
