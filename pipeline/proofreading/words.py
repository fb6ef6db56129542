"""The fixed words by which the parts of a document are recognised."""

from __future__ import annotations

import re

NATION = "cộng hòa xã hội chủ nghĩa việt nam"
MOTTO = "độc lập tự do hạnh phúc"
UNION = ("đoàn tncs hồ chí minh", "đoàn thanh niên cộng sản hồ chí minh")

NUMBER = re.compile(
    r"số\b(?:\s*[:.])?[\s\dO._…-]*[/\-–].*|\d{1,5}\s?[/-]\s?[A-ZĐ]{1,8}[-/][A-ZĐ][\w&.-]*", re.IGNORECASE
)
BLANK = r"[\s.…_]*"
_DATED = rf"ngày{BLANK}\d{{0,2}}{BLANK}tháng{BLANK}\d{{0,2}}{BLANK}năm{BLANK}\d{{0,4}}{BLANK}"
_MIXED_DATE = rf"ngày{BLANK}\d{{0,2}}{BLANK}tháng{BLANK}\d{{1,2}}\s*/\s*\d{{4}}"
_SHORT_DATE = r"(?:ngày\s*)?\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}"
DATE = re.compile(rf"(?!\(|căn cứ|kèm)[^,()\d]{{0,40}},?\s*(?:{_DATED}|{_MIXED_DATE}|{_SHORT_DATE})", re.IGNORECASE)
REFERENCE = re.compile(r"[“\"(]?\s*(?:v\s*/\s*v\b|về việc\b)", re.IGNORECASE)

SUPERIORS = ("ubnd", "ủy ban nhân dân", "bộ", "tổng cục", "trung ương", "tỉnh ủy", "thành ủy", "hội đồng nhân dân")
ORGANISATIONS = (
    *SUPERIORS, "sở", "ban", "bch", "tỉnh đoàn", "thành đoàn", "huyện đoàn", "xã đoàn", "đoàn", "hội", "công an",
    "bộ chỉ huy", "cục", "chi cục", "vụ", "viện", "trường", "liên đoàn", "mặt trận", "văn phòng", "trung tâm",
    "bảo hiểm", "tòa án", "thanh tra", "phòng", "đảng ủy", "liên minh", "học viện", "đại học", "báo", "đài",
)  # fmt: skip
# Bodies below an agency, or beside it; a hyphen before one of these words is mostly part of a name.
BODIES = (
    *ORGANISATIONS, "kho bạc", "bệnh viện", "ngân hàng", "công ty", "tổng công ty", "tập đoàn", "thuế", "hải quan", "trạm",
    "hạt", "đội", "nhà thiếu nhi", "cung thiếu nhi", "thư viện", "bảo tàng", "quỹ",
)  # fmt: skip
BESIDE = ("dự thảo", "bản nháp", "khẩn", "thượng khẩn", "hỏa tốc", "mật", "tối mật", "tuyệt mật", "lưu hành nội bộ",
          "xem xong trả lại")  # fmt: skip

AUTHORITY = re.compile(r"(?:tm|kt|q|tl|tuq)\s*\.\s*\S", re.IGNORECASE)
TITLES = re.compile(
    r"(?:quyền |phó )?(?:tổng )?(?:giám đốc|bí thư|chủ tịch|chánh văn phòng|chánh thanh tra|trưởng (?:ban|phòng|đoàn)|"
    r"cục trưởng|chi cục trưởng|vụ trưởng|bộ trưởng|thứ trưởng|viện trưởng|hiệu trưởng|chủ nhiệm|đội trưởng|thủ trưởng|"
    r"tổ trưởng|trạm trưởng|chỉ huy trưởng|thủ tướng|phó (?:giám đốc|bí thư|chủ tịch|trưởng (?:ban|phòng)))\b"
)
PROVINCES = (
    "An Giang|Bà Rịa|Bạc Liêu|Bắc Giang|Bắc Kạn|Bắc Ninh|Bến Tre|Bình Dương|Bình Định|Bình Phước|Bình Thuận|Cà Mau|Cao Bằng|"
    "Cần Thơ|Đà Nẵng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Tĩnh|Hải Dương|Hải Phòng|"
    "Hậu Giang|Hòa Bình|Huế|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lạng Sơn|Lào Cai|Lâm Đồng|Long An|Nam Định|Nghệ An|"
    "Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|"
    "Thái Bình|Thái Nguyên|Thanh Hóa|Thừa Thiên|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái"
)
RECIPIENTS = "nơi nhận"
ATTACHED = ("kèm theo", "ban hành kèm theo")
DECIDES = ("quyết định:", "quyết nghị:")
ANNEX = re.compile(r"phụ lục(?: số)?(?: (?P<number>[ivxl]+|\d+|[a-zđ]))?")
BASES = ("căn cứ ", "theo đề nghị ", "xét đề nghị ")
BASIS = re.compile(r"(?:căn cứ|theo đề nghị|xét đề nghị|theo|xét|thực hiện)\b")

HEADING = {
    "part": re.compile(r"(?P<word>Phần|Chương|PHẦN|CHƯƠNG)\s+(?P<number>[IVXL]+|\d+)\.?(?P<title>.*)"),
    "article": re.compile(r"(?P<word>[Đđ]iều|ĐIỀU)\s+(?P<number>\d+)(?P<sign>[.:/)])(?P<title>.*)"),
    "roman": re.compile(r"(?P<number>[IVXL]+)(?P<sign>\s*[./)]|\s+[-–])\s*(?P<title>\D.*)"),
    "decimal": re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})+)\.?\s+(?P<title>[^\W\d].*)"),
    "clause": re.compile(r"(?P<number>\d{1,2})(?P<sign>\s*[./)])\s*(?P<title>[^\d\s].*)"),
    "point": re.compile(r"(?P<number>[a-zđA-PR-ZĐ])(?P<sign>\s*\)|\s*[./](?=\s))\s*(?P<title>.*)"),
    "dash": re.compile(r"(?P<number>[-–—+*•])\s*(?P<title>.*)"),
}
LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
         "XVIII", "XIX", "XX")  # fmt: skip
