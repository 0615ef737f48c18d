"""What an auditor opened is itself in the journal: once for each auditor, file and day."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy.orm import Session

from inspection.complaints.models import Complaint, Reading
from inspection.journal.edit import edit
from inspection.journal.operation import Author


def reading_id(complaint: uuid.UUID, person: uuid.UUID, day: date) -> uuid.UUID:
    """The id of a reading: opening a file again on the same day says nothing new."""
    return uuid.uuid5(complaint, f"reading\n{person}\n{day.isoformat()}")


def is_noted(session: Session, complaint: uuid.UUID, person: uuid.UUID, day: date) -> bool:
    """Whether the journal says already that ``person`` opened the file on ``day``."""
    return session.get(Reading, reading_id(complaint, person, day)) is not None


def note(session: Session, author: Author, complaint: Complaint, day: date) -> None:
    """Say in the journal that ``author`` opened the file. Whoever works on a file needs no note: only a person who may
    note readings reads as an auditor."""
    if author.grants.may("create", "reading", complaint.scope):
        edit(
            session,
            author,
            kind="reading",
            scope=complaint.scope,
            record=reading_id(complaint.id, author.user, day),
            fields={"complaint": str(complaint.id), "opened_on": day.isoformat()},
        )
