"""Which of the servers that this one speaks with would be spoken with in clear, for everybody on the network to read.

This machine is left out: what stays on it needs no TLS, and that is where the queue and the database of most
installations are.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from sqlalchemy.engine import make_url

from config.broker import read_broker

HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})
VERIFIED = frozenset({"verify-ca", "verify-full"})
"""What PostgreSQL calls TLS with a certificate that was checked; everything else may end in none."""


def in_clear(
    database_url: str, redis_url: str, storage_url: str, traces_url: str
) -> Iterator[tuple[str, str]]:
    """Each variable that leads to another machine without checked TLS, and the host."""
    for name, hosts in (
        ("DATABASE_URL", _database(database_url)),
        ("REDIS_URL", _queue(redis_url)),
        ("STORAGE_URL", _web(parse_qs(urlsplit(storage_url).query).get("endpoint", [""])[0])),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _web(traces_url)),
    ):
        yield from ((name, host) for host in hosts if host not in HERE)


def _database(url: str) -> Iterator[str]:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql" and parsed.query.get("sslmode") not in VERIFIED:
        given = parsed.query.get("host", parsed.host or "")
        for host in [given] if isinstance(given, str) else given:
            yield from (one.partition(":")[0] for one in host.split(",") if not one.startswith("/"))


def _queue(url: str) -> Iterator[str]:
    broker = read_broker(url)
    parts = urlsplit(url)
    checked = parse_qs(parts.query).get("ssl_cert_reqs", ["required"])[0].lower() in {
        "required",
        "cert_required",
    }
    if broker.sentinels:
        yield from (host for host, _ in broker.sentinels)
    elif parts.scheme != "rediss" or not checked:
        yield parts.hostname or ""


def _web(url: str) -> Iterator[str]:
    parts = urlsplit(url)
    if parts.scheme == "http":
        yield parts.hostname or ""
