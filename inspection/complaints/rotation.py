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
from inspection.complaints.models import PetitionerMark, SealedIdentity
from inspection.complaints.sealing import open_sealed, seal
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
    for sealed in session.scalars(select(Parked.sealed).where(Parked.sealed.is_not(None))):
        needed.add(str(json.loads(sealed or "{}").get("key")))
    return sorted(kid for kid in keys.names(data_dir) if kid not in needed)


def forget(session: Session, author: Author, complaint: uuid.UUID, basis: str, reference: str) -> None:
    """Erase the identity of a case under the law: every box, and the marks by which repeats are found. The erasure is a
    record of the journal; there never was anything of the identity in it.

    :raises Refusal: ``not_found``; ``unprocessable`` without a basis.
    """
    kept = session.get(SealedIdentity, complaint, with_for_update=True)
    if kept is None:
        raise Refusal("not_found")
    session.delete(kept)
    session.execute(delete(PetitionerMark).where(PetitionerMark.complaint == complaint))
    note(session, author, complaint, "complaint", "identity", basis, reference)


def _anew(data_dir: Path, present: Mapping[str, str], box: Mapping[str, str]) -> dict[str, str] | None:
    """A box for the present key with the content of ``box``; None when it is for that key already."""
    if box["key"] == present["kid"]:
        return None
    text = open_sealed(keys.private_key(data_dir, box["key"]), {"key": box["key"], "box": box["box"]})
    return seal(present, text)
