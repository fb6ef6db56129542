"""What travels between the stages: frozen dataclasses.

They change nothing and look at nothing but their own fields. Most of what they can do is to read these; some of it is a
rule that all stages must share: ``SourceFile.is_workbook``, ``Relation.added`` (what is part of a total),
``Decision.names`` and ``Decision.subject`` (what a row of quyet-dinh.xlsx is about), ``Nomination.provisional``, and
``Dataset.complete`` with ``undone``, ``rejected``, ``blocking`` and ``released`` (what keeps a report a draft).

    cells      one cell or list row as read
    files      a file, the submission read from it, what became of it
    decisions  what people decided       findings  what a rule saw
    dataset    one year, accepted and refused
    figures    its numbers
    period     those of several years    awards    people nominated for medals
"""

from pipeline.model.awards import Nomination, Period, Reason, Span, Tenure, Verdict
from pipeline.model.cells import CellRef, CellState, LabelChange, Problem, Record, Scalar, Stray, Value
from pipeline.model.dataset import Controls, Dataset, Difference, Entry, Outcome, Relation, UnitOutcome, UnitState
from pipeline.model.decisions import Adjustment, Decision, Issue, Ruling
from pipeline.model.figures import Figure, FigureNote, Figures, FigureState, PreviousYear, Reconciliation, YearFigures
from pipeline.model.files import FileOutcome, FileState, Identity, Mail, SourceFile, Submission
from pipeline.model.findings import Finding, Severity
from pipeline.model.period import PeriodFigure, PeriodFigures, PeriodKind, PeriodNote, PeriodYear

__all__ = [
    "Adjustment",
    "CellRef",
    "CellState",
    "Controls",
    "Dataset",
    "Decision",
    "Difference",
    "Entry",
    "Figure",
    "FigureNote",
    "FigureState",
    "Figures",
    "FileOutcome",
    "FileState",
    "Finding",
    "Identity",
    "Issue",
    "LabelChange",
    "Mail",
    "Nomination",
    "Outcome",
    "Period",
    "PeriodFigure",
    "PeriodFigures",
    "PeriodKind",
    "PeriodNote",
    "PeriodYear",
    "PreviousYear",
    "Problem",
    "Reason",
    "Reconciliation",
    "Record",
    "Relation",
    "Ruling",
    "Scalar",
    "Severity",
    "SourceFile",
    "Span",
    "Stray",
    "Submission",
    "Tenure",
    "UnitOutcome",
    "UnitState",
    "Value",
    "Verdict",
    "YearFigures",
]
