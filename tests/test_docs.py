"""What is written about the product is what the product is."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from pipeline.catalogue import Catalogue
from pipeline.text import LANGUAGES, has
from pipeline.validate import RULES, rules_of
from tests.conftest import ROOT
from tests.generated_docs import GENERATED

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GENERATED)
def test_generated_documents_are_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == GENERATED[name](), "run: python -m tests.generated_docs"


def test_the_readmes_test_command_is_what_ci_runs() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert 'pip install -q -e ".[dev]"' in README
    assert 'pip install -q -e ".[dev]"' in ci
    assert ".venv/bin/pytest -n auto" in README
    assert ci.strip().endswith("pytest -n auto")


@pytest.mark.parametrize("document", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_links_lead_somewhere(document: str) -> None:
    text = (ROOT / "docs" / document).read_text(encoding="utf-8")
    assert [
        link
        for link in re.findall(r"\]\(([^)#]+)\)", text)
        if "://" not in link and not (ROOT / "docs" / link).exists()
    ] == []


def test_links_of_the_readme_lead_somewhere() -> None:
    assert [
        link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link and not (ROOT / link).exists()
    ] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rule", [rule.code for rule in RULES])
def test_every_rule_has_its_texts(rule: str, lang: str) -> None:
    assert all(has(f"rules.{rule}.{part}", lang) for part in ("name", "says", "next"))


# test_T01_ok, or test_a_good_row_is_ok[D01] where one test tries several rules.
RULE_TEST = re.compile(r"::test_(?:([A-Z]\d\d[a-z]?)_(ok|error)\b|\w+_(ok|error)\[([A-Z]\d\d[a-z]?)\])")


def test_every_rule_has_a_passing_and_a_failing_test(whole_catalogue: Catalogue) -> None:
    files = [str(path) for path in sorted((ROOT / "tests").glob("test_validate_*.py"))]
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *files]
    collected = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    tested = {(one[1] or one[4], one[2] or one[3]) for one in RULE_TEST.finditer(collected)}
    assert tested == {(rule.code, end) for rule in rules_of(whole_catalogue) for end in ("ok", "error")}
