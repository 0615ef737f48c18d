"""The figures of a period as they stand now, kept between two looks.

What was counted is kept in the memory of the process under what it was counted from: the heads of every scope that a
report of the district reads (number and chain hash of the latest entry), the district, what was asked and the day. One
entry more is another key, so nothing is ever shown that the journal has moved past, and nothing is counted twice
while it stands still. What is not asked for any more falls out.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.journal.models import Scope
from inspection.reports import queries
from inspection.reports.checks import DisagreementError, check_summary
from inspection.reports.figures import month_rows, violation_summary
from inspection.reports.past import scopes_now
from inspection.reports.periods import Period, PeriodKind, months_up_to
from inspection.reports.shapes import Figures, MonthRow
from inspection.reports.tally import Tally

MONTHS_SHOWN = 12
MOST_KEPT = 32
Key = tuple[bytes, uuid.UUID, str, date]
Counted = TypeVar("Counted")


@dataclass(frozen=True, slots=True)
class Standing:
    """``adds_up`` is false when a breakdown differs from its total: a report would not be issued then. ``trend``
    ends with the month of today, or with the last of a period that has passed."""

    figures: Figures
    adds_up: bool
    trend: list[MonthRow]


_kept: OrderedDict[Key, Any] = OrderedDict()
_lock = Lock()


def standing(session: Session, jurisdiction: uuid.UUID, period: Period, today: date) -> Standing:
    """The figures of ``period`` in the snapshot of ``session``, counted unless they are kept."""
    day = min(today, period.last)
    return counted_once(
        session, jurisdiction, period.key, day, lambda: _count(session, jurisdiction, period, day)
    )


def counted_once(
    session: Session, jurisdiction: uuid.UUID, asked: str, day: date, count: Callable[[], Counted]
) -> Counted:
    """What ``count`` gives for what was ``asked`` of the district on a day, counted unless it is kept."""
    key = (heads(session, jurisdiction), jurisdiction, asked, day)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            kept: Counted = _kept[key]
            return kept
    counted = count()
    with _lock:
        _kept[key] = counted
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return counted


def heads(session: Session, jurisdiction: uuid.UUID) -> bytes:
    """The state of everything that a report of ``jurisdiction`` reads, as one SHA-256."""
    query = select(Scope.id, Scope.head_hash).where(scopes_now(jurisdiction)).order_by(Scope.id)
    digest = hashlib.sha256()
    for scope, head_hash in session.execute(query):
        digest.update(scope.encode() + b"\0" + head_hash)
    return digest.digest()


def _count(session: Session, jurisdiction: uuid.UUID, period: Period, day: date) -> Standing:
    """The twelve months of the trend are one query."""
    facts = queries.summary_facts(session, jurisdiction, period)
    figures = violation_summary(facts, period, counted_on=day, checked=False)
    try:
        check_summary(figures)
        adds_up = True
    except DisagreementError:
        adds_up = False
    months = months_up_to(day, MONTHS_SHOWN)
    span = Period(PeriodKind.RANGE, months[0].first, months[-1].last)
    trend = month_rows(Tally(queries.visit_facts(session, jurisdiction, span), span), months)
    return Standing(figures, adds_up, trend)
