"""A letter as Outlook saves it: a compound file with one stream for each long property (MS-OXMSG)."""

from __future__ import annotations

from datetime import UTC, datetime
from struct import pack

from pipeline.rehearsal.compound import Tree, compound_file
from pipeline.rehearsal.mails import Attachment, Letter

_INTEGER, _OBJECT, _TEXT, _TIME, _BINARY = 0x0003, 0x000D, 0x001F, 0x0040, 0x0102
_READ_WRITE = 6
_BY_VALUE, _EMBEDDED = 1, 5
_UNICODE_STORE = 0x40000
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_Property = tuple[int, int, int | str | bytes]


def as_msg(letter: Letter) -> bytes:
    """The bytes of a .msg with the letter's text, its files and the letter that it forwards."""
    names: Tree = {f"__substg1.0_{number:04X}0102": b"" for number in (2, 3, 4)}
    return compound_file({**_message(letter, top=True), "__nameid_version1.0": names})


def _message(letter: Letter, *, top: bool) -> dict[str, bytes | Tree]:
    properties: list[_Property] = [
        (0x001A, _TEXT, "IPM.Note"),
        (0x0037, _TEXT, letter.subject),
        (0x0039, _TIME, _ticks(letter.sent)),
        (0x0C1F, _TEXT, letter.sender),
        (0x1000, _TEXT, letter.body),
        (0x340D, _INTEGER, _UNICODE_STORE),
        (0x5D01, _TEXT, letter.sender),
    ]
    attached = [_file(number, one) for number, one in enumerate(letter.attached)]
    if letter.forwarded is not None:
        attached.append(_embedded(len(attached), letter.forwarded))
    header = bytes(8) + pack("<IIII", 0, len(attached), 0, len(attached)) + (bytes(8) if top else b"")
    storages = {f"__attach_version1.0_#{number:08X}": one for number, one in enumerate(attached)}
    return {**_streams(header, properties), **storages}


def _ticks(moment: datetime) -> int:
    """Tenths of microseconds since 1601."""
    return int((moment - _EPOCH).total_seconds()) * 10_000_000


def _file(number: int, one: Attachment) -> Tree:
    return _streams(
        bytes(8),
        [
            (0x0E21, _INTEGER, number),
            (0x3701, _BINARY, one.data),
            (0x3705, _INTEGER, _BY_VALUE),
            (0x3707, _TEXT, one.name),
        ],
    )


def _embedded(number: int, letter: Letter) -> Tree:
    properties: list[_Property] = [
        (0x0E21, _INTEGER, number),
        (0x3001, _TEXT, letter.subject),
        (0x3701, _OBJECT, 1),
        (0x3705, _INTEGER, _EMBEDDED),
    ]
    return {**_streams(bytes(8), properties), "__substg1.0_3701000D": _message(letter, top=False)}


def _streams(header: bytes, properties: list[_Property]) -> dict[str, bytes | Tree]:
    """The table of properties, and a stream for each that is longer than its line in the table."""
    table, streams = header, dict[str, bytes | Tree]()
    for number, kind, content in properties:
        if isinstance(content, int):
            line = pack("<Q", content)
        else:
            data = content.encode("utf-16-le") if isinstance(content, str) else content
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
            line = pack("<II", len(data) + (2 if kind == _TEXT else 0), 0)
        table += pack("<HHI", kind, number, _READ_WRITE) + line
    return {"__properties_version1.0": table, **streams}
