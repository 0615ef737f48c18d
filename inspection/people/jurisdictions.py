"""For whom the house works: everybody who has reference data in the journal."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.extensions import now
from inspection.journal.models import Scope
from inspection.journal.operation import Author
from inspection.people.grants import system_grants
from inspection.people.operations import SYSTEM_PERSON, system_device


def jurisdictions(session: Session) -> list[uuid.UUID]:
    """Their ids."""
    scopes = session.scalars(select(Scope.id).where(Scope.id.like("reference:%")).order_by(Scope.id))
    return [uuid.UUID(scope.partition(":")[2]) for scope in scopes]


def system_author(session: Session, jurisdiction: uuid.UUID) -> Author:
    """The server itself, for what a job writes in the journal of ``jurisdiction``."""
    return Author(system_device(session, now()).id, SYSTEM_PERSON, system_grants(SYSTEM_PERSON, jurisdiction))
