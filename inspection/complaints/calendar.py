"""The working calendar of State bodies, and how periods of days end. Pure.

A day is off when it is listed so, or when it is a Saturday or Sunday that is not worked in exchange for
another day. The calendar covers the years for which the Government's notices are known; outside of them
nothing can be said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class OutsideCalendarError(Exception):
    """A period runs past the years that the calendar covers."""


@dataclass(frozen=True, slots=True)
class OpenRange:
    """Days whose holidays are not decided yet: a deadline that touches them may still move."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Days off and worked weekend days between ``first`` and ``last``, both inclusive."""

    first: date
    last: date
    off: frozenset[date]
    worked: frozenset[date]
    undecided: tuple[OpenRange, ...] = ()

    def is_working(self, day: date) -> bool:
        """Whether State bodies work on ``day``.

        :raises OutsideCalendarError: when the calendar does not cover it.
        """
        if not self.first <= day <= self.last:
            raise OutsideCalendarError(day.isoformat())
        if day in self.off:
            return False
        return day.weekday() < SATURDAY or day in self.worked

    def on_or_after(self, day: date) -> date:
        """``day``, or the next working day when it is off (Bộ luật Dân sự 2015 Điều 147–148, not read)."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def after_working_days(self, start: date, count: int) -> date:
        """The last of ``count`` working days; the first one counted is the day after ``start``."""
        day = start
        while count > 0:
            day += ONE_DAY
            count -= self.is_working(day)
        return day

    def after_calendar_days(self, start: date, count: int) -> date:
        """The last of ``count`` days after ``start``; a last day that is off moves to the next working day."""
        return self.on_or_after(start + timedelta(days=count))

    def may_move(self, start: date, end: date) -> bool:
        """Whether holidays between ``start`` and ``end`` are still undecided."""
        return any(open_range.first <= end and start <= open_range.last for open_range in self.undecided)
