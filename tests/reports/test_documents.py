"""The three formats of both reports: the same content, the layout of NĐ 30/2020, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from openpyxl import Workbook

from inspection.documents import docx as word
from inspection.documents import pdf, xlsx
from inspection.documents.model import Document, Table, cell_text
from inspection.reports.documents import compose
from inspection.reports.facts import Facts
from inspection.reports.figures import violation_summary
from inspection.reports.periods import PeriodKind, legal
from inspection.reports.register import register
from tests.reports.samples import CIRCUMSTANCES, COMPLAINTS, DISTRICT, FACTS, QUARTER, complaint

ROOT = Path(__file__).resolve().parents[2]
FULL = replace(FACTS, complaints=COMPLAINTS)


def summary_of(facts: Facts = FULL) -> Document:
    return compose.summary(violation_summary(facts, QUARTER), CIRCUMSTANCES)


@pytest.fixture(scope="module")
def summary() -> Document:
    return summary_of()


@pytest.fixture(scope="module")
def book() -> Document:
    return compose.complaint_register(register(COMPLAINTS, QUARTER, DISTRICT), CIRCUMSTANCES)


def opened(document: Document) -> WordFile:
    return docx.Document(io.BytesIO(word.render(document)))


def workbook(document: Document) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(document)))


def text_of(content: bytes, folder: Path, *options: str) -> str:
    path = folder / "document.pdf"
    path.write_bytes(content)
    made = subprocess.run(["pdftotext", *options, str(path), "-"], check=True, capture_output=True)
    return made.stdout.decode()


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts(getattr(value, name))


def grid(table: Table) -> list[list[str]]:
    empty = [] if table.rows else [[table.empty] * len(table.columns)]
    return [
        [column.heading for column in table.columns],
        *([cell_text(cell) for cell in row] for row in table.rows),
        *empty,
    ]


def test_every_table_of_the_word_file_has_the_cells_of_the_figures(summary: Document) -> None:
    printed = [[[cell.text for cell in row.cells] for row in table.rows] for table in opened(summary).tables]
    for table in summary.tables():
        assert grid(table) in printed, table.title


def test_bang_1_in_word_is_bang_1_of_the_figures(summary: Document) -> None:
    rows = next(
        one for one in opened(summary).tables if one.rows[0].cells[1].text.startswith("Loại hình cơ sở")
    )
    assert [cell.text for cell in rows.rows[2].cells] == [
        "2",
        "Sơ chế, chế biến, kinh doanh",
        "2",
        "2",
        "1",
        "50,0",
    ]
    assert [cell.text for cell in rows.rows[-1].cells] == ["", "Tổng số", "7", "6", "2", "33,3"]


def test_the_word_file_has_the_head_and_the_foot_of_the_plan(summary: Document) -> None:
    file = opened(summary)
    head, foot = file.tables[0], file.tables[5]
    assert head.rows[0].cells[0].text.splitlines()[:2] == ["ỦY BAN NHÂN DÂN", "HUYỆN THANH LIÊM"]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head.rows[0].cells[1].text
    recipients = foot.rows[0].cells[0].text
    assert recipients.splitlines() == [
        "Nơi nhận:",
        "- Sở KH&CN Hà Nam;",
        "- TTTU, TTHĐND huyện (để b/c);",
        "- Lãnh đạo UBND huyện;",
        "- Lưu: VT, KT.",
    ]
    assert "TM. ỦY BAN NHÂN DÂN HUYỆN" in foot.rows[0].cells[1].text


def test_a_draft_leaves_the_number_and_the_day_empty(summary: Document) -> None:
    assert summary.number_line.replace("\u2003", "") == "Số:/BC-UBND"
    assert " ".join(summary.date_line.split()) == "Thanh Liêm, ngày tháng 9 năm 2022"


def test_a_register_is_a_book_and_has_no_number(book: Document) -> None:
    assert book.number_line == ""
    assert book.annex_line == "(Kèm theo Sổ theo dõi đơn của UBND huyện Thanh Liêm)"


def test_pages_are_a4_and_the_annexes_lie_across(summary: Document) -> None:
    sections = list(opened(summary).sections)
    assert [section.orientation for section in sections] == [WD_ORIENT.PORTRAIT, *[WD_ORIENT.LANDSCAPE] * 4]
    assert all(section.different_first_page_header_footer for section in sections)
    first = sections[0]
    assert first.page_width is not None
    assert first.left_margin is not None
    assert (round(first.page_width.mm), round(first.left_margin.mm)) == (210, 30)


def test_the_workbook_has_one_sheet_a_table_with_real_numbers(summary: Document) -> None:
    book = workbook(summary)
    assert book.sheetnames == ["Báo cáo", *(table.key for table in summary.tables())]
    sheet = book["Bảng 1"]
    assert [cell.value for cell in sheet[9]] == [None, "Tổng số", 7, 6, 2, 33.3]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:F9")
    fine = next(
        row for row in book["Bảng 2"].iter_rows(values_only=True) if row[1] == "- Tổng số tiền phạt (đồng)"
    )
    assert fine[2] == 5_000_000


def test_every_number_of_the_tables_is_a_number_in_the_workbook(summary: Document) -> None:
    book = workbook(summary)
    for table in summary.tables():
        lines = list(book[table.key].iter_rows(min_row=4, max_row=3 + len(table.rows), values_only=True))
        for row, line in zip(table.rows, lines, strict=True):
            for cell, value in zip(row, line, strict=True):
                expected = float(cell) if isinstance(cell, Decimal) else (cell if cell != "" else None)
                assert value == expected


def test_what_looks_like_a_formula_or_a_link_stays_text() -> None:
    facts = replace(
        FACTS,
        establishments=tuple(
            replace(one, name='=HYPERLINK("http://example.invalid")') for one in FACTS.establishments
        ),
    )
    sheet = workbook(summary_of(facts))["Chưa thống nhất"]
    assert sheet["B4"].value == '=HYPERLINK("http://example.invalid")'
    assert sheet["B4"].data_type == "s"


HOSTILE = '#set page(fill: red) $x$ *đậm* _nghiêng_ <b>&amp; "x" \\ @ref [1] {{ 1 }}'


def test_what_a_person_typed_is_never_read_as_markup(tmp_path: Path) -> None:
    facts = replace(FACTS, establishments=tuple(replace(one, name=HOSTILE) for one in FACTS.establishments))
    document = summary_of(facts)
    assert "{{ 1 }}" in "".join(text_of(pdf.render(document), tmp_path, "-layout").split("\n")[:400])
    assert any(
        HOSTILE in cell.text for table in opened(document).tables for row in table.rows for cell in row.cells
    )


def test_the_pdf_says_in_vietnamese_what_the_document_says(summary: Document, tmp_path: Path) -> None:
    text = " ".join(text_of(pdf.render(summary), tmp_path).split())
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Kết quả kiểm tra liên ngành và xử lý vi phạm quý III năm 2022",
        "Căn cứ Luật An toàn thực phẩm số 55/2010/QH12 ngày 17 tháng 6 năm 2010;",
        "Qua kiểm tra, 02/06 cơ sở (33,3%) chấp hành tốt",
        "TTTU, TTHĐND huyện (để b/c);",
        "PHÓ CHỦ TỊCH",
        CIRCUMSTANCES.checkpoint,
    ):
        assert words in text
    assert text == unicodedata.normalize("NFC", text)


def test_the_first_page_has_no_number_and_an_annex_counts_from_one_again(
    summary: Document, tmp_path: Path
) -> None:
    pages = text_of(pdf.render(summary), tmp_path, "-layout").split("\f")
    assert pages[0].strip().startswith("ỦY BAN NHÂN DÂN")
    assert pages[1].strip().startswith("2")
    annex = next(number for number, page in enumerate(pages) if page.strip().startswith("Phụ lục I\n"))
    assert pages[annex + 1].strip().startswith("2")


def test_the_pdf_is_made_for_archives_with_its_fonts_inside(summary: Document, tmp_path: Path) -> None:
    content = pdf.render(summary)
    assert b"pdfaid" in content
    path = tmp_path / "document.pdf"
    path.write_bytes(content)
    listed = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout
    fonts = listed.splitlines()[2:]
    assert fonts
    assert all("Tinos" in line and line.split()[-5] == "yes" for line in fonts)


@pytest.mark.parametrize("render", [word.render, xlsx.render, pdf.render])
def test_the_same_document_gives_the_same_bytes(summary: Document, render: object) -> None:
    assert callable(render)
    assert render(summary) == render(summary_of())


def test_another_process_on_another_day_gives_the_same_bytes(summary: Document) -> None:
    script = (
        "import hashlib, tests.reports.test_documents as t\n"
        "d = t.summary_of()\n"
        "print(*(hashlib.sha256(m.render(d)).hexdigest() for m in (t.word, t.xlsx, t.pdf)))"
    )
    made = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ".", "TZ": "America/Detroit", "PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"},
    )
    here = [hashlib.sha256(module.render(summary)).hexdigest() for module in (word, xlsx, pdf)]
    assert made.stdout.split() == here


def test_the_files_inside_carry_the_checkpoints_time(summary: Document) -> None:
    for content in (word.render(summary), xlsx.render(summary)):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            assert {entry.date_time for entry in file.infolist()} == {(2022, 9, 15, 0, 5, 0)}


def test_every_text_is_composed_even_when_it_was_typed_decomposed() -> None:
    facts = replace(
        FULL,
        establishments=tuple(
            replace(one, name=unicodedata.normalize("NFD", "Bún phở Điện Biên"))
            for one in FACTS.establishments
        ),
        complaints=(
            complaint(
                1, "complaint", date(2022, 7, 1), summary=unicodedata.normalize("NFD", "Khiếu nại về lệ phí")
            ),
        ),
    )
    for text in texts(summary_of(facts)):
        assert unicodedata.is_normalized("NFC", text), text


def test_the_register_lies_across_and_keeps_the_denouncer_secret(book: Document, tmp_path: Path) -> None:
    assert opened(book).sections[0].orientation == WD_ORIENT.LANDSCAPE
    text = " ".join(text_of(pdf.render(book), tmp_path).split())
    assert "SỔ THEO DÕI ĐƠN" in text
    assert "Giữ bí mật" in text
    rows = list(workbook(book)["Sổ theo dõi đơn"].iter_rows(min_row=4, max_row=7, values_only=True))
    assert [row[0] for row in rows] == ["01/2022", "02/2022", "03/2022", "04/2022"]
    assert rows[1][3] == "Giữ bí mật"


READ_CODES = """
import { readFile } from "node:fs/promises";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
const wasmBinary = (await readFile("node_modules/zxing-wasm/dist/reader/zxing_reader.wasm")).buffer;
await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
for (const path of process.argv.slice(1)) {
  const [found] = await readBarcodes(new Uint8Array(await readFile(path)), { formats: ["QRCode"] });
  console.log(found?.text ?? "nothing");
}
"""


def read_codes(*pictures: Path) -> list[str]:
    """What a phone's reader makes of pictures."""
    node = shutil.which("node", path=f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert node is not None
    command = [node, "--input-type=module", "-e", READ_CODES, *map(str, pictures)]
    made = subprocess.run(command, cwd=ROOT / "phone", check=True, capture_output=True, text=True)
    return made.stdout.split()


def test_a_reader_of_square_codes_finds_the_checkpoint_on_every_format(
    book: Document, tmp_path: Path
) -> None:
    (tmp_path / "book.pdf").write_bytes(pdf.render(book))
    pages = ["pdftoppm", "-r", "150", "-png", str(tmp_path / "book.pdf"), str(tmp_path / "page")]
    subprocess.run(pages, check=True)
    for name, content in (("docx", word.render(book)), ("xlsx", xlsx.render(book))):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            [picture] = [one for one in archive.namelist() if one.endswith(".png")]
            (tmp_path / f"{name}.png").write_bytes(archive.read(picture))
    found = read_codes(*tmp_path.glob("*.png"))
    assert [one for one in found if one != "nothing"] == [
        f"CHECKPOINT:{CIRCUMSTANCES.checkpoint.upper()}"
    ] * 3


def test_a_period_without_anything_still_makes_whole_documents(tmp_path: Path) -> None:
    nothing = compose.summary(
        violation_summary(replace(FACTS, visits=()), legal(PeriodKind.YEAR, 2021)), CIRCUMSTANCES
    )
    text = " ".join(text_of(pdf.render(nothing), tmp_path).split())
    assert "không tiến hành lượt kiểm tra nào" in text
    assert "không nhận được đơn thư khiếu nại, tố cáo" in text
    empty = compose.complaint_register(register((), QUARTER, DISTRICT), CIRCUMSTANCES)
    assert workbook(empty)["Sổ theo dõi đơn"]["A4"].value == "Trong kỳ không có đơn."
    assert word.render(empty)


def test_a_revision_says_why_and_lists_what_changed_with_the_visits(tmp_path: Path) -> None:
    change = compose.ChangedFigure("Tổng số: số lượt", 7, 8, ("Cơ sở one, 10/8/2022",))
    revised = compose.summary(
        violation_summary(FULL, QUARTER),
        replace(CIRCUMSTANCES, revision=2, changes=(change,), reason="Có lượt kiểm tra ghi muộn."),
    )
    paragraphs = [paragraph.text for paragraph in opened(revised).paragraphs]
    said = "bản sửa đổi lần 01, thay thế bản đã lập trước đó. Lý do: có lượt kiểm tra ghi muộn."
    assert any(said in text for text in paragraphs)
    assert revised.small_print.endswith("bản 2.")
    sheet = workbook(revised)["Thay đổi"]
    assert [cell.value for cell in sheet[4]] == [1, "Tổng số: số lượt", 7, 8, "Cơ sở one, 10/8/2022"]
    assert "Cơ sở one, 10/8/2022" in text_of(pdf.render(revised), tmp_path)


def test_the_body_of_the_period_issues_the_report_not_the_body_of_today() -> None:
    later = compose.summary(violation_summary(FACTS, legal(PeriodKind.MONTH, 2025, 9)), CIRCUMSTANCES)
    assert later.issuer.body == ("ĐOÀN KIỂM TRA LIÊN NGÀNH", "ĐỊA BÀN HUYỆN THANH LIÊM CŨ")
    assert later.issuer.signer == ""
