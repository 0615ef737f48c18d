"""A program under supervision, and the means to look at what became of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from bin.install import ROOT


def until(check: Callable[[], object], seconds: float = 30, why: str = "") -> None:
    """Wait until ``check`` is true; fail the test with ``why`` when it never is."""
    deadline = time.monotonic() + seconds
    while not check():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds} s: {why or check}")
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and waits for its parent does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def descendants(pid: int) -> list[int]:
    """Every process below ``pid``, nearest first."""
    try:
        children = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
    return [*children, *(below for child in children for below in descendants(child))]


class Command:
    """A command in the foreground of a terminal of its own, with its output in a file."""

    def __init__(
        self, words: Sequence[str], output: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.output = output
        with output.open("wb") as file:
            self.process = subprocess.Popen(
                words,
                cwd=ROOT,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def text(self) -> str:
        """What it printed so far."""
        return self.output.read_text(errors="replace")

    def descendants(self) -> list[int]:
        """Every process it started that still runs."""
        return [pid for pid in descendants(self.process.pid) if is_alive(pid)]

    def interrupt(self) -> int:
        """Press Ctrl-C; its exit status."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(60)

    def end(self) -> None:
        """Leave nothing behind, whatever the test did."""
        left = self.descendants()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for pid in filter(is_alive, left):
            os.kill(pid, signal.SIGKILL)


Start = Callable[..., Command]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start commands that are ended with the test."""
    started: list[Command] = []

    def begin(*words: str, **environment: str) -> Command:
        command = Command(words, tmp_path / f"output-{len(started)}", environment)
        started.append(command)
        return command

    yield begin
    for command in started:
        command.end()


@pytest.fixture
def python() -> str:
    """The interpreter that runs the tests."""
    return sys.executable
