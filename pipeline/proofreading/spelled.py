"""How a number with its symbol, and a place with its date, should be written, made from what stands there."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from pipeline.proofreading.forms import Form
from pipeline.proofreading.line import Line
from pipeline.proofreading.words import PROVINCES

_NUMBER = re.compile(r"(?:số\b)?\s*[:.]?\s*(?P<count>[^\W_]*(?=\s*[-–/])|[\s.…_]*)(?P<rest>.*)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"(?P<day>\d{1,2})\D+(?P<month>\d{1,2})\D+(?P<year>\d{2,4})\b")


@dataclass(frozen=True, slots=True)
class Symbol:
    """Number and symbol as they were meant: "5", "KH", ("STP",) of "Số: 5/KH-STP"."""

    count: str
    codes: tuple[str, ...]

    def written(self, form: Form, kinds: tuple[str, ...], *, letter: bool) -> str:
        """As the form prescribes; ``kinds``: the codes that fit the kind of the document; "…": not known."""
        codes = list(self.codes)
        kind = next(
            (code for code in codes if code.upper() in {one.upper() for one in kinds}), codes[0] if codes else "…"
        )
        kind = next((one for one in kinds if one.upper() == kind.upper()), kind)
        if letter and not form.letter_code:
            whole = [*codes, "…"] if len(codes) < 2 else codes
            return f"Số: {self.count}/{'-'.join(whole)}"
        others = [code for code in codes if code.upper() != kind.upper()] or ["…"]
        return f"Số: {form.number_model.format(count=self.count, type=kind, codes='-'.join(others))}"


def symbol_of(line: Line) -> Symbol:
    """What was meant by a number however it is written."""
    found = _NUMBER.match(line.text)
    count, rest = (found["count"].strip(" .…_"), found["rest"]) if found else ("", "")
    digits = count.replace("O", "0").replace("o", "0").lstrip("0")
    words = [word.strip(".") for word in re.findall(r"[^\W\d_][\w.&]*", rest)]
    cased = tuple(word if word != word.lower() else word.upper() for word in words if not _YEAR.fullmatch(word))
    return Symbol(digits.zfill(2) if digits else "      ", cased)


def number_slips(line: Line) -> list[str]:
    """What is wrong with how a number is written, as keys of sentences."""
    text, found = line.text, _NUMBER.match(line.text)
    rest = found["rest"] if found else ""
    count = found["count"].strip(" .…_") if found else ""
    slips = {
        "number_word": not text.startswith("Số:"),
        "number_count": bool(count) and re.fullmatch("0[1-9]|[1-9][0-9]+", count) is None,
        "number_year": re.search(r"/\s*(?:19|20)\d\d\b", rest) is not None,
        "number_space": bool(re.search(r"\S\s+\S|\d\s+/", rest)) or text.startswith("Số :"),
        "number_end": text.endswith((".", ",", ";")),
        "number_case": any(word == word.lower() for word in re.findall(r"[^\W\d_]+", rest)),
    }
    return [key for key, wrong in slips.items() if wrong]


def real_day(line: Line) -> bool:
    """False for the 31st of November."""
    found = _DATE.search(line.text)
    if found is None:
        return True
    day, month, year = (int(found[name]) for name in ("day", "month", "year"))
    return 1 <= month <= 12 and 1 <= day <= monthrange(max(year, 1), month)[1]


def with_its_name(place: str) -> str:
    """A province without the word "Tỉnh", which no letterhead has; other places as they are."""
    return re.sub(rf"^Tỉnh (?=(?:{PROVINCES})$)", "", place)


def written_date(line: Line) -> str:
    """The same place and day as the law writes them; "…" for what is not known."""
    found = _DATE.search(line.text)
    before = re.split(r"(?i)\bngày\b", line.text, maxsplit=1)[0] if found is None else line.text[: found.start()]
    place = re.sub(r"(?i)\bngày\b", "", before).strip(" .,…_")
    place = with_its_name(place if place != place.lower() else place.title())
    if found is None:
        return f"{place or '…'}, ngày      tháng      năm …"
    day, month, year = int(found["day"]), int(found["month"]), found["year"]
    shown = f"{month:02d}" if month < 3 else str(month)
    return f"{place or '…'}, ngày {day:02d} tháng {shown} năm {year if len(year) == 4 else f'20{year}'}"
