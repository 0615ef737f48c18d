"""The list of establishments goes out to Excel and comes back, and nothing happens before somebody says so."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook

from config.extensions import write
from inspection.journal.operation import Author
from inspection.people.access import grants_for
from inspection.places.importing import operations
from inspection.places.importing.models import EstablishmentImport
from tasks.places import sweep, take_in
from tests.office.browsing import Visitor
from tests.office.conftest import Office

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HEADERS = ["Tên cơ sở*", "Loại hình*", "Địa chỉ", "Số giấy chứng nhận, đăng ký", "Vĩ độ", "Kinh độ"]
TYPE = "Sản xuất"


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows(*lines: Sequence[Any], headers: Sequence[str] = HEADERS) -> bytes:
    book = Workbook()
    for line in [headers, *lines]:
        book.worksheets[0].append(list(line))
    return saved(book)


def send(visitor: Visitor, content: bytes, name: str = "danh sách.xlsx") -> Any:
    return visitor.submit("/establishments/imports", {"workbook": (io.BytesIO(content), name)})


def choices(page: str) -> dict[str, list[str]]:
    """What each row of a preview offers."""
    selects = re.findall(r'<select name="(row-\d+)".*?</select>', page, re.DOTALL)
    parts = re.split(r'<select name="row-\d+"', page)[1:]
    return {
        name: re.findall(r'<option value="([^"]+)"', part[: part.index("</select>")])
        for name, part in zip(selects, parts, strict=True)
    }


def confirm(office: Office, visitor: Visitor, path: str) -> None:
    """Confirm the import and let the worker take it in."""
    visitor.submit(f"{path}/confirm", {})
    with office.world.app.app_context():
        take_in(path.rpartition("/")[2])


def names(office: Office) -> list[str]:
    with office.world.app.app_context(), write() as session:
        known = operations.known_establishments(session, office.world.establishments)
        return sorted(str(one.values["name"]) for one in known)


def test_the_list_goes_out_is_changed_and_comes_back(office: Office) -> None:
    manager = office.visitor("manager")
    book = load_workbook(io.BytesIO(manager.get("/establishments/workbook.xlsx").get_data()))
    sheet = book.worksheets[0]
    header = {str(cell.value).rstrip("*"): at for at, cell in enumerate(sheet[1], start=1)}
    sheet.cell(2, header["Địa chỉ"], "Tổ 3, thị trấn Kiện Khê")
    sheet.cell(3, header["Tên cơ sở"], "Kẹo lạc Tâm Đức")
    sheet.cell(3, header["Loại hình"], TYPE)
    sheet.cell(3, header["Đang hoạt động"], "Có")
    answer = send(manager, saved(book))
    assert answer.status_code == 200, manager.page
    path = answer.request.path
    assert names(office) == ["Bánh đa Sở Kiện"]
    assert "Kẹo lạc Tâm Đức" in manager.page
    manager.get(f"{path}?state=changed")
    assert "<ins>Tổ 3, thị trấn Kiện Khê</ins>" in manager.page
    confirm(office, manager, path)
    manager.get(path)
    assert "Đã thêm 1 cơ sở và cập nhật 1 cơ sở." in manager.page
    assert names(office) == ["Bánh đa Sở Kiện", "Kẹo lạc Tâm Đức"]
    manager.get(f"/establishments/{office.shop}")
    assert "Tổ 3, thị trấn Kiện Khê" in manager.page
    history = office.visitor("auditor").get(f"/records/{office.shop}/history").get_data(as_text=True)
    assert "Manager" in history


def test_a_row_that_looks_like_another_is_decided_by_a_person(office: Office) -> None:
    world = office.world
    known = world.establishment("Giò chả Bảy Thơm", address="Chợ Non, xã Thanh Hương")
    manager = office.visitor("manager")
    path = send(
        manager,
        rows(
            ["GIO CHA BAY THOM", TYPE, "chợ Non xã Thanh Hương", "77/ĐK"],
            ["Phở Hạnh", TYPE, "Ngã ba Dốc Lưu"],
            ["Pho Hanh", TYPE, "ngã ba dốc Lưu"],
        ),
    ).request.path
    manager.get(f"{path}?state=doubtful")
    assert choices(manager.page) == {"row-2": ["new", "skip", str(known)], "row-4": ["new", "skip"]}
    manager.submit(f"{path}/choices", {"row-2": str(known), "row-4": "skip", "state": "doubtful"})
    confirm(office, manager, path)
    assert names(office) == ["Bánh đa Sở Kiện", "GIO CHA BAY THOM", "Phở Hạnh"]
    manager.get(f"/establishments/{known}")
    assert "77/ĐK" in manager.page


@on_sqlite
def test_every_fault_is_told_with_its_cell_and_nothing_is_kept(office: Office) -> None:
    manager = office.visitor("manager")
    answer = send(
        manager,
        rows(
            ["", TYPE],
            ["A", "Vũ trường"],
            ["B", TYPE, None, None, 20.5],
            ["C", TYPE, None, None, 91, 105],
        ),
    )
    assert answer.status_code == 422
    told = dict(re.findall(r"<code>Sheet!(\w+)</code></th><td>([^<]+)", manager.page))
    assert list(told) == ["A2", "B3", "F4", "E5"]
    assert told["A2"] == "Bắt buộc phải có."
    assert names(office) == ["Bánh đa Sở Kiện"]


@on_sqlite
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"ten,loai\n", "không phải sổ tính"),
        (rows(headers=["Tên cơ sở"]), "Thiếu cột “Loại hình”"),
        (rows(["x", TYPE, "y"], headers=["Tên cơ sở", "Loại hình", "Màu"]), "Không có cột tên “Màu”"),
        (rows(), "không có dòng nào"),
    ],
)
def test_what_cannot_be_imported_is_said_in_words(office: Office, content: bytes, words: str) -> None:
    manager = office.visitor("manager")
    assert send(manager, content).status_code == 422
    assert words in manager.page


def test_a_worker_that_is_killed_in_between_leaves_no_line_half_done_and_none_twice(
    office: Office, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "LINES_AT_ONCE", 2)
    manager = office.visitor("manager")
    path = send(manager, rows(*[[f"Cơ sở Tên {letter}", TYPE] for letter in "ABCDE"])).request.path
    identifier = path.rpartition("/")[2]
    manager.submit(f"{path}/confirm", {})
    with app.app_context(), write() as session:
        made = session.query(EstablishmentImport).one()
        author = Author(made.device, made.person, grants_for(session, made.person))
        assert operations.take_some_in(session, made.id, author)
    with app.app_context():
        take_in(identifier)
        take_in(identifier)
        sweep()
    assert len(names(office)) == 6
    manager.get(path)
    assert "Đã thêm 5 cơ sở và cập nhật 0 cơ sở." in manager.page


@on_sqlite
def test_rights_that_were_taken_away_stop_an_import_and_say_so(office: Office) -> None:
    manager = office.visitor("manager")
    path = send(manager, rows(["Cơ sở Mới", TYPE])).request.path
    manager.submit(f"{path}/confirm", {})
    office.world.add("person", office.world.reference, office.people["manager"], roles=["auditor"])
    with office.world.app.app_context():
        take_in(path.rpartition("/")[2])
    assert names(office) == ["Bánh đa Sở Kiện"]
    with office.world.app.app_context(), write() as session:
        made = session.query(EstablishmentImport).one()
        assert (made.status, made.problem) == ("failed", "forbidden")


@on_sqlite
def test_a_draft_that_was_discarded_takes_nothing_in(office: Office) -> None:
    manager = office.visitor("manager")
    path = send(manager, rows(["Cơ sở Mới", TYPE])).request.path
    manager.submit(f"{path}/discard", {})
    assert manager.submit(f"{path}/confirm", {}).status_code == 409
    assert manager.submit(f"{path}/choices", {"row-2": "new"}).status_code == 409
    assert names(office) == ["Bánh đa Sở Kiện"]
