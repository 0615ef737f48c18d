"""The office's side of what was kept aside: a queue in words, to admit under the author's name or to dismiss.

Nothing leaves the queue but by a person's decision with a name (and, for a dismissal, a reason), and nothing
is deleted.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.errors import Refusal
from config.extensions import now
from inspection.journal import store
from inspection.journal.kinds import registry
from inspection.journal.models import Parked, ParkedStatus, Receipt, Record
from inspection.journal.operation import Author, NoGrants, Operation, Refused, Result, Status
from inspection.journal.parked import confidential_kind
from inspection.journal.submit import submit

WAITING = (ParkedStatus.REJECTED, ParkedStatus.QUARANTINED, ParkedStatus.HELD)
"""What the office has still to look at; held operations may also resolve by themselves."""


def queue(
    session: Session, users: Collection[uuid.UUID], statuses: Collection[str] = WAITING
) -> list[Parked]:
    """What was kept aside from these people, oldest first."""
    query = select(Parked).where(Parked.user.in_(users), Parked.status.in_(statuses))
    return list(session.scalars(query.order_by(Parked.received_at, Parked.id)))


def content_of(parked: Parked) -> Any:
    """The operation as it was sent. What was sealed is opened here and goes no further than the caller."""
    if parked.sealed is None:
        return parked.content
    kind = registry.get(parked.kind or "") or confidential_kind(parked.kind, parked.scope)
    if kind is None or kind.unseal is None:
        raise Refusal("not_found")
    return json.loads(kind.unseal(parked.sealed))


def admit(session: Session, parked_id: uuid.UUID, person: uuid.UUID) -> Result:
    """Let an operation in under its author's name. What is refused again stays in the queue with the new
    reason.

    :raises Refusal: ``not_found``; ``changed_meanwhile`` when it was decided already; ``malformed`` when it is no
        operation at all and can only be dismissed.
    """
    parked = _waiting(session, parked_id)
    content = content_of(parked)
    if parked.operation is None or not isinstance(content, Mapping):
        raise Refusal("malformed")
    author = Author(parked.device, parked.user, NoGrants())
    [result] = submit(
        session, author, [Operation.from_content(content)], received_at=parked.received_at, admitted_by=person
    )
    if result.status in (Status.APPLIED, Status.MERGED, Status.CONFLICT):
        _decide(parked, ParkedStatus.ADMITTED, person, None)
        session.flush()
    return result


def dismiss(session: Session, parked_id: uuid.UUID, person: uuid.UUID, reason: str) -> None:
    """Put an operation away, with a reason. What waited for the record it would have created is refused in
    turn.

    :raises Refusal: ``not_found``, ``changed_meanwhile``, or ``unprocessable`` without a reason.
    """
    if not reason.strip():
        raise Refusal("unprocessable", errors={"reason": ["Bắt buộc. / Required."]})
    parked = _waiting(session, parked_id)
    if parked.status == ParkedStatus.HELD:
        _answer_dismissed(session, parked)
    _decide(parked, ParkedStatus.DISMISSED, person, reason.strip())
    if parked.record is not None and session.get(Record, parked.record) is None:
        held = select(Parked).where(Parked.waits_for == parked.record, Parked.status == ParkedStatus.HELD)
        for waiting in session.scalars(held):
            _reject(session, waiting)
    session.flush()


def _waiting(session: Session, parked_id: uuid.UUID) -> Parked:
    """The operation, its scope locked before its row, as every push does: no record that it waits for, or would have
    created, appears at this moment."""
    scope = session.scalar(select(Parked.scope).where(Parked.id == parked_id))
    if scope is not None:
        store.lock_scopes(session, [scope], ())
    parked = session.get(Parked, parked_id, with_for_update=True, populate_existing=True)
    if parked is None:
        raise Refusal("not_found")
    if parked.status not in WAITING:
        raise Refusal("changed_meanwhile")
    return parked


def _decide(parked: Parked, status: ParkedStatus, person: uuid.UUID, reason: str | None) -> None:
    parked.status, parked.decided_by, parked.decided_at, parked.decision_reason = (
        status,
        person,
        now(),
        reason,
    )


def _reject(session: Session, waiting: Parked) -> None:
    waiting.status, waiting.error = ParkedStatus.REJECTED, Refused("dismissed").error()
    waiting.waits_for, waiting.waits_for_kind = None, None
    _answer_dismissed(session, waiting)


def _answer_dismissed(session: Session, waiting: Parked) -> None:
    """Let the phone learn, when it asks again, that what it made waits no longer."""
    receipt = session.get(Receipt, waiting.operation) if waiting.operation is not None else None
    if receipt is not None:
        receipt.status, receipt.detail = Status.REJECTED, {"error": Refused("dismissed").error()}
