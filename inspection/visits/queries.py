"""Reads of one visit with everything recorded on it. Voided records are left out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.campaigns.models import Campaign
from inspection.checklists.models import Checklist
from inspection.checklists.rules import editions_of_visit
from inspection.measurement.models import InstrumentCheck, PackageCheck, Sample
from inspection.measurement.queries import instruments_of, packages_of, samples_of
from inspection.places.models import Establishment
from inspection.visits.models import Answer, Measure, Signature, Violation, Visit


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """A visit and what belongs to it: answers by item and subject, the rest in order of creation."""

    visit: Visit
    answers: list[Answer]
    violations: list[Violation]
    measures: list[Measure]
    signatures: list[Signature]
    instruments: list[InstrumentCheck]
    packages: list[PackageCheck]
    samples: list[Sample]


def visit_record(session: Session, visit: uuid.UUID) -> VisitRecord | None:
    """Everything of one visit; None when there is no such visit."""
    found = session.get(Visit, visit)
    if found is None:
        return None
    answers = (
        select(Answer)
        .where(Answer.visit == visit, Answer.voided.is_(False))
        .order_by(Answer.item, Answer.subject)
    )
    violations = (
        select(Violation).where(Violation.visit == visit, Violation.voided.is_(False)).order_by(Violation.id)
    )
    measures = select(Measure).where(Measure.visit == visit, Measure.voided.is_(False)).order_by(Measure.id)
    signatures = (
        select(Signature).where(Signature.visit == visit, Signature.voided.is_(False)).order_by(Signature.id)
    )
    return VisitRecord(
        found,
        list(session.scalars(answers)),
        list(session.scalars(violations)),
        list(session.scalars(measures)),
        list(session.scalars(signatures)),
        instruments_of(session, visit),
        packages_of(session, visit),
        samples_of(session, visit),
    )


def checklists_of(session: Session, visit: Visit) -> list[Checklist]:
    """The checklist editions that the visit is made with, see :func:`rules.editions_of_visit`: those it names, else of
    its campaign's checklists those in force on its day and meant for its establishment."""
    campaign = session.get(Campaign, visit.campaign)
    if campaign is None:
        return []
    scope = f"reference:{campaign.jurisdiction}"
    every = list(
        session.scalars(select(Checklist).where(Checklist.scope == scope, Checklist.voided.is_(False)))
    )
    planned = set(campaign.checklists or ())
    codes = {each.code for each in every if str(each.id) in planned}
    pinned = [uuid.UUID(each) for each in visit.checklists or ()]
    shop = session.get(Establishment, visit.establishment)
    kind, risk = (shop.establishment_type, shop.risk) if shop else (None, None)
    return editions_of_visit(pinned, codes, every, visit.visited_on, kind, risk)


def visits_of(session: Session, campaign: uuid.UUID) -> list[Visit]:
    """The visits of a campaign by day."""
    query = select(Visit).where(Visit.campaign == campaign, Visit.voided.is_(False))
    return list(session.scalars(query.order_by(Visit.visited_on, Visit.id)))
