"""Parts that every document must have."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.proofreading.rules.rule import Case, Hit


def title(case: Case) -> Iterator[Hit]:
    """The national name, or the title of the Union."""
    head = case.parts.head
    if (head.union if case.form.union_head else head.nation) is None:
        yield Hit(None)


def motto(case: Case) -> Iterator[Hit]:
    """The motto."""
    if case.parts.head.nation is not None and case.parts.head.motto is None:
        yield Hit(case.parts.head.nation)


def agency(case: Case) -> Iterator[Hit]:
    """The name of the issuing agency."""
    if not case.parts.agencies:
        yield Hit(None)


def number(case: Case) -> Iterator[Hit]:
    """Number and symbol."""
    if case.parts.head.number is None:
        yield Hit(None)


def date(case: Case) -> Iterator[Hit]:
    """Place and date; minutes tell the time in their text (Nghị định 30, Phụ lục III, mẫu 1.9)."""
    kind = case.parts.kind
    minutes = kind is not None and kind.key.startswith("biên bản") and not case.form.union_head
    if case.parts.head.date is None and not minutes:
        yield Hit(None)


def kind(case: Case) -> Iterator[Hit]:
    """The kind with its abstract, or "V/v" in a letter."""
    parts = case.parts
    if parts.kind is None and not parts.head.reference:
        yield Hit(None)
    elif parts.kind is not None and not parts.abstract:
        yield Hit(parts.kind, values={"fault": "abstract"})


def signature(case: Case) -> Iterator[Hit]:
    """A signature block."""
    if not case.parts.foot.blocks:
        yield Hit(None)


def recipients(case: Case) -> Iterator[Hit]:
    """The recipients, with at least one below their label."""
    foot = case.parts.foot
    if foot.label is None:
        yield Hit(None)
    elif not foot.items:
        yield Hit(foot.label, values={"fault": "empty"})


def document_title(case: Case) -> Iterator[Hit]:
    """The file has a title among its properties."""
    if not case.document.title:
        yield Hit(None)
