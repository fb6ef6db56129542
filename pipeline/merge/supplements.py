"""What is joined to a unit's file before it is judged: later "bổ sung" files, and figures that a person corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.merge.versions import Choice
from pipeline.model import CellState, Decision, Record, Ruling, Submission, Value

CORRECTED = "corrected"
# Cells in which two files of one unit always differ.
_OF_THE_SENDING = "info"


def supplemented(submissions: Sequence[Submission], choice: Choice) -> tuple[tuple[Submission, ...], Choice]:
    """Each supplement joined to the file that it adds to; one that contradicts it is undecided instead.

    A cell is taken where the file is blank or refused; every value keeps the address in the file that it came from.
    """
    by_path = {one.source.path: one for one in submissions}
    undecided, joined = list(choice.undecided), dict(choice.supplements)
    for path, base in choice.supplements.items():
        if conflicts(by_path[base], by_path[path]):
            undecided.append((path,))
            del joined[path]
        else:
            by_path[base] = _join(by_path[base], by_path[path])
    told = replace(choice, undecided=tuple(undecided), supplements=joined)
    return tuple(by_path[one.source.path] for one in submissions), told


def conflicts(base: Submission, supplement: Submission) -> tuple[tuple[Value, Value], ...]:
    """(cell of the file, cell of the supplement) wherever both say something and not the same."""
    pairs = ((base.values.get(key), value) for key, value in _said(supplement).items())
    return tuple((old, new) for old, new in pairs if old is not None and _says(old) and old.raw != new.raw)


def _said(supplement: Submission) -> Mapping[tuple[str, str], Value]:
    return {
        key: value
        for key, value in supplement.values.items()
        if value.state is not CellState.BLANK and (key[0] != _OF_THE_SENDING or key[1].startswith("B"))
    }


def _says(value: Value) -> bool:
    return value.state in {CellState.VALUE, CellState.NONE}


def _join(base: Submission, supplement: Submission) -> Submission:
    added = {key: value for key, value in _said(supplement).items() if not _holds(base, key)}
    known = {_content(record) for record in base.records}
    records = tuple(record for record in supplement.records if _content(record) not in known)
    rows = {key[1] for key in added}
    return replace(
        base,
        values={**base.values, **added},
        records=(*base.records, *records),
        strays=(*base.strays, *supplement.strays),
        missing_rows=tuple(code for code in base.missing_rows if code not in rows),
    )


def _holds(base: Submission, key: tuple[str, str]) -> bool:
    value = base.values.get(key)
    return value is not None and _says(value)


def _content(record: Record) -> tuple[object, ...]:
    return (record.sheet, *sorted((key, value.raw) for key, value in record.cells.items() if value.raw))


def corrected(submissions: Sequence[Submission], decisions: Sequence[Decision]) -> tuple[Submission, ...]:
    """The submissions with the figures that people corrected; the raw text stays what the unit wrote.

    A correction that names the old text is applied only while the cell still holds it.
    """
    rows = [one for one in decisions if one.ruling is Ruling.CORRECT and not one.faults]
    return tuple(_corrected(one, [row for row in rows if row.unit == one.identity.unit]) for one in submissions)


def _corrected(submission: Submission, rows: Sequence[Decision]) -> Submission:
    changes = dict(_changes(submission, rows))
    return replace(submission, values={**submission.values, **changes}) if changes else submission


def _changes(submission: Submission, rows: Sequence[Decision]) -> Iterator[tuple[tuple[str, str], Value]]:
    for row in rows:
        for key in (("data", row.code), ("info", row.code)):
            value = submission.values.get(key)
            if value is not None and fits(row, value, submission):
                state = CellState.VALUE
                yield key, replace(value, state=state, value=row.value, note=CORRECTED, problem=None)


def fits(row: Decision, value: Value, submission: Submission) -> bool:
    """True while a correction speaks of this cell as it stands."""
    same_file = not row.file or row.names(value.ref.file) or row.names(submission.source.path)
    return same_file and (not row.old or row.old == " ".join(value.raw.split()))
