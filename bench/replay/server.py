"""The replay's own server: the programs of ``make run`` under the same supervisor, in a folder and on a port
of their own."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.replay.plan import chance_of
from bin.install import ROOT
from bin.serve import free_port, is_ready
from config.settings import Settings

VICTIMS = ("worker", "master")
"""What a :class:`Killer` kills."""

READY_WITHIN = 90.0
STOPPED_WITHIN = 60.0
MUCH = 4000
"""Characters of the server's output that are shown after a failure."""

NOT_PASSED_ON = ("REDIS_URL", "STORAGE_URL", "MAIL_URL", "PROMETHEUS_MULTIPROC_DIR", "FLASK_APP")


class ServerError(Exception):
    """The server did not start."""


@dataclass
class Server:
    """A running server. ``log`` takes what its programs print."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path
    kills: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"


def new_secret() -> str:
    """A secret key for one replay."""
    return secrets.token_urlsafe(48)


@contextmanager
def running(settings: Settings) -> Iterator[Server]:
    """Start a server on the data folder and database of ``settings``; it ends with the block. When the block fails,
    the end of what the server printed goes to standard error.

    :raises ServerError: when it is not ready in time.
    """
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON} | {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "PORT": str(port),
        "DEMONSTRATION": "0",
    }
    log = settings.data_dir / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bin.serve"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await(process, port)
        yield Server(port, process, log)
    except BaseException:
        sys.stderr.write(f"\n{log.read_text(errors='replace')[-MUCH:]}\n")
        raise
    finally:
        process.terminate()
        try:
            process.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not is_ready(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerError("it was not ready in time")
        time.sleep(0.1)


class Killer:
    """Ends web processes without warning at random moments: mostly a worker, sometimes the master with all it
    serves; never again before the server is back."""

    EVERY = (1.0, 4.0)
    MASTER_SHARE = 0.3

    def __init__(self, server: Server, seed: int) -> None:
        self._server = server
        self._chance = chance_of("kill", seed)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="killer", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; returns when no kill can follow any more."""
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._done.wait(self._chance.uniform(*self.EVERY)):
            if is_ready(self._server.port):
                self.kill()

    def kill(self) -> None:
        """Kill one process now, if one is there."""
        web = web_processes(self._server.process.pid)
        if not web:
            return
        master, workers = web[0], web[1:]
        what = "master" if not workers or self._chance.random() < self.MASTER_SHARE else "worker"
        try:
            os.kill(master if what == "master" else self._chance.choice(workers), signal.SIGKILL)
        except ProcessLookupError:
            return
        self._server.kills.append(what)


def web_processes(above: int) -> list[int]:
    """The process ids of the web server below ``above``: its master, then its workers; none while it starts
    (Linux)."""
    parents: dict[int, int] = {}
    web: set[int] = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if b"gunicorn" in (entry / "cmdline").read_bytes():
                web.add(int(entry.name))
        except (OSError, ValueError):
            continue
    web = {process for process in web if above in _ancestors(process, parents)}
    masters = [process for process in web if parents[process] not in web]
    if len(masters) != 1:
        return []
    return [masters[0], *sorted(process for process in web if parents[process] == masters[0])]


def _ancestors(process: int, parents: dict[int, int]) -> Iterator[int]:
    while process in parents:
        process = parents[process]
        yield process
