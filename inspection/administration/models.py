"""Projections of the administration's scope."""

from __future__ import annotations

import uuid

from sqlalchemy import JSON, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base
from inspection.journal.projection import Projection


class OfficePolicy(Projection, Base):
    """The rules an office gives itself: one record a jurisdiction. ``second_factor_roles`` are the roles that sign in
    to the office with a code besides the password; ``session_hours`` how long an office session lasts at most."""

    __tablename__ = "office_policy"

    second_factor_roles: Mapped[list[str] | None] = mapped_column(JSON)
    session_hours: Mapped[int | None] = mapped_column(Integer)


class AccessEvent(Projection, Base):
    """Something done to somebody's access. ``person`` is whose; ``device`` the device that was ended, if it was one."""

    __tablename__ = "access_event"

    act: Mapped[str] = mapped_column(String(32))
    person: Mapped[uuid.UUID | None] = mapped_column(index=True)
    device: Mapped[uuid.UUID | None]
    note: Mapped[str | None] = mapped_column(String)
