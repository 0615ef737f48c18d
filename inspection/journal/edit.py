"""Operations made at the office: pages, commands and jobs."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.extensions import now
from inspection.journal.models import Receipt
from inspection.journal.operation import Author, Operation, Result
from inspection.journal.submit import submit


def next_number(session: Session, device: uuid.UUID) -> int:
    """The next operation number of an office device: above every number it used, and rising with the clock,
    so that two requests of one session rarely meet."""
    used = session.scalar(select(func.max(Receipt.n)).where(Receipt.device == device)) or 0
    return max(used + 1, time.time_ns() // 1000)


def edit(
    session: Session,
    author: Author,
    *,
    kind: str,
    scope: str,
    fields: Mapping[str, Any],
    record: uuid.UUID | None = None,
    base: str = "0",
    settles: tuple[str, ...] = (),
    sealed: Mapping[str, str] | None = None,
) -> Result:
    """Submit one operation of an office session; ``record`` is made new when it is not given."""
    operation = Operation(
        id=uuid7(),
        n=next_number(session, author.device),
        kind=kind,
        record=record or uuid7(),
        scope=scope,
        fields=fields,
        made_at=now().isoformat(),
        base=base,
        settles=settles,
        sealed=sealed,
    )
    return submit(session, author, [operation])[0]
