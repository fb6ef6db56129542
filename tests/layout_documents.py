"""Word documents as clerks make them, built with python-docx alone: directly formatted, by styles, with tabs, with text boxes.

A ``Paper`` says what is written and how each element looks; ``build`` makes the file in one of the four ways.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import docx
from docx.document import Document as Word
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
WAYS = ("direct", "styles", "tabs", "boxes")
Look = Mapping[str, Any]
Spoil = Callable[[Word], None]


def look(
    size: float, *, bold: bool = False, italic: bool = False, align: str = "center", **more: Any
) -> dict[str, Any]:
    return {"size": size, "bold": bold, "italic": italic, "align": align, "before": 0, "after": 0, "line": 1.0, **more}


_BODY = {"align": "both", "before": 6, "first": 12.7, "line": 1.15}
ND30: dict[str, Look] = {
    "superior": look(12), "agency": look(12, bold=True), "nation": look(12, bold=True), "motto": look(13, bold=True),
    "number": look(13), "date": look(13, italic=True), "reference": look(12, before=6),
    "kind": look(14, bold=True, before=14), "abstract": look(14, bold=True),
    "to": look(14, align="left", left=35, before=8), "addressee": look(14, align="left", left=52, before=2),
    "basis": look(14, italic=True, **_BODY), "text": look(14, **_BODY),
    "roman": look(14, bold=True, outline=0, **_BODY), "clause": look(14, bold=True, outline=1, **_BODY),
    "point": look(14, **_BODY), "decimal": look(14, bold=True, italic=True, **_BODY),
    "title": look(13, bold=True, keep=True), "authority": look(13, bold=True, keep=True),
    "signer": look(14, bold=True, before=60),
    "label": look(12, bold=True, italic=True, align="left"), "recipient": look(11, align="left"),
    "annex": look(14, bold=True, outline=0), "annex_title": look(14, bold=True), "attached": look(13, italic=True, after=6),
    "cell": look(11, align="left"), "page": look(14), "rule": look(13),
}  # fmt: skip
DOAN: dict[str, Look] = {
    **ND30, "superior": look(14), "agency": look(14, bold=True), "union": look(15, bold=True), "number": look(14),
    "stars": look(14), "date": look(13, italic=True), "reference": look(12, italic=True),
    "kind": look(16, bold=True, before=14), "title": look(14, keep=True), "authority": look(14, bold=True, keep=True),
    "label": look(13, bold=True, align="left"),
}  # fmt: skip

LONG = (
    "Thực hiện Chương trình phối hợp, trong năm các đơn vị đã chủ động ban hành kế hoạch, phân công cán bộ theo dõi, tổ chức "
    "nhiều hoạt động tuyên truyền, tập huấn kỹ năng số cho đoàn viên, thanh niên trên địa bàn tỉnh Đồng Tháp; tỷ lệ đoàn viên "
    "tham gia đạt 85,3%, tăng 1.234 lượt so với năm trước, góp phần hoàn thành các chỉ tiêu Ủy ban nhân dân tỉnh giao."
)
BODY: tuple[tuple[str, str], ...] = (
    ("text", f"{LONG} Kết quả cụ thể như sau (chi tiết tại Phụ lục I, Phụ lục II kèm theo):"),
    ("roman", "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI THỰC HIỆN"),
    ("text", LONG), ("text", LONG),
    ("roman", "II. KẾT QUẢ THỰC HIỆN"),
    ("clause", "1. Công tác tuyên truyền"),
    ("text", LONG),
    ("point", f"a) Tuyên truyền trên mạng xã hội: {LONG}"), ("point", f"b) Tổ chức tập huấn: {LONG}"),
    ("point", f"c) Hỗ trợ chuyển đổi số: {LONG}"), ("point", f"d) Xây dựng mô hình: {LONG}"),
    ("point", f"đ) Khen thưởng theo khoản 2 Điều 15 của Quy chế: {LONG}"),
    ("clause", "2. Công tác phối hợp với Thành phố Hồ Chí Minh"),
    ("text", LONG), ("text", LONG),
    ("roman", "III. PHƯƠNG HƯỚNG, NHIỆM VỤ"),
    ("text", LONG), ("text", f"{LONG[:-1]} cho Nhân dân."),
    ("text", f"Trên đây là kết quả thực hiện. {LONG[:-1]}./."),
)  # fmt: skip
LETTER: tuple[tuple[str, str], ...] = (
    ("text", LONG), ("text", LONG), ("text", LONG), ("text", LONG), ("text", LONG), ("text", LONG), ("text", LONG),
    ("text", LONG), ("text", LONG), ("text", LONG), ("text", f"Đề nghị các đơn vị quan tâm thực hiện. {LONG[:-1]}./."),
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """What is written: lines of the letterhead, title, body as (element, text), signatures as (lines, name)."""

    looks: Mapping[str, Look] = field(default_factory=lambda: ND30)
    margins: tuple[float, float, float, float] = (20, 20, 30, 15)
    paper: tuple[float, float] = (210, 297)
    columns: tuple[float, float] = (75, 90)
    superior: tuple[str, ...] = ("ỦY BAN NHÂN DÂN", "TỈNH ĐỒNG THÁP")
    agencies: tuple[str, ...] = ("SỞ KHOA HỌC VÀ CÔNG NGHỆ",)
    right: tuple[tuple[str, str], ...] = (("nation", NATION), ("motto", MOTTO))
    stars: str = ""
    number: str = "Số:        /BC-SKHCN"
    date: str = "Đồng Tháp, ngày      tháng 12 năm 2026"
    reference: tuple[str, ...] = ()
    kind: str = "BÁO CÁO"
    abstract: tuple[str, ...] = ("Kết quả phối hợp hoạt động năm 2026,", "phương hướng, nhiệm vụ năm 2027")
    to: tuple[str, ...] = ("Ủy ban nhân dân tỉnh Đồng Tháp",)
    bases: tuple[str, ...] = ()
    body: tuple[tuple[str, str], ...] = BODY
    signatures: tuple[tuple[tuple[tuple[str, str], ...], str], ...] = (
        ((("authority", "KT. GIÁM ĐỐC"), ("title", "PHÓ GIÁM ĐỐC")), "Nguyễn Văn Nam"),
    )
    recipients: tuple[str, ...] = (
        "- Như trên;", "- Bộ Khoa học và Công nghệ (b/c);", "- Các phòng, đơn vị thuộc Sở;", "- Lưu: VT, BCVT.",
    )  # fmt: skip
    annexes: tuple[tuple[str, str], ...] = (
        ("Phụ lục I", "KẾT QUẢ THEO CHỈ TIÊU"), ("Phụ lục II", "KẾT QUẢ THEO ĐƠN VỊ"),
    )  # fmt: skip
    attached: str = "(Kèm theo Báo cáo số        /BC-SKHCN ngày      tháng 12 năm 2026 của Sở Khoa học và Công nghệ)"
    motto_rule: float = 56
    agency_rule: float = 28
    abstract_rule: float = 40
    font: str = "Times New Roman"
    language: str = "vi-VN"
    title: str = "Báo cáo"
    keep: bool = True
    whole_rows: bool = True
    restart: bool = True
    page_number: str = "header"
    first_differs: bool = True
    blank_lines: bool = False

    def but(self, looks: Mapping[str, Look] | None = None, **changes: Any) -> Paper:
        """The same paper with other words, and with some qualities of some elements changed."""
        merged = dict(self.looks)
        for name, change in (looks or {}).items():
            merged[name] = {**merged[name], **change}
        return replace(self, looks=merged, **changes)

    def text(self, place: int, text: str | None = None, element: str = "") -> Paper:
        """The same paper with one paragraph of the body changed."""
        body = list(self.body)
        body[place] = (element or body[place][0], body[place][1] if text is None else text)
        return replace(self, body=tuple(body))


REPORT = Paper()
JOINT = Paper(
    superior=(),
    agencies=("SỞ KHOA HỌC VÀ CÔNG NGHỆ -", "BAN CHẤP HÀNH ĐOÀN TỈNH", "ĐỒNG THÁP"),
    number="Số: 05/BC-SKHCN-TĐTN",
    date="Đồng Tháp, ngày 05 tháng 01 năm 2026",
    to=("Ủy ban nhân dân tỉnh Đồng Tháp", "Trung ương Đoàn TNCS Hồ Chí Minh"),
    bases=("Căn cứ Luật Thanh niên;", "Căn cứ Chương trình phối hợp số 12/CTr-SKHCN-TĐTN ngày 26 tháng 3 năm 2022."),
    signatures=(
        ((("authority", "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN"), ("title", "BÍ THƯ")), "Trần Thị Hoa"),
        ((("title", "GIÁM ĐỐC"), ("title", "SỞ KHOA HỌC VÀ CÔNG NGHỆ")), "Nguyễn Văn Nam"),
    ),
    recipients=("- Như trên;", "- Các sở, ban, ngành tỉnh;", "- Lưu: VT (Sở), VP (Tỉnh đoàn)."),
)
STATE_LETTER = Paper(
    number="Số: 12/SKHCN-BCVT",
    date="Đồng Tháp, ngày 15 tháng 6 năm 2026",
    reference=("V/v đôn đốc gửi báo cáo kết quả", "phối hợp hoạt động năm 2026"),
    kind="", abstract=(), to=("Đoàn Thanh niên các sở, ngành", "Đoàn thanh niên các xã, phường"), body=LETTER, annexes=(),
    signatures=(((("title", "GIÁM ĐỐC"),), "Nguyễn Văn Nam"),), title="Công văn",
)  # fmt: skip
_UNION_RIGHT = (("union", "ĐOÀN TNCS HỒ CHÍ MINH"),)
UNION_BODY = (
    *BODY[:6], ("decimal", "1.1. Tuyên truyền trên mạng xã hội"), *BODY[6:-1], ("text", f"Trên đây là kết quả thực hiện. {LONG}"),
)  # fmt: skip
UNION_REPORT = Paper(
    looks=DOAN, margins=(20, 20, 30, 20), columns=(80, 80), superior=(), agencies=("BCH ĐOÀN TỈNH ĐỒNG THÁP",),
    right=_UNION_RIGHT, stars="***", number="Số: 05-BC/TĐTN-BTG", date="Đồng Tháp, ngày 05 tháng 01 năm 2026", to=(),
    bases=("Căn cứ Điều lệ Đoàn TNCS Hồ Chí Minh;", "Căn cứ Chương trình công tác năm 2026,"), body=UNION_BODY,
    signatures=(((("authority", "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN"), ("title", "PHÓ BÍ THƯ")), "Trần Thị Hoa"),),
    recipients=("- Trung ương Đoàn (để báo cáo);", "- Lưu TG, VT-LT."), motto_rule=68.2,
)  # fmt: skip
UNION_LETTER = UNION_REPORT.but(
    number="Số:       -CV/TĐTN-BTG", date="Đồng Tháp, ngày      tháng      năm 2026",
    reference=("“V/v đôn đốc gửi báo cáo năm 2026”",), kind="", abstract=(), bases=(), to=("Ban Thường vụ Đoàn các xã, phường",),
    body=LETTER, annexes=(),
)  # fmt: skip
PAPERS = {
    "report": REPORT, "joint": JOINT, "state letter": STATE_LETTER, "union report": UNION_REPORT, "union letter": UNION_LETTER,
}  # fmt: skip


# ---- the way it is made ---------------------------------------------------------------------------------------------


def build(paper: Paper, way: str = "direct", spoil: Spoil | None = None) -> bytes:
    """The paper as a .docx; ``spoil`` does the last thing to the document."""
    maker = _Maker(paper, way)
    maker.make()
    if spoil is not None:
        spoil(maker.word)
    stream = io.BytesIO()
    maker.word.save(stream)
    return stream.getvalue()


class _Maker:
    def __init__(self, paper: Paper, way: str) -> None:
        self.paper, self.way = paper, way
        self.word: Word = docx.Document()
        self.styled: dict[str, str] = {}

    @property
    def width(self) -> float:
        return self.paper.paper[0] - self.paper.margins[2] - self.paper.margins[3]

    def make(self) -> None:
        self.word.core_properties.title = self.paper.title
        self._defaults()
        self._page(self.word.sections[0])
        {"tabs": self._head_by_tabs, "boxes": self._head_by_boxes}.get(self.way, self._head_by_table)()
        self._title()
        for element, text in self.paper.body:
            self.put(self.word, text, element)
        if self.paper.keep:
            self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        {"tabs": self._foot_by_tabs}.get(self.way, self._foot_by_table)()
        for number, title in self.paper.annexes:
            self._annex(number, title)

    def _defaults(self) -> None:
        root = self.word.styles.element
        fonts = root.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
        assert fonts is not None
        fonts.attrib.clear()
        for name in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{name}"), self.paper.font)
        root.find(f".//{qn('w:lang')}").set(qn("w:val"), self.paper.language)
        self.word.styles["Normal"].font.size = Pt(14)

    def _page(self, section: Any) -> None:
        section.page_width, section.page_height = Mm(self.paper.paper[0]), Mm(self.paper.paper[1])
        top, bottom, left, right = (Mm(edge) for edge in self.paper.margins)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = top, bottom, left, right
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = self.paper.first_differs
        if self.paper.page_number:
            holder = section.header if self.paper.page_number == "header" else section.footer
            paragraph = holder.paragraphs[0]
            paragraph.style = self.word.styles["Normal"]
            self._dress(paragraph, "page")
            for kind in ("begin", "code", "separate", "1", "end"):
                self._field_part(paragraph, kind)

    def _field_part(self, paragraph: Any, kind: str) -> None:
        run = paragraph.add_run("1" if kind == "1" else "")
        self._dress_run(run, "page")
        if kind == "code":
            code = OxmlElement("w:instrText")
            code.text = " PAGE \\* MERGEFORMAT "
            run._r.append(code)
        elif kind != "1":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)

    # ---- paragraphs -------------------------------------------------------------------------------------------------

    def put(self, holder: Any, text: str, element: str) -> Any:
        """One paragraph of an element; in a fresh cell the first one is used."""
        empty = hasattr(holder, "_tc") and len(holder.paragraphs) == 1 and not holder.paragraphs[0].runs
        paragraph = holder.paragraphs[0] if empty and not getattr(holder, "used", False) else holder.add_paragraph()
        self._dress(paragraph, element)
        run = paragraph.add_run(text)
        if self.way != "styles":
            self._dress_run(run, element)
        return paragraph

    def _dress(self, paragraph: Any, element: str) -> None:
        if self.way == "styles":
            paragraph.style = self._style(element)
        else:
            _set_paragraph(paragraph, self.paper.looks[element])

    def _dress_run(self, run: Any, element: str) -> None:
        if self.way == "styles":
            return
        its = self.paper.looks[element]
        run.font.size, run.font.bold, run.font.italic = Pt(its["size"]), its["bold"], its["italic"]

    def _style(self, element: str) -> Any:
        """A paragraph style per element, bold and alignment inherited from a style of their own."""
        if element in self.styled:
            return self.word.styles[self.styled[element]]
        its = self.paper.looks[element]
        base = self.word.styles.add_style(f"{element} base", 1)
        base.base_style = self.word.styles["Normal"]
        base.font.bold, base.font.size = its["bold"] or None, Pt(its["size"])
        style = self.word.styles.add_style(f"{element} style", 1)
        style.base_style = base
        style.font.italic = its["italic"] or None
        _set_paragraph(style, its)
        self.styled[element] = style.name
        return style

    # ---- letterhead -------------------------------------------------------------------------------------------------

    def _left(self) -> list[tuple[str, str]]:
        paper = self.paper
        return [*(("superior", line) for line in paper.superior), *(("agency", line) for line in paper.agencies)]

    def _head_by_table(self) -> None:
        paper = self.paper
        table = self._table(2, paper.columns)
        for element, line in self._left():
            self.put(table.cell(0, 0), line, element)
        if paper.stars:
            self.put(table.cell(0, 0), paper.stars, "stars")
        elif paper.agency_rule:
            self._border(table.cell(0, 0), paper.columns[0], paper.agency_rule)
        for element, line in paper.right:
            self.put(table.cell(0, 1), line, element)
        if paper.motto_rule:
            self._border(table.cell(0, 1), paper.columns[1], paper.motto_rule)
        self.put(table.cell(1, 0), paper.number, "number")
        for line in paper.reference:
            self.put(table.cell(1, 0), line, "reference")
        if paper.date:
            self.put(table.cell(1, 1), paper.date, "date")

    def _table(self, rows: int, widths: tuple[float, ...]) -> Any:
        table = self.word.add_table(rows, len(widths))
        table.autofit = False
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        margins = parse_xml(
            f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        )
        table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
        return table

    def _border(self, holder: Any, room: float, length: float, kind: str = "single") -> None:
        """A rule as the upper border of an empty paragraph."""
        paragraph = holder.add_paragraph()
        _set_paragraph(paragraph, look(2, align="left", left=(room - length) / 2, right=(room - length) / 2))
        border = parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:top w:val="{kind}" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
        )
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(border, "w:spacing", "w:ind", "w:jc")

    def _head_by_tabs(self) -> None:
        """Two centred tab stops; rules as typed underscores."""
        paper = self.paper
        left = [*self._left(), ("stars", paper.stars) if paper.stars else ("rule", _underscores(paper.agency_rule))]
        right = [*paper.right, ("rule", _underscores(paper.motto_rule))]
        while len(right) < len(left):
            right.append(("rule", ""))
        while len(left) < len(right):
            left.append(("rule", ""))
        for (one, line), (other, text) in zip(left, right, strict=True):
            self._side_by_side(one, line, other, text)
        self._side_by_side("number", paper.number, "date", paper.date)
        for line in paper.reference:
            self._side_by_side("reference", line, "date", "")

    def _side_by_side(self, one: str, line: str, other: str, text: str) -> None:
        paragraph = self.word.add_paragraph()
        _set_paragraph(paragraph, look(12, align="left"))
        first, second = self.paper.columns[0] / 2, self.paper.columns[0] + self.paper.columns[1] / 2
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(first), 1)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(second), 1)
        for element, words in ((one, f"\t{line}"), (other, f"\t{text}")):
            run = paragraph.add_run(words if words.strip() or element == one else "")
            its = self.paper.looks[element]
            run.font.size, run.font.bold, run.font.italic = Pt(its["size"]), its["bold"], its["italic"]

    def _head_by_boxes(self) -> None:
        """Two text boxes with drawn lines, anchored in the first paragraph."""
        paper = self.paper
        anchor = self.word.add_paragraph()
        _set_paragraph(anchor, look(2, after=90))
        left = [*self._left(), *([("stars", paper.stars)] if paper.stars else []), ("number", paper.number)]
        left += [("reference", line) for line in paper.reference]
        right = [*paper.right, ("date", paper.date)]
        first, second = paper.columns
        anchor.add_run()._r.append(_box([self._box_line(*line) for line in left], 0, first))
        anchor.add_run()._r.append(_box([self._box_line(*line) for line in right], first, second))
        if not paper.stars:
            anchor.add_run()._r.append(_drawn_line((first - paper.agency_rule) / 2, paper.agency_rule))
        anchor.add_run()._r.append(_vml_line(first + (second - paper.motto_rule) / 2, paper.motto_rule))

    def _box_line(self, element: str, text: str) -> str:
        its = self.paper.looks[element]
        marks = ("<w:b/>" if its["bold"] else "") + ("<w:i/>" if its["italic"] else "")
        return (
            f'<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="{its["align"]}"/></w:pPr><w:r><w:rPr>{marks}'
            f'<w:sz w:val="{round(its["size"] * 2)}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
        )

    # ---- title, foot, annexes ---------------------------------------------------------------------------------------

    def _title(self) -> None:
        paper = self.paper
        if paper.kind:
            self.put(self.word, paper.kind, "kind")
        for line in paper.abstract:
            self.put(self.word, line, "abstract")
        if paper.abstract and "union" in paper.looks:
            self.put(self.word, "-------", "rule")
        elif paper.abstract and paper.abstract_rule:
            self._border(self.word, self.width, paper.abstract_rule)
        if len(paper.to) == 1:
            self.put(self.word, f"Kính gửi: {paper.to[0]}", "to")
        elif paper.to:
            self.put(self.word, "Kính gửi:", "to")
            for place, name in enumerate(paper.to, start=1):
                ended = name.endswith((";", "."))
                end = "" if ended else "." if place == len(paper.to) else ";"
                self.put(self.word, f"- {name}{end}", "addressee")
        for line in paper.bases:
            self.put(self.word, line, "basis")

    def _foot_by_table(self) -> None:
        paper = self.paper
        blocks = paper.signatures
        half = self.width / 2
        table = self._table(1 if len(blocks) < 2 else 2, (half, half))
        for row in table.rows:
            if paper.whole_rows:
                row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, (titles, name) in enumerate(blocks):
            cell = table.cell(0, place if len(blocks) > 1 else 1)
            for element, line in titles:
                self.put(cell, line, element)
            if name:
                self.put(cell, name, "signer")
        recipients = table.cell(len(table.rows) - 1, 0)
        if paper.recipients:
            self.put(recipients, "Nơi nhận:", "label")
        for line in paper.recipients:
            self.put(recipients, line, "recipient")

    def _foot_by_tabs(self) -> None:
        """Recipients and signatures on the same lines, apart by a tab; two signatures above the recipients."""
        paper = self.paper
        blocks = [[*titles, *([("signer", name)] if name else [])] for titles, name in paper.signatures]
        listed = (
            [("label", "Nơi nhận:"), *(("recipient", line) for line in paper.recipients)] if paper.recipients else []
        )
        if len(blocks) == 2:
            for (one, line), (other, text) in zip(*blocks, strict=True):
                self._side_by_side(one, line, other, text)
            for element, line in listed:
                self.put(self.word, line, element)
            return
        right = blocks[0] if blocks else []
        for place in range(max(len(listed), len(right))):
            one, line = listed[place] if place < len(listed) else ("recipient", "")
            other, text = right[place] if place < len(right) else ("signer", "")
            self._beside(one, line, other, text)

    def _beside(self, one: str, line: str, other: str, text: str) -> None:
        paragraph = self.word.add_paragraph()
        _set_paragraph(paragraph, look(11, align="left"))
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self.width * 0.75), 1)
        for element, words in ((one, line), (other, f"\t{text}" if text else "")):
            run = paragraph.add_run(words)
            self._dress_run(run, element)

    def _annex(self, number: str, title: str) -> None:
        section = self.word.add_section()
        if self.paper.restart:
            count = OxmlElement("w:pgNumType")
            count.set(qn("w:start"), "1")
            section._sectPr.insert_element_before(count, "w:cols", "w:titlePg", "w:docGrid")
        self.put(self.word, number, "annex")
        self.put(self.word, title, "annex_title")
        if self.paper.attached:
            self.put(self.word, self.paper.attached, "attached")
        table = self.word.add_table(3, 2)
        for cell, text in zip(table.columns[0].cells, ("Chỉ tiêu", "Số lớp", "Số người"), strict=True):
            self.put(cell, text, "cell")


def _set_paragraph(paragraph: Any, its: Look) -> None:
    """Works on a paragraph and on a paragraph style."""
    form = paragraph.paragraph_format
    form.alignment = {"left": 0, "center": 1, "right": 2, "both": 3}[its["align"]]
    form.space_before, form.space_after, form.line_spacing = Pt(its["before"]), Pt(its["after"]), its["line"]
    form.first_line_indent, form.left_indent, form.right_indent = (
        Mm(its.get(key, 0)) for key in ("first", "left", "right")
    )
    form.keep_with_next = its.get("keep") or None
    if "outline" in its:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(its["outline"]))
        (paragraph._p if hasattr(paragraph, "_p") else paragraph.element).get_or_add_pPr().append(level)


def _underscores(length: float) -> str:
    """Typed signs as long as a rule, at 13 points: one is half an em."""
    return "_" * round(length / (13 / 2 * 25.4 / 72))


_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def _emu(length: float) -> int:
    return round(length * 36000)


def _anchor(left: float, top: float, width: float, height: float, shape: str, number: int) -> str:
    return (
        f'<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">'
        f'<wp:posOffset>{_emu(left)}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{_emu(top)}'
        f'</wp:posOffset></wp:positionV><wp:extent cx="{_emu(width)}" cy="{_emu(height)}"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="Hình {number}"/><a:graphic><a:graphicData '
        f'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing>'
    )


def _geometry(width: float, height: float, kind: str) -> str:
    size = f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{_emu(width)}" cy="{_emu(height)}"/></a:xfrm>'
    return f'<wps:spPr>{size}<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr>'


def _box(lines: list[str], left: float, width: float) -> Any:
    """A text box as Word writes it: a shape, and the same content again for old programs."""
    content = f"<w:txbxContent>{''.join(lines)}</w:txbxContent>"
    insets = 'lIns="0" rIns="0" tIns="0" bIns="0"'
    shape = f'<wps:wsp><wps:cNvSpPr txBox="1"/>{_geometry(width, 30, "rect")}<wps:txbx>{content}</wps:txbx><wps:bodyPr {insets}/></wps:wsp>'
    old = f'<w:pict><v:shape style="position:absolute;margin-left:{left * 72 / 25.4:.1f}pt;width:{width * 72 / 25.4:.1f}pt;height:80pt"><v:textbox>{content}</v:textbox></v:shape></w:pict>'
    return parse_xml(
        f'<mc:AlternateContent {_SPACES}><mc:Choice Requires="wps">{_anchor(left, 0, width, 30, shape, 10 + round(left))}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )


def _drawn_line(left: float, length: float) -> Any:
    shape = f"<wps:wsp><wps:cNvCnPr/>{_geometry(length, 0, 'line')}<wps:bodyPr/></wps:wsp>"
    return parse_xml(
        f'<mc:AlternateContent {_SPACES}><mc:Choice Requires="wps">{_anchor(left, 17, length, 0, shape, 40)}</mc:Choice></mc:AlternateContent>'
    )


def _vml_line(left: float, length: float) -> Any:
    begin, end = left * 72 / 25.4, (left + length) * 72 / 25.4
    return parse_xml(
        f'<w:pict {_SPACES}><v:line id="ke" style="position:absolute;z-index:3" from="{begin:.2f}pt,36pt" to="{end:.2f}pt,36pt"/></w:pict>'
    )


# ---- the sample of the decree itself, as Word keeps it --------------------------------------------------------------


def _word_paragraph(text: str, size: float, marks: str = "", properties: str = "") -> str:
    """A paragraph with Word's own clutter: revision ids, spelling marks, a run split in the middle of a word."""
    half = len(text) // 2
    look = f'<w:rPr>{marks}<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
    runs = "".join(
        f'<w:proofErr w:type="spellStart"/><w:r w:rsidRPr="00A1">{look}<w:t xml:space="preserve">{part}</w:t></w:r>'
        for part in (text[:half], text[half:])
        if part
    )
    return f'<w:p w:rsidR="00B2"><w:pPr>{properties}</w:pPr><w:bookmarkStart w:id="9" w:name="_GoBack"/>{runs}<w:bookmarkEnd w:id="9"/></w:p>'


def _word_table(widths: tuple[int, ...], cells: tuple[str, ...], indent: int = 0) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    row = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr>{c}</w:tc>' for w, c in zip(widths, cells, strict=True)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblInd w:w="{indent}" w:type="dxa"/><w:tblLook w:val="01E0"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr></w:tbl>"
    )


def official_sample(text: str = LONG) -> bytes:
    """Mẫu 1.4 of Phụ lục III with its measures: 13/13/14, typed rules in superscript, two empty lines, one page."""
    centre, bold, italic = '<w:jc w:val="center"/>', "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"
    raised = '<w:vertAlign w:val="superscript"/>'
    both = '<w:spacing w:before="120"/><w:ind w:firstLine="567"/><w:jc w:val="both"/>'
    left = (
        _word_paragraph("ỦY BAN NHÂN DÂN", 13, "", centre) + _word_paragraph("TỈNH ĐỒNG THÁP", 13, "", centre)
        + _word_paragraph("SỞ KHOA HỌC VÀ", 13, bold, centre) + _word_paragraph("CÔNG NGHỆ", 13, bold, centre)
        + _word_paragraph("_" * 9, 13, bold + raised, centre) + _word_paragraph("Số:        /BC-SKHCN", 13, "", centre)
    )  # fmt: skip
    right = (
        _word_paragraph(NATION, 13, bold, centre) + _word_paragraph(MOTTO, 14, bold, centre)
        + _word_paragraph("_" * 38, 14, bold + raised, centre)
        + _word_paragraph("Đồng Tháp, ngày      tháng      năm 2026", 14, italic, centre)
    )  # fmt: skip
    recipients = _word_paragraph("Nơi nhận:", 12, bold + italic) + "".join(
        _word_paragraph(line, 11) for line in ("- Như trên;", "- Lưu: VT, BCVT.")
    )
    signature = (
        _word_paragraph("GIÁM ĐỐC", 13, bold, centre) + '<w:p/><w:p/><w:p/>' + _word_paragraph("Nguyễn Văn Nam", 14, bold, centre)
    )  # fmt: skip
    body = (
        _word_table((3829, 5670), (left, right), -199) + "<w:p/><w:p/>" + _word_paragraph("BÁO CÁO", 14, bold, centre)
        + _word_paragraph("Kết quả phối hợp hoạt động năm 2026", 14, bold, centre) + _word_paragraph("_" * 22, 14, bold + raised, centre)
        + _word_paragraph("Kính gửi: Ủy ban nhân dân tỉnh Đồng Tháp", 14, "", centre)
        + _word_paragraph(text, 14, "", both) + _word_paragraph(f"Trên đây là kết quả. {text[:-1]}./.", 14, "", both)
        + "<w:p/>" + _word_table((2994, 6290), (recipients, signature)) + "<w:p/>"
    )  # fmt: skip
    word = docx.Document()
    maker = _Maker(REPORT.but(page_number="", margins=(25, 20, 35, 20)), "direct")
    maker.word = word
    word.core_properties.title = "Báo cáo"
    maker._defaults()
    maker._page(word.sections[0])
    word.styles.element.find(f".//{qn('w:pPrDefault')}").clear()
    for element in parse_xml(f"<w:body {_SPACES}>{body}</w:body>"):
        word.element.body.insert(len(word.element.body) - 1, element)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()
