"""Photos: taken without signal, sent when there is one, resumed when the line is cut, let go once they are stored."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, Request, Route, expect

from tests.phone.conftest import PATIENCE, District, Handset

pytestmark = pytest.mark.slow

Handsets = Callable[[str], Handset]

CHUNK = 256 * 1024

DRAW = """async ([width, height]) => {
  const canvas = new OffscreenCanvas(width, height)
  const drawing = canvas.getContext('2d')
  const picture = drawing.createImageData(width, height)
  for (let at = 0; at < picture.data.length; at += 65536)
    crypto.getRandomValues(picture.data.subarray(at, at + 65536))
  for (let at = 3; at < picture.data.length; at += 4) picture.data[at] = 255
  drawing.putImageData(picture, 0, 0)
  drawing.fillStyle = '#0d4a5b'
  drawing.fillRect(width / 4, height / 4, width / 3, height / 3)
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}"""

KEPT = """() => new Promise(done => {
  const opening = indexedDB.open('inspection')
  opening.onsuccess = () => {
    const reading = opening.result.transaction('photo_bytes').objectStore('photo_bytes').count()
    reading.onsuccess = () => { opening.result.close(); done(reading.result) }
  }
})"""


def jpeg(page: Page, width: int = 2400, height: int = 1800) -> FilePayload:
    """A photo as a camera makes it: large, and too noisy to become small."""
    content = base64.b64decode(page.evaluate(DRAW, [width, height]))
    assert content.startswith(b"\xff\xd8\xff")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": content}


def sides(content: bytes) -> tuple[int, int]:
    """Width and height of a JPEG, from its frame header (ITU-T T.81 B.2.2)."""
    at = 2
    while content[at + 1] not in (0xC0, 0xC2):
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])


def evidence_of(district: District) -> list[dict[str, Any]]:
    """The evidence on the server."""
    changes = district.world.phone("chi").pull_all().values()
    return [change for change in changes if change["kind"] == "evidence"]


def content_of(district: District, evidence: str) -> bytes:
    """The bytes that the server gives a colleague."""
    headers = district.world.phone("chi").headers
    with district.world.app.test_client() as client:
        answer = client.get(f"/api/evidence/{evidence}/content", headers=headers, buffered=True)
    assert answer.status_code == 200
    return answer.get_data()


def is_let_go(page: Page) -> None:
    """A pull has shown the photo as stored, and the phone has forgotten its bytes."""
    page.wait_for_function(f"({KEPT})().then(count => count === 0)", timeout=PATIENCE)


def test_a_photo_taken_offline_survives_a_reload_and_is_stored_by_the_server(
    handset: Handsets, district: District
) -> None:
    phone = handset("binh")
    page = phone.page
    photo = jpeg(page)
    phone.offline()
    visit = phone.open_visit("so kien")
    phone.open_checklist("An toàn thực phẩm")
    card = phone.item("ATTP-C01")
    card.get_by_role("button", name="Ảnh").click()
    camera = card.get_by_label("Chụp ảnh")
    expect(camera).to_have_attribute("capture", "environment")
    camera.set_input_files([photo])
    tile = card.get_by_role("button", name="Ảnh 1. Chưa gửi")
    expect(tile).to_be_visible(timeout=PATIENCE)
    phone.waits_for_sending(3)
    phone.picture("taken")

    phone.reload()
    expect(tile).to_be_visible()
    assert tile.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 240
    phone.open("queue")
    expect(page.get_by_role("heading", name="Ảnh chờ gửi (1)")).to_be_visible()
    phone.picture("waiting")

    phone.online()
    phone.has_sent_everything()
    is_let_go(page)
    [evidence] = evidence_of(district)
    assert evidence["fields"]["visit"] == visit
    assert evidence["fields"]["stored"] is True
    assert evidence["fields"]["media_type"] == "image/jpeg"
    content = content_of(district, evidence["record"])
    assert hashlib.sha256(content).hexdigest() == evidence["fields"]["sha256"]
    assert sides(content) == (1600, 1200)
    answer = district.world.phone("chi").record(evidence["fields"]["subject"])
    assert answer["fields"]["item"] == "ATTP-C01"

    phone.open("visit", visit)
    phone.open_checklist("An toàn thực phẩm")
    card.get_by_role("button", name="Ảnh 1. Đã lưu trên máy chủ").click()
    sheet = page.get_by_role("dialog")
    large = sheet.locator("img.photo-large")
    assert large.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1600
    phone.picture("large")


def test_an_upload_that_is_cut_goes_on_where_it_was(handset: Handsets, district: District) -> None:
    phone = handset("binh")
    page = phone.page
    photo = jpeg(page, 1600, 1200)
    visit = phone.open_visit("so kien")
    phone.has_sent_everything()
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if "/api/uploads" in request.url else None)
    line = phone.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 250_000}
    line.send("Network.emulateNetworkConditions", slow)
    page.get_by_label("Chọn ảnh").set_input_files([photo])
    page.get_by_role("button", name="Ảnh 1").wait_for()
    phone.open("queue")
    bar = page.locator("section", has=page.get_by_role("heading", name="Ảnh chờ gửi (1)")).get_by_role(
        "progressbar"
    )
    expect(bar).to_be_visible(timeout=PATIENCE)
    page.wait_for_function(
        "size => document.querySelector('.meter progress')?.value > size", arg=CHUNK, timeout=PATIENCE
    )
    phone.picture("sending")
    phone.offline()
    expect(page.get_by_text("Đường truyền bị ngắt")).to_be_visible(timeout=PATIENCE)
    phone.picture("cut")
    phone.waits_for_sending(1)
    assert not any(evidence["fields"].get("stored") for evidence in evidence_of(district))

    before = len(sent)
    line.detach()
    phone.online()
    phone.has_sent_everything()
    is_let_go(page)
    assert [request.method for request in sent[:2]] == ["HEAD", "POST"]
    resumed = sent[before:]
    assert [request.method for request in resumed[:2]] == ["HEAD", "PATCH"]
    assert int(resumed[1].headers["upload-offset"]) >= CHUNK
    assert all(len(request.post_data_buffer or b"") <= CHUNK for request in sent)
    [evidence] = evidence_of(district)
    assert (evidence["fields"]["visit"], evidence["fields"]["stored"]) == (visit, True)
    content = content_of(district, evidence["record"])
    assert hashlib.sha256(content).hexdigest() == evidence["fields"]["sha256"]


def test_what_is_no_picture_is_refused_at_once_and_a_photo_is_voided_with_its_reason(
    handset: Handsets, district: District
) -> None:
    phone = handset("binh")
    page = phone.page
    phone.open_visit("so kien")
    phone.has_sent_everything()
    broken: FilePayload = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
    page.get_by_label("Chọn ảnh").set_input_files([broken])
    expect(page.get_by_text("Máy không đọc được tệp này như một ảnh.")).to_be_visible()
    page.get_by_label("Chọn ảnh").set_input_files([jpeg(page, 300, 200)])
    page.get_by_role("button", name="Ảnh 1").click()
    sheet = page.get_by_role("dialog").first
    sheet.get_by_label("Chú thích ảnh").fill("Tủ đông không có nhiệt kế")
    sheet.get_by_label("Chú thích ảnh").blur()
    sheet.get_by_role("button", name="Hủy ảnh này").click()
    page.get_by_label("Lý do hủy").fill("Chụp nhầm")
    page.get_by_role("button", name="Hủy ảnh", exact=True).click()
    expect(page.get_by_role("button", name="Ảnh 1")).to_have_count(0)
    phone.has_sent_everything()
    [evidence] = evidence_of(district)
    assert evidence["voided"] == {"reason": "Chụp nhầm"}
    assert evidence["fields"]["caption"] == "Tủ đông không có nhiệt kế"


def test_a_token_that_ends_during_an_upload_is_renewed(handset: Handsets, district: District) -> None:
    phone = handset("binh")
    page = phone.page
    phone.open_visit("so kien")
    phone.has_sent_everything()
    refused: list[str] = []

    def refuse_once(route: Route) -> None:
        if route.request.method != "PATCH" or refused:
            route.continue_()
            return
        refused.append(route.request.headers["authorization"])
        route.fulfill(status=401, json={"code": "token_expired", "message": "…"})

    page.route("**/api/uploads/*", refuse_once)
    with page.expect_request("**/api/auth/refresh"):
        page.get_by_label("Chọn ảnh").set_input_files([jpeg(page, 300, 200)])
    phone.has_sent_everything()
    is_let_go(page)
    assert len(refused) == 1
    [evidence] = evidence_of(district)
    assert evidence["fields"]["stored"] is True
