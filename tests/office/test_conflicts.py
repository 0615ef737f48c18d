"""Two officers with one page open, and settling what they disagree about."""

from __future__ import annotations

import re

import pytest

from tests.office.browsing import Visitor
from tests.office.conftest import Office

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def change(visitor: Visitor, path: str, **fields: str) -> None:
    """Send the page's own form back with other values."""
    visitor.submit(path, {**visitor.hidden(), **fields})


def values_of(visitor: Visitor) -> list[str]:
    """What the page offers to choose from, the value shown now first."""
    return re.findall(r'name="choice" value="([^"]+)"', visitor.page)


def two_officers(office: Office, **first: str) -> tuple[Visitor, Visitor, str]:
    """A lead and an inspector have the same visit's form open; the lead saves first."""
    path = f"/records/{office.visit(note='Ghi ban đầu')}/edit"
    lead, inspector = office.visitor("lead"), office.visitor("inspector")
    lead.get(path)
    inspector.get(path)
    change(lead, path, **{"visited_on": "2026-09-20", "note": "Ghi ban đầu", **first})
    return lead, inspector, path


def test_two_officers_with_one_page_open_leave_a_conflict_and_lose_nothing(office: Office) -> None:
    lead, inspector, path = two_officers(office, note="Cân số 2 hết hạn")
    assert "Đã lưu." in lead.page
    change(inspector, path, visited_on="2026-09-20", note="Cân số 3 hết hạn")
    assert "Không có gì bị mất" in inspector.page
    assert "Cân số 2 hết hạn" in inspector.page
    assert "Cân số 3 hết hạn" in inspector.page
    assert 'type="radio"' not in inspector.page, "an inspector does not settle"


def test_what_the_other_left_alone_is_no_conflict(office: Office) -> None:
    _, inspector, path = two_officers(office, note="Cân số 2 hết hạn")
    change(inspector, path, visited_on="2026-09-20", note="Ghi ban đầu", representative="Bà Hai")
    assert "cùng với thay đổi mà người khác vừa ghi" in inspector.page
    assert "Cân số 2 hết hạn" in inspector.page
    assert "Bà Hai" in inspector.page
    assert "Chưa thống nhất" not in inspector.page


@on_sqlite
def test_two_pages_of_one_officer_disagree_as_two_people_would(office: Office) -> None:
    path = f"/records/{office.visit(note='Ghi ban đầu')}/edit"
    lead = office.visitor("lead")
    lead.get(path)
    older = lead.hidden()
    change(lead, path, visited_on="2026-09-20", note="Trang thứ nhất")
    lead.submit(path, {**older, "visited_on": "2026-09-20", "note": "Trang thứ hai"})
    assert "Không có gì bị mất" in lead.page


@pytest.mark.parametrize("settler", ["lead", "manager"])
def test_a_lead_or_a_manager_settles_with_what_was_on_the_page(office: Office, settler: str) -> None:
    _, inspector, path = two_officers(office, note="Cân số 2 hết hạn")
    change(inspector, path, visited_on="2026-09-20", note="Cân số 3 hết hạn")
    visitor = office.visitor(settler)
    visitor.get(path.replace("/records/", "/visits/").removesuffix("/edit"))
    [action] = re.findall(r'action="(/conflicts/[^"]+)"', visitor.page)
    _, candidate = values_of(visitor)
    visitor.submit(action, {**visitor.form(action), "choice": candidate})
    assert "Đã lưu." in visitor.page
    assert "Cân số 3 hết hạn" in visitor.page
    assert "Cân số 2 hết hạn" not in visitor.page
    assert "Chưa thống nhất" not in visitor.page
    visitor.get(path.replace("/edit", "/history"))
    assert "Cân số 2 hết hạn" in visitor.page, "the journal keeps what was not chosen"


@on_sqlite
def test_a_conflict_that_is_settled_already_says_so(office: Office) -> None:
    _, inspector, path = two_officers(office, note="Cân số 2 hết hạn")
    change(inspector, path, visited_on="2026-09-20", note="Cân số 3 hết hạn")
    first, second = office.visitor("lead"), office.visitor("lead")
    page = path.replace("/records/", "/visits/").removesuffix("/edit")
    for visitor in (first, second):
        visitor.get(page)
    [action] = re.findall(r'action="(/conflicts/[^"]+)"', first.page)
    late = second.form(action)
    stored, _ = values_of(first)
    first.submit(action, {**first.form(action), "choice": stored})
    second.submit(action, {**late, "choice": stored})
    assert "đã được người khác giải quyết" in second.page


@on_sqlite
def test_a_form_sent_back_untouched_writes_nothing(office: Office) -> None:
    visit = office.visit(note="Ghi ban đầu")
    lead = office.visitor("lead")
    lead.get(f"/records/{visit}/edit")
    change(lead, f"/records/{visit}/edit", visited_on="2026-09-20", note="Ghi ban đầu")
    lead.get(f"/records/{visit}/history")
    assert lead.page.count("Mục số") == 2, "one heading and one caption: a single entry"


@on_sqlite
def test_a_manager_voids_a_campaign_with_what_depends_on_it_and_restores_it(office: Office) -> None:
    office.visit()
    manager = office.visitor("manager")
    path = f"/records/{office.campaign}"
    manager.get(f"{path}/history")
    assert "Số bản ghi phụ thuộc: 3" in manager.page
    manager.submit(f"{path}/void", {**manager.hidden(), "reason": "Lập nhầm"})
    assert "Đã lưu." in manager.page
    assert "Lập nhầm" in manager.page
    manager.submit(f"{path}/void", manager.hidden())
    assert "Trung thu 2026" in manager.get("/campaigns").get_data(as_text=True)


@on_sqlite
def test_a_conflict_names_the_question_and_the_shop(office: Office) -> None:
    world = office.world
    item = {"id": "C01", "group": "giấy tờ", "text_vi": "Giấy còn hạn", "text_en": "The licence is in date"}
    checklist = world.add(
        "checklist",
        world.reference,
        code="ATTP",
        domain="food_safety",
        edition=1,
        title_vi="Bảng kiểm",
        title_en="Checklist",
        valid_from="2020-01-01",
        items=[item],
    )
    answer = world.add(
        "answer",
        office.scope,
        visit=str(office.visit()),
        checklist=str(checklist),
        item="C01",
        note="Bản sao",
    )
    path = f"/records/{answer}/edit"
    lead, inspector, manager = (office.visitor(name) for name in ("lead", "inspector", "manager"))
    lead.get(path)
    inspector.get(path)
    change(lead, path, note="Bản gốc")
    change(inspector, path, note="Không có giấy")
    for page in (f"/campaigns/{office.campaign}", f"/records/{answer}/history"):
        manager.get(page)
        assert "Bánh đa Sở Kiện, 20/09/2026" in manager.page
        assert "C01: Ghi chú" in manager.page
        assert "Giấy còn hạn" in manager.page


@on_sqlite
def test_history_says_in_words_what_became_of_a_value(office: Office) -> None:
    _, inspector, path = two_officers(office, note="Cân số 2 hết hạn")
    change(inspector, path, visited_on="2026-09-20", note="Cân số 2 hết hạn")
    inspector.get(path.replace("/edit", "/history"))
    assert "trùng giá trị" in inspector.page
    assert "agreed" not in inspector.page
