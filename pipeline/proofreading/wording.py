"""What a remark says, in one language: what is wrong, what it should be, which article of the law says so."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pipeline.proofreading.proof import Place, Remark
from pipeline.proofreading.rules import RULES
from pipeline.proofreading.rules.rule import Fault
from pipeline.text import has, number, say, tidy

_CUT = 70
_KEYED = ("side", "fault", "where")


def sentence(remark: Remark, lang: str) -> str:
    """What is wrong and what it should be."""
    return f"{_says(remark, lang)} {_should(remark, lang)}".strip()


def _says(remark: Remark, lang: str) -> str:
    return say(f"layout.rule.{remark.code}.{_special(remark, '', lang) or 'says'}", lang, **_worded(remark, lang))


def _should(remark: Remark, lang: str) -> str:
    key = f"layout.rule.{remark.code}.{_special(remark, '_should', lang) or 'should'}"
    return say(key, lang, **_worded(remark, lang)) if has(key, lang) else ""


def _special(remark: Remark, end: str, lang: str) -> str:
    """The key of a sentence of its own for what is wrong; "" when there is none."""
    key = next((f"{remark.values[name]}{end}" for name in ("fault", "where") if name in remark.values), "")
    return key if key and has(f"layout.rule.{remark.code}.{key}", lang) else ""


def _worded(remark: Remark, lang: str) -> dict[str, str]:
    values = {name: _shown(value, lang) for name, value in remark.values.items()}
    for key in _KEYED:
        if has(f"layout.{key}.{remark.values.get(key)}", lang):
            values[key] = say(f"layout.{key}.{remark.values[key]}", lang)
    given = str(remark.given)
    if has(f"layout.align.{given}", lang):
        values["given"] = say(f"layout.align.{given}", lang)
    faults = "; ".join(_fault(fault, lang) for fault in remark.faults)
    return {"given": _shown(remark.given, lang), "expected": _shown(remark.expected, lang), **values, "faults": faults}


def _fault(fault: Fault, lang: str) -> str:
    return say(f"layout.look.{fault.key}", lang, given=_shown(fault.given, lang), expected=_shown(fault.expected, lang))


def _shown(value: object, lang: str) -> str:
    """A length, a size, a span (13–14), several lengths (10 or 12.7), or words."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return number(Decimal(f"{value:.2f}" if abs(value) < 5 else f"{value:.1f}"), lang)
    if isinstance(value, tuple) and len(value) == 2 and value[1] >= 1000:
        return f"≥ {_shown(value[0], lang)}"
    if isinstance(value, tuple):
        bounds = list(dict.fromkeys(_shown(one, lang) for one in value))
        return "–".join(bounds)
    if isinstance(value, list):
        return " / ".join(_shown(one, lang) for one in value)
    text = tidy(str(value))
    return f"{text[:_CUT]}…" if len(text) > _CUT else text


def place(where: Place, lang: str) -> str:
    """Where it is, as a person would look for it."""
    part = say(f"layout.part.{where.part}", lang)
    if not where.paragraph:
        return part
    return say("layout.place", lang, part=part, paragraph=str(where.paragraph), quote=tidy(where.quote))


def law(code: str, form: str, lang: str, fault: str = "") -> str:
    """The article of the law that a rule rests on, for nd30 or doan; one of its faults may rest on another."""
    special = f"layout.rule.{code}.{fault}_{form}"
    key = special if fault and has(special, lang) else f"layout.rule.{code}.{form}"
    return _full(say(key, lang), form, lang) if has(key, lang) else say("layout.law.practice", lang)


def _full(article: str, form: str, lang: str) -> str:
    """An article with the name of its law before it; one that names another law stays as it is."""
    return article[1:].strip() if article.startswith("=") else f"{say(f'layout.law.{form}', lang)}, {article}"


def remark_json(remark: Remark, form: str, lang: str) -> Mapping[str, object]:
    """A remark for programs."""
    return {
        "code": remark.code,
        "severity": remark.severity.value,
        "part": remark.place.part,
        "paragraph": remark.place.paragraph,
        "quote": remark.place.quote,
        "says": sentence(remark, lang),
        "law": law(remark.code, form, lang, remark.fault),
        "also": [{"part": one.part, "paragraph": one.paragraph, "quote": one.quote} for one in remark.also],
    }


def render_layout(lang: str) -> str:
    """All rules as Markdown: code, severity, what is checked, law in both forms."""
    lines = [say("layout.document.title", lang), "", say("layout.document.intro", lang)]
    group = ""
    for rule in RULES:
        if rule.code[0] != group:
            group = rule.code[0]
            heads = say("layout.document.columns", lang)
            lines += ["", f"## {say(f'layout.group.{group}', lang)}", "", heads, "|---|---|---|---|---|"]
        laws = [law(rule.code, form, lang) if form in rule.forms else "–" for form in ("nd30", "doan")]
        cells = (rule.code, say(f"common.{rule.severity}", lang), say(f"layout.rule.{rule.code}.name", lang), *laws)
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(lines) + "\n"
