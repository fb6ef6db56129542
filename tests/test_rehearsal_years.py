"""Five years with a split, through files: known truth per unit and year, from the inboxes to the figures of the span."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from pipeline import cli
from pipeline import run as stages
from pipeline.catalogue import Catalogue, Unit
from pipeline.figures import as_year
from pipeline.model import FigureNote, PeriodFigures, PeriodNote, Relation, YearFigures
from pipeline.reading.previous import read_year
from pipeline.rehearsal.amounts import amounts_for
from pipeline.rehearsal.years import RUN_YEARS, SILENT, SUCCESSORS, successors_of
from pipeline.run import Project
from pipeline.text import number
from tests.conftest import ROOT

pytestmark = pytest.mark.heavy

YEARS = range(2022, 2027)
ONLY = ("TV-844", "TV-850", "TT-QS", "BAN-TG", "BAN-PT", "P-BCVTCNTT")
FLOW, STOCK = "CT12.3", "CT01.4"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return stages.make_years(tmp_path_factory.mktemp("years") / "dien-tap", None, only=ONLY)


@pytest.fixture(scope="module")
def years(project: Project) -> tuple[YearFigures, ...]:
    """Each year as its workbook tells it, else as its inbox does."""

    def figures_of(year: int) -> YearFigures:
        path = project.config.output_dir(year) / stages.workbook_name(year)
        if (read := read_year(path, year) if path.exists() else None) is not None:
            return read
        judged = stages.judge(project.sibling(year))
        return as_year(judged.dataset, judged.figures)

    return tuple(map(figures_of, YEARS))


@pytest.fixture(scope="module")
def period(project: Project) -> PeriodFigures:
    return over_years(project, 2022)


def over_years(project: Project, first: int) -> PeriodFigures:
    """The figures of the years up to the project's own."""
    period = stages.over_years(stages.judge(project), first).period
    assert period is not None
    return period


def told(catalogue: Catalogue) -> Iterator[tuple[Unit, dict[str, Decimal]]]:
    """The truth of a year: what every unit that sent a file meant."""
    for unit in catalogue.units:
        if unit.code not in SILENT.get(catalogue.year, ()):
            own = {c: Decimal(str(a)) for c, a in amounts_for(unit, catalogue).items() if not isinstance(a, bool)}
            yield unit, own


def truth(project: Project, year: int, code: str) -> Decimal:
    """The total of a code in a year, from the truth alone: districts of 2025 only where no commune answers for them."""
    catalogue = project.sibling(year).catalogue
    amounts = {unit.code: own[code] for unit, own in told(catalogue) if code in own and _adds(unit, code, catalogue)}
    if year == 2025 and catalogue.accumulates(code):
        for district in ("TV-844", "TV-850"):
            if any(heir in amounts for heir, _ in successors_of(district)):
                del amounts[district]
    return sum(amounts.values(), Decimal(0))


def _adds(unit: Unit, code: str, catalogue: Catalogue) -> bool:
    return catalogue.relation_to(unit, code) in {Relation.FOCAL, Relation.DATA}


def test_some_years_are_run_and_one_is_only_an_inbox(project: Project) -> None:
    made = [year for year in YEARS if (project.config.output_dir(year) / stages.workbook_name(year)).exists()]
    assert tuple(made) == RUN_YEARS == (2022, 2023, 2025)
    assert all(project.config.inbox_dir(year).is_dir() for year in YEARS)


def test_the_units_of_every_year(project: Project) -> None:
    units = {year: [unit.code for unit in project.sibling(year).catalogue.units] for year in YEARS}
    communes = ["VL-8441", "VL-8442", "VL-8501", "VL-8502"]
    assert units[2024] == [*ONLY]
    assert units[2025] == [*ONLY, *communes]
    assert units[2026] == [*ONLY[2:], *communes]


def test_the_names_and_dates_of_the_split(project: Project) -> None:
    district, commune = project.whole.unit("TV-844"), project.whole.unit("VL-8441")
    assert district is not None
    assert commune is not None
    assert (district.last, district.successors) == (date(2025, 6, 30), ("VL-8441", "VL-8442"))
    assert (commune.name, commune.first, commune.note) == (
        "Đoàn xã Càng Long",
        date(2025, 7, 1),
        "Đơn vị ví dụ cho diễn tập",
    )


def test_every_successor_has_a_place_of_its_own() -> None:
    places = [place for places in SUCCESSORS.values() for place in places]
    assert len(places) == len(set(places)) == 18
    assert all(place.split(" ")[0] in {"xã", "phường"} for place in places)


def test_the_agency_that_reports_each_year(project: Project) -> None:
    names = [project.sibling(year).config.lead.name for year in (2022, 2024, 2025, 2026)]
    assert names == ["Sở Thông tin và Truyền thông"] * 2 + ["Sở Khoa học và Công nghệ"] * 2


def test_the_shipped_catalogue_is_left_alone(project: Project) -> None:
    shipped = (ROOT / "input_templates" / "danh-muc.xlsx").read_bytes()
    assert project.config.catalogue_path.read_bytes() != shipped
    own, given = (folder.joinpath("config.toml").read_text("utf-8") for folder in (project.config.root, ROOT))
    # Only the recipients without districts, which stand ready behind #, are switched on.
    assert own != given
    assert own.partition("[[correspondents]]")[0] == given.partition("[[correspondents]]")[0]
    assert own.partition("[[agency]]")[2] == given.partition("[[agency]]")[2]


@pytest.mark.parametrize("year", YEARS)
def test_every_total_is_the_known_truth(year: int, project: Project, years: tuple[YearFigures, ...]) -> None:
    found = next(one for one in years if one.year == year)
    catalogue = project.sibling(year).catalogue
    codes = [i.code for i in catalogue.indicators if i.over_units == "sum"] + [base.code for base in catalogue.bases]
    asked = [code for code in codes if found.reporting[code]]
    assert {code: found.totals[code] for code in asked} == {code: truth(project, year, code) for code in asked}
    assert len(asked) >= 69


def test_flows_of_the_split_year_are_those_of_both_parts(project: Project, years: tuple[YearFigures, ...]) -> None:
    catalogue = project.sibling(2025).catalogue
    parts = {unit.code: own[FLOW] for unit, own in told(catalogue) if FLOW in own and _adds(unit, FLOW, catalogue)}
    assert {"TV-844", "TV-850", "VL-8441", "VL-8442"} <= parts.keys()
    assert years[3].totals[FLOW] == sum(parts.values())


def test_stocks_of_the_split_year_are_counted_once(project: Project) -> None:
    judged = stages.judge(project.sibling(2025))
    figure = judged.figures[STOCK]
    assert figure.notes == (
        FigureNote(Relation.STANDS_IN, ("TV-850",)),
        FigureNote(Relation.REPLACED, ("TV-844",)),
    )
    assert set(figure.missing) == {"VL-8501", "VL-8502"}


def test_what_is_not_a_districts_any_more_stands_in(period: PeriodFigures) -> None:
    found = period["B1"]
    assert (found.as_of, found.missing_years) == (2025, ())
    assert found.notes == (PeriodNote("stands_in", 2025, ("TV-844", "TV-850")),)


@pytest.mark.parametrize("year", RUN_YEARS)
def test_the_workbook_read_back_is_the_inbox(year: int, project: Project, years: tuple[YearFigures, ...]) -> None:
    judged = stages.judge(project.sibling(year))
    read = next(one for one in years if one.year == year)
    assert read == replace(as_year(judged.dataset, judged.figures), origin=f"Tong-hop-{year}.xlsx")


def test_where_each_year_comes_from(period: PeriodFigures) -> None:
    assert [(one.origin, one.complete, one.received, one.due) for one in period.years] == [
        ("Tong-hop-2022.xlsx", True, 6, 6),
        ("Tong-hop-2023.xlsx", False, 5, 6),
        ("", True, 6, 6),
        ("Tong-hop-2025.xlsx", False, 8, 10),
        ("", True, 8, 8),
    ]
    assert period.gaps == ()


def test_the_figures_of_the_span_are_the_known_truth(project: Project, period: PeriodFigures) -> None:
    assert period[FLOW].total == sum(truth(project, year, FLOW) for year in YEARS)
    assert (period[STOCK].total, period[STOCK].as_of) == (truth(project, 2026, STOCK), 2026)
    assert (period["CT11.2"].total, period["CT11.2"].as_of) == (True, 2022)
    assert (period["CT05.1"].years, period["CT05.1"].total) == ((2022,), truth(project, 2022, "CT05.1"))


def test_the_clean_years_have_no_errors(project: Project) -> None:
    found = {year: Counter(one.rule for one in stages.judge(project.sibling(year)).dataset.findings) for year in YEARS}
    assert {rule for rules in found.values() for rule in rules} <= {"B05", "K12d", "L04", "L05", "L07"}
    assert "L07" not in found[2022]


def test_a_year_without_anything_is_a_gap(project: Project, tmp_path: Path) -> None:
    shutil.copytree(project.config.root, tmp_path / "copy")
    shutil.rmtree(tmp_path / "copy" / "inbox" / "2024")
    shutil.rmtree(tmp_path / "copy" / "inbox" / "2022")
    period = over_years(stages.open_project(tmp_path / "copy" / "config.toml"), 2022)
    assert period.gaps == (2024,)
    assert period[FLOW].missing_years == (2024,)
    assert period[FLOW].total == sum(truth(project, year, FLOW) for year in YEARS if year != 2024)
    assert PeriodNote("gap", 2024) in period[STOCK].notes


def test_an_empty_inbox_is_a_gap(project: Project, tmp_path: Path) -> None:
    shutil.copytree(
        project.config.root, tmp_path / "copy", ignore=lambda folder, names: [n for n in names if n == "2024"]
    )
    (tmp_path / "copy" / "inbox" / "2024").mkdir()
    assert over_years(stages.open_project(tmp_path / "copy" / "config.toml", 2024), 2023).gaps == (2024,)


def test_files_that_no_run_of_an_earlier_year_has_seen_are_named(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(project.config.root, tmp_path / "copy")
    own = stages.open_project(tmp_path / "copy" / "config.toml")
    assert list(stages.late_files(own, 2022)) == []
    late, changed = own.config.inbox_dir(2025) / "gui-muon.xlsx", sorted(own.config.inbox_dir(2023).rglob("*.xlsx"))[0]
    shutil.copy(sorted(own.config.inbox_dir(2025).rglob("*.xlsx"))[0], late)
    changed.write_bytes(changed.read_bytes() + b" ")
    found = list(stages.late_files(own, 2022))
    assert [(one.year, one.paths, one.issued) for one in found] == [
        (2023, (changed.relative_to(own.config.inbox_dir(2023)).as_posix(),), False),
        (2025, ("gui-muon.xlsx",), False),
    ]
    monkeypatch.chdir(own.config.root)
    with pytest.raises(SystemExit):
        cli.main(["documents", "period"])
    told = " ".join(capsys.readouterr().out.replace("\u00a0", " ").split())
    assert "Năm 2025 có 1 tệp mới hoặc đã đổi sau lần tổng hợp của năm đó" in told
    assert "gui-muon.xlsx. Muốn tính thì gõ phoihop run --year 2025" in told


def test_an_earlier_year_without_a_run_has_no_late_files(project: Project) -> None:
    assert 2024 not in RUN_YEARS
    assert all(one.year != 2024 for one in stages.late_files(project, 2024))


def test_communes_are_compared_with_last_year_by_code(project: Project) -> None:
    previous = stages.judge(project).previous
    assert previous is not None
    assert previous.year == 2025
    catalogue = project.sibling(2025).catalogue
    amounts = next(own for unit, own in told(catalogue) if unit.code == "VL-8441")
    assert previous.amounts["VL-8441", STOCK] == amounts[STOCK]


def test_explain_says_what_became_of_an_ended_units_stock(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.config.root)
    with pytest.raises(SystemExit) as left:
        cli.main(["explain", STOCK, "--year", "2025"])
    out = " ".join(capsys.readouterr().out.split())
    assert left.value.code == 0
    assert "(đã có số của đơn vị kế thừa)" in out
    assert "(tính thay đơn vị kế thừa)" in out
    assert "Lấy số của đơn vị kế thừa, không cộng số của đơn vị đã kết thúc: Huyện đoàn Càng Long" in out
    assert "vì chưa có số của đơn vị kế thừa: Huyện đoàn Duyên Hải" in out


def test_explain_tells_programs_too(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.config.root)
    with pytest.raises(SystemExit):
        cli.main(["explain", STOCK, "--year", "2025", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["notes"] == [
        {"relation": "stands_in", "units": ["TV-850"]},
        {"relation": "replaced", "units": ["TV-844"]},
    ]


def test_a_messy_rehearsal_of_years_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["demo", str(tmp_path / "dien-tap"), "--messy", "--years"])
    assert left.value.code == 2
    assert "Không dùng --messy cùng với --years" in capsys.readouterr().err
    assert not (tmp_path / "dien-tap").exists()


def test_a_changed_report_over_years_is_compared_with_the_present_figures(project: Project) -> None:
    stages.write_documents(stages.judge(project), ("period",))
    report = project.config.output_dir() / "Bao-cao-2022-2026.docx"
    (untouched,) = stages.compare_edited(project, report)
    assert (untouched.edited, untouched.known, untouched.differences) == (False, True, ())
    document = docx.Document(str(report))
    line = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("- Năm 2022: "))
    line.runs[-1].text = line.runs[-1].text.replace("số liệu đầy đủ", "đã duyệt")
    document.save(str(report))
    (edited,) = stages.compare_edited(project)
    assert (edited.name, edited.edited, edited.outdated) == ("Bao-cao-2022-2026.docx", True, ())
    assert [(one.made[-15:], one.theirs[-9:]) for one in edited.differences] == [("số liệu đầy đủ.", "đã duyệt.")]


def test_a_report_over_some_years_is_compared_with_the_same_years(project: Project, tmp_path: Path) -> None:
    shutil.copytree(project.config.root, tmp_path / "copy", ignore=shutil.ignore_patterns("Bao-cao-2022-2026.docx"))
    own = stages.open_project(tmp_path / "copy" / "config.toml")
    stages.write_documents(stages.over_years(stages.judge(own), 2025), ("period",))
    report = own.config.output_dir() / "Bao-cao-2025-2026.docx"
    document = docx.Document(str(report))
    line = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("- Năm 2025: "))
    line.runs[-1].text = line.runs[-1].text.replace("số liệu chưa đầy đủ", "còn thiếu")
    document.save(str(report))
    (edited,) = stages.compare_edited(own)
    assert (edited.name, edited.edited, edited.outdated) == ("Bao-cao-2025-2026.docx", True, ())


def test_a_report_over_years_is_issued_with_every_year_that_it_rests_on(project: Project, tmp_path: Path) -> None:
    shutil.copytree(project.config.root, tmp_path / "copy")
    own = stages.open_project(tmp_path / "copy" / "config.toml")
    (own.config.output_dir() / "Bao-cao-2022-2026.docx").unlink(missing_ok=True)
    stages.write_documents(stages.over_years(stages.judge(own), 2022), ("period",))
    done = stages.finalize(own, "130", "14/12/2026", "period", as_is=True)
    assert (done.refused, done.folder.name) == ("", "Bao-cao-2022-2026-so-130")
    kept = {path.relative_to(done.folder).as_posix() for path in done.folder.rglob("*") if path.is_file()}
    assert {"Bao-cao-2022-2026.docx", "Tong-hop-2022-2026.xlsx", "Tong-hop-2026.xlsx"} <= kept
    assert {f"dau-vao/output/{year}/Tong-hop-{year}.xlsx" for year in RUN_YEARS} <= kept
    assert any(name.startswith("dau-vao/inbox/2024/") for name in kept)
    assert not any(name.startswith("dau-vao/inbox/2023/") for name in kept)
    shutil.rmtree(tmp_path / "copy" / "output" / "2023")
    frozen, flaws = stages.verify(done.folder)
    assert (flaws, frozen["period"]["first"]) == ((), 2022)
    assert frozen["period"]["figures"][FLOW] == number(sum(truth(own, year, FLOW) for year in YEARS), "vi")


def test_another_years_figure_behind_an_issue_is_found(project: Project, tmp_path: Path) -> None:
    shutil.copytree(project.config.root, tmp_path / "copy")
    own = stages.open_project(tmp_path / "copy" / "config.toml")
    (own.config.output_dir() / "Bao-cao-2022-2026.docx").unlink(missing_ok=True)
    stages.write_documents(stages.over_years(stages.judge(own), 2022), ("period",))
    done = stages.finalize(own, "131", "14/12/2026", "period", as_is=True)
    shutil.rmtree(done.folder / "dau-vao" / "inbox" / "2024")
    flaws = stages.verify(done.folder)[1]
    assert {flaw.kind for flaw in flaws} == {"missing", "figure", "document"}
    assert f"{FLOW} (2022 - 2026)" in {flaw.about for flaw in flaws}


def test_what_was_issued_goes_before_a_later_run(project: Project, tmp_path: Path) -> None:
    shutil.copytree(project.config.root, tmp_path / "copy")
    before = stages.open_project(tmp_path / "copy" / "config.toml", 2022)
    stages.finalize(before, "9", "10/12/2022", as_is=True)
    gone = next(
        path for path in before.config.inbox_dir().rglob("*.xlsx") if "TV-844" in path.name or "Càng Long" in path.name
    )
    gone.unlink()
    stages.write_results(stages.judge(before))
    assert over_years(before.sibling(2026), 2022)[FLOW].by_year[2022] == truth(project, 2022, FLOW)
