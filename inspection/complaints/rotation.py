"""Replacing the key that identities are sealed to, and erasing an identity.

A new key is made, what is sealed is opened with the old key and sealed to the new one, and only then may the old key be
destroyed. Between the steps everything can be opened: a box names its key. Whoever held a copy of the old key can open
what was copied while it was in use, and nothing that is sealed afterwards.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from config.errors import Refusal
from inspection.complaints import keys
from inspection.complaints.attachments import shown_to_readers
from inspection.complaints.models import PetitionerMark, SealedAttachment, SealedIdentity
from inspection.complaints.sealing import ATTACHMENT_INFO, INFO, open_bytes, seal_bytes
from inspection.journal.erasure import note
from inspection.journal.models import Parked
from inspection.journal.operation import Author


def reseal(session: Session, data_dir: Path) -> int:
    """Seal everything that is sealed to an older key to the present one; how many boxes were.

    :raises SealingError: a box cannot be opened, because its key is not here or it was altered; nothing is changed.
    """
    present = keys.current_public_key(data_dir)
    changed = 0
    for identity in session.scalars(select(SealedIdentity).with_for_update()):
        box = _anew(data_dir, present, {"key": identity.key, "box": identity.box})
        if box is not None:
            identity.key, identity.box = box["key"], box["box"]
            changed += 1
        earlier = [_anew(data_dir, present, each) for each in identity.earlier]
        if any(earlier):
            identity.earlier = [
                {**each, **(box or {})} for each, box in zip(identity.earlier, earlier, strict=True)
            ]
            changed += sum(box is not None for box in earlier)
    for attachment in session.scalars(select(SealedAttachment).with_for_update()):
        own = {"key": attachment.key, "box": attachment.box}
        box = _anew(data_dir, present, own, ATTACHMENT_INFO)
        if box is not None:
            attachment.key, attachment.box = box["key"], box["box"]
            changed += 1
    for parked in session.scalars(select(Parked).where(Parked.sealed.is_not(None)).with_for_update()):
        box = _anew(data_dir, present, json.loads(parked.sealed or "{}"))
        if box is not None:
            parked.sealed = json.dumps(box)
            changed += 1
    session.flush()
    return changed


def unused(session: Session, data_dir: Path) -> list[str]:
    """The keys that nothing in the database is sealed to any more, without the present one. Backups and phones that
    have not sent yet may still need them."""
    needed = {keys.current_public_key(data_dir)["kid"]}
    for identity in session.scalars(select(SealedIdentity)):
        needed |= {identity.key, *(each["key"] for each in identity.earlier)}
    needed |= set(session.scalars(select(SealedAttachment.key).distinct()))
    for sealed in session.scalars(select(Parked.sealed).where(Parked.sealed.is_not(None))):
        needed.add(str(json.loads(sealed or "{}").get("key")))
    return sorted(kid for kid in keys.names(data_dir) if kid not in needed)


def forget(
    session: Session, author: Author, complaint: uuid.UUID, basis: str, reference: str
) -> list[uuid.UUID]:
    """Erase the identity of a case under the law: every box, the marks by which repeats are found, and the keys of all
    attachments that are no redacted copy; which attachments those were. Their bytes, unreadable from now on, are the
    caller's to delete after the commit. The erasure is a record of the journal; there never was anything of the
    identity in it.

    :raises Refusal: ``not_found``; ``unprocessable`` without a basis.
    """
    kept = session.get(SealedIdentity, complaint, with_for_update=True)
    attached = select(SealedAttachment).where(SealedAttachment.complaint == complaint).with_for_update()
    copies = shown_to_readers(session, complaint)
    papers = [one for one in session.scalars(attached) if one.id not in copies]
    if kept is None and not papers:
        raise Refusal("not_found")
    for sealed in (*([kept] if kept else []), *papers):
        session.delete(sealed)
    session.execute(delete(PetitionerMark).where(PetitionerMark.complaint == complaint))
    note(session, author, complaint, "complaint", "identity", basis, reference)
    return [one.id for one in papers]


def _anew(
    data_dir: Path, present: Mapping[str, str], box: Mapping[str, str], info: bytes = INFO
) -> dict[str, str] | None:
    """A box for the present key with the content of ``box``; None when it is for that key already."""
    if box["key"] == present["kid"]:
        return None
    own = {"key": box["key"], "box": box["box"]}
    return seal_bytes(present, open_bytes(keys.private_key(data_dir, box["key"]), own, info), info)
