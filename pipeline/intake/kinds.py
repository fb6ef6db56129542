"""What a file is, by its content; a name only tells the system's own files."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

SYSTEM_NAMES = {"thumbs.db", "desktop.ini", ".ds_store", ".gitkeep", "quyet-dinh.xlsx"}
SYSTEM_FOLDERS = {"__macosx"}
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
)
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def kind_of(name: str, data: bytes) -> str:
    """xlsx, xlsm, ole (old .xls), encrypted, word, pdf, image, zip, archive, html, text, empty, system or unknown."""
    if is_system(name):
        return "system"
    if not data.strip(b"\x00"):
        return "empty"
    if data.startswith(_OLE):
        return "encrypted" if _ENCRYPTED in data else "word" if _WORD_STREAM in data else "ole"
    if data.startswith(b"PK"):
        return _kind_of_package(data)
    if data[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"} or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return "image"
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None) or _kind_of_text(data)


def is_system(name: str) -> bool:
    """True for lock files and what Windows, macOS and this program leave behind."""
    path = PurePosixPath(name.lower())
    return path.name in SYSTEM_NAMES or path.name.startswith(("~$", ".")) or bool(SYSTEM_FOLDERS & set(path.parts[:-1]))


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
    return "ods" if "content.xml" in members and "mimetype" in members else "zip"


def _kind_of_text(data: bytes) -> str:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        return "html"
    try:
        data[:4096].decode("utf-8")
    except UnicodeDecodeError as error:
        return "unknown" if error.start < min(len(data), 4096) - 4 else "text"
    return "text" if b"\x00" not in data[:4096] else "unknown"
