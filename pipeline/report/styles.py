"""The Word styles by their Vietnamese names: everything about looks that is not a table lives here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.report.language import LANG
from pipeline.report.layouts import FONT, Form, Look
from pipeline.report.ooxml import el, twips
from pipeline.text import say, without_accents
from pipeline.typeface import width

PLACEHOLDER = "Chỗ cần viết"
SHADE = "FFF2A8"
DRAFT_RED = "C00000"
URGENT_RED = "FF0000"
ADDRESSED = 35.0
"""How far Kính gửi is set in, in mm."""
ATTACHED = 13
"""The size of the line that says what an annex belongs to."""
FOOTER = 11
"""The size of the agency's address at the foot of the first page."""
BORDER = 0.75
"""The thickness of rules and boxes, in points."""
BOX_SPACE = 3
"""Between the words in a box and its lines above and below, in points; none at their sides."""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: size in points, gaps in points, indents in mm; ``rule``: border sides, drawn ``top`` or around (``box``)."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: str = "left"
    before: float = 0
    after: float = 0
    line: float = 1.0
    exact: float = 0
    left: float = 0
    right: float = 0
    first: float = 0
    keep_next: bool = False
    outline: int | None = None
    rule: str = ""
    color: str = ""


def style_id(name: str) -> str:
    """The identifier Word keeps for a style name: letters and digits only."""
    return "".join(letter for letter in without_accents(name).title() if letter.isalnum())


def paragraph_styles(form: Form) -> tuple[Style, ...]:
    """All paragraph styles of a form."""
    return (*_head_styles(form), *_foot_styles(form), *_body_styles(form), *_annex_styles(form.body))


def _looking(name: str, look: Look, align: str = "center", before: float = 0, keep_next: bool = False) -> Style:
    return Style(name, look.size, look.bold, look.italic, align, before=before, keep_next=keep_next)


def _head_styles(form: Form) -> tuple[Style, ...]:
    national = dict(form.national)
    lines = {"Quốc hiệu": "nation", "Tiêu ngữ": "motto", "Tiêu đề Đoàn": "union"}
    return (
        _looking("Cơ quan chủ quản", form.superior),
        _looking("Cơ quan ban hành", form.agency),
        *[_looking(name, national[key]) for name, key in lines.items() if key in national],
        Style("Kẻ dưới cơ quan", 1, before=2, exact=6, rule="top"),
        Style("Dấu sao", form.agency.size, align="center"),
        Style("Kẻ dưới tiêu ngữ", 1, before=2, exact=6, rule="top"),
        Style("Kẻ dưới trích yếu", 1, before=3, exact=8, rule="top"),
        Style("Gạch dưới trích yếu", form.summary, align="center", keep_next=True),
        Style("Số ký hiệu", form.number, align="center"),
        Style("Địa danh ngày tháng", form.dateline, italic=True, align="center"),
        Style("Tên loại văn bản", form.kind, bold=True, align="center", before=16, keep_next=True, outline=0),
        Style("Trích yếu", form.summary, bold=True, align="center", keep_next=True),
        _looking("Trích yếu công văn", form.letter_summary),
        Style("Độ khẩn", 13, bold=True, align="center", before=11, after=7, rule="box", color=URGENT_RED),
        Style("Kính gửi", form.addressed.size, before=12, left=ADDRESSED, keep_next=True),
        Style("Nơi gửi đến", form.addressee.size, form.addressee.bold, left=_colon(form), before=2, keep_next=True),
        Style("Bản nháp", 12, bold=True, align="center", after=6, left=30, right=30, rule="box", color=DRAFT_RED),
        Style("Dấu bản nháp", 9, bold=True, align="center", color=DRAFT_RED),
    )


def _colon(form: Form) -> float:
    """Where the colon of Kính gửi stands: the dashes of several addressees are aligned under it."""
    words, look = say("report.head.to", LANG).rstrip(":"), form.addressed
    return ADDRESSED + width(words, look.size, bold=look.bold, italic=look.italic)


def _foot_styles(form: Form) -> tuple[Style, ...]:
    return (
        _looking("Cơ quan ký", form.authority, keep_next=True),
        _looking("Chức vụ ký", form.position, keep_next=True),
        _looking("Họ tên ký", form.signer, before=form.signing_space, keep_next=True),
        Style("Hết phần", 1, exact=0.05),
        _looking("Nơi nhận", form.recipients, align="left", before=12, keep_next=True),
        Style("Danh sách nơi nhận", form.recipient),
        Style("Số trang", form.page_number, align="center"),
        Style("Chân trang", FOOTER, align="center", rule="top"),
    )


def _body_styles(form: Form) -> tuple[Style, ...]:
    body, gap, line, first = form.body, form.paragraph_gap, form.line_spacing, form.first_line
    text = Style("Nội dung", body, align="both", before=gap, line=line, first=first)
    heading = replace(text, bold=True, keep_next=True)
    return (
        text,
        replace(text, name="Căn cứ", italic=True),
        replace(heading, name="Mục", outline=1),
        replace(heading, name="Khoản", outline=2),
        replace(text, name="Điểm"),
        replace(text, name="Gạch đầu dòng"),
        Style("Biểu đồ", body, align="center", before=gap),
    )


def _annex_styles(body: float) -> tuple[Style, ...]:
    return (
        Style("Số phụ lục", 14, bold=True, align="center", keep_next=True, outline=0),
        Style("Tên phụ lục", body, bold=True, align="center", keep_next=True),
        Style("Kèm theo", ATTACHED, italic=True, align="center", after=6, keep_next=True),
        Style("Tên biểu", 12, bold=True, before=8, after=4, keep_next=True),
        Style("Ghi chú biểu", 11, italic=True, align="both", before=4),
        Style("Đầu bảng", 11, bold=True, align="center"),
        Style("Ô bảng", 11),
        Style("Ô bảng giữa", 11, align="center"),
        Style("Ô bảng số", 11, align="right"),
        Style("Đầu bảng nhỏ", 10, bold=True, align="center"),
        Style("Ô bảng nhỏ", 10),
        Style("Ô bảng nhỏ giữa", 10, align="center"),
        Style("Ô bảng nhỏ số", 10, align="right"),
    )


def install_styles(root: Element, form: Form) -> None:
    """Replace every style of the empty document by ours."""
    for child in list(root):
        root.remove(child)
    root.append(el("docDefaults", el("rPrDefault", _default_run(form)), el("pPrDefault", el("pPr"))))
    root.append(_named("paragraph", "Normal", "Normal", default=1))
    root.append(_named("character", "DefaultParagraphFont", "Default Paragraph Font", default=1))
    root.append(_normal_table())
    root.append(_placeholder())
    root.extend(_style_element(style) for style in paragraph_styles(form))


def _default_run(form: Form) -> Element:
    fonts = el("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    size = round(form.body * 2)
    language = el("lang", val="vi-VN", eastAsia="vi-VN", bidi="vi-VN")
    return el("rPr", fonts, el("color", val="000000"), el("sz", val=size), el("szCs", val=size), language)


def _named(kind: str, identifier: str, name: str, *children: Element, **attributes: object) -> Element:
    return el("style", el("name", val=name), *children, type=kind, styleId=identifier, **attributes)


def _normal_table() -> Element:
    sides = [el(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")]
    properties = el("tblPr", el("tblInd", w=0, type="dxa"), el("tblCellMar", *sides))
    return _named("table", "TableNormal", "Normal Table", properties, default=1)


def _placeholder() -> Element:
    look = el("rPr", el("i"), el("iCs"), el("shd", val="clear", color="auto", fill=SHADE))
    return _named("character", style_id(PLACEHOLDER), PLACEHOLDER, look, customStyle=1)


def _style_element(style: Style) -> Element:
    based, quick = el("basedOn", val="Normal"), el("qFormat")
    parts = (based, quick, _paragraph_properties(style), _run_properties(style))
    return _named("paragraph", style_id(style.name), style.name, *parts, customStyle=1)


def _paragraph_properties(style: Style) -> Element:
    return el(
        "pPr",
        el("keepNext") if style.keep_next else None,
        _borders(style),
        _spacing(style),
        el("ind", left=twips(style.left), right=twips(style.right), firstLine=twips(style.first)),
        el("jc", val=style.align),
        el("outlineLvl", val=style.outline) if style.outline is not None else None,
    )


def _borders(style: Style) -> Element | None:
    if not style.rule:
        return None
    sides = ("top",) if style.rule == "top" else ("top", "left", "bottom", "right")
    color, thick = style.color or "000000", round(BORDER * 8)
    space = {"top": BOX_SPACE, "bottom": BOX_SPACE} if style.rule == "box" else {}
    return el("pBdr", *[el(side, val="single", sz=thick, space=space.get(side, 0), color=color) for side in sides])


def _spacing(style: Style) -> Element:
    line = round(style.exact * 20) if style.exact else round(style.line * 240)
    rule = "exact" if style.exact else "auto"
    return el("spacing", before=round(style.before * 20), after=round(style.after * 20), line=line, lineRule=rule)


def _run_properties(style: Style) -> Element:
    size = round(style.size * 2)
    return el(
        "rPr",
        *((el("b"), el("bCs")) if style.bold else ()),
        *((el("i"), el("iCs")) if style.italic else ()),
        el("color", val=style.color) if style.color else None,
        el("sz", val=size),
        el("szCs", val=size),
    )
