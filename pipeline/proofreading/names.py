"""Names of agencies in the letterhead and their codes in the number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.proofreading.line import Line
from pipeline.proofreading.words import BODIES, ORGANISATIONS

_SYMBOL = re.compile(r"số\s*[:.]?[^/]*?(?:-\s*(?P<type>\w+)\s*)?/\s*(?P<codes>.+)", re.IGNORECASE)
_UNION = "ĐTN"


def starts_name(key: str, known: Sequence[str] = BODIES) -> bool:
    """True when a name of an agency begins here."""
    return any(key == one or key.startswith(f"{one} ") for one in known)


def names_of(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Lines -> one group for each agency."""
    groups: list[tuple[Line, ...]] = []
    for line in lines:
        open_end = bool(groups) and groups[-1][-1].key in {"ban chấp hành", "bch", "ủy ban nhân dân", "văn phòng"}
        if groups and (open_end or not starts_name(line.key)):
            groups[-1] = (*groups[-1], line)
        else:
            groups.append((line,))
    return groups


def joined(lines: Sequence[Line]) -> str:
    """The lines as one text."""
    return " ".join(line.text for line in lines)


def join_of(lines: Sequence[Line]) -> tuple[str, str] | None:
    """The two names that a hyphen joins; None when there is one name, which may have a hyphen of its own."""
    text = " ".join(joined(lines).split())
    for found in re.finditer(r"\s?[-–—]\s?", text):
        left, right = text[: found.start()].strip(), text[found.end() :].strip()
        if left and starts_name(right.lower(), ORGANISATIONS):
            return left, right
    return None


def codes_of(number: Line | None) -> tuple[str, ...]:
    """The groups of a symbol: BC, SKHCN, TĐTN of "Số: 05/BC-SKHCN-TĐTN" and of "Số: 05-BC/SKHCN-TĐTN"."""
    found = _SYMBOL.fullmatch(number.text) if number is not None else None
    if found is None:
        return ()
    codes = re.split(r"\s*[-–]\s*", found["codes"].strip(" ."))
    return tuple(code for code in (found["type"] or "", *codes) if code)


def of_union(name: str) -> bool:
    """True for a name of the Youth Union, not of a trade union (liên đoàn)."""
    return "ĐOÀN" in name.upper().replace("LIÊN ĐOÀN", "")


def is_union(code: str) -> bool:
    """True for a code of the Youth Union: ĐTN, TĐTN, TWĐTN."""
    return code.upper().endswith(_UNION)


def fits(code: str, name: str) -> bool:
    """True when a code abbreviates a name: its letters are initials of the name in their order."""
    union = of_union(name)
    if is_union(code) or union:
        return is_union(code) and union
    initials = iter(word[0] for word in re.findall(r"\w+", name.upper()))
    return all(letter in initials for letter in code.upper())
