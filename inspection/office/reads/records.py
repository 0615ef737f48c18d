"""One record as the journal has it: values, who wrote what when, open conflicts, history."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.journal import store
from inspection.journal.history import of_record
from inspection.journal.kinds import Kind, registry
from inspection.journal.models import ConflictRow, Entry, Record
from inspection.journal.state import RecordState, flatten, from_json


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record's present state. ``version`` is the base that a form made from it carries; ``values`` are by
    field name."""

    id: uuid.UUID
    kind: Kind
    scope: str
    version: str
    state: RecordState
    values: dict[str, Any]

    def author(self, name: str) -> tuple[str, str] | None:
        """Who wrote a field last (person id) and when (RFC 3339), by the clock of the writer's device."""
        key = self.kind.group_of.get(name, name)
        state = self.state.fields.get(key)
        return (state.user, state.made_at) if state else None

    @property
    def last_author(self) -> tuple[str, str] | None:
        """Who set the newest value of any field, and when."""
        newest = max(self.state.fields.values(), key=lambda state: state.version, default=None)
        return (newest.user, newest.made_at) if newest else None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry of the journal about a record: ``values`` and ``outcomes`` by key; a value erased by law is
    absent."""

    entry: Entry
    values: dict[str, Any]
    outcomes: dict[str, str]
    received_at: datetime


def load(session: Session, record: uuid.UUID) -> RecordView | None:
    """The record with this id, or nothing."""
    return load_many(session, [record]).get(record)


def load_many(session: Session, records: list[uuid.UUID]) -> dict[uuid.UUID, RecordView]:
    """Records by id; those that do not exist are absent."""
    generations = store.generations(session)
    found: dict[uuid.UUID, RecordView] = {}
    for start in range(0, len(records), 500):
        for row in session.scalars(select(Record).where(Record.id.in_(records[start : start + 500]))):
            if row.kind not in registry:
                continue  # a conflict is derived and has no form of its own
            kind = registry[row.kind]
            state = from_json(row.state)
            found[row.id] = RecordView(
                id=row.id,
                kind=kind,
                scope=row.scope,
                version=generations.version(row.seq),
                state=state,
                values=flatten(state.fields, kind.groups),
            )
    return found


def below(session: Session, record: RecordView) -> tuple[int, str]:
    """How many records depend on one, and the newest version among all of them.

    Whoever voids a record voids what depends on it, so that version is the base of the void: what comes later
    was not seen.
    """
    found = store.load_below(session, record.id)
    newest = max([record.state.seq, *(loaded.state.seq for loaded in found.values())])
    return len(found), store.generations(session).version(newest)


def history(session: Session, record: uuid.UUID) -> list[HistoryEntry]:
    """What was written to a record, oldest first."""
    entries = of_record(session, record)
    return [
        HistoryEntry(
            entry=entry,
            values={key: pair[1] for key, pair in entry.content.items() if pair is not None},
            outcomes=entry.outcomes,
            received_at=entry.received_at,
        )
        for entry in entries
    ]


def open_conflicts(session: Session, records: list[uuid.UUID]) -> list[ConflictRow]:
    """Open conflicts of these records."""
    rows: list[ConflictRow] = []
    for start in range(0, len(records), 500):
        some = records[start : start + 500]
        rows += session.scalars(
            select(ConflictRow)
            .where(ConflictRow.open, ConflictRow.target.in_(some))
            .order_by(ConflictRow.field)
        )
    return rows
