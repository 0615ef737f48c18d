"""A checklist of every kind of answer, filled in without signal, and a question that is asked only when it applies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.phone.conftest import District, Handset

pytestmark = pytest.mark.slow

GOODS = [
    {"name": "milk", "label_vi": "Sữa", "label_en": "Milk"},
    {"name": "wine", "label_vi": "Rượu", "label_en": "Wine"},
]


def item(name: str, text: str, kind: str, **values: Any) -> dict[str, Any]:
    answer = {"kind": kind, **values.pop("answer", {})}
    return {
        "id": name,
        "text_vi": text,
        "text_en": "",
        "group": "",
        "answer": answer,
        "violation_codes": [],
        **values,
    }


ITEMS = [
    item("K1", "Nhóm hàng", "choice", answer={"options": GOODS}, required=True),
    item("K2", "Rượu: có ghi hàm lượng etanol", "pass_fail_na", relevant="${K1} = 'wine'", required=True),
    item(
        "K3",
        "Khối lượng ghi trên nhãn",
        "number",
        answer={"unit": "g", "minimum": "0", "maximum": "500"},
        constraint=". >= 0 and . <= 500",
        constraint_vi="Nhãn của nhóm này không quá 500 g",
    ),
    item("K4", "Ngày sản xuất", "date", constraint=". <= today()", hint_vi="Theo thứ tự ngày, tháng, năm"),
    item("K5", "Mã vạch", "barcode"),
    item("K6", "Người bán ký xác nhận", "signature"),
    item("K7", "Nội dung còn thiếu", "choices", answer={"options": GOODS}),
]


def draw(page: Page) -> None:
    frame = page.locator("#item-K6").get_by_role("img", name="Ký vào khung này").bounding_box()
    assert frame
    page.mouse.move(frame["x"] + 30, frame["y"] + 60)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(frame["x"] + 30 + step * 20, frame["y"] + 60 + (40 if step % 2 else -20))
    page.mouse.up()


def test_every_kind_of_answer_reaches_the_server(
    handset: Callable[[str], Handset], district: District
) -> None:
    world = district.world
    titles = {"title_vi": "Bảng kiểm thử", "title_en": "Trial checklist"}
    dated = {"edition": 9, "valid_from": "2026-01-01", "items": ITEMS}
    world.add("checklist", world.reference, None, code="THU", domain="labels", **titles, **dated)
    phone = handset("binh")
    page = phone.page
    visit = phone.open_visit("so kien")
    phone.offline()
    page.locator(".row", has_text="0/6").click()
    expect(page.locator("#item-K2")).to_have_count(0)
    phone.item("K1").get_by_role("button", name="Rượu").click()
    phone.item("K2").get_by_role("button", name="Đạt", exact=True).click()
    phone.item("K3").get_by_label("Số đo").fill("600")
    phone.item("K3").get_by_label("Số đo").blur()
    expect(phone.item("K3").get_by_role("alert")).to_have_text("Nhãn của nhóm này không quá 500 g")
    phone.picture("outside")
    phone.item("K3").get_by_label("Số đo").fill("450,5")
    phone.item("K3").get_by_label("Số đo").blur()
    expect(phone.item("K3").get_by_role("alert")).to_have_count(0)
    phone.item("K4").get_by_label("Ngày").fill("2026-02-01")
    phone.item("K4").get_by_label("Ngày").blur()
    phone.item("K5").get_by_label("Mã vạch").fill("8934563138165")
    phone.item("K5").get_by_label("Mã vạch").blur()
    phone.item("K7").get_by_role("button", name="Rượu").click()
    phone.item("K7").get_by_role("button", name="Sữa").click()
    phone.item("K6").scroll_into_view_if_needed()
    draw(page)
    phone.picture("signature")
    phone.item("K6").get_by_role("button", name="Lưu chữ ký").click()
    expect(phone.item("K6").locator(".photo")).to_have_count(1)
    expect(page.get_by_text("Đã trả lời hết")).to_be_visible()
    phone.online()
    phone.has_sent_everything()
    pulled = world.phone("chi").pull_all().values()
    answers = {each["fields"]["item"]: each for each in pulled if each["kind"] == "answer"}
    given = {name: each["fields"] for name, each in answers.items()}
    assert given["K1"]["chosen"] == ["wine"]
    assert given["K7"]["chosen"] == ["milk", "wine"]
    assert (given["K3"]["value"], given["K3"]["unit"]) == ("450.5", "g")
    assert (given["K4"]["day"], given["K5"]["text"]) == ("2026-02-01", "8934563138165")
    signatures = [each["fields"] for each in pulled if each["kind"] == "evidence"]
    assert [(each["visit"], each["subject"]) for each in signatures] == [(visit, answers["K6"]["record"])]
