"""What goes wrong under a running server: a full disk, a slow one, a clock that jumps, a queue that is gone.

Phones are told to come again, and what they send then is taken once.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import event

from config.broker import answers
from config.extensions import db, now, ring, snapshot
from inspection.journal import history
from inspection.people import tokens
from tests.conftest import release, settings_for
from tests.world import Phone, World, statuses

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def visits(app: Flask) -> tuple[Phone, list[dict[str, object]]]:
    """A phone with ten visits in its outbox, each with a long note."""
    world = World(app)
    campaign = world.campaign(world.person("an", "inspector"))
    shop, phone = world.establishment(), world.phone("an")
    return phone, [phone.visit(campaign, shop, note="ghi chú " * 200) for _ in range(10)]


@contextmanager
def full_disk(app: Flask) -> Iterator[None]:
    """SQLite's own limit on its size stands for the disk's: it fails with the same error at the same places."""

    def limit(connection: object, *_: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]  # the driver's connection
        cursor.execute("PRAGMA max_page_count=1")  # never below what there is: the file may not grow
        cursor.close()

    with app.app_context():
        engine = db.engine
        db.session.remove()
        engine.dispose()
        event.listen(engine, "connect", limit)
        try:
            yield
        finally:
            event.remove(engine, "connect", limit)
            db.session.remove()
            engine.dispose()


@on_sqlite
def test_on_a_full_disk_nothing_is_acknowledged_and_with_room_again_everything_is_taken_once(
    app: Flask, visits: tuple[Phone, list[dict[str, object]]]
) -> None:
    phone, outbox = visits
    with full_disk(app):
        answer = phone.post("/api/sync/push", {"operations": outbox})
        if answer.status_code == 200:
            assert set(statuses(answer.json["results"])) <= {"retry"}
        else:
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert statuses(phone.push(*outbox)) == ["applied"] * 10
    assert all(result["replayed"] for result in phone.push(*outbox))
    with app.app_context(), snapshot() as session:
        assert history.verify(session) == []


def test_on_a_slow_disk_two_phones_wait_for_each_other_and_both_are_served(
    app: Flask, visits: tuple[Phone, list[dict[str, object]]]
) -> None:
    phone, outbox = visits
    with app.app_context():
        engine = db.engine

    def slow(_connection: object) -> None:
        time.sleep(0.2)

    event.listen(engine, "commit", slow)
    answers: list[list[str]] = []
    try:
        half = [Thread(target=lambda part=part: answers.append(statuses(phone.push(*part)))) for part in
                (outbox[:5], outbox[5:])]  # fmt: skip
        for thread in half:
            thread.start()
        for thread in half:
            thread.join()
    finally:
        event.remove(engine, "commit", slow)
    assert answers == [["applied"] * 5] * 2


@on_sqlite
def test_when_the_servers_clock_jumps_back_phones_renew_their_tokens_and_go_on(
    app: Flask, visits: tuple[Phone, list[dict[str, object]]]
) -> None:
    phone, outbox = visits
    claims = tokens.Claims(tokens.read_access(app.config["SECRET_KEY"], phone.token).person, phone.device)
    phone.token = tokens.sign_access(app.config["SECRET_KEY"], claims, now() + timedelta(hours=1))
    assert phone.post("/api/sync/push", {"operations": outbox}).status_code == 401
    renewed = phone.post("/api/auth/refresh", {"refresh_token": phone.refresh_token})
    phone.token = renewed.json["access_token"]
    assert statuses(phone.push(*outbox)) == ["applied"] * 10


def test_without_the_queue_phones_are_served_and_nobody_waits_for_it(sqlite_url: str, tmp_path: Path) -> None:
    from wsgi import create_app

    app = create_app(settings_for(tmp_path / "data", sqlite_url, "redis://127.0.0.1:1/0"))
    try:
        ready = app.test_client().get("/readyz")
        assert ready.status_code == 200
        assert ready.json == {"database": "ok", "queue": "unreachable", "storage": "ok"}
        world = World(app)
        campaign = world.campaign(world.person("an", "inspector"))
        phone = world.phone("an")
        assert statuses(phone.push(phone.visit(campaign, world.establishment()))) == ["applied"]
        assert not answers("redis://127.0.0.1:1/0"), "so that the job queue's own client is not even asked"
        with app.app_context():
            ring("reports.sweep")  # raises nothing: the row is the queue, this only the bell
    finally:
        release(app)
