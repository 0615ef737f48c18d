"""Death at random: one process after another is killed with -9, each kind in turn, in an order of chance."""

from __future__ import annotations

from collections import Counter

from bench.killing import Killing, command, descendants, web_processes
from bench.replay.server import Server
from bench.torture.cluster import Cluster

WEB, MASTER, WORKER, REDIS, POSTGRESQL = "web", "web master", "worker", "redis", "postgresql"
EVERY = (2.5, 5.5)
"""Seconds between two deaths."""


class Killer(Killing):
    """Kills until stopped; ``killed`` counts."""

    def __init__(self, server: Server, cluster: Cluster | None, seed: int) -> None:
        super().__init__(seed)
        self._server, self._cluster = server, cluster
        self._kinds = [WEB, MASTER, WORKER, REDIS, *([POSTGRESQL] if cluster else [])]
        self._deck: list[str] = []
        self.killed: Counter[str] = Counter(dict.fromkeys(self._kinds, 0))

    def pause(self) -> float:
        """Seconds between two deaths."""
        return self.chance.uniform(*EVERY)

    def strike(self) -> None:
        """Kill the next kind, if one of it is there; otherwise it stays the next."""
        self._deck = self._deck or self.chance.sample(self._kinds, len(self._kinds))
        if self._end(self._deck[-1]):
            self.killed[self._deck.pop()] += 1

    def _end(self, kind: str) -> bool:
        if kind == POSTGRESQL and self._cluster is not None:
            ready = self._cluster.is_ready()
            if ready:
                self._cluster.kill()
            return ready
        return self.kill(self._victims(kind))

    def _victims(self, kind: str) -> list[int]:
        above = self._server.process.pid
        if kind in (WEB, MASTER):
            web = web_processes(above)
            return web[1:] if kind == WEB else web[:1]
        words = (b"celery", b"worker") if kind == WORKER else (b"-server", b"127.0.0.1")
        found = [process for process in descendants(above) if all(word in command(process) for word in words)]
        return found[:1]
