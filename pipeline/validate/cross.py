"""K: the catalogue's cross-checks, one rule each; their conditions and sentences are data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipeline.catalogue import Catalogue, Check
from pipeline.validate.case import Case
from pipeline.validate.rule import SKIPS, Hit, Rule


def cross_rules(catalogue: Catalogue) -> tuple[Rule, ...]:
    """One rule for each cross-check of the catalogue."""
    return tuple(Rule(check.code, check.severity, partial(condition_fails, check), SKIPS) for check in catalogue.checks)


def condition_fails(check: Check, case: Case) -> Iterator[Hit]:
    """The condition does not hold in a unit's own figures; a missing operand says nothing."""
    for one in case.judged():
        operands = {code: case.number(one, code) for code in check.condition.codes}
        if check.condition.holds(operands) is False:
            shown = check.held[0] if check.held else check.condition.codes[-1]
            cell = one.cell(shown)
            assert cell is not None
            values = {"code": shown, "given": cell.raw, "operands": operands, "condition": check.condition.text}
            yield Hit(one.source.path, one.identity.unit, cell.ref, shown, values, check.held)
