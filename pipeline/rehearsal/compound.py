"""A compound file ([MS-CFB], version 3) from a tree of storages and streams: the shell of .msg and encrypted workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from struct import pack
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]

_SECTOR, _MINI_SECTOR, _SMALL = 512, 64, 4096
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_PER_SECTOR = _SECTOR // 4
_PLACES_IN_HEADER = 109


@dataclass
class _Entry:
    """One line of the directory."""

    name: str
    kind: int
    data: bytes = b""
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        name = f"{self.name}\0".encode("utf-16-le")
        # Black nodes only: a balanced tree without red ones is what every reader accepts.
        head = name.ljust(64, b"\0") + pack("<HBB", len(name), self.kind, 1)
        links = pack("<III", self.left, self.right, self.child) + bytes(16 + 4 + 8 + 8)
        return head + links + pack("<IQ", self.start, self.size)


class _Sectors:
    """Numbered sectors of one size, and the table that chains them."""

    def __init__(self, size: int) -> None:
        self.size, self.data, self.table = size, bytearray(), list[int]()

    def add(self, content: bytes, mark: int | None = None) -> int:
        """Put content into the next sectors; the number of the first."""
        first, count = len(self.table), -(-len(content) // self.size)
        self.data += content.ljust(count * self.size, b"\0")
        chain = [*range(first + 1, first + count), _END] if mark is None else [mark] * count
        self.table += chain if count else []
        return first if count else _END


def compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file; the same tree gives the same bytes."""
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _enter(tree, entries)
    large, small = _Sectors(_SECTOR), _Sectors(_MINI_SECTOR)
    for entry in entries[1:]:
        if entry.kind == _STREAM:
            entry.size = len(entry.data)
            entry.start = (small if entry.size < _SMALL else large).add(entry.data)
    entries[0].size, entries[0].start = len(small.data), large.add(bytes(small.data))
    small_table = large.add(_numbers(small.table))
    directory = b"".join(entry.packed() for entry in entries)
    first_directory = large.add(directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0"))
    return _closed(large, first_directory, small_table, -(-len(small.table) // _PER_SECTOR))


def _enter(tree: Tree, entries: list[_Entry]) -> int:
    """Enter a storage's children into the directory; the number of the one in the middle, where the search begins."""
    numbers: list[int] = []
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        content = tree[name]
        entry = _Entry(name, _STREAM, content) if isinstance(content, bytes) else _Entry(name, _STORAGE)
        numbers.append(len(entries))
        entries.append(entry)
    for number in numbers:
        inner = tree[entries[number].name]
        if not isinstance(inner, bytes):
            entries[number].child = _enter(inner, entries)
    return _balanced(numbers, entries)


def _balanced(numbers: list[int], entries: list[_Entry]) -> int:
    if not numbers:
        return _NONE
    middle = len(numbers) // 2
    node = entries[numbers[middle]]
    node.left, node.right = _balanced(numbers[:middle], entries), _balanced(numbers[middle + 1 :], entries)
    return numbers[middle]


def _numbers(table: list[int]) -> bytes:
    padded = [*table, *[_FREE] * (-len(table) % _PER_SECTOR)]
    return pack(f"<{len(padded)}I", *padded)


def _closed(large: _Sectors, directory: int, small_table: int, small_tables: int) -> bytes:
    """Header, sectors and the table of sectors, which lists its own sectors as well."""
    count = 0
    while count * _PER_SECTOR < len(large.table) + count:
        count += 1
    if count > _PLACES_IN_HEADER:
        raise ValueError("too large for a compound file without a second header")
    places = list(range(len(large.table), len(large.table) + count))
    large.add(bytes(count * _SECTOR), _FAT)
    large.data[places[0] * _SECTOR :] = _numbers(large.table)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += pack("<IIIIIIIIII", 0, count, directory, 0, _SMALL, small_table, small_tables, _END, 0, places[0])
    rest = [*places[1:], *[_FREE] * (_PLACES_IN_HEADER - count)]
    return header + pack(f"<{len(rest)}I", *rest) + bytes(large.data)
