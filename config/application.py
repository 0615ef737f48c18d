"""The part of the application that web, worker and commands share: settings and database, no address served."""

from __future__ import annotations

import json
import os
from io import BytesIO
from typing import IO, Any

import orjson
from flask import Flask, Request

from config.broker import read_broker
from config.extensions import celery_app, db
from config.logs import configure_logging
from config.settings import Settings, from_environment

LARGEST_FORM = 16 * 1024 * 1024
"""Bytes of a request body that no view has set a lower limit for."""


class InMemory(Request):
    """A request whose files stay in memory: what a form brings may have to be sealed before any disk sees it.
    :data:`LARGEST_FORM` bounds what that costs."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def process_settings() -> Settings:
    """The settings of a process of the product. What it writes from now on only its own user can read: the database,
    photos and reports hold what nobody else on the machine is to see."""
    os.umask(0o077)
    return from_environment()


def base_app(settings: Settings) -> Flask:
    """An application with its database and the queue's address."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = Flask("inspection", static_folder=None)
    app.request_class = InMemory
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
    )
    configure_logging(app)
    db.init_app(app)
    if settings.traces_url:
        from config import spans  # its libraries are there only where they are wanted

        spans.install(app, settings.traces_url)
    broker = read_broker(settings.redis_url)
    celery_app.conf.update(
        broker_url=broker.url,
        broker_transport_options=broker.options,
        timezone=settings.timezone,
        enable_utc=True,
    )
    return app


def _engine_options(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {
        "json_serializer": to_json,
        "json_deserializer": from_json,
        "pool_pre_ping": True,
    }
    if not settings.sqlite:
        options |= {"pool_size": 10, "max_overflow": 10, "pool_timeout": 10}
    return options


def to_json(value: object) -> str:
    """JSON text of a column. What a phone sent may hold text that is no Unicode; it is kept in escaped form."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value)


def from_json(content: str | bytes) -> Any:
    """The value of a JSON column, escaped text that is no Unicode included."""
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return json.loads(content)
