"""Vietnamese in TCVN3 and VNI fonts becomes Unicode; Unicode Vietnamese and everything else stays as it is."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue import load
from pipeline.legacy import Decoded, Encoding, decode, look_alikes, prevailing
from pipeline.legacy.syllables import plausible, syllables
from pipeline.legacy.tables import TCVN3
from pipeline.text import texts
from tests.conftest import ROOT

# Written out letter by letter, apart from the tables of the package.
TCVN3_CODES = """
A1 Ă A2 Â A3 Ê A4 Ô A5 Ơ A6 Ư A7 Đ A8 ă A9 â AA ê AB ô AC ơ AD ư AE đ B5 à B6 ả B7 ã B8 á B9 ạ BB ằ BC ẳ BD ẵ BE ắ C6 ặ
C7 ầ C8 ẩ C9 ẫ CA ấ CB ậ CC è CE ẻ CF ẽ D0 é D1 ẹ D2 ề D3 ể D4 ễ D5 ế D6 ệ D7 ì D8 ỉ DC ĩ DD í DE ị DF ò E1 ỏ E2 õ E3 ó
E4 ọ E5 ồ E6 ổ E7 ỗ E8 ố E9 ộ EA ờ EB ở EC ỡ ED ớ EE ợ EF ù F1 ủ F2 ũ F3 ú F4 ụ F5 ừ F6 ử F7 ữ F8 ứ F9 ự FA ỳ FB ỷ FC ỹ
FD ý FE ỵ
"""
VNI_CODES = """
à aø á aù ả aû ã aõ ạ aï ă aê ằ aè ắ aé ẳ aú ẵ aü ặ aë â aâ ầ aà ấ aá ẩ aå ẫ aã ậ aä đ ñ è eø é eù ẻ eû ẽ eõ ẹ eï ê eâ ề eà
ế eá ể eå ễ eã ệ eä ỉ æ ĩ ó ị ò ò oø ó où ỏ oû õ oõ ọ oï ô oâ ồ oà ố oá ổ oå ỗ oã ộ oä ơ ô ờ ôø ớ ôù ở ôû ỡ ôõ ợ ôï ù uø
ú uù ủ uû ũ uõ ụ uï ư ö ừ öø ứ öù ử öû ữ öõ ự öï ỳ yø ý yù ỷ yû ỹ yõ ỵ î
"""
VECTORS = [
    ("Huyện đoàn Càng Long", "HuyÖn ®oµn Cµng Long", "Huyeän ñoaøn Caøng Long"),
    ("Thị đoàn Duyên Hải", "ThÞ ®oµn Duyªn H¶i", "Thò ñoaøn Duyeân Haûi"),
    ("Tổ công nghệ số cộng đồng", "Tæ c«ng nghÖ sè céng ®ång", "Toå coâng ngheä soá coäng ñoàng"),
    (
        "Số lượt người dân được hướng dẫn",
        "Sè l\xadît ng\xadêi d©n ®\xadîc h\xadíng dÉn",
        "Soá löôït ngöôøi daân ñöôïc höôùng daãn",
    ),
    ("khoảng 500 lượt", "kho¶ng 500 l\xadît", "khoaûng 500 löôït"),
    ("Bí thư Đoàn làm Tổ trưởng", "BÝ th\xad §oµn lµm Tæ tr\xadëng", "Bí thö Ñoaøn laøm Toå tröôûng"),
    ("12 lớp · 50 hộ · xã", "12 líp · 50 hé · x·", "12 lôùp · 50 hoä · xaõ"),
    ("Tổng cộng", "Tæng céng", "Toång coäng"),
]


@cache
def to_tcvn3() -> dict[str, str]:
    codes = TCVN3_CODES.split()
    return {letter: chr(int(code, 16)) for code, letter in zip(codes[::2], codes[1::2], strict=True)}


@cache
def to_vni() -> dict[str, str]:
    letters = VNI_CODES.split()
    pairs = dict(zip(letters[::2], letters[1::2], strict=True))
    return pairs | {letter.upper(): code.upper() for letter, code in pairs.items()}


def encoded(text: str, encoding: Encoding) -> str:
    """Unicode -> what a cell shows; capitals that TCVN3 lacks become small, as under .VnTimeH."""
    if encoding is Encoding.VNI:
        return "".join(to_vni().get(letter, letter) for letter in text)
    codes = to_tcvn3()
    return "".join(codes.get(letter) or codes.get(letter.lower(), letter) for letter in text)


def result(text: str, **how: object) -> tuple[str, bool] | None:
    found = decode(text, **how)  # type: ignore[arg-type]
    return (found.text, found.certain) if found else None


@pytest.mark.parametrize(("meant", "tcvn3", "vni"), VECTORS)
def test_vectors(meant: str, tcvn3: str, vni: str) -> None:
    assert encoded(meant, Encoding.TCVN3) == tcvn3.replace(" \xb7 ", " · ")
    assert encoded(meant, Encoding.VNI) == vni
    assert decode(tcvn3, prevailing=Encoding.TCVN3) == Decoded(meant, Encoding.TCVN3, True)
    assert decode(vni, prevailing=Encoding.VNI) == Decoded(meant, Encoding.VNI, True)


@pytest.mark.parametrize(("meant", "tcvn3", "vni"), VECTORS)
def test_vectors_speak_for_themselves(meant: str, tcvn3: str, vni: str) -> None:
    """Own signatures outrank a sheet that speaks for the other table; only "Tæng céng" has none."""
    assert decode(vni, prevailing=Encoding.TCVN3) == decode(vni) == Decoded(meant, Encoding.VNI, True)
    if meant == "Tổng cộng":
        assert decode(tcvn3) is None
    else:
        assert decode(tcvn3, prevailing=Encoding.VNI) == decode(tcvn3) == Decoded(meant, Encoding.TCVN3, True)


def test_fonts_that_draw_capitals() -> None:
    for font in (".VnTimeH", " .VNTIMEH ", ".vnarialh"):
        assert result("Tæng céng", font=font) == result("TæNG CéNG", font=font) == ("TỔNG CỘNG", True)
    assert result("TæNG CéNG") == result("tæng céng", capitals=True) == ("TỔNG CỘNG", True)
    assert result("TæNG Sè") == ("TỔNG SỐ", True)
    assert result("TæNG Sè (®ît 2)") == ("TỔNG Số (đợt 2)", True)
    assert result("¸P DôNG §ÇY §ñ") == ("ÁP DỤNG ĐẦY ĐỦ", True)
    assert result("Sè §T") == ("Số ĐT", True)
    assert result("TOÅNG COÄNG") == ("TỔNG CỘNG", True)


@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv is not installed")
def test_tcvn3_table_is_that_of_glibc() -> None:
    codes = bytes(map(ord, TCVN3))
    run = subprocess.run(["iconv", "-f", "TCVN", "-t", "UTF-8"], input=codes, capture_output=True, check=False)
    if run.returncode:
        pytest.skip("this iconv does not know TCVN")
    assert unicodedata.normalize("NFC", run.stdout.decode()) == "".join(TCVN3.values())


def test_tcvn3_table_is_complete() -> None:
    assert {letter: code for code, letter in TCVN3.items()} == to_tcvn3()


@pytest.mark.parametrize("encoding", Encoding)
def test_generated_syllables_come_back(encoding: Encoding) -> None:
    """One word alone has the least evidence; what is certain is right, and nearly all is found."""
    chosen = random.Random(5712).sample(sorted(word for word in syllables() if not word.isascii()), 12_000)
    found = {word: decode(encoded(word, encoding), prevailing=encoding) for word in chosen}
    wrong = {word: got.text for word, got in found.items() if got and got.certain and got.text != word}
    assert wrong == {}
    unfound = {
        word for word, got in found.items() if (got is None or got.text != word) and encoded(word, encoding) != word
    }
    assert len(unfound) < 250


words_ = st.builds(
    lambda word, capital: word.capitalize() if capital else word,
    st.sampled_from(sorted(syllables() - {"ã", "ì", "ữ"})),  # a lone · × ÷ is taken for a sign
    st.booleans(),
).filter(lambda word: word.lower() == word or word[0] in TCVN3.values() or word[0].isascii())


@given(st.lists(words_, min_size=1, max_size=8), st.sampled_from(Encoding), st.booleans())
def test_what_is_certain_is_what_was_meant(words: list[str], encoding: Encoding, backed: bool) -> None:
    meant = " ".join(words)
    got = decode(encoded(meant, encoding), prevailing=encoding if backed else None)
    assert got is None or not got.certain or got == Decoded(meant, encoding, True)


@given(
    st.text() | st.text(alphabet=st.characters(max_codepoint=0x1FF)), st.sampled_from([None, *Encoding]), st.booleans()
)
def test_never_raises(text: str, sheet: Encoding | None, capitals: bool) -> None:
    decode(text, prevailing=sheet, capitals=capitals)
    prevailing([text])
    look_alikes(text)


@cache
def project_texts() -> list[str]:
    year = load(ROOT / "input_templates" / "danh-muc.xlsx")
    rows = [
        *(text for one in year.activities for text in (one.text, one.text_verbatim, one.lead, one.result, one.time)),
        *(text for one in year.indicators for text in (one.name, one.unit_of_measure)),
        *(one.name for one in (*year.units, *year.roles, *year.bases)),
        *(one.title for one in year.sections),
    ]
    parts = [path.stem for path in sorted((ROOT / "pipeline" / "locales" / "vi").glob("*.toml"))]
    return [*rows, *(text for part in parts for lang in ("vi", "en") for text in texts(lang, part).values())]


@pytest.mark.parametrize("sheet", [None, *Encoding])
def test_the_project_is_not_legacy(sheet: Encoding | None) -> None:
    """Not even in a workbook that speaks for a legacy table."""
    assert prevailing(project_texts()) is None
    assert {text: decode(text, prevailing=sheet) for text in project_texts() if decode(text, prevailing=sheet)} == {}


def test_the_words_of_the_project_are_syllables() -> None:
    """The grammar knows what Vietnamese reports say: hardly an accented word is unknown to it."""
    found = {word for text in project_texts() for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()}
    assert {word for word in found if not plausible(word)} == set()


@pytest.mark.parametrize("encoding", Encoding)
def test_the_project_comes_back_from_legacy(encoding: Encoding) -> None:
    unfound = []
    accented = [text for text in project_texts() if re.search("[ăđơư\u1ea0-\u1ef9]", text)]
    for text in accented:
        got = decode(encoded(text, encoding), prevailing=encoding)
        if got is None or got.text.lower() != text.lower():
            unfound.append((text, got))
    assert len(unfound) < len(accented) / 200


@pytest.mark.parametrize(
    "text",
    [
        "", "Internet", "café", "Café Sữa", "Ñ", "El Niño", "EL NIÑO", "°C", "µm", "5 µm", "½", "©", "® 2026", "m²",
        "Zalo®", "số¹", "«Đoàn»", "xã·phường", "20m×40m", "3 × 4", "8÷9", "§ 5", "£100", "Müller", "façade", "Straße",
        "José", "Đà Nẵng", "Trà Vinh", "Hoà Thuận", "Hà Nội", "Có", "Không", "Thông\xadtin", "Ðoàn", "Ðội", "ý kiến",
        "À", "naïve", "Peña", "Lê Lâm", unicodedata.normalize("NFD", "Huyện đoàn Cầu Kè"), "Huyá»‡n",
    ],
)  # fmt: skip
def test_other_texts_stay(text: str) -> None:
    assert decode(text) is None


@pytest.mark.parametrize(
    "text", ["Có", "Không", "công", "5 µm", "½", "©", "°C", "m²", "số¹", "Trà Vinh", "café", "nhân dân"]
)
def test_texts_that_stay_in_a_legacy_sheet(text: str) -> None:
    assert decode(text, prevailing=Encoding.TCVN3) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [("Néi dung", "Nội dung"), ("líp", "lớp"), ("hé", "hộ"), ("Ghi chó", "Ghi chú"), ("Sè TT", "Số TT"), ("cña", "của"),
     ("500.000®", "500.000đ"), ("HUYÖN", "HUYỆN"), ("®", "đ")],
)  # fmt: skip
def test_words_without_a_signature_need_the_sheet_or_the_font(text: str, meant: str) -> None:
    assert decode(text) is None
    assert result(text, prevailing=Encoding.TCVN3) == result(text, font=".VnTime") == (meant, True)


@pytest.mark.parametrize(
    ("text", "meant"), [("Duyeân", "Duyên"), ("soá", "số"), ("ñi", "đi"), ("thö", "thư"), ("AÙo", "Áo")]
)
def test_vni_by_font(text: str, meant: str) -> None:
    assert result(text, font="VNI-Times") == (meant, True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("M¸y mãc thiết bÞ", "Máy móc thiết bị"),
        ("B¸o cáo", "Báo cáo"),
        ("Tổng sè ®oµn viªn", "Tổng sè đoàn viên"),
        ("HuyÖn ®oµn café", "Huyện đoàn café"),
        ("Ñoaøn ®oµn", "Ñoaøn đoàn"),
        ("thiÕtbị", "thiÕtbị"),
        ("§ội", "§ội"),
        ("ñi", "đi"),
        ("Göi muén", "Gửi muộn"),
        ("§· ®Æt, ®· đủ", "Đã đặt, đã đủ"),
        ("®oµn §ội", "đoàn §ội"),
    ],
)
def test_mixed_cells_are_not_certain(text: str, shown: str) -> None:
    assert result(text) in {(shown, False), (shown.replace("Ñoaøn đoàn", "Đoàn ®oµn"), False)}


def test_signs_around_a_word_help_the_rarer_reading() -> None:
    assert result("HuyÖn ®oµn Trµ Có", prevailing=None) == ("Huyện đoàn Trà Cú", True)
    assert result("Có", prevailing=Encoding.TCVN3) is None
    assert result("Không ®¹t") == ("Không đạt", False)


def test_two_readings_of_one_spelling_are_not_certain() -> None:
    """Bé and Bộ, 50 mét and 50 một: the sheet alone does not settle it."""
    assert result("Bé", prevailing=Encoding.TCVN3) == ("Bộ", False)
    assert result("50 mét", prevailing=Encoding.TCVN3) == ("50 một", False)


@pytest.mark.parametrize(("text", "meant"), [("§VTN", "ĐVTN"), ("BC§ c¸c cÊp", "BCĐ các cấp"), ("®/c NguyÔn V¨n A", "đ/c Nguyễn Văn A"),
                                             ("ÑVTN", "ĐVTN"), ("¤ ChÝch", "Ô Chích"), ("Zalo, facebook: líp t¹i x·", "Zalo, facebook: lớp tại xã")])  # fmt: skip
def test_abbreviations_and_foreign_words(text: str, meant: str) -> None:
    assert result(text) == (meant, True)


def test_prevailing() -> None:
    tcvn3, vni = [[row[at] for row in VECTORS] for at in (1, 2)]
    assert prevailing(tcvn3) is Encoding.TCVN3
    assert prevailing(vni) is Encoding.VNI
    assert prevailing([*tcvn3, "Ñoaøn", "Không", "12"]) is Encoding.TCVN3
    assert prevailing(["®oµn", "ñoaøn"]) is None
    assert prevailing(["Néi dung", "hé", "líp", "café", ""]) is None
    assert prevailing([]) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ðoàn ƉỘI ðồng", "Đoàn ĐỘI đồng"),
        ("Тổ", "Тổ"),  # a letter that is not among the mended ones
        ("Càng Lоng", "Càng Long"),  # Cyrillic о
        ("Хã", "Xã"),
        ("оса", "оса"),  # all Cyrillic: another language
        ("Россия", "Россия"),
        ("12 х 3", "12 х 3"),
    ],
)
def test_look_alikes(text: str, key: str) -> None:
    assert look_alikes(text) == key
