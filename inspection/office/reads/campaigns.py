"""Campaigns with their counts, teams and visits."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspection.campaigns.models import Assignment, Campaign, Target
from inspection.journal.models import ConflictRow
from inspection.office.reads.measurements import failed_in, outcomes
from inspection.people.models import Agency, Person
from inspection.places.merging import merged
from inspection.places.models import Establishment, Unit
from inspection.visits.models import Violation, Visit

VISITS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a campaign is. ``planned`` counts its target list or, without one, the operating establishments in its
    units; ``reached`` those of them that were visited. An establishment that was visited twice counts once; ``passed``
    and ``breached`` (a violation was found, or a measurement or a sample failed) add up to ``visited``."""

    planned: int = 0
    reached: int = 0
    visited: int = 0
    breached: int = 0
    conflicts: int = 0
    listed: bool = False

    @property
    def passed(self) -> int:
        """Visited, with nothing found and nothing failed."""
        return self.visited - self.breached


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit in a campaign's list."""

    visit: Visit
    establishment: str
    lead: str | None
    violations: int
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """One assignment with the names it stands for."""

    assignment: Assignment
    full_name: str
    agency_vi: str | None
    agency_en: str | None


def campaigns_in(session: Session, scopes: Collection[str]) -> list[Campaign]:
    """Campaigns of these scopes that are not voided, the newest first."""
    ids = [uuid.UUID(scope.partition(":")[2]) for scope in scopes if scope.startswith("campaign:")]
    found: list[Campaign] = []
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        found += session.scalars(select(Campaign).where(Campaign.id.in_(some), ~Campaign.voided))
    return sorted(found, key=lambda campaign: (campaign.starts_on, campaign.name), reverse=True)


def campaigns_of(session: Session, jurisdiction: uuid.UUID | None) -> list[tuple[str, str]]:
    """Ids and names of a district's campaigns, the newest first."""
    rows = session.execute(
        select(Campaign.id, Campaign.name)
        .where(Campaign.jurisdiction == jurisdiction, ~Campaign.voided)
        .order_by(Campaign.starts_on.desc())
    )
    return [(str(identifier), name) for identifier, name in rows]


def counts_of(session: Session, campaigns: Sequence[Campaign]) -> dict[uuid.UUID, Counts]:
    """The counts of each campaign, in a fixed number of queries."""
    ids = [campaign.id for campaign in campaigns]
    if not ids:
        return {}
    visited = _by_campaign(session, campaigns, violated=False)
    breached = _by_campaign(session, campaigns, violated=True)
    for campaign, shops in _grouped(session, campaigns, failed_in(session, ids)).items():
        breached[campaign] = breached.get(campaign, set()) | shops
    scopes = {campaign.scope: campaign.id for campaign in campaigns}
    open_rows = session.execute(
        select(ConflictRow.scope, func.count())
        .where(ConflictRow.open, ConflictRow.scope.in_(scopes))
        .group_by(ConflictRow.scope)
    )
    conflicts = {scopes[scope]: count for scope, count in open_rows}
    planned, lists = _planned(session, campaigns), _listed(session, ids)
    return {
        one: _counted(
            lists.get(one),
            planned.get(one, 0),
            visited.get(one, set()),
            breached.get(one, set()),
            conflicts.get(one, 0),
        )
        for one in ids
    }


def _counted(
    listed: set[uuid.UUID] | None,
    planned: int,
    visited: set[uuid.UUID],
    breached: set[uuid.UUID],
    conflicts: int,
) -> Counts:
    if listed is None:
        return Counts(planned, min(len(visited), planned), len(visited), len(breached), conflicts)
    return Counts(len(listed), len(visited & listed), len(visited), len(breached), conflicts, listed=True)


def _listed(session: Session, ids: list[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The target list of every campaign that has one."""
    rows = session.execute(
        select(Target.campaign, Target.establishment).where(Target.campaign.in_(ids), ~Target.voided)
    )
    listed: dict[uuid.UUID, set[uuid.UUID]] = {}
    for campaign, establishment in rows:
        listed.setdefault(campaign, set()).add(establishment)
    return listed


def _by_campaign(
    session: Session, campaigns: Sequence[Campaign], *, violated: bool
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The establishments that each campaign visited, or found in breach."""
    query = select(Visit.campaign, Visit.establishment).distinct()
    if violated:
        query = query.join(Violation, (Violation.visit == Visit.id) & ~Violation.voided)
    wanted = [campaign.id for campaign in campaigns]
    rows = session.execute(query.where(Visit.campaign.in_(wanted), ~Visit.voided))
    return _grouped(session, campaigns, ((campaign, visited) for campaign, visited in rows))


def _grouped(
    session: Session, campaigns: Sequence[Campaign], pairs: Iterable[tuple[uuid.UUID, uuid.UUID]]
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Establishments by campaign, those that repeat one another as one."""
    repeats = merged(session, *{f"establishments:{campaign.jurisdiction}" for campaign in campaigns})
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for campaign, visited in pairs:
        found.setdefault(campaign, set()).add(repeats.get(visited, visited))
    return found


def _planned(session: Session, campaigns: Sequence[Campaign]) -> dict[uuid.UUID, int]:
    """Operating establishments in the units of each campaign. An establishment that was entered after a
    reform stands in a unit that took the place of the campaign's, so units count with those before and after
    them."""
    scopes = {f"establishments:{campaign.jurisdiction}" for campaign in campaigns}
    rows = session.execute(
        select(Establishment.scope, Establishment.unit, func.count())
        .where(
            Establishment.scope.in_(scopes),
            ~Establishment.voided,
            Establishment.merged_into.is_(None),
            Establishment.operating.is_not(False),
        )
        .group_by(Establishment.scope, Establishment.unit)
    ).all()
    relatives = lineage(session)
    planned: dict[uuid.UUID, int] = {}
    for campaign in campaigns:
        units = {relative for unit in campaign.units or [] for relative in relatives.get(unit, {unit})}
        planned[campaign.id] = sum(
            count
            for scope, unit, count in rows
            if scope == f"establishments:{campaign.jurisdiction}" and (not units or str(unit) in units)
        )
    return planned


def lineage(session: Session) -> dict[str, set[str]]:
    """Every unit with itself, the units it came from and those that came from it, through any number of
    reforms."""
    before = {
        str(unit): set(predecessors or [])
        for unit, predecessors in session.execute(select(Unit.id, Unit.predecessors))
    }
    after: dict[str, set[str]] = {}
    for unit, predecessors in before.items():
        for predecessor in predecessors:
            after.setdefault(predecessor, set()).add(unit)
    return {unit: _reach(unit, before) | _reach(unit, after) for unit in before}


def _reach(unit: str, steps: dict[str, set[str]]) -> set[str]:
    found, waiting = {unit}, [unit]
    while waiting:
        for following in steps.get(waiting.pop(), set()) - found:
            found.add(following)
            waiting.append(following)
    return found


def team_of(session: Session, campaign: uuid.UUID) -> list[Member]:
    """The present team, leads first."""
    rows = session.execute(
        select(Assignment, Person.full_name, Agency.name_vi, Agency.name_en)
        .join(Person, Person.id == Assignment.person, isouter=True)
        .join(Agency, Agency.id == func.coalesce(Assignment.agency, Person.agency), isouter=True)
        .where(Assignment.campaign == campaign, ~Assignment.voided)
    )
    members = [
        Member(assignment, name or str(assignment.person), vi, en) for assignment, name, vi, en in rows
    ]
    return sorted(members, key=lambda member: (member.assignment.duty != "lead", member.full_name))


def visits_of(session: Session, campaign: uuid.UUID, page: int) -> tuple[list[VisitLine], int]:
    """One page of a campaign's visits, the newest first, and how many there are."""
    total = (
        session.scalar(
            select(func.count()).select_from(Visit).where(Visit.campaign == campaign, ~Visit.voided)
        )
        or 0
    )
    found = select(func.count()).where(Violation.visit == Visit.id, ~Violation.voided).scalar_subquery()
    rows = session.execute(
        select(Visit, Establishment.name, Person.full_name, found)
        .join(Establishment, Establishment.id == Visit.establishment, isouter=True)
        .join(Person, Person.id == Visit.lead, isouter=True)
        .where(Visit.campaign == campaign, ~Visit.voided)
        .order_by(Visit.visited_on.desc(), Visit.id.desc())
        .limit(VISITS_A_PAGE)
        .offset((page - 1) * VISITS_A_PAGE)
    )
    shown = list(rows)
    measured = outcomes(session, [visit for visit, *_ in shown])
    return [
        VisitLine(visit, name or "—", lead, violations, measured.get(visit.id))
        for visit, name, lead, violations in shown
    ], total


def conflicts_in(session: Session, scope: str) -> Sequence[ConflictRow]:
    """Open conflicts of one scope."""
    return session.scalars(
        select(ConflictRow)
        .where(ConflictRow.scope == scope, ConflictRow.open)
        .order_by(ConflictRow.target_kind)
    ).all()
