"""An .xlsx or .xlsm -> Book: calamine's values joined with what the second look at the XML found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from io import BytesIO
from posixpath import normpath
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from pipeline.reading.grids import Book, Grid, address_of, cells_of, refuse_far_cells
from pipeline.reading.guard import Refusal, open_package, read_part
from pipeline.reading.scan import Scan, scan_sheet
from pipeline.sheets import COMMENT_MARK

_NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
_XF = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"(\w+)=\"([^\"]*)\"")
_BUILT_IN_PERCENT = {9, 10}
LISTED, CUT = 8, 80


def read_package(data: bytes) -> Book:
    """All sheets of an .xlsx or .xlsm. Raises Refusal."""
    package = open_package(data)
    with package:
        parts = dict(sheet_parts(package))
        scans = {name: scan_sheet(read_part(package, part)) for name, part in parts.items()}
        for name, scan in scans.items():
            refuse_far_cells(name, scan)
        percent_styles = _percent_styles(read_part(package, "xl/styles.xml"))
        properties = custom_properties(read_part(package, "docProps/custom.xml"))
        notes = tuple(_notes(package, parts, scans))
    values = _values(data)
    grids = (
        Grid(name, cells_of(rows, scans.get(name, Scan())), scans.get(name, Scan()), percent_styles)
        for name, rows in values.items()
    )
    return Book(tuple(grids), properties, notes)


def _notes(package: ZipFile, parts: Mapping[str, str], scans: Mapping[str, Scan]) -> Iterator[tuple[str, str]]:
    """Formulas that reach into other files, and comments that hold figures."""
    linked = [f"{name}!{address_of(place)}" for name, scan in scans.items() for place in scan.linked]
    if linked:
        yield "external_links", _listed(linked)
    names = set(package.namelist())
    if any("comments" in name.lower() for name in names):
        told = [text for name, part in parts.items() for text in _comments(package, name, part, names)]
        if told:
            yield "comments", _listed(told)


def _listed(texts: list[str]) -> str:
    return "; ".join(texts[:LISTED]) + (" …" if len(texts) > LISTED else "")


def _comments(package: ZipFile, sheet: str, part: str, names: set[str]) -> Iterator[str]:
    """The comments of a sheet in which a figure stands; our own, in a copy that was sent back, are none."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    for relation in elements(read_part(package, relations), "Relationship") if relations in names else ():
        if not str(relation.get("Type", "")).endswith("/comments"):
            continue
        target = relation.get("Target", "")
        place = target.lstrip("/") if target.startswith("/") else normpath(f"{folder}/{target}")
        yield from _with_figures(read_part(package, place), sheet)


def _with_figures(xml: bytes, sheet: str) -> Iterator[str]:
    for comment in elements(xml, "comment"):
        text = " ".join("".join(comment.itertext()).partition(COMMENT_MARK)[0].split())
        if any(letter.isdigit() for letter in text):
            yield f"{sheet}!{comment.get('ref', '')}: {text[:CUT]}"


def _values(data: bytes) -> dict[str, list[list[Any]]]:
    """Sheet name -> rows from A1, by calamine; by openpyxl where calamine gives up."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in worksheets(book)}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        return _values_by_openpyxl(data)


def worksheets(book: Any) -> Iterator[str]:
    """The names of the sheets that hold cells: a chart sheet has none and would spoil the whole book."""
    from python_calamine import SheetTypeEnum

    return (sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet)


def _values_by_openpyxl(data: bytes) -> dict[str, list[list[Any]]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), data_only=True)
        sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    except Exception as error:
        raise Refusal("unreadable") from error
    if not sheets:
        raise Refusal("unreadable")
    return {
        name: [[None if _is_error(cell) else cell for cell in row] for row in rows] for name, rows in sheets.items()
    }


def _is_error(content: object) -> bool:
    return isinstance(content, str) and content.startswith("#") and content.endswith(("!", "?", "/A", "0!"))


# ---- the parts of the package ---------------------------------------------------------------------------------------


def sheet_parts(package: ZipFile) -> Iterator[tuple[str, str]]:
    """Sheet name -> its part, as the workbook and its relations say."""
    targets = {
        one.get("Id"): one.get("Target", "")
        for one in elements(read_part(package, "xl/_rels/workbook.xml.rels"), "Relationship")
    }
    for sheet in elements(read_part(package, "xl/workbook.xml"), "sheet"):
        relation = next((value for key, value in sheet.items() if key.rsplit("}", 1)[-1] == "id"), "")
        target = targets.get(relation, "")
        yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def elements(xml: bytes, tag: str) -> list[ElementTree.Element]:
    """All elements of a name, in any namespace. Raises Refusal when the XML is damaged."""
    if not xml:
        return []
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise Refusal("unreadable") from error
    return [one for one in root.iter() if one.tag.rsplit("}", 1)[-1] == tag]


def _percent_styles(xml: bytes) -> frozenset[int]:
    """The cell styles whose number format shows a percentage."""
    formats = [dict(_ATTRIBUTE.findall(found)) for found in _NUMBER_FORMAT.findall(xml)]
    percent = {int(one[b"numFmtId"]) for one in formats if b"numFmtId" in one and b"%" in one.get(b"formatCode", b"")}
    percent |= _BUILT_IN_PERCENT
    start, end = xml.find(b"cellXfs"), xml.rfind(b"cellXfs")
    styles = [dict(_ATTRIBUTE.findall(found)) for found in _XF.findall(xml[start:end])]
    return frozenset(number for number, one in enumerate(styles) if int(one.get(b"numFmtId", b"0")) in percent)


def custom_properties(xml: bytes) -> dict[str, str]:
    """The custom document properties of a package."""
    return {one.get("name", ""): unescape("".join(one.itertext())).strip() for one in elements(xml, "property")}
