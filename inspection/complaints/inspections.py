"""Cases and inspections: what a case led to, which cases are behind an inspection, and what may be linked. A person
makes every link and may take it back."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspection.campaigns.models import Campaign
from inspection.complaints.models import Complaint, ComplaintLink
from inspection.complaints.queries import NEAR, links_of
from inspection.complaints.rules import Relation
from inspection.places.models import Establishment
from inspection.visits.living_on import living_on, once_were
from inspection.visits.models import Violation, Visit

MOST_LINKABLE = 50
INSPECTIONS = frozenset({Relation.CAMPAIGN, Relation.VISIT, Relation.VIOLATION})
"""The relations from a case to what was inspected."""


def cases_about(session: Session, targets: Collection[uuid.UUID]) -> Sequence[Complaint]:
    """The cases linked to these inspections, violations or visits: the way back."""
    linked = select(ComplaintLink.complaint).where(ComplaintLink.target.in_(targets), ~ComplaintLink.voided)
    query = select(Complaint).where(or_(Complaint.id.in_(linked), Complaint.visit.in_(targets)))
    return session.scalars(query.order_by(Complaint.register_year, Complaint.register_number)).all()


def cases_behind(session: Session, campaign: Campaign) -> Sequence[Complaint]:
    """The cases that led to an inspection, or that were linked to one of its visits or violations."""
    visits = set(session.scalars(select(Visit.id).where(Visit.campaign == campaign.id)))
    violations = set(session.scalars(select(Violation.id).where(Violation.visit.in_(visits))))
    found = {row.id: row for row in cases_about(session, {campaign.id, *visits, *violations})}
    named = session.get(Complaint, campaign.complaint) if campaign.complaint else None
    return [*found.values(), *([named] if named is not None and named.id not in found else [])]


def cases_of_visit(session: Session, visit: Visit) -> Sequence[Complaint]:
    """The cases linked to a visit or to one that was merged into it, to a violation found there, or to its inspection
    as a whole."""
    visits = once_were(session, visit.id)
    violations = session.scalars(select(Violation.id).where(Violation.visit.in_(visits)))
    targets = {*visits, visit.campaign, *violations}
    campaign = session.get(Campaign, visit.campaign)
    named = {campaign.complaint} if campaign is not None and campaign.complaint else set()
    found = {row.id: row for row in cases_about(session, targets)}
    missing = named - found.keys()
    return [*found.values(), *session.scalars(select(Complaint).where(Complaint.id.in_(missing)))]


def inspection_links(session: Session, complaint: uuid.UUID) -> list[ComplaintLink]:
    """The links of a case to inspections, visits and violations, the oldest first."""
    return [
        link
        for link in links_of(session, complaint)
        if link.complaint == complaint and link.relation in INSPECTIONS
    ]


def linked_to(session: Session, complaint: uuid.UUID) -> set[uuid.UUID]:
    """The inspections, visits and violations that a case is linked to, as what they live on as."""
    return set(living_on(session, {link.target for link in inspection_links(session, complaint)}).values())


@dataclass(frozen=True, slots=True)
class Linkable:
    """What a case may be linked to and is not yet: inspections, and visits with what each found."""

    campaigns: tuple[Campaign, ...]
    visits: tuple[tuple[Visit, tuple[Violation, ...]], ...]


def linkable(session: Session, row: Complaint, words: str = "") -> Linkable:
    """What a person may want to link to a case, the newest first: inspections that ended later than :data:`NEAR` before
    its receipt, and their visits; only visits to establishments whose name has ``words``, if there are any, and
    otherwise to the establishment that the case names, if it names one."""
    taken = linked_to(session, row.id)
    since = row.received_on - NEAR
    campaigns = session.scalars(
        select(Campaign)
        .where(Campaign.jurisdiction == row.jurisdiction, ~Campaign.voided, Campaign.ends_on >= since)
        .order_by(Campaign.starts_on.desc(), Campaign.id)
        .limit(MOST_LINKABLE)
    ).all()
    visits = select(Visit).where(
        Visit.campaign.in_([one.id for one in campaigns]), ~Visit.voided, Visit.visited_on >= since
    )
    if words:
        pattern = f"%{words.replace('%', '').replace('_', ' ')}%"
        visits = visits.where(
            Visit.establishment.in_(select(Establishment.id).where(Establishment.name.ilike(pattern)))
        )
    elif row.establishment:
        visits = visits.where(Visit.establishment == row.establishment)
    listed = session.scalars(visits.order_by(Visit.visited_on.desc(), Visit.id).limit(MOST_LINKABLE)).all()
    found = violations_on(session, [one.id for one in listed])
    return Linkable(
        tuple(one for one in campaigns if one.id not in taken),
        tuple((one, tuple(each for each in found[one.id] if each.id not in taken)) for one in listed),
    )


def jurisdiction_of(session: Session, relation: Relation, target: uuid.UUID) -> uuid.UUID | None:
    """The jurisdiction of what a case is to be linked to; None when there is no such thing."""
    visit = target if relation is Relation.VISIT else None
    if relation is Relation.VIOLATION:
        violation = session.get(Violation, target)
        visit = violation.visit if violation is not None and not violation.voided else None
    if relation is not Relation.CAMPAIGN:
        found = session.get(Visit, visit) if visit is not None else None
        target = found.campaign if found is not None and not found.voided else uuid.UUID(int=0)
    campaign = session.get(Campaign, target)
    return campaign.jurisdiction if campaign is not None and not campaign.voided else None


def found_of(session: Session, complaint: uuid.UUID) -> list[date]:
    """The days on which the violations linked to a case were found."""
    targets = linked_to(session, complaint)
    query = select(Violation.found_on, Visit.visited_on).join(Visit, Visit.id == Violation.visit)
    rows = session.execute(query.where(Violation.id.in_(targets), ~Violation.voided))
    return [found or visited for found, visited in rows]


def violations_on(session: Session, visits: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Violation]]:
    """What was found on each of these visits."""
    found: dict[uuid.UUID, list[Violation]] = defaultdict(list)
    query = select(Violation).where(Violation.visit.in_(visits), ~Violation.voided).order_by(Violation.id)
    for violation in session.scalars(query):
        found[violation.visit].append(violation)
    return found


@dataclass(frozen=True, slots=True)
class Triggered:
    """An inspection that a case led to, with its visits and what each found."""

    campaign: Campaign
    visits: tuple[tuple[Visit, tuple[Violation, ...]], ...]


def triggered_by(session: Session, complaint: uuid.UUID) -> list[Triggered]:
    """The unannounced inspections that name the case, and those that a person linked to it."""
    targets = linked_to(session, complaint)
    of_violations = select(Violation.visit).where(Violation.id.in_(targets))
    of_visits = select(Visit.campaign).where(or_(Visit.id.in_(targets), Visit.id.in_(of_violations)))
    campaigns = session.scalars(
        select(Campaign)
        .where(
            or_(Campaign.complaint == complaint, Campaign.id.in_(targets), Campaign.id.in_(of_visits)),
            ~Campaign.voided,
        )
        .order_by(Campaign.starts_on, Campaign.id)
    ).all()
    visits = session.scalars(
        select(Visit)
        .where(Visit.campaign.in_([one.id for one in campaigns]), ~Visit.voided)
        .order_by(Visit.visited_on, Visit.id)
    ).all()
    found = violations_on(session, [visit.id for visit in visits])
    return [
        Triggered(one, tuple((visit, tuple(found[visit.id])) for visit in visits if visit.campaign == one.id))
        for one in campaigns
    ]
