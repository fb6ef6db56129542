"""Submissions + catalogue -> findings: RULES, an ordered tuple; one rule = one small function."""

from pipeline.validate.case import Case
from pipeline.validate.registry import RULES, check_all, rules_of
from pipeline.validate.rule import Rule
from pipeline.validate.wording import next_step, render_mistakes, render_rules, rule_rows, sentence, step_for_unit

__all__ = [
    "RULES",
    "Case",
    "Rule",
    "check_all",
    "next_step",
    "render_mistakes",
    "render_rules",
    "rule_rows",
    "rules_of",
    "sentence",
    "step_for_unit",
]
