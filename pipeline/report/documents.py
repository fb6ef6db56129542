"""The documents that can be made: another one is one narrative template and one line in ``DOCUMENTS``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

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
    first, last = (material.period.first, material.period.last) if material.period else (year, year)
    name = document.file.format(year=year, next=year + 1, first=first, last=last)
    if document.moment is not Moment.MISSING or material.config.report.reminder == "one":
        return {name: material}
    stem, dot, ending = name.rpartition(".")
    units = [material.catalogue.unit(one.unit) for one in reminded(material)]
    return {f"{stem} - {unit.code}{dot}{ending}": replace(material, unit=unit) for unit in units if unit}
