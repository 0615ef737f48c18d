"""A checklist goes out to Excel and comes back as it was; a faulty one is refused with every fault and its cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from pyxform.xls2xform import convert  # type: ignore[import-untyped]  # pyxform has no types

from inspection.checklists.catalogue import violation_types
from inspection.checklists.reference import EditionEntry, editions
from inspection.checklists.workbook.comparing import Change, compare
from inspection.checklists.workbook.reading import read_checklist
from inspection.checklists.workbook.writing import Sheets, write_workbook
from inspection.workbooks import WorkbookError

CODES = [each.code for each in violation_types()]
EVERY_KIND: list[dict[str, Any]] = [
    {"id": "N01", "answer": {"kind": "pass_fail_na"}},
    {
        "id": "N02",
        "relevant": "${N01} = 'fail'",
        "required": True,
        "answer": {
            "kind": "choice",
            "list": "goods",
            "options": [{"name": "milk", "label_vi": "Sữa", "label_en": "Milk"}],
        },
    },
    {
        "id": "N03",
        "answer": {
            "kind": "choices",
            "list": "goods2",
            "options": [{"name": "a", "label_vi": "Ả", "label_en": ""}],
        },
    },
    {
        "id": "N04",
        "constraint": ". >= 0 and . <= 10",
        "constraint_vi": "Từ 0 đến 10",
        "answer": {"kind": "number", "whole": True, "unit": "kg", "minimum": "0", "maximum": "10"},
    },
    {"id": "N05", "answer": {"kind": "text"}, "hint_vi": "Chép nguyên văn"},
    {"id": "N06", "constraint": ". <= today()", "answer": {"kind": "date"}},
    {"id": "N07", "answer": {"kind": "photo"}},
    {"id": "N08", "answer": {"kind": "signature"}},
    {"id": "N09", "answer": {"kind": "barcode"}},
]


def every_kind() -> Sheets:
    common = {"text_vi": "Câu hỏi", "text_en": "", "group": "", "applies_to": "all", "violation_codes": []}
    common |= {"basis_verified": "not read"}
    return Sheets("NH", 2, "labels", "Nhãn", "Labels", "", [{**common, **item} for item in EVERY_KIND])


def sheets_of(edition: EditionEntry) -> Sheets:
    given = (edition.title_vi, edition.title_en, edition.source, edition.items)
    return Sheets(edition.code, edition.edition, edition.domain.value, *given)


def changed(change: Callable[[Workbook], None], sheets: Sheets | None = None) -> bytes:
    book = load_workbook(io.BytesIO(write_workbook(sheets or every_kind())))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("edition", editions(), ids=lambda one: f"{one.code}-{one.edition}")
def test_an_edition_that_goes_out_comes_back_as_it_was(edition: EditionEntry) -> None:
    assert compare(edition.items, read_checklist(write_workbook(sheets_of(edition)), CODES).items) == []


def test_every_kind_of_answer_comes_back_as_it_was() -> None:
    back = read_checklist(write_workbook(every_kind()), CODES)
    assert compare(every_kind().items, back.items) == []
    assert [item["answer"] for item in back.items] == [item["answer"] for item in EVERY_KIND]


@pytest.mark.parametrize("sheets", [every_kind(), sheets_of(editions()[0])], ids=["every kind", "a real one"])
def test_pyxform_converts_the_workbook_unchanged(tmp_path: Path, sheets: Sheets) -> None:
    path = tmp_path / "bảng kiểm.xlsx"
    path.write_bytes(write_workbook(sheets))
    converted = convert(str(path))
    assert all(f"/{item['id']}" in converted.xform for item in sheets.items)
    assert not [each for each in converted.warnings if "max-pixels" not in each and "missing the" not in each]


def test_all_faults_are_told_at_once_with_sheet_and_cell_in_both_languages() -> None:
    def break_it(book: Workbook) -> None:
        survey = book["survey"]
        survey["A2"] = "geopoint"
        survey["B3"] = "N01"
        survey["H3"] = "regex(${N01}, 'x')"
        survey["H4"] = "${N09} = 'later'"
        survey["C5"] = None
        survey["G6"] = "perhaps"
        survey["N7"] = "NO-SUCH-ACT"
        survey["A8"] = "select_one nowhere"
        book["choices"]["B6"] = "milk milk"
        book["settings"]["F2"] = "fishing"
        book["settings"]["G2"] = "catering, pub"

    with pytest.raises(WorkbookError) as refused:
        read_checklist(changed(break_it), CODES)
    places = {fault.place for fault in refused.value.faults}
    cells = {"A2", "B3", "H3", "H4", "C5", "G6", "N7", "A8"}
    assert {f"survey!{cell}" for cell in cells} | {"choices!B6", "settings!F2", "settings!G2"} <= places
    for fault in refused.value.faults:
        assert fault.message("vi") != fault.message("en")


def test_for_whom_a_checklist_is_meant_goes_out_and_comes_back() -> None:
    meant = replace(every_kind(), establishment_types=("catering", "production"), risk_groups=("high",))
    back = read_checklist(write_workbook(meant), CODES)
    assert (back.establishment_types, back.risk_groups) == (["production", "catering"], ["high"])


def test_words_in_pieces_are_put_together_and_a_column_that_nobody_knows_is_named() -> None:
    def decompose(book: Workbook) -> None:
        book["survey"]["C6"] = "Cha\u0301o"

    assert read_checklist(changed(decompose), CODES).items[4]["text_vi"] == "Cháo"

    def add(book: Workbook) -> None:
        book["survey"]["Z1"] = "trigger"

    with pytest.raises(WorkbookError) as refused:
        read_checklist(changed(add), CODES)
    assert [fault.place for fault in refused.value.faults] == ["survey!Z1"]


def test_formulas_merged_cells_and_a_hundred_thousand_rows_are_refused() -> None:
    def formula(book: Workbook) -> None:
        book["survey"]["C2"] = "=1+1"
        book["survey"].merge_cells("C3:D3")

    with pytest.raises(WorkbookError) as refused:
        read_checklist(changed(formula), CODES)
    assert {fault.place for fault in refused.value.faults} == {"survey!C2", "survey!C3:D3"}

    def far_down(book: Workbook) -> None:
        book["survey"]["A100000"] = "text"

    with pytest.raises(WorkbookError):
        read_checklist(changed(far_down), CODES)


def test_formulas_and_faults_of_meaning_are_told_together() -> None:
    def both(book: Workbook) -> None:
        book["survey"]["C2"] = "=1+1"
        book["survey"]["A4"] = "geopoint"

    with pytest.raises(WorkbookError) as refused:
        read_checklist(changed(both), CODES)
    assert {"survey!C2", "survey!A4"} <= {fault.place for fault in refused.value.faults}


def test_forms_of_other_tools_are_read_as_they_spell_their_columns_and_types() -> None:
    book = Workbook()
    survey, choices = book.create_sheet("SURVEY"), book.create_sheet(" Choices ")
    rows: list[tuple[str | None, ...]] = [
        ("Type", "Name", "Label", "label::English", "Hint:English (en)", "REQUIRED"),
        ("begin group", "shop", "Cửa hàng", "Shop", None, None),
        ("string", "owner", "Chủ cơ sở", "Owner", None, "yes"),
        ("select one from yes_no", "open", "Đang mở cửa", "Open", "Look", None),
        ("select all that apply from yes_no", "days", "Ngày", "Days", None, None),
        ("int", "staff", "Số người", "Staff", None, None),
        ("end group", None, None, None, None, None),
    ]
    for row in rows:
        survey.append(row)
    options = (
        ("list name", "name", "label", "label:English"),
        ("yes_no", "y", "Có", "Yes"),
        ("yes_no", "n", "Không", "No"),
    )
    for option in options:
        choices.append(option)
    survey["H200"].font = Font(bold=True)
    stream = io.BytesIO()
    book.save(stream)
    back = read_checklist(stream.getvalue(), CODES, every_kind())
    assert [(one["id"], one["answer"]["kind"], one["text_en"]) for one in back.items] == [
        ("owner", "text", "Owner"),
        ("open", "choice", "Open"),
        ("days", "choices", "Days"),
        ("staff", "number", "Staff"),
    ]
    assert (back.code, back.domain, back.items[1]["hint_en"]) == ("NH", "labels", "Look")
    with pytest.raises(WorkbookError) as refused:
        read_checklist(stream.getvalue(), CODES)
    assert [fault.values["name"] for fault in refused.value.faults] == ["settings"]


def test_a_group_is_asked_with_its_own_condition() -> None:
    sheets = every_kind()
    items = [dict(item) for item in sheets.items]
    for item in items[1:3]:
        item["group"] = "nhóm hàng"

    def condition(book: Workbook) -> None:
        survey = book["survey"]
        assert survey["A3"].value == "begin_group"
        survey["H3"] = "${N01} != 'na'"

    grouped = Sheets("NH", 2, "labels", "Nhãn", "Labels", "", items)
    back = read_checklist(changed(condition, grouped), CODES).items
    assert back[1]["relevant"] == "(${N01} != 'na') and (${N01} = 'fail')"
    assert back[2]["relevant"] == "${N01} != 'na'"
    assert "relevant" not in back[3]


def test_the_difference_tells_added_removed_renamed_changed_and_moved() -> None:
    old = [{**item, "text_vi": f"Câu {item['id']}"} for item in EVERY_KIND]
    new = [dict(item) for item in old]
    new[0]["id"] = "X01"
    new[1]["required"] = False
    del new[3]
    new = [*new[:5], new[6], new[5], *new[7:], {"id": "Z", "text_vi": "Mới", "answer": {"kind": "text"}}]
    found = {each.item: each for each in compare(old, new)}
    assert {item: each.change for item, each in found.items()} == {
        "X01": Change.RENAMED,
        "N02": Change.CHANGED,
        "N04": Change.REMOVED,
        "N07": Change.MOVED,
        "N08": Change.MOVED,
        "Z": Change.ADDED,
    }
    assert found["X01"].before == "N01"
    assert found["N02"].fields == (("required", "yes", ""),)
