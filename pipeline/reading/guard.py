"""A look into the package before any reader opens it: sizes, doctypes, counts that would exhaust the memory."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

MAX_PARTS = 400
MAX_PART, MAX_TOTAL = 64 * 2**20, 256 * 2**20
MAX_RATIO, RATIO_FROM = 200, 8 * 2**20
# calamine reserves room for as many shared strings as the part promises.
MAX_PROMISED_STRINGS = 2_000_000
_STRINGS = re.compile(rb"<(?:\w+:)?sst\b[^>]*?\s(?:unique)?[cC]ount=\"(\d+)\"")


class Refusal(Exception):
    """The package is not to be opened; ``reason`` is a failure of ``Submission``, ``detail`` tells more."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def open_package(data: bytes) -> ZipFile:
    """The package, looked through. Raises Refusal("unreadable" | "too_large" | "dangerous")."""
    try:
        package = ZipFile(BytesIO(data))
        _look_through(package)
    except (BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refusal("unreadable") from error
    return package


def _look_through(package: ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_TOTAL:
        raise Refusal("too_large")
    if len({part.filename for part in parts}) < len(parts) or any(part.flag_bits & 1 for part in parts):
        raise Refusal("dangerous")
    for part in parts:
        swollen = part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        if part.file_size > MAX_PART or swollen:
            raise Refusal("too_large")
        if part.filename.endswith("sharedStrings.xml"):
            _check_strings(read_part(package, part.filename))


def _check_strings(xml: bytes) -> None:
    promised = max((int(count) for count in _STRINGS.findall(xml[:2000])), default=0)
    if promised > MAX_PROMISED_STRINGS:
        raise Refusal("dangerous")


def read_part(package: ZipFile, name: str) -> bytes:
    """A part's bytes; b"" when it is absent. Raises Refusal when it is damaged or declares a document type."""
    try:
        xml = package.read(name)
    except KeyError:
        return b""
    except (BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refusal("unreadable") from error
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml[:4096]:
        raise Refusal("dangerous")
    return xml
