"""What each line is: letterhead, number, date, title, addressees, bases, body, signatures, recipients, annexes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile

from pipeline.proofreading import words
from pipeline.proofreading.document import Document
from pipeline.proofreading.foot import Foot, foot_of, is_title
from pipeline.proofreading.forms import DOAN, FORMS, ND30, Form
from pipeline.proofreading.letterhead import LONG, Head, opens, read_head, with_reference
from pipeline.proofreading.line import Line, Rule
from pipeline.proofreading.names import codes_of, is_union, join_of, names_of

_ABSTRACT_LINES = 6
_JOINS = ("-", "–")
# A quotation that goes on for more paragraphs is rather one whose end was forgotten.
_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: its label, the lines of its title, "(Kèm theo …)", all its lines."""

    label: Line
    title: tuple[Line, ...]
    attached: tuple[Line, ...]
    lines: tuple[Line, ...]

    @property
    def number(self) -> str:
        """I, 2, A … as written; "" when it has none."""
        found = words.ANNEX.fullmatch(self.label.key)
        return (found["number"] or "").upper() if found else ""


@dataclass(frozen=True)
class Parts:
    """A document taken apart. ``body`` holds the running text without tables; ``main`` all lines before annexes and
    whatever else begins on a new page after signatures and recipients: a regulation, a list of names, a form.
    """

    form: Form
    joint: bool
    head: Head
    kind: Line | None
    abstract: tuple[Line, ...]
    abstract_rules: tuple[Rule, ...]
    to: Line | None
    addressees: tuple[tuple[str, Line], ...]
    bases: tuple[Line, ...]
    body: tuple[Line, ...]
    foot: Foot
    annexes: tuple[Annex, ...]
    main: tuple[Line, ...]

    @cached_property
    def superiors(self) -> tuple[Line, ...]:
        """The lines of the agency above, when the letterhead names one: light above bold, else what its name tells."""
        names = self.head.names
        light = tuple(takewhile(lambda line: not line.bold, names))
        if light and len(light) < len(names) and not light[-1].text.endswith(_JOINS):
            return light
        groups = names_of(names)
        if len(groups) < 2 or groups[0][-1].text.endswith(_JOINS):
            return ()
        above = groups[0][0].key.startswith(words.SUPERIORS) or (self.form.names_any_superior and not self.joint)
        return groups[0] if above else ()

    @property
    def agencies(self) -> tuple[Line, ...]:
        """The lines of the issuing agencies."""
        return self.head.names[len(self.superiors) :]

    @property
    def is_letter(self) -> bool:
        """True for a công văn: it has no kind but says what it is about below the number."""
        return self.kind is None and bool(self.head.reference)

    @cached_property
    def _where(self) -> dict[int, str]:
        head, foot = self.head, self.foot
        groups: dict[str, Iterable[Line | None]] = {
            "body": self.body,
            "letterhead": (head.nation, head.motto, head.union, head.number, head.date, *head.names, *head.reference),
            "title": (self.kind, *self.abstract),
            "addressees": (self.to, *(line for _, line in self.addressees)),
            "bases": self.bases,
            "signatures": (line for block in foot.blocks for line in block.lines),
            "recipients": (foot.label, *foot.items),
            "annex": (line for annex in self.annexes for line in annex.lines),
        }
        return {line.number: part for part, lines in groups.items() for line in lines if line is not None}

    def part_of(self, line: Line) -> str:
        """The part that a line belongs to."""
        return self._where.get(line.number, "text")


def recognise(document: Document, wanted: str = "") -> Parts:
    """Take a document apart; ``wanted``: nd30, doan or lien_tich, else what the letterhead says."""
    lines = document.lines
    begins = [place for place, line in enumerate(lines) if _is_annex(line) and _after_something(lines[:place])]
    until = begins[0] if begins else len(lines)
    main = lines[: _attachment(lines[:until])]
    annexes = tuple(_annex(lines[start:end]) for start, end in pairwise([*begins, len(lines)]))
    head = read_head(main)
    kind_at = _kind(main, head)
    head = head if kind_at is not None else with_reference(head, main)
    form = _form(head, wanted)
    abstract_at = _abstract(main, kind_at)
    after = max((head.end, kind_at if kind_at is not None else -1, *abstract_at))
    foot = foot_of(main, after + 1)
    to, addressees, after = _addressees(main, after, foot.start)
    bases_at = _bases(main, after, foot.start)
    after = max((after, *bases_at))
    kind = main[kind_at] if kind_at is not None else None
    between = main[abstract_at[0] : _text_after(main, abstract_at[-1])] if abstract_at else ()
    return Parts(
        form=form,
        joint=wanted == "lien_tich" or _joint(head, kind, form, foot),
        head=head,
        kind=kind,
        abstract=tuple(main[place] for place in abstract_at),
        abstract_rules=tuple(rule for line in between for rule in line.marks),
        to=to,
        addressees=addressees,
        bases=tuple(main[place] for place in bases_at),
        body=tuple(line for line in main[after + 1 : foot.start] if line.area is None),
        foot=foot,
        annexes=annexes,
        main=main,
    )


def _form(head: Head, wanted: str) -> Form:
    if wanted in FORMS:
        return FORMS[wanted]
    if head.nation is None and (head.union is not None or head.stars is not None):
        return DOAN
    return ND30


def _joint(head: Head, kind: Line | None, form: Form, foot: Foot) -> bool:
    """Two agencies: their names joined by a hyphen, or two codes in the number of a document with a kind; the second of
    one signature alone is that of the unit that drafted it, unless it is the Youth Union's.
    """
    if join_of(head.names):
        return True
    codes = codes_of(head.number)
    second = len(codes) > 2 and (len(foot.blocks) > 1 or is_union(codes[-1]))
    return kind is not None and form.codes_of_agencies and second


# ---- title, addressees, bases ---------------------------------------------------------------------------------------


def _kind(main: Sequence[Line], head: Head) -> int | None:
    unnamed = not with_reference(head, main).reference
    for place, line in enumerate(main[head.end + 1 : head.end + 20], start=head.end + 1):
        if line.key in DOAN.codes or (line.bold and line.capitals and line.key.startswith(tuple(DOAN.codes))):
            return place
        if opens(line) or len(line.text) > LONG or words.BASIS.match(line.key):
            return None
        if unnamed and _names_a_kind(line):
            return place
    return None


def _names_a_kind(line: Line) -> bool:
    """True for PHIẾU TRÌNH, QUY TRÌNH: a title that is none of the kinds that the law lists."""
    other = _numbered(line) or is_title(line) or line.key.startswith(words.BESIDE)
    return _who_decides(line) and line.area is None and not other


def _abstract(main: Sequence[Line], kind_at: int | None) -> tuple[int, ...]:
    """The places of the lines that say what the document is about."""
    places: list[int] = []
    for place in range(kind_at + 1, min(kind_at + 1 + _ABSTRACT_LINES, len(main))) if kind_at is not None else ():
        line = main[place]
        if line.typed_rule or (places and any(rule.how != "underline" for rule in main[places[-1]].marks)):
            break
        if not line.words:
            if places:
                break
            continue
        centred = line.shape.align == "center"
        if opens(line) or _numbered(line) or (words.BASIS.match(line.key) and not centred):
            break
        if not centred and (places or not _looks_like_title(line)):
            break
        places.append(place)
    return tuple(places)


def _looks_like_title(line: Line) -> bool:
    return line.bold or (len(line.text) < 100 and not line.text.endswith((".", ":", ";")))


def _numbered(line: Line) -> bool:
    return any(words.HEADING[kind].fullmatch(line.text) for kind in ("part", "article", "roman", "clause"))


def _text_after(main: Sequence[Line], place: int) -> int:
    """The place of the next line that says something."""
    return next((at for at in range(place + 1, len(main)) if main[at].words), len(main))


def _addressees(main: Sequence[Line], after: int, end: int) -> tuple[Line | None, tuple[tuple[str, Line], ...], int]:
    """The line "Kính gửi:", every addressee as written with its line, and the place of the last of them."""
    for place in range(after + 1, min(after + 12, end)):
        pieces = main[place].pieces()
        label = next((piece for piece in pieces if piece.key.startswith("kính gửi")), None)
        if label is not None:
            rest = label.text[len("Kính gửi") :].lstrip(" :\t")
            own = [(rest, label)] if rest else []
            own += [(piece.text, piece) for piece in pieces if piece is not label]
            listed, last = _listed(main, place, end)
            return label, (*own, *listed), last
        if len(main[place].text) > LONG:
            break
    return None, (), after


def _listed(main: Sequence[Line], place: int, end: int) -> tuple[list[tuple[str, Line]], int]:
    found: list[tuple[str, Line]] = []
    last, cell = place, main[place].area
    for at in range(place + 1, end):
        line = main[at]
        beside = cell is not None and line.area is not None and line.area.place[0] == cell.place[0]
        dashed = line.text.startswith(("-", "–", "+")) or line.key.startswith("đồng kính gửi")
        if dashed or beside or _within_list(line, found[-1][1] if found else None, main[at + 1 : at + 2]):
            if line.words:
                found.append((line.text, line))
                last = at
        elif line.words:
            break
    return found, last


def _within_list(line: Line, above: Line | None, below: Sequence[Line]) -> bool:
    """True for an addressee whose dash was forgotten: set like the one above it, or right before one with a dash."""
    other = above or next(iter(below), None)
    if other is None or not line.text.endswith((";", ".")) or not (above or other.text.startswith("-")):
        return False
    alike = (line.shape.left, line.shape.align) == (other.shape.left, other.shape.align) and line.shape.left > 0
    return alike and (above is None or above.text.endswith(";"))


def _bases(main: Sequence[Line], after: int, end: int) -> tuple[int, ...]:
    """The places of the lines "Căn cứ …;" before the text; one that runs on as a sentence of the text is none."""
    places: list[int] = []
    decided = False
    for place in range(after + 1, end):
        line = main[place]
        if not line.words or (not places and _who_decides(line)):
            decided = decided or line.words
            continue
        fitting = words.BASIS.match(line.key) is not None and not line.text.endswith(":")
        short = len(line.text) < LONG and (bool(places) or decided or _another_basis(main[place + 1 : place + 2]))
        listed = line.text.endswith(";") or line.most("italic") is True or short
        if not (fitting and listed) or (not places and not line.key.startswith("căn cứ")):
            break
        places.append(place)
    return tuple(places)


def _another_basis(below: Sequence[Line]) -> bool:
    """True for "Căn cứ …", "Theo đề nghị …" right below: a list of bases, however each of them ends."""
    return any(line.key.startswith(words.BASES) and not line.text.endswith(":") for line in below)


def _who_decides(line: Line) -> bool:
    """ "GIÁM ĐỐC SỞ …" between the title of a decision and what it rests on: capitals, bold, in the middle."""
    return line.shape.align == "center" and line.bold and line.capitals


# ---- annexes --------------------------------------------------------------------------------------------------------


def _is_annex(line: Line) -> bool:
    return words.ANNEX.fullmatch(line.key) is not None and line.area is None and not line.text.endswith((".", ";", ","))


def _attachment(lines: Sequence[Line]) -> int:
    """The place where something attached begins that is called otherwise than annex; the end when there is nothing."""
    label = next((at for at, line in enumerate(lines) if _is_label(line)), len(lines))
    title = next((at for at, line in enumerate(lines) if any(is_title(piece) for piece in line.pieces())), len(lines))
    last = max(label, title)
    tabled = last < len(lines) and lines[label].area is not None and lines[title].area is not None
    for place in range(last + 1, len(lines)):
        line = lines[place]
        apart = line.new_page or line.section > lines[label].section
        if line.area is None and line.words and (apart or (tabled and _signed(lines[:place]))):
            return place
        if line.key.startswith(words.ATTACHED) and line.shape.align == "center" and line.area is None:
            return _title_above(lines, place)
    return len(lines)


def _signed(lines: Sequence[Line]) -> bool:
    """True when every signature of the last lines has its name: what follows is no part of it."""
    blocks = foot_of(lines, 0).blocks
    return bool(blocks) and all(block.name is not None for block in blocks)


def _is_label(line: Line) -> bool:
    return any(piece.key == words.RECIPIENTS for piece in line.pieces())


def _title_above(lines: Sequence[Line], place: int) -> int:
    """The first line of the centred title that ends at a place."""
    while lines[place - 1].area is None and lines[place - 1].words and lines[place - 1].shape.align == "center":
        place -= 1
    return place


def _after_something(before: Sequence[Line]) -> bool:
    return sum(line.words for line in before) > 3


def _annex(lines: Sequence[Line]) -> Annex:
    title: list[Line] = []
    attached: list[Line] = []
    for line in (one for one in lines[1:12] if one.words):
        if line.key.startswith(words.ATTACHED) or _bracket_open(attached, line):
            attached.append(line)
        elif attached or line.area is not None or (title and line.shape.align != "center"):
            break
        else:
            title.append(line)
    return Annex(lines[0], tuple(title), tuple(attached), tuple(lines))


def _bracket_open(attached: Sequence[Line], line: Line) -> bool:
    """True when "(Kèm theo …" goes on on this line."""
    begun = bool(attached) and attached[0].text.startswith("(") and line.area is None
    return begun and not attached[-1].text.endswith(")")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that begins with a number, letter or dash; ``sign``: what stands between it and the words."""

    kind: str
    number: str
    title: str
    line: Line
    sign: str = ""

    @property
    def ordinal(self) -> str:
        """The number as it counts in its list."""
        return self.number.lower() if self.kind == "point" else self.number


def headings(lines: Iterable[Line]) -> Iterator[Heading]:
    """Every line that begins with a number, letter or dash; a capital letter before capitals is a heading of its own."""
    found = [_heading(line, *match) for line in _own(lines) if (match := next(_matches(line), None)) is not None]
    initials = {id(one) for one in found if _initial(one)}
    listed = [id(one) for one, other in pairwise(found) if {id(one), id(other)} <= initials and _follow(one, other)]
    kept = {*listed, *(id(other) for one, other in pairwise(found) if id(one) in listed)}
    yield from (one for one in found if id(one) not in initials or id(one) in kept)


def _own(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without those that quote another text over several paragraphs: “Điều 7. … 1. … 2. ….”."""
    given = list(lines)
    end = 0
    for place, line in enumerate(given):
        if place < end:
            continue
        end = _quoted_until(given, place)
        if place >= end or not line.text.startswith("“"):
            yield line


def _quoted_until(lines: Sequence[Line], place: int) -> int:
    """The place after a quotation that begins on a line and goes on below; that line itself where there is none, or no end."""
    open_marks = 0
    for at, line in enumerate(lines[place : place + _QUOTED], start=place):
        open_marks += line.text.count("“") - line.text.count("”")
        if open_marks <= 0:
            return at + 1 if at > place else place
    return place


def _heading(line: Line, kind: str, match: re.Match[str]) -> Heading:
    title = match["title"].strip()
    lettered = kind == "point" and match["number"].isupper() and title.isupper()
    return Heading("letter" if lettered else kind, match["number"], title, line, match.groupdict().get("sign") or "")


def _initial(one: Heading) -> bool:
    """True for what may be the initial of a name: "C. Mác cho rằng …", "V.I. Lênin …"."""
    capital = one.kind == "roman" or (one.kind == "point" and one.number.isupper())
    sentence = not one.line.bold and not one.title.isupper() and one.line.text.endswith((".", ";", ",", ":"))
    return capital and one.sign == "." and sentence


def _follow(one: Heading, other: Heading) -> bool:
    """True when one letter or number is the next after the other."""
    for order in (words.ROMAN, tuple(words.LETTERS.upper())):
        if one.number in order and other.number in order:
            return order.index(other.number) == order.index(one.number) + 1
    return False


def _matches(line: Line) -> Iterator[tuple[str, re.Match[str]]]:
    for kind, pattern in words.HEADING.items():
        if match := pattern.fullmatch(line.text):
            yield kind, match
