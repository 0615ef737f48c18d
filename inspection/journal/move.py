"""Moving a record into another scope: one verb of the office.

A record's scope never changes, because each scope has its own sequence and chain. So the record and everything below it
are created again in the other scope with the values that stand, and the old one is voided with ``moved_to``: both
histories stay, and a void can be taken back. It is one submission, under both counter rows, or nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.errors import Refusal
from config.extensions import now
from inspection.journal import store
from inspection.journal.batch import Loaded
from inspection.journal.edit import next_number
from inspection.journal.examine import scope_record
from inspection.journal.operation import Author, Operation, Result, Status
from inspection.journal.state import VOIDED, flatten
from inspection.journal.submit import submit

Identify = Callable[[str, Mapping[str, Any]], uuid.UUID | None]
"""The id that a new record of a kind must have by its values; None where any will do."""


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
    tree = {record: store.load_records(session, [record])[record]} | store.load_below(session, record)
    moving = {each: loaded for each, loaded in tree.items() if not _left_behind(each, record, tree)}
    if (
        old.kind.parent is None
        or old.scope == scope
        or any(each.state.open_conflicts for each in tree.values())
    ):
        raise Refusal("unprocessable")
    new = {record: uuid7()}
    for each, loaded in moving.items():
        values = _values(each, loaded, record, scope, new)
        new[each] = new.get(each) or identify(loaded.kind.name, values) or uuid7()
    created = [
        _operation(loaded, new[each], _values(each, loaded, record, scope, new), scope, "0")
        for each, loaded in moving.items()
    ]
    void = _operation(
        old, record, {VOIDED: {"reason": reason, "moved_to": str(new[record])}}, old.scope, base
    )
    _all_applied(session, author, [*created, void])
    _all_applied(session, replace(author, server=True), _facts(moving, new, scope))
    return Moved(new[record], new)


def _left_behind(each: uuid.UUID, top: uuid.UUID, tree: Mapping[uuid.UUID, Loaded]) -> bool:
    """Whether a record, or one above it in the tree, is voided."""
    while True:
        if tree[each].state.voided:
            return True
        parent = tree[each].parent
        if each == top or parent is None:
            return False
        each = parent


def _values(
    each: uuid.UUID, loaded: Loaded, top: uuid.UUID, scope: str, new: Mapping[uuid.UUID, uuid.UUID]
) -> dict[str, Any]:
    """What one record is created with in its new scope. Parents come first, so the reference to one is right from the
    first pass on."""
    kind = loaded.kind
    values = {
        name: _reference(value, new)
        for name, value in flatten(loaded.state.fields, kind.groups).items()
        if value is not None and name not in kind.server_fields
    }
    if each == top and kind.parent is not None:
        values[kind.parent] = str(scope_record(scope))
    return values


def _reference(value: Any, new: Mapping[uuid.UUID, uuid.UUID]) -> Any:
    """``value``, or the new id when it is the id of a record that has moved."""
    try:
        return str(new.get(uuid.UUID(value), value))
    except (ValueError, TypeError, AttributeError):
        return value


def _facts(
    moving: Mapping[uuid.UUID, Loaded], new: Mapping[uuid.UUID, uuid.UUID], scope: str
) -> list[Operation]:
    """What the server alone says of the records, said again of the new ones."""
    found = []
    for each, loaded in moving.items():
        flat = flatten(loaded.state.fields, loaded.kind.groups)
        facts = {name: flat[name] for name in loaded.kind.server_fields if flat.get(name) is not None}
        if facts:
            found.append(_operation(loaded, new[each], facts, scope, "0"))
    return found


def _operation(
    loaded: Loaded, record: uuid.UUID, values: Mapping[str, Any], scope: str, base: str
) -> Operation:
    return Operation(
        id=uuid7(), n=0, kind=loaded.kind.name, record=record, scope=scope, fields=values,
        made_at=now().isoformat(), base=base,
    )  # fmt: skip


def _all_applied(session: Session, author: Author, operations: list[Operation]) -> None:
    first = next_number(session, author.device)
    numbered = [replace(operation, n=first + at) for at, operation in enumerate(operations)]
    for result in submit(session, author, numbered):
        if result.status not in (Status.APPLIED, Status.MERGED):
            raise Refusal(_code(result))


def _code(result: Result) -> str:
    return str(result.error["code"]) if result.error else "changed_meanwhile"
