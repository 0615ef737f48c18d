"""Mail of a district, for the page that shows what went out and what did not."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspection.mail.models import Mail, MailStatus

ROWS_A_PAGE = 50

STANDINGS = {
    "failed": (MailStatus.FAILED.value,),
    "open": (MailStatus.QUEUED.value, MailStatus.SENDING.value),
    "sent": (MailStatus.SENT.value,),
    "cancelled": (MailStatus.CANCELLED.value,),
}
"""What the page's tabs show, what needs somebody first."""


def listed(
    session: Session, jurisdiction: uuid.UUID | None, standing: str, page: int
) -> tuple[list[Mail], int]:
    """One page of the district's mail, newest first, and how many there are in all."""
    chosen = (Mail.jurisdiction == jurisdiction, Mail.status.in_(STANDINGS[standing]))
    total = session.scalar(select(func.count()).select_from(Mail).where(*chosen)) or 0
    rows = select(Mail).where(*chosen).order_by(Mail.queued_at.desc(), Mail.id.desc())
    return list(session.scalars(rows.limit(ROWS_A_PAGE).offset((page - 1) * ROWS_A_PAGE))), total


def counts(session: Session, jurisdiction: uuid.UUID | None) -> dict[str, int]:
    """How many there are under each tab."""
    rows = session.execute(
        select(Mail.status, func.count()).where(Mail.jurisdiction == jurisdiction).group_by(Mail.status)
    )
    by_status: dict[str, int] = {row[0]: row[1] for row in rows}
    return {
        standing: sum(by_status.get(one, 0) for one in statuses) for standing, statuses in STANDINGS.items()
    }
