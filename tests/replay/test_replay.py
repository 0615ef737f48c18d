"""The replay of a few real inspections: on both databases, and with real processes that are killed on the way."""

from __future__ import annotations

import gzip
import io
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from bench.replay import compare, desk, independent, office, plan
from bench.replay.progress import Progress
from bench.replay.run import Outcome, Replay
from bench.replay.source import Source, read
from bin.install import ROOT
from config.extensions import db
from config.storage import open_storage
from inspection.reports.compiling import compile_report
from inspection.reports.models import Report

DATA = Path(__file__).parent / "data"
WINDOWS = (compare.CALENDAR_2018, compare.LEGAL_2018)
COMPLAINTS = """Record ID,Intake Date,Intake Channel,Business Category,Complaint Code,Business Name
1,2023-07-24,311,Restaurant,Overcharge; -,Corner Grill
1,2023-07-24,311,Restaurant,Overcharge; -,Corner Grill
2,2022-12-31,Online,Supermarket,Scale Inaccurate/Broken,Big Market
"""
"""Made up; a number that is given twice is two petitions."""


class Quiet(WSGIRequestHandler):
    """Serves without a word."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  # werkzeug names it so
        """Leave the test's output alone."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """``app`` on a port of its own, a thread for each request."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def compiling(app: Flask) -> Iterator[None]:
    """Compile every ordered report, as the worker does."""
    done = threading.Event()

    def work() -> None:
        storage = open_storage(app.config["SETTINGS"].storage_url)
        while not done.wait(0.1):
            with app.app_context():
                for report in db.session.scalars(select(Report.id).where(Report.status == "queued")).all():
                    compile_report(report, storage)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.fixture(scope="module")
def source() -> Source:
    return read(DATA)


@pytest.fixture
def complaints(tmp_path: Path) -> Path:
    folder = tmp_path / "complaints"
    folder.mkdir()
    (folder / desk.FILE).write_bytes(gzip.compress(COMPLAINTS.encode()))
    return folder


def played(replay: Replay, complaints: Path) -> Outcome:
    with Progress(1, io.StringIO()) as progress:
        return replay.play(desk.petitions(complaints), progress)


def differences(replay: Replay) -> list[compare.Row]:
    return [
        row
        for window in WINDOWS
        for row in compare.rows(
            compare.order(replay.manager.line, window),
            independent.count(DATA, window.first, window.last, legal_months=window.legal_months),
        )
        if not row.equal
    ]


def test_what_the_phones_sent_is_what_the_summary_counts(
    app: Flask, source: Source, complaints: Path
) -> None:
    planned = plan.make(source.inspections, 1)
    passwords = office.write_office(app, planned.inspectors)
    with (
        served(app) as address,
        compiling(app),
        closing(Replay(address, passwords, source, planned)) as replay,
    ):
        outcome = played(replay, complaints)

        assert outcome.problems == []
        assert outcome.conflicts == outcome.planned == 6
        assert outcome.rejected == 0
        assert outcome.sent == outcome.applied + outcome.merged + outcome.conflicts
        assert outcome.merged > 0
        assert outcome.held > 0
        assert outcome.resent > 0
        assert outcome.petitions == 3
        assert differences(replay) == []


def test_the_sample_holds_the_quirks_it_was_chosen_for(source: Source) -> None:
    counted = {
        window.name: independent.count(DATA, window.first, window.last, legal_months=window.legal_months)
        for window in WINDOWS
    }
    rows = [found for inspection in source.inspections for found in inspection.found]

    assert [one["visits"] for one in counted.values()] == [63, 59]
    assert len(rows) == 291
    assert sum("\r\n" in found.description for found in rows) == 282
    assert sum(not found.code for found in rows) == 1
    assert sum(not found.severity for found in rows) == 2


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_columns_are_equal_after_the_web_processes_were_killed(complaints: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "bench.replay", str(DATA), "--complaints", str(complaints), "--kill-web", "3"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-4000:]
    kills = re.search(r"kill -9 of web processes: (\d+) worker, (\d+) master", result.stdout)
    assert kills is not None
    assert int(kills[1]) + int(kills[2]) > 0
    assert "All columns are equal." in result.stdout
    assert "≠" not in result.stdout


def test_a_folder_without_the_files_is_named(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "bench.replay", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert "violations.csv.gz" in result.stderr
