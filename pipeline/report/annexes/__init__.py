"""The annexes that documents can have: another one is one function and one line in ``ANNEXES``."""

from collections.abc import Callable

from pipeline.report.annexes.activities import activities, plans
from pipeline.report.annexes.annex import Annex, annex_elements
from pipeline.report.annexes.letters import addressed_units, reminded_units
from pipeline.report.annexes.nominations import nominated, reasons
from pipeline.report.annexes.period import by_year, sources
from pipeline.report.annexes.results import indicators, units
from pipeline.report.annexes.submissions import submissions
from pipeline.report.material import Material

__all__ = ["ANNEXES", "Annex", "annex_elements"]

ANNEXES: dict[str, Callable[[Material], Annex | None]] = {
    "indicators": indicators,
    "units": units,
    "submissions": submissions,
    "activities": activities,
    "plans": plans,
    "addressed_units": addressed_units,
    "reminded_units": reminded_units,
    "by_year": by_year,
    "sources": sources,
    "nominated": nominated,
    "reasons": reasons,
}
