"""Measured claims: ``python -m bench [push] [pull] [history] [memory] [nation] [phone]``. Each starts its own
servers and prints ratios, not promises."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bench import history, memory, nation, phone, pull, push
from bench.workload import OPERATIONS
from config.extensions import now
from tests.services import postgresql

MEASURES = ("push", "pull", "history", "memory", "nation", "phone")


def main() -> int:
    """Measure what was named, or everything."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("measures", nargs="*", choices=[*MEASURES, []], default=list(MEASURES))
    parser.add_argument(
        "--entries", type=int, default=history.MANY, help="entries of the long journal (default: %(default)s)"
    )
    parser.add_argument(
        "--visits", type=int, default=1_000_000, help="visits of the national load (default: %(default)s)"
    )
    wish = parser.parse_args()
    wanted = wish.measures or MEASURES
    print(
        f"{now().date()} · {platform.machine()} · {os.cpu_count()} cores · Python {platform.python_version()}"
    )
    with tempfile.TemporaryDirectory(prefix="bench-") as name, postgresql(durable=True) as cluster:
        if "push" in wanted:
            _print_push(push.measure(cluster, Path(name) / "push"))
        if "pull" in wanted:
            _print(pull.measure(cluster, Path(name) / "pull"))
        if "history" in wanted:
            _print(history.measure(cluster, Path(name) / "history", wish.entries))
        if "memory" in wanted:
            _print(memory.measure(cluster, Path(name) / "memory"))
        if "nation" in wanted:
            _print(nation.measure(cluster, Path(name) / "nation", wish.visits))
        if "phone" in wanted:
            _print(phone.measure(cluster, Path(name) / "phone"))
    return 0


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, flush=True)


def _print_push(figures: list[push.Figure]) -> None:
    floor, kinto = figures[0].visits_per_second, figures[-1].visits_per_second
    print(
        f"\n{'push, 8 clients, 2 workers':<32}{'visits/s':>10}{'records/s':>11}{'÷ floor':>9}{'÷ Kinto':>9}"
    )
    for figure in figures:
        speed = figure.visits_per_second
        print(
            f"{figure.name:<32}{speed:>10.1f}{speed * OPERATIONS:>11.0f}{speed / floor:>9.2f}{speed / kinto:>9.1f}"
        )


if __name__ == "__main__":
    sys.exit(main())
