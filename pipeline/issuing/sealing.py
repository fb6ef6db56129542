"""The content hash that a generated document carries in its own properties: what a person changed shows by itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from lxml import etree

from pipeline.errors import PhoihopError
from pipeline.files import same_bytes
from pipeline.issuing.looks import as_wide, looks_hash, widths
from pipeline.issuing.reading import Paragraph, Seen, open_document, seen_in

CONTENT, NAME = "phoihop-noi-dung", "phoihop-ten-tep"
LOOKS, WIDTHS = "phoihop-trinh-bay", "phoihop-do-rong-cot"
_PART = "docProps/custom.xml"
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTY = f"{{{_SPACE}}}property"
# The identifier that the format prescribes for properties made by users.
_OWN = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a generated document says of itself: the hash of its content, the name under which it was written, the hash of
    its looks and the widths of its columns ("" in documents of earlier versions, which say nothing of them).
    """

    content: str
    name: str
    looks: str = ""
    widths: str = ""


def content_hash(seen: Seen) -> str:
    """SHA-256 over texts and tables in their order, page headers and notes; for looks and styles see ``looks_hash``."""
    blocks = [block.text if isinstance(block, Paragraph) else [block.headings, block.rows] for block in seen.blocks]
    return sha256(json.dumps([blocks, seen.margins, seen.notes], ensure_ascii=False).encode()).hexdigest()


def sealed(data: bytes, name: str) -> bytes:
    """The same document with its name and the hashes of its content and looks among its properties."""
    document = open_document(data, name)
    looks = {LOOKS: looks_hash(document), WIDTHS: widths(document)}
    _write_properties(document, data, {CONTENT: content_hash(seen_in(document)), NAME: name, **looks})
    return to_bytes(document)


def to_bytes(document: Document) -> bytes:
    """The file; equal content gives equal bytes."""
    drawn = BytesIO()
    document.save(drawn)
    return same_bytes(drawn.getvalue())


def seal_of(data: bytes) -> Seal | None:
    """What the document says of itself; None when it says nothing or is no document."""
    given = _properties(data)
    own = (given.get(key, "") for key in (NAME, LOOKS, WIDTHS))
    return Seal(given[CONTENT], *own) if CONTENT in given else None


def is_edited(data: bytes) -> bool | None:
    """Whether a person changed text or looks since it was generated; None when the document does not tell."""
    seal = seal_of(data)
    if seal is None:
        return None
    try:
        document = open_document(data)
    except PhoihopError:
        return True
    return content_hash(seen_in(document)) != seal.content or _looks_otherwise(document, seal)


def is_relooked(data: bytes) -> bool:
    """Whether a person changed how a generated document looks and no word of it; False as well when it does not tell.

    Raises PhoihopError ``document_unreadable``.
    """
    seal = seal_of(data)
    if seal is None:
        return False
    document = open_document(data)
    return content_hash(seen_in(document)) == seal.content and _looks_otherwise(document, seal)


def _looks_otherwise(document: Document, seal: Seal) -> bool:
    if seal.looks and looks_hash(document) != seal.looks:
        return True
    return bool(seal.widths) and not as_wide(seal.widths, widths(document))


def compared(old: bytes, new: bytes) -> str:
    """An older output and the one about to be written: "edited" by a person, "kept" where it was edited from just what the
    new one says, "same" to a reader, or "outdated".
    """
    before, now = seal_of(old), seal_of(new)
    if is_edited(old) is not False:
        alike = before is not None and now is not None and (before.content, before.name) == (now.content, now.name)
        return "kept" if alike else "edited"
    return "same" if before == now else "outdated"


def _properties(data: bytes) -> dict[str, str]:
    """The properties made by users or by us: name -> text; {} when there are none."""
    return {str(one.get("name")): "".join(map(str, one.itertext())) for one in _root(data).iterchildren(_PROPERTY)}


def _root(data: bytes) -> etree._Element:
    """The part that holds them, an empty one where there is none."""
    try:
        with ZipFile(BytesIO(data)) as package:
            return parse_xml(package.read(_PART))
    except (BadZipFile, KeyError, etree.XMLSyntaxError, OSError):
        return parse_xml(f'<Properties xmlns="{_SPACE}" xmlns:vt="{_VALUES}"/>')


def _write_properties(document: Document, data: bytes, properties: dict[str, str]) -> None:
    """Set some properties and keep all others of the document."""
    root = _root(data)
    for one in [one for one in root.iterchildren(_PROPERTY) if one.get("name") in properties]:
        root.remove(one)
    for name, value in properties.items():
        own = etree.SubElement(root, _PROPERTY, fmtid=_OWN, name=name)
        etree.SubElement(own, f"{{{_VALUES}}}lpwstr").text = value
    for number, one in enumerate(root.iterchildren(_PROPERTY), start=2):
        one.set("pid", str(number))
    package = document.part.package
    for key in [key for key, rel in package.rels.items() if rel.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES]:
        del package.rels[key]
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI(f"/{_PART}"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, blob, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
