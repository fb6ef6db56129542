"""Which text of one list became which of another: pairs in order, likeness decides where nothing is equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain

from rapidfuzz import fuzz

LIKE = 50.0
"""Texts less alike than this, in percent, are two different texts."""

Pair = tuple[int | None, int | None]


def align(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """Places in the two lists side by side, in order; None on one side where the other has nothing like it."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, from_, to in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(range(start, end), range(from_, to), strict=True)
        else:
            for one, other in _most_alike(old[start:end], new[from_:to]):
                yield (None if one is None else one + start, None if other is None else other + from_)


def partners(old: Sequence[str], new: Sequence[str]) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Place in the old list -> place in the new one; place in the old list (-1: before all) -> what was put in after it."""
    paired: dict[int, int] = {}
    added: dict[int, list[int]] = {}
    last = -1
    for one, other in align(old, new):
        if one is not None:
            last = one
        if one is not None and other is not None:
            paired[one] = other
        elif other is not None:
            added.setdefault(last, []).append(other)
    return paired, added


def partners_anywhere(old: Sequence[str], new: Sequence[str]) -> tuple[dict[int, int], dict[int, list[int]]]:
    """The same; and equal texts that stand in another order, such as moved columns, are partners as well."""
    paired, added = partners(old, new)
    free = [place for places in added.values() for place in places]
    for one in (one for one in range(len(old)) if one not in paired):
        if (other := next((place for place in free if new[place] == old[one]), None)) is not None:
            paired[one] = other
            free.remove(other)
    left = {one: [place for place in places if place in free] for one, places in added.items()}
    return paired, {one: places for one, places in left.items() if places}


def _most_alike(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """The pairs in order whose likeness adds up to most, as two texts are aligned letter by letter."""
    like = [[fuzz.ratio(one, other, score_cutoff=LIKE) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = like[i][j] + best[i + 1][j + 1] if like[i][j] else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if like[i][j] and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield i, None
            i += 1
        else:
            yield None, j
            j += 1
    yield from chain(((k, None) for k in range(i, len(old))), ((None, k) for k in range(j, len(new))))
