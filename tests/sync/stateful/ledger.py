"""What the test itself knows: every operation made, what its maker had before the eyes, and every answer given."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from config.extensions import db
from inspection.journal.models import Entry, Parked
from inspection.people.operations import SYSTEM_DEVICE

if TYPE_CHECKING:
    from tests.sync.stateful.server import Server

FINDING = ("result", "reason")
EXPECTED_REFUSALS = frozenset({"validation", "unknown_field", "forbidden", "dismissed"})
"""What the machine provokes. Any other refusal of an honest phone is a fault of the product."""


@dataclass(frozen=True)
class Made:
    """An operation, its values by key, and the operations that stood behind what its maker saw: of the record
    itself, and of all that lies below it."""

    operation: Mapping[str, Any]
    values: Mapping[str, Any]
    seen: frozenset[str]
    seen_below: frozenset[str]


class Ledger:
    """The outside log of one run."""

    def __init__(self) -> None:
        self.operations: dict[str, Made] = {}
        self.promised: dict[str, str] = {}
        self.given_up: set[str] = set()
        self.counts: dict[str, int] = {}

    def made(
        self,
        operation: Mapping[str, Any],
        fields: Mapping[str, Any],
        seen: frozenset[str],
        below: frozenset[str],
    ) -> None:
        """Note an operation that was written down on a phone."""
        values = {name: value for name, value in fields.items() if name not in FINDING}
        if FINDING[0] in fields:
            values["finding"] = {name: fields.get(name) for name in FINDING}
        self.operations[operation["id"]] = Made(operation, values, seen, below)

    def office_wrote(self, server: Server, visits: Collection[str]) -> None:
        """Note what the office did to visits that it had read whole."""
        with server.app.app_context():
            entries = list(db.session.scalars(select(Entry)))
        tree = [entry for entry in entries if {str(entry.record), str(entry.parent)} & {*visits}]
        seen = frozenset(str(entry.operation) for entry in tree)
        for entry in entries:
            if str(entry.operation) not in self.operations and entry.device == SYSTEM_DEVICE:
                values = {key: value[1] for key, value in entry.content.items()}
                self.operations[str(entry.operation)] = Made({"id": str(entry.operation)}, values, seen, seen)

    def answered(self, operation: str, status: str, code: str | None) -> None:
        """Note what the server answered; from then on it owes the operation."""
        assert status != "rejected" or code in EXPECTED_REFUSALS, (code, self.operations[operation].operation)
        self.promised[operation] = status
        self.count(status)

    def count(self, what: str) -> None:
        """Count that something happened."""
        self.counts[what] = self.counts.get(what, 0) + 1

    def give_up(self, operations: Iterable[str]) -> None:
        """The phone that held these is gone: what a later restore takes from the server nobody can send again."""
        self.given_up.update(operations)

    def forget_what_a_restore_took(self, server: Server) -> None:
        """After a restore the server owes only what the backup holds, until a phone sends the rest again."""
        with server.app.app_context():
            there = {str(found) for found in db.session.scalars(select(Entry.operation))}
            there |= {str(found) for found in db.session.scalars(select(Parked.operation))}
        self.promised = {
            operation: status for operation, status in self.promised.items() if operation in there
        }

    @staticmethod
    def entries_behind(server: Server, changes: list[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
        """For each pulled record the operations that its shown state is made of."""
        versions = {uuid.UUID(change["record"]): change["seq"] for change in changes}
        found: dict[str, set[str]] = {str(record): set() for record in versions}
        with server.app.app_context():
            query = select(Entry.record, Entry.operation, Entry.seq).where(Entry.record.in_(versions))
            for record, operation, seq in db.session.execute(query):
                if seq <= versions[record]:
                    found[str(record)].add(str(operation))
        return {record: frozenset(operations) for record, operations in found.items()}
