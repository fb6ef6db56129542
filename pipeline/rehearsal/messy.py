"""The inbox of a bad year: every format, kind of mail and slip of the hand that units are known for, in one folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

from pipeline.catalogue import Catalogue, Indicator, Unit
from pipeline.config import Config
from pipeline.model import PreviousYear, Relation
from pipeline.rehearsal import attachments, formats, mails, slips, zips
from pipeline.rehearsal.answers import Filled
from pipeline.rehearsal.binary import as_xlsb
from pipeline.rehearsal.encryption import DEFAULT_PASSWORD, encrypted
from pipeline.rehearsal.inbox import CORRECTIONS, Desk, Render, Sent, truth_of
from pipeline.rehearsal.mails import Attachment, Letter
from pipeline.rehearsal.opendocument import as_ods
from pipeline.rehearsal.outlook import as_msg
from pipeline.sheets import DATA
from pipeline.text import say

VIETNAM = timezone(timedelta(hours=7))
MORNING = time(8, 15, tzinfo=VIETNAM)
CLOUD_FILE = bytes(4096)
# What the unit of the supplement leaves blank at first, and what another one's supplement contradicts.
LEFT_OUT = ("CT15.3", "CT16.4")
CONTRADICTED = "CT01.1"
# Under this name a nameless attachment is found.
UNNAMED = "khong-ten-1.xlsx"


@dataclass(frozen=True)
class Draft:
    """A workbook with what its unit meant."""

    data: bytes = field(repr=False)
    truth: Mapping[str, Any] = field(default_factory=dict)
    spoiled: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parcel:
    """One file of the folder, and everything that is found in it when it is a mail or an archive."""

    sent: Sent
    inside: tuple[Sent, ...] = ()


@dataclass(frozen=True)
class Hand:
    """One unit at its desk, this year's and last year's."""

    desk: Desk
    last_year: Desk
    unit: Unit

    def say(self, key: str, /, **values: object) -> str:
        """A text of the rehearsal, with the unit's name and code at hand."""
        facts = {"name": self.unit.name, "code": self.unit.code, "year": str(self.desk.catalogue.year), **values}
        return say(f"rehearsal.{key}", self.desk.lang, **facts)

    def path(self, day: int, name: str, /, **values: object) -> str:
        """A file in the folder of a day, counted from the deadline."""
        return f"{self.desk.day(day)}/{self.say(f'paper.{name}', **values)}"

    @property
    def answers(self) -> Filled:
        """The clean answers."""
        return self.desk.answers(self.unit)

    def draft(self, answers: Filled | None = None) -> Draft:
        """The workbook filled in, with other answers where they are given."""
        given = answers or self.answers
        return Draft(self.desk.workbook(self.unit, given), truth_of(given))

    def second(self) -> Draft:
        """The second version, with some figures corrected."""
        answers = self.desk.answers(self.unit, round_number=2)
        data = {code: answers.data[code] + more for code, more in CORRECTIONS.items() if code in answers.data}  # type: ignore[operator]
        return self.draft(replace(answers, data={**answers.data, **data}))

    def sent(self, path: str, fault: str, draft: Draft | bytes) -> Sent:
        """A file of the unit."""
        if isinstance(draft, bytes):
            return Sent(path, self.unit.code, fault, draft)
        return Sent(path, self.unit.code, fault, draft.data, draft.truth, draft.spoiled)

    def file(self, path: str, fault: str, draft: Draft | bytes) -> Parcel:
        """A file of the unit that holds no others."""
        return Parcel(self.sent(path, fault, draft))

    def letter(
        self, day: int, key: str, *attached: Attachment, sender: str = "", forwarded: Letter | None = None
    ) -> Letter:
        """A letter of the unit to the office that collects."""
        moment = datetime.combine(self.desk.config.unit_deadline + timedelta(days=day), MORNING)
        subject, body = self.say(f"letter.{key}.subject"), self.say(f"letter.{key}.body")
        to = self.desk.config.send_to.email
        return Letter(sender or self.unit.email, to, subject, moment, body, attached, forwarded)


Mess = Callable[[Hand], Iterator[Parcel]]


def write_messy_inbox(
    folder: Path, whole: Catalogue, config: Config, render: Render, previous: PreviousYear | None
) -> tuple[Sent, ...]:
    """This year's inbox in the worst order; ``whole`` is the catalogue of all years.

    Gives every file that is found there, those inside mails and archives as well; the same bytes every time.
    """
    desk = Desk(whole.for_year(config.year), config, render, previous)
    before = config.model_copy(update={"year": config.year - 1})
    last_year = Desk(whole.for_year(before.year), before, render)
    hands = [Hand(desk, last_year, unit) for unit in desk.catalogue.units]
    parcels = [parcel for hand in hands for parcel in MESS.get(hand.unit.code, _in_order)(hand)]
    parcels += [parcel for mess in (_strangers, _bystanders) for parcel in mess(hands[0])]
    for parcel in parcels:
        path = folder / parcel.sent.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(parcel.sent.data)
    return tuple(sent for parcel in parcels for sent in (parcel.sent, *parcel.inside))


def _in_order(hand: Hand) -> Iterator[Parcel]:
    yield hand.file(hand.path(-5, "workbook"), "", hand.draft())


# ---- mails ----------------------------------------------------------------------------------------------------------


def _forwards_its_own_mail(hand: Hand) -> Iterator[Parcel]:
    older, newer = hand.draft(), hand.second()
    name, second = hand.say("paper.workbook"), hand.say("paper.second")
    first = hand.letter(-6, "workbook", Attachment(name, older.data))
    again = hand.letter(-2, "second", Attachment(second, newer.data), forwarded=first)
    path = hand.path(-6, "letter")
    yield Parcel(hand.sent(path, "mail", mails.as_eml(first)), (hand.sent(f"{path}/{name}", "replaced", older),))
    path = hand.path(-2, "letter")
    inside = hand.sent(f"{path}/{second}", "", newer), hand.sent(f"{path}/{name}", "forwarded_copy", older)
    yield Parcel(hand.sent(path, "mail", mails.as_eml(again)), inside)
    yield hand.file(
        hand.path(-9, "two_meanings"), "no_unit", slips.copied_out(older.data, hand.desk.lang, unit_code=False)
    )


def _by_outlook(hand: Hand) -> Iterator[Parcel]:
    older, newer = hand.draft(), hand.second()
    name, second = hand.say("paper.workbook"), hand.say("paper.second")
    first = hand.letter(-8, "workbook", Attachment(name, older.data))
    path = hand.path(-3, "outlook")
    letter = hand.letter(-3, "second", Attachment(second, newer.data), forwarded=first)
    inside = hand.sent(f"{path}/{second}", "", newer), hand.sent(f"{path}/{name}", "replaced", older)
    yield Parcel(hand.sent(path, "mail", as_msg(letter)), inside)


def _two_attachments(hand: Hand) -> Iterator[Parcel]:
    draft, scan = hand.draft(), attachments.scanned_page(hand.unit.code)
    unnamed = slips.copied_out(draft.data, hand.desk.lang, unit_code=False)
    yield hand.file(hand.path(-9, "short_name"), "no_unit", unnamed)
    name, signed = hand.say("paper.workbook"), hand.say("paper.signed")
    path = hand.path(-5, "letter")
    letter = hand.letter(
        -5, "workbook", Attachment(name, draft.data, mails.WORDS), Attachment(signed, scan, mails.PIECES)
    )
    inside = hand.sent(f"{path}/{name}", "", draft), hand.sent(f"{path}/{signed}", "scan", scan)
    yield Parcel(hand.sent(path, "mail", mails.as_eml(letter)), inside)


def _mailbox(hand: Hand) -> Iterator[Parcel]:
    draft = hand.draft()
    slipped = slips.with_far_cell(draft.data, hand.desk.lang)
    yield hand.file(hand.path(-9, "workbook"), "far_cell", slipped)
    name, logo, card = hand.say("paper.workbook"), "logo.png", hand.say("paper.card")
    files = (
        Attachment(name, draft.data),
        Attachment(logo, attachments.LOGO, inline=True),
        Attachment(card, attachments.SIGNATURE_CARD),
    )
    letters = hand.letter(-8, "figures"), hand.letter(-7, "link"), hand.letter(-4, "workbook", *files)
    path = hand.path(-4, "mailbox")
    first, second, third = (f"{path}/thu-{number:03d}.eml" for number in (1, 2, 3))
    inside = (
        hand.sent(first, "mail_before", mails.as_eml(letters[0])),
        hand.sent(second, "mail_before", mails.as_eml(letters[1])),
        hand.sent(third, "mail", mails.as_eml(letters[2])),
        hand.sent(f"{third}/{name}", "", draft),
        hand.sent(f"{third}/{logo}", "signature", attachments.LOGO),
        hand.sent(f"{third}/{card}", "signature", attachments.SIGNATURE_CARD),
    )
    yield Parcel(hand.sent(path, "mailbox", mails.as_mbox(letters)), inside)


def _old_gateway(hand: Hand) -> Iterator[Parcel]:
    draft = hand.draft()
    path, bag = hand.path(-6, "letter"), "winmail.dat"
    letter = hand.letter(-6, "workbook", Attachment(bag, attachments.WINMAIL))
    yield Parcel(
        hand.sent(path, "mail", mails.as_eml(letter)), (hand.sent(f"{path}/{bag}", "winmail", attachments.WINMAIL),)
    )
    path = hand.path(-2, "letter")
    nameless = Attachment(hand.say("paper.workbook"), draft.data, mails.NAMELESS)
    letter = hand.letter(-2, "workbook", nameless, sender=hand.say("letter.private_address"))
    data = mails.with_blank_after_base64(mails.as_eml(letter))
    yield Parcel(hand.sent(path, "mail", data), (hand.sent(f"{path}/{UNNAMED}", "unknown_sender", draft),))


def _from_a_neighbours_address(hand: Hand) -> Iterator[Parcel]:
    old = Draft(hand.last_year.workbook(hand.unit, hand.answers), truth_of(hand.answers))
    yield hand.file(hand.path(-9, "workbook"), "last_year", old)
    neighbour = next(unit for unit in hand.desk.catalogue.units if unit.kind == hand.unit.kind and unit != hand.unit)
    draft = hand.draft()
    draft = replace(draft, data=slips.with_look_alikes(draft.data, hand.desk.lang))
    name, path = hand.say("paper.with_slash"), hand.path(-2, "letter")
    letter = hand.letter(-2, "workbook", Attachment(name, draft.data), sender=neighbour.email)
    yield Parcel(
        hand.sent(path, "mail", mails.as_eml(letter)),
        (hand.sent(f"{path}/{name.replace('/', '-')}", "neighbours_address", draft),),
    )


# ---- formats and archives -------------------------------------------------------------------------------------------


def _old_excel(hand: Hand) -> Iterator[Parcel]:
    """Figures typed as text in many readable ways; saved as .xls, downloaded twice, saved again as .xlsx."""
    answers = hand.answers
    draft = hand.draft(replace(answers, data={**answers.data, "CT13.4": 0}))
    typed = slips.typed_readably(answers, hand.desk.lang)
    draft = replace(draft, data=slips.retyped(draft.data, typed, hand.desk.lang))
    old = replace(draft, data=formats.as_xls(draft.data))
    yield hand.file(hand.path(-5, "old_excel"), "typed_readably", old)
    yield hand.file(hand.path(-5, "downloaded_again"), "copy", old)
    yield hand.file(hand.path(-4, "workbook"), "saved_again", draft)


def _misnamed_excel(hand: Hand) -> Iterator[Parcel]:
    yield hand.file(hand.path(-7, "rar"), "rar", attachments.RAR)
    draft = hand.draft()
    yield hand.file(hand.path(-3, "workbook"), "misnamed", replace(draft, data=formats.as_xls(draft.data)))


def _with_macros(hand: Hand) -> Iterator[Parcel]:
    """A workbook with macros, and a row of an activity that is another unit's."""
    draft, catalogue = hand.draft(), hand.desk.catalogue
    foreign = next(one for one in catalogue.indicators if not _applies(one, hand.unit, catalogue))
    data = slips.with_row_of(draft.data, foreign, hand.desk.lang)
    yield hand.file(hand.path(-3, "with_macros"), "macros", replace(draft, data=formats.as_xlsm(data)))


def _applies(indicator: Indicator, unit: Unit, catalogue: Catalogue) -> bool:
    return catalogue.relation_to(unit, indicator.code) is not Relation.NOT_APPLICABLE


def _protected(hand: Hand) -> Iterator[Parcel]:
    """First behind a password of its own, then with the one that Excel types itself; texts in an old font."""
    draft = hand.draft(slips.written(hand.answers, slips.tcvn3))
    secret = encrypted(draft.data, hand.unit.code)
    yield hand.file(hand.path(-6, "workbook"), "password", secret)
    known = replace(draft, data=encrypted(draft.data, DEFAULT_PASSWORD))
    yield hand.file(hand.path(-2, "workbook"), "default_password", known)


def _late_archive(hand: Hand) -> Iterator[Parcel]:
    """An empty shell of a cloud file in time, an archive from a Mac three days late."""
    yield hand.file(hand.path(-3, "workbook"), "cloud_file", CLOUD_FILE)
    draft = hand.draft()
    name = unicodedata.normalize("NFD", hand.say("paper.workbook"))
    path, shell, store = hand.path(3, "archive"), attachments.APPLE_DOUBLE, attachments.THUMBNAILS
    members = {f"BC/{name}": draft.data, f"__MACOSX/BC/._{name}": shell, "BC/.DS_Store": store}
    inside = (
        hand.sent(f"{path}/BC/{name}", "late", draft),
        hand.sent(f"{path}/__MACOSX/BC/._{name}", "system", shell),
        hand.sent(f"{path}/BC/.DS_Store", "system", store),
    )
    yield Parcel(hand.sent(path, "archive", zips.zipped(members)), inside)


def _garbled_archive(hand: Hand) -> Iterator[Parcel]:
    draft = hand.draft()
    draft = replace(draft, data=as_ods(draft.data))
    raw, path = zips.in_cp1258(hand.say("paper.open_document")), hand.path(-3, "archive")
    inside = hand.sent(f"{path}/{raw.decode('cp1258')}", "garbled_name", draft)
    yield Parcel(hand.sent(path, "archive", zips.zipped_raw({raw: draft.data})), (inside,))


def _anything_but_a_workbook(hand: Hand) -> Iterator[Parcel]:
    draft = hand.draft()
    sheet = DATA.name(hand.desk.lang)
    text = hand.say("letter.figures.body")
    yield hand.file(hand.path(-8, "csv"), "csv", formats.as_csv(draft.data, sheet))
    yield hand.file(hand.path(-7, "old_excel"), "web_page", formats.as_html(draft.data))
    yield hand.file(hand.path(-5, "old_excel"), "web_archive", formats.as_web_archive(draft.data))
    yield hand.file(hand.path(-6, "word"), "signed_only", attachments.word_document(text))
    yield hand.file(hand.path(-6, "signed"), "signed_only", attachments.scanned_page(hand.unit.code))
    yield hand.file(hand.path(-6, "photo"), "signed_only", attachments.PHOTO)
    locked = zips.locked({hand.say("paper.workbook"): draft.data})
    yield hand.file(hand.path(-5, "archive"), "locked_archive", locked)
    other = next(unit for unit in hand.desk.catalogue.units if unit.kind == "cap_huyen")
    yield hand.file(hand.path(-1, "workbook", name=other.name, code=other.code), "other_name", draft)


def _nothing_readable(hand: Hand) -> Iterator[Parcel]:
    draft = hand.draft()
    by_phone = replace(hand.letter(-8, "hidden_link"), html=True)
    yield hand.file(hand.path(-8, "letter"), "mail_alone", mails.as_eml(by_phone))
    yield hand.file(hand.path(-8, "workbook"), "cloud_file_too", CLOUD_FILE)
    yield hand.file(hand.path(-7, "blank"), "blank", hand.desk.workbook(hand.unit, None))
    yield hand.file(hand.path(-6, "workbook"), "cut_off", draft.data[: len(draft.data) // 2])
    yield hand.file(hand.path(-5, "old_excel"), "xml_2003", formats.as_xml2003(draft.data))
    mixed = slips.with_other_year(draft.data, hand.desk.catalogue.year - 1)
    yield hand.file(hand.path(-4, "workbook"), "two_years", replace(draft, data=mixed))


# ---- versions -------------------------------------------------------------------------------------------------------


def _in_two_parts(hand: Hand) -> Iterator[Parcel]:
    answers = hand.answers
    rest = {code: content for code, content in answers.data.items() if code not in LEFT_OUT}
    main = hand.draft(replace(answers, data=rest))
    yield hand.file(hand.path(-4, "workbook"), "in_two_parts", replace(main, truth=truth_of(answers)))
    added = {code: answers.data[code] for code in LEFT_OUT}
    yield hand.file(hand.path(-1, "supplement"), "supplement", hand.draft(_supplement(hand, added)))


def _contradicting_itself(hand: Hand) -> Iterator[Parcel]:
    draft = hand.draft()
    yield hand.file(hand.path(-4, "binary"), "contradicted", replace(draft, data=as_xlsb(draft.data)))
    added = {CONTRADICTED: int(str(hand.answers.data[CONTRADICTED])) + 5}
    yield hand.file(hand.path(-1, "supplement"), "contradicting", hand.draft(_supplement(hand, added)))


def _supplement(hand: Hand, data: Mapping[str, object]) -> Filled:
    """A form with nothing but some figures, marked as a supplement."""
    info = {code: content for code, content in hand.answers.info.items() if code.startswith("TT")}
    yes = say("sheets.choices.yes_no", hand.desk.lang).split(" | ")[0]
    return Filled({**info, "TT11": yes}, data, {}, {})


def _undecided(hand: Hand) -> Iterator[Parcel]:
    first = hand.draft()
    data = {**hand.answers.data, "CT15.2": int(str(hand.answers.data["CT15.2"])) + 30}
    second = hand.draft(replace(hand.answers, data=data))
    yield hand.file(hand.say("paper.final"), "undecided", first)
    yield hand.file(hand.say("paper.final_too"), "undecided_too", second)


# ---- inside the workbook --------------------------------------------------------------------------------------------


def _own_book(hand: Hand) -> Iterator[Parcel]:
    draft = hand.draft()
    data = slips.rearranged_copy(draft.data, hand.desk.lang)
    yield hand.file(f"{hand.desk.day(-3)}/Book1.xlsx", "own_book", replace(draft, data=data))


def _doubtful_figures(hand: Hand) -> Iterator[Parcel]:
    draft, lang = hand.draft(), hand.desk.lang
    typed = slips.typed_doubtfully(hand.answers, hand.desk.catalogue.year, lang)
    data = slips.retyped(draft.data, typed, lang)
    yield hand.file(hand.path(-2, "workbook"), "doubtful", Draft(data, draft.truth, tuple(typed)))


def _rebuilt_form(hand: Hand) -> Iterator[Parcel]:
    draft, lang = hand.draft(), hand.desk.lang
    data = slips.with_event_slips(slips.rebuilt(draft.data, lang), hand.desk.catalogue.year, lang)
    spoiled = tuple(code for codes in slips.REBUILT.values() for code in codes)
    yield hand.file(hand.path(-2, "workbook"), "rebuilt", Draft(data, draft.truth, spoiled))


# ---- what is not from any unit --------------------------------------------------------------------------------------


def _strangers(hand: Hand) -> Iterator[Parcel]:
    """Another province, a commune that is not in the register, letters from nobody known."""
    lang = hand.desk.lang
    other = slips.other_workbook(lang)
    name, path = hand.say("paper.other_province"), hand.path(-6, "strangers_letter")
    letter = hand.letter(-6, "stranger", Attachment(name, other), sender=hand.say("letter.private_address"))
    yield Parcel(Sent(path, "", "mail", mails.as_eml(letter)), (Sent(f"{path}/{name}", "", "other_form", other),))
    commune = replace(hand.unit, code="XA-ANTRUONG", name=hand.say("letter.commune"), aliases=(), email="")
    data = hand.desk.render(hand.desk.catalogue, hand.desk.config, commune, None, hand.answers)
    name, path = hand.say("paper.commune"), hand.path(-5, "pictures")
    members = {f"../{name}".encode(): data, b"IMG_2231.jpg": attachments.PHOTO + b"\0"}
    inside = (
        Sent(f"{path}/{name}", "", "not_in_register", data),
        Sent(f"{path}/IMG_2231.jpg", "", "picture", attachments.PHOTO + b"\0"),
    )
    yield Parcel(Sent(path, "", "archive", zips.zipped_raw(members)), inside)
    path, nested = hand.path(-4, "pictures"), zips.zipped({name: data})
    yield Parcel(
        Sent(path, "", "archive", zips.zipped({"BC.zip": nested})), (Sent(f"{path}/BC.zip", "", "nested", nested),)
    )


def _bystanders(hand: Hand) -> Iterator[Parcel]:
    """What programs leave behind, and files that nobody can name."""
    note = hand.say("letter.stranger.body")
    for name, fault, data in (
        ("~$lock.xlsx", "system", attachments.LOCK_FILE),
        ("Thumbs.db", "system", attachments.THUMBNAILS),
        ("desktop.ini", "system", attachments.DESKTOP_INI),
        ("smime.p7s", "signature", attachments.NOISE[:64]),
        ("invite.ics", "signature", attachments.INVITATION),
        ("Book2.xlsx", "empty", b""),
        ("Book3.xls", "broken", attachments.BROKEN_COMPOUND),
        ("Book4.numbers", "numbers", attachments.NUMBERS),
        ("Book5.dat", "unknown", attachments.NOISE),
        (hand.say("paper.note"), "text", note.encode()),
        (hand.say("paper.page"), "page", f"<html><body><p>{note}</p></body></html>".encode()),
    ):
        yield Parcel(Sent(f"{hand.desk.day(-1)}/{name}", "", fault, data))


MESS: Mapping[str, Mess] = {
    "TV-842": _forwards_its_own_mail,
    "TV-844": _old_excel,
    "TV-845": _rebuilt_form,
    "TV-846": _by_outlook,
    "TV-847": _own_book,
    "TV-848": _doubtful_figures,
    "TV-849": _late_archive,
    "TV-850": _two_attachments,
    "TV-851": _mailbox,
    "TT-KCQ": _protected,
    "TT-CAT": _misnamed_excel,
    "TT-DHTV": _from_a_neighbours_address,
    "TT-QS": _anything_but_a_workbook,
    "TT-BP": _nothing_readable,
    "BAN-TG": _with_macros,
    "BAN-PT": _in_two_parts,
    "BAN-TCKT": _old_gateway,
    "BAN-TTNTH": _undecided,
    "P-TTBCXB": _contradicting_itself,
    "P-BCVTCNTT": _garbled_archive,
}
