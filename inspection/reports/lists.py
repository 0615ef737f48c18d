"""The lists of the violation summary that name establishments, and what sets a period beside others. Pure.

*Repeat offenders* and *commendation* look back twelve months. They are lists for the office to look at: whether a
breach is "tái phạm" or "vi phạm nhiều lần" in law (Luật Xử lý vi phạm hành chính, Điều 2) depends on when a decision
was carried out, which is not recorded here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from inspection.reports.facts import EstablishmentFact, SeenFact, VisitFact
from inspection.reports.periods import Period, name_vi
from inspection.reports.shapes import (
    CommendableRow,
    ComparedRow,
    DriverRow,
    EndedUnit,
    Overdue,
    OverdueRow,
    RepeatRow,
)
from inspection.reports.tally import Tally

LOOK_BACK = timedelta(days=365)
"""How long an earlier breach speaks against an establishment."""


def repeat_offenders(tally: Tally) -> list[RepeatRow]:
    """Establishments found in breach in the period that were in breach on at least one other day of the twelve months
    up to their last breach; those with the most breaches first."""
    days = _breach_days(tally)
    rows = []
    for one in tally.in_breach:
        latest = max(visit.visited_on for visit in tally.visits_to(one) if tally.violations_of(visit))
        counted = sorted(day for day in days[one.id] if latest - LOOK_BACK <= day <= latest)
        if len(counted) > 1:
            rows.append(
                RepeatRow(
                    key=str(one.id),
                    name=one.name,
                    unit=tally.unit_name(one),
                    breaches=len(counted),
                    violations=sum(len(tally.violations_of(visit)) for visit in tally.visits_to(one)),
                    days=[day.isoformat() for day in counted],
                )
            )
    return sorted(rows, key=lambda row: (-row["breaches"], row["name"], row["key"]))


def overdue_remedies(tally: Tally, last: date) -> Overdue:
    """What was to be put right before the day ``last`` and was not seen done by then, the longest overdue first."""
    rows = [
        OverdueRow(
            key=str(one.id),
            name=tally.name_of(one.establishment),
            code=one.code,
            visited_on=one.visited_on.isoformat(),
            due_on=one.due_on.isoformat(),
            days=(last - one.due_on).days,
        )
        for one in tally.facts.remedies
        if one.due_on < last and (one.remedied_on is None or one.remedied_on > last)
    ]
    rows.sort(key=lambda row: (row["due_on"], row["name"], row["key"]))
    overdue = {row["key"] for row in rows}
    places = {one.establishment for one in tally.facts.remedies if str(one.id) in overdue}
    return Overdue(on=last.isoformat(), count=len(rows), establishments=len(places), named=rows)


def commendable(tally: Tally, period: Period) -> list[CommendableRow]:
    """Establishments that were inspected and passed, were not found in breach in the twelve months before, owe no
    remedy, and about which nothing is disputed; by name."""
    days = _breach_days(tally)
    owing = {
        one.establishment
        for one in tally.facts.remedies
        if one.remedied_on is None or one.remedied_on > period.last
    }
    disputed = {conflict.establishment for conflict in tally.conflicts()} | {
        visit.establishment
        for conflict in tally.conflicts()
        if conflict.visit and (visit := tally.visit(conflict.visit))
    }
    rows = []
    for one in tally.inspected:
        first = tally.visits_to(one)[0].visited_on
        recent = any(day >= first - LOOK_BACK for day in days[one.id])
        if one.name and one.operating and not recent and one.id not in owing and one.id not in disputed:
            rows.append(
                CommendableRow(
                    key=str(one.id),
                    name=one.name,
                    unit=tally.unit_name(one),
                    visits=len(tally.visits_to(one)),
                )
            )
    return sorted(rows, key=lambda row: (row["name"], row["key"]))


def comparison(tally: Tally, period: Period) -> list[ComparedRow]:
    """This period, then those it is compared with; nothing at all where there are none."""
    if not tally.facts.earlier:
        return []
    earlier = [_compared(one.key, one.seen, one.period) for one in tally.facts.earlier]
    return [_compared("now", seen(tally), period), *earlier]


def seen(tally: Tally) -> tuple[SeenFact, ...]:
    """What the visits of the period came to, establishment by establishment: what the database counts of another
    period."""
    return tuple(_seen(tally, one) for one in tally.inspected)


def _seen(tally: Tally, establishment: EstablishmentFact) -> SeenFact:
    visits = tally.visits_to(establishment)
    found = [violation for visit in visits for violation in tally.violations_of(visit)]
    fines = [one.amount or 0 for one in found if one.sanction == "fine"]
    return SeenFact(establishment.id, len(visits), len(found), len(fines), sum(fines))


def _compared(key: str, lines: Sequence[SeenFact], period: Period) -> ComparedRow:
    """An establishment may have several lines: records that repeat one place."""
    inspected = {one.establishment for one in lines}
    in_breach = {one.establishment for one in lines if one.violations}
    return ComparedRow(
        key=key,
        name_vi=name_vi(period),
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        establishments=len(inspected),
        passed=len(inspected) - len(in_breach),
        in_breach=len(in_breach),
        visits=sum(one.visits for one in lines),
        violations=sum(one.violations for one in lines),
        fines=sum(one.fines for one in lines),
        fines_total=sum(one.fines_total for one in lines),
    )


def drivers(tally: Tally) -> list[DriverRow]:
    """What moved most against the first period of the comparison, at most :data:`MOST_DRIVERS` of each part."""
    one = next(iter(tally.facts.earlier), None)
    if one is None or one.facts is None:
        return []
    past = Tally(one.facts, one.period)
    rows: list[DriverRow] = []
    for part, names, key_of in (
        ("campaigns", {str(campaign.id): campaign.name for campaign in tally.facts.campaigns}, _campaign),
        ("units", {str(unit): name for unit, name in tally.facts.unit_names}, _unit),
        ("codes", {act.code: f"{act.name_vi} ({act.code})" for act in tally.facts.violation_types}, _codes),
    ):
        now, before = (
            Counter(key for visit in side.visits for key in key_of(side, visit)) for side in (tally, past)
        )
        moved = {key: abs(now[key] - before[key]) for key in now | before if now[key] != before[key]}
        rows += [
            DriverRow(key=f"{part}.{key}", part=part, name_vi=names[key], before=before[key], now=now[key])
            for _, key in sorted((-by, key) for key, by in moved.items() if names.get(key))[:MOST_DRIVERS]
        ]
    return rows


MOST_DRIVERS = 3


def _campaign(_tally: Tally, visit: VisitFact) -> tuple[str, ...]:
    return (str(visit.campaign),)


def _unit(tally: Tally, visit: VisitFact) -> tuple[str, ...]:
    return (str(tally.unit_of(visit)),)


def _codes(tally: Tally, visit: VisitFact) -> tuple[str, ...]:
    return tuple(violation.code for violation in tally.violations_of(visit))


def ended_units(tally: Tally) -> list[EndedUnit]:
    """Units with visits of the period that had ended by its last day: a visit counts in the unit of its own day, and
    whoever reads the table must know that the unit is no more."""
    visits = Counter(tally.unit_of(visit) for visit in tally.visits)
    rows = [
        EndedUnit(
            key=str(unit.id),
            name=unit.name,
            valid_to=unit.valid_to.isoformat(),
            visits=visits[unit.id],
            successors=list(unit.successors),
        )
        for unit in tally.facts.ended_units
        if visits[unit.id]
    ]
    return sorted(rows, key=lambda row: (row["name"], row["key"]))


def _breach_days(tally: Tally) -> dict[UUID, set[date]]:
    """The days on which each establishment was found in breach, in the period and in the year before."""
    days: dict[UUID, set[date]] = defaultdict(set)
    for establishment, day in tally.facts.breaches:
        days[establishment].add(day)
    for visit in tally.visits:
        if tally.violations_of(visit):
            days[visit.establishment].add(visit.visited_on)
    return days
