"""A district served over loopback, and phones that are real browsers on it.

The app under test is the build in ``phone/dist``. Every test gets a server of its own and its phones are
separate browser contexts: each has its own storage, its own service worker and its own network switch.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from uuid_utils.compat import uuid7
from werkzeug.serving import make_server

from config.extensions import now
from inspection.checklists.catalogue import violation_types
from inspection.checklists.reference import editions
from tests.conftest import release, settings_for
from tests.world import PASSWORD, World

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "phone" / "dist"
PICTURES = ROOT / ".build" / "pictures"
PIN = "730915"
"""What every phone of the tests is locked with."""
PATIENCE = 15_000
"""Milliseconds that a screen may take on a busy machine before it counts as failed."""


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a story asks for more: what is tested here is mostly the browser's side."""
    url: str = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")
    return url


@pytest.fixture
def app(database: str, tmp_path: Path) -> Iterator[Flask]:
    """The application."""
    from wsgi import create_app

    assert (BUILD / "index.html").is_file(), "the phone app has not been built"
    app = create_app(settings_for(tmp_path / "data", database))
    yield app
    release(app)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the app is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/app/"
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class District:
    """What the server knows: checklists and acts as they ship, a campaign of these weeks, a few shops."""

    world: World
    campaign: uuid.UUID
    shops: dict[str, uuid.UUID]

    @property
    def scope(self) -> str:
        return f"campaign:{self.campaign}"


SHOPS = ("Bánh đa Sở Kiện", "Quán phở Đào Thị Hạnh", "Tạp hóa Bà Loan")


@pytest.fixture
def district(app: Flask) -> District:
    return district_of(app)


def district_of(app: Flask) -> District:
    """Fill an empty installation."""
    world = World(app)
    lead = world.person("an", "lead")
    members = [world.person("binh", "inspector"), world.person("chi", "inspector")]
    today = (now() + timedelta(hours=7)).date()
    for edition in editions():
        if edition.valid_to is None:
            world.add("checklist", world.reference, edition.id, **edition.record())
    for act in violation_types():
        if act.valid_to is None and act.code.startswith("ATTP"):
            world.add("violation_type", world.reference, act.id, **act.record())
    campaign = uuid7()
    scope = f"campaign:{campaign}"
    world.add(
        "campaign",
        scope,
        campaign,
        jurisdiction=str(world.jurisdiction),
        name="Kiểm tra liên ngành",
        campaign_type="periodic",
        starts_on=(today - timedelta(days=7)).isoformat(),
        ends_on=(today + timedelta(days=7)).isoformat(),
    )
    for person in (lead, *members):
        duty = "lead" if person == lead else "member"
        world.add("assignment", scope, campaign=str(campaign), person=str(person), duty=duty)
    return District(world, campaign, {name: world.establishment(name) for name in SHOPS})


@dataclass
class Handset:
    """A phone in somebody's hand: one browser context and its page."""

    context: BrowserContext
    page: Page
    address: str
    name: str
    faults: list[str] = field(default_factory=list)
    pictures: int = 0

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def picture(self, name: str) -> None:
        """Keep a picture of the screen for whoever looks after the run."""
        self.pictures += 1
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{self.name}-{self.pictures:02d}-{name}.png")

    def sign_in(self, username: str) -> None:
        """Enrol this phone and wait for the first pull."""
        self.page.goto(self.address)
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.choose_pin()
        self.page.locator(".row", has_text="Kiểm tra liên ngành").wait_for()
        self.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")

    def choose_pin(self, pin: str = PIN) -> None:
        """Set the PIN that the app asks for after the first sign-in on a phone."""
        self.page.get_by_label("Mã PIN", exact=True).fill(pin)
        self.page.get_by_label("Nhập lại mã PIN").fill(pin)
        self.page.get_by_role("button", name="Đặt mã PIN").click()

    def unlock(self, pin: str = PIN) -> None:
        """Open the app on a page that was loaded anew or has locked itself."""
        self.page.get_by_label("Mã PIN", exact=True).fill(pin)
        self.page.get_by_role("button", name="Mở khóa").click()
        self.page.get_by_role("heading", name="Ứng dụng đang khóa").wait_for(state="detached")

    def reload(self) -> None:
        """Load the page anew, as after a kill of the browser, and unlock it."""
        self.page.reload()
        self.unlock()

    def open(self, *parts: str) -> None:
        """Go to a place of the app, without loading the page anew."""
        self.page.goto(f"{self.address}#/{'/'.join(parts)}")

    def offline(self) -> None:
        self.context.set_offline(True)

    def online(self) -> None:
        self.context.set_offline(False)

    def find(self, typed: str) -> None:
        """Open the first establishment that matches what is typed."""
        self.open("find")
        self.page.get_by_role("searchbox").fill(typed)
        self.page.locator(".list .row").first.click()

    def open_visit(self, typed: str) -> str:
        """Open a visit at the establishment that matches; the visit's record id."""
        self.find(typed)
        self.page.get_by_role("button", name="Mở lượt kiểm tra").click()
        self.page.get_by_role("heading", name="Nội dung kiểm tra").wait_for()
        return self.page.url.rpartition("/")[2]

    def open_checklist(self, name: str) -> None:
        self.page.locator(".row", has_text=name).click()
        self.page.get_by_role("heading", name=name).wait_for()

    def item(self, code: str) -> Any:
        """The card of one item."""
        return self.page.locator(f"#item-{code}")

    def waits_for_sending(self, count: int) -> None:
        """The header says so."""
        expect(self.page.locator(".chip strong")).to_have_text(f"{count} chưa gửi", timeout=PATIENCE)

    def has_sent_everything(self) -> None:
        expect(self.page.locator(".chip strong")).to_have_text("Đã gửi hết", timeout=PATIENCE)

    def synchronise(self) -> None:
        """Push and pull now, and wait until it is done."""
        self.open("queue")
        button = self.page.get_by_role("button", name="Gửi, nhận ngay")
        with self.page.expect_response(lambda response: response.url.endswith("/api/sync/pull")):
            button.click()
        expect(button).to_be_enabled(timeout=PATIENCE)
        self.has_sent_everything()


@pytest.fixture
def handset(
    browser: Browser, address: str, district: District, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Handset]]:
    """Makes phones: ``handset("binh")`` is a new one on which that person has signed in."""
    made: list[Handset] = []

    def make(username: str) -> Handset:
        context = browser.new_context(
            viewport={"width": 390, "height": 844},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            has_touch=True,
            is_mobile=True,
        )
        phone = Handset(context, context.new_page(), address, f"{request.node.name[:60]}-{username}")
        made.append(phone)
        phone.sign_in(username)
        return phone

    yield make
    for phone in made:
        phone.context.close()
    assert [fault for phone in made for fault in phone.faults] == []
