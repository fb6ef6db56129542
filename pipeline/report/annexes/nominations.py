"""Who is nominated: personal data, so only in the request's own file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, groupby

from pipeline.criteria import verdict_in_words
from pipeline.model import Nomination
from pipeline.report.annexes.annex import ROMAN, Annex, columns_of, say_of
from pipeline.report.language import LANG
from pipeline.report.material import Material
from pipeline.report.tables import Row, Table
from pipeline.text import DASH, say, short_date


def nominated(material: Material) -> Annex | None:
    """Everybody nominated, by medal, with what the criteria say; nobody is left out."""
    if not material.nominations:
        return None
    widths = (
        (9, "center"), (31, "left"), (11, "center"), (21, "center"), (38, "left"), (22, "center"), (32, "left"),
        (13, "center"), (40, "left"), (17, "left"), (18, "center"),
    )  # fmt: skip
    title = say_of("nominated.title", year=str(material.figures.year))
    table = Table(title, columns_of("nominated", widths, {}), tuple(_rows(material.nominations)))
    return Annex(title, (("", table),), say_of("nominated.note"))


def _rows(nominations: Sequence[Nomination]) -> Iterator[Row]:
    number = count(1)
    for place, (award, people) in enumerate(groupby(nominations, key=lambda one: one.award)):
        yield Row((ROMAN[place], say_of("nominated.medal", award=award or DASH)), group=True)
        yield from (_row(next(number), one) for one in people)


def _row(number: int, one: Nomination) -> Row:
    told = (one.name, one.gender, short_date(one.born) if one.born else DASH, one.position, one.category, one.service)
    years = DASH if one.years_total is None else str(one.years_total)
    return Row(
        (str(number), *(text or DASH for text in told), years, one.achievements or DASH, one.discipline or DASH,
         verdict_in_words(one, LANG))
    )  # fmt: skip


def reasons(material: Material) -> Annex | None:
    """Why somebody does not fulfil the criteria, or what is missing, person by person."""
    open_ones = [one for one in material.nominations if one.reasons]
    if not open_ones:
        return None
    widths = ((12, "center"), (44, "left"), (52, "left"), (34, "center"), (110, "left"))
    title = say_of("reasons.title", year=str(material.figures.year))
    rows = tuple(_reasons_row(number, one, material) for number, one in enumerate(open_ones, 1))
    return Annex(title, (("", Table(title, columns_of("reasons", widths, {}), rows)),), say_of("reasons.note"))


def _reasons_row(number: int, one: Nomination, material: Material) -> Row:
    told = " ".join(say(key, LANG, **values) for key, values in one.reasons)
    unit = material.catalogue.unit_name(one.unit)
    return Row((str(number), one.name or DASH, unit, verdict_in_words(one, LANG), told))
