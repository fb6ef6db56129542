"""quyet-dinh.xlsx: what people decided, read on every run; its drop-downs refreshed, its rows never touched."""

from pipeline.decisions.labels import label_of
from pipeline.decisions.reading import read_decisions
from pipeline.decisions.writing import refreshed

__all__ = ["NAME", "label_of", "read_decisions", "refreshed"]

NAME = "quyet-dinh.xlsx"
