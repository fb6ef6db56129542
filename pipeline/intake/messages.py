"""A mail as bytes -> who sent it, when, what it says, and every file in it, forwarded messages included."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from html import unescape

from pipeline.intake.archives import Member, inside
from pipeline.model import Mail
from pipeline.text import tidy

VIETNAM = timezone(timedelta(hours=7))
MAX_PARTS, MAX_DEPTH, MAX_BODY = 300, 8, 4000
_BASE64_STARTS = (b"UEsDB", b"0M8R4K", b"JVBERi")
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]+>", re.IGNORECASE | re.DOTALL)
_LINKED = re.compile(r"<a\b[^>]*?\bhref\s*=\s*(['\"])(https?://[^'\"]+)\1[^>]*>", re.IGNORECASE)
_FROM_LINE = re.compile(rb"(?m)^From [^\r\n]*\r?\n(?=[\x21-\x39\x3b-\x7e]+:)")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file in a mail, with the message that it came in (the forwarded one, where there is one)."""

    member: Member
    mail: Mail
    picture_in_text: bool = False


def read_mail(data: bytes) -> tuple[Mail, tuple[Attached, ...]]:
    """The message and its files. A part that cannot be decoded is given as it stands; nothing is left out."""
    message = message_from_bytes(data)
    for part in message.walk():
        _mend_headers(part)
    mail = _mail(message)
    return mail, tuple(_attached(message, mail, depth=0))[:MAX_PARTS]


def split_mbox(data: bytes) -> list[bytes]:
    """The messages of a mailbox file, in their order."""
    found = list(_FROM_LINE.finditer(data))
    starts = [line.end() for line in found]
    ends = [*(line.start() for line in found[1:]), len(data)]
    return [data[start:end].replace(b"\n>From ", b"\nFrom ") for start, end in zip(starts, ends, strict=True)]


def mail_of(sender: str, subject: str, sent: datetime | None, body: str) -> Mail:
    """The facts of a message as they are kept: the address alone, the moment in Vietnam time."""
    if sent is not None:
        sent = (sent if sent.tzinfo else sent.replace(tzinfo=VIETNAM)).astimezone(VIETNAM)
    return Mail(parseaddr(sender)[1].lower(), tidy(subject), sent, body[:MAX_BODY])


def _mail(message: Message) -> Mail:
    sender = _header(message, "From") or _header(message, "Sender") or _header(message, "Return-Path")
    return mail_of(sender, _header(message, "Subject"), _moment(message), _body(message))


def _moment(message: Message) -> datetime | None:
    """The Date line; where it is missing or broken, the moment at which the last server took the mail."""
    lines = [message.get("Date"), *(line.rpartition(";")[2] for line in map(str, message.get_all("Received", ())))]
    for line in lines:
        try:
            return parsedate_to_datetime(str(line).strip())
        except (TypeError, ValueError, IndexError):
            continue
    return None


def _mend_headers(part: Message) -> None:
    """Letters that were put into a header as they were, without encoding: the parser would replace them."""
    for name, value in list(part.raw_items()):
        text = _from_raw(value) if isinstance(value, str) else value
        if text != value and len(part.get_all(name, [])) == 1:
            part.replace_header(name, text)


def _header(message: Message, name: str) -> str:
    return _words(str(message.get(name, "")))


def _words(raw: str) -> str:
    """Encoded words decoded; raw bytes read as UTF-8, else as Windows Vietnamese."""
    unfolded = re.sub(r"\r?\n[ \t]+", " ", raw)
    # Blanks between two encoded words of one text are not part of it (RFC 2047, 6.2).
    joined = re.sub(r"(\?=)\s+(=\?)", r"\1\2", unfolded)
    try:
        text = str(make_header(decode_header(joined)))
    except (LookupError, UnicodeDecodeError, ValueError):
        text = joined
    return text


def _from_raw(text: str) -> str:
    raw = text.encode("ascii", "surrogateescape") if any("\udc80" <= c <= "\udcff" for c in text) else b""
    if not raw:
        return text
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1258", "replace")


def _attached(message: Message, mail: Mail, depth: int) -> Iterator[Attached]:
    """Every part that is a file, in order; text that is merely the body is not."""
    if message.get_content_type() == "message/rfc822" and depth < MAX_DEPTH:
        yield from _forwarded(message, mail, depth)
        return
    if message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _attached(part, mail, depth + 1)
        return
    name = _file_name(message)
    disposition = str(message.get("Content-Disposition", "")).lower()
    is_text = message.get_content_maintype() == "text"
    data = _bytes_of(message)
    if not data or (is_text and not name and "attachment" not in disposition):
        return
    number = depth and f"-{depth}"
    # An attachment has no folders: "Biểu 11/2026.xlsx" is a name.
    member = Member(inside(name.replace("/", "-")) if name else f"khong-ten{number or ''}{_ending(data)}", data)
    in_text = (
        message.get_content_maintype() == "image"
        and bool(message.get("Content-ID"))
        and "attachment" not in disposition
    )
    yield Attached(member, mail, in_text)


def _forwarded(message: Message, mail: Mail, depth: int) -> Iterator[Attached]:
    payload = message.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if isinstance(inner, Message):
        own = _mail(inner)
        # A forwarded message without a date of its own came when the outer one did.
        yield from _attached(inner, own if own.sent else mail, depth + 1)


def _file_name(message: Message) -> str:
    try:
        name = message.get_filename()
    except (LookupError, UnicodeDecodeError, ValueError):
        name = None
    return tidy(_words(name)) if name else ""


def _ending(data: bytes) -> str:
    return ".xlsx" if data.startswith(b"PK") else ".xls" if data.startswith(b"\xd0\xcf\x11\xe0") else ""


def _bytes_of(message: Message) -> bytes:
    """The content of a part; blanks after the word "base64" and a wrongly named encoding do not hide it."""
    encoding = str(message.get("Content-Transfer-Encoding", "")).strip().lower()
    del message["Content-Transfer-Encoding"]
    message["Content-Transfer-Encoding"] = encoding
    payload = message.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if data.lstrip()[:6].startswith(_BASE64_STARTS):
        try:
            return b64decode(b"".join(data.split()), validate=True)
        except (NotBase64, ValueError):
            return data
    return data


def _body(message: Message) -> str:
    """The text of the message itself: plain if there is any, else HTML without its tags; forwarded mails keep theirs."""
    texts: dict[str, str] = {}
    for part in _own_parts(message):
        kind = part.get_content_type()
        if kind in {"text/plain", "text/html"} and not _file_name(part) and kind not in texts:
            texts[kind] = _decoded(part)
    text = texts.get("text/plain") or _without_tags(texts.get("text/html", ""))
    return "\n".join(line for line in (tidy(line) for line in text.splitlines()) if line)


def _without_tags(html: str) -> str:
    """The words of a page; where a link leads stands beside its words."""
    linked = _LINKED.sub(lambda found: f"{found[0]}{found[2]} ", html)
    return unescape(_TAG.sub(" ", linked))


def _own_parts(message: Message) -> Iterator[Message]:
    if message.get_content_type() == "message/rfc822":
        return
    payload = message.get_payload()
    if isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _own_parts(part)
    else:
        yield message


def _decoded(part: Message) -> str:
    data = _bytes_of(part)
    for encoding in (part.get_content_charset(), "utf-8", "cp1258"):
        try:
            return data.decode(encoding or "utf-8")
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", "replace")
