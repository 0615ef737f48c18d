"""The memory of the web server's workers through many pushes and pulls: flat, once each has done everything."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path

from bench.clients import post
from bench.killing import descendants
from bench.product import Product, serving
from bench.workload import OPERATIONS, VISITS_PER_BATCH, batch
from tests.services import Postgresql

SLICES, ROUNDS = 10, 40
"""How often the memory is read, and how many pushes, each with two pulls, lie between two readings."""

FLAT = 1.05


def measure(cluster: Postgresql, folder: Path) -> Iterator[str]:
    """The figures as lines."""
    with serving(cluster, "memory", folder, scopes=1) as product:
        phone = _Phone(product)
        yield f"\nmemory of the workers (resident, MiB), {ROUNDS} pushes of {VISITS_PER_BATCH} visits and"
        yield f"{2 * ROUNDS} pulls between two readings"
        readings = []
        for _ in range(SLICES):
            for _ in range(ROUNDS):
                phone.round()
            readings.append(_resident(product.pid))
            requests = len(readings) * ROUNDS * 3
            yield f"  after {requests:>5,} requests: " + "  ".join(f"{each:6.1f}" for each in readings[-1])
    middle, last = max(readings[SLICES // 2 - 1]), max(readings[-1])
    yield f"  last ÷ middle: {last / middle:.3f} (flat: at most {FLAT})"


class _Phone:
    """Pushes an hour's work, reads the news, and reads one page from the start."""

    def __init__(self, product: Product) -> None:
        self._product, self._sent = product, 0
        self._cursors: dict[str, str] = {}
        self._headers = {"Authorization": f"Bearer {product.tokens[0]}"}

    def round(self) -> None:
        """One push and two pulls, over a connection of their own: either worker may take them."""
        connection = http.client.HTTPConnection("127.0.0.1", self._product.port, timeout=120)
        size = VISITS_PER_BATCH * OPERATIONS
        pushed = {"operations": batch(self._product.campaigns[0], 1 + self._sent * size)}
        post(connection, "/api/sync/push", json.dumps(pushed).encode(), self._headers)
        self._sent += 1
        news = post(
            connection, "/api/sync/pull", json.dumps({"cursors": self._cursors}).encode(), self._headers
        )
        self._cursors |= news["cursors"]
        post(connection, "/api/sync/pull", b"{}", self._headers)
        connection.close()


def _resident(above: int) -> list[float]:
    """The resident memory of each worker below ``above``, in MiB (Linux)."""
    found = []
    for process in descendants(above):
        lines = (Path("/proc") / str(process) / "status").read_text().splitlines()
        found += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")]
    return found
