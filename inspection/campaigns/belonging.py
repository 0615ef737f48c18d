"""Whose a campaign is: an inspector's who is in its team; its jurisdiction's."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.campaigns.models import Assignment, Campaign
from inspection.people.belonging import Belonging
from inspection.people.permissions import Role


def _own(session: Session, person: uuid.UUID, roles: frozenset[Role]) -> Iterable[str]:
    if Role.INSPECTOR not in roles:
        return ()
    return session.scalars(select(Assignment.scope).where(Assignment.person == person, ~Assignment.voided))


def _within(session: Session, jurisdiction: uuid.UUID) -> Iterable[str]:
    return session.scalars(select(Campaign.scope).where(Campaign.jurisdiction == jurisdiction))


CAMPAIGNS = Belonging(_own, _within)
