"""Dataset + criteria -> every nominated person with what the criteria say of them, and why. Nobody is ever left out.

A fault that is certain gives "chưa đủ"; without one, anything not known gives "thiếu dữ liệu"; else "đủ". A blank is
never "no". All reasons are told, each as a locale key with its values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from pipeline.catalogue import Catalogue
from pipeline.config import Award, AwardRule
from pipeline.criteria import (
    NEEDED,
    age_on,
    award_on,
    category_of,
    gender_of,
    person_key,
    plausible_birth,
    plausible_years,
    without_discipline,
    yes_or_no,
)
from pipeline.model import CellRef, CellState, Dataset, Nomination, Reason, Record, Tenure, Verdict
from pipeline.service import Service, possible_tenure, read_service, sure_tenure
from pipeline.sheets import NOMINATIONS


@dataclass
class _Reasons:
    """What speaks against, what is missing, and what is only worth knowing."""

    against: list[Reason] = field(default_factory=list)
    missing: list[Reason] = field(default_factory=list)
    remarks: list[Reason] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        if self.against:
            return Verdict.NOT_YET
        return Verdict.MISSING_DATA if self.missing else Verdict.ENOUGH

    @property
    def told(self) -> tuple[Reason, ...]:
        return (*self.against, *self.missing, *self.remarks)


def judge_nominations(
    dataset: Dataset, catalogue: Catalogue, criteria: Sequence[Award], day: date
) -> tuple[Nomination, ...]:
    """Every nomination of the year by medal, then in register order; service and age at the first ceremony from ``day`` on.

    ``criteria``: the medals of config.toml; those that hold on that ceremony count. A medal without criteria is judged
    on ``day`` itself.
    """
    records = dataset.rows(NOMINATIONS.key)
    repeated = _repeated(records)
    judged = [_judge(record, criteria, day, repeated.get(record.ref, ())) for record in records]
    medals = list(dict.fromkeys(award.key for award in criteria))
    register = {unit.code: place for place, unit in enumerate(catalogue.units)}

    def order(one: Nomination) -> tuple[int, str, int]:
        medal = medals.index(one.award_key) if one.award_key else len(medals)
        return medal, one.award if not one.award_key else "", register.get(one.unit, len(register))

    return tuple(sorted(judged, key=order))


def _repeated(records: Sequence[Record]) -> Mapping[CellRef, tuple[CellRef, ...]]:
    """Where a person nominated more than once for the same medal stands elsewhere."""
    same: defaultdict[tuple[object, ...], list[CellRef]] = defaultdict(list)
    for record in records:
        if (key := person_key(record)) is not None:
            same[key].append(record.ref)
    return {ref: tuple(other for other in refs if other != ref) for refs in same.values() for ref in refs}


def _judge(record: Record, criteria: Sequence[Award], day: date, elsewhere: Sequence[CellRef]) -> Nomination:
    award = award_on(criteria, record.text("award"), day)
    ceremony = award.ceremony_after(day) if award is not None else None
    service = read_service(record.text("service")) if record.text("service") else Service()
    one = _as_typed(record, service, award, ceremony, ceremony or day)
    reasons = _Reasons()
    _look_at_cells(record, reasons)
    _look_at_service_text(one, service, ceremony or day, reasons)
    _look_at_person(one, ceremony or day, elsewhere, reasons)
    _look_at_criteria(one, award, reasons)
    return replace(one, verdict=reasons.verdict, reasons=reasons.told)


def _as_typed(record: Record, service: Service, award: Award | None, ceremony: date | None, day: date) -> Nomination:
    """What was read, and the tenure on a day; not judged yet."""
    born, periods = record.value("born"), service.periods
    return Nomination(
        unit=record.unit,
        ref=record.ref,
        name=record.text("name"),
        gender=record.text("gender"),
        born=born if isinstance(born, date) else None,
        position=record.text("position"),
        award=record.text("award"),
        category=record.text("category"),
        service=record.text("service"),
        periods=periods,
        declared_total=_whole(record, "years_total"),
        declared_continuous=_whole(record, "years_continuous"),
        achievements=record.text("achievements"),
        earlier_awards=record.text("earlier_awards"),
        already_awarded=yes_or_no(record.text("already_awarded")),
        discipline=record.text("discipline"),
        phone=record.text("phone"),
        note=record.text("note"),
        award_key=award.key if award is not None else "",
        body=award.body if award is not None else "",
        ceremony=ceremony,
        criterion=award.source if award is not None else "",
        confirmed=award is not None and award.confirmed,
        served=sure_tenure(periods, day) if periods else None,
        at_most=possible_tenure(periods, day) if periods else None,
        unread={key: cell.raw for key, cell in record.cells.items() if cell.state is CellState.REFUSED},
        verdict=Verdict.MISSING_DATA,
        reasons=(),
    )


def _whole(record: Record, key: str) -> int | None:
    number = record.value(key)
    return int(number) if isinstance(number, Decimal) else None


def _look_at_cells(record: Record, reasons: _Reasons) -> None:
    """What is blank or could not be read."""
    for key in NEEDED:
        cell = record.cells.get(key)
        if cell is None or cell.state is CellState.BLANK:
            reasons.missing.append((f"awards.reason.blank.{key}", {}))
        elif cell.state is CellState.REFUSED:
            reasons.missing.append((f"awards.reason.unclear.{key}", {}))


def _look_at_service_text(one: Nomination, service: Service, day: date, reasons: _Reasons) -> None:
    """What the periods say about themselves, and the typed numbers of years against them."""
    if service.fault:
        reasons.missing.append((f"awards.reason.service_{service.fault}", {"given": one.service}))
    if any(period.start.first > day for period in service.periods):
        reasons.missing.append(("awards.reason.service_future", {"day": day}))
    if service.overlaps:
        reasons.remarks.append(("awards.reason.overlap", {}))
    if one.served is not None and one.at_most is not None:
        pairs = (
            ("total", one.declared_total, one.served.total, one.at_most.total),
            ("continuous", one.declared_continuous, one.served.continuous, one.at_most.continuous),
        )
        for what, declared, sure, possible in pairs:
            if declared is not None and not plausible_years(declared, sure, possible):
                values = {"declared": str(declared), "years": str(sure // 12)}
                reasons.remarks.append((f"awards.reason.declared_{what}", values))


def _look_at_person(one: Nomination, day: date, elsewhere: Sequence[CellRef], reasons: _Reasons) -> None:
    if one.already_awarded:
        reasons.against.append(("awards.reason.already_awarded", {}))
    if one.discipline and not without_discipline(one.discipline):
        reasons.missing.append(("awards.reason.discipline_noted", {"given": one.discipline}))
    if one.born is not None and not plausible_birth(one.born, day):
        reasons.missing.append(("awards.reason.born_implausible", {"given": one.born}))
    if elsewhere:
        places = "; ".join(f"{ref.place} · {ref.file}" for ref in elsewhere)
        reasons.missing.append(("awards.reason.repeated", {"places": places}))


def _look_at_criteria(one: Nomination, award: Award | None, reasons: _Reasons) -> None:
    """Age and service against the criteria that hold on the ceremony day."""
    if award is None or one.ceremony is None:
        if one.award:
            reasons.missing.append(("awards.reason.no_criteria", {"award": one.award}))
        return
    if award.min_age and one.born is not None and age_on(one.born, one.ceremony) < award.min_age:
        reasons.against.append(("awards.reason.too_young", {"need": str(award.min_age), "day": one.ceremony}))
    category, gender = category_of(one.category), gender_of(one.gender)
    rules = [rule for rule in award.rule if rule.category == category and (not gender or rule.gender in {"", gender})]
    if category and not rules:
        values = {"award": award.name, "category": one.category, "day": one.ceremony}
        reasons.missing.append(("awards.reason.no_rule", values))
    if rules and not award.confirmed:
        reasons.remarks.append(("awards.reason.unconfirmed", {}))
    if one.served is not None and one.at_most is not None:
        _Measured(one.served, one.at_most, award).against(rules, reasons)


@dataclass(frozen=True)
class _Measured:
    """Somebody's service, sure and possible, measured with the rules of a medal."""

    served: Tenure
    at_most: Tenure
    award: Award

    def against(self, rules: Sequence[AwardRule], reasons: _Reasons) -> None:
        """Which rule is for whom, only people can tell: short of all of them is certain, short of some is a question."""
        unmet = [rule for rule in rules if self._short(self.at_most, rule)]
        undecided = [rule for rule in rules if rule not in unmet and self._short(self.served, rule)]
        of_posts = [rule for rule in rules if rule.who]
        certain = [rule for rule in unmet if not rule.who or all(one in unmet for one in of_posts)]
        if (unmet or undecided) and len({rule.gender for rule in rules}) > 1 and len(unmet) < len(rules):
            reasons.missing.append(("awards.reason.blank.gender", {}))
        elif certain:
            reasons.against += [self._told("short", self.at_most, rule) for rule in certain]
        else:
            reasons.missing += [self._told("post", self.at_most, rule) for rule in unmet]
            reasons.missing += [self._told("months", self.served, rule) for rule in undecided]

    def _short(self, tenure: Tenure, rule: AwardRule) -> str:
        """ "total" or "continuous": what a rule asks for and the tenure lacks; "" when it lacks nothing."""
        asked = (("total", tenure.total, rule.min_years), ("continuous", tenure.continuous, rule.min_continuous))
        spared = 12 - self.award.round_from if self.award.round_from else 0
        return next((what for what, months, years in asked if years and months < 12 * years - spared), "")

    def _told(self, why: str, tenure: Tenure, rule: AwardRule) -> Reason:
        what = self._short(tenure, rule)
        months = tenure.continuous if what == "continuous" else tenure.total
        need = rule.min_continuous if what == "continuous" else rule.min_years
        who = f" ({rule.who})" if rule.who else ""
        values = {"years": str(months // 12), "months": str(months % 12), "need": str(need), "who": who}
        return f"awards.reason.{why}_{what}", values
