"""The violation catalogue goes out to Excel and comes back as it was; a faulty one is refused with every fault."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from inspection.checklists.acts.columns import plain
from inspection.checklists.acts.reading import Standing, read_acts
from inspection.checklists.acts.writing import write_acts
from inspection.checklists.catalogue import violation_types
from inspection.checklists.workbook.comparing import Change, compare
from inspection.workbooks import WorkbookError

ACTS: list[dict[str, Any]] = sorted(
    (each.record() for each in violation_types()), key=lambda one: one["code"]
)
STANDING = Standing({each["code"]: each["valid_from"] for each in ACTS}, {ACTS[1]["code"]: "NH"})


def changed(change: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(io.BytesIO(write_acts(ACTS)))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def faults_of(change: Callable[[Workbook], None]) -> dict[str, str]:
    with pytest.raises(WorkbookError) as refused:
        read_acts(changed(change), STANDING)
    for fault in refused.value.faults:
        assert fault.message("vi") != fault.message("en")
    return {fault.place: fault.message("en") for fault in refused.value.faults}


def test_the_catalogue_that_goes_out_comes_back_as_it_was() -> None:
    back = read_acts(write_acts(ACTS), STANDING)
    assert compare([plain(one) for one in ACTS], [plain(one) for one in back], "code", "name_vi") == []
    assert [one["tiers"] for one in back] == [one["tiers"] for one in ACTS]
    assert [one["measures"] for one in back] == [one["measures"] for one in ACTS]


def test_every_fault_of_the_catalogue_is_told_at_once_with_its_cell() -> None:
    def break_it(book: Workbook) -> None:
        acts, tiers, measures = book["acts"], book["tiers"], book["measures"]
        acts["B2"] = "fishing"
        acts["C3"] = None
        acts["G4"], acts["H4"] = 9_000_000, 1_000_000
        acts["G5"] = "5 triệu"
        acts["F6"] = None
        acts["H6"] = 1000
        acts["I7"] = "surely"
        acts["J8"] = "2001-01-01"
        acts["K9"] = "31/02/2027"
        acts["A10"] = acts["A9"].value
        tiers["A2"] = "NO-SUCH"
        tiers["J3"] = "twice"
        measures["B2"] = "reward"
        measures["C3"] = None
        measures["E4"] = "perhaps"

    cells = {"acts!B2", "acts!C3", "acts!H4", "acts!G5", "acts!F6", "acts!I7", "acts!J8", "acts!K9", "acts!A10",
             "tiers!A2", "tiers!J3", "measures!B2", "measures!C3", "measures!E4"}  # fmt: skip
    found = faults_of(break_it)
    assert cells <= set(found)
    assert "Download it again" in found["acts!J8"]


def test_an_act_that_a_checklist_leads_to_cannot_be_taken_out() -> None:
    def take_out(book: Workbook) -> None:
        book["acts"].delete_rows(3)
        for sheet in ("tiers", "measures"):
            rows = [
                row
                for row in range(2, book[sheet].max_row + 1)
                if book[sheet].cell(row, 1).value == ACTS[1]["code"]
            ]
            for row in reversed(rows):
                book[sheet].delete_rows(row)

    assert "NH" in faults_of(take_out)["acts"]


def test_amounts_are_read_as_people_group_them_and_days_as_they_write_them() -> None:
    def write(book: Workbook) -> None:
        acts = book["acts"]
        acts["G2"], acts["H2"], acts["F2"] = "1.000.000", "3 000 000", "individual"
        acts["K2"] = "31/12/2099"
        acts["C2"] = "Tha\u0301i đo\u0323\u0302"

    first = read_acts(changed(write), STANDING)[0]
    assert (first["fine_minimum"], first["fine_maximum"], first["valid_to"]) == (
        1_000_000,
        3_000_000,
        "2099-12-31",
    )
    assert first["name_vi"] == "Thái độ"
    changes = compare(
        [plain(one) for one in ACTS], [plain(first), *(plain(one) for one in ACTS[1:])], "code", "name_vi"
    )
    assert [one.change for one in changes] == [Change.CHANGED]
