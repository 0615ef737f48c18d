"""Planning a campaign, its team, its counts, and who sees it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from config.extensions import now
from inspection.office.reads.campaigns import Counts
from tests.office.conftest import Office

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PLAN = {
    "name": "Tết Nguyên đán 2027",
    "campaign_type": "periodic",
    "occasion": "tet",
    "starts_on": "2026-12-20",
    "ends_on": "2027-01-20",
}


def test_a_manager_plans_a_campaign_and_forms_its_team(office: Office) -> None:
    manager = office.visitor("manager")
    answer = manager.submit("/campaigns/new", PLAN)
    assert answer.status_code == 200
    assert re.fullmatch(r"/campaigns/[0-9a-f-]{36}", answer.request.path)
    assert "Đã lưu." in manager.page
    assert "Đoàn chưa có ai" in manager.page
    place = {"person": str(office.people["inspector"]), "duty": "member", "team": "Tổ 1"}
    manager.submit(f"{answer.request.path}/team", place)
    assert "Tổ 1" in manager.page
    assert "Tết Nguyên đán 2027" in office.visitor("inspector").get("/campaigns").get_data(as_text=True)
    [leave] = re.findall(r'action="([^"]+/leave)"', manager.page)
    manager.submit(leave, manager.form(leave))
    assert "Đoàn chưa có ai" in manager.page
    inspector = office.visitor("inspector")
    assert "Tết Nguyên đán 2027" not in inspector.get("/campaigns").get_data(as_text=True)


@on_sqlite
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(office: Office) -> None:
    manager = office.visitor("manager")
    answer = manager.submit("/campaigns/new", {**PLAN, "name": "", "starts_on": "ngày mai"})
    assert answer.status_code == 422
    assert 'id="name-error"' in manager.page
    assert 'id="starts_on-error"' in manager.page
    assert '<option value="tet" selected>' in manager.page
    administrator = office.visitor("administrator")
    administrator.get("/parked")
    assert "Không có thao tác nào ở đây." in administrator.page


@on_sqlite
def test_a_campaign_of_which_one_is_no_part_is_not_found(office: Office) -> None:
    other = office.world.campaign()
    inspector = office.visitor("inspector")
    assert inspector.get(f"/campaigns/{office.campaign}").status_code == 200
    assert inspector.get(f"/campaigns/{other}").status_code == 404
    assert office.visitor("manager").get(f"/campaigns/{other}").status_code == 200
    assert office.visitor("desk").get(f"/campaigns/{office.campaign}").status_code == 403


def test_an_establishment_counts_once_however_often_it_was_visited(office: Office) -> None:
    office.world.establishment("Quán ăn Bến Nước")
    first = office.visit(finished_at="2026-09-20T10:00:00+07:00")
    office.visit(visited_on="2026-09-21")
    office.world.add("violation", office.scope, visit=str(first), code="ATTP-37")
    manager = office.visitor("manager")
    manager.get(f"/campaigns/{office.campaign}")
    counted = [int(number) for number in re.findall(r"<dd>(\d+)</dd>", manager.page)[:4]]
    assert counted == [2, 1, 0, 1]
    assert "1/2 cơ sở (50%)" in manager.page


def test_passed_and_breached_add_up_to_visited() -> None:
    assert Counts(planned=10, visited=7, breached=3).passed == 4


@on_sqlite
def test_only_the_communes_of_a_campaign_count_through_every_reform_of_them(office: Office) -> None:
    world = office.world
    fields: dict[str, Any] = {"code": "13495", "level": "commune", "valid_from": "2000-01-01"}
    old = world.add("unit", world.reference, name="Xã Cũ", valid_to="2025-06-30", **fields)
    fields |= {"valid_from": "2025-07-01"}
    new = world.add("unit", world.reference, name="Xã Mới", predecessors=[str(old)], **fields)
    other = world.add("unit", world.reference, name="Xã Khác", **{**fields, "code": "13498"})
    world.establishment("Ở xã mới", unit=str(new))
    world.establishment("Ở xã khác", unit=str(other))
    world.edit("campaign", office.scope, office.campaign, "0", units=[str(old)])
    manager = office.visitor("manager")
    manager.get(f"/campaigns/{office.campaign}")
    assert re.findall(r"<dd>(\d+)</dd>", manager.page)[0] == "1"


@on_sqlite
def test_a_visit_shows_what_was_found_and_who_wrote_it(office: Office) -> None:
    world, visit = (
        office.world,
        office.visit(representative="Ông Tám", finished_at="2026-09-20T10:00:00+07:00"),
    )
    checklist = world.add(
        "checklist",
        world.reference,
        code="ATTP",
        domain="food_safety",
        edition=1,
        title_vi="Bảng kiểm",
        title_en="Checklist",
        valid_from="2020-01-01",
        items=[{"id": "C01", "group": "giấy tờ", "text_vi": "Giấy còn hạn", "text_en": "In date"}],
    )
    phone = world.phone("inspector")
    opened = {"record": str(visit), "scope": office.scope}
    answer = phone.answer(opened, "C01", result="fail", note="<b>hết hạn</b>")
    answer["fields"]["checklist"] = str(checklist)
    phone.push(answer)
    manager = office.visitor("manager")
    manager.get(f"/visits/{visit}")
    assert "Giấy còn hạn" in manager.page
    assert "Không đạt" in manager.page
    assert "Inspector ghi lúc 20/09/2026, 08:11" in manager.page
    assert "&lt;b&gt;hết hạn&lt;/b&gt;" in manager.page
    assert "/edit" not in manager.page, "a manager settles and reads, and does not write findings"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_double_click_plans_one_campaign(office: Office) -> None:
    browser = office.visitor("manager")
    browser.get("/campaigns/new")
    values = {
        **browser.hidden(),
        "name": "Tết 2027",
        "campaign_type": "periodic",
        "starts_on": "2027-01-01",
        "ends_on": "2027-01-31",
    }
    first, second = browser.submit("/campaigns/new", values), browser.submit("/campaigns/new", values)
    assert first.request.path == second.request.path
    browser.get("/campaigns")
    assert browser.page.count("Tết 2027") == 1


@on_sqlite
def test_a_province_with_many_campaigns_reads_them_page_by_page(office: Office) -> None:
    today = now().date()
    for number in range(51):
        running = number < 13
        starts = today - timedelta(days=1 if running else 300 + number)
        campaign = uuid7()
        days = {"starts_on": str(starts), "ends_on": str(starts + timedelta(days=2))}
        plan = PLAN | days | {"name": f"Đợt số {number:02}", "jurisdiction": str(office.world.jurisdiction)}
        office.world.add("campaign", f"campaign:{campaign}", campaign, **plan)
    manager = office.visitor("manager")
    first = manager.get("/").get_data(as_text=True)
    assert first.count('class="card campaign"') == 12
    assert "Xem mọi đợt đang diễn ra" in first
    listed = manager.get("/campaigns").get_data(as_text=True)
    assert "Trang 1/2 · 52 dòng" in listed
    assert listed.index("Đợt số 12") < listed.index("Đợt số 13"), "running ones come first"
    assert "Đợt số 50" in manager.get("/campaigns?page=2").get_data(as_text=True)
