"""Reads of the register. Voided petitions keep their line: a register has no gaps."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.complaints.models import Complaint
from inspection.complaints.rules import Status

OPEN = (Status.RECEIVED.value, Status.ACCEPTED.value)


def register_of(session: Session, jurisdiction: uuid.UUID, year: int) -> list[Complaint]:
    """The book of one jurisdiction and year, by register number."""
    query = select(Complaint).where(Complaint.jurisdiction == jurisdiction, Complaint.register_year == year)
    return list(session.scalars(query.order_by(Complaint.register_number)))


def overdue(session: Session, jurisdiction: uuid.UUID, day: date) -> list[Complaint]:
    """The open cases whose last day is before ``day``, the longest overdue first."""
    query = select(Complaint).where(
        Complaint.jurisdiction == jurisdiction,
        Complaint.voided.is_(False),
        Complaint.status.in_(OPEN),
        Complaint.due_on < day,
    )
    return list(session.scalars(query.order_by(Complaint.due_on, Complaint.register_number)))
