"""Reading and writing a submission: one statement a table, whatever the number of operations."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from sqlalchemy import Table, bindparam, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from config.extensions import Base, now
from inspection.journal import projection
from inspection.journal.batch import Answered, Batch, Head, Loaded
from inspection.journal.bulk import insert_rows, upsert_rows
from inspection.journal.chain import GENESIS
from inspection.journal.kinds import registry
from inspection.journal.models import ConflictRow, Generation, Parked, ParkedStatus, Receipt, Record, Scope
from inspection.journal.models import Entry as EntryTable
from inspection.journal.state import from_json
from inspection.journal.versions import Generations

CONFLICT = "conflict"
"""The kind of the records that phones pull to see disagreements. They are derived and never pushed."""

CONFLICT_FIELDS = ("target_kind", "target", "field", "stored", "candidates", "open")
"""What a conflict record shows."""

MOST_PARAMETERS = 10_000
"""Values in one IN list, below the limits of both databases."""

T = TypeVar("T")


def table(model: type[Base]) -> Table:
    """The Core table of a model."""
    found = model.__table__
    if not isinstance(found, Table):
        raise TypeError(model)
    return found


def chunks(values: Collection[T]) -> Iterable[list[T]]:
    """``values`` in lists short enough for one statement."""
    listed = list(values)
    for at in range(0, len(listed), MOST_PARAMETERS):
        yield listed[at : at + MOST_PARAMETERS]


def generations(session: Session) -> Generations:
    """The generations of this journal."""
    rows = session.execute(select(Generation.name, Generation.restored).order_by(Generation.number)).all()
    restored: dict[str, dict[str, int]] = {rows[-1][0]: {}}
    for at, (name, _) in enumerate(rows[:-1]):
        later = [points for _, points in rows[at + 1 :]]
        restored[name] = {scope: min(points.get(scope, 0) for points in later) for scope in later[0]}
    return Generations(rows[-1][0], restored)


def lock_scopes(session: Session, scopes: Collection[str], opening: Collection[str]) -> dict[str, Head]:
    """Lock the counter rows of ``scopes`` in sorted order, before anything else is read.

    Scopes in ``opening`` get a row first if they have none. A scope without an entry does not exist yet.
    """
    connection = session.connection()
    if opening:
        dialect_insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
        rows = [{"id": scope, "head": 0, "head_hash": GENESIS} for scope in sorted(opening)]
        connection.execute(dialect_insert(table(Scope)).on_conflict_do_nothing(), rows)
    heads: dict[str, Head] = {}
    for some in chunks(sorted(scopes)):
        query = (
            select(Scope.id, Scope.head, Scope.head_hash)
            .where(Scope.id.in_(some))
            .order_by(Scope.id)
            .with_for_update()
        )
        for scope, seq, head_hash in connection.execute(query):
            heads[scope] = Head(seq, head_hash, exists=seq > 0)
    return heads


def load_answers(
    session: Session,
    operations: Collection[uuid.UUID],
    device: uuid.UUID,
    numbers: Collection[int] = (),
) -> list[Answered]:
    """What was answered to these operations, and to others with one of these numbers of this device."""
    receipts = table(Receipt).c
    by_number = (receipts.device == device) & receipts.n.in_(numbers)
    query = select(table(Receipt)).where(or_(receipts.operation.in_(operations), by_number))
    return [Answered(**row, known=True, changed=False) for row in session.execute(query).mappings()]


def load_records(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Loaded]:
    """The records with these ids and everything above them."""
    found: dict[uuid.UUID, Loaded] = {}
    wanted = set(ids)
    while wanted:
        above: set[uuid.UUID] = set()
        for some in chunks(wanted):
            query = select(Record.id, Record.kind, Record.scope, Record.parent, Record.state).where(
                Record.id.in_(some)
            )
            for record, kind, scope, parent, state in session.execute(query):
                if kind != CONFLICT:
                    found[record] = Loaded(registry[kind], scope, parent, from_json(state))
                    if parent is not None:
                        above.add(parent)
        wanted = above - found.keys() - wanted
    return found


def load_below(session: Session, record: uuid.UUID) -> dict[uuid.UUID, Loaded]:
    """Every record below ``record``, however deep."""
    found: dict[uuid.UUID, Loaded] = {}
    level = {record}
    while level:
        children: dict[uuid.UUID, Loaded] = {}
        for some in chunks(level):
            query = select(Record.id, Record.kind, Record.scope, Record.parent, Record.state).where(
                Record.parent.in_(some)
            )
            for child, kind, scope, parent, state in session.execute(query):
                if kind != CONFLICT:
                    children[child] = Loaded(registry[kind], scope, parent, from_json(state))
        found |= children
        level = set(children)
    return found


def load_held(session: Session, records: Collection[uuid.UUID]) -> list[Parked]:
    """Operations that wait for one of ``records``, in the order their devices made them."""
    found: list[Parked] = []
    for some in chunks(records):
        query = select(Parked).where(Parked.waits_for.in_(some), Parked.status == ParkedStatus.HELD)
        found.extend(session.scalars(query))
    return sorted(found, key=lambda parked: (parked.received_at, str(parked.device), parked.n or 0))


def write(session: Session, batch: Batch) -> None:
    """Write entries, records, projections, conflicts and heads."""
    connection = session.connection()
    if batch.entries:
        insert_rows(connection, table(EntryTable), batch.entries)
    _write_records(session, batch)
    _write_projections(session, batch)
    _write_conflicts(session, batch)
    _write_answers(session, batch)
    moved = [
        {"key": s, "head": h.seq, "head_hash": h.hash} for s, h in sorted(batch.heads.items()) if h.moved
    ]
    if moved:
        scopes = table(Scope)
        connection.execute(
            update(scopes)
            .where(scopes.c.id == bindparam("key"))
            .values(head=bindparam("head"), head_hash=bindparam("head_hash")),
            moved,
        )


def record_row(record: uuid.UUID, loaded: Loaded) -> dict[str, Any]:
    """A record as its row."""
    return {
        "id": record,
        "scope": loaded.scope,
        "seq": loaded.state.seq,
        "kind": loaded.kind.name,
        "parent": loaded.parent,
        "state": loaded.state.to_json(),
    }


def _write_records(session: Session, batch: Batch) -> None:
    rows = [record_row(record, loaded) for record, loaded in batch.records.items() if loaded.changed]
    new = {record for record, loaded in batch.records.items() if loaded.new}
    upsert_rows(session.connection(), table(Record), rows, new)


def _write_projections(session: Session, batch: Batch) -> None:
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for record, loaded in batch.records.items():
        if loaded.changed:
            row = projection.row(loaded.kind, record, loaded.scope, loaded.state)
            by_kind.setdefault(loaded.kind.name, []).append(row)
    new = {record for record, loaded in batch.records.items() if loaded.new}
    for name, rows in by_kind.items():
        upsert_rows(session.connection(), table(registry[name].model), rows, new)


def _write_answers(session: Session, batch: Batch) -> None:
    rows = [answered for answered in batch.answered.values() if answered.changed]
    names = ("operation", "device", "n", "digest", "status", "seq", "detail")
    new = [{name: getattr(row, name) for name in names} for row in rows if not row.known]
    insert_rows(session.connection(), table(Receipt), new)
    for row in rows:
        if row.known:
            values = {"status": row.status, "seq": row.seq, "detail": row.detail}
            session.execute(update(Receipt).where(Receipt.operation == row.operation).values(values))


def _write_conflicts(session: Session, batch: Batch) -> None:
    if not batch.conflicts:
        return
    known: set[uuid.UUID] = set()
    for some in chunks(batch.conflicts):
        known |= set(session.scalars(select(ConflictRow.id).where(ConflictRow.id.in_(some))))
    rows = list(batch.conflicts.values())
    new = batch.conflicts.keys() - known
    upsert_rows(session.connection(), table(ConflictRow), rows, new)
    upsert_rows(session.connection(), table(Record), [conflict_record(row) for row in rows], new)


def conflict_record(row: dict[str, Any]) -> dict[str, Any]:
    """The record of kind ``conflict`` that phones pull, from the conflict's row."""
    return {
        "id": row["id"],
        "scope": row["scope"],
        "seq": row["version"],
        "kind": CONFLICT,
        "parent": row["target"],
        "state": {name: row[name] for name in CONFLICT_FIELDS} | {"target": str(row["target"])},
    }


def start_generation(session: Session, name: str, restored: dict[str, int]) -> None:
    """Begin a new generation, after a restore that left each scope at the head in ``restored``."""
    session.add(Generation(name=name, started_at=now(), restored=restored))
    session.flush()
