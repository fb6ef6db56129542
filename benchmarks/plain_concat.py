"""The baseline: what somebody would write in an afternoon. Puts all sheets of all files below each other, checks nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd


def main(inbox: Path, target: Path) -> None:
    """Read every workbook of a folder with pandas and openpyxl, write one workbook."""
    collected: dict[str, list[pd.DataFrame]] = {}
    for path in sorted(inbox.rglob("*.xlsx")):
        for name, frame in pd.read_excel(path, sheet_name=None, header=None).items():
            frame.insert(0, "file", path.name)
            collected.setdefault(str(name), []).append(frame)
    with pd.ExcelWriter(target, engine="openpyxl") as writer:
        for name, frames in collected.items():
            pd.concat(frames).to_excel(writer, sheet_name=name[:31], index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
