"""The readers of workbooks, by kind; and the one password that Excel itself types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO

from pipeline.reading.grids import Book
from pipeline.reading.guard import Refusal
from pipeline.reading.ods import read_ods
from pipeline.reading.packages import read_package
from pipeline.reading.xls import read_xls
from pipeline.reading.xlsb import read_xlsb

# Excel encrypts workbooks whose structure is protected with this password, and opens them without asking (MS-OFFCRYPTO 2.3.7.2).
DEFAULT_PASSWORD = "VelvetSweatshop"

READERS: Mapping[str, Callable[[bytes], Book]] = {
    "xlsx": read_package,
    "xlsm": read_package,
    "xls": read_xls,
    "xlsb": read_xlsb,
    "ods": read_ods,
}
ENCRYPTED = "encrypted"


def open_book(kind: str, data: bytes) -> Book:
    """The book of a workbook's kind and bytes. Raises Refusal("not_workbook" for a kind without a reader, …)."""
    if kind == ENCRYPTED:
        return _with_default_password(data, read_package)
    reader = READERS.get(kind)
    if reader is None:
        raise Refusal("not_workbook", kind)
    try:
        return reader(data)
    except Refusal as refusal:
        if refusal.reason != ENCRYPTED or kind != "xls":
            raise
        return _with_default_password(data, read_xls)


def _with_default_password(data: bytes, reader: Callable[[bytes], Book]) -> Book:
    from msoffcrypto import OfficeFile

    opened = BytesIO()
    try:
        file = OfficeFile(BytesIO(data))
        file.load_key(password=DEFAULT_PASSWORD)
        file.decrypt(opened)
    except Exception as error:  # wrong password, unknown scheme, damaged container: each has its own kind of exception
        raise Refusal(ENCRYPTED) from error
    book = reader(opened.getvalue())
    return replace(book, notes=(*book.notes, ("default_password", "")))
