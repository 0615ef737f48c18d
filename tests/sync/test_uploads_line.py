"""Uploads over a real line to real web server processes: cut, silent, doubled; and by clients that others wrote."""

from __future__ import annotations

import io
import os
import signal
import socket
import struct
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from tusclient.client import TusClient
from werkzeug.serving import make_server

from config.extensions import db
from inspection.journal.history import verify
from sync.uploads import arriving
from tests.evidence import samples
from tests.evidence.sending import CHUNK, Sender, announce, metadata
from tests.sync.conftest import Team
from tests.sync.served import served

CHUNK_SIZE = 256 * 1024
BORDERS = (1, 4095, 4096, 4097, CHUNK_SIZE - 1)


@pytest.fixture
def port(team: Team) -> Iterator[int]:
    with served(team.world.app) as port:
        yield port


on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""What happens to bytes on the line does not depend on the database."""


class Line:
    """A connection that sends what the test says, and no more."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)

    def patch(self, sender: Sender, offset: int, announced: int, body: bytes) -> None:
        """The head of a PATCH that announces ``announced`` bytes, and ``body``."""
        headers = {
            **sender.phone.headers,
            **CHUNK,
            "Host": "localhost",
            "Upload-Offset": str(offset),
            "Content-Length": str(announced),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.socket.sendall(f"PATCH {sender.path} HTTP/1.1\r\n{lines}\r\n".encode() + body)

    def cut(self) -> None:
        """Close without a word more."""
        self.socket.close()

    def reset(self) -> None:
        """Close as a network does that forgot the connection."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def status(self) -> int:
        """The status of the answer."""
        return int(self.socket.recv(65536).split(b" ", 2)[1])


def eventually(sender: Sender, offset: int) -> None:
    """Wait until the server has written what the line brought."""
    until = time.monotonic() + 20
    while True:
        answer = sender.send("HEAD")
        if answer.headers.get("Upload-Offset") == str(offset):
            return
        assert answer.status_code in {200, 423}
        assert time.monotonic() < until, (answer.headers, offset)
        time.sleep(0.02)


def unlocked_patch(sender: Sender, offset: int, content: bytes) -> int:
    """Send a chunk, and again while the server has not noticed yet that the line before was cut."""
    until = time.monotonic() + 20
    while (status := sender.patch(offset, content).status_code) == 423:
        assert time.monotonic() < until
        time.sleep(0.02)
    return status


@on_sqlite
def test_what_arrived_before_the_line_was_cut_need_not_be_sent_again(
    team: Team, visit: dict[str, Any], port: int
) -> None:
    content = samples.photo(CHUNK_SIZE + 5000)
    sender = Sender(team.binh, announce(team.binh, visit, content))
    assert sender.create(len(content)).status_code == 201
    at = 0
    for border in BORDERS:
        line = Line(port)
        until = min(border, len(content) - 1)
        line.patch(sender, at, len(content) - at, content[at:until])
        line.cut()
        at = max(at, until)
        eventually(sender, at)
    assert unlocked_patch(sender, at, content[at:]) == 204
    assert sender.stored()
    assert sender.content().data == content


@on_sqlite
def test_a_connection_that_is_reset_never_leaves_other_bytes_than_it_brought(
    team: Team, visit: dict[str, Any], port: int
) -> None:
    content = samples.photo(CHUNK_SIZE)
    sender = Sender(team.binh, announce(team.binh, visit, content))
    sender.create(len(content))
    at = 0
    for border in BORDERS:
        line = Line(port)
        line.patch(sender, at, len(content) - at, content[at : max(at, border)])
        line.reset()
        time.sleep(0.2)
        at = sender.offset()
        assert at <= border
    assert unlocked_patch(sender, at, content[at:]) == 204
    assert sender.stored()


@on_sqlite
def test_a_whole_chunk_whose_answer_was_lost_counts(team: Team, visit: dict[str, Any], port: int) -> None:
    content = samples.photo(3 * 4096)
    sender = Sender(team.binh, announce(team.binh, visit, content))
    sender.create(len(content))
    line = Line(port)
    line.patch(sender, 0, len(content), content)
    line.cut()
    eventually(sender, len(content))
    assert sender.stored()


@on_sqlite
def test_of_two_connections_that_send_at_once_one_waits(team: Team, visit: dict[str, Any], port: int) -> None:
    content = samples.photo(CHUNK_SIZE)
    sender = Sender(team.binh, announce(team.binh, visit, content))
    sender.create(len(content))
    first, second = Line(port), Line(port)
    first.patch(sender, 0, len(content), content[:1024])
    eventually(sender, 1024)
    second.patch(sender, 1024, len(content) - 1024, content[1024:])
    assert second.status() == 423
    first.socket.sendall(content[1024:])
    assert first.status() == 204
    first.cut()
    second.cut()
    assert sender.stored()


def test_many_phones_that_send_the_same_photo_at_once_store_it_once(
    team: Team, visit: dict[str, Any], port: int
) -> None:
    content = samples.photo(CHUNK_SIZE)
    senders = [Sender(team.binh, announce(team.binh, visit, content)) for _ in range(6)]
    for sender in senders:
        sender.create(len(content))
    answers: list[int] = []

    def send(sender: Sender) -> None:
        while True:
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            headers = {**sender.phone.headers, **CHUNK, "Upload-Offset": "0"}
            connection.request("PATCH", sender.path, content, headers)
            status = connection.getresponse().status
            connection.close()
            if status not in {503, 423}:
                answers.append(status)
                return
            time.sleep(0.1)

    threads = [threading.Thread(target=send, args=(sender,)) for sender in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [204] * 6
    assert all(sender.stored() for sender in senders)
    settings = team.world.app.config["SETTINGS"]
    assert len([path for path in (settings.data_dir / "storage").rglob("*") if path.is_file()]) == 1
    with team.world.app.app_context():
        assert verify(db.session()) == []


@on_sqlite
def test_a_line_that_went_silent_is_let_go(
    team: Team, visit: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "SILENCE", 0.3)
    content = samples.photo()
    sender = Sender(team.binh, announce(team.binh, visit, content))
    sender.create(len(content))
    server = make_server("127.0.0.1", 0, team.world.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        line = Line(server.server_port)
        line.patch(sender, 0, len(content), content[:4096])
        eventually(sender, 4096)
        assert unlocked_patch(sender, 4096, content[4096:]) == 204
        line.cut()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert sender.stored()


@on_sqlite
def test_tuspy_sends_a_photo_in_chunks_and_goes_on_after_a_break(
    team: Team, visit: dict[str, Any], port: int
) -> None:
    content = samples.photo(CHUNK_SIZE + 1)
    sender = Sender(team.binh, announce(team.binh, visit, content))
    client = TusClient(f"http://127.0.0.1:{port}/api/uploads", headers=sender.phone.headers)

    def uploader(url: str | None = None) -> Any:
        return client.uploader(
            file_stream=io.BytesIO(content),
            url=url,
            chunk_size=100_000,
            metadata={"evidence": str(sender.evidence), "filename": "ảnh.jpg"},
            upload_checksum=True,
        )

    first = uploader()
    first.upload_chunk()
    assert sender.offset() == 100_000
    again = uploader(first.url)
    assert again.offset == 100_000
    again.upload()
    assert sender.stored()
    assert sender.content().data == content


@on_sqlite
def test_acknowledged_bytes_survive_the_death_of_every_process(team: Team, visit: dict[str, Any]) -> None:
    content = samples.photo(50_000)
    sender = Sender(team.binh, announce(team.binh, visit, content))
    sender.create(len(content))
    with served(team.world.app) as port:
        line = Line(port)
        line.patch(sender, 0, len(content), content[: 30 * 1024])
        eventually(sender, 30 * 1024)
        for process in listeners(port):
            os.kill(process, signal.SIGKILL)
        line.cut()
    assert sender.offset() == 30 * 1024
    assert unlocked_patch(sender, 30 * 1024, content[30 * 1024 :]) == 204
    assert sender.stored()


def listeners(port: int) -> list[int]:
    """The web server processes of this test, which alone has this port."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if f"--bind=127.0.0.1:{port}".encode() in command:
            found.append(int(folder.name))
    return found


@on_sqlite
def test_creation_over_the_line_names_where_the_bytes_go(
    team: Team, visit: dict[str, Any], port: int
) -> None:
    content = samples.photo()
    sender = Sender(team.binh, announce(team.binh, visit, content))
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        **sender.phone.headers,
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(content)),
        "Upload-Metadata": metadata(sender.evidence),
    }
    connection.request("POST", "/api/uploads", headers=headers)
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (201, sender.path)
    answer.read()
    chunked = {**sender.phone.headers, **CHUNK, "Upload-Offset": "0"}
    connection.request(
        "PATCH", sender.path, iter([content[:3000], content[3000:]]), chunked, encode_chunked=True
    )
    assert connection.getresponse().status == 204
    connection.close()
    assert sender.content().data == content
