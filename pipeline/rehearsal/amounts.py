"""Plausible figures of one unit in one year: seeded, within the bounds, and in agreement with every cross-check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from pipeline.catalogue import Activity, Catalogue, Indicator, Unit
from pipeline.model import Relation
from pipeline.text import say

Amount = int | float

SEED = "phoihop 2026"
ANCHOR_YEAR = 2026

# How large a unit of a kind is beside a district; counts of events shrink less than counts of people.
SIZES = {"cap_huyen": 1.0, "cap_xa": 0.55, "doan_khoi": 0.6, "truc_thuoc": 0.4, "ban_tinh_doan": 0.4, "phong_so": 0.4}
GRASSROOTS = {"cap_xa": (8, 13), "doan_khoi": (38, 46), "truc_thuoc": (9, 18)}
# Former communes in a commune of the new map.
MERGED = (2, 4)
# Before this year the programme was still growing, by so much a year.
GROWN_BY, GROWTH = 2025, 0.06
# Direct unions leave these activities blank where they are only asked for data.
LEFT_BLANK = {"truc_thuoc": (13, 14)}

# Lowest and highest figure of an ordinary district.
RANGES: Mapping[str, tuple[int, int]] = {
    "CT01.1": (20, 90), "CT01.2": (150, 700), "CT01.3": (1, 4), "CT01.4": (8, 20),
    "CT02.1": (4, 12), "CT02.2": (3, 6), "CT02.4": (5, 30), "CT02.5": (120, 900),
    "CT03.1": (2, 4), "CT03.3": (2, 9), "CT03.4": (20, 90),
    "CT04.1": (2, 5),
    "CT06.1": (2, 6), "CT06.2": (2, 5), "CT06.4": (2, 9),
    "CT07.1": (2, 5), "CT07.5": (200, 900),
    "CT11.4": (5, 9),
    "CT08.1": (1, 4), "CT08.2": (2, 5), "CT08.4": (700, 1900), "CT08.5": (4, 14),
    "CT09.1": (1, 3), "CT09.2": (40, 160), "CT09.3": (1, 5), "CT09.4": (1, 4),
    "CT10.2": (15, 60), "CT10.4": (150, 600), "CT10.5": (30, 220),
    "CT12.1": (2, 6),
    "CT13.1": (1, 2),
    "CT14.1": (1, 4), "CT14.2": (4, 12), "CT14.4": (6, 30),
    "CT15.1": (1, 4), "CT15.3": (150, 800), "CT15.4": (1, 2),
    "CT16.4": (200, 900),
    "CT17.1": (1, 4), "CT17.2": (120, 600), "CT17.4": (2, 15), "CT17.5": (1, 3),
}  # fmt: skip
# Figures that follow from another one: so many times as much. Parents stand before their children.
SHARES: Mapping[str, tuple[str, float, float]] = {
    "B2": ("B1", 7, 9), "B4": ("B3", 5, 8), "B5": ("B4", 25, 40), "B6": ("B5", 2.2, 3.5), "B7": ("B3", 6, 9),
    "CT05.1": ("B1", 1, 1), "CT05.2": ("B2", 0.9, 1), "CT05.3": ("CT05.2", 5, 7), "CT05.4": ("CT05.2", 0.6, 0.9),
    "CT05.5": ("CT05.3", 0.6, 0.95), "CT11.3": ("CT11.4", 0.6, 0.95),
    "CT02.3": ("CT02.2", 60, 180), "CT03.2": ("CT03.1", 50, 150), "CT04.2": ("CT04.1", 40, 120),
    "CT04.3": ("B3", 0.6, 0.98), "CT06.3": ("CT06.2", 30, 90),
    "CT07.2": ("CT07.1", 8, 20), "CT07.3": ("CT07.1", 60, 160), "CT07.4": ("CT07.3", 0.5, 1.4),
    "CT08.3": ("CT08.2", 35, 90), "CT10.1": ("CT09.2", 0.3, 0.8), "CT10.3": ("CT10.2", 0.1, 0.3),
    "CT12.2": ("CT12.1", 0.3, 0.8), "CT12.3": ("CT12.1", 12, 25), "CT12.4": ("CT12.1", 20, 60),
    "CT13.2": ("CT13.1", 25, 50), "CT13.3": ("CT13.2", 0.3, 0.6), "CT13.4": ("CT13.2", 0.1, 0.3),
    "CT14.3": ("CT14.2", 0.15, 0.5), "CT14.5": ("CT14.4", 20, 60), "CT15.2": ("CT15.1", 150, 450),
    "CT16.2": ("B5", 0.97, 1.03), "CT16.1": ("CT16.2", 0.55, 0.95), "CT17.3": ("CT17.2", 1.3, 2.4),
}  # fmt: skip


def amounts_for(unit: Unit, catalogue: Catalogue) -> dict[str, Amount]:
    """Base data and indicators that a unit reports in the catalogue's year: code -> figure.

    An office that is only compared reports what the counted offices report, a few percent apart.
    """
    own = _own(unit, catalogue)
    known = {host.code: _own(host, catalogue) for host in _all_hosts(unit, catalogue)}
    amounts: dict[str, Amount] = {base.code: own[base.code] for base in catalogue.base_for(unit)}
    for activity in reported_activities(unit, catalogue):
        theirs = [known[host.code] for host in hosts_of(unit, activity, catalogue)]
        for indicator in _typed(activity, catalogue):
            joint = [one[indicator.code] for one in theirs]
            amounts[indicator.code] = _joint(unit, indicator, joint, catalogue.year) if joint else own[indicator.code]
    return amounts


def reported_activities(unit: Unit, catalogue: Catalogue) -> tuple[Activity, ...]:
    """The activities that a unit fills in: all that apply to it but a few it is only asked about."""
    blank = LEFT_BLANK.get(unit.kind, ())
    return tuple(a for a in catalogue.activities_of(unit) if catalogue.required(unit, a) or a.number not in blank)


def hosts_of(unit: Unit, activity: Activity, catalogue: Catalogue) -> tuple[Unit, ...]:
    """The counted offices, else units, whose joint events a merely compared office reports as well; () for the others."""
    if catalogue.relation(unit, activity) is not Relation.RECONCILED:
        return ()
    focal = [one for one in catalogue.units if catalogue.relation(one, activity) is Relation.FOCAL]
    return tuple(office for office in focal if catalogue.is_office(office)) or tuple(focal)


def _all_hosts(unit: Unit, catalogue: Catalogue) -> tuple[Unit, ...]:
    hosts = [host for activity in reported_activities(unit, catalogue) for host in hosts_of(unit, activity, catalogue)]
    return tuple({host.code: host for host in hosts}.values())


def _typed(activity: Activity, catalogue: Catalogue) -> Iterator[Indicator]:
    return (indicator for indicator in catalogue.indicators_of(activity) if not indicator.computed)


def _joint(unit: Unit, indicator: Indicator, theirs: list[Amount], year: int) -> Amount:
    if indicator.type == "yes_no":
        return True
    joint = _together(theirs, indicator)
    if indicator.events or joint < 30:
        return joint
    return _as_typed(joint * dice(unit.code, year, indicator.code).uniform(1.0, 1.04), indicator)


def _together(amounts: list[Amount], indicator: Indicator) -> Amount:
    if indicator.over_units == "max":
        return max(amounts)
    return sum(amounts, start=0.0) if indicator.type == "decimal" else sum(map(int, amounts))


def _own(unit: Unit, catalogue: Catalogue) -> dict[str, Amount]:
    known: dict[str, Amount] = _grassroots(unit)
    indicators = {indicator.code: indicator for indicator in catalogue.indicators if not indicator.computed}
    drawn = {code: RANGES.get(code, (1, 3)) for code in indicators if code not in SHARES}
    for code, (low, high) in drawn.items():
        known[code] = _from_range(unit, indicators[code], low, high, catalogue.year)
    known |= {code: True for code, indicator in indicators.items() if indicator.type == "yes_no"}
    for code, (parent, least, most) in SHARES.items():
        times = _times(unit, indicators.get(code), code, least, most, catalogue.year)
        known[code] = _as_typed(known.get(parent, 0) * times, indicators.get(code))
    return known


def _grassroots(unit: Unit) -> dict[str, Amount]:
    """B1 and B3; offices have neither, so that whatever follows from them is 0."""
    if unit.kind == "cap_huyen":
        communes = len(say(f"rehearsal.places.{unit.code}", "vi").split(" | "))
        return {"B1": communes, "B3": communes + dice(unit.code, "B3").randint(3, 6)}
    if unit.kind == "cap_xa":
        return {
            "B1": dice(unit.code, "B1").randint(*MERGED),
            "B3": dice(unit.code, "B3").randint(*GRASSROOTS[unit.kind]),
        }
    if unit.kind in GRASSROOTS:
        return {"B3": dice(unit.code, "B3").randint(*GRASSROOTS[unit.kind])}
    return {}


def _from_range(unit: Unit, indicator: Indicator, low: int, high: int, year: int) -> Amount:
    size = SIZES.get(unit.kind, 1.0)
    drawn = dice(unit.code, indicator.code).uniform(low, high) * (size if high > 10 else (1 + size) / 2)
    amount = drawn * _growth(unit, indicator, indicator.code, year)
    if indicator.kind == "flow":
        amount *= _part_of(unit, year) * (1 - GROWTH * max(0, GROWN_BY - year))
    return max(1, min(high, _as_typed(amount, indicator)))


def _part_of(unit: Unit, year: int) -> float:
    """How much of a year a unit exists."""
    first, last = unit.within(year)
    return 1.0 if unit.all_of(year) else ((last - first).days + 1) / 365


def _times(unit: Unit, indicator: Indicator | None, code: str, low: float, high: float, year: int) -> float:
    drawn = dice(unit.code, code).uniform(low, high) * _growth(unit, indicator, code, year)
    return max(low, min(high, drawn))


def _growth(unit: Unit, indicator: Indicator | None, code: str, year: int) -> float:
    """Flows go up and down by a tenth; stocks and base data only grow, by a few percent a year."""
    if indicator is None or indicator.kind == "stock":
        return 1 + (0.03 if indicator else 0.01) * (year - ANCHOR_YEAR)
    return dice(unit.code, year, code).uniform(0.9, 1.12)


def _as_typed(amount: float, indicator: Indicator | None) -> Amount:
    return round(amount, 1) if indicator is not None and indicator.type == "decimal" else round(amount)


def dice(*names: object) -> Random:
    """A source of chance that depends on nothing but its names."""
    return Random("/".join([SEED, *map(str, names)]))
