"""The foot of a document signed by two agencies: signature blocks side by side, recipients below."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.config import Agency, Config
from pipeline.report.language import LANG
from pipeline.report.layouts import Layout
from pipeline.report.ooxml import paragraph, text_paragraph
from pipeline.report.styles import style_id
from pipeline.report.tables import frame_element
from pipeline.text import say


def signatures(layout: Layout, config: Config) -> list[Element]:
    """Two blocks side by side, the recipients below the left one.

    Where both blocks have the same number of lines they are one row that no page break can split; Word would keep
    several rows together as well, LibreOffice would not.
    """
    sides = [config.partner, config.lead] if layout.lead_signs_right else [config.lead, config.partner]
    upper = [_titles(agency, config) for agency in sides]
    names = [[text_paragraph(style_id("Họ tên ký"), agency.signer_on(config.report_deadline).name)] for agency in sides]
    if len(upper[0]) != len(upper[1]):
        return [frame_element(layout.signatures, [upper, names]), *_recipients(config)]
    left, right = (titles + name for titles, name in zip(upper, names, strict=True))
    # A section ends with a paragraph: one of a single point, so that it never opens a page of its own.
    return [frame_element(layout.signatures, [[left + _recipients(config), right]]), paragraph(style_id("Hết phần"))]


def _titles(agency: Agency, config: Config) -> list[Element]:
    signer = agency.signer_on(config.report_deadline)
    titles = [line for line in (signer.authority, signer.title) if line]
    return [
        text_paragraph(style_id("Cơ quan ký"), agency.signature),
        *[text_paragraph(style_id("Chức vụ ký"), line) for line in titles],
    ]


def _recipients(config: Config) -> list[Element]:
    lines = [say("report.foot.as_above", LANG), *config.report.recipients]
    archive = say("report.foot.archive", LANG, archive=config.report.archive)
    style = style_id("Danh sách nơi nhận")
    listed = [text_paragraph(style, f"- {line.rstrip(' ;.')};", keep_next=True) for line in lines]
    return [
        text_paragraph(style_id("Nơi nhận"), say("report.foot.recipients", LANG)),
        *listed,
        text_paragraph(style, f"- {archive}."),
    ]
