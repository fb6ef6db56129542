"""The e-mailed workbooks of a rehearsal: last year's in order, this year's with the usual faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.catalogue import Catalogue, Unit
from pipeline.config import Config
from pipeline.model import PreviousYear
from pipeline.rehearsal.answers import Filled, answers_for
from pipeline.rehearsal.attachments import LOCK_FILE, THUMBNAILS, scanned_page
from pipeline.rehearsal.editing import edited, rearrange, type_event_date, type_figures
from pipeline.text import say

Render = Callable[..., bytes]

# Days before the deadline on which units send, taken in turn.
ON_TIME = (1, 2, 5, 6)
WAYS_TO_NAME = ("by_code", "by_name", "by_mail")
SCAN_NAME = "Thi doan Duyen Hai (ban ky).pdf"
# The corrections in the second version of a unit's workbook.
CORRECTIONS = {"CT01.2": 25, "CT03.4": 4, "CT17.4": 2}


@dataclass(frozen=True)
class Sent:
    """One file of the rehearsal inbox: ``path`` below it with /, ``fault`` is "" for a clean workbook.

    ``truth``: code -> the figure that the unit meant; ``spoiled``: the codes whose cells do not say so.
    """

    path: str
    unit: str
    fault: str
    data: bytes = field(repr=False)
    truth: Mapping[str, Any] = field(default_factory=dict, repr=False)
    spoiled: tuple[str, ...] = ()


@dataclass(frozen=True)
class Desk:
    """What a unit needs to fill in its workbook: one year's catalogue, the template writer, last year's figures."""

    catalogue: Catalogue
    config: Config
    render: Render
    previous: PreviousYear | None = None

    @property
    def lang(self) -> str:
        """The language of the workbooks."""
        return self.config.language

    def answers(self, unit: Unit, round_number: int = 1) -> Filled:
        """The clean answers of a unit."""
        return answers_for(unit, self.catalogue, self.lang, round_number)

    def workbook(self, unit: Unit, answers: Filled | None) -> bytes:
        """A unit's workbook, filled in or blank."""
        return self.render(self.catalogue, self.config, unit, self.previous, answers)

    def name(self, unit: Unit) -> str:
        """The name under which a unit sends its file; people do not agree on one."""
        way = WAYS_TO_NAME[self.catalogue.units.index(unit) % len(WAYS_TO_NAME)]
        return say(f"rehearsal.file.{way}", self.lang, code=unit.code, name=unit.name, year=str(self.catalogue.year))

    def folder(self, unit: Unit) -> str:
        """The dated folder in which a punctual unit's file was saved."""
        before = ON_TIME[self.catalogue.units.index(unit) % len(ON_TIME)]
        if unit.last < self.config.cutoff:
            # A union that ended reported at once, while there were people to do it.
            return f"{unit.last + timedelta(days=10 - before)}"
        return self.day(-before)

    def day(self, after_deadline: int) -> str:
        """The folder of a day, counted from the units' deadline."""
        return f"{self.config.unit_deadline + timedelta(days=after_deadline)}"


Fill = Callable[[Desk, Unit], Iterator[Sent]]


def write_previous_inbox(folder: Path, catalogue: Catalogue, config: Config, render: Render) -> tuple[Sent, ...]:
    """Last year's inbox: every unit sent a clean workbook in time."""
    return fill_clean(folder, Desk(catalogue, config, render), catalogue.units)


def fill_clean(folder: Path, desk: Desk, units: Iterable[Unit]) -> tuple[Sent, ...]:
    """An inbox in which these units sent clean workbooks in time."""
    return _write(folder, [sent for unit in units for sent in _clean(desk, unit)])


def write_inbox(
    folder: Path, whole: Catalogue, config: Config, render: Render, previous: PreviousYear | None
) -> tuple[Sent, ...]:
    """This year's inbox, with the faults of ``FAULTS``; ``whole`` is the catalogue of all years."""
    desk = Desk(whole.for_year(config.year), config, render, previous)
    before = config.model_copy(update={"year": config.year - 1})
    last_year = Desk(whole.for_year(before.year), before, render)
    faults: dict[str, Fill] = {**FAULTS, "TT-DHTV": partial(_last_years_template, last_year)}
    sent = [one for unit in desk.catalogue.units for one in faults.get(unit.code, _clean)(desk, unit)]
    return _write(folder, [*sent, *_system_files(desk)])


def _write(folder: Path, sent: list[Sent]) -> tuple[Sent, ...]:
    for one in sent:
        path = folder / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.data)
    return tuple(sent)


def _clean(desk: Desk, unit: Unit, folder: str = "", fault: str = "") -> Iterator[Sent]:
    answers = desk.answers(unit)
    path = f"{folder or desk.folder(unit)}/{desk.name(unit)}"
    yield Sent(path, unit.code, fault, desk.workbook(unit, answers), truth_of(answers))


def truth_of(answers: Filled) -> dict[str, Any]:
    """Code -> figure of everything that enters totals."""
    typed = {**answers.info, **answers.data}
    return {code: amount for code, amount in typed.items() if isinstance(amount, int | float) and code != "TT10"}


def _missing(desk: Desk, unit: Unit) -> Iterator[Sent]:
    yield from ()


def _late(desk: Desk, unit: Unit) -> Iterator[Sent]:
    yield from _clean(desk, unit, desk.day(3), "late")


def _blank(desk: Desk, unit: Unit) -> Iterator[Sent]:
    name = say("rehearsal.file.blank", desk.lang, name=unit.name)
    yield Sent(f"{desk.folder(unit)}/{name}", unit.code, "blank", desk.workbook(unit, None))


def _copied(desk: Desk, unit: Unit) -> Iterator[Sent]:
    for sent in _clean(desk, unit):
        yield sent
        copy = say("rehearsal.file.copy", desk.lang, stem=sent.path.removesuffix(".xlsx"))
        yield replace(sent, path=copy, fault="copy")


def _corrected_later(desk: Desk, unit: Unit) -> Iterator[Sent]:
    yield from _clean(desk, unit, desk.day(-5), "replaced")
    second = desk.answers(unit, round_number=2)
    data = {**second.data, **{code: _number(second, code) + more for code, more in CORRECTIONS.items()}}
    second = replace(second, data=data)
    name = say("rehearsal.file.second", desk.lang, code=unit.code, name=unit.name)
    yield Sent(f"{desk.day(-1)}/{name}", unit.code, "", desk.workbook(unit, second), truth_of(second))


def _number(answers: Filled, code: str) -> int:
    return int(str(answers.data[code]))


def _spoiled(desk: Desk, unit: Unit) -> Iterator[Sent]:
    answers = desk.answers(unit)
    typed = spoiled_cells(answers, desk.catalogue.year, desk.lang)

    def spoil(book: Any) -> None:
        type_figures(book, desk.lang, typed)
        type_event_date(book, desk.lang, date(desk.catalogue.year - 1, 10, 20))

    data = edited(desk.workbook(unit, answers), spoil)
    path = f"{desk.folder(unit)}/{desk.name(unit)}"
    yield Sent(path, unit.code, "cells", data, truth_of(answers), tuple(typed))


def spoiled_cells(answers: Filled, year: int, lang: str) -> dict[str, object]:
    """What the careless unit typed instead of its figures: one cell for each common fault."""
    return {
        "CT02.3": say("rehearsal.fault.approximate", lang),
        "CT03.2": 1.2,
        "CT04.1": date(year, 5, 12),
        "CT06.3": "#REF!",
        "CT08.1": None,
        "CT09.3": -2,
        "CT12.2": _number(answers, "CT12.1") + 3,
        "CT15.1": say("rehearsal.fault.with_unit", lang),
    }


def _rearranged(desk: Desk, unit: Unit) -> Iterator[Sent]:
    answers = desk.answers(unit)
    data = edited(desk.workbook(unit, answers), partial(rearrange, lang=desk.lang), values_only=True)
    yield Sent(f"{desk.folder(unit)}/Book1.xlsx", unit.code, "rearranged", data, truth_of(answers))


def _with_scan(desk: Desk, unit: Unit) -> Iterator[Sent]:
    yield from _clean(desk, unit)
    yield Sent(f"{desk.folder(unit)}/{SCAN_NAME}", unit.code, "scan", scanned_page())


def _last_years_template(last_year: Desk, desk: Desk, unit: Unit) -> Iterator[Sent]:
    answers = desk.answers(unit)
    data = last_year.workbook(unit, answers)
    yield Sent(f"{desk.folder(unit)}/{desk.name(unit)}", unit.code, "last_year", data, truth_of(answers))


def _system_files(desk: Desk) -> Iterator[Sent]:
    yield Sent(f"{desk.day(-1)}/~$lock.xlsx", "", "system", LOCK_FILE)
    yield Sent("Thumbs.db", "", "system", THUMBNAILS)


FAULTS: Mapping[str, Fill] = {
    "TT-QS": _missing,
    "TT-BP": _blank,
    "TV-845": _copied,
    "TV-846": _corrected_later,
    "TV-847": _rearranged,
    "TV-848": _spoiled,
    "TV-849": _late,
    "TV-851": _with_scan,
}
