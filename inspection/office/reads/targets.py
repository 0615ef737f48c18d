"""The target list of a campaign, and who could be put on it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspection.campaigns.models import Assignment, Campaign, Target
from inspection.campaigns.targeting import Candidate, Ranked, Spot, rank
from inspection.complaints.models import Complaint
from inspection.office.reads.campaigns import lineage
from inspection.office.reads.establishments import last_visits
from inspection.places.merging import merged
from inspection.places.models import Establishment, Unit
from inspection.places.rules import fold
from inspection.visits.models import Violation, Visit


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One establishment of the list: where it is, whose it is, and what came of it. ``visit`` is the newest of the
    campaign."""

    target: Target
    establishment: Establishment
    unit: str | None
    visit: uuid.UUID | None
    visited_on: date | None
    violations: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom the planner looks for; an empty text asks for nothing."""

    words: str = ""
    unit: str = ""
    establishment_type: str = ""
    risk: str = ""
    not_since: date | None = None


def targets_of(session: Session, campaign: Campaign) -> list[TargetLine]:
    """The list, team by team, in the order of communes and names."""
    rows = session.execute(
        select(Target, Establishment, Unit.name)
        .join(Establishment, Establishment.id == Target.establishment)
        .join(Unit, Unit.id == Establishment.unit, isouter=True)
        .where(Target.campaign == campaign.id, ~Target.voided)
    ).all()
    visits = _visits(session, campaign)
    lines = [
        TargetLine(target, place, unit, *visits.get(place.id, (None, None, 0)))
        for target, place, unit in rows
    ]
    return sorted(
        lines, key=lambda line: (line.target.team or "\uffff", line.unit or "", line.establishment.name)
    )


def _visits(session: Session, campaign: Campaign) -> dict[uuid.UUID, tuple[uuid.UUID, date, int]]:
    """For each establishment visited: its newest visit in the campaign, the day, and all violations found there."""
    found = select(func.count()).where(Violation.visit == Visit.id, ~Violation.voided).scalar_subquery()
    rows = session.execute(
        select(Visit.establishment, Visit.id, Visit.visited_on, found)
        .where(Visit.campaign == campaign.id, ~Visit.voided)
        .order_by(Visit.visited_on, Visit.id)
    )
    repeats = merged(session, f"establishments:{campaign.jurisdiction}")
    visits: dict[uuid.UUID, tuple[uuid.UUID, date, int]] = {}
    for visited, visit, day, count in rows:
        place = repeats.get(visited, visited)
        visits[place] = (visit, day, count + visits.get(place, (visit, day, 0))[2])
    return visits


def teams_of(session: Session, campaign: uuid.UUID) -> list[str]:
    """The names of the campaign's teams, by name."""
    rows = session.scalars(
        select(Assignment.team)
        .where(Assignment.campaign == campaign, ~Assignment.voided, Assignment.team.is_not(None))
        .distinct()
    )
    return sorted(team for team in rows if team)


def candidates(session: Session, campaign: Campaign, wanted: Wanted, day: date) -> list[Ranked]:
    """Operating establishments of the campaign's communes that are not on the list yet, the first to visit first."""
    scope = f"establishments:{campaign.jurisdiction}"
    listed = set(
        session.scalars(select(Target.establishment).where(Target.campaign == campaign.id, ~Target.voided))
    )
    query = select(Establishment).where(
        Establishment.scope == scope,
        ~Establishment.voided,
        Establishment.merged_into.is_(None),
        Establishment.operating.is_not(False),
    )
    if wanted.establishment_type:
        query = query.where(Establishment.establishment_type == wanted.establishment_type)
    if wanted.risk:
        query = query.where(Establishment.risk == wanted.risk)
    units = _units(session, campaign, wanted)
    needles = fold(wanted.words).split()
    rows = [
        row
        for row in session.scalars(query)
        if row.id not in listed
        and (units is None or str(row.unit) in units)
        and all(needle in fold(f"{row.name} {row.address or ''}") for needle in needles)
    ]
    last, breaches, petitions = _history(session, scope)
    found = [
        Candidate(
            id=row.id,
            name=row.name,
            unit=row.unit,
            latitude=degrees(row.latitude),
            longitude=degrees(row.longitude),
            risk=row.risk,
            last_visit=last.get(row.id),
            open_breaches=breaches.get(row.id, 0),
            petitions=petitions.get(row.id, 0),
        )
        for row in rows
        if wanted.not_since is None or (visited := last.get(row.id)) is None or visited < wanted.not_since
    ]
    return rank(found, day)


def _units(session: Session, campaign: Campaign, wanted: Wanted) -> set[str] | None:
    """The communes asked for, with those before and after them; None for all."""
    chosen = [wanted.unit] if wanted.unit else campaign.units or []
    if not chosen:
        return None
    relatives = lineage(session)
    return {relative for unit in chosen for relative in relatives.get(unit, {unit})}


def _history(
    session: Session, scope: str
) -> tuple[Mapping[uuid.UUID, date], Mapping[uuid.UUID, int], Mapping[uuid.UUID, int]]:
    """Last visits, breaches whose remedy is not recorded, and petitions not settled, by establishment."""
    repeats = merged(session, scope)
    here = Visit.establishment.in_(select(Establishment.id).where(Establishment.scope == scope))
    breaches: dict[uuid.UUID, int] = {}
    rows = session.execute(
        select(Visit.establishment, func.count())
        .join(Violation, (Violation.visit == Visit.id) & ~Violation.voided)
        .where(here, ~Visit.voided, Violation.remedied_on.is_(None), Violation.corrected.is_not(True))
        .group_by(Visit.establishment)
    )
    for visited, count in rows:
        place = repeats.get(visited, visited)
        breaches[place] = breaches.get(place, 0) + count
    petitions: dict[uuid.UUID, int] = {}
    asked = session.execute(
        select(Complaint.establishment, func.count())
        .where(Complaint.establishment.is_not(None), ~Complaint.voided, Complaint.settled_on.is_(None))
        .group_by(Complaint.establishment)
    )
    for named, count in asked:
        if named is not None:
            place = repeats.get(named, named)
            petitions[place] = petitions.get(place, 0) + count
    return last_visits(session, repeats, here), breaches, petitions


def degrees(value: Decimal | None) -> float | None:
    """A coordinate as distances are reckoned with."""
    return None if value is None else float(value)


def spots_of(lines: Collection[TargetLine]) -> list[Spot]:
    """The targets as places, by the id of the target."""
    return [
        Spot(
            line.target.id,
            line.establishment.unit,
            degrees(line.establishment.latitude),
            degrees(line.establishment.longitude),
        )
        for line in lines
    ]
