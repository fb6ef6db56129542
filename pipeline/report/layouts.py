"""How a document looks, as data: page, sizes, columns. One layout is one value of ``report.layout`` in config.toml."""

from __future__ import annotations

from dataclasses import dataclass

FONT = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Layout:
    """Lengths in mm, sizes in points. The sizes of the letterhead move together: Nghị định 30, Phụ lục I, note 1."""

    page: tuple[float, float] = (210, 297)
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    header: float = 10
    letterhead: tuple[float, float] = (75, 90)
    signatures: tuple[float, float] = (82.5, 82.5)
    national_name: float = 12
    motto: float = 13
    dateline: float = 13
    agency: float = 12
    number: float = 13
    body: float = 14
    signature: float = 13
    page_number: float = 14
    first_line: float = 12.7
    paragraph_gap: float = 6
    line_spacing: float = 1.15
    agency_rule: float = 30
    motto_rule: float = 56.1
    summary_rule: float = 50
    signing_space: float = 64
    lead_signs_right: bool = True

    @property
    def width(self) -> float:
        """The width of the text on an upright page."""
        return self.page[0] - self.left - self.right

    @property
    def wide(self) -> float:
        """The width of the text on a lying page."""
        return self.page[1] - self.left - self.right


LAYOUTS = {"lien_tich": Layout()}
