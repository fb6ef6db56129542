"""One document on its way to paper: in which form, issued by whom, to whom, under which number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.config import Agency, Config
from pipeline.model import Issue
from pipeline.report.heading import Heading
from pipeline.report.language import LANG
from pipeline.report.layouts import FORMS, LAYOUTS, Form
from pipeline.report.telling import month_told
from pipeline.text import say


@dataclass(frozen=True, slots=True)
class Paper:
    """``issuers``: the one agency, or the lead and its partner; ``key``: the document's key in ``DOCUMENTS``."""

    key: str
    form: Form
    issuers: tuple[Agency, ...]
    heading: Heading
    config: Config
    issue: Issue

    @property
    def lead(self) -> Agency:
        """The agency that issues, or leads those that do."""
        return self.issuers[0]

    @property
    def joint(self) -> bool:
        """True when two agencies issue it."""
        return len(self.issuers) > 1

    @property
    def is_letter(self) -> bool:
        """True for a document without a kind (công văn)."""
        return not self.heading.kind

    @property
    def symbol(self) -> str:
        """What stands after the number: BC-SKHCN-TĐTN by Nghị định 30, BC/TĐTN-SKHCN by Hướng dẫn 29."""
        given = self.config.report.symbols.get(self.key)
        if given:
            return given
        codes = [agency.code for agency in self.issuers]
        if not self.joint and (self.is_letter or self.form.drafter_in_symbol):
            codes += [self.lead.drafting_code] if self.lead.drafting_code else []
        pattern = "symbol_of_letter" if self.is_letter else "symbol"
        return self.say(pattern, kind=self.heading.symbol, codes="-".join(codes))

    @property
    def number(self) -> str:
        """The number of at least two digits; blank room for the clerk while there is none."""
        number = self.issue.number
        return (f"0{number}" if len(number) == 1 else number) or say("report.blank.number", LANG)

    @property
    def day(self) -> str:
        """The day in two digits, blank room while the document has no date."""
        return f"{self.issue.day.day:02d}" if self.issue.day else say("report.blank.day", LANG)

    @property
    def _dated(self) -> date:
        return self.issue.day or self.config.report_deadline

    @property
    def month(self) -> str:
        """The month of the date line; blank room in a letter without a date, which is due in no month of its own."""
        blank = self.is_letter and self.issue.day is None
        return say("report.blank.day", LANG) if blank else month_told(self._dated)

    @property
    def year(self) -> str:
        """The year of the date line."""
        return str(self._dated.year)

    @property
    def addressees(self) -> tuple[str, ...]:
        """The lines of Kính gửi; none where the form keeps them for letters and requests."""
        plain_report = self.heading.symbol == say("report.symbol_of_reports", LANG)
        return () if plain_report and not self.form.addressed_reports else self.heading.addressees

    @property
    def recipients(self) -> tuple[str, ...]:
        """The lines of Nơi nhận but the last; whoever is not addressed above is named here."""
        above = (say("report.foot.as_above", LANG),) if self.addressees else self.heading.addressees
        return (*above, *self.heading.recipients)

    @property
    def archive(self) -> str:
        """The last line of Nơi nhận."""
        kept = self.config.correspondence.archive if self.joint else self.lead.archive
        return self.say("archive", archive=kept)

    def say(self, key: str, **values: object) -> str:
        """A wording that differs between the forms."""
        return say(f"report.form.{self.form.key}.{key}", LANG, **values)


def issuers_of(layout: str, config: Config) -> tuple[Agency, ...]:
    """The agency that issues a document in one of ``LAYOUTS``, or the lead and its partner."""
    agencies = {key: config.agency_of(key) for key in FORMS}
    named = {**agencies, "lead": config.lead, "partner": config.partner}
    return tuple(named[name] for name in LAYOUTS[layout])
