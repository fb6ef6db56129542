"""Conditions over indicator codes, such as ``CT12.1 == 0 implies CT12.3 + CT12.4 == 0``: parsed, never eval'ed.

Grammar: condition = either ["implies" either]; either = both {"or" both}; both = comparison {"and" comparison};
comparison = sum {("<=" | ">=" | "<" | ">" | "==" | "!=") sum}; sum, product, number, code and parentheses as usual.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

CODE = r"CT\d\d\.\d|B\d"
_TOKEN = re.compile(
    rf"\s*(?:(?P<code>{CODE})|(?P<number>\d+(?:\.\d+)?)|(?P<mark><=|>=|==|!=|[<>()+\-*/])|(?P<word>[a-z]+))"
)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip

Operands = Mapping[str, Decimal | None]


class ConditionError(ValueError):
    """The text is not a condition; the message says what was found where."""


class _Unknown(Exception):
    """An operand is missing or a division by zero came up: the condition says nothing."""


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    amount: Decimal


@dataclass(frozen=True, slots=True)
class Code:
    """The amount of an indicator or of a base datum."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An arithmetic sign between two terms."""

    sign: str
    left: Term
    right: Term


Term = Number | Code | Operation


@dataclass(frozen=True, slots=True)
class Comparison:
    """Terms with comparison signs between them, a <= b <= c."""

    terms: tuple[Term, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Logic:
    """Two conditions joined by "and", "or" or "implies"."""

    word: str
    left: Node
    right: Node


Node = Comparison | Logic


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition: ``holds`` answers it, ``codes`` are the operands in the order of the text."""

    text: str
    root: Node
    codes: tuple[str, ...]

    def holds(self, operands: Operands) -> bool | None:
        """True or False; None when an operand is missing or a divisor is 0."""
        if any(operands.get(code) is None for code in self.codes):
            return None
        try:
            return _answer(self.root, operands)
        except _Unknown:
            return None


@cache
def parse(text: str) -> Condition:
    """Parse a condition. Raises ConditionError."""
    parser = _Parser(text)
    root = parser.condition()
    if parser.rest():
        raise ConditionError(parser.rest())
    codes = tuple(dict.fromkeys(re.findall(CODE, text)))
    if not codes:
        raise ConditionError(text)
    return Condition(text, root, codes)


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        position = 0
        while text[position:].strip():
            found = _TOKEN.match(text, position)
            if found is None:
                raise ConditionError(text[position:].strip())
            self.tokens.append((str(found.lastgroup), found[found.lastgroup or 0]))
            position = found.end()

    def rest(self) -> str:
        return " ".join(token for _, token in self.tokens)

    def accept(self, *wanted: str) -> str:
        if self.tokens and self.tokens[0][1] in wanted:
            return self.tokens.pop(0)[1]
        return ""

    def condition(self) -> Node:
        left = self.joined("or", lambda: self.joined("and", self.comparison))
        if self.accept("implies"):
            return Logic("implies", left, self.joined("or", lambda: self.joined("and", self.comparison)))
        return left

    def joined(self, word: str, part: Callable[[], Node]) -> Node:
        left = part()
        while self.accept(word):
            left = Logic(word, left, part())
        return left

    def comparison(self) -> Comparison:
        terms, signs = [self.sum()], []
        while sign := self.accept(*_COMPARE):
            signs.append(sign)
            terms.append(self.sum())
        if not signs:
            raise ConditionError(self.rest() or "…")
        return Comparison(tuple(terms), tuple(signs))

    def sum(self) -> Term:
        return self.chain(("+", "-"), lambda: self.chain(("*", "/"), self.atom))

    def chain(self, signs: tuple[str, ...], part: Callable[[], Term]) -> Term:
        left = part()
        while sign := self.accept(*signs):
            left = Operation(sign, left, part())
        return left

    def atom(self) -> Term:
        if self.accept("("):
            inner = self.sum()
            if not self.accept(")"):
                raise ConditionError(self.rest() or ")")
            return inner
        kind, token = self.tokens.pop(0) if self.tokens else ("", "")
        if kind == "number":
            return Number(Decimal(token))
        if kind == "code":
            return Code(token)
        raise ConditionError(token or "…")


def _answer(node: Node, operands: Operands) -> bool:
    if isinstance(node, Logic):
        left = _answer(node.left, operands)
        if node.word == "implies":
            return not left or _answer(node.right, operands)
        return (
            (left and _answer(node.right, operands)) if node.word == "and" else (left or _answer(node.right, operands))
        )
    amounts = [_amount(term, operands) for term in node.terms]
    return all(_COMPARE[sign](amounts[i], amounts[i + 1]) for i, sign in enumerate(node.signs))


def _amount(term: Term, operands: Operands) -> Decimal:
    if isinstance(term, Number):
        return term.amount
    if isinstance(term, Code):
        known = operands.get(term.name)
        if known is None:
            raise _Unknown
        return known
    left, right = _amount(term.left, operands), _amount(term.right, operands)
    if term.sign == "/" and right == 0:
        raise _Unknown
    return _ARITHMETIC[term.sign](left, right)
