"""What a push costs when the journal is long: the same push beside 10 thousand and beside millions of entries.

Two products run side by side on one PostgreSQL with its defaults. One real push is copied, in the database, until each
journal has as many entries as it is to have, with the records, receipts, visits and answers that belong to them, all in
the one scope that is then pushed to (the worst case). Then both get the same pushes in turn, so that whatever else the
machine does meets both; the median of the one is compared with that of the other.
"""

from __future__ import annotations

import http.client
import json
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from bench.clients import post
from bench.product import Product, serving
from bench.workload import OPERATIONS, VISITS_PER_BATCH, batch
from tests.services import Postgresql

FEW, MANY = 10_000, 5_000_000
FILL_WITHIN = 1800.0
"""Seconds after which a journal is taken as long as it has become."""

SIZE = VISITS_PER_BATCH * OPERATIONS
COPIES_AT_ONCE = 500
WARM, ROUNDS = 5, 40

SEQ = f"{{}} + copy * {SIZE}"
SAME = "md5(copy || ':' || {})::uuid"
"""Alike for all that names one record, scattered as the ids of answers are."""
NEWER = f"(lpad(to_hex(copy * {SIZE} + place), 12, '0') || substr(md5(copy || operation::text), 13))::uuid"
"""Growing with time, as the ids of operations are."""

COPIED = {
    "journal_entry": {"seq": SEQ, "operation": NEWER, "n": SEQ, "record": SAME, "parent": SAME},
    "journal_record": {"id": SAME, "seq": SEQ, "parent": SAME},
    "journal_receipt": {"operation": NEWER, "n": SEQ, "seq": SEQ},
    "visit": {"id": SAME, "version": SEQ},
    "answer": {"id": SAME, "version": SEQ, "visit": SAME},
}
"""What one push writes, and what is different in a copy of it."""

NEWEST = "scope = %(scope)s AND seq > (SELECT head - %(size)s FROM journal_scope WHERE id = %(scope)s)"
OF_THE_PUSH = {
    "journal_entry": NEWEST,
    "journal_record": NEWEST,
    "journal_receipt": f"operation IN (SELECT operation FROM journal_entry WHERE {NEWEST})",  # noqa: S608 - constants
}
"""Which rows it wrote; visits and answers are all its own."""


@dataclass
class _Journal:
    """A product whose journal has ``entries`` entries."""

    product: Product
    entries: int
    connection: http.client.HTTPConnection
    sent: int = 0

    def push(self) -> float:
        """Seconds of one push of 8 visits by a phone that has not pushed before."""
        body = json.dumps({"operations": batch(self.product.campaigns[0], 1 + self.sent * SIZE)}).encode()
        self.sent += 1
        began = time.perf_counter()
        answer = post(
            self.connection, "/api/sync/push", body, {"Authorization": f"Bearer {self.product.tokens[1]}"}
        )
        seconds = time.perf_counter() - began
        assert {result["status"] for result in answer["results"]} == {"applied"}
        return seconds


def measure(cluster: Postgresql, folder: Path, many: int = MANY) -> Iterator[str]:
    """The figures as lines."""
    with ExitStack() as stack:
        journals = []
        for entries in (FEW, many):
            name = f"history_{entries}"
            product = stack.enter_context(serving(cluster, name, folder / name, scopes=1))
            reached = _fill(cluster, name, product, entries)
            connection = http.client.HTTPConnection("127.0.0.1", product.port, timeout=120)
            journals.append(_Journal(product, reached, connection))
        cluster.command("CHECKPOINT")
        for _ in range(WARM):
            for journal in journals:
                journal.push()
        times = [(journals[0].push(), journals[1].push()) for _ in range(ROUNDS)]
    short, long = (statistics.median(each) for each in zip(*times, strict=True))
    yield f"\npush of {VISITS_PER_BATCH} visits, one client, {ROUNDS} times in turn (median)"
    for journal, seconds in zip(journals, (short, long), strict=True):
        yield f"  beside {journal.entries:>9,} entries: {seconds * 1000:7.1f} ms"
    yield f"  ratio: {long / short:.2f} (aim: at most 1.2)"


def _fill(cluster: Postgresql, name: str, product: Product, entries: int) -> int:
    """Push once and copy what was written until there are so many entries; how many there are."""
    body = json.dumps({"operations": batch(product.campaigns[0], 1)}).encode()
    first = http.client.HTTPConnection("127.0.0.1", product.port, timeout=120)
    post(first, "/api/sync/push", body, {"Authorization": f"Bearer {product.tokens[0]}"})
    first.close()
    scope = f"campaign:{product.campaigns[0]}"
    until = time.monotonic() + FILL_WITHIN
    address = f"host=127.0.0.1 port={cluster.port} user=postgres dbname={name}"
    with psycopg.connect(address, autocommit=True) as connection:
        for table in COPIED:
            connection.execute(_template(table), {"scope": scope, "size": SIZE})
        copies = max(0, -(-entries // SIZE) - 1)
        made = 0
        while made < copies and time.monotonic() < until:
            last = min(copies, made + COPIES_AT_ONCE)
            with connection.transaction():
                for table in COPIED:
                    connection.execute(_copies(connection, table), {"first": made + 1, "last": last})
                connection.execute(
                    "UPDATE journal_scope SET head = head + %s WHERE id = %s", ((last - made) * SIZE, scope)
                )
            made = last
        connection.execute("VACUUM ANALYZE")
        row = connection.execute("SELECT count(*) FROM journal_entry").fetchone()
    assert row is not None
    return int(row[0])


def _template(table: str) -> sql.Composed:
    """Keep apart the rows of ``table`` that the one push wrote, numbered in its order."""
    chosen = sql.SQL(OF_THE_PUSH.get(table, "scope = %(scope)s"))
    return sql.SQL(
        "CREATE TEMPORARY TABLE {kept} AS SELECT row_number() OVER (ORDER BY {order}) - 1 AS place, * "
        "FROM {table} WHERE {chosen}"
    ).format(
        kept=sql.Identifier(f"kept_{table}"),
        order=sql.Identifier("seq" if "seq" in COPIED[table] else "version"),
        table=sql.Identifier(table),
        chosen=chosen,
    )


def _copies(connection: psycopg.Connection[tuple[object, ...]], table: str) -> sql.Composed:
    """Write the kept rows of ``table`` again, as the copies from ``first`` to ``last``."""
    described = connection.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(sql.Identifier(table)))
    columns = [column.name for column in described.description or ()]
    made = COPIED[table]
    values = [
        sql.SQL(made[name].replace("{}", name)) if name in made else sql.Identifier(name) for name in columns
    ]
    return sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {values} FROM {kept}, "
        "generate_series(%(first)s::bigint, %(last)s::bigint) AS copy ORDER BY copy, place"
    ).format(
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(values),
        kept=sql.Identifier(f"kept_{table}"),
    )
