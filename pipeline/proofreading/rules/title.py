"""Kind, abstract, "V/v", addressees and bases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.proofreading.rules.rule import Case, Hit, Norm, misset

_ASKS_ABOVE = {"tờ trình"}
_DASH = ("-", "–")


def kind_style(case: Case) -> Iterator[Hit]:
    """The kind: capitals, bold, upright, centred."""
    yield from misset([case.parts.kind], Norm(case.form.kind, True, False, True, centred=True))


def abstract_style(case: Case) -> Iterator[Hit]:
    """The abstract: bold, upright, small letters, centred."""
    yield from misset(case.parts.abstract, Norm(case.form.abstract, True, False, False, centred=True))


def reference_style(case: Case) -> Iterator[Hit]:
    """What a letter is about: its size, not bold, upright (state) or italic (Union), in the middle of its column."""
    form = case.form
    lines = case.parts.head.reference if case.parts.is_letter else ()
    yield from misset(lines, Norm(form.reference, False, form.reference_italic, centred=True))


# ---- addressees -----------------------------------------------------------------------------------------------------


def addressed(case: Case) -> Iterator[Hit]:
    """A letter, a request, and a document whose recipients are "as above" name their addressees."""
    parts = case.parts
    above = any(line.key == "như trên" for line in parts.foot.items)
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
        last = len(listed) - 1
        for place, (text, line) in enumerate(listed):
            end = "." if place == last else ";"
            if not _goes_on(listed, place) and (not text.startswith("-") or not text.endswith(end)):
                yield Hit(line, text, f"- …{end}")
    elif listed[0][0].startswith(_DASH):
        yield Hit(listed[0][1], listed[0][0], listed[0][0].lstrip("-– "))


def _goes_on(listed: tuple[tuple[str, object], ...], place: int) -> bool:
    """True for "Đồng kính gửi" and for lines of a list that such a line follows."""
    return listed[place][0].lower().startswith("đồng kính gửi")


def addressee_style(case: Case) -> Iterator[Hit]:
    """ "Kính gửi:" and the addressees have the size of the text."""
    lines = dict.fromkeys(
        line for line in (case.parts.to, *(one for _, one in case.parts.addressees)) if line is not None
    )
    yield from misset(lines, Norm(case.form.body, italic=False if case.form.key == "nd30" else None))


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
