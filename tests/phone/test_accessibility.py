"""Every screen of the phone and every page of the office, judged by axe in a real browser: WCAG 2.2, levels A and AA.

The office's pages are found by following its links, one page of each form, so that a page made tomorrow is judged too.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from sqlalchemy import select
from uuid_utils.compat import uuid7

from config.extensions import now, write
from config.storage import open_storage
from inspection.complaints import attachments
from inspection.complaints.models import Complaint
from inspection.complaints.rules import Status as Step
from inspection.journal import verification
from inspection.journal.verification import Finding, Held
from inspection.people.models import Account, Device
from inspection.people.operations import revoke_device
from tasks import journal
from tests.complaints.test_operations import enter, step
from tests.complaints.test_rotation import boxed
from tests.evidence.samples import png
from tests.office.browsing import without_tls
from tests.phone.conftest import PATIENCE, PIN, ROOT, District, Handset
from tests.phone.test_photos import jpeg
from tests.world import PASSWORD, World, system_author

pytestmark = pytest.mark.slow

AXE = ROOT / "phone" / "node_modules" / "axe-core" / "axe.min.js"
JUDGE = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}"""
SETTLED = """() => new Promise((resolve) => {
  const shown = () => document.querySelector("main")?.childElementCount;
  const look = () => shown() ? requestIdleCallback(() => resolve(true), { timeout: 300 }) : setTimeout(look, 20);
  look();
})"""
TWICE_AS_LARGE = """() => {
  const root = document.documentElement;
  root.style.fontSize = "200%";
  const room = root.clientWidth;
  const wide = root.scrollWidth > room + 1
    ? [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > room + 1)
    : [];
  root.style.fontSize = "";
  return wide.slice(0, 3).map(({ outerHTML }) => `wider than the screen at 200 %: ${outerHTML.slice(0, 160)}`);
}"""
LOOKS: tuple[tuple[str, Literal["light", "dark"]], ...] = (("Tiếng Việt", "light"), ("English", "dark"))
SMALL: ViewportSize = {"width": 360, "height": 740}
"""The screen of most phones that cost little."""
ROLES = ("inspector", "lead", "manager", "desk", "handler", "auditor", "administrator")


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(JUDGE)
    return found


def visited(world: World, scope: str, campaign: uuid.UUID, shop: uuid.UUID) -> dict[str, uuid.UUID]:
    """A visit with something of each sort in it."""
    visit = uuid7()
    day = now().date().isoformat()
    fields: dict[str, Any] = {"establishment": str(shop), "visited_on": day, "started_at": now().isoformat()}
    world.add("visit", scope, visit, campaign=str(campaign), visit_type="routine", **fields)
    violation: dict[str, Any] = {
        "code": "ATTP-21",
        "description": "Chưa có giấy xác nhận tập huấn",
        "severity": "minor",
    }
    return {
        "visit": visit,
        "violation": world.add("violation", scope, visit=str(visit), **violation),
    }


def case_of(world: World, handler: uuid.UUID, violation: uuid.UUID) -> str:
    """A settled petition with everything that its page can show, a sealed checkpoint and a check of the journal; the
    address of its page."""
    data_dir = world.app.config["SETTINGS"].data_dir
    received = {"received_on": "2026-09-01", "due_on": "2026-10-01", "handler": str(handler)}
    case = enter(world, boxed(world.app, "Nguyễn Thị Kín"), petition_kind="recommendation", **received)
    step(world, case, Step.ACCEPTED, accepted_on="2026-09-02")
    step(world, case, Step.SETTLED, settled_on="2026-09-12", outcome="right")
    scope = f"complaint:{case}"
    world.add("complaint_remedy", scope, complaint=str(case), stage="due", on="2026-09-12", state_money="5")
    link: dict[str, Any] = {"complaint": str(case), "relation": "violation", "target": str(violation)}
    world.add("complaint_link", scope, **link)
    storage = open_storage(world.app.config["SETTINGS"].storage_url)
    with world.app.app_context(), write() as session:
        author, row = system_author(session, world.jurisdiction), session.get_one(Complaint, case)
        original = attachments.keep(storage, data_dir, case, png())
        attachments.enter(session, author, row, original, {"attachment_type": "petition"})
        copy = attachments.keep(storage, data_dir, case, png())
        told = {"attachment_type": "petition", "redacts": str(original.id)}
        attachments.enter(session, author, row, copy, told)
        checked = verification.order(session, handler)
        verification.finish(session, checked.id, [Finding(Held.CHAIN, scope, 2, None, "altered")])
    with world.app.app_context():
        journal.seal()
    return f"/complaints/{case}"


def screens(district: District, made: dict[str, uuid.UUID], checklist: str) -> list[tuple[str, ...]]:
    """The address of every screen of the phone."""
    visit, shop = str(made["visit"]), str(next(iter(district.shops.values())))
    within: list[tuple[str, ...]] = [
        (),
        ("checklist", checklist),
        ("violation", "new"),
        ("violation", str(made["violation"])),
        ("package", "new"),
        ("instrument", "new"),
        ("sample", "new"),
        ("measure", "new"),
        ("minutes",),
        ("finish",),
        ("conflicts",),
        ("invite",),
    ]
    return [
        (),
        ("find",),
        ("queue",),
        ("attention",),
        ("conflicts",),
        ("settings",),
        ("join",),
        ("campaign", str(district.campaign)),
        ("establishment", "new"),
        ("establishment", shop),
        ("complaint", "new"),
        *(("visit", visit, *part) for part in within),
    ]


def test_every_screen_of_the_phone_in_both_languages_light_dark_and_twice_as_large(
    handset: Callable[[str], Handset], district: District
) -> None:
    shop = next(iter(district.shops.values()))
    made = visited(district.world, district.scope, district.campaign, shop)
    target: dict[str, Any] = {
        "campaign": str(district.campaign),
        "establishment": str(shop),
        "reason": "risk",
    }
    district.world.add("target", district.scope, **target)
    disagree(district, made["visit"])
    phone = handset("an")
    page = phone.page
    page.set_viewport_size(SMALL)
    checklist = next(
        record
        for record, change in district.world.phone("chi").pull_all().items()
        if change["kind"] == "checklist"
    )
    photograph(phone, str(made["visit"]))
    be_refused(phone, made)
    found: list[str] = []
    for language, scheme in LOOKS:
        page.emulate_media(color_scheme=scheme)
        phone.open("settings")
        page.get_by_role("button", name=language).click()
        for screen in screens(district, made, str(checklist)):
            phone.open(*screen)
            found += judged(page, f"{language} {scheme} /{'/'.join(screen)}")
        for place, screen, opener in sheets(made, str(checklist)):
            phone.open(*screen)
            page.locator(opener).first.click()
            page.get_by_role("dialog").wait_for()
            found += judged(page, f"{language} {scheme} {place}")
            page.keyboard.press("Escape")
            page.get_by_role("dialog").wait_for(state="detached")
        page.reload()
        page.locator("input[type=password]").wait_for()
        found += judged(page, f"{language} {scheme} locked")
        page.locator("button.quiet").click()
        found += judged(page, f"{language} {scheme} PIN forgotten")
        page.keyboard.press("Escape")
        page.locator("input[type=password]").fill(PIN)
        page.locator("button.primary").click()
        page.locator(".chip").wait_for()
    found += with_unsent_work(phone, str(made["visit"]))
    assert not found, "\n".join(found)


def disagree(district: District, visit: uuid.UUID) -> None:
    """Two people write different notes on the visit, unseen by each other."""
    for name, note in (("binh", "Cân số 2 hết hạn"), ("chi", "Cân số 2 còn hạn")):
        writer = district.world.phone(name)
        writer.push(writer.operation("visit", district.scope, visit, note=note))


def photograph(phone: Handset, visit: str) -> None:
    """A photo of the visit."""
    phone.open("visit", visit)
    phone.page.get_by_label("Chọn ảnh").set_input_files([jpeg(phone.page, 300, 200)])
    phone.page.locator(".photo").wait_for()


def be_refused(phone: Handset, made: dict[str, uuid.UUID]) -> None:
    """A day that no date field would have let in, and that the server does not take."""
    page = phone.page
    phone.open("visit", str(made["visit"]), "violation", str(made["violation"]))
    page.get_by_label("Hạn khắc phục").evaluate("element => { element.type = 'text' }")
    page.get_by_label("Hạn khắc phục").fill("ngày mai")
    page.get_by_role("button", name="Lưu vi phạm").click()
    page.get_by_role("heading", name="Nội dung kiểm tra").wait_for()
    phone.open("attention")
    page.locator("article.card").wait_for(timeout=PATIENCE)


def with_unsent_work(phone: Handset, visit: str) -> list[str]:
    """What a phone says that has not sent everything: at the queue, when it is signed out, and when its vault has
    ended."""
    page = phone.page
    found: list[str] = []
    phone.offline()
    phone.open("visit", visit)
    page.locator("textarea").first.fill("Chưa gửi")
    page.locator("textarea").first.blur()
    page.locator(".chip.unsent").wait_for()
    phone.open("queue")
    found += judged(page, "queue with unsent work")
    for language, scheme in LOOKS:
        page.emulate_media(color_scheme=scheme)
        phone.open("settings")
        page.get_by_role("button", name=language).click()
        page.locator("button:text-matches('Đăng xuất|Sign out')").click()
        page.get_by_role("dialog").wait_for()
        found += judged(page, f"{language} {scheme} signing out with unsent work")
        if language != LOOKS[-1][0]:
            page.keyboard.press("Escape")
            page.get_by_role("dialog").wait_for(state="detached")
    page.get_by_role("dialog").locator("button.danger").click()
    page.locator("input[autocomplete=username]").wait_for()
    for language, scheme in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.get_by_role("button", name=language).click()
        found += judged(page, f"{language} {scheme} work left for the office")
    return found


def sheets(made: dict[str, uuid.UUID], checklist: str) -> list[tuple[str, tuple[str, ...], str]]:
    """What opens over a screen: its name, the screen, and what opens it in either language."""
    visit = str(made["visit"])
    return [
        ("a fail", ("visit", visit, "checklist", checklist), ".result.fail"),
        (
            "a subject",
            ("visit", visit, "checklist", checklist),
            "button:is([aria-label^='Thêm đối tượng'], [aria-label^='Add a subject'])",
        ),
        ("signing", ("visit", visit, "finish"), ".section button.primary:has(svg)"),
        ("a visit voided", ("visit", visit), "button:text-matches('Hủy lượt kiểm tra|Void this visit')"),
        ("a photo", ("visit", visit), ".photo"),
        ("a correction", ("attention",), "article .actions button.primary"),
        ("left to the office", ("attention",), "article .actions button:last-child"),
    ]


def test_the_first_screens_of_a_new_phone(browser: Browser, address: str, district: District) -> None:
    found: list[str] = []
    for language, scheme in LOOKS:
        context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        page.get_by_role("button", name=language).click()
        found += judged(page, f"{language} {scheme} sign-in")
        page.locator("input[autocomplete=username]").fill("binh")
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("button.primary").click()
        expect(page.locator("input[type=password]")).to_have_count(2)
        found += judged(page, f"{language} {scheme} choosing a PIN")
        for field in page.locator("input[type=password]").all():
            field.fill(PIN)
        page.locator("button.primary").click()
        page.locator(".chip").wait_for()
        revoke_phones(district, "binh")
        page.goto(f"{address}#/queue")
        page.locator("button.primary").click()
        page.locator(".chip").wait_for(state="detached")
        found += judged(page, f"{language} {scheme} revoked")
        context.close()
    assert not found, "\n".join(found)


def revoke_phones(district: District, username: str) -> None:
    """As after a loss."""
    with district.world.app.app_context(), write() as session:
        owner = session.scalars(select(Account.id).where(Account.username == username)).one()
        for device in session.scalars(select(Device.id).where(Device.person == owner)):
            revoke_device(session, device, now())


def judged(page: Page, place: str) -> list[str]:
    """What axe finds on the screen as it stands, and what does not fit at twice the size."""
    page.evaluate(SETTLED)
    return [f"{place}: {fault}" for fault in faults(page) + page.evaluate(TWICE_AS_LARGE)]


@pytest.fixture
def somebody(browser: Browser, app: Flask, address: str) -> Iterator[Callable[[str], Page]]:
    """Opens the office as somebody."""
    without_tls(app)
    contexts: list[BrowserContext] = []

    def open_as(username: str) -> Page:
        context = browser.new_context(base_url=address.removesuffix("/app/"), locale="vi-VN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto("/sign-in")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Xin chào")
        return page

    yield open_as
    for context in contexts:
        context.close()


NO_PAGE = re.compile(r"\.(pdf|docx|xlsx|csv|xml|zip|json)$|/(sign-out|app|static|api)(/|$)|/evidence/|/copy$")
NAMES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
MARKUP = """() => [...document.querySelectorAll("main, main *")]
  .map(({ tagName, className }) => tagName + className)
  .join()"""
LINKS = "(links) => links.map((link) => link.href)"
MOST_PAGES = 60


@pytest.mark.timeout(240)
def test_every_page_of_the_office_as_each_role(somebody: Callable[[str], Page], district: District) -> None:
    world = district.world
    shop = next(iter(district.shops.values()))
    people = {role: world.person(f"nguoi-{role}", role) for role in ROLES}
    made = visited(world, district.scope, district.campaign, shop)
    case = case_of(world, people["handler"], made["violation"])
    judged: set[str] = set()
    markups: set[str] = set()
    found: list[str] = []
    for role in ROLES:
        person = people[role]
        if role in ("inspector", "lead"):
            duty = "lead" if role == "lead" else "member"
            world.add(
                "assignment", district.scope, campaign=str(district.campaign), person=str(person), duty=duty
            )
        page = somebody(f"nguoi-{role}")
        home = urlsplit(page.url)
        # A case offers its desk and its handler what the manager, who sees it first, is not offered.
        own = {case} if role in ("desk", "handler") else set()
        waiting = [page.url, *(f"{home.scheme}://{home.netloc}{path}" for path in own)]
        seen: set[str] = set()
        while waiting and len(seen) < MOST_PAGES:
            url = waiting.pop(0)
            path = urlsplit(url).path
            form = NAMES.sub("*", path)
            known = role != "manager" and form in judged and path.count("/") > 1
            if form in seen or (known and path not in own):
                continue
            seen.add(form)
            page.goto(url)
            judged.add(form)
            drawn = page.evaluate(MARKUP)
            if drawn not in markups:
                markups.add(drawn)
                found += [f"{role} {path}: {fault}" for fault in faults(page)]
            for link in page.locator("a[href]").evaluate_all(LINKS):
                at = urlsplit(link)
                if at.netloc == home.netloc and not NO_PAGE.search(at.path):
                    waiting.append(at._replace(query="", fragment="").geturl())
    desks = {"", "/links", "/remedies/new", "/contents/new", "/identity", "/attachments/*"}
    wanted = {f"/complaints/*{part}" for part in desks}
    wanted |= {"/journal", "/journal/checkpoints", "/journal/verifications/*"}
    assert wanted <= judged, wanted - judged
    assert not found, "\n".join(found)
