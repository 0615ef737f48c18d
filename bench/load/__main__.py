"""``python -m bench.load [--minutes 15] [--phones 5000] [--office 100]``: a province's day at its real rate.

Its own PostgreSQL (durable), Redis and web server (the command that is deployed) are started here and end with it. All
phones come once within fifteen minutes in the morning and once in the evening; with fewer ``--minutes`` only as many
take part as keeps the rate. Clients and servers share this machine: the figures are what is left for either.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from flask_migrate import upgrade

from bench.load.day import Day
from bench.load.province import VISITS, make_province
from bench.product import started
from bench.workload import OPERATIONS
from bin.install import ROOT
from config.extensions import now
from tests.conftest import release, settings_for
from tests.services import postgresql, redis_server
from wsgi import create_app

RUSH = 15
"""Minutes within which all phones come."""

SHOWN = (50, 95, 99)


def main() -> int:
    """Measure; 1 when any request failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument(
        "--minutes", type=float, default=RUSH, help="of each of the two rushes (default: %(default)s)"
    )
    parser.add_argument("--phones", type=int, default=5000, help="enrolled (default: %(default)s)")
    parser.add_argument("--office", type=int, default=100, help="people in the office (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args()
    active = min(wish.phones, round(wish.phones * wish.minutes / RUSH))
    print(
        f"{now().date()} · {platform.machine()} · {os.cpu_count()} cores · Python {platform.python_version()}"
    )
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="load-") as name,
        postgresql(durable=True) as cluster,
        redis_server() as redis,
    ):
        folder = Path(name)
        settings = replace(settings_for(folder, cluster.create("load"), redis), testing=False)
        app = create_app(replace(settings, testing=True))
        with app.app_context():
            upgrade()
        province = make_province(
            app,
            enrolled=wish.phones,
            active=active,
            office=wish.office,
            seconds=wish.minutes * 60,
            seed=wish.seed,
        )
        release(app)
        cluster.run("load", "VACUUM ANALYZE")
        print(f"{wish.phones:,} phones enrolled in {time.monotonic() - began:.0f} s", flush=True)
        with started(settings, folder) as (port, pid):
            postmaster = str(
                cluster.run("load", "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")
            )
            day = Day(
                address=f"http://127.0.0.1:{port}",
                secret=settings.secret_key,
                seconds=wish.minutes * 60,
                seed=wish.seed,
                checklist=province.checklist,
                cursors=province.cursors,
                phones=province.phones,
                office=province.office,
                processes={"web": pid, "database": int(postmaster)},
            )
            day.write(folder / "day.json")
            command = [
                sys.executable,
                "-m",
                "bench.load.client",
                str(folder / "day.json"),
                str(folder / "result.json"),
            ]
            subprocess.run(command, cwd=ROOT, check=True)
        found = json.loads((folder / "result.json").read_text())
    for phase, start in (("morning", 0.0), ("evening", day.seconds)):
        within = [
            (_group(named), took, problem)
            for moment, named, took, problem in found["requests"]
            if (moment >= day.seconds) == (start > 0)
        ]
        print(f"\n{phase}: {active:,} phones in {wish.minutes:g} min, {wish.office} people in the office")
        for line in table(within, day.seconds):
            print(line)
        print(_processor(found["processor"][phase], day.seconds))
    operations = VISITS * OPERATIONS
    print(f"\na push is {VISITS} visits, {operations} operations; clients and servers share these cores")
    slow = slowest(found["requests"])
    print("slowest pages (median ms): " + ", ".join(f"{name} {took:.0f}" for name, took in slow))
    failed = [(named, problem) for _, named, _, problem in found["requests"] if problem]
    for named, problem in failed[:10]:
        print(f"  {named}: {problem}")
    return 1 if failed else 0


def _group(name: str) -> str:
    return "pages" if name.startswith("page ") else name


def table(requests: Sequence[tuple[str, float, str | None]], seconds: float) -> Iterator[str]:
    """Lines of a table of ``(name, milliseconds, problem)``: how many, how often, how long, how many failed."""
    columns = "".join(f"{f'p{at} ms':>8}" for at in SHOWN)
    yield f"  {'':<12}{'requests':>9}{'per s':>8}{columns}{'longest':>9}{'errors':>8}"
    for name in sorted({each[0] for each in requests}):
        took = sorted(each[1] for each in requests if each[0] == name)
        errors = sum(1 for each in requests if each[0] == name and each[2])
        shown = "".join(f"{percentile(took, at):>8.0f}" for at in SHOWN)
        yield f"  {name:<12}{len(took):>9,}{len(took) / seconds:>8.2f}{shown}{took[-1]:>9.0f}{errors:>8}"


def percentile(ascending: Sequence[float], share: int) -> float:
    """The smallest value that ``share`` per cent of all do not exceed."""
    return ascending[max(0, -(-len(ascending) * share // 100) - 1)]


def slowest(requests: Sequence[tuple[float, str, float, str | None]]) -> list[tuple[str, float]]:
    """The five pages with the highest median, in milliseconds."""
    names = {named for _, named, _, _ in requests if named.startswith("page ")}
    medians = {
        name.removeprefix("page "): percentile(
            sorted(took for _, each, took, _ in requests if each == name), 50
        )
        for name in names
    }
    return sorted(medians.items(), key=lambda each: -each[1])[:5]


def _processor(used: dict[str, float], seconds: float) -> str:
    others = used["machine"] - used["web"] - used["database"] - used["clients"]
    parts = {
        **{name: used[name] for name in ("web", "database", "clients")},
        "everything else": max(0.0, others),
    }
    return "  cores busy: " + " · ".join(f"{name} {taken / seconds:.2f}" for name, taken in parts.items())


if __name__ == "__main__":
    sys.exit(main())
