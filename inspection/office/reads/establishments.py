"""Finding establishments, and the visits to one."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspection.campaigns.models import Campaign
from inspection.places.models import Establishment, Unit
from inspection.places.rules import fold
from inspection.visits.models import Violation, Visit

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for; an empty text asks for nothing."""

    words: str = ""
    unit: str = ""
    establishment_type: str = ""

    @property
    def anything(self) -> bool:
        """Whether the reader narrowed the list at all."""
        return bool(self.words or self.unit or self.establishment_type)


@dataclass(frozen=True, slots=True)
class Line:
    """An establishment in the list, with the day of its newest visit."""

    establishment: Establishment
    unit: str | None
    last_visit: object


@dataclass(frozen=True, slots=True)
class VisitTo:
    """A visit to an establishment."""

    visit: Visit
    campaign: str | None
    violations: int


def search(session: Session, scope: str, wanted: Wanted, page: int) -> tuple[list[Line], int]:
    """One page of the establishments of ``scope`` that fit, and how many fit.

    The words are compared without tone marks, which no index of both databases can do; the two or three
    columns that are read for it stay small even for a province.
    """
    query = select(
        Establishment.id,
        Establishment.name,
        Establishment.owner,
        Establishment.address,
        Establishment.licence_number,
    ).where(Establishment.scope == scope, ~Establishment.voided)
    if wanted.establishment_type:
        query = query.where(Establishment.establishment_type == wanted.establishment_type)
    if wanted.unit:
        try:
            query = query.where(Establishment.unit == uuid.UUID(wanted.unit))
        except ValueError:
            return [], 0
    needles = fold(wanted.words).split()
    fitting = [
        (fold(row.name), row.id)
        for row in session.execute(query)
        if not needles or _has(needles, " ".join(filter(None, row[1:])))
    ]
    fitting.sort()
    ids = [identifier for _, identifier in fitting[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]]
    return _lines(session, ids), len(fitting)


def _has(needles: list[str], text: str) -> bool:
    folded = fold(text)
    return all(needle in folded for needle in needles)


def _lines(session: Session, ids: list[uuid.UUID]) -> list[Line]:
    last = (
        select(func.max(Visit.visited_on))
        .where(Visit.establishment == Establishment.id, ~Visit.voided)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Establishment, Unit.name, last)
        .join(Unit, Unit.id == Establishment.unit, isouter=True)
        .where(Establishment.id.in_(ids))
    )
    lines = {row.id: Line(row, unit, visited) for row, unit, visited in rows}
    return [lines[one] for one in ids if one in lines]


def visits_to(session: Session, establishment: uuid.UUID, scopes: Collection[str]) -> list[VisitTo]:
    """Visits to an establishment in those ``scopes``, the newest first."""
    found = select(func.count()).where(Violation.visit == Visit.id, ~Violation.voided).scalar_subquery()
    rows = session.execute(
        select(Visit, Campaign.name, found)
        .join(Campaign, Campaign.id == Visit.campaign, isouter=True)
        .where(Visit.establishment == establishment, ~Visit.voided)
        .order_by(Visit.visited_on.desc())
    )
    return [VisitTo(visit, campaign, count) for visit, campaign, count in rows if visit.scope in scopes]
