"""What a printed document must measure, by Nghị định 30/2020/NĐ-CP and Hướng dẫn 29-HD/TWĐTN-VP; lengths in mm, sizes in points.

The numbers are those of the two texts, not those of the program: each rule yields what is wrong, in words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from tests.measuring import MM, Line, Rule, Sheet

NEAR = 0.5
LEFT, TOP, BOTTOM, INDENT = 30.0, 20.0, 20.0, 12.7
LINE = 14 * 1.15 * 1.15 * MM
"""From line to line: 14 points, Times New Roman's own 1,15 and the 1,15 of both forms."""
GAP = 6 * MM
RED = (1.0, 0.0, 0.0)
DRAFT_RED = (0.75, 0.0, 0.0)
CHART_TITLE, CHART_TEXTS = (12, True, False), ((10, False, False), (11, False, False))
LONG = 6
BOXES = {"KHẨN": 20.0, "HỎA TỐC": 30.0, "THƯỢNG KHẨN": 40.0}
Look = tuple[float, bool, bool]


@dataclass(frozen=True)
class Spec:
    """One of the two forms. ``columns``: of the letterhead; looks are (size, bold, italic)."""

    right: float
    columns: tuple[float, float]
    national: tuple[tuple[str, Look], ...]
    superior: Look
    agency: Look
    stars: bool
    number: float
    kind: float
    letter_summary: Look
    letter_gap: float
    addressed: Look
    addressee: Look
    position_bold: bool
    recipients: Look

    @property
    def text_right(self) -> float:
        return 210 - self.right

    @property
    def centre(self) -> float:
        return (LEFT + self.text_right) / 2


STATE = Spec(
    right=15, columns=(75, 90),
    national=(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, True, False)), ("Độc lập - Tự do - Hạnh phúc", (13, True, False))),
    superior=(12, False, False), agency=(12, True, False), stars=False, number=13, kind=14,
    letter_summary=(12, False, False), letter_gap=6, addressed=(14, False, False), addressee=(14, False, False),
    position_bold=True, recipients=(12, True, True),
)  # fmt: skip
UNION = Spec(
    right=20, columns=(82, 78), national=(("ĐOÀN TNCS HỒ CHÍ MINH", (15, True, False)),),
    superior=(14, False, False), agency=(14, True, False), stars=True, number=14, kind=16,
    letter_summary=(12, False, True), letter_gap=0, addressed=(14, True, True), addressee=(14, True, False),
    position_bold=False, recipients=(13, True, False),
)  # fmt: skip


@dataclass(frozen=True)
class Printed:
    """A document on paper and what it is known to say: ``agencies`` as one line of the letterhead, ``titles`` the words of
    each signature block above the name, ``signers`` the names, left block first; ``tables``: the letters of every row.
    """

    name: str
    sheets: list[Sheet]
    spec: Spec
    kind: str
    agencies: str
    titles: tuple[str, ...]
    signers: tuple[str, ...]
    superior: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    urgency: str = ""
    charts: int = 0
    tables: tuple[Counter[str], ...] = field(default=(), repr=False)

    @property
    def joint(self) -> bool:
        return len(self.signers) > 1

    @cached_property
    def boundary(self) -> float:
        """Where the right column of the letterhead begins; a long place and date make it wider."""
        dates = [line for line in self.sheets[0].lines if ", ngày " in line.text and (13, False, True) in line.looks]
        return self.spec.text_right - max([self.spec.columns[1], *(line.width + 0.5 for line in dates[:1])])

    @property
    def left_centre(self) -> float:
        return (LEFT + self.boundary) / 2

    @property
    def right_centre(self) -> float:
        return (self.boundary + self.spec.text_right) / 2

    @cached_property
    def upright(self) -> list[Sheet]:
        """The pages before the first annex."""
        first = next((n for n, sheet in enumerate(self.sheets) if starts_annex(sheet)), len(self.sheets))
        return self.sheets[:first]

    @cached_property
    def number(self) -> Line:
        return _known(self.sheets[0].starting("Số:"))

    @cached_property
    def signed(self) -> tuple[int, tuple[Line, ...]]:
        """The page of the names, and the names on it, left to right."""
        for place, sheet in reversed(list(enumerate(self.upright))):
            found = [line for name in self.signers for line in sheet.lines if line.text == name]
            if found:
                return place, tuple(sorted(found, key=lambda line: line.x0))
        raise LookupError("nobody signs")

    @cached_property
    def foot(self) -> list[Line]:
        """Every line of signatures and recipients on the page of the names."""
        place, names = self.signed
        lines = self.upright[place].lines
        above = [line for line in lines if line.baseline < names[0].baseline and line.x0 > LEFT + NEAR]
        starts = [
            max((one.baseline for one in above if title.startswith(one.text)), default=names[0].baseline)
            for title in self.titles
        ]
        starts += [line.baseline for line in lines if line.text == "Nơi nhận:"]
        return [line for line in lines if line.baseline > min(starts) - 0.1]

    @cached_property
    def body(self) -> list[tuple[int, Line]]:
        """Every line of the text and its page, from below the head to above the signatures."""
        place, _ = self.signed
        end = self.foot[0].baseline
        start = self._head_end()
        return [
            (n, line)
            for n, sheet in enumerate(self.upright[: place + 1])
            for line in sheet.lines
            if (n > 0 or line.baseline > start) and (n < place or line.baseline < end - 0.1) and not self.of_chart(line)
        ]

    def of_chart(self, line: Line) -> bool:
        """Whether a line stands in a chart: its title, its axes, its amounts."""
        return bool(self.charts) and line.looks <= {CHART_TITLE, *CHART_TEXTS}

    def _head_end(self) -> float:
        """The height of the first line of the text, which is the first that is set in from the margin and not bold."""
        edge, below = LEFT + INDENT, self.number.baseline + 4
        starts = (
            line.baseline - 0.1
            for line in self.sheets[0].lines
            if line.baseline > below
            and abs(line.x0 - edge) < NEAR
            and {(s, b) for s, b, _ in line.looks} == {(14, False)}
        )
        return next(starts, below)


def starts_annex(sheet: Sheet) -> bool:
    """Whether an annex begins on a page."""
    return bool(sheet.lines) and re.fullmatch(r"Phụ lục( [IVX]+)?", sheet.lines[0].text) is not None


def faults(printed: Printed) -> list[str]:
    """What is wrong, each as "document: rule: what was measured"."""
    return [f"{printed.name}: {rule.__name__}: {fault}" for rule in RULES for fault in _said(rule, printed)]


def _said(rule: Callable[[Printed], Iterator[str]], printed: Printed) -> list[str]:
    try:
        return list(rule(printed))
    except LookupError as error:
        return [f"nothing to measure: {error}"]


def page_size(printed: Printed) -> Iterator[str]:
    for n, sheet in enumerate(printed.sheets, 1):
        wanted = (297, 210) if sheet.lying else (210, 297)
        if abs(sheet.width - wanted[0]) > 0.2 or abs(sheet.height - wanted[1]) > 0.2:
            yield f"page {n} is {sheet.width:.1f} x {sheet.height:.1f}"


def margins(printed: Printed) -> Iterator[str]:
    """Nothing stands outside the margins but the page number; text, rules and tables alike."""
    for n, sheet in enumerate(printed.sheets, 1):
        right, bottom = sheet.width - printed.spec.right, sheet.height - BOTTOM
        for line in sheet.lines:
            if line.x0 < LEFT - NEAR or line.x1 > right + NEAR or line.baseline > bottom:
                yield f"page {n}: “{line.text[:40]}” from {line.x0:.1f} to {line.x1:.1f}, at {line.baseline:.1f}"
        for rule in sheet.rules:
            if rule.x0 < LEFT - NEAR or rule.x1 > right + NEAR or rule.y1 > bottom + NEAR:
                yield f"page {n}: a rule from {rule.x0:.1f} to {rule.x1:.1f}, down to {rule.y1:.1f}"


def typeface(printed: Printed) -> Iterator[str]:
    for n, sheet in enumerate(printed.sheets, 1):
        faces = {face for line in (*sheet.head, *sheet.lines) for face in line.faces}
        foreign = {face for face in faces if not face.startswith(("LiberationSerif", "TimesNewRoman"))}
        if foreign:
            yield f"page {n} has {sorted(foreign)}"


def page_numbers(printed: Printed) -> Iterator[str]:
    """Centred in the top margin, 14 points, none on the first page, from 1 again in every annex."""
    own = 0
    for n, sheet in enumerate(printed.sheets, 1):
        own = 1 if n == 1 or starts_annex(sheet) else own + 1
        shown = [line for line in sheet.head if line.text.isdigit()]
        if own == 1:
            yield from (f"page {n} shows {line.text}" for line in shown)
            continue
        centre = (LEFT + sheet.width - printed.spec.right) / 2
        if [line.text for line in shown] != [str(own)]:
            yield f"page {n} shows {[line.text for line in shown]} instead of {own}"
        elif abs(shown[0].centre - centre) > NEAR or shown[0].looks != {(14, False, False)}:
            yield f"page {n}: its number stands at {shown[0].centre:.1f}, {shown[0].looks}"


def no_blank_page(printed: Printed) -> Iterator[str]:
    yield from (f"page {n} is blank" for n, sheet in enumerate(printed.sheets, 1) if not sheet.lines)


def national_lines(printed: Printed) -> Iterator[str]:
    """Each on one line, in its look, in the middle of the right column; below the last a rule as long as its text."""
    spec = printed.spec
    right = [line for line in _head_of(printed) if line.centre > printed.boundary]
    if [line.text for line in right] != [text for text, _ in spec.national]:
        yield f"reads {[line.text for line in right]}"
        return
    for line, (text, look) in zip(right, spec.national, strict=True):
        if line.looks != {look}:
            yield f"{text} is set in {line.looks}"
        yield from _centred(line, printed.right_centre)
    rule = _rule_below(printed.sheets[0], right[-1])
    if rule is None or abs(rule.length - right[-1].width) > NEAR:
        yield f"a rule of {rule and round(rule.length, 1)} below {right[-1].width:.1f} mm of text"
    else:
        yield from _centred(rule, printed.right_centre)


def agencies(printed: Printed) -> Iterator[str]:
    """Names in the middle of the left column, below them a rule of 1/3 to 1/2 of the longest line, or three stars."""
    spec = printed.spec
    left = [line for line in _head_of(printed) if line.centre < printed.boundary and DRAFT_RED not in line.colours]
    stars = [line for line in left if line.text == "***"]
    above = [line for line in left if line.looks == {spec.superior}] if printed.superior else []
    names = [line for line in left if line not in (*stars, *above)]
    for line in left:
        yield from _centred(line, printed.left_centre)
    if " ".join(line.text for line in above) != printed.superior:
        yield f"the superior agency reads {[line.text for line in above]}"
    if " ".join(line.text for line in names) != printed.agencies:
        yield f"reads {[line.text for line in names]}"
    if {look for line in names for look in line.looks} != {spec.agency}:
        yield f"set in {[line.looks for line in names]}"
    if bool(stars) != spec.stars:
        yield f"{len(stars)} lines of stars"
    if not spec.stars:
        yield from _short_rule(printed.sheets[0], names[-1], max(line.width for line in names))


def number_and_date(printed: Printed) -> Iterator[str]:
    spec, number = printed.spec, printed.number
    dates = [
        line for line in printed.sheets[0].lines if abs(line.baseline - number.baseline) <= NEAR and line != number
    ]
    if [bool(re.fullmatch(r".+, ngày +(\d\d)? *tháng +((0?\d|1\d) +)?năm \d{4}", line.text)) for line in dates] != [
        True
    ]:
        yield f"beside the number stands {[line.text for line in dates]}"
        return
    for line, centre, look in ((number, printed.left_centre, (spec.number, False, False)), (dates[0], printed.right_centre, (13, False, True))):  # fmt: skip
        yield from _centred(line, centre)
        if line.looks != {look}:
            yield f"“{line.text}” is set in {line.looks}"


def title(printed: Printed) -> Iterator[str]:
    """Kind and abstract across the page, below them a rule of 1/3 to 1/2 of the last line, or a broken line."""
    if not printed.kind:
        return
    spec, lines = printed.spec, printed.sheets[0].lines
    at = next((n for n, line in enumerate(lines) if line.text == printed.kind), None)
    if at is None or lines[at].looks != {(spec.kind, True, False)}:
        yield f"{printed.kind} is missing or set in {at is not None and lines[at].looks}"
        return
    summary = []
    for line in lines[at + 1 :]:
        if line.looks != {(14, True, False)} or abs(line.centre - spec.centre) > 5:
            break
        summary.append(line)
    for line in (lines[at], *summary):
        yield from _centred(line, spec.centre)
    if not summary:
        yield "no abstract below the kind"
    elif not spec.stars:
        yield from _short_rule(printed.sheets[0], summary[-1])
    elif lines[at + len(summary) + 1].text != "-------":
        yield "no broken line below the abstract"
    else:
        yield from _centred(lines[at + len(summary) + 1], spec.centre)


def letter_summary(printed: Printed) -> Iterator[str]:
    """V/v below the number: its look, its middle and its distance."""
    if printed.kind:
        return
    spec = printed.spec
    mark = "“V/v " if spec.stars else "V/v "
    first = printed.sheets[0].starting(mark)
    if first is None:
        yield f"no line starts with {mark}"
        return
    size = spec.letter_summary[0]
    wanted = (0.216 * spec.number + 0.891 * size + spec.letter_gap) * MM
    if abs(first.baseline - printed.number.baseline - wanted) > NEAR:
        yield f"{first.baseline - printed.number.baseline:.1f} below the number instead of {wanted:.1f}"
    below = [line for line in printed.sheets[0].lines if 0 <= line.baseline - first.baseline < 30 and line.looks == {spec.letter_summary}]  # fmt: skip
    if first not in below:
        yield f"set in {first.looks}"
    for line in below:
        yield from _centred(line, printed.left_centre)


def addressees(printed: Printed) -> Iterator[str]:
    """One on the line of Kính gửi; several below it, their dashes under the colon, ";" after each but the last."""
    if not printed.addressees:
        return
    spec, first = printed.spec, printed.sheets[0]
    to = first.starting("Kính gửi:")
    if to is None:
        yield "no Kính gửi"
        return
    if len(printed.addressees) == 1:
        if " ".join(to.text.split()) != f"Kính gửi: {printed.addressees[0]}.":
            yield f"reads “{to.text}”"
        return
    if to.looks != {spec.addressed}:
        yield f"set in {to.looks}"
    dashes = [line for line in first.lines if line.text.startswith("- ") and abs(line.x0 - to.x_of(":")) <= NEAR]
    told = " ".join(line.text for line in first.lines if line.baseline > to.baseline and line.looks == {spec.addressee})
    wanted = "; ".join(f"- {name}" for name in printed.addressees) + "."
    if len(dashes) != len(printed.addressees):
        yield f"{len(dashes)} dashes of {len(printed.addressees)} stand under the colon at {to.x_of(':'):.1f}"
    if not told.startswith(wanted):
        yield f"reads “{told[:200]}”"


def urgency(printed: Printed) -> Iterator[str]:
    """A red box, 8 mm high and 20, 30 or 40 mm wide, with red capitals of 13 points in it."""
    boxes = [rule for rule in printed.sheets[0].rules if rule.colour == RED]
    if not printed.urgency:
        yield from ["a red box where nothing is urgent"] if boxes else []
        return
    words = printed.sheets[0].starting(printed.urgency)
    if words is None or words.looks != {(13, True, False)} or words.colours != {RED}:
        yield f"{printed.urgency} is missing or set in {words and (words.looks, words.colours)}"
        return
    across = (min(r.x0 for r in boxes), max(r.x1 for r in boxes)) if boxes else (0, 0)
    down = (min(r.y0 for r in boxes), max(r.y1 for r in boxes)) if boxes else (0, 0)
    if abs(across[1] - across[0] - BOXES[printed.urgency]) > NEAR or abs(down[1] - down[0] - 8) > NEAR:
        yield f"the box measures {across[1] - across[0]:.1f} x {down[1] - down[0]:.1f}"
    if abs(sum(across) / 2 - printed.left_centre) > NEAR or abs(words.centre - sum(across) / 2) > NEAR:
        yield f"the box stands at {sum(across) / 2:.1f}, its words at {words.centre:.1f}"


def body_text(printed: Printed) -> Iterator[str]:
    """14 points; edges at the margins or 12,7 mm in; 1,15 lines and 6 points between paragraphs; lines filled."""
    spec, before = printed.spec, None
    lines = printed.body
    if not lines:
        yield "no text"
    for place, (page, line) in enumerate(lines):
        first = abs(line.x0 - LEFT - INDENT) <= NEAR
        if {size for size, _, _ in line.looks} != {14}:
            yield f"page {page + 1}: “{line.text[:40]}” is set in {line.looks}"
        if not first and abs(line.x0 - LEFT) > NEAR:
            yield f"page {page + 1}: “{line.text[:40]}” starts at {line.x0:.1f}"
        if before is not None and before[0] == page and not _chart_between(printed, page, before[1], line):
            wanted, step = LINE + (GAP if first else 0), line.baseline - before[1].baseline
            if abs(step - wanted) > 0.15:
                yield f"page {page + 1}: “{line.text[:40]}” stands {step:.2f} below the line before instead of {wanted:.2f}"
        following = lines[place + 1][1] if place + 1 < len(lines) else None
        goes_on = following is not None and abs(following.x0 - LEFT) <= NEAR
        if goes_on and abs(line.x1 - spec.text_right) > 1:
            yield f"page {page + 1}: “{line.text[:40]}” ends at {line.x1:.1f}"
        before = page, line


def _chart_between(printed: Printed, page: int, above: Line, below: Line) -> bool:
    lines = printed.upright[page].lines
    return any(printed.of_chart(line) and above.baseline < line.baseline < below.baseline for line in lines)


def charts(printed: Printed) -> Iterator[str]:
    """Each with a title of its own in the middle of the text."""
    titles = [line for sheet in printed.upright[1:] for line in sheet.lines if line.looks == {CHART_TITLE}]
    if printed.charts and len(titles) != printed.charts:
        yield f"{len(titles)} of {printed.charts}"
    for line in titles if printed.charts else []:
        yield from _centred(line, printed.spec.centre)


def headings(printed: Printed) -> Iterator[str]:
    """No heading is the last line of a page; but of the first page, where LibreOffice keeps nothing together in long texts."""
    for page, line in printed.body:
        titled = re.match(r"([IVX]+|\d+)\. ", line.text) and line.looks == {(14, True, False)}
        if titled and line == printed.upright[page].lines[-1] and (page > 0 or len(printed.upright) < LONG):
            yield f"“{line.text[:40]}” ends page {page + 1}"


def signatures(printed: Printed) -> Iterator[str]:
    """Names on one height and in the middle of their blocks; the last words of the text on the same page."""
    page, names = printed.signed
    if len(names) != len(printed.signers) or len({round(line.baseline, 1) for line in names}) != 1:
        yield f"names stand at {[(line.text, round(line.baseline, 1)) for line in names]}"
    if any(line.looks != {(14, True, False)} for line in names):
        yield f"names are set in {[line.looks for line in names]}"
    if not any(n == page for n, _ in printed.body):
        yield f"the signatures stand alone on page {page + 1}"
    for name, words in zip(names, printed.titles, strict=False):
        block = [
            line for line in printed.foot if line.baseline < name.baseline and abs(line.centre - name.centre) <= NEAR
        ]
        if " ".join(line.text for line in block) != words:
            yield f"above {name.text} stands {[line.text for line in block]}"
            continue
        if not 24 <= name.baseline - block[-1].baseline <= 60:
            yield f"{name.baseline - block[-1].baseline:.1f} mm to sign in above {name.text}"
        bold = {bold for _, bold, _ in block[-1].looks}
        if bold != {printed.spec.position_bold}:
            yield f"“{block[-1].text}” is set in {block[-1].looks}"
    for before, name in pairwise(names):
        if name.x0 - before.x1 < 4:
            yield "the names touch"


def recipients(printed: Printed) -> Iterator[str]:
    """Nơi nhận in its look at the left margin; every line of 11 points, complete, on the page of the names."""
    foot = printed.foot
    start = next((line for line in foot if line.text == "Nơi nhận:"), None)
    if start is None or start.looks != {printed.spec.recipients} or abs(start.x0 - LEFT) > NEAR:
        yield f"Nơi nhận is missing or set in {start and (start.looks, start.x0)}"
        return
    items = [line for line in foot if line.looks == {(11, False, False)}]
    told = " ".join(line.text for line in items)
    wanted = "; ".join(f"- {name}" for name in printed.recipients) + "."
    if told != wanted:
        yield f"reads “{told}”"
    if any(abs(line.x0 - LEFT) > NEAR for line in items):
        yield f"lines start at {sorted({round(line.x0, 1) for line in items})}"
    names = printed.signed[1]
    if printed.joint and start.baseline < names[0].baseline:
        yield "stands beside the signatures of two agencies"
    if not printed.joint and abs(start.baseline - foot[0].baseline) > NEAR:
        yield f"stands {start.baseline - foot[0].baseline:.1f} mm below the title of who signs"


def annexes(printed: Printed) -> Iterator[str]:
    """Each on a page of its own: number, capitals, what it is attached to; alone without a number, else Roman ones."""
    firsts = [sheet for sheet in printed.sheets if starts_annex(sheet)]
    numbers = [sheet.lines[0].text for sheet in firsts]
    roman = ["Phụ lục"] if len(firsts) == 1 else [f"Phụ lục {n}" for n in ("I", "II", "III", "IV")[: len(firsts)]]
    if numbers != roman:
        yield f"are numbered {numbers}"
    for sheet in firsts:
        centre = (LEFT + sheet.width - printed.spec.right) / 2
        number, *rest = sheet.lines
        attached = next((n for n, line in enumerate(rest) if line.text.startswith("(Kèm theo ")), 0)
        ending = next((n for n, line in enumerate(rest) if line.text.endswith(")") and n >= attached), attached)
        named, told = rest[:attached], rest[attached : ending + 1]
        if number.looks != {(14, True, False)} or any(line.looks != {(14, True, False)} for line in named):
            yield f"{number.text} and its title are set in {[line.looks for line in (number, *named)]}"
        if not named or any(line.text != line.text.upper() for line in named):
            yield f"{number.text} has the title {[line.text for line in named]}"
        if any(line.looks != {(13, False, True)} for line in told):
            yield f"what {number.text} is attached to is set in {[line.looks for line in told]}"
        if len(told) > 1 and told[-1].width < told[0].width / 3:
            yield f"“{told[-1].text}” stands alone below “{told[0].text}”"
        for line in (number, *named, *told):
            yield from _centred(line, centre)


def table_rows(printed: Printed) -> Iterator[str]:
    """Every row of every table whole on one page; a table's heading on each of its pages."""
    drawn = [row for sheet in printed.sheets for row in sheet.table_rows()]
    heads = 0
    expected = list(printed.tables)
    for row in drawn:
        if expected and row == expected[0]:
            expected.pop(0)
        elif row in printed.tables:
            heads += 1
        else:
            yield f"a cut row: {''.join(sorted(row.elements()))[:60]}"
    if expected:
        yield f"{len(expected)} rows of {len(printed.tables)} are missing or cut"
    pages = sum(1 for sheet in printed.sheets if sheet.table_rows())
    if printed.tables and heads > pages:
        yield f"{heads} rows are printed twice"


def _head_of(printed: Printed) -> list[Line]:
    """The lines above the number."""
    above = printed.number.baseline - 1
    return [line for line in printed.sheets[0].lines if line.baseline < above and DRAFT_RED not in line.colours]


def _rule_below(sheet: Sheet, line: Line) -> Rule | None:
    """The level rule that belongs to a line: at most 6 mm below it, over or under its middle."""
    near = [r for r in sheet.rules if r.level and 0 < r.y0 - line.baseline < 6 and r.x0 < line.centre < r.x1]
    return near[0] if near else None


def _short_rule(sheet: Sheet, line: Line, longest: float = 0) -> Iterator[str]:
    rule, width = _rule_below(sheet, line), longest or line.width
    if rule is None or not width / 3 <= rule.length <= width / 2:
        yield f"a rule of {rule and round(rule.length, 1)} below “{line.text}” of {width:.1f} mm"
    elif abs(rule.centre - line.centre) > NEAR:
        yield f"the rule below “{line.text}” stands at {rule.centre:.1f}, not {line.centre:.1f}"


def _centred(drawn: Line | Rule, centre: float) -> Iterator[str]:
    if abs(drawn.centre - centre) > NEAR:
        words = f"“{drawn.text}”" if isinstance(drawn, Line) else "the rule"
        yield f"the middle of {words} is at {drawn.centre:.1f} instead of {centre:.1f}"


def _known(line: Line | None) -> Line:
    if line is None:
        raise LookupError("no number")
    return line


RULES = (
    page_size, margins, typeface, page_numbers, no_blank_page, national_lines, agencies, number_and_date, title,
    letter_summary, addressees, urgency, body_text, headings, charts, signatures, recipients, annexes, table_rows,
)  # fmt: skip


def names_of(rules: Sequence[str]) -> set[str]:
    """The rules that faults name."""
    return {fault.split(": ")[1] for fault in rules}
