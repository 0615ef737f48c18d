"""Fixtures that every test may ask for: an application on each of the two databases, and its client.

``app``, and whatever builds on it, runs once on SQLite and once on PostgreSQL. A database is migrated once a run; each
test finds it as the migrations left it.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, sync_playwright

from config.extensions import db
from config.settings import Settings
from tests import services

TEMPLATE = "migrated"
CHROMIUM = "/usr/bin/chromium"

# How long an example takes says how busy the machine is, not whether the product is right.
hypothesis_settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("suite")

# A page is compiled once, not again for the application of every test.
Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache()}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each worker begins with its share of the slow tests: one that came last would run while the others have nothing
    left to do. Neighbours stay together, for the sake of the browser and the services that a module shares."""
    slow = [item for item in items if item.get_closest_marker("slow")]
    quick = [item for item in items if not item.get_closest_marker("slow")]
    items.clear()
    for workers in range(int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")), 0, -1):
        size, share = (len(slow) + len(quick)) // workers, len(slow) // workers
        items += slow[:share] + quick[: size - share]
        del slow[:share], quick[: size - share]


def pytest_collection_finish() -> None:
    """Search for garbage seldom, and never among what was imported: a twelfth of the processor time of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[services.Postgresql]:
    """The PostgreSQL cluster of this run."""
    with services.postgresql() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The address of the Redis of this run."""
    with services.redis_server() as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The address of a Redis that is empty when the test begins."""
    with redis.Redis.from_url(redis_server) as client:
        client.flushall()
    return redis_server


def settings_for(data_dir: Path, database_url: str, redis_url: str = "redis://127.0.0.1:1/0") -> Settings:
    """Settings of a test: nothing outside ``data_dir``, no demonstration."""
    return Settings(
        data_dir=data_dir,
        database_url=database_url,
        redis_url=redis_url,
        storage_url=(data_dir / "storage").as_uri(),
        secret_key="a key of the tests, long enough to sign with",
        demonstration=False,
        testing=True,
    )


def environment_of(settings: Settings) -> dict[str, str]:
    """The variables by which a process of its own finds the same database, queue, files and secret."""
    return {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "STORAGE_URL": settings.storage_url,
        "SECRET_KEY": settings.secret_key,
        "DEMONSTRATION": "0",
    }


def release(app: Flask) -> None:
    """Close every connection of ``app``."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def migrate(data_dir: Path, database_url: str) -> None:
    """Bring an empty database to the newest revision, as ``flask db upgrade`` does."""
    from wsgi import create_app

    app = create_app(settings_for(data_dir, database_url))
    with app.app_context():
        upgrade()
    release(app)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that nobody opens."""
    folder = tmp_path_factory.mktemp("sqlite")
    migrate(folder, f"sqlite:///{folder / 'template.sqlite3'}")
    return folder / "template.sqlite3"


@pytest.fixture(scope="session")
def postgresql_template(postgresql: services.Postgresql, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated PostgreSQL database that nobody opens."""
    migrate(tmp_path_factory.mktemp("postgresql"), postgresql.create(TEMPLATE))
    return TEMPLATE


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated SQLite database of this test alone."""
    copy = tmp_path / "inspection.sqlite3"
    shutil.copyfile(sqlite_template, copy)
    return f"sqlite:///{copy}"


@pytest.fixture(scope="session")
def postgresql_database(postgresql: services.Postgresql, postgresql_template: str) -> services.SharedDatabase:
    """The migrated database that the tests take turns to use."""
    return services.SharedDatabase(postgresql, "test", postgresql_template)


@pytest.fixture
def postgresql_url(postgresql_database: services.SharedDatabase) -> str:
    """The address of a migrated PostgreSQL database that holds nothing of any other test."""
    return postgresql_database.fresh()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def app(database: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application. No context is pushed: requests of ``client`` then have sessions of their own, as in earnest."""
    from wsgi import create_app

    app = create_app(settings_for(tmp_path / "data", database, redis_url))
    yield app
    release(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """An HTTP client of the application."""
    return app.test_client()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser of a module, closed before another begins: while it is open, its event loop runs in this thread, and
    nothing else that wants one, another browser or the signing of a document, could have it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
