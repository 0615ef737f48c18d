"""The product below a path of a host that serves other things too."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from tests.conftest import release, settings_for
from tests.office.browsing import without_tls
from tests.phone.conftest import PATIENCE, District, Handset
from tests.phone.test_photos import jpeg
from tests.world import PASSWORD
from wsgi import create_app

pytestmark = pytest.mark.slow

PREFIX = "/kiem-tra"


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(replace(settings_for(tmp_path / "data", sqlite_url), trusted_proxies=1))
    without_tls(app)
    yield app
    release(app)


class Host:
    """What stands in front: only what lies below the prefix reaches the product."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.strays: list[str] = []

    def __call__(self, environ: dict[str, object], start: Callable[..., object]) -> Iterable[bytes]:
        path = str(environ["PATH_INFO"])
        if not path.startswith(f"{PREFIX}/"):
            self.strays.append(path)
            return Response("another service", 404)(environ, start)  # type: ignore[arg-type]  # werkzeug's own types
        environ |= {"PATH_INFO": path.removeprefix(PREFIX), "HTTP_X_FORWARDED_PREFIX": PREFIX}
        return self.app(environ, start)  # type: ignore[arg-type]  # as above


@pytest.fixture
def host(app: Flask) -> Host:
    return Host(app)


@pytest.fixture
def address(host: Host) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, host, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}/app/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_phone_and_office_work_below_a_path(
    handset: Callable[[str], Handset], district: District, host: Host
) -> None:
    phone = handset("an")
    page = phone.page
    phone.offline()
    phone.reload()
    visit = phone.open_visit("so kien")
    page.locator("section", has_text="Ảnh").get_by_label("Chụp ảnh").set_input_files([jpeg(page, 400, 300)])
    phone.waits_for_sending(2)
    phone.online()
    phone.has_sent_everything()
    assert district.world.phone("chi").record(visit)["kind"] == "visit"

    page.goto(f"{phone.address.removesuffix('app/')}visits/{visit}")
    page.get_by_label("Tên đăng nhập").fill("an")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bánh đa Sở Kiện", timeout=PATIENCE)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith(f"{PREFIX}/visits/{visit}")
    expect(page.get_by_role("navigation").first.locator("[aria-current=page]")).to_have_text("Campaigns")
    assert page.locator("img").first.evaluate("image => image.naturalWidth") > 0
    assert [stray for stray in host.strays if stray != "/favicon.ico"] == []
