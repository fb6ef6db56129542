"""Twenty workbooks filled in and saved by LibreOffice, not by us: they run to exit code 0 with every figure as typed."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pipeline import run as stages
from pipeline.catalogue import Unit
from pipeline.model import Outcome
from pipeline.rehearsal import answers_for, make_project
from pipeline.run import Project
from pipeline.sheets import BY_KEY, SHEETS
from pipeline.templates import template_name

pytestmark = [pytest.mark.libreoffice, pytest.mark.heavy]
EPOCH = date(1899, 12, 30)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("real")
    make_project(folder)
    project = stages.open_project(folder / "config.toml")
    stages.write_templates(project)
    return project


@pytest.fixture(scope="module")
def inboxes(project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every template filled in and saved, and the same saved again after things were moved about."""
    python, soffice = _python_with_uno(), shutil.which("soffice")
    if python is None or soffice is None:
        if os.environ.get("PHOIHOP_REQUIRE_LIBREOFFICE"):
            pytest.fail("LibreOffice with its Python bridge is required here")
        pytest.skip("soffice or the module uno is not installed")
    folder = tmp_path_factory.mktemp("inboxes")
    jobs = [job for unit in project.catalogue.units for job in _jobs(project, unit, folder)]
    listed = folder / "jobs.json"
    listed.write_text(json.dumps(jobs, ensure_ascii=False), encoding="utf-8")
    port = _free_port()
    office = subprocess.Popen(
        [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
         f"--accept=socket,host=localhost,port={port};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    try:
        subprocess.run(
            [python, str(Path(__file__).with_name("uno_client.py")), str(listed), str(port)], check=True, timeout=400
        )
    finally:
        office.terminate()
        office.wait(30)
    return {name: folder / name for name in ("typed", "moved")}


def _python_with_uno() -> str | None:
    for candidate in ("/usr/bin/python3", shutil.which("python3") or ""):
        if (
            candidate
            and subprocess.run([candidate, "-c", "import uno"], capture_output=True, check=False).returncode == 0
        ):
            return candidate
    return None


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("localhost", 0))
        return int(one.getsockname()[1])


def _jobs(project: Project, unit: Unit, folder: Path) -> Iterator[dict[str, Any]]:
    template = project.config.templates_dir / template_name(unit)
    typed, moved = (folder / name / "2026-11-20" / f"{unit.code}.xlsx" for name in ("typed", "moved"))
    for path in (typed, moved):
        path.parent.mkdir(parents=True, exist_ok=True)
    yield {
        "open": str(template),
        "save": str(typed),
        "type": list(_typing(project, unit, template)),
        "rearrange": False,
    }
    yield {"open": str(typed), "save": str(moved), "type": [], "rearrange": True}


def _typing(project: Project, unit: Unit, template: Path) -> Iterator[list[object]]:
    """Sheet, cell and value of everything that the unit types, found by codes and headings in the template."""
    answers = answers_for(unit, project.catalogue)
    book = load_workbook(template)
    for key, letter in (("info", "D"), ("data", "E")):
        sheet = book[BY_KEY[key].name("vi")]
        contents = {**answers.info, **answers.data}
        for row in range(5, sheet.max_row + 1):
            content = contents.get(str(sheet[f"A{row}"].value))
            if content is not None:
                yield [sheet.title, f"{letter}{row}", _as_typed(content)]
    for described in SHEETS:
        for number, record in enumerate(answers.lists.get(described.key, ()), start=5):
            for place, column in enumerate(described.columns):
                if record.get(column.key) is not None:
                    yield [described.name("vi"), f"{chr(65 + place)}{number}", _as_typed(record[column.key])]


def _as_typed(content: object) -> object:
    return (content - EPOCH).days if isinstance(content, date) else content


@pytest.mark.parametrize("name", ["typed", "moved"])
def test_a_year_filled_in_by_libreoffice_runs_clean_with_every_figure_as_typed(
    name: str, project: Project, inboxes: dict[str, Path]
) -> None:
    inbox = project.config.inbox_dir()
    shutil.rmtree(inbox, ignore_errors=True)
    shutil.copytree(inboxes[name], inbox)
    judged = stages.judge(project)
    assert [(one.rule, one.file, one.ref) for one in judged.dataset.findings if one.severity == "error"] == []
    assert judged.complete
    read = {
        (entry.unit, entry.code): entry.amount for entry in judged.dataset.entries if entry.outcome is Outcome.ACCEPTED
    }
    typed = {
        (unit.code, code): Decimal(str(amount))
        for unit in project.catalogue.units
        for code, amount in {
            **answers_for(unit, project.catalogue).info,
            **answers_for(unit, project.catalogue).data,
        }.items()
        if isinstance(amount, int | float) and code != "TT10"
    }
    assert read == typed
    events = sum(len(answers_for(unit, project.catalogue).lists["events"]) for unit in project.catalogue.units)
    assert len(judged.dataset.rows("events")) == events


def test_the_command_ends_with_exit_code_0(project: Project, inboxes: dict[str, Path]) -> None:
    from pipeline.cli import main

    inbox = project.config.inbox_dir()
    shutil.rmtree(inbox, ignore_errors=True)
    shutil.copytree(inboxes["typed"], inbox)
    with pytest.raises(SystemExit) as left:
        main(["run", "--config", str(project.config.root / "config.toml"), "--quiet"])
    assert left.value.code == 0
    assert (project.config.output_dir() / "Bao-cao-2026.docx").exists()


def test_the_light_of_a_filled_in_workbook_is_green(inboxes: dict[str, Path]) -> None:
    paths = sorted(inboxes["typed"].rglob("*.xlsx"))[:5]
    assert len(paths) == 5
    for path in paths:
        assert str(load_workbook(path, data_only=True)["Hướng dẫn"]["A6"].value).startswith("✓ SẴN SÀNG GỬI"), path.name
