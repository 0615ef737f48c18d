"""Scans and files of a case, sealed before any disk sees them: handwriting names its writer.

A file comes in over TLS, is looked at in memory and encrypted there under a key of its own; that key is sealed to the
office key as an identity is (:mod:`inspection.complaints.sealing`)::

    in the storage   = nonce, 12 bytes ‖ AES-256-GCM(data key, nonce, the file, additional data: the attachment's id)
    in the database  = data key, sealed for the purpose "inspection petition attachment v1"

Storage, database and their backups hold nothing readable. An original is opened by the handler of the case, with a
reason that the journal keeps (:mod:`inspection.complaints.opening`). A redacted copy is sealed in the same way and
opened for everybody who has the case. Replacing the office key seals the data keys anew and leaves the bytes alone; an
attachment whose data key was deleted is erased.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.errors import Refusal
from config.storage import Storage
from inspection.complaints import keys
from inspection.complaints.models import Complaint, ComplaintAttachment, SealedAttachment
from inspection.complaints.sealing import ATTACHMENT_INFO, NONCE_BYTES, SealingError, open_bytes, seal_bytes
from inspection.evidence.rules import HEAD, MediaType, real_media_type
from inspection.journal.edit import edit
from inspection.journal.operation import Author, Result

MEDIA_TYPES = (MediaType.PDF, MediaType.JPEG, MediaType.PNG)
"""What a scanner makes."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies sealed in the storage and is in no register yet."""

    id: uuid.UUID
    sha256: str
    size: int
    media_type: MediaType
    box: Mapping[str, str]


def media_type_of(content: bytes) -> MediaType:
    """What a file is by its first bytes.

    :raises Refusal: ``wrong_media_type`` for what no scanner makes.
    """
    found = real_media_type(content[:HEAD])
    if found not in MEDIA_TYPES:
        raise Refusal("wrong_media_type")
    return found


def keep(storage: Storage, data_dir: Path, complaint: uuid.UUID, content: bytes) -> Kept:
    """Seal a file and put it into the storage. Without :func:`enter` nobody will ever open it.

    :raises Refusal: ``wrong_media_type``.
    :raises StorageError, OSError: when the storage is away or full.
    """
    media_type, attachment = media_type_of(content), uuid7()
    data_key, nonce = AESGCM.generate_key(256), os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(data_key).encrypt(nonce, content, attachment.bytes)
    box = seal_bytes(keys.current_public_key(data_dir), data_key, ATTACHMENT_INFO)
    stored = storage.put(storage_key(complaint, attachment), BytesIO(sealed))
    return Kept(attachment, stored.sha256, len(content), media_type, box)


def enter(
    session: Session, author: Author, complaint: Complaint, kept: Kept, fields: Mapping[str, object]
) -> Result:
    """Enter a kept file in the register: its record in the journal, its data key beside it."""
    session.add(
        SealedAttachment(id=kept.id, complaint=complaint.id, key=kept.box["key"], box=kept.box["box"])
    )
    said = {"sha256": kept.sha256, "size": kept.size, "media_type": kept.media_type.value}
    return edit(
        session,
        replace(author, server=True),
        kind="complaint_attachment",
        scope=complaint.scope,
        record=kept.id,
        fields={**fields, **said, "complaint": str(complaint.id)},
    )


def read(session: Session, storage: Storage, data_dir: Path, attachment: ComplaintAttachment) -> bytes:
    """The file itself.

    :raises Refusal: ``not_found`` when it was erased.
    :raises SealingError: the key is not here, or the bytes were altered.
    :raises StorageError, OSError: when the storage is away.
    """
    sealed_key = session.get(SealedAttachment, attachment.id)
    if sealed_key is None:
        raise Refusal("not_found")
    box = {"key": sealed_key.key, "box": sealed_key.box}
    data_key = open_bytes(keys.private_key(data_dir, box["key"]), box, ATTACHMENT_INFO)
    with storage.open(storage_key(attachment.complaint, attachment.id)) as stream:
        sealed = stream.read()
    try:
        return AESGCM(data_key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], attachment.id.bytes)
    except (InvalidTag, ValueError):
        raise SealingError("the attachment was altered") from None


def storage_key(complaint: uuid.UUID, attachment: uuid.UUID) -> str:
    """Where the sealed bytes of an attachment are kept."""
    return f"petitions/{complaint}/{attachment}"


@dataclass(frozen=True, slots=True)
class Attached:
    """An original with its redacted copies, the newest last; ``erased`` when it can be opened no more."""

    original: ComplaintAttachment
    copies: tuple[ComplaintAttachment, ...]
    erased: bool


def attachments_of(session: Session, complaint: uuid.UUID) -> list[Attached]:
    """What is attached to a case, in the order in which it came in."""
    rows = _rows(session, complaint)
    kept = set(
        session.scalars(select(SealedAttachment.id).where(SealedAttachment.complaint == complaint)).all()
    )
    return [
        Attached(
            row,
            tuple(one for one in rows if one.redacts == row.id and one.id in kept),
            erased=row.id not in kept,
        )
        for row in rows
        if row.redacts is None
    ]


def shown_to_readers(session: Session, complaint: uuid.UUID) -> frozenset[uuid.UUID]:
    """The redacted copies of a case that nobody withdrew."""
    return frozenset(row.id for row in _rows(session, complaint) if row.redacts is not None)


def _rows(session: Session, complaint: uuid.UUID) -> Sequence[ComplaintAttachment]:
    query = select(ComplaintAttachment).where(
        ComplaintAttachment.complaint == complaint, ~ComplaintAttachment.voided
    )
    return session.scalars(query.order_by(ComplaintAttachment.id)).all()
