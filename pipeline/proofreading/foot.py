"""The foot of a document: signature blocks and recipients, side by side or one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.proofreading import words
from pipeline.proofreading.line import Line

_LONG = 120
_SHORT = 75
_DASHES = ("-", "–", "+")
_PLACEHOLDER = re.compile(r"[(\[<].*[)\]>]|[.…_\s]+")


@dataclass(frozen=True, slots=True)
class Block:
    """One signature: authority and titles, then the name (None: there is none)."""

    titles: tuple[Line, ...]
    name: Line | None

    @property
    def lines(self) -> tuple[Line, ...]:
        """All its lines."""
        return (*self.titles, *([self.name] if self.name else ()))


@dataclass(frozen=True, slots=True)
class Foot:
    """Signatures and recipients; ``start``: the place of the first line of the foot."""

    start: int
    blocks: tuple[Block, ...] = ()
    label: Line | None = None
    items: tuple[Line, ...] = ()


def foot_of(main: Sequence[Line], begin: int) -> Foot:
    """The foot of the lines from ``begin`` on."""
    start = _start(main, begin)
    pieces = [piece for line in main[start:] for piece in line.pieces() if piece.words]
    label = next((piece for piece in pieces if piece.key.startswith(words.RECIPIENTS)), None)
    items = _items(pieces, label)
    rest = [piece for piece in pieces if piece is not label and piece not in items]
    return Foot(start, tuple(_blocks(rest)), label, items)


def _start(main: Sequence[Line], begin: int) -> int:
    start = len(main)
    last_table = max((line.area.place[0] for line in main if line.area is not None), default=0)
    for place in range(len(main) - 1, begin - 1, -1):
        line = main[place]
        if _is_text(line):
            break
        if any(_belongs(piece, last_table) for piece in line.pieces()):
            start = place
    return _table_start(main, start)


def _is_text(line: Line) -> bool:
    """A long line, one with a number, what the document rests on, "QUYẾT ĐỊNH:": above it there is no signature."""
    if line.area is not None or line.text.lstrip().startswith(_DASHES):
        return False
    numbered = any(words.HEADING[kind].fullmatch(line.text) for kind in ("article", "roman", "clause", "point"))
    return len(line.text) > _LONG or numbered or line.key.startswith(("căn cứ ", *words.DECIDES))


def _table_start(main: Sequence[Line], start: int) -> int:
    """The first line of the table in which the foot begins: the name of an agency may stand above a title."""
    area = main[start].area if start < len(main) else None
    while area is not None and start > 0 and _same_table(main[start - 1], area.place[0]):
        start -= 1
    return start


def _same_table(line: Line, table: int) -> bool:
    return line.area is not None and line.area.kind == "cell" and line.area.place[0] == table


def _belongs(piece: Line, last_table: int) -> bool:
    """True for the label of the recipients and for titles; in a table of the text "Giám đốc" is no signature."""
    if piece.key.startswith(words.RECIPIENTS):
        return len(piece.key) < _SHORT
    if not is_title(piece):
        return False
    if piece.area is not None and piece.area.kind == "cell":
        return piece.capitals or piece.area.place[0] == last_table
    return piece.shape.align == "center" or piece.area is not None or piece.capitals or bool(piece.side)


def is_title(piece: Line) -> bool:
    """True for TM. …, KT. …, GIÁM ĐỐC … on a line of their own."""
    if len(piece.text) > _SHORT or piece.text.endswith((".", ";", ":", ",")):
        return False
    return words.AUTHORITY.match(piece.text) is not None or words.TITLES.match(piece.key) is not None


def _items(pieces: Sequence[Line], label: Line | None) -> tuple[Line, ...]:
    """The recipients: dashed lines below the label in its column, and the lines that go on from them."""
    if label is None:
        return ()
    below = [piece for piece in pieces[pieces.index(label) + 1 :] if _column(piece) == _column(label)]
    found: list[Line] = []
    for piece in below:
        bare = piece.text.endswith(";") and not is_title(piece)
        if piece.text.startswith(_DASHES) or bare or (found and _goes_on(piece, found[-1])):
            found.append(piece)
    return tuple(found)


def _goes_on(piece: Line, above: Line) -> bool:
    """True when a line without a dash belongs to the recipient above it."""
    broken_off = piece.size == above.size and not is_title(piece) and not above.text.endswith(".")
    return broken_off or (not piece.first and piece.size <= above.size)


def _column(piece: Line) -> tuple[int, int] | str:
    if piece.area is not None and piece.area.kind == "cell":
        return piece.area.place[0], piece.area.place[2]
    if piece.area is not None:
        return round(piece.area.left), 0
    if piece.side:
        return piece.side
    return "left" if piece.shape.left < 0.3 * piece.page_width and piece.shape.align != "center" else "right"


def _blocks(pieces: Sequence[Line]) -> list[Block]:
    columns: dict[tuple[int, int] | str, list[Line]] = {}
    for piece in pieces:
        columns.setdefault(_column(piece), []).append(piece)
    if len(columns) > 1 and not any(piece.area for piece in pieces) and not any(piece.side for piece in pieces):
        columns = {"": list(pieces)}
    blocks = [block for lines in columns.values() if (block := _block(lines))]
    used = {id(line) for block in blocks for line in block.lines}
    names = [piece for piece in pieces if id(piece) not in used and _looks_like_name(piece)]
    if len(blocks) == 1 and blocks[0].name is None and len(names) == 1:
        # The name stands outside the table of its title.
        return [replace(blocks[0], name=names[0])]
    return blocks


def _block(lines: list[Line]) -> Block | None:
    shown = [line for line in lines if not _PLACEHOLDER.fullmatch(line.text)]
    first = next((place for place, line in enumerate(shown) if is_title(line) or line.capitals), None)
    if first is None or not (any(is_title(line) for line in shown) or _another_title(shown[first:])):
        return None
    own = shown[first:]
    last = own[-1]
    named = len(own) > 1 and not is_title(last) and (_looks_like_name(last) or not last.capitals)
    return Block(tuple(own[:-1] if named else own), last if named else None)


def _another_title(lines: list[Line]) -> bool:
    """A title that no list has: capitals, bold, in the middle, right above a name."""
    title = lines[0]
    centred = title.shape.align == "center" and title.bold and len(title.text) < _SHORT
    return len(lines) == 2 and centred and not lines[1].capitals and _looks_like_name(lines[1])


def _looks_like_name(line: Line) -> bool:
    parts = [word for word in line.text.split() if word[0].isalpha()]
    return 2 <= len(parts) <= 8 and all(word[0].isupper() for word in parts) and not _institution(line)


def _institution(line: Line) -> bool:
    return line.capitals and any(
        word in line.key.split() for word in ("sở", "tỉnh", "đoàn", "ubnd", "ban", "hội", "cục")
    )
