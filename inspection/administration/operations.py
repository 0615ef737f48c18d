"""Noting what was done to somebody's access, and reading it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.extensions import now
from inspection.administration.kinds import Act
from inspection.administration.models import AccessEvent
from inspection.journal.edit import edit
from inspection.journal.operation import Author, Status
from inspection.people.grants import system_grants
from inspection.people.operations import SYSTEM_PERSON, system_device
from inspection.people.policy import scope_of

EVENTS_SHOWN = 200


def note(
    session: Session,
    jurisdiction: uuid.UUID | None,
    act: Act,
    *,
    person: uuid.UUID | None,
    author: Author | None = None,
    device: uuid.UUID | None = None,
    words: str | None = None,
) -> None:
    """Write an act to the journal, in the transaction that does it. ``author`` is the administrator who acts; without
    one it is the server that notes what a person did to their own access."""
    if jurisdiction is None:
        return
    if author is None:
        own = system_device(session, now())
        author = Author(own.id, SYSTEM_PERSON, system_grants(SYSTEM_PERSON, jurisdiction), server=True)
    said = {"act": act.value, "person": person, "device": device, "note": words}
    fields = {name: str(value) for name, value in said.items() if value is not None}
    result = edit(session, author, kind="access_event", scope=scope_of(jurisdiction), fields=fields)
    if result.status is not Status.APPLIED:
        raise RuntimeError(f"{act} was not noted: {result.error}")


def events(session: Session, jurisdiction: uuid.UUID | None) -> Sequence[AccessEvent]:
    """What was done, the newest first."""
    query = select(AccessEvent).where(AccessEvent.scope == f"administration:{jurisdiction}")
    return session.scalars(query.order_by(AccessEvent.version.desc()).limit(EVENTS_SHOWN)).all()
