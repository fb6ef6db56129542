"""Vietnamese typed in the fonts of the 1990s (TCVN3/ABC: .VnTime; VNI-Windows) -> Unicode, when the text itself says so."""

from pipeline.legacy.decoding import Decoded, decode, look_alikes, prevailing
from pipeline.legacy.tables import Encoding

__all__ = ["Decoded", "Encoding", "decode", "look_alikes", "prevailing"]
