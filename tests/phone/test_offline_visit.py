"""A visit made without signal, from the reload that needs no network to the server's copy."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from config.extensions import db
from inspection.visits.record.content import digest, fingerprint
from inspection.visits.record.standing import standing_of
from tests.phone.conftest import District, Handset
from tests.world import Phone

pytestmark = pytest.mark.slow

Handsets = Callable[[str], Handset]


def answers_of(phone: Phone, visit: str) -> dict[str, dict[str, str]]:
    """The answers of a visit on the server, by item."""
    changes = phone.pull_all().values()
    return {
        change["fields"]["item"]: change["fields"]
        for change in changes
        if change["kind"] == "answer" and change["fields"]["visit"] == visit
    }


def test_a_visit_made_offline_survives_a_cold_reload_and_reaches_the_server(
    handset: Handsets, district: District
) -> None:
    phone = handset("binh")
    page = phone.page
    phone.picture("home")
    phone.offline()
    phone.reload()
    phone.find("dao thi hanh")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quán phở Đào Thị Hạnh")
    page.get_by_role("button", name="Mở lượt kiểm tra").click()
    page.get_by_role("heading", name="Nội dung kiểm tra").wait_for()
    visit = page.url.rpartition("/")[2]
    phone.waits_for_sending(1)

    phone.open_checklist("An toàn thực phẩm")
    passed = phone.item("ATTP-C01").get_by_role("button", name="Đạt", exact=True)
    passed.click()
    expect(passed).to_have_attribute("aria-pressed", "true")
    phone.waits_for_sending(2)

    phone.item("ATTP-C03").get_by_role("button", name="Không đạt").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Lý do, hiện trạng ghi nhận được").fill("Chưa có giấy xác nhận tập huấn")
    sheet.get_by_role("checkbox").first.check()
    phone.picture("failure")
    sheet.get_by_role("button", name="Lưu").click()
    expect(sheet).to_be_hidden()
    expect(phone.item("ATTP-C03").get_by_text("ATTP-21")).to_be_visible()
    phone.waits_for_sending(5)

    phone.reload()
    phone.waits_for_sending(5)
    expect(phone.item("ATTP-C03").get_by_text("Chưa có giấy xác nhận tập huấn")).to_be_visible()
    phone.open("queue")
    expect(page.get_by_role("heading", name="Chờ gửi (5)")).to_be_visible()
    phone.picture("queue")

    phone.online()
    phone.has_sent_everything()
    server = district.world.phone("chi")
    answers = answers_of(server, visit)
    assert answers["ATTP-C01"]["result"] == "pass"
    assert answers["ATTP-C03"]["result"] == "fail"
    assert answers["ATTP-C03"]["reason"] == "Chưa có giấy xác nhận tập huấn"
    violations = [change for change in server.pull_all().values() if change["kind"] == "violation"]
    assert [violation["fields"]["code"] for violation in violations] == ["ATTP-21"]


def test_undoing_an_answer_is_simply_another_operation(handset: Handsets, district: District) -> None:
    phone = handset("binh")
    phone.offline()
    visit = phone.open_visit("so kien")
    phone.open_checklist("An toàn thực phẩm")
    card = phone.item("ATTP-C01")
    card.get_by_role("button", name="Đạt", exact=True).click()
    card.get_by_role("button", name="Không áp dụng").click()
    phone.page.get_by_role("button", name="Hoàn tác").click()
    expect(card.get_by_role("button", name="Đạt", exact=True)).to_have_attribute("aria-pressed", "true")
    phone.waits_for_sending(4)
    phone.online()
    phone.has_sent_everything()
    assert answers_of(district.world.phone("chi"), visit)["ATTP-C01"]["result"] == "pass"


def test_two_instruments_are_two_answers(handset: Handsets, district: District) -> None:
    phone = handset("binh")
    visit = phone.open_visit("ba loan")
    phone.open_checklist("Đo lường")
    phone.item("DL-C02").get_by_role("button", name="Đạt", exact=True).click()
    phone.item("DL-C02").get_by_role("button", name="Thêm đối tượng").click()
    sheet = phone.page.get_by_role("dialog")
    sheet.get_by_label("Tên đối tượng").fill("Cân số 2")
    sheet.get_by_role("button", name="Tiếp tục").click()
    second = phone.page.locator("article", has=phone.page.get_by_text("Cân số 2", exact=True))
    second.get_by_role("button", name="Không đạt").click()
    sheet.get_by_label("Lý do, hiện trạng ghi nhận được").fill("Tem hết hạn")
    sheet.get_by_role("button", name="Lưu").click()
    phone.picture("two-instruments")
    phone.has_sent_everything()
    changes = district.world.phone("chi").pull_all().values()
    found = {
        change["fields"].get("subject"): change["fields"]["result"]
        for change in changes
        if change["kind"] == "answer" and change["fields"]["visit"] == visit
    }
    assert found == {None: "pass", "Cân số 2": "fail"}


def draw(page: Page) -> None:
    """Sign with a finger in the box of the open sheet."""
    pad = page.get_by_role("dialog").get_by_role("img", name="Ký vào ô này")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 20 + step * 15, box["y"] + 60 + (step % 3) * 20)
    page.mouse.up()


def test_both_sides_sign_offline_the_copy_is_handed_over_and_the_office_confirms_it(
    handset: Handsets, district: District
) -> None:
    phone = handset("an")
    page = phone.page
    phone.offline()
    visit = phone.open_visit("so kien")
    phone.open_checklist("An toàn thực phẩm")
    phone.item("ATTP-C01").get_by_role("button", name="Đạt", exact=True).click()
    phone.waits_for_sending(2)
    phone.open("visit", visit, "finish")
    page.get_by_role("button", name="Kết thúc lượt kiểm tra").click()
    page.get_by_label("Ý kiến của cơ sở").fill("Cơ sở nhất trí, sẽ khắc phục trong tuần.")
    page.get_by_role("button", name="Lưu ý kiến").click()
    page.get_by_role("link", name="Đọc biên bản trước khi ký").click()
    expect(page.get_by_text("Dự thảo, chưa ký")).to_be_visible()
    expect(page.locator(".minutes")).to_contain_text("Cơ sở nhất trí, sẽ khắc phục trong tuần.")
    phone.picture("record-before-signing")
    page.get_by_role("link", name="Quay lại").click()

    page.get_by_role("button", name="Ký", exact=True).first.click()
    page.get_by_role("button", name="Xác nhận ký").click()
    expect(page.get_by_text("Chưa có chữ ký")).to_be_visible()
    draw(page)
    phone.picture("signing")
    page.get_by_role("button", name="Xác nhận ký").click()
    expect(page.get_by_text("đã ký lúc")).to_be_visible()
    page.get_by_role("button", name="Ký", exact=True).click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Họ và tên người ký").fill("Nguyễn Thị Quê")
    sheet.get_by_text("Từ chối ký").click()
    sheet.get_by_label("Lý do từ chối ký").fill("Chủ cơ sở vắng mặt")
    sheet.get_by_label("Người chứng kiến 1").fill("Trần Văn Tổ, tổ trưởng dân phố")
    sheet.get_by_role("button", name="Xác nhận ký").click()
    expect(page.get_by_text("Nguyễn Thị Quê từ chối ký")).to_be_visible()
    phone.picture("signed")

    page.get_by_role("link", name="Bản giao cho cơ sở").click()
    shown = page.locator(".fingerprint")
    expect(shown).to_be_visible()
    phone.picture("copy")
    with page.expect_download() as handed:
        page.get_by_role("button", name="Lưu tệp").click()
    copy = handed.value.path().read_text(encoding="utf-8")
    assert shown.inner_text() in copy
    assert "Trần Văn Tổ, tổ trưởng dân phố" in copy
    code = shown.inner_text()

    phone.online()
    phone.has_sent_everything()
    with district.world.app.app_context():
        standing = standing_of(db.session(), uuid.UUID(visit))
        assert standing is not None
        assert standing.digest == digest(standing.now), "phone and server make one digest of one visit"
        assert fingerprint(standing.digest) == code
        assert [one.signature.party for one in standing.signatures] == ["team", "establishment"]
        assert standing.signatures[0].signature.strokes
        assert standing.amendments == []

    phone.open("visit", visit)
    expect(page.get_by_text("Biên bản đã ký")).to_be_visible()
    with page.expect_response("**/api/sync/push"):
        page.get_by_label("Ghi chú chung").fill("Bổ sung sau khi ký")
        page.get_by_label("Ghi chú chung").blur()
    phone.has_sent_everything()
    with district.world.app.app_context():
        standing = standing_of(db.session(), uuid.UUID(visit))
        assert standing is not None
        assert [one.number for one in standing.amendments] == [1]
        assert [one.field for one in standing.differences] == ["note"]
    phone.open("visit", visit, "minutes")
    expect(page.get_by_text("Sau khi ký đã có bổ sung.")).to_be_visible()
    expect(shown).to_have_text(code)


def test_a_new_establishment_is_found_and_visited_before_anyone_has_signal(
    handset: Handsets, district: District
) -> None:
    phone = handset("binh")
    page = phone.page
    phone.offline()
    phone.open("establishment", "new")
    page.get_by_label("Tên cơ sở").fill("Lò bún Ông Đức")
    page.get_by_role("button", name="Sản xuất").click()
    page.get_by_role("button", name="Lưu cơ sở").click()
    page.get_by_role("button", name="Mở lượt kiểm tra").wait_for()
    visit = phone.open_visit("lo bun ong duc")
    phone.waits_for_sending(2)
    phone.online()
    phone.has_sent_everything()
    server = district.world.phone("chi")
    shop = server.record(visit)["fields"]["establishment"]
    assert server.record(shop)["fields"]["name"] == "Lò bún Ông Đức"


def test_a_visit_opened_by_mistake_is_voided_with_its_reason_and_can_be_restored(
    handset: Handsets, district: District
) -> None:
    phone = handset("binh")
    page = phone.page
    visit = phone.open_visit("so kien")
    phone.has_sent_everything()
    page.get_by_role("button", name="Hủy lượt kiểm tra").click()
    page.get_by_label("Lý do hủy").fill("Mở nhầm cơ sở")
    page.get_by_role("button", name="Hủy lượt này").click()
    expect(page.get_by_text("Lượt kiểm tra đã hủy: Mở nhầm cơ sở")).to_be_visible()
    phone.has_sent_everything()
    assert district.world.phone("chi").record(visit)["voided"] == {"reason": "Mở nhầm cơ sở"}
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.get_by_text("Đang kiểm tra")).to_be_visible()
    phone.has_sent_everything()
    assert district.world.phone("chi").record(visit)["voided"] is None
