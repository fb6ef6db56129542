"""Names of agencies on the lines that they have room for: broken where a reader would draw breath."""

from __future__ import annotations

import re

from pipeline.report.layouts import Look
from pipeline.typeface import broken, width

_JOINTS = re.compile(r"(?<=,) | (?=VÀ )")


def whole(text: str) -> str:
    """A name on one line; ``|`` in it only says where it may break."""
    return " ".join(text.replace("|", " ").split())


def name_lines(text: str, look: Look, room: float) -> tuple[str, ...]:
    """One line where it fits; else the parts between the marks, which break after commas and before VÀ, then anywhere."""
    if _fits(whole(text), look, room):
        return (whole(text),)
    lines: list[str] = []
    for part in filter(None, (" ".join(part.split()) for part in text.split("|"))):
        lines += _packed(part, look, room)
    return tuple(lines)


def _packed(text: str, look: Look, room: float) -> list[str]:
    lines: list[str] = []
    for phrase in _JOINTS.split(text):
        if lines and _fits(f"{lines[-1]} {phrase}", look, room):
            lines[-1] = f"{lines[-1]} {phrase}"
        else:
            lines += broken(phrase, look.size, room, bold=look.bold)
    return lines


def _fits(text: str, look: Look, room: float) -> bool:
    return width(text, look.size, bold=look.bold) <= room
