"""config.toml -> Config; unknown keys and wrong values are errors that name the key and what is expected."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import ConfigError
from pipeline.text import say

LEAP_YEAR = 2000
_POSITION = re.compile(r"line (?P<line>\d+), column (?P<column>\d+)")
_CHOICE = re.compile(r"'([^']*)'")


def _day_and_month(value: str) -> str:
    if not re.fullmatch(r"\d{1,2}/\d{1,2}", value):
        raise ValueError("day_month")
    day, month = map(int, value.split("/"))
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        raise ValueError("day_month") from None
    return value


def _day_of(day_month: str, year: int) -> date:
    """The day in a year; 29/02 is 28/02 in a common one."""
    day, month = map(int, day_month.split("/"))
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)


DayMonth = Annotated[str, AfterValidator(_day_and_month)]
NonEmpty = Annotated[str, Field(min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Dates(_Table):
    """Days of the report year, as dd/mm."""

    cutoff: DayMonth
    unit_deadline: DayMonth
    report_deadline: DayMonth


class Paths(_Table):
    """Folders and files, relative to config.toml."""

    catalogue: NonEmpty = "input_templates/danh-muc.xlsx"
    templates: NonEmpty = "input_templates"
    inbox: NonEmpty = "inbox"
    output: NonEmpty = "output"
    narratives: NonEmpty = "input_templates/loi-van"


class Programme(_Table):
    """The joint programme that is reported on."""

    title: NonEmpty
    number: str
    date: str
    first_year: int
    last_year: int
    basis: NonEmpty


class Return(_Table):
    """Where units send their workbook."""

    to: NonEmpty
    email: NonEmpty
    phone: str


class Mailbox(_Table):
    """The mailbox that ``phoihop fetch`` reads (IMAP over TLS); its password is never here."""

    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 993
    user: str = ""
    folder: NonEmpty = "INBOX"
    security: Literal["tls", "starttls"] = "tls"
    ca_file: str = ""


class Signer(_Table):
    """Who signs for an agency; ``authority`` (KT., TL., Q. ...) and ``title`` are the lines above the name.

    ``letters``: signs letters instead of the one who signs everything else.
    """

    name: NonEmpty
    authority: str = ""
    title: NonEmpty
    letters: bool = False
    valid_from: date
    valid_to: date


class Agency(_Table):
    """One of the two agencies under one of its names. ``superior``: the line above it in a letterhead of its own;
    ``header``: its name in the letterhead, broken as it should be; ``signature``: its line above the titles in joint
    documents, and in all documents of an agency that signs as a ``collective`` (TM.); ``place``: of the date line; ``footer``: address,
    telephone and so on at the foot of the first page, "" for none.
    """

    key: Literal["so", "tinh_doan"]
    name: NonEmpty
    code: NonEmpty
    drafting_code: str = ""
    superior: str = ""
    header: Annotated[list[NonEmpty], Field(min_length=1)]
    signature: NonEmpty
    collective: bool = False
    drafting_unit: NonEmpty
    place: NonEmpty
    archive: NonEmpty
    footer: str = ""
    valid_from: date
    valid_to: date
    signer: list[Signer]

    def signer_on(self, day: date, letter: bool = False) -> Signer:
        """The signer valid on a day (checked to exist for the report year when loading)."""
        valid = [signer for signer in self.signer if signer.valid_from <= day <= signer.valid_to]
        return next((s for s in valid if letter and s.letters), next(s for s in valid if not s.letters))


class Correspondents(_Table):
    """To whom documents go while these names are valid: superiors, all recipients, the joint archive line."""

    addressees: Annotated[list[NonEmpty], Field(min_length=1)]
    recipients: list[NonEmpty]
    archive: NonEmpty
    valid_from: date
    valid_to: date


LayoutKey = Literal["nd30", "doan", "lien_tich"]


class Report(_Table):
    """How the documents look, and by whom they are issued."""

    layout: LayoutKey
    letter_layout: LayoutKey = "doan"
    lead: Literal["so", "tinh_doan"]
    lead_signs: Literal["right", "left"] = "right"
    symbols: dict[str, NonEmpty] = {}
    reminder: Literal["one", "each"] = "one"
    urgency: Literal["", "khan", "thuong_khan", "hoa_toc"] = ""
    pad_small_counts: bool = True


class AwardRule(_Table):
    """How long somebody must have served: ``category`` as in the nominations' drop-down, ``gender`` "" for both.

    ``who``: to whom among them it applies, in words, for only people can tell a post; "" for all.
    """

    category: Literal["can_bo_doan", "trong_nganh", "ngoai_nganh"]
    who: str = ""
    gender: Literal["", "nam", "nu"] = ""
    min_years: Annotated[int, Field(ge=0, le=60)] = 0
    min_continuous: Annotated[int, Field(ge=0, le=60)] = 0


class Award(_Table):
    """A medal and its criteria while they hold. ``name``: as in the drop-down; ``ceremony``: the day on which it is given.

    ``source``: the document that the criteria come from; ``confirmed``: somebody has compared them with that document.
    ``min_age``: full years at the ceremony, ``quota``: people that one unit may nominate, ``round_from``: so many odd months
    count as a year; 0 for none of them.
    """

    key: NonEmpty
    name: NonEmpty
    body: NonEmpty
    ceremony: DayMonth
    valid_from: date
    valid_to: date
    source: NonEmpty
    confirmed: bool
    min_age: Annotated[int, Field(ge=0, le=100)] = 0
    quota: Annotated[int, Field(ge=0)] = 0
    round_from: Annotated[int, Field(ge=0, le=11)] = 0
    rule: list[AwardRule] = []

    def ceremony_after(self, day: date) -> date:
        """The first ceremony on or after a day."""
        ceremonies = (_day_of(self.ceremony, year) for year in (day.year, day.year + 1))
        return next(one for one in ceremonies if one >= day)


class Config(_Table):
    """The whole of config.toml; ``root`` is the folder it stands in, ``file`` its name there."""

    root: Path
    file: NonEmpty = "config.toml"
    year: Annotated[int, Field(ge=2000, le=2100)]
    language: Literal["vi", "en"] = "vi"
    dates: Dates
    paths: Paths
    programme: Programme
    send_to: Return
    mailbox: Mailbox = Mailbox()
    agency: Annotated[list[Agency], Field(min_length=2)]
    correspondents: Annotated[list[Correspondents], Field(min_length=1)]
    report: Report
    award: list[Award] = []

    @model_validator(mode="after")
    def _covers_the_year(self) -> Config:
        day = self.day(self.dates.report_deadline)
        for key in ("so", "tinh_doan"):
            valid = [
                agency for agency in self.agency if agency.key == key and agency.valid_from <= day <= agency.valid_to
            ]
            if len(valid) != 1:
                raise ValueError(f"agency_dates {key}")
            if len([s for s in valid[0].signer if s.valid_from <= day <= s.valid_to and not s.letters]) != 1:
                raise ValueError(f"signer_dates {key}")
        if len([one for one in self.correspondents if one.valid_from <= day <= one.valid_to]) != 1:
            raise ValueError("correspondents_dates correspondents")
        return self

    @model_validator(mode="after")
    def _one_criterion_at_a_time(self) -> Config:
        for key in {award.key for award in self.award}:
            spans = sorted((award.valid_from, award.valid_to) for award in self.award if award.key == key)
            follows = all(earlier[1] < later[0] for earlier, later in pairwise(spans))
            if not follows or any(first > last for first, last in spans):
                raise ValueError(f"award_dates {key}")
        return self

    def day(self, day_month: str) -> date:
        """A dd/mm of the report year as a date (29/02 becomes 28/02 in a common year)."""
        return _day_of(day_month, self.year)

    @property
    def cutoff(self) -> date:
        """The day up to which figures are counted."""
        return self.day(self.dates.cutoff)

    @property
    def unit_deadline(self) -> date:
        """The day by which units send their workbook."""
        return self.day(self.dates.unit_deadline)

    @property
    def report_deadline(self) -> date:
        """The day by which the report must be signed."""
        return self.day(self.dates.report_deadline)

    def agency_of(self, key: str) -> Agency:
        """The agency as named at the report deadline of the year."""
        day = self.report_deadline
        return next(a for a in self.agency if a.key == key and a.valid_from <= day <= a.valid_to)

    @property
    def lead(self) -> Agency:
        """The agency that leads the report."""
        return self.agency_of(self.report.lead)

    @property
    def partner(self) -> Agency:
        """The other agency."""
        return self.agency_of("tinh_doan" if self.report.lead == "so" else "so")

    @property
    def correspondence(self) -> Correspondents:
        """To whom documents go at the report deadline of the year."""
        day = self.report_deadline
        return next(one for one in self.correspondents if one.valid_from <= day <= one.valid_to)

    @property
    def narratives_dir(self) -> Path:
        """Where the province's own texts stand; a file there takes the place of the packaged one of the same name."""
        return self.root / self.paths.narratives

    @property
    def catalogue_path(self) -> Path:
        """danh-muc.xlsx."""
        return self.root / self.paths.catalogue

    @property
    def templates_dir(self) -> Path:
        """Where this year's templates are written."""
        return self.root / self.paths.templates / str(self.year)

    def inbox_dir(self, year: int | None = None) -> Path:
        """The inbox of a year, by default the report year."""
        return self.root / self.paths.inbox / str(year or self.year)

    def output_dir(self, year: int | None = None) -> Path:
        """The output folder of a year, by default the report year."""
        return self.root / self.paths.output / str(year or self.year)


def load(path: Path, year: int | None = None, language: str | None = None) -> Config:
    """Read config.toml; ``year`` and ``language`` override the file. Raises ConfigError with every problem."""
    if not path.exists():
        raise ConfigError("config_missing", file=str(path))
    raw = _parsed(path, language or "vi")
    lang = language or (raw.get("language") if raw.get("language") in {"vi", "en"} else "vi")
    given = {**raw, **({"year": year} if year else {}), **({"language": language} if language else {})}
    try:
        return Config.model_validate({**given, "root": path.resolve().parent, "file": path.name})
    except ValidationError as error:
        problems = [_sentence(problem, str(lang), str(given.get("year", ""))) for problem in error.errors()]
        raise ConfigError("config_wrong", problems, file=path.name) from None


def _parsed(path: Path, lang: str) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError("config_encoding", file=path.name) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # The place stands in the English sentence only; none is told of what ends too early.
        found = _POSITION.search(str(error))
        place = found.groupdict() if found else {"line": str(len(text.splitlines())), "column": "1"}
        raise ConfigError("config_syntax", file=path.name, detail=say("config.position", lang, **place)) from None


def _choices(expected: str, lang: str) -> str:
    """pydantic's "'a', 'b' or 'c'" in the user's language, each as it would be typed."""
    *others, last = (f'"{choice}"' for choice in _CHOICE.findall(expected))
    return say("config.choices", lang, others=", ".join(others), last=last)


def _sentence(problem: Any, lang: str, year: str) -> str:
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in problem["loc"])
    kind = problem["type"]
    context = problem.get("ctx", {})
    if kind == "value_error":
        kind, _, key_of = str(context["error"]).partition(" ")
        table = {"award_dates": f"award ({key_of})", "correspondents_dates": key_of}
        key = key or table.get(kind, f"agency ({key_of})")
    expected = context.get("expected") or context.get("ge") or context.get("le") or ""
    if kind == "literal_error":
        expected = _choices(expected, lang)
    kind = "range" if kind in {"greater_than_equal", "less_than_equal"} else kind
    known = {"extra_forbidden", "missing", "literal_error", "day_month",
             "agency_dates", "signer_dates", "correspondents_dates", "award_dates",
             "string_type", "int_type", "bool_type", "date_type", "list_type", "string_too_short", "too_short", "range"}  # fmt: skip
    name = kind if kind in known else "other"
    return say(f"config.{name}", lang, key=key, given=str(problem.get("input"))[:60], expected=expected, year=year)
