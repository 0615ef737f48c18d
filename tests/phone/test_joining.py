"""Phones without signal that work on one visit from the first minute."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from config.extensions import db
from inspection.journal.models import Entry, Receipt
from tests.conftest import CHROMIUM
from tests.office.browsing import Visitor
from tests.phone.conftest import PATIENCE, ROOT, District, Handset

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


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_three_phones_fill_one_visit_offline_and_the_office_sees_one(
    handset: Handsets, district: District
) -> None:
    phones = lead, binh, chi = handset("an"), handset("binh"), handset("chi")
    for phone in phones:
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
    enter(chi, code)
    chi.waits_for_sending(1)

    for phone, item in ((lead, "ATTP-C01"), (binh, "ATTP-C03"), (chi, "ATTP-C05")):
        phone.open("visit", visit)
        phone.open_checklist("An toàn thực phẩm")
        phone.item(item).get_by_role("button", name="Đạt", exact=True).click()
        phone.waits_for_sending(2)
    # The colleague is the first to find a signal.
    for phone in (binh, chi, lead):
        phone.online()
        phone.has_sent_everything()
    binh.synchronise()
    chi.synchronise()

    changes = district.world.phone("chi").pull_all().values()
    assert [change["record"] for change in changes if change["kind"] == "visit"] == [visit]
    assert [change for change in changes if change["kind"] == "conflict"] == []
    answers = {c["fields"]["item"]: c["fields"]["result"] for c in changes if c["kind"] == "answer"}
    assert answers == {"ATTP-C01": "pass", "ATTP-C03": "pass", "ATTP-C05": "pass"}
    assert statuses(district, visit) == ["applied", "merged", "merged"]
    office = Visitor(district.world.app)
    office.sign_in("an")
    office.get(f"/campaigns/{district.campaign}")
    assert set(re.findall(r"/visits/([0-9a-f-]{36})", office.page)) == {visit}
    for phone in phones:
        phone.open("visit", visit)
        expect(phone.page.get_by_text("3/20 mục")).to_be_visible(timeout=PATIENCE)
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
        (
            json.dumps(other_campaign),
            "Mã này thuộc đợt kiểm tra mà tài khoản trên máy này chưa được phân công.",
        ),
        (json.dumps({**code, "v": "KT9"}), "Mã do phiên bản khác của ứng dụng tạo ra."),
        ("0912 345 678", "Đây không phải mã của một lượt kiểm tra."),
    ):
        enter(binh, content)
        expect(binh.page.get_by_role("alert")).to_contain_text(words)
    binh.picture("refused")
    binh.has_sent_everything()


def video_of(code: str, path: Path) -> None:
    """What a camera that is held before the lead's screen sees, as a video of one picture (YUV4MPEG2)."""
    script = (
        "import{encode}from'uqr';console.log(JSON.stringify(encode(process.argv[1],{ecc:'L',border:4}).data))"
    )
    node = shutil.which("node", path=f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert node is not None
    command = [node, "--input-type=module", "-e", script, code]
    made = subprocess.run(command, cwd=ROOT / "phone", check=True, capture_output=True, text=True)
    squares: list[list[bool]] = json.loads(made.stdout)
    width, height, side = 1280, 960, 8
    left, top = (width - len(squares) * side) // 2, (height - len(squares) * side) // 2
    picture = [bytearray(b"\xd0" * width) for _ in range(height)]
    for y, row in enumerate(squares):
        for x, dark in enumerate(row):
            for line in range(side) if dark else ():
                start = left + x * side
                picture[top + y * side + line][start : start + side] = b"\x20" * side
    frame = b"FRAME\n" + b"".join(picture) + b"\x80" * (width * height // 2)
    path.write_bytes(b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n" % (width, height) + frame * 2)


def test_without_a_camera_the_code_is_asked_for_as_text(handset: Handsets) -> None:
    phone = handset("binh")
    phone.open("join")
    phone.page.get_by_role("button", name="Quét mã bằng máy ảnh").click()
    hint = phone.page.get_by_text("Không mở được máy ảnh.").or_(
        phone.page.get_by_text("Máy ảnh chưa được phép")
    )
    expect(hint).to_be_visible()
    expect(phone.page.get_by_role("button", name="Quét mã bằng máy ảnh")).to_be_enabled()


def test_a_code_is_scanned_with_the_camera_without_network(
    handset: Handsets, address: str, tmp_path: Path
) -> None:
    lead = handset("an")
    visit = lead.open_visit("so kien")
    video_of(code_of(lead, visit), tmp_path / "camera.y4m")
    camera = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={tmp_path / 'camera.y4m'}",
    ]
    browser = lead.context.browser
    assert browser is not None
    with_camera = browser.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox", *camera])
    try:
        context = with_camera.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN")
        binh = Handset(context, context.new_page(), address, "scanning-binh")
        binh.sign_in("binh")
        kept = "caches.keys().then(names => caches.open(names[0])).then(cache => cache.keys())"
        binh.page.wait_for_function(f"{kept}.then(keys => keys.some(key => key.url.endsWith('.wasm')))")
        binh.offline()
        binh.open("join")
        binh.page.get_by_role("button", name="Quét mã bằng máy ảnh").click()
        binh.page.wait_for_url(f"**/visit/{visit}", timeout=PATIENCE)
        expect(binh.page.get_by_role("heading", level=1)).to_have_text("Bánh đa Sở Kiện")
        binh.picture("scanned")
        assert binh.faults == []
    finally:
        with_camera.close()
