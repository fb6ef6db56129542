"""Findings -> an answer to each unit: its own workbook, marked, with a mail and a message ready to send."""

from pipeline.returns.answers import Answer, build_answer, build_reminder

__all__ = ["Answer", "build_answer", "build_reminder"]
