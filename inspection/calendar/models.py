"""The table of days that the office lists itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base
from inspection.journal.projection import Projection


class CalendarDay(Projection, Base):
    """One day that the office lists, before the national calendar that the product carries."""

    __tablename__ = "calendar_day"
    __table_args__ = (Index("ix_calendar_day_day", "day"),)

    day: Mapped[date] = mapped_column(Date)
    off: Mapped[bool] = mapped_column(Boolean)
    day_type: Mapped[str] = mapped_column(String)
    name: Mapped[str] = mapped_column(String)
    source: Mapped[str] = mapped_column(String)
