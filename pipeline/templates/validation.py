"""What Excel lets a unit type: prompts before, error texts after, one rule per kind of cell."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.sheets import Column, Kind
from pipeline.templates.filling import Filling

_LIMITS = {"input_title": 32, "input_message": 255, "error_title": 32, "error_message": 255}


def number_rule(filling: Filling, kind: Kind, prompt: str) -> dict[str, Any]:
    """A whole or decimal number from 0."""
    name = "integer" if kind is Kind.INTEGER else "decimal"
    return _rule(filling, name, prompt, validate=name, criteria=">=", value=0)


def date_rule(filling: Filling, prompt: str, any_year: bool = False) -> dict[str, Any]:
    """A day of the report year, or any day of a life."""
    year = filling.catalogue.year
    first, last = (date(1900, 1, 1), date(year, 12, 31)) if any_year else (date(year, 1, 1), date(year, 12, 31))
    name = "any_date" if any_year else "date"
    return _rule(filling, name, prompt, validate="date", criteria="between", minimum=first, maximum=last)


def choice_rule(filling: Filling, words: tuple[str, ...], prompt: str) -> dict[str, Any]:
    """One of the words of a drop-down."""
    return _rule(filling, "choice", prompt, validate="list", source=list(words))


def prompt_rule(filling: Filling, prompt: str) -> dict[str, Any]:
    """Anything; only the prompt is shown."""
    return _cut({"validate": "any", "input_title": filling.say("prompt.title"), "input_message": prompt})


def column_rule(filling: Filling, column: Column, prompt: str) -> dict[str, Any] | None:
    """The rule of a list column, None where anything may stand and nothing needs saying."""
    if column.choices:
        return choice_rule(filling, filling.choices(column), prompt or filling.say("prompt.choice"))
    if column.kind in {Kind.INTEGER, Kind.DECIMAL}:
        return number_rule(filling, column.kind, prompt or filling.say("prompt.number"))
    if column.kind is Kind.DATE:
        return date_rule(filling, prompt or filling.say("prompt.date"), any_year=column.key == "born")
    return prompt_rule(filling, prompt) if prompt else None


def _rule(filling: Filling, name: str, prompt: str, **rule: Any) -> dict[str, Any]:
    words = {
        "input_title": filling.say("prompt.title"),
        "input_message": prompt,
        "error_title": filling.say("refused.title"),
        "error_message": filling.say(f"refused.{name}", year=str(filling.catalogue.year)),
    }
    return _cut({**rule, **words, "error_type": "stop"})


def _cut(rule: dict[str, Any]) -> dict[str, Any]:
    """Excel refuses longer titles and messages."""
    return {key: value[: _LIMITS[key]] if key in _LIMITS else value for key, value in rule.items()}
