"""The stock of units that ended within the year: replaced by their successors', standing in for it, or left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pipeline.catalogue import Catalogue
from pipeline.model import Entry


def settle_split(entries: Iterable[Entry], catalogue: Catalogue, cutoff: date) -> tuple[Entry, ...]:
    """The entries with the relations that a year of a split gives them; flows stay as they are and add up."""
    entries = tuple(entries)
    ended = {unit.code: unit for unit in catalogue.ended(cutoff)}
    reported: defaultdict[str, set[str]] = defaultdict(set)
    for one in entries:
        if one.amount is not None:
            reported[one.code].add(one.unit)
    return tuple(
        replace(one, relation=catalogue.after_split(ended[one.unit], one.code, reported[one.code]))
        if one.unit in ended
        else one
        for one in entries
    )
