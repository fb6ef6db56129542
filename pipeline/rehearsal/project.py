"""The folder of a rehearsal: made once, made again only where a rehearsal already stands."""

from __future__ import annotations

import shutil
import stat
from importlib.resources import files
from pathlib import Path

from pipeline.errors import OutputLockedError, PhoihopError

MARKER = ".phoihop-dien-tap"
CONFIG, CATALOGUE = "config.toml", "input_templates/danh-muc.xlsx"
FOLDERS = ("input_templates", "inbox", "output")


def example_dir() -> Path:
    """Where the shipped example stands: inside an installed package, else the repository root beside it."""
    package = Path(str(files("pipeline")))
    inside = package / "example"
    return inside if inside.is_dir() else package.parent


def example_file(name: str) -> Path:
    """A shipped file; an installed package keeps them side by side, the repository where the project has them."""
    folder = example_dir()
    return folder / (Path(name).name if folder.name == "example" else name)


def make_project(folder: Path) -> None:
    """Put configuration, catalogue and empty folders into ``folder``.

    Raises PhoihopError when the folder holds anything that is not an earlier rehearsal, OutputLockedError when
    a file of the earlier rehearsal is open in another program.
    """
    _refuse_foreign(folder)
    _clear(folder)
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_bytes(b"")
    for name in (CONFIG, CATALOGUE):
        (folder / name).write_bytes(example_file(name).read_bytes())


def _refuse_foreign(folder: Path) -> None:
    foreign = folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).exists())
    if foreign:
        raise PhoihopError("demo_not_empty", folder=str(folder))


def _clear(folder: Path) -> None:
    try:
        for name in FOLDERS:
            if (folder / name).is_dir():
                _unlock(folder / name)
                shutil.rmtree(folder / name)
    except PermissionError as error:
        raise OutputLockedError("output_locked", file=Path(str(error.filename)).name) from None


def _unlock(folder: Path) -> None:
    """Windows removes no read-only file, and what was issued is read-only."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.stat().st_mode & stat.S_IWRITE:
            path.chmod(stat.S_IWRITE | stat.S_IREAD)
