"""An inspector's day: the list of what is to visit, nearest first, and a visit two taps away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from config.extensions import now
from inspection.campaigns.rules import target_id
from tests.phone.conftest import District, Handset

pytestmark = pytest.mark.slow

Handsets = Callable[[str], Handset]


def test_the_days_list_is_by_distance_and_a_visit_is_two_taps_away(
    handset: Handsets, district: District
) -> None:
    world = district.world
    today = (now() + timedelta(hours=7)).date()
    positions = {"Quán chay An Lạc": "20.4800", "Bếp ăn Trường Liêm Tiết": "20.5200"}
    for name, latitude in positions.items():
        shop = world.establishment(name, latitude=latitude, longitude="105.9000", accuracy="10")
        world.add(
            "target",
            district.scope,
            target_id(district.campaign, shop),
            campaign=str(district.campaign),
            establishment=str(shop),
            planned_on=today.isoformat(),
            reason="never",
        )
    phone = handset("binh")
    page = phone.page
    targets = page.locator("section", has_text="Cơ sở cần kiểm tra")
    rows = targets.locator(".row")
    expect(rows).to_have_count(2)
    expect(targets.get_by_text("Đã kiểm tra 0/2")).to_be_visible()
    expect(rows.first).to_contain_text("Bếp ăn Trường Liêm Tiết")

    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation({"latitude": 20.479, "longitude": 105.9})
    phone.open("queue")
    phone.open()
    expect(rows.first).to_contain_text("Quán chay An Lạc")
    expect(rows.first).to_contain_text("110 m")
    expect(rows.nth(1)).to_contain_text("4,6 km")
    phone.picture("day")

    phone.offline()
    rows.first.click()
    page.get_by_role("button", name="Mở lượt kiểm tra").click()
    page.get_by_role("heading", name="Nội dung kiểm tra").wait_for()
    phone.open()
    expect(page.locator("section", has_text="Đang kiểm tra").locator(".row")).to_have_count(1)
    expect(rows).to_have_count(1)
    page.get_by_role("link", name="Xem cả danh sách (2 cơ sở)").click()
    whole = page.locator("section", has_text="Cơ sở cần kiểm tra").locator(".row")
    expect(whole).to_have_count(2)
    phone.picture("campaign")
    phone.online()
    phone.has_sent_everything()
