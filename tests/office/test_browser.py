"""The office in a real browser: sealing where it is typed, a report followed to its end, settling,
phone-sized screens.

Pictures of the pages are kept in ``.build/pictures`` for whoever looks after the run.
"""

from __future__ import annotations

import json
import re
import threading
import uuid
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from config.extensions import db, write
from inspection.complaints import keys, marks, sealing
from inspection.complaints.models import PetitionerMark, SealedIdentity
from inspection.journal.models import SealedHeads
from inspection.reports import operations
from tasks import journal
from tests.complaints.test_operations import enter
from tests.evidence.samples import png
from tests.office.browsing import without_tls
from tests.office.conftest import Office
from tests.office.test_conflicts import change, two_officers
from tests.world import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

PICTURES = Path(__file__).resolve().parents[2] / ".build" / "pictures"
DESKTOP, PHONE = ViewportSize(width=1366, height=900), ViewportSize(width=390, height=844)
PATIENCE = 15_000
Open = Callable[..., Page]


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the app is served, without TLS: the cookie may travel so here."""
    without_tls(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def faults() -> list[str]:
    """What browsers complained of: an error of a script, or something that the content policy forbade."""
    return []


@pytest.fixture
def sign_in(browser: Browser, address: str, office: Office, faults: list[str]) -> Iterator[Open]:
    """Opens a browser in which somebody of the office has signed in."""
    assert office.people
    contexts: list[BrowserContext] = []

    def opened(
        username: str, *, screen: ViewportSize = DESKTOP, script: str = "", javascript: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport=screen,
            locale="vi-VN",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto("/sign-in")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Xin chào")
        return page

    yield opened
    for context in contexts:
        context.close()


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"office-{name}.png", full_page=True)


def enter_petition(page: Page) -> None:
    """Fill in what a petition needs."""
    page.goto("/complaints/new")
    page.get_by_label("Loại đơn").select_option("denunciation")
    page.get_by_label("Lĩnh vực").select_option("food_safety")
    page.get_by_label("Nội dung tóm tắt").fill("Dùng phẩm màu ngoài danh mục")


def test_an_identity_is_sealed_where_it_is_typed(sign_in: Open, office: Office, faults: list[str]) -> None:
    page = sign_in("desk")
    enter_petition(page)
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Kín")
    page.get_by_label("Liên hệ").fill("0900 000 001")
    page.get_by_label("Tên, chủ, địa chỉ").fill("so kien")
    page.get_by_role("radio", name="Bánh đa Sở Kiện").check()
    page.get_by_label("Tên, chủ, địa chỉ").press("Enter")
    picture(page, "complaint-new")
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.post_data or ""))
    page.get_by_role("button", name="Vào sổ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đơn số 1/2026")
    expect(page.get_by_text("Đã niêm phong")).to_be_visible()
    picture(page, "complaint")
    page.set_input_files(
        "input[name=files]", {"name": "Kín.png", "mimeType": "image/png", "buffer": bytes(17_000_000)}
    )
    assert (
        page.get_by_label("Các tệp PDF, JPEG, PNG")
        .evaluate("(input) => input.validationMessage")
        .startswith("Các tệp đã chọn vượt quá 16 MB")
    )
    page.set_input_files("input[name=files]", {"name": "Kín.png", "mimeType": "image/png", "buffer": png()})
    page.get_by_role("button", name="Thêm bản chụp, tài liệu").click()
    expect(page.get_by_text("Chưa có bản đã che.")).to_be_visible()
    assert any("sealed_box" in body for body in posted)
    assert not any("K%C3%ADn" in body or "0900" in body for body in posted)
    data_dir = office.world.app.config["SETTINGS"].data_dir
    with office.world.app.app_context():
        kept = db.session.get_one(SealedIdentity, uuid.UUID(page.url.rpartition("/")[2]))
        found = {one.mark for one in db.session.query(PetitionerMark)}
        tokens = marks.tokens({"name": "Nguyễn Thị Kín", "contact": "0900-000-001"})
        assert found == set(marks.marks(data_dir, tokens)), "the browser and the server derive the same"
        opened = sealing.open_sealed(keys.private_key(data_dir, kept.key), {"key": kept.key, "box": kept.box})
    assert json.loads(opened) == {"name": "Nguyễn Thị Kín", "contact": "0900 000 001"}
    assert faults == []


@pytest.mark.parametrize("without", ["cipher", "scripts"])
def test_a_browser_that_cannot_seal_takes_no_identity(sign_in: Open, without: str) -> None:
    page = sign_in(
        "desk",
        javascript=without != "scripts",
        script="Object.defineProperty(globalThis.Crypto.prototype, 'subtle', { get: () => undefined })",
    )
    enter_petition(page)
    expect(page.get_by_label("Họ và tên")).to_be_disabled()
    expect(page.get_by_text("Trình duyệt này không mã hóa được")).to_be_visible()
    page.get_by_role("button", name="Vào sổ").click()
    expect(page.get_by_text("Không lưu ở đây")).to_be_visible()


def test_a_report_is_followed_without_touching_the_page(
    sign_in: Open, office: Office, faults: list[str]
) -> None:
    page = sign_in("manager")
    page.goto("/reports/new")
    page.get_by_label("Kỳ", exact=True).select_option("quarter")
    page.get_by_label("Năm", exact=True).fill("2026")
    page.get_by_label("Tháng, quý hoặc sáu tháng thứ").fill("3")
    expect(page.get_by_label("Từ ngày")).to_be_hidden()
    page.get_by_role("button", name="Xem kỳ lấy số liệu").click()
    expect(page.get_by_text("Số liệu từ 15/06/2026 đến hết 14/09/2026")).to_be_visible()
    picture(page, "report-new")
    page.get_by_role("button", name="Lập báo cáo này").click()
    expect(page.get_by_text("Đã xong 0%")).to_be_visible()
    report = uuid.UUID(page.url.rpartition("/")[2])
    with office.world.app.app_context(), write() as session:
        hold = operations.claim(session, report)
    expect(page.get_by_text("Đã xong 5%")).to_be_visible()
    picture(page, "report-running")
    assert hold is not None
    with office.world.app.app_context(), write() as session:
        operations.complete(session, hold)
    expect(page.get_by_text("Hoàn thành")).to_be_visible()
    assert faults == []


def test_a_manager_settles_a_conflict_on_the_page_of_the_visit(
    sign_in: Open, office: Office, faults: list[str]
) -> None:
    _, inspector, path = two_officers(office, note="Cân số 2 hết hạn kiểm định")
    change(inspector, path, visited_on="2026-09-20", note="Cân số 3 hết hạn kiểm định")
    page = sign_in("manager")
    page.goto(f"/campaigns/{office.campaign}")
    picture(page, "campaign")
    page.get_by_role("link", name="Bánh đa Sở Kiện", exact=True).click()
    picture(page, "visit-conflict")
    page.get_by_role("radio", name=re.compile("Cân số 3")).check()
    page.get_by_role("button", name="Giữ giá trị đã chọn").click()
    expect(page.get_by_role("status")).to_have_text("Đã lưu.")
    expect(page.get_by_text("Cân số 3 hết hạn kiểm định")).to_be_visible()
    page.get_by_role("link", name="Lịch sử").first.click()
    expect(page.get_by_text("Cân số 2 hết hạn kiểm định")).to_be_visible()
    picture(page, "history")
    assert faults == []


def test_an_auditor_checks_the_chains_in_english_with_the_keyboard(
    sign_in: Open, app: Flask, faults: list[str]
) -> None:
    page = sign_in("auditor")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")
    page.get_by_role("link", name="Journal", exact=True).click()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Verify every chain")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/verifications/*")
    with app.app_context():
        journal.check(page.url.rpartition("/")[2])
    expect(page.get_by_role("status")).to_contain_text("Every chain holds")
    picture(page, "journal-en")
    with app.app_context():
        journal.seal()
        root = db.session.scalars(select(SealedHeads.root).order_by(SealedHeads.taken_at.desc())).first()
    page.goto("/journal/checkpoints")
    page.get_by_label("text of the QR code").fill(f"CHECKPOINT:{str(root).upper()}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("stands in today's journal")
    assert faults == []


PAGES = {
    "manager": (
        "/",
        "/campaigns",
        "/campaigns/new",
        "/dashboard",
        "/dashboard/visits",
        "/reports",
        "/reports/new",
        "/complaints",
        "/establishments",
    ),
    "desk": ("/", "/complaints", "/complaints/new"),
    "auditor": ("/", "/complaints", "/journal", "/journal/checkpoints"),
    "administrator": ("/", "/people", "/people/new", "/devices", "/parked", "/permissions", "/calendar"),
}
LABELLED = """() => [...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')]
    .filter((one) => one.labels.length === 0).map((one) => one.outerHTML)"""
LEVELS = "() => [...document.querySelectorAll('h1, h2, h3, h4')].map((one) => Number(one.tagName[1]))"


@pytest.mark.parametrize("username", PAGES)
def test_every_page_fits_a_phone_and_can_be_read_aloud(
    sign_in: Open, office: Office, username: str, faults: list[str]
) -> None:
    phone = office.world.phone("inspector")
    phone.push(phone.visit(office.world.campaign(), office.shop, note="Đi nhầm đợt"))
    office.visit()
    page = sign_in(username, screen=PHONE)
    extra = {
        "manager": (f"/campaigns/{office.campaign}",),
        "desk": tuple(
            f"/complaints/{enter(office.world, act_known_on='2022-08-01')}{part}" for part in ("", "/links")
        ),
        "administrator": (f"/people/{office.people['desk']}",),
    }
    for path in (*PAGES[username], *extra.get(username, ())):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        assert page.evaluate(LABELLED) == [], path
        levels = page.evaluate(LEVELS)
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), (
            path,
            levels,
        )
        picture(page, f"phone-{username}{path.replace('/', '-').rstrip('-')[:24]}")
    assert faults == []
