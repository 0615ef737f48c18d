"""The long run: ``python -m bench.torture.properties --seed 7``. The seed that failed replays the failure."""

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


def main() -> None:
    """Run, and print what happened how often."""
    parser = argparse.ArgumentParser(description="Stateful property test of synchronisation")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--examples", type=int, default=150)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--no-shrink", action="store_true", help="report the first failure as it was found")
    asked = parser.parse_args()
    seed = secrets.randbelow(10**6) if asked.seed is None else asked.seed
    print(f"seed {seed}: {asked.examples} examples of {asked.steps} steps", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{name}/inspection.sqlite3"
        migrate(Path(name), url)
        with district(Path(name) / "data", url) as server:
            logging.disable(logging.CRITICAL)
            totals = run(
                server, examples=asked.examples, steps=asked.steps, seed=seed, shrink=not asked.no_shrink
            )
    for what, count in sorted(totals.items()):
        print(f"  {what:<16} {count:>7}")
    print(f"every promise held; {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
