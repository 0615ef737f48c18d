"""Reading the journal: who wrote what, when, and what stood there before."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from inspection.journal.chain import Break, breaks
from inspection.journal.models import Entry, Record, Scope
from inspection.journal.state import RecordState, from_json
from inspection.journal.store import CONFLICT, table

PAGE = 5000
"""Entries read at a time when the whole journal is walked."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a scope."""

    scope: str
    seq: int
    hash: str


def of_record(session: Session, record: uuid.UUID) -> list[Entry]:
    """The entries of one record, oldest first."""
    return list(session.scalars(select(Entry).where(Entry.record == record).order_by(Entry.seq)))


def state_of(session: Session, record: uuid.UUID) -> RecordState | None:
    """The current state of a record with the versions and writers of its fields; None when there is no such
    record."""
    row = session.get(Record, record)
    return None if row is None or row.kind == CONFLICT else from_json(row.state)


def heads(session: Session, *which: ColumnElement[bool]) -> list[Head]:
    """The heads of all scopes (or those of which ``which`` holds), by scope."""
    rows = session.execute(
        select(Scope.id, Scope.head, Scope.head_hash).where(Scope.head > 0, *which).order_by(Scope.id)
    )
    return [Head(scope, seq, head_hash.hex()) for scope, seq, head_hash in rows]


def entries(session: Session, scope: str | None = None) -> Iterator[Mapping[str, Any]]:
    """All entries (of ``scope``) by column name, ordered by scope and sequence number, read a page at a time."""
    columns = table(Entry)
    at_scope, at_seq = "", 0
    while True:
        query = select(columns).order_by(columns.c.scope, columns.c.seq).limit(PAGE)
        query = query.where(
            (columns.c.scope > at_scope) | ((columns.c.scope == at_scope) & (columns.c.seq > at_seq))
        )
        if scope is not None:
            query = query.where(columns.c.scope == scope)
        page = session.execute(query).mappings().all()
        for entry in page:
            yield dict(entry)
        if len(page) < PAGE:
            return
        at_scope, at_seq = page[-1]["scope"], page[-1]["seq"]


def verify(session: Session, scope: str | None = None) -> list[Break]:
    """Every place where a chain (of ``scope``) does not hold, the cut tail below a recorded head included."""
    tails: dict[str, tuple[int, bytes]] = {}

    def remembering() -> Iterator[Mapping[str, Any]]:
        for entry in entries(session, scope):
            tails[entry["scope"]] = (entry["seq"], entry["hash"])
            yield entry

    found = list(breaks(remembering()))
    for head in heads(session, *([] if scope is None else [Scope.id == scope])):
        seq, last = tails.pop(head.scope, (0, b""))
        if seq != head.seq or last.hex() != head.hash:
            found.append(Break(head.scope, seq + 1, "head differs"))
    found += [Break(scope, seq, "scope row missing") for scope, (seq, _) in tails.items()]
    return found
