"""Names, dates of birth and telephones of nominees: in what is made for the awards and in the unit's own workbook, nowhere else."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from openpyxl import load_workbook

from pipeline import run as stages
from pipeline.rehearsal import answers_for
from pipeline.rehearsal.project import make_project
from pipeline.templates import render_template

OWN, OTHER = "TV-844", "TV-845"
BORN = date(1989, 3, 17)
# What must not travel; none of it can be in a workbook by chance.
NAMES = ("Lý Thị Bí Mật", "Thạch Văn Kín Đáo", "Kim Thị Ngoài Bảng")
PHONES = ("0912 000 777", "0912 000 888")
BIRTHS = (
    "17/03/1989",
    "1989-03-17",
    "12/5/90",
    "12/05/1990",
    "12/05/2090",
    f"<v>{(BORN - date(1899, 12, 30)).days}</v>",
)
SECRETS = (*NAMES, *PHONES, *BIRTHS, "Khiển trách kín")
COLUMNS = ("name", "gender", "born", "position", "award", "category", "service", "years_total", "years_continuous", "achievements",
           "earlier_awards", "already_awarded", "discipline", "phone", "note")  # fmt: skip


def person(name: str, phone: str, **changes: Any) -> dict[str, Any]:
    return {
        "name": name, "gender": "Nữ", "born": datetime(BORN.year, BORN.month, BORN.day), "position": "Bí thư Đoàn xã", "award": "Vì thế hệ trẻ",
        "category": "Cán bộ Đoàn", "service": "9/2012 – nay", "achievements": "Mở lớp kỹ năng số.", "already_awarded": "Không",
        "discipline": "Không", "phone": phone, **changes,
    }  # fmt: skip


def write(
    project: stages.Project, unit: str, path: str, people: list[dict[str, Any]], beside: str = "", sent: int = 1
) -> None:
    """A filled workbook whose nominations are these people; ``beside``: typed next to the table."""
    catalogue, config = project.catalogue, project.config
    found = catalogue.unit(unit)
    assert found is not None
    book = load_workbook(
        BytesIO(render_template(catalogue, config, found, None, answers_for(found, catalogue, round_number=sent)))
    )
    sheet = book["Khen thưởng"]
    head = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "Họ và tên")
    for number in range(5):
        given = people[number] if number < len(people) else {}
        for place, key in enumerate(COLUMNS, start=1):
            sheet.cell(head + 1 + number, place).value = given.get(key)
    if beside:
        sheet.cell(head + 2, len(COLUMNS) + 2).value = beside
    target = config.inbox_dir() / path
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> stages.Project:
    """Two units: one sends twice and types every kind of fault, the other nominates one of the same people."""
    folder = tmp_path_factory.mktemp("privacy")
    make_project(folder)
    project = stages.open_project(folder / "config.toml")
    first = [person(NAMES[0], PHONES[0]), person(NAMES[1], PHONES[0])]
    again = [
        person(NAMES[0], PHONES[1], discipline="Khiển trách kín"),
        person(NAMES[1], PHONES[1], born="12/5/90", award="Huân chương của " + NAMES[1], service="20 năm, " + NAMES[1]),
        person(NAMES[0], PHONES[1], discipline=None),
    ]
    write(project, OWN, "2026-11-18/a.xlsx", first)
    write(project, OWN, "2026-11-20/a.xlsx", again, beside=f"{NAMES[2]} {PHONES[0]} 17/03/1989", sent=2)
    write(project, OTHER, "2026-11-20/b.xlsx", [person(NAMES[0], PHONES[0])])
    stages.write_results(stages.judge(project))
    return project


def parts(name: str, data: bytes) -> Iterator[str]:
    """Every text in a file: of packages each part, raw and without marks; of mails each body and what is attached."""
    if name.endswith(".eml"):
        for part in email.message_from_bytes(data, policy=email.policy.default).walk():
            if not part.is_multipart():
                yield from parts(part.get_filename() or "", part.get_payload(decode=True))  # type: ignore[arg-type]
    elif is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as package:
            for inside in package.namelist():
                yield from parts(inside, package.read(inside))
    else:
        text = data.decode("utf-8", "replace")
        yield text
        yield unescape(re.sub(r"<[^>]+>", "", text))


def found_in(path: Path) -> set[str]:
    texts = list(parts(path.name, path.read_bytes()))
    return {secret for secret in SECRETS if any(secret in text for text in texts)}


def test_personal_data_stay_where_they_belong(project: stages.Project) -> None:
    output = project.config.output_dir()
    seen = {path.relative_to(output).as_posix(): found_in(path) for path in output.rglob("*") if path.is_file()}
    allowed = {path for path in seen if path == "Khen-thuong-2026.xlsx" or path.startswith(f"tra-lai/{OWN} ")}
    allowed |= {path for path in seen if path.startswith((f"tra-lai/{OTHER} ", "khen-thuong/"))}
    assert {path: secrets for path, secrets in seen.items() if secrets and path not in allowed} == {}
    assert {"Bao-cao-2026.docx", "Tong-hop-2026.xlsx", "manifest.json"} <= set(seen)
    assert any(path.startswith("don-doc/") for path in seen)
    assert found_in(project.config.inbox_dir() / "quyet-dinh.xlsx") == set()
    others = {secret for path, secrets in seen.items() if path.startswith(f"tra-lai/{OTHER} ") for secret in secrets}
    assert others <= {NAMES[0], PHONES[0], BIRTHS[-1]}


def test_they_are_where_they_belong(project: stages.Project) -> None:
    output = project.config.output_dir()
    assert {NAMES[0], NAMES[1], PHONES[1], "12/5/90", BIRTHS[-1], "Khiển trách kín"} <= found_in(
        output / "Khen-thuong-2026.xlsx"
    )
    assert any(NAMES[0] in found_in(path) for path in output.rglob("*.xlsx") if f"tra-lai/{OWN} " in path.as_posix())


def test_the_faults_are_told_without_their_content(project: stages.Project) -> None:
    judged = stages.judge(project)
    told = {
        (finding.rule, finding.key)
        for finding in judged.dataset.findings
        if finding.file == "2026-11-20/a.xlsx" and finding.ref is not None and finding.ref.sheet == "Khen thưởng"
    }
    assert told == {
        ("H11", "name"), ("H13", "service"), ("H17", "discipline"), ("M12", ""), ("S26", "award"), ("S26", "born"),
    }  # fmt: skip
    assert judged.dataset.differences
    for finding in judged.dataset.findings:
        said = " ".join((*stages.describe(finding, project), *stages.describe_to_unit(finding, project)))
        assert not any(secret in said for secret in SECRETS), finding.rule


def test_the_manifest_knows_only_the_hash(project: stages.Project) -> None:
    manifest = json.loads((project.config.output_dir() / "manifest.json").read_text(encoding="utf-8"))
    (written,) = (one for one in manifest["outputs"] if one["file"] == "Khen-thuong-2026.xlsx")
    data = (project.config.output_dir() / "Khen-thuong-2026.xlsx").read_bytes()
    assert written == {"file": "Khen-thuong-2026.xlsx", "sha256": sha256(data).hexdigest()}
