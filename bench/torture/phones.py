"""The phones: Node processes that run the sync core of ``phone/`` as it is."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bin.install import BUILD, PHONE, VENV, phone_environment
from bin.supervise import tied_to_parent

DRIVER = BUILD / "torture" / "driver.mjs"


def build() -> None:
    """Check the driver's types and bundle it with the sync core, by the phone's own tool chain."""
    tools = PHONE / "node_modules" / ".bin"
    bundle = ["torture/driver.ts", "--file", str(DRIVER), "--platform", "node", "--format", "esm"]
    for command in ([str(tools / "tsc"), "-p", "torture"], [str(tools / "rolldown"), *bundle]):
        subprocess.run(command, cwd=PHONE, env=phone_environment(), check=True, stdout=subprocess.DEVNULL)


@dataclass
class NodePhone:
    """One phone's process. ``log`` is the outside log of what it made and heard."""

    label: str
    username: str
    log: Path
    process: subprocess.Popen[str]

    def tell(self, word: str) -> None:
        """Send a command."""
        _open(self.process.stdin).write(f"{word}\n")
        _open(self.process.stdin).flush()

    def hear(self) -> dict[str, Any]:
        """The next line it says.

        :raises RuntimeError: when the process has ended.
        """
        line = _open(self.process.stdout).readline()
        if not line:
            raise RuntimeError(f"the phone {self.label} ended: {self.process.wait()}")
        said: dict[str, Any] = json.loads(line)
        return said

    def lines(self) -> list[dict[str, Any]]:
        """The outside log."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]


def _open(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise ValueError("a phone has both pipes")
    return stream


@contextmanager
def phones(folder: Path, settings: Sequence[dict[str, Any]]) -> Iterator[list[NodePhone]]:
    """Start one process for each of ``settings``; they end with the block."""
    with ExitStack() as stack:
        started: list[NodePhone] = []
        for each in settings:
            log = folder / f"{each['label']}.log"
            path = folder / f"{each['label']}.json"
            path.write_text(json.dumps({**each, "log": str(log)}))
            errors = stack.enter_context((folder / f"{each['label']}.err").open("wb"))
            process = subprocess.Popen(
                tied_to_parent([str(VENV / "bin" / "node"), str(DRIVER), str(path)]),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
            )  # fmt: skip
            stack.enter_context(process)
            stack.callback(process.kill)
            started.append(NodePhone(each["label"], each["username"], log, process))
        yield started
