"""Tables for people: translated headings, and columns that fit the window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from pipeline.console.screen import Screen

# Columns whose content is never broken over lines.
WHOLE = {"state", "rule", "severity", "code", "sha", "cell", "document"}
# Columns that a window narrower than this does without, so that names keep their room.
LEFT_OUT, NARROW = {"versions", "sha"}, 100
# The most letters of a column there: the days late stand below the date.
SLIM = {"received": 10}


def show_table(screen: Screen, headings: Sequence[str], rows: Iterable[Sequence[Text]]) -> None:
    """Rows below their headings; each row has a cell for every heading."""
    narrow = screen.out.width < NARROW
    kept = [place for place, heading in enumerate(headings) if not (narrow and heading in LEFT_OUT)]
    made = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, collapse_padding=True)
    for heading in (headings[place] for place in kept):
        most = SLIM.get(heading) if narrow else None
        made.add_column(screen.say(f"column.{heading}"), overflow="fold", no_wrap=heading in WHOLE, max_width=most)
    for row in rows:
        made.add_row(*(row[place] for place in kept))
    screen.print(made)


def below(first: str, second: str) -> Text:
    """A name with something that belongs to it, such as its file, on a line of its own; without it the name alone."""
    return Text(first) + (Text(f"\n{second}", style="dim") if second else Text())
