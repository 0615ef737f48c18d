"""Two tabs, a campaign taken away, an update during a visit: nothing is lost and nothing is sent twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from config.extensions import write
from inspection.campaigns.models import Assignment
from inspection.journal.edit import edit
from inspection.journal.models import Entry
from sync import app_files
from tests.phone.conftest import PATIENCE, District, Handset
from tests.phone.test_photos import jpeg
from tests.world import system_author

pytestmark = pytest.mark.slow

Handsets = Callable[[str], Handset]

PHOTOS = """async () => {
    const database = await new Promise(done => {
        const opening = indexedDB.open('inspection')
        opening.onsuccess = () => done(opening.result)
    })
    const all = table => new Promise(done => {
        const reading = database.transaction(table).objectStore(table).getAll()
        reading.onsuccess = () => done(reading.result)
    })
    const announced = (await all('outbox')).filter(row => row.kind === 'evidence').map(row => row.record)
    const kept = (await all('photo_bytes')).map(row => row.evidence)
    database.close()
    return [announced.sort(), kept.sort()]
}"""
"""The photos that operations announce, and those whose bytes are here."""


def test_two_tabs_of_one_phone_send_everything_once(handset: Handsets, district: District) -> None:
    phone = handset("binh")
    phone.offline()
    first = phone.open_visit("so kien")
    second_tab = Handset(phone.context, phone.context.new_page(), phone.address, "two-tabs")
    second_tab.page.goto(phone.address)
    second_tab.unlock()
    second = second_tab.open_visit("dao thi hanh")
    phone.waits_for_sending(2)
    phone.online()
    phone.has_sent_everything()
    second_tab.has_sent_everything()
    server = district.world.phone("chi")
    assert {first, second} <= set(server.pull_all())
    with district.world.app.app_context(), write() as session:
        entries = session.scalars(select(Entry.operation).where(Entry.kind == "visit")).all()
    assert len(entries) == len(set(entries)) == 2
    assert second_tab.faults == []


def test_ending_the_vault_in_one_tab_ends_it_in_the_other(handset: Handsets) -> None:
    phone = handset("binh")
    other = Handset(phone.context, phone.context.new_page(), phone.address, "other-tab")
    other.page.goto(phone.address)
    other.page.get_by_role("button", name="Quên mã PIN").click()
    other.page.get_by_role("dialog").get_by_role("button", name="Xóa khóa trên máy này").click()
    expect(other.page.get_by_role("button", name="Đăng nhập")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Đăng nhập")).to_be_visible(timeout=PATIENCE)


def test_a_campaign_taken_away_while_work_is_unsent_costs_no_word(
    handset: Handsets, district: District
) -> None:
    phone = handset("binh")
    phone.offline()
    phone.open_visit("so kien")
    phone.waits_for_sending(1)
    world = district.world
    with world.app.app_context(), write() as session:
        people = {each.person: each.id for each in session.scalars(select(Assignment))}
        author = system_author(session, world.jurisdiction)
        for record in people.values():
            edit(
                session,
                author,
                kind="assignment",
                scope=district.scope,
                record=record,
                fields={"voided": {"reason": "Chuyển đợt"}},
                base="0",
            )
    phone.online()
    phone.open("attention")
    expect(phone.page.locator("article.card")).to_have_count(1, timeout=PATIENCE)
    phone.page.get_by_role("button", name="Sửa và gửi lại").wait_for()
    phone.picture("taken-away")


def test_the_update_arrives_during_a_visit(
    handset: Handsets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = tmp_path / "build"
    shutil.copytree(app_files.BUILD, build)
    monkeypatch.setattr(app_files, "BUILD", build)
    phone = handset("binh")
    page = phone.page
    visit = phone.open_visit("so kien")
    phone.has_sent_everything()
    other = Handset(phone.context, phone.context.new_page(), phone.address, "other-tab")
    other.page.goto(phone.address)
    other.unlock()
    part = next((build / "assets").glob("conflicts-*.js"))
    part.rename(part.with_stem("conflicts-another"))
    worker = build / "sw.js"
    worker.write_text(worker.read_text().replace(part.stem, "conflicts-another"))
    page.evaluate("navigator.serviceWorker.ready.then(registration => registration.update())")
    use = page.get_by_role("button", name="Dùng bản mới")
    use.wait_for()
    phone.offline()
    phone.open_checklist("An toàn thực phẩm")
    phone.item("ATTP-C01").get_by_role("button", name="Đạt", exact=True).click()
    phone.waits_for_sending(1)
    use.click()
    phone.unlock()
    assert visit in page.url
    phone.waits_for_sending(1)
    expect(phone.item("ATTP-C01").get_by_role("button", name="Đạt", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    other.open("conflicts")
    expect(other.page.get_by_role("heading", name="Chưa thống nhất")).to_be_visible()

    phone.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.evaluate("caches.keys().then(names => Promise.all(names.map(name => caches.delete(name))))")
    phone.open("settings")
    expect(page.get_by_role("alert")).to_have_text(
        "Máy chưa tải được phần này của ứng dụng. Dữ liệu đã ghi vẫn còn nguyên trên máy."
    )
    phone.online()
    page.get_by_role("button", name="Thử lại").click()
    expect(page.get_by_role("heading", name="Cài đặt")).to_be_visible()


def test_the_battery_dies_in_the_middle_of_a_photo(handset: Handsets, district: District) -> None:
    phone = handset("binh")
    photo = jpeg(phone.page)
    phone.offline()
    phone.open_visit("so kien")
    phone.open_checklist("An toàn thực phẩm")
    card = phone.item("ATTP-C01")
    card.get_by_role("button", name="Ảnh").click()
    place = phone.page.url
    for wait in (0, 60, 1500):
        chosen = phone.item("ATTP-C01").get_by_label("Chụp ảnh")
        if not chosen.count():
            phone.item("ATTP-C01").get_by_role("button", name="Ảnh").first.click()
        chosen.set_input_files([photo])
        phone.page.wait_for_timeout(wait)
        phone.page.close()
        phone.page = phone.context.new_page()
        phone.page.set_default_timeout(PATIENCE)
        phone.page.goto(place)
        phone.unlock()
        phone.item("ATTP-C01").wait_for()
    announced, kept = phone.page.evaluate(PHOTOS)
    assert announced == kept
    assert kept
    phone.online()
    phone.has_sent_everything()
    world = district.world
    stored = [each for each in world.phone("chi").pull_all().values() if each["kind"] == "evidence"]
    assert sorted(each["record"] for each in stored) == kept
