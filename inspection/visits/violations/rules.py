"""Where a violation stands, until when each step is due, whether a sum lies within the law's range, and who repeats.
Pure.

A violation is *found* on a visit; *recorded* when the record of administrative violation (biên bản vi phạm hành chính)
is drawn up; *decided* when a reminder, a warning or a fine was decided; *remedied* when the breach is put right;
*overdue* when the day for that has passed without; *checked* when a later visit has seen that it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspection.calendar.rules import DayUnit, OutsideCalendarError, WorkingCalendar
from inspection.checklists.rules import Payer, fine_range
from inspection.visits.rules import Sanction

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
    """What the stage of a violation follows from."""

    found_on: date
    recorded_on: date | None = None
    sanction: str | None = None
    decided_on: date | None = None
    due_on: date | None = None
    corrected: bool = False
    remedied_on: date | None = None
    followed_up: bool = False


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


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A time limit of the procedure, with where it stands and how well that was read."""

    code: str
    days: int
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


def dues(facts: Facts, limits: Sequence[TimeLimit], calendar: WorkingCalendar) -> list[Due]:
    """The steps of the procedure with their last days: the record from the finding, the decision from the record,
    payment from the decision on a fine."""
    starts = {
        "record": (facts.found_on, facts.recorded_on),
        "decision": (facts.recorded_on, facts.decided_on),
        "payment": (facts.decided_on if facts.sanction == Sanction.FINE else None, None),
    }
    found = []
    for limit in limits:
        start, done = starts[limit.code]
        if start is not None:
            try:
                day = calendar.period(start, limit.days, limit.unit).end
            except OutsideCalendarError:
                day = None
            found.append(Due(limit, start, day, done))
    return found


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
    year, month = divmod(decided_on.year * 12 + decided_on.month - 1 + months, 12)
    last = date(year, month + 1, min(decided_on.day, 28))
    return found_on <= last
