"""Death at random: one process after another is killed with -9, each kind in turn, in an order of chance.

Only processes below the server that the run itself started are ever looked at (Linux).
"""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from pathlib import Path

from bench.replay.plan import chance_of
from bench.replay.server import Server, web_processes
from bench.torture.cluster import Cluster

WEB, MASTER, WORKER, REDIS, POSTGRESQL = "web", "web master", "worker", "redis", "postgresql"
EVERY = (2.5, 5.5)
"""Seconds between two deaths."""


class Killer:
    """Kills until stopped; ``killed`` counts."""

    def __init__(self, server: Server, cluster: Cluster | None, seed: int) -> None:
        self._server, self._cluster = server, cluster
        self._kinds = [WEB, MASTER, WORKER, REDIS, *([POSTGRESQL] if cluster else [])]
        self.killed: Counter[str] = Counter(dict.fromkeys(self._kinds, 0))
        self._chance = chance_of("kill", seed)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="killer", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; no death follows."""
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        deck: list[str] = []
        while not self._done.wait(self._chance.uniform(*EVERY)):
            deck = deck or self._chance.sample(self._kinds, len(self._kinds))
            if self._kill(deck[-1]):
                self.killed[deck.pop()] += 1

    def _kill(self, kind: str) -> bool:
        """Kill one process of a kind now; false when there is none at this moment."""
        if kind == POSTGRESQL and self._cluster is not None:
            ready = self._cluster.is_ready()
            if ready:
                self._cluster.kill()
            return ready
        found = self._victims(kind)
        if not found:
            return False
        try:
            os.kill(self._chance.choice(found), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def _victims(self, kind: str) -> list[int]:
        above = self._server.process.pid
        if kind in (WEB, MASTER):
            web = web_processes(above)
            return web[1:] if kind == WEB else web[:1]
        words = (b"celery", b"worker") if kind == WORKER else (b"-server", b"127.0.0.1")
        return [process for process in descendants(above) if all(word in command(process) for word in words)][
            :1
        ]


def descendants(above: int) -> list[int]:
    """The processes below ``above``, parents before their children."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, level = list[int](), [above]
    while level:
        level = [process for process, parent in parents.items() if parent in level]
        found += level
    return found


def command(process: int) -> bytes:
    """The command line of a process, empty when it is gone."""
    try:
        return (Path("/proc") / str(process) / "cmdline").read_bytes()
    except OSError:
        return b""
