"""The order of the stages, and nothing else: the only package that knows them all.

    sending      catalogue -> blank workbooks and the letter that goes out with them
    collecting   mail, inbox -> files -> submissions; the register of decisions
    judging      submissions -> versions chosen -> findings -> dataset -> figures
    years        the figures of several years
    documents    figures -> Word documents
    writing      figures -> everything that a run writes
    issuing      people's edits -> compared, issued, frozen, proved

Stages are imported where they are needed, so that a command pays only for what it uses.
"""

from pipeline.run.collecting import fetch_mail, find_sources, read_decisions, read_inbox
from pipeline.run.documents import (
    document_rows,
    documents_of,
    known_document,
    make_document,
    proofread,
    write_documents,
    write_own_narratives,
)
from pipeline.run.issuing import Finalized, compare_edited, finalize, since_issued, texts_aside, verify
from pipeline.run.judging import (
    Judged,
    describe,
    describe_to_unit,
    file_sentence,
    issued_of,
    judge,
    judge_submissions,
    nominations,
    previous_year,
    survey,
)
from pipeline.run.overview import Standing, standing
from pipeline.run.project import (
    Progress,
    Project,
    nominations_name,
    open_project,
    report_name,
    workbook_name,
)
from pipeline.run.rehearsing import make_rehearsal, make_years
from pipeline.run.sending import write_letters_with_templates, write_templates
from pipeline.run.writing import (
    ANSWERS,
    REMINDERS,
    answers,
    build_totals,
    control_totals,
    manifest,
    register_open,
    write_results,
)
from pipeline.run.years import late_files, over_years

__all__ = [
    "ANSWERS",
    "REMINDERS",
    "Finalized",
    "Judged",
    "Progress",
    "Project",
    "Standing",
    "answers",
    "build_totals",
    "compare_edited",
    "control_totals",
    "describe",
    "describe_to_unit",
    "document_rows",
    "documents_of",
    "fetch_mail",
    "file_sentence",
    "finalize",
    "find_sources",
    "issued_of",
    "judge",
    "judge_submissions",
    "known_document",
    "late_files",
    "make_document",
    "make_rehearsal",
    "make_years",
    "manifest",
    "nominations",
    "nominations_name",
    "open_project",
    "over_years",
    "previous_year",
    "proofread",
    "read_decisions",
    "read_inbox",
    "register_open",
    "report_name",
    "since_issued",
    "standing",
    "survey",
    "texts_aside",
    "verify",
    "workbook_name",
    "write_documents",
    "write_letters_with_templates",
    "write_own_narratives",
    "write_results",
    "write_templates",
]
