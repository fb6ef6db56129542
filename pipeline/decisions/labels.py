"""A finding as one line of a drop-down, and back: picking it fills in what would otherwise be typed."""

from __future__ import annotations

from pipeline.model import Finding

SEPARATOR = " · "
NOTHING = "–"
_CUT = 60


def label_of(finding: Finding) -> str:
    """Rule · unit · code · raw text · file."""
    given = finding.values.get("given", "")
    parts = (finding.rule, finding.unit, finding.key, str(given)[:_CUT], finding.file)
    return SEPARATOR.join(" ".join(part.replace("·", " ").split()) or NOTHING for part in parts)


def parts_of(label: str) -> dict[str, str]:
    """The columns that a picked line stands for; {} when it is no such line."""
    parts = [part.strip() for part in label.split(SEPARATOR.strip(), 4)]
    if len(parts) < 5:
        return {}
    named = dict(zip(("rule", "unit", "code", "old", "file"), parts, strict=True))
    return {key: "" if part == NOTHING else part for key, part in named.items()}
