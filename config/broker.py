"""The address of the queue: one Redis, or several watched by Sentinels.

``redis://[:password@]host:port/0`` (``rediss://`` with TLS), or
``sentinel://[:password@]host:26379,host:26379/0?master=name``: the Sentinels are asked which Redis is the master, at
every connection, so that a failover needs no restart. The password is the one of Redis; Sentinels are expected on a
network of their own without one.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import redis
from redis.sentinel import Sentinel

PATIENCE = 2.0
"""Seconds that a look at the queue may take."""

_SENTINEL_PORT = 26379
_REDIS_PORT = 6379


@dataclass(frozen=True, slots=True)
class Broker:
    """What Celery is given: ``url`` and ``options`` of its transport. ``sentinels`` and ``master`` where there are
    any."""

    url: str = field(repr=False)
    options: dict[str, Any] = field(default_factory=dict)
    sentinels: tuple[tuple[str, int], ...] = ()
    master: str = ""
    password: str | None = field(default=None, repr=False)
    database: int = 0


def read_broker(url: str) -> Broker:
    """Read ``REDIS_URL``.

    :raises ValueError: when it is none.
    """
    parts = urlsplit(url)
    if parts.scheme in {"redis", "rediss"} and parts.hostname:
        return Broker(url)
    database = parts.path.strip("/") or "0"
    asked = dict(parse_qsl(parts.query))
    if parts.scheme != "sentinel" or not database.isdigit() or asked.keys() != {"master"}:
        raise ValueError("neither redis:// nor sentinel://…?master=…")
    credentials, _, hosts = parts.netloc.rpartition("@")
    sentinels = tuple(_sentinel(host) for host in hosts.split(","))
    password = unquote(credentials.partition(":")[2]) or None
    secret = f":{credentials.partition(':')[2]}@" if password else ""
    return Broker(
        url=";".join(f"sentinel://{secret}{host}:{port}/{database}" for host, port in sentinels),
        options={"master_name": asked["master"]},
        sentinels=sentinels,
        master=asked["master"],
        password=password,
        database=int(database),
    )


def connect(url: str) -> redis.Redis:
    """A client of the Redis that is master now. It connects at its first command.

    :raises redis.RedisError: by its commands, when nothing answers within :data:`PATIENCE`.
    """
    broker = read_broker(url)
    waits = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    if not broker.sentinels:
        return redis.Redis.from_url(url, **waits)
    watched = Sentinel(list(broker.sentinels), sentinel_kwargs=waits)  # type: ignore[no-untyped-call]  # redis leaves it untyped
    master: redis.Redis = watched.master_for(  # type: ignore[no-untyped-call]  # the same
        broker.master, password=broker.password, db=broker.database, **waits
    )
    return master


def answers(url: str) -> bool:
    """Whether somebody listens at an address as Celery has it. The job queue's own client tries for some twelve seconds
    before it gives up, and a page would wait for it."""
    for one in url.split(";"):
        parts = urlsplit(one)
        try:
            with socket.create_connection((parts.hostname or "", parts.port or _REDIS_PORT), timeout=1):
                return True
        except OSError:
            continue
    return False


def _sentinel(text: str) -> tuple[str, int]:
    host, _, port = text.partition(":")
    if not host or not (port or "0").isdigit():
        raise ValueError("a Sentinel is host:port")
    return host, int(port or _SENTINEL_PORT)
