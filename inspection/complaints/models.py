"""Tables of the complaint register.

``complaint`` and ``identity_opening`` are projections of the journal. ``sealed_identity`` and ``register_counter`` are
not: an identity must never stand in the journal, and a counter is a lock as much as a number.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Date, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base
from inspection.journal.projection import Projection


class Complaint(Projection, Base):
    """One petition (đơn) from its receipt to its end. Who wrote it is not among the columns.

    ``register_number`` runs without gaps within ``jurisdiction`` and ``register_year``; the server gives both.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        Index("uq_complaint_register", "jurisdiction", "register_year", "register_number", unique=True),
        Index("ix_complaint_received_on", "received_on"),
        Index("ix_complaint_due_on", "due_on"),
    )

    jurisdiction: Mapped[uuid.UUID]
    petition_kind: Mapped[str] = mapped_column(String)
    channel: Mapped[str] = mapped_column(String)
    received_on: Mapped[date] = mapped_column(Date)
    register_number: Mapped[int | None] = mapped_column(BigInteger)
    register_year: Mapped[int | None] = mapped_column(BigInteger)
    field: Mapped[str] = mapped_column(String)
    summary: Mapped[str] = mapped_column(Text)
    establishment: Mapped[uuid.UUID | None] = mapped_column(index=True)
    subject_name: Mapped[str | None] = mapped_column(String)
    unit: Mapped[uuid.UUID | None]
    petitioner_type: Mapped[str | None] = mapped_column(String)
    people: Mapped[int | None] = mapped_column(BigInteger)
    forwarded_by: Mapped[str | None] = mapped_column(String)
    forwarded_number: Mapped[str | None] = mapped_column(String)
    forwarded_on: Mapped[date | None] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String)
    accepted_on: Mapped[date | None] = mapped_column(Date)
    acceptance_number: Mapped[str | None] = mapped_column(String)
    due_on: Mapped[date | None] = mapped_column(Date)
    handler: Mapped[uuid.UUID | None] = mapped_column(index=True)
    refusal_reason: Mapped[str | None] = mapped_column(Text)
    refusal_number: Mapped[str | None] = mapped_column(String)
    outcome: Mapped[str | None] = mapped_column(String)
    settled_on: Mapped[date | None] = mapped_column(Date)
    decision_number: Mapped[str | None] = mapped_column(String)
    visit: Mapped[uuid.UUID | None]
    note: Mapped[str | None] = mapped_column(Text)


class SealedIdentity(Base):
    """The petitioner's name, address and contact, encrypted to the office key ``key``. ``id`` is the complaint's.

    Nothing can read ``box`` (base64, see :mod:`inspection.complaints.sealing`) without the private key; opening it is
    an act of its own, with a reason in the journal (:class:`IdentityOpening`). When a better identity is sent later,
    the one before it moves to ``earlier``.
    """

    __tablename__ = "sealed_identity"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String)
    box: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    earlier: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)


class IdentityOpening(Projection, Base):
    """That somebody opened the sealed identity of ``complaint``, and why. Who and when are the entry's; what was inside
    stands nowhere."""

    __tablename__ = "identity_opening"

    complaint: Mapped[uuid.UUID] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(Text)


class RegisterCounter(Base):
    """The last register number given in one jurisdiction and year."""

    __tablename__ = "register_counter"

    jurisdiction: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(BigInteger)
