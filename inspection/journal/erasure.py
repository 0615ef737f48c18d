"""Erasing a value under the law, with the chain intact.

The chain covers salted digests, so a value and its salt can be emptied in every entry that held it. What is shown is
then filled anew from the journal of the scope, and one more entry says that the value is gone, so that phones, which
pull what changed, drop it too. That somebody erased, what, and on which legal basis, is a record of its own
(``erasure``); the value stands in neither.
"""

from __future__ import annotations

import uuid

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from config.errors import Refusal
from inspection.journal import rebuild, store
from inspection.journal.batch import Loaded
from inspection.journal.edit import edit
from inspection.journal.fields import ERASED, Text
from inspection.journal.kinds import Kind
from inspection.journal.models import Entry, Parked
from inspection.journal.operation import Author, Status


def erase(session: Session, author: Author, record: uuid.UUID, field: str, basis: str, reference: str) -> int:
    """Erase ``field`` of ``record`` wherever it was written; how many entries held it. ``basis`` is the document that
    orders it, ``reference`` the scope in which the erasure itself is recorded.

    :raises Refusal: ``not_found``; ``unknown_field``; ``unprocessable`` without a basis, or for a value without which
        the record cannot stand (its parent, a day, a number: such a record is voided instead).
    """
    if not basis.strip():
        raise Refusal("unprocessable", errors={"basis": ["Bắt buộc. / Required."]})
    loaded = store.load_records(session, [record]).get(record)
    if loaded is None:
        raise Refusal("not_found")
    kind = loaded.kind
    if field not in kind.columns:
        raise Refusal("unknown_field")
    if field in kind.fixed or (field in kind.needed and not isinstance(kind.columns[field], Text)):
        raise Refusal("unprocessable")
    store.lock_scopes(session, {loaded.scope, reference}, ())
    emptied = _empty_entries(session, record, kind.group_of.get(field, field))
    _empty_parked(session, record, field)
    rebuild.rebuild_scope(session, loaded.scope)
    _say_so(session, author, record, loaded, field)
    note(session, author, record, kind.name, field, basis, reference)
    return emptied


def note(
    session: Session, author: Author, record: uuid.UUID, kind: str, what: str, basis: str, reference: str
) -> None:
    """Write to the journal that something of ``record`` was erased.

    :raises Refusal: ``unprocessable`` without a basis; ``forbidden`` when the journal did not take it in.
    """
    if not basis.strip():
        raise Refusal("unprocessable", errors={"basis": ["Bắt buộc. / Required."]})
    noted = {"record": str(record), "kind": kind, "field": what, "basis": basis.strip()}
    _accepted(edit(session, author, kind="erasure", scope=reference, fields=noted).status)


def _empty_entries(session: Session, record: uuid.UUID, key: str) -> int:
    emptied = 0
    entries = session.execute(
        select(Entry.scope, Entry.seq, Entry.content).where(Entry.record == record)
    ).all()
    for scope, seq, content in entries:
        if content.get(key) is not None:
            place = (Entry.scope == scope) & (Entry.seq == seq)
            session.execute(update(Entry).where(place).values(content={**content, key: None}))
            emptied += 1
    return emptied


def _empty_parked(session: Session, record: uuid.UUID, field: str) -> None:
    """What was kept aside of the record: held, refused or admitted long ago."""
    for parked in session.scalars(select(Parked).where(Parked.record == record)):
        fields = parked.content.get("fields") if isinstance(parked.content, dict) else None
        if isinstance(fields, dict) and field in fields:
            parked.content = {**parked.content, "fields": {**fields, field: None}}


def _say_so(session: Session, author: Author, record: uuid.UUID, loaded: Loaded, field: str) -> None:
    """One more entry with nothing in the field, or with the word that it was erased where something has to stand."""
    kind: Kind = loaded.kind
    group = kind.groups.get(kind.group_of.get(field, ""), (field,))
    fields = {name: ERASED if name in kind.needed else None for name in group}
    base = store.generations(session).version(store.load_records(session, [record])[record].state.seq)
    result = edit(
        session, author, kind=kind.name, scope=loaded.scope, record=record, fields=fields, base=base
    )
    _accepted(result.status)


def _accepted(status: Status) -> None:
    """An erasure is whole or nothing.

    :raises Refusal: ``forbidden`` when the journal did not take its entry in.
    """
    if status not in (Status.APPLIED, Status.MERGED):
        raise Refusal("forbidden")
