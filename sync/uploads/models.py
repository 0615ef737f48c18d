"""The table of uploads that are under way. It is no projection: nothing of it belongs into the journal."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base

LIFETIME = timedelta(days=7)
"""How long an upload waits for its last byte: a week without signal is rare, and beginning again loses nothing but
time."""

REMEMBERED = timedelta(days=30)
"""How long an expired upload is answered as expired rather than unknown."""


class Upload(Base):
    """A file that is arriving. ``id`` is that of its evidence, whose record says size, SHA-256 and type; ``device`` and
    ``person`` began it. The row ends when the bytes are stored or given up."""

    __tablename__ = "upload"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    device: Mapped[uuid.UUID]
    person: Mapped[uuid.UUID]
    length: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
