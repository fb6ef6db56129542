"""T: can the file be read, whose is it, which year, which version."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from pipeline.catalogue import Catalogue
from pipeline.model import CellState, Submission
from pipeline.text import comparison_key, without_accents
from pipeline.validate.case import Case
from pipeline.validate.rule import Hit, on_file

DAMAGED = {"damaged", "empty", "unreadable", "unknown"}
OTHER_FORMATS = {"archive", "csv", "numbers"}
DISGUISED = {"html_table", "xml2003"}
UNOPENED = {"zip_damaged", "zip_locked", "zip_too_large", "zip_nested", "msg_damaged"}
MAILS = {"mail", "msg"}
SIGNED_COPIES = {"pdf", "image", "word"}
LINK = re.compile(r"https?://(?:docs|drive)\.google\.com\S*", re.IGNORECASE)
# Notes about a file that change how far it is to be trusted; all others only tell.
DOUBTFUL_NOTES = {"old_code_page", "external_links"}
# How alike two words are that differ by a slip of the keyboard, from which length on; how many units may share a word
# that sets a name apart.
NEAR, LONG, FEW = 80, 5, 3
WITNESSES = ("meta", "properties", "sheet", "name")
YEAR_WITNESSES = ("meta_year", "properties_year")


def unreadable(case: Case) -> Iterator[Hit]:
    """T01: damaged, empty, cut off or locked."""
    for one in case.files():
        if one.failure == "unreadable" or (one.failure == "not_workbook" and one.source.kind in DAMAGED):
            yield on_file(one, rejects=True)


def other_format(case: Case) -> Iterator[Hit]:
    """T02: a spreadsheet or an archive in a format that is not read."""
    for one in case.files():
        if one.failure == "not_workbook" and one.source.kind in OTHER_FORMATS:
            yield on_file(one, rejects=True, format=one.source.kind)


def encrypted(case: Case) -> Iterator[Hit]:
    """T03: protected by a password."""
    for one in case.files():
        if one.failure == "encrypted":
            yield on_file(one, rejects=True)


def oversized(case: Case) -> Iterator[Hit]:
    """T04: a package too large or built to exhaust its reader."""
    for one in case.files():
        if one.failure in {"too_large", "dangerous"}:
            yield on_file(one, rejects=True)


def far_cell(case: Case) -> Iterator[Hit]:
    """T05: something typed far outside the form."""
    for one in case.files():
        if one.failure == "far_cell":
            yield on_file(one, rejects=True, place=one.detail)


def no_template(case: Case) -> Iterator[Hit]:
    """T06: a workbook without any sheet of the form."""
    for one in case.files():
        if one.failure == "no_template":
            yield on_file(one, rejects=True)


def unknown_unit(case: Case) -> Iterator[Hit]:
    """T07: nothing tells whose it is."""
    for one in case.judged():
        if not one.identity.unit:
            yield on_file(one, rejects=True, proposal=" / ".join(near_units(one.source.path, case.catalogue)))


def unit_disagreement(case: Case) -> Iterator[Hit]:
    """T08: the witnesses name different units."""
    for one in case.judged():
        claims = _claims(one, WITNESSES)
        if len(set(claims.values())) > 1:
            yield on_file(one, rejects=True, claims=claims)


def foreign_unit(case: Case) -> Iterator[Hit]:
    """T09: a unit that is not in this year's register."""
    for one in case.judged():
        if case.unit(one) is None:
            yield on_file(one, rejects=True, given=one.identity.unit)


def year_disagreement(case: Case) -> Iterator[Hit]:
    """T10: the witnesses name different years."""
    for one in case.judged():
        claims = _claims(one, YEAR_WITNESSES)
        if len(set(claims.values())) > 1:
            yield on_file(one, rejects=True, given=" / ".join(sorted(set(claims.values()))))


def other_year(case: Case) -> Iterator[Hit]:
    """T11: the form of another year."""
    for one in case.judged():
        if one.identity.year not in {None, case.catalogue.year}:
            yield on_file(one, rejects=True, given=str(one.identity.year), expected=str(case.catalogue.year))


def no_metadata(case: Case) -> Iterator[Hit]:
    """T12: the hidden facts are gone; unit known by another witness, year taken as the report year."""
    for one in case.judged():
        if one.identity.unit and one.identity.year is None:
            yield on_file(one, witness=one.identity.witness)


def disguised(case: Case) -> Iterator[Hit]:
    """T14: a web page or an XML file that calls itself .xls."""
    for one in case.files():
        if one.failure == "not_workbook" and one.source.kind in DISGUISED:
            yield on_file(one, rejects=True, format=one.source.kind)


def unopened(case: Case) -> Iterator[Hit]:
    """T15: an archive or a message that could not be opened."""
    for one in case.files():
        if one.failure in UNOPENED:
            yield on_file(one, rejects=True, archive=one.failure)


def outlook_bag(case: Case) -> Iterator[Hit]:
    """T16: winmail.dat, in which Outlook wraps attachments that nobody else can open."""
    for one in case.files():
        if one.failure == "not_workbook" and one.source.kind == "tnef":
            yield on_file(one, rejects=True)


def mail_without_file(case: Case) -> Iterator[Hit]:
    """T17: a mail without any attachment: figures in its text, or a link to an online sheet, are not taken.

    Nothing is said of a mail that came before the workbook of the same unit.
    """
    since = {one.identity.unit: one.source.received for one in case.judged() if _says_something(one)}
    for one in case.present():
        mail, counted = one.source.mail, since.get(one.identity.unit)
        settled = counted is not None and one.source.received is not None and one.source.received <= counted
        alone = one.source.kind in MAILS and not one.failure.startswith("limit") and not one.source.contents
        if mail is not None and alone and not settled:
            about = "link" if LINK.search(mail.body) else "figures" if re.search(r"\d", mail.body) else "nothing"
            yield on_file(one, body=about, sender=mail.sender)


def _says_something(submission: Submission) -> bool:
    """False for a form that came back blank."""
    return any(
        sheet == "data" and value.state is not CellState.BLANK for (sheet, _), value in submission.values.items()
    )


def strange_sender(case: Case) -> Iterator[Hit]:
    """T18: the mail came from an address that the register does not know, or that it knows for another unit."""
    known = {address: unit.code for unit in case.catalogue.units for address in unit.addresses}
    for one in case.judged():
        sender = one.source.mail.sender if one.source.mail is not None else ""
        if known and sender and known.get(sender) != one.identity.unit:
            owner = case.catalogue.unit_name(known[sender]) if sender in known else ""
            yield on_file(one, sender=sender, owner=owner, whose="other" if owner else "unknown")


def signed_copy_only(case: Case) -> Iterator[Hit]:
    """T19: a unit sent a scan or a Word file, and no workbook that could be read."""
    senders = {one.identity.unit for one in case.judged()}
    for one in case.present():
        alone = one.source.kind in SIGNED_COPIES and one.identity.unit not in senders
        if alone and case.unit(one) is not None:
            yield on_file(one)


def handled(case: Case) -> Iterator[Hit]:
    """T20: what was done to read a file: another ending, a decoded name, macros left alone."""
    for one in case.judged():
        yield from (on_file(one, note=n, detail=d) for n, d in one.notes if n not in DOUBTFUL_NOTES)


def doubtful_reading(case: Case) -> Iterator[Hit]:
    """T21: the file was read, but its making leaves a doubt."""
    for one in case.judged():
        yield from (on_file(one, note=n, detail=d) for n, d in one.notes if n in DOUBTFUL_NOTES)


def beyond_limits(case: Case) -> Iterator[Hit]:
    """T22: the reader ran out of time or memory, or was aborted."""
    for one in case.present():
        if one.failure.startswith("limit_"):
            yield on_file(one, rejects=True, limit=one.failure.removeprefix("limit_"))


def supplement_conflict(case: Case) -> Iterator[Hit]:
    """T23: a "bổ sung" file that says something else than the file it adds to, or that has no place in time."""
    paths = {group[0] for group in case.undecided if len(group) == 1}
    for one in case.present():
        if one.source.path in paths:
            yield on_file(one, rejects=True)


def near_units(path: str, catalogue: Catalogue) -> list[str]:
    """The names of units that a file's name could mean; only ever proposed, never taken.

    A unit is near when two of the words that set its name apart (words of at most three units) stand in the file's
    name, give or take a slip of the keyboard; of a name with one such word, that word.
    """
    written = _words(PurePosixPath(path).stem)
    names = {unit.name: _words(unit.name) for unit in catalogue.units}
    common = Counter(word for words in names.values() for word in words)
    apart = {name: {word for word in words if common[word] <= FEW} for name, words in names.items()}
    standing = {name: sum(_stands(word, written) for word in words) for name, words in apart.items()}
    return [name for name, words in apart.items() if words and standing[name] >= min(2, len(words))]


def _words(text: str) -> set[str]:
    return set(without_accents(comparison_key(text)).split())


def _stands(word: str, written: set[str]) -> bool:
    from rapidfuzz.fuzz import ratio

    return word in written or any(len(word) >= LONG and ratio(word, other) >= NEAR for other in written)


def undecided_versions(case: Case) -> Iterator[Hit]:
    """T13: different files of one unit, and nothing tells which is the last."""
    for group in (group for group in case.undecided if len(group) > 1):
        one = next(s for s in case.submissions if s.source.path == group[0])
        yield Hit(one.source.path, one.identity.unit, values={"files": "; ".join(group)})


def _claims(submission: Submission, witnesses: tuple[str, ...]) -> dict[str, str]:
    return {
        witness: submission.identity.claims[witness] for witness in witnesses if submission.identity.claims.get(witness)
    }
