"""What a process is told by its environment, and what it leaves readable."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, request

from config.settings import SettingsError, from_environment
from tests.conftest import release, settings_for

ROOT = Path(__file__).parents[2]


def flask(folder: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the application in a process of its own, with the usual umask."""
    inherited = {name: value for name, value in os.environ.items() if not name.endswith(("_URL", "_KEY"))}
    environment = {**inherited, "DATA_DIR": str(folder), "FLASK_APP": "wsgi", **variables}
    return subprocess.run(
        [Path(sys.executable).parent / "flask", *words],
        cwd=ROOT,
        env=environment,
        umask=0o022,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def behind(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application behind as many trusted proxies as the test says."""
    from wsgi import create_app

    app = create_app(replace(settings_for(tmp_path / "data", sqlite_url), trusted_proxies=request.param))
    app.add_url_rule("/address", "address", lambda: f"{request_address()}")
    yield app
    release(app)


def request_address() -> str:
    return f"{request.remote_addr} {request.scheme}"


@pytest.mark.parametrize(
    ("behind", "seen"), [(0, "127.0.0.1 http"), (1, "203.0.113.9 https")], indirect=["behind"]
)
def test_a_proxy_is_believed_only_when_the_settings_say_so(behind: Flask, seen: str) -> None:
    told = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9", "X-Forwarded-Proto": "https"}
    assert behind.test_client().get("/address", headers=told).text == seen


@pytest.mark.parametrize("count", ["-1", "one", "11", "¹"])
def test_a_number_of_proxies_that_is_none_is_refused(tmp_path: Path, count: str) -> None:
    with pytest.raises(SettingsError, match="TRUSTED_PROXIES"):
        from_environment({"DATA_DIR": str(tmp_path), "TRUSTED_PROXIES": count})


def test_a_missing_key_is_said_in_one_line(tmp_path: Path) -> None:
    for words in (("setup", "351"), ("db", "upgrade")):
        done = flask(tmp_path, *words, DEMONSTRATION="0")
        assert done.returncode == 2
        assert done.stderr.strip() == (
            "Error: SECRET_KEY: bắt buộc khi DEMONSTRATION=0 / required when DEMONSTRATION=0"
        )


def test_nobody_else_on_the_machine_reads_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    done = flask(folder, "db", "upgrade")
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    made = list(folder.rglob("*"))
    assert {path.name for path in made} >= {"inspection.sqlite3", "secret-key"}
    assert [path.name for path in made if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
