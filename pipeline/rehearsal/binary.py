"""A workbook in Excel's binary format (.xlsb)."""

from __future__ import annotations

from io import BytesIO
from struct import pack
from zipfile import ZipFile

from pipeline.rehearsal.pages import Content, Page, pages_of, typed
from pipeline.rehearsal.zips import zipped

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
# Records of MS-XLSB 2.4, by number.
_ROW, _TRUTH, _REAL, _STRING = 0, 4, 5, 6
_BEGIN_SHEET, _END_SHEET, _BEGIN_BOOK, _END_BOOK = 129, 130, 131, 132
_BEGIN_SHEETS, _END_SHEETS, _BEGIN_CELLS, _END_CELLS, _SIZE, _SHEET, _CALCULATION = 143, 144, 145, 146, 148, 156, 157
_OFFICE = "http://schemas.openxmlformats.org"


def as_xlsb(data: bytes) -> bytes:
    """The workbook in Excel's binary format, with the custom properties; dates become text."""
    pages = pages_of(data)
    relations, sheets = "", b""
    parts: dict[str, bytes] = {}
    for number, page in enumerate(pages, start=1):
        kind = f"{_OFFICE}/officeDocument/2006/relationships/worksheet"
        relations += f'<Relationship Id="rId{number}" Type="{kind}" Target="worksheets/sheet{number}.bin"/>'
        state = pack("<II", 2 if page.hidden else 0, number)
        sheets += _record(_SHEET, state + _wide(f"rId{number}") + _wide(page.name))
        parts[f"xl/worksheets/sheet{number}.bin"] = _binary_sheet(page)
    with ZipFile(BytesIO(data)) as package:
        parts["docProps/custom.xml"] = package.read("docProps/custom.xml")
    book = _record(_BEGIN_BOOK) + _record(_BEGIN_SHEETS) + sheets + _record(_END_SHEETS)
    parts["xl/workbook.bin"] = book + _record(_CALCULATION, bytes(26)) + _record(_END_BOOK)
    parts["xl/_rels/workbook.bin.rels"] = _relationships(relations)
    parts["_rels/.rels"] = _relationships(
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument" '
        f'Target="xl/workbook.bin"/><Relationship Id="rId2" Target="docProps/custom.xml" '
        f'Type="{_OFFICE}/officeDocument/2006/relationships/custom-properties"/>'
    )
    return zipped({"[Content_Types].xml": _binary_types(len(pages)), **parts})


def _relationships(entries: str) -> bytes:
    return f'{_XML}<Relationships xmlns="{_OFFICE}/package/2006/relationships">{entries}</Relationships>'.encode()


def _binary_types(count: int) -> bytes:
    kinds = {f"/xl/worksheets/sheet{number}.bin": "vnd.ms-excel.worksheet" for number in range(1, count + 1)}
    kinds |= {
        "/xl/workbook.bin": "vnd.ms-excel.sheet.binary.macroEnabled.main",
        "/docProps/custom.xml": "vnd.openxmlformats-officedocument.custom-properties+xml",
    }
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    entries = "".join(f'<Override PartName="{name}" ContentType="application/{kind}"/>' for name, kind in kinds.items())
    return (
        f'{_XML}<Types xmlns="{_OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="{relations}"/>'
        f"{entries}</Types>"
    ).encode()


def _binary_sheet(page: Page) -> bytes:
    width = max((len(row) for row in page.rows), default=1)
    size = pack("<IIII", 0, max(len(page.rows), 1) - 1, 0, width - 1)
    rows = b"".join(
        _record(_ROW, pack("<II9x", number, 0)) + b"".join(_binary_cell(*cell) for cell in enumerate(row))
        for number, row in enumerate(page.rows)
    )
    cells = _record(_BEGIN_CELLS) + rows + _record(_END_CELLS)
    return _record(_BEGIN_SHEET) + _record(_SIZE, size) + cells + _record(_END_SHEET)


def _binary_cell(column: int, content: Content) -> bytes:
    place = pack("<II", column, 0)
    if content is None or content == "":
        return b""
    if isinstance(content, bool):
        return _record(_TRUTH, place + pack("<B", content))
    if isinstance(content, int | float):
        return _record(_REAL, place + pack("<d", content))
    return _record(_STRING, place + _wide(typed(content)))


def _record(number: int, content: bytes = b"") -> bytes:
    return _seven_bits(number) + _seven_bits(len(content)) + content


def _seven_bits(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*written, number])


def _wide(text: str) -> bytes:
    data = text.encode("utf-16-le")
    return pack("<I", len(data) // 2) + data
