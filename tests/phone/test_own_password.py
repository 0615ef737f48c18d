"""The first sign-in on a phone with a password that somebody else made."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import update

from config.extensions import write
from inspection.people.models import Account
from tests.phone.conftest import District, Handset
from tests.world import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


def test_a_password_that_was_handed_over_is_replaced_before_the_phone_is_ones_own(
    browser: Browser, address: str, district: District
) -> None:
    with district.world.app.app_context(), write() as session:
        session.execute(update(Account).where(Account.username == "an").values(initial=True))
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN", is_mobile=True)
    phone = Handset(context, context.new_page(), address, "own-password")
    page = phone.page
    page.goto(address)
    page.get_by_label("Tên đăng nhập").fill("an")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    submit = page.get_by_role("button", name="Đăng nhập")
    submit.click()
    expect(page.get_by_role("alert")).to_contain_text("Mật khẩu này do người khác cấp")
    expect(submit).to_be_disabled()
    own = page.get_by_label("Mật khẩu mới của riêng mình")
    own.fill("ngắn")
    submit.click()
    expect(page.get_by_role("alert")).to_contain_text("ít nhất 12 ký tự")
    phone.picture("asked")
    own.fill("bốn con trâu uống trà đá")
    submit.click()
    phone.choose_pin()
    page.locator(".row", has_text="Kiểm tra liên ngành").wait_for()
    context.close()
    assert phone.faults == []
