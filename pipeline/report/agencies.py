"""Agencies under the names that they bear when a document goes out, whatever they were called before."""

from __future__ import annotations

import re

from pipeline.config import Config
from pipeline.text import tidy


def named_now(text: str, config: Config) -> str:
    """Words in which every name that an agency ever had gives way to its name at the report deadline."""
    named = tidy(text)
    for agency in config.agency:
        current = config.agency_of(agency.key).name
        if agency.name != current:
            named = re.sub(re.escape(agency.name), current, named, flags=re.IGNORECASE)
    return named
