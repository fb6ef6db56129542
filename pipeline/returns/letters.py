"""The mail and the message to a unit, ready to be read, changed and sent by a person; nothing is ever sent from here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from pipeline.catalogue import Unit
from pipeline.config import Config
from pipeline.model import Severity, UnitOutcome
from pipeline.returns.verdict import Line, Verdict, brief
from pipeline.text import say, short_date, shown

MOST_LINES, MOST_TOTALS = 15, 6
VIETNAM = timezone(timedelta(hours=7))
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and two texts: ``mail`` in full, ``message`` for a telephone."""

    subject: str
    mail: str
    message: str


def thanks_letter(unit: Unit, outcome: UnitOutcome, verdict: Verdict, config: Config) -> Letter:
    """Thanks, with the figures that were read: the unit's proof."""
    lang = config.language
    totals = "\n".join(_totals(verdict, lang))
    values = {
        **_common(unit, config),
        "file": _name(verdict.file),
        "received": _received(verdict, lang),
        "totals": totals,
    }
    values |= {"count": str(len(verdict.totals)), "sha256": verdict.sha256, "late": _late(outcome, lang)}
    return _letter("thanks", values, lang)


def correction_letter(
    unit: Unit, outcome: UnitOutcome, verdict: Verdict, config: Config, today: date, attachment: str
) -> Letter:
    """What is to be corrected, by when, and how to use the marked copy."""
    lang = config.language
    values = {
        **_common(unit, config),
        "file": _name(verdict.file),
        "received": _received(verdict, lang),
        "attachment": attachment,
    }
    values |= {
        "counts": _counts(verdict, lang),
        "lines": "\n".join(_lines(verdict, lang)),
        "deadline": _deadline(outcome, config, today),
    }
    key = "refused" if verdict.refused else "correction" if verdict.count(Severity.ERROR) else "doubt"
    return _letter(key, values, lang)


def reminder_letter(unit: Unit, outcome: UnitOutcome, config: Config, today: date) -> Letter:
    """The unit has sent nothing that could be read: days left or late, and where to send it."""
    values = {**_common(unit, config), "deadline": _deadline(outcome, config, today), "code": unit.code}
    return _letter("reminder", values, config.language)


def _common(unit: Unit, config: Config) -> dict[str, str]:
    to = config.send_to
    return {"unit": unit.name, "year": str(config.year), "to": to.to, "email": to.email, "phone": to.phone}


def _letter(key: str, values: Mapping[str, object], lang: str) -> Letter:
    texts = (say(f"returns.{key}.{part}", lang, **values).strip() for part in ("subject", "mail", "message"))
    return Letter(*texts)


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _received(verdict: Verdict, lang: str) -> str:
    return say("returns.received", lang, day=verdict.received) if verdict.received else ""


def _late(outcome: UnitOutcome, lang: str) -> str:
    return say("returns.late", lang, days=str(outcome.days_late)) if outcome.days_late else ""


def _deadline(outcome: UnitOutcome, config: Config, today: date) -> str:
    day = outcome.deadline or config.unit_deadline
    left = (day - today).days
    key = "left" if left > 0 else "today" if left == 0 else "over"
    return say(f"returns.deadline.{key}", config.language, day=short_date(day), days=str(abs(left)))


def _lines(verdict: Verdict, lang: str) -> Iterator[str]:
    """The findings in the order of the workbook; beyond fifteen only their number."""
    told = [line for line in verdict.lines if line.finding.severity is Severity.ERROR] or list(verdict.lines)
    for number, line in enumerate(told[:MOST_LINES], start=1):
        yield f"{number}. {_place(line, lang)}{brief(line.wrong)} {line.step}"
    left = len(verdict.lines) - min(len(told), MOST_LINES)
    if left:
        yield say("returns.more", lang, count=str(left))


def _place(line: Line, lang: str) -> str:
    ref = line.finding.ref
    return say("returns.place", lang, sheet=ref.sheet, address=ref.address) if ref is not None else ""


def _counts(verdict: Verdict, lang: str) -> str:
    """2 lỗi và 1 điểm nên xem lại; what there is none of is not told."""
    counted = ((one, verdict.count(one)) for one in (Severity.ERROR, Severity.WARNING))
    told = [say(f"returns.counts.{one}", lang, count=str(count)) for one, count in counted if count]
    return say("returns.counts.join", lang).join(told)


def _totals(verdict: Verdict, lang: str) -> Iterator[str]:
    for entry in [one for one in verdict.totals if one.code.startswith("CT")][:MOST_TOTALS]:
        name, measure = verdict.names.get(entry.code, ("", ""))
        amount = shown(entry.amount, lang)
        yield f"- {entry.code} {name}: {amount}" + ("" if isinstance(entry.amount, bool) else f" {measure}")


def as_mail(letter: Letter, unit: Unit, config: Config, files: Mapping[str, bytes], today: date) -> bytes:
    """An .eml that mail programs open as a draft; the same content gives the same bytes."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["To"], message["Subject"] = ", ".join(sorted(unit.addresses)), letter.subject
    message["Date"] = format_datetime(datetime.combine(today, time(8), VIETNAM))
    message.set_content(letter.mail + "\n", cte="base64")
    for name, data in files.items():
        message.add_attachment(data, maintype=XLSX[0], subtype=XLSX[1], filename=name)
    if message.is_multipart():
        message.set_boundary("=_" + sha256(letter.mail.encode()).hexdigest()[:24])
    return message.as_bytes()


def as_message(letter: Letter) -> bytes:
    """A text file that Notepad opens with its Vietnamese letters, to be pasted into Zalo."""
    return b"\xef\xbb\xbf" + letter.message.replace("\n", "\r\n").encode() + b"\r\n"
