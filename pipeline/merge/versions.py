"""Which file of each unit counts: identical copies, later versions, supplements, and what people decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from pipeline.catalogue import Catalogue
from pipeline.model import CellState, Decision, Difference, Ruling, Submission, Value
from pipeline.sheets import REPORT_DATE, ROUND, SUPPLEMENT


@dataclass(frozen=True, slots=True)
class Choice:
    """Which files count, decided before the content is judged.

    counted: paths whose content is judged and, if no finding rejects the file, counted.
    identical: path -> the path it repeats byte for byte. replaced: path -> the later version of the same unit.
    undecided: groups of paths of one unit between which the rule cannot choose; none of them counts.
    excluded: path -> the decision that leaves it out. supplements: path of a "bổ sung" file -> the path it adds to.
    """

    counted: frozenset[str]
    identical: Mapping[str, str]
    replaced: Mapping[str, str]
    undecided: tuple[tuple[str, ...], ...]
    differences: tuple[Difference, ...]
    excluded: Mapping[str, Decision] = field(default_factory=dict)
    supplements: Mapping[str, str] = field(default_factory=dict)

    @property
    def left_out(self) -> frozenset[str]:
        """Copies and excluded files: nothing in them is judged."""
        return frozenset([*self.identical, *self.excluded])


def choose(submissions: Sequence[Submission], catalogue: Catalogue, decisions: Sequence[Decision] = ()) -> Choice:
    """Identical copies count once; of several versions of a unit the decided or the later one counts, or none
    (see ``is_later``); a later file marked as a supplement adds to the one that counts.
    """
    usable = [decision for decision in decisions if not decision.faults]
    excluded = _excluded(submissions, usable)
    identical = _identical(submissions)
    counted: set[str] = set()
    replaced: dict[str, str] = {}
    undecided: list[tuple[str, ...]] = []
    differences: list[Difference] = []
    supplements: dict[str, str] = {}
    left_out = {*identical, *excluded}
    candidates = [s for s in submissions if not s.failure and s.source.path not in left_out]
    for unit, versions in _by_unit(candidates).items():
        rivals = [version for version in versions if unit and _can_count(version, catalogue)]
        repeated = _same_content(rivals)
        identical |= repeated
        rivals = [version for version in rivals if version.source.path not in repeated]
        counted |= {one.source.path for one in versions if one not in rivals and one.source.path not in repeated}
        whole = [version for version in rivals if version.info(SUPPLEMENT) is not True] or rivals
        chosen = _chosen(unit, whole, usable)
        order = _in_order(whole) if chosen is None else [*(one for one in whole if one is not chosen), chosen]
        later = [version for version in rivals if version not in whole]
        if order and all(is_later(one, order[-1]) is not False for one in later):
            supplements |= {one.source.path: order[-1].source.path for one in _by_time(later)}
        else:
            undecided += [(one.source.path,) for one in later]
        if order is None:
            undecided.append(tuple(version.source.path for version in whole))
        else:
            replaced |= {older.source.path: order[-1].source.path for older in order[:-1]}
            counted |= {newest.source.path for newest in order[-1:]}
        for older, newer in zip(order or whole, (order or whole)[1:], strict=False):
            differences += _differences(unit, older, newer)
    return Choice(frozenset(counted), identical, replaced, tuple(undecided), tuple(differences), excluded, supplements)


def _excluded(submissions: Iterable[Submission], decisions: Iterable[Decision]) -> dict[str, Decision]:
    rows = [decision for decision in decisions if decision.ruling is Ruling.EXCLUDE]
    return {s.source.path: row for row in rows for s in submissions if row.names(s.source.path)}


def _chosen(unit: str, versions: Sequence[Submission], decisions: Iterable[Decision]) -> Submission | None:
    """The version that a person chose; None when nobody did, or when it is not among them."""
    rows = [decision for decision in decisions if decision.ruling is Ruling.VERSION and decision.unit == unit]
    named = [version for version in versions for row in rows if row.names(version.source.path)]
    return named[0] if len(named) == 1 else None


def _by_time(supplements: list[Submission]) -> list[Submission]:
    return sorted(
        supplements, key=lambda one: (one.source.received or date.min, str(one.source.moment), one.source.path)
    )


def _identical(submissions: Iterable[Submission]) -> dict[str, str]:
    first: dict[str, str] = {}
    copies: dict[str, str] = {}
    for submission in sorted(
        submissions, key=lambda s: (s.source.received or date.max, len(s.source.path), s.source.path)
    ):
        source = submission.source
        if source.kind in {"system", "mail_extra", "empty", "unreadable"}:
            continue
        original = first.setdefault(source.sha256, source.path)
        if original != source.path:
            copies[source.path] = original
    return copies


def _same_content(versions: Iterable[Submission]) -> dict[str, str]:
    """Files that say cell for cell the same, however they were saved: path -> the path of the first of them."""
    versions = list(versions)
    if len(versions) < 2:
        return {}
    first: dict[tuple[tuple[str, str], ...], str] = {}
    copies: dict[str, str] = {}
    for version in _by_time(versions):
        content = tuple(sorted((key, value.raw) for key, value in _all_cells(version).items() if value.raw))
        original = first.setdefault(content, version.source.path)
        if original != version.source.path:
            copies[version.source.path] = original
    return copies


def _by_unit(submissions: Iterable[Submission]) -> dict[str, list[Submission]]:
    groups: defaultdict[str, list[Submission]] = defaultdict(list)
    for submission in submissions:
        groups[submission.identity.unit].append(submission)
    return dict(groups)


def _can_count(submission: Submission, catalogue: Catalogue) -> bool:
    filled = any(
        value.state is not CellState.BLANK for (sheet, key), value in submission.values.items()
        if sheet == "data" and catalogue.indicator(key)
    )  # fmt: skip
    year = submission.identity.year
    return filled and year in {None, catalogue.year} and catalogue.unit(submission.identity.unit) is not None


def _in_order(versions: list[Submission]) -> list[Submission] | None:
    """Oldest to newest, or None when for some pair the rule cannot tell which is later."""
    if any(is_later(one, other) is None for one, other in combinations(versions, 2)):
        return None
    return sorted(
        versions, key=lambda version: sum(bool(is_later(version, other)) for other in versions if other is not version)
    )


def is_later(one: Submission, other: Submission) -> bool | None:
    """Whether ``one`` is the later version; None when nothing tells, or when two signs contradict each other.

    The signs, each used only where both files carry it: the moment of the mail, or else the date of its coming;
    "Lần gửi thứ" (TT10) and "Ngày lập biểu" (TT09) on the sheet Thông tin. Never the file's own time stamp or its words.
    """
    times = (one.source.moment, other.source.moment)
    signs = [
        times if None not in times else (one.source.received, other.source.received),
        (one.info(ROUND), other.info(ROUND)),
        (one.info(REPORT_DATE), other.info(REPORT_DATE)),
    ]
    answers = {a > b for a, b in signs if a is not None and b is not None and a != b}  # type: ignore[operator]
    return answers.pop() if len(answers) == 1 else None


def _differences(unit: str, older: Submission, newer: Submission) -> Iterator[Difference]:
    cells = _all_cells(older), _all_cells(newer)
    for key in dict.fromkeys([*cells[0], *cells[1]]):
        before, after = cells[0].get(key), cells[1].get(key)
        if (before.raw if before else "") != (after.raw if after else ""):
            yield Difference(unit, key, before, after)


def _all_cells(submission: Submission) -> dict[str, Value]:
    cells = {f"{sheet}.{key}": value for (sheet, key), value in submission.values.items()}
    for sheet in {record.sheet for record in submission.records}:
        for number, record in enumerate(submission.rows(sheet), start=1):
            cells |= {f"{sheet}.{number}.{key}": value for key, value in record.cells.items()}
    return cells
