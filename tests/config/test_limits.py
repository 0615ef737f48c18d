"""A device gone wild is told to wait; everybody else goes on, and so does everybody when Redis is gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import release, settings_for
from tests.world import World

MOST = 5


@pytest.fixture
def limited(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application with a small limit, counting in the Redis that the test names."""
    from wsgi import create_app

    redis_url = request.getfixturevalue("redis_url") if request.param == "redis" else "redis://127.0.0.1:1/0"
    settings = settings_for(tmp_path / "data", sqlite_url, redis_url)
    app = create_app(replace(settings, requests_per_minute=MOST))
    yield app
    release(app)


@pytest.mark.parametrize("limited", ["redis", "no redis"], indirect=True)
def test_a_device_that_asks_too_often_waits_and_no_other_does(limited: Flask) -> None:
    world = World(limited)
    world.campaign(world.person("an", "inspector"))
    wild, calm = world.phone("an"), world.phone("an")
    answers = [wild.post("/api/sync/pull", {}) for _ in range(MOST + 1)]
    assert [answer.status_code for answer in answers] == [200] * MOST + [429]
    assert (answers[-1].headers["Retry-After"], answers[-1].json["code"]) == ("60", "too_many_attempts")
    assert calm.post("/api/sync/pull", {}).status_code == 200
    client = limited.test_client()
    assert [client.get("/healthz").status_code for _ in range(MOST + 2)] == [200] * (MOST + 2)


@pytest.mark.parametrize("limited", ["no redis"], indirect=True)
def test_when_redis_goes_away_under_many_at_once_nobody_meets_a_fault(limited: Flask) -> None:
    together = threading.Barrier(8)

    def ask(number: int) -> int:
        together.wait(10)
        device = {"Authorization": f"Bearer of phone {number}"}
        return limited.test_client().post("/api/sync/pull", json={}, headers=device).status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(8))) == {401}
