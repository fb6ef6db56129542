"""An Outlook message (.msg) -> who sent it, when, and every file in it."""

from __future__ import annotations

from collections.abc import Iterator
from email.parser import HeaderParser
from io import BytesIO
from typing import Any

from pipeline.intake.archives import Member, Unopened, inside
from pipeline.intake.messages import MAX_DEPTH, Attached, mail_of
from pipeline.model import Mail

# Property numbers and layouts: MS-OXPROPS; the property stream's header is shorter inside an attached message
# (MS-OXMSG 2.4.1.1 and 2.4.1.2).
_TOP_HEADER, _INNER_HEADER = 32, 24
_HEADERS, _SENDER, _SENDER_SMTP, _SUBJECT, _BODY, _SUBMITTED = 0x007D, 0x0C1F, 0x5D01, 0x0037, 0x1000, 0x0039
_LONG_NAME, _SHORT_NAME, _DATA = 0x3707, 0x3704, 0x3701
_INNER_MESSAGE = "__substg1.0_3701000D"


def read_outlook(data: bytes) -> tuple[Mail, tuple[Attached, ...]]:
    """The message and its files, those of attached messages included. Raises Unopened("msg_damaged")."""
    from olefile import OleFileIO
    from oxmsg.storage import Storage

    try:
        with OleFileIO(BytesIO(data)) as compound:
            root = Storage.from_ole(compound)
        mail = _mail(root, _TOP_HEADER)
        return mail, tuple(_attached(root, mail, 0))
    except Exception as error:  # a damaged property table raises whatever it leads to
        raise Unopened("msg_damaged") from error


def _mail(storage: Any, header: int) -> Mail:
    from oxmsg.properties import Properties

    facts = Properties(storage, properties_header_offset=header)
    headers = HeaderParser().parsestr(facts.str_prop_value(_HEADERS) or "")
    sender = headers["From"] or facts.str_prop_value(_SENDER_SMTP) or facts.str_prop_value(_SENDER) or ""
    subject, body = facts.str_prop_value(_SUBJECT) or "", facts.str_prop_value(_BODY) or ""
    return mail_of(sender, subject, facts.date_prop_value(_SUBMITTED), body)


def _attached(storage: Any, mail: Mail, depth: int) -> Iterator[Attached]:
    from oxmsg.attachment import Attachment

    for number, place in enumerate(storage.iter_attachment_storages(), start=1):
        facts = Attachment(place).properties
        data = facts.binary_prop_value(_DATA)
        name = facts.str_prop_value(_LONG_NAME) or facts.str_prop_value(_SHORT_NAME) or f"khong-ten-{number}"
        if data:
            yield Attached(Member(inside(name.replace("/", "-")), data), mail)
        for inner in (one for one in place.storages if one.name == _INNER_MESSAGE and depth < MAX_DEPTH):
            own = _mail(inner, _INNER_HEADER)
            yield from _attached(inner, own if own.sent else mail, depth + 1)
