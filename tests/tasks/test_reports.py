"""The jobs over a real Redis, in a real worker process: rung once, killed, or never heard."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import select, update

from config.extensions import celery_app, db, now, ring, snapshot, write
from config.storage import open_storage
from inspection.reports import operations
from inspection.reports.models import Format, Report, ReportFile, ReportKind
from inspection.reports.periods import PeriodKind, legal
from tasks import accounts, complaints, journal, mail, places, reports, uploads
from tasks.schedule import SCHEDULE
from tests.conftest import environment_of
from tests.world import World

MIDNIGHT_IN_VIETNAM = datetime(2022, 9, 14, 17, 5, tzinfo=UTC)
"""Five past midnight of 15 September over there."""

PATIENCE = 60
"""Seconds; a worker alone needs a few to start."""


@pytest.fixture
def world(app: Flask) -> World:
    world = World(app)
    world.add(
        "unit",
        world.reference,
        world.jurisdiction,
        code="351",
        name="Thanh Liêm",
        level="district",
        valid_from="2004-01-01",
    )
    return world


def environment(app: Flask) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], **environment_of(app.config["SETTINGS"])}


@contextmanager
def worker(app: Flask, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of its own process group, ended with the block."""
    command = [sys.executable, "-m", "celery", "--app=tasks.app:celery_app", "--quiet", "worker"]
    flags = ["--concurrency=1", "--loglevel=info", "--without-gossip", "--without-mingle"]
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, *flags], env=environment(app), stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield process
        finally:
            end(process, signal.SIGKILL)


def end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    if process.poll() is None:
        os.killpg(process.pid, how)
        process.wait()


def order(world: World) -> uuid.UUID:
    with world.app.app_context(), write() as session:
        return operations.order(
            session,
            jurisdiction=world.jurisdiction,
            kind=ReportKind.VIOLATION_SUMMARY,
            period=legal(PeriodKind.QUARTER, 2022, 3),
            formats=Format,
            ordered_by=None,
        ).id


def row(world: World, report: uuid.UUID) -> Report:
    with world.app.app_context(), snapshot() as session:
        found = session.get_one(Report, report)
        session.expunge(found)
        return found


def wait_until(world: World, report: uuid.UUID, status: str, folder: Path) -> Report:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = row(world, report)
        if found.status == status:
            return found
        time.sleep(0.01)
    raise AssertionError(f"{row(world, report).status}\n{(folder / 'worker.log').read_text()[-3000:]}")


@pytest.mark.slow
def test_a_rung_order_is_compiled_by_the_worker(world: World, tmp_path: Path) -> None:
    report = order(world)
    with world.app.app_context():
        ring(operations.COMPILE, str(report))
    with worker(world.app, tmp_path):
        done = wait_until(world, report, "done", tmp_path)
    assert (done.progress, done.attempts) == (1.0, 1)
    with world.app.app_context(), snapshot() as session:
        kept = session.scalars(select(ReportFile.format).where(ReportFile.report == report)).all()
    assert sorted(kept) == ["docx", "pdf", "xlsx"]


@pytest.mark.slow
def test_what_a_killed_worker_left_is_found_by_the_sweep_and_finished(world: World, tmp_path: Path) -> None:
    report = order(world)
    with world.app.app_context():
        ring(operations.COMPILE, str(report))
    with worker(world.app, tmp_path) as first:
        wait_until(world, report, "running", tmp_path)
        end(first, signal.SIGKILL)
    left = row(world, report)
    assert (left.status, left.attempts) == ("running", 1)
    with world.app.app_context(), write() as session:
        session.execute(update(Report).values(lease_until=now()))
    with world.app.app_context():
        celery_app.send_task("reports.sweep")
    with worker(world.app, tmp_path):
        done = wait_until(world, report, "done", tmp_path)
    assert done.attempts == 2
    with world.app.app_context(), snapshot() as session:
        kept = session.scalars(select(ReportFile).where(ReportFile.report == report)).all()
        storage = open_storage(world.app.config["SETTINGS"].storage_url)
        for one in kept:
            with storage.open(one.key) as stream:
                assert hashlib.sha256(stream.read()).hexdigest() == one.sha256
    assert len(kept) == 3


@pytest.mark.slow
def test_an_order_made_while_the_broker_was_away_is_found_later(world: World, tmp_path: Path) -> None:
    report = order(world)
    with world.app.app_context(), write() as session:
        session.execute(update(Report).values(ordered_at=now() - operations.UNHEARD * 2))
    with world.app.app_context():
        celery_app.send_task("reports.sweep")
    with worker(world.app, tmp_path):
        assert wait_until(world, report, "done", tmp_path).attempts == 1


def test_the_same_message_twice_compiles_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    report = order(world)
    with world.app.app_context():
        for _ in range(2):
            reports.compile_report(str(report))
    assert row(world, report).attempts == 1


def test_the_clock_orders_each_period_once_and_rings_for_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr(reports, "ring", lambda _job, report: rung.append(report))
    monkeypatch.setattr(reports, "now", lambda: MIDNIGHT_IN_VIETNAM)
    with world.app.app_context():
        for _ in range(3):
            reports.order_due()
    assert len(rung) == len(set(rung)) == 3 * len(ReportKind)  # month, quarter and nine months
    with world.app.app_context():
        kinds = {report.period["kind"] for report in db.session.scalars(select(Report))}
    assert kinds == {"month", "quarter", "nine_months"}


def test_the_clock_rings_in_vietnams_time_and_only_jobs_that_exist(app: Flask) -> None:
    assert all(
        job.name in celery_app.tasks
        for job in (
            reports.sweep,
            uploads.sweep,
            journal.seal,
            mail.sweep,
            journal.sweep,
            accounts.sweep,
            places.sweep,
            complaints.remind,
        )
    )
    assert str(celery_app.conf.timezone) == "Asia/Ho_Chi_Minh"
    names = {cast(str, entry["task"]) for entry in SCHEDULE.values()}
    assert names <= set(celery_app.tasks)
