"""One torture on one database: prepare, let everybody work through faults and deaths, come to rest, compare."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.replay import server as serving
from bench.torture import cluster as clusters
from bench.torture.cluster import Cluster
from bench.torture.district import plans, prepare
from bench.torture.killer import Killer
from bench.torture.line import bad_line
from bench.torture.phones import NodePhone, phones
from bench.torture.verdict import Figure, figures
from bin.serve import is_ready
from config.settings import from_environment
from tests.conftest import release
from wsgi import create_app

RECOVERED_WITHIN = 90.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run showed. ``fired`` counts faults of the line, ``killed`` the deaths."""

    database: str
    figures: list[Figure]
    fired: Counter[str]
    killed: Counter[str]
    seconds: float

    @property
    def failures(self) -> list[str]:
        """What is not as it has to be; a fault that never fired proves nothing."""
        wrong = [f"{figure.name}: {figure.value}" for figure in self.figures if not figure.holds]
        silent = [what for what, count in (self.fired + Counter()).items() if count == 0]
        silent += [
            what for counted in (self.fired, self.killed) for what, count in counted.items() if not count
        ]
        return wrong + [f"never fired: {what}" for what in dict.fromkeys(silent)]


def torture(database: str, *, count: int, seconds: float, seed: int) -> Outcome:
    """Torture the product on ``sqlite`` or ``postgresql`` with ``count`` phones."""
    began = time.monotonic()
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="torture-", ignore_cleanup_errors=True))
        )
        cluster = stack.enter_context(clusters.running()) if database == "postgresql" else None
        (folder / "data").mkdir()
        variables = serving.environment(
            folder / "data", cluster.address.create("inspection") if cluster else None
        )
        server = stack.enter_context(serving.running(variables))
        app = create_app(from_environment(variables))
        stack.callback(release, app)
        district = prepare(app)
        line = stack.enter_context(bad_line(server.port, seed))
        prepared = plans(district, f"http://127.0.0.1:{line.port}", count, seconds, seed)
        line.bad = False
        working = stack.enter_context(phones(folder, prepared))
        _all_hear(working, "ready")
        line.bad = True
        with _deaths(Killer(server, cluster, seed)) as killer:
            for phone in working:
                phone.tell("work")
            time.sleep(seconds)
        line.bad = False
        _await_recovery(server.port, cluster)
        for _ in range(2):
            for phone in working:
                phone.tell("settle")
            _all_hear(working, "settled")
        shown = []
        for phone in working:
            phone.tell("show")
            shown.append(phone.hear())
        release(app)
        found = figures(district, working, shown)
        counts: Counter[str] = Counter()
        for each in shown:
            counts.update(each["counts"])
        found += [Figure(f"phones: {what}", number) for what, number in counts.items()]
        return Outcome(database, found, line.fired, killer.killed, time.monotonic() - began)


def _all_hear(working: list[NodePhone], word: str) -> None:
    for phone in working:
        said = phone.hear()
        if not said.get(word):
            raise RuntimeError(f"{phone.label}: {said}")


@contextmanager
def _deaths(killer: Killer) -> Iterator[Killer]:
    killer.start()
    try:
        yield killer
    finally:
        killer.stop()


def _await_recovery(port: int, cluster: Cluster | None) -> None:
    deadline = time.monotonic() + RECOVERED_WITHIN
    while not ((cluster is None or cluster.is_ready()) and is_ready(port)):
        if time.monotonic() > deadline:
            raise RuntimeError("the server did not come back")
        time.sleep(0.2)
