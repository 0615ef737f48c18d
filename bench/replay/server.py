"""The replay's own server: the programs of ``make run`` under the same supervisor, in a folder and on a port
of their own."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.killing import Killing, web_processes
from bin.install import ROOT
from bin.serve import free_port, is_ready

VICTIMS = ("worker", "master")
"""What a :class:`Killer` kills."""

READY_WITHIN = 90.0
STOPPED_WITHIN = 60.0
MUCH = 4000
"""Characters of the server's output that are shown after a failure."""

OURS = ("REDIS_URL", "STORAGE_URL", "PROMETHEUS_MULTIPROC_DIR", "TRUSTED_PROXIES", "FLASK_APP")
"""Variables of the product that are left to their defaults."""


class ServerError(Exception):
    """The server did not start."""


@dataclass
class Server:
    """A running server. ``log`` takes what its programs print."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"


def environment(data_dir: Path, database: str | None) -> dict[str, str]:
    """The environment of a replay's own server, with a secret and a port of its own; nothing of the installation
    that this machine may have reaches it."""
    passed_on = {name: value for name, value in os.environ.items() if name not in OURS}
    return passed_on | {
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": database or f"sqlite:///{data_dir / 'inspection.sqlite3'}",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "PORT": str(free_port()),
        "DEMONSTRATION": "0",
    }


@contextmanager
def running(variables: Mapping[str, str]) -> Iterator[Server]:
    """Start a server in an environment as :func:`environment` makes it; it ends with the block. When the block fails,
    the end of what the server printed goes to standard error.

    :raises ServerError: when it is not ready in time.
    """
    port, log = int(variables["PORT"]), Path(variables["DATA_DIR"]) / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bin.serve"],
            cwd=ROOT,
            env=dict(variables),
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


class Killer(Killing):
    """Ends web processes without warning at random moments: mostly a worker, sometimes the master with all it
    serves; about ``every`` so many seconds, and never again before the server is back."""

    FIRST = (0.5, 2.0)
    SPREAD = (0.3, 1.7)
    MASTER_SHARE = 0.3

    def __init__(self, server: Server, every: float, seed: int) -> None:
        super().__init__(seed)
        self._server, self._every = server, every
        self._begun = False
        self.kills: list[str] = []

    def pause(self) -> float:
        """Soon at first, then about as often as was asked for."""
        if self._begun:
            return self._every * self.chance.uniform(*self.SPREAD)
        self._begun = True
        return self.chance.uniform(*self.FIRST)

    def strike(self) -> None:
        """Kill one process of a server that answers."""
        web = web_processes(self._server.process.pid) if is_ready(self._server.port) else []
        master, workers = web[:1], web[1:]
        what = "master" if not workers or self.chance.random() < self.MASTER_SHARE else "worker"
        if self.kill(master if what == "master" else workers):
            self.kills.append(what)
