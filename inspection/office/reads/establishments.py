"""Finding establishments, and the visits to one."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from inspection.campaigns.models import Campaign
from inspection.places.merging import Links, all_of, merged
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
    last_visit: date | None


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
    ).where(Establishment.scope == scope, ~Establishment.voided, Establishment.merged_into.is_(None))
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
    return _lines(session, ids, scope), len(fitting)


def _has(needles: list[str], text: str) -> bool:
    folded = fold(text)
    return all(needle in folded for needle in needles)


def _lines(session: Session, ids: list[uuid.UUID], scope: str) -> list[Line]:
    rows = session.execute(
        select(Establishment, Unit.name)
        .join(Unit, Unit.id == Establishment.unit, isouter=True)
        .where(Establishment.id.in_(ids))
    )
    found = {row.id: (row, unit) for row, unit in rows}
    repeats = merged(session, scope)
    last = last_visits(session, repeats, Visit.establishment.in_(all_of(repeats, ids)))
    return [Line(*found[one], last.get(one)) for one in ids if one in found]


def last_visits(session: Session, repeats: Links, chosen: ColumnElement[bool]) -> dict[uuid.UUID, date]:
    """The day of the newest of the ``chosen`` visits to each establishment; visits to records that repeat one count
    for it."""
    rows = session.execute(
        select(Visit.establishment, func.max(Visit.visited_on))
        .where(chosen, ~Visit.voided)
        .group_by(Visit.establishment)
    )
    last: dict[uuid.UUID, date] = {}
    for visited, day in rows:
        record = repeats.get(visited, visited)
        last[record] = max(day, last.get(record, day))
    return last


def visits_to(session: Session, establishment: Establishment, scopes: Collection[str]) -> list[VisitTo]:
    """Visits to an establishment, and to the records that repeat it, in those ``scopes``, the newest first."""
    visited = all_of(merged(session, establishment.scope), {establishment.id})
    found = select(func.count()).where(Violation.visit == Visit.id, ~Violation.voided).scalar_subquery()
    rows = session.execute(
        select(Visit, Campaign.name, found)
        .join(Campaign, Campaign.id == Visit.campaign, isouter=True)
        .where(Visit.establishment.in_(visited), ~Visit.voided)
        .order_by(Visit.visited_on.desc())
    )
    return [VisitTo(visit, campaign, count) for visit, campaign, count in rows if visit.scope in scopes]
