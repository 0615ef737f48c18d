"""People from a workbook: all faults at once, a preview, everybody or nobody."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from config.extensions import db
from inspection.administration.models import AccessEvent
from inspection.people.importing import HEADERS
from inspection.people.models import Account, Person
from tests.office.browsing import Visitor
from tests.world import World

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ROWS = (
    ("Trần Thị Bình", "binh.tran", "Công an huyện", "Kiểm tra viên", "Đại úy", "binh@example.gov.vn"),
    ("Lê Văn Cường", "CUONG.LE", "", "trưởng đoàn; Quản lý", None, None),
)
LINE = re.compile(r'<code>([a-z.]+)</code></td><td[^>]*><code class="password">([^<]+)</code>')


def workbook(rows: Sequence[Sequence[object]], headers: Sequence[str] = HEADERS) -> bytes:
    book, content = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (headers, *rows):
        sheet.append(list(row))
    book.save(content)
    return content.getvalue()


@pytest.fixture
def admin(app: Flask) -> Visitor:
    world = World(app)
    world.person("admin", "administrator")
    world.add("agency", world.reference, code="police", name_vi="Công an huyện", name_en="Police")
    visitor = Visitor(app)
    visitor.sign_in("admin")
    return visitor


def send(admin: Visitor, content: bytes) -> int:
    return admin.submit("/people/import", {"workbook": (io.BytesIO(content), "people.xlsx")}).status_code


def people(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Person)) or 0


def test_a_workbook_is_looked_at_confirmed_and_everybody_signs_in(app: Flask, admin: Visitor) -> None:
    assert send(admin, workbook(ROWS)) == 200, admin.page
    assert "Trần Thị Bình" in admin.page
    assert people(app) == 1, "nothing is written before it is confirmed"
    admin.submit("/people/import/confirm", admin.form("/people/import/confirm"))
    given = dict(LINE.findall(admin.page))
    assert given.keys() == {"binh.tran", "cuong.le"}
    for username, password in given.items():
        assert Visitor(app).sign_in(username, password).status_code == 200
    with app.app_context():
        cuong = db.session.scalars(select(Person).where(Person.full_name == "Lê Văn Cường")).one()
        assert cuong.roles == ["lead", "manager"]
        assert db.session.scalars(select(AccessEvent.act)).all() == ["account_created"] * 2
    assert send(admin, workbook(ROWS)) == 422, "the same workbook again: the names are taken"


@on_sqlite
def test_every_fault_is_named_at_once_and_nothing_is_written(app: Flask, admin: Visitor) -> None:
    rows = [
        ("", "an", "Công an huyện", "Kiểm tra viên", None, None),
        ("Bình", "admin", "Cảnh sát", "Giám đốc", None, "không phải thư"),
        ("Cường", "x y", "", "", None, None),
        ("Dung", "dung", "", "Quản lý", None, None),
        ("Dũng", "DUNG", "", "Quản lý", None, None),
    ]
    assert send(admin, workbook(rows)) == 422
    for words in (
        "A2", "Thiếu “Họ và tên”", "B2", "B3", "đã có người dùng", "C3", "Không có cơ quan “Cảnh sát”", "D3",
        "Không có vai trò “Giám đốc”", "F3", "không phải địa chỉ thư", "B4", "D4", "B6", "đã có ở dòng 5",
    ):  # fmt: skip
        assert words in admin.page, words
    assert people(app) == 1


@on_sqlite
@pytest.mark.parametrize(
    "content", [b"", b"not a workbook", workbook([]), workbook(ROWS, [*HEADERS[:3], "Role", *HEADERS[4:]])]
)
def test_what_is_no_list_of_people_is_refused_in_words(app: Flask, admin: Visitor, content: bytes) -> None:
    assert send(admin, content) == 422
    assert 'role="alert"' in admin.page
    assert people(app) == 1


@on_sqlite
def test_what_comes_back_from_the_page_is_not_trusted(app: Flask, admin: Visitor) -> None:
    for forged in ("", "%%%", "bm90IGEgd29ya2Jvb2s="):
        assert admin.submit("/people/import/confirm", {"workbook": forged}).status_code in {400, 422}
    assert people(app) == 1


@on_sqlite
def test_a_name_that_was_taken_meanwhile_leaves_everybody_out(app: Flask, admin: Visitor) -> None:
    send(admin, workbook(ROWS))
    form = admin.form("/people/import/confirm")
    with app.app_context():
        db.session.scalars(select(Account)).one().username = "cuong.le"
        db.session.commit()
    assert admin.submit("/people/import/confirm", form).status_code == 422
    assert people(app) == 1


@on_sqlite
def test_the_form_to_fill_in_has_the_columns_and_the_words(admin: Visitor) -> None:
    book = load_workbook(io.BytesIO(admin.get("/people/import.xlsx").get_data()))
    assert [cell.value for cell in book.worksheets[0][1]] == list(HEADERS)
    assert "Công an huyện" in [cell.value for cell in book.worksheets[1]["A"]]
