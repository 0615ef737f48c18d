"""Rebuilding every projection from the journal alone.

An entry keeps what was decided, so replaying it only applies: nothing is judged again, and the result does
not depend on when or where it is done.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from config.extensions import Base, now
from inspection.journal import history, projection, store
from inspection.journal.batch import Batch, Loaded
from inspection.journal.fields import ERASED
from inspection.journal.kinds import registry
from inspection.journal.merge import Decision, Incoming, Outcome
from inspection.journal.models import ConflictRow, Record
from inspection.journal.operation import Author, NoGrants
from inspection.journal.state import RecordState


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not what the journal says: missing, left over, or with other columns."""

    table: str
    record: uuid.UUID
    columns: tuple[str, ...]


def replay(entries: Iterable[Mapping[str, Any]], session: Session) -> Batch:
    """The records and conflicts that ``entries`` lead to."""
    nobody = Author(uuid.UUID(int=0), uuid.UUID(int=0), NoGrants())
    batch = Batch(nobody, store.generations(session), now(), {}, {})
    for entry in entries:
        _carry_out(batch, entry)
    return batch


def _carry_out(batch: Batch, entry: Mapping[str, Any]) -> None:
    record = entry["record"]
    loaded = batch.records.get(record)
    if loaded is None:
        loaded = Loaded(
            registry[entry["kind"]], entry["scope"], entry["parent"], RecordState(), new=True, changed=True
        )
        batch.records[record] = loaded
    values = {key: _value(loaded, key, kept) for key, kept in entry["content"].items()}
    incoming = Incoming(str(entry["device"]), str(entry["user"]), entry["n"], entry["made_at"], 0, values)
    outcomes = {key: Outcome(word) for key, word in entry["outcomes"].items()}
    settled = {key: tuple(named) for key, named in entry["settled"].items()}
    if entry["amendment"] is not None:
        _amend(batch, record, entry["amendment"])
    batch.carry_out(record, loaded, entry["seq"], incoming, Decision(outcomes, settled))


def _value(loaded: Loaded, key: str, kept: Any) -> Any:
    """The value of an entry; of one that was erased under the law, nothing, or the word for it where something has to
    stand."""
    if kept is not None:
        return kept[1]
    if key in loaded.kind.groups:
        members = loaded.kind.groups[key]
        return {name: ERASED if name in loaded.kind.needed else None for name in members}
    return ERASED if key in loaded.kind.needed else None


def _amend(batch: Batch, record: uuid.UUID, number: int) -> None:
    for above in (record, *batch.ancestors(record)):
        root = batch.records[above]
        if root.state.sealed_at is not None:
            root.state = replace(root.state, amendments=number)
            return


def rebuild(session: Session) -> int:
    """Empty all projections and fill them from the journal; returns how many records there are."""
    for kind in registry.values():
        session.execute(delete(kind.model))
    session.execute(delete(ConflictRow))
    session.execute(delete(Record))
    total = 0
    for scope in history.heads(session):
        batch = replay(history.entries(session, scope.scope), session)
        store.write(session, batch)
        total += len(batch.records)
    session.flush()
    return total


def rebuild_scope(session: Session, scope: str) -> None:
    """Empty the projections of one scope and fill them from its journal."""
    models: list[type[Base]] = [*(kind.model for kind in registry.values()), ConflictRow, Record]
    for model in models:
        table = store.table(model)
        session.execute(delete(table).where(table.c.scope == scope))
    store.write(session, replay(history.entries(session, scope), session))
    session.flush()
    session.expire_all()


def differences(session: Session, scope: str | None = None) -> Iterator[Difference]:
    """Compare every projection (of ``scope``) with what the journal says, without changing anything."""
    for each in [scope] if scope else [head.scope for head in history.heads(session)]:
        batch = replay(history.entries(session, each), session)
        yield from _compare_scope(session, each, batch)


def _compare_scope(session: Session, scope: str, batch: Batch) -> Iterator[Difference]:
    expected: dict[str, dict[uuid.UUID, dict[str, Any]]] = {name: {} for name in registry}
    records: dict[uuid.UUID, dict[str, Any]] = {}
    for record, loaded in batch.records.items():
        expected[loaded.kind.name][record] = projection.row(loaded.kind, record, loaded.scope, loaded.state)
        records[record] = store.record_row(record, loaded)
    records |= {id_: store.conflict_record(row) for id_, row in batch.conflicts.items()}
    for name, rows in expected.items():
        yield from _compare_table(session, store.table(registry[name].model), scope, rows)
    yield from _compare_table(session, store.table(ConflictRow), scope, batch.conflicts)
    yield from _compare_table(session, store.table(Record), scope, records)


def _compare_table(
    session: Session, table: Any, scope: str, expected: Mapping[uuid.UUID, Mapping[str, Any]]
) -> Iterator[Difference]:
    unseen = dict(expected)
    for row in session.execute(select(table).where(table.c.scope == scope)).mappings():
        wanted = unseen.pop(row["id"], None)
        if wanted is None:
            yield Difference(table.name, row["id"], ("left over",))
            continue
        columns = tuple(name for name, value in wanted.items() if row[name] != value)
        if columns:
            yield Difference(table.name, row["id"], columns)
    for record in unseen:
        yield Difference(table.name, record, ("missing",))
