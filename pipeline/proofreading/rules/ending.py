"""Signatures and recipients."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.proofreading import words
from pipeline.proofreading.foot import Block
from pipeline.proofreading.forms import Form
from pipeline.proofreading.line import Line
from pipeline.proofreading.rules.page import pages_of
from pipeline.proofreading.rules.rule import Case, Hit, Norm, misset

_DEGREE = re.compile(
    r"(?:(?i:GS|PGS|TSKH|TS|ThS|Th\.S|T\.S|CN|KS|BS|BSCK\w*|DS|CKI+|Tiến sĩ|Thạc sĩ|Cử nhân|Kỹ sư|Bác sĩ|Giáo sư|"
    r"Phó Giáo sư|Luật sư|Dược sĩ|Nhà giáo\b.*?|NGƯT|NGND|TTƯT)\b|(?:Ông|Bà)(?= (?:\S+ ){2}\S))\s*[.,:]?\s*(?=[A-ZĐÀ-Ỹ])"
)

# How much less and more a page may hold than estimated: rendered, a text takes up to 3% more.
_UNSURE = (0.01, 0.03)
_UNDOTTED = re.compile(r"(?:K\s*/\s*T|T\s*/\s*[ML]|KT|TM|TL|TUQ)\b(?!\s*\.)", re.IGNORECASE)


def two_signatures(case: Case) -> Iterator[Hit]:
    """A document of two agencies has two signature blocks."""
    blocks = case.parts.foot.blocks
    if case.parts.joint and len(blocks) == 1:
        yield Hit(blocks[0].titles[0])


def titles(case: Case) -> Iterator[Hit]:
    """Authority and title: capitals, bold (the title is not bold in the Union's form), upright.

    No rule says how the title of another agency's head, who signs without an authority, looks in the Union's form.
    """
    form = case.form
    for block in case.parts.foot.blocks:
        authorised = any(words.AUTHORITY.match(line.text) for line in block.titles)
        for line in block.titles:
            yield from misset(
                [line], Norm(form.title, _bold(line, form, case.parts.joint and not authorised), False, True, True)
            )


def _bold(line: Line, form: Form, foreign: bool) -> bool | None:
    """Whether a line above the signature is bold; None where no rule says."""
    if form.title_bold or (words.AUTHORITY.match(line.text) and not foreign):
        return True
    return False if words.TITLES.match(line.key) and not foreign else None


def signers(case: Case) -> Iterator[Hit]:
    """Every signature has a name: bold, upright, not in capitals."""
    for block in case.parts.foot.blocks:
        if block.name is None:
            yield Hit(block.titles[-1], values={"fault": "none"})
        else:
            yield from misset([block.name], Norm(case.form.signer, True, False, False, centred=True))


def degrees(case: Case) -> Iterator[Hit]:
    """No academic degree stands before the signer's name."""
    for block in case.parts.foot.blocks:
        found = _DEGREE.match(block.name.text) if block.name is not None else None
        if found and block.name is not None:
            yield Hit(block.name, found[0].strip(), block.name.text[found.end() :])


def deputies(case: Case) -> Iterator[Hit]:
    """KT., TM., TL., TUQ. with a full stop; KT. stands above a deputy's title, and a deputy's title below an authority."""
    for block in case.parts.foot.blocks:
        for line in block.titles:
            if slip := _UNDOTTED.match(line.text):
                wanted = slip[0].upper().replace("/", "").replace(" ", "")
                yield Hit(line, line.text, f"{wanted}. {line.text[slip.end() :].strip()}")
        yield from _deputy(block)


def _deputy(block: Block) -> Iterator[Hit]:
    first, last = block.titles[0], block.titles[-1]
    authorised = any(words.AUTHORITY.match(line.text) or _UNDOTTED.match(line.text) for line in block.titles)
    below_head = any(re.match(r"kt\s*\.", line.text, re.IGNORECASE) for line in block.titles[-1:])
    pairs = [(above, below) for above, below in pairwise(block.titles) if below.key == f"phó {above.key}"]
    heads = [
        below
        for above, below in pairwise(block.titles)
        if above.key.startswith("kt") and _own_title(above) == below.key
    ]
    if below_head:
        yield Hit(last, last.text, values={"fault": "alone"})
    elif heads:
        yield Hit(heads[0], heads[0].text, f"PHÓ {heads[0].text}", {"fault": "head"})
    elif pairs:
        yield Hit(pairs[0][0], pairs[0][1].text, f"KT. {pairs[0][0].text}", {"fault": "deputy"})
    elif not authorised and first.key.startswith("phó ") and not any("phụ trách" in one.key for one in block.titles):
        yield Hit(first, first.text, f"KT. {first.text[4:]}", {"fault": "deputy"})


def _own_title(line: Line) -> str:
    """The title after "KT."."""
    return re.sub(r"^kt\b\W*", "", line.key)


def kept_together(case: Case) -> Iterator[Hit]:
    """The last paragraph of the text stays on the page of the signatures."""
    said = [line for line in case.parts.body if line.words]
    if case.parts.foot.blocks and said and not said[-1].shape.keep_next and _may_break(case):
        yield Hit(said[-1])


def unbroken(case: Case) -> Iterator[Hit]:
    """A signature block in a table cannot be split between two pages."""
    for block in case.parts.foot.blocks:
        areas = [line.area for line in block.lines]
        rows = {area.place for area in areas if area is not None}
        splits = any(area is not None and area.kind == "cell" and area.breaks for area in areas)
        loose = any(line.area is not None and not line.shape.keep_next for line in block.lines[:-1])
        if _may_break(case) and (splits if len(rows) == 1 else loose and len(rows) > 1):
            yield Hit(block.titles[0])
            return


def _may_break(case: Case) -> bool:
    """True when a page may end within the signatures, or right above; pages end early more often than late."""
    main = case.parts.main
    begins, ends = pages_of(main[: case.parts.foot.start], case), pages_of(main, case)
    earliest, latest = (ends * unsure + unsure for unsure in _UNSURE)
    return ends > 1 and int(begins - earliest) != int(ends + latest)


# ---- recipients -----------------------------------------------------------------------------------------------------


def label(case: Case) -> Iterator[Hit]:
    """ "Nơi nhận:" at its size, bold; italic in the state's form."""
    line, form = case.parts.foot.label, case.form
    yield from misset([line], Norm(form.recipients, True, form.recipients_italic, False))
    if line is not None and line.text != "Nơi nhận:" and not line.capitals:
        yield Hit(line, line.text, "Nơi nhận:", {"fault": "text"})


def item_style(case: Case) -> Iterator[Hit]:
    """Recipients: size 11, upright, not bold."""
    yield from misset(case.parts.foot.items, Norm(case.form.recipient, False, False))


def item_ends(case: Case) -> Iterator[Hit]:
    """Every recipient has a line "- …;", the last line ends with a full stop; "- …:" may have lines "+ …;" below."""
    items = _whole(case.parts.foot.items)
    within = False
    for place, (text, line) in enumerate(items):
        within = text.endswith(":") or (within and text.startswith("+"))
        last = place == len(items) - 1
        kept = case.form.kept_copy.fullmatch(text) is not None or not _is_kept_copy(text)
        end = text.endswith(".") or kept if last else text.endswith(";")
        if not within and (not end or not text.startswith("- ")):
            yield Hit(line, text, "- …." if last else "- …;")


def _whole(items: tuple[Line, ...]) -> list[tuple[str, Line]]:
    """Every recipient as one text, however many lines it takes."""
    whole: list[tuple[str, Line]] = []
    for line in items:
        ended = line.first and whole and whole[-1][0].endswith(";")
        if whole and not ended and not line.text.startswith(("-", "–", "+")):
            whole[-1] = (f"{whole[-1][0]} {line.text}", whole[-1][1])
        else:
            whole.append((line.text, line))
    return whole


def kept_copy(case: Case) -> Iterator[Hit]:
    """The last recipient is the archive: "- Lưu: VT, …."."""
    items = _whole(case.parts.foot.items)
    if not items:
        return
    text, line = items[-1]
    ends = text.endswith(".") and not case.form.kept_copy.fullmatch(text.replace("–", "-"))
    if ends or not _is_kept_copy(text):
        yield Hit(line, text, "- Lưu: VT, ….")


def _is_kept_copy(text: str) -> bool:
    return text.lstrip("-– ").startswith("Lưu")
