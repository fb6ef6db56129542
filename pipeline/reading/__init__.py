"""SourceFile -> Submission: cells with their addresses, numbers with one reading, identities with their witnesses."""

from pipeline.reading.identity import witnesses_outside
from pipeline.reading.submission import read_detached, read_submission

__all__ = ["read_detached", "read_submission", "witnesses_outside"]
