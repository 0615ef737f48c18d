"""How many requests one device may make in a minute, counted in Redis for all processes of all hosts together.

Guessing passwords has limits of its own, in the database. This one keeps a phone gone wild, or a script, from taking
everybody's turn. Without Redis each process counts for itself: nobody is turned away because the queue is.
"""

from __future__ import annotations

import hashlib

from flask import Flask, current_app, request
from flask_limiter import Limiter

from config.broker import PATIENCE, read_broker
from config.settings import Settings

WINDOW = 60
"""Seconds that are counted together, and after which a client may come again."""

FREE = ("health", "app_files", "static")
"""What is never counted: being watched, and the files of the app, which a proxy may fetch for many."""


def install(app: Flask, settings: Settings) -> None:
    """Count the requests of ``app``; nothing is counted where ``requests_per_minute`` is 0."""
    if not settings.requests_per_minute:
        return
    limiter = Limiter(
        who_asks,
        app=app,
        application_limits=[f"{settings.requests_per_minute} per minute"],
        storage_uri=_storage(settings.redis_url),
        storage_options={"socket_connect_timeout": int(PATIENCE), "socket_timeout": int(PATIENCE)},
        strategy="fixed-window",
        key_prefix="inspection",
        in_memory_fallback_enabled=True,
        swallow_errors=True,  # of several requests that find Redis gone at once, only the first falls back
        headers_enabled=False,
    )
    limiter.request_filter(_is_free)


def who_asks() -> str:
    """A device by its token or its session, somebody who has neither by the address. What is counted under is a
    digest: no token lies in Redis."""
    given = (
        request.headers.get("Authorization")
        or request.cookies.get(current_app.config["SESSION_COOKIE_NAME"])
        or ""
    )
    word = f"device {given}" if given else f"address {request.remote_addr}"
    return hashlib.sha256(word.encode()).hexdigest()


def _is_free() -> bool:
    blueprint, _, name = (request.endpoint or "").partition(".")
    return blueprint in FREE or name in FREE


def _storage(redis_url: str) -> str:
    broker = read_broker(redis_url)
    if not broker.sentinels:
        return redis_url
    hosts = ",".join(f"{host}:{port}" for host, port in broker.sentinels)
    secret = f":{broker.password}@" if broker.password else ""
    return f"redis+sentinel://{secret}{hosts}/{broker.master}"
