"""After the report: people's edits are recognised and kept, an issue is frozen whole, and its proof sees every change."""

from __future__ import annotations

import json
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import click
import docx
import pytest
from docx.document import Document
from docx.oxml.ns import nsdecls, qn
from openpyxl import load_workbook

from pipeline import catalogue as catalogues
from pipeline import cli, issuing, rehearsal
from pipeline import run as stages
from pipeline.catalogue import Catalogue
from pipeline.errors import PhoihopError
from pipeline.files import digest
from pipeline.issuing import comparing, filling, finding, leftovers, looks, naming, proving, reading, sealing, snapshots
from pipeline.issuing.comparing import Difference
from pipeline.issuing.reading import Paragraph, Seen, Table
from pipeline.model import Issue
from pipeline.report import packaged_text
from pipeline.run import Finalized, Project, collecting
from pipeline.run import issuing as issuing_module
from pipeline.run import project as project_module
from pipeline.templates import render_template
from pipeline.text import tidy
from tests.conftest import Convert

UNITS, ACTIVITIES = ("TV-842", "TV-844", "TV-845"), ("3", "6", "12")
REPORT, BESIDE = "Bao-cao-2026.docx", "Bao-cao-2026 (số liệu mới).docx"
DRAFT = "BẢN NHÁP – SỐ LIỆU CHƯA ĐẦY ĐỦ"
DAY = "10/12/2026"
PRAISE = "Chất lượng được đoàn viên đánh giá cao."
# Words of the one sentence and the name of the one row in which CT03.4 is told.
MADE, WORDS = "thực hiện 120 sản phẩm", "sản phẩm truyền thông về an toàn mạng"
UNNUMBERED = "số …/CT-STTTT-TĐTN ngày …"
ROW = "3.4 Số sản phẩm truyền thông (video, infographic, bài viết) về an toàn mạng"


# ---- a project of three units ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module", autouse=True)
def nearby() -> Iterator[None]:
    """Clean workbooks of our own are read without a child process for each, and the same catalogue is read once: the
    year is judged sixty times here.
    """
    known: dict[bytes, Catalogue] = {}
    load = catalogues.load

    def loaded(path: Path, lang: str) -> Catalogue:
        data = path.read_bytes() if path.exists() else b""
        if data not in known:
            known[data] = load(path, lang)
        return known[data]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project_module, "load_catalogue", loaded)
        patch.setattr(issuing_module, "load_catalogue", loaded)
        patch.setattr(collecting, "work_through", lambda work, items, jobs: ((n, work(x)) for n, x in enumerate(items)))
        yield


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Three districts that have all sent clean workbooks; run once."""
    folder = tmp_path_factory.mktemp("issuing") / "du-an"
    rehearsal.make_project(folder)
    cut_down(folder / "input_templates" / "danh-muc.xlsx")
    project = stages.open_project(folder / "config.toml")
    rehearsal.write_previous_inbox(project.config.inbox_dir(), project.catalogue, project.config, render_template)
    stages.write_results(stages.judge(project))
    return project


def cut_down(path: Path) -> None:
    """The catalogue with three units and three activities, so that everything is quick."""

    def foreign(row: tuple[object, ...]) -> bool:
        codes = re.findall(r"CT(\d\d)", " ".join(str(content) for content in row))
        return any(str(int(code)) not in ACTIVITIES for code in codes)

    book = load_workbook(path)
    gone: dict[str, Callable[[tuple[object, ...]], bool]] = {
        "Đơn vị": lambda row: row[0] not in UNITS,
        "Hoạt động": lambda row: str(row[0]) not in ACTIVITIES,
        "Chỉ tiêu": foreign,
        "Kiểm tra": foreign,
    }
    for name, is_gone in gone.items():
        for number in reversed(range(2, book[name].max_row + 1)):
            if is_gone(tuple(cell.value for cell in book[name][number])):
                book[name].delete_rows(number)
    book.save(path)


@pytest.fixture
def project(base: Project, tmp_path: Path) -> Project:
    """A copy of it to work on."""
    return copied(base, tmp_path / "p")


def copied(base: Project, folder: Path) -> Project:
    shutil.copytree(base.config.root, folder)
    return replace(base, config=base.config.model_copy(update={"root": folder}))


def report_of(project: Project, name: str = REPORT) -> Path:
    return project.config.output_dir() / name


def sent_by(project: Project, unit: str) -> Path:
    name = project.catalogue.unit_name(unit)
    return next(path for path in project.config.inbox_dir().rglob("*.xlsx") if name in path.name)


def correct(path: Path) -> None:
    """A unit sends 39 products instead of 29: the province has 130, no longer 120."""
    path.chmod(0o644)
    book = load_workbook(path)
    cell = next(row[4] for row in book["Số liệu"].iter_rows() if row[0].value == "CT03.4")
    assert cell.value == 29
    cell.value = 39
    book.save(path)


def decide(project: Project, ruling: str, unit: str) -> None:
    """One signed row in the register of decisions."""
    path = project.config.inbox_dir() / "quyet-dinh.xlsx"
    book = load_workbook(path)
    page = book.worksheets[0]
    columns = {cell.value: cell.column for cell in page[4]}
    row = next(n for n in range(5, 50) if page.cell(n, 1).value is None)
    told = {
        "Loại quyết định": ruling, "Đơn vị": unit, "Người quyết định": "Trần Trí Cường",
        "Ngày quyết định": datetime(2026, 12, 8), "Lý do, căn cứ": "Đến hạn báo cáo",
    }  # fmt: skip
    for heading, value in told.items():
        page.cell(row, columns[heading]).value = value
    book.save(path)


def change(path: Path, *replaced: tuple[str, str]) -> None:
    """A person at Word: words replaced in paragraphs and cells, wherever they stand."""
    document = docx.Document(str(path))
    for old, new in replaced:
        nodes = [node for node in document.element.body.iter(qn("w:t")) if old in tidy(node.text or "")]
        assert nodes, old
        nodes[0].text = tidy(nodes[0].text or "").replace(old, new)
    document.save(str(path))


def write_everything(path: Path) -> None:
    """A person fills in every place to write, and number and day of the programme."""
    change(path, (UNNUMBERED, "số 05/CT-STTTT-TĐTN ngày 20/4/2022"))
    document = docx.Document(str(path))
    for control in list(document.element.body.iter(qn("w:sdt"))):
        for run in control.iter(qn("w:r")):
            run.find(qn("w:t")).text = "Hai cơ quan đã triển khai nghiêm túc."
            run.remove(run.find(qn("w:rPr")))
    document.save(str(path))


def texts(document: Document) -> list[str]:
    return [tidy("".join(t.text or "" for t in p.iter(qn("w:t")))) for p in document.element.body.iter(qn("w:p"))]


def styled(path: Path, style: str) -> list[str]:
    return [p.text for p in reading.read_document(path.read_bytes()).paragraphs if p.style == style]


def issue(project: Project, number: str = "123", **options: object) -> Finalized:
    return stages.finalize(project, number, DAY, **options)  # type: ignore[arg-type]


# ---- recognising an edit --------------------------------------------------------------------------------------------


@cache
def plain() -> bytes:
    """A sealed document with a page header, a paragraph and a table."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = DRAFT
    document.add_paragraph("Toàn tỉnh tổ chức 42 lớp.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Chỉ tiêu", "Năm 2026", "Số lớp", "42"), strict=True):
        cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(docx.oxml.OxmlElement("w:tblHeader"))
    return sealing.sealed(saved(document), REPORT)


def saved(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_edit(edit: Callable[[Document], object]) -> bytes:
    document = docx.Document(BytesIO(plain()))
    edit(document)
    return saved(document)


def test_a_document_says_what_it_is_and_is_the_same_every_time() -> None:
    assert sealing.seal_of(plain()) == sealing.Seal(
        sealing.content_hash(reading.read_document(plain())),
        REPORT,
        looks.looks_hash(docx.Document(BytesIO(plain()))),
        "4320,4320",
    )
    assert sealing.sealed(plain(), REPORT) == plain()
    with ZipFile(BytesIO(plain())) as package:
        assert b'name="phoihop-noi-dung"' in package.read("docProps/custom.xml")


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: None,
        lambda d: d.add_paragraph(""),
        lambda d: setattr(d.paragraphs[0].runs[0], "bold", False),
        lambda d: setattr(d.tables[0].columns[0], "width", d.tables[0].columns[0].width + 12700),
        lambda d: setattr(d.paragraphs[0].runs[0], "text", "Toàn  tỉnh tổ chức\u00a042 lớp."),
        lambda d: setattr(d.core_properties, "author", "Nguyễn Thị Hoa"),
        lambda d: d.add_section(),
    ],
    ids=["saved again", "blank line", "bold as before", "rounded width", "blanks", "author", "section"],
)
def test_what_is_no_edit(edit: Callable[[Document], object]) -> None:
    assert sealing.is_edited(with_edit(edit)) is False


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: d.add_paragraph("Thêm một câu."),
        lambda d: setattr(d.paragraphs[0].runs[0], "text", "Toàn tỉnh tổ chức 43 lớp."),
        lambda d: setattr(d.tables[0].cell(1, 1), "text", "43"),
        lambda d: d.tables[0]._tbl.remove(d.tables[0].rows[1]._tr),
        lambda d: setattr(d.sections[0].header.paragraphs[0], "text", ""),
        lambda d: d.add_comment(d.paragraphs[0].runs, "Xem lại số này."),
        lambda d: d.paragraphs[0].runs[0].add_picture(str(Path(__file__).parent.parent / "docs/images/phu-luc.png")),
    ],
    ids=["sentence", "figure", "cell", "row", "draft mark", "comment", "picture"],
)
def test_what_is_an_edit(edit: Callable[[Document], object]) -> None:
    assert sealing.is_edited(with_edit(edit)) is True


def strike(document: Document) -> None:
    document.paragraphs[0].runs[0].font.strike = True


def hide(document: Document) -> None:
    document.paragraphs[0].runs[0].font.hidden = True


def tick(document: Document) -> None:
    run = document.paragraphs[0].runs[0]._r
    run.append(docx.oxml.parse_xml(f'<w:sym {nsdecls("w")} w:font="Wingdings" w:char="F0FE"/>'))


def equation(document: Document) -> None:
    own = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>85=40+45</m:t></m:r></m:oMath>'
    document.paragraphs[0]._p.append(docx.oxml.parse_xml(own))


def page_break(document: Document) -> None:
    document.paragraphs[0].runs[0].add_break(docx.enum.text.WD_BREAK.PAGE)


def swap_columns(document: Document) -> None:
    for row in document.tables[0].rows:
        row._tr.append(row._tr.tc_lst[0])


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: setattr(d.paragraphs[0].runs[0], "bold", True),
        lambda d: setattr(d.paragraphs[0].runs[0].font, "name", "Arial"),
        lambda d: setattr(d.paragraphs[0].runs[0].font, "highlight_color", docx.enum.text.WD_COLOR_INDEX.YELLOW),
        lambda d: setattr(d.paragraphs[0], "alignment", docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER),
        lambda d: setattr(d.paragraphs[0].paragraph_format, "line_spacing", 1.5),
        lambda d: setattr(d.paragraphs[0].paragraph_format, "first_line_indent", docx.shared.Cm(1)),
        lambda d: setattr(d.styles["Normal"].font, "italic", True),
        lambda d: setattr(d.tables[0].columns[0], "width", docx.shared.Cm(3)),
        lambda d: setattr(d.sections[0], "left_margin", docx.shared.Cm(3.5)),
        page_break,
    ],
    ids=["bold", "font", "highlight", "centred", "spacing", "indent", "style", "width", "margin", "page break"],
)
def test_what_a_person_formats_is_an_edit(edit: Callable[[Document], object]) -> None:
    data = with_edit(edit)
    assert (sealing.is_edited(data), sealing.is_relooked(data)) == (True, True)
    assert sealing.compared(data, plain()) == "kept"


def test_moved_columns_are_an_edit_of_the_text_and_not_of_the_looks() -> None:
    data = with_edit(swap_columns)
    assert (sealing.is_edited(data), sealing.is_relooked(data)) == (True, False)


def test_a_document_of_an_earlier_version_says_nothing_of_its_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    seal = sealing.seal_of(plain())
    assert seal is not None
    monkeypatch.setattr(sealing, "seal_of", lambda data: replace(seal, looks="", widths=""))
    bold = with_edit(lambda d: setattr(d.paragraphs[0].runs[0], "bold", True))
    assert (sealing.is_edited(bold), sealing.is_relooked(bold), sealing.is_relooked(plain())) == (False, False, False)


@pytest.mark.parametrize("edit", [strike, hide, tick, equation])
def test_what_a_person_strikes_or_draws_is_an_edit(edit: Callable[[Document], object]) -> None:
    assert sealing.is_edited(with_edit(edit)) is True


def test_a_proposed_deletion_counts_and_a_page_number_does_not() -> None:
    def delete(document: Document) -> None:
        run = document.paragraphs[0].runs[0]._r
        deletion = docx.oxml.OxmlElement("w:del")
        run.addprevious(deletion)
        deletion.append(run)

    def number_pages(document: Document) -> None:
        paragraph = document.add_paragraph()
        for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "7"), ("end", "")):
            run = paragraph.add_run(text if kind == "text" else "")
            piece = docx.oxml.OxmlElement("w:instrText" if not kind else "w:fldChar")
            piece.text = text if not kind else None
            piece.set(qn("w:fldCharType"), kind)
            if kind != "text":
                run._r.append(piece)

    assert sealing.is_edited(with_edit(delete)) is True
    assert sealing.is_edited(with_edit(number_pages)) is False


def test_what_does_not_tell_is_kept_as_an_edit() -> None:
    assert sealing.is_edited(b"written by the officer") is None
    assert sealing.compared(b"written by the officer", plain()) == "edited"
    assert sealing.compared(with_edit(lambda d: None), plain()) == "same"
    other = sealing.sealed(with_edit(lambda d: d.add_paragraph("Số liệu mới.")), REPORT)
    assert sealing.compared(plain(), other) == "outdated"


def test_other_properties_of_a_document_stay() -> None:
    custom = b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="so-ho-so"><vt:i4>7</vt:i4></property></Properties>'
    buffer = BytesIO()
    with ZipFile(BytesIO(plain())) as source, ZipFile(buffer, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b"</Properties>", custom) if name == "docProps/custom.xml" else data)
    again = sealing.sealed(buffer.getvalue(), REPORT)
    with ZipFile(BytesIO(again)) as package:
        assert b'name="so-ho-so"' in (xml := package.read("docProps/custom.xml"))
        assert b"<vt:i4>7</vt:i4>" in xml
    assert sealing.seal_of(again) == sealing.seal_of(plain())


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", [REPORT, "van-ban/Ke-hoach-phoi-hop-2027.docx"])
def test_a_document_that_was_an_odt_in_between_is_not_edited(
    name: str, project: Project, tmp_path: Path, soffice: Convert
) -> None:
    between = soffice(report_of(project, name), "odt", tmp_path / "odt")
    again = soffice(between, "docx:MS Word 2007 XML", tmp_path / "docx")
    assert sealing.is_edited(again.read_bytes()) is False
    document = docx.Document(str(again))
    next(p for p in document.paragraphs if len(p.text) > 200).alignment = docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
    assert sealing.is_edited(saved(document)) is True


@pytest.mark.libreoffice
def test_a_report_saved_again_by_libreoffice_is_not_edited(project: Project, tmp_path: Path, soffice: Convert) -> None:
    again = soffice(report_of(project), "docx:MS Word 2007 XML", tmp_path / "lo")
    assert again.read_bytes() != report_of(project).read_bytes()
    assert sealing.is_edited(again.read_bytes()) is False
    change(again, ("BÁO CÁO", "BÁO CÁO NĂM"))
    assert sealing.is_edited(again.read_bytes()) is True
    filled = filling.filled(again.read_bytes(), Issue("123", date(2026, 12, 10), draft=False), REPORT)
    (tmp_path / "so.docx").write_bytes(filled)
    assert styled(tmp_path / "so.docx", "Số ký hiệu") == ["Số: 123/BC-SKHCN-TĐTN"]


# ---- a later run ----------------------------------------------------------------------------------------------------


def test_a_run_writes_beside_an_edited_report_and_never_touches_it(project: Project) -> None:
    change(report_of(project), (WORDS, f"{WORDS} tại cơ sở"))
    edited = report_of(project).read_bytes()
    correct(sent_by(project, "TV-844"))
    written = stages.write_results(stages.judge(project))
    assert [one.path.name for one in written if one.beside] == [BESIDE]
    assert report_of(project).read_bytes() == edited
    assert sealing.is_edited(report_of(project, BESIDE).read_bytes()) is False


def test_an_edit_is_seen_without_the_manifest_as_well(project: Project) -> None:
    untouched, manifest = report_of(project).read_bytes(), project.config.output_dir() / "manifest.json"
    manifest.unlink()
    assert not any(one.beside for one in stages.write_results(stages.judge(project)) if one.path.suffix == ".docx")
    assert report_of(project).read_bytes() == untouched
    change(report_of(project), (WORDS, f"{WORDS} tại cơ sở"))
    manifest.unlink()
    correct(sent_by(project, "TV-844"))
    written = stages.write_results(stages.judge(project))
    assert [one.path.name for one in written if one.beside and one.path.suffix == ".docx"] == [BESIDE]


def listed(project: Project) -> dict[str, str]:
    told = json.loads((project.config.output_dir() / "manifest.json").read_text(encoding="utf-8"))
    return {one["file"]: one["sha256"] for one in told["outputs"]}


def test_nothing_is_written_beside_an_edit_of_what_the_run_says_again(project: Project) -> None:
    change(report_of(project), (WORDS, f"{WORDS} tại cơ sở"))
    edited = report_of(project).read_bytes()
    (kept,) = (one for one in stages.write_results(stages.judge(project)) if one.path.name == REPORT)
    assert (kept.kept, kept.beside, kept.sha256) == (True, False, "")
    assert (report_of(project).read_bytes(), report_of(project, BESIDE).exists()) == (edited, False)
    assert REPORT not in listed(project)


def test_a_copy_beside_goes_when_the_figures_are_again_those_of_the_edit(project: Project) -> None:
    sent = sent_by(project, "TV-844")
    first = sent.read_bytes()
    change(report_of(project), (WORDS, f"{WORDS} tại cơ sở"))
    edited = report_of(project).read_bytes()
    correct(sent)
    stages.write_results(stages.judge(project))
    assert listed(project)[BESIDE] == digest(report_of(project, BESIDE).read_bytes())
    sent.write_bytes(first)
    assert [one.path.name for one in stages.write_results(stages.judge(project)) if one.kept] == [REPORT]
    assert (report_of(project).read_bytes(), report_of(project, BESIDE).exists()) == (edited, False)
    assert {REPORT, BESIDE} & set(listed(project)) == set()


def test_an_edited_copy_beside_stays_when_the_figures_go_back(project: Project) -> None:
    sent = sent_by(project, "TV-844")
    first = sent.read_bytes()
    change(report_of(project), (WORDS, f"{WORDS} tại cơ sở"))
    correct(sent)
    stages.write_results(stages.judge(project))
    change(report_of(project, BESIDE), (WORDS, f"{WORDS} ở huyện"))
    copy = report_of(project, BESIDE).read_bytes()
    assert [one.path.name for one in stages.write_results(stages.judge(project)) if one.kept] == [BESIDE]
    sent.write_bytes(first)
    stages.write_results(stages.judge(project))
    assert report_of(project, BESIDE).read_bytes() == copy


def test_a_document_that_was_asked_for_is_kept_and_its_copy_goes_as_well(project: Project) -> None:
    sent, copy = sent_by(project, "TV-844"), BESIDE
    first = sent.read_bytes()
    stages.write_documents(stages.judge(project), ("annual",))
    made = listed(project)[REPORT]
    change(report_of(project), (WORDS, f"{WORDS} tại cơ sở"))
    correct(sent)
    written = stages.write_documents(stages.judge(project), ("annual",))
    assert [(one.path.name, one.beside, one.kept) for one in written] == [(copy, True, False)]
    sent.write_bytes(first)
    written = stages.write_documents(stages.judge(project), ("annual",))
    assert [(one.path.name, one.beside, one.kept) for one in written] == [(REPORT, False, True)]
    assert (listed(project)[REPORT], copy in listed(project), report_of(project, copy).exists()) == (made, False, False)


def test_a_report_only_saved_again_stays_or_is_replaced_by_new_figures(project: Project) -> None:
    change(report_of(project), (WORDS, WORDS))
    again = report_of(project).read_bytes()
    stages.write_results(stages.judge(project))
    assert report_of(project).read_bytes() == again
    correct(sent_by(project, "TV-844"))
    assert not any(one.beside for one in stages.write_results(stages.judge(project)))
    assert MADE.replace("120", "130") in " ".join(texts(docx.Document(str(report_of(project)))))


# ---- three ways: pure -----------------------------------------------------------------------------------------------


def seen(*blocks: str | Table) -> Seen:
    return Seen(tuple(Paragraph(one) if isinstance(one, str) else one for one in blocks))


def grid(*rows: tuple[str, ...], headings: tuple[str, ...] = ("TT", "Chỉ tiêu", "Năm 2026")) -> Table:
    return Table("Phụ lục I", headings, rows)


def differing(made: Seen, theirs: Seen, now: Seen) -> list[tuple[str, str, str, bool]]:
    return [(one.made, one.theirs, one.now, one.outdated) for one in comparing.compare(made, theirs, now)]


OPEN, END = "Chương trình đã triển khai.", "Trên đây là báo cáo."


@pytest.mark.parametrize(
    ("made", "theirs", "now", "expected"),
    [
        ("Mở 42 lớp.", "Mở 42 lớp.", "Mở 42 lớp.", []),
        ("Mở 42 lớp.", "Mở 42 lớp.", "Mở 45 lớp.", [("Mở 42 lớp.", "Mở 42 lớp.", "Mở 45 lớp.", True)]),
        ("Mở 42 lớp.", "Đã mở 42 lớp.", "Mở 42 lớp.", [("Mở 42 lớp.", "Đã mở 42 lớp.", "Mở 42 lớp.", False)]),
        ("Mở 42 lớp.", "Mở 45 lớp.", "Mở 45 lớp.", [("Mở 42 lớp.", "Mở 45 lớp.", "Mở 45 lớp.", False)]),
        ("Mở 42 lớp.", "Đã mở 42 lớp.", "Mở 45 lớp.", [("Mở 42 lớp.", "Đã mở 42 lớp.", "Mở 45 lớp.", True)]),
        ("Mở 42 lớp.", "Đã mở 45 lớp.", "Mở 45 lớp.", [("Mở 42 lớp.", "Đã mở 45 lớp.", "Mở 45 lớp.", False)]),
        ("Mở 05 lớp.", "Cả năm mở được 5 lớp.", "Mở 7 lớp.", [("Mở 05 lớp.", "Cả năm mở được 5 lớp.", "Mở 7 lớp.", True)]),
        (f"Mở 42 lớp. {PRAISE}", PRAISE, f"Mở 45 lớp. {PRAISE}", [("Mở 42 lớp.", "", "Mở 45 lớp.", False)]),
        ("Mở 42 lớp.", "Mở 42 lớp. Tốt.", "Mở 42 lớp.", [("", "Tốt.", "", False)]),
        ("Mở 42 lớp.", "Mở 42 lớp.", "Mở 42 lớp. Có 9 lớp mạng.", [("", "", "Có 9 lớp mạng.", True)]),
        ("Nhất là Càng Long, 6.", "Tốt: Càng Long, 6.", "Nhất là Cầu Kè, 6.",
         [("Nhất là Càng Long, 6.", "Tốt: Càng Long, 6.", "Nhất là Cầu Kè, 6.", True)]),
        ("Mở 85 lớp.", "Mở tám mươi lăm lớp.", "Mở 95 lớp.", [("Mở 85 lớp.", "Mở tám mươi lăm lớp.", "Mở 95 lớp.", True)]),
        ("Đăng 4.276 tin.", "Đoàn đăng 4276 tin.", "Đăng 4.376 tin.",
         [("Đăng 4.276 tin.", "Đoàn đăng 4276 tin.", "Đăng 4.376 tin.", True)]),
        ("Mở 42 lớp, tăng 5%.", "Mở 45 lớp, tăng mạnh.", "Mở 45 lớp, giảm 2%.",
         [("Mở 42 lớp, tăng 5%.", "Mở 45 lớp, tăng mạnh.", "Mở 45 lớp, giảm 2%.", True)]),
        ("Mở 42 lớp.", "Mở nhiều lớp.", "Mở 45 lớp.", [("Mở 42 lớp.", "Mở nhiều lớp.", "Mở 45 lớp.", False)]),
    ],
    ids=["nothing", "outdated", "rewritten", "taken over", "conflict", "resolved", "padded", "removed", "added", "new",
         "name", "in words", "without dot", "direction", "no number"],
)  # fmt: skip
def test_sentences(made: str, theirs: str, now: str, expected: list[tuple[str, str, str, bool]]) -> None:
    assert differing(*(seen(OPEN, text, END) for text in (made, theirs, now))) == expected


def test_a_persons_own_sentence_with_a_figure_that_is_gone_is_outdated() -> None:
    own = "Nổi bật là 519 tin, bài của 05 đội."
    made, theirs = seen(OPEN, "Đăng 519 tin.", END), seen(OPEN, "Đăng 529 tin.", own, END)
    now = seen(OPEN, "Đăng 529 tin.", END)
    told = comparing.compare(made, theirs, now)
    assert [(one.theirs, one.stale, one.outdated) for one in told] == [
        ("Đăng 529 tin.", (), False), (own, ("519",), True),
    ]  # fmt: skip
    assert [one.outdated for one in comparing.compare(made, seen(OPEN, "Đăng 519 tin.", own, END), made)] == [False]


def test_a_sentence_in_quite_other_words_still_holds_its_old_figure() -> None:
    made = seen(OPEN, "Trong năm 2026, các cấp bộ Đoàn tổ chức 42 lớp tập huấn. " + PRAISE, END)
    theirs = seen(OPEN, "Nhờ chỉ đạo sát sao, 42 lớp đã khai giảng ở cơ sở. " + PRAISE, END)
    now = seen(OPEN, "Trong năm 2026, các cấp bộ Đoàn tổ chức 45 lớp tập huấn. " + PRAISE, END)
    assert differing(made, theirs, now) == [
        (
            "Trong năm 2026, các cấp bộ Đoàn tổ chức 42 lớp tập huấn.",
            "Nhờ chỉ đạo sát sao, 42 lớp đã khai giảng ở cơ sở.",
            "Trong năm 2026, các cấp bộ Đoàn tổ chức 45 lớp tập huấn.",
            True,
        )
    ]


def test_paragraphs_put_in_and_taken_out_on_both_sides() -> None:
    made = seen(OPEN, "- Huyện A: “Thiếu máy tính”.", END)
    theirs = seen(OPEN, PRAISE, END)
    now = seen(OPEN, "- Huyện A: “Thiếu máy tính”.", "- Huyện B: “Cần 3 máy chiếu”.", END)
    assert differing(made, theirs, now) == [
        ("- Huyện A: “Thiếu máy tính”.", "", "- Huyện A: “Thiếu máy tính”.", False),
        ("", PRAISE, "", False),
        ("", "", "- Huyện B: “Cần 3 máy chiếu”.", True),
    ]


def test_a_quotation_that_is_no_longer_sent_is_outdated() -> None:
    made, now = seen(OPEN, "- Huyện A: “Thiếu máy tính”.", END), seen(OPEN, END)
    quotation = "- Huyện A: “Thiếu máy tính”."
    assert differing(made, made, now) == [(quotation, quotation, "", True)]


def test_cells_are_named_by_row_and_column_wherever_they_have_moved() -> None:
    made = grid(("I", "HOẠT ĐỘNG"), ("1.1", "Số tin", "10"), ("1.2", "Số lớp", "42"))
    theirs = grid(("I", "HOẠT ĐỘNG"), ("1.1", "Số tin, bài", "10"), ("1.2", "Số lớp", "42"))
    now = grid(
        ("I", "HOẠT ĐỘNG"), ("1.0", "Số bài", "bài", "3"), ("1.1", "Số tin", "tin", "12"), ("1.2", "Số lớp", "lớp", "45"),
        headings=("TT", "Chỉ tiêu", "ĐVT", "Năm 2026"),
    )  # fmt: skip
    found = comparing.compare(seen(made), seen(theirs), seen(now))
    assert found == (
        Difference("Số tin", "Số tin, bài", "Số tin", "Phụ lục I", "1.1 Số tin", "Chỉ tiêu"),
        Difference("10", "10", "12", "Phụ lục I", "1.1 Số tin", "Năm 2026"),
        Difference("42", "42", "45", "Phụ lục I", "1.2 Số lớp", "Năm 2026"),
        Difference("", "", "1.0 | Số bài | bài | 3", "Phụ lục I", "1.0 Số bài"),
    )
    assert [one.outdated for one in found] == [False, True, True, True]


def test_moved_columns_and_rows_are_the_same_cells() -> None:
    made = grid(("1.1", "Số tin", "10"), ("1.2", "Số lớp", "42"))
    theirs = grid(("42", "1.2", "Số lớp"), ("10", "1.1", "Số tin"), headings=("Năm 2026", "TT", "Chỉ tiêu"))
    rows = grid(("1.2", "Số lớp", "42"), ("1.1", "Số tin", "10"))
    columns = grid(("10", "1.1", "Số tin"), ("42", "1.2", "Số lớp"), headings=("Năm 2026", "TT", "Chỉ tiêu"))
    for moved in (theirs, rows, columns):
        assert comparing.compare(seen(made), seen(moved), seen(made)) == ()
    now = grid(("1.1", "Số tin", "10"), ("1.2", "Số lớp", "45"))
    told = comparing.compare(seen(made), seen(columns), seen(now))
    assert [(one.made, one.theirs, one.now, one.outdated) for one in told] == [("42", "42", "45", True)]


def test_a_figure_changed_by_hand_in_a_table_conflicts_with_a_new_one() -> None:
    made, theirs, now = (seen(grid(("1.1", "Số lớp", amount))) for amount in ("42", "43", "45"))
    (one,) = comparing.compare(made, theirs, now)
    assert (one.by_person, one.by_data, one.conflict, one.outdated) == (True, True, True, True)
    (by_hand,) = comparing.compare(made, theirs, made)
    assert (by_hand.by_person, by_hand.conflict, by_hand.outdated) == (True, False, False)


def test_a_row_and_a_table_that_a_person_took_out() -> None:
    made = seen(grid(("1.1", "Số tin", "10"), ("1.2", "Số lớp", "42")))
    (row,) = comparing.compare(made, seen(grid(("1.1", "Số tin", "10"))), made)
    assert (row.made, row.theirs, row.row, row.outdated) == ("1.2 | Số lớp | 42", "", "1.2 Số lớp", False)
    (table,) = comparing.compare(made, seen(), made)
    assert (table.made, table.theirs, table.outdated) == ("Phụ lục I", "", False)
    (added,) = comparing.compare(seen(), seen(), made)
    assert (added.now, added.outdated) == ("Phụ lục I", True)


def test_number_date_and_draft_mark_are_no_figures() -> None:
    def framed(mark: str, number: str) -> Seen:
        marks = (Paragraph(mark, "Bản nháp"),) if mark else ()
        return Seen((*marks, Paragraph(number, "Số ký hiệu"), Paragraph(OPEN)))

    made, theirs = framed(DRAFT, "Số: /BC"), framed(DRAFT, "Số: 5/BC")
    assert differing(made, made, framed("", "Số: 12/BC")) == []
    assert differing(made, theirs, framed("", "Số: /BC")) == [("Số: /BC", "Số: 5/BC", "Số: /BC", False)]


# ---- three ways: the year -------------------------------------------------------------------------------------------


def test_the_difference_names_every_changed_figure_and_sentence(project: Project) -> None:
    change(
        report_of(project),
        (f"{WORDS}.", f"{WORDS}. {PRAISE}"),
    )
    correct(sent_by(project, "TV-844"))
    (one,) = stages.compare_edited(project)
    assert (Path(one.file).name, one.name, one.edited, one.known) == (REPORT, REPORT, True, True)
    assert [(part.made, part.theirs, part.now) for part in one.by_person] == [("", PRAISE, "")]
    (sentence,) = (part for part in one.by_data if not part.table)
    assert (MADE in sentence.made, MADE.replace("120", "130") in sentence.now) == (True, True)
    assert sentence.near == "a) Xây dựng môi trường mạng an toàn, lành mạnh: Các đơn vị phối hợp …"
    assert [(part.table, part.row, part.column, part.made, part.now) for part in one.by_data if part.table] == [
        ("Phụ lục I", ROW, "Năm 2026", "120", "130"),
        ("Phụ lục II", ROW, "Huyện đoàn Càng Long", "29", "39"),
        ("Phụ lục II", ROW, "Toàn tỉnh", "120", "130"),
    ]
    assert one.conflicts == ()


def test_both_changed_is_a_conflict(project: Project) -> None:
    change(report_of(project), (MADE, f"đã nỗ lực {MADE}"))
    correct(sent_by(project, "TV-844"))
    (one,) = stages.compare_edited(project)
    (conflict,) = one.conflicts
    assert (MADE in conflict.made, f"đã nỗ lực {MADE}" in conflict.theirs, "thực hiện 130" in conflict.now) == (
        True,
    ) * 3
    assert conflict.outdated
    change(report_of(project), (MADE, MADE.replace("120", "130")))
    (again,) = stages.compare_edited(project)
    assert [part for part in again.outdated if not part.table] == []


def test_unedited_documents_are_no_part_of_it_unless_named(project: Project) -> None:
    correct(sent_by(project, "TV-844"))
    assert stages.compare_edited(project) == ()
    (named,) = stages.compare_edited(project, report_of(project))
    assert (named.edited, named.by_person, len(named.outdated)) == (False, (), 4)


def test_a_renamed_copy_is_still_known_and_a_stranger_is_not(project: Project, tmp_path: Path) -> None:
    copy = tmp_path / "ban ky.docx"
    shutil.copy(report_of(project), copy)
    change(copy, (WORDS, f"{WORDS} tại cơ sở"))
    (one,) = stages.compare_edited(project, copy)
    assert (one.name, one.known, len(one.by_person)) == (REPORT, True, 1)
    docx.Document().save(str(copy))
    with pytest.raises(PhoihopError) as caught:
        stages.compare_edited(project, copy)
    assert (caught.value.key, caught.value.values["file"]) == ("document_unknown", "ban ky.docx")
    copy.write_bytes(b"no document")
    with pytest.raises(PhoihopError):
        stages.compare_edited(project, copy)
    with pytest.raises(PhoihopError) as caught:
        stages.compare_edited(project, tmp_path / "nowhere.docx")
    assert caught.value.key == "path_missing"


def test_without_the_generated_text_every_difference_counts_as_outdated(project: Project) -> None:
    change(report_of(project), (MADE, "thực hiện 99 sản phẩm"))
    shutil.rmtree(project.config.output_dir() / snapshots.FOLDER)
    (one,) = stages.compare_edited(project)
    assert (one.known, one.by_person, len(one.outdated)) == (False, (), 1)


def without_hash(path: Path) -> None:
    """Saved by a program that drops properties."""
    document = docx.Document(str(path))
    rels = document.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("/custom-properties")]:
        del rels[key]
    document.save(str(path))
    assert sealing.seal_of(path.read_bytes()) is None


def test_a_document_without_its_hash_is_known_by_its_name_and_words(project: Project) -> None:
    correct(sent_by(project, "TV-844"))
    stages.write_results(stages.judge(project))
    kept = list((project.config.output_dir() / snapshots.FOLDER).glob("*.json"))
    assert len(kept) == 2
    change(report_of(project), (f"{WORDS}.", f"{WORDS}. {PRAISE}"))
    without_hash(report_of(project))
    (one,) = stages.compare_edited(project)
    assert (one.name, one.edited, one.known) == (REPORT, True, True)
    assert [(part.made, part.theirs, part.now) for part in one.differences] == [("", PRAISE, "")]
    change(report_of(project), (f" {PRAISE}", ""))
    (one,) = stages.compare_edited(project)
    assert (one.edited, one.differences) == (False, ())


def test_a_copy_beside_is_known_by_its_name_without_the_mark(project: Project) -> None:
    without_hash(report_of(project))
    beside = report_of(project).rename(report_of(project, "Bao-cao-2026 (số liệu mới 2).docx"))
    output = project.config.output_dir()
    assert finding.name_of(beside, beside.read_bytes(), output, "số liệu mới") == REPORT
    assert finding.edited_below(output, {REPORT}, "số liệu mới") == (beside,)


# ---- number and date ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "day", "expected"),
    [
        ("123", "10/12/2026", Issue("123", date(2026, 12, 10), draft=False)),
        ("5", "5/1/2027", Issue("05", date(2027, 1, 5), draft=False)),
        ("007", "05-02-2027", Issue("07", date(2027, 2, 5), draft=False)),
        ("15A", "31.12.2026", Issue("15a", date(2026, 12, 31), draft=False)),
        ("123", "2026-12-10", Issue("123", date(2026, 12, 10), draft=False)),
    ],
)
def test_numbers_and_days(number: str, day: str, expected: Issue) -> None:
    assert naming.issue_of(number, day, 2026) == expected


@pytest.mark.parametrize(
    ("number", "day", "key"),
    [
        ("", DAY, "issue_number_missing"), ("0", DAY, "issue_number"), ("12/BC", DAY, "issue_number"),
        ("123", "", "issue_date_missing"), ("123", "31/11/2026", "issue_date"), ("123", "10/12/2025", "issue_date"),
    ],
)  # fmt: skip
def test_wrong_numbers_and_days(number: str, day: str, key: str) -> None:
    with pytest.raises(PhoihopError) as caught:
        naming.issue_of(number, day, 2026)
    assert caught.value.key == key


def framed(number: str, place: str, *more: str) -> bytes:
    """A letterhead as a person left it, without styles, the number split over runs."""
    document = docx.Document()
    paragraph = document.add_paragraph(number[:4])
    paragraph.add_run(number[4:]).italic = True
    for text in (place, *more):
        document.add_paragraph(text)
    return saved(document)


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("Số:        /BC-SKHCN-TĐTN", "Trà Vinh, ngày      tháng 12 năm 2026"),
        ("Số: ……/BC-SKHCN-TĐTN", "Trà Vinh, ngày …… tháng …… năm 2026"),
        ("Số: 5/BC-SKHCN-TĐTN", "Trà Vinh, ngày 5 tháng 1 năm 2027"),
        ("Số:05/BC-SKHCN-TĐTN", "Trà Vinh, ngày 05 tháng 01 năm 2027"),
    ],
)
def test_number_and_date_are_put_into_their_places(number: str, place: str) -> None:
    data = filling.filled(framed(number, place, OPEN), Issue("05", date(2027, 1, 5), draft=False), REPORT)
    document = docx.Document(BytesIO(data))
    assert texts(document)[:3] == ["Số: 05/BC-SKHCN-TĐTN", "Trà Vinh, ngày 05 tháng 01 năm 2027", OPEN]


def test_the_number_of_the_youth_union_has_a_hyphen() -> None:
    data = filling.filled(framed("Số:      -BC/TĐTN-STTTT", "Trà Vinh, ngày    tháng    năm 2026"), issued(), REPORT)
    assert texts(docx.Document(BytesIO(data))) == ["Số: 123-BC/TĐTN-STTTT", "Trà Vinh, ngày 10 tháng 12 năm 2026"]


def issued() -> Issue:
    return Issue("123", date(2026, 12, 10), draft=False)


@pytest.mark.parametrize(
    ("number", "place", "key"),
    [
        ("Số: 99/BC-SKHCN-TĐTN", "Trà Vinh, ngày      tháng 12 năm 2026", "issue_typed"),
        ("Số:      /BC-SKHCN-TĐTN", "Trà Vinh, ngày 09 tháng 12 năm 2026", "issue_typed"),
        ("Ký hiệu STTTT", "Trà Vinh, ngày      tháng 12 năm 2026", "issue_no_number"),
        ("Số:      /BC-SKHCN-TĐTN", "Trà Vinh", "issue_no_date"),
    ],
)
def test_a_letterhead_that_says_otherwise_stops_the_issue(number: str, place: str, key: str) -> None:
    with pytest.raises(PhoihopError) as caught:
        filling.filled(framed(number, place), issued(), REPORT)
    assert caught.value.key == key


def test_draft_marks_go_and_nothing_else() -> None:
    data = with_edit(
        lambda d: (
            d.paragraphs[0]
            .insert_paragraph_before("Số:   /BC")
            .insert_paragraph_before("Trà Vinh, ngày   tháng 12 năm 2026")
        )
    )
    document = docx.Document(BytesIO(filling.filled(data, issued(), REPORT)))
    assert document.sections[0].header.paragraphs[0].text == ""
    assert [p.text for p in document.paragraphs] == [
        "Trà Vinh, ngày 10 tháng 12 năm 2026",
        "Số: 123/BC",
        "Toàn tỉnh tổ chức 42 lớp.",
    ]


def test_what_must_not_be_left_in_an_issued_document(project: Project) -> None:
    left = leftovers.unfinished(report_of(project).read_bytes(), REPORT)
    assert [kind for kind, _ in left] == ["prompt"] * 6 + ["citation", "attached"]
    assert (
        left[1][1]
        == "[Viết đánh giá về ưu điểm; tên đầy đủ của các đơn vị có ý kiến giống nhau ở bảng tổng hợp số liệu; có thể chọn lọc ý kiến của các đơn vị được trích dưới đây.]"
    )
    write_everything(report_of(project))
    (attached,) = leftovers.unfinished(report_of(project).read_bytes(), REPORT)
    assert attached[1].startswith("(Kèm theo Báo cáo số /BC-SKHCN-TĐTN ngày tháng 12 năm 2026 của Sở")
    said = with_edit(lambda d: d.add_comment(d.paragraphs[0].runs, "Xem lại số này."))
    assert leftovers.unfinished(said, REPORT) == (("comment", "Xem lại số này."),)

    def propose(document: Document) -> None:
        insertion = docx.oxml.OxmlElement("w:ins")
        insertion.append(document.add_paragraph().add_run("hơn năm trước")._r)
        document.paragraphs[0]._p.append(insertion)

    assert leftovers.unfinished(with_edit(propose), REPORT) == (("tracked", "hơn năm trước"),)


# ---- issuing --------------------------------------------------------------------------------------------------------


def test_a_complete_year_is_issued_with_number_date_and_everything_it_rests_on(project: Project) -> None:
    done = issue(project, as_is=True)
    assert (done.refused, done.folder.name, done.edited) == ("", "Bao-cao-2026-so-123", None)
    report = done.folder / REPORT
    assert styled(report, "Số ký hiệu") == ["Số: 123/BC-SKHCN-TĐTN"]
    assert styled(report, "Địa danh ngày tháng") == ["Trà Vinh, ngày 10 tháng 12 năm 2026"]
    attached = "(Kèm theo Báo cáo số 123/BC-SKHCN-TĐTN ngày 10 tháng 12 năm 2026"
    assert styled(report, "Kèm theo")[0] == f"{attached} của Sở Khoa học và Công nghệ và Ban Chấp hành Tỉnh đoàn)"
    assert (styled(report, "Bản nháp"), reading.read_document(report.read_bytes()).margins) == ([], ())
    assert sealing.is_edited(report.read_bytes()) is False
    inputs = done.folder / "dau-vao"
    for path in (path for path in project.config.inbox_dir().rglob("*") if path.is_file()):
        assert (inputs / path.relative_to(project.config.root)).read_bytes() == path.read_bytes()
    for name in ("config.toml", "input_templates/danh-muc.xlsx"):
        assert (inputs / name).read_bytes() == (project.config.root / name).read_bytes()
    assert (done.folder / "Tong-hop-2026.xlsx").read_bytes() == report_of(project, "Tong-hop-2026.xlsx").read_bytes()


def test_the_manifest_of_an_issue_lists_every_file_and_is_sealed(project: Project) -> None:
    done = issue(project, as_is=True)
    manifest = json.loads((done.folder / "manifest.json").read_text(encoding="utf-8"))
    assert {key: manifest[key] for key in ("kind", "year", "document", "number", "date", "edited", "issued_without")} == {
        "kind": "phoihop-phat-hanh", "year": 2026, "document": "annual", "number": "123", "date": "2026-12-10",
        "edited": False, "issued_without": [],
    }  # fmt: skip
    assert manifest["figures"]["CT03.4"] == "120"
    assert manifest["control_totals"]["files_found"] == 3
    assert [one["kind"] for one in manifest["accepted"]] == ["prompt"] * 6 + ["citation"]
    files = {path.relative_to(done.folder).as_posix(): path for path in done.folder.rglob("*") if path.is_file()}
    assert {one["file"]: one["sha256"] for one in manifest["files"]} == {
        name: digest(path.read_bytes()) for name, path in files.items() if name not in {"manifest.json", "sha256.txt"}
    }
    lines = (done.folder / "sha256.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"{done.seal}  manifest.json"
    assert len(lines) == len(files) - 1


def test_the_frozen_files_are_read_only_and_nothing_is_left_aside(project: Project) -> None:
    done = issue(project, as_is=True)
    assert [path for path in done.folder.rglob("*") if path.is_file() and path.stat().st_mode & stat.S_IWRITE] == []
    assert [path.name for path in done.folder.parent.iterdir()] == [done.folder.name]


def test_unwritten_places_stop_the_issue(project: Project) -> None:
    done = issue(project)
    assert (done.refused, len(done.left)) == ("unfinished", 7)
    assert not (project.config.output_dir() / "phat-hanh").exists()


def test_an_edited_report_is_issued_in_the_persons_words(project: Project) -> None:
    write_everything(report_of(project))
    change(
        report_of(project),
        (f"{WORDS}.", f"{WORDS}. {PRAISE}"),
    )
    before = report_of(project).read_bytes()
    done = issue(project)
    assert (done.refused, done.edited) == ("", report_of(project))
    assert report_of(project).read_bytes() == before
    words = " ".join(texts(docx.Document(str(done.folder / REPORT))))
    assert PRAISE in words
    assert words.count("Hai cơ quan đã triển khai nghiêm túc.") == 6
    assert styled(done.folder / REPORT, "Số ký hiệu") == ["Số: 123/BC-SKHCN-TĐTN"]
    assert json.loads((done.folder / "manifest.json").read_text(encoding="utf-8"))["edited"] is True


def test_outdated_figures_stop_the_issue_unless_it_goes_out_as_it_is(project: Project) -> None:
    write_everything(report_of(project))
    correct(sent_by(project, "TV-844"))
    done = issue(project)
    assert (done.refused, done.left, done.taken, done.aside) == ("outdated", (), (), ())
    assert done.comparison is not None
    assert len(done.comparison.outdated) == 4
    assert not (project.config.output_dir() / "phat-hanh").exists()
    done = issue(project, as_is=True)
    manifest = json.loads((done.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["accepted"][1] == {
        "kind": "outdated", "table": "Phụ lục I", "column": "Năm 2026", "row": ROW, "theirs": "120", "now": "130",
    }  # fmt: skip
    assert MADE in " ".join(texts(docx.Document(str(done.folder / REPORT))))


@pytest.mark.parametrize("as_is", [False, True])
def test_an_unedited_report_is_not_issued_with_figures_that_nobody_has_seen(project: Project, as_is: bool) -> None:
    correct(sent_by(project, "TV-844"))
    done = issue(project, as_is=as_is)
    assert (done.refused, done.command, done.edited) == ("stale", "phoihop run", None)
    assert done.comparison is not None
    assert [(one.made, one.now) for one in done.comparison.by_data if one.column == "Toàn tỉnh"] == [("120", "130")]
    assert not (project.config.output_dir() / "phat-hanh").exists()
    stages.write_results(stages.judge(project))
    done = issue(project, as_is=True)
    assert (done.refused, done.edited) == ("", None)
    assert MADE.replace("120", "130") in " ".join(texts(docx.Document(str(done.folder / REPORT))))


def test_what_changes_nothing_in_the_report_is_no_reason_to_run_again(project: Project) -> None:
    (project.config.inbox_dir() / "ghi-chu.txt").write_text("gọi lại Cầu Kè", encoding="utf-8")
    assert issue(project, as_is=True).refused == ""


@pytest.mark.parametrize(("document", "command"), [("annual", "phoihop run"), ("cover", "phoihop documents cover")])
def test_what_was_never_made_is_not_issued(project: Project, document: str, command: str) -> None:
    report_of(project).unlink()
    with pytest.raises(PhoihopError) as caught:
        issue(project, document=document, as_is=True)
    name = {"annual": REPORT, "cover": "van-ban/Cong-van-gui-bieu-2026.docx"}[document]
    assert (caught.value.key, caught.value.values) == ("issue_absent", {"file": name, "command": command})


def with_symbol_of_the_report(project: Project) -> Project:
    """Plan and report take their numbers from one row."""
    config = project.config.root / "config.toml"
    words = config.read_text(encoding="utf-8")
    config.write_text(words.replace("symbols = {}", 'symbols = { plan = "BC-SKHCN-TĐTN" }'), encoding="utf-8")
    project = stages.open_project(config)
    stages.write_results(stages.judge(project))
    return project


def test_one_number_is_not_given_to_two_documents_of_a_symbol(project: Project) -> None:
    project = with_symbol_of_the_report(project)
    issue(project, "5", as_is=True)
    done = issue(project, "5", document="plan")
    assert (done.refused, [(one.number, one.name) for one in done.taken]) == ("taken", [("05", REPORT)])
    done = issue(project, "5", document="plan", as_is=True)
    manifest = json.loads((done.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["accepted"][-1] == {"kind": "taken", "theirs": f"05, 2026-12-10: {REPORT}"}


def test_a_number_begins_anew_with_the_year(project: Project) -> None:
    project = with_symbol_of_the_report(project)
    issue(project, "5", as_is=True)
    assert stages.finalize(project, "5", "5/1/2027", "plan").refused == "unfinished"


def test_one_number_goes_to_documents_of_two_kinds(project: Project) -> None:
    issue(project, "5", as_is=True)
    assert issue(project, "5", document="plan", as_is=True).taken == ()


@pytest.mark.parametrize("name", ["Bao-cao-2026.odt", "Bao-cao-2026 sửa.doc", "Báo cáo năm 2026 (lần 2).docx"])
def test_texts_that_nothing_reads_are_named_before_anything_is_issued(project: Project, name: str) -> None:
    write_everything(report_of(project))
    aside = report_of(project, name)
    docx.Document().save(str(aside))
    assert stages.texts_aside(project) == (aside,)
    done = issue(project)
    assert (done.refused, done.aside) == ("aside", (aside,))
    assert (issue(project, file=report_of(project)).refused, stages.texts_aside(project, (REPORT,))) == ("", (aside,))
    done = issue(project, "124", as_is=True)
    manifest = json.loads((done.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["accepted"] == [{"kind": "aside", "theirs": name}]


def test_texts_of_other_documents_and_other_names_of_ours_lie_there_rightly(project: Project) -> None:
    for name in ("~$o-cao-2026.docx", "Ghi chú.docx", "Bao-cao-2022-2026 nháp.odt", "Bao-cao-2026.pdf"):
        report_of(project, name).write_bytes(b"")
    without_hash(report_of(project))
    shutil.copy(
        report_of(project, "van-ban/Ke-hoach-phoi-hop-2027.docx"), report_of(project, "Bao-cao-2026 - Copy.docx")
    )
    assert stages.texts_aside(project, (REPORT,)) == ()
    assert [path.name for path in stages.texts_aside(project)] == ["Bao-cao-2022-2026 nháp.odt"]


def test_an_edit_under_another_name_is_the_one_that_is_issued(project: Project) -> None:
    other = report_of(project, "Bao-cao-2026 sửa.docx")
    shutil.copy(report_of(project), other)
    write_everything(other)
    done = issue(project)
    assert (done.refused, done.edited) == ("", other)


def restyle(path: Path, edit: Callable[[Document], object]) -> bytes:
    document = docx.Document(str(path))
    edit(document)
    document.save(str(path))
    return path.read_bytes()


def enlarge(document: Document) -> None:
    next(p for p in document.paragraphs if MADE in tidy(p.text)).runs[0].font.size = docx.shared.Pt(15)


def swap_last_columns(document: Document) -> None:
    table = next(one for one in document.tables if "Chỉ tiêu" in one.rows[0].cells[1].text)
    for row in table.rows:
        if len(row._tr.tc_lst) == len(table.columns):
            row._tr.append(row._tr.tc_lst[-2])


def paste(document: Document) -> None:
    picture = str(Path(__file__).parent.parent / "docs" / "images" / "phu-luc.png")
    next(p for p in document.paragraphs if MADE in tidy(p.text)).add_run().add_picture(picture, docx.shared.Cm(4))


@pytest.mark.parametrize(
    ("edit", "relooked", "reordered", "texts_changed"),
    [(enlarge, True, False, 0), (swap_last_columns, False, True, 0), (paste, False, False, 1)],
)
def test_looks_pictures_and_moved_columns_are_kept_by_a_run_and_issued(
    edit: Callable[[Document], object], relooked: bool, reordered: bool, texts_changed: int, project: Project
) -> None:
    edited = restyle(report_of(project), edit)
    (told,) = stages.compare_edited(project)
    assert (told.relooked, told.reordered, len(told.by_person)) == (relooked, reordered, texts_changed)
    stages.write_results(stages.judge(project))
    assert report_of(project).read_bytes() == edited
    done = issue(project, as_is=True)
    assert (done.refused, done.edited) == ("", report_of(project))
    correct(sent_by(project, "TV-844"))
    assert [one.path.name for one in stages.write_results(stages.judge(project)) if one.beside] == [BESIDE]
    assert report_of(project).read_bytes() == edited


def test_two_edited_versions_ask_which_one(project: Project) -> None:
    change(report_of(project), (WORDS, f"{WORDS} tại cơ sở"))
    correct(sent_by(project, "TV-844"))
    stages.write_results(stages.judge(project))
    change(report_of(project, BESIDE), (WORDS, f"{WORDS} ở huyện"))
    with pytest.raises(PhoihopError) as caught:
        issue(project)
    assert (caught.value.key, caught.value.values["files"]) == ("issue_several", f"“{BESIDE}”, “{REPORT}”")
    done = issue(project, file=report_of(project, BESIDE), as_is=True)
    assert (done.refused, done.edited) == ("", report_of(project, BESIDE))
    assert done.comparison is not None
    assert done.comparison.outdated == ()


def test_a_missing_unit_needs_a_decision(project: Project) -> None:
    sent_by(project, "TV-845").unlink()
    stages.write_results(stages.judge(project))
    assert styled(report_of(project), "Bản nháp") == [DRAFT]
    done = issue(project, as_is=True)
    assert (done.refused, [unit.unit for unit in done.judged.dataset.blocking]) == ("incomplete", ["TV-845"])
    decide(project, "Phát hành khi còn thiếu đơn vị", "TV-845 Huyện đoàn Cầu Kè")
    done = issue(project, as_is=True)
    assert done.refused == ""
    manifest = json.loads((done.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["issued_without"] == [
        {"unit": "TV-845", "who": "Trần Trí Cường", "when": "2026-12-08", "why": "Đến hạn báo cáo"}
    ]
    words = " ".join(texts(docx.Document(str(done.folder / REPORT))))
    assert "Số liệu tổng hợp từ 2/3 đơn vị; các đơn vị chưa có biểu hợp lệ: Huyện đoàn Cầu Kè;" in words
    assert DRAFT not in words


def test_a_decision_for_one_unit_does_not_cover_another(project: Project) -> None:
    for unit in ("TV-844", "TV-845"):
        sent_by(project, unit).unlink()
    decide(project, "Phát hành khi còn thiếu đơn vị", "TV-845")
    judged = stages.judge(project)
    assert (judged.complete, [unit.unit for unit in judged.dataset.blocking]) == (False, ["TV-844"])
    decide(project, "Phát hành khi còn thiếu đơn vị", "TV-844")
    assert stages.judge(project).complete


def test_the_draft_mark_of_a_persons_text_goes_when_a_decision_says_so(project: Project) -> None:
    sent_by(project, "TV-845").unlink()
    stages.write_results(stages.judge(project))
    write_everything(report_of(project))
    decide(project, "Phát hành khi còn thiếu đơn vị", "TV-845")
    done = issue(project)
    assert (done.refused, done.edited) == ("", report_of(project))
    assert styled(done.folder / REPORT, "Bản nháp") == []
    assert reading.read_document((done.folder / REPORT).read_bytes()).margins == ()


def test_an_issue_is_never_overwritten_and_another_number_is_another_folder(project: Project) -> None:
    first = issue(project, "5", as_is=True)
    kept = {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()}
    for number in ("5", "05"):
        with pytest.raises(PhoihopError) as caught:
            issue(project, number, as_is=True)
        assert (caught.value.key, caught.value.values) == ("issue_exists", {"folder": "Bao-cao-2026-so-05"})
    second = issue(project, "6", as_is=True)
    assert second.folder.name == "Bao-cao-2026-so-06"
    assert {path: path.read_bytes() for path in kept} == kept
    assert [(one.number, one.day) for one in stages.issued_of(project)] == [
        ("05", date(2026, 12, 10)),
        ("06", date(2026, 12, 10)),
    ]


def test_of_letters_to_each_unit_one_is_issued_by_its_file(project: Project) -> None:
    report = project.config.report.model_copy(update={"reminder": "each"})
    each = replace(project, config=project.config.model_copy(update={"report": report}))
    config = each.config.root / "config.toml"
    config.write_text(
        config.read_text(encoding="utf-8").replace('reminder = "one"', 'reminder = "each"'), encoding="utf-8"
    )
    for unit in ("TV-842", "TV-844"):
        sent_by(each, unit).unlink()
    stages.write_results(stages.judge(each))
    with pytest.raises(PhoihopError) as caught:
        issue(each, document="reminder")
    assert (caught.value.key, caught.value.values) == ("issue_which", {"file": "van-ban/Cong-van-don-doc-2026.docx"})
    letter = report_of(each, "van-ban/Cong-van-don-doc-2026 - TV-844.docx")
    done = issue(each, document="reminder", file=letter, as_is=True)
    assert (done.refused, done.folder.name) == ("", "Cong-van-don-doc-2026 - TV-844-so-123")
    (frozen,) = (done.folder / "van-ban").iterdir()
    assert "Kính gửi: Huyện đoàn Càng Long" in " ".join(texts(docx.Document(str(frozen))))


def test_a_failure_leaves_nothing_behind(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(PhoihopError) as caught:
        issue(project, as_is=True)
    assert caught.value.key == "output_not_written"
    assert not (project.config.output_dir() / "phat-hanh").exists()


def test_what_an_issue_that_broke_off_left_behind_goes(project: Project) -> None:
    left = project.config.output_dir() / "phat-hanh" / ".Bao-cao-2026-so-99.moi" / "dau-vao"
    left.mkdir(parents=True)
    (left / "config.toml").write_bytes(b"")
    (left / "config.toml").chmod(stat.S_IREAD)
    done = issue(project, as_is=True)
    assert [path.name for path in done.folder.parent.iterdir()] == ["Bao-cao-2026-so-123"]


def test_an_input_that_cannot_be_read_stops_the_issue(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, original = sent_by(project, "TV-844"), Path.read_bytes

    def locked(path: Path) -> bytes:
        if path == closed:
            raise PermissionError(13, "in use")
        return original(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(PhoihopError) as caught:
        issue(project)
    assert (caught.value.key, caught.value.values) == ("input_unreadable", {"file": closed.name})


def test_files_outside_the_project_and_ones_own_narrative_are_frozen_as_well(project: Project, tmp_path: Path) -> None:
    root = project.config.root
    shutil.copy(root / "input_templates" / "danh-muc.xlsx", tmp_path / "danh-muc.xlsx")
    own = packaged_text("bao-cao-nam.md.j2").replace("# II. KẾT QUẢ THỰC HIỆN", "# II. KẾT QUẢ CỦA TỈNH")
    (root / "input_templates" / "loi-van").mkdir()
    (root / "input_templates" / "loi-van" / "bao-cao-nam.md.j2").write_text(own, encoding="utf-8")
    config = (root / "config.toml").read_text(encoding="utf-8")
    config = config.replace('catalogue = "input_templates/danh-muc.xlsx"', 'catalogue = "../danh-muc.xlsx"')
    (root / "config.toml").write_text(config, encoding="utf-8")
    project = stages.open_project(root / "config.toml")
    stages.write_results(stages.judge(project))
    done = issue(project, as_is=True)
    assert (done.folder / "dau-vao" / "danh-muc.xlsx").exists()
    assert (done.folder / "dau-vao" / "input_templates" / "loi-van" / "bao-cao-nam.md.j2").exists()
    assert "II. KẾT QUẢ CỦA TỈNH" in texts(docx.Document(str(done.folder / REPORT)))
    shutil.move(done.folder, tmp_path / "usb")
    (tmp_path / "danh-muc.xlsx").unlink()
    assert stages.verify(tmp_path / "usb")[1] == ()


def test_next_year_compares_with_what_was_issued(project: Project) -> None:
    issue(project, as_is=True)
    correct(sent_by(project, "TV-844"))
    stages.write_results(stages.judge(project))
    previous = stages.previous_year(project.sibling(2027))
    assert previous is not None
    assert (previous.year, previous.totals["CT03.4"]) == (2026, 120)


def test_a_report_is_not_dated_before_the_day_up_to_which_it_tells_figures(project: Project) -> None:
    with pytest.raises(PhoihopError) as caught:
        stages.finalize(project, "8", "1/1/2026", as_is=True)
    assert (caught.value.key, caught.value.values) == (
        "issue_before_cutoff", {"given": "1/1/2026", "cutoff": "30/11/2026"},
    )  # fmt: skip
    assert not (project.config.output_dir() / "phat-hanh").exists()


def test_a_person_s_own_sentence_with_an_old_figure_stops_the_issue(project: Project) -> None:
    write_everything(report_of(project))
    change(report_of(project), ("Hai cơ quan đã triển khai nghiêm túc.", "Nổi bật là 120 sản phẩm truyền thông."))
    correct(sent_by(project, "TV-844"))
    stages.write_results(stages.judge(project))
    change(report_of(project), (MADE, MADE.replace("120", "130")))
    (told,) = stages.compare_edited(project)
    assert [(one.theirs, one.stale) for one in told.differences if one.stale] == [
        ("Nổi bật là 120 sản phẩm truyền thông.", ("120",))
    ]
    assert issue(project, "9").refused == "outdated"


# ---- after issuing --------------------------------------------------------------------------------------------------


def test_a_later_run_says_what_differs_and_leaves_every_byte(project: Project) -> None:
    done = issue(project, as_is=True)
    kept = {path: path.read_bytes() for path in done.folder.rglob("*") if path.is_file()}
    (later,) = stages.since_issued(stages.judge(project))
    one = later.issued
    assert (one.number, one.day, one.name) == ("123", date(2026, 12, 10), REPORT)
    assert (later.totals, later.reworded) == ((), False)
    correct(sent_by(project, "TV-844"))
    judged = stages.judge(project)
    stages.write_results(judged)
    assert [(later.totals, later.reworded) for later in stages.since_issued(judged)] == [
        ((("CT03.4", "120", "130"),), True)
    ]
    assert {path: path.read_bytes() for path in done.folder.rglob("*") if path.is_file()} == kept
    assert stages.verify(done.folder)[1] == ()


def test_figures_that_only_moved_between_units_change_what_was_issued(project: Project) -> None:
    issue(project, as_is=True)
    for unit, amount in (("TV-844", 30), ("TV-845", -1)):
        path = sent_by(project, unit)
        path.chmod(0o644)
        book = load_workbook(path)
        cell = next(row[4] for row in book["Số liệu"].iter_rows() if row[0].value == "CT03.4")
        cell.value = amount if amount > 0 else cell.value - 1
        book.save(path)
    (later,) = stages.since_issued(stages.judge(project))
    assert (later.totals, later.reworded) == ((), True)


def test_an_edited_document_that_is_made_no_more_hides_no_other(project: Project) -> None:
    stages.write_documents(stages.judge(project), ("plan",))
    plan = report_of(project, "van-ban/Ke-hoach-phoi-hop-2027.docx")
    for path in (plan, report_of(project)):
        document = docx.Document(str(path))
        document.add_paragraph(PRAISE)
        document.save(str(path))
    shutil.copy(plan, report_of(project, "van-ban/Ke-hoach-phoi-hop-2026.docx"))
    sealed = report_of(project, "van-ban/Ke-hoach-phoi-hop-2026.docx")
    sealed.write_bytes(sealing.sealed(plan.read_bytes(), "van-ban/Ke-hoach-phoi-hop-2026.docx"))
    document = docx.Document(str(sealed))
    document.add_paragraph(PRAISE)
    document.save(str(sealed))
    told = {Path(one.file).name: (one.current, one.edited) for one in stages.compare_edited(project)}
    assert told == {
        REPORT: (True, True), "Ke-hoach-phoi-hop-2026.docx": (False, True), "Ke-hoach-phoi-hop-2027.docx": (True, True),
    }  # fmt: skip


def tamper(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


@pytest.fixture(scope="module")
def frozen(base: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One issue, to be copied and spoiled."""
    return issue(copied(base, tmp_path_factory.mktemp("frozen") / "p"), as_is=True).folder


@pytest.fixture
def spoiled(frozen: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(frozen, tmp_path / "ban-sao"))


def flaws(folder: Path, seal: str = "", quick: bool = True) -> list[tuple[str, str]]:
    return [(one.kind, one.about) for one in stages.verify(folder, seal, quick)[1]]


def test_a_frozen_folder_is_proved_wherever_it_lies(spoiled: Path) -> None:
    seal = digest((spoiled / "manifest.json").read_bytes())
    assert flaws(spoiled, seal, quick=False) == []
    (spoiled / "Thumbs.db").write_bytes(b"left by the file manager")
    assert flaws(spoiled) == []


def test_one_changed_byte_is_seen(spoiled: Path) -> None:
    data = (spoiled / REPORT).read_bytes()
    tamper(spoiled / REPORT, data[:-1] + bytes([data[-1] ^ 1]))
    assert flaws(spoiled) == [("changed", REPORT)]


def test_a_missing_and_an_added_file_are_seen(spoiled: Path) -> None:
    (spoiled / "Tong-hop-2026.xlsx").unlink()
    (spoiled / "dau-vao" / "them.txt").write_bytes(b"")
    assert flaws(spoiled) == [("missing", "Tong-hop-2026.xlsx"), ("added", "dau-vao/them.txt")]


def test_a_changed_manifest_is_seen_and_a_resealed_one_by_the_noted_seal(spoiled: Path) -> None:
    path = spoiled / "manifest.json"
    noted, text = digest(path.read_bytes()), path.read_text(encoding="utf-8")
    tamper(path, text.replace('"number": "123"', '"number": "124"').encode())
    assert flaws(spoiled) == [("manifest", "manifest.json")]
    sums = (spoiled / "sha256.txt").read_text(encoding="utf-8")
    tamper(spoiled / "sha256.txt", sums.replace(noted, digest(path.read_bytes())).encode())
    assert flaws(spoiled) == []
    assert flaws(spoiled, noted) == [("seal", "manifest.json")]


def test_a_forged_document_with_a_manifest_made_anew_is_found_by_computing_again(spoiled: Path) -> None:
    report = spoiled / REPORT
    document = docx.Document(BytesIO(report.read_bytes()))
    node = next(t for t in document.element.body.iter(qn("w:t")) if "120" in (t.text or ""))
    node.text = node.text.replace("120", "720")
    tamper(report, saved(document))
    frozen = json.loads((spoiled / "manifest.json").read_text(encoding="utf-8"))
    for one in frozen["files"]:
        one["sha256"] = digest((spoiled / one["file"]).read_bytes())
    text = json.dumps(frozen, ensure_ascii=False, indent=2).encode()
    tamper(spoiled / "manifest.json", text)
    tamper(spoiled / "sha256.txt", proving.sums(frozen["files"], digest(text)).encode())
    assert [(flaw.kind, flaw.about) for flaw in stages.verify(spoiled)[1]] == [("document", REPORT)]


def test_what_windows_leaves_in_a_frozen_folder_is_no_change(spoiled: Path) -> None:
    (spoiled / "dau-vao" / "inbox" / "2026" / "Thumbs.db").write_bytes(b"x")
    assert stages.verify(spoiled)[1] == ()


@pytest.mark.parametrize("lost", ["files", "year", "control_totals", "figures", "frozen_on", "language"])
def test_a_manifest_of_any_shape_is_a_flaw_and_no_crash(lost: str, spoiled: Path) -> None:
    frozen = json.loads((spoiled / "manifest.json").read_text(encoding="utf-8"))
    del frozen[lost]
    tamper(spoiled / "manifest.json", json.dumps(frozen).encode())
    assert "manifest" in {flaw.kind for flaw in stages.verify(spoiled)[1]}


def test_missing_hashes_and_a_missing_manifest_are_seen(spoiled: Path) -> None:
    (spoiled / "sha256.txt").unlink()
    assert flaws(spoiled) == [("missing", "sha256.txt")]
    (spoiled / "sha256.txt").write_bytes(b"")
    (spoiled / "manifest.json").unlink()
    assert flaws(spoiled) == [("missing", "manifest.json")]


def reseal(folder: Path) -> None:
    """Everything made to agree again by somebody who knows how."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for one in manifest["files"]:
        one["sha256"] = digest((folder / one["file"]).read_bytes())
    data = json.dumps(manifest).encode()
    tamper(folder / "manifest.json", data)
    tamper(folder / "sha256.txt", issuing.freezing.sums(manifest["files"], digest(data)).encode())


def test_computing_again_finds_inputs_that_do_not_give_the_figures(spoiled: Path) -> None:
    correct(next((spoiled / "dau-vao" / "inbox").rglob("*Càng Long*.xlsx")))
    assert [kind for kind, _ in flaws(spoiled)] == ["changed"]
    reseal(spoiled)
    assert flaws(spoiled) == []
    found = stages.verify(spoiled)[1]
    assert [(one.kind, one.about, one.old, one.new) for one in found] == [
        ("figure", "CT03.4", "120", "130"), ("workbook", "CT03.4", "120", "130"), ("workbook", "CT03.4 TV-844", "29", "39"),
        ("document", REPORT, "", ""),
    ]  # fmt: skip


def test_a_folder_that_cannot_be_computed_again_says_why(spoiled: Path) -> None:
    (spoiled / "dau-vao" / "input_templates" / "danh-muc.xlsx").unlink()
    missing, failed = flaws(spoiled, quick=False)
    assert missing == ("missing", "dau-vao/input_templates/danh-muc.xlsx")
    assert (failed[0], failed[1].startswith("Không tìm thấy danh mục")) == ("failed", True)


def test_any_other_folder_is_no_frozen_one(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"year": 2026}', encoding="utf-8")
    with pytest.raises(PhoihopError) as caught:
        stages.verify(tmp_path)
    assert caught.value.key == "not_frozen"


# ---- the commands ---------------------------------------------------------------------------------------------------

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def phoihop(project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in the project: (exit code, standard output on one line, standard error)."""
    monkeypatch.chdir(project.config.root)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.main(list(arguments))
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out if "--json" in arguments else " ".join(out.split()), click.unstyle(err)

    return run


def test_diff_ends_with_1_while_an_edited_report_is_outdated(project: Project, phoihop: Run) -> None:
    assert phoihop("diff")[:2] == (0, "Không có văn bản nào bị sửa tay sau khi lập.")
    change(report_of(project), (WORDS, f"{WORDS} tại cơ sở"))
    code, out, _ = phoihop("diff")
    assert (code, "Chỗ người sửa đã viết (1 chỗ)" in out, "không có số liệu cũ" in out) == (0, True, True)
    assert "đã đổi cách trình bày" not in out
    correct(sent_by(project, "TV-844"))
    code, out, _ = phoihop("diff")
    assert code == 1
    assert "Cả người sửa và số liệu cùng đổi (1 câu)" in out
    assert "Ô phụ lục đã cũ (3 ô)" in out
    assert "Văn bản còn 4 chỗ mang số liệu cũ." in out
    code, out, _ = phoihop("diff", "output/2026/Bao-cao-2026.docx", "--json")
    (told,) = json.loads(out)
    assert (code, told["document"], told["outdated"], len(told["conflicts"]), len(told["by_data"])) == (
        1,
        REPORT,
        4,
        1,
        3,
    )


def test_finalize_and_verify_end_with_what_they_found(project: Project, phoihop: Run) -> None:
    code, out, _ = phoihop("finalize", "--number", "123", "--date", DAY)
    assert (code, "Chưa phát hành số 123: văn bản chưa hoàn chỉnh." in out, "--as-is" in out) == (1, True, True)
    write_everything(report_of(project))
    code, out, _ = phoihop("finalize", "--number", "123", "--date", DAY)
    assert code == 0
    folder = project.config.output_dir() / "phat-hanh" / "Bao-cao-2026-so-123"
    seal = digest((folder / "manifest.json").read_bytes())
    assert "Đã phát hành số 123 ngày 10/12/2026: output/2026/phat-hanh/Bao-cao-2026-so-123" in out.replace("\\", "/")
    assert f"Lời văn lấy từ bản đã sửa tay “{REPORT}”." in out
    assert seal in out
    code, _, err = phoihop("finalize", "--number", "123", "--date", DAY)
    assert (code, err.splitlines()[0]) == (2, "Số này đã được phát hành: thư mục Bao-cao-2026-so-123. Không ghi đè.")
    code, out, _ = phoihop("verify", str(folder), "--seal", seal)
    assert (code, out.startswith("Đúng như lúc phát hành:")) == (0, True)
    tamper(folder / REPORT, b"")
    code, out, _ = phoihop("verify", str(folder), "--quick")
    assert (code, out.startswith(f"Tệp đã bị đổi: {REPORT} KHÔNG còn như lúc phát hành:")) == (1, True)
    code, _, err = phoihop("verify", "output")
    assert (code, err.splitlines()[0]) == (2, "“output” không phải thư mục phát hành của phoihop.")
    told = json.loads(phoihop("verify", str(folder), "--quick", "--json")[1])
    assert (told["ok"], [one["kind"] for one in told["differences"]]) == (False, ["changed"])


def test_diff_tells_of_looks_and_leaves_prompts_that_are_written_out(project: Project, phoihop: Run) -> None:
    restyle(report_of(project), enlarge)
    code, out, _ = phoihop("diff")
    assert (code, "Người sửa đã đổi cách trình bày" in out, "Chỗ người sửa đã viết" in out) == (0, True, False)
    write_everything(report_of(project))
    assert "[Viết đánh giá" not in phoihop("diff")[1]


def test_of_an_unedited_report_is_said_that_a_run_makes_it_anew(project: Project, phoihop: Run) -> None:
    correct(sent_by(project, "TV-844"))
    code, out, _ = phoihop("diff", f"output/2026/{REPORT}")
    assert (code, "sửa trong văn bản" in out) == (1, False)
    assert "Văn bản chưa ai sửa nhưng còn 4 chỗ mang số liệu cũ. Việc tiếp theo: lập lại bằng phoihop run" in out
    code, out, _ = phoihop("finalize", "--number", "7", "--date", DAY)
    assert code == 1
    assert "văn bản đang có chưa ai sửa, nhưng số liệu hoặc lời văn đã đổi từ khi lập văn bản đó." in out
    assert ("Việc tiếp theo: gõ phoihop run để lập lại" in out, "sửa các chỗ trên" in out) == (True, False)


def test_a_run_says_that_an_edited_report_is_up_to_date(project: Project, phoihop: Run) -> None:
    change(report_of(project), (WORDS, f"{WORDS} tại cơ sở"))
    told = f"Bản đã sửa “{REPORT}” vẫn đúng với số liệu hiện nay nên không lập bản mới."
    assert told in phoihop("run")[1]
    assert "Bản đã sửa vẫn đúng với số liệu hiện nay" in phoihop("documents", "annual")[1]
    correct(sent_by(project, "TV-844"))
    assert told not in phoihop("run")[1]


def test_texts_aside_and_numbers_taken_are_said_with_what_to_do(project: Project, phoihop: Run) -> None:
    write_everything(report_of(project))
    report_of(project, "Bao-cao-2026.odt").write_bytes(b"")
    assert "Bao-cao-2026.odt” mà phần mềm không đọc" in phoihop("diff")[1]
    code, out, _ = phoihop("finalize", "--number", "7", "--date", DAY)
    out = out.replace("\\", "/")
    assert (code, f'ví dụ: --file "output/2026/{REPORT}".' in out) == (1, True)
    told = json.loads(phoihop("finalize", "--number", "7", "--date", DAY, "--json")[1])
    assert (told["refused"], [Path(one).name for one in told["aside"]]) == ("aside", ["Bao-cao-2026.odt"])
    code, _, err = phoihop("finalize", "--number", "7", "--date", DAY, "--file", "output/2026/Bao-cao-2026.odt")
    assert (code, err.splitlines()[0]) == (2, "Không đọc được văn bản Bao-cao-2026.odt.")
    report_of(project, "Bao-cao-2026.odt").unlink()
    assert phoihop("finalize", "--number", "7", "--date", DAY)[0] == 0
    with_symbol_of_the_report(project)
    code, out, _ = phoihop("finalize", "--number", "7", "--date", DAY, "--document", "plan")
    assert (code, "Chưa phát hành số 07: số này đã có văn bản khác dùng." in out) == (1, True)
    assert f"Số 07 đã ghi cho văn bản khác cùng ký hiệu trong năm: {REPORT}, ngày 10/12/2026." in out


def test_finalize_names_what_blocks_and_what_is_outdated(project: Project, phoihop: Run) -> None:
    change(report_of(project), (WORDS, f"{WORDS} tại cơ sở"))
    correct(sent_by(project, "TV-844"))
    code, out, _ = phoihop("finalize", "--number", "7", "--date", DAY)
    assert (code, "Chưa phát hành số 07: bản đã sửa tay còn mang số liệu cũ." in out) == (1, True)
    assert "Văn bản còn 4 chỗ mang số liệu cũ." in out
    sent_by(project, "TV-845").unlink()
    code, out, _ = phoihop("finalize", "--number", "7", "--date", DAY)
    assert (code, "TV-845 Huyện đoàn Cầu Kè: Chưa có biểu" in out) == (1, True)
    told = json.loads(phoihop("finalize", "--number", "7", "--date", DAY, "--json")[1])
    assert (told["refused"], told["blocking"], told["folder"]) == ("incomplete", ["TV-845"], "")


def test_a_run_and_the_overview_tell_of_the_issue(project: Project, phoihop: Run) -> None:
    issue(project, as_is=True)
    stages.write_templates(project)
    code, out, _ = phoihop("run")
    assert code == 0
    assert f"Đã phát hành số 123 ngày 10/12/2026 ({REPORT}). Số liệu hiện nay vẫn như bản đã phát hành." in out
    code, out, _ = phoihop()
    assert f"Đã phát hành: {REPORT} số 123 ngày 10/12/2026" in out
    assert "Báo cáo đã phát hành." in out
    correct(sent_by(project, "TV-844"))
    assert "số liệu hiện nay khác ở 1 chỉ tiêu: CT03.4: 120 → 130" in phoihop("run")[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--date", DAY), "Chưa ghi số văn bản."),
        (("--number", "1", "--date", "32/12/2026"), "Ngày văn bản “32/12/2026” không hợp lệ."),
        (("--number", "1", "--date", DAY, "--document", "thu"), "Không có văn bản tên “thu”."),
        (("--number", "1", "--date", DAY, "--file", "x.docx"), "Không tìm thấy “x.docx”."),
    ],
)
def test_a_wrong_call_of_finalize(arguments: tuple[str, ...], sentence: str, phoihop: Run) -> None:
    code, out, err = phoihop("finalize", *arguments)
    assert (code, out, err.splitlines()[0]) == (2, "", sentence)
