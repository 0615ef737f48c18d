"""Two phones without signal that work on one visit from the first minute."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from config.extensions import db
from inspection.journal.models import Entry, Receipt
from tests.phone.conftest import PATIENCE, District, Handset

pytestmark = pytest.mark.slow

Handsets = Callable[[str], Handset]


def code_of(phone: Handset, visit: str) -> str:
    """The text behind the squares on the lead's screen."""
    phone.open("visit", visit)
    phone.page.get_by_role("link", name="Mời đồng nghiệp cùng ghi").click()
    expect(phone.page.get_by_role("img", name="Mã QR của lượt kiểm tra")).to_be_visible()
    phone.picture("code")
    phone.page.get_by_text("Không quét được?").click()
    return phone.page.get_by_label("Mã của lượt kiểm tra").input_value()


def enter(phone: Handset, code: str) -> None:
    phone.open("")
    phone.page.get_by_role("link", name="Vào lượt kiểm tra bằng mã").click()
    phone.page.get_by_label("Mã của lượt kiểm tra").fill(code)
    phone.page.get_by_role("button", name="Vào lượt kiểm tra", exact=True).click()


def test_two_phones_offline_join_one_visit_and_the_server_has_one(
    handset: Handsets, district: District
) -> None:
    lead, binh = handset("an"), handset("binh")
    for phone in (lead, binh):
        phone.offline()
    visit = lead.open_visit("so kien")
    code = code_of(lead, visit)
    enter(binh, code)
    expect(binh.page.get_by_role("heading", level=1)).to_have_text("Bánh đa Sở Kiện")
    expect(binh.page.get_by_text("Đã vào lượt kiểm tra")).to_be_visible()
    binh.picture("joined")
    assert binh.page.url.endswith(visit)
    enter(binh, code)
    expect(binh.page.get_by_text("Lượt kiểm tra này đã có trên máy")).to_be_visible()
    binh.waits_for_sending(1)

    for phone, item in ((lead, "ATTP-C01"), (binh, "ATTP-C03")):
        phone.open("visit", visit)
        phone.open_checklist("An toàn thực phẩm")
        phone.item(item).get_by_role("button", name="Đạt", exact=True).click()
        phone.waits_for_sending(2)
    # The colleague is the first to find a signal.
    for phone in (binh, lead):
        phone.online()
        phone.has_sent_everything()
    binh.synchronise()

    changes = district.world.phone("chi").pull_all().values()
    assert [change["record"] for change in changes if change["kind"] == "visit"] == [visit]
    assert [change for change in changes if change["kind"] == "conflict"] == []
    answers = {c["fields"]["item"]: c["fields"]["result"] for c in changes if c["kind"] == "answer"}
    assert answers == {"ATTP-C01": "pass", "ATTP-C03": "pass"}
    assert statuses(district, visit) == ["applied", "merged"]
    for phone in (lead, binh):
        phone.open("visit", visit)
        expect(phone.page.get_by_text("2/20 mục")).to_be_visible(timeout=PATIENCE)
        phone.open("attention")
        expect(phone.page.get_by_text("Không có nội dung nào bị từ chối.")).to_be_visible()


def statuses(district: District, visit: str) -> list[str]:
    """How the server took each operation on the record, in order."""
    with district.world.app.app_context():
        query = (
            select(Receipt.status)
            .join(Entry, Entry.operation == Receipt.operation)
            .where(Entry.record == uuid.UUID(visit))
            .order_by(Entry.seq)
        )
        return list(db.session.scalars(query))


def test_a_code_of_elsewhere_is_refused_with_words(handset: Handsets) -> None:
    lead, binh = handset("an"), handset("binh")
    code = json.loads(code_of(lead, lead.open_visit("so kien")))
    foreign = "018f0000-0000-7000-8000-0000000000ff"
    other_area = {**code, "j": foreign}
    [[kind, record, fields]] = code["o"]
    other_campaign = {**code, "o": [[kind, record, {**fields, "campaign": foreign}]]}
    for content, words in (
        (json.dumps(other_area), "Mã này của địa bàn khác"),
        (json.dumps(other_campaign), "Mã này thuộc đợt kiểm tra mà tài khoản trên máy này chưa được phân công."),
        (json.dumps({**code, "v": "KT9"}), "Mã do phiên bản khác của ứng dụng tạo ra."),
        ("0912 345 678", "Đây không phải mã của một lượt kiểm tra."),
    ):
        enter(binh, content)
        expect(binh.page.get_by_role("alert")).to_contain_text(words)
    binh.picture("refused")
    binh.has_sent_everything()
