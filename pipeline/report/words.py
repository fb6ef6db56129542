"""The names a narrative may use: the only list of them, explained at the top of each narrative template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from pipeline.catalogue import Catalogue
from pipeline.config import Agency, Config
from pipeline.model import Figures, Nomination, PeriodFigures, UnitOutcome, UnitState, Verdict
from pipeline.report.agencies import named_now
from pipeline.report.annexes.letters import NAMED_ABOVE, reminded
from pipeline.report.coverage import comparison_of_years, coverage
from pipeline.report.drawings import Drawings
from pipeline.report.language import LANG
from pipeline.report.layouts import Form
from pipeline.report.material import Material
from pipeline.report.period_sentences import PeriodSentences, at_the_end, span_told
from pipeline.report.sentences import Sentences
from pipeline.report.telling import UnknownWordError, day_told, padded
from pipeline.report.voices import Quote, Voices
from pipeline.text import DASH, say

LINES = " | "
"""Between the lines of a heading's field."""
REMARKS = {"ưu điểm": "strength", "hạn chế": "difficulty", "nguyên nhân": "cause"}


def telling_of(material: Material) -> Sentences | PeriodSentences:
    """What tells the figures: of several years where there are any, else of the year."""
    if material.period is None:
        return Sentences(material.figures, material.catalogue, material.config)
    return PeriodSentences(material.period, material.of_years or material.catalogue, material.config)


def vocabulary(
    material: Material, telling: Sentences | PeriodSentences, issuers: Sequence[Agency], form: Form, drawings: Drawings
) -> Mapping[str, Any]:
    """Every name of a narrative and what it stands for; charts that it asks for are left with ``drawings``."""
    catalogue, config = material.catalogue, material.config
    voices = Voices(material.dataset, catalogue, config)
    return {
        "y_kien": lambda kind: _remarks(voices, kind),
        "ke_hoach": voices.plans,
        "kien_nghi": voices.proposals,
        "phan": lambda section: _section(catalogue, section),
        "hoat_dong": lambda: _activities(material),
        "de_nghi": [_medal(award, people, config) for award, people in _by_medal(material.nominations)],
        "so_de_nghi": padded(len(material.nominations), config),
        "chua_gui": [_asked(one, material) for one in reminded(material)],
        **_facts(material),
        **_frame(material, issuers, form),
        **_telling(telling),
        **(_of_year(material, telling) if isinstance(telling, Sentences) else {}),
        **(_of_period(material, telling, drawings) if isinstance(telling, PeriodSentences) else {}),
    }


def _of_year(material: Material, sentences: Sentences) -> dict[str, Any]:
    """What is said of one year's figures."""
    return {
        "khop": lambda code: _same_units(material.figures, material.catalogue, code),
    }


def _of_period(material: Material, sentences: PeriodSentences, drawings: Drawings) -> dict[str, Any]:
    """What is said of the figures of several years."""
    period, catalogue = sentences.figures, sentences.catalogue
    return {
        "khop": lambda code: False,
        "tung_nam": sentences.yearly,
        "bieu_do": lambda title, *codes: drawings.by_year(period, catalogue, title, *codes),
        "phan": lambda section: _section(catalogue, section),
        "tu_nam": str(period.first),
        "den_nam": str(period.last),
        "khoang_nam": span_told(period),
        "giai_doan": f"{period.first} - {period.last}",
        "den_ngay": at_the_end(period),
        "ca_giai_doan": material.config.programme.first_year == period.first
        and material.config.programme.last_year == period.last,
        "cac_nam": [_year_told(year, period) for year in period.span],
        "luu_y_so_sanh": comparison_of_years(period),
    }


def _telling(sentences: Sentences | PeriodSentences) -> dict[str, Any]:
    return {
        "cau": sentences.sentence,
        "ket_qua": sentences.result,
        "so": sentences.amount,
        "ten": sentences.short_name,
        "muc_tieu": sentences.targets,
        "co": sentences.in_force,
        "con_lai": sentences.untold,
        "trong_ky": say("report.period.in", LANG, period=sentences.period, when=sentences.when),
    }


def _year_told(year: int, period: PeriodFigures) -> Mapping[str, str | bool]:
    """A year of the span, with data or not."""
    found = next((one for one in period.years if one.year == year), None)
    state = "gap" if found is None else "complete" if found.complete else "draft"
    counts = (str(found.received), str(found.due)) if found else (DASH, DASH)
    return {
        "nam": str(year),
        "co_so_lieu": found is not None,
        "da_gui": counts[0],
        "phai_gui": counts[1],
        "tinh_trang": say(f"report.year_state.{state}", LANG),
    }


def _frame(material: Material, issuers: Sequence[Agency], form: Form) -> dict[str, Any]:
    """Who writes to whom."""
    config = material.config
    names = [agency.name for agency in issuers]
    both = say("report.both", LANG, one=names[0], other=names[-1])
    superiors = sorted(config.correspondence.addressees, key=lambda name: form.first_named not in name)
    return {
        "co_quan": both if len(names) > 1 else names[0],
        "cap_tren_trong_cau": ", ".join(superiors),
        "cap_tren": LINES.join(superiors),
        "noi_nhan": LINES.join(config.correspondence.recipients),
        "gui_don_vi": LINES.join(_addressed(material)),
        "khan": config.report.urgency,
        "het": form.end_mark,
        "con_hieu_luc": material.goes_on,
        "giai_doan": f"{config.programme.first_year} - {config.programme.last_year}",
        "noi_gui_bieu": config.send_to.to,
        "email": config.send_to.email,
        "dien_thoai": config.send_to.phone,
        "han_bao_cao": day_told(config.report_deadline),
        "so_hoat_dong": str(len(material.catalogue.activities)),
        "so_hoat_dong_nam_sau": str(len(material.next_activities.activities)),
    }


def _addressed(material: Material) -> list[str]:
    """The units that a reminder goes to; many are named in the annex instead."""
    names = [material.catalogue.unit_name(one.unit) for one in reminded(material)]
    return names if 0 < len(names) <= NAMED_ABOVE else [say("report.units_in_annex", LANG)]


def _asked(outcome: UnitOutcome, material: Material) -> Mapping[str, str | bool]:
    count = padded(outcome.errors, material.config)
    state = say(f"report.reminded.{outcome.state.value}", LANG, count=count)
    only_errors = outcome.state is UnitState.WITH_ERRORS
    due = outcome.deadline or material.config.unit_deadline
    return {
        "ten": material.catalogue.unit_name(outcome.unit),
        "tinh_trang": state,
        "han": day_told(due),
        "phai_sua": only_errors,
    }


def _by_medal(nominations: Sequence[Nomination]) -> list[tuple[str, list[Nomination]]]:
    return [(award, list(people)) for award, people in groupby(nominations, key=lambda one: one.award)]


def _medal(award: str, people: Sequence[Nomination], config: Config) -> Mapping[str, str]:
    """One medal of the request: how many are nominated, by what the criteria say of them."""
    first = people[0]
    counts = {verdict: sum(one.verdict is verdict for one in people) for verdict in Verdict}
    return {
        "ten": award or DASH,
        "noi_tang": first.body,
        "ngay_tang": day_told(first.ceremony) if first.ceremony else "",
        "so_nguoi": padded(len(people), config),
        "doi_chieu": ", ".join(
            f"{say(f'awards.verdict.{verdict}', LANG).lower()} {padded(count, config)}"
            for verdict, count in counts.items()
            if count
        ),
        "can_cu": first.criterion if first.confirmed else "",
    }


def _activities(material: Material) -> list[Mapping[str, Any]]:
    """Next year's activities by section of the appendix."""
    catalogue = material.next_activities
    return [
        {
            "phan": section.title,
            "hoat_dong": [
                {
                    "so": str(one.number),
                    "ten": one.text.rstrip(" ."),
                    "chu_tri": named_now(one.lead, material.config),
                    "ket_qua": one.result,
                    "thoi_gian": one.time,
                }
                for one in catalogue.activities
                if one.section == section.number
            ],
        }
        for section in catalogue.sections
    ]


def _facts(material: Material) -> dict[str, str | bool]:
    figures, config = material.figures, material.config
    return {
        "nam": str(config.year),
        "nam_truoc": str(config.year - 1),
        "nam_sau": str(config.year + 1),
        "can_cu": config.programme.basis,
        "chuong_trinh": _programme(config),
        "chu_tri": config.lead.name,
        "phoi_hop": config.partner.name,
        "thuong_truc": say("report.both", LANG, one=config.lead.drafting_unit, other=config.partner.drafting_unit),
        "den_ngay": say("report.as_of", LANG, date=day_told(config.cutoff)),
        "ngay_chot": day_told(config.cutoff),
        "uoc_thuc_hien": config.cutoff > config.unit_deadline,
        "han_gui": day_told(config.unit_deadline),
        "pham_vi": coverage(material),
        "da_gui": str(len(figures.received)),
        "phai_gui": str(len(figures.due)),
    }


def _same_units(figures: Figures, catalogue: Catalogue, code: str) -> bool:
    """Whether a rate and both its parts rest on the same units, so that the printed fraction gives the printed rate."""
    rate = catalogue.indicator(code)
    if rate is None or not rate.computed:
        raise UnknownWordError("bad_field", given=code)
    parts = (*rate.numerator, *rate.denominator)
    return {figures[part].reporting for part in parts} == {figures[code].reporting}


def _programme(config: Config) -> str:
    programme = config.programme
    if not programme.number:
        day = date(programme.first_year, 12, 31)
        codes = [agency.code for agency in config.agency if agency.valid_from <= day <= agency.valid_to]
        return say("report.unnumbered", LANG, title=programme.title, codes="-".join(codes))
    return say("report.programme", LANG, title=programme.title, number=programme.number, date=programme.date)


def _remarks(voices: Voices, kind: str) -> tuple[Quote, ...]:
    if kind not in REMARKS:
        raise UnknownWordError("unknown_remark", given=kind, known=", ".join(REMARKS))
    return voices.remarks(REMARKS[kind])


def _section(catalogue: Catalogue, number: str) -> str:
    title = next((section.title for section in catalogue.sections if section.number == number), None)
    if title is None:
        raise UnknownWordError("unknown_section", given=number, known=", ".join(s.number for s in catalogue.sections))
    return title
