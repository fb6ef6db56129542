"""The documents that can be made: another one is one narrative template and one line in ``DOCUMENTS``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.config import Config
from pipeline.report.annexes.letters import reminded
from pipeline.report.material import Material


class Moment(StrEnum):
    """When a document is written: with every run, while units have not sent, when people are nominated, with the
    blank templates, or only when it is asked for.
    """

    RUN = "run"
    MISSING = "missing"
    NOMINATIONS = "nominations"
    TEMPLATES = "templates"
    ASKED = "asked"


def _nominated(material: Material) -> Sequence[object]:
    return material.nominations


NEEDED: Mapping[Moment, tuple[Callable[[Material], Sequence[object]], str]] = {
    Moment.MISSING: (reminded, "nobody_reminded"),
    Moment.NOMINATIONS: (_nominated, "nobody_nominated"),
}
"""Of whom a document must find somebody, and the error that says there is nobody; by its moment."""


@dataclass(frozen=True, slots=True)
class Document:
    """``file``: below the year's output folder, {year}, {next}, {first} and {last} filled in; ``annexes``: keys of
    ``annexes.ANNEXES``; ``letter``: laid out by ``report.letter_layout``, else by ``report.layout``.
    """

    key: str
    narrative: str
    file: str
    moment: Moment
    annexes: tuple[str, ...] = ()
    letter: bool = False

    @property
    def over_years(self) -> bool:
        """True when it tells the figures of several years."""
        return "by_year" in self.annexes

    @property
    def passing(self) -> bool:
        """True when it has its time: a run that writes it no more takes it away."""
        return self.moment in NEEDED

    @property
    def of_run(self) -> bool:
        """True when a run writes it, at least while it finds somebody."""
        return self.moment is Moment.RUN or self.passing

    def lacks(self, material: Material) -> str:
        """The error that says whom it does not find, "" where it can be made."""
        people, error = NEEDED.get(self.moment, (lambda _: (self,), ""))
        return "" if people(material) else error

    def one_each(self, config: Config) -> bool:
        """True when it is a letter to each unit by itself."""
        return self.moment is Moment.MISSING and config.report.reminder != "one"

    def named(self, year: int, span: tuple[int, int]) -> str:
        """Its file for a year, or for the span of years that it is over."""
        return self.file.format(year=year, next=year + 1, first=span[0], last=span[1])

    def span_of(self, file: str) -> tuple[int, int] | None:
        """The years that a file of it is over, as its name tells; None for a file of another document."""
        pattern = re.escape(self.file).replace(r"\{first\}", r"(\d{4})").replace(r"\{last\}", r"(\d{4})")
        found = re.fullmatch(pattern, file)
        return (int(found[1]), int(found[2])) if self.over_years and found else None


DOCUMENTS = (
    Document("annual", "bao-cao-nam.md.j2", "Bao-cao-{year}.docx", Moment.RUN, ("indicators", "units", "submissions")),
    Document("plan", "ke-hoach.md.j2", "van-ban/Ke-hoach-phoi-hop-{next}.docx", Moment.RUN, ("activities", "plans")),
    Document("cover", "cong-van-gui-bieu.md.j2", "van-ban/Cong-van-gui-bieu-{year}.docx", Moment.TEMPLATES,
             ("addressed_units",), letter=True),
    Document("reminder", "cong-van-don-doc.md.j2", "van-ban/Cong-van-don-doc-{year}.docx", Moment.MISSING,
             ("reminded_units",), letter=True),
    Document("awards", "to-trinh-khen-thuong.md.j2", "khen-thuong/To-trinh-khen-thuong-{year}.docx", Moment.NOMINATIONS,
             ("nominated", "reasons")),
    Document("period", "bao-cao-giai-doan.md.j2", "Bao-cao-{first}-{last}.docx", Moment.ASKED, ("by_year", "sources")),
)  # fmt: skip


def letters_of(document: Document, material: Material) -> dict[str, Material]:
    """File name -> material: one document, or one reminder for each unit where the configuration asks for it."""
    year = material.config.year
    name = document.named(year, (material.period.first, material.period.last) if material.period else (year, year))
    if not document.one_each(material.config):
        return {name: material}
    stem, dot, ending = name.rpartition(".")
    units = [material.catalogue.unit(one.unit) for one in reminded(material)]
    return {f"{stem} - {unit.code}{dot}{ending}": replace(material, unit=unit) for unit in units if unit}
