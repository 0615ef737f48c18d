"""What a summary costs in a national database, on PostgreSQL with its defaults.

A national load and one of its districts alone stand side by side, so that the same figures are counted in both in turn
and whatever else the machine does meets both.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask

from bench.nation import by_hand, compiling, workbook
from bench.nation.compiling import in_a_process
from bench.nation.load import Load, district, fill
from config.extensions import db, snapshot
from inspection.journal import checkpoint
from inspection.reports import counting, past
from inspection.reports.models import ReportKind
from inspection.reports.periods import PeriodKind, legal
from tests.conftest import migrate, settings_for
from tests.services import Postgresql
from wsgi import create_app

DISTRICT = 351
QUARTER = legal(PeriodKind.QUARTER, 2026, 2)
"""A quarter with a year before it and half a year after it."""

ROUNDS, NATION_ROUNDS = 15, 3
MOST_MEMORY = 300


@dataclass(frozen=True, slots=True)
class Place:
    """A filled database and the product on it."""

    name: str
    app: Flask
    url: str
    filled_in: float


def measure(cluster: Postgresql, folder: Path, visits: int) -> Iterator[str]:
    """The figures as lines."""
    load = Load(visits=visits)
    nation, alone = (
        _place(cluster, folder, name, load, only) for name, only in (("nation", None), ("alone", DISTRICT))
    )
    size = cluster.run("nation", "SELECT pg_size_pretty(pg_database_size('nation'))")
    yield (
        f"\nsummaries beside {load.districts} districts, {load.visits:,} visits, {12 * load.visits:,} answers "
        f"({size}, loaded in {nation.filled_in:.0f} s)"
    )
    yield from _one_district(nation, alone)
    yield from _whole_nation(cluster, nation, load)
    yield from _memory(nation, load)
    yield from workbook.measure()


def _place(cluster: Postgresql, folder: Path, name: str, load: Load, only: int | None) -> Place:
    url = cluster.create(name)
    migrate(folder / name, url)
    began = time.monotonic()
    fill(cluster, name, load, only)
    seconds = time.monotonic() - began
    return Place(name, create_app(replace(settings_for(folder / name, url), testing=False)), url, seconds)


def _one_district(nation: Place, alone: Place) -> Iterator[str]:
    """A district's quarter: the checkpoint it cites and its figures, as a report takes them in one snapshot."""
    times: list[tuple[float, float]] = []
    for _ in range(ROUNDS + 3):
        (here, figures), (there, same) = _count(nation), _count(alone)
        assert figures == same, "the district's figures differ where it is not alone"
        times.append((here, there))
    among, single = (statistics.median(each) for each in zip(*times[3:], strict=True))
    yield f"a district's quarter, {figures['totals']['visits']} visits, {ROUNDS} times in turn (median)"
    yield f"  among all: {among * 1000:7.1f} ms, alone in its database: {single * 1000:7.1f} ms"
    yield f"  ratio: {among / single:.2f} (aim: at most 1.5)"


def _count(place: Place) -> tuple[float, dict[str, Any]]:
    gc.collect()
    jurisdiction = district(DISTRICT)
    with place.app.app_context(), snapshot() as session:
        began = time.perf_counter()
        checkpoint.take(session, past.scopes_now(jurisdiction))
        figures = counting.figures_of(session, ReportKind.VIOLATION_SUMMARY, jurisdiction, QUARTER)
        seconds = time.perf_counter() - began
    with place.app.app_context():
        db.session.remove()
    return seconds, figures


def _whole_nation(cluster: Postgresql, nation: Place, load: Load) -> Iterator[str]:
    """The figures of all districts together, beside a script of SQL that counts the same."""
    times = []
    for _ in range(NATION_ROUNDS + 1):
        by_itself, expected = by_hand.by_hand(cluster, nation.name, QUARTER)
        gc.collect()
        with nation.app.app_context(), snapshot() as session:
            began = time.perf_counter()
            figures = counting.figures_together(session, load.jurisdictions, QUARTER)
            seconds = time.perf_counter() - began
        with nation.app.app_context():
            db.session.remove()
        told = by_hand.of_the_product(figures)
        assert told == expected, sorted(set(told.items() ^ expected.items()))[:10]
        times.append((seconds, by_itself))
    product, script = (statistics.median(each) for each in zip(*times[1:], strict=True))
    yield f"the nation's quarter, {figures['totals']['visits']:,} visits, {NATION_ROUNDS} times in turn (median)"
    yield f"  {len(expected):,} lines of figures are the same"
    yield f"  product: {product:7.2f} s, SQL by hand: {script:7.2f} s"
    yield f"  ratio: {product / script:.2f} (aim: at most 3)"


def _memory(nation: Place, load: Load) -> Iterator[str]:
    """What a process of its own comes to that does nothing else."""
    settings = nation.app.config["SETTINGS"]
    yield f"memory of a process that compiles, at its highest (resident, aim: at most {MOST_MEMORY} MiB)"
    for name, work in (
        ("one district's report with its Word, Excel and PDF files", compiling.one_district),
        ("the nation's quarter", compiling.nation),
    ):
        yield f"  {in_a_process(work, settings, load, DISTRICT, QUARTER).peak:4.0f} MiB: {name}"
