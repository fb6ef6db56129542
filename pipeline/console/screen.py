"""Where a command prints: people read tables and sentences, programs read JSON, a pipe gets no progress bar."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from pipeline.run import Progress, Project, open_project
from pipeline.text import NBSP, say

PIPE_WIDTH = 120
# Stands for a space that must not be broken: a letter that no text has.
HELD = "\ue000"


@dataclass(frozen=True)
class Screen:
    """The common options of all commands, and the two streams."""

    config_path: Path
    year: int | None
    lang: str | None
    as_json: bool
    quiet: bool
    jobs: int
    today: date

    @cached_property
    def project(self) -> Project:
        """The project of the configuration. Raises ConfigError or CatalogueError."""
        return open_project(self.config_path, self.year, self.lang)

    @property
    def piped(self) -> bool:
        """True when a program or a file reads what is printed: sentences keep their line, however long."""
        return not sys.stdout.isatty()

    @cached_property
    def out(self) -> Console:
        """Standard output; in a pipe, where there is no window to fit, tables have a width of their own."""
        width = PIPE_WIDTH if self.piped else None
        return Console(highlight=False, markup=False, width=width, soft_wrap=False, emoji=False)

    def say(self, key: str, **values: object) -> str:
        """A text of the terminal in the project's language."""
        return say(f"console.{key}", self.project.lang, **values)

    def print(self, *things: Any) -> None:
        """Tables and sentences for people; nothing in quiet or JSON mode."""
        if not (self.quiet or self.as_json):
            for thing in things:
                self.out.print(thing, soft_wrap=self.piped and isinstance(thing, str | Text))

    def line(self, key: str, style: str = "", **values: object) -> None:
        """One sentence, in one style; what no-break spaces hold together, such as a command, is not broken over lines."""
        # rich breaks at a no-break space like at any other, and a command copied with one in it is not understood.
        held = Text(self.say(key, **values).replace(NBSP, HELD))
        for line in [held] if self.piped else held.wrap(self.out, self.out.width):
            self.print(Text(line.plain.replace(HELD, " "), style=style))

    def json(self, content: Any) -> None:
        """The answer for a program, when one was asked for."""
        if self.as_json:
            sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n")

    @contextmanager
    def progress(self, key: str, lang: str = "") -> Iterator[Progress | None]:
        """A progress bar on a terminal; nothing in a pipe, in quiet or JSON mode. ``lang``: where there is no project yet."""
        if self.quiet or self.as_json or not sys.stderr.isatty():
            yield None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(say(f"console.{key}", lang or self.project.lang), total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)

    def shown(self, path: Path) -> str:
        """A path as the user would type it: relative to where he stands when it lies below."""
        try:
            return str(path.resolve().relative_to(Path.cwd()))
        except ValueError:
            return str(path)
