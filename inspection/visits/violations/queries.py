"""Violations with what decides about them: their stage, the catalogue entry of the day, the ranges, earlier breaches.

Everything is computed from the records on the day it is asked; no status is stored.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.calendar.queries import working_calendar
from inspection.calendar.reference import national_calendar
from inspection.calendar.rules import WorkingCalendar
from inspection.campaigns.models import Campaign
from inspection.checklists.models import ViolationType
from inspection.places.merging import merged
from inspection.places.models import Establishment
from inspection.visits.models import Violation, Visit
from inspection.visits.violations.powers import repeat_months
from inspection.visits.violations.rules import (
    Facts,
    Range,
    Stage,
    range_of_tiers,
    ranges_of,
    repeats,
    stage_of,
    tiers_for,
)

SOME = 500


@dataclass(frozen=True, slots=True)
class Case:
    """A violation with its visit, its establishment and its stage."""

    violation: Violation
    visit: Visit
    establishment: Establishment | None
    type: ViolationType | None
    facts: Facts
    stage: Stage


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier violation at the same establishment. ``repeated``: the same act, sanctioned within the period after
    which it no longer counts; ``certain`` when the article of that period was read."""

    violation: Violation
    found_on: date
    repeated: bool
    certain: bool


def facts_of(violation: Violation, visit: Visit) -> Facts:
    """What the stage of a violation follows from."""
    return Facts(
        found_on=violation.found_on or visit.visited_on,
        recorded_on=violation.recorded_on,
        sanction=violation.sanction,
        decided_on=violation.decided_on,
        due_on=violation.due_on,
        corrected=bool(violation.corrected),
        remedied_on=violation.remedied_on,
        followed_up=violation.followed_up_by is not None,
        record_case=violation.record_case,
        result_on=violation.result_on,
        ended_on=violation.ended_on,
        decision_case=violation.decision_case,
        served_on=violation.served_on,
        amount=violation.amount,
        paid_on=violation.paid_on,
        paid_amount=violation.paid_amount,
    )


def cases_in(session: Session, scopes: frozenset[str], today: date) -> list[Case]:
    """Every violation of these scopes, the newest visit first."""
    ordered = sorted(scope for scope in scopes if scope.startswith("campaign:"))
    rows: list[tuple[Violation, Visit]] = []
    for start in range(0, len(ordered), SOME):
        query = (
            select(Violation, Visit)
            .join(Visit, Visit.id == Violation.visit)
            .where(Violation.scope.in_(ordered[start : start + SOME]), ~Violation.voided, ~Visit.voided)
        )
        rows += [(violation, visit) for violation, visit in session.execute(query)]
    return _cases(session, rows, today)


def cases_at(session: Session, visits: Iterable[Visit], today: date) -> list[Case]:
    """Every violation found on ``visits``, the newest visit first."""
    known = {visit.id: visit for visit in visits}
    query = select(Violation).where(Violation.visit.in_(known), ~Violation.voided)
    return _cases(session, [(one, known[one.visit]) for one in session.scalars(query)], today)


def _cases(session: Session, rows: list[tuple[Violation, Visit]], today: date) -> list[Case]:
    rows.sort(key=lambda pair: (pair[1].visited_on, str(pair[0].id)), reverse=True)
    shops = _establishments(session, {visit.establishment for _, visit in rows})
    types = types_of(session, [violation for violation, _ in rows])
    return [_case(violation, visit, shops, types, today) for violation, visit in rows]


def case_of(session: Session, violation: Violation, today: date) -> Case:
    """One violation."""
    visit = session.get_one(Visit, violation.visit)
    shops = _establishments(session, {visit.establishment})
    return _case(violation, visit, shops, types_of(session, [violation]), today)


def _case(
    violation: Violation,
    visit: Visit,
    shops: dict[uuid.UUID, Establishment],
    types: Sequence[ViolationType],
    today: date,
) -> Case:
    facts = facts_of(violation, visit)
    kind = type_of(violation, facts.found_on, types)
    return Case(violation, visit, shops.get(visit.establishment), kind, facts, stage_of(facts, today))


def type_of(violation: Violation, day: date, types: Sequence[ViolationType]) -> ViolationType | None:
    """The catalogue entry: the one the violation names, else the edition of its code in force on ``day``."""
    for one in types:
        if one.id == violation.violation_type:
            return one
    for one in types:
        if (
            one.code == violation.code
            and one.valid_from <= day
            and (one.valid_to is None or day <= one.valid_to)
        ):
            return one
    return None


def ranges_in(case: Case) -> tuple[list[Mapping[str, Any]], list[Range]]:
    """The tiers that the recorded values choose, and the ranges that hold: theirs, else those of the whole act."""
    act, one = case.type, case.violation
    if act is None:
        return [], []
    values = {"goods_value": one.goods_value, "illegal_gain": one.illegal_gain}
    tiers = tiers_for(act.tiers, values)
    if tiers:
        return tiers, range_of_tiers(tiers, act.fine_for, act.verified)
    return [], ranges_of(act.fine_minimum, act.fine_maximum, act.fine_for, act.verified)


def calendar_of(session: Session, case: Case) -> WorkingCalendar:
    """The working calendar of the office whose campaign found the violation."""
    campaign = session.get(Campaign, case.visit.campaign)
    return national_calendar() if campaign is None else working_calendar(session, campaign.jurisdiction)


def earlier_of(session: Session, case: Case, scopes: frozenset[str]) -> list[Earlier]:
    """Earlier violations at the same establishment, merged ones counted as one, the newest first."""
    if case.establishment is None:
        return []
    standing = merged(session, case.establishment.scope)
    own = standing.get(case.visit.establishment, case.visit.establishment)
    same = {own, *(one for one, other in standing.items() if other == own)}
    query = (
        select(Violation, Visit)
        .join(Visit, Visit.id == Violation.visit)
        .where(
            Visit.establishment.in_(same), ~Violation.voided, ~Visit.voided, Violation.id != case.violation.id
        )
    )
    found = [
        _earlier(violation, visit, case)
        for violation, visit in session.execute(query)
        if violation.scope in scopes
        and visit.id != case.visit.id
        and (violation.found_on or visit.visited_on) <= case.facts.found_on
    ]
    return sorted(found, key=lambda one: one.found_on, reverse=True)


def _earlier(violation: Violation, visit: Visit, case: Case) -> Earlier:
    months, certain = repeat_months(violation.sanction or "")
    repeated = (
        violation.code == case.violation.code
        and violation.decided_on is not None
        and repeats(violation.sanction or "", violation.decided_on, case.facts.found_on, months)
    )
    return Earlier(violation, violation.found_on or visit.visited_on, repeated, certain)


def follow_up_choices(session: Session, case: Case) -> list[Visit]:
    """Visits to the same establishment after the one that found the violation."""
    query = select(Visit).where(
        Visit.establishment == case.visit.establishment,
        Visit.scope == case.visit.scope,
        Visit.visited_on >= case.visit.visited_on,
        Visit.id != case.visit.id,
        ~Visit.voided,
    )
    return list(session.scalars(query.order_by(Visit.visited_on)))


def _establishments(session: Session, ids: set[uuid.UUID]) -> dict[uuid.UUID, Establishment]:
    found: dict[uuid.UUID, Establishment] = {}
    ordered = sorted(ids)
    for start in range(0, len(ordered), SOME):
        some = ordered[start : start + SOME]
        found |= {
            row.id: row for row in session.scalars(select(Establishment).where(Establishment.id.in_(some)))
        }
    return found


def types_of(session: Session, violations: Sequence[Violation]) -> list[ViolationType]:
    """Every version of the acts of ``violations``, the oldest first."""
    codes = sorted({violation.code for violation in violations})
    query = select(ViolationType).where(ViolationType.code.in_(codes), ~ViolationType.voided)
    return list(session.scalars(query.order_by(ViolationType.valid_from)))
