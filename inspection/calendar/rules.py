"""The working calendar of State bodies, and how periods of days end. Pure.

A day is off when it is listed so, or when it is a Saturday or Sunday that is not worked in exchange for another
day. The calendar covers the years for which the Government's notices are known; outside of them nothing can be said.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)
SATURDAY = 5
STATUTORY_DAYS = 11
"""Public holidays of a year (Bộ luật Lao động 45/2019/QH14 Điều 112)."""


class OutsideCalendarError(Exception):
    """A period runs past the years that the calendar covers."""


class DayUnit(StrEnum):
    """Calendar days (ngày), working days (ngày làm việc), months or years: the unit is part of a legal rule."""

    CALENDAR = "calendar"
    WORKING = "working"
    MONTH = "month"  # ends on the same date of its month, or on the next working day
    YEAR = "year"  # ends on the same date, whatever day it is


class DayType(StrEnum):
    """Why a day is listed."""

    STATUTORY = "statutory"  # public holiday, also when it falls on a weekend
    COMPENSATORY = "compensatory"  # day off for a holiday on a weekly rest day
    SWAPPED_OFF = "swapped_off"  # weekday off in exchange for a worked Saturday
    SWAPPED_WORK = "swapped_work"  # Saturday worked


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One day that is listed. ``verified`` says how well its source was read."""

    day: date
    off: bool
    type: DayType
    name: str
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class OpenRange:
    """Days whose holidays are not decided yet: a deadline that touches them may still move."""

    first: date
    last: date


class Why(StrEnum):
    """Why a day of a period was passed over."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that was not counted, or on which a period could not end. ``name`` is the holiday's."""

    day: date
    why: Why
    name: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A counted period: the day after ``start`` is the first. ``nominal_end`` is the last day counted; a day off moves
    it to ``end``.

    ``skipped`` lists what was passed over: the days off and the paused days within working days; the paused days, and
    the days off at the end, within calendar days. ``may_move``: a holiday within is not decided yet.
    """

    start: date
    days: int
    unit: DayUnit
    nominal_end: date
    end: date
    skipped: tuple[Skipped, ...]
    may_move: bool


Pause = tuple[date, date]
"""First and last day of a time that is not counted, both inclusive."""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Listed days between ``first`` and ``last``, both inclusive."""

    first: date
    last: date
    days: Mapping[date, SpecialDay] = field(default_factory=dict)
    undecided: tuple[OpenRange, ...] = ()

    def is_working(self, day: date) -> bool:
        """Whether State bodies work on ``day``.

        :raises OutsideCalendarError: when the calendar does not cover it.
        """
        return self.why_off(day) is None

    def why_off(self, day: date) -> Skipped | None:
        """Why State bodies do not work on ``day``; None when they do.

        :raises OutsideCalendarError: when the calendar does not cover it.
        """
        if not self.first <= day <= self.last:
            raise OutsideCalendarError(day.isoformat())
        listed = self.days.get(day)
        if listed is not None:
            return Skipped(day, Why.HOLIDAY, listed.name) if listed.off else None
        return Skipped(day, Why.WEEKEND) if day.weekday() >= SATURDAY else None

    def on_or_after(self, day: date) -> date:
        """``day``, or the next working day when it is off (Bộ luật Dân sự 2015 Điều 147–148, not read)."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def after_working_days(self, start: date, count: int) -> date:
        """The last of ``count`` working days; the first one counted is the day after ``start``."""
        return self.period(start, count, DayUnit.WORKING).end

    def after_calendar_days(self, start: date, count: int) -> date:
        """The last of ``count`` days after ``start``; a last day that is off moves to the next working day."""
        return self.period(start, count, DayUnit.CALENDAR).end

    def period(self, start: date, days: int, unit: DayUnit, pauses: Sequence[Pause] = ()) -> Period:
        """``days`` counted from the day after ``start``, with what was passed over.

        :raises OutsideCalendarError: when the period leaves the years that the calendar covers.
        """
        if unit is DayUnit.YEAR:
            day = months_later(start, 12 * days)
            return Period(start, days, unit, day, day, (), may_move=False)
        day, left, skipped = start, days, list[Skipped]()
        if unit is DayUnit.MONTH:
            day, left = months_later(start, days), 0
        while left > 0:
            day += ONE_DAY
            passed = Skipped(day, Why.PAUSED) if _within(day, pauses) else None
            if passed is None and unit is DayUnit.WORKING:
                passed = self.why_off(day)
            if passed is None:
                left -= 1
            else:
                skipped.append(passed)
        nominal_end = day
        while (off := self.why_off(day)) is not None or _within(day, pauses):
            skipped.append(off or Skipped(day, Why.PAUSED))
            day += ONE_DAY
        may_move = self.may_move(start, day)
        return Period(start, days, unit, nominal_end, day, tuple(skipped), may_move)

    def may_move(self, start: date, end: date) -> bool:
        """Whether holidays between ``start`` and ``end`` are still undecided."""
        return any(open_range.first <= end and start <= open_range.last for open_range in self.undecided)

    def with_days(self, days: Iterable[SpecialDay]) -> WorkingCalendar:
        """This calendar with ``days`` in the place of what it says of them. A later year is covered as soon as all its
        public holidays are among them; until then nothing is said of it."""
        added = {each.day: each for each in days}
        statutory = [day.year for day, each in added.items() if each.type is DayType.STATUTORY and each.off]
        last = self.last
        while statutory.count(last.year + 1) >= STATUTORY_DAYS:
            last = last.replace(year=last.year + 1)
        return replace(self, last=last, days={**self.days, **added})


def months_later(day: date, months: int) -> date:
    """The same date ``months`` later, or the last of that month where it has no such date."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _within(day: date, pauses: Sequence[Pause]) -> bool:
    return any(first <= day <= last for first, last in pauses)
