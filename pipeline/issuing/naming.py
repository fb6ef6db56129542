"""Number and day of an issued document, and the folder that it is frozen in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path, PurePosixPath

from pipeline.errors import PhoihopError
from pipeline.model import Issue

FOLDER = "phat-hanh"
_NUMBER = re.compile(r"0*([1-9]\d{0,4})([a-zđ]?)")
_DAY = re.compile(r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")


def issue_of(number: str, day: str, year: int) -> Issue:
    """How a document goes out; numbers below 10 take a zero. Raises PhoihopError ``issue_number`` or ``issue_date``,
    and ``issue_number_missing`` or ``issue_date_missing`` where nothing was given.
    """
    for key, given in (("issue_number_missing", number), ("issue_date_missing", day)):
        if not given.strip():
            raise PhoihopError(key, year=str(year))
    found = _NUMBER.fullmatch(number.strip().lower())
    if found is None:
        raise PhoihopError("issue_number", given=number)
    issued = _day(day)
    if issued is None or issued.year not in {year, year + 1}:
        raise PhoihopError("issue_date", given=day, year=str(year))
    return Issue(f"{int(found[1]):02d}{found[2]}", issued, draft=False)


def issue_folder(output: Path, name: str, issue: Issue) -> Path:
    """output/2026/phat-hanh/Bao-cao-2026-so-123."""
    return output / FOLDER / f"{PurePosixPath(name).stem}-so-{issue.number}"


def _day(written: str) -> date | None:
    found = _DAY.fullmatch(written.strip()) or _ISO.fullmatch(written.strip())
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None
