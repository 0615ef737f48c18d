"""Visits of one campaign that may be one: the same establishment and day, at a time when both could have been there."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from inspection.visits.merging import is_late
from inspection.visits.models import Visit, VisitMerge
from inspection.visits.rules import Stay


@dataclass(frozen=True, slots=True)
class Pair:
    """Two visits, the one that was opened first before the other."""

    first: Visit
    second: Visit


def proposals(session: Session, campaign: uuid.UUID) -> list[Pair]:
    """Pairs that nobody has decided about yet, by day."""
    first, second = aliased(Visit), aliased(Visit)
    query = (
        select(first, second)
        .where(
            first.campaign == campaign,
            second.campaign == campaign,
            first.establishment == second.establishment,
            first.visited_on == second.visited_on,
            first.id < second.id,
            first.voided.is_(False),
            second.voided.is_(False),
        )
        .order_by(first.visited_on, first.id, second.id)
    )
    decided = {frozenset((each.kept, each.merged)) for each in decisions(session, campaign)}
    return [
        Pair(one, other)
        for one, other in session.execute(query)
        if frozenset((one.id, other.id)) not in decided and _stay(one).overlaps(_stay(other))
    ]


def decisions(session: Session, campaign: uuid.UUID) -> Sequence[VisitMerge]:
    """What was said of pairs of visits, the newest first; of one pair only the newest word."""
    query = select(VisitMerge).where(VisitMerge.campaign == campaign).order_by(VisitMerge.version)
    return list({(each.kept, each.merged): each for each in session.scalars(query)}.values())[::-1]


def late(session: Session, campaign: uuid.UUID) -> list[VisitMerge]:
    """Merges whose visit that went got something since."""
    return [each for each in decisions(session, campaign) if not each.voided and is_late(session, each)]


def _stay(visit: Visit) -> Stay:
    return Stay(visit.started_at, visit.finished_at)
