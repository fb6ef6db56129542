"""The narrative's Markdown -> blocks: headings, paragraphs, points, dashes and places to write. Nothing else is understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

BASES = ("Căn cứ ", "Theo đề nghị ")
"""How a legal basis begins; it is a paragraph in italics."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one look."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. kind: heading1 | heading2 | text | basis | point | dash | place; ``number``: of a point, from 1."""

    kind: str
    spans: tuple[Span, ...]
    number: int = 0

    @property
    def text(self) -> str:
        """The words without their looks."""
        return "".join(span.text for span in self.spans)


def parse(text: str) -> tuple[Block, ...]:
    """Markdown -> blocks: # and ## headings, numbered lists (points), dashes, block quotes (places to write)."""
    reader = MarkdownIt("commonmark", {"html": False}).disable(
        ["code", "fence", "hr", "lheading", "html_block", "reference"]
    )
    reader.disable(["autolink", "backticks", "html_inline", "image", "link"])
    blocks: list[Block] = []
    inside: list[Token] = []
    numbers: list[int] = []
    for token in reader.parse(text):
        if token.nesting == 1:
            inside.append(token)
            numbers += [0] if token.type == "ordered_list_open" else []
        elif token.nesting == -1:
            inside.pop()
            numbers = numbers[:-1] if token.type == "ordered_list_close" else numbers
        elif token.type == "inline":
            spans = _spans(token.children or ())
            kind = _kind(inside, spans)
            numbers = [*numbers[:-1], numbers[-1] + 1] if kind == "point" else numbers
            blocks.append(Block(kind, spans, numbers[-1] if kind == "point" else 0))
    return tuple(blocks)


def _kind(inside: Sequence[Token], spans: Sequence[Span]) -> str:
    types = [token.type for token in inside]
    if types[-1] == "heading_open":
        return "heading1" if inside[-1].tag == "h1" else "heading2"
    if "blockquote_open" in types:
        return "place"
    lists = [name for name in types if name.endswith("_list_open")]
    if lists:
        return {"ordered_list_open": "point", "bullet_list_open": "dash"}[lists[-1]]
    slanted = all(span.italic for span in spans) and bool(spans)
    return "basis" if slanted and spans[0].text.startswith(BASES) else "text"


def _spans(tokens: Sequence[Token]) -> tuple[Span, ...]:
    spans: list[Span] = []
    looks = {"strong": 0, "em": 0}
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name in looks:
            looks[name] += token.nesting
        elif token.type in {"softbreak", "hardbreak"}:
            spans.append(Span(" "))
        elif token.content:
            spans.append(Span(token.content, looks["strong"] > 0, looks["em"] > 0))
    return tuple(spans)
