"""Work in a process of its own, so that its memory is its own."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.nation.load import Load, district
from config.extensions import snapshot, write
from config.settings import Settings
from config.storage import open_storage
from inspection.reports import compiling, counting, operations
from inspection.reports.models import Format, ReportKind
from inspection.reports.periods import Period


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the work, and the highest resident memory of its process in MiB (Linux)."""

    seconds: float
    peak: float


def in_a_process(work: Callable[..., object], *given: Any) -> Spent:
    """Call ``work`` in a fresh process."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=fresh) as pool:
        return pool.submit(_measured, work, given).result()


def _measured(work: Callable[..., object], given: tuple[Any, ...]) -> Spent:
    began = time.perf_counter()
    work(*given)
    return Spent(time.perf_counter() - began, _peak())


def _peak() -> float:
    """Not of ``getrusage``: what that calls the highest begins with the parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def one_district(settings: Settings, _load: Load, number: int, period: Period) -> None:
    """Order and compile a report as a worker does."""
    from wsgi import create_app

    with create_app(settings).app_context():
        with write() as session:
            report = operations.order(
                session,
                jurisdiction=district(number),
                kind=ReportKind.VIOLATION_SUMMARY,
                period=period,
                formats=Format,
                ordered_by=None,
            ).id
        assert compiling.compile_report(report, open_storage(settings.storage_url))


def nation(settings: Settings, load: Load, _number: int, period: Period) -> None:
    """Count all districts together."""
    from wsgi import create_app

    with create_app(settings).app_context(), snapshot() as session:
        counting.figures_together(session, load.jurisdictions, period)
