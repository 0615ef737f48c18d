"""Where a violation stands, until when each step is due, whether a sum lies within the law's range, and who repeats.
Pure.

A violation is *found* on a visit; *recorded* when the record of administrative violation (biên bản vi phạm hành chính)
is drawn up; *decided* when a reminder, a warning or a fine was decided; *remedied* when the breach is put right;
*overdue* when the day for that has passed without; *checked* when a later visit has seen that it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from inspection.calendar.rules import DayUnit, OutsideCalendarError, WorkingCalendar, months_later
from inspection.checklists.rules import Payer, fine_range
from inspection.visits.rules import RecordCase, Sanction

FULLY_READ = frozenset({"full", "quoted_amended"})
"""Marks of the catalogue with which a range may say that a sum lies outside it."""


class Stage(StrEnum):
    """Where a violation stands; the later word wins, *overdue* before *remedied*."""

    FOUND = "found"
    RECORDED = "recorded"
    DECIDED = "decided"
    OVERDUE = "overdue"
    REMEDIED = "remedied"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the stage of a violation and its time limits follow from."""

    found_on: date
    recorded_on: date | None = None
    sanction: str | None = None
    decided_on: date | None = None
    due_on: date | None = None
    corrected: bool = False
    remedied_on: date | None = None
    followed_up: bool = False
    record_case: str | None = None
    result_on: date | None = None
    ended_on: date | None = None
    decision_case: str | None = None
    served_on: date | None = None
    amount: int | None = None
    paid_on: date | None = None
    paid_amount: int | None = None

    @property
    def unpaid(self) -> int:
        """What is still owed of a fine, in dong."""
        return max((self.amount or 0) - (self.paid_amount or 0), 0) if self.sanction == Sanction.FINE else 0


def stage_of(facts: Facts, today: date) -> Stage:
    """The stage of a violation on ``today``."""
    remedied = facts.corrected or facts.remedied_on is not None
    if remedied:
        return Stage.CHECKED if facts.followed_up else Stage.REMEDIED
    if facts.due_on is not None and facts.due_on < today:
        return Stage.OVERDUE
    if facts.sanction:
        return Stage.DECIDED
    return Stage.RECORDED if facts.recorded_on else Stage.FOUND


def awaits_decision(facts: Facts) -> bool:
    """Whether nothing has been decided yet."""
    return not facts.sanction


class Step(StrEnum):
    """A step of the procedure that the law sets a day for, and the two limitations after which nothing may be done."""

    RECORD = "record"
    EXPLANATION = "explanation"
    DECISION = "decision"
    SERVING = "serving"
    PAYMENT = "payment"
    LIMITATION = "limitation"
    EXECUTION = "execution"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A time limit of the procedure in a case, with where it stands and how well that was read."""

    code: Step
    case: str
    count: int
    unit: DayUnit
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Due:
    """A step and its last day; ``day`` is None where the calendar does not reach."""

    limit: TimeLimit
    start: date
    day: date | None
    done_on: date | None

    def missed(self, today: date) -> bool:
        """Whether the day went by and the step was late or is still missing."""
        return self.day is not None and self.day < (self.done_on or today)


def dues(
    facts: Facts, limits: Sequence[TimeLimit], calendar: WorkingCalendar, explains: bool = False
) -> list[Due]:
    """The steps of the procedure that have begun, with their last days; the explanation only where the violator has
    the right to one."""
    found = []
    for limit in limits:
        begun = _begun(limit, facts, explains)
        if begun is not None:
            start, done = begun
            try:
                day = calendar.period(start, limit.count, limit.unit).end
            except OutsideCalendarError:
                day = None
            found.append(Due(limit, start, day, done))
    return found


def _begun(limit: TimeLimit, facts: Facts, explains: bool) -> tuple[date, date | None] | None:
    """From which day a limit counts and when its step was done; None where it does not count."""
    fined = facts.sanction == Sanction.FINE
    paid = facts.paid_on if not facts.unpaid else None
    start, done = {
        Step.RECORD: (_record_start(limit, facts), facts.recorded_on),
        Step.EXPLANATION: (facts.recorded_on if explains and not facts.sanction else None, None),
        Step.DECISION: (_if(facts.recorded_on, facts.decision_case, limit), facts.decided_on),
        Step.SERVING: (facts.decided_on if fined else None, facts.served_on),
        Step.PAYMENT: ((facts.served_on or facts.decided_on) if fined else None, paid),
        Step.LIMITATION: (facts.ended_on or facts.found_on, facts.decided_on),
        Step.EXECUTION: (facts.decided_on if fined else None, paid),
    }[limit.code]
    return None if start is None else (start, done)


def _record_start(limit: TimeLimit, facts: Facts) -> date | None:
    """From the finding, or from the result where the record waits for one."""
    start = facts.result_on if facts.record_case == RecordCase.TECHNICAL else facts.found_on
    return _if(start, facts.record_case, limit)


def _if(start: date | None, case: str | None, limit: TimeLimit) -> date | None:
    return start if limit.case == (case or "normal") else None


def interest(facts: Facts, due: date | None, today: date, per_day: Decimal) -> int:
    """What late payment has added by ``today``, in whole dong: ``per_day`` of the unpaid sum for each day after
    ``due``. A fine that was paid whole owes nothing here: what it owed is on its receipt."""
    if due is None or not facts.unpaid or today <= due:
        return 0
    return int(facts.unpaid * per_day * (today - due).days)


class Sum(StrEnum):
    """A sum against the range of the catalogue: within it, outside it, or not to be said because the range was not
    read in full."""

    WITHIN = "within"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Range:
    """The range of an act for one payer in dong. ``verified`` is the catalogue's mark."""

    minimum: int
    maximum: int
    payer: Payer
    verified: str

    @property
    def certain(self) -> bool:
        """Whether the range was read well enough to hold a sum against it."""
        return self.verified in FULLY_READ


def ranges_of(minimum: int | None, maximum: int | None, stated_for: str | None, verified: str) -> list[Range]:
    """The ranges of an act for individuals and for organisations; none where no amount was read."""
    if maximum is None or stated_for not in set(Payer):
        return []
    pairs = [(payer, fine_range(minimum or 0, maximum, Payer(stated_for), payer)) for payer in Payer]
    return [Range(low, high, payer, verified) for payer, (low, high) in pairs]


TIER_BY = {"goods_value_vnd": "goods_value", "illegal_gain_vnd": "illegal_gain"}
"""The limits of a tier, and what of the violation lies between them."""


def tiers_for(
    tiers: Iterable[Mapping[str, Any]] | None, values: Mapping[str, int | None]
) -> list[Mapping[str, Any]]:
    """The tiers of an act that the value of the goods and the illegal gain, in dong, fall into.

    A value that is the limit of two tiers gives both: decrees differ in whether "up to" or "from" takes it. Empty where
    no value was recorded, or no tier is by it.
    """
    found = []
    for tier in tiers or ():
        known = [(tier[limits], values.get(name)) for limits, name in TIER_BY.items() if tier.get(limits)]
        if known and all(value is not None and _between(value, limits) for limits, value in known):
            found.append(tier)
    return found


def _between(value: int, limits: Sequence[int | None]) -> bool:
    low, high = limits
    return (low is None or low <= value) and (high is None or value <= high)


def range_of_tiers(tiers: Sequence[Mapping[str, Any]], stated_for: str | None, verified: str) -> list[Range]:
    """The range over ``tiers`` for each payer, with the mark of the tier where it has its own, the weakest of several;
    none where one of them has no amount."""
    if not tiers or any(tier.get("maximum") is None for tier in tiers):
        return []
    marks = [str(tier.get("verified") or verified) for tier in tiers]
    weakest = next((mark for mark in marks if mark not in FULLY_READ), marks[0])
    low = min(int(tier.get("minimum") or 0) for tier in tiers)
    return ranges_of(low, max(int(tier["maximum"]) for tier in tiers), stated_for, weakest)


def held_against(amount: int | None, payer: str | None, ranges: Iterable[Range]) -> Sum:
    """A sum against the range for its payer."""
    found = next((one for one in ranges if one.payer == payer), None)
    if amount is None or found is None or not found.certain:
        return Sum.UNKNOWN
    return Sum.WITHIN if found.minimum <= amount <= found.maximum else Sum.OUTSIDE


def repeats(sanction: str, decided_on: date, found_on: date, months: int) -> bool:
    """Whether a violation found on ``found_on`` repeats one that was sanctioned on ``decided_on``: within ``months`` of
    it. The law counts from the execution of the decision, which is later than the decision, so a repeat that this
    misses may still be one."""
    if sanction not in (Sanction.WARNING, Sanction.FINE) or found_on <= decided_on:
        return False
    last = months_later(decided_on, months)
    return found_on <= last
