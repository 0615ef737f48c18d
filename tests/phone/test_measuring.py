"""A lot weighed, a scale tried and a sample taken without signal; the server comes to the same verdicts."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from config.extensions import db
from inspection.checklists.catalogue import violation_types
from inspection.measurement import queries
from inspection.visits.models import Violation
from tests.phone.conftest import District, Handset

pytestmark = pytest.mark.slow

Handsets = Callable[[str], Handset]


QUICK_THUMB = """async numbers => {
  const find = name => [...document.querySelectorAll(".pad button")].find(key => key.textContent === name);
  const drawn = () => new Promise(resolve => setTimeout(resolve));
  for (const number of numbers) {
    for (const digit of number) { find(digit).click(); await drawn(); }
    find("Ghi (g)").click();
    find("Ghi (g)").click();
    await drawn();
  }
}"""
"""Keys pressed as fast as the screen is drawn, faster than the phone writes, and "Ghi" twice each time."""


def weigh(phone: Handset, number: str) -> None:
    """Key a number into the pad and record it."""
    for key in number:
        phone.page.get_by_role("button", name=key, exact=True).click()
    phone.page.get_by_role("button", name="Ghi (g)").click()


def test_a_lot_a_scale_and_a_sample_are_recorded_offline_and_judged_alike(
    app: Flask, handset: Handsets, district: District
) -> None:
    for act in violation_types():
        if act.valid_to is None and act.code.startswith("DL-"):
            district.world.add("violation_type", district.world.reference, act.id, **act.record())
    phone = handset("binh")
    page = phone.page
    phone.offline()
    visit = phone.open_visit("ba loan")

    page.get_by_role("link", name="Hàng đóng gói sẵn").click()
    page.get_by_label("Mã vạch").fill("8934563138165")
    page.get_by_label("Tên hàng").fill("Bánh nướng thập cẩm")
    page.get_by_label("Lượng ghi trên nhãn").fill("500")
    page.get_by_label("Cỡ lô").fill("4")
    expect(page.get_by_text("cân hết 4 gói")).to_be_visible()
    expect(page.get_by_text("T = 15 g")).to_be_visible()
    phone.picture("lot")
    page.get_by_role("button", name="Bắt đầu cân").click()
    page.locator(".pad").wait_for()
    page.evaluate(QUICK_THUMB, ["500", "485"])
    weighed = page.get_by_role("progressbar", name="2/4 gói")
    expect(weighed).to_be_visible()
    weigh(phone, "5000000")
    expect(page.get_by_role("alert")).to_contain_text("xem lại đơn vị")
    for _ in range(7):
        page.get_by_role("button", name="Xóa một chữ số").click()
    verdict = page.locator("main").get_by_role("status").first
    phone.reload()
    expect(weighed).to_be_visible()
    expect(verdict).to_contain_text("Chưa đủ để kết luận")
    weigh(phone, "469,9")
    expect(verdict).to_contain_text("Không đạt")
    page.get_by_role("button", name="Bỏ số cuối").click()
    expect(verdict).to_contain_text("Chưa đủ để kết luận")
    page.get_by_text("Gõ hoặc đọc nhiều số").first.click()
    page.get_by_label("Gõ hoặc đọc nhiều số").fill("469,9 503.5")
    page.get_by_role("button", name="Thêm 2 số").click()
    expect(verdict).to_contain_text("Chỉ có giá trị sàng lọc")
    expect(verdict).to_contain_text("Không đạt")
    phone.picture("weighed")
    page.get_by_role("button", name="Ghi vi phạm DL-09").click()
    expect(page.get_by_text("Đã ghi vi phạm DL-09")).to_be_visible()

    phone.open("visit", visit)
    page.get_by_role("link", name="Phương tiện đo", exact=True).click()
    page.get_by_label("Loại phương tiện đo").select_option("spring_scale")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Tem", exact=True).click()
    page.get_by_label("Ngày kiểm định").fill("2024-01-15")
    expect(page.get_by_text("Đã hết hạn")).to_be_visible()
    page.get_by_label("Ngày kiểm định").fill("2999-01-15")
    expect(page.get_by_role("alert")).to_have_text("Ngày chưa tới.")
    page.get_by_label("Giá trị độ chia").fill("50")
    page.get_by_label("Mức cân lớn nhất").fill("10")
    page.get_by_role("button", name="Người bán").click()
    page.get_by_label("Quả cân chuẩn").fill("7")
    page.get_by_label("Cân chỉ").fill("7,101")
    page.get_by_role("button", name="Ghi lần đo").click()
    expect(page.get_by_text("lệch 101 g, cho phép 100 g")).to_be_visible()
    expect(page.get_by_role("button", name="Ghi vi phạm DL-05")).to_be_visible()
    phone.picture("scale")

    phone.open("visit", visit)
    page.get_by_role("link", name="Lấy mẫu").click()
    page.get_by_label("Tên mẫu").fill("Giò lụa")
    page.get_by_label("Hai bên đã niêm phong mẫu").check()
    phone.picture("sample")
    page.get_by_role("button", name="Lưu mẫu").click()
    expect(page.locator(".row", has_text="Giò lụa")).to_contain_text("Chưa có")
    expect(page.get_by_role("link", name="Bánh nướng thập cẩm Không đạt")).to_be_visible()
    phone.picture("visit")

    page.get_by_role("link", name="Hàng đóng gói sẵn", exact=True).click()
    page.get_by_label("Mã vạch").fill("8934563138165")
    page.get_by_label("Tên hàng").focus()
    expect(page.get_by_text("Đã điền theo lần kiểm tra trước của “Bánh nướng thập cẩm”")).to_be_visible()
    expect(page.get_by_label("Tên hàng")).to_have_value("Bánh nướng thập cẩm")
    expect(page.get_by_label("Lượng ghi trên nhãn")).to_have_value("500")
    phone.picture("known")
    phone.open("visit", visit)

    phone.online()
    phone.has_sent_everything()
    with app.app_context():
        session, record = db.session(), uuid.UUID(visit)
        [lot], [scale] = queries.packages_of(session, record), queries.instruments_of(session, record)
        [sample] = queries.samples_of(session, record)
        [violation] = session.query(Violation).all()
        assert violation.found_on is not None
        judged = queries.package_judgement(lot, violation.found_on)
        tried = queries.instrument_judgement(scale, violation.found_on)
    assert lot.barcode == "8934563138165"
    assert (lot.weights, judged["verdict"], lot.verdict) == (["500", "485", "469.9", "503.5"], "fail", "fail")
    assert [line["fits"] for line in tried["lines"]] == [False]
    assert (tried["verification"], str(scale.verified_on)) == ("expired", "2024-01-15")
    assert scale.verdict == tried["verdict"] == "fail"
    assert (violation.code, sample.sealed, sample.sampled_at is not None) == ("DL-09", True, True)
    assert "1 gói thiếu quá 2T" in (violation.description or "")
