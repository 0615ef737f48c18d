"""Reads of units and establishments. Voided records are left out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspection.places.models import Establishment, Unit
from inspection.places.rules import fold


def units_on(session: Session, scope: str, day: date, levels: Sequence[str] = ()) -> list[Unit]:
    """The units of a reference scope that were valid on ``day``, by code; only of ``levels`` when some are named."""
    query = select(Unit).where(
        Unit.scope == scope,
        Unit.voided.is_(False),
        Unit.valid_from <= day,
        or_(Unit.valid_to.is_(None), Unit.valid_to >= day),
    )
    if levels:
        query = query.where(Unit.level.in_(levels))
    return list(session.scalars(query.order_by(Unit.code)))


def unit_on(session: Session, scope: str, unit: uuid.UUID, day: date) -> Unit | None:
    """The unit that stands on ``day`` where ``unit`` stood: itself while it is valid, else the successor that
    names it among its predecessors. None when there is none, or when it was split between several and a
    person has to choose."""
    found = session.get(Unit, unit)
    if found is None or found.valid_from > day:
        return None
    if found.valid_to is None or day <= found.valid_to:
        return found
    successors = [each for each in units_on(session, scope, day) if str(unit) in (each.predecessors or ())]
    return successors[0] if len(successors) == 1 else None


def successors_of(session: Session, unit: Unit, day: date) -> list[Unit]:
    """The units that stand on ``day`` where ``unit`` stood, by name; empty while it stands itself. A unit may have been
    split between several, and its successors merged again."""
    if unit.valid_to is None or day <= unit.valid_to:
        return []
    followed = {str(unit.id)}
    rows = session.scalars(
        select(Unit)
        .where(Unit.scope == unit.scope, ~Unit.voided, Unit.valid_from <= day)
        .order_by(Unit.valid_from)
    )
    standing = []
    for row in rows:  # in the order in which they came to be, so that chains are followed
        if followed.intersection(row.predecessors or ()):
            followed.add(str(row.id))
            if row.valid_to is None or day <= row.valid_to:
                standing.append(row)
    return sorted(standing, key=lambda row: row.name)


def find_establishments(session: Session, scope: str, text: str, limit: int = 20) -> list[Establishment]:
    """The establishments whose name contains ``text`` as a searcher types it, without marks or capitals, by name.

    Neither database compares Vietnamese without its marks in the same way, so the names of the scope are compared here.
    """
    wanted = fold(text)
    if not wanted:
        return []
    names = session.execute(
        select(Establishment.id, Establishment.name).where(
            Establishment.scope == scope,
            Establishment.voided.is_(False),
            Establishment.merged_into.is_(None),
        )
    )
    matching = sorted((fold(name), str(id_), id_) for id_, name in names if wanted in fold(name))[:limit]
    found = {
        each.id: each
        for each in session.scalars(
            select(Establishment).where(Establishment.id.in_([id_ for _, _, id_ in matching]))
        )
    }
    return [found[id_] for _, _, id_ in matching]
