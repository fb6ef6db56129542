"""How the text is written: spaces, numbers, capital letters by Phụ lục II. Only what is surely wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.proofreading.line import Line
from pipeline.proofreading.rules.rule import Case, Hit
from pipeline.proofreading.words import PROVINCES

# Capital and small letters of Vietnamese lie mixed in Unicode, so no span of code points holds capitals alone.
_LETTERS = [*map(chr, range(0xC0, 0x1B1)), *map(chr, range(0x1EA0, 0x1EFA))]
_UPPER = "A-Z" + "".join(letter for letter in _LETTERS if letter.isupper())
_LOWER = "a-z" + "".join(letter for letter in _LETTERS if letter.islower())
_SPACED = re.compile(r"(?<=[\w)”\"]) +(?:[,;:!?](?=\s|$)|\.(?=\s|$))|(?<=[\w)”\"])(?<!điểm) +%")
_GLUED = re.compile(
    rf"(?<=[{_LOWER}])[,;](?=[{_LOWER}{_UPPER}\d])|(?<=\d)[,;](?=[{_LOWER}]{{2}})|(?<=[{_LOWER}]{{2}})\.(?=[{_UPPER}][{_LOWER}])"
)
_BRACKETED = re.compile(r"\( +(?=\w)|(?<=\w) +\)")
_ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")
_RATIO = re.compile(r"\d +: +\d")
_DOUBLE = re.compile(r"(?<=\S) {2,}(?=\S)")
_FILL_IN = re.compile(r"(?:ngày|tháng|năm|số|số:)$|[.…_]$", re.IGNORECASE)
_AFTER_FILL_IN = re.compile(r"(?:/|-|tháng|năm|của|ngày|[.…_])", re.IGNORECASE)
_DECIMAL = re.compile(r"(?<![\d.,/])\d+\.\d{1,2}(?= ?%| (?:triệu|tỷ|tỉ|nghìn|điểm %|km|ha|tấn)\b)")
_THOUSANDS = re.compile(
    r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d,])|(?<![\d.,])\d{1,3},\d{3}(?= (?:đồng|người|lượt|đoàn viên|thanh niên|hộ|tài khoản|cuộc|buổi|lớp|bài|em|học sinh|hội viên|cán bộ)\b)"
)

# Places that are named after people or events keep the capital: Phường Nguyễn Trãi, Phường Điện Biên Phủ.
_PEOPLE = (
    "Nguyễn|Trần|Lê|Lý|Phạm|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Đinh|Hoàng|Huỳnh|Mai|Trương|Đoàn|Lương|Tôn|Cao|Châu|Đào|Hà|"
    "Hai|Bà|Quang|Ngọc|Điện|Cách|Hàm|Kim|Lam|Long|Năm|U|Tạ|Tô|Thái|Triệu|Trịnh|Từ|Vương|Y|An|Bạch|Chu|Chế|Hàn|Hội|Quốc|Thống|Hòa|Độc"
)
# Towns of the Mekong delta whose names are no person's: with these "Thành phố", "Phường" surely have a small letter.
_TOWNS = "Cao Lãnh|Sa Đéc|Hồng Ngự|Mỹ Tho|Gò Công|Cai Lậy|Long Xuyên|Châu Đốc|Tân An|Vĩnh Long|Cà Mau|Bạc Liêu|Rạch Giá|Hà Tiên"
_SURNAMES = "Nguyễn|Trần|Lê|Phạm|Phan|Huỳnh|Hoàng|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Đinh|Lương|Trương|Đoàn"
_BODIES = "Sở|Bộ|Cục|Chi cục|Phòng|Trung tâm|Ban|Viện|Trường"
_AFTER_A_WORD = r"(?<=[\wà-ỹđ,;] )"
_PLACES = re.compile(
    rf"{_AFTER_A_WORD}(?:Tỉnh (?=(?:{PROVINCES})\b)|(?<!THPT )(?<!THCS )Thành phố (?=(?:{PROVINCES}|{_TOWNS})\b)|Phường (?=(?:{_TOWNS})\b)"
    rf"|(?:Huyện|Xã|Thị xã|Thị trấn) (?=(?!(?:{_PEOPLE}|Ủy|Đội)\b)[{_UPPER}]\w*[{_LOWER}]))"
)
_CITED = re.compile(rf"{_AFTER_A_WORD}(?:Khoản (?=\d)|Điểm (?=[a-zđ]\b[ ,;]))")
_ARTICLE = re.compile(
    r"(?:(?<=khoản \d )|(?<=tại )|(?<=của )|(?<=Căn cứ )|(?<=theo ))(?:điều (?=\d)|chương (?=[IVX]+\b))"
)
_MINISTRIES = (
    "Khoa học|Tài chính|Nội vụ|Tư pháp|Y tế|Xây dựng|Công Thương|Nông nghiệp|Giáo dục|Văn hóa|Thông tin|Ngoại giao|Ngoại vụ|"
    "Lao động|Tài nguyên|Giao thông|Kế hoạch|Du lịch"
)
_NAMED = re.compile(
    rf"{_AFTER_A_WORD}(?:thành phố (?=Hồ Chí Minh\b)|thủ đô (?=Hà Nội\b)|(?:sở|bộ) (?=(?:{_MINISTRIES})\b)"
    rf"|(?:nghị định|nghị quyết|quyết định|thông tư|chỉ thị) (?=số \d)|(?:công văn|kế hoạch|báo cáo|thông báo|tờ trình|hướng dẫn) (?=số \d+/)|(?:(?<=Căn cứ )|(?<=[Tt]heo ))luật (?=[{_UPPER}][{_LOWER}])"
    rf"|(?:[uủ][yỷ] ban|hội đồng) nhân dân (?=(?:tỉnh|thành phố|xã|phường|huyện) [{_UPPER}][{_LOWER}])|đảng (?=Cộng sản\b)"
    rf"|(?:phó )?(?:chủ tịch|giám đốc|bí thư|bộ trưởng|thủ tướng) (?=(?:{_SURNAMES}) (?:[{_UPPER}]\w* ?){{1,3}}))"
)
# A name in which every word has a capital: Sở Khoa Học Và Công Nghệ, Ủy Ban Nhân Dân.
_ALL_CAPITALS = re.compile(
    rf"\b(?:{_BODIES}) (?:[{_UPPER}][{_LOWER}]+,? ){{1,5}}Và (?:[{_UPPER}][{_LOWER}]+ ?)+|\b[UỦ][yỷ] Ban Nhân Dân\b|\bHội Đồng Nhân Dân\b"
)
_SEASON = re.compile(rf"(?<=[{_LOWER}] )(?<!mạng )Tháng (?=\d)")
_SENTENCE = re.compile(rf"(?<=[{_LOWER}]{{3}}\. )[{_LOWER}]\w*")
_PEOPLE_AND_STATE = re.compile(
    r"(?<=[Đđ]ược )nhân dân\b|(?<=[Đđ]ể )nhân dân\b|(?<=[Gg]iúp )nhân dân\b|(?<=cán bộ và )nhân dân\b|(?<=đông đảo )nhân dân\b"
    r"|(?<=tầng lớp )nhân dân\b|(?<=cho )nhân dân\b|(?<=phục vụ )nhân dân\b|(?<=của )nhân dân\b|(?<=trong )nhân dân\b"
    r"|(?<=Đảng và )nhà nước\b|(?<=Đảng, )nhà nước\b|(?<=chính sách của )nhà nước\b|(?<=pháp luật của )nhà nước\b"
)


def _texts(case: Case) -> Iterator[tuple[Line, str]]:
    for line in (*case.parts.bases, *case.parts.body):
        if line.words:
            yield line, line.text


def _seen(case: Case, pattern: re.Pattern[str]) -> Iterator[tuple[Line, re.Match[str]]]:
    for line, text in _texts(case):
        for found in pattern.finditer(text):
            yield line, found


def _around(found: re.Match[str], before: int = 12, after: int = 12) -> str:
    """The match with some words around it."""
    text, start, end = found.string, found.start(), found.end()
    left = text.rfind(" ", 0, max(0, start - before)) + 1
    right = text.find(" ", min(len(text), end + after))
    return text[left : right if right >= 0 else len(text)]


def space_before_sign(case: Case) -> Iterator[Hit]:
    """No space stands before a comma, full stop, colon, semicolon or per cent sign, none inside brackets, one after a comma."""
    for line, found in _seen(case, _SPACED):
        if not _RATIO.search(found.string[max(0, found.start() - 1) : found.end() + 4]):
            yield Hit(line, _around(found, 10, 0))
    for line, found in _seen(case, _BRACKETED):
        yield Hit(line, _around(found, 6, 6), values={"fault": "bracket"})
    for line, found in _seen(case, _GLUED):
        if not any(one.start() <= found.start() < one.end() for one in _ADDRESS.finditer(found.string)):
            yield Hit(line, _around(found, 4, 1), values={"fault": "after"})


def double_space(case: Case) -> Iterator[Hit]:
    """One space between words."""
    for line, found in _seen(case, _DOUBLE):
        text = found.string
        blank = _FILL_IN.search(text[: found.start()]) or _AFTER_FILL_IN.match(text[found.end() :])
        if not blank:
            yield Hit(line, _around(found))


def decimal_point(case: Case) -> Iterator[Hit]:
    """Decimals have a comma."""
    for line, found in _seen(case, _DECIMAL):
        yield Hit(line, found[0], found[0].replace(".", ","))


def thousands_comma(case: Case) -> Iterator[Hit]:
    """Thousands have a dot."""
    for line, found in _seen(case, _THOUSANDS):
        yield Hit(line, found[0], found[0].replace(",", "."))


def places(case: Case) -> Iterator[Hit]:
    """tỉnh, huyện, xã before a name have a small letter; names of bodies and documents, and sentences, begin with a capital."""
    for line, found in (*_seen(case, _PLACES), *_seen(case, _SEASON)):
        if not line.capitals:
            yield Hit(line, _around(found, 0), f"{found[0].lower()}…")
    for line, found in _seen(case, _ALL_CAPITALS):
        yield Hit(line, found[0].strip(), _first_words(found[0]), {"fault": "small"})
    for line, found in (*_seen(case, _NAMED), *_seen(case, _SENTENCE)):
        yield Hit(line, _around(found, 0), f"{found[0].strip().capitalize()} …", {"fault": "capital"})


def _first_words(name: str) -> str:
    """Sở Khoa Học Và Công Nghệ -> Sở Khoa học và Công nghệ: a capital for the first word of each part."""
    if not name.startswith(tuple(_BODIES.split("|"))):
        return name.strip().capitalize()
    body = next(one for one in _BODIES.split("|") if name.startswith(f"{one} "))
    parts = re.split(r"(, | Và )", name[len(body) + 1 :].strip())
    return f"{body} {''.join(part.lower() if part == ' Và ' else part.capitalize() for part in parts)}"


def citations(case: Case) -> Iterator[Hit]:
    """In citations khoản and điểm have a small letter, Điều and Chương a capital."""
    for line, found in (*_seen(case, _CITED), *_seen(case, _ARTICLE)):
        small = found[0][0].isupper()
        yield Hit(line, _around(found, 0, 2), f"{found[0].lower() if small else found[0].capitalize()}…")


def people_and_state(case: Case) -> Iterator[Hit]:
    """Nhân dân and Nhà nước have a capital."""
    for line, found in _seen(case, _PEOPLE_AND_STATE):
        yield Hit(line, _around(found, 6, 0), found[0].capitalize())
