"""The pages on which a lead makes one visit of two, takes that back, and moves a visit into the right campaign."""

from __future__ import annotations

import uuid

import pytest

from tests.office.conftest import Office
from tests.sync.concurrency import assert_sound
from tests.world import Phone

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def opened_twice(office: Office) -> tuple[uuid.UUID, uuid.UUID, Phone]:
    """The shop visited twice by people who did not scan each other's code; they disagree about one item."""
    lead, colleague = office.world.phone("lead"), office.world.phone("inspector")
    first = lead.visit(office.campaign, office.shop)
    lead.push(first, lead.answer(first, "C01", result="fail", reason="thiếu nhãn"))
    second = colleague.visit(office.campaign, office.shop)
    colleague.push(
        second, colleague.answer(second, "C01", result="pass"), colleague.answer(second, "C02", result="pass")
    )
    return uuid.UUID(first["record"]), uuid.UUID(second["record"]), colleague


@SQLITE
def test_a_lead_is_shown_the_pair_merges_it_and_takes_that_back(office: Office) -> None:
    first, second, _ = opened_twice(office)
    browser = office.visitor("lead")
    browser.get(f"/campaigns/{office.campaign}")
    assert "1 cặp lượt kiểm tra có thể là một" in browser.page
    browser.get(f"/campaigns/{office.campaign}/same-visits")
    pair = f"/visits/{first}/same/{second}"
    assert pair in browser.page
    browser.get(pair)
    assert "Nội dung hai lượt ghi khác nhau (1)" in browser.page
    assert "thiếu nhãn" in browser.page
    form = browser.form(pair)
    answer = browser.submit(pair, {**form, "keep": str(first), "reason": ""})
    assert answer.status_code == 422
    assert "Hãy chọn lượt được giữ và ghi lý do." in browser.page
    answer = browser.submit(pair, {**form, "keep": str(first), "reason": "mở hai lần"})
    assert answer.request.path == f"/visits/{first}"
    assert "Câu trả lời (2)" in browser.page
    assert "Giữ giá trị đã chọn" in browser.page or "conflict-" in browser.page
    browser.get(f"/visits/{second}")
    assert "Mở lượt đó" in browser.page
    browser.get(f"/campaigns/{office.campaign}/same-visits")
    undo = browser.page.split('action="/visit-merges/')[1].split('"')[0]
    browser.submit(f"/visit-merges/{undo}", {})
    assert "Cả hai lượt trở về như trước" in browser.page
    browser.get(f"/visits/{second}")
    assert "Câu trả lời (2)" in browser.page
    assert_sound(office.world.app)


@SQLITE
def test_what_an_offline_phone_sends_after_the_merge_waits_on_the_page(office: Office) -> None:
    first, second, colleague = opened_twice(office)
    browser = office.visitor("manager")
    pair = f"/visits/{first}/same/{second}"
    browser.get(pair)
    browser.submit(pair, {**browser.form(pair), "keep": str(first), "reason": "mở hai lần"})
    late = {"record": str(second), "scope": office.scope}
    colleague.push(colleague.answer(late, "C09", result="fail", reason="đến muộn"))
    browser.get(f"/campaigns/{office.campaign}")
    assert "1 lượt đã hợp nhất có dữ liệu gửi đến sau" in browser.page
    browser.get(f"/campaigns/{office.campaign}/same-visits")
    carry = browser.page.split('action="/visit-merges/')[1].split('"')[0]
    assert carry.endswith("/carry")
    browser.submit(f"/visit-merges/{carry}", {})
    assert "Gửi đến sau khi hợp nhất" not in browser.page
    browser.get(f"/visits/{first}")
    assert "đến muộn" in browser.page


@SQLITE
def test_a_pair_that_somebody_wrote_to_meanwhile_is_shown_again(office: Office) -> None:
    first, second, colleague = opened_twice(office)
    browser = office.visitor("lead")
    pair = f"/visits/{first}/same/{second}"
    browser.get(pair)
    form = browser.form(pair)
    later = {"record": str(second), "scope": office.scope}
    colleague.push(colleague.answer(later, "C09", result="pass"))
    answer = browser.submit(pair, {**form, "keep": str(first), "reason": "mở hai lần"})
    assert answer.status_code == 422
    browser.submit(pair, {**browser.form(pair), "keep": str(first), "reason": "mở hai lần"})
    assert "Đã hợp nhất hai lượt kiểm tra." in browser.page


@SQLITE
def test_two_visits_are_kept_apart_for_good(office: Office) -> None:
    first, second, _ = opened_twice(office)
    browser = office.visitor("lead")
    pair = f"/visits/{first}/same/{second}"
    browser.get(pair)
    browser.submit(pair, {**browser.form(pair), "keep": "both", "reason": "sáng và chiều"})
    assert "Không có lượt kiểm tra nào có vẻ bị mở hai lần." in browser.page
    assert "là hai lượt riêng" in browser.page


@SQLITE
def test_an_inspector_sees_the_pair_and_decides_nothing(office: Office) -> None:
    first, second, _ = opened_twice(office)
    browser = office.visitor("inspector")
    pair = f"/visits/{first}/same/{second}"
    browser.get(pair)
    assert "Giữ lượt nào?" not in browser.page
    assert browser.send("POST", pair, {"keep": str(first), "reason": "x"}).status_code == 403
    assert browser.get(f"/visits/{first}/same/{first}").status_code == 404


@SQLITE
def test_a_visit_opened_in_the_wrong_campaign_moves_into_the_right_one(office: Office) -> None:
    visit = office.visit(note="đợt khác")
    other = office.world.campaign(leads=(office.people["lead"],))
    browser = office.visitor("manager")
    page = f"/visits/{visit}/move"
    browser.get(page)
    answer = browser.submit(page, {**browser.form(page), "target": "campaign:rubbish", "reason": "x"})
    assert answer.status_code == 422
    browser.submit(page, {**browser.form(page), "target": f"campaign:{other}", "reason": "mở nhầm đợt"})
    assert "Đã chuyển lượt kiểm tra." in browser.page
    assert "đợt khác" in browser.page
    browser.get(f"/visits/{visit}")
    assert "Mở lượt đó" in browser.page
    assert browser.get(page).status_code == 404
