"""Ways of saying things in a rehearsal workbook, and made-up people."""

from __future__ import annotations

from random import Random

from pipeline.catalogue import Unit
from pipeline.text import has, say


def words(key: str, lang: str, **values: object) -> tuple[str, ...]:
    """The ways of saying something, from the locale file."""
    return tuple(say(f"rehearsal.{key}", lang, **values).split(" | "))


def person(chance: Random, lang: str) -> str:
    """A made-up name."""
    return " ".join(chance.choice(words(f"people.{part}", lang)) for part in ("surnames", "middles", "given"))


def place_of(unit: Unit, chance: Random, lang: str) -> str:
    """One of the places where a unit holds its events."""
    own = f"places.{unit.code}"
    return chance.choice(words(own if has(f"rehearsal.{own}", lang) else "places.office", lang))
