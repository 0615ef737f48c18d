"""Opening a sealed identity: first the journal says who opens it and why, and only then is the box opened.

What was inside is given to the caller and kept nowhere.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.errors import Refusal
from inspection.complaints.keys import private_key
from inspection.complaints.models import Complaint, IdentityOpening, SealedIdentity
from inspection.complaints.sealing import open_sealed
from inspection.journal.edit import edit
from inspection.journal.operation import Author, Result

PARTS = ("name", "address", "contact")
"""What the office's page seals. Anything else in a box is shown as it is."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity in clear and when it was sealed; ``lines`` holds (part, text), the part empty for unnamed text."""

    sealed_at: datetime
    lines: tuple[tuple[str, str], ...] = field(repr=False)


def may_open(author: Author, complaint: Complaint) -> bool:
    """Whether a case is in the author's hands: its handler, by role and by assignment. A voided case is in nobody's."""
    return (
        not complaint.voided
        and complaint.handler == author.user
        and author.grants.may("create", "identity_opening", complaint.scope)
    )


def record_opening(
    session: Session, author: Author, complaint: Complaint, reason: str, attachment: uuid.UUID | None = None
) -> Result:
    """Write to the journal that ``author`` opens the identity of a case, or an attachment, and why. What is sealed is
    to be read only after this was committed.

    :raises Refusal: ``forbidden`` for anybody but the handler; ``unprocessable`` without a reason.
    """
    if not may_open(author, complaint):
        raise Refusal("forbidden")
    if not reason.strip():
        raise Refusal("unprocessable", errors={"reason": ["Bắt buộc. / Required."]})
    fields = {"complaint": str(complaint.id), "reason": reason.strip()}
    if attachment is not None:
        fields["attachment"] = str(attachment)
    return edit(session, author, kind="identity_opening", scope=complaint.scope, fields=fields)


def identities(session: Session, data_dir: Path, complaint: uuid.UUID) -> list[Identity]:
    """What is sealed with a case, the newest first.

    :raises SealingError: this installation does not hold the key, or a box was altered.
    """
    kept = session.get(SealedIdentity, complaint)
    if kept is None:
        return []
    boxes = [(kept.key, kept.box, kept.created_at)]
    boxes += [
        (each["key"], each["box"], datetime.fromisoformat(each["created_at"]))
        for each in reversed(kept.earlier)
    ]
    return [
        Identity(at, _lines(open_sealed(private_key(data_dir, key), {"key": key, "box": box})))
        for key, box, at in boxes
    ]


def openings_of(session: Session, complaint: uuid.UUID) -> Sequence[IdentityOpening]:
    """Every time the identity or an attachment of a case was opened, the oldest first."""
    query = select(IdentityOpening).where(IdentityOpening.complaint == complaint)
    return session.scalars(query.order_by(IdentityOpening.version)).all()


def _lines(text: str) -> tuple[tuple[str, str], ...]:
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    if not isinstance(said, dict) or not said.keys() <= set(PARTS):
        return (("", text),)
    return tuple((part, str(said[part])) for part in PARTS if said.get(part))
