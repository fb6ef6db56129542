"""What the catalogue holds, and what a year selects from it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from pipeline import conditions
from pipeline.model import Relation, Severity
from pipeline.text import comparison_key


@dataclass(frozen=True, slots=True)
class Section:
    """One of the five sections of the appendix: Roman number and title."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Target:
    """What a rate or count should reach in some years: indicator code, amount, first and last year."""

    indicator: str
    amount: Decimal
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of the appendix. ``focal``, ``data``, ``reconciles`` are role codes; ``*_verbatim`` as printed."""

    number: int
    section: str
    text: str
    text_verbatim: str
    lead: str
    lead_verbatim: str
    focal_verbatim: str
    focal: tuple[str, ...]
    data: tuple[str, ...]
    reconciles: tuple[str, ...]
    time: str
    first: int
    last: int
    result: str
    result_verbatim: str
    target: Target | None

    @property
    def code(self) -> str:
        """CT05 for activity 5."""
        return f"CT{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. type: integer | decimal | percent | yes_no; kind: flow | stock | ""; over_units: sum | max | ratio | latest.

    ``soft`` / ``hard``: upper bounds for one unit in one year (warning / error); the lower bound is 0 everywhere.
    ``events``: "count" / "people" when the list of events must add up to it (all such indicators of the activity together).
    """

    code: str
    activity: int
    name: str
    unit_of_measure: str
    type: str
    kind: str
    over_units: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    soft: Decimal | None
    hard: Decimal | None
    answers: bool
    events: str

    @property
    def computed(self) -> bool:
        """True for rates: computed from sums, never typed."""
        return self.over_units == "ratio"


@dataclass(frozen=True, slots=True)
class Base:
    """One base datum (B1-B7), declared once a year by the units whose roles are listed."""

    code: str
    name: str
    unit_of_measure: str
    declared_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One cross-check: the condition must hold in a unit's report; ``held`` codes are not counted when an error."""

    code: str
    severity: Severity
    condition: conditions.Condition
    held: tuple[str, ...]
    sentence_vi: str
    sentence_en: str

    def sentence(self, lang: str) -> str:
        """What is wrong when the condition does not hold."""
        return self.sentence_vi if lang == "vi" else self.sentence_en


@dataclass(frozen=True, slots=True)
class Role:
    """A unit kind ("cap_huyen") or an office role ("ban_tuyen_giao"); only kinds of units have a level."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One reporting unit. ``roles``: its kind first, then every role it answers for."""

    code: str
    name: str
    kind: str
    roles: tuple[str, ...]
    standing: bool
    aliases: tuple[str, ...]
    email: str
    phone: str
    contact: str
    first: date
    last: date
    successors: tuple[str, ...]
    note: str

    def within(self, year: int) -> tuple[date, date]:
        """The first and the last day of a year on which the unit exists."""
        return max(self.first, date(year, 1, 1)), min(self.last, date(year, 12, 31))

    def all_of(self, year: int) -> bool:
        """True when the unit exists on every day of a year."""
        return self.within(year) == (date(year, 1, 1), date(year, 12, 31))

    @property
    def addresses(self) -> frozenset[str]:
        """The e-mail addresses in lower case: several may stand in the cell, with commas or semicolons between them."""
        return frozenset(part.lower() for part in re.split(r"[;,\s]+", self.email) if "@" in part)


@dataclass(frozen=True, slots=True)
class Version:
    """An accepted version of the template or of the catalogue itself, with the years in which it is accepted."""

    what: str
    version: str
    first: int
    last: int
    note: str


@dataclass(frozen=True)
class Catalogue:
    """The catalogue as valid in ``year`` (all years while loading: year 0)."""

    year: int
    sections: tuple[Section, ...]
    activities: tuple[Activity, ...]
    indicators: tuple[Indicator, ...]
    bases: tuple[Base, ...]
    checks: tuple[Check, ...]
    roles: tuple[Role, ...]
    units: tuple[Unit, ...]
    versions: tuple[Version, ...]

    def for_year(self, year: int) -> Catalogue:
        """What is valid in a year: its activities, their indicators and checks, the units valid on any of its days."""
        return self.for_years(year, year)

    def for_years(self, first: int, last: int) -> Catalogue:
        """What is valid in any year of a span, as seen from its last year."""
        activities = tuple(a for a in self.activities if a.first <= last and first <= a.last)
        numbers = {activity.number for activity in activities}
        indicators = tuple(i for i in self.indicators if i.activity in numbers)
        known = {i.code for i in indicators} | {base.code for base in self.bases}
        return replace(
            self,
            year=last,
            activities=activities,
            indicators=indicators,
            checks=tuple(check for check in self.checks if set(check.condition.codes) <= known),
            units=tuple(u for u in self.units if u.first <= date(last, 12, 31) and u.last >= date(first, 1, 1)),
        )

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def _bases(self) -> dict[str, Base]:
        return {base.code: base for base in self.bases}

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _activities(self) -> dict[int, Activity]:
        return {activity.number: activity for activity in self.activities}

    @cached_property
    def _relations(self) -> dict[tuple[tuple[str, ...], str], Relation]:
        """What ``relation_to`` has told: it is asked tens of thousands of times in a run."""
        return {}

    @property
    def version(self) -> str:
        """The newest version of the catalogue itself."""
        return max((v.version for v in self.versions if v.what == "catalogue"), default="")

    def template_versions(self) -> tuple[str, ...]:
        """The template versions accepted in this year."""
        return tuple(v.version for v in self.versions if v.what == "template" and v.first <= self.year <= v.last)

    def section(self, number: str) -> Section:
        """A section by its Roman number. Raises StopIteration when unknown."""
        return next(section for section in self.sections if section.number == number)

    def activity(self, number: int) -> Activity:
        """An activity by its number in the appendix."""
        return self._activities[number]

    def indicator(self, code: str) -> Indicator | None:
        """An indicator by its code, None when the year has none of that code."""
        return self._indicators.get(code)

    def base(self, code: str) -> Base | None:
        """A base datum by its code."""
        return self._bases.get(code)

    def unit(self, code: str) -> Unit | None:
        """A unit by its code, None when unknown in this year."""
        return self._units.get(code)

    def unit_name(self, code: str) -> str:
        """A unit's name, or the code itself when unknown."""
        unit = self.unit(code)
        return unit.name if unit else code

    def kind_name(self, unit: Unit) -> str:
        """The name of a unit's kind."""
        return next(role.name for role in self.roles if role.code == unit.kind)

    def is_office(self, unit: Unit) -> bool:
        """True for the offices of the two provincial agencies, False for district-level unions."""
        return next(role.level for role in self.roles if role.code == unit.kind) == "tỉnh"

    def indicators_of(self, activity: Activity) -> tuple[Indicator, ...]:
        """An activity's indicators in code order."""
        return tuple(i for i in self.indicators if i.activity == activity.number)

    def relation(self, unit: Unit, activity: Activity) -> Relation:
        """How a unit stands to an activity; RECONCILED is a focal office whose figure is compared, never added."""
        focal = set(unit.roles) & set(activity.focal)
        if focal:
            return Relation.RECONCILED if focal <= set(activity.reconciles) else Relation.FOCAL
        return Relation.DATA if set(unit.roles) & set(activity.data) else Relation.NOT_APPLICABLE

    def relation_to(self, unit: Unit, code: str) -> Relation:
        """How a unit stands to an indicator or base datum, by code."""
        known = self._relations.get((unit.roles, code))
        if known is None:
            known = self._relations[unit.roles, code] = self._relation_to(unit, code)
        return known

    def _relation_to(self, unit: Unit, code: str) -> Relation:
        indicator = self.indicator(code)
        if indicator is not None:
            return self.relation(unit, self.activity(indicator.activity))
        base = self.base(code)
        declared = base is not None and set(unit.roles) & set(base.declared_by)
        return Relation.FOCAL if declared else Relation.NOT_APPLICABLE

    def required(self, unit: Unit, activity: Activity) -> bool:
        """True when the unit is named as focal, so that its report on the activity is due."""
        return self.relation(unit, activity) in {Relation.FOCAL, Relation.RECONCILED}

    def activities_of(self, unit: Unit) -> tuple[Activity, ...]:
        """The activities that apply to a unit, in appendix order."""
        return tuple(a for a in self.activities if self.relation(unit, a) is not Relation.NOT_APPLICABLE)

    def base_for(self, unit: Unit) -> tuple[Base, ...]:
        """The base data a unit declares."""
        return tuple(base for base in self.bases if set(unit.roles) & set(base.declared_by))

    def expected_units(self, code: str) -> tuple[Unit, ...]:
        """The units whose figure for a code is added (focal and data, not reconciled), in register order."""
        return tuple(unit for unit in self.units if self.relation_to(unit, code).added)

    def accumulates(self, code: str) -> bool:
        """True for what stands at the end of the period (a stock or a base datum), False for what happened in it."""
        indicator = self.indicator(code)
        return self.base(code) is not None if indicator is None else indicator.kind == "stock"

    def ended(self, cutoff: date) -> tuple[Unit, ...]:
        """The units of the year that ended before its cut-off."""
        return tuple(unit for unit in self.units if unit.last < cutoff)

    def after_split(self, unit: Unit, code: str, reported: Container[str]) -> Relation:
        """How the amount of a unit that ended within the year stands to the total; ``reported``: the units that have one.

        What accumulates is never counted twice: it counts only where none of the unit's successors reported the code,
        and never where no successor is named. What happened while the unit existed is added as ever.
        """
        relation = self.relation_to(unit, code)
        if not relation.added or not self.accumulates(code):
            return relation
        successors = set(self._successors(unit.code, {unit.code}))
        if not successors:
            return Relation.ENDED
        told = any(one in reported and self._adds(one, code) for one in successors)
        return Relation.REPLACED if told else Relation.STANDS_IN

    def _successors(self, code: str, seen: set[str]) -> Iterator[str]:
        """The units that follow on a unit, and those that follow on them."""
        unit = self.unit(code)
        for successor in unit.successors if unit is not None else ():
            if successor not in seen:
                seen.add(successor)
                yield successor
                yield from self._successors(successor, seen)

    def _adds(self, unit_code: str, code: str) -> bool:
        unit = self.unit(unit_code)
        return unit is not None and self.relation_to(unit, code).added

    def named(self, words: str) -> tuple[Unit, ...]:
        """Every unit whose name or alias equals the words after normalisation."""
        wanted = comparison_key(words)
        return tuple(u for u in self.units if wanted in {comparison_key(name) for name in (u.name, u.code, *u.aliases)})


def target_for(activity: Activity, code: str, year: int) -> Decimal | None:
    """The target of an indicator in a year, None where the programme sets none."""
    target = activity.target
    if target is None or target.indicator != code or not target.first <= year <= target.last:
        return None
    return target.amount
