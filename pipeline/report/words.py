"""The names a narrative may use: the only list of them, explained at the top of each narrative template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.model import Dataset, Figures
from pipeline.report.language import LANG
from pipeline.report.sentences import Sentences, UnknownWordError
from pipeline.report.voices import Quote, Voices
from pipeline.text import say, short_date

REMARKS = {"ưu điểm": "strength", "hạn chế": "difficulty", "nguyên nhân": "cause"}


def vocabulary(dataset: Dataset, figures: Figures, catalogue: Catalogue, config: Config) -> Mapping[str, Any]:
    """Every name of the narrative and what it stands for."""
    sentences, voices = Sentences(figures, catalogue, config), Voices(dataset, catalogue)
    return {
        "cau": sentences.sentence,
        "ket_qua": sentences.result,
        "so": sentences.amount,
        "co": sentences.in_force,
        "khop": lambda code: _same_units(figures, catalogue, code),
        "con_lai": sentences.untold,
        "y_kien": lambda kind: _remarks(voices, kind),
        "ke_hoach": voices.plans,
        "kien_nghi": voices.proposals,
        "phan": lambda section: _section(catalogue, section),
        **_facts(figures, catalogue, config),
    }


def _facts(figures: Figures, catalogue: Catalogue, config: Config) -> dict[str, str]:
    return {
        "nam": str(config.year),
        "nam_truoc": str(config.year - 1),
        "nam_sau": str(config.year + 1),
        "can_cu": config.programme.basis,
        "chuong_trinh": _programme(config),
        "chu_tri": config.lead.name,
        "phoi_hop": config.partner.name,
        "thuong_truc": say("report.both", LANG, one=config.lead.drafting_unit, other=config.partner.drafting_unit),
        "den_ngay": say("report.as_of", LANG, date=short_date(config.cutoff)),
        "han_gui": short_date(config.unit_deadline),
        "pham_vi": coverage(figures, catalogue, config),
        "da_gui": str(len(figures.received)),
        "phai_gui": str(len(figures.due)),
    }


def coverage(figures: Figures, catalogue: Catalogue, config: Config) -> str:
    """What the figures rest on: counted units, units missing, units in error, and the cut-off day."""
    values: dict[str, object] = {
        "n": str(len(figures.received)),
        "total": str(len(figures.due)),
        "date": short_date(config.cutoff),
    }
    parts = [say("report.coverage.from", LANG, **values)]
    for key, units in (("missing", figures.missing), ("in_error", figures.in_error)):
        if units:
            names = ", ".join(catalogue.unit_name(unit) for unit in units)
            parts.append(say(f"report.coverage.{key}", LANG, units=names))
    return "; ".join([*parts, say("report.coverage.as_of", LANG, **values)])


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
        return programme.title
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
