"""The lines at the top of a narrative that say what the document is: kind, symbol, abstract, addressees, recipients."""

from __future__ import annotations

import html
from dataclasses import dataclass

from pipeline.report.telling import UnknownWordError
from pipeline.text import tidy

END = "---"
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
    above, mark, below = text.partition(f"\n{END}\n")
    if not mark:
        raise UnknownWordError("no_heading", known=", ".join(FIELDS))
    values: dict[str, str] = {}
    for line in filter(None, map(str.strip, above.splitlines())):
        name, colon, value = line.partition(":")
        if not colon or tidy(name).lower() not in FIELDS:
            raise UnknownWordError("bad_heading", given=line[:60], known=", ".join(FIELDS))
        values[FIELDS[tidy(name).lower()]] = _plain(value)
        if values.get("urgency", "") not in {"", *URGENCIES}:
            raise UnknownWordError("bad_urgency", given=line[:60], known=", ".join(URGENCIES))
    lists = {name: _parts(values.get(name, "")) for name in ("summary", "addressees", "recipients")}
    if not lists["summary"]:
        raise UnknownWordError("no_summary")
    return Heading(values.get("kind", ""), values.get("symbol", ""), urgency=values.get("urgency", ""), **lists), below


def _plain(value: str) -> str:
    """Filled words come escaped for Markdown; the heading is not Markdown."""
    kept = value.replace("\\\\", "\0")
    return tidy(html.unescape(kept.replace("\\", "")).replace("\0", "\\"))


def _parts(value: str) -> tuple[str, ...]:
    return tuple(part for part in map(tidy, value.split("|")) if part)
