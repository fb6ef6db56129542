"""Every number of a document traced to where it comes from: figures by their codes, the configuration, the catalogue, quotes.

Amounts are written here anew, from ``Figures`` alone; what the narrative asks for is listened to, not what it answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from pipeline.catalogue import Indicator, target_for
from pipeline.model import Figure, FigureState, Issue, PeriodFigure
from pipeline.report import Material, narrative
from pipeline.report.drawings import Drawings
from pipeline.report.layouts import FORMS
from pipeline.report.paper import issuers_of
from pipeline.report.words import telling_of, vocabulary
from pipeline.text import texts
from tests.numbers import Block, day_of, padded, rate, tokens, told_day, written
from tests.papers import BY_KEY, style_of, text_of
from tests.tracing_tables import table_faults

FIELD = re.compile(r"\{(?:([^\d{}]+?) )?(CT\d\d\.\d+|B\d+)\}")
SHORT = {int(key[9:]): name for key, name in texts("vi", "report").items() if key.startswith("activity.")}
QUOTE = re.compile("“([^”]*)”")
DATED = r"(?: \(số liệu năm [^)]*\))?"
END, END_OF = "Đến cuối giai đoạn", "Tính đến cuối năm "


def blocks_of(document: WordDocument) -> list[Block]:
    """What a document says, in order; the frames of letterhead and signatures as paragraphs."""
    return list(_blocks(document.element.body))


def _blocks(root: Any) -> Iterator[Block]:
    for child in root:
        if child.tag == qn("w:p"):
            yield Block(style_of(child), _plain(text_of(child)))
        elif child.tag == qn("w:tbl"):
            caption = child.find(qn("w:tblPr")).find(qn("w:tblCaption"))
            if caption is None:
                yield from (Block(style_of(p), _plain(text_of(p))) for p in child.iter(qn("w:p")))
            else:
                rows = [tuple(_plain(text_of(cell)) for cell in row.iter(qn("w:tc"))) for row in child.iter(qn("w:tr"))]
                yield Block("", caption.get(qn("w:val")), tuple(rows))


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


Groups = Mapping[str, Sequence[tuple[str, str]]]
"""The groups of a pattern: the fields that each stands for, as (kind, code)."""
Sentence = tuple[re.Pattern[str], Groups]


@dataclass(frozen=True)
class Asked:
    """What a narrative asked for: sentences as (subject, clauses), charts as (title, codes)."""

    sentences: tuple[tuple[str, tuple[str, ...]], ...]
    charts: tuple[tuple[str, tuple[str, ...]], ...]
    targets: bool


def asked_by(key: str, given: Material) -> Asked:
    """Fill a narrative in with words that listen."""
    layout = given.config.report.letter_layout if BY_KEY[key].letter else given.config.report.layout
    issuers = issuers_of(layout, given.config)
    words = dict(vocabulary(given, telling_of(given), issuers, FORMS[issuers[0].key], Drawings()))
    sentences: list[tuple[str, tuple[str, ...]]] = []
    charts: list[tuple[str, tuple[str, ...]]] = []
    targets: list[bool] = []

    def heard(name: str, heard_by: list[Any], note: Any) -> Any:
        answer = words[name]

        def ask(*arguments: Any) -> Any:
            heard_by.append(note(arguments))
            return answer(*arguments)

        return ask

    words["cau"] = heard("cau", sentences, lambda said: (said[0], said[1:]))
    for name, into in (("bieu_do", charts), ("muc_tieu", targets)):
        if name in words:
            words[name] = heard(name, into, lambda said: (said[0], said[1:]) if said else True)
    if "con_lai" in words:
        rest = words["con_lai"]
        words["con_lai"] = lambda section: _listened(rest(section), given, sentences)
    narrative.read(BY_KEY[key].narrative, words, given.config)
    return Asked(tuple(sentences), tuple(charts), bool(targets))


def _listened(told: Sequence[tuple[str, str]], given: Material, sentences: list[Any]) -> Any:
    """Activities without words of their own are told indicator by indicator."""
    catalogue = given.of_years or given.catalogue
    for title, _ in told:
        activity = next(one for one in catalogue.activities if title in {one.text.rstrip(" ."), SHORT.get(one.number)})
        sentences += [("", (f"{one.name}: {{{one.code}}}{{so sánh {one.code}}}",)) for one in catalogue.indicators_of(activity)]  # fmt: skip
    return told


class Trace:
    """The accounts of one document: ``unaccounted`` names every sentence and cell with a number from nowhere."""

    def __init__(self, key: str, given: Material, issue: Issue | None = None) -> None:
        self.key, self.given, self.issue = key, given, issue
        self.asked = asked_by(key, given)
        self.known = frozenset(self._facts())

    def unaccounted(self, blocks: Sequence[Block]) -> list[str]:
        """Empty when every number of the document comes from where it must."""
        prose = [block for block in blocks if not block.rows]
        tables = [block for block in blocks if block.rows]
        texts = [block.text for block in prose]
        faults = [fault for pattern, groups in self._sentences for fault in self._sentence(pattern, groups, texts)]
        faults += self._target_faults(texts) if self.asked.targets else []
        faults += table_faults(tables, self.key, self.given)
        counters = Counters()
        for block, left in zip(prose, texts, strict=True):
            left = counters.without_mark(block.style, left)
            foreign = [token for token in tokens(self._without_names(left)) if token not in self.known]
            faults += [f"{foreign} in “{block.text}”"] if foreign else []
        return faults

    # ---- sentences --------------------------------------------------------------------------------------------------

    @cached_property
    def _sentences(self) -> list[Sentence]:
        """The sentences that stand, with the clauses whose figures are there, as patterns."""
        return [_pattern(*self._dated(subject, clauses)) for subject, clauses in self._kept()]

    def _dated(self, subject: str, clauses: list[str]) -> tuple[str, list[tuple[str, list[int]]]]:
        """The subject, and each clause with the years that must be told after it."""
        years = [self._other_years([code for _, code in FIELD.findall(clause)]) for clause in clauses]
        if years[0] and all(one == years[0] for one in years):
            if subject.startswith(END) and len(years[0]) == 1:
                return f"{END_OF}{years[0][0]}{subject.removeprefix(END)}", [(clause, []) for clause in clauses]
            years = [*[list[int]()] * (len(clauses) - 1), years[-1]]
        return subject, list(zip(clauses, years, strict=True))

    def _kept(self) -> Iterator[tuple[str, list[str]]]:
        for subject, clauses in self.asked.sentences:
            kept = [one for one in clauses if all(self.figure(code).state is FigureState.VALUE for _, code in FIELD.findall(one))]  # fmt: skip
            if kept:
                yield subject, kept

    def _sentence(self, pattern: re.Pattern[str], groups: Groups, texts: list[str]) -> Iterator[str]:
        """Check a sentence's numbers against the figures it names, and take it out of the text in which it stands."""
        place, found = next(((n, m) for n, text in enumerate(texts) if (m := pattern.search(text))), (0, None))
        if found is None:
            yield f"nowhere: {pattern.pattern}"
            return
        for group, fields in groups.items():
            told, wanted = tokens(found[group]), [token for one in fields for token in self._expected(*one)]
            if told != wanted:
                yield f"{told} instead of {wanted} for {', '.join(code for _, code in fields)} in “{found[0]}”"
        texts[place] = f"{texts[place][: found.start()]} {texts[place][found.end() :]}"

    def _target_faults(self, texts: list[str]) -> Iterator[str]:
        """Check every target's line against the year's figure and the catalogue, and take it out of the texts."""
        catalogue = self.given.of_years or self.given.catalogue
        for indicator in catalogue.indicators:
            figure, activity = self.figure(indicator.code), catalogue.activity(indicator.activity)
            for year in [self.given.figures.year] if isinstance(figure, Figure) else figure.years:
                if (target := target_for(activity, indicator.code, year)) is None:
                    continue
                total = figure.total if isinstance(figure, Figure) else figure.by_year[year]
                told = [] if total is None else [self.written(indicator.code, Decimal(total))]
                years = [] if isinstance(figure, Figure) else [str(year)]
                name = f"{indicator.name[0].lower()}{indicator.name[1:]}: "
                place = next((place for place, text in enumerate(texts) if name in text), None)
                found = tokens(texts[place].partition(name)[2]) if place is not None else None
                wanted = [*years, *told, self.written(indicator.code, target)]
                if place is None or found != wanted:
                    yield f"{found} instead of {wanted} for the target of {indicator.code} in {year}"
                else:
                    texts[place] = ""

    def _expected(self, kind: str, code: str) -> list[str]:
        """The numbers of one field, in the order in which they are read."""
        if kind == "":
            return [self.amount(code)]
        if kind == "so sánh":
            return self._compared(code)
        if kind == "mục tiêu":
            target = self.figure(code).target
            return [] if target is None else [rate(target) if self.is_rate(code) else written(target)]
        if kind == "dated":
            return code.split()
        return [token for one in kind.split(" và ") for token in self._extreme(code, one)]

    def _compared(self, code: str) -> list[str]:
        """How a figure stands to last year, or the last year of a span to its first."""
        figure = self.figure(code)
        if isinstance(figure, PeriodFigure):
            if figure.compared is None or figure.change is None:
                return []
            first, last = figure.compared
            before, after, years = figure.by_year[first], figure.by_year[last], ([str(last)], [str(first)])
        else:
            year = self.given.figures.previous_year
            before, after, years = figure.previous, figure.total, ([], [str(year)] if year else [])
        if not years[1] or not isinstance(after, Decimal) or isinstance(before, bool):
            return []
        return [*years[0], *self._step(code, before, after), *years[1]]

    def _step(self, code: str, before: Decimal | None, after: Decimal) -> list[str]:
        if before is None or before in {0, after}:
            return []
        if self.is_rate(code):
            return [written(abs(after - before))]
        growth = (100 * (after - before) / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
        if abs(growth) < 1:
            return []
        return (
            [written((after / before).quantize(Decimal("0.1"), ROUND_HALF_UP))] if growth > 300 else [rate(abs(growth))]
        )

    def _other_years(self, codes: Sequence[str]) -> list[int]:
        """The year of an older stock; the years of a sum where others have data too."""
        period, years = self.given.period, set[int]()
        for figure in map(self.figure, codes):
            if period is None or not isinstance(figure, PeriodFigure) or figure.kind.value == "maximum":
                continue
            told = [year for year in period.span if figure.by_year[year] is not None]
            if figure.kind.value == "flow":
                years |= set(told) if len(told) < len(period.years) else set()
            elif figure.as_of not in {None, period.last}:
                years.add(figure.as_of)  # type: ignore[arg-type]
        return sorted(years)

    def _extreme(self, code: str, kind: str) -> list[str]:
        if self.given.period is not None:
            return []
        figures = self.given.figures
        unit = (figures.highest if kind == "nhiều nhất" else figures.lowest).get(code)
        own = figures.by_unit.get((unit, code)) if unit else None
        if not isinstance(own, Decimal) or own == 0 or unit in figures.in_error:
            return []
        return [self.written(code, own)]

    # ---- figures ----------------------------------------------------------------------------------------------------

    def figure(self, code: str) -> Figure | PeriodFigure:
        return (self.given.period or self.given.figures)[code]

    def is_rate(self, code: str) -> bool:
        item = (self.given.of_years or self.given.catalogue).indicator(code)
        return item is not None and item.type == "percent"

    def amount(self, code: str) -> str:
        """A figure as sentences write it."""
        total = self.figure(code).total
        assert isinstance(total, Decimal)
        return self.written(code, total)

    def written(self, code: str, total: Decimal) -> str:
        """An amount of an indicator in a sentence."""
        item: Indicator | None = (self.given.of_years or self.given.catalogue).indicator(code)
        if self.is_rate(code):
            return rate(total)
        whole = item is None or item.type == "integer"
        return padded(int(total)) if whole and total < 10 else written(total)

    # ---- everything else --------------------------------------------------------------------------------------------

    def _facts(self) -> Iterator[str]:
        """The numbers that the run, the configuration, the template's own words and the calendar give."""
        config, figures = self.given.config, self.given.figures
        programme, day = config.programme, (self.issue and self.issue.day) or config.report_deadline
        for text in (programme.title, programme.number, programme.date, programme.basis, config.send_to.phone):
            yield from tokens(text)
        yield from (str(year) for year in (config.year - 1, config.year, config.year + 1, programme.first_year, programme.last_year))  # fmt: skip
        yield from (told_day(one) for one in (config.cutoff, config.unit_deadline, config.report_deadline))
        if (before := self.given.previous) is not None:
            yield f"{before.received}/{before.due}"
        received, due = len(figures.received), len(figures.due)
        yield from (f"{received}/{due}", str(received), str(due))
        yield from (f"{day.month:02d}" if day.month < 3 else str(day.month), str(day.year))
        if self.issue and self.issue.day:
            yield from (f"{self.issue.day.day:02d}", self.issue.number.rjust(2, "0"))
        yield from self._of_document()

    def _of_document(self) -> Iterator[str]:
        given = self.given
        if self.key == "plan":
            yield str(len(given.next_activities.activities))
        if self.key == "cover":
            yield from ("0", str(len(given.catalogue.units)))
        if self.key == "reminder":
            yield "0"
            yield from (padded(unit.errors) for unit in given.dataset.units if unit.errors)
        if self.key == "awards":
            people = given.nominations
            medals = [[one for one in people if one.award == award] for award in dict.fromkeys(p.award for p in people)]
            yield padded(len(people))
            for medal in medals:
                yield from (padded(len(medal)), *(told_day(p.ceremony) for p in medal if p.ceremony))
                yield from (padded(sum(p.verdict is one for p in medal)) for one in {p.verdict for p in people})
            yield "0"
        if self.key == "annual":
            yield from ("0", day_of(given.config.unit_deadline), "1/3", "2/3", "3/3")
        if given.period is not None:
            yield "0"
            yield from (str(year) for year in given.period.span)
            yield from (f"{one.received}/{one.due}" for one in given.period.years)

    def _without_names(self, text: str) -> str:
        """Names of the catalogue and words of units, which are quoted, keep their own numbers."""
        said = {
            re.sub('["“”]([^"“”]*)["“”]', r"‘\1’", record.text(key)).strip(" .;,")
            for record in self.given.dataset.records
            for key in record.cells
        }
        left = QUOTE.sub(lambda found: "" if found[1] in said else found[0], self._without_units(text))
        for name in self._names():
            left = left.replace(name, " ")
        return left

    def _without_units(self, text: str) -> str:
        """Who wrote a quotation, where they are many: some of those that sent."""
        sent = sum(one.state.value not in {"missing", "not_due"} for one in self.given.dataset.units)
        return re.sub(rf"^- \d+/{sent} đơn vị đã gửi biểu", "", text)

    def _names(self) -> Iterator[str]:
        for catalogue in (self.given.catalogue, self.given.next_activities, self.given.of_years):
            if catalogue is not None:
                yield from (section.title for section in catalogue.sections)
                yield from (activity.text.rstrip(" .") for activity in catalogue.activities)


def _pattern(subject: str, clauses: Sequence[tuple[str, list[int]]]) -> Sentence:
    """A sentence as a pattern, and what each of its groups stands for: fields that follow each other, as (kind, code)."""
    parts, groups = [re.escape(subject)] if subject else [], dict[str, list[tuple[str, str]]]()
    for n, (clause, years) in enumerate(clauses):
        parts.append(r",? " if n else (" " if subject else ""))
        end = 0
        for found in FIELD.finditer(clause):
            between = clause[end : found.start()]
            if between or not end:
                parts += [re.escape(between), f"(?P<g{len(groups)}>.*?)"]
                groups[f"g{len(groups)}"] = []
            groups[f"g{len(groups) - 1}"].append((found[1] or "", found[2]))
            end = found.end()
        parts += [re.escape(clause[end:]), f"(?P<g{len(groups)}>{DATED})"]
        groups[f"g{len(groups)}"] = [("dated", " ".join(map(str, years)))]
    return re.compile("".join(parts) + r"[.;](?= |$)(?![^()]*\))"), groups


class Counters:
    """The marks of headings and lists: they count from one, without a gap."""

    def __init__(self) -> None:
        self.clause = self.point = 0

    def without_mark(self, style: str, text: str) -> str:
        """A paragraph without its mark, where the mark is the next one; else as it is."""
        if style == "Muc":
            self.clause = self.point = 0
        wanted = ""
        if style == "Khoan":
            self.clause, self.point = self.clause + 1, 0
            wanted = f"{self.clause}. "
        elif style == "Diem":
            self.point += 1
            wanted = next((m for m in (f"{self.clause}.{self.point}. ", f"{self.point}. ") if text.startswith(m)), "")
        else:
            self.point = 0 if style in {"Muc", "NoiDung"} else self.point
        return text.removeprefix(wanted)
