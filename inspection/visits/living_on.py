"""What became of a visit, or of a violation found on it, that was merged into another or moved to another campaign.

Whoever pointed to it before points to what it lives on as; the journal keeps what was said at the time.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.journal import store
from inspection.journal.state import moved_to
from inspection.visits.models import Violation, VisitMerge


def living_on(session: Session, records: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Each of these records with the one that it lives on as, which is itself where nothing happened to it."""
    found = {record: record for record in records}
    while steps := _steps(session, set(found.values())):
        found = {record: steps.get(now, now) for record, now in found.items()}
    return found


def _steps(session: Session, records: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """One merge or move of each. A violation stays on the visit that was merged, and its double is on the other."""
    carried = session.execute(
        select(Violation.id, VisitMerge.records)
        .join(VisitMerge, VisitMerge.merged == Violation.visit)
        .where(Violation.id.in_(records), ~VisitMerge.voided)
    )
    steps = {
        violation: uuid.UUID(became[str(violation)])
        for violation, became in carried
        if str(violation) in became
    }
    for record, loaded in store.load_records(session, records).items():
        following = moved_to(loaded.state) if loaded.state.voided else None
        if record in records and following is not None:
            steps[record] = uuid.UUID(following)
    return steps


def once_were(session: Session, visit: uuid.UUID) -> set[uuid.UUID]:
    """The visits that were merged into ``visit``, and into those, and itself."""
    found, waiting = {visit}, {visit}
    while waiting:
        query = select(VisitMerge.merged).where(VisitMerge.kept.in_(waiting), ~VisitMerge.voided)
        waiting = set(session.scalars(query)) - found
        found |= waiting
    return found
