"""A void covers what lies below its record; nothing disappears from sight unread, in either order of arrival."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from inspection.journal import store
from inspection.journal.batch import Batch, Loaded
from inspection.journal.merge import Incoming
from inspection.journal.operation import Author, Operation
from inspection.journal.state import VOIDED, FieldState


def changed_below(
    session: Session, batch: Batch, record: uuid.UUID, seen: int, author: Author
) -> tuple[bool, int]:
    """Whether somebody else changed something on or below ``record`` that the writer of a void had not seen, and
    the newest version there.

    A void covers what depends on the record, so its base is the newest version of all of it on the writer's
    screen.
    """
    for below, loaded in store.load_below(session, record).items():
        batch.records.setdefault(below, loaded)
    newest, unseen = 0, False
    for other, loaded in batch.records.items():
        if other == record or record in batch.ancestors(other):
            newest = max(newest, loaded.state.seq)
            unseen = unseen or _unseen(loaded, seen, author)
    return unseen, newest


def _unseen(loaded: Loaded, seen: int, author: Author) -> bool:
    """Whether somebody else wrote a value after ``seen``, be it one that stands or one that waits beside it."""
    mine = str(author.device) if author.self_exempt else None
    return any(
        (stored.version > seen and stored.writers != (mine,))
        or any(candidate.entry > seen and candidate.device != mine for candidate in stored.candidates)
        for key, stored in loaded.state.fields.items()
        if key != VOIDED and key not in loaded.kind.server_fields
    )


def object_to_voids(
    batch: Batch, operation: Operation, incoming: Incoming, seen: int
) -> list[tuple[uuid.UUID, str]]:
    """Dispute each void on or above the record that the writer of ``operation`` had not seen: the edit or child
    is kept, and an entry of its own says "not voided". Gives the keys that are in conflict for it."""
    disputed: list[tuple[uuid.UUID, str]] = []
    for record in (operation.record, *batch.ancestors(operation.record)):
        loaded = batch.records.get(record)
        stored = loaded.state.fields.get(VOIDED) if loaded is not None else None
        if loaded is None or stored is None or not _unread(stored, incoming, seen):
            continue
        if record == operation.record and VOIDED in incoming.values:
            continue
        objection = Operation(
            id=uuid.uuid5(operation.id, str(record)),
            n=operation.n,
            kind=loaded.kind.name,
            record=record,
            scope=loaded.scope,
            fields={VOIDED: None},
            made_at=operation.made_at,
            base=operation.base,
        )
        change = Incoming(
            incoming.device, incoming.user, incoming.n, incoming.made_at, seen, {VOIDED: None},
            self_exempt=incoming.self_exempt,
        )  # fmt: skip
        _, decision = batch.append(objection, change, {VOIDED: None})
        disputed += [(record, key) for key in decision.disputed]
    return disputed


def _unread(stored: FieldState, incoming: Incoming, seen: int) -> bool:
    """Whether the stored void is news to the writer, who has not objected to it before either."""
    if stored.value is None or stored.version <= seen:
        return False
    if incoming.self_exempt and stored.writers == (incoming.device,):
        return False
    return not any(c.device == incoming.device and c.value is None for c in stored.candidates)
