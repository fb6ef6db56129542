"""Letters as mail programs save them: .eml and .mbox with fixed boundaries, so that the bytes are the same every time."""

from __future__ import annotations

from base64 import encodebytes
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.message import Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from urllib.parse import quote

# How a program writes the name of a file into a mail: whole (RFC 2231), in pieces (RFC 2231, 3), as encoded words in
# quotes (against RFC 2047, yet common), or not at all.
WHOLE, PIECES, WORDS, NAMELESS = "whole", "pieces", "words", "nameless"
# Letters in a piece: an escape must not be cut in two.
_PIECE = 12
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {"xlsx": _WORKBOOK, "pdf": "application/pdf", "png": "image/png", "vcf": "text/vcard"}


@dataclass(frozen=True)
class Attachment:
    """A file in a letter. ``inline``: a picture shown in the text, such as a logo below the signature."""

    name: str
    data: bytes = field(repr=False)
    naming: str = WHOLE
    inline: bool = False


@dataclass(frozen=True)
class Letter:
    """One message; ``sent`` with its time zone; ``forwarded``: an older message that it passes on whole.

    ``html``: the text is a web page and nothing else, as some phones send it.
    """

    sender: str
    recipient: str
    subject: str
    sent: datetime
    body: str
    attached: tuple[Attachment, ...] = ()
    forwarded: Letter | None = None
    html: bool = False


def as_eml(letter: Letter) -> bytes:
    """The letter as a mail file."""
    return _message(letter, 1).as_bytes()


def as_mbox(letters: tuple[Letter, ...]) -> bytes:
    """Several letters in the mailbox file of a mail program."""
    return b"".join(_postmark(letter) + as_eml(letter) + b"\n\n" for letter in letters)


def with_blank_after_base64(mail: bytes) -> bytes:
    """The mail as an old gateway passes it on: a blank behind the word base64, at which strict readers stumble."""
    return mail.replace(b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: base64 \n")


def _postmark(letter: Letter) -> bytes:
    day = letter.sent.strftime("%a %b %d %H:%M:%S %Y")
    return f"From {letter.sender} {day}\n".encode()


def _message(letter: Letter, depth: int) -> Message:
    message: Message = MIMEText(letter.body, "html" if letter.html else "plain", "utf-8")
    if letter.attached or letter.forwarded is not None:
        whole = MIMEMultipart("mixed", boundary=f"=_phoihop_{depth}")
        whole.attach(message)
        for number, one in enumerate(letter.attached, start=1):
            whole.attach(_part(one, number))
        if letter.forwarded is not None:
            whole.attach(MIMEMessage(_message(letter.forwarded, depth + 1)))
        message = whole
    message["From"] = letter.sender
    message["To"] = letter.recipient
    message["Date"] = format_datetime(letter.sent)
    message["Subject"] = Header(letter.subject, "utf-8").encode()
    message["Message-ID"] = f"<{letter.sent:%Y%m%d%H%M}.{depth}@{letter.sender.partition('@')[2]}>"
    return message


def _part(one: Attachment, number: int) -> Message:
    main, _, sub = _TYPES.get(one.name.rpartition(".")[2].lower(), "application/octet-stream").partition("/")
    part = MIMENonMultipart(main, sub)
    part.set_payload(encodebytes(one.data).decode("ascii"))
    part["Content-Transfer-Encoding"] = "base64"
    if one.inline:
        part["Content-ID"] = f"<hinh{number}@phoihop>"
    part["Content-Disposition"] = ("inline" if one.inline else "attachment") + _named(one)
    return part


def _named(one: Attachment) -> str:
    """The parameter with the file's name, as its program writes it."""
    if one.naming == NAMELESS:
        return ""
    if one.naming == WORDS:
        words = encodebytes(one.name.encode()).decode("ascii").replace("\n", "")
        return f'; filename="=?UTF-8?B?{words}?="'
    if one.naming == WHOLE:
        return f"; filename*=utf-8''{quote(one.name, safe='')}"
    pieces = [one.name[place : place + _PIECE] for place in range(0, len(one.name), _PIECE)]
    marks = ["utf-8''", *[""] * (len(pieces) - 1)]
    return "".join(
        f";\n filename*{number}*={mark}{quote(piece, safe='')}"
        for number, (mark, piece) in enumerate(zip(marks, pieces, strict=True))
    )
