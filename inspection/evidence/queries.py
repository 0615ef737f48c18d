"""Reads of evidence."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.evidence.models import Evidence
from inspection.journal.models import Entry


def of_visit(session: Session, visit: uuid.UUID) -> list[Evidence]:
    """The evidence of a visit in the order in which it was made, without what was voided. A file whose ``stored``
    is not true has not arrived yet."""
    query = select(Evidence).where(Evidence.visit == visit, Evidence.voided.is_(False))
    return list(session.scalars(query.order_by(Evidence.id)))


def made_by(session: Session, evidence: Evidence) -> uuid.UUID | None:
    """Who made the record; None when the journal does not know it."""
    query = select(Entry.user).where(Entry.scope == evidence.scope, Entry.record == evidence.id)
    return session.scalar(query.order_by(Entry.seq).limit(1))
