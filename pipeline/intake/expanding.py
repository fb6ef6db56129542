"""A source file -> itself and everything in it: attachments of mails, files of archives, one level of archive deep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from pipeline.intake.archives import Unopened, members_of
from pipeline.intake.finding import source_of
from pipeline.intake.kinds import CONTAINERS
from pipeline.intake.messages import Attached, read_mail, split_mbox
from pipeline.intake.outlook import read_outlook
from pipeline.model import Mail, SourceFile

Notes = tuple[tuple[str, str], ...]


def expand(source: SourceFile) -> tuple[SourceFile, ...]:
    """The file, then what it holds, each with the mail it came in; a file that holds nothing is given alone.

    A container keeps its own entry (``contents``: how many files it held; ``failure``: why it could not be opened).
    Archives inside archives are not opened: they say so themselves.
    """
    open_it = _OPENERS.get(source.kind)
    if open_it is None:
        return (source,)
    try:
        return open_it(source)
    except Unopened as problem:
        return (replace(source, failure=problem.reason),)


def _open_zip(source: SourceFile) -> tuple[SourceFile, ...]:
    names = _Names(source.path)
    found = []
    for member in members_of(source.data):
        notes: Notes = (("zip_name", member.name),) if member.decoded else ()
        inner = _within(names.free(member.name), member.data, source.mail, source, notes)
        found.append(replace(inner, failure="zip_nested") if inner.kind in CONTAINERS - {"mail", "msg"} else inner)
    whole = [one for inner in found for one in (expand(inner) if inner.kind in {"mail", "msg"} else (inner,))]
    return (replace(source, contents=len(found)), *whole)


def _open_mail(source: SourceFile) -> tuple[SourceFile, ...]:
    return _with_files(source, *read_mail(source.data))


def _open_outlook(source: SourceFile) -> tuple[SourceFile, ...]:
    return _with_files(source, *read_outlook(source.data))


def _open_mbox(source: SourceFile) -> tuple[SourceFile, ...]:
    messages = split_mbox(source.data)
    inner = [
        expand(replace(source_of(f"{source.path}/thu-{number:03d}.eml", message), kind="mail"))
        for number, message in enumerate(messages, start=1)
    ]
    return (replace(source, contents=len(messages)), *(one for group in inner for one in group))


def _with_files(source: SourceFile, mail: Mail, attached: tuple[Attached, ...]) -> tuple[SourceFile, ...]:
    names = _Names(source.path)
    received = mail.sent.date() if mail.sent else source.received
    files: list[SourceFile] = []
    for one in attached:
        notes: Notes = (("forwarded", one.mail.sender),) if one.mail is not mail else ()
        inner = _within(names.free(one.member.name), one.member.data, one.mail, source, notes)
        if one.picture_in_text and inner.kind == "image":
            inner = replace(inner, kind="mail_extra")
        files += expand(inner)
    own = sum(file.path.count("/") == source.path.count("/") + 1 for file in files)
    return (replace(source, mail=mail, received=received, contents=own), *files)


def _within(path: str, data: bytes, mail: Mail | None, container: SourceFile, notes: Notes) -> SourceFile:
    inner = source_of(path, data, mail, notes)
    if mail is not None and mail.sent is not None:
        return inner
    return replace(inner, received=inner.received or container.received)


class _Names:
    """Paths below a container, each given once: the second "a.xlsx" becomes "a (2).xlsx"."""

    def __init__(self, folder: str) -> None:
        self.folder, self.seen = folder, Counter[str]()

    def free(self, name: str) -> str:
        self.seen[name.casefold()] += 1
        number = self.seen[name.casefold()]
        if number > 1:
            stem, dot, ending = name.rpartition(".")
            name = f"{stem} ({number}).{ending}" if dot else f"{name} ({number})"
        return f"{self.folder}/{name}"


_OPENERS: Mapping[str, Callable[[SourceFile], tuple[SourceFile, ...]]] = {
    "zip": _open_zip,
    "mail": _open_mail,
    "msg": _open_outlook,
    "mbox": _open_mbox,
}
