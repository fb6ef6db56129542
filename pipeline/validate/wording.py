"""What a finding says and what to do next; the list of all rules for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

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
    if proposal in {None, ""}:
        return step
    own = f"rules.{finding.rule}.proposal"
    return f"{step} {say(own if has(own, lang) else 'rules.proposal', lang, proposal=proposal)}"


def _operands(operands: object, lang: str) -> str:
    assert isinstance(operands, Mapping)
    return "; ".join(f"{code} = {shown(amount, lang)}" for code, amount in operands.items())


@dataclass(frozen=True, slots=True)
class _Told:
    """One value of a finding beside the others, those before it in ``_WORDINGS`` in words already."""

    key: str
    values: Mapping[str, object]
    lang: str
    catalogue: Catalogue

    @property
    def value(self) -> object:
        return self.values[self.key]


def _given(told: _Told) -> object:
    return tidy(told.value) if isinstance(told.value, str) else told.value


def _unit_name(told: _Told) -> str:
    return told.catalogue.unit_name(str(told.value))


def _heading(told: _Told) -> object:
    if "sheet" not in told.values:
        return told.value
    sheet = BY_KEY[str(told.values["sheet"])]
    return sheet.heading(sheet.column(str(told.value)), told.lang)


def _sheet_name(told: _Told) -> str:
    return BY_KEY[str(told.value)].name(told.lang)


def _sentence_of(told: _Told) -> str:
    """A text of its own below ``rules.<key>``, which may quote the other values."""
    others = {key: value for key, value in told.values.items() if key != told.key}
    return say(f"rules.{told.key}.{told.value}", told.lang, **others)


def _ruling(told: _Told) -> str:
    return say(f"decisions.ruling.{told.value}", told.lang)


def _faults(told: _Told) -> str:
    assert isinstance(told.value, tuple)
    return "; ".join(say(f"rules.fault.{fault}", told.lang) for fault in told.value)


def _claims(told: _Told) -> object:
    if not isinstance(told.value, Mapping):
        return told.value
    unit_name = told.catalogue.unit_name
    said = (f"{say(f'rules.witness.{who}', told.lang)}: {unit_name(code)}" for who, code in told.value.items())
    return "; ".join(said)


# In this order: a heading needs the key of its sheet, and a note quotes the format in words.
_WORDINGS: Mapping[str, Callable[[_Told], object]] = {
    "given": _given,
    "office": _unit_name,
    "column": _heading,
    "sheet": _sheet_name,
    **dict.fromkeys(
        ("kind", "format", "reading", "witness", "archive", "limit", "body", "whose", "where", "note"), _sentence_of
    ),
    "ruling": _ruling,
    "faults": _faults,
    "operands": lambda told: _operands(told.value, told.lang),
    "claims": _claims,
}


def _worded(finding: Finding, lang: str, catalogue: Catalogue) -> dict[str, object]:
    """The values of a finding as people read them: names instead of codes and keys."""
    values = dict(finding.values)
    values["unit"] = catalogue.unit_name(finding.unit) if finding.unit else say("common.unknown_unit", lang)
    if "note" in values and has(f"rules.format.{values.get('detail')}", lang):
        values["format"] = values["detail"]
    for key, in_words in _WORDINGS.items():
        if key in values:
            values[key] = in_words(_Told(key, values, lang, catalogue))
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
