"""All rules in the order in which they run: what makes a file or a cell unusable comes first."""

from __future__ import annotations

from dataclasses import replace

from pipeline.catalogue import Catalogue
from pipeline.model import Finding, Severity
from pipeline.validate import bounds, cells, comparisons, events, files, nominations, rulings, template
from pipeline.validate.case import Case
from pipeline.validate.cross import cross_rules
from pipeline.validate.rule import IS_FAULT, SKIPS, Rule

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

FILE_RULES = (
    Rule("T01", ERROR, files.unreadable),
    Rule("T02", ERROR, files.other_format),
    Rule("T03", ERROR, files.encrypted),
    Rule("T04", ERROR, files.oversized),
    Rule("T05", ERROR, files.far_cell),
    Rule("T06", ERROR, files.no_template),
    Rule("T07", ERROR, files.unknown_unit, IS_FAULT),
    Rule("T08", ERROR, files.unit_disagreement, SKIPS),
    Rule("T09", ERROR, files.foreign_unit),
    Rule("T10", ERROR, files.year_disagreement, SKIPS),
    Rule("T11", ERROR, files.other_year, SKIPS),
    Rule("T12", WARNING, files.no_metadata, IS_FAULT),
    Rule("T13", ERROR, files.undecided_versions),
    Rule("T14", ERROR, files.disguised),
    Rule("T15", ERROR, files.unopened),
    Rule("T16", ERROR, files.outlook_bag),
    Rule("T17", WARNING, files.mail_without_file),
    Rule("T18", WARNING, files.strange_sender, SKIPS),
    Rule("T19", WARNING, files.signed_copy_only),
    Rule("T20", NOTE, files.handled),
    Rule("T21", WARNING, files.doubtful_reading),
    Rule("T22", ERROR, files.beyond_limits),
    Rule("T23", ERROR, files.supplement_conflict),
    Rule("M01", ERROR, template.blank_returned, IS_FAULT),
    Rule("M02", ERROR, template.other_version, SKIPS),
    Rule("M03", WARNING, template.other_form, SKIPS),
    Rule("M04", ERROR, template.doubled_heading),
    Rule("M05", WARNING, template.name_changed),
    Rule("M06", ERROR, template.unit_of_measure_changed),
    Rule("M07", ERROR, template.required_row_missing, IS_FAULT),
    Rule("M08", WARNING, template.optional_row_missing, IS_FAULT),
    Rule("M09", ERROR, template.main_sheet_missing, IS_FAULT),
    Rule("M10", WARNING, template.list_sheet_missing, IS_FAULT),
    Rule("M11", WARNING, template.unknown_row),
    Rule("M12", WARNING, template.outside_table),
    Rule("M13", ERROR, template.duplicated_row),
    Rule("M14", ERROR, template.second_sheet),
    Rule("M15", NOTE, template.not_applicable),
)
CELL_RULES = (
    *(Rule(f"S{number:02d}", ERROR, cells.kind_of_problem(kind)) for number, kind in enumerate(cells.KINDS, start=1)),
    Rule("S26", WARNING, cells.other_cell),
    Rule("S27", NOTE, cells.automatic_reading),
    Rule("S28", ERROR, cells.figure_in_note, IS_FAULT),
    Rule("S29", WARNING, cells.mixed_encoding),
    Rule("B01", ERROR, bounds.required_blank, IS_FAULT),
    Rule("B02", ERROR, bounds.base_blank, IS_FAULT),
    Rule("B03", WARNING, bounds.contact_blank, IS_FAULT),
    Rule("B04", ERROR, bounds.above_hard, SKIPS),
    Rule("B05", WARNING, bounds.above_soft, SKIPS),
    Rule("B06", WARNING, bounds.all_zero, SKIPS),
    Rule("B07", WARNING, bounds.all_round, SKIPS),
)
LIST_RULES = (
    Rule("H01", WARNING, events.count_differs, SKIPS),
    Rule("H02", WARNING, events.people_differ, SKIPS),
    Rule("H03", NOTE, events.nothing_listed, SKIPS),
    Rule("H04", WARNING, events.outside_year, SKIPS),
    Rule("H05", WARNING, events.ends_before_it_starts, SKIPS),
    Rule("H06", WARNING, events.duplicated, SKIPS),
    Rule("H07", WARNING, events.required_cell_blank, IS_FAULT),
    Rule("H08", WARNING, events.foreign_activity, SKIPS),
    Rule("H09", WARNING, events.personal_number),
    Rule("H10", WARNING, events.ditto),
    Rule("H11", WARNING, nominations.nominated_twice, SKIPS),
    Rule("H12", WARNING, nominations.implausible_birth, SKIPS),
    Rule("H13", WARNING, nominations.service_unclear, SKIPS),
    Rule("H14", WARNING, nominations.service_backwards, SKIPS),
    Rule("H15", WARNING, nominations.service_overlaps, SKIPS),
    Rule("H16", WARNING, nominations.years_differ, SKIPS),
    Rule("H17", WARNING, nominations.needed_cell_blank, IS_FAULT),
    Rule("H18", WARNING, nominations.already_awarded, SKIPS),
    Rule("H19", WARNING, nominations.above_quota, SKIPS),
    Rule("H20", WARNING, events.outside_validity, SKIPS),
)
COMPARISON_RULES = (
    Rule("L01", WARNING, comparisons.jumped, SKIPS),
    Rule("L02", WARNING, comparisons.stock_fell, SKIPS),
    Rule("L03", WARNING, comparisons.same_as_last_year, SKIPS),
    Rule("L04", WARNING, comparisons.copied_number, SKIPS),
    Rule("L05", WARNING, comparisons.dominant, SKIPS),
    Rule("L06", WARNING, comparisons.thousandfold, SKIPS),
    Rule("L07", WARNING, comparisons.includes_districts, SKIPS),
    Rule("L08", WARNING, comparisons.repeats_office, SKIPS),
    Rule("L09", WARNING, comparisons.reconciliation, SKIPS),
    Rule("L10", WARNING, comparisons.rate_above_bound, SKIPS),
    Rule("L11", WARNING, comparisons.percent_as_count, SKIPS),
    Rule("M16", WARNING, template.rate_typed_over, SKIPS),
)
DECISION_RULES = (
    Rule("D01", ERROR, rulings.unusable, IS_FAULT),
    Rule("D02", ERROR, rulings.without_object),
    Rule("D03", ERROR, rulings.stale),
    Rule("D04", ERROR, rulings.contradictory),
    Rule("D05", NOTE, rulings.rule_changed),
    Rule("D06", NOTE, rulings.lapsed),
)
RULES = (*FILE_RULES, *CELL_RULES, *LIST_RULES, *COMPARISON_RULES, *DECISION_RULES)


def rules_of(catalogue: Catalogue) -> tuple[Rule, ...]:
    """All rules of a year: the catalogue's cross-checks run after the cells and before the lists, decisions last."""
    return (*FILE_RULES, *CELL_RULES, *cross_rules(catalogue), *LIST_RULES, *COMPARISON_RULES, *DECISION_RULES)


def check_all(case: Case) -> tuple[Finding, ...]:
    """Every finding of every file in one run, in the order of the rules, as the decisions of people leave them."""
    rules = rules_of(case.catalogue)
    case = replace(case, rule_codes=frozenset(rule.code for rule in rules))
    findings: list[Finding] = []
    for rule in rules:
        new, met = _settled(rule, case)
        findings += new
        held = {(one.unit, code) for one in new if one.severity is ERROR for code in one.held}
        rejected = {one.file for one in new if one.rejects}
        if held or rejected or met:
            case = replace(case, held=case.held | held, rejected=case.rejected | rejected, settled=case.settled | met)
    return tuple(findings)


def _settled(rule: Rule, case: Case) -> tuple[list[Finding], set[int]]:
    """A rule's findings as decisions leave them, and the rows of those decisions."""
    seen = [(finding, rulings.settle(finding, case)) for finding in rule.check(case)]
    kept = [left for _, left in seen if left is not None]
    return kept, {one.decision for one in kept if one.decision}
