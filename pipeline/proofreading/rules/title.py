"""Kind, abstract, "V/v", addressees and bases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.proofreading.line import Line
from pipeline.proofreading.rules.rule import Case, Fault, Hit, Norm, faults, misset

_ASKS_ABOVE = {"tờ trình"}
_DASH = ("-", "–")
_ENDS = (".", ":", ";", ",")
_ABOUT = ("V/v ", "“V/v ", '"V/v ', "(V/v ")
_KIND = re.compile(r"(?:Sở|Bộ|Ban|Cục|Công an|Công ty|Trường|Tỉnh đoàn|Ủy ban nhân dân|UBND) (?=[^\W\d_])")
# B Á O  C Á O
_SPACED = re.compile(r"(?:\S\s+){2,}\S")
_GAP, _GAP_SLACK = 6, 0.3


def kind_style(case: Case) -> Iterator[Hit]:
    """The kind: capitals, bold, upright, centred."""
    if (kind := case.parts.kind) is not None:
        spaced = (Fault("spaced"),) if _SPACED.fullmatch(kind.text) else ()
        yield from _with_end(kind, kind, Norm(case.form.kind, True, False, True, centred=True), spaced)


def abstract_style(case: Case) -> Iterator[Hit]:
    """The abstract: bold, upright, small letters, centred."""
    lines = case.parts.abstract
    for line in lines:
        yield from _with_end(line, lines[-1], Norm(case.form.abstract, True, False, False, centred=True))


def _with_end(line: Line, last: Line, norm: Norm, more: tuple[Fault, ...] = ()) -> Iterator[Hit]:
    """The look of a line of the title, and a sign at the end of the last one, where none belongs."""
    end = (Fault("ends", line.text[-1]),) if line is last and line.text.endswith(_ENDS) else ()
    if found := (*faults(line, norm), *more, *end):
        yield Hit(line, faults=found)


def reference_style(case: Case) -> Iterator[Hit]:
    """What a letter is about: begins with "V/v", its size, not bold, upright (state) or italic (Union), centred."""
    form = case.form
    lines = case.parts.head.reference if case.parts.is_letter else ()
    norm = Norm(form.reference, False, form.reference_italic, centred=True)
    for line in lines:
        slips = [*faults(line, norm), *(_opening(line, case) if line is lines[0] else ())]
        if slips:
            yield Hit(line, faults=tuple(slips))


def _opening(line: Line, case: Case) -> Iterator[Fault]:
    """ "V/v" as the first words, 6 points below the number."""
    if not line.text.startswith(_ABOUT):
        yield Fault("about", line.text[:8])
    number, gap = case.parts.head.number, case.form.reference_gap
    cell = line.area is not None and line.area.kind == "cell"
    follows = cell and number is not None and number.area == line.area and line.number == number.number + 1
    if follows and number is not None and line.first and number.shape.after + line.shape.before < gap - _GAP_SLACK:
        yield Fault("gap", number.shape.after + line.shape.before, gap)


# ---- addressees -----------------------------------------------------------------------------------------------------


def addressed(case: Case) -> Iterator[Hit]:
    """A letter, a request, and a document whose recipients are "as above" name their addressees."""
    parts = case.parts
    invites = any(re.match(r"(?:trân trọng )?kính mời", line.key) for line in parts.body)
    above = any(line.key == "như trên" for line in parts.foot.items) and not invites
    asks = parts.is_letter or (parts.kind is not None and parts.kind.key in _ASKS_ABOVE)
    if parts.to is None and (above or asks):
        yield Hit(parts.kind or next(iter(parts.head.reference), None))


def as_above(case: Case) -> Iterator[Hit]:
    """Where there are addressees, the recipients begin with "- Như trên;"."""
    items = case.parts.foot.items
    if case.parts.to is not None and items and not items[0].key.startswith("như trên"):
        yield Hit(items[0], items[0].text, "- Như trên;")


def addressee_form(case: Case) -> Iterator[Hit]:
    """One addressee on the line of "Kính gửi:"; several each on a line "- …;", the last one "- ….""."""
    to, listed = case.parts.to, case.parts.addressees
    if to is None:
        return
    if not to.text.startswith(("Kính gửi:", "Kính gửi :")) or " :" in to.text[:10]:
        yield Hit(to, to.text[:12], "Kính gửi:")
    if not listed:
        yield Hit(to, to.text, "Kính gửi: …")
    elif len(listed) > 1:
        yield from _several(to, listed)
    elif listed[0][0].startswith(_DASH):
        yield Hit(listed[0][1], listed[0][0], listed[0][0].lstrip("-– "))
    elif "; " in listed[0][0] or _same_kind_twice(listed[0][0]):
        yield Hit(listed[0][1], listed[0][0], "- …;")


def _same_kind_twice(text: str) -> bool:
    """True for "Sở Tài chính, Sở Nội vụ"; "Phòng Văn hóa, Ủy ban nhân dân xã" may be one addressee and its address."""
    kinds = [found[0].lower() for part in text.split(", ") if (found := _KIND.match(part))]
    return len(set(kinds)) < len(kinds)


def _several(to: Line, listed: tuple[tuple[str, Line], ...]) -> Iterator[Hit]:
    """Each on a line of its own below "Kính gửi:", with a dash and its sign; "Đồng kính gửi" is no addressee."""
    last = len(listed) - 1
    for place, (text, line) in enumerate(listed):
        end = "." if place == last else ";"
        if line is to:
            yield Hit(to, to.text, "Kính gửi:")
        elif not text.lower().startswith("đồng kính gửi") and not (text.startswith("-") and text.endswith(end)):
            yield Hit(line, text, f"- …{end}")


def addressee_style(case: Case) -> Iterator[Hit]:
    """ "Kính gửi:" and the addressees have the size of the text."""
    lines = dict.fromkeys(
        line for line in (case.parts.to, *(one for _, one in case.parts.addressees)) if line is not None
    )
    yield from misset(lines, Norm(case.form.body, case.form.to_bold, case.form.to_italic))


# ---- bases ----------------------------------------------------------------------------------------------------------


def basis_style(case: Case) -> Iterator[Hit]:
    """Bases are italic."""
    yield from misset(case.parts.bases, Norm(case.form.body, italic=True))


def basis_ends(case: Case) -> Iterator[Hit]:
    """Every basis ends with a semicolon, the last one as the form says."""
    bases = case.parts.bases
    for place, line in enumerate(bases):
        end = case.form.last_basis if place == len(bases) - 1 else ";"
        if not line.text.endswith(end):
            yield Hit(line, re.sub(r"^.*(?=.{12}$)", "…", line.text), end)
