"""The table of evidence: a projection of the journal. The bytes are in the storage, under their SHA-256."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base
from inspection.columns import ExactDecimal
from inspection.journal.projection import Projection


class Evidence(Projection, Base):
    """One photo, scan or drawn signature of a visit.

    ``sha256``, ``size`` (bytes) and ``media_type`` say which bytes belong to it, and never change. ``stored`` is true
    once exactly these bytes are in the storage; until then it is null. ``subject`` is the answer, violation,
    measure or signature it shows.
    """

    __tablename__ = "evidence"

    visit: Mapped[uuid.UUID] = mapped_column(index=True)
    subject: Mapped[uuid.UUID | None]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String)
    taken_at: Mapped[datetime | None]
    latitude: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    longitude: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    accuracy: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    caption: Mapped[str | None] = mapped_column(String)
    stored: Mapped[bool | None]
