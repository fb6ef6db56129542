"""The command line as a user meets it: exit codes, JSON, one-line errors with a hint, help without heavy imports."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest

from pipeline import cli, outputs
from pipeline import run as stages
from pipeline.errors import PhoihopError
from pipeline.rehearsal import make_project
from pipeline.run import overview
from tests.conftest import ROOT

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "dien-tap"
    stages.make_rehearsal(folder, None)
    return folder


@pytest.fixture
def phoihop(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a folder: (exit code, standard output, standard error)."""

    def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        with pytest.raises(SystemExit) as left:
            cli.main(list(arguments))
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    return run


# ---- what each command ends with ------------------------------------------------------------------------------------


def test_run_ends_with_1_while_something_blocks(demo: Path, phoihop: Run) -> None:
    code, out, _ = phoihop(demo, "run")
    assert code == 1
    assert "đã nhận 17/20 đơn vị" in out
    assert "output/2026/Bao-cao-2026.docx" in out.replace("\\", "/")
    assert "BẢN NHÁP" in out
    assert "Việc tiếp theo: gọi các đơn vị chưa có biểu hợp lệ" in out
    assert "936 ô đọc = 919 được tính + 10 để trống + 7 chưa tính" in out


def test_check_writes_nothing(demo: Path, phoihop: Run) -> None:
    before = sorted(path for path in demo.rglob("*"))
    code, out, _ = phoihop(demo, "check")
    assert code == 1
    assert "Số liệu!E21: CT03.2: “1.2” có phần lẻ" in out.replace("\n", " ").replace("  ", " ") or "E21" in out
    assert "Cộng: 10 lỗi, 1 cảnh báo, 2 ghi chú." in out
    assert sorted(path for path in demo.rglob("*")) == before


def test_check_of_one_clean_file_ends_with_0(demo: Path, phoihop: Run) -> None:
    clean = next((demo / "inbox" / "2026").rglob("*Càng Long*.xlsx"))
    code, out, _ = phoihop(demo, "check", str(clean))
    assert code == 0
    assert "Cộng: 0 lỗi" in out


def test_status_names_whom_to_call(demo: Path, phoihop: Run) -> None:
    code, out, _ = phoihop(demo, "status")
    assert code == 1
    assert "0294 555 0113" in out
    assert "(muộn 3 ngày)" in " ".join(out.split())


def test_explain_names_unit_file_sheet_cell_and_raw_text(demo: Path, phoihop: Run) -> None:
    code, out, _ = phoihop(demo, "explain", "ct12.1", "--unit", "TV-844")
    assert code == 0
    words = " ".join(out.split())
    assert "CT12.1 Số lớp, đợt tập huấn" in words
    assert "Số liệu!E67" in words
    code, out, _ = phoihop(demo, "explain", "CT16.3")
    assert code == 0
    assert "CT16.1" in out
    assert "CT16.2" in out


def test_rules_lists_every_code(demo: Path, phoihop: Run) -> None:
    code, out, _ = phoihop(demo, "rules")
    assert code == 0
    for rule in ("T01", "M01", "S25", "B01", "K12a", "H06", "L09"):
        assert rule in out


def test_templates_of_one_unit(demo: Path, phoihop: Run) -> None:
    code, out, _ = phoihop(demo, "templates", "--unit", "TV-844")
    assert code == 0
    assert "Đã tạo 1 biểu mẫu" in out


def test_alone_it_says_where_the_work_stands(demo: Path, phoihop: Run) -> None:
    code, out, _ = phoihop(demo)
    assert code == 0
    assert "Biểu mẫu: 20/20 tệp" in out
    assert "Lệnh tiếp theo: phoihop run" in out or "phoihop run" in out


def test_alone_in_a_new_year_it_points_to_the_templates(tmp_path: Path, phoihop: Run) -> None:
    make_project(tmp_path / "p")
    assert "Lệnh tiếp theo: phoihop templates" in phoihop(tmp_path / "p")[1]


def test_an_empty_inbox_gives_a_draft_that_says_so(tmp_path: Path, phoihop: Run) -> None:
    make_project(tmp_path / "p")
    code, out, _ = phoihop(tmp_path / "p", "run")
    assert code == 1
    assert "đã nhận 0/20 đơn vị" in out
    assert (tmp_path / "p" / "output" / "2026" / "Bao-cao-2026.docx").exists()


def test_quiet_says_nothing(demo: Path, phoihop: Run) -> None:
    assert phoihop(demo, "run", "--quiet")[1:] == ("", "")


@pytest.mark.parametrize(
    ("command", "key"),
    [(("run",), "control_totals"), (("explain", "CT12.1"), "cells"), ((), "templates")],
)
def test_json_is_all_there_is_on_standard_output(command: tuple[str, ...], key: str, demo: Path, phoihop: Run) -> None:
    _, out, err = phoihop(demo, *command, "--json")
    assert key in json.loads(out)
    assert err == ""


@pytest.mark.parametrize(("command", "length"), [("check", 13), ("status", 20), ("templates", 20 + 1)])
def test_json_lists(command: str, length: int, demo: Path, phoihop: Run) -> None:
    """With the templates goes the letter that they are attached to."""
    listed = json.loads(phoihop(demo, command, "--json")[1])
    assert len(listed) == length


def test_options_may_stand_before_the_command(demo: Path, tmp_path: Path, phoihop: Run) -> None:
    code, out, _ = phoihop(tmp_path, "--config", str(demo / "config.toml"), "--json", "status")
    assert code == 1
    assert len(json.loads(out)) == 20


def test_english(demo: Path, phoihop: Run) -> None:
    _, out, _ = phoihop(demo, "status", "--lang", "en")
    assert "received 17/20 units" in out


def test_another_year(demo: Path, phoihop: Run) -> None:
    code, out, _ = phoihop(demo, "run", "--year", "2025", "--json")
    assert (code, json.loads(out)["year"]) == (0, 2025)


@pytest.fixture(params=[80, 100, 110])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """So many columns of the terminal."""
    monkeypatch.setattr("pipeline.console.screen.Screen.piped", False)
    monkeypatch.setenv("COLUMNS", str(request.param))
    return int(request.param)


def test_names_keep_their_room_in_a_narrow_window(width: int, demo: Path, phoihop: Run) -> None:
    for command in (("status",), ("explain", "CT12.1")):
        lines = phoihop(demo, *command)[1].splitlines()
        assert max(map(len, lines)) <= width
        assert any(("TV-844 Huyện đoàn" if width < 100 else "TV-844 Huyện đoàn Càng Long") in line for line in lines)
    heading = next(line for line in phoihop(demo, "status")[1].splitlines() if "Đơn vị" in line)
    assert ("Số bản" in heading) == (width >= 100)


def test_a_command_is_never_broken_over_lines(width: int, demo: Path, phoihop: Run) -> None:
    for command in ((), ("run",), ("status",), ("documents",)):
        _, out, _ = phoihop(demo, *command)
        assert not any(line.rstrip().endswith("phoihop") for line in out.splitlines())
        assert not {"\u00a0", "\ue000"} & set(out)


def test_the_totals_tell_how_many_files_are_not_of_units(demo: Path, phoihop: Run) -> None:
    _, out, _ = phoihop(demo, "run")
    assert "Kiểm tra tổng: 24 tệp, trong đó 2 tệp hệ thống = 16 được tính" in out
    assert "Tệp đã nhận: 22" in phoihop(demo)[1]


def test_the_guide_to_texts_is_told_from_the_texts(demo: Path, phoihop: Run) -> None:
    _, out, _ = phoihop(demo, "documents", "annual", "--edit")
    folder = Path("input_templates") / "loi-van"
    assert f"Hướng dẫn: {folder / 'huong-dan-loi-van.txt'}" in out.splitlines()
    assert not any("huong-dan" in line for line in out.splitlines() if line.startswith("Lời văn để sửa"))


@pytest.mark.parametrize(("names", "words"), [
    (("Bao-cao-2026.docx",), "Báo cáo đã phát hành."),
    (("van-ban/Ke-hoach-phoi-hop-2027.docx", "van-ban/Cong-van-don-doc-2026.docx"), "Việc tiếp theo: mở báo cáo trong Word"),
])  # fmt: skip
def test_only_an_issue_of_the_report_ends_the_year(
    names: tuple[str, ...], words: str, demo: Path, phoihop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.issuing import Issued

    phoihop(demo, "run", "--quiet")
    complete = {**outputs.read_manifest(demo / "output" / "2026"), "complete": True}
    monkeypatch.setattr(outputs, "read_manifest", lambda _: complete)
    issued = tuple(Issued(demo / "phat-hanh" / name, name, "", "05", date(2026, 12, 10), {}) for name in names)
    monkeypatch.setattr(overview, "issued_of", lambda _: issued)
    assert phoihop(demo)[1].splitlines()[-1].startswith(words)


# ---- what goes wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence", "hint"),
    [
        (("status",), "Không tìm thấy tệp cấu hình config.toml.", "phoihop demo"),
        (("chay",), "Không có lệnh “chay”.", "demo, templates, fetch, check, run, documents, status, explain, rules"),
        (("run", "--nhanh"), "Không có tùy chọn “--nhanh”.", "phoihop run --help"),
        (("explain",), "Thiếu MÃ.", "phoihop explain --help"),
        (("layout",), "Thiếu TỆP.", "phoihop layout --help"),
        (("run", "--jobs", "0"), "Giá trị của --jobs không hợp lệ.", "phoihop run --help"),
        (("finalize", "--number"), "Tùy chọn --number phải kèm giá trị.", "--help"),
        (("run", "--json=1"), "Tùy chọn --json không kèm giá trị.", "--help"),
        (("status", "extra", "more"), "Thừa “extra more” trong lệnh.", "phoihop status --help"),
    ],
)
def test_a_wrong_call_is_one_line_and_a_hint(
    arguments: tuple[str, ...], sentence: str, hint: str, tmp_path: Path, phoihop: Run
) -> None:
    code, out, err = phoihop(tmp_path, *arguments)
    assert (code, out) == (2, "")
    lines = err.strip().splitlines()
    assert click.unstyle(lines[0]) == sentence
    assert lines[1].startswith("→ ")
    assert hint in lines[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("explain", "CT99.9"), "Không có chỉ tiêu mã “CT99.9” trong năm 2026."),
        (("explain", "CT12.1", "--unit", "TV-1"), "Không có đơn vị mã “TV-1”."),
        (("templates", "--unit", "TV-1"), "Không có đơn vị mã “TV-1”."),
        (("finalize",), "Chưa ghi số văn bản."),
        (("finalize", "--number", "123"), "Chưa ghi ngày văn bản."),
        (
            ("documents", "period", "--from", "2026", "--to", "2025"),
            "Giai đoạn 2026 - 2025 bị ngược: năm đầu phải trước năm cuối.",
        ),
        (("check", "nowhere.xlsx"), "Không tìm thấy “nowhere.xlsx”."),
        (("run", "--year", "2050"), "Tệp cấu hình config.toml có chỗ sai:"),
    ],
)
def test_a_wrong_value_is_one_line_and_a_hint(
    arguments: tuple[str, ...], sentence: str, demo: Path, phoihop: Run
) -> None:
    code, _, err = phoihop(demo, *arguments)
    assert code == 2
    assert err.splitlines()[-1].startswith("→ ")
    assert click.unstyle(err.splitlines()[0]) in {
        sentence,
        sentence.replace("“nowhere.xlsx”", f"“{demo / 'nowhere.xlsx'}”"),
    }


def test_a_wrong_configuration_names_every_key(demo: Path, tmp_path: Path, phoihop: Run) -> None:
    shutil.copytree(demo / "input_templates", tmp_path / "input_templates")
    config = (demo / "config.toml").read_text(encoding="utf-8").replace('cutoff = "30/11"', 'cutoff = "31/11"')
    (tmp_path / "config.toml").write_text(config.replace("year = 2026", "year = 2026\nnam = 1", 1), encoding="utf-8")
    code, _, err = phoihop(tmp_path, "run")
    assert code == 2
    assert "dates.cutoff" in err
    assert "“nam”" in err


def test_a_locked_output_is_told_without_a_traceback(demo: Path, phoihop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    phoihop(demo, "run", "--quiet")
    original = Path.open

    def locked(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.suffix == ".xlsx" and args == ("r+b",):
            raise PermissionError(13, "in use")
        return original(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", locked)
    code, _, err = phoihop(demo, "run", "--quiet")
    assert code == 2
    assert click.unstyle(err).splitlines() == [
        "Không ghi được Tong-hop-2026.xlsx: tệp đang mở trong Excel hoặc Word.",
        "→ Hãy đóng tệp đó rồi gõ lại lệnh.",
    ]


def test_a_report_that_somebody_edited_is_kept(demo: Path, phoihop: Run) -> None:
    report = demo / "output" / "2026" / "Bao-cao-2026.docx"
    phoihop(demo, "run", "--quiet")
    whole = report.read_bytes()
    report.write_bytes(b"written by the officer")
    _, out, _ = phoihop(demo, "run")
    assert report.read_bytes() == b"written by the officer"
    assert "Bao-cao-2026 (số liệu mới).docx" in out
    report.write_bytes(whole)


def test_a_rehearsal_does_not_overwrite_other_files(tmp_path: Path, phoihop: Run) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "thu.docx").write_bytes(b"x")
    code, _, err = phoihop(tmp_path, "demo", "own")
    assert code == 2
    assert "đang có tệp khác" in err
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["thu.docx"]


def test_a_rehearsal_begins_on_a_terminal_without_any_project(
    tmp_path: Path, phoihop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise PhoihopError("demo_not_empty", folder="dien-tap")

    monkeypatch.setattr(stages, "make_rehearsal", stopped)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    code, _, err = phoihop(tmp_path, "demo", "dien-tap")
    assert code == 2
    assert "Thư mục “dien-tap” đang có tệp khác" in err
    assert "Chuẩn bị diễn tập" in err


def test_a_bug_shows_its_traceback_and_asks_to_report_it(
    demo: Path, phoihop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(stages, "standing", broken)
    code, _, err = phoihop(demo)
    assert code == 3
    assert "ZeroDivisionError" in err
    assert "Phần mềm gặp lỗi ngoài dự kiến (phoihop 0.1.0)" in err


def test_a_register_open_in_excel_stops_nothing(demo: Path, phoihop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    original = Path.open

    def in_use(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name == "quyet-dinh.xlsx" and args[:1] == ("r+b",):
            raise PermissionError(13, "in use")
        return original(path, *args, **kwargs)

    register = demo / "inbox" / "2026" / "quyet-dinh.xlsx"
    register.unlink(missing_ok=True)
    phoihop(demo, "run")
    monkeypatch.setattr(Path, "open", in_use)
    code, out, _ = phoihop(demo, "run")
    assert code == 1
    assert "Sổ quyết định (quyet-dinh.xlsx) đang mở" in out
    assert "Việc tiếp theo:" in out


def test_the_overview_says_whom_to_call_when_nothing_is_new(demo: Path, phoihop: Run) -> None:
    phoihop(demo, "run")
    _, out, _ = phoihop(demo)
    assert "Việc tiếp theo: gõ phoihop status để biết cần gọi ai" in " ".join(out.split())


def test_explain_says_whose_figure_it_is_and_why_there_is_none(demo: Path, phoihop: Run) -> None:
    _, out, _ = phoihop(demo, "explain", "CT12.1", "--unit", "TV-844")
    assert "Số liệu của Huyện đoàn Càng Long: " in out
    code, out, _ = phoihop(demo, "explain", "CT12.1", "--unit", "TT-QS")
    assert (code, out.splitlines()[-1]) == (
        0,
        "Đoàn cơ sở Bộ Chỉ huy Quân sự tỉnh chưa có số liệu này: Chưa nhận được tệp nào.",
    )
    _, out, _ = phoihop(demo, "explain", "B1", "--unit", "TT-QS")
    assert out.splitlines()[-1] == (
        "Đoàn cơ sở Bộ Chỉ huy Quân sự tỉnh không phải báo cáo chỉ tiêu này và cũng không có số liệu."
    )


# ---- help -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_command_has_help_and_stands_in_the_readme(lang: str, tmp_path: Path, phoihop: Run) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code, out, _ = phoihop(tmp_path, "--help", "--lang", lang)
    assert code == 0
    for name, _, _ in cli.COMMANDS:
        assert f"  {name} " in out
        code, own, _ = phoihop(tmp_path, name, "--help", "--lang", lang)
        assert code == 0
        assert own.startswith({"vi": "Cách dùng: phoihop", "en": "Usage: phoihop"}[lang])
        assert f"`phoihop {name}" in readme


@pytest.mark.parametrize("name", ["", *(name for name, _, _ in cli.COMMANDS)])
def test_vietnamese_help_has_no_english_word_for_a_value(name: str, tmp_path: Path, phoihop: Run) -> None:
    _, out, _ = phoihop(tmp_path, *filter(None, [name]), "--help")
    english = r"\b(OPTIONS|COMMAND|ARGS|TEXT|INTEGER|RANGE|PATH|FILE|DIR|NAME|CODE|FOLDER|DOCUMENT|UNITS?)\b"
    assert re.findall(english, out) == []
    assert out.startswith(f"Cách dùng: phoihop {name} [TÙY CHỌN]".replace("  ", " "))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_argument_has_a_line_of_help(lang: str, tmp_path: Path, phoihop: Run) -> None:
    for name, _, params in cli.COMMANDS:
        for argument in (one for one in params(lang) if isinstance(one, click.Argument)):
            _, out, _ = phoihop(tmp_path, name, "--help", "--lang", lang)
            assert f"\n  {argument.metavar}  " in out


def test_help_needs_no_heavy_import() -> None:
    code = "import sys, pipeline.cli as c\ntry:\n c.main(['--help'])\nexcept SystemExit: pass\nimport json; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    heavy = {"pandas", "numpy", "openpyxl", "docx", "xlsxwriter", "pydantic", "jinja2", "rich", "python_calamine"}
    assert heavy & set(json.loads(done.stderr)) == set()


def test_a_pipe_that_cannot_write_vietnamese_is_set_to_utf8(demo: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "--config", str(demo / "config.toml")],
        capture_output=True,
        check=True,
        env=environment,
    )
    assert "Chương trình phối hợp năm 2026" in done.stdout.decode("utf-8")


def test_colours_are_left_out_when_they_are_not_wanted(demo: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "chay"],
        capture_output=True,
        check=False,
        cwd=demo,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.returncode == 2
    assert b"\x1b[" not in done.stderr
