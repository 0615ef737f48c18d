"""A progress bar on a terminal; a line for every tenth in a file."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TextIO

WIDTH = 30


class Progress:
    """How much of ``total`` is done. On a terminal one line is drawn again and again."""

    def __init__(self, total: int, output: TextIO | None = None) -> None:
        self._total = max(total, 1)
        self._output = output or sys.stderr
        self._drawn = self._output.isatty()
        self._began = time.monotonic()
        self._tenth = -1

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn:
            self._output.write("\n")
            self._output.flush()

    def show(self, done: int, note: str) -> None:
        """Say that ``done`` of the total are done, and what is going on."""
        share = min(done / self._total, 1.0)
        text = f"{share:4.0%} {time.monotonic() - self._began:6.0f} s  {note}"
        if self._drawn:
            full = int(share * WIDTH)
            self._output.write(f"\r\x1b[K[{'█' * full}{'░' * (WIDTH - full)}] {text}")
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            self._output.write(text + "\n")
        self._output.flush()
