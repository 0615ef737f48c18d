"""A workbook that somebody uploads is read within bounds, or refused with everything that is wrong with it."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from inspection.workbooks import Limits, WorkbookError, read_workbook

SMALL = Limits(sheets=2, rows=50, columns=10, text=100, unpacked=1_000_000)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_rows(*rows: list[object]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "cơ sở"
    for row in rows:
        sheet.append(row)
    return saved(book)


def faults_of(content: bytes, limits: Limits = SMALL) -> list[tuple[str, str]]:
    with pytest.raises(WorkbookError) as refused:
        read_workbook(content, limits)
    assert all(each.message("vi") and each.message("en") for each in refused.value.faults)
    return [(each.place, each.message("en")) for each in refused.value.faults]


def repacked(content: bytes, name: str, change: bytes) -> bytes:
    """The same archive with one file replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            new.writestr(entry, change if entry == name else old.read(entry))
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def sheet_xml(inside: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{inside}</sheetData></worksheet>'.encode()


def test_values_come_back_with_their_headers_and_addresses() -> None:
    content = with_rows(
        ["Tên", "Vĩ độ", "Ngày cấp", "Mở"], ["Bánh đa", 20.5, date(2022, 4, 1), True], [None], ["Phở"]
    )
    sheet = read_workbook(content)["cơ sở"]
    first, second = sheet.rows
    assert {header: cell.value for header, cell in first.cells.items()} == {
        "Tên": "Bánh đa",
        "Vĩ độ": Decimal("20.5"),
        "Ngày cấp": date(2022, 4, 1),
        "Mở": True,
    }
    assert first.cells["Vĩ độ"].at == "B2"
    assert (second.number, second.text("Tên"), second.text("Vĩ độ")) == (4, "Phở", "")
    assert sheet.at(second, "Vĩ độ") == "B4"


def test_a_name_in_pieces_is_composed() -> None:
    [row] = read_workbook(with_rows(["Tên"], ["Ba\u0301nh đa"]))["cơ sở"].rows
    assert row.text("Tên") == "Bánh đa"


def test_every_fault_of_form_is_told_at_once_with_its_cell() -> None:
    book = Workbook()
    first, second = book.worksheets[0], book.create_sheet("khác")
    first.title = "một"
    first.append(["A", "B"])
    first.append(["=1+1", "x"])
    first.merge_cells("A3:B4")
    second.append(["A"])
    second.append(["=SUM(A1)"])
    assert [place for place, _ in faults_of(saved(book))] == ["một!A2", "một!A3:B4", "khác!A2"]


def test_two_columns_of_one_name_and_content_without_a_name_are_faults() -> None:
    assert faults_of(with_rows(["A", "A", None], ["1", "2", "3"], ["1", "2", "3"])) == [
        ("cơ sở!B1", "The column “A” stands twice."),
        ("cơ sở!C1", "Column C has content but no name in the first row."),
    ]


@pytest.mark.parametrize("value", ["x" * 101, "#DIV/0!", "a_x0007_b"])
def test_values_that_nobody_can_mean_are_faults(value: str) -> None:
    [(place, _)] = faults_of(with_rows(["A"], [value]))
    assert place == "cơ sở!A2"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"name,address\n", b"\x00" * 4096])
def test_another_file_is_no_workbook(content: bytes) -> None:
    assert faults_of(content) == [("", "The file is not an .xlsx workbook that can be read.")]


def test_another_archive_is_no_workbook() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert faults_of(stream.getvalue()) == [("", "The file is not an .xlsx workbook that can be read.")]


@pytest.mark.parametrize(
    "part",
    [
        b"<worksheet",
        b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><worksheet>&d;</worksheet>',
        sheet_xml('<row r="1"><c r="nowhere"/></row>'),
        sheet_xml('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>'),
        sheet_xml('<row r="1"><c r="A1" t="n"><v>none</v></c></row>'),
    ],
)
def test_broken_or_dangerous_xml_is_no_workbook(part: bytes) -> None:
    assert faults_of(repacked(with_rows(["A"]), SHEET, part)) == [
        ("", "The file is not an .xlsx workbook that can be read.")
    ]


def test_a_bomb_is_not_unpacked() -> None:
    bomb = repacked(with_rows(["A"]), SHEET, b" " * 5_000_000)
    assert len(bomb) < 20_000
    assert faults_of(bomb) == [("", "The workbook is larger than the limit (1 MB unpacked).")]


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ('<row r="1000000"><c r="A1000000"><v>1</v></c></row>', "More than 50 rows."),
        ("<row><c><v>1</v></c></row>" * 60, "More than 50 rows."),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "More than 10 columns."),
        (f'<row r="1">{"<c><v>1</v></c>" * 11}</row>', "More than 10 columns."),
    ],
)
def test_too_many_rows_or_columns_are_refused_before_they_are_built(inside: str, words: str) -> None:
    [(_, said)] = faults_of(repacked(with_rows(["A"]), SHEET, sheet_xml(inside)))
    assert said == words


def test_too_many_sheets_are_refused() -> None:
    book = Workbook()
    for _ in range(3):
        book.create_sheet()
    assert faults_of(saved(book)) == [("", "More than 2 sheets.")]


def test_cells_that_are_only_formatted_do_not_count() -> None:
    empty = (
        f'<row r="1"><c r="A1"><v>1</v></c>{"<c/>" * 300}</row>{"<row><c/></row>" * 1000}<row r="1048576"/>'
    )
    sheet = next(iter(read_workbook(repacked(with_rows(["A"]), SHEET, sheet_xml(empty)), Limits()).values()))
    assert (list(sheet.headers), sheet.rows) == (["1"], ())


def test_a_workbook_of_excel_97_is_told_what_to_do() -> None:
    [(_, said)] = faults_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "save it as .xlsx" in said
