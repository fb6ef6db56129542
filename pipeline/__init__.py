"""phoihop: from e-mailed workbooks to a consolidated workbook and a report for signature.

catalogue + config  -> templates/   one blank workbook per unit
inbox               -> intake/      SourceFile: bytes, hash, what kind of file it is
SourceFile          -> reading/     Submission: every cell with its address and raw text
submissions         -> validate/    findings: RULES, all of them, in one pass
submissions         -> merge.py     Dataset -> figures.py -> Figures: every number, once
Figures + Dataset   -> workbook/ and report/   Tong-hop-<year>.xlsx, Bao-cao-<year>.docx
"""

__version__ = "0.1.0"
