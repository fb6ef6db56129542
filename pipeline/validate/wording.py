"""What a finding says and what to do next; the list of all rules for people."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.catalogue import Catalogue
from pipeline.model import Finding
from pipeline.sheets import BY_KEY
from pipeline.text import has, say, shown
from pipeline.validate.registry import rules_of
from pipeline.validate.rule import Rule


def sentence(finding: Finding, lang: str, catalogue: Catalogue) -> str:
    """What is wrong, with the value given, the value expected and the difference where there are any."""
    check = next((check for check in catalogue.checks if check.code == finding.rule), None)
    if check is not None:
        return f"{check.sentence(lang).rstrip('.')} ({_operands(finding.values['operands'], lang)})."
    return say(f"rules.{finding.rule}.says", lang, **_worded(finding, lang, catalogue))


def next_step(finding: Finding, lang: str) -> str:
    """What to do; with the proposal where there is one."""
    if not has(f"rules.{finding.rule}.next", lang):
        return say("rules.K.next", lang)
    step = say(f"rules.{finding.rule}.next", lang)
    proposal = finding.values.get("proposal")
    return f"{step} {say('rules.proposal', lang, proposal=proposal)}" if proposal not in {None, ""} else step


def _operands(operands: object, lang: str) -> str:
    assert isinstance(operands, Mapping)
    return "; ".join(f"{code} = {shown(amount, lang)}" for code, amount in operands.items())


def _worded(finding: Finding, lang: str, catalogue: Catalogue) -> dict[str, object]:
    """The values of a finding as people read them: names instead of codes and keys."""
    values = dict(finding.values)
    values["unit"] = catalogue.unit_name(finding.unit) if finding.unit else say("common.unknown_unit", lang)
    if "office" in values:
        values["office"] = catalogue.unit_name(str(values["office"]))
    if "sheet" in values:
        sheet = BY_KEY[str(values["sheet"])]
        values["sheet"] = sheet.name(lang)
        if "column" in values:
            values["column"] = sheet.heading(sheet.column(str(values["column"])), lang)
    for key in ("kind", "format", "reading", "witness"):
        if key in values:
            values[key] = say(f"rules.{key}.{values[key]}", lang)
    if "operands" in values:
        values["operands"] = _operands(values["operands"], lang)
    claims = values.get("claims")
    if isinstance(claims, Mapping):
        values["claims"] = "; ".join(
            f"{say(f'rules.witness.{who}', lang)}: {catalogue.unit_name(code)}" for who, code in claims.items()
        )
    if isinstance(values.get("code"), str):
        values["name"] = _name_of(str(values["code"]), lang, catalogue)
    return values


def _name_of(code: str, lang: str, catalogue: Catalogue) -> str:
    item = catalogue.indicator(code) or catalogue.base(code)
    contact = f"sheets.info.rows.{code}"
    return item.name if item is not None else say(contact, lang) if has(contact, lang) else code


def rule_rows(lang: str, catalogue: Catalogue) -> tuple[tuple[str, str, str, str], ...]:
    """Code, severity, what it sees, what to do; the catalogue's cross-checks among them."""
    return tuple(
        (rule.code, rule.severity.value, _name(rule, lang, catalogue), _step(rule, lang))
        for rule in rules_of(catalogue)
    )


def _name(rule: Rule, lang: str, catalogue: Catalogue) -> str:
    check = next((check for check in catalogue.checks if check.code == rule.code), None)
    return check.sentence(lang) if check is not None else say(f"rules.{rule.code}.name", lang)


def _step(rule: Rule, lang: str) -> str:
    return say(f"rules.{rule.code if has(f'rules.{rule.code}.next', lang) else 'K'}.next", lang)


def render_rules(lang: str, catalogue: Catalogue) -> str:
    """All rules as Markdown, group by group."""
    lines = [say("rules.document.title", lang), "", say("rules.document.intro", lang)]
    group = ""
    for rule in rules_of(catalogue):
        if rule.group != group:
            group = rule.group
            lines += [
                "",
                f"## {say(f'rules.group.{group}', lang)}",
                "",
                say("rules.document.columns", lang),
                "|---|---|---|---|---|",
            ]
        cells = (
            rule.code,
            say(f"common.{rule.severity}", lang),
            _name(rule, lang, catalogue),
            _step(rule, lang),
            say(f"rules.missing.{rule.missing}", lang),
        )
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(lines) + "\n"
