"""Noting that a job ran. A note that cannot be made never harms the job."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from config.extensions import now, write
from inspection.health.models import JobRun

log = logging.getLogger(__name__)

VERIFY = "journal.verify"
BACKUP = "backup.create"
DAY = 24 * 60 * 60


@dataclass
class Outcome:
    """What the block says of its run: how many faults it found, if it looks for any."""

    found: int | None = None


@contextmanager
def noted(name: str, every: int) -> Iterator[Outcome]:
    """Run the block and note when it began, how long it took and how it ended."""
    began, clock, outcome = now(), time.monotonic(), Outcome()
    problem: str | None = None
    try:
        yield outcome
    except BaseException as fault:
        problem = type(fault).__name__
        raise
    finally:
        seconds = round(time.monotonic() - clock)
        try:
            with write() as session:
                run = _row(session, name, every)
                run.every, run.began_at, run.seconds, run.problem = every, began, seconds, problem
                run.failures = run.failures + 1 if problem else 0
                if problem is None:
                    run.succeeded_at, run.found = began, outcome.found
        except SQLAlchemyError as fault:
            log.warning("the run of %s could not be noted: %s", name, type(fault).__name__)


def _row(session: Session, name: str, every: int) -> JobRun:
    run = session.get(JobRun, name, with_for_update=True)
    if run is None:
        run = JobRun(
            name=name, every=every, began_at=now(), succeeded_at=None, seconds=0, failures=0, problem=None,
            found=None,
        )  # fmt: skip
        session.add(run)
    return run
