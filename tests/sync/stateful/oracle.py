"""The promises of the protocol, checked from outside: against what phones made, saw and were told, never by asking
the product's own rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from config.extensions import db, snapshot
from inspection.journal import history, rebuild
from inspection.journal.models import Entry, Parked, ParkedStatus, Record
from tests.sync.stateful.ledger import Ledger
from tests.sync.stateful.phone import ModelPhone
from tests.sync.stateful.server import Server

WORK = ("visit", "answer", "signature")
REPLACED = ("applied", "agreed")


@dataclass(frozen=True)
class Write:
    """One entry's value of one key. ``seen`` holds the operations its writer had before the eyes."""

    seq: int
    operation: str
    device: str
    n: int
    value: Any
    outcome: str
    seen: frozenset[str]
    settled: frozenset[int]


class Oracle:
    """The journal as it stands, beside what the ledger knows."""

    def __init__(self, server: Server, ledger: Ledger) -> None:
        self.server, self.ledger = server, ledger
        with server.app.app_context():
            self.entries = list(db.session.scalars(select(Entry).order_by(Entry.scope, Entry.seq)))
            self.parked = list(db.session.scalars(select(Parked)))
        self.writes = self._writes()
        self.shown: dict[str, dict[str, Any]] = server.world.phone("an").pull_all()

    def check(self, phones: Iterable[ModelPhone]) -> None:
        """Every promise."""
        self.acknowledged_is_stored()
        self.exactly_once()
        self.nothing_hidden()
        self.no_void_unread()
        for phone in phones:
            self.kept_work_is_stored(phone)
            self.converged(phone)
        self.chains_hold()

    def acknowledged_is_stored(self) -> None:
        """Every value sent is in an entry of its operation, or the operation is kept aside whole."""
        entered = {str(entry.operation): entry for entry in self.entries}
        aside = {str(row.operation): row.status for row in self.parked}
        for operation, status in self.ledger.promised.items():
            made, entry = self.ledger.operations[operation], entered.get(operation)
            if entry is None:
                assert status in ("held", "rejected"), f"lost: {status} {made.operation}"
                assert operation in aside, f"not kept: {made.operation}"
                continue
            kept = {key: value[1] for key, value in entry.content.items()}
            assert kept == made.values, f"stored {kept}, sent {made.operation}"

    def kept_work_is_stored(self, phone: ModelPhone) -> None:
        """Nothing that a phone still holds is missing on the server once all has been sent; none of it waits."""
        there = {str(entry.operation) for entry in self.entries} | {str(row.operation) for row in self.parked}
        for row in phone.store.outbox:
            assert row.state != "waiting", f"stuck on {phone.label}: {row.operation}"
            if row.state == "rejected":  # a restore may have taken the office's copy; the phone shows its own
                continue
            assert row.operation["id"] in there, f"lost, though {phone.label} keeps it: {row}"
            if row.state == "held":
                assert all(str(entry.record) != row.waits_for for entry in self.entries), f"forgotten: {row}"

    def exactly_once(self) -> None:
        """One entry for an operation, and none for one that also waits."""
        times = Counter(str(entry.operation) for entry in self.entries)
        assert [operation for operation, count in times.items() if count > 1] == []
        held = {str(row.operation) for row in self.parked if row.status == ParkedStatus.HELD}
        assert held & times.keys() == set()

    def nothing_hidden(self) -> None:
        """Every value of every field stands, is a candidate, or was replaced by somebody who had seen it."""
        for (record, key), writes in self.writes.items():
            standing = self._standing(record, key)
            for write in writes:
                if write.value not in standing:
                    assert self._knowingly_replaced(write, writes), (
                        f"hidden: {key} of {record}: {write.value!r} of entry {write.seq}; "
                        f"stands: {standing}; writes: {writes}"
                    )

    def _knowingly_replaced(self, write: Write, writes: list[Write]) -> bool:
        for later in writes:
            if later.device == write.device and later.n > write.n:
                return True
            if write.seq in later.settled:
                return True
        equal = [w for w in writes if w.value == write.value and (w is write or w.outcome in REPLACED)]
        return any(
            one.operation in later.seen and later.outcome in REPLACED and later.value != write.value
            for one in equal
            for later in writes
            if later.seq > max(one.seq, write.seq)
        )

    def _writes(self) -> dict[tuple[str, str], list[Write]]:
        found: dict[tuple[str, str], list[Write]] = {}
        numbered = {
            (str(e.device), e.n): e for e in self.entries if str(e.operation) in self.ledger.operations
        }
        for entry in self.entries:
            if entry.kind not in WORK:
                continue
            source = numbered.get((str(entry.device), entry.n))
            made = self.ledger.operations[str(source.operation)] if source else None
            for key, (_, value) in entry.content.items():
                write = Write(
                    entry.seq, str(entry.operation), str(entry.device), entry.n, value, entry.outcomes[key],
                    made.seen_below if made and key == "voided" else made.seen if made else frozenset(),
                    frozenset(entry.settled.get(key, ())),
                )  # fmt: skip
                found.setdefault((str(entry.record), key), []).append(write)
        return found

    def _standing(self, record: str, key: str) -> list[Any]:
        change = self.shown[record]
        if key == "finding":
            stored = {name: change["fields"].get(name) for name in ("result", "reason")}
        else:
            stored = change["voided"] if key == "voided" else change["fields"].get(key)
        open_here = [
            candidate["value"]
            for other in self.shown.values()
            if other["kind"] == "conflict"
            and (other["fields"]["target"], other["fields"]["field"]) == (record, key)
            for candidate in other["fields"]["candidates"]
        ]
        return [stored, *open_here]

    def no_void_unread(self) -> None:
        """Whoever's work disappears from sight with a voided visit: the void's writer had seen it, its writer had
        seen the void, or an objection of theirs is in the journal."""
        voids = {r: w for (r, key), w in self.writes.items() if key == "voided"}
        for record, writes in voids.items():
            if self.shown[record]["voided"] is None or len(self._standing(record, "voided")) > 1:
                continue
            voiding = [write for write in writes if write.value is not None]
            read = frozenset[str]().union(*(write.seen for write in voiding))
            deciders = {write.device for write in writes}
            for entry in self.entries:
                if record not in (str(entry.record), str(entry.parent)):
                    continue
                if self._said_before(entry, read, deciders):
                    continue
                operation = self.ledger.operations.get(str(entry.operation))
                if operation is None or str(entry.device) in deciders or str(entry.operation) in read:
                    continue
                knew = {write.operation for write in voiding} & (operation.seen | operation.seen_below)
                assert knew, f"unread under a void: {operation.operation}"

    def _said_before(self, entry: Entry, read: frozenset[str], deciders: set[str]) -> bool:
        """Whether an entry only agrees, and every word of it was read from, or written by, whoever decided."""
        if set(entry.outcomes.values()) != {"agreed"}:
            return False
        return all(
            any(
                write.seq < entry.seq
                and write.value == value
                and (write.operation in read or write.device in deciders)
                for write in self.writes[str(entry.record), key]
            )
            for key, (_, value) in entry.content.items()
        )

    def converged(self, phone: ModelPhone) -> None:
        """A phone that has sent and read everything shows what the server shows to its person, and no more."""
        fresh = self.server.world.phone(phone.username)
        expected = {r: strip(change) for r, change in fresh.pull_all().items()}
        assert {r: strip(change) for r, change in phone.store.records.items()} == expected
        allowed = set(fresh.pull()["scopes"])
        assert {change["scope"] for change in phone.store.records.values()} <= allowed
        with self.server.app.app_context():
            rows = db.session.execute(select(Record.id, Record.seq).where(Record.scope.in_(allowed))).all()
        assert {str(record): seq for record, seq in rows} == {r: c["seq"] for r, c in expected.items()}

    def chains_hold(self) -> None:
        """Dense sequences, unbroken chains, projections that follow."""
        with self.server.app.app_context(), snapshot() as session:
            assert history.verify(session) == []
            assert list(rebuild.differences(session)) == []


def strip(change: dict[str, Any]) -> dict[str, Any]:
    """A pulled record without what the test noted beside it."""
    return {name: value for name, value in change.items() if name != "seen"}
