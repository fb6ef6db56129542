"""An empty Word document to fill, and the finished one as bytes: the same content gives the same bytes."""

from __future__ import annotations

import io
from datetime import datetime, time

import docx
from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pipeline.files import same_bytes
from pipeline.report.language import LANG
from pipeline.report.layouts import Form
from pipeline.report.ooxml import el
from pipeline.report.paper import Paper
from pipeline.report.styles import install_styles
from pipeline.text import say

_KEPT = ("/styles", "/settings")
_WORD_VERSION = "http://schemas.microsoft.com/office/word"


def empty_document(form: Form) -> WordDocument:
    """A document without content, with our styles only and without the example parts of python-docx."""
    document: WordDocument = docx.Document()
    for rels, kept in ((document.part.rels, _KEPT), (document.part.package.rels, ("/officeDocument", "-properties"))):
        for key in [key for key, rel in rels.items() if not rel.reltype.endswith(kept)]:
            del rels[key]
    install_styles(document.styles.element, form)
    _install_settings(document.settings.element)
    return document


def _install_settings(root: Element) -> None:
    for child in list(root):
        root.remove(child)
    modern = el("compatSetting", name="compatibilityMode", uri=_WORD_VERSION, val=15)
    root.extend(
        [
            el("zoom", percent=100),
            el("defaultTabStop", val=720),
            el("characterSpacingControl", val="doNotCompress"),
            el("compat", modern),
            el("themeFontLang", val="vi-VN"),
            el("decimalSymbol", val=","),
            el("listSeparator", val=";"),
        ]
    )


def describe(document: WordDocument, paper: Paper) -> None:
    """The properties that the file shows in its folder; the date is the cut-off day, so that it never changes by itself."""
    properties, config = document.core_properties, paper.config
    properties.title, properties.author = paper.heading.title, paper.lead.name
    properties.last_modified_by, properties.subject = paper.lead.name, config.programme.title
    properties.keywords, properties.comments = "", ""
    properties.category = paper.heading.kind.capitalize() or say("report.letter", LANG)
    properties.created = properties.modified = datetime.combine(config.cutoff, time())
    properties.language, properties.revision = "vi-VN", 1


def to_bytes(document: WordDocument) -> bytes:
    """The file, its parts dated 1980 so that equal content gives equal bytes."""
    drawn = io.BytesIO()
    document.save(drawn)
    return same_bytes(drawn.getvalue())
