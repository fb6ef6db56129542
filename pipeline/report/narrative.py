"""The narrative: an officer's text template filled in with the year's figures and voices."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any
from unicodedata import normalize

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pipeline.config import Config
from pipeline.errors import PhoihopError
from pipeline.report.heading import Heading, split
from pipeline.report.telling import UnknownWordError
from pipeline.text import say

GUIDE = "huong-dan-loi-van.txt"
PART = "phoihop:"
"""Before the name of an included narrative in the places that Python reports."""
_SLIPS = (
    (r"unexpected char '[“”‘’]'", "curly"),
    (r"unexpected char", "quote"),
    (r"No (?:filter|test) named '(?P<word>[^']*)'", "filter"),
    (r"block that needs to be closed is '(?P<word>[^']*)'", "open"),
    (r"unknown tag '(?P<word>[^']*)'", "tag"),
    (r"comment", "comment"),
)
"""What the template engine says, and the sentence for it below ``report.narrative.syntax``."""
_FAULTS = (
    ("RecursionError", "", "itself"),
    ("TypeError", "not callable", "not_callable"),
    ("TypeError", "argument", "arguments"),
    ("TypeError", "", "unlike"),
    ("ArithmeticError", "", "arithmetic"),
    ("Exception", "", "other"),
)
"""What Python raises and says while a narrative is filled in, and the sentence for it below ``report.narrative.fault``."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~])")


def read(file: str, words: Mapping[str, Any], config: Config) -> tuple[Heading, str]:
    """A narrative filled in: its heading and its text. Raises PhoihopError, naming file and line, where it is wrong."""
    name, template = template_text(config, file)
    filled = fill(name, template, words, config)
    try:
        return split(filled)
    except UnknownWordError as error:
        given = str(error.values.get("given", ""))
        alike = [n for n, own in enumerate(template.splitlines(), 1) if given and own.startswith(given[:8])]
        line = alike[-1] if alike else 1
        detail = say(f"report.narrative.{error.key}", config.language, **error.values)
        raise PhoihopError("narrative_wrong", file=name, line=str(line), detail=detail) from None


def packaged_text(file: str) -> str:
    """A narrative as it is shipped."""
    try:
        return files("pipeline").joinpath("report", "narratives", file).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PhoihopError("narrative_missing", file=file) from None


def parts_of(file: str) -> tuple[str, ...]:
    """A shipped narrative, those it includes, and the guide to their words."""
    return (file, GUIDE, *dict.fromkeys(re.findall(r'{%-?\s*include\s+"([^"]+)"', packaged_text(file))))


def template_text(config: Config, file: str) -> tuple[str, str]:
    """The name and text of a narrative: the province's own where it has one, else the shipped one."""
    path: Path = config.narratives_dir / file
    if not path.exists():
        return file, packaged_text(file)
    try:
        return path.name, normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise PhoihopError("narrative_missing", file=str(path.relative_to(config.root))) from None
    except UnicodeDecodeError:
        detail = say("report.narrative.encoding", config.language)
        raise PhoihopError("narrative_wrong", file=path.name, line="1", detail=detail) from None


def fill(name: str, text: str, words: Mapping[str, Any], config: Config) -> str:
    """The narrative as Markdown. Raises PhoihopError ``narrative_wrong`` with file, line and what is wrong there."""
    lang = config.language
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=True, finalize=_as_words, trim_blocks=True, lstrip_blocks=True,
        loader=FunctionLoader(partial(_part, config)),
    )  # fmt: skip
    try:
        template = environment.from_string(text)
        return template.render(words)
    except TemplateSyntaxError as error:
        where = error.name or name, error.lineno
        detail = _slip(error.message or "", lang)
    except UnknownWordError as error:
        where, detail = _where(error, name), say(f"report.narrative.{error.key}", lang, **error.values)
    except UndefinedError as error:
        where, detail = _where(error, name), say("report.narrative.unknown_name", lang, name=_name(error))
    except TemplateNotFound as error:
        where, detail = _where(error, name), say("report.narrative.no_part", lang, name=error.name or "")
    except (TemplateError, TypeError, ValueError, KeyError, ArithmeticError, RecursionError) as error:
        where, detail = _where(error, name), say(f"report.narrative.fault.{_fault(error)}", lang)
    raise PhoihopError("narrative_wrong", file=where[0], line=str(where[1]), detail=detail)


def _slip(message: str, lang: str) -> str:
    """A syntax error in an officer's words, which the template engine tells in English and in its own."""
    for pattern, key in _SLIPS:
        if found := re.search(pattern, message):
            return say(f"report.narrative.syntax.{key}", lang, **found.groupdict())
    return say("report.narrative.syntax.other", lang)


def _fault(error: Exception) -> str:
    """What went wrong when it is told in English and in Python's own words."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    return next(key for kind, words, key in _FAULTS if kind in kinds and words in str(error))


def _part(config: Config, file: str) -> tuple[str, str, Callable[[], bool]] | None:
    """A narrative that another one includes, under its own name for messages; None when there is none."""
    try:
        name, text = template_text(config, file)
    except PhoihopError as error:
        if error.key != "narrative_missing":
            raise
        return None
    return text, f"{PART}{name}", lambda: True


def _as_words(value: object) -> object:
    """What a figure or a unit's text says is never read as Markdown."""
    if isinstance(value, Markup):
        return value
    if not isinstance(value, str | int | Undefined):
        raise UnknownWordError("no_text_word" if callable(value) else "list_word")
    return _MARKDOWN.sub(r"\\\1", re.sub(r"[ \t\r\n\f\v]+", " ", str(value)))


def _where(error: Exception, name: str) -> tuple[str, int]:
    """The file and line of the narrative that was being filled in when it failed."""
    frames = traceback.extract_tb(error.__traceback__)
    found = [frame for frame in frames if frame.lineno and frame.filename.startswith(("<template>", PART))]
    if not found:
        return name, 1
    last = found[-1]
    return (name if last.filename == "<template>" else last.filename.removeprefix(PART)), last.lineno or 1


def _name(error: UndefinedError) -> str:
    found = re.search(r"'([^']+)' is undefined|no attribute '([^']+)'", str(error))
    return (found[1] or found[2]) if found else str(error)
