"""The phone's own uploads (tus-js-client) in a real browser, their line cut at the borders of chunks and a byte beside
them."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from bench.torture.line import Line, carrying
from tests.phone.conftest import PATIENCE, District, Handset
from tests.phone.test_photos import CHUNK, content_of, evidence_of, is_let_go, jpeg

pytestmark = pytest.mark.slow

_OFFSET = re.compile(rb"\r\nupload-offset: *(\d+)", re.IGNORECASE)


@dataclass
class Cuts:
    """How many bytes of one chunk after another reach the server before the line is cut: all of them loses only the
    answer. The last chunk, shorter than the others, has cuts of its own, counted from its end; then the line holds."""

    full: list[int] = field(default_factory=lambda: [0, CHUNK - 1, CHUNK, 1])
    last: list[int] = field(default_factory=lambda: [1, 0])
    arrived: list[tuple[int, int]] = field(default_factory=list)
    """From which byte to which, for every request whose bytes the server took."""

    def next(self, length: int) -> int | None:
        """Where to cut a chunk of so many bytes."""
        if length == CHUNK:
            return self.full.pop(0) if self.full else None
        return max(0, length - self.last.pop(0)) if self.last else None


class Scissors(Line):
    """A line that is cut in uploads, at the planned bytes and nowhere else."""

    def __init__(self, upstream: int, cuts: Cuts) -> None:
        super().__init__(upstream, 0)
        self._cuts = cuts

    async def _pass(self, fault: str | None, head: bytes, body: bytes) -> bytes:
        offset = _OFFSET.search(head)
        if not head.startswith(b"PATCH") or offset is None:
            return await self._send(head + body)
        start, cut = int(offset[1]), self._cuts.next(len(body))
        if cut is None:
            answer = await self._send(head + body)
            if b" 204 " in answer.partition(b"\r\n")[0]:
                self._cuts.arrived.append((start, start + len(body)))
            return answer
        await self._break(head + body[:cut])
        self._cuts.arrived.append((start, start + cut))
        return b""

    async def _break(self, begun: bytes) -> None:
        """Send what arrives, and no more; wait until the server has noticed."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._upstream)
        writer.write(begun)
        writer.write_eof()
        await reader.read(-1)
        writer.close()


@pytest.fixture
def cuts() -> Cuts:
    return Cuts()


@pytest.fixture
def address(address: str, cuts: Cuts) -> Iterator[str]:
    """The app as it is reached over the line."""
    with carrying(Scissors(urlsplit(address).port or 0, cuts)) as line:
        yield f"http://127.0.0.1:{line.port}/app/"


def test_a_photo_whose_line_is_cut_at_every_border_of_a_chunk_arrives_once_and_whole(
    handset: Callable[[str], Handset], district: District, cuts: Cuts
) -> None:
    phone = handset("binh")
    page = phone.page
    phone.open_visit("so kien")
    phone.has_sent_everything()
    page.get_by_label("Chọn ảnh").set_input_files([jpeg(page, 1600, 1200)])
    page.get_by_role("button", name="Ảnh 1").wait_for()
    page.locator(".chip strong", has_text="Đã gửi hết").wait_for(timeout=4 * PATIENCE)
    is_let_go(page)
    [evidence] = evidence_of(district)
    content = content_of(district, evidence["record"])
    assert evidence["fields"]["stored"] is True
    assert hashlib.sha256(content).hexdigest() == evidence["fields"]["sha256"]
    assert (cuts.full, cuts.last) == ([], [])
    brought = [(start, end) for start, end in cuts.arrived if end > start]
    starts, ends = [start for start, _ in brought], [end for _, end in brought]
    assert [*starts, len(content)] == [0, *ends]
