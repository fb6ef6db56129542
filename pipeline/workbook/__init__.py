"""Figures + Dataset + findings -> the consolidated workbook: SHEETS, an ordered tuple."""

from pipeline.workbook.render import SHEETS, build_nominations, build_period_workbook, build_workbook

__all__ = ["SHEETS", "build_nominations", "build_period_workbook", "build_workbook"]
