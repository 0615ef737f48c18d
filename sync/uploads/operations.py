"""Beginning, finding and giving up an upload. They flush and never commit."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from config.errors import Refusal
from inspection.evidence.models import Evidence
from inspection.evidence.queries import made_by
from inspection.people.access import Caller
from inspection.people.permissions import Verb
from sync.uploads.models import LIFETIME, Upload


def sendable(session: Session, caller: Caller, evidence_id: uuid.UUID) -> Evidence:
    """The evidence whose bytes the caller may send: everybody who may make evidence in its scope, and whoever made
    this record. An inspector who has left the team still holds photos that nobody else has, and can send no other
    bytes than the record announced.

    :raises Refusal: ``not_found`` when the caller may not even read it, ``forbidden`` when no more than that.
    """
    evidence = session.get(Evidence, evidence_id)
    if evidence is None:
        raise Refusal("not_found")
    allowed = caller.grants.may(Verb.CREATE, "evidence", evidence.scope)
    if not allowed and made_by(session, evidence) != caller.person:
        readable = caller.grants.may(Verb.READ, "evidence", evidence.scope)
        raise Refusal("forbidden" if readable else "not_found")
    return evidence


def begin(session: Session, caller: Caller, evidence: Evidence, at: datetime) -> Upload:
    """The upload of an evidence that is not stored: begun now, or the one that is under way with a new lease. Two
    requests that begin it together begin one."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    session.execute(
        insert(Upload)
        .values(
            id=evidence.id,
            device=caller.device,
            person=caller.person,
            length=evidence.size,
            created_at=at,
            expires_at=at + LIFETIME,
        )
        .on_conflict_do_nothing()
    )
    session.execute(update(Upload).where(Upload.id == evidence.id).values(expires_at=at + LIFETIME))
    return session.get_one(Upload, evidence.id, populate_existing=True)


def known(session: Session, upload: uuid.UUID) -> Upload:
    """An upload that was begun, expired or not.

    :raises Refusal: ``not_found``.
    """
    found = session.get(Upload, upload, populate_existing=True)
    if found is None:
        raise Refusal("not_found")
    return found


def under_way(session: Session, upload: uuid.UUID, at: datetime) -> Upload:
    """An upload that still waits for bytes.

    :raises Refusal: ``not_found`` or ``upload_expired``.
    """
    found = known(session, upload)
    if found.expires_at <= at:
        raise Refusal("upload_expired")
    return found


def end(session: Session, upload: uuid.UUID) -> None:
    """Forget an upload: its bytes are stored, or given up."""
    session.execute(delete(Upload).where(Upload.id == upload))
