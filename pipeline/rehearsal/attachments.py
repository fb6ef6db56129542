"""What else lies in an inbox: a signed scan, a lock file of Excel, a thumbnail file of Windows."""

from __future__ import annotations

from zlib import compress

LOCK_FILE = bytes([6]) + b"Can bo".ljust(54) + b"\x06\x00" + "Can bo".ljust(54).encode("utf-16-le")
THUMBNAILS = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)

_WIDTH, _HEIGHT = 124, 175


def scanned_page() -> bytes:
    """A PDF of one scanned page: a picture of lines of writing, no text in it."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>",
        _stream(b"", b"q 595 0 0 842 0 0 cm /Im Do Q"),
        _stream(_image_entries(), compress(_picture())),
    ]
    body, places = b"%PDF-1.4\n", []
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
