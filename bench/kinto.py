"""Kinto, a well-known sync store, as the reference: installed from the registry into an environment of its
own."""

from __future__ import annotations

import base64
import http.client
import json
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.clients import post, wait_for
from bench.workload import visit
from bin.install import ROOT
from bin.supervise import tied_to_parent
from tests.services import Postgresql, free_port

VERSION = "26.5.0"
ENVIRONMENT = ROOT / ".build" / "kinto"
BATCH = 25
SECRET = {"Authorization": "Basic " + base64.b64encode(b"bench:bench").decode()}
BUCKET = "/v1/buckets/bench"


def install() -> None:
    """Make Kinto's environment once."""
    if (ENVIRONMENT / "ready").exists():
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
    wanted = [f"kinto[postgresql]=={VERSION}", "gunicorn", "setuptools<81"]
    subprocess.run([ENVIRONMENT / "bin" / "pip", "install", "--quiet", *wanted], check=True)
    (ENVIRONMENT / "ready").touch()


@contextmanager
def serving(cluster: Postgresql, folder: Path) -> Iterator[int]:
    """Serve a fresh Kinto on a database of its own, with 2 workers; its port."""
    install()
    folder.mkdir(parents=True)
    cluster.create("kinto")
    port = free_port()
    settings = folder / "kinto.ini"
    settings.write_text(_settings(f"postgresql+psycopg2://postgres@127.0.0.1:{cluster.port}/kinto"))
    subprocess.run(
        [ENVIRONMENT / "bin" / "kinto", "migrate", "--ini", settings], check=True, capture_output=True
    )
    command = [
        str(ENVIRONMENT / "bin" / "gunicorn"), "--workers=2", "--threads=8", f"--bind=127.0.0.1:{port}",
        "--log-level=warning", f"--paste={settings}",
    ]  # fmt: skip
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(tied_to_parent(command), stdout=log, stderr=log)
        try:
            wait_for(port, "/v1/")
            _make(port)
            yield port
        finally:
            server.terminate()
            server.wait(60)


def client(begin: Callable[[], Any], port: int, number: int, visits: int) -> None:
    """One phone that puts the records of its visits, 25 in a request."""
    campaign = uuid.uuid4()
    records = [made for _ in range(visits) for made in visit(campaign, 1)]
    requests = [
        {
            "method": "PUT",
            "path": f"{BUCKET}/collections/c{number}/records/{made['record']}",
            "body": {"data": {"kind": made["kind"], "made_at": made["made_at"], **made["fields"]}},
        }
        for made in records
    ]
    bodies = [
        json.dumps({"requests": requests[at : at + BATCH]}).encode() for at in range(0, len(requests), BATCH)
    ]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.connect()
    begin()
    for body in bodies:
        answer = post(connection, "/v1/batch", body, SECRET)
        assert {response["status"] for response in answer["responses"]} == {201}


def _settings(url: str) -> str:
    backends = "\n".join(
        f"kinto.{name}_backend = kinto.core.{name}.postgresql\nkinto.{name}_url = {url}"
        for name in ("storage", "permission", "cache")
    )
    return (
        "[server:main]\nuse = egg:gunicorn\n[app:main]\nuse = egg:kinto\n"
        f"{backends}\nkinto.userid_hmac_secret = {'b' * 32}\nmultiauth.policies = basicauth\n"
        "kinto.bucket_create_principals = system.Authenticated\nkinto.batch_max_requests = 25\n"
    )


def _make(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path in (BUCKET, *(f"{BUCKET}/collections/c{number}" for number in range(8))):
        connection.request("PUT", path, b'{"data": {}}', {"Content-Type": "application/json", **SECRET})
        connection.getresponse().read()
