"""Writing whole files or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipeline.errors import OutputLockedError

TEMPORARY = ".moi"
"""How the hidden names of files and folders end that are not finished yet."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


# Parts of a workbook that openpyxl drops or changes when it saves.
_LOST_BY_OPENPYXL = (
    "/charts/", "/media/", "/drawings/drawing", "threadedcomments", "/embeddings/", "/externallinks/", "/pivottables/",
    "/slicers/", "/ctrlprops/", "/activex/", "/diagrams/", "/querytables/", "/connections.xml", "customxml/",
)  # fmt: skip


def digest(data: bytes) -> str:
    """SHA-256 in hex digits."""
    return sha256(data).hexdigest()


def same_bytes(package: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """A zip package with every part dated 1980, so that equal content gives equal bytes; some parts replaced."""
    fixed = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, (replaced or {}).get(name) or source.read(name))
    return fixed.getvalue()


def undated(package: bytes) -> bytes:
    """A workbook saved by openpyxl without the moment of saving, in its parts and in its properties."""
    core = "docProps/core.xml"
    with ZipFile(BytesIO(package)) as source:
        xml = source.read(core)
    return same_bytes(package, {core: _MOMENT.sub(rb"\g<1>2000-01-01T00:00:00Z", xml)})


def lost_by_openpyxl(package: bytes, *also: str) -> bool:
    """True when a workbook holds a picture, a chart, a link … that saving it with openpyxl would lose; ``also``: further
    parts that must not be there. Raises BadZipFile.
    """
    with ZipFile(BytesIO(package)) as source:
        return any(mark in name.lower() for name in source.namelist() for mark in (*_LOST_BY_OPENPYXL, *also))


def refuse_locked(path: Path) -> None:
    """Raise OutputLockedError when a file exists and cannot be opened for writing (open in Excel or Word)."""
    if path.exists():
        try:
            with path.open("r+b"):
                pass
        except PermissionError:
            raise OutputLockedError("output_locked", file=path.name) from None


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files below a folder that ``write_atomically`` left when the machine or the program stopped."""
    for path in folder.rglob(f".*{TEMPORARY}"):
        if path.is_file():
            with suppress(OSError):
                path.unlink()


def write_atomically(path: Path, data: bytes) -> None:
    """Write to a temporary name and rename, so that no half file is ever seen. Raises OutputLockedError."""
    temporary = path.with_name(f".{path.name[:60]}{TEMPORARY}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except PermissionError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise OutputLockedError("output_locked", file=path.name) from None
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise OutputLockedError("output_not_written", file=path.name) from None
