"""The documents below an output folder that a person has changed, each against what was generated and what would be now."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

from rapidfuzz import fuzz

from pipeline.errors import PhoihopError
from pipeline.issuing.comparing import Comparison, compare
from pipeline.issuing.naming import FOLDER
from pipeline.issuing.reading import Seen, read_document
from pipeline.issuing.sealing import content_hash, is_edited, is_relooked, seal_of
from pipeline.issuing.snapshots import recall
from pipeline.text import without_accents

# What people save a text as; other names than this much alike, in percent, are of other texts.
_TEXTS, _LIKE_NAMES = frozenset({".doc", ".docx", ".docm", ".odt", ".rtf"}), 70.0


def documents_below(output: Path) -> Iterator[Path]:
    """Every .docx below the output folder, what was issued and lock files left out."""
    for path in sorted(output.rglob("*.docx")):
        parts = path.relative_to(output).parts
        if path.is_file() and parts[0] != FOLDER and not any(part.startswith((".", "~$")) for part in parts):
            yield path


def edited_below(output: Path, names: Collection[str], mark: str) -> tuple[Path, ...]:
    """Those that a person changed: by the hash they carry; by their name where a program has dropped the hash."""
    found = ((path, path.read_bytes()) for path in documents_below(output))
    return tuple(
        path
        for path, data in found
        if is_edited(data) is True or (seal_of(data) is None and name_of(path, data, output, mark) in names)
    )


def name_of(path: Path, data: bytes, output: Path, mark: str) -> str:
    """The output that a document came from: what it says itself, else its name without the mark of the new ones."""
    seal = seal_of(data)
    if seal is not None and seal.name:
        return seal.name
    path, output = path.resolve(), output.resolve()
    below = path.relative_to(output).as_posix() if path.is_relative_to(output) else path.name
    stem = re.sub(rf" \({re.escape(mark)}(?: \d+)?\)$", "", PurePosixPath(below).stem)
    return PurePosixPath(below).with_name(f"{stem}.docx").as_posix()


def read_documents(made: Mapping[str, bytes]) -> dict[str, Seen]:
    """What is seen in each generated document."""
    return {name: read_document(data, name) for name, data in made.items()}


def compare_file(path: Path, output: Path, mark: str, now: Mapping[str, Seen], known: str = "") -> Comparison:
    """One file three ways; ``now``: what the present figures give, by the names of the outputs; ``known``: the name of
    its output where that is known already.

    Raises PhoihopError ``document_unknown`` when nothing like it is made, ``document_unreadable``.
    """
    data = path.read_bytes()
    name = known or name_of(path, data, output, mark)
    if name not in now:
        raise PhoihopError("document_unknown", file=path.name, known=", ".join(now))
    theirs = read_document(data, path.name)
    made = recall(output, data, name, theirs)
    rewritten = made is not None and content_hash(made) != content_hash(theirs)
    told = is_edited(data)
    edited = told if told is not None else rewritten or made is None
    differences, relooked = compare(made or theirs, theirs, now[name]), is_relooked(data)
    reordered = rewritten and not any(one.by_person for one in differences)
    return Comparison(str(path), name, edited, made is not None, differences, relooked=relooked, reordered=reordered)


def texts_aside(output: Path, wanted: Collection[str], known: Collection[str], mark: str) -> tuple[Path, ...]:
    """Texts beside the generated documents ``wanted`` that no command reads: saved in another format, or under another name
    by a program that dropped what a generated document says of itself. A text is beside that of the documents ``known``
    whose name it is most like.
    """
    folders = {(output / name).parent for name in wanted}
    found = (path for folder in sorted(folders) for path in sorted(folder.glob("*")) if _is_text(path))
    return tuple(
        path for path in found if _beside(path, output, known) in wanted and _is_unread(path, output, known, mark)
    )


def _is_text(path: Path) -> bool:
    return path.suffix.lower() in _TEXTS and not path.name.startswith((".", "~$")) and path.is_file()


def _is_unread(path: Path, output: Path, known: Collection[str], mark: str) -> bool:
    """True unless it is a document that says of itself what it is, or that has the name of one."""
    if path.suffix.lower() != ".docx":
        return True
    data = path.read_bytes()
    return seal_of(data) is None and name_of(path, data, output, mark) not in known


def _beside(path: Path, output: Path, known: Collection[str]) -> str:
    """The document whose name a text in its folder is most like, "" for none."""
    alike = {
        name: _likeness(path.stem, PurePosixPath(name).stem) for name in known if (output / name).parent == path.parent
    }
    best = max(alike, key=lambda name: (alike[name], len(name)), default="")
    return best if best and alike[best] >= _LIKE_NAMES else ""


def _likeness(stem: str, own: str) -> float:
    """How much a file's name is like that of an output, in percent; all, where it has it within itself."""
    words, name = _letters(stem), _letters(own)
    return 100.0 if name in words else fuzz.ratio(words, name)


def _letters(stem: str) -> str:
    """The letters and digits of a name without accents."""
    return re.sub(r"[\W_]+", "", without_accents(stem).lower())


def version_to_issue(output: Path, name: str, mark: str, given: Path | None) -> Path | None:
    """The file whose text is issued: the given one, else the one that a person changed, else the one generated.

    Raises PhoihopError ``path_missing``, ``issue_other`` when the given file is another document, or ``issue_several``
    when a person changed more than one version.
    """
    if given is not None and not given.is_file():
        raise PhoihopError("path_missing", path=str(given))
    if given is not None:
        seal = seal_of(given.read_bytes())
        if seal is not None and seal.name != name:
            raise PhoihopError("issue_other", file=given.name, name=name, own=seal.name)
        return given
    own = [
        path for path in edited_below(output, {name}, mark) if name_of(path, path.read_bytes(), output, mark) == name
    ]
    if len(own) > 1:
        raise PhoihopError("issue_several", files=", ".join(f"“{path.name}”" for path in own))
    return next(iter(own), output / name if (output / name).is_file() else None)
