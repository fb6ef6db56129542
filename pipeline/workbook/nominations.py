"""Khen thưởng: everybody nominated, what the criteria say and why; one column is left to the council."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from pipeline.criteria import verdict_in_words
from pipeline.look import A3
from pipeline.model import Nomination, Verdict
from pipeline.text import DASH, say
from pipeline.workbook.context import Context
from pipeline.workbook.table import FIRST_ROW, Column, Table

# What the council reads comes first, what it looks up after it.
COLUMNS = (
    Column("number", 6, "centre"),
    Column("name", 22),
    Column("born", 12, "date"),
    Column("position", 26),
    Column("unit", 26),
    Column("award", 22),
    Column("category", 14, "centre"),
    Column("service", 24),
    Column("years_total", 12, "centre"),
    Column("years_continuous", 12, "centre"),
    Column("verdict", 12, "centre"),
    Column("reasons", 64),
    Column("decision", 20, "centre"),
    Column("gender", 8, "centre"),
    Column("declared_total", 10, "centre"),
    Column("declared_continuous", 10, "centre"),
    Column("achievements", 40),
    Column("earlier_awards", 24),
    Column("already_awarded", 12, "centre"),
    Column("discipline", 16),
    Column("phone", 16, "raw"),
    Column("note", 18),
    Column("ceremony", 12, "date"),
    Column("criterion", 44),
    Column("place", 40, "raw"),
)
KEYS = [column.key for column in COLUMNS]
VERDICT, DECISION = KEYS.index("verdict"), KEYS.index("decision")
# Number and name.
REPEATED = 2
LOOKS = {Verdict.ENOUGH: "good", Verdict.NOT_YET: "bad", Verdict.MISSING_DATA: "doubtful"}


def write_nominations(page: Worksheet, context: Context, judged: Sequence[Nomination]) -> None:
    """One row per person in the order given; the decision column holds a drop-down and nothing else."""
    headings = [say(f"awards.column.{key}", context.lang) for key in KEYS]
    table = Table(page, context, "nominations", COLUMNS, headings)
    for number, one in enumerate(judged, start=1):
        cells = _cells(number, one, context)
        styles = ["" for _ in KEYS]
        styles[VERDICT] = "doubtful" if one.provisional else LOOKS[one.verdict]
        table.add(*(cells[key] for key in KEYS), styles=styles)
    table.finish()
    _offer_decisions(page, context, len(judged))
    _print_on_two_pages(page, context)


def _cells(number: int, one: Nomination, context: Context) -> dict[str, object]:
    typed = (
        "name",
        "position",
        "award",
        "category",
        "service",
        "gender",
        "achievements",
        "earlier_awards",
        "discipline",
    )
    return {
        **{key: getattr(one, key) for key in (*typed, "phone", "note", "ceremony")},
        "number": number,
        "unit": context.catalogue.unit_name(one.unit),
        "years_total": DASH if one.years_total is None else one.years_total,
        "years_continuous": DASH if one.years_continuous is None else one.years_continuous,
        "born": one.unread.get("born", one.born),
        "already_awarded": one.unread.get("already_awarded", one.already_awarded),
        "declared_total": one.unread.get("years_total", one.declared_total),
        "declared_continuous": one.unread.get("years_continuous", one.declared_continuous),
        "verdict": verdict_in_words(one, context.lang),
        "reasons": "\n".join(say(key, context.lang, **values) for key, values in one.reasons),
        "decision": None,
        "criterion": _criterion(one, context.lang),
        "place": f"{one.ref.file} · {one.ref.place}",
    }


def _criterion(one: Nomination, lang: str) -> str:
    if not one.criterion:
        return say("awards.criterion.none", lang)
    state = "confirmed" if one.confirmed else "unconfirmed"
    return say(f"awards.criterion.{state}", lang, body=one.body, source=one.criterion)


def _offer_decisions(page: Worksheet, context: Context, count: int) -> None:
    if not count:
        return
    options = {
        "validate": "list",
        "source": say("awards.decision.choices", context.lang).split(" | "),
        "input_title": say("awards.column.decision", context.lang),
        "input_message": say("awards.decision.prompt", context.lang),
    }
    page.data_validation(FIRST_ROW - 1, DECISION, FIRST_ROW + count - 2, DECISION, options)


def _print_on_two_pages(page: Worksheet, context: Context) -> None:
    """A3: the council's part on the first sheet of paper, the rest beside it with numbers and names repeated."""
    page.set_paper(A3)
    page.fit_to_pages(2, 0)
    page.set_v_pagebreaks([DECISION + 1])
    page.repeat_columns(0, REPEATED - 1)
    page.freeze_panes(FIRST_ROW - 1, REPEATED)
    # Above the repeated columns the title would be printed again, cut off.
    for row, (part, style) in enumerate((("title", "title"), ("about", "subtitle"))):
        page.write_blank(row, 0, None, context.styles["plain"])
        text = context.say(f"nominations.{part}", year=str(context.dataset.year))
        page.write_string(row, REPEATED, text, context.styles[style])
