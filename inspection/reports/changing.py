"""What has happened to an issued report since: late visits, late decisions. The office sees that a revision is due, and
the revision says which visits changed which figure."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspection.journal.models import Entry, Scope
from inspection.reports import counting, queries
from inspection.reports.facts import Facts
from inspection.reports.figures import violation_summary
from inspection.reports.models import Report, ReportKind, ReportStatus
from inspection.reports.past import NoProofError, as_it_stood, scopes_now
from inspection.reports.periods import PeriodDocument
from inspection.reports.revisions import Change, changed, explained

REVISED_WITHIN = timedelta(days=400)
"""How long after the end of its period a report is looked at again: a year, in which a case may still be decided (the
limit for penalising is one or two years by field), and some weeks."""


def since(session: Session, before: Report, figures: Mapping[str, Any]) -> list[Change]:
    """What ``figures``, counted in the snapshot of ``session``, say otherwise than the report ``before``, with the
    visits that moved each figure."""
    changes = changed(before.figures or {}, figures)
    if not changes or before.kind != ReportKind.VIOLATION_SUMMARY:
        return changes
    period = counting.period_of(cast(PeriodDocument, before.period))
    now = queries.summary_facts(session, before.jurisdiction, period)
    try:
        with as_it_stood(session, before) as past:
            then = queries.summary_facts(past, before.jurisdiction, period)
    except NoProofError:
        return changes  # compiled before checkpoints were kept: what changed is known, by whom is not

    def count(facts: Facts) -> Mapping[str, Any]:
        return violation_summary(facts, period, checked=False)

    return explained(changes, replace(then, complaints=()), replace(now, complaints=()), count)


def look(session: Session, report: uuid.UUID) -> list[list[Any]] | None:
    """What a revision of an issued report would say has changed, as it is kept; empty when the report stands, None when
    nothing was entered in its district since it was last looked at."""
    found = session.get_one(Report, report)
    if not _moved(session, found):
        return None
    period = counting.period_of(cast(PeriodDocument, found.period))
    figures = counting.figures_of(session, ReportKind(found.kind), found.jurisdiction, period, found.taken_at)
    return [change.row() for change in since(session, found, figures)]


def to_look_at(session: Session, today: date) -> list[uuid.UUID]:
    """The issued reports that stand (no later one of the same period) and are young enough to be revised."""
    query = select(Report.id, Report.period).where(
        Report.status == ReportStatus.DONE.value, Report.superseded.is_(False)
    )
    oldest = (today - REVISED_WITHIN).isoformat()
    return [report for report, period in session.execute(query) if period["last"] >= oldest]


def note(session: Session, report: uuid.UUID, due: list[list[Any]] | None, at: datetime) -> None:
    """Keep what was found by looking; what superseded the report meanwhile is the answer already."""
    found = session.get_one(Report, report, with_for_update=True)
    found.looked_at = at
    if due is not None and not found.superseded:
        found.due = due or None
    session.flush()


def _moved(session: Session, report: Report) -> bool:
    """Whether anything was entered in the report's district since it was compiled or last looked at."""
    since_when = report.looked_at or report.taken_at
    newest = select(func.max(Entry.received_at)).where(
        Entry.scope == Scope.id, Entry.seq == Scope.head, scopes_now(report.jurisdiction)
    )
    at = session.scalar(newest)
    return at is not None and (since_when is None or at > since_when)
