"""The consolidated workbook from its sheets, and the separate file of nominations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.catalogue import Catalogue
from pipeline.config import Config
from pipeline.model import Dataset, Figures, Nomination, PeriodFigures
from pipeline.workbook import charts, findings, lists, matrix, nominations, progress, totals
from pipeline.workbook.context import Context, Describe, ExplainFile, PeriodContext
from pipeline.workbook.cover import write_cover
from pipeline.workbook.period import write_period, write_period_charts, write_years
from pipeline.workbook.styles import Styles


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its key (texts below ``workbook.<key>``), what writes it, and whether it is there at all."""

    key: str
    write: Callable[[Worksheet, Context], None]
    present: Callable[[Dataset], bool] = lambda dataset: True


# In the order of the tabs, after the cover.
SHEETS = (
    Sheet("totals", totals.write_totals),
    Sheet("matrix", matrix.write_matrix),
    Sheet("progress", progress.write_progress),
    Sheet("files", progress.write_files),
    Sheet("events", lists.write_events),
    Sheet("assessment", lists.write_assessment),
    Sheet("plan", lists.write_plan),
    Sheet("findings", findings.write_findings),
    Sheet("differences", findings.write_differences, lambda dataset: bool(dataset.differences)),
    Sheet("adjustments", findings.write_adjustments),
    Sheet("sources", findings.write_sources),
    Sheet("charts", charts.write_charts),
)


def build_workbook(
    dataset: Dataset,
    figures: Figures,
    catalogue: Catalogue,
    config: Config,
    describe: Describe,
    explain_file: ExplainFile,
) -> bytes:
    """The consolidated workbook as .xlsx; the same input gives the same bytes.

    ``describe``: a finding -> (what is wrong, what to do); ``explain_file``: a file's state -> why.
    """
    sheets = tuple(sheet for sheet in SHEETS if sheet.present(dataset))
    return _build(sheets, True, dataset, figures, catalogue, config, describe, explain_file)


def build_nominations(
    judged: Sequence[Nomination], dataset: Dataset, figures: Figures, catalogue: Catalogue, config: Config
) -> bytes:
    """Everybody nominated, with verdict and reasons: personal data, kept out of the consolidated workbook."""
    sheets = (Sheet("nominations", partial(nominations.write_nominations, judged=judged)),)
    return _build(sheets, False, dataset, figures, catalogue, config, lambda finding: ("", ""), lambda file: "")


def _build(
    sheets: tuple[Sheet, ...],
    cover: bool,
    dataset: Dataset,
    figures: Figures,
    catalogue: Catalogue,
    config: Config,
    describe: Describe,
    explain_file: ExplainFile,
) -> bytes:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    context = Context(book, Styles(book), config, dataset, figures, catalogue, describe, explain_file)
    title = context.say("cover.title", year=str(dataset.year))
    book.set_properties({"title": title, "author": config.lead.name, "created": datetime(dataset.year, 1, 1)})
    names = {sheet.key: context.say(f"{sheet.key}.sheet_name") for sheet in sheets}
    if cover:
        write_cover(
            book.add_worksheet(context.say("cover.sheet_name")), context, [(name, key) for key, name in names.items()]
        )
    for sheet in sheets:
        sheet.write(book.add_worksheet(names[sheet.key]), context)
    book.close()
    return buffer.getvalue()


def build_period_workbook(period: PeriodFigures, catalogue: Catalogue, config: Config) -> bytes:
    """Every indicator over the years of a span, the years, and charts; ``catalogue`` is the one of all years."""
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    context = PeriodContext(book, Styles(book), config, period, catalogue)
    title = context.say("period.title", year=context.label)
    book.set_properties({"title": title, "author": config.lead.name, "created": datetime(period.last, 1, 1)})
    rows = write_period(book.add_worksheet(context.say("period.sheet_name")), context)
    write_years(book.add_worksheet(context.say("years.sheet_name")), context)
    write_period_charts(book.add_worksheet(context.say("period_charts.sheet_name")), context, rows)
    book.close()
    return buffer.getvalue()
