"""SourceFile -> Submission: cells with their addresses, numbers with one reading, identities with their witnesses."""

from pipeline.reading.submission import read_submission

__all__ = ["read_submission"]
