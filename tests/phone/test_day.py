"""An inspector's day: the list of what is to visit, nearest first, and what somebody tells at the stall."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from config.extensions import db, now
from inspection.campaigns.rules import target_id
from inspection.complaints import keys, sealing
from inspection.complaints.models import Complaint, SealedIdentity
from inspection.journal.models import Entry
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


EVERYTHING_ON_THE_PHONE = """async () => {
  const open = (name) => new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
  });
  const rows = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await open(name);
    for (const table of database.objectStoreNames) {
      const request = database.transaction(table).objectStore(table).getAll();
      rows.push(await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); }));
    }
    database.close();
  }
  return JSON.stringify(rows) + JSON.stringify(localStorage);
}"""


def test_a_denouncer_is_taken_down_offline_and_only_the_office_can_read_who_it_was(
    handset: Handsets, district: District
) -> None:
    phone = handset("binh")
    page = phone.page
    phone.synchronise()
    phone.offline()
    phone.open()
    page.get_by_role("link", name="Tiếp nhận đơn, phản ánh").click()
    page.get_by_role("button", name="Lưu và niêm phong").click()
    expect(page.get_by_text("Cần ghi ít nhất một mục về người trình bày")).to_be_visible()
    page.get_by_role("button", name="Tố cáo").click()
    page.get_by_role("button", name="An toàn thực phẩm").click()
    page.get_by_label("Nội dung").fill("Bán bánh hết hạn ở cổng trường.")
    page.get_by_label("Cơ sở hoặc người bị phản ánh").fill("banh da so kein")
    page.get_by_role("button", name="Bánh đa Sở Kiện").click()
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Mẫu Đơn")
    page.get_by_label("Điện thoại hoặc cách liên hệ").fill("0900 000 999")
    phone.picture("complaint")
    page.get_by_role("button", name="Lưu và niêm phong").click()
    expect(page.get_by_text("danh tính đã niêm phong")).to_be_visible()
    phone.waits_for_sending(1)
    kept = page.evaluate(EVERYTHING_ON_THE_PHONE)
    assert len(kept) > 1000
    assert "Mẫu Đơn" not in kept
    assert "0900 000 999" not in kept
    phone.open("queue")
    expect(page.get_by_text("Đơn, phản ánh").first).to_be_visible()
    phone.picture("complaint-queue")

    phone.online()
    phone.has_sent_everything()
    phone.open("complaint", "new")
    expect(page.get_by_text("trong sổ")).to_be_visible()
    app = district.world.app
    with app.app_context():
        [complaint] = db.session.query(Complaint).all()
        assert complaint.establishment == district.shops["Bánh đa Sở Kiện"]
        sealed = db.session.get(SealedIdentity, complaint.id)
        assert sealed is not None
        private = keys.private_key(app.config["SETTINGS"].data_dir, sealed.key)
        identity = json.loads(sealing.open_sealed(private, {"key": sealed.key, "box": sealed.box}))
        assert identity == {"name": "Nguyễn Thị Mẫu Đơn", "contact": "0900 000 999"}
        journal = " ".join(str(entry.__dict__) for entry in db.session.query(Entry).all())
        assert "Mẫu Đơn" not in journal
