"""Moving a record into another scope: one verb of the office.

A record's scope never changes, because each scope has its own sequence and chain. So the record and everything below it
are created again in the other scope with the values that stand, and the old one is voided with ``moved_to``: both
histories stay, and a void can be taken back. It is one submission, under both counter rows, or nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.errors import Refusal
from inspection.journal import store
from inspection.journal.batch import Loaded
from inspection.journal.carry import (
    Identify,
    left_behind,
    operation,
    refer,
    server_facts,
    tree,
    write_own,
)
from inspection.journal.examine import scope_record
from inspection.journal.operation import Author, Operation
from inspection.journal.state import VOIDED, flatten


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the record lives on: ``records`` maps every old id to its new one."""

    record: uuid.UUID
    records: Mapping[uuid.UUID, uuid.UUID]


def move(
    session: Session,
    author: Author,
    record: uuid.UUID,
    scope: str,
    *,
    base: str,
    reason: str,
    identify: Identify = lambda _kind, _values: None,
) -> Moved:
    """Move ``record`` and what lies below it into ``scope``. ``base`` is the newest version among them that the person
    had before the eyes; voided parts stay behind.

    :raises Refusal: ``not_found``; ``unprocessable`` for a record that cannot live there, and while people disagree
        about any of it, because a candidate would stay behind unread; ``changed_meanwhile`` when somebody changed it
        unseen; ``forbidden``, or whatever else the journal refuses.
    """
    found = store.load_records(session, [record])
    if record not in found or found[record].state.voided:
        raise Refusal("not_found")
    old = found[record]
    store.lock_scopes(session, {old.scope, scope}, ())
    known = tree(session, record)
    moving = {each: loaded for each, loaded in known.items() if not left_behind(each, record, known)}
    if (
        old.kind.parent is None
        or old.scope == scope
        or any(each.state.open_conflicts for each in known.values())
    ):
        raise Refusal("unprocessable")
    new = {record: uuid7()}
    for each, loaded in moving.items():
        values = _values(each, loaded, record, scope, new)
        new[each] = new.get(each) or identify(loaded.kind.name, values) or uuid7()
    created = [
        operation(loaded.kind, new[each], scope, _values(each, loaded, record, scope, new))
        for each, loaded in moving.items()
    ]
    void = operation(
        old.kind, record, old.scope, {VOIDED: {"reason": reason, "moved_to": str(new[record])}}, base
    )
    write_own(session, author, [*created, void])
    write_own(session, replace(author, server=True), _facts(moving, new, scope))
    return Moved(new[record], new)


def _values(
    each: uuid.UUID, loaded: Loaded, top: uuid.UUID, scope: str, new: Mapping[uuid.UUID, uuid.UUID]
) -> dict[str, Any]:
    """What one record is created with in its new scope. Parents come first, so the reference to one is right from the
    first pass on."""
    kind = loaded.kind
    flat = flatten(loaded.state.fields, kind.groups)
    values = refer(
        {name: value for name, value in flat.items() if value is not None and name not in kind.server_fields},
        new,
    )
    if each == top and kind.parent is not None:
        values[kind.parent] = str(scope_record(scope))
    return values


def _facts(
    moving: Mapping[uuid.UUID, Loaded], new: Mapping[uuid.UUID, uuid.UUID], scope: str
) -> list[Operation]:
    """What the server alone says of the records, said again of the new ones."""
    said = {each: server_facts(loaded) for each, loaded in moving.items()}
    return [operation(moving[each].kind, new[each], scope, facts) for each, facts in said.items() if facts]
