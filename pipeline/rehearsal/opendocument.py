"""A workbook as LibreOffice saves it (.ods)."""

from __future__ import annotations

from datetime import datetime
from html import escape
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import load_workbook

from pipeline.rehearsal.pages import Content, Page, pages_of

_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("meta", "meta"),
    )
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_STYLES = (
    '<office:automatic-styles><style:style style:name="hidden" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def as_ods(data: bytes) -> bytes:
    """The workbook as LibreOffice saves it, with the custom properties."""
    tables = "".join(_ods_table(page) for page in pages_of(data))
    content = (
        f'{_XML}<office:document-content {_SPACES} office:version="1.2">{_STYLES}'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    meta = (
        f'{_XML}<office:document-meta {_SPACES} office:version="1.2"><office:meta>{_ods_properties(data)}</office:meta>'
        "</office:document-meta>"
    )
    parts = {"content.xml": content, "meta.xml": meta, "META-INF/manifest.xml": _ods_manifest()}
    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        package.writestr(ZipInfo("mimetype"), _ODS_TYPE, ZIP_STORED)
        for name, part in parts.items():
            package.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return packed.getvalue()


def _ods_properties(data: bytes) -> str:
    book: Any = load_workbook(BytesIO(data), read_only=True)
    return "".join(
        f'<meta:user-defined meta:name="{escape(str(one.name))}">{escape(str(one.value))}</meta:user-defined>'
        for one in book.custom_doc_props.props
    )


def _ods_manifest() -> str:
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = (("/", _ODS_TYPE), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    lines = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in entries
    )
    return f'{_XML}<manifest:manifest xmlns:manifest="{space}" manifest:version="1.2">{lines}</manifest:manifest>'


def _ods_table(page: Page) -> str:
    style = ' table:style-name="hidden"' if page.hidden else ""
    width = max((len(row) for row in page.rows), default=1)
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in page.rows)
    columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
    return f'<table:table table:name="{escape(page.name)}"{style}>{columns}{rows}</table:table>'


def _ods_cell(content: Content) -> str:
    if content is None or content == "":
        return "<table:table-cell/>"
    if isinstance(content, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(content).lower()}"'
    elif isinstance(content, int | float):
        kind = f'office:value-type="float" office:value="{content!r}"'
    elif isinstance(content, datetime):
        kind = f'office:value-type="date" office:date-value="{content:%Y-%m-%d}"'
    else:
        kind = 'office:value-type="string"'
    shown = f"{content:%d/%m/%Y}" if isinstance(content, datetime) else str(content)
    lines = "".join(f"<text:p>{escape(line, quote=False)}</text:p>" for line in shown.split("\n"))
    return f"<table:table-cell {kind}>{lines}</table:table-cell>"
