"""Reference data that waits to be published: kept from a workbook, put in force with its first day, withdrawn before.

Verbs flush; the edge commits. What is published are operations of the journal: records that follow others, and the last
day of those before. The scope's counter is locked before anything is read, so of two people who publish at once the
second finds what the first did.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.errors import Refusal
from config.extensions import now
from inspection.checklists.models import Checklist, DraftStatus, ReferenceDraft, ViolationType
from inspection.journal import store
from inspection.journal.edit import edit_all, office_operation
from inspection.journal.models import Record
from inspection.journal.operation import Author, Operation, Status

DAY = timedelta(days=1)
EARLIEST = DAY
"""What is published begins tomorrow at the earliest: visits of today have been made with what is in force."""


@dataclass(frozen=True, slots=True)
class Step:
    """One succession: the record ``before`` ends, the record ``made`` with ``fields`` begins; either may be missing.
    The first and the last day are added when it is put in force."""

    before: Checklist | ViolationType | None
    made: uuid.UUID | None = None
    fields: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a draft would do: the ids of what it follows as it stands now, and its steps."""

    follows: frozenset[str]
    steps: Sequence[Step]


def keep(
    session: Session,
    author: Author,
    scope: str,
    filename: str,
    content: Mapping[str, Any],
    follows: Sequence[uuid.UUID],
    kind: str,
    code: str = "",
) -> ReferenceDraft:
    """Keep what a workbook says, compared with the records ``follows``, until somebody publishes it or puts it away."""
    made = ReferenceDraft(
        id=uuid7(),
        scope=scope,
        kind=kind,
        code=code,
        person=author.user,
        filename=filename[:200],
        made_at=now(),
        status=DraftStatus.DRAFT.value,
        content=dict(content),
        follows=sorted(map(str, follows)),
        steps=[],
    )
    session.add(made)
    session.flush()
    return made


def put_in_force(
    session: Session,
    author: Author,
    made: ReferenceDraft,
    plan_of: Callable[[Session, ReferenceDraft], Plan],
    first: date,
    today: date,
) -> None:
    """Publish a draft from ``first``; what it follows ends on the day before.

    :raises Refusal: ``edition_too_early`` when ``first`` is not after ``today``; ``edition_overlaps`` when what it
        follows begins on or after it, or what it brings ends before it; ``changed_meanwhile`` when it is no draft any
        more, or something was published since it was compared; whatever the journal refuses.
    """
    store.lock_scopes(session, [made.scope], [])
    session.refresh(made)
    if made.status != DraftStatus.DRAFT:
        raise Refusal("changed_meanwhile")
    if first < today + EARLIEST:
        raise Refusal("edition_too_early")
    plan = plan_of(session, made)
    if plan.follows != set(made.follows):
        raise Refusal("changed_meanwhile")
    operations: list[Operation] = []
    for step in plan.steps:
        operations += _operations(session, made, step, first)
    _submit(session, author, operations)
    made.status, made.valid_from = DraftStatus.PUBLISHED.value, first
    made.steps = [
        {
            "made": str(step.made) if step.made else None,
            "before": str(step.before.id) if step.before else None,
            "ended": _iso(step.before.valid_to) if step.before else None,
        }
        for step in plan.steps
    ]
    session.flush()


def _operations(session: Session, made: ReferenceDraft, step: Step, first: date) -> list[Operation]:
    operations = []
    if step.before is not None and step.before.valid_from >= first:
        raise Refusal("edition_overlaps")
    if step.made is not None and step.fields is not None:
        last = step.fields.get("valid_to")
        if last is not None and last < first.isoformat():
            raise Refusal("edition_overlaps")
        fields = {**step.fields, "valid_from": first.isoformat()}
        operations.append(office_operation(kind=made.kind, scope=made.scope, record=step.made, fields=fields))
    if step.before is not None and (step.before.valid_to is None or step.before.valid_to >= first):
        operations.append(_ending(session, made.kind, step.before, first - DAY))
    return operations


def withdraw(session: Session, author: Author, made: ReferenceDraft, reason: str, today: date) -> None:
    """Take back what a draft published, before its first day; what was before holds again as long as it did.

    :raises Refusal: ``edition_in_force`` from its first day on; ``changed_meanwhile`` when it is not published, or
        something was published after it.
    """
    store.lock_scopes(session, [made.scope], [])
    session.refresh(made)
    if made.status != DraftStatus.PUBLISHED or made.valid_from is None:
        raise Refusal("changed_meanwhile")
    if made.valid_from <= today:
        raise Refusal("edition_in_force")
    operations = []
    for step in made.steps:
        if step["made"]:
            record = _record(session, made.kind, step["made"])
            if record.voided or _followed(session, made.kind, record):
                raise Refusal("changed_meanwhile")
            operations.append(
                office_operation(
                    kind=made.kind,
                    scope=made.scope,
                    record=record.id,
                    fields={"voided": {"reason": reason}},
                    base=_version(session, record),
                )
            )
        if step["before"]:
            before = _record(session, made.kind, step["before"])
            ended = date.fromisoformat(step["ended"]) if step["ended"] else None
            operations.append(_ending(session, made.kind, before, ended))
    _submit(session, author, operations)
    made.status = DraftStatus.WITHDRAWN.value
    session.flush()


def _followed(session: Session, kind: str, record: Checklist | ViolationType) -> bool:
    """Whether something of the same code was published after ``record``."""
    model = _model(kind)
    later = select(model.id).where(
        model.scope == record.scope,
        model.code == record.code,
        model.valid_from > record.valid_from,
        ~model.voided,
    )
    return session.scalar(later.limit(1)) is not None


def discard(session: Session, made: ReferenceDraft) -> None:
    """Put a draft away.

    :raises Refusal: ``changed_meanwhile`` when it is none any more.
    """
    if made.status != DraftStatus.DRAFT:
        raise Refusal("changed_meanwhile")
    made.status = DraftStatus.DISCARDED.value
    session.flush()


def drafts_of(session: Session, scope: str, kind: str, code: str | None = None) -> list[ReferenceDraft]:
    """The workbooks that were sent, of one checklist where ``code`` says which, the newest first."""
    query = select(ReferenceDraft).where(ReferenceDraft.scope == scope, ReferenceDraft.kind == kind)
    if code is not None:
        query = query.where(ReferenceDraft.code == code)
    return list(session.scalars(query.order_by(ReferenceDraft.made_at.desc()).limit(30)))


def _record(session: Session, kind: str, record: str) -> Checklist | ViolationType:
    if kind == "checklist":
        return session.get_one(Checklist, uuid.UUID(record), populate_existing=True)
    return session.get_one(ViolationType, uuid.UUID(record), populate_existing=True)


def _model(kind: str) -> type[Checklist] | type[ViolationType]:
    return Checklist if kind == "checklist" else ViolationType


def _ending(session: Session, kind: str, before: Checklist | ViolationType, last: date | None) -> Operation:
    return office_operation(
        kind=kind,
        scope=before.scope,
        record=before.id,
        fields={"valid_to": _iso(last)},
        base=_version(session, before),
    )


def _version(session: Session, record: Checklist | ViolationType) -> str:
    return store.generations(session).version(session.get_one(Record, record.id).seq)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _submit(session: Session, author: Author, operations: list[Operation]) -> None:
    for result in edit_all(session, author, operations):
        if result.status is not Status.APPLIED:
            raise Refusal(str((result.error or {"code": "changed_meanwhile"})["code"]))
