"""A bad line: a small proxy on loopback that loses, cuts, holds back, doubles and reorders requests.

It speaks just enough HTTP to see where a request and its answer end. Every fault that fired is counted; one that is
said to come after the commit counts only when the server had answered 200.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from bench.replay.plan import chance_of

CUT_BEFORE = "request lost"
CUT_BODY = "request cut in its body"
CUT_AFTER = "answer lost after commit"
CUT_ANSWER = "answer cut in its middle"
STALL = "line stalled"
DOUBLE = "request doubled"
LATE = "request delivered late"
FAULTS = (CUT_BEFORE, CUT_BODY, CUT_AFTER, CUT_ANSWER, STALL, DOUBLE, LATE)

SHARE = 0.4
"""How many of the requests meet a fault."""

LARGEST_HEAD = 64 * 1024
_CONNECTION = re.compile(rb"\r\nconnection:[^\r]*", re.IGNORECASE)
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Line:
    """The proxy between the phones and the server at ``upstream``."""

    def __init__(self, upstream: int, seed: int) -> None:
        self.fired: Counter[str] = Counter(dict.fromkeys(FAULTS, 0))
        self.bad = True
        self.port = 0
        self._upstream = upstream
        self._chance = chance_of("line", seed)
        self._deck: list[str] = []
        self._later: set[asyncio.Task[None]] = set()

    async def serve(self, ready: Callable[[], None]) -> None:
        """Carry requests until cancelled."""
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0, limit=LARGEST_HEAD)
        self.port = server.sockets[0].getsockname()[1]
        ready()
        async with server:
            await server.serve_forever()

    def _draw(self, head: bytes) -> str | None:
        if not self.bad or b"/api/auth/login" in head or self._chance.random() > SHARE:
            return None
        if not self._deck:
            self._deck = self._chance.sample(FAULTS, len(FAULTS))
        return self._deck.pop()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            body = await reader.readexactly(int(length[1])) if length else b""
            head = _CONNECTION.sub(b"", head)[:-2] + b"Connection: close\r\n\r\n"
            answer = await self._pass(self._draw(head), head, body)
            writer.write(answer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    async def _pass(self, fault: str | None, head: bytes, body: bytes) -> bytes:
        """What the phone is to hear; nothing when the line is cut."""
        if fault == CUT_BEFORE:
            self.fired[fault] += 1
            return b""
        if fault == CUT_BODY:
            self.fired[fault] += 1
            await self._send(head + body[: len(body) // 2], whole=False)
            return b""
        if fault == LATE:
            task = asyncio.create_task(self._deliver_late(head + body))
            self._later.add(task)
            task.add_done_callback(self._later.discard)
            return b""
        if fault == STALL:
            self.fired[fault] += 1
            await asyncio.sleep(self._chance.uniform(0.5, 3))
        if fault == DOUBLE:
            _, answer = await asyncio.gather(self._send(head + body), self._send(head + body))
        else:
            answer = await self._send(head + body)
        return self._after(fault, answer)

    def _after(self, fault: str | None, answer: bytes) -> bytes:
        answered = answer.startswith((b"HTTP/1.1 200", b"HTTP/1.0 200"))
        if fault not in (CUT_AFTER, CUT_ANSWER, DOUBLE) or not answered:
            return answer
        self.fired[fault] += 1
        if fault == DOUBLE:
            return answer
        return answer[: len(answer) // 2] if fault == CUT_ANSWER else b""

    async def _deliver_late(self, request: bytes) -> None:
        await asyncio.sleep(self._chance.uniform(0.5, 4))
        if (await self._send(request)).startswith((b"HTTP/1.1 200", b"HTTP/1.0 200")):
            self.fired[LATE] += 1

    async def _send(self, request: bytes, *, whole: bool = True) -> bytes:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._upstream)
            try:
                writer.write(request)
                await writer.drain()
                return await reader.read(-1) if whole else b""
            finally:
                writer.close()
        except OSError:
            return b""


Carried = TypeVar("Carried", bound=Line)


@contextmanager
def bad_line(upstream: int, seed: int) -> Iterator[Line]:
    """A line that is up for the block, in a thread of its own."""
    with carrying(Line(upstream, seed)) as line:
        yield line


@contextmanager
def carrying(line: Carried) -> Iterator[Carried]:
    """Let ``line`` carry requests for the block, in a thread of its own."""
    ready, loop = threading.Event(), asyncio.new_event_loop()
    task = loop.create_task(line.serve(ready.set))

    def run() -> None:
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            pass
        finally:
            loop.run_until_complete(_cut_everything())
            loop.close()

    thread = threading.Thread(target=run, name="line", daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield line
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)


async def _cut_everything() -> None:
    open_ = asyncio.all_tasks() - {asyncio.current_task()}
    for task in open_:
        task.cancel()
    await asyncio.gather(*open_, return_exceptions=True)
    await asyncio.sleep(0)  # what was closed is let go
