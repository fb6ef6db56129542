"""danh-muc.xlsx -> Catalogue of one year; checks itself, all errors at once, each with its sheet and cell."""

from pipeline.catalogue.loading import load
from pipeline.catalogue.model import (
    Activity,
    Base,
    Catalogue,
    Check,
    Indicator,
    Role,
    Section,
    Target,
    Unit,
    Version,
    target_for,
)

__all__ = [
    "Activity",
    "Base",
    "Catalogue",
    "Check",
    "Indicator",
    "Role",
    "Section",
    "Target",
    "Unit",
    "Version",
    "load",
    "target_for",
]
