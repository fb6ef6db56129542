"""One document, one proof: every rule in order, equal remarks gathered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.model import Severity
from pipeline.proofreading.encoding import encoded, unreadable
from pipeline.proofreading.line import Line
from pipeline.proofreading.package import Refusal, open_package
from pipeline.proofreading.parts import Parts, recognise
from pipeline.proofreading.rules import RULES, Case, Hit, Rule
from pipeline.proofreading.rules.rule import Fault
from pipeline.proofreading.walking import read_document

_QUOTE = 48
# What can be judged of a document whose words cannot be read.
_OF_PAGES = "P"


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the part of the document, the number of the paragraph that says something (0: none), and its first words."""

    part: str = "document"
    paragraph: int = 0
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is not as it should be; ``also``: the other places where the same is wrong."""

    code: str
    severity: Severity
    place: Place
    given: object = ""
    expected: object = ""
    values: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    also: tuple[Place, ...] = ()

    @property
    def fault(self) -> str:
        """Which of the faults that its rule knows; "" where there is but one."""
        return str(self.values.get("fault", ""))


@dataclass(frozen=True, slots=True)
class Proof:
    """What was seen of one document: its form (nd30 or doan), whether two agencies issue it, all remarks."""

    form: str
    joint: bool
    remarks: tuple[Remark, ...]

    @property
    def faults(self) -> tuple[Remark, ...]:
        """What is seen and not as it should be: errors and warnings."""
        return tuple(remark for remark in self.remarks if remark.severity is not Severity.NOTE)

    @property
    def notes(self) -> tuple[Remark, ...]:
        """How the file is better made; nothing of it is seen on the page."""
        return tuple(remark for remark in self.remarks if remark.severity is Severity.NOTE)

    @property
    def blocked(self) -> bool:
        """True when at least one remark is an error."""
        return any(remark.severity is Severity.ERROR for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No proof: ``reason`` is old_format, password, not_word, damaged or too_large."""

    reason: str


def proofread(data: bytes, form: str = "") -> Proof | Unreadable:
    """The content of a file -> its proof; ``form``: nd30, doan or lien_tich, else what the letterhead says."""
    try:
        document = read_document(open_package(data))
    except Refusal as refusal:
        return Unreadable(refusal.reason)
    case = Case(document, recognise(document, form))
    known = not unreadable(document, encoded(document))
    rules = (rule for rule in RULES if case.form.key in rule.forms and (known or rule.code.startswith(_OF_PAGES)))
    return Proof(case.form.key, case.parts.joint, tuple(one for rule in rules for one in _remarks(rule, case)))


def _remarks(rule: Rule, case: Case) -> list[Remark]:
    """The hits of a rule; those that say the same of different places are one remark."""
    gathered: dict[str, Remark] = {}
    for hit in rule.look(case):
        key = repr((hit.given, hit.expected, sorted(hit.values.items()), hit.faults))
        place = _place(hit.line, case.parts)
        if key not in gathered:
            gathered[key] = _remark(rule, hit, place)
        elif place != gathered[key].place and place not in gathered[key].also:
            gathered[key] = replace(gathered[key], also=(*gathered[key].also, place))
    return list(gathered.values())


def _remark(rule: Rule, hit: Hit, place: Place) -> Remark:
    return Remark(rule.code, rule.severity, place, hit.given, hit.expected, dict(hit.values), hit.faults)


def _place(line: Line | None, parts: Parts) -> Place:
    if line is None:
        return Place()
    if line.running:
        return Place("running", 0, line.text[:_QUOTE])
    text = line.text
    return Place(parts.part_of(line), line.number, f"{text[:_QUOTE]}…" if len(text) > _QUOTE else text)
