"""The one way to count a report: the same queries and the same pure figures on whatever session they are given, that of
today's projections or that of a replica of an earlier moment (:mod:`inspection.reports.past`)."""

from __future__ import annotations

import gc
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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

AT_ONCE = 100
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
        with _no_search_for_circles():
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
    owed = queries.remedies_owed(session, jurisdictions, period.last)

    def part(some: Sequence[uuid.UUID]) -> Figures:
        with _no_search_for_circles():
            facts = queries.facts_together(session, some, place, period, owed)
            return violation_summary(facts, period, counted_on=counted_on, checked=False, part=True)

    batches = (jurisdictions[at : at + AT_ONCE] for at in range(0, len(jurisdictions), AT_ONCE))
    return together(map(part, batches), place)


@contextmanager
def _no_search_for_circles() -> Iterator[None]:
    """Facts and figures hold each other in no circle and go when nobody needs them any more. To search for circles
    among hundred thousands of them, again and again while they come, took longer than to count them."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


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
