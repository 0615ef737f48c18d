"""The one way to count a report: the same queries and the same pure figures on whatever session they are given, that of
today's projections or that of a replica of an earlier moment (:mod:`inspection.reports.past`)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from inspection.reports import queries
from inspection.reports.facts import Jurisdiction
from inspection.reports.figures import violation_summary
from inspection.reports.issuing import VIETNAM
from inspection.reports.models import ReportKind
from inspection.reports.periods import Period, PeriodDocument, PeriodKind
from inspection.reports.petitions import queries as petitions
from inspection.reports.petitions.reception import reception_book
from inspection.reports.petitions.tables import petition_tables
from inspection.reports.register import register
from inspection.reports.shapes import Figures
from inspection.reports.together import together

AT_ONCE = 50
"""Jurisdictions that are read together."""


def figures_of(
    session: Session,
    kind: ReportKind,
    jurisdiction: uuid.UUID,
    period: Period,
    counted_at: datetime | None = None,
) -> dict[str, Any]:
    """The figures of a report as the session's snapshot has them. ``counted_at`` is when they were sealed, which
    matters only while the period is not over.

    :raises DisagreementError: when they do not add up.
    """
    if kind is ReportKind.VIOLATION_SUMMARY:
        day = counted_at.astimezone(VIETNAM).date() if counted_at else None
        facts = queries.summary_facts(session, jurisdiction, period)
        return dict(violation_summary(facts, period, counted_on=day))
    place = queries.jurisdiction_of(session, jurisdiction)
    match kind:
        case ReportKind.PETITION_TABLES:
            cases = petitions.cases(session, jurisdiction, period.last)
            return dict(petition_tables(cases, period, place))
        case ReportKind.RECEPTION_BOOK:
            return dict(
                reception_book(petitions.receptions(session, jurisdiction, period.last), period, place)
            )
    return dict(register(queries.complaints(session, (jurisdiction,), period), period, place))


def figures_together(
    session: Session, jurisdictions: Sequence[uuid.UUID], period: Period, counted_on: date | None = None
) -> Figures:
    """The violation summary of all ``jurisdictions`` (at least one) as that of one place, as the session's snapshot has
    it. They are read :data:`AT_ONCE` by another: what is held in memory follows these and not the nation.

    :raises DisagreementError: when the figures do not add up.
    """
    place = Jurisdiction(uuid.UUID(int=0), f"{len(jurisdictions)} địa bàn")
    batches = (jurisdictions[at : at + AT_ONCE] for at in range(0, len(jurisdictions), AT_ONCE))
    return together(
        (
            violation_summary(
                queries.facts_together(session, some, place, period),
                period,
                counted_on=counted_on,
                checked=False,
                part=True,
            )
            for some in batches
        ),
        place,
    )


def period_of(kept: PeriodDocument) -> Period:
    """A period as it was ordered, its window unchanged whatever the rules say now."""
    return Period(
        PeriodKind(kept["kind"]),
        date.fromisoformat(kept["first"]),
        date.fromisoformat(kept["last"]),
        kept["year"],
        kept["number"],
        uuid.UUID(kept["campaign"]) if kept["campaign"] else None,
        kept["name"],
    )
