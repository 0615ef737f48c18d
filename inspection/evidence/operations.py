"""What happens to the bytes of evidence once they are all here: examined, kept, noted in the journal.

The steps stand apart because they cannot be one transaction: first the bytes are in the storage, then the journal
says so. Each may be repeated, so whoever finds the work half done finishes it.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.errors import Refusal
from config.storage import CHUNK, Storage, StorageError
from inspection.evidence.models import Evidence
from inspection.evidence.rules import HEAD, content_key, real_media_type
from inspection.journal import store
from inspection.journal.edit import edit
from inspection.journal.operation import Author, Status
from inspection.journal.state import moved_to
from inspection.people.grants import system_grants
from inspection.people.operations import SYSTEM_PERSON, system_device


@dataclass(frozen=True, slots=True)
class Announced:
    """Which bytes a record announced: hex SHA-256, number of bytes, media type. It outlives the transaction that
    read it, as examining and storing take a while."""

    sha256: str
    size: int
    media_type: str


def announced(session: Session, evidence_id: uuid.UUID) -> Announced:
    """What a record announced."""
    evidence = session.get_one(Evidence, evidence_id)
    return Announced(evidence.sha256, evidence.size, evidence.media_type)


def examine(wanted: Announced, stream: BinaryIO) -> None:
    """Check that ``stream`` gives the bytes that were announced.

    :raises Refusal: ``checksum_mismatch`` when size or SHA-256 differ, ``wrong_media_type`` when the bytes are not
        what the record says, whatever their name.
    """
    digest, size, head = hashlib.sha256(), 0, b""
    while piece := stream.read(CHUNK):
        head = head or piece[:HEAD]
        digest.update(piece)
        size += len(piece)
    if size != wanted.size or digest.hexdigest() != wanted.sha256:
        raise Refusal("checksum_mismatch")
    if real_media_type(head) != wanted.media_type:
        raise Refusal("wrong_media_type")


def keep(storage: Storage, wanted: Announced, stream: BinaryIO) -> None:
    """Put examined bytes into the storage under their SHA-256; the same bytes are put there once.

    :raises StorageError: when the storage cannot be reached, or the bytes changed since they were examined.
    :raises OSError: when the disk is full or fails.
    """
    key = content_key(wanted.sha256)
    if storage.exists(key):
        return
    if storage.put(key, stream).sha256 != wanted.sha256:
        storage.delete(key)
        raise StorageError(f"{key}: other bytes arrived in the storage")


def note_stored(session: Session, evidence_id: uuid.UUID, at: datetime) -> None:
    """Let the journal say that the bytes are stored, so that every phone learns of it. Once is enough.

    The same is said of the records as which it lives on, when its visit was merged or moved while the bytes were on
    their way.
    """
    evidence = session.get_one(Evidence, evidence_id)
    later = _later_visits(session, evidence.visit)
    heads = store.lock_scopes(session, {evidence.scope, *later.values()}, ())
    session.refresh(evidence)
    same = select(Evidence).where(
        Evidence.visit.in_(later), Evidence.sha256 == evidence.sha256, Evidence.size == evidence.size
    )
    for each in (evidence, *session.scalars(same)):
        if not each.stored:
            _note(session, each, heads[each.scope].seq, at)


def _later_visits(session: Session, visit: uuid.UUID) -> dict[uuid.UUID, str]:
    """The visits as which a visit lives on, with their scopes."""
    later: dict[uuid.UUID, str] = {}
    while (loaded := store.load_records(session, [visit]).get(visit)) is not None:
        found = moved_to(loaded.state)
        if found is None or uuid.UUID(found) in later:
            break
        visit = uuid.UUID(found)
        later[visit] = store.load_records(session, [visit])[visit].scope
    return later


def _note(session: Session, evidence: Evidence, seen: int, at: datetime) -> None:
    """The operation is based on the head of its scope, read under the scope's lock: the server has seen everything, a
    void too, and objects to none of it."""
    device = system_device(session, at)
    result = edit(
        session,
        Author(device.id, SYSTEM_PERSON, system_grants(SYSTEM_PERSON), server=True),
        kind="evidence",
        scope=evidence.scope,
        record=evidence.id,
        fields={"stored": True},
        base=store.generations(session).version(seen),
    )
    if result.status not in (Status.APPLIED, Status.MERGED):
        raise RuntimeError(f"evidence {evidence.id}: {result.status} {result.error}")
