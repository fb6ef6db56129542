"""Everything that one unit writes into its workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipeline.catalogue import Catalogue, Unit
from pipeline.rehearsal.amounts import amounts_for, dice, reported_activities
from pipeline.rehearsal.events import Row, events_for
from pipeline.rehearsal.words import names, words
from pipeline.sheets import DESCRIPTION_SUFFIX
from pipeline.text import has, say, shown

POSTS = {"ban_tinh_doan": "_office", "phong_so": "_room"}


@dataclass(frozen=True)
class Filled:
    """What is typed: contact lines and base data, figures and descriptions, notes, and rows of the list sheets."""

    info: Mapping[str, object]
    data: Mapping[str, object]
    notes: Mapping[str, str]
    lists: Mapping[str, Sequence[Row]]


def answers_for(unit: Unit, catalogue: Catalogue, lang: str = "vi", round_number: int = 1) -> Filled:
    """The clean answers of a unit in the catalogue's year; the same every time."""
    amounts = amounts_for(unit, catalogue)
    bases = {base.code: amounts.pop(base.code) for base in catalogue.base_for(unit)}
    chance = dice(unit.code, catalogue.year, "words")
    lists = {
        "events": events_for(unit, catalogue, lang),
        "assessment": _assessment(chance, lang),
        "plan": _plan(unit, catalogue, chance, lang),
        "nominations": _nominations(unit, catalogue, chance, lang),
    }
    info = {**_contact(unit, catalogue.year, chance, lang), "TT10": round_number, **bases}
    typed = {code: shown(amount, lang) if amount is True else amount for code, amount in amounts.items()}
    data = {**typed, **_descriptions(unit, catalogue, chance, lang)}
    return Filled(info, data, _notes(amounts, chance, lang), lists)


def _contact(unit: Unit, year: int, chance: Random, lang: str) -> dict[str, object]:
    posts, either = POSTS.get(unit.kind, ""), dice(unit.code, year, "contact")
    return {
        "TT03": either.choice(names(chance, lang)),
        "TT04": chance.choice(words(f"post.reporter{posts}", lang)),
        "TT05": unit.phone,
        "TT06": unit.email,
        "TT07": either.choice(names(chance, lang)),
        "TT08": chance.choice(words(f"post.signer{posts}", lang)),
        "TT09": _written(unit, date(year, 11, chance.randint(16, 19))),
    }


def _written(unit: Unit, day: date) -> date:
    """When a unit fills in its form; one that has ended did so in its last days."""
    return day if day <= unit.last else unit.last + timedelta(days=2)


def _descriptions(unit: Unit, catalogue: Catalogue, chance: Random, lang: str) -> dict[str, object]:
    said = words("description.any", lang)
    activities = reported_activities(unit, catalogue)
    return {f"{activity.code}{DESCRIPTION_SUFFIX}": chance.choice(said) for activity in activities}


def _notes(amounts: Mapping[str, object], chance: Random, lang: str) -> dict[str, str]:
    codes = chance.sample(sorted(amounts), min(5, len(amounts)))
    return {code: chance.choice(words("evidence.note", lang, number=chance.randint(10, 99))) for code in sorted(codes)}


def _assessment(chance: Random, lang: str) -> tuple[Row, ...]:
    rows: list[Row] = []
    for number, kind in enumerate(say("sheets.choices.assessment", lang).split(" | ")):
        row: dict[str, object] = {"kind": kind, "content": chance.choice(words(f"assessment.{number}", lang))}
        if number == 3:
            row["addressee"] = chance.choice(words("assessment.addressee", lang))
        rows.append(row)
    return tuple(rows)


def _plan(unit: Unit, catalogue: Catalogue, chance: Random, lang: str) -> tuple[Row, ...]:
    codes = [a.code for a in reported_activities(unit, catalogue) if has(f"rehearsal.plan.{a.code}", lang)]
    return tuple(
        {
            "activity": code,
            "content": say(f"rehearsal.plan.{code}", lang),
            "time": chance.choice(words("plan.time", lang)),
            "target": chance.choice(words("plan.target", lang, count=chance.randint(2, 9))),
            "partner": chance.choice(words("partner.names", lang)),
        }
        for code in codes
    )


def _nominations(unit: Unit, catalogue: Catalogue, chance: Random, lang: str) -> tuple[Row, ...]:
    if catalogue.is_office(unit):
        return ()
    careers = dice(unit.code, catalogue.year, "careers")
    return tuple(_nomination(catalogue.year, chance, careers, lang) for _ in range(chance.randint(0, 2)))


def _nomination(year: int, chance: Random, careers: Random, lang: str) -> Row:
    years = chance.randint(5, 15)
    service, served = _career(year, years, careers, lang)
    chosen = {name: say(f"sheets.choices.{name}", lang).split(" | ") for name in ("gender", "award", "yes_no")}
    both, gender = names(chance, lang), chance.choice(chosen["gender"])
    return {
        "name": both[chosen["gender"].index(gender)],
        "gender": gender,
        "born": date(year - 24 - years, chance.randint(1, 12), chance.randint(1, 28)),
        "position": chance.choice(words("nomination.position", lang)),
        "award": chance.choice(chosen["award"]),
        "category": say("sheets.choices.category", lang).split(" | ")[0],
        "service": service,
        "years_total": served,
        "years_continuous": served,
        "achievements": chance.choice(words("nomination.achievements", lang)),
        "earlier_awards": chance.choice(words("nomination.earlier_awards", lang)),
        "already_awarded": chosen["yes_no"][1],
        "discipline": chosen["yes_no"][1],
        "phone": f"0294 555 {chance.randint(200, 999):04d}",
    }


def _career(year: int, years: int, careers: Random, lang: str) -> tuple[str, int]:
    """A time of service in one of the ways people write it, and its years; of some people only a short one."""
    way = careers.randrange(4)
    served = careers.randint(2, 3) if way == 3 else years
    words_of = ("years", "since_month", "two_posts", "short")[way]
    middle = year - served // 2
    month = careers.randint(1, 9)
    dates = {"first": year - served, "middle": middle, "last": year, "month": month, "before": f"{month:02d}"}
    return say(f"rehearsal.nomination.service.{words_of}", lang, **dates), served
