"""The queue's address: one Redis, or the one that Sentinels say is the master."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import redis
from celery import Celery

from config.broker import answers, connect, read_broker
from tests.conftest import release, settings_for
from tests.services import free_port, program, running, wait_for


@pytest.mark.parametrize(
    "url", ["", "amqp://host", "redis://", "sentinel://host/0", "sentinel://:26379/0?master=x",
            "sentinel://host:port/0?master=x", "sentinel://host/zero?master=x", "sentinel://host/0?master=x&y=1"],
)  # fmt: skip
def test_an_address_that_names_no_queue_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"redis://|Sentinel"):
        read_broker(url)


def test_sentinels_are_told_to_the_job_queue_in_its_own_words() -> None:
    broker = read_broker("sentinel://:p%40ss@10.0.0.1,10.0.0.2:26380/3?master=inspection")
    assert broker.url == "sentinel://:p%40ss@10.0.0.1:26379/3;sentinel://:p%40ss@10.0.0.2:26380/3"
    assert (broker.options, broker.password, broker.database) == ({"master_name": "inspection"}, "p@ss", 3)
    assert "p@ss" not in repr(broker)
    assert "p%40ss" not in repr(broker)


@pytest.fixture
def watched(redis_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of Sentinels that watch the Redis of this run."""
    port, master = free_port(), redis_url.rpartition(":")[2].partition("/")[0]
    (tmp_path / "sentinel.conf").write_text(
        f"port {port}\nbind 127.0.0.1\ndir {tmp_path}\nsentinel monitor inspection 127.0.0.1 {master} 1\n"
    )
    command = [program("redis-server"), str(tmp_path / "sentinel.conf"), "--sentinel"]
    with running(command, tmp_path) as (process, log):
        client = redis.Redis(port=port)
        wait_for(client.ping, process, log)
        client.close()
        yield f"sentinel://127.0.0.1:{port}/0?master=inspection"


def test_a_job_reaches_the_master_that_the_sentinels_name(
    watched: str, redis_url: str, sqlite_url: str, tmp_path: Path
) -> None:
    from config.extensions import celery_app
    from wsgi import create_app

    before = celery_app.conf.broker_url, celery_app.conf.broker_transport_options
    app = create_app(replace(settings_for(tmp_path / "data", sqlite_url), redis_url=watched))
    try:
        assert app.test_client().get("/readyz").json == {"database": "ok", "queue": "ok", "storage": "ok"}
        sender = Celery("sender", broker=celery_app.conf.broker_url)
        sender.conf.broker_transport_options = celery_app.conf.broker_transport_options
        sender.send_task("reports.sweep", retry=False)
        sender.close()
        with redis.Redis.from_url(redis_url) as direct:
            deadline = time.monotonic() + 5
            while not direct.llen("celery"):
                assert time.monotonic() < deadline
                time.sleep(0.02)
    finally:
        release(app)
        celery_app.conf.update(broker_url=before[0], broker_transport_options=before[1])


def test_a_queue_that_is_away_is_said() -> None:
    with connect("redis://127.0.0.1:1/0") as client, pytest.raises(redis.ConnectionError):
        client.ping()
    assert not answers("sentinel://127.0.0.1:1/0;sentinel://127.0.0.1:2/0")
