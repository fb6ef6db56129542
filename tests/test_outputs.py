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


def test_temporary_files_of_a_run_that_broke_off_go_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, b"one")
    (tmp_path / "don-doc").mkdir()
    for name in (".a.xlsx.moi", "don-doc/.thu.eml.moi", "ghi-chu.moi", ".ghi-chu"):
        (tmp_path / name).write_bytes(b"half")
    write(tmp_path, b"two")
    assert names(tmp_path) == [".ghi-chu", "a.xlsx", "don-doc", "ghi-chu.moi", "manifest.json"]
    assert names(tmp_path / "don-doc") == []


# ---- what the manifest says is what lies there ----------------------------------------------------------------------


def by_meaning(old: bytes, new: bytes) -> str:
    """As documents are compared: in small letters stands what was generated; a blank at its end is another way to save."""
    if not old.islower():
        return "edited"
    return "same" if old.split() == new.split() else "outdated"


def run(folder: Path, **made: bytes) -> None:
    files = {f"{name}.docx": data for name, data in made.items()}
    outputs.write_outputs(folder, files, {"year": 2026}, MARK, by_meaning)


def ask(folder: Path, passing: tuple[str, ...] = (), **made: bytes) -> None:
    files = {f"{name}.docx": data for name, data in made.items()}
    outputs.add_outputs(folder, files, MARK, by_meaning, passing)


def listed(folder: Path) -> dict[str, str]:
    """File -> what its entry says of it: "true" to the file, or the generated content that a person has edited since."""
    entries = outputs.read_manifest(folder)["outputs"]
    generated = {outputs.digest(word): word.decode() for word in (b"one", b"two", b"three", b"four")}
    found = {
        one["file"]: "true"
        if outputs.digest((folder / one["file"]).read_bytes()) == one["sha256"]
        else generated[one["sha256"]]
        for one in entries
    }
    assert len(found) == len(entries), "a file is listed twice"
    return found


def test_the_manifest_is_true_after_an_untouched_output(tmp_path: Path) -> None:
    run(tmp_path, a=b"one")
    run(tmp_path, a=b"two")
    assert listed(tmp_path) == {"a.docx": "true"}


def test_the_manifest_is_true_after_an_output_that_was_only_saved_again(tmp_path: Path) -> None:
    run(tmp_path, a=b"one")
    (tmp_path / "a.docx").write_bytes(b"one ")
    run(tmp_path, a=b"one")
    assert (tmp_path / "a.docx").read_bytes() == b"one "
    assert listed(tmp_path) == {"a.docx": "true"}
    ask(tmp_path, a=b"one")
    assert listed(tmp_path) == {"a.docx": "true"}


def test_the_manifest_is_true_beside_an_edited_output(tmp_path: Path) -> None:
    run(tmp_path, a=b"one")
    (tmp_path / "a.docx").write_bytes(b"MINE")
    run(tmp_path, a=b"two")
    run(tmp_path, a=b"three")
    assert names(tmp_path) == ["a (số liệu mới).docx", "a.docx", "manifest.json"]
    assert listed(tmp_path) == {"a (số liệu mới).docx": "true"}


def test_the_manifest_is_true_when_a_document_is_asked_twice_beside_an_edited_one(tmp_path: Path) -> None:
    run(tmp_path, a=b"one")
    ask(tmp_path, b=b"one")
    (tmp_path / "b.docx").write_bytes(b"MINE")
    ask(tmp_path, b=b"two")
    ask(tmp_path, b=b"three")
    kept = {"a.docx": "true", "b.docx": "one", "b (số liệu mới).docx": "true"}
    assert listed(tmp_path) == kept
    run(tmp_path, a=b"two")
    assert listed(tmp_path) == kept
    assert (tmp_path / "b.docx").read_bytes() == b"MINE"


def test_a_passing_document_leaves_the_manifest_when_a_run_removes_it(tmp_path: Path) -> None:
    run(tmp_path, a=b"one")
    ask(tmp_path, passing=("b.docx",), b=b"one", c=b"one")
    assert listed(tmp_path) == {"a.docx": "true", "b.docx": "true", "c.docx": "true"}
    run(tmp_path, a=b"two")
    assert names(tmp_path) == ["a.docx", "c.docx", "manifest.json"]
    assert listed(tmp_path) == {"a.docx": "true", "c.docx": "true"}


def test_a_passing_document_that_a_person_edited_stays(tmp_path: Path) -> None:
    ask(tmp_path, passing=("b.docx",), b=b"one")
    (tmp_path / "b.docx").write_bytes(b"MINE")
    run(tmp_path, a=b"one")
    assert (tmp_path / "b.docx").read_bytes() == b"MINE"
    assert listed(tmp_path) == {"a.docx": "true"}


def test_a_document_that_is_asked_and_also_made_by_the_run_is_listed_once(tmp_path: Path) -> None:
    run(tmp_path, a=b"one")
    ask(tmp_path, a=b"two")
    run(tmp_path, a=b"three")
    assert listed(tmp_path) == {"a.docx": "true"}
    (tmp_path / "a.docx").unlink()
    ask(tmp_path, a=b"four")
    (tmp_path / "a.docx").unlink()
    run(tmp_path, b=b"one")
    assert listed(tmp_path) == {"b.docx": "true"}


def test_a_document_that_was_asked_and_only_saved_again_is_listed_as_it_lies(tmp_path: Path) -> None:
    ask(tmp_path, b=b"one")
    (tmp_path / "b.docx").write_bytes(b"one ")
    ask(tmp_path, b=b"one")
    run(tmp_path, a=b"one")
    assert listed(tmp_path) == {"b.docx": "true", "a.docx": "true"}
