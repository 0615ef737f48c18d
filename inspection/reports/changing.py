"""What has happened to an issued report since: late visits, late decisions. The office sees that a revision is due, and
the revision says which visits changed which figure."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.reports import counting, queries
from inspection.reports.facts import Facts
from inspection.reports.figures import violation_summary
from inspection.reports.models import Report, ReportKind
from inspection.reports.past import NoProofError, as_it_stood
from inspection.reports.periods import PeriodDocument
from inspection.reports.revisions import Change, changed, explained


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


def due(session: Session, report: uuid.UUID) -> list[list[Any]]:
    """What a revision of an issued report would say has changed, as it is kept; empty when it stands."""
    found = session.get_one(Report, report)
    period = counting.period_of(cast(PeriodDocument, found.period))
    figures = counting.figures_of(session, ReportKind(found.kind), found.jurisdiction, period)
    return [change.row() for change in since(session, found, figures)]


def newest_issued(session: Session) -> list[Report]:
    """The report that stands for each district, kind and period: the newest one that is done."""
    standing: dict[tuple[uuid.UUID, str, str], Report] = {}
    query = select(Report).where(Report.status == "done", Report.superseded.is_(False))
    for report in session.scalars(query.order_by(Report.revision, Report.finished_at)):
        standing[report.jurisdiction, report.kind, report.period_key] = report
    return list(standing.values())
