"""The working calendar of a jurisdiction: the national one with the days that the office lists on top."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspection.calendar.models import CalendarDay
from inspection.calendar.reference import national_calendar
from inspection.calendar.rules import DayType, SpecialDay, WorkingCalendar


def working_calendar(session: Session, jurisdiction: uuid.UUID) -> WorkingCalendar:
    """The calendar by which periods of ``jurisdiction`` are counted now."""
    return national_calendar().with_days(
        SpecialDay(row.day, row.off, DayType(row.day_type), row.name, row.source, "office")
        for row in listed_days(session, jurisdiction)
    )


def listed_days(session: Session, jurisdiction: uuid.UUID) -> Sequence[CalendarDay]:
    """The days that the office lists, in their order."""
    query = select(CalendarDay).where(CalendarDay.scope == f"reference:{jurisdiction}", ~CalendarDay.voided)
    return session.scalars(query.order_by(CalendarDay.day)).all()
