"""Zip archives as different programs write them: names in any encoding, a password mark, ways out of the folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def zipped(members: Mapping[str, bytes]) -> bytes:
    """An archive with names in UTF-8, marked as such."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return packed.getvalue()


def zipped_raw(members: Mapping[bytes, bytes]) -> bytes:
    """An archive whose names are bytes without a mark, as Windows Explorer and old programs write them."""
    # zipfile writes an unmarked name as ASCII only: each name is written as a stand-in of its length, then put in place.
    names = {name: f"{number:03d}".ljust(len(name), "_") for number, name in enumerate(members)}
    packed = zipped({names[name]: data for name, data in members.items()})
    for name, stand_in in names.items():
        packed = packed.replace(stand_in.encode("ascii"), name)
    return packed


def locked(members: Mapping[str, bytes]) -> bytes:
    """An archive that says of its members that a password is needed."""
    packed = bytearray(zipped(members))
    for mark, place in ((_LOCAL, 6), (_CENTRAL, 8)):
        start = packed.find(mark)
        while start >= 0:
            packed[start + place] |= 1
            start = packed.find(mark, start + 4)
    return bytes(packed)


def in_cp1258(text: str) -> bytes:
    """Text in the Vietnamese code page of Windows, where tones stand behind their letters."""
    written = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in parts if mark in _TONES)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        written.append(bare + tones)
    return "".join(written).encode("cp1258")
