"""inbox -> SourceFile: every file at any depth, what mails and archives hold, and what their content says they are."""

from pipeline.intake.expanding import expand
from pipeline.intake.finding import find_files
from pipeline.intake.kinds import CONTAINERS

__all__ = ["CONTAINERS", "expand", "find_files"]
