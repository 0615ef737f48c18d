"""Reports that a reader may see."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspection.people.access import Caller
from inspection.people.permissions import Permission
from inspection.reports.models import Report, ReportKind, ReportStatus

ROWS_A_PAGE = 30
ORDERED_WITH: Mapping[ReportKind, Permission] = {
    ReportKind.VIOLATION_SUMMARY: Permission.ORDER_SUMMARIES,
    ReportKind.COMPLAINT_REGISTER: Permission.ORDER_REGISTERS,
    ReportKind.PETITION_TABLES: Permission.ORDER_REGISTERS,
    ReportKind.RECEPTION_BOOK: Permission.ORDER_REGISTERS,
}
"""Who may order a kind of report may also read it."""


def kinds_for(reader: Caller) -> list[ReportKind]:
    """The kinds of report that a reader may order and read."""
    return [kind for kind, permission in ORDERED_WITH.items() if reader.grants.holds(permission)]


def newest(session: Session, reader: Caller, most: int) -> Sequence[Report]:
    """The reports ordered last."""
    return listed(session, reader, 1, most)[0]


def listed(
    session: Session, reader: Caller, page: int, rows: int = ROWS_A_PAGE
) -> tuple[Sequence[Report], int]:
    """One page of the reader's reports, the newest order first, and how many there are."""
    query = select(Report).where(
        Report.jurisdiction == reader.grants.jurisdiction,
        Report.kind.in_([kind.value for kind in kinds_for(reader)]),
        Report.status != ReportStatus.CANCELLED.value,
    )
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    found = session.scalars(query.order_by(Report.ordered_at.desc()).limit(rows).offset((page - 1) * rows))
    return found.all(), total


def readable(session: Session, reader: Caller, report: uuid.UUID) -> Report | None:
    """A report of the reader's district, of a kind the reader may read."""
    found = session.get(Report, report)
    if found is None or found.jurisdiction != reader.grants.jurisdiction:
        return None
    return found if ReportKind(found.kind) in kinds_for(reader) else None
