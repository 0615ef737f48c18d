"""Two phones on one visit, refusals, sessions that end: what the person is told and what is kept."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from config.extensions import now, write
from inspection.people import operations
from inspection.visits.merging import keep_apart
from tests.phone.conftest import PIN, District, Handset
from tests.world import statuses, system_author

pytestmark = pytest.mark.slow

Handsets = Callable[[str], Handset]


def today() -> str:
    """The day in Viet Nam."""
    return (now() + timedelta(hours=7)).date().isoformat()


def test_two_people_who_wrote_different_things_are_both_shown_and_the_lead_settles(
    handset: Handsets, district: District
) -> None:
    lead, binh = handset("an"), handset("binh")
    visit = lead.open_visit("so kien")
    lead.has_sent_everything()
    binh.synchronise()
    for phone in (lead, binh):
        phone.offline()
    for phone, note in ((lead, "Cân số 2 hết hạn"), (binh, "Cân số 2 còn hạn")):
        phone.open("visit", visit)
        phone.page.get_by_label("Ghi chú chung").fill(note)
        phone.page.get_by_label("Ghi chú chung").blur()
        phone.waits_for_sending(1)
    for phone in (lead, binh):
        phone.online()
        phone.has_sent_everything()
        phone.synchronise()
    lead.synchronise()
    lead.open("visit", visit)
    lead.page.get_by_text("1 chỗ chưa thống nhất").click()
    options = lead.page.locator(".options li")
    expect(options).to_have_count(2)
    expect(options.nth(0)).to_contain_text("Cân số 2 hết hạn")
    expect(options.nth(0)).to_contain_text("Bạn")
    expect(options.nth(1)).to_contain_text("Cân số 2 còn hạn")
    expect(options.nth(1)).to_contain_text("Binh")
    lead.picture("conflict")
    binh.open("visit", visit, "conflicts")
    expect(binh.page.get_by_text("Trưởng đoàn hoặc lãnh đạo sẽ chọn")).to_be_visible()

    options.nth(1).get_by_role("button", name="Chọn giá trị này").click()
    expect(lead.page.get_by_text("Không còn chỗ nào chưa thống nhất.")).to_be_visible(timeout=15_000)
    settled = district.world.phone("chi").record(visit)
    assert settled["fields"]["note"] == "Cân số 2 còn hạn"
    conflicts = [c for c in district.world.phone("chi").pull_all().values() if c["kind"] == "conflict"]
    assert [conflict["fields"]["open"] for conflict in conflicts] == [False]


def test_a_refused_operation_needs_attention_until_it_is_corrected(
    handset: Handsets, district: District
) -> None:
    phone = handset("binh")
    page = phone.page
    visit = phone.open_visit("so kien")
    phone.has_sent_everything()
    phone.open("visit", visit, "violation", "new")
    page.get_by_text("Hành vi khác (tự mô tả)").click()
    page.get_by_role("textbox", name="Mô tả").fill("Bày thực phẩm cạnh hóa chất")
    page.get_by_role("button", name="Lưu vi phạm").click()
    page.locator(".row", has_text="Bày thực phẩm cạnh hóa chất").click()
    # A browser without date fields would let this pass.
    page.get_by_label("Hạn khắc phục").evaluate("element => { element.type = 'text' }")
    page.get_by_label("Hạn khắc phục").fill("ngày mai")
    page.get_by_role("button", name="Lưu vi phạm").click()
    page.get_by_role("heading", name="Nội dung kiểm tra").wait_for()
    phone.open("attention")
    expect(page.get_by_role("heading", name="Có mục điền chưa hợp lệ (1)")).to_be_visible(timeout=15_000)
    phone.picture("attention")
    page.get_by_role("button", name="Sửa và gửi lại").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Hạn khắc phục").fill("2030-01-31")
    sheet.get_by_role("button", name="Sửa và gửi lại").click()
    expect(page.get_by_text("Không có nội dung nào bị từ chối.")).to_be_visible()
    phone.has_sent_everything()
    violations = [c for c in district.world.phone("chi").pull_all().values() if c["kind"] == "violation"]
    assert [violation["fields"]["due_on"] for violation in violations] == ["2030-01-31"]


def test_a_revoked_device_says_so_and_keeps_what_was_written(handset: Handsets, district: District) -> None:
    phone = handset("binh")
    phone.offline()
    phone.open_visit("so kien")
    phone.waits_for_sending(1)
    device = phone.page.evaluate(
        """() => new Promise(done => {
            const opening = indexedDB.open('inspection')
            opening.onsuccess = () => {
                const reading = opening.result.transaction('vault').objectStore('vault').get('current')
                reading.onsuccess = () => { opening.result.close(); done(reading.result.device) }
            }
        })"""
    )
    with district.world.app.app_context(), write() as session:
        operations.revoke_device(session, uuid.UUID(device), now())
    phone.online()
    expect(phone.page.get_by_role("heading", name="Thiết bị đã bị thu hồi")).to_be_visible(timeout=15_000)
    expect(phone.page.get_by_text("1 thao tác chưa gửi được giữ trên máy này.")).to_be_visible()
    phone.picture("revoked")


def test_signing_out_with_unsent_work_asks_first(handset: Handsets) -> None:
    phone = handset("binh")
    phone.offline()
    phone.open_visit("so kien")
    phone.open("settings")
    phone.page.get_by_role("button", name="Đăng xuất").click()
    sheet = phone.page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", name="Còn 1 thao tác chưa gửi")).to_be_visible()
    phone.picture("guarded")
    sheet.get_by_role("button", name="Ở lại và gửi").click()
    phone.waits_for_sending(1)


def test_the_whole_app_speaks_english_and_remembers_it(handset: Handsets) -> None:
    phone = handset("binh")
    phone.open("settings")
    phone.page.get_by_role("button", name="English").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Settings")
    phone.offline()
    phone.page.reload()
    phone.page.get_by_label("PIN", exact=True).fill(PIN)
    phone.page.get_by_role("button", name="Unlock").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Settings")
    phone.picture("english")


def test_a_violation_is_voided_only_with_a_reason(handset: Handsets, district: District) -> None:
    phone = handset("binh")
    page = phone.page
    visit = phone.open_visit("so kien")
    phone.open("visit", visit, "violation", "new")
    page.get_by_text("Hành vi khác (tự mô tả)").click()
    page.get_by_role("textbox", name="Mô tả").fill("Bày thực phẩm cạnh hóa chất")
    page.get_by_role("button", name="Lưu vi phạm").click()
    page.locator(".row", has_text="Bày thực phẩm cạnh hóa chất").click()
    page.get_by_role("button", name="Hủy vi phạm này").click()
    sheet = page.get_by_role("dialog")
    confirm = sheet.get_by_role("button", name="Hủy vi phạm", exact=True)
    expect(confirm).to_be_disabled()
    sheet.get_by_label("Lý do hủy").fill("Ghi nhầm cơ sở")
    confirm.click()
    expect(page.get_by_text("Chưa ghi vi phạm nào.")).to_be_visible()
    phone.has_sent_everything()
    server = district.world.phone("chi")
    [violation] = [change for change in server.pull_all().values() if change["kind"] == "violation"]
    assert violation["voided"] == {"reason": "Ghi nhầm cơ sở"}
    people = {
        c["fields"]["full_name"]: c["record"] for c in server.pull_all().values() if c["kind"] == "person"
    }
    assert server.record(visit)["fields"]["lead"] == people["An"]


def test_a_clock_that_is_wrong_is_said(handset: Handsets) -> None:
    phone = handset("binh")
    expect(phone.page.get_by_text("Đồng hồ của máy")).to_have_count(0)
    phone.page.clock.install(time=now() + timedelta(minutes=10))
    phone.reload()
    phone.open_visit("so kien")
    phone.has_sent_everything()
    phone.open("")
    warning = phone.page.get_by_text("Đồng hồ của máy nhanh khoảng 10 phút so với máy chủ.")
    expect(warning).to_be_visible(timeout=15_000)
    phone.picture("clock")


def test_a_visit_that_a_colleague_opened_apart_is_shown_with_who_and_when(
    handset: Handsets, district: District
) -> None:
    lead = handset("an")
    lead.offline()
    visit = lead.open_visit("so kien")
    chi = district.world.phone("chi")
    shop = district.shops["Bánh đa Sở Kiện"]
    opened = chi.visit(district.campaign, shop, visited_on=today(), started_at=now().isoformat())
    assert statuses(chi.push(opened)) == ["applied"]
    lead.online()
    lead.synchronise()
    lead.open("campaign", str(district.campaign))
    expect(lead.page.locator("a.row", has_text="Có thể trùng lượt khác")).to_have_count(2)
    lead.open("visit", visit)
    other = lead.page.locator("a.banner", has_text="Chi cũng mở một lượt ở đây lúc")
    expect(other).to_contain_text("bạn gộp hai lượt trên trang văn phòng")
    lead.picture("opened twice")
    other.click()
    lead.page.locator("a.banner", has_text="Bạn cũng mở một lượt ở đây lúc").wait_for()

    # Somebody says at the office that they are two.
    with district.world.app.app_context(), write() as session:
        author = system_author(session, district.world.jurisdiction)
        keep_apart(session, author, uuid.UUID(visit), uuid.UUID(opened["record"]), reason="sáng và chiều")
    lead.synchronise()
    lead.open("visit", visit)
    lead.page.get_by_role("heading", name="Nội dung kiểm tra").wait_for()
    expect(other).to_have_count(0)


def test_the_value_of_the_goods_is_asked_for_where_the_fine_goes_by_it(
    handset: Handsets, district: District
) -> None:
    chi = district.world.phone("chi")
    opened = chi.visit(district.campaign, district.shops["Bánh đa Sở Kiện"], visited_on=today())
    by_value, plain = (
        chi.operation("violation", district.scope, visit=opened["record"], code=code, found_on=today())
        for code in ("ATTP-53", "ATTP-21")
    )
    assert statuses(chi.push(opened, by_value, plain)) == ["applied"] * 3
    phone = handset("binh")
    page = phone.page
    phone.open("visit", opened["record"], "violation", plain["record"])
    page.get_by_role("group", name="Mức độ").wait_for()
    expect(page.get_by_label("Trị giá hàng hóa vi phạm")).to_have_count(0)
    phone.open("visit", opened["record"], "violation", by_value["record"])
    page.get_by_label("Trị giá hàng hóa vi phạm").fill("2.500.000")
    page.get_by_role("button", name="Giá thị trường").click()
    phone.picture("value")
    page.get_by_role("button", name="Lưu vi phạm").click()
    page.get_by_role("heading", name="Nội dung kiểm tra").wait_for()
    phone.has_sent_everything()
    fields = district.world.phone("chi").record(by_value)["fields"]
    assert (fields["goods_value"], fields["goods_basis"]) == (2_500_000, "market_price")
