"""Submitting operations: the one way in which domain data changes.

:func:`submit` examines without locks, locks the counter rows of all scopes in sorted order, reads receipts and
records, merges in memory, and writes in bulk. If that fails, it goes through the operations one by one under
savepoints, so that one bad operation harms nobody. It flushes and never commits: nothing may be acknowledged
before the caller has committed.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config.extensions import now
from inspection.journal import store
from inspection.journal.batch import Batch
from inspection.journal.examine import Examined, examine
from inspection.journal.judge import Judge
from inspection.journal.kinds import registry
from inspection.journal.models import Parked, ParkedStatus, Receipt, Scope
from inspection.journal.operation import Author, Operation, Refused, Result, Status
from inspection.journal.parked import LARGEST_ATTEMPTS, park

log = logging.getLogger(__name__)


def submit(
    session: Session,
    author: Author,
    operations: Sequence[Operation],
    *,
    received_at: datetime | None = None,
    admitted_by: uuid.UUID | None = None,
) -> list[Result]:
    """Submit operations of one device; returns one result for each, in their order.

    They take effect in the order of their numbers. ``admitted_by`` names the person of the office who lets a
    refused operation in under its author's name.

    :raises OperationalError: when the database itself passes a fault (a deadlock, a lock that did not come): the
        whole request is to be tried again.
    """
    if not operations:
        return []
    moment = received_at or now()
    try:
        with session.begin_nested():
            return _together(session, author, operations, moment, admitted_by)
    except OperationalError:
        raise
    except Exception:
        log.exception("a batch of %d operations failed as a whole; going one by one", len(operations))
    return _one_by_one(session, author, operations, moment, admitted_by)


def _together(
    session: Session,
    author: Author,
    operations: Sequence[Operation],
    moment: datetime,
    admitted_by: uuid.UUID | None,
) -> list[Result]:
    examined = {at: examine(operation, by_server=author.server) for at, operation in enumerate(operations)}
    good = [item for item in examined.values() if isinstance(item, Examined)]
    opening = {item.operation.scope for item in good if registry.may_begin(item.kind)}
    heads = store.lock_scopes(session, {item.operation.scope for item in good}, opening)
    numbers = [operation.n for operation in operations]
    answered = store.load_answers(session, [operation.id for operation in operations], author.device, numbers)
    batch = Batch(
        author=author,
        generations=store.generations(session),
        received_at=moment,
        heads=heads,
        records=store.load_records(session, _named(good)),
        answered={given.operation: given for given in answered},
    )
    judge = Judge(session, batch, admitted_by)
    results: dict[int, Result] = {}
    for at in sorted(examined, key=lambda at: operations[at].n):
        results[at] = judge.answer(operations[at], examined[at])
    judge.release_held()
    judge.attach()
    store.write(session, batch)
    _forget_unopened(session, batch)
    session.flush()
    return [results[at] for at in range(len(operations))]


def _named(good: Sequence[Examined]) -> set[uuid.UUID]:
    named = {item.operation.record for item in good}
    return named | {item.parent for item in good if item.parent is not None}


def _forget_unopened(session: Session, batch: Batch) -> None:
    """Drop the counter rows of scopes that nothing opened after all."""
    unopened = [scope for scope, head in batch.heads.items() if not head.exists]
    if unopened:
        session.execute(delete(Scope).where(Scope.id.in_(unopened), Scope.head == 0))


def _one_by_one(
    session: Session,
    author: Author,
    operations: Sequence[Operation],
    moment: datetime,
    admitted_by: uuid.UUID | None,
) -> list[Result]:
    results: dict[int, Result] = {}
    stopped = False
    for at in sorted(range(len(operations)), key=lambda at: operations[at].n):
        operation = operations[at]
        if stopped:
            results[at] = Result(str(operation.id), Status.RETRY, error={"code": "busy"})
            continue
        try:
            with session.begin_nested():
                results[at] = _together(session, author, [operation], moment, admitted_by)[0]
        except OperationalError:
            raise
        except Exception:
            log.exception("operation %s of device %s failed", operation.id, author.device)
            results[at] = _fault(session, author, operation, moment)
            stopped = results[at].status is Status.RETRY
    return [results[at] for at in range(len(operations))]


def _fault(session: Session, author: Author, operation: Operation, moment: datetime) -> Result:
    """Count a fault of ours against an operation; one that repeats becomes a rejection, so that it stops
    nobody behind it."""
    error = Refused("server_fault").error()
    parked: Parked = park(
        session,
        device=author.device,
        user=author.user,
        content=operation.content(),
        operation=operation,
        status=ParkedStatus.FAULTED,
        error=error,
        received_at=moment,
    )
    parked.attempts += 1
    if parked.attempts < LARGEST_ATTEMPTS:
        session.flush()
        return Result(str(operation.id), Status.RETRY, error={"code": "busy"})
    parked.status = ParkedStatus.REJECTED
    session.add(
        Receipt(
            operation=operation.id,
            device=author.device,
            n=operation.n,
            digest=operation.digest(),
            status=Status.REJECTED,
            seq=None,
            detail={"error": error},
        )
    )
    session.flush()
    return Result(str(operation.id), Status.REJECTED, error=error)
