"""What a rule is: a small function that looks at a document taken apart and says what it sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.model import Severity
from pipeline.proofreading.document import Document
from pipeline.proofreading.forms import Form, Span
from pipeline.proofreading.line import Line
from pipeline.proofreading.parts import Parts

# Word rounds lengths to twips, programs that convert files to hundredths of a millimetre.
SIZE_SLACK, LENGTH_SLACK = 0.05, 0.6


@dataclass(frozen=True, slots=True)
class Case:
    """One document, as it is seen and as it was taken apart."""

    document: Document
    parts: Parts

    @property
    def form(self) -> Form:
        """The limits that hold."""
        return self.parts.form


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with how a line looks; ``key`` names its sentence below layout.fault."""

    key: str
    given: object = ""
    expected: object = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule saw: where (None: the whole document), what stands there, what should."""

    line: Line | None = None
    given: object = ""
    expected: object = ""
    values: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


Look = Callable[[Case], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its permanent code; ``forms``: the forms of documents that it speaks of."""

    code: str
    severity: Severity
    look: Look
    forms: tuple[str, ...] = ("nd30", "doan")


def within(value: float, span: Span, slack: float = SIZE_SLACK) -> bool:
    """True when a value lies between two limits."""
    return span[0] - slack <= value <= span[1] + slack


@dataclass(frozen=True, slots=True)
class Norm:
    """How a line should look; None: either way."""

    size: Span | None = None
    bold: bool | None = None
    italic: bool | None = None
    capitals: bool | None = None
    centred: bool = False


def faults(line: Line, norm: Norm) -> Iterator[Fault]:
    """Everything about a line that is not as it should look."""
    if norm.capitals is not None and line.capitals is not norm.capitals and (norm.capitals or len(line.text) > 3):
        yield Fault("capitals" if norm.capitals else "small")
    if norm.bold is not None and not line.all("bold", norm.bold):
        yield Fault("bold" if norm.bold else "light")
    if norm.italic is not None and not line.all("italic", norm.italic):
        yield Fault("italic" if norm.italic else "upright")
    wrong = [size for size in line.sizes if norm.size and not within(size, norm.size)]
    if wrong:
        yield Fault("size", wrong[0], norm.size)
    if norm.centred and not centred(line):
        yield Fault("centred")


def centred(line: Line) -> bool:
    """True when a line stands, or may stand, in the middle of its room."""
    by_hand = (line.raw[:1] in {" ", "\t", "\u00a0"} and not line.running) or line.piece
    return line.shape.align == "center" or by_hand or line.shape.left > 0.3 * line.page_width


def misset(lines: Iterable[Line | None], norm: Norm) -> Iterator[Hit]:
    """A hit for every line that does not look as it should."""
    for line in lines:
        if line is not None and (found := tuple(faults(line, norm))):
            yield Hit(line, faults=found)
