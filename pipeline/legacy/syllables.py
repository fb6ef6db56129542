"""Which letters can be a Vietnamese syllable: onset, rime, tone and the place of the tone mark."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
STOP_TONES = ("\u0301", "\u0323")


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


ONSETS = _listed("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")
RIMES = _listed("""
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet
    uâng uân uât uây uê uêch uênh uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    y yêm yên yêng yêt yêu
""")
SPECIAL = {
    "g": ("i", "in"),
    "gi": ("êc", "êng", "êt"),
    "qu": ("ôc", "y", "ych", "ynh", "yp", "yt", "yên", "yêt"),
    "đ": ("ăk",),
    "l": ("ăk",),
}
_BEFORE_Y = {"", "h", "k", "l", "m", "s", "t", "th", "v"}
_GLIDED = re.compile("oa|oă|oe|uâ|uê|uy|uơ")
# Syllables of reports, among those for which two readings of one spelling compete: hé is hộ, có is not cú; but
# RARER words are meant where a signature stands beside them: Trµ Có is Trà Cú.
COMMON = frozenset(
    _listed("""
    bán bé bên bí bò bó bóng bông bị bốn bồi bộ bờ chân chí chín chú chúng chơi chống chốt chỗ chờ chừng cá cái
    cán cân còn có cô công cùng cũng cơ cỏ cụ cự dân dòng dũng dụng dừa dừng dự giá giúp giỏ giỏi giống gái gì
    gói góp gốc gỗ gộp gỡ hoài hoàn hoàng hoá hân hè hòa hóa hôm hùng hơn hỏi hố hồ hồi hồng hỗ hộ hộp khoá
    khoái khoán khá khám khí khó khóa khóm khô khôi không khỏi khối khống loài lá lái lâm lân lê lên lòng lúa
    lúc lũ lối lỗi lộ lớn lớp lựa mã mái mét món mô môi môn mùa múa mũ mũi mối một mới mừng ngoài ngân ngói ngôn
    ngũ nhân nhìn nhóm nhị nhỏ nhớ nhờ nét nên nó nói nóng nông núi nơi nộp phá phái phân phép phê phí phòng phó
    phú phúc phố phụ quê rèn rộng sáng sân sóc sóng sông súc súng sĩ sơ số sống sớm sự thoát thái tháng thân
    thêm thì thí thóc thôi thôn thông thú thúc thơ thị thống thờ thụ thừa toàn toán trái trâm trân trên trí trò
    tròn trùng trú trúc trúng trị trống trồng trụ trừ tái tám tán tâm tân tên tín tóc tôi tôm tùng tú túi tỏi tố
    tốc tối tộc tờ từ từng tự ván vân vé vì vòng vô võ vùng vũ vị vốn vỡ vụ vừa xoá xã xét xóa xóm xúc án ô ông
    đ ốc
""")
)
RARER = frozenset(_listed("bú búng chớ cú cỏi hồn khơ khốn lũng mơ núng phờ rốn thỏi túc tụm vũng xúm ụ"))
_VOWELS = "aăâeêioôơuưy"
_MARKED = "ăâêôơư"


@cache
def syllables() -> frozenset[str]:
    """Every syllable that the spelling allows, lower case, NFC; hoà and hòa both."""
    return frozenset(onset + toned for onset in ("", *ONSETS) for rime in _rimes_after(onset) for toned in _toned(rime))


def plausible(word: str) -> bool:
    """True for a syllable written in small letters, Capitalised or in CAPITALS, đ alone, or an abbreviation."""
    cased = word in (word.lower(), word.upper(), word.capitalize())
    return cased and (word.lower() in syllables() or word.lower() == "đ" or abbreviation(word))


def usage(word: str) -> int:
    """2 for a usual syllable of reports, 1 for a rarer one, 0 for all that need no such weighing."""
    return 2 if word.lower() in COMMON else int(word.lower() in RARER)


def abbreviation(word: str) -> bool:
    """Capitals without a tone mark and with one vowel at most: ĐVTN, BCĐ, HĐND."""
    vowels = sum(letter in "AEIOUYĂÂÊÔƠƯ" for letter in word)
    return re.fullmatch("[A-ZĐĂÂÊÔƠƯ]{2,}", word) is not None and vowels <= 1


def _rimes_after(onset: str) -> tuple[str, ...]:
    return tuple(rime for rime in RIMES if _allowed(onset, rime)) + SPECIAL.get(onset, ())


def _allowed(onset: str, rime: str) -> bool:
    """The spelling rules: c/k, g/gh, ng/ngh, qu, gi, y."""
    front = rime[0] in "eêiy"
    if rime.startswith("y"):
        return onset in _BEFORE_Y if rime == "y" else not onset
    if onset in {"c", "g", "ng"}:
        return not front and not (onset == "c" and _GLIDED.match(rime))
    if onset in {"k", "gh", "ngh"}:
        return front
    if onset == "qu":
        return rime[0] in "aăâeêiơ" and not rime.startswith(("ia", "iê", "iu"))
    if onset == "gi":
        return rime[0] not in "êiy"
    return bool(onset) or not rime.startswith("iê")


def _toned(rime: str) -> set[str]:
    """The rime with each tone that its ending allows, the mark in each place where it is written."""
    tones = STOP_TONES if rime.endswith(("c", "ch", "k", "p", "t")) else TONES
    return {
        unicodedata.normalize("NFC", rime[: at + 1] + tone + rime[at + 1 :]) for tone in tones for at in _places(rime)
    }


def _places(rime: str) -> tuple[int, ...]:
    marked = [at for at, letter in enumerate(rime) if letter in _MARKED]
    vowels = sum(letter in _VOWELS for letter in rime)
    if marked:
        return (marked[-1],)
    if vowels < len(rime):
        return (vowels - 1,)
    return (0, 1) if rime in {"oa", "oe", "uy"} else ((0,) if vowels < 3 else (1,))
