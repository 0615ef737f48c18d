"""The database as one file, and back. Each kind of database by its own means, both from one moment.

PostgreSQL's tools get the address on the command line without its password, which travels in the environment: what
stands on a command line, everybody on the machine reads.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from config.application import from_json, to_json
from config.settings import Settings
from inspection.backup.manifest import BackupError

T = TypeVar("T")
Look = Callable[[Session], T]


class _ReadOnly(sqlite3.Connection):
    """A connection of its own class: those of the running system are told to write ahead, which would change a
    backup's file."""


FILES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


def dialect(settings: Settings) -> str:
    """Which kind of database the installation uses."""
    return make_url(settings.database_url).get_backend_name()


def dump(engine: Engine, settings: Settings, folder: Path, look: Look[T]) -> T:
    """Write the database to its file in ``folder``; ``look`` sees exactly what the file holds.

    :raises BackupError: when a tool is missing or fails.
    """
    target = folder / FILES[dialect(settings)]
    if settings.sqlite:
        _copy_sqlite(engine, target)
        return look_at(target, look)
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        moment = connection.scalar(text("SELECT pg_export_snapshot()"))
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
        _tool(settings, "pg_dump", *options, f"--file={target}")
        with Session(connection) as session:
            return look(session)


def look_at(file: Path, look: Look[T]) -> T:
    """What ``look`` finds in an SQLite file, which is not written to."""
    engine = create_engine(
        f"sqlite:///file:{file}?mode=ro&uri=true",
        connect_args={"factory": _ReadOnly, "isolation_level": None},
        json_serializer=to_json,
        json_deserializer=from_json,
    )
    try:
        with Session(engine) as session:
            return look(session)
    finally:
        engine.dispose()


def problems(file: Path, kind: str) -> list[str]:
    """What is wrong with a database file itself, read from end to end."""
    if kind == "sqlite":
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        connection.close()
        return [] if found == ["ok"] else found
    result = subprocess.run(
        [_program("pg_restore"), "--file=/dev/null", str(file)], capture_output=True, text=True, check=False
    )
    return [result.stderr.strip()] if result.returncode else []


def require_empty(engine: Engine, settings: Settings) -> None:
    """Refuse to restore over data.

    :raises BackupError: when there is a table already.
    """
    file = make_url(settings.database_url).database if settings.sqlite else None
    if file is not None and not Path(file).exists():
        return
    if inspect(engine).get_table_names():
        raise BackupError(
            "cơ sở dữ liệu đích đã có dữ liệu; chỉ khôi phục vào chỗ trống / "
            "the target database holds data; a backup is restored into an empty one only"
        )
    engine.dispose()


def load(settings: Settings, file: Path) -> None:
    """Fill the empty database from ``file``."""
    if settings.sqlite:
        target = Path(str(make_url(settings.database_url).database))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        return
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _tool(settings, "pg_restore", *options, str(file))


def _copy_sqlite(engine: Engine, target: Path) -> None:
    pooled = engine.raw_connection()
    try:
        source = pooled.driver_connection
        if not isinstance(source, sqlite3.Connection):
            raise BackupError("không phải SQLite / not SQLite")
        with sqlite3.connect(target) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
        copy.close()
    finally:
        pooled.close()


def _tool(settings: Settings, name: str, *options: str) -> None:
    url = make_url(settings.database_url)
    environment = dict(os.environ)
    if url.password is not None:
        environment["PGPASSWORD"] = str(url.password)
    address = url.set(drivername="postgresql", password=None).render_as_string()
    result = subprocess.run(
        [_program(name), f"--dbname={address}", *options],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise BackupError(f"{name}: {result.stderr.strip()}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(
            f"thiếu {name} (gói postgresql-client) / {name} is missing (package postgresql-client)"
        )
    return found
