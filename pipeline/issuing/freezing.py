"""An issue of the year in a folder of its own: made aside, sealed, read-only, and in place all at once."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any

from pipeline.config import Config
from pipeline.errors import OutputLockedError, PhoihopError
from pipeline.files import TEMPORARY, digest

KIND = "phoihop-phat-hanh"
MANIFEST, SUMS, INPUTS = "manifest.json", "sha256.txt", "dau-vao"


class Workshop:
    """A hidden folder beside the final one; it takes that one's place by ``finish`` and vanishes without it, together with
    those that broke off before.

    Raises PhoihopError ``issue_exists`` when the final folder is there, OutputLockedError when nothing can be written.
    """

    def __init__(self, final: Path) -> None:
        self.final, self.folder = final, final.with_name(f".{final.name}{TEMPORARY}")

    def __enter__(self) -> Workshop:
        if self.final.exists():
            raise PhoihopError("issue_exists", folder=self.final.name)
        try:
            for left in (self.folder, *self.folder.parent.glob(f".*{TEMPORARY}")):
                _clear(left)
            self.folder.mkdir(parents=True)
        except OSError:
            raise OutputLockedError("folder_not_writable", folder=self.final.name) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _clear(self.folder)
        with suppress(OSError):
            self.folder.parent.rmdir()

    def write(self, name: str, data: bytes) -> None:
        """Put one file into the folder (name with /). Raises OutputLockedError."""
        path = self.folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError:
            raise OutputLockedError("output_not_written", file=path.name) from None

    def copy_inputs(self, config: Config, earlier: Sequence[tuple[int, Path]]) -> None:
        """Everything that the figures rest on, as it is; ``earlier``: (year, its workbook or inbox) of other years.

        Raises PhoihopError ``input_unreadable`` for a file that is open or may not be read.
        """
        for source, name in _inputs(config, earlier):
            try:
                data = source.read_bytes()
            except OSError:
                raise PhoihopError("input_unreadable", file=source.name) from None
            self.write(f"{INPUTS}/{name}", data)

    def finish(self, facts: Mapping[str, Any]) -> str:
        """Write manifest and hashes, lock every file, move the folder to its place; the hash of the manifest."""
        files = [{"file": name, "sha256": digest(path.read_bytes())} for name, path in listed(self.folder)]
        text = json.dumps({"kind": KIND, **facts, "files": files}, ensure_ascii=False, indent=2)
        self.write(MANIFEST, text.encode())
        seal = digest(text.encode())
        self.write(SUMS, sums(files, seal).encode())
        try:
            for _, path in listed(self.folder):
                path.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
            self.folder.rename(self.final)
        except OSError:
            raise OutputLockedError("output_not_written", file=self.final.name) from None
        return seal


def listed(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below a folder: its name with / and its path, in the order of the names."""
    found = ((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if not path.is_dir())
    yield from sorted(found)


def sums(files: Sequence[Mapping[str, str]], seal: str) -> str:
    """The hashes as ``sha256sum -c`` reads them, the manifest first."""
    lines = [f"{seal}  {MANIFEST}", *(f"{one['sha256']}  {one['file']}" for one in files)]
    return "\n".join(lines) + "\n"


def frozen_config(config: Config, folder: Path) -> Config:
    """The same configuration, finding its files in the frozen folder."""
    paths = config.paths
    inside = {
        "catalogue": _inside(paths.catalogue, PurePath(paths.catalogue).name),
        "inbox": _inside(paths.inbox, "inbox"),
        "output": _inside(paths.output, "output"),
        "narratives": _inside(paths.narratives, "loi-van"),
    }
    changes = {"root": folder / INPUTS, "paths": paths.model_copy(update=inside)}
    return config.model_copy(update=changes)


def _inside(given: str, standard: str) -> str:
    """A path as configured where it stays below config.toml, so that the copy works as a project of its own."""
    path = PurePath(given)
    return standard if path.is_absolute() or ".." in path.parts else path.as_posix()


def _inputs(config: Config, earlier: Sequence[tuple[int, Path]]) -> Iterator[tuple[Path, str]]:
    """Each file to keep, and where it goes below the folder of inputs."""
    frozen = frozen_config(config, Path())
    root = frozen.root
    yield config.root / config.file, config.file
    yield config.catalogue_path, frozen.catalogue_path.relative_to(root).as_posix()
    if config.narratives_dir.is_dir():
        below = frozen.narratives_dir.relative_to(root).as_posix()
        yield from ((path, f"{below}/{name}") for name, path in listed(config.narratives_dir))
    for year, source in ((config.year, config.inbox_dir()), *earlier):
        own = frozen.output_dir(year) / source.name if source.is_file() else frozen.inbox_dir(year)
        target = own.relative_to(root).as_posix()
        if source.is_file():
            yield source, target
        else:
            yield from ((path, f"{target}/{name}") for name, path in listed(source))


def _clear(folder: Path) -> None:
    """Remove a folder and everything in it, read-only files included."""
    if folder.is_dir():
        for _, path in listed(folder):
            with suppress(OSError):
                path.chmod(stat.S_IWRITE | stat.S_IREAD)
        shutil.rmtree(folder)
