"""A copy of the unit's own workbook: wrong cells coloured until they are changed, a comment on each, the verdict first.

The colour is a conditional format, so that the cell's own look stays and the colour goes as soon as the content changes.
Everything we add is known by its name and taken out again when the copy comes back.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from html import escape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from pipeline.files import lost_by_openpyxl, same_bytes
from pipeline.look import AMBER, RED, WITH_FRACTION, has_fraction
from pipeline.model import CellRef, Severity
from pipeline.returns.verdict import Line, Verdict, brief, saved, write_verdict
from pipeline.sheets import COMMENT_MARK
from pipeline.text import LANGUAGES, say

OUR_NAME = "phoihop"
_MARK = 'N("phoihop")=0'
LONGEST_TEXT = 200
# Beyond the number formats of any cell, which openpyxl numbers anew from 164 when it saves.
FIRST_RULE_FORMAT = 1000
# Rows and cells, empty but formatted ones included: seven times those of a filled form. openpyxl takes a fifth of a
# millisecond for each, and a sheet may hold a million.
MOST_CELLS = 60_000
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(?:row|c)[\s/>]")
# What openpyxl says, and only says, when it leaves something out on opening.
_LEFT_OUT = r".*(?:will be removed|will be lost|will be ignored|treated as an error|cannot be set)"
_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+\d+)"((?: [a-z]+="[^"]*")*)><f([^>]*)>([^<]*)</f>(?:<v ?/>|<v></v>)</c>')


class UnfaithfulError(Exception):
    """No faithful copy can be made; ``reason`` is a key below ``returns.unmarked``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def marked_copy(data: bytes, ending: str, verdict: Verdict, lang: str) -> bytes:
    """The workbook with marks, comments and the verdict. Raises UnfaithfulError when anything else would change."""
    if lost_by_openpyxl(data):
        # A unit's picture or chart must not be lost for a few marks.
        raise UnfaithfulError("parts")
    _refuse_what_is_too_long(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.filterwarnings("error", message=_LEFT_OUT, category=UserWarning)
            return _marked(data, ending, verdict, lang)
    except UnfaithfulError:
        raise
    except UserWarning as warning:
        raise UnfaithfulError("parts") from warning
    except Exception as error:  # openpyxl refuses to open or to save what Excel opens, each time with its own exception
        raise UnfaithfulError("unreadable") from error


def _marked(data: bytes, ending: str, verdict: Verdict, lang: str) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), keep_vba=ending == "xlsm")
    values = load_workbook(BytesIO(data), data_only=True)
    _remove_our_marks(book)
    before = contents(book)
    _mark(book, verdict)
    _number_rule_formats(book)
    write_verdict(book.create_sheet(index=0), verdict, lang, linked=True)
    _show_first(book)
    book.calculation.fullCalcOnLoad = True
    copy = _with_stored_values(saved(book), values)
    if contents(load_workbook(BytesIO(copy)), lang) != before:
        raise UnfaithfulError("changed")
    return copy


def _refuse_what_is_too_long(data: bytes) -> None:
    with ZipFile(BytesIO(data)) as package:
        pages = [package.read(name) for name in package.namelist() if name.lower().startswith("xl/worksheets/")]
    if sum(len(_ROW_OR_CELL.findall(page)) for page in pages) > MOST_CELLS:
        raise UnfaithfulError("too_long")


def contents(book: Any, lang: str = "") -> dict[str, Any]:
    """What must not change: values and formulas, formats, validations, merges, hidden state, names, properties."""
    ours = say("sheets.verdict.sheet_name", lang) if lang else ""
    pages = {page.title: _page_contents(page) for page in book.worksheets if page.title != ours}
    properties = {one.name: one.value for one in book.custom_doc_props.props}
    return {"pages": pages, "names": sorted(book.defined_names), "properties": properties}


def _page_contents(page: Any) -> tuple[Any, ...]:
    cells = {
        cell.coordinate: (
            _comparable(cell.value),
            cell.number_format,
            cell.protection.locked,
            cell.fill.fgColor.rgb,
        )
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None or cell.has_style
    }
    rules = sorted(str(rule.sqref) for rule in page.data_validations.dataValidation)
    merged = sorted(map(str, page.merged_cells.ranges))
    hidden = [number for number, row in page.row_dimensions.items() if row.hidden]
    return cells, rules, merged, hidden, page.sheet_state, page.protection.sheet


def _comparable(value: Any) -> Any:
    """Excel itself keeps fifteen digits; openpyxl writes no more."""
    return float(f"{value:.15g}") if isinstance(value, float) else None if value == "" else value


def _remove_our_marks(book: Any) -> None:
    """A marked copy that came back: its old verdict, colours and comments go, everything else stays."""
    for name in {say("sheets.verdict.sheet_name", lang) for lang in LANGUAGES} & set(book.sheetnames):
        del book[name]
    for page in book.worksheets:
        _remove_our_colours(page)
        for row in page.iter_rows():
            for cell in row:
                if cell.comment is not None and COMMENT_MARK in cell.comment.text:
                    _remove_our_comment(cell)


def _remove_our_colours(page: Any) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList

    kept = ConditionalFormattingList()
    for area in page.conditional_formatting:
        for rule in area.rules:
            if not any(_MARK in str(formula) for formula in rule.formula):
                kept.add(str(area.sqref), rule)
    page.conditional_formatting = kept


def _remove_our_comment(cell: Any) -> None:
    from openpyxl.comments import Comment

    own = cell.comment.text.partition(COMMENT_MARK)[0].rstrip()
    author = (cell.comment.author or "").removesuffix(f", {OUR_NAME}")
    cell.comment = Comment(own, author) if own else None


def _mark(book: Any, verdict: Verdict) -> None:
    places: dict[CellRef, list[Line]] = {}
    for line in verdict.lines:
        if line.finding.ref is not None and line.finding.ref.file == verdict.file:
            places.setdefault(line.finding.ref, []).append(line)
    for ref, lines in places.items():
        if ref.sheet in book.sheetnames:
            page = book[ref.sheet]
            # Of a merged area only the first cell can hold a comment.
            area = next((one for one in page.merged_cells.ranges if ref.address in one), None)
            cell = page.cell(area.min_row, area.min_col) if area else page.cell(ref.row, ref.column)
            _colour(page, cell, any(line.finding.severity is Severity.ERROR for line in lines))
            _comment(cell, lines)


def _number_rule_formats(book: Any) -> None:
    """Number formats of conditional formats keep their old numbers, which a cell's format may have got by now."""
    rules = (rule for page in book.worksheets for area in page.conditional_formatting for rule in area.rules)
    formats = [rule.dxf.numFmt for rule in rules if rule.dxf is not None and rule.dxf.numFmt is not None]
    codes = sorted({one.formatCode for one in formats})
    for one in formats:
        one.numFmtId = FIRST_RULE_FORMAT + codes.index(one.formatCode)


def _colour(page: Any, cell: Any, error: bool) -> None:
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    ink = (RED if error else AMBER)[1]
    strong = "FFF4B6AE" if error else "FFFFE699"
    look = DifferentialStyle(
        font=Font(color="FF" + ink[1:], bold=True), fill=PatternFill(bgColor=strong), numFmt=_decimals(cell)
    )
    condition = f"AND({_as_it_stands(cell)},{_MARK})"
    page.conditional_formatting.add(
        cell.coordinate, Rule("expression", dxf=look, formula=[condition], stopIfTrue=True, priority=1)
    )


def _decimals(cell: Any) -> Any:
    """Our colour ends the other rules of the cell, also the one that shows the decimals: it shows them itself."""
    from openpyxl.styles.numbers import NumberFormat

    shown = WITH_FRACTION.get(cell.number_format) if has_fraction(cell.value) else None
    return NumberFormat(numFmtId=FIRST_RULE_FORMAT, formatCode=shown) if shown else None


def _as_it_stands(cell: Any) -> str:
    """A condition that holds until the content of the cell is changed; on a formula, always."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.utils.datetime import to_excel

    value, place = cell.value, cell.coordinate
    if value is None:
        return f"LEN({place})=0"
    if isinstance(value, bool):
        return f"{place}={str(value).upper()}"
    if isinstance(value, int | float | Decimal):
        return f"AND(ISNUMBER({place}),{place}={value})"
    if isinstance(value, date | time | timedelta):
        number = to_excel(value, cell.parent.parent.epoch)  # type: ignore[no-untyped-call]
        return f"AND(ISNUMBER({place}),ABS({place}-{number})<0.000001)"
    if cell.data_type == "e":
        return f"ISERROR({place})"
    text = str(value)
    if cell.data_type == "f":
        return "TRUE"
    if len(text) > LONGEST_TEXT or '"' in text or ILLEGAL_CHARACTERS_RE.search(text):
        return f"LEN({place})={len(text)}"
    return f'EXACT({place},"{text}")'


def _comment(cell: Any, lines: list[Line]) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.comments import Comment

    told = ILLEGAL_CHARACTERS_RE.sub(" ", "\n\n".join(f"{brief(line.wrong)}\n→ {line.step}" for line in lines))
    own = cell.comment
    ours = f"{COMMENT_MARK}\n{told}"
    text = f"{own.text.rstrip()}\n{ours}" if own is not None else ours
    author = f"{own.author}, {OUR_NAME}" if own is not None else OUR_NAME
    note = Comment(
        text, author, width=330, height=max(70, 20 * (2 + sum(1 + len(part) // 46 for part in text.split("\n"))))
    )
    cell.comment = note


def _show_first(book: Any) -> None:
    book.active = 0
    for number, page in enumerate(book.worksheets):
        page.sheet_view.tabSelected = number == 0


def _with_stored_values(data: bytes, values: Any) -> bytes:
    """openpyxl writes formulas without their results; a reader that does not compute would see nothing."""
    replaced: dict[str, bytes] = {}
    with ZipFile(BytesIO(data)) as package:
        for name, part in _parts(package):
            if name in values.sheetnames:
                replaced[part] = _filled(package.read(part), values[name])
    return same_bytes(data, replaced)


def _parts(package: ZipFile) -> Iterator[tuple[str, str]]:
    """Sheet name -> part, as openpyxl numbers them: in the order of the sheets."""
    from openpyxl.xml.functions import fromstring

    root = fromstring(package.read("xl/workbook.xml"))
    sheets = [one.get("name") for one in root.iter() if one.tag.endswith("}sheet")]
    return ((str(name), f"xl/worksheets/sheet{number}.xml") for number, name in enumerate(sheets, start=1))


def _filled(xml: bytes, page: Any) -> bytes:
    def fill(found: re.Match[bytes]) -> bytes:
        value = page[found[1].decode()].value
        if value is None:
            return found[0]
        kind, text = _stored(value, page.parent.epoch)
        head = re.sub(rb' t="[^"]*"', b"", found[2]) + kind
        return b'<c r="%s"%s><f%s>%s</f><v>%s</v></c>' % (found[1], head, found[3], found[4], text)

    return _FORMULA_CELL.sub(fill, xml)


def _stored(value: object, epoch: object) -> tuple[bytes, bytes]:
    from openpyxl.utils.datetime import to_excel

    if isinstance(value, bool):
        return b' t="b"', b"1" if value else b"0"
    if isinstance(value, date | time | timedelta):
        return b"", repr(to_excel(value, epoch)).encode()  # type: ignore[no-untyped-call]
    if isinstance(value, int | float):
        return b"", repr(value).encode()
    text = str(value)
    kind = b' t="e"' if text.startswith("#") and text.endswith(("!", "?", "/A")) else b' t="str"'
    return kind, escape(text, quote=False).encode()
