"""The table of mail. Not a projection: what was sent is no change to a record."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base


class MailStatus(StrEnum):
    """Where a mail stands."""

    QUEUED = "queued"  # waits for next_at and a worker
    SENDING = "sending"  # a worker has it until lease_until
    SENT = "sent"  # the mail server took it
    FAILED = "failed"  # given up; the reason is kept, and the office may try again
    CANCELLED = "cancelled"  # called back by the office


class Mail(Base):
    """One letter to one address.

    ``purpose`` says in a word what it is for (``summary``, ``complaint_reminder`` …); ``about`` is the address of the
    office page that it speaks of. ``attachments`` lists ``{"name", "media_type", "key", "sha256"}``, the bytes being in
    the storage. ``reason`` is what the mail server said last.
    """

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("occasion", "recipient", name="uq_mail_occasion"),
        Index("ix_mail_status", "status", "next_at"),
        Index("ix_mail_jurisdiction", "jurisdiction", "queued_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    jurisdiction: Mapped[uuid.UUID]
    purpose: Mapped[str] = mapped_column(String(32))
    occasion: Mapped[str] = mapped_column(String(160))
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text, deferred=True)
    about: Mapped[str] = mapped_column(String(200))
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str | None] = mapped_column(String(500))
    queued_at: Mapped[datetime]
    next_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
