"""Word and Excel files against Microsoft's own schemas (Open XML SDK), so that Office opens them without repairing anything."""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Callable
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn

from pipeline.model import Issue
from pipeline.workbook import build_nominations, build_period_workbook, build_workbook
from tests.papers import BY_KEY, LAYOUTS, built, material, material_for, material_of_years, whole_catalogue, with_report

pytestmark = pytest.mark.heavy

Validate = Callable[[str, bytes], list[str]]


@pytest.fixture(scope="module")
def validate(tmp_path_factory: pytest.TempPathFactory) -> Validate:
    """What the Open XML SDK says of a file's bytes: validate("a.docx", data) -> its remarks, each with part and place."""
    program = os.environ.get("PHOIHOP_OOXML_VALIDATOR")
    if not program:
        pytest.skip("set PHOIHOP_OOXML_VALIDATOR to the validator that .ci/run installs")
    folder = tmp_path_factory.mktemp("validated")

    def said(name: str, data: bytes) -> list[str]:
        path = folder / name
        path.write_bytes(data)
        environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
        done = subprocess.run([program, str(path)], capture_output=True, text=True, timeout=120, env=environment)
        found = json.loads(done.stdout)
        assert found["ok"] is not bool(found["errors"])
        return [f"{one['path']} {one['xPath']}: {one['description']}" for one in found["errors"]]

    return said


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("key", BY_KEY)
def test_every_document_is_valid(key: str, layout: str, validate: Validate) -> None:
    given = with_report(material_for(key), urgency="khan", **LAYOUTS[layout])
    assert validate(f"{layout}-{key}.docx", built(key, given)) == []


@pytest.mark.parametrize("key", BY_KEY)
def test_every_issued_document_is_valid(key: str, validate: Validate) -> None:
    issue = Issue(number="125", day=date(2026, 12, 10), draft=False)
    assert validate(f"issued-{key}.docx", built(key, material_for(key, missing=False), issue)) == []


def test_a_document_with_properties_in_the_wrong_order_is_not_valid(validate: Validate) -> None:
    document = docx.Document(io.BytesIO(built("annual", material())))
    properties = next(one for one in document.element.body.iter(qn("w:pPr")) if len(one) > 1)
    properties.append(properties[0])
    data = io.BytesIO()
    document.save(data)
    (remark,) = validate("wrong.docx", data.getvalue())
    assert "unexpected child element" in remark


def test_every_workbook_is_valid(validate: Validate) -> None:
    given, years = material(), material_of_years()
    year = given.dataset, given.figures, given.catalogue, given.config
    assert years.period is not None
    books = {
        "Tong-hop.xlsx": build_workbook(*year, lambda finding: ("Phát hiện", "Sửa lại."), lambda file: "Lý do"),
        "Khen-thuong.xlsx": build_nominations(given.nominations, *year),
        "Tong-hop-2022-2026.xlsx": build_period_workbook(years.period, whole_catalogue(), given.config),
    }
    assert [remark for name, data in books.items() for remark in validate(name, data)] == []
