"""config.toml: the shipped example loads; a wrong key or value is named with what is expected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.config import Config, load
from pipeline.errors import ConfigError
from tests.conftest import ROOT

SHIPPED = (ROOT / "config.toml").read_text(encoding="utf-8")


def written(folder: Path, content: str) -> Path:
    path = folder / "config.toml"
    path.write_text(content, encoding="utf-8")
    return path


def problems(folder: Path, old: str, new: str) -> tuple[str, ...]:
    assert old in SHIPPED
    with pytest.raises(ConfigError) as caught:
        load(written(folder, SHIPPED.replace(old, new, 1)))
    assert (caught.value.key, caught.value.exit_code) == ("config_wrong", 2)
    return caught.value.problems


def test_the_shipped_example(config: Config) -> None:
    assert (config.year, config.language) == (2026, "vi")
    assert (config.cutoff, config.unit_deadline, config.report_deadline) == (
        date(2026, 11, 30),
        date(2026, 11, 25),
        date(2026, 12, 15),
    )
    assert (config.lead.name, config.partner.name) == ("Sở Khoa học và Công nghệ", "Ban Chấp hành Tỉnh đoàn")
    assert config.lead.signer_on(config.report_deadline).title == "GIÁM ĐỐC"


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ("year = 2026", 'year = "2026"', "year", "số nguyên"),
        ("year = 2026", "year = 26", "year", "2000"),
        ("year = 2026", "year = 2026\nyaer = 2027", "yaer", "không"),
        ('cutoff = "30/11"', 'cutoff = "31/11"', "dates.cutoff", "ngày/tháng"),
        ('cutoff = "30/11"', 'cutoff = "2026-11-30"', "dates.cutoff", "ngày/tháng"),
        ('lead = "so"', 'lead = "ubnd"', "report.lead", "so"),
        ('layout = "lien_tich"', 'layout = "tu_do"', "report.layout", "lien_tich"),
        ('letter_layout = "doan"', 'letter_layout = "thu"', "report.letter_layout", "lien_tich"),
        ('urgency = ""', 'urgency = "gap"', "report.urgency", "thuong_khan"),
        ('reminder = "one"', 'reminder = "all"', "report.reminder", "each"),
        ("symbols = {}", "symbols = { annual = 5 }", "report.symbols.annual", "chữ"),
        ("symbols = {}", 'symbols = { annual = "" }', "report.symbols.annual", "trống"),
        ('place = "Trà Vinh"\n', "", "agency.1.place", "thiếu"),
        ('code = "STTTT"\n', "", "agency.1.code", "thiếu"),
        ('header = ["SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG"]', "header = []", "agency.1.header", ""),
        ("collective = true", 'collective = "co"', "agency.3.collective", "true"),
        (
            'addressees = ["Bộ Thông tin và Truyền thông", "Trung ương Đoàn TNCS Hồ Chí Minh"]',
            "addressees = []",
            "correspondents.1.addressees",
            "",
        ),
        (
            "valid_from = 2025-03-01\nvalid_to = 2026-12-31\n\n# Từ",
            "valid_from = 2025-03-01\nvalid_to = 2025-12-31\n\n# Từ",
            "correspondents",
            "ngày",
        ),
        ('name = "Nguyễn Văn Này"', 'name = ""', "agency.1.signer.1.name", "trống"),
    ],
)
def test_a_wrong_value_is_named(old: str, new: str, key: str, expected: str, tmp_path: Path) -> None:
    (found,) = problems(tmp_path, old, new)
    assert key in found
    assert expected in found.lower() or expected in found


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    content = SHIPPED.replace("year = 2026", "year = 1", 1).replace('cutoff = "30/11"', 'cutoff = "x"', 1)
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, content))
    assert len(caught.value.problems) == 2


def test_no_signer_on_the_report_day(tmp_path: Path) -> None:
    days = 'title = "GIÁM ĐỐC"\n  valid_from = 2025-03-01\n  valid_to = {year}-12-31'
    (found,) = problems(tmp_path, days.format(year=2026), days.format(year=2025))
    assert "agency (so)" in found


def test_one_who_signs_letters_alone_is_no_signer_of_the_rest(tmp_path: Path) -> None:
    title = 'title = "GIÁM ĐỐC"\n  valid_from = 2025-03-01'
    (found,) = problems(tmp_path, title, title.replace("\n", "\n  letters = true\n", 1))
    assert "agency (so)" in found


@pytest.mark.parametrize(
    ("year", "name", "addressee"),
    [
        (2024, "Sở Thông tin và Truyền thông", "Bộ Thông tin và Truyền thông"),
        (2025, "Sở Khoa học và Công nghệ", "Bộ Khoa học và Công nghệ"),
    ],
)
def test_names_are_those_of_the_year(year: int, name: str, addressee: str) -> None:
    config = load(ROOT / "config.toml", year)
    assert (config.agency_of("so").name, config.correspondence.addressees[0]) == (name, addressee)


def test_syntax_errors_name_the_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, "year = \n"))
    assert caught.value.key == "config_syntax"
    assert "dòng 1, cột 8" in str(caught.value.values["detail"])


def test_a_file_that_ends_too_early_names_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, 'year = 2026\nx = """abc\n'))
    assert caught.value.values["detail"] == "dòng 2, cột 1"


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes("# Năm báo cáo\n".encode("cp1258", errors="replace") + b"\xe3\n")
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert caught.value.key == "config_encoding"


@pytest.mark.parametrize(("year", "day"), [(2026, date(2026, 2, 28)), (2024, date(2024, 2, 29))])
def test_the_last_of_february_is_a_day_of_every_year(year: int, day: date, tmp_path: Path) -> None:
    path = written(tmp_path, SHIPPED.replace('cutoff = "30/11"', 'cutoff = "29/02"', 1))
    assert load(path, year).cutoff == day


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("vi", 'mục “report.layout” đang là “tu_do”, phải là "nd30", "doan" hoặc "lien_tich".'),
        ("en", 'the key “report.layout” is “tu_do”; it must be "nd30", "doan" or "lien_tich".'),
    ],
)
def test_choices_are_listed_in_the_users_language(lang: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, SHIPPED.replace('layout = "lien_tich"', 'layout = "tu_do"', 1)), language=lang)
    assert caught.value.problems == (sentence,)


def test_an_empty_choice_is_seen(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, 'urgency = ""', 'urgency = "gap"')
    assert '"", "khan", "thuong_khan" hoặc "hoa_toc"' in found


def test_a_year_without_agency_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, SHIPPED), 2030)
    assert "năm 2030" in caught.value.problems[0]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "config.toml")
    assert caught.value.key == "config_missing"


def test_a_byte_order_mark_of_notepad_is_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(SHIPPED, encoding="utf-8-sig")
    assert load(path).year == 2026


def test_the_command_line_overrides_year_and_language() -> None:
    config = load(ROOT / "config.toml", 2024, "en")
    assert (config.year, config.language, config.cutoff) == (2024, "en", date(2024, 11, 30))


def test_paths_are_relative_to_the_file(config: Config) -> None:
    assert config.catalogue_path == ROOT / "input_templates" / "danh-muc.xlsx"
    assert config.inbox_dir(2025) == ROOT / "inbox" / "2025"


def test_every_key_of_the_example_is_explained_once() -> None:
    """Where a key first stands, a comment is right above it or the few keys it stands with, or one of its table names it."""
    table, recent, near = "", "", 0
    said: dict[str, str] = {"": ""}
    explained: dict[str, bool] = {}
    for line in map(str.strip, SHIPPED.splitlines()):
        key, equals, _ = line.partition(" = ")
        if line.startswith("#"):
            recent, near = recent + line, 3
            said[table] += line
        elif line.startswith("["):
            table = line.strip("[]")
            said[table] = said.get(table, "") + recent
        elif equals:
            explained.setdefault(f"{table}.{key}", near > 0 or key in said[table])
            recent, near = "", near - 1
        elif not line:
            recent, near = "", 0
    assert len(explained) > 70
    assert [key for key, known in explained.items() if not known] == []


# ---- medals ---------------------------------------------------------------------------------------------------------


def test_the_criteria_of_a_medal(config: Config) -> None:
    medal = config.award[0]
    assert (medal.key, medal.ceremony, medal.confirmed, medal.min_age, medal.quota) == (
        "vi_the_he_tre", "26/3", False, 30, 0,
    )  # fmt: skip
    assert [(rule.category, rule.min_years, rule.min_continuous) for rule in medal.rule] == [
        ("can_bo_doan", 0, 5), ("can_bo_doan", 7, 0), ("can_bo_doan", 8, 0), ("ngoai_nganh", 5, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("valid_from = 2022-12-30", "valid_from = 2022-12-29", "award (vi_su_nghiep_tttt)"),
        ("valid_to = 2022-12-29", "valid_to = 2008-12-29", "award (vi_su_nghiep_tttt)"),
        ('ceremony = "26/3"', 'ceremony = "31/2"', "award.1.ceremony"),
        ('category = "ngoai_nganh"', 'category = "khac"', "award.1.rule.4.category"),
        ("min_years = 7", 'min_years = "7"', "award.1.rule.2.min_years"),
        ("round_from = 6", "round_from = 12", "award.2.round_from"),
        ("\nconfirmed = false", "\nconfirmed = 0", "award.1.confirmed"),
    ],
)
def test_a_wrong_criterion_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    (found,) = problems(tmp_path, old, new)
    assert key in found


def test_a_project_without_medals(tmp_path: Path) -> None:
    assert load(written(tmp_path, SHIPPED[: SHIPPED.index("# Kỷ niệm chương (")])).award == []
