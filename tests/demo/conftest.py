"""A demonstration district that tests only read: loaded once for each database, not once for each test."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask

from config.extensions import write
from inspection.demo.load import Loaded, load
from inspection.people import passwords
from tests.conftest import release, settings_for

TODAY = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def load_into(app: Flask, today: date = TODAY) -> Loaded:
    """Load the demonstration as of ``today``."""
    with app.app_context(), write() as session:
        return load(session, app.config["SETTINGS"].data_dir, MOMENT, today)


@pytest.fixture(scope="module", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Eleven strong hashes a load would be most of the time of these tests, and are not what they are about."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def district(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application whose database holds the demonstration of ``TODAY``."""
    from wsgi import create_app

    folder: Path = tmp_path_factory.mktemp("district")
    if request.param == "sqlite":
        copy = folder / "inspection.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), copy)
        app = create_app(settings_for(folder / "data", f"sqlite:///{copy}"))
        load_into(app)
        yield app
        release(app)
        return
    cluster = request.getfixturevalue("postgresql")
    url = cluster.create("district", request.getfixturevalue("postgresql_template"))
    app = create_app(settings_for(folder / "data", url))
    load_into(app)
    yield app
    release(app)
    cluster.drop("district")
