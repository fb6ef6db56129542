"""The letterhead: national name, motto, names of agencies, number, place and date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.proofreading import names, words
from pipeline.proofreading.letterhead import side_of
from pipeline.proofreading.line import Line, Rule
from pipeline.proofreading.rules.rule import Case, Fault, Hit, Norm, misset, within
from pipeline.proofreading.rules.title import abstract_style
from pipeline.proofreading.spelled import number_slips, real_day, symbol_of, with_its_name, written_date
from pipeline.typeface import width

NATION, MOTTO, UNION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐOÀN TNCS HỒ CHÍ MINH"
_RULE_SLACK, _SHARE_SLACK = 3.0, 1.5
_ROOM_SLACK = 1.0
_BLANK = r"[\s.…_]*"
_FILLED = rf"(?:\s+\d+\s+|{_BLANK}\s{_BLANK}|\s?[.…_]+\s?)"
_DATE = re.compile(
    rf"[^,]*[^,\s], ngày(?P<day>{_FILLED})tháng(?P<month>{_FILLED})năm(?:\s\d{{4}}|\s20\d?[.…_ ]*|{_BLANK})"
)
_DAYS = {f"{day:02d}" for day in range(1, 32)}
_MONTHS = {"01", "02", *map(str, range(3, 13))}


def nation_text(case: Case) -> Iterator[Hit]:
    """The national name and the motto are written in their only form."""
    head = case.parts.head
    for line, wanted in ((head.nation, {NATION, NATION.replace("HÒA", "HOÀ")}), (head.motto, {MOTTO})):
        if line is not None and line.text.upper() not in {one.upper() for one in wanted}:
            if not _broken_off(line, case):
                yield Hit(line, line.text, sorted(wanted)[-1] if line is head.nation else MOTTO)
        elif line is not None and line is head.motto and line.text != MOTTO and not line.capitals:
            yield Hit(line, line.text, MOTTO)


def _broken_off(line: Line, case: Case) -> bool:
    """True when the name goes on on the next line, which is another rule's matter."""
    return case.parts.head.nation is line and words.NATION.startswith(line.key) and line.key != words.NATION


def nation_style(case: Case) -> Iterator[Hit]:
    """Both are bold, upright, at their size, centred."""
    head, form = case.parts.head, case.form
    yield from misset([head.nation], Norm(form.nation, True, False, True, centred=True))
    yield from misset([head.motto], Norm(form.motto, True, False, False, centred=True))


def one_line(case: Case) -> Iterator[Hit]:
    """National name, motto, number and date have one line each."""
    head = case.parts.head
    form = case.form
    lines = ((head.nation, form.nation), (head.motto, form.motto), (head.union, form.nation), (head.date, form.date))
    for line, sizes in lines:
        if line is not None and (_broken_off(line, case) or _too_wide(line, sizes[1])):
            yield Hit(line, line.width, line.room, {"fault": "date"} if line is head.date else {})


def _too_wide(line: Line, largest: float) -> bool:
    """True when the line does not fit even at the largest size that it may have: a larger one is another rule's matter."""
    needed = line.width * min(1.0, largest / (line.size or largest))
    return not line.piece and needed > line.room + _slack(line)


def _slack(line: Line) -> float:
    """A box or a table that fits itself to its content gives a little."""
    return 6.0 if line.area is not None and line.area.kind != "cell" else _ROOM_SLACK


def union_title(case: Case) -> Iterator[Hit]:
    """The title of the Youth Union: text, size, bold."""
    union = case.parts.head.union
    if union is not None and union.text.upper() != UNION:
        yield Hit(union, union.text, UNION, {"fault": "text"})
    yield from misset([union], Norm(case.form.nation, True, False, True, centred=True))


def pairs(case: Case) -> Iterator[Hit]:
    """The sizes of national name, motto and date go up and down together."""
    head, form = case.parts.head, case.form
    if head.nation is None or head.motto is None or head.date is None:
        return
    sizes = (head.nation.size, head.motto.size, head.date.size)
    allowed = (form.nation, form.motto, form.date)
    each = all(within(size, span) for size, span in zip(sizes, allowed, strict=True))
    if each and sizes not in form.pairs:
        yield Hit(head.nation, _triple(sizes), "; ".join(_triple(pair) for pair in form.pairs))


def _triple(sizes: tuple[float, ...]) -> str:
    return "–".join(f"{size:g}" for size in sizes)


# ---- rules of the letterhead ----------------------------------------------------------------------------------------


def title_rule(case: Case) -> Iterator[Hit]:
    """The rule below the motto (or the Union's title) is as long as the text."""
    line = case.parts.head.union if case.form.union_head else case.parts.head.motto
    if line is not None:
        widths = (line.width, *_as_prescribed(case))
        span = (min(widths) - _RULE_SLACK, max(widths) + _RULE_SLACK)
        yield from _misruled(line, case.parts.head.right_rules, span)


def _as_prescribed(case: Case) -> tuple[float, ...]:
    """How wide a line that is wrong would be if it were right: its rule may fit that, for one slip is told once."""
    wrong = any(next(rule(case), None) for rule in (nation_text, nation_style, pairs, union_title))
    text, sizes = (UNION, case.form.nation) if case.form.union_head else (MOTTO, case.form.motto)
    return tuple(width(text, size, bold=True) for size in sizes) if wrong else ()


def agency_rule(case: Case) -> Iterator[Hit]:
    """The rule below the agency's name is a third to a half as long as the line."""
    lines = case.parts.agencies
    if lines:
        yield from _misruled(lines[-1], case.parts.head.left_rules, share(lines))


def share(lines: tuple[Line, ...]) -> tuple[float, float]:
    """From a third of the shortest to half of the longest line."""
    widths = [line.width for line in lines]
    return min(widths) / 3 - _SHARE_SLACK, max(widths) / 2 + _SHARE_SLACK


def _misruled(line: Line, rules: tuple[Rule, ...], span: tuple[float, float], solid: bool = True) -> Iterator[Hit]:
    values = {"least": span[0], "most": span[1]}
    if not rules:
        yield Hit(line, values={**values, "fault": "none"})
    elif solid and not any(rule.solid for rule in rules):
        yield Hit(line, values={**values, "fault": "broken"})
    elif not any(rule.length is None or span[0] <= rule.length <= span[1] for rule in rules):
        yield Hit(line, rules[0].length or 0, values={**values, "fault": "length"})


def stars(case: Case) -> Iterator[Hit]:
    """Three stars stand below the agency's name."""
    if case.parts.agencies and case.parts.head.stars is None:
        yield Hit(case.parts.agencies[-1])


def abstract_rule(case: Case) -> Iterator[Hit]:
    """A rule stands below the abstract: solid and a third to a half as long; of hyphens in the Union's form."""
    lines, rules = case.parts.abstract, case.parts.abstract_rules
    if not lines:
        return
    if case.form.solid_abstract_rule:
        misset_text = next(abstract_style(case), None) is not None
        yield from _misruled(lines[-1], rules, (0, lines[-1].page_width) if misset_text else share(lines))
    elif not any(not rule.solid for rule in rules):
        yield Hit(lines[-1], values={"fault": "whole" if rules else "none", "least": 0, "most": 0})


# ---- names, number, date --------------------------------------------------------------------------------------------


def agency_style(case: Case) -> Iterator[Hit]:
    """The issuing agency's name: capitals, bold, upright, centred."""
    yield from misset(case.parts.agencies, Norm(case.form.agency, True, False, True, centred=True))


def superior_style(case: Case) -> Iterator[Hit]:
    """The superior agency's name: capitals, not bold."""
    yield from misset(case.parts.superiors, Norm(case.form.agency, False, False, True, centred=True))


def joined_names(case: Case) -> Iterator[Hit]:
    """The names of agencies that issue together are joined by a hyphen with spaces."""
    lines = case.parts.agencies
    if not case.parts.joint or not lines:
        return
    text = " ".join(names.joined(lines).split())
    pair = names.join_of(lines)
    if pair is None or f"{pair[0]} - {pair[1]}" not in text:
        yield Hit(lines[0], text)


def joined_order(case: Case) -> Iterator[Hit]:
    """The codes in the number follow the order of the names."""
    pair = names.join_of(case.parts.agencies)
    typeless = case.parts.is_letter and not case.form.letter_code
    codes = names.codes_of(case.parts.head.number)[0 if typeless else 1 :]
    if not case.parts.joint or not codes:
        return
    crossed = pair is not None and names.fits(codes[0], pair[1]) and not names.fits(codes[0], pair[0])
    if len(codes) < 2 or crossed:
        yield Hit(case.parts.head.number, "-".join(codes), names.joined(case.parts.agencies))
    elif pair is not None and (wrong := _not_the_unions(codes, pair)):
        yield Hit(case.parts.head.number, wrong, "TĐTN", {"fault": "union"})


def _not_the_unions(codes: tuple[str, ...], pair: tuple[str, str]) -> str:
    """The code that stands for the Youth Union and is not its own; "" when there is none."""
    beside = zip(codes, pair, strict=False)
    return next((code for code, name in beside if names.of_union(name) and not names.is_union(code)), "")


def number_form(case: Case) -> Iterator[Hit]:
    """Number and symbol are written as the form prescribes."""
    line, form, kind = case.parts.head.number, case.form, case.parts.kind
    if line is None:
        return
    found = form.number_form.fullmatch(line.text)
    count = found["count"].strip(" \t.…_") if found else ""
    if found is None or line.text.endswith(".") or (count and not re.fullmatch("0[1-9]|[1-9][0-9]+", count)):
        kinds = form.codes.get(kind.key, ()) if kind is not None else (form.letter_code,)
        wanted = symbol_of(line).written(form, kinds, letter=kind is None)
        slips = number_slips(line) or ["number_groups"]
        yield Hit(line, line.text, wanted, faults=tuple(Fault(key) for key in slips))


def number_style(case: Case) -> Iterator[Hit]:
    """The number: size, upright, not bold, in the middle of its column."""
    yield from misset([case.parts.head.number], Norm(case.form.number, False, False, centred=True))


def type_code(case: Case) -> Iterator[Hit]:
    """The code of the kind in the number is that of the kind in the title."""
    line, kind = case.parts.head.number, case.parts.kind
    found = case.form.number_form.fullmatch(line.text) if line is not None else None
    if found is None:
        return
    letter = case.parts.is_letter
    if letter and not case.form.letter_code and found["type"].upper() == "CV":
        yield Hit(line, found["type"], values={"fault": "letter"})
    wanted = case.form.codes.get(kind.key, ()) if kind is not None else (case.form.letter_code,) if letter else ()
    if any(wanted) and found["type"] not in wanted:
        yield Hit(line, found["type"], " / ".join(wanted), {"kind": kind.text if kind is not None else "công văn"})


def date_form(case: Case) -> Iterator[Hit]:
    """Place and date: "Đồng Tháp, ngày 05 tháng 01 năm 2026"."""
    line = case.parts.head.date
    if line is None:
        return
    found = _DATE.fullmatch(line.text)
    day, month = (found[name].strip(" .…_") if found else "" for name in ("day", "month"))
    if not real_day(line):
        yield Hit(line, line.text, values={"fault": "day"})
    elif (
        found is None
        or not line.text[0].isupper()
        or (day and day not in _DAYS)
        or (month and month not in _MONTHS)
        or with_its_name(place := line.text.partition(",")[0]) != place
    ):
        yield Hit(line, line.text, written_date(line))


def date_style(case: Case) -> Iterator[Hit]:
    """Place and date are italic, not bold, in the middle of their column."""
    yield from misset([case.parts.head.date], Norm(case.form.date, False, True, centred=True))


def sides(case: Case) -> Iterator[Hit]:
    """The agency stands on the left, the national name on the right."""
    head = case.parts.head
    for line, wanted in ((head.nation, "right"), (head.union, "right"), (head.number, "left")):
        if line is not None and side_of(line) not in {wanted, ""}:
            yield Hit(line)
