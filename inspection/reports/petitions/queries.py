"""The facts of the petition tables and of the reception book, read from the register."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date

from sqlalchemy import Select, Subquery, select
from sqlalchemy.orm import Session

from inspection.complaints.models import Complaint, ComplaintRemedy, ComplaintStep
from inspection.complaints.rules import Channel, Stage, StepKind
from inspection.reports.petitions.facts import MONEY, PEOPLE, CaseFact, ReceptionFact, RemedyFact


def cases(session: Session, jurisdiction: uuid.UUID, last: date) -> list[CaseFact]:
    """The cases received up to ``last`` that are not voided, with what followed."""
    own = _own(jurisdiction, last).subquery()
    replies, reminders = _days(session, own, StepKind.REPLY_RECEIVED), _days(session, own, StepKind.REMINDER)
    remedies: dict[uuid.UUID, list[RemedyFact]] = defaultdict(list)
    query = select(ComplaintRemedy).where(
        ComplaintRemedy.complaint.in_(select(own.c.id)), ~ComplaintRemedy.voided
    )
    for row in session.scalars(query.order_by(ComplaintRemedy.on, ComplaintRemedy.id)):
        named = {name: getattr(row, name) for name in (*MONEY, *PEOPLE)}
        amounts = {name: value for name, value in named.items() if value is not None}
        remedies[row.complaint].append(RemedyFact(row.on, row.stage == Stage.DONE, amounts))
    return [
        CaseFact(
            id=row.id,
            paper=row.paper or row.id,
            kind=row.petition_kind,
            received_on=row.received_on,
            status=row.status,
            channel=row.channel,
            petitioner=row.petitioner_type,
            topic=row.topic,
            level=row.level,
            previously=row.previously,
            processable=row.processable,
            competent=row.competent,
            accepted_on=row.accepted_on,
            settled_on=row.settled_on,
            ended_on=row.ended_on,
            due_on=row.due_on,
            outcome=row.outcome,
            replies=tuple(day for day in replies[row.id] if day <= last),
            reminders=tuple(day for day in reminders[row.id] if day <= last),
            remedies=tuple(remedies[row.id]),
        )
        for row in session.scalars(_own(jurisdiction, last))
    ]


def receptions(session: Session, jurisdiction: uuid.UUID, last: date) -> list[ReceptionFact]:
    """The petitions that were taken at a citizen reception, in the order of the register."""
    query = _own(jurisdiction, last).where(Complaint.channel == Channel.RECEPTION)
    ordered = query.order_by(Complaint.received_on, Complaint.register_year, Complaint.register_number)
    return [
        ReceptionFact(
            received_on=row.received_on,
            kind=row.petition_kind,
            summary=row.summary,
            status=row.status,
            people=row.people,
            settled_by=row.settled_by,
            accepted_on=row.accepted_on,
            receiver=row.receiver,
            closing_number=row.closing_number,
            settled_on=row.settled_on,
            decision_number=row.decision_number,
            outcome=row.outcome,
            note=row.note,
        )
        for row in session.scalars(ordered)
    ]


def _own(jurisdiction: uuid.UUID, last: date) -> Select[Complaint]:
    return select(Complaint).where(
        Complaint.jurisdiction == jurisdiction, Complaint.received_on <= last, ~Complaint.voided
    )


def _days(session: Session, own: Subquery, kind: StepKind) -> dict[uuid.UUID, list[date]]:
    found: dict[uuid.UUID, list[date]] = defaultdict(list)
    query = select(ComplaintStep.complaint, ComplaintStep.happened_on).where(
        ComplaintStep.complaint.in_(select(own.c.id)), ComplaintStep.step == kind.value, ~ComplaintStep.voided
    )
    for complaint, day in session.execute(query.order_by(ComplaintStep.happened_on)):
        found[complaint].append(day)
    return found
