"""The foot of a document: one signature block or two side by side, recipients at the left."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.config import Agency
from pipeline.report.language import LANG
from pipeline.report.layouts import Look
from pipeline.report.ooxml import paragraph, run, text_paragraph
from pipeline.report.paper import Paper
from pipeline.report.styles import style_id
from pipeline.report.tables import frame_element
from pipeline.text import say
from pipeline.typeface import broken

LINE = 1.15
"""The height of a line of Times New Roman in parts of its size."""
ALONE = (0.46, 0.54)
"""Recipients and the one signature block, in parts of the width (Nghị định 30, Phụ lục I, mục V)."""


def signatures(paper: Paper) -> list[Element]:
    """One row that no page break can split: Word would keep several rows together as well, LibreOffice would not."""
    columns = _columns(paper)
    blocks = _blocks(paper)
    left, right = (blocks[0], blocks[1]) if paper.joint else ([], blocks[0])
    row = [left + _recipients(paper), right]
    # A section ends with a paragraph: one of a single point, so that it never opens a page of its own.
    return [frame_element(columns, [row]), paragraph(style_id("Hết phần"))]


def _columns(paper: Paper) -> tuple[float, float]:
    """Two blocks share the page as their longest lines need; a single block has the wider part."""
    width = paper.form.width
    return (width / 2, width / 2) if paper.joint else (width * ALONE[0], width * ALONE[1])


def _blocks(paper: Paper) -> list[list[Element]]:
    """From left to right; all names stand at one height, whatever stands above them."""
    agencies = list(paper.issuers)
    if paper.joint and paper.config.report.lead_signs == "right":
        agencies.reverse()
    titles = [_titles(agency, paper) for agency in agencies]
    heights = [sum(look.size * LINE for _, look, _ in lines) for lines in titles]
    return [
        _block(lines, agency, max(heights) - height, paper)
        for lines, agency, height in zip(titles, agencies, heights, strict=True)
    ]


Line = tuple[str, Look, str]


def _block(lines: list[Line], agency: Agency, lacking: float, paper: Paper) -> list[Element]:
    name = agency.signer_on(paper.config.report_deadline, paper.is_letter).name
    above = [
        paragraph(style_id(style), run(text), before=12 if place == 0 else 0)
        for place, (text, _, style) in enumerate(lines)
    ]
    space = paper.form.signing_space + lacking
    return [*above, paragraph(style_id("Họ tên ký"), run(name), before=space)]


def _titles(agency: Agency, paper: Paper) -> list[Line]:
    """The lines above the signature; in joint documents the agency is named, so that the two can be told apart."""
    form, signer = paper.form, agency.signer_on(paper.config.report_deadline, paper.is_letter)
    by_order = signer.authority.startswith(say("report.foot.by_order", LANG))
    named = paper.joint or (agency.collective and not by_order)
    upper = [agency.signature] if named else []
    upper += [signer.authority] if signer.authority else []
    room = _columns(paper)[1]

    def lines(text: str, look: Look, style: str) -> list[Line]:
        return [(line, look, style) for line in broken(text, look.size, room, bold=look.bold)]

    return [
        *[line for text in upper for line in lines(text, form.authority, "Cơ quan ký")],
        *lines(signer.title, form.position, "Chức vụ ký"),
    ]


def _recipients(paper: Paper) -> list[Element]:
    style = style_id("Danh sách nơi nhận")
    listed = [text_paragraph(style, f"- {line.rstrip(' ;.')};", keep_next=True) for line in paper.recipients]
    return [
        text_paragraph(style_id("Nơi nhận"), say("report.foot.recipients", LANG)),
        *listed,
        text_paragraph(style, f"- {paper.archive}."),
    ]
