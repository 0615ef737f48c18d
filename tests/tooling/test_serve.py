"""``make run``: the whole product starts, survives the loss of a process, and leaves nothing behind."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import Postgresql, free_port
from tests.tooling.conftest import Command, Start, is_alive, until

READY = "Stop: Ctrl-C"
START_SECONDS = 120

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


class Product:
    """A running product and its folder."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.port = free_port()
        self.data_dir = folder / "data"
        variables = {"PORT": str(self.port), "DATA_DIR": str(self.data_dir), **environment}
        inherited = {key: "" for key in os.environ if key.endswith("_URL")}
        self.command = Command(["make", "run"], folder / f"output-{self.port}", {**inherited, **variables})
        until(lambda: READY in self.command.text or self.ended, START_SECONDS, "the product did not start")
        assert not self.ended, self.command.text

    @property
    def ended(self) -> bool:
        return self.command.process.poll() is not None

    def status(self, path: str) -> int:
        """The status of a GET request, 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def processes(self, word: str) -> list[int]:
        """The running processes with the program or argument ``word`` in their command line, the oldest first."""
        sought = re.compile(rb"(^|[/\0])" + re.escape(word.encode()) + rb"([ \0]|$)")
        lines = {pid: command_line(pid) for pid in self.command.descendants()}
        return sorted(pid for pid, line in lines.items() if sought.search(line))


def command_line(pid: int) -> bytes:
    """The words of a process, each ended by a zero byte; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    found = Product(tmp_path_factory.mktemp("product"))
    yield found
    found.command.end()


def test_it_tells_where_it_is_and_who_may_sign_in(product: Product) -> None:
    text = product.command.text
    assert f"http://127.0.0.1:{product.port}/app/" in text
    accounts = json.loads((product.data_dir / "demo-accounts.json").read_text())
    assert len(accounts) == 11
    for account in accounts.values():
        assert text.count(account["password"]) == 1


@pytest.mark.parametrize("path", ["/readyz", "/healthz", "/app/"])
def test_it_answers(product: Product, path: str) -> None:
    assert product.status(path) == 200


def test_a_killed_web_process_is_not_missed(product: Product) -> None:
    master, *workers = product.processes("gunicorn")
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    until(
        lambda: len(set(product.processes("gunicorn")) - {workers[0]}) == 3, why="the worker was not replaced"
    )
    assert is_alive(master)
    assert product.status("/readyz") == 200


@pytest.mark.parametrize(("program", "name"), [("gunicorn", "web"), ("worker", "worker"), ("beat", "clock")])
def test_a_killed_program_comes_back(product: Product, program: str, name: str) -> None:
    first, *_ = product.processes(program)
    os.kill(first, signal.SIGKILL)
    until(lambda: f"{name}: stopped unexpectedly" in product.command.text, why="the loss was not reported")
    until(lambda: product.status("/readyz") == 200, 60, "the product did not come back")
    until(lambda: any(pid > first for pid in product.processes(program)), why="no new process")
    assert not is_alive(first)


def test_a_second_run_on_the_same_folder_is_refused(product: Product, start: Start) -> None:
    second = start("make", "run", DATA_DIR=str(product.data_dir), PORT=str(free_port()))
    assert second.process.wait(START_SECONDS) != 0
    assert f"Thư mục dữ liệu {product.data_dir} đang được một lần chạy khác dùng." in second.text
    assert f"The data folder {product.data_dir} is in use by another run." in second.text


def test_a_taken_port_is_named_in_both_languages(start: Start, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = start("make", "run", DATA_DIR=str(tmp_path / "data"), PORT=str(port))
        assert command.process.wait(START_SECONDS) != 0
    assert f"Không mở được cổng {port}: có thể chương trình khác đang dùng." in command.text
    assert f"Port {port} cannot be opened; another program may be using it." in command.text
    assert "Traceback" not in command.text
    assert not (tmp_path / "data" / "run").exists()


def test_a_wrong_port_is_refused_without_a_traceback(start: Start, tmp_path: Path) -> None:
    command = start("make", "run", DATA_DIR=str(tmp_path / "data"), PORT="eighty")
    assert command.process.wait(START_SECONDS) != 0
    assert "must be a number from 1 to 65535" in command.text
    assert "Traceback" not in command.text


def test_ctrl_c_ends_everything_and_the_next_start_keeps_the_accounts(
    tmp_path: Path, redis_url: str, postgresql: Postgresql
) -> None:
    database = postgresql.create("served")
    first = Product(tmp_path, DATABASE_URL=database, REDIS_URL=redis_url)
    try:
        accounts = json.loads((first.data_dir / "demo-accounts.json").read_text())
        passwords = [account["password"] for account in accounts.values()]
        assert first.processes("redis-server") == []
        below = first.command.descendants()
        first.command.interrupt()
        assert [pid for pid in below if is_alive(pid)] == []
        assert "being restarted" not in first.command.text
    finally:
        first.command.end()
    second = Product(tmp_path, DATABASE_URL=database)
    try:
        assert second.processes("redis-server") or second.processes("valkey-server")
        assert not any(password in second.command.text for password in passwords)
        assert not list(second.data_dir.glob("*.sqlite3"))
    finally:
        second.command.end()
