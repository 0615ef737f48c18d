"""What an operator asks, answered by the running product."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
import yaml
from flask import Flask
from sqlalchemy import update
from structlog.contextvars import get_contextvars

from bin.install import ROOT
from config.extensions import celery_app, db, now, ring, write
from inspection.health import runs
from inspection.health.models import JobRun
from inspection.health.reading import is_late
from inspection.people.models import Device
from tasks import journal as journal_jobs
from tasks.schedule import REGULAR, SCHEDULE
from tests.conftest import release, settings_for
from tests.world import Phone, World

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
FIGURE = re.compile(r"^(\w+)(?:\{([^}]*)\})? (\S+)$", re.MULTILINE)


def figures(app: Flask) -> dict[str, float]:
    """What Prometheus reads, by name and labels."""
    answer = app.test_client().get("/metrics")
    assert answer.status_code == 200
    return {f"{name}{{{labels}}}" if labels else name: float(value) for name, labels, value in
            FIGURE.findall(answer.text)}  # fmt: skip


@pytest.fixture
def phone(app: Flask) -> Phone:
    world = World(app)
    world.campaign(world.person("an", "inspector"))
    return world.phone("an")


def says(unsent: int, oldest: str | None) -> dict[str, Any]:
    return {"app_version": "0.2.0", "unsent": unsent, "oldest": oldest}


def test_a_phone_says_what_it_has_not_sent_and_silence_is_counted(app: Flask, phone: Phone) -> None:
    made = now() - timedelta(hours=5)
    phone.pull(phone=says(7, made.isoformat()))
    seen = figures(app)
    assert (seen["inspection_phones"], seen["inspection_phones_unsent"]) == (1, 7)
    assert seen["inspection_phones_oldest_unsent_seconds"] == pytest.approx(5 * 3600, abs=60)
    assert seen['inspection_phones_silent{days="3"}'] == 0
    phone.pull(phone=says(0, None))
    with app.app_context(), write() as session:
        session.execute(update(Device).values(last_seen_at=now() - timedelta(days=4)))
    seen = figures(app)
    assert (seen["inspection_phones_unsent"], seen["inspection_phones_oldest_unsent_seconds"]) == (0, 0)
    assert [seen[f'inspection_phones_silent{{days="{days}"}}'] for days in (1, 3, 7)] == [1, 1, 0]
    with app.app_context():
        assert db.session.get_one(Device, phone.device).app_version == "0.2.0"


@on_sqlite
def test_a_phone_that_says_the_same_again_writes_nothing(app: Flask, phone: Phone) -> None:
    phone.pull(phone=says(0, None))
    with app.app_context():
        before = db.session.get_one(Device, phone.device).reported_at
    phone.pull(phone=says(0, None))
    with app.app_context():
        assert db.session.get_one(Device, phone.device).reported_at == before


@on_sqlite
@pytest.mark.parametrize(
    "said",
    [
        [],
        {"app_version": "1", "unsent": 1},
        {"app_version": "", "unsent": 1, "oldest": None},
        {"app_version": "1\n2", "unsent": 1, "oldest": None},
        {"app_version": "1" * 41, "unsent": 1, "oldest": None},
        {"app_version": "1", "unsent": -1, "oldest": None},
        {"app_version": "1", "unsent": True, "oldest": None},
        {"app_version": "1", "unsent": 1, "oldest": "yesterday"},
        {"app_version": "1", "unsent": 1, "oldest": "0001-01-01T00:00:00+14:00"},
        {"app_version": "1", "unsent": 1, "oldest": 5},
    ],
)
def test_a_report_that_is_none_is_refused_as_a_whole(phone: Phone, said: object) -> None:
    answer = phone.post("/api/sync/pull", {"cursors": {}, "phone": said})
    assert (answer.status_code, answer.json["code"]) == (400, "malformed_request")


@pytest.fixture
def without_database(tmp_path: Path) -> Iterator[Flask]:
    from wsgi import create_app

    settings = settings_for(tmp_path / "data", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    app = create_app(settings)
    yield app
    release(app)


def test_without_the_database_phones_are_told_when_to_come_again_and_the_figures_say_so(
    without_database: Flask,
) -> None:
    client = without_database.test_client()
    assert figures(without_database)["inspection_database_up"] == 0
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json) == (
        503,
        {"database": "unreachable", "queue": "unreachable", "storage": "ok"},
    )
    assert client.get("/healthz").status_code == 200
    login = {"username": "an", "password": "x", "device": {"name": "x", "platform": "y"}}
    answer = client.post("/api/auth/login", json=login)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


@on_sqlite
def test_a_storage_that_cannot_be_written_to_is_said_and_stops_nobody(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    app.config["SETTINGS"] = replace(
        app.config["SETTINGS"], storage_url=(tmp_path / "file" / "storage").as_uri()
    )
    answer = app.test_client().get("/readyz")
    assert answer.json is not None
    assert (answer.status_code, answer.json["storage"]) == (200, "unreachable")


def test_every_job_of_the_clock_notes_its_runs() -> None:
    assert {entry["task"] for entry in SCHEDULE.values()} == set(REGULAR)
    assert (REGULAR["reports.sweep"], REGULAR["journal.seal"], REGULAR[runs.VERIFY]) == (60, 3600, runs.DAY)


def test_a_job_notes_when_it_ended_well_how_often_it_failed_and_never_the_words_of_a_failure(
    app: Flask,
) -> None:
    with app.app_context():
        assert journal_jobs.verify() == 0
        with pytest.raises(ValueError, match="secret"), runs.noted("some.job", 60):
            raise ValueError("the secret of somebody")
        with runs.noted("good.job", 60):
            pass
        failed = db.session.get_one(JobRun, "some.job")
        assert (failed.failures, failed.problem, failed.succeeded_at) == (1, "ValueError", None)
        at = now()
        assert not is_late(failed, at)
        assert is_late(failed, at + timedelta(minutes=4))
        found = db.session.get_one(JobRun, runs.VERIFY)
        assert (found.failures, found.found) == (0, 0)
    seen = figures(app)
    assert seen['inspection_job_faults{job="journal.verify"}'] == 0
    assert seen['inspection_job_success_timestamp_seconds{job="good.job"}'] == pytest.approx(
        now().timestamp(), abs=60
    )


@on_sqlite
def test_a_request_has_the_name_that_the_phone_gave_it_down_to_the_job_it_rang(
    app: Flask, redis_url: str
) -> None:
    given = str(uuid.uuid4())

    def rung() -> str:
        ring("reports.sweep")
        return "rung"

    app.add_url_rule("/ring", "ring", rung)
    answer = app.test_client().get("/ring", headers={"X-Request-Id": given})
    assert answer.headers["X-Request-Id"] == given
    with redis.Redis.from_url(redis_url) as queue:
        [message] = queue.lrange("celery", 0, -1)
    assert json.loads(message)["headers"]["request_id"] == given

    seen: list[str] = []

    @celery_app.task(name="tests.remember")
    def remember() -> None:
        seen.append(get_contextvars()["request_id"])

    remember.push_request(request_id=given)  # as a worker does with the message's headers
    remember()
    remember.pop_request()
    celery_app.tasks.pop("tests.remember")
    assert seen == [given]


@on_sqlite
@pytest.mark.parametrize("given", ["", "x" * 5000, 'x" injected="1', "not-a-uuid"])
def test_a_name_that_is_no_uuid_is_not_repeated(app: Flask, given: str) -> None:
    answer = app.test_client().get("/healthz", headers={"X-Request-Id": given})
    assert uuid.UUID(answer.headers["X-Request-Id"]).version == 7


NAMES = re.compile(r"\b(?:inspection|http)_[a-z_]+")


@on_sqlite
def test_alarms_and_pictures_speak_of_figures_that_exist(app: Flask) -> None:
    app.test_client().get("/api/openapi.json")  # so that there is a request to count
    with app.app_context():
        journal_jobs.verify()
        for name in (runs.VERIFY, runs.BACKUP):
            with runs.noted(name, runs.DAY) as outcome:
                outcome.found = 0
    known = {key.partition("{")[0] for key in figures(app)}
    alarms = yaml.safe_load((ROOT / "deploy" / "prometheus" / "alerts.yml").read_text())
    rules = [rule for group in alarms["groups"] for rule in group["rules"]]
    dashboard = json.loads((ROOT / "deploy" / "grafana" / "dashboard.json").read_text())
    asked = [rule["expr"] for rule in rules]
    asked += [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    for expression in asked:
        names = set(NAMES.findall(expression))
        assert names <= known, expression
        assert expression.count("(") == expression.count(")"), expression
    for rule in rules:
        assert rule.keys() == {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in {"critical", "warning", "info"}
    scrape = yaml.safe_load((ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text())
    assert scrape["scrape_configs"][0]["job_name"] == "inspection"
