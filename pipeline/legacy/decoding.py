"""Which words of a cell are legacy, by which table, and how sure that is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.legacy.syllables import plausible, usage
from pipeline.legacy.tables import SIGNATURES, Encoding, transcribe

_LATIN_1 = re.compile("[¡-ÿ]")
# A sign of multiplication and a dot beside a digit belong to the number: 20m×40m.
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f]|(?!(?<=\d)[×÷·]|[×÷·]\d)[¡-¿×÷])+")
_SIGNS = {*"µ¹ª¬¶¸£¥¦\xad", "µm"}  # more often themselves than à, ạ, ê ... of TCVN3
_NOT_A_WORD = re.compile(r"(?![®§]|[«¤µ¹ª¬¶¸£¥¦\xad]$)[¡-¿×÷]+|µ[gls]|[A-Za-z]{0,2}[°²³±º]+[A-Za-z]?")
_UNICODE_ONLY = re.compile(r"[ăđĩũơưĂĐĨŨƠƯ\u0300-\u0303\u0306\u0309\u031b\u0323\u1ea0-\u1ef9]")
_BEYOND_LATIN_1 = re.compile(r"[^\x00-\xff]")
_CLASHING = re.compile(f"{SIGNATURES[Encoding.TCVN3].pattern}|[ñÑöÖ]")
_MARKS = re.compile(r"[«»©¹·×÷\xad]|(?<=\w)®")  # beside or between proper words: số¹, «Đoàn», xã·phường

_STROKED = str.maketrans("ÐƉð", "ĐĐđ")
_CYRILLIC = str.maketrans("аеосрхіАЕОСРХІ", "aeocpxiAEOCPXI")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The Unicode text (NFC). ``certain``: all of it is Vietnamese by exactly one table; otherwise show both texts."""

    text: str
    encoding: Encoding
    certain: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a cell: its plausible decodings, those that its signature speaks for, and what it is as it stands."""

    raw: str
    decodings: dict[Encoding, str]
    signs: frozenset[Encoding]
    proper: bool
    clash: bool = False

    def use(self, encoding: Encoding | None = None) -> int:
        """How usual the word is in reports, as it stands or decoded: 2, 1 or 0."""
        word = self.decodings.get(encoding, "") if encoding else self.raw
        return 2 if word in _SIGNS else usage(word)

    def better_raw(self, encoding: Encoding, lead: int) -> bool:
        """True when it is more usual as it stands, by more than the lead that signs around it give: Không, not Khụng."""
        return self.proper and self.use() > self.use(encoding) + lead

    def speaks(self, encoding: Encoding) -> bool:
        """True when the decoding is plausible and what stands there is not, or less so."""
        return encoding in self.decodings and (not self.proper or self.use(encoding) > self.use())


def prevailing(texts: Iterable[str]) -> Encoding | None:
    """The table that most signatures of a sheet or workbook speak for; None without signatures or in a draw."""
    votes = Counter(sign for text in texts for sign in _own_signs(_words(text)))
    ranked = votes.most_common(2)
    drawn = len({count for _, count in ranked}) < len(ranked)
    return ranked[0][0] if ranked and not drawn else None


def decode(text: str, *, prevailing: Encoding | None = None, font: str = "", capitals: bool = False) -> Decoded | None:
    """The text of a legacy cell in Unicode; None when nothing legacy is in it.

    ``prevailing``: what the sheet speaks for; ``font``: the cell's font name. Both are evidence only: a cell without
    a signature of its own is decoded when that gives the better Vietnamese. ``capitals``: the font is known
    to draw capitals, as .VnTimeH does, although its name is not given. To be called on raw text: NFKC, lower() and
    trimming destroy the codes.
    """
    words = _words(text)
    backing = _of_font(font) or (Encoding.TCVN3 if capitals else prevailing)
    encoding = _encoding(words, backing) if words else None
    if encoding is None:
        return None
    plain = unicodedata.normalize("NFC", text)
    taken = _taken(words, encoding)
    decoded = unicodedata.normalize("NFC", _WORD.sub(lambda found: taken.get(found[0], found[0]), text))
    if decoded == plain:
        return Decoded(plain, encoding, False) if any(word.clash for word in words) else None
    if encoding is Encoding.TCVN3 and _fits(words, encoding) and (capitals or _in_capitals(taken, text, font)):
        decoded = decoded.upper()
    return Decoded(decoded, encoding, _certain(words, encoding, backing))


def look_alikes(text: str) -> str:
    """For comparison keys, after decoding: Ð Ɖ ð and Cyrillic letters inside Latin words -> the letters they look like."""
    composed = unicodedata.normalize("NFC", text).translate(_STROKED)
    return re.sub(r"\w+", lambda found: _latin(found[0]), composed)


def _latin(word: str) -> str:
    mended = word.translate(_CYRILLIC)
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in mended if letter.isalpha()}
    kept = any(old == new and old.isalpha() for old, new in zip(word, mended, strict=True))
    return mended if kept and scripts == {"LATIN"} else word


def _words(text: str) -> list[_Word]:
    """The words that are more than ASCII; signs and units such as µm, m² and © are none."""
    if not _LATIN_1.search(text):
        return []
    found = (word for word in _WORD.findall(text) if not word.isascii() and not _NOT_A_WORD.fullmatch(word))
    return [_examined(word) for word in found]


@lru_cache(maxsize=4096)
def _examined(raw: str) -> _Word:
    if _BEYOND_LATIN_1.search(raw):
        return _Word(raw, {}, frozenset(), True, _clashes(raw))
    read = {Encoding.TCVN3: _raised(transcribe(raw, Encoding.TCVN3)), Encoding.VNI: transcribe(raw, Encoding.VNI)}
    decodings = {encoding: word for encoding, word in read.items() if plausible(word)}
    proper = _proper(raw) or raw in {"®", "§", "«", "¤", *_SIGNS}
    signed = len(raw) > 1 and any(SIGNATURES[encoding].search(raw) for encoding in decodings)
    return _Word(raw, decodings, frozenset(decodings if signed and not proper else ()), proper)


def _proper(word: str) -> bool:
    return plausible(unicodedata.normalize("NFC", word).translate(_STROKED))


def _clashes(word: str) -> bool:
    """Unicode Vietnamese and a signature in one word, other than a mark beside it."""
    if not _UNICODE_ONLY.search(word) or not _CLASHING.search(word):
        return False
    return not all(_proper(part) or (part.isascii() and len(part) != 1) for part in _MARKS.split(word))


def _own_signs(words: Sequence[_Word]) -> list[Encoding]:
    """What the signatures speak for that only one table can read."""
    return [next(iter(word.signs)) for word in words if len(word.signs) == 1]


def _encoding(words: Sequence[_Word], backing: Encoding | None) -> Encoding | None:
    """Own signatures first, then font and sheet, then the better of two readings of a signature."""
    own = Counter(_own_signs(words))
    if own:
        return max(own, key=lambda encoding: (own[encoding], encoding is backing))
    if backing:
        return backing
    if any(word.signs or word.clash for word in words):
        return max(Encoding, key=lambda one: (_fits(words, one), _usual(words, one), _marked(words, one)))
    return None


def _usual(words: Sequence[_Word], encoding: Encoding) -> int:
    return sum(word.use(encoding) for word in words)


def _marked(words: Sequence[_Word], encoding: Encoding) -> bool:
    return any(SIGNATURES[encoding].search(word.raw) for word in words)


def _fits(words: Sequence[_Word], encoding: Encoding) -> bool:
    """True when every word can be read by the table and none is better as it stands."""
    lead = 1 if _own_signs(words) else 0
    return all(encoding in word.decodings and not word.better_raw(encoding, lead) for word in words)


def _taken(words: Sequence[_Word], encoding: Encoding) -> dict[str, str]:
    """The words to replace: all when the whole text fits the table, else those that cannot stand as they are."""
    whole = _fits(words, encoding)
    fitting = (word for word in words if encoding in word.decodings and (whole or not word.proper))
    return {word.raw: word.decodings[encoding] for word in fitting}


def _certain(words: Sequence[_Word], encoding: Encoding, backing: Encoding | None) -> bool:
    """True when the whole text fits, for reasons of its own or because font or sheet say so and nothing is better."""
    if not _fits(words, encoding):
        return False
    if _own_signs(words):
        return True
    rivals = [other for other in Encoding if other is not encoding and _fits(words, other)]
    outdone = any(_usual(words, rival) > _usual(words, encoding) for rival in rivals)
    return backing is encoding and not outdone and any(word.speaks(encoding) for word in words)


def _raised(word: str) -> str:
    """Fonts ending in H draw small codes as capitals: TổNG -> TỔNG."""
    return word.upper() if word[1:] != word[1:].lower() and not re.search("[a-z]", word) else word


def _of_font(font: str) -> Encoding | None:
    name = font.strip().casefold()
    return Encoding.TCVN3 if name.startswith(".vn") else Encoding.VNI if name.startswith("vni") else None


def _in_capitals(taken: Mapping[str, str], text: str, font: str) -> bool:
    """True under a font ending in H, or when words in capitals and no small ASCII letter give it away."""
    name = font.strip().casefold()
    given_away = any(transcribe(raw, Encoding.TCVN3) != word for raw, word in taken.items())
    return (name.startswith(".vn") and name.endswith("h")) or (given_away and not re.search("[a-z]", text))
