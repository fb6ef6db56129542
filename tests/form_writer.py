"""A plain stand-in for the template writer: the same sheets, headings and places, without formats or formulas."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from pipeline.catalogue import Catalogue, Unit
from pipeline.config import Config
from pipeline.form import ROWS
from pipeline.sheets import META_SHEET, SHEETS, Sheet

HEADER_ROW = 4
END
