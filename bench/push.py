"""How fast phones are answered, beside the floor of the database and a well-known sync store.

*Product*: batches of 8 visits over HTTP to 2 gunicorn workers, 8 client processes, once in 8 scopes and once
all in one. *Floor*: the very rows that the product wrote, loaded into an empty copy of its tables with ``COPY``,
one commit a batch, by as many processes. *Kinto*: the same records in batches of 25, its own PostgreSQL backend,
its own environment, as many workers and clients. All on one PostgreSQL with its defaults (``fsync`` on), in one
session.
"""

from __future__ import annotations

import http.client
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench import kinto
from bench.clients import post, together
from bench.product import Product, serving
from bench.workload import OPERATIONS, VISITS_PER_BATCH, batch
from tests.services import Postgresql

CLIENTS = 8
BATCHES = 12
TABLES = ("journal_entry", "journal_record", "visit", "answer", "journal_receipt")
"""What one push writes, besides the counter row."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    name: str
    visits_per_second: float


def measure(cluster: Postgresql, folder: Path) -> list[Figure]:
    """The figures, the floor first."""
    figures = []
    with serving(cluster, "push_apart", folder / "apart", scopes=CLIENTS) as product:
        figures.append(_push("product, 8 scopes", product))
    with serving(cluster, "push_one", folder / "one", scopes=1) as product:
        figures.append(_push("product, one scope", product))
    floor = _floor(cluster, "push_apart", folder)
    return [floor, *figures, _kinto(cluster, folder)]


def _push(name: str, product: Product) -> Figure:
    jobs = []
    for at in range(CLIENTS):
        token, campaign = product.tokens[at], product.campaigns[at % len(product.campaigns)]
        jobs.append((product.port, token, str(campaign)))
    return _figure(name, together(push_client, jobs))


def push_client(begin: Callable[[], Any], port: int, token: str, campaign: str) -> None:
    """One phone with an evening's work."""
    bodies = [
        json.dumps(
            {"operations": batch(uuid.UUID(campaign), 1 + at * VISITS_PER_BATCH * OPERATIONS)}
        ).encode()
        for at in range(BATCHES)
    ]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.connect()
    begin()
    for body in bodies:
        answer = post(connection, "/api/sync/push", body, {"Authorization": f"Bearer {token}"})
        assert {result["status"] for result in answer["results"]} == {"applied"}


def _floor(cluster: Postgresql, written: str, folder: Path) -> Figure:
    """Load the rows that the product wrote into ``written`` into an empty copy of its tables."""
    cluster.create("floor")
    source, target = (
        f"host=127.0.0.1 port={cluster.port} user=postgres dbname={name}" for name in (written, "floor")
    )
    jobs = [(target, str(folder / f"rows-{at}")) for at in range(CLIENTS)]
    with psycopg.connect(source) as reading, psycopg.connect(target, autocommit=True) as preparing:
        for table in TABLES:
            preparing.execute(_definition(reading, table).encode())
            with reading.cursor().copy(f"COPY {table} TO STDOUT".encode()) as copy:  # a name of ours
                lines = [bytes(line) for line in copy]
            for at, (_, place) in enumerate(jobs):
                Path(place).mkdir(exist_ok=True)
                mine = lines[at::CLIENTS]
                size = -(-len(mine) // BATCHES)
                for number in range(BATCHES):
                    rows = mine[number * size : (number + 1) * size]
                    (Path(place) / f"{number}-{table}").write_bytes(b"".join(rows))
    return _figure("floor: COPY of the same rows", together(floor_client, jobs))


def _definition(connection: psycopg.Connection[Any], table: str) -> str:
    """A table as the product's, its keys and indexes included."""
    columns = connection.execute(
        "SELECT string_agg(format('%%I %%s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum) "
        "FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        (table,),
    ).fetchone()
    indexes = connection.execute(
        "SELECT string_agg(indexdef, ';') FROM pg_indexes WHERE tablename = %s", (table,)
    ).fetchone()
    assert columns is not None
    assert indexes is not None
    return f"CREATE TABLE {table} ({columns[0]}); {indexes[0]}"


def floor_client(begin: Callable[[], Any], address: str, place: str) -> None:
    """One connection that copies its rows, one commit a batch."""
    batches = [
        [(table, (Path(place) / f"{number}-{table}").read_bytes()) for table in TABLES]
        for number in range(BATCHES)
    ]
    with psycopg.connect(address) as connection:
        begin()
        for rows in batches:
            for table, content in rows:
                with connection.cursor().copy(f"COPY {table} FROM STDIN".encode()) as copy:  # a name of ours
                    copy.write(content)
            connection.commit()


def _kinto(cluster: Postgresql, folder: Path) -> Figure:
    with kinto.serving(cluster, folder / "kinto") as port:
        seconds = together(kinto.client, [(port, at, BATCHES * VISITS_PER_BATCH) for at in range(CLIENTS)])
    return _figure("Kinto 26.5, batches of 25", seconds)


def _figure(name: str, seconds: float) -> Figure:
    return Figure(name, CLIENTS * BATCHES * VISITS_PER_BATCH / seconds)
