"""Doing things at once: threads that start together, pauses inside a transaction, and what must hold afterwards."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import event, func, select

from config.extensions import db, snapshot
from inspection.journal import history, rebuild
from inspection.journal.models import Entry, Scope
from tests.world import Phone

T = TypeVar("T")


def at_once(*works: Callable[[], T]) -> list[T]:
    """Run ``works`` in threads that start together; their results, or the first failure."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(run, work) for work in works]]


@contextmanager
def once_after(app: Flask, statement: str, action: Callable[[], object]) -> Iterator[None]:
    """Call ``action`` in the middle of the transaction that first runs a statement with these words, once."""
    guard = threading.Lock()

    def listen(_connection: Any, _cursor: Any, words: str, *_rest: Any) -> None:
        if statement in " ".join(words.split()) and guard.acquire(blocking=False):
            action()

    with app.app_context():
        engine = db.engine
    event.listen(engine, "after_cursor_execute", listen)
    try:
        yield
    finally:
        event.remove(engine, "after_cursor_execute", listen)


def read_sequence(text: str) -> int:
    """The sequence number of a version or cursor."""
    return int(text.split(".")[1])


class Follower:
    """A phone that follows its cursors page by page and keeps what they bring."""

    def __init__(self, phone: Phone, limit: int = 7) -> None:
        self.phone, self.limit = phone, limit
        self.cursors: dict[str, str] = {}
        self.records: dict[str, Mapping[str, Any]] = {}

    def step(self) -> bool:
        """Read one page; whether there is more."""
        page = self.phone.pull(self.cursors, limit=self.limit)
        self.cursors |= page["cursors"]
        for change in page["changes"]:
            assert change["seq"] <= read_sequence(page["cursors"][change["scope"]]), "a page of two moments"
            self.records[change["record"]] = change
        assert "resync" not in page
        return bool(page["more"])

    def follow(self, until: threading.Event) -> None:
        """Read until everybody has finished, and then to the end."""
        while not until.is_set():
            self.step()
        while self.step():
            pass

    def missed(self) -> list[str]:
        """The records that a fresh phone is shown and this one is not, or shows differently."""
        everything = self.phone.pull_all()
        return [record for record, change in everything.items() if self.records.get(record) != change]


def assert_sound(app: Flask) -> None:
    """Every sequence is dense, every operation has one entry, every chain holds, every projection follows."""
    with app.app_context(), snapshot() as session:
        counted = select(Entry.scope, func.count(), func.min(Entry.seq), func.max(Entry.seq)).group_by(
            Entry.scope
        )
        heads = {row.id: row.head for row in session.execute(select(Scope.id, Scope.head))}
        assert {scope: (count, low, high) for scope, count, low, high in session.execute(counted)} == {
            scope: (head, 1, head) for scope, head in heads.items()
        }
        times = Counter(session.scalars(select(Entry.operation)))
        assert [operation for operation, count in times.items() if count > 1] == []
        assert history.verify(session) == []
        assert list(rebuild.differences(session)) == []


def entries_of(app: Flask, operations: list[dict[str, Any]]) -> int:
    """How many entries these operations made."""
    wanted = {operation["id"] for operation in operations}
    with app.app_context():
        return sum(str(found) in wanted for found in db.session.scalars(select(Entry.operation)))
