"""The stateful property test, long: ``python -m bench.torture.properties --seed 7``. The seed that failed replays the
failure."""

from __future__ import annotations

import argparse
import logging
import secrets
import tempfile
import time
from pathlib import Path

from tests.conftest import migrate
from tests.sync.stateful.machine import run
from tests.sync.stateful.server import district


def measure(seed: int, examples: int, steps: int, *, shrink: bool) -> None:
    """Run, and print what happened how often.

    :raises AssertionError: with the steps that led to a broken promise.
    """
    print(f"property test, seed {seed}: {examples} examples of {steps} steps", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{name}/inspection.sqlite3"
        migrate(Path(name), url)
        with district(Path(name) / "data", url) as server:
            logging.disable(logging.CRITICAL)
            try:
                totals = run(server, examples=examples, steps=steps, seed=seed, shrink=shrink)
            finally:
                logging.disable(logging.NOTSET)
    print("  " + ", ".join(f"{what} {count}" for what, count in sorted(totals.items())))
    print(f"  every promise held; {time.monotonic() - began:.0f} s", flush=True)


def main() -> None:
    """Read the words of the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.torture.properties", description=__doc__)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--examples", type=int, default=150)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--no-shrink", action="store_true", help="report the first failure as it was found")
    asked = parser.parse_args()
    seed = secrets.randbelow(10**6) if asked.seed is None else asked.seed
    measure(seed, asked.examples, asked.steps, shrink=not asked.no_shrink)


if __name__ == "__main__":
    main()
