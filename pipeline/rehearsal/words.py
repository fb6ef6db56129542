"""Ways of saying things in a rehearsal workbook, and made-up people."""

from __future__ import annotations

from random import Random

from pipeline.catalogue import Unit
from pipeline.text import has, say

# Of each, men and women have equally many in the locale file.
NAME_PARTS = ("middles", "given")


def words(key: str, lang: str, **values: object) -> tuple[str, ...]:
    """The ways of saying something, from the locale file."""
    return tuple(say(f"rehearsal.{key}", lang, **values).split(" | "))


def names(chance: Random, lang: str) -> tuple[str, str]:
    """A made-up person's name, as a man's and as a woman's."""
    surname = chance.choice(words("people.surnames", lang))
    places = [chance.randrange(len(words(f"people.men.{part}", lang))) for part in NAME_PARTS]
    man, woman = (
        " ".join(
            [surname, *(words(f"people.{who}.{part}", lang)[at] for part, at in zip(NAME_PARTS, places, strict=True))]
        )
        for who in ("men", "women")
    )
    return man, woman


def place_of(unit: Unit, chance: Random, lang: str) -> str:
    """One of the places where a unit holds its events."""
    own = f"places.{unit.code}"
    return chance.choice(words(own if has(f"rehearsal.{own}", lang) else "places.office", lang))
