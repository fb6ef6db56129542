"""The lines at the top of a narrative that say what the document is: kind, symbol, abstract, addressees, recipients."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from pipeline.report.telling import UnknownWordError
from pipeline.text import tidy, without_accents

END = "---"
_LIKE_END = re.compile(r"\s*[-–—]+\s*$")
FIELDS = {
    "loại": "kind",
    "ký hiệu": "symbol",
    "trích yếu": "summary",
    "kính gửi": "addressees",
    "nơi nhận": "recipients",
    "độ khẩn": "urgency",
}
URGENCIES = ("khan", "thuong_khan", "hoa_toc")


@dataclass(frozen=True, slots=True)
class Heading:
    """``kind``: BÁO CÁO …, "" for a letter; ``symbol``: BC …; ``summary``: the lines of the abstract."""

    kind: str = ""
    symbol: str = ""
    summary: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    urgency: str = ""

    @property
    def title(self) -> str:
        """Kind and abstract as one line of running text: Báo cáo kết quả thực hiện …"""
        summary = " ".join(self.summary)
        return f"{self.kind.capitalize()} {summary[0].lower()}{summary[1:]}" if self.kind else summary


def split(text: str) -> tuple[Heading, str]:
    """A filled narrative -> its heading and its text. Raises UnknownWordError for a line that is not understood."""
    above, mark, below = re.sub(rf"(?m)^[ \t]*{END}[ \t]*$", END, f"{text.rstrip()}\n").partition(f"\n{END}\n")
    if not mark:
        like = next(filter(_LIKE_END.match, text.splitlines()), "")
        raise (
            UnknownWordError("no_end", given=like) if like else UnknownWordError("no_heading", known=", ".join(FIELDS))
        )
    if not below.strip():
        raise UnknownWordError("no_text", given=END)
    values: dict[str, str] = {}
    for line in filter(None, map(str.strip, above.splitlines())):
        name, colon, value = line.partition(":")
        field = FIELDS.get(tidy(name).lower(), "")
        if not colon or not field:
            raise UnknownWordError("bad_heading", given=line[:60], known=", ".join(FIELDS))
        if field in values:
            raise UnknownWordError("twice", given=line[:60])
        values[field] = _degree(_plain(value), line) if field == "urgency" else _plain(value)
    lists = {name: _parts(values.get(name, "")) for name in ("summary", "addressees", "recipients")}
    if not lists["summary"]:
        raise UnknownWordError("no_summary")
    return Heading(values.get("kind", ""), values.get("symbol", ""), urgency=values.get("urgency", ""), **lists), below


def _degree(value: str, line: str) -> str:
    """The degree of urgency as config.toml writes it: "thượng khẩn" is thuong_khan."""
    degree = without_accents(value).lower().replace(" ", "_")
    if degree not in {"", *URGENCIES}:
        raise UnknownWordError("bad_urgency", given=line[:60], known=", ".join(URGENCIES))
    return degree


def _plain(value: str) -> str:
    """Filled words come escaped for Markdown; the heading is not Markdown."""
    kept = value.replace("\\\\", "\0")
    return tidy(html.unescape(kept.replace("\\", "")).replace("\0", "\\"))


def _parts(value: str) -> tuple[str, ...]:
    return tuple(part for part in map(tidy, value.split("|")) if part)
