"""The foot of a document: one signature block or two side by side, recipients at the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.config import Agency
from pipeline.report.language import LANG
from pipeline.report.layouts import Form, Look
from pipeline.report.names import name_lines, whole
from pipeline.report.ooxml import paragraph, run, text_paragraph
from pipeline.report.paper import Paper
from pipeline.report.styles import style_id
from pipeline.report.tables import frame_element
from pipeline.text import say
from pipeline.typeface import width

LINE = 1.15
"""The height of a line of Times New Roman in parts of its size."""
GAP = 4.0
"""Between two signature blocks, in mm."""
ABOVE = 12
"""Points above signature blocks and recipients."""
ALONE = 0.54
"""The one signature block, in parts of the width (Nghị định 30, Phụ lục I, mục V); recipients have the rest."""


@dataclass(frozen=True, slots=True)
class Block:
    """What one agency puts under a document: its lines, each with look and style, and the name with its look; ``|`` in a
    line is where it breaks when it does not fit.
    """

    lines: tuple[tuple[str, Look, str], ...]
    name: str
    signer: Look

    @property
    def width(self) -> float:
        """The room in mm that its longest line needs."""
        return max(self.least, *(width(whole(text), look.size, bold=look.bold) for text, look, _ in self.lines))

    @property
    def least(self) -> float:
        """The room in mm that the name needs, which stands on one line."""
        return width(self.name, self.signer.size, bold=self.signer.bold)

    def broken_to(self, room: float) -> Block:
        """The same with lines that fit."""
        lines = [(part, look, style) for text, look, style in self.lines for part in name_lines(text, look, room)]
        return replace(self, lines=tuple(lines))

    @property
    def height(self) -> float:
        """The height of its lines in points."""
        return sum(look.size * LINE for _, look, _ in self.lines)


def signatures(paper: Paper) -> list[Element]:
    """One row that no page break can split: Word would keep several rows together as well, LibreOffice would not."""
    agencies = list(paper.issuers)
    if paper.joint and paper.config.report.lead_signs == "right":
        agencies.reverse()
    blocks = [_block(agency, paper) for agency in agencies]
    columns = _columns(blocks, paper.form)
    fitted = [block.broken_to(room) for block, room in zip(blocks, columns[-len(blocks) :], strict=True)]
    tallest = max(block.height for block in fitted)
    drawn = [_drawn(block, tallest, paper) for block in fitted]
    left, right = (drawn[0], drawn[1]) if paper.joint else ([], drawn[0])
    # A section ends with a paragraph. It must not open a page of its own: Word keeps it with the row above, whose paragraphs
    # all say so; LibreOffice keeps no row with a paragraph, so it is the smallest there is, 1/20 point.
    return [frame_element(columns, [[left + _recipients(paper), right]]), paragraph(style_id("Hết phần"))]


def _columns(blocks: Sequence[Block], form: Form) -> tuple[float, float]:
    """Half and half, or as the longest lines or at least the names of two blocks need; a single block has the wider part."""
    half = form.width / 2
    if len(blocks) == 1:
        right = max(form.width * ALONE, blocks[0].least)
        return form.width - right, right
    left, right = (block.width for block in blocks)
    if left + right + GAP > form.width:
        left, right = (block.least for block in blocks)
    if max(left, right) + GAP / 2 <= half:
        return half, half
    spare = (form.width - left - right) / 2
    return left + spare, right + spare


def _block(agency: Agency, paper: Paper) -> Block:
    """In joint documents the agency is named above the titles, so that the two can be told apart."""
    form, signer = paper.form, agency.signer_on(paper.config.report_deadline, paper.is_letter)
    by_order = signer.authority.startswith(say("report.foot.by_order", LANG))
    upper = [agency.signature] if paper.joint or (agency.collective and not by_order) else []
    upper += [signer.authority] if signer.authority else []
    above = tuple((text, form.authority, "Cơ quan ký") for text in upper)
    return Block((*above, (signer.title, form.position, "Chức vụ ký")), signer.name, form.signer)


def _drawn(block: Block, tallest: float, paper: Paper) -> list[Element]:
    """All names stand at one height, whatever stands above them."""
    above = [
        paragraph(style_id(style), run(text), before=0 if place else ABOVE)
        for place, (text, _, style) in enumerate(block.lines)
    ]
    space = paper.form.signing_space + tallest - block.height
    return [*above, paragraph(style_id("Họ tên ký"), run(block.name), before=space)]


def _recipients(paper: Paper) -> list[Element]:
    style = style_id("Danh sách nơi nhận")
    listed = [text_paragraph(style, f"- {line.rstrip(' ;.')};", keep_next=True) for line in paper.recipients]
    return [
        text_paragraph(style_id("Nơi nhận"), say("report.foot.recipients", LANG)),
        *listed,
        text_paragraph(style, f"- {paper.archive}.", keep_next=True),
    ]
