"""Three ways: what was generated, what a person made of it, what the present figures would give."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from textwrap import shorten

from pipeline.issuing.alignment import partners, partners_anywhere
from pipeline.issuing.reading import ISSUE_STYLES, Seen, Table

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*%?")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W\d]+")
# Words that tell a number; the smallest ones have other meanings as well.
COUNTING = frozenset({"mười", "mươi", "trăm", "nghìn", "ngàn", "triệu", "tỷ"})
# A smaller figure in a person's own words may be about anything.
TELLING = 10
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_LABEL, _NEAR = 2, 70
JOIN = " | "


@dataclass(frozen=True, slots=True)
class Difference:
    """One sentence or one cell in which the three differ; "" where one of them has nothing there.

    ``table``, ``row``, ``column`` name a cell ("" for text; no column for a whole row). ``whole``: a paragraph by
    itself; else ``near`` is how the paragraph of the sentence begins. ``stale``: figures in a person's own words that
    the whole document no longer tells.
    """

    made: str
    theirs: str
    now: str
    table: str = ""
    row: str = ""
    column: str = ""
    whole: bool = False
    near: str = ""
    stale: tuple[str, ...] = ()

    @property
    def by_person(self) -> bool:
        """True when a person changed it."""
        return self.theirs != self.made

    @property
    def by_data(self) -> bool:
        """True when the present figures would give something else than was generated."""
        return self.now != self.made

    @property
    def conflict(self) -> bool:
        """True when both changed it, in different ways."""
        return self.by_person and self.by_data and self.theirs != self.now

    @property
    def outdated(self) -> bool:
        """True when the person's version holds what the present figures no longer say, or lacks what they add."""
        if self.stale:
            return True
        if self.now in {self.made, self.theirs}:
            return False
        if not self.by_person:
            return True
        return bool(self.theirs) and (bool(self.table) or not self._settled)

    @property
    def _settled(self) -> bool:
        """True when a person's words hold nothing that the present text has dropped, and every figure that it brought;
        where a person tells no number at all, in digits or in words, none can be wrong.
        """
        theirs = _words(self.theirs)
        gone, brought = _words(self.made) - _words(self.now), _figures(self.now) - _figures(self.made)
        counts = bool(_figures(self.theirs)) or bool(theirs & COUNTING)
        return not gone & theirs and (not counts or brought <= _figures(self.theirs))


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences of one document, in its order.

    ``file``: its path; ``name``: the output that it came from; ``known``: what was generated is still at hand -
    otherwise a person's changes cannot be told from those of the figures, and all of them count as the figures'.
    ``current``: False for a document that is made no more. ``relooked``: a person changed its looks and no word;
    ``reordered``: the order of columns or rows and no word.
    """

    file: str
    name: str
    edited: bool
    known: bool
    differences: tuple[Difference, ...] = ()
    current: bool = True
    relooked: bool = False
    reordered: bool = False

    @property
    def by_person(self) -> tuple[Difference, ...]:
        """What a person changed, added or removed."""
        return tuple(one for one in self.differences if one.by_person)

    @property
    def by_data(self) -> tuple[Difference, ...]:
        """What the present figures would give otherwise and the person has not taken over, conflicts left out."""
        return tuple(one for one in self.differences if one.by_data and one.theirs == one.made)

    @property
    def conflicts(self) -> tuple[Difference, ...]:
        """What both changed, in different ways."""
        return tuple(one for one in self.differences if one.conflict)

    @property
    def outdated(self) -> tuple[Difference, ...]:
        """What must not be signed as it stands."""
        return tuple(one for one in self.differences if one.outdated)


def compare(made: Seen, theirs: Seen, now: Seen) -> tuple[Difference, ...]:
    """Every sentence and cell in which the three differ. Number, date and draft marks never count as figures."""
    frame = {one.text for one in made.paragraphs if one.style in ISSUE_STYLES}
    frame_now = {one.text for one in now.paragraphs if one.style in ISSUE_STYLES}
    texts = _Texts(*([one.text for one in seen.paragraphs] for seen in (made, theirs, now)))
    found = [*_threefold(texts, paragraphs=True), *_tables(made, theirs, now), *_notes(made, theirs)]
    settled = (replace(one, now=one.made) if one.made in frame or one.now in frame_now else one for one in found)
    vanished = _all_figures(made) - _all_figures(now)
    return tuple(_with_stale(one, vanished) for one in settled if one.by_person or one.by_data)


def _all_figures(seen: Seen) -> set[str]:
    """Every figure that a document tells, in text and tables."""
    cells = (cell for table in seen.tables for row in table.rows for cell in row)
    return {figure for text in (*(one.text for one in seen.paragraphs), *cells) for figure in _figures(text)}


def _with_stale(one: Difference, vanished: set[str]) -> Difference:
    """A person's own sentence, marked with the figures in it that the present document has nowhere."""
    if one.table or not one.theirs or one.by_data or not one.by_person:
        return one
    own = (_figures(one.theirs) - _figures(one.made)) & vanished
    return replace(one, stale=tuple(sorted(figure for figure in own if _size(figure) >= TELLING)))


def _size(figure: str) -> int:
    """The whole part of a figure."""
    return int(figure.rstrip("%").partition(",")[0] or 0)


def _notes(made: Seen, theirs: Seen) -> Iterator[Difference]:
    """Comments, footnotes, page headers: a person's alone."""
    for before, after in ((made.margins, theirs.margins), (made.notes, theirs.notes)):
        yield from (Difference(text, "", text, whole=True) for text in before if text not in after)
        yield from (Difference("", text, "", whole=True) for text in after if text not in before)


# ---- text -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Texts:
    """The paragraphs of the three, or the sentences of three paragraphs."""

    made: list[str]
    theirs: list[str]
    now: list[str]


def _threefold(texts: _Texts, paragraphs: bool) -> list[Difference]:
    """The differences of three lists of texts; of paragraphs that all three have, those of their sentences."""
    own, put_in = partners(texts.made, texts.theirs)
    new, put_in_now = partners(texts.made, texts.now)
    found: list[Difference] = []
    for place in range(-1, len(texts.made)):
        if place >= 0:
            theirs = texts.theirs[own[place]] if place in own else ""
            now = texts.now[new[place]] if place in new else ""
            found += _of_one(Difference(texts.made[place], theirs, now, whole=paragraphs))
        theirs_only = [texts.theirs[k] for k in put_in.get(place, ())]
        found += _added(theirs_only, [texts.now[k] for k in put_in_now.get(place, ())], paragraphs)
    return _rejoined([one for one in found if one.by_person or one.by_data])


def _of_one(one: Difference) -> list[Difference]:
    """The sentences that differ in a paragraph that all three have; anything else as it is."""
    if not (one.whole and one.theirs and one.now and (one.by_person or one.by_data)):
        return [one]
    parts = _threefold(_Texts(*map(_sentences, (one.made, one.theirs, one.now))), paragraphs=False)
    return [replace(part, near=shorten(one.made, _NEAR, placeholder=" …")) for part in parts]


def _added(theirs: list[str], now: list[str], whole: bool) -> Iterator[Difference]:
    """What only one of them put in at a place; the same words from both are no difference."""
    yield from (Difference("", text, "", whole=whole) for text in theirs if text not in now)
    yield from (Difference("", "", text, whole=whole) for text in now if text not in theirs)


def _rejoined(found: list[Difference]) -> list[Difference]:
    """A sentence that a person wrote anew, but with figures that have changed since, is the old one in other words."""
    anew = [place for place, one in enumerate(found) if not one.made and not one.now]
    words_of: dict[int, int] = {}
    for place, one in enumerate(found):
        if one.made and not one.theirs and one.by_data:
            gone = _gone(one.made, one.now)
            free = (k for k in anew if k not in words_of.values() and _figures(found[k].theirs) & gone)
            if (other := next(free, None)) is not None:
                words_of[place] = other
    return [
        replace(one, theirs=found[words_of[place]].theirs) if place in words_of else one
        for place, one in enumerate(found)
        if place not in words_of.values()
    ]


def _sentences(text: str) -> list[str]:
    """The sentences of a paragraph; "TP. Trà Vinh" may be cut in two, which harms nothing here."""
    pieces = _SENTENCE_END.split(text)
    starts = [place for place, piece in enumerate(pieces) if place == 0 or not piece[:1].islower()]
    return [" ".join(pieces[a:b]) for a, b in zip(starts, [*starts[1:], len(pieces)], strict=True)]


def _figures(text: str) -> set[str]:
    """The numbers in a text in one spelling: 05 is 5, 4.276 is 4276."""
    return {_plain(found) for found in _FIGURE.findall(text)}


def _plain(figure: str) -> str:
    return _THOUSANDS.sub("", figure).lstrip("0").replace(".", "") or "0"


def _words(text: str) -> set[str]:
    """The words and numbers of a text."""
    return {word.lower() for word in _WORD.findall(text)} | _figures(text)


def _gone(made: str, now: str) -> set[str]:
    """The numbers that the present text has no more."""
    counted = Counter(map(_plain, _FIGURE.findall(made))) - Counter(map(_plain, _FIGURE.findall(now)))
    return set(counted)


# ---- tables ---------------------------------------------------------------------------------------------------------


def _tables(made: Seen, theirs: Seen, now: Seen) -> Iterator[Difference]:
    names = [[_signature(table) for table in seen.tables] for seen in (made, theirs, now)]
    own, put_in = partners(names[0], names[1])
    new, put_in_now = partners(names[0], names[2])
    for place, table in enumerate(made.tables):
        if place not in own:
            yield Difference(table.title, "", table.title, table.title)
        elif place not in new:
            yield Difference(table.title, table.title, "", table.title)
        else:
            yield from _cells(table, theirs.tables[own[place]], now.tables[new[place]])
    for text, additions in ((theirs, put_in), (now, put_in_now)):
        for title in (text.tables[k].title for places in additions.values() for k in places):
            yield Difference("", title if text is theirs else "", title if text is now else "", title)


def _signature(table: Table) -> str:
    return JOIN.join((table.title, *table.headings))


def _cells(made: Table, theirs: Table, now: Table) -> Iterator[Difference]:
    """Row by row and column by column, however rows and columns have moved."""
    columns = partners_anywhere(made.headings, theirs.headings)[0], partners_anywhere(made.headings, now.headings)[0]
    labels = [JOIN.join(row[:_LABEL]) for row in made.rows]
    own, put_in = partners_anywhere(labels, _labels(theirs, columns[0]))
    new, put_in_now = partners_anywhere(labels, _labels(now, columns[1]))
    for place, row in enumerate(made.rows):
        label = " ".join(row[:_LABEL])
        other = theirs.rows[own[place]] if place in own else ()
        third = now.rows[new[place]] if place in new else ()
        if other and third and len(row) == len(made.headings):
            yield from _row(made, row, _by_column(other, columns[0]), _by_column(third, columns[1]))
        else:
            yield Difference(JOIN.join(row), JOIN.join(other), JOIN.join(third), made.title, label)
    for table, additions in ((theirs, put_in), (now, put_in_now)):
        for added in (table.rows[k] for places in additions.values() for k in places):
            words, label = JOIN.join(added), " ".join(added[:_LABEL])
            yield Difference("", words if table is theirs else "", words if table is now else "", made.title, label)


def _labels(table: Table, columns: dict[int, int]) -> list[str]:
    """What names each row: its cells in the first columns of the generated table, wherever they stand now."""
    places = [columns[place] for place in range(_LABEL) if place in columns]
    whole = len(table.headings)
    return [JOIN.join([row[place] for place in places] if len(row) == whole else row[:_LABEL]) for row in table.rows]


def _by_column(row: tuple[str, ...], columns: dict[int, int]) -> dict[int, str]:
    """A row's cells by the columns of the generated table."""
    return {place: row[other] for place, other in columns.items() if other < len(row)}


def _row(table: Table, made: tuple[str, ...], theirs: dict[int, str], now: dict[int, str]) -> Iterator[Difference]:
    label = " ".join(made[:_LABEL])
    for place, heading in enumerate(table.headings):
        yield Difference(made[place], theirs.get(place, ""), now.get(place, ""), table.title, label, heading)
