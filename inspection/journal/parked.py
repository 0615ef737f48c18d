"""Operations that are kept aside: held, rejected, quarantined. Nothing that a phone sent is thrown away.

The content of a confidential kind is sealed before it is stored, because a refused operation may carry an
identity in a field where it does not belong.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from inspection.journal.canonical import digest
from inspection.journal.examine import scope_type
from inspection.journal.kinds import Kind, registry
from inspection.journal.models import Parked, ParkedStatus
from inspection.journal.operation import Operation

LARGEST_ATTEMPTS = 3
"""How often a phone is told to try again before a fault becomes a rejection."""

DECIDED = (ParkedStatus.ADMITTED, ParkedStatus.DISMISSED)
"""What stays as it is when the same content comes once more."""


def confidential_kind(kind: object, scope: object) -> Kind | None:
    """The kind whose seal must cover this content, if any: by name, or by the scope that it was meant for."""
    named = registry.get(kind) if isinstance(kind, str) else None
    if named is not None and named.seal is not None:
        return named
    type_ = scope_type(scope) if isinstance(scope, str) else None
    return next((each for each in registry.values() if each.seal is not None and each.scope == type_), None)


def content_digest(content: object) -> bytes:
    """SHA-256 of content that may not even be canonical JSON."""
    try:
        return digest(content)
    except TypeError:
        return digest(json.dumps(content, sort_keys=True))


def park(
    session: Session,
    *,
    device: uuid.UUID,
    user: uuid.UUID,
    content: Any,
    status: ParkedStatus,
    received_at: datetime,
    operation: Operation | None = None,
    error: Mapping[str, Any] | None = None,
    waits_for: tuple[str, uuid.UUID] | None = None,
) -> Parked:
    """Keep ``content`` aside; the same content of the same device is kept once, with its newest standing."""
    fingerprint = content_digest(content)
    same = select(Parked).where(Parked.device == device, Parked.digest == fingerprint)
    parked = session.scalar(same)
    if parked is None:
        parked = Parked(
            id=uuid7(),
            device=device,
            user=user,
            digest=fingerprint,
            status=status,
            received_at=received_at,
            attempts=0,
            content=content,
        )
        _describe(parked, operation)
        kind = _sealing_kind(content) if status is not ParkedStatus.HELD else None
        if kind is not None and kind.seal is not None:
            parked.sealed, parked.content = kind.seal(json.dumps(content).encode()), None
        parked = _added(session, parked) or session.scalars(same).one()
    if parked.status not in DECIDED:
        parked.status = status
    parked.error = None if error is None else dict(error)
    parked.waits_for_kind, parked.waits_for = waits_for or (None, None)
    return parked


def _added(session: Session, parked: Parked) -> Parked | None:
    """Add a row now; None when another request has kept the same content this very moment."""
    try:
        with session.begin_nested():
            session.add(parked)
    except IntegrityError:
        return None
    return parked


def _describe(parked: Parked, operation: Operation | None) -> None:
    if operation is not None:
        parked.operation, parked.n, parked.record = operation.id, operation.n, operation.record
        parked.scope, parked.kind = operation.scope[:64], operation.kind[:32]


def _sealing_kind(content: Any) -> Kind | None:
    if not isinstance(content, dict):
        return confidential_kind(None, None)
    return confidential_kind(content.get("kind"), content.get("scope"))
