"""A Word file -> its parts as XML trees, after a look at what it is and how large it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import normpath
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError  # noqa: N812

from lxml import etree

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
_DC = "{http://purl.org/dc/elements/1.1/}"

# The same elements under the names of Strict Open XML.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
MAX_FILE, MAX_PARTS = 64 * 2**20, 4000
MAX_XML, MAX_ALL_XML = 32 * 2**20, 64 * 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DAMAGED = (BadZipFile, DeflateError, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, etree.LxmlError)


class Refusal(Exception):
    """The file cannot be checked; ``reason``: old_format, password, not_word, damaged or too_large."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Package:
    """The parts that decide what is seen; ``headers`` holds headers and footers by the id of their relationship."""

    document: Element
    styles: Element | None = None
    numbering: Element | None = None
    theme: Element | None = None
    settings: Element | None = None
    headers: Mapping[str, Element] = field(default_factory=dict)
    title: str = ""


def open_package(data: bytes) -> Package:
    """The parts of a .docx, .docm or .dotx. Raises Refusal."""
    _look_at(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _parts(_Archive(archive))
    except _DAMAGED as error:
        raise Refusal("damaged") from error


def _look_at(data: bytes) -> None:
    if len(data) > MAX_FILE:
        raise Refusal("too_large")
    if data.startswith(_OLE):
        raise Refusal("password" if _ENCRYPTED in data else "old_format")
    if not data.startswith(b"PK"):
        raise Refusal("not_word")


class _Archive:
    """A zip of XML parts that may not grow beyond the limits."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive, self._read = archive, 0
        self.names = set(archive.namelist())
        if len(self.names) > MAX_PARTS:
            raise Refusal("too_large")

    def tree(self, name: str) -> Element | None:
        """A part's root; None when it is absent. A document type is never honoured."""
        if name not in self.names:
            return None
        size = self._archive.getinfo(name).file_size
        self._read += size
        if size > MAX_XML or self._read > MAX_ALL_XML:
            raise Refusal("too_large")
        xml = self._archive.read(name)
        for strict, usual in _STRICT:
            xml = xml.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        root = etree.fromstring(xml, parser)
        if root.getroottree().docinfo.internalDTD is not None:
            raise Refusal("damaged")
        return root

    def targets(self, part: str) -> list[tuple[str, str, str]]:
        """(id, kind, part) of what a part refers to inside the package."""
        folder, _, name = part.rpartition("/")
        root = self.tree(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        found = []
        for one in root if root is not None else ():
            target = one.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else normpath(f"{folder}/{target}".lstrip("/"))
            if one.get("TargetMode") != "External":
                found.append((one.get("Id", ""), one.get("Type", "").rpartition("/")[2], place))
        return found


def _parts(archive: _Archive) -> Package:
    main = next((place for _, kind, place in archive.targets("") if kind == "officeDocument"), "word/document.xml")
    document = archive.tree(main)
    if document is None or document.tag != f"{W}document" or document.find(f"{W}body") is None:
        raise Refusal("not_word")
    targets = archive.targets(main)
    single = {kind: place for _, kind, place in targets}

    def part(kind: str) -> Element | None:
        return archive.tree(single.get(kind, ""))

    running = {
        key: tree
        for key, kind, place in targets
        if kind in {"header", "footer"} and (tree := archive.tree(place)) is not None
    }
    properties = next((place for _, kind, place in archive.targets("") if kind == "core-properties"), "")
    core = archive.tree(properties)
    title = (core.findtext(f"{_DC}title") or "") if core is not None else ""
    return Package(document, part("styles"), part("numbering"), part("theme"), part("settings"), running, title.strip())
