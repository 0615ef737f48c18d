"""Operations made at the office: pages, commands and jobs."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
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


def office_operation(
    *,
    kind: str,
    scope: str,
    fields: Mapping[str, Any],
    record: uuid.UUID | None = None,
    base: str = "0",
    settles: tuple[str, ...] = (),
    sealed: Mapping[str, Any] | None = None,
) -> Operation:
    """One operation made now, without its number yet; ``record`` is made new when it is not given."""
    return Operation(
        id=uuid7(),
        n=0,
        kind=kind,
        record=record or uuid7(),
        scope=scope,
        fields=fields,
        made_at=now().isoformat(),
        base=base,
        settles=settles,
        sealed=sealed,
    )


def edit_all(session: Session, author: Author, operations: Sequence[Operation]) -> list[Result]:
    """Submit operations of an office session together, numbered in their order."""
    first = next_number(session, author.device)
    return submit(session, author, [replace(each, n=first + at) for at, each in enumerate(operations)])


def edit(session: Session, author: Author, **operation: Any) -> Result:
    """Submit one operation of an office session, see :func:`office_operation`."""
    return edit_all(session, author, [office_operation(**operation)])[0]
