"""Tables of campaigns, team assignments and target lists: projections of the journal."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import JSON, Date, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base
from inspection.journal.projection import Projection


class Campaign(Projection, Base):
    """A round of inspections ordered by one decision. Its id names the scope in which its visits travel.

    ``agencies``, ``units`` and ``checklists`` are lists of record ids. ``complaint`` is set when a complaint
    triggered an unannounced inspection.
    """

    __tablename__ = "campaign"
    __table_args__ = (Index("ix_campaign_jurisdiction_starts_on", "jurisdiction", "starts_on"),)

    jurisdiction: Mapped[uuid.UUID]
    name: Mapped[str] = mapped_column(String)
    campaign_type: Mapped[str] = mapped_column(String)
    occasion: Mapped[str | None] = mapped_column(String)
    decision_number: Mapped[str | None] = mapped_column(String)
    decision_date: Mapped[date | None] = mapped_column(Date)
    legal_basis: Mapped[str | None] = mapped_column(Text)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    agencies: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    units: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    checklists: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    complaint: Mapped[uuid.UUID | None]


class Assignment(Projection, Base):
    """A person's place in the team of one campaign. Somebody who leaves has the assignment voided, never
    removed: what he did while he belonged to the team stays his."""

    __tablename__ = "assignment"

    campaign: Mapped[uuid.UUID] = mapped_column(index=True)
    person: Mapped[uuid.UUID] = mapped_column(index=True)
    agency: Mapped[uuid.UUID | None]
    duty: Mapped[str] = mapped_column(String)
    team: Mapped[str | None] = mapped_column(String)


class Target(Projection, Base):
    """An establishment on the list of those that a campaign means to visit (danh sách cơ sở dự kiến kiểm tra), for the
    team that it was given to."""

    __tablename__ = "target"

    campaign: Mapped[uuid.UUID] = mapped_column(index=True)
    establishment: Mapped[uuid.UUID] = mapped_column(index=True)
    team: Mapped[str | None] = mapped_column(String)
    planned_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str | None] = mapped_column(String)
    note: Mapped[str | None] = mapped_column(Text)
