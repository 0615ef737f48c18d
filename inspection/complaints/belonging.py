"""Whose a case is: the inspector's who took it down, the handler's who has it; its jurisdiction's."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.complaints.models import Complaint
from inspection.journal.models import Entry
from inspection.people.belonging import Belonging
from inspection.people.permissions import Role


def _own(session: Session, person: uuid.UUID, roles: frozenset[Role]) -> Iterable[str]:
    own: set[str] = set()
    if Role.INSPECTOR in roles:
        opened = select(Complaint.scope).join(Entry, (Entry.scope == Complaint.scope) & (Entry.seq == 1))
        own.update(session.scalars(opened.where(Entry.user == person)))
    if Role.HANDLER in roles:
        own.update(session.scalars(select(Complaint.scope).where(Complaint.handler == person)))
    return own


def _within(session: Session, jurisdiction: uuid.UUID) -> Iterable[str]:
    return session.scalars(select(Complaint.scope).where(Complaint.jurisdiction == jurisdiction))


CASES = Belonging(_own, _within)
