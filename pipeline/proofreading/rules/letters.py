"""Typeface, colour and encoding of everything that is seen, and its language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from pipeline.legacy import decode
from pipeline.proofreading.forms import FONT
from pipeline.proofreading.line import Line, Run
from pipeline.proofreading.rules.rule import Case, Hit
from pipeline.proofreading.words import BESIDE

_LEGACY = re.compile(r"\.vn|vni[-\s]|vntime|vnarial", re.IGNORECASE)
_SYMBOLS = {"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "marlett", "opensymbol"}
_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


def _inked(case: Case) -> Iterator[tuple[Line, Run]]:
    for line in (*case.document.lines, *case.document.running()):
        for run in line.runs:
            if run.text.strip():
                yield line, run


def _fonts(run: Run) -> set[str]:
    """The fonts that the letters of a run are drawn in."""
    ascii_font, other = run.look.fonts
    letters = run.text.replace("•", "")
    found = {ascii_font} if any("!" <= letter <= "~" for letter in letters) else set()
    return found | ({other} if any(letter.isalpha() and letter > "~" for letter in letters) else set())


def typeface(case: Case) -> Iterator[Hit]:
    """Everything is in Times New Roman."""
    for line, run in _inked(case):
        for font in sorted(_fonts(run)):
            if font.lower() not in {FONT.lower(), *_SYMBOLS} and not _LEGACY.match(font):
                yield Hit(line, font, FONT)


def colour(case: Case) -> Iterator[Hit]:
    """Everything is black but what stamps say: the degree of urgency or secrecy (Nghị định 30: red), the mark of a draft."""
    for line, run in _inked(case):
        if run.look.color and not line.key.startswith(BESIDE):
            yield Hit(line, f"#{run.look.color.upper()}")


def legacy(case: Case) -> Iterator[Hit]:
    """No text is encoded for the fonts of the 1990s."""
    seen = set()
    for line, run in _inked(case):
        fonts = [font for font in _fonts(run) if _LEGACY.match(font)]
        if fonts:
            yield Hit(line, fonts[0], FONT)
        elif line.number not in seen and (decoded := decode(line.raw)) is not None and decoded.certain:
            seen.add(line.number)
            yield Hit(line, decoded.encoding.value.upper(), FONT, {"decoded": decoded.text[:40]})


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
