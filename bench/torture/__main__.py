"""``make torture``: the property test long, then the whole product on both databases. ``SEED=…`` replays."""

from __future__ import annotations

import argparse
import secrets
import sys

from bench.torture import phones, properties
from bench.torture.run import Outcome, torture

DATABASES = ("postgresql", "sqlite")


def main() -> int:
    """Torture and print one table; 0 when every promise held and every fault fired."""
    parser = argparse.ArgumentParser(prog="python -m bench.torture", description=__doc__)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--seconds", type=float, default=60, help="of work under faults, for each database")
    parser.add_argument("--phones", type=int, default=5)
    parser.add_argument("--examples", type=int, default=60, help="of the property test; 0 leaves it out")
    parser.add_argument("--database", choices=DATABASES, action="append")
    asked = parser.parse_args()
    seed = secrets.randbelow(10**6) if asked.seed is None else asked.seed
    print(f"seed {seed}", flush=True)
    if asked.examples:
        properties.measure(seed, asked.examples, 50, shrink=True)
    phones.build()
    outcomes = [
        torture(name, count=asked.phones, seconds=asked.seconds, seed=seed)
        for name in asked.database or DATABASES
    ]
    print_table(outcomes)
    failed = [f"{outcome.database}: {failure}" for outcome in outcomes for failure in outcome.failures]
    print("\n".join(failed) if failed else "every promise held, every fault fired")
    print(f"seed {seed}")
    return 1 if failed else 0


def print_table(outcomes: list[Outcome]) -> None:
    """One column for each database."""
    print("\n" + " " * 44 + "".join(f"{outcome.database:>12}" for outcome in outcomes))
    for rows in zip(*(outcome.figures for outcome in outcomes), strict=True):
        mark = "" if all(row.holds for row in rows) else "  ← wrong"
        print(f"{rows[0].name:<44}" + "".join(f"{row.value:>12}" for row in rows) + mark)
    for title, counted in (
        ("line: ", [o.fired for o in outcomes]),
        ("killed -9: ", [o.killed for o in outcomes]),
    ):
        for what in dict.fromkeys(name for counter in counted for name in counter):
            cells = [f"{counter[what]:>12}" if what in counter else f"{'–':>12}" for counter in counted]
            print(f"{title + what:<44}" + "".join(cells))
    print(f"{'seconds':<44}" + "".join(f"{outcome.seconds:>12.0f}" for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
