"""Reads of checklists and of the violation catalogue on a day. Voided records are left out."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspection.checklists.models import Checklist, ViolationType


def editions_on(session: Session, scope: str, day: date) -> list[Checklist]:
    """The checklist editions of a reference scope in force on ``day``, one a domain, by code."""
    query = select(Checklist).where(
        Checklist.scope == scope,
        Checklist.voided.is_(False),
        Checklist.valid_from <= day,
        or_(Checklist.valid_to.is_(None), Checklist.valid_to >= day),
    )
    return list(session.scalars(query.order_by(Checklist.code)))


def violation_types_on(session: Session, scope: str, day: date) -> list[ViolationType]:
    """The acts of the catalogue of a reference scope in force on ``day``, by code."""
    query = select(ViolationType).where(
        ViolationType.scope == scope,
        ViolationType.voided.is_(False),
        ViolationType.valid_from <= day,
        or_(ViolationType.valid_to.is_(None), ViolationType.valid_to >= day),
    )
    return list(session.scalars(query.order_by(ViolationType.code)))


def editions_of(session: Session, scope: str, code: str) -> list[Checklist]:
    """Every edition of a checklist by number, voided ones included."""
    query = select(Checklist).where(Checklist.scope == scope, Checklist.code == code)
    return list(session.scalars(query.order_by(Checklist.edition).execution_options(populate_existing=True)))
