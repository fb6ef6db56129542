"""The exceptions that stop the work; everything else is a finding."""

from __future__ import annotations

from collections.abc import Sequence


class PhoihopError(Exception):
    """A known problem: shown as one line and a hint, never as a traceback.

    ``key`` names the sentence in ``locales/<lang>/errors.toml`` (with its ``_hint``), ``values`` fill it in.
    """

    exit_code = 2

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(f"{key} {values}")
        self.key = key
        self.values = values


class ConfigError(PhoihopError):
    """config.toml is missing, cannot be parsed or has wrong values; ``problems`` lists all of them."""

    def __init__(self, key: str, problems: Sequence[str] = (), /, **values: object) -> None:
        super().__init__(key, **values)
        self.problems = tuple(problems)


class CatalogueError(ConfigError):
    """danh-muc.xlsx is missing, unreadable or contradicts itself; ``problems`` carry sheet and cell."""


class OutputLockedError(PhoihopError):
    """An output file cannot be replaced, usually because it is open in Excel or Word."""


class ControlTotalError(PhoihopError):
    """A control total does not hold: a bug, the run stops before anything is written."""

    exit_code = 3
