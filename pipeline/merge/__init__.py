"""Submissions + decisions + findings -> Dataset: which file counts, and what became of every cell."""

from pipeline.merge.dataset import merge, received_on
from pipeline.merge.supplements import corrected, supplemented
from pipeline.merge.versions import Choice, choose, is_later

__all__ = ["Choice", "choose", "corrected", "is_later", "merge", "received_on", "supplemented"]
