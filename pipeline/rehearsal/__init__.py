"""A rehearsal: a project with last year's inbox in order and this year's inbox full of the usual faults."""

from pipeline.rehearsal.answers import Filled, answers_for
from pipeline.rehearsal.inbox import Sent, write_inbox, write_previous_inbox
from pipeline.rehearsal.messy import write_messy_inbox
from pipeline.rehearsal.project import example_dir, make_project
from pipeline.rehearsal.years import RUN_YEARS, make_years_project, write_year

__all__ = [
    "RUN_YEARS",
    "Filled",
    "Sent",
    "answers_for",
    "example_dir",
    "make_project",
    "make_years_project",
    "write_inbox",
    "write_messy_inbox",
    "write_previous_inbox",
    "write_year",
]
