"""Reads of the register. Voided petitions keep their line: a register has no gaps."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from inspection.complaints.models import (
    Complaint,
    ComplaintLink,
    ComplaintRemedy,
    ComplaintStep,
    PetitionerMark,
)
from inspection.complaints.rules import OPEN as OPEN_STATUSES
from inspection.complaints.rules import PetitionKind

OPEN = tuple(status.value for status in OPEN_STATUSES)
NEAR = timedelta(days=60)
"""How far apart two petitions about one establishment may lie to be thought one matter."""

MOST_ALIKE = 20


def register_of(session: Session, jurisdiction: uuid.UUID, year: int) -> list[Complaint]:
    """The book of one jurisdiction and year, by register number."""
    query = select(Complaint).where(Complaint.jurisdiction == jurisdiction, Complaint.register_year == year)
    return list(session.scalars(query.order_by(Complaint.register_number)))


def open_cases(session: Session, jurisdiction: uuid.UUID) -> list[Complaint]:
    """The cases in hand, the first to fall due first."""
    query = select(Complaint).where(
        Complaint.jurisdiction == jurisdiction, Complaint.voided.is_(False), Complaint.status.in_(OPEN)
    )
    return list(session.scalars(query.order_by(Complaint.due_on, Complaint.register_number)))


def overdue(session: Session, jurisdiction: uuid.UUID, day: date) -> list[Complaint]:
    """The open cases whose last day is before ``day``, the longest overdue first."""
    return [row for row in open_cases(session, jurisdiction) if row.due_on is not None and row.due_on < day]


def due_within(session: Session, jurisdiction: uuid.UUID, day: date, days: int) -> list[Complaint]:
    """The open cases that fall due between ``day`` and ``days`` later, both inclusive."""
    last = day + timedelta(days=days)
    return [
        row
        for row in open_cases(session, jurisdiction)
        if row.due_on is not None and day <= row.due_on <= last
    ]


def steps_of(session: Session, complaint: uuid.UUID) -> Sequence[ComplaintStep]:
    """The steps of a case that leave its status as it is, by day."""
    query = select(ComplaintStep).where(ComplaintStep.complaint == complaint, ~ComplaintStep.voided)
    return session.scalars(query.order_by(ComplaintStep.happened_on, ComplaintStep.version)).all()


def remedies_of(session: Session, complaint: uuid.UUID) -> Sequence[ComplaintRemedy]:
    """What a case's decision orders and what of it was carried out, by day."""
    query = select(ComplaintRemedy).where(ComplaintRemedy.complaint == complaint, ~ComplaintRemedy.voided)
    return session.scalars(query.order_by(ComplaintRemedy.on, ComplaintRemedy.version)).all()


def links_of(session: Session, complaint: uuid.UUID) -> Sequence[ComplaintLink]:
    """The links that a case has, and those that other cases have to it."""
    query = select(ComplaintLink).where(
        or_(ComplaintLink.complaint == complaint, ComplaintLink.target == complaint), ~ComplaintLink.voided
    )
    return session.scalars(query.order_by(ComplaintLink.version, ComplaintLink.id)).all()


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that may be the same or a repeat, and why it is thought so."""

    complaint: Complaint
    same_petitioner: bool
    same_subject: bool


def alike(session: Session, row: Complaint) -> list[Alike]:
    """Cases that may be duplicates or repeats of ``row``: by a blind mark of the petitioner, or about the same
    establishment (or the same name) within :data:`NEAR`. A denunciation is compared with denunciations only: that its
    writer also wrote something else would say who it is. Nothing is opened."""
    own, other = aliased(PetitionerMark), aliased(PetitionerMark)
    same_writer = set(
        session.scalars(
            select(other.complaint)
            .join(own, own.mark == other.mark)
            .where(own.complaint == row.id, other.complaint != row.id)
        )
    )
    denunciation = Complaint.petition_kind == PetitionKind.DENUNCIATION
    same = [Complaint.establishment == row.establishment] if row.establishment else []
    same += [Complaint.subject_name == row.subject_name] if row.subject_name else []
    near = Complaint.received_on.between(row.received_on - NEAR, row.received_on + NEAR)
    candidates = session.scalars(
        select(Complaint)
        .where(
            Complaint.jurisdiction == row.jurisdiction,
            Complaint.id != row.id,
            ~Complaint.voided,
            denunciation if row.petition_kind == PetitionKind.DENUNCIATION else ~denunciation,
            or_(Complaint.id.in_(same_writer), or_(False, *same) & near),
        )
        .order_by(Complaint.received_on.desc(), Complaint.id)
        .limit(MOST_ALIKE)
    )
    linked = {link.complaint for link in links_of(session, row.id)} | {
        link.target for link in links_of(session, row.id)
    }
    return [
        Alike(
            one,
            same_petitioner=one.id in same_writer,
            same_subject=bool(
                (row.establishment and one.establishment == row.establishment)
                or (row.subject_name and one.subject_name == row.subject_name)
            ),
        )
        for one in candidates
        if one.id not in linked
    ]
