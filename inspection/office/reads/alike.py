"""Pairs of establishments that are probably one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.journal.models import Scope
from inspection.places.likeness import Place, Reason, Register
from inspection.places.merging import distinct_pairs
from inspection.places.models import Establishment

_KEPT: dict[str, tuple[int, list[Pair]]] = {}
"""What was found, by scope, at which head of its journal: comparing thousands of records takes a second or two, and
nothing changes what is found but an entry of that scope."""
MOST_KEPT = 16


@dataclass(frozen=True, slots=True)
class Side:
    """One establishment of a pair."""

    id: uuid.UUID
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two establishments and why they may be one; ``distance`` in metres."""

    one: Side
    other: Side
    reasons: tuple[Reason, ...]
    distance: int | None


def pairs_in(session: Session, scope: str) -> list[Pair]:
    """The pairs of ``scope`` that are probably one, the likeliest first, without those that were found to be two."""
    head = session.scalar(select(Scope.head).where(Scope.id == scope)) or 0
    kept = _KEPT.get(scope)
    if kept is None or kept[0] != head:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        kept = _KEPT[scope] = (head, _find(session, scope))
    return kept[1]


def _find(session: Session, scope: str) -> list[Pair]:
    rows = session.scalars(
        select(Establishment).where(
            Establishment.scope == scope, ~Establishment.voided, Establishment.merged_into.is_(None)
        )
    )
    register = Register.of(as_place(row) for row in rows)
    distinct = distinct_pairs(session, scope)
    found = []
    for one, alike in register.pairs():
        first, second = _side(one), _side(alike.place)
        if frozenset((first.id, second.id)) not in distinct:
            distance = None if alike.distance is None else round(alike.distance)
            found.append(Pair(first, second, alike.reasons, distance))
    return found


def as_place(row: Establishment) -> Place:
    """An establishment as it is compared."""
    return Place(
        key=str(row.id),
        name=row.name,
        address=row.address or "",
        owner=row.owner or "",
        licence_number=row.licence_number or "",
        unit=row.unit,
        latitude=row.latitude,
        longitude=row.longitude,
    )


def _side(place: Place) -> Side:
    return Side(uuid.UUID(place.key), place.name, place.address)
