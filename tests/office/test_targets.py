"""A campaign's list: chosen by risk and time, shared out among teams, and what became of each."""

from __future__ import annotations

import re
import uuid

import pytest

from tests.office.conftest import Office

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def path(office: Office) -> str:
    return f"/campaigns/{office.campaign}/targets"


def listed(page: str) -> list[str]:
    """The establishments of the list, in its order."""
    table = page[: page.index('id="add"')] if 'id="add"' in page else page
    return re.findall(r'<a href="/establishments/[0-9a-f-]{36}">([^<]+)</a>', table)


def test_a_lead_fills_the_list_shares_it_out_and_sees_what_came_of_it(office: Office) -> None:
    world = office.world
    risky = world.establishment(
        "Giò chả Bảy Thơm", risk="high", latitude="20.40", longitude="105.85", accuracy=None
    )
    world.establishment("Ngừng bán", risk="high", operating=False)
    lead = office.visitor("lead")
    lead.get(path(office))
    assert "Danh sách còn trống" in lead.page
    assert lead.page.index("Giò chả Bảy Thơm") < lead.page.index("Bánh đa Sở Kiện")
    assert "Ngừng bán" not in lead.page
    lead.submit(path(office), {"first": "1", "count": "1"})
    assert listed(lead.page) == ["Giò chả Bảy Thơm"]
    lead.submit(path(office), {"establishment": str(office.shop)})
    assert len(listed(lead.page)) == 2
    for person, team in (("inspector", "Tổ 1"), ("lead", "Tổ 2")):
        place = {"person": str(office.people[person]), "duty": "member", "team": team}
        lead.submit(f"/campaigns/{office.campaign}/team", place)
    lead.submit(f"{path(office)}/share", {})
    assert "Đã chia 2 cơ sở cho 2 tổ." in lead.page
    assert len(re.findall(r"<option selected>Tổ [12]</option>", lead.page)) == 2
    visit = office.visit(establishment=str(risky))
    world.add("violation", office.scope, visit=str(visit), code="ATTP-01")
    lead.get(f"/campaigns/{office.campaign}")
    assert "1/2 cơ sở (50%)" in lead.page
    assert "Cơ sở dự kiến" in lead.page
    lead.get(path(office))
    assert f"/visits/{visit}" in lead.page
    assert "1 vi phạm" in lead.page


def test_an_establishment_is_taken_off_and_put_on_again(office: Office) -> None:
    lead = office.visitor("lead")
    lead.submit(path(office), {"establishment": str(office.shop)})
    [form] = re.findall(r'action="([^"]+/targets/[0-9a-f-]{36})"', lead.page)
    lead.submit(form, {**lead.form(form), "remove": "1"})
    assert listed(lead.page) == []
    lead.submit(path(office), {"establishment": str(office.shop)})
    assert listed(lead.page) == ["Bánh đa Sở Kiện"]


@on_sqlite
def test_who_does_not_plan_reads_the_list_and_changes_nothing(office: Office) -> None:
    inspector = office.visitor("inspector")
    assert inspector.get(path(office)).status_code == 200
    assert "Thêm cơ sở" not in inspector.page
    assert inspector.submit(path(office), {"establishment": str(office.shop)}).status_code == 403
    assert inspector.submit(f"{path(office)}/share", {}).status_code == 403
    assert inspector.get(f"/campaigns/{uuid.uuid4()}/targets").status_code == 404


@on_sqlite
@pytest.mark.parametrize(
    "sent", [{}, {"establishment": "nowhere"}, {"first": "1", "count": "-3"}, {"first": "1"}]
)
def test_nothing_chosen_adds_nothing_and_says_so(office: Office, sent: dict[str, str]) -> None:
    lead = office.visitor("lead")
    lead.submit(path(office), sent)
    assert "Hãy chọn từ 1 đến 500 cơ sở." in lead.page
    assert listed(lead.page) == []


@on_sqlite
def test_a_day_that_is_none_is_refused_at_the_door(office: Office) -> None:
    lead = office.visitor("lead")
    lead.submit(path(office), {"establishment": str(office.shop)})
    [form] = re.findall(r'action="([^"]+/targets/[0-9a-f-]{36})"', lead.page)
    assert lead.submit(form, {**lead.form(form), "planned_on": "hôm qua"}).status_code == 422
