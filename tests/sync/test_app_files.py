"""The phone app's files as a browser gets them."""

from __future__ import annotations

import gzip
import shutil
import subprocess

import pytest
from flask.testing import FlaskClient

from bin.install import PHONE, phone_environment
from sync import app_files

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

PACKED = {"Accept-Encoding": "gzip, deflate, br"}


def test_files_travel_packed_to_whoever_reads_gzip(client: FlaskClient) -> None:
    plain = client.get("/app/", buffered=True)
    packed = client.get("/app/", headers=PACKED)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers
    for answer in (plain, packed):
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.content_type == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_a_file_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    script = next((app_files.BUILD / "assets").glob("index-*.js"))
    first = client.get(f"/app/assets/{script.name}", headers=PACKED)
    assert first.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get(
        f"/app/assets/{script.name}", headers={**PACKED, "If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["nothing.js", "../package.json", "assets/../../vite.config.ts", "assets"])
def test_nothing_but_the_build_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/app/{name}", headers=PACKED).status_code == 404


def test_what_loads_before_the_first_screen_stays_within_80_kib(client: FlaskClient) -> None:
    environment = phone_environment()
    node = shutil.which("node", path=environment["PATH"])
    assert node
    measured = subprocess.run(
        [node, "bench/first_load.mjs"],
        cwd=PHONE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert measured.returncode == 0, measured.stdout
