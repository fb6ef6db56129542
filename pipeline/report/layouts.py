"""How documents look, as data: the state's form, the Youth Union's form, and who issues in which of them.

``STATE`` is Nghị định 30/2020/NĐ-CP, Phụ lục I; ``UNION`` is Hướng dẫn 29-HD/TWĐTN-VP of 29/10/2013. A joint document
follows the form of the agency that leads (Hướng dẫn 29, mục III, khoản 10). Every difference between the forms is here.
"""

from __future__ import annotations

from dataclasses import dataclass

FONT = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Look:
    """Size in points, weight and slant of a part of the frame."""

    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """Lengths in mm, sizes in points; ``key`` names the form's own wordings below ``report.form`` in the locale files.

    ``national``: the lines at the top right, as (locale key, look). ``stars``: three stars under the agency instead of a
    rule. ``ruled_summary``: a solid rule under the abstract, else a broken one. ``decimal_points``: points are 1.1. with
    a title of their own, else a), b), c) … ``addressed_reports``: reports carry Kính gửi, not letters and requests alone.
    ``basis_end``: what closes the last legal basis. ``letter_space``: points between number and abstract of a letter.
    ``drafter_in_symbol``: the drafting unit stands in every symbol (Hướng dẫn 29, mục III, khoản 3.2), not in letters alone.
    ``first_named``: a word of the superiors that are named before the others.
    """

    key: str
    page: tuple[float, float] = (210, 297)
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    header: float = 10
    letterhead: tuple[float, float] = (75, 90)
    national: tuple[tuple[str, Look], ...] = (("nation", Look(12, bold=True)), ("motto", Look(13, bold=True)))
    superior: Look = Look(12)
    agency: Look = Look(12, bold=True)
    stars: bool = False
    number: float = 13
    dateline: float = 13
    kind: float = 14
    summary: float = 14
    ruled_summary: bool = True
    letter_summary: Look = Look(12)
    letter_space: float = 6
    addressed: Look = Look(14)
    addressee: Look = Look(14)
    addressed_reports: bool = True
    body: float = 14
    first_line: float = 12.7
    paragraph_gap: float = 6
    line_spacing: float = 1.15
    basis_end: str = "."
    decimal_points: bool = False
    authority: Look = Look(13, bold=True)
    position: Look = Look(13, bold=True)
    signer: Look = Look(14, bold=True)
    signing_space: float = 64
    recipients: Look = Look(12, bold=True, italic=True)
    recipient: float = 11
    page_number: float = 14
    end_mark: str = "./."
    drafter_in_symbol: bool = False
    first_named: str = ""

    @property
    def width(self) -> float:
        """The width of the text on an upright page."""
        return self.page[0] - self.left - self.right

    @property
    def wide(self) -> float:
        """The width of the text on a lying page."""
        return self.page[1] - self.left - self.right


STATE = Form("nd30")
UNION = Form(
    "doan",
    right=20,
    letterhead=(82, 78),
    national=(("union", Look(15, bold=True)),),
    superior=Look(14),
    agency=Look(14, bold=True),
    stars=True,
    number=14,
    dateline=13,
    kind=16,
    ruled_summary=False,
    letter_summary=Look(12, italic=True),
    letter_space=0,
    addressed=Look(14, bold=True, italic=True),
    addressee=Look(14, bold=True),
    addressed_reports=False,
    basis_end=",",
    decimal_points=True,
    authority=Look(14, bold=True),
    position=Look(14),
    recipients=Look(13, bold=True),
    end_mark=".",
    drafter_in_symbol=True,
    first_named="Đoàn",
)
FORMS = {"so": STATE, "tinh_doan": UNION}
"""The form of a document by the agency that issues or leads it."""

LAYOUTS: dict[str, tuple[str, ...]] = {"nd30": ("so",), "doan": ("tinh_doan",), "lien_tich": ("lead", "partner")}
"""Who issues, by the value of ``report.layout`` in config.toml: keys of agencies, or their parts in a joint document."""
