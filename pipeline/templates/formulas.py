"""Excel formulas written once, with the value they show: Excel, LibreOffice and we must agree on every one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.conditions import Code, Condition, Logic, Node, Number, Term

GOOD, BAD, DOUBTFUL, BLANK = "✓", "✗", "!", "○"
_SIGNS = {"==": "=", "!=": "<>"}


@dataclass(frozen=True, slots=True)
class Test:
    """One question a check cell asks: the Excel formula, its answer for what is filled in now, the words it shows."""

    formula: str
    true: bool
    words: str


def first_true(tests: Sequence[Test], otherwise: str) -> tuple[str, str]:
    """Nested IFs over the tests, and what they show now."""
    formula = quoted(otherwise)
    for test in reversed(tests):
        formula = f"IF({test.formula},{quoted(test.words)},{formula})"
    return f"={formula}", next((test.words for test in tests if test.true), otherwise)


def quoted(words: str) -> str:
    """A text inside a formula."""
    return '"' + words.replace('"', '""') + '"'


def is_number(value: object) -> bool:
    """What ISNUMBER says: dates are numbers, TRUE is not."""
    return isinstance(value, int | float | Decimal | date) and not isinstance(value, bool)


def as_number(value: object) -> Decimal | None:
    """A typed number exactly as typed, None for everything else."""
    return Decimal(str(value)) if is_number(value) and not isinstance(value, date) else None


def all_numbers(cells: Sequence[str]) -> str:
    """A formula: all these cells hold numbers."""
    tests = [f"ISNUMBER({cell})" for cell in cells]
    return tests[0] if len(tests) == 1 else f"AND({','.join(tests)})"


def rate(part: Sequence[str], whole: Sequence[str], otherwise: str) -> str:
    """A formula: part of whole in percent with one decimal; the dash where it has no meaning."""
    top, bottom = "+".join(part), "+".join(whole)
    numbers = all_numbers([*part, *whole])
    return f"=IF({numbers},IF(({bottom})=0,{quoted(otherwise)},ROUND(100*({top})/({bottom}),1)),{quoted(otherwise)})"


def broken(condition: Condition, cells: Mapping[str, str]) -> str:
    """A formula: every operand is a number and the condition does not hold; a divisor of 0 says nothing."""
    numbers = all_numbers([cells[code] for code in condition.codes])
    return f"IF({numbers},IFERROR(NOT({_logic(condition.root, cells)}),FALSE),FALSE)"


def _logic(node: Node, cells: Mapping[str, str]) -> str:
    if isinstance(node, Logic):
        left, right = _logic(node.left, cells), _logic(node.right, cells)
        # IF asks for the right side only when the left one holds, as Condition.holds does.
        return {"implies": f"IF({left},{right},TRUE)", "and": f"IF({left},{right},FALSE)", "or": f"OR({left},{right})"}[
            node.word
        ]
    terms = [_term(term, cells) for term in node.terms]
    parts = [f"{terms[i]}{_SIGNS.get(sign, sign)}{terms[i + 1]}" for i, sign in enumerate(node.signs)]
    return parts[0] if len(parts) == 1 else f"AND({','.join(parts)})"


def _term(term: Term, cells: Mapping[str, str]) -> str:
    if isinstance(term, Number):
        return str(term.amount)
    if isinstance(term, Code):
        return cells[term.name]
    return f"({_term(term.left, cells)}{term.sign}{_term(term.right, cells)})"


def starting(mark: str, cells: str) -> str:
    """A formula: how many of the cells start with a mark (wildcards differ between programs, LEFT does not)."""
    return f"SUMPRODUCT(--(LEFT({cells},1)={quoted(mark)}))"
