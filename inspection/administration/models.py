"""Projections of the administration's scope."""

from __future__ import annotations

import uuid

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base
from inspection.journal.projection import Projection


class AccessEvent(Projection, Base):
    """Something done to somebody's access. ``person`` is whose; ``device`` the device that was ended, if it was one."""

    __tablename__ = "access_event"

    act: Mapped[str] = mapped_column(String(32))
    person: Mapped[uuid.UUID | None] = mapped_column(index=True)
    device: Mapped[uuid.UUID | None]
    note: Mapped[str | None] = mapped_column(String)
