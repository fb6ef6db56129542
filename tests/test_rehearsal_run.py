"""The rehearsal from end to end: every fault ends in its state, every figure in its place, the same every time."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from python_calamine import CalamineWorkbook

from pipeline import run as stages
from pipeline.console.tracing import origin
from pipeline.model import FigureState, FileState, UnitState, Verdict
from pipeline.outputs import Written
from pipeline.rehearsal import answers_for
from pipeline.run import Judged, Project
from pipeline.text import number


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return stages.make_rehearsal(tmp_path_factory.mktemp("demo") / "dien-tap", None)


@pytest.fixture(scope="module")
def judged(project: Project) -> Judged:
    return stages.judge(project)


@pytest.fixture(scope="module")
def outputs(judged: Judged) -> dict[str, bytes]:
    return by_name(judged.project, stages.write_results(judged))


def by_name(project: Project, written: Sequence[Written]) -> dict[str, bytes]:
    """The outputs by their names below the output folder."""
    return {one.path.relative_to(project.config.output_dir()).as_posix(): one.path.read_bytes() for one in written}


def unit_states(judged: Judged) -> dict[str, UnitState]:
    return {unit.unit: unit.state for unit in judged.dataset.units}


def test_every_fault_ends_in_its_state(judged: Judged) -> None:
    states = unit_states(judged)
    assert {code: states.pop(code) for code in ("TT-QS", "TT-BP", "TT-DHTV", "TV-848", "TV-849")} == {
        "TT-QS": UnitState.MISSING,
        "TT-BP": UnitState.MISSING,
        "TT-DHTV": UnitState.MISSING,
        "TV-848": UnitState.WITH_ERRORS,
        "TV-849": UnitState.LATE,
    }
    assert set(states.values()) == {UnitState.COMPLETE}
    assert Counter(file.state for file in judged.dataset.files) == {
        FileState.COUNTED: 16,
        FileState.COUNTED_IN_PART: 1,
        FileState.REJECTED: 2,
        FileState.REPLACED: 1,
        FileState.IDENTICAL: 1,
        FileState.NOT_SUBMISSION: 1,
        FileState.IGNORED: 2,
    }


def test_every_spoiled_cell_has_its_one_finding(judged: Judged) -> None:
    found = [(one.rule, one.key) for one in judged.dataset.findings if one.unit == "TV-848"]
    assert found == [
        ("S03", "CT03.2"), ("S04", "CT04.1"), ("S05", "CT02.3"), ("S12", "CT09.3"), ("S17", "CT15.1"), ("S19", "CT06.3"),
        ("B01", "CT08.1"), ("K12a", "CT12.2"), ("H04", "start"),
    ]  # fmt: skip
    others = [(one.unit, one.rule) for one in judged.dataset.findings if one.unit != "TV-848"]
    assert others == [("TT-DHTV", "T11"), ("TV-847", "T20"), ("TV-847", "T20"), ("TT-BP", "M01")]


def test_clean_units_report_what_they_meant(judged: Judged) -> None:
    catalogue = judged.project.catalogue
    for code in ("TV-844", "TV-847", "TV-849", "BAN-TG", "P-BCVTCNTT"):
        unit = catalogue.unit(code)
        assert unit is not None
        answers = answers_for(unit, catalogue)
        typed = {
            key: Decimal(str(v))
            for key, v in {**answers.info, **answers.data}.items()
            if isinstance(v, int | float) and key != "TT10"
        }
        assert {
            entry.code: entry.amount
            for entry in judged.dataset.entries
            if entry.unit == code and entry.amount is not None
        } == typed


def test_the_nominations_show_every_verdict_and_no_fault(judged: Judged, outputs: dict[str, bytes]) -> None:
    people = stages.nominations(judged)
    assert Counter(one.verdict for one in people) == {
        Verdict.ENOUGH: 2, Verdict.NOT_YET: 1, Verdict.MISSING_DATA: 6,
    }  # fmt: skip
    assert len(people) == len(judged.dataset.rows("nominations"))
    assert all(one.provisional for one in people if one.verdict is not Verdict.MISSING_DATA)
    assert not [one for one in judged.dataset.findings if one.ref is not None and one.ref.sheet == "Khen thưởng"]
    book = CalamineWorkbook.from_filelike(BytesIO(outputs["Khen-thuong-2026.xlsx"]))
    shown = book.get_sheet_by_name("Khen thưởng").to_python()[4:]
    assert [row[1] for row in shown] == [one.name for one in people]


def test_the_second_version_counts_and_differs_where_it_was_corrected(judged: Judged) -> None:
    keys = [one.key for one in judged.dataset.differences]
    assert keys[:1] == ["info.TT10"]
    assert {"data.CT01.2", "data.CT03.4", "data.CT17.4"} <= set(keys)


def test_last_year_is_compared(judged: Judged) -> None:
    assert judged.figures.previous_year == 2025
    assert judged.previous is not None
    assert judged.previous.origin == "Tong-hop-2025.xlsx"
    assert judged.figures["CT12.1"].previous is not None


def test_last_year_is_read_from_its_inbox_when_there_is_no_workbook(
    project: Project, judged: Judged, tmp_path: Path
) -> None:
    folder = tmp_path / "without"
    shutil.copytree(project.config.root, folder)
    shutil.rmtree(folder / "output" / "2025")
    previous = stages.previous_year(stages.open_project(folder / "config.toml"))
    assert previous is not None
    assert judged.previous is not None
    assert (previous.origin, previous.year) == ("inbox/2025", 2025)
    assert {
        code: total for code, total in previous.totals.items() if not code.startswith("B")
    } == judged.previous.totals
    shutil.rmtree(folder / "inbox" / "2025")
    assert stages.previous_year(stages.open_project(folder / "config.toml")) is None


# ---- workbook, report and explain say the same ----------------------------------------------------------------------


def annex_rows(report: bytes, heading: str) -> Iterator[list[str]]:
    """The rows of the tables whose first heading row holds a word."""
    for table in docx.Document(BytesIO(report)).tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if heading in rows[0]:
            yield from rows


def totals(workbook: bytes) -> dict[str, list[Any]]:
    grid = (
        CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_name("Tổng hợp").to_python(skip_empty_area=False)
    )
    return {row[1]: row for row in grid[4:] if re.fullmatch(r"CT\d\d\.\d", str(row[1]))}


def printed(cell: object, places: int | None = None) -> str:
    return number(Decimal(f"{cell:.15g}"), "vi", places) if isinstance(cell, float | int) else str(cell)


def test_every_figure_of_the_report_equals_the_workbooks(outputs: dict[str, bytes], judged: Judged) -> None:
    shown = totals(outputs["Tong-hop-2026.xlsx"])
    compared = 0
    for cells in annex_rows(outputs["Bao-cao-2026.docx"], "Năm 2025"):
        if not re.fullmatch(r"\d+\.\d", cells[0]):
            continue
        major, minor = cells[0].split(".")
        code = f"CT{int(major):02d}.{minor}"
        indicator = judged.project.catalogue.indicator(code)
        assert indicator is not None
        rate = indicator.computed
        total, before = (printed(shown[code][place], 1 if rate else None) for place in (4, 5))
        assert (
            cells[3].rstrip("%") == total.replace("–", "…") or judged.figures[code].state is FigureState.NO_DENOMINATOR
        )
        assert cells[4].rstrip("%") == before
        assert cells[7] == shown[code][10]
        compared += 1
    assert compared == len(judged.project.catalogue.indicators)


def test_every_unit_figure_of_the_report_equals_the_workbooks(outputs: dict[str, bytes], judged: Judged) -> None:
    grid = (
        CalamineWorkbook.from_filelike(BytesIO(outputs["Tong-hop-2026.xlsx"]))
        .get_sheet_by_name("Theo đơn vị")
        .to_python(skip_empty_area=False)
    )
    matrix = {row[1]: dict(zip(grid[3], row, strict=True)) for row in grid[4:]}
    headings: list[str] = []
    compared = 0
    for cells in annex_rows(outputs["Bao-cao-2026.docx"], "Toàn tỉnh"):
        if "Toàn tỉnh" in cells:
            headings = cells
            continue
        if not re.fullmatch(r"\d+\.\d", cells[0]):
            continue
        major, minor = cells[0].split(".")
        code = f"CT{int(major):02d}.{minor}"
        indicator = judged.project.catalogue.indicator(code)
        assert indicator is not None
        for name, cell in zip(headings[3:-1], cells[3:-1], strict=True):
            if cell in {"…", "x"}:
                assert matrix[code][name] == ""
            else:
                own = matrix[code].get(f"Đối chiếu: {name}", "") if cell.startswith("(") else matrix[code][name]
                assert cell.strip("()%") == printed(own, 1 if indicator.computed else None), (code, name)
                compared += 1
    assert compared > 700


def test_the_sentences_hold_no_figure_that_the_workbook_lacks(outputs: dict[str, bytes], judged: Judged) -> None:
    """Every number of the section on results is a total, a rate, a change, or a date of the configuration."""
    figures = judged.figures
    known = {number(f.total) for f in figures.indicators.values() if isinstance(f.total, Decimal)}
    known |= {f"0{one}" for one in known if len(one) == 1}
    for f in figures.indicators.values():
        known |= {number(abs(v), "vi") for v in (f.change_percent, f.change) if v is not None}
        if f.total is not None and f.previous:
            known.add(number(Decimal(f.total) / Decimal(f.previous), "vi", 1))
    known |= {number(v) for v in figures.by_unit.values() if isinstance(v, Decimal)} | {f"0{n}" for n in range(10)}
    words = [p.text for p in docx.Document(BytesIO(outputs["Bao-cao-2026.docx"])).paragraphs]
    start, end = (next(i for i, text in enumerate(words) if text.startswith(mark)) for mark in ("II. ", "III. "))
    body = " ".join(words[start + 2 : end])
    body = re.sub(r"năm 20\d\d|\d{2}/\d{2}/\d{4}|giai đoạn \d{4} – \d{4}|\b\d\. ", " ", body)
    assert {one for one in re.findall(r"\d[\d.]*(?:,\d+)?", body) if one.rstrip(".") not in known} == set()


def test_explain_answers_for_every_figure_of_the_annexes(judged: Judged) -> None:
    for indicator in judged.project.catalogue.indicators:
        figure = judged.figures[indicator.code]
        found = origin(judged, indicator.code)
        assert found["figure"] == figure.total
        counted = [c for c in found["cells"] if c["relation"] in {"focal", "data"} and c["amount"] is not None]
        if indicator.over_units == "sum" and figure.total is not None:
            assert sum(cell["amount"] for cell in counted) == figure.total
            assert len(counted) == figure.reporting
        assert all(
            cell["file"] and cell["sheet"] and cell["cell"] and len(cell["sha256"]) == 64 for cell in found["cells"]
        )


def test_the_cells_that_explain_names_hold_what_it_says(judged: Judged) -> None:
    inbox = judged.project.config.inbox_dir()
    for cell in origin(judged, "CT12.1")["cells"]:
        if cell["amount"] is None:
            continue
        page = (
            CalamineWorkbook.from_path(str(inbox / cell["file"]))
            .get_sheet_by_name(cell["sheet"])
            .to_python(skip_empty_area=False)
        )
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell["cell"]).groups()  # type: ignore[union-attr]
        assert Decimal(str(page[int(row) - 1][ord(letters) - 65])) == cell["amount"]


# ---- the same every time --------------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_a_second_run_changes_no_byte(outputs: dict[str, bytes], project: Project) -> None:
    written = stages.write_results(stages.judge(project))
    assert by_name(project, written) == outputs
    assert not any(one.beside for one in written)


def data_of(workbook: bytes) -> dict[str, list[list[Any]]]:
    """What the workbook says, without the names of files."""
    book = CalamineWorkbook.from_filelike(BytesIO(workbook))
    names = ("Tổng hợp", "Theo đơn vị", "Hoạt động", "Đánh giá - kiến nghị", "Kế hoạch")
    grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    return {name: [[cell for cell in row if ".xlsx" not in str(cell)] for row in grid] for name, grid in grids.items()}


@pytest.mark.heavy
def test_other_file_names_and_another_order_change_no_data(
    outputs: dict[str, bytes], project: Project, tmp_path: Path
) -> None:
    folder = tmp_path / "other"
    shutil.copytree(project.config.root, folder)
    shutil.rmtree(folder / "output" / "2026")
    for place, path in enumerate(sorted((folder / "inbox" / "2026").rglob("*.xlsx"), reverse=True)):
        if not path.name.startswith(("~$", "quyet-dinh")):
            path.rename(path.with_name(f"{place:02d}.xlsx"))
    other = stages.judge(stages.open_project(folder / "config.toml"))
    written = {one.path.name: one.path.read_bytes() for one in stages.write_results(other)}
    assert data_of(written["Tong-hop-2026.xlsx"]) == data_of(outputs["Tong-hop-2026.xlsx"])


def test_several_threads_read_the_same(judged: Judged, project: Project) -> None:
    assert stages.judge(project, jobs=3).dataset == judged.dataset


def test_the_manifest_names_inputs_outputs_and_control_totals(outputs: dict[str, bytes], project: Project) -> None:
    manifest = json.loads((project.config.output_dir() / "manifest.json").read_text(encoding="utf-8"))
    assert {one["file"] for one in manifest["outputs"]} == set(outputs)
    assert len(manifest["inputs"]) == manifest["control_totals"]["files_found"] == 24
    totals = manifest["control_totals"]
    assert sum(totals["files_by_state"].values()) == totals["files_found"]
    assert sum(totals["cells_by_outcome"].values()) == totals["cells_read"]
    assert str(project.config.root) not in json.dumps(manifest)


def test_nothing_that_leaves_the_office_names_a_machine_path_or_python_words(
    outputs: dict[str, bytes], project: Project
) -> None:
    texts = [p.text for p in docx.Document(BytesIO(outputs["Bao-cao-2026.docx"])).paragraphs]
    book = CalamineWorkbook.from_filelike(BytesIO(outputs["Tong-hop-2026.xlsx"]))
    texts += [
        str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    ]
    forbidden = (str(project.config.root), "None", "nan", "Traceback", "Decimal(")
    assert [
        (text, word) for text in texts for word in forbidden if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    ] == []


def units_files(project: Project) -> list[Path]:
    """The inbox without the register of decisions, which is ours and the officer's."""
    files = (path for path in project.config.inbox_dir().rglob("*") if path.is_file())
    return [path for path in files if path.name != "quyet-dinh.xlsx"]


def test_the_inbox_is_never_touched(project: Project) -> None:
    before = {path: path.read_bytes() for path in units_files(project)}
    stages.write_results(stages.judge(project))
    assert {path: path.read_bytes() for path in units_files(project)} == before


@pytest.mark.heavy
def test_a_rehearsal_is_the_same_every_time(project: Project, tmp_path: Path) -> None:
    again = stages.make_rehearsal(tmp_path / "again", None)
    for name in ("inbox", "input_templates"):
        one, other = (
            {
                path.relative_to(p.config.root): path.read_bytes()
                for path in (p.config.root / name).rglob("*")
                if path.is_file() and path.name != "quyet-dinh.xlsx"
            }
            for p in (project, again)
        )
        assert one == other
