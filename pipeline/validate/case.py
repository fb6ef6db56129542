"""What the rules look at: everything read in one year, and what earlier rules have already refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.catalogue import Catalogue, Unit
from pipeline.config import Config
from pipeline.form import Row, data_rows, info_rows
from pipeline.model import Decision, PreviousYear, Relation, Submission, Value


@dataclass(frozen=True)
class Case:
    """One year as the rules see it.

    ``counted``: paths whose content is judged (not identical copies, not replaced versions); ``undecided``: groups of
    versions between which nothing decides; ``left_out``: copies, and files that a person excluded. ``held`` and ``rejected`` grow while the rules run, so that one cause
    gives one finding: a held cell is missing for every later rule. ``held``: (unit, code), for supplements add cells of
    other files. ``decisions``: what people decided; ``settled``: the rows of theirs that met a finding so far.
    """

    submissions: tuple[Submission, ...]
    catalogue: Catalogue
    config: Config
    previous: PreviousYear | None
    counted: frozenset[str]
    undecided: tuple[tuple[str, ...], ...] = ()
    left_out: frozenset[str] = frozenset()
    held: frozenset[tuple[str, str]] = frozenset()
    rejected: frozenset[str] = frozenset()
    decisions: tuple[Decision, ...] = ()
    settled: frozenset[int] = frozenset()
    today: date = date.min
    rule_codes: frozenset[str] = frozenset()

    def present(self) -> Iterator[Submission]:
        """Every file but copies and those that a person excluded."""
        return (s for s in self.submissions if s.source.path not in self.left_out)

    def files(self) -> Iterator[Submission]:
        """Every file that is not rejected yet and whose content is looked at: copies and replaced versions are not."""
        return (
            s
            for s in self.present()
            if s.source.path not in self.rejected and (s.source.path in self.counted or s.failure)
        )

    def judged(self) -> Iterator[Submission]:
        """The submissions whose content is judged."""
        return (
            s
            for s in self.submissions
            if s.source.path in self.counted and s.source.path not in self.rejected and not s.failure
        )

    def unit(self, submission: Submission) -> Unit | None:
        """The unit of a submission, None when it is not in the register."""
        return self.catalogue.unit(submission.identity.unit)

    def rows(self, submission: Submission) -> Iterator[tuple[Row, Value | None]]:
        """Every input row of the unit's form with what was read there; None where the file has no such row."""
        unit = self.unit(submission)
        if unit is None:
            return
        for sheet, build in (("info", info_rows), ("data", data_rows)):
            for row in build(self.catalogue, unit, "vi"):
                if row.role == "input":
                    yield row, submission.values.get((sheet, row.code))

    def cell(self, submission: Submission, code: str) -> Value | None:
        """The cell of an indicator or base datum; None when absent or already held."""
        return None if (submission.identity.unit, code) in self.held else submission.cell(code)

    def number(self, submission: Submission, code: str) -> Decimal | None:
        """The number of a cell; None when blank, refused, held or absent."""
        return None if (submission.identity.unit, code) in self.held else submission.number(code)

    def figures(self, submission: Submission) -> Iterator[Value]:
        """The cells that can enter totals: indicators and base data that apply to the unit and are not held."""
        unit = self.unit(submission)
        for (sheet, code), value in submission.values.items():
            known = self.catalogue.indicator(code) if sheet == "data" else self.catalogue.base(code)
            applies = (
                unit is not None
                and known is not None
                and self.catalogue.relation_to(unit, code) is not Relation.NOT_APPLICABLE
            )
            if applies and (submission.identity.unit, code) not in self.held:
                yield value

    def column(self, code: str, offices: bool | None = None) -> dict[str, Value]:
        """Unit -> cell with a number, over the units whose figure is added; offices only, districts only, or all."""
        found: dict[str, Value] = {}
        for submission in self.judged():
            unit, cell = self.unit(submission), self.cell(submission, code)
            if unit is None or cell is None or not isinstance(cell.value, Decimal):
                continue
            if self.catalogue.relation_to(unit, code).added and offices in {None, self.catalogue.is_office(unit)}:
                found[unit.code] = cell
        ended = self.catalogue.ended(self.config.cutoff)
        gone = {unit.code for unit in ended if not self.catalogue.after_split(unit, code, found).added}
        return {unit: cell for unit, cell in found.items() if unit not in gone}


def amount_of(value: Value) -> Decimal:
    """The number of a cell that is known to hold one."""
    assert isinstance(value.value, Decimal)
    return value.value
