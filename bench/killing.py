"""Death without warning: which processes there are below a server that the run itself started (nobody else's are ever
looked at; Linux), and one of them killed with -9 at moments of chance."""

from __future__ import annotations

import os
import signal
import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from bench.replay.plan import chance_of


class Killing(ABC):
    """Strikes again and again, in a thread of its own, until it is stopped."""

    def __init__(self, seed: int) -> None:
        self.chance = chance_of("kill", seed)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="killer", daemon=True)

    @abstractmethod
    def pause(self) -> float:
        """Seconds until the next strike."""

    @abstractmethod
    def strike(self) -> None:
        """End somebody now, or nobody."""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; returns when no death can follow any more."""
        self._done.set()
        self._thread.join()

    def kill(self, among: Sequence[int]) -> bool:
        """Kill one of these processes; false when there is none at this moment."""
        if not among:
            return False
        try:
            os.kill(self.chance.choice(among), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def _run(self) -> None:
        while not self._done.wait(self.pause()):
            self.strike()


def web_processes(above: int) -> list[int]:
    """The web server below ``above``: its master, then its workers; none while it starts."""
    parents = _parents()
    web = [process for process in _below(above, parents) if b"gunicorn" in command(process)]
    masters = [process for process in web if parents[process] not in web]
    if len(masters) != 1:
        return []
    return [masters[0], *sorted(process for process in web if parents[process] == masters[0])]


def descendants(above: int) -> list[int]:
    """The processes below ``above``, parents before their children."""
    return _below(above, _parents())


def command(process: int) -> bytes:
    """The command line of a process, empty when it is gone."""
    try:
        return (Path("/proc") / str(process) / "cmdline").read_bytes()
    except OSError:
        return b""


def _below(above: int, parents: dict[int, int]) -> list[int]:
    found, level = list[int](), [above]
    while level:
        level = [process for process, parent in parents.items() if parent in level]
        found += level
    return found


def _parents() -> dict[int, int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    return parents
