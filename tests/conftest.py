"""Fixtures shared by all tests: the shipped catalogue, the configuration, and a LibreOffice that converts files."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipeline import catalogue as catalogue_module
from pipeline import config as config_module
from pipeline.catalogue import Catalogue
from pipeline.config import Config

ROOT = Path(__file__).parent.parent

Convert = Callable[[Path, str, Path], Path]
ConvertAll = Callable[[Sequence[Path], str, Path], list[Path]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests run where PHOIHOP_HEAVY asks for them."""
    if os.environ.get("PHOIHOP_HEAVY"):
        return
    for item in items:
        if item.get_closest_marker("heavy"):
            item.add_marker(pytest.mark.skip(reason="takes long; set PHOIHOP_HEAVY=1 to run it"))


@pytest.fixture(scope="session")
def config() -> Config:
    return config_module.load(ROOT / "config.toml")


@pytest.fixture(scope="session")
def whole_catalogue() -> Catalogue:
    return catalogue_module.load(ROOT / "input_templates" / "danh-muc.xlsx")


@pytest.fixture(scope="session")
def catalogue(whole_catalogue: Catalogue, config: Config) -> Catalogue:
    return whole_catalogue.for_year(config.year)


@pytest.fixture(scope="session")
def soffice_all(tmp_path_factory: pytest.TempPathFactory) -> ConvertAll:
    """Convert files with one start of LibreOffice: soffice_all(paths, "pdf", folder) -> the new files."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("PHOIHOP_REQUIRE_LIBREOFFICE"):
            pytest.fail("LibreOffice is required here but soffice was not found")
        pytest.skip("soffice not installed")
    profile = tmp_path_factory.mktemp("libreoffice")

    def convert(paths: Sequence[Path], to: str, out: Path) -> list[Path]:
        out.mkdir(parents=True, exist_ok=True)
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", to]
        subprocess.run([*command, "--outdir", str(out), *map(str, paths)], check=True, capture_output=True, timeout=120)
        return [out / f"{path.stem}.{to.split(':')[0]}" for path in paths]

    return convert


@pytest.fixture(scope="session")
def soffice(soffice_all: ConvertAll) -> Convert:
    """Convert a file with LibreOffice: soffice(path, "pdf", folder) -> the new file."""
    return lambda path, to, out: soffice_all([path], to, out)[0]
