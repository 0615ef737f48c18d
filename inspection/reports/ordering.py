"""Orders of people: a report, its revision with a reason, again what failed. Verbs flush; the edge commits.

An order that comes with the id of its report (see :mod:`inspection.idempotency`) is entered once: the same order again
gives the report that it made.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config.errors import Refusal
from inspection.reports import issuing, operations, queries
from inspection.reports.counting import period_of
from inspection.reports.models import Format, Report, ReportKind, ReportStatus
from inspection.reports.periods import Period, PeriodDocument

LONGEST_REASON = 500


def order(
    session: Session,
    jurisdiction: uuid.UUID,
    kind: ReportKind,
    period: Period,
    formats: Iterable[Format],
    *,
    ordered_by: uuid.UUID,
    public: bool = False,
    reason: str | None = None,
    record: uuid.UUID | None = None,
) -> Report:
    """Order a report, or find what the same order made.

    :raises Refusal: ``idempotency_key_reused`` when another order came under ``record``.
    """
    wanted = list(formats)
    if record is None or session.get(Report, record) is None:
        try:
            with session.begin_nested():
                return operations.order(
                    session,
                    jurisdiction=jurisdiction,
                    kind=kind,
                    period=period,
                    formats=wanted,
                    ordered_by=ordered_by,
                    reason=reason,
                    public=public,
                    record=record,
                )
        except IntegrityError:  # the same order at the same moment was faster
            if record is None:
                raise
    made = session.get_one(Report, record)
    asked = (kind.value, period.key, sorted({one.value for one in wanted}), public, reason)
    if (made.kind, made.period_key, made.formats, made.public, made.reason) != asked:
        raise Refusal("idempotency_key_reused")
    return made


def revise(
    session: Session, report: Report, reason: str, *, ordered_by: uuid.UUID, record: uuid.UUID | None = None
) -> Report:
    """Order a report that is done once more, with the reason that the revision prints.

    :raises Refusal: ``report_not_ready`` or ``idempotency_key_reused``.
    """
    if report.status != ReportStatus.DONE.value:
        raise Refusal("report_not_ready")
    return _again(session, report, ordered_by, reason, record)


def retry(session: Session, report: Report, *, ordered_by: uuid.UUID) -> Report:
    """Order a report again that was given up; an issue with the number and the day that it had.

    :raises Refusal: ``report_not_failed``, or what :func:`~inspection.reports.issuing.issue` refuses.
    """
    if report.status != ReportStatus.FAILED.value:
        raise Refusal("report_not_failed")
    if report.issue_of is not None and report.document_date is not None:
        return issuing.issue(
            session,
            report.issue_of,
            number=report.document_number,
            day=report.document_date,
            issued_by=ordered_by,
        )
    return _again(session, report, ordered_by)


def _again(
    session: Session,
    report: Report,
    ordered_by: uuid.UUID,
    reason: str | None = None,
    record: uuid.UUID | None = None,
) -> Report:
    """The same order, its window as it was written out then; a campaign by the name that it has now."""
    period = period_of(cast(PeriodDocument, report.period))
    if period.campaign is not None:
        days = queries.campaign_days(session, report.jurisdiction, period.campaign)
        period = replace(period, name=days[0] if days else "")
    formats = [Format(one) for one in report.formats]
    return order(
        session,
        report.jurisdiction,
        ReportKind(report.kind),
        period,
        formats,
        ordered_by=ordered_by,
        public=report.public,
        reason=reason,
        record=record,
    )
