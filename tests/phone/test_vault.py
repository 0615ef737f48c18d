"""A phone that is lost, guessed at, killed or updated: nothing is read, nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from config.storage import open_storage
from sync.recovery import recover
from tests.phone.conftest import PATIENCE, District, Handset

pytestmark = pytest.mark.slow

Handsets = Callable[[str], Handset]

LONGEST_WAIT = 12
"""Minutes; longer than any wait of the lock screen."""

EVERYTHING = """async () => {
    const database = await new Promise(done => {
        const opening = indexedDB.open('inspection')
        opening.onsuccess = () => done(opening.result)
    })
    const decoder = new TextDecoder()
    const found = {}
    for (const table of database.objectStoreNames)
        found[table] = await new Promise(done => {
            const reading = database.transaction(table).objectStore(table).getAll()
            reading.onsuccess = () => done(reading.result)
        })
    database.close()
    return JSON.stringify(found, (_, value) => value instanceof Uint8Array ? decoder.decode(value) : value)
}"""


def on_the_chip(page: Page) -> str:
    """All that IndexedDB holds, as one text."""
    return str(page.evaluate(EVERYTHING))


def test_the_pin_is_wrong_ten_times_and_the_office_takes_in_what_was_unsent(
    handset: Handsets, district: District
) -> None:
    phone = handset("binh")
    page = phone.page
    phone.offline()
    visit = phone.open_visit("so kien")
    phone.waits_for_sending(1)
    assert "Sở Kiện" not in on_the_chip(page)
    page.clock.install()
    page.reload()
    phone.picture("locked")
    page.get_by_text("Chưa gửi: 1.").wait_for()
    field = page.get_by_label("Mã PIN", exact=True)
    unlock = page.get_by_role("button", name="Mở khóa")
    for left in range(9, 0, -1):
        field.fill("000001")
        expect(unlock).to_be_enabled(timeout=PATIENCE)
        unlock.click()
        page.get_by_text(f"Còn {left} lần thử").wait_for()
        if left == 6:
            expect(page.get_by_text("Hãy để màn hình này mở thêm")).to_be_visible()
            page.reload()
            field.fill("000001")
            expect(unlock).to_be_disabled()
            phone.picture("waiting")
        for _ in range(LONGEST_WAIT):
            if not page.get_by_text("Hãy để màn hình này mở thêm").is_visible():
                break
            page.clock.run_for(60_000)
    field.fill("000001")
    unlock.click()
    page.get_by_text("Niêm phong, chờ nộp cơ quan: 1").wait_for()
    phone.picture("ended")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Lưu tệp niêm phong").click()
    content = saving.value.path().read_bytes()
    sealed = json.loads(content)
    [vault] = sealed["vaults"]
    assert vault["office"]["key"]
    assert [row["table"] for row in vault["rows"]] == ["outbox"]
    assert "Sở Kiện" not in on_the_chip(page) + json.dumps(sealed)

    administrator = district.world.person("quan-tri", "administrator")
    app = district.world.app
    settings = app.config["SETTINGS"]
    taken = []
    with app.app_context():
        for _ in range(2):
            storage = open_storage(settings.storage_url)
            taken.append(recover(content, administrator, "Quên mã PIN", settings.data_dir, storage))
    assert [(each.admitted, each.known, each.kept_aside) for each in taken] == [(1, 0, 0), (0, 1, 0)]
    server = district.world.phone("chi")
    assert server.record(visit)["fields"]["establishment"] == str(district.shops["Bánh đa Sở Kiện"])
    openings = [each for each in server.pull_all().values() if each["kind"] == "recovery"]
    assert [each["fields"]["reason"] for each in openings] == ["Quên mã PIN"] * 2
