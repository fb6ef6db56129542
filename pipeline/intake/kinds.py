"""What a file is, by its content; a name only tells the system's own files."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

OWN_NAMES = {"quyet-dinh.xlsx", ".phoihop-fetch.json"}
SYSTEM_NAMES = {"thumbs.db", "desktop.ini", ".ds_store", ".gitkeep", *OWN_NAMES}
SYSTEM_FOLDERS = {"__macosx"}
# What mail programs add of their own: signatures, visiting cards, invitations.
MAIL_EXTRAS = {".p7s", ".asc", ".vcf", ".ics"}
CONTAINERS = {"zip", "mail", "mbox", "msg"}
# The same content under any of these endings needs no remark.
ENDINGS = {
    "xlsx": {".xlsx"}, "xlsm": {".xlsm"}, "xls": {".xls", ".et", ".xlt"}, "xlsb": {".xlsb"}, "ods": {".ods"},
}  # fmt: skip
_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"{\\rtf", "word"),
    (b"\x78\x9f\x3e\x22", "tnef"),
)
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# What a compound file is, by the streams in its root; the first that is there decides.
_OLE_STREAMS = (
    ("__properties_version1.0", "msg"),
    ("EncryptedPackage", "encrypted"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "word"),
)
# BIFF2 to BIFF4 stand without a compound file around them.
_EARLY_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_HEADER = re.compile(
    rb"(?im)^(?:from|date|subject|received|return-path|message-id|mime-version|delivered-to|content-type|to):"
)
_SENT = re.compile(rb"(?im)^(?:received|return-path|message-id|delivered-to|to|sender|date):")
_HEADER_LINE = re.compile(rb"[\x21-\x39\x3b-\x7e]+:[ \t]")


def kind_of(name: str, data: bytes) -> str:
    """What the content is: a workbook ("xlsx", "xlsm", "xls", "xlsb", "ods"), a container ("zip", "mail", "mbox", "msg"),
    or else "encrypted", "html_table", "xml2003", "csv", "numbers", "tnef", "archive", "word", "pdf", "image", "html",
    "text", "empty", "damaged", "system", "mail_extra" or "unknown".
    """
    if is_system(name):
        return "system"
    if PurePosixPath(name.lower()).suffix in MAIL_EXTRAS:
        return "mail_extra"
    if not data.strip(b"\x00"):
        return "empty"
    if data.startswith(_OLE):
        return _kind_of_compound(data)
    if data.startswith(b"PK"):
        return _kind_of_package(data)
    if data.startswith(_EARLY_BIFF):
        return "xls"
    if data[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"} or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return "image"
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None) or _kind_of_text(name, data)


def is_system(name: str) -> bool:
    """True for lock files and what Windows, macOS and this program leave behind."""
    path = PurePosixPath(name.lower())
    return path.name in SYSTEM_NAMES or path.name.startswith(("~$", ".")) or bool(SYSTEM_FOLDERS & set(path.parts[:-1]))


def misnamed(name: str, kind: str) -> bool:
    """True for a workbook whose ending belongs to another format."""
    return kind in ENDINGS and PurePosixPath(name.lower()).suffix not in ENDINGS[kind]


def _kind_of_compound(data: bytes) -> str:
    from olefile import OleFileIO

    try:
        with OleFileIO(BytesIO(data)) as compound:
            root = {entry[0] for entry in compound.listdir(streams=True, storages=False)}
    except Exception:  # a damaged directory raises whatever it likes
        root = {stream for stream, _ in _OLE_STREAMS if stream.encode("utf-16-le") in data}
    return next((kind for stream, kind in _OLE_STREAMS if stream in root), "damaged")


def _kind_of_package(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as package:
            members = {member.replace("\\", "/").lower() for member in package.namelist()}
    except (BadZipFile, ValueError, OSError, EOFError):
        return "damaged"
    if "xl/workbook.bin" in members:
        return "xlsb"
    if "xl/workbook.xml" in members:
        return "xlsm" if "xl/vbaproject.bin" in members else "xlsx"
    if "word/document.xml" in members:
        return "word"
    if "index/document.iwa" in members:
        return "numbers"
    return "ods" if "content.xml" in members and "mimetype" in members else "zip"


def _kind_of_text(name: str, data: bytes) -> str:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"From ") and _HEADER.search(data[:8192]):
        return "mbox"
    suffix = PurePosixPath(name.lower()).suffix
    if _HEADER_LINE.match(start) and len(_HEADER.findall(data[:16384])) >= 2:
        # A "single file web page" is built like a mail, but nobody sent it.
        return "mail" if _SENT.search(data[:16384]) else _web_page(suffix)
    lowered = start.lower()
    if b'progid="excel.sheet"' in lowered:
        return "xml2003"
    if lowered.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        return _web_page(suffix)
    if not _is_text(data[:4096]):
        return "unknown"
    return "csv" if suffix in {".csv", ".tsv"} else "text"


def _web_page(suffix: str) -> str:
    return "html_table" if suffix in {".xls", ".xlsx", ".xlsm"} else "html"


def _is_text(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(start) - 4 and b"\x00" not in start
    return b"\x00" not in start
