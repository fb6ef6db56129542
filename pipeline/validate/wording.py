"""What a finding says and what to do next; the list of all rules for people."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.catalogue import Catalogue
from pipeline.model import Finding
from pipeline.sheets import BY_KEY
from pipeline.text import has, say, shown, tidy
from pipeline.validate.registry import rules_of
from pipeline.validate.rule import Rule


def sentence(finding: Finding, lang: str, catalogue: Catalogue) -> str:
    """What is wrong, with the value given, the value expected and the difference where there are any."""
    check = next((check for check in catalogue.checks if check.code == finding.rule), None)
    if check is not None:
        said = f"{check.sentence(lang).rstrip('.')} ({_operands(finding.values['operands'], lang)})."
    else:
        said = say(f"rules.{finding.rule}.says", lang, **_worded(finding, lang, catalogue))
    return f"{said} {say('rules.decided', lang, row=str(finding.decision))}" if finding.decision else said


def next_step(finding: Finding, lang: str) -> str:
    """What to do; with the proposal where there is one."""
    return _with_proposal(_step_of(finding.rule, lang, "next"), finding, lang)


def step_for_unit(finding: Finding, lang: str) -> str:
    """What the unit itself can do: where the officer's step speaks of the unit, the unit has its own."""
    return _with_proposal(_step_of(finding.rule, lang, "unit"), finding, lang)


def _step_of(rule: str, lang: str, reader: str) -> str:
    keys = (f"rules.{rule}.{reader}", f"rules.{rule}.next", "rules.K.next")
    return say(next(key for key in keys if has(key, lang)), lang)


def _with_proposal(step: str, finding: Finding, lang: str) -> str:
    proposal = finding.values.get("proposal")
    return f"{step} {say('rules.proposal', lang, proposal=proposal)}" if proposal not in {None, ""} else step


def _operands(operands: object, lang: str) -> str:
    assert isinstance(operands, Mapping)
    return "; ".join(f"{code} = {shown(amount, lang)}" for code, amount in operands.items())


def _worded(finding: Finding, lang: str, catalogue: Catalogue) -> dict[str, object]:
    """The values of a finding as people read them: names instead of codes and keys."""
    values = dict(finding.values)
    values["unit"] = catalogue.unit_name(finding.unit) if finding.unit else say("common.unknown_unit", lang)
    if isinstance(values.get("given"), str):
        values["given"] = tidy(str(values["given"]))
    if "office" in values:
        values["office"] = catalogue.unit_name(str(values["office"]))
    if "sheet" in values:
        sheet = BY_KEY[str(values["sheet"])]
        values["sheet"] = sheet.name(lang)
        if "column" in values:
            values["column"] = sheet.heading(sheet.column(str(values["column"])), lang)
    if "note" in values and has(f"rules.format.{values.get('detail')}", lang):
        values["format"] = values["detail"]
    for key in ("kind", "format", "reading", "witness", "archive", "limit", "body", "whose", "where", "note"):
        if key in values:
            values[key] = say(f"rules.{key}.{values[key]}", lang, **{k: v for k, v in values.items() if k != key})
    if "ruling" in values:
        values["ruling"] = say(f"decisions.ruling.{values['ruling']}", lang)
    if "faults" in values:
        values["faults"] = "; ".join(say(f"rules.fault.{fault}", lang) for fault in values["faults"])  # type: ignore[attr-defined]
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
        (rule.code, rule.severity.value, _name(rule, lang, catalogue), _step_of(rule.code, lang, "next"))
        for rule in rules_of(catalogue)
    )


def _name(rule: Rule, lang: str, catalogue: Catalogue) -> str:
    check = next((check for check in catalogue.checks if check.code == rule.code), None)
    return check.sentence(lang) if check is not None else say(f"rules.{rule.code}.name", lang)


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
            _step_of(rule.code, lang, "next"),
            say(f"rules.missing.{rule.missing}", lang),
        )
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(lines) + "\n"


# What units get wrong most often, in the order in which they would meet it while filling in.
MOST_COMMON = (
    "T07", "T11", "M01", "T03", "T14", "T19", "M06", "S05", "S03", "S04", "S17", "S14", "S28", "S19", "S20", "S24", "S25",
    "B01", "B04", "H02",
)  # fmt: skip


def render_mistakes(lang: str, catalogue: Catalogue) -> str:
    """The most common mistakes for the units, as Markdown: what is wrong and what to do."""
    names = {code: name for code, _, name, _ in rule_rows(lang, catalogue)}
    lines = [say("rules.mistakes.title", lang), "", say("rules.mistakes.intro", lang)]
    for number, code in enumerate(MOST_COMMON, start=1):
        lines += ["", f"## {number}. {names[code]}", "", f"{_step_of(code, lang, 'unit')} ({code})"]
    return "\n".join(lines) + "\n"
