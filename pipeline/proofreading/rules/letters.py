"""Typeface, colour and encoding of everything that is seen, and its language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from pipeline.proofreading.encoding import LEGACY_FONT, encoded, fonts_of, unreadable
from pipeline.proofreading.forms import FONT
from pipeline.proofreading.line import Line, Run
from pipeline.proofreading.rules.rule import Case, Hit
from pipeline.proofreading.words import BESIDE

_SYMBOLS = {"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "marlett", "opensymbol"}
# A colour whose every part is darker than this cannot be told from black.
_DARK = 0x20
_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


def _inked(case: Case) -> Iterator[tuple[Line, Run]]:
    for line in (*case.document.lines, *case.document.running()):
        for run in line.runs:
            if run.text.strip():
                yield line, run


def typeface(case: Case) -> Iterator[Hit]:
    """Everything is in Times New Roman."""
    for line, run in _inked(case):
        for font in sorted(fonts_of(run)):
            if font.lower() not in {FONT.lower(), *_SYMBOLS} and not LEGACY_FONT.match(font):
                yield Hit(line, font, FONT)


def colour(case: Case) -> Iterator[Hit]:
    """Everything is black but what stamps say: the degree of urgency or secrecy (Nghị định 30: red), the mark of a draft."""
    for line, run in _inked(case):
        if _coloured(run.look.color) and not line.key.startswith(BESIDE):
            yield Hit(line, f"#{run.look.color.upper()}")


def _coloured(color: str) -> bool:
    parts = re.findall("[0-9a-f]{2}", color) if len(color) == 6 else []
    return bool(color) and not (parts and all(int(part, 16) < _DARK for part in parts))


def legacy(case: Case) -> Iterator[Hit]:
    """No text is encoded for the fonts of the 1990s."""
    found = list(encoded(case.document))
    if unreadable(case.document, found):
        yield Hit(found[0][0], found[0][1], FONT, {"fault": "whole"})
        return
    for line, given in found:
        yield Hit(line, given, FONT)


def decomposed(case: Case) -> Iterator[Hit]:
    """Letters with marks are one character each."""
    for line, run in _inked(case):
        if unicodedata.normalize("NFC", run.text) != run.text and any(map(unicodedata.combining, run.text)):
            yield Hit(line)


def language(case: Case) -> Iterator[Hit]:
    """Vietnamese text is marked as Vietnamese, so that Word checks its spelling and reads it out."""
    counted: Counter[str] = Counter()
    first: dict[str, Line] = {}
    for line, run in _inked(case):
        if run.look.lang and not run.look.lang.lower().startswith("vi") and _VIETNAMESE.search(run.text):
            counted[run.look.lang] += len(run.text)
            first.setdefault(run.look.lang, line)
    for lang, _ in counted.most_common(1):
        yield Hit(first[lang], lang, "vi-VN")
