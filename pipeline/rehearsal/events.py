"""The list of events of one unit: as many events and people as its figures say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from pipeline.catalogue import Activity, Catalogue, Unit
from pipeline.rehearsal.amounts import Amount, amounts_for, dice, hosts_of, reported_activities
from pipeline.rehearsal.words import place_of, words
from pipeline.text import has

Row = Mapping[str, object]


def events_for(unit: Unit, catalogue: Catalogue, lang: str) -> tuple[Row, ...]:
    """The events of every reported activity that keeps a list, by activity then day."""
    rows: list[Row] = []
    known: dict[str, Mapping[str, Amount]] = {}
    for activity in reported_activities(unit, catalogue):
        hosts = hosts_of(unit, activity, catalogue) or (unit,)
        for host in hosts:
            if host.code not in known:
                known[host.code] = amounts_for(host, catalogue)
        held = [row for host in hosts for row in _held(host, activity, known[host.code], catalogue, lang)]
        rows += sorted(held, key=lambda row: (str(row["start"]), str(row["name"])))
    return tuple(rows)


def _held(
    unit: Unit, activity: Activity, amounts: Mapping[str, Amount], catalogue: Catalogue, lang: str
) -> Iterator[Row]:
    count, people = (_listed(role, activity, catalogue, amounts) for role in ("count", "people"))
    chance = dice(unit.code, catalogue.year, activity.code, "events")
    shares = _parts(people or 45 * count, count, chance)
    days = sorted(chance.sample(range(5, _last_day(unit, catalogue.year)), count))
    for number in range(count):
        yield _event(unit, activity, catalogue.year, number, days[number], shares[number], chance, lang)


def _last_day(unit: Unit, year: int) -> int:
    """The day of its year before which a unit holds its last event: well before the reports are written."""
    first, last = unit.within(year)
    return min((last - first).days, (date(year, 11, 2) - first).days)


def _listed(role: str, activity: Activity, catalogue: Catalogue, amounts: Mapping[str, Amount]) -> int:
    return sum(int(amounts[i.code]) for i in catalogue.indicators_of(activity) if i.events == role)


def _parts(total: int, count: int, chance: Random) -> list[int]:
    """A total cut into so many unequal parts."""
    weights = [chance.uniform(0.6, 1.4) for _ in range(count)]
    parts = [int(total * weight / sum(weights)) for weight in weights]
    return [*parts[:-1], total - sum(parts[:-1])] if parts else []


def _event(
    unit: Unit, activity: Activity, year: int, number: int, day: int, people: int, chance: Random, lang: str
) -> Row:
    place = place_of(unit, chance, lang)
    key = f"events.{activity.code}" if has(f"rehearsal.events.{activity.code}", lang) else "events.other"
    names = words(key, lang, place=place)
    start = unit.within(year)[0] + timedelta(days=day)
    return {
        "activity": activity.code,
        "name": names[number % len(names)],
        "start": start,
        "end": start + timedelta(days=chance.choice((0, 0, 0, 1))),
        "place": place[0].upper() + place[1:],
        "people": people,
        "partner": chance.choice(words("partner.names", lang)),
        "cost": chance.randint(4, 60) / 2,
        "evidence": chance.choice(words("evidence.document", lang, number=chance.randint(12, 240))),
    }
