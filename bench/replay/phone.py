"""A phone's sync engine without a screen: outbox, frozen bases, push and pull as the protocol asks for them.

Nothing here knows what the records mean. The store keeps of every record its scope and version only: enough
to freeze bases, and to compare at the end what the phone has with what everybody has.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from uuid_utils.compat import uuid7

from bench.replay.line import Line

MOST_OPERATIONS = 500
LARGEST_BODY = 1024 * 1024
LARGEST_OPERATION = 64 * 1024
PAGE = 2000
NOTHING_SEEN = "0"
PIECES = 4
"""Into how many requests a shuffled outbox is cut."""

Operation = dict[str, Any]


@dataclass(slots=True, eq=False)
class Kept:
    """An operation from when it is made until a pull has shown what became of it. ``size`` is in bytes of
    JSON."""

    operation: Operation
    size: int
    times_sent: int = 0
    seq: int | None = None
    waits_for: str | None = None


@dataclass(slots=True)
class Counts:
    """What one phone has to tell: the last answer to each operation, and what was sent more than once."""

    answers: dict[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    resent: int = 0
    problems: list[str] = field(default_factory=list)


class Phone:
    """One enrolled device. One thread at a time may use it."""

    def __init__(self, address: str) -> None:
        self.line = Line(address)
        self.counts = Counts()
        self.scopes: frozenset[str] = frozenset()
        self.store: dict[str, tuple[str, str]] = {}
        self.conflicts: dict[str, Mapping[str, Any]] = {}
        self._number = 0
        self._outbox: dict[str, Kept] = {}
        self._unseen: dict[str, list[Kept]] = {}
        self._held: dict[str, Kept] = {}
        self._cursors: dict[str, str] = {}
        self._delivered: list[list[Kept]] = []

    # ------------------------------------------------------------------------------------------------ working offline

    def make(self, kind: str, record: str, scope: str, fields: Mapping[str, Any], made_at: str) -> Operation:
        """Put one change into the outbox.

        :raises ValueError: when it is larger than an operation may be.
        """
        self._number += 1
        operation: Operation = {
            "id": str(uuid7()),
            "n": self._number,
            "schema": 1,
            "kind": kind,
            "record": record,
            "scope": scope,
            "base": self.base_of(record),
            "fields": dict(fields),
            "made_at": made_at,
        }
        size = len(orjson.dumps(operation))
        if size >= LARGEST_OPERATION:
            raise ValueError(f"{kind} {record}: {size} bytes")
        kept = Kept(operation, size)
        self._outbox[operation["id"]] = kept
        self._unseen.setdefault(record, []).append(kept)
        return operation

    def base_of(self, record: str) -> str:
        """The base of the next operation on ``record``: the version on the screen, or that of an earlier
        operation on it which no pull has shown yet."""
        waiting = self._unseen.get(record)
        if waiting:
            base: str = waiting[0].operation["base"]
            return base
        return self.store[record][1] if record in self.store else NOTHING_SEEN

    @property
    def waiting(self) -> int:
        """Operations that the server has not answered for good."""
        return len(self._outbox)

    # ----------------------------------------------------------------------------------------------------------- push

    def deliver(self, shuffle: random.Random | None = None) -> None:
        """Push the outbox until nothing of it is left; ``shuffle`` cuts it and mixes pieces and order."""
        pause = 0.1
        while self._outbox:
            before = len(self._outbox)
            for batch in list(self._batches(shuffle)):
                self._push(batch)
                self._delivered = [*self._delivered[-4:], batch]
            shuffle = None
            if len(self._outbox) == before:
                time.sleep(pause)
                pause = min(pause * 2, 2.0)

    def repeat(self, batches: int) -> None:
        """Push the last requests once more, as a phone does that never got the answers."""
        for batch in self._delivered[-batches:]:
            self._push(batch)

    def ask_for_held(self) -> None:
        """Push what was held once more: the answer tells what became of it."""
        for batch in in_requests(list(self._held.values())):
            self._push(batch)

    def _batches(self, shuffle: random.Random | None) -> Iterator[list[Kept]]:
        waiting = list(self._outbox.values())
        if shuffle is None:
            yield from in_requests(waiting)
            return
        shuffle.shuffle(waiting)
        for piece in range(PIECES):
            yield from in_requests(waiting[piece::PIECES])

    def _push(self, batch: Sequence[Kept]) -> None:
        body = {"operations": [kept.operation for kept in batch]}
        reply = self.line.call("POST", "/api/sync/push", body)
        results = reply.body["results"]
        if [result["id"] for result in results] != [kept.operation["id"] for kept in batch]:
            raise RuntimeError("the answers are not those of the operations sent")
        for kept, result in zip(batch, results, strict=True):
            self.counts.resent += reply.attempts - (0 if kept.times_sent else 1)
            kept.times_sent += reply.attempts
            self._take(kept, result)

    def _take(self, kept: Kept, result: Mapping[str, Any]) -> None:
        """Note one answer. ``retry`` leaves the operation where it is."""
        status, identifier = result["status"], kept.operation["id"]
        if status == "retry":
            return
        earlier = self.counts.answers.get(identifier)
        if earlier not in {None, status, "held"}:
            self.counts.problems.append(f"{identifier}: answered {earlier}, then {status}")
        self.counts.answers[identifier] = status
        self._outbox.pop(identifier, None)
        if status == "held":
            kept.waits_for = result["waits_for"]["record"]
            self.counts.held.add(identifier)
            self._held[identifier] = kept
            return
        self._held.pop(identifier, None)
        if status == "rejected":
            self.counts.problems.append(f"{kept.operation['kind']} {identifier}: {result['error']}")
            self._forget(kept)
        elif kept.seq is None:
            kept.seq = result["seq"]

    # ----------------------------------------------------------------------------------------------------------- pull

    def pull(self) -> None:
        """Fetch all that changed in the phone's scopes."""
        more = True
        while more:
            page = self.line.call("POST", "/api/sync/pull", {"cursors": self._cursors, "limit": PAGE}).body
            for scope in page.get("resync", ()):
                self.counts.problems.append(f"the server asks for a resync: {scope}")
            for change in page["changes"]:
                self._show(change)
            self._cursors |= page["cursors"]
            self.scopes = frozenset(page["scopes"])
            more = page["more"]
        for kept in list(self._held.values()):
            if kept.waits_for in self.store:
                self._forget(kept)

    def _show(self, change: Mapping[str, Any]) -> None:
        record = change["record"]
        self.store[record] = (change["scope"], change["version"])
        if change["kind"] == "conflict":
            self.conflicts[record] = change["fields"]
        waiting = self._unseen.get(record)
        if waiting:
            waiting[:] = [kept for kept in waiting if kept.seq is None or kept.seq > change["seq"]]
            if not waiting:
                del self._unseen[record]

    def _forget(self, kept: Kept) -> None:
        """Let later operations on the record have a base of their own."""
        record = kept.operation["record"]
        waiting = [other for other in self._unseen.get(record, ()) if other is not kept]
        if waiting:
            self._unseen[record] = waiting
        else:
            self._unseen.pop(record, None)


def in_requests(waiting: Sequence[Kept]) -> Iterator[list[Kept]]:
    """Cut operations into requests of at most 500 and 1 MiB."""
    batch: list[Kept] = []
    size = 0
    for kept in waiting:
        if batch and (len(batch) == MOST_OPERATIONS or size + kept.size + len(batch) + 32 > LARGEST_BODY):
            yield batch
            batch, size = [], 0
        batch.append(kept)
        size += kept.size
    if batch:
        yield batch
