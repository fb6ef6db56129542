"""The same workbook as units send it instead of .xlsx: .xls, .xlsm, web page, XML 2003, CSV."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipeline.rehearsal.compound import compound_file
from pipeline.rehearsal.pages import Page, filled, pages_of, typed
from pipeline.sheets import META_SHEET

_ERRORS = {"#REF!", "#DIV/0!", "#N/A", "#VALUE!"}


def as_xls(data: bytes) -> bytes:
    """The workbook as Excel 97-2003 saves it; custom properties are lost, the hidden sheet stays."""
    from xlwt import Workbook, easyxf

    book = Workbook(encoding="utf-8")
    day = easyxf(num_format_str="DD/MM/YYYY")
    for page in pages_of(data):
        sheet = book.add_sheet(page.name, cell_overwrite_ok=False)
        sheet.visibility = 2 if page.hidden else 0
        for row, column, content in filled(page):
            if isinstance(content, datetime):
                sheet.write(row, column, content, day)
            elif content in _ERRORS:
                sheet.row(row).set_cell_error(column, content)
            else:
                sheet.write(row, column, content)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def as_xlsm(data: bytes) -> bytes:
    """The workbook as saved by somebody whose Excel adds a macro project to everything."""
    macros = compound_file(
        {"VBA": {"dir": b"\0" * 16, "_VBA_PROJECT": b"\xcc\x61\xff\xff"}, "PROJECT": b"ID=rehearsal"}
    )
    changed = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), _with_macros(name, old.read(name)), ZIP_DEFLATED)
        new.writestr(ZipInfo("xl/vbaProject.bin"), macros, ZIP_DEFLATED)
    return changed.getvalue()


def _with_macros(name: str, part: bytes) -> bytes:
    if name == "[Content_Types].xml":
        part = part.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
        entry = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        return part.replace(b"<Default ", entry + b"<Default ", 1)
    if name == "xl/_rels/workbook.xml.rels":
        kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
        entry = b'<Relationship Id="rIdMacros" Type="%s" Target="vbaProject.bin"/>' % kind
        return part.replace(b"</Relationships>", entry + b"</Relationships>")
    return part


def as_html(data: bytes) -> bytes:
    """The workbook as a web page with tables, which some accounting programs call .xls."""
    body = "".join(f"<h2>{escape(page.name)}</h2><table>{_html_rows(page)}</table>" for page in _visible(data))
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def as_web_archive(data: bytes) -> bytes:
    """The workbook as Excel's single-file web page: built like a mail, and often called .xls."""
    lines = (
        "MIME-Version: 1.0",
        "X-Document-Type: Workbook",
        'Content-Type: multipart/related; boundary="----=_phoihop"',
        "",
        "------=_phoihop",
        "Content-Location: file:///C:/Book1.htm",
        "Content-Transfer-Encoding: 8bit",
        'Content-Type: text/html; charset="utf-8"',
        "",
        as_html(data).decode(),
        "------=_phoihop--",
        "",
    )
    return "\r\n".join(lines).encode()


def _html_rows(page: Page) -> str:
    return "".join(f"<tr>{''.join(f'<td>{escape(typed(cell))}</td>' for cell in row)}</tr>" for row in page.rows)


def as_xml2003(data: bytes) -> bytes:
    """The workbook as an XML spreadsheet of Excel 2003."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheets = "".join(
        f'<Worksheet ss:Name="{escape(page.name)}"><Table>{_xml_rows(page)}</Table></Worksheet>'
        for page in _visible(data)
    )
    head = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    return f'{head}<Workbook xmlns="{space}" xmlns:ss="{space}">{sheets}</Workbook>'.encode()


def _xml_rows(page: Page) -> str:
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    return "".join(f"<Row>{''.join(cell.format(escape(typed(one))) for one in row)}</Row>" for row in page.rows)


def as_csv(data: bytes, sheet: str) -> bytes:
    """One sheet as Vietnamese Excel exports it: with a mark in front and semicolons between."""
    page = next(page for page in pages_of(data) if page.name == sheet)
    quoted = (";".join(f'"{typed(cell)}"' for cell in row) for row in page.rows)
    return "\r\n".join(quoted).encode("utf-8-sig")


def _visible(data: bytes) -> Iterator[Page]:
    return (page for page in pages_of(data) if page.name != META_SHEET)
