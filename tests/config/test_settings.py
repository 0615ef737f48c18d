"""What a process is told by its environment, and what it leaves readable."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

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


REAL = {"DEMONSTRATION": "0", "SECRET_KEY": "k3y-of-a-test-that-is-long-enough-to-sign-with"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEMONSTRATION", "no thanks"),
        ("DEMONSTRATION", "FALSE"),
        ("DATABASE_URL", "mysql://u:s3cret@db/inspection"),
        ("DATABASE_URL", "postgresql://u:s3cret@db"),
        ("DATABASE_URL", "s3cret"),
        ("DATABASE_URL", "postgresql://u:s3cret@db:port/inspection"),
        ("REDIS_URL", "amqp://u:s3cret@queue"),
        ("STORAGE_URL", "ftp://files"),
        ("STORAGE_URL", "/srv/files"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "x" * 64),
        ("PORT", "http"),
        ("PUBLIC_URL", "kiemtra.example"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ("DATABASE_URL", "postgresql://u:s3cret@10.0.0.5/x"),
        ("DATABASE_URL", "postgresql://u:s3cret@10.0.0.5/x?sslmode=require"),
        ("DATABASE_URL", "postgresql://u:s3cret@/x?host=/run,10.0.0.5"),
        ("REDIS_URL", "redis://:s3cret@10.0.0.6"),
        ("REDIS_URL", "rediss://:s3cret@10.0.0.6?ssl_cert_reqs=none"),
        ("REDIS_URL", "sentinel://:s3cret@127.0.0.1,10.0.0.6/0?master=inspection"),
        ("STORAGE_URL", "s3://files?endpoint=http://10.0.0.7"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://10.0.0.8:4318"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name_and_no_secret_is_repeated(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        from_environment({"DATA_DIR": str(tmp_path), **REAL, name: value})
    assert refused.value.message.startswith(name)
    assert " / " in refused.value.message, "in both languages"
    assert "s3cret" not in refused.value.message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://u@10.0.0.5/x?sslmode=verify-full"),
        ("DATABASE_URL", "postgresql://u@/x?host=/var/run/postgresql"),
        ("DATABASE_URL", "postgresql://u@trusted/x"),
        ("REDIS_URL", "rediss://10.0.0.6"),
        ("REDIS_URL", "sentinel://127.0.0.1,trusted/0?master=inspection"),
        ("STORAGE_URL", "s3://files?endpoint=https://10.0.0.7"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318"),
    ],
)
def test_other_machines_are_spoken_with_in_tls_or_where_the_administrator_trusts_the_network(
    tmp_path: Path, name: str, value: str
) -> None:
    from_environment({"DATA_DIR": str(tmp_path), **REAL, name: value, "PLAINTEXT_HOSTS": "queue, trusted"})


def test_a_secret_may_lie_in_a_file_that_the_system_hands_over(tmp_path: Path) -> None:
    given = tmp_path / "secret"
    given.write_text(REAL["SECRET_KEY"] + "\n")
    values = {"DATA_DIR": str(tmp_path), "DEMONSTRATION": "0", "SECRET_KEY_FILE": str(given)}
    assert from_environment(values).secret_key == REAL["SECRET_KEY"]
    for wrong in ({"SECRET_KEY": REAL["SECRET_KEY"]}, {"SECRET_KEY_FILE": str(tmp_path / "missing")}):
        with pytest.raises(SettingsError, match="SECRET_KEY_FILE") as refused:
            from_environment(values | wrong)
        assert REAL["SECRET_KEY"] not in refused.value.message
        assert len(refused.value.message.splitlines()) == 1


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    wrong = {"DEMONSTRATION": "0", "PORT": "0", "REDIS_URL": "x", "STORAGE_URL": "x", "MAIL_FROM": "x"}
    with pytest.raises(SettingsError) as refused:
        from_environment({"DATA_DIR": str(tmp_path), **wrong})
    named = {line.partition(":")[0].partition("=")[0] for line in refused.value.message.splitlines()}
    assert named == {"PORT", "REDIS_URL", "STORAGE_URL", "MAIL_FROM", "SECRET_KEY"}
    assert not list(tmp_path.iterdir()), "a refused start leaves nothing behind"


def test_settings_that_are_printed_show_no_secret(tmp_path: Path) -> None:
    values = {
        **REAL,
        "DATABASE_URL": "postgresql://u:s3cret@db/x",
        "REDIS_URL": "redis://:s3cret@queue",
        "PLAINTEXT_HOSTS": "db,queue",
    }
    shown = repr(from_environment({"DATA_DIR": str(tmp_path), **values}))
    assert "s3cret" not in shown
    assert REAL["SECRET_KEY"] not in shown


class Recorder(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, **values: str) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, name: str, default: object = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)


READ_ELSEWHERE = {"PROMETHEUS_MULTIPROC_DIR", "PYTHON"}
"""Variables of the guide that libraries and ``make`` read themselves."""


def test_the_guide_names_every_variable_and_no_other(tmp_path: Path) -> None:
    environment = Recorder(DATA_DIR=str(tmp_path))
    from_environment(environment)
    guide = (ROOT / "docs" / "administrator.md").read_text()
    section = guide.partition("\n## Các biến môi trường")[2].partition("\n## ")[0]
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE))
    files = {name for name in environment.asked if name.endswith("_FILE")}
    assert documented == environment.asked - files | READ_ELSEWHERE
    assert [name for name in files if f"`{name}`" not in section] == []
    sources = [path for path in ROOT.glob("*/**/*.py") if path.parts[len(ROOT.parts)] in PRODUCT]
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in sources
        if re.search(r"os\.(environ|getenv)", path.read_text())
    }
    assert readers == {"config/settings.py", "inspection/backup/database.py"}, (
        "the one reader, and one that passes it on"
    )


PRODUCT = {"config", "inspection", "sync", "tasks"}
