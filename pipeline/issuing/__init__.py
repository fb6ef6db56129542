"""What people make of the documents, and how a year is issued: recognise edits, compare, fill in, freeze, prove."""

from pipeline.issuing.comparing import Comparison, Difference
from pipeline.issuing.filling import filled, symbol_of
from pipeline.issuing.finding import compare_file, edited_below, name_of, read_documents, texts_aside, version_to_issue
from pipeline.issuing.freezing import INPUTS, MANIFEST, Workshop, frozen_config
from pipeline.issuing.leftovers import prompts_of, unfinished
from pipeline.issuing.naming import issue_folder, issue_of
from pipeline.issuing.proving import (
    Flaw,
    Issued,
    changes_since,
    check_controls,
    check_document,
    check_figures,
    check_files,
    check_period,
    issued,
    read_frozen,
    totals_of,
)
from pipeline.issuing.sealing import compared, seal_of, sealed
from pipeline.issuing.snapshots import recall, remember

__all__ = [
    "INPUTS",
    "MANIFEST",
    "Comparison",
    "Difference",
    "Flaw",
    "Issued",
    "Workshop",
    "changes_since",
    "check_controls",
    "check_document",
    "check_figures",
    "check_files",
    "check_period",
    "compare_file",
    "compared",
    "edited_below",
    "filled",
    "frozen_config",
    "issue_folder",
    "issue_of",
    "issued",
    "name_of",
    "prompts_of",
    "read_documents",
    "read_frozen",
    "recall",
    "remember",
    "seal_of",
    "sealed",
    "symbol_of",
    "texts_aside",
    "totals_of",
    "unfinished",
    "version_to_issue",
]
