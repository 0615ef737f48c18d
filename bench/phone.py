"""The phone app as a cheap phone meets it: real Chromium, its processor slowed four times, a 2G line. Measured with a
nearly empty store and with one of 5,000 establishments and 300 visits:

- a cold start without a network, from the navigation to the lock screen and from the PIN to today's list;
- a tap on an answer, until it is durable and until the screen confirms it;
- a key press of the search, until its results are painted;
- and how long a day of eight visits needs to reach the server.

The PIN's key is derived as slowly as the phone bears (0.4 s), on purpose; that time stands apart.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from flask_migrate import upgrade
from playwright.sync_api import CDPSession, Request, expect, sync_playwright

from bench import district as large
from bench.product import started
from tests.conftest import CHROMIUM, release, settings_for
from tests.phone.conftest import PIN, SHOPS, District, Handset, district_of
from tests.phone.test_offline_visit import draw
from tests.services import Postgresql
from wsgi import create_app

SLOWDOWN = 4
SLOW_LINE: dict[str, float] = {
    "latency": 500,
    "downloadThroughput": 50_000 / 8,
    "uploadThroughput": 50_000 / 8,
}
FREE_LINE: dict[str, float] = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
STARTS, DAY = 7, 8
DOMAINS = ("An toàn thực phẩm", "Nhãn hàng hóa")
LONG = 300_000
"""Milliseconds that may pass before something counts as broken rather than slow."""

WATCH = """(() => {
  const wanted = { lock: ".sign-in input[type=password]", list: "main.content section .row" };
  window.seen = {};
  new MutationObserver(() => {
    for (const [name, place] of Object.entries(wanted))
      if (!(name in seen) && document.querySelector(place)) {
        seen[name] = 0;
        requestAnimationFrame(() => { seen[name] = performance.now(); });
      }
  }).observe(document, { childList: true, subtree: true });
  addEventListener("click", () => { seen.pressed ??= performance.now(); }, { capture: true });
  const derive = SubtleCrypto.prototype.deriveKey;
  SubtleCrypto.prototype.deriveKey = async function (...given) {
    const began = performance.now();
    const key = await derive.apply(this, given);
    seen.derived = performance.now() - began;
    return key;
  };
  const open = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (tables, mode, options) {
    const made = open.call(this, tables, mode, options);
    if (mode === "readwrite")
      made.addEventListener("complete", () => { seen.durable ??= performance.now(); });
    return made;
  };
})()"""

TAPS = """async (names) => {
  const taps = [];
  for (const name of names)
    for (const card of document.querySelectorAll("article.answer")) {
      const button = card.querySelector(`.result.${name}`);
      if (!button || button.getAttribute("aria-pressed") === "true") continue;
      delete seen.durable;
      const began = performance.now();
      const shown = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          if (button.getAttribute("aria-pressed") !== "true") return;
          observer.disconnect();
          resolve(performance.now());
        });
        observer.observe(button, { attributes: true });
      });
      button.click();
      taps.push({ confirmed: (await shown) - began, durable: seen.durable - began });
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  return taps;
}"""

TYPED = ("banh pho dai loc", "quan hnah thnah", "09100")
KEYS = """async (typed) => {
  const field = document.querySelector("input[type=search]");
  const times = [];
  for (let at = 1; at <= typed.length; at += 1) {
    const began = performance.now();
    field.value = typed.slice(0, at);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return times;
}"""

LISTED = """() => new Promise((resolve) => {
  const look = () => (seen.list > 0 ? resolve(seen) : setTimeout(look, 20));
  look();
})"""

SENT = """() => new Promise((resolve) => {
  const began = performance.now();
  const look = () => {
    const chip = document.querySelector(".chip");
    if (chip && !chip.classList.contains("unsent") && !chip.querySelector(".turning"))
      resolve(performance.now() - began);
    else setTimeout(look, 20);
  };
  look();
})"""


@dataclass
class Times:
    """Milliseconds, by what was measured."""

    found: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, *milliseconds: float) -> None:
        """Take further measurements up."""
        self.found.setdefault(name, []).extend(milliseconds)

    def median(self, name: str) -> float:
        """The middle one."""
        return statistics.median(self.found[name])

    def p95(self, name: str) -> float:
        """Of 20, the second slowest."""
        return statistics.quantiles(self.found[name], n=20)[-1]


@dataclass
class Slow:
    """A handset whose processor and line are slowed at will."""

    phone: Handset
    session: CDPSession

    def processor(self, slowdown: int) -> None:
        """How many times slower than this machine."""
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})

    def line(self, speed: dict[str, float] = FREE_LINE, *, offline: bool = False) -> None:
        """What the line bears, in bytes a second and milliseconds."""
        self.session.send("Network.emulateNetworkConditions", {"offline": offline, **speed})


def measure(cluster: Postgresql, folder: Path) -> Iterator[str]:
    """The figures as lines."""
    with _served(cluster, folder) as (district, address), _slow(address) as slow:
        empty = _store(slow, SHOPS[0])
        large.fill(district)
        slow.phone.open("queue")
        slow.phone.page.get_by_role("button", name="Gửi, nhận ngay").click()
        slow.phone.page.evaluate(SENT)
        full = _store(slow, SHOPS[1])
        seconds, operations, sent, received = _day(slow)
    yield f"\nphone, processor slowed {SLOWDOWN} times (ms)   empty store   full store   ratio   aim"
    for title, name, of, aim in (
        ("start offline to the lock screen", "lock", Times.median, ""),
        ("PIN to today's list, key apart", "list", Times.median, ""),
        ("start to usable, key apart", "start", Times.median, "1000"),
        ("  the key of the PIN", "key", Times.median, ""),
        ("tap to durable, median", "durable", Times.median, ""),
        ("tap to durable, p95", "durable", Times.p95, "50"),
        ("tap to confirmed, p95", "confirmed", Times.p95, ""),
        ("key press of the search, median", "key press", Times.median, ""),
        ("key press of the search, p95", "key press", Times.p95, "50"),
    ):
        few, many = of(empty, name), of(full, name)
        yield f"  {title:<40}{few:>12.0f}{many:>13.0f}{many / few:>8.2f}{aim:>6}"
    yield (
        f"  a day of {DAY} visits at 50 kbit/s, 500 ms: {operations} operations in {seconds:.1f} s (aim: 20), "
        f"{sent / 1024:.1f} KiB sent, {received / 1024:.1f} received"
    )


@contextmanager
def _served(cluster: Postgresql, folder: Path) -> Iterator[tuple[District, str]]:
    folder.mkdir(parents=True)
    settings = replace(settings_for(folder, cluster.create("phone")), testing=False)
    app = create_app(replace(settings, testing=True))
    with app.app_context():
        upgrade()
    district = district_of(app)
    with started(settings, folder) as (port, _):
        yield district, f"http://127.0.0.1:{port}/app/"
    release(app)


@contextmanager
def _slow(address: str) -> Iterator[Slow]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        )
        context.add_init_script(WATCH)
        phone = Handset(context, context.new_page(), address, "bench")
        phone.page.set_default_timeout(LONG)
        phone.sign_in("an")
        session = context.new_cdp_session(phone.page)
        session.send("Network.enable")
        yield Slow(phone, session)
        browser.close()


def _store(slow: Slow, shop: str) -> Times:
    """Starts, taps and key presses with what the phone holds now, all without a network."""
    times, phone = Times(), slow.phone
    page = phone.page
    slow.line(offline=True)
    slow.processor(SLOWDOWN)
    for _ in range(STARTS):
        phone.open()
        page.reload()
        page.get_by_label("Mã PIN", exact=True).fill(PIN)
        page.evaluate("delete seen.pressed")
        page.get_by_role("button", name="Mở khóa").click()
        seen = page.evaluate(LISTED)
        shown = seen["list"] - seen["pressed"] - seen["derived"]
        times.add("lock", seen["lock"])
        times.add("list", shown)
        times.add("key", seen["derived"])
        times.add("start", seen["lock"] + shown)
    phone.find(shop)
    for typed in TYPED:
        phone.open("find")
        times.add("key press", *page.evaluate(KEYS, typed))
    phone.open_visit(shop)
    for domain in DOMAINS:
        phone.open_checklist(domain)
        for tap in page.evaluate(TAPS, ["pass", "na"]):
            times.add("durable", tap["durable"])
            times.add("confirmed", tap["confirmed"])
        page.go_back()
    slow.processor(1)
    slow.line()
    return times


def _day(slow: Slow) -> tuple[float, int, int, int]:
    """Eight visits made without a network, sent over the slow line: seconds, operations, bytes sent and received."""
    phone, page = slow.phone, slow.phone.page
    page.evaluate(SENT)
    slow.line(offline=True)
    for at in range(DAY):
        _visit(phone, str(4000 + at))
    operations = int(page.locator(".chip strong").inner_text().split()[0])
    finished: list[Request] = []

    def finish(request: Request) -> None:
        finished.append(request)

    page.on("requestfinished", finish)
    slow.processor(SLOWDOWN)
    slow.line(SLOW_LINE)
    seconds = page.evaluate(SENT) / 1000
    slow.processor(1)
    slow.line()
    sizes = [request.sizes() for request in finished if "/api/" in request.url]
    sent = sum(each["requestBodySize"] + each["requestHeadersSize"] for each in sizes)
    return seconds, operations, sent, sum(each["responseBodySize"] for each in sizes)


def _visit(phone: Handset, typed: str) -> None:
    """One whole visit: two checklists, one violation, the shop's words, both sides' signatures."""
    page = phone.page
    visit = phone.open_visit(typed)
    for domain in DOMAINS:
        phone.open_checklist(domain)
        page.evaluate(TAPS, ["pass"])
        page.go_back()
    phone.open_checklist(DOMAINS[0])
    phone.item("ATTP-C03").get_by_role("button", name="Không đạt").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Lý do, hiện trạng ghi nhận được").fill("Chưa có giấy xác nhận tập huấn kiến thức")
    sheet.get_by_role("checkbox").first.check()
    sheet.get_by_role("button", name="Lưu").click()
    expect(sheet).to_be_hidden()
    phone.open("visit", visit, "finish")
    page.get_by_role("button", name="Kết thúc lượt kiểm tra").click()
    page.get_by_label("Ý kiến của cơ sở").fill("Cơ sở nhất trí, sẽ khắc phục trong tuần.")
    page.get_by_role("button", name="Lưu ý kiến").click()
    for name in ("", "Nguyễn Thị Quê"):
        page.get_by_role("button", name="Ký", exact=True).first.click()
        if name:
            sheet.get_by_label("Họ và tên người ký").fill(name)
        draw(page)
        page.get_by_role("button", name="Xác nhận ký").click()
        expect(sheet).to_be_hidden()
