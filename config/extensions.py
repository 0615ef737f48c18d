"""Database and job bell, without knowledge of the domain.

``write`` and ``snapshot`` are how an edge (a view, a job, a command) opens a transaction. On SQLite a write
begins with ``BEGIN IMMEDIATE``: the driver's own deferred begin loses counter increments between two writers.
Reads stay deferred, so that a long report never locks a push out.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from celery import Celery
from flask_sqlalchemy import SQLAlchemy
from kombu.exceptions import OperationalError as BrokerError
from sqlalchemy import DateTime, Dialect, Engine, Uuid, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator
from structlog.contextvars import get_contextvars

from config import broker

log = logging.getLogger(__name__)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone, kept in UTC. SQLite would drop the zone; this puts it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone rather than guess one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table."""

    registry = registry(type_annotation_map={datetime: UtcDateTime(), uuid.UUID: Uuid()})


db = SQLAlchemy(model_class=Base)
celery_app = Celery("tasks")


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


@contextmanager
def write() -> Iterator[Session]:
    """A write transaction: committed at the end of the block, rolled back when it raises."""
    session: Session = db.session()
    session.rollback()
    try:
        session.connection(execution_options={"begin": "IMMEDIATE"})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


@contextmanager
def snapshot() -> Iterator[Session]:
    """A read transaction in which every statement sees the database of one moment."""
    session: Session = db.session()
    session.rollback()
    try:
        options = {} if db.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        session.connection(execution_options=options)
        yield session
    finally:
        session.rollback()


def ring(task_name: str, *arguments: str) -> None:
    """Send a job after the commit. The database row is the queue and this only the bell: when the broker is
    away, a sweep finds the row later."""
    if not broker.answers(str(celery_app.conf.broker_url)):
        log.warning("job bell not heard: %s, nobody listens", task_name)
        return
    try:
        celery_app.send_task(task_name, args=arguments, retry=False, headers=_origin())
    except (BrokerError, OSError) as problem:
        log.warning("job bell not heard: %s %s", task_name, type(problem).__name__)


def _origin() -> dict[str, str]:
    """Which request a job follows from, for its log lines."""
    return {key: str(value) for key, value in get_contextvars().items() if key == "request_id"}


@event.listens_for(Engine, "connect")
def _configure_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    if not type(connection).__module__.startswith("sqlite3"):
        return
    driver: Any = connection
    driver.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        mode = connection.get_execution_options().get("begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")
