"""Processor time by process (Linux)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from bench.killing import descendants

_TICKS = os.sysconf("SC_CLK_TCK")


def seconds_of(firsts: Mapping[str, int]) -> dict[str, float]:
    """Seconds that each named process and all below it have used so far, ``clients`` for the caller itself, ``machine``
    for everything that runs."""
    found = {name: sum(map(_of, [first, *descendants(first)])) for name, first in firsts.items()}
    ticks = (Path("/proc") / "stat").read_text().split("\n", 1)[0].split()[1:9]
    idle = int(ticks[3]) + int(ticks[4])
    return found | {"clients": _of(os.getpid()), "machine": (sum(map(int, ticks)) - idle) / _TICKS}


def _of(process: int) -> float:
    """Its own and that of its children which ended."""
    try:
        fields = (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS
