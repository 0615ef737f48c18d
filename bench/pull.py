"""A phone that reads 20,000 records from zero, and one that finds nothing new."""

from __future__ import annotations

import gzip
import http.client
import json
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bench.clients import post
from bench.product import Product, serving
from bench.workload import OPERATIONS, VISITS_PER_BATCH, batch
from config.extensions import snapshot
from sync import pull as pulling
from tests.conftest import release
from tests.services import Postgresql
from wsgi import create_app

RECORDS = 20_000


def measure(cluster: Postgresql, folder: Path) -> Iterator[str]:
    """The figures as lines."""
    with serving(cluster, "pull", folder, scopes=1) as product:
        _fill(product)
        records, packed, seconds = _read_all(product)
        yield f"\npull from zero: {records} records in {seconds:.2f} s = {records / seconds:.0f} records/s"
        yield f"  {packed / 1024:.0f} KiB gzip, {packed / records:.0f} bytes a record"
        yield f"pull with nothing new: {_statements(product)} statements"


def _fill(product: Product) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", product.port, timeout=120)
    size = VISITS_PER_BATCH * OPERATIONS
    for at in range(-(-RECORDS // size)):
        body = json.dumps({"operations": batch(product.campaigns[0], 1 + at * size)}).encode()
        post(connection, "/api/sync/push", body, {"Authorization": f"Bearer {product.tokens[0]}"})


def _read_all(product: Product) -> tuple[int, int, float]:
    connection = http.client.HTTPConnection("127.0.0.1", product.port, timeout=120)
    headers = {"Authorization": f"Bearer {product.tokens[1]}", "Accept-Encoding": "gzip"}
    headers["Content-Type"] = "application/json"
    cursors: dict[str, str] = {}
    records, packed, more = 0, 0, True
    began = time.perf_counter()
    while more:
        connection.request("POST", "/api/sync/pull", json.dumps({"cursors": cursors}).encode(), headers)
        content = connection.getresponse().read()
        packed += len(content)
        page: dict[str, Any] = json.loads(gzip.decompress(content))
        records += len(page["changes"])
        cursors |= page["cursors"]
        more = page["more"]
    return records, packed, time.perf_counter() - began


def _statements(product: Product) -> int:
    """How many statements a pull needs once the caller is known."""
    app = create_app(product.settings)
    seen: list[str] = []
    with app.app_context(), snapshot() as session:
        scopes = [f"campaign:{uuid.UUID(str(campaign))}" for campaign in product.campaigns]
        cursors = pulling.pull(session, scopes, pulling.Request({}, 2000, 0)).cursors
        while True:
            page = pulling.pull(session, scopes, pulling.Request(cursors, 2000, 0))
            if not page.changes:
                break
            cursors = page.cursors
        event.listen(Engine, "before_cursor_execute", lambda _c, _k, statement, *_: seen.append(statement))
        pulling.pull(session, scopes, pulling.Request(cursors, 2000, 0))
    release(app)
    return len(seen)
