"""What else lies in an inbox: a signed scan, a lock file of Excel, a thumbnail file of Windows."""

from __future__ import annotations

from base64 import b64decode
from html import escape
from zlib import compress

from pipeline.rehearsal.zips import zipped

LOCK_FILE = bytes([6]) + b"Can bo".ljust(54) + b"\x06\x00" + "Can bo".ljust(54).encode("utf-16-le")
THUMBNAILS = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)

_WIDTH, _HEIGHT = 124, 175


def scanned_page(remark: str = "") -> bytes:
    """A PDF of one scanned page: a picture of lines of writing, no text in it; ``remark`` tells one from another."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>",
        _stream(b"", b"q 595 0 0 842 0 0 cm /Im Do Q"),
        _stream(_image_entries(), compress(_picture())),
    ]
    body, places = b"%PDF-1.4\n" + (b"%%%b\n" % remark.encode() if remark else b""), []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(body),
    )  # fmt: skip


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def _image_entries() -> bytes:
    return (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Filter /FlateDecode" % (_WIDTH, _HEIGHT)
    )


def _picture() -> bytes:
    """Grey paper with lines of writing and a darker stamp near the foot."""
    rows = []
    for y in range(_HEIGHT):
        row = bytearray([244]) * _WIDTH
        if y % 7 == 3 and 14 < y < 130:
            row[14 : 110 - (y * 5) % 31] = bytes([96]) * (96 - (y * 5) % 31)
        for x in range(74, 106):
            if 180 < (x - 90) ** 2 + (y - 146) ** 2 < 226:
                row[x] = 120
        rows.append(bytes(row))
    return b"".join(rows)


# ---- of a messy inbox -----------------------------------------------------------------------------------------------

# A photograph of one grey point.
PHOTO = b64decode(
    "/9j/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wA"
    "BgAQEAX/2gAIAQEAAD8A0s8g/9k="
)
LOGO = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
RAR = b"Rar!\x1a\x07\x01\x00" + bytes(64)
# The mark of TNEF, a key, and the attribute that names the code page.
WINMAIL = (
    bytes.fromhex("789f3e22")
    + b"\x01\x00"
    + b"\x01\x07\x90\x06\x00\x08\x00\x00\x00\xe4\x04\x00\x00\x00\x00\x00\x00\xe8\x00"
)
BROKEN_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 1016
NOISE = bytes((37 * place * place + 11) % 256 for place in range(2048))
DESKTOP_INI = b"[.ShellClassInfo]\r\nIconResource=shell32.dll,4\r\n"
SIGNATURE_CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ban Phong trao\r\nEND:VCARD\r\n"
INVITATION = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
NUMBERS = zipped({"Index/Document.iwa": b"\0" * 64, "Metadata/Properties.plist": b"bplist00"})
APPLE_DOUBLE = bytes.fromhex("0005160700020000") + b"Mac OS X        " + bytes(40)


def word_document(text: str) -> bytes:
    """A Word document of one paragraph."""
    space = "http://schemas.openxmlformats.org"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types"><Override PartName="/word/document.xml" '
        f'ContentType="{kind}"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{space}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{space}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{escape(text)}'
        "</w:t></w:r></w:p></w:body></w:document>",
    }
    return zipped({name: part.encode() for name, part in parts.items()})
