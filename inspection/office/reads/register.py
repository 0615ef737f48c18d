"""The complaint register: lists, filters, what is due."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from inspection.complaints.models import Complaint
from inspection.complaints.queries import OPEN
from inspection.people.models import Person
from inspection.places.models import Establishment, Unit

ROWS_A_PAGE = 50
SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many open cases there are, how many of them are past their day, and how many fall due within three
    days."""

    open: int
    overdue: int
    soon: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What the register's list is narrowed to; an empty text narrows nothing."""

    status: str = ""
    petition_kind: str = ""
    year: str = ""
    words: str = ""
    due: str = ""

    @property
    def anything(self) -> bool:
        """Whether the reader narrowed the list at all."""
        return bool(self.status or self.petition_kind or self.year or self.words or self.due)


@dataclass(frozen=True, slots=True)
class Case:
    """A case in a list, with its handler's name."""

    complaint: Complaint
    handler: str | None


def _visible(scopes: Collection[str]) -> Select[Complaint, str]:
    """Cases of these scopes, voided ones too: a register has no gaps. All cases of a register fit one list of
    ids: a district writes some hundred a year."""
    ids = [uuid.UUID(scope.partition(":")[2]) for scope in scopes if scope.startswith("complaint:")]
    query = select(Complaint, Person.full_name).join(Person, Person.id == Complaint.handler, isouter=True)
    return query.where(Complaint.id.in_(ids))


def _open(scopes: Collection[str]) -> Select[Complaint, str]:
    return _visible(scopes).where(~Complaint.voided, Complaint.status.in_(OPEN))


def open_cases(session: Session, scopes: Collection[str], most: int) -> list[Case]:
    """The open cases that fall due first."""
    query = (
        _open(scopes)
        .order_by(Complaint.due_on.is_(None), Complaint.due_on, Complaint.received_on)
        .limit(most)
    )
    return [Case(complaint, handler) for complaint, handler in session.execute(query)]


def standing(session: Session, scopes: Collection[str], today: date) -> Standing:
    """How the open cases stand today."""
    days = [case.due_on for case in session.scalars(_open(scopes))]
    known = [day for day in days if day is not None]
    overdue = sum(day < today for day in known)
    soon = sum(today <= day <= today + SOON for day in known)
    return Standing(open=len(days), overdue=overdue, soon=soon)


def cases(
    session: Session, scopes: Collection[str], filters: Filters, today: date, page: int
) -> tuple[list[Case], int]:
    """One page of the register, the newest number first, and how many cases fit."""
    query = _visible(scopes)
    if filters.status:
        query = query.where(Complaint.status == filters.status)
    if filters.petition_kind:
        query = query.where(Complaint.petition_kind == filters.petition_kind)
    if filters.year.isascii() and filters.year.isdigit():
        query = query.where(Complaint.register_year == int(filters.year[:4]))
    if filters.due == "overdue":
        query = query.where(Complaint.due_on < today, ~Complaint.voided, Complaint.status.in_(OPEN))
    if filters.due == "soon":
        query = query.where(
            Complaint.due_on.between(today, today + SOON), ~Complaint.voided, Complaint.status.in_(OPEN)
        )
    if filters.due == "nobody":
        gone = or_(Complaint.handler.is_(None), Person.id.is_(None), Person.active.is_(False), Person.voided)
        query = query.where(gone, ~Complaint.voided, Complaint.status.in_(OPEN))
    if filters.words:
        pattern = f"%{filters.words.replace('%', '').replace('_', ' ')}%"
        query = query.where(or_(Complaint.summary.ilike(pattern), Complaint.subject_name.ilike(pattern)))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.execute(
        query.order_by(Complaint.register_year.desc(), Complaint.register_number.desc())
        .limit(ROWS_A_PAGE)
        .offset((page - 1) * ROWS_A_PAGE)
    )
    return [Case(complaint, handler) for complaint, handler in rows], total


def years(session: Session, scopes: Collection[str]) -> Sequence[int]:
    """The years of the register, the newest first."""
    listed = _visible(scopes).subquery()
    found = session.scalars(select(listed.c.register_year).distinct().order_by(listed.c.register_year.desc()))
    return [year for year in found if year is not None]


def pointed_names(session: Session, complaint: Complaint) -> dict[str, str | None]:
    """The names of the establishment and the unit that a case speaks of."""
    establishment = session.get(Establishment, complaint.establishment) if complaint.establishment else None
    unit = session.get(Unit, complaint.unit) if complaint.unit else None
    return {
        "establishment": establishment.name if establishment else None,
        "unit": unit.name if unit else None,
    }
