"""Outputs: whole files or nothing, never over a person's edits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import outputs
from pipeline.errors import OutputLockedError

MARK = "số liệu mới"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(folder: Path, content: bytes) -> tuple[outputs.Written, ...]:
    return outputs.write_outputs(folder, {"a.xlsx": content}, {"year": 2026}, MARK)


def test_files_and_manifest_are_written(tmp_path: Path) -> None:
    (written,) = write(tmp_path / "output", b"one")
    assert names(tmp_path / "output") == ["a.xlsx", "manifest.json"]
    manifest = json.loads((tmp_path / "output" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest == {"year": 2026, "outputs": [{"file": "a.xlsx", "sha256": outputs.digest(b"one")}]}
    assert (written.path.read_bytes(), written.beside) == (b"one", False)


def test_an_untouched_output_is_replaced(tmp_path: Path) -> None:
    write(tmp_path, b"one")
    write(tmp_path, b"two")
    assert (tmp_path / "a.xlsx").read_bytes() == b"two"
    assert names(tmp_path) == ["a.xlsx", "manifest.json"]


def test_an_edited_output_is_kept_and_the_new_one_put_beside_it(tmp_path: Path) -> None:
    write(tmp_path, b"one")
    (tmp_path / "a.xlsx").write_bytes(b"edited by the officer")
    (written,) = write(tmp_path, b"two")
    assert (tmp_path / "a.xlsx").read_bytes() == b"edited by the officer"
    assert (written.path.name, written.beside) == ("a (số liệu mới).xlsx", True)
    assert written.path.read_bytes() == b"two"


def test_an_edited_output_stays_kept_on_the_third_run(tmp_path: Path) -> None:
    write(tmp_path, b"one")
    (tmp_path / "a.xlsx").write_bytes(b"edited by the officer")
    write(tmp_path, b"two")
    write(tmp_path, b"three")
    assert (tmp_path / "a.xlsx").read_bytes() == b"edited by the officer"
    assert (tmp_path / "a (số liệu mới).xlsx").read_bytes() == b"three"


def test_an_edited_copy_beside_is_kept_as_well(tmp_path: Path) -> None:
    write(tmp_path, b"one")
    (tmp_path / "a.xlsx").write_bytes(b"edited by the officer")
    write(tmp_path, b"two")
    (tmp_path / "a (số liệu mới).xlsx").write_bytes(b"edited as well")
    (written,) = write(tmp_path, b"three")
    assert written.path.name == "a (số liệu mới 2).xlsx"
    assert (tmp_path / "a (số liệu mới).xlsx").read_bytes() == b"edited as well"


def test_a_file_that_was_there_before_any_run_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"somebody's own")
    (written,) = write(tmp_path, b"one")
    assert written.beside
    assert (tmp_path / "a.xlsx").read_bytes() == b"somebody's own"


def test_a_locked_output_stops_the_run_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, b"one")
    original = Path.open

    def locked(path: Path, *args: object, **kwargs: object) -> object:
        if path.name == "a.xlsx" and args == ("r+b",):
            raise PermissionError
        return original(path, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(OutputLockedError) as caught:
        write(tmp_path, b"two")
    assert (caught.value.key, caught.value.values) == ("output_locked", {"file": "a.xlsx"})
    assert (tmp_path / "a.xlsx").read_bytes() == b"one"
    assert names(tmp_path) == ["a.xlsx", "manifest.json"]


def test_a_failed_write_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputLockedError) as caught:
        outputs.write_atomically(tmp_path / "a.xlsx", b"one")
    assert caught.value.key == "output_not_written"
    assert names(tmp_path) == []


def test_a_broken_manifest_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    assert outputs.read_manifest(tmp_path) == {}
    assert outputs.known_hashes(tmp_path) == {}
