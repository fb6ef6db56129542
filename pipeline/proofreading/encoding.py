"""Text typed for the fonts of the 1990s: where it stands, and whether it is nearly all there is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.legacy import decode
from pipeline.proofreading.document import Document
from pipeline.proofreading.line import Line, Run

LEGACY_FONT = re.compile(r"\.vn|vni[-\s]|vntime|vnarial", re.IGNORECASE)
_NEARLY_ALL = 0.5


def fonts_of(run: Run) -> set[str]:
    """The fonts that the letters of a run are drawn in."""
    ascii_font, other = run.look.fonts
    letters = run.text.replace("•", "")
    found = {ascii_font} if any("!" <= letter <= "~" for letter in letters) else set()
    return found | ({other} if any(letter.isalpha() and letter > "~" for letter in letters) else set())


def encoded(document: Document) -> Iterator[tuple[Line, str]]:
    """Every line in an old encoding, with the name of its font or of the encoding."""
    for line in (*document.lines, *document.running()):
        fonts = sorted(
            {font for run in line.runs if run.text.strip() for font in fonts_of(run) if LEGACY_FONT.match(font)}
        )
        if fonts:
            yield line, fonts[0]
        elif line.words and (decoded := decode(line.raw)) is not None and decoded.certain:
            yield line, decoded.encoding.value.upper()


def unreadable(document: Document, found: Iterable[tuple[Line, str]]) -> bool:
    """True when so many of a document's lines were ``found`` encoded that its parts cannot be told."""
    said = sum(line.words for line in document.lines)
    return sum(1 for line, _ in found if not line.running) > _NEARLY_ALL * max(said, 1)
