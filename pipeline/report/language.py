"""The language of the documents."""

LANG = "vi"
"""The signed documents are Vietnamese whatever language the tool speaks."""
