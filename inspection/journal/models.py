"""Tables of the journal.

``journal_entry`` is the journal itself: rows are added and never changed, except that an erasure under the
law empties a value and its salt in ``content`` and leaves the digest. ``journal_record`` is the current state
of every record, in the form that phones pull. Receipts and operations kept aside are not rebuilt from the
journal.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base


class Scope(Base):
    """The counter row of a scope: its head sequence number and chain hash. Locked first by every writer."""

    __tablename__ = "journal_scope"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    head: Mapped[int] = mapped_column(BigInteger)
    head_hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Entry(Base):
    """One accepted operation. ``digests`` and ``content`` are by key; content is ``[salt, value]``, or null
    when erased."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        Index("journal_entry_record", "record", "seq"),
        Index(
            "journal_entry_opened", "user", "seq"
        ),  # who opened a scope: the entries with sequence number 1
        {"postgresql_partition_by": "HASH (scope)"},
    )

    scope: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    operation: Mapped[uuid.UUID]
    device: Mapped[uuid.UUID]
    user: Mapped[uuid.UUID]
    n: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(32))
    record: Mapped[uuid.UUID]
    parent: Mapped[uuid.UUID | None]
    base: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[datetime]
    outcomes: Mapped[dict[str, str]] = mapped_column(JSON)
    settled: Mapped[dict[str, list[int]]] = mapped_column(JSON)
    amendment: Mapped[int | None]
    admitted_by: Mapped[uuid.UUID | None]
    digests: Mapped[dict[str, str]] = mapped_column(JSON)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Record(Base):
    """The current state of a record (see :mod:`inspection.journal.state`); ``seq`` is its version."""

    __tablename__ = "journal_record"
    __table_args__ = (
        Index("journal_record_pull", "scope", "seq"),
        Index("journal_record_parent", "parent"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(32))
    parent: Mapped[uuid.UUID | None]
    state: Mapped[dict[str, Any]] = mapped_column(JSON)


class ConflictRow(Base):
    """A disagreement about one key of a record: the projection of a ``conflict`` record."""

    __tablename__ = "conflict"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(64), index=True)
    version: Mapped[int] = mapped_column(BigInteger)
    target_kind: Mapped[str] = mapped_column(String(32))
    target: Mapped[uuid.UUID] = mapped_column(index=True)
    field: Mapped[str] = mapped_column(String(64))
    stored: Mapped[dict[str, Any]] = mapped_column(JSON)
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    open: Mapped[bool] = mapped_column(index=True)


class Receipt(Base):
    """What was answered to an operation, so that a resend gets the same answer."""

    __tablename__ = "journal_receipt"
    __table_args__ = (UniqueConstraint("device", "n"),)

    operation: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    device: Mapped[uuid.UUID]
    n: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    status: Mapped[str] = mapped_column(String(16))
    seq: Mapped[int | None] = mapped_column(BigInteger)
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class ParkedStatus(StrEnum):
    """Where an operation that was kept aside stands."""

    HELD = "held"  # waits for the record it belongs to
    REJECTED = "rejected"  # refused, for the office to admit or dismiss
    QUARANTINED = "quarantined"  # sent by a revoked device
    FAULTED = "faulted"  # the server failed on it; the phone was told to try again
    ADMITTED = "admitted"  # became an entry after all
    DISMISSED = "dismissed"  # put away by a person, with a reason


class Parked(Base):
    """An operation that is not (yet) an entry, kept whole. ``sealed`` replaces ``content`` for confidential
    kinds."""

    __tablename__ = "journal_parked"
    __table_args__ = (
        UniqueConstraint("device", "digest"),
        Index("journal_parked_wait", "waits_for", "status"),
        Index("journal_parked_queue", "status", "received_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    operation: Mapped[uuid.UUID | None] = mapped_column(index=True)
    device: Mapped[uuid.UUID]
    user: Mapped[uuid.UUID]
    n: Mapped[int | None] = mapped_column(BigInteger)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    scope: Mapped[str | None] = mapped_column(String(64), index=True)
    kind: Mapped[str | None] = mapped_column(String(32))
    record: Mapped[uuid.UUID | None]
    status: Mapped[str] = mapped_column(String(16))
    error: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    waits_for: Mapped[uuid.UUID | None]
    waits_for_kind: Mapped[str | None] = mapped_column(String(32))
    content: Mapped[Any] = mapped_column(JSON)
    sealed: Mapped[str | None]
    attempts: Mapped[int]
    received_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[uuid.UUID | None]
    decision_reason: Mapped[str | None]


class Generation(Base):
    """The life of the journal between two restores. ``restored`` maps each scope to the head it was restored
    to."""

    __tablename__ = "journal_generation"

    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(4), unique=True)
    started_at: Mapped[datetime]
    restored: Mapped[dict[str, int]] = mapped_column(JSON)


class Verification(Base):
    """One check of everything that the journal proves, ordered by a person: how far it is, and what it found
    (:class:`inspection.journal.verification.Finding`). ``scopes`` and ``entries`` count what was gone through."""

    __tablename__ = "journal_verification"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    ordered_by: Mapped[uuid.UUID]
    ordered_at: Mapped[datetime] = mapped_column(index=True)
    touched_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    progress: Mapped[float]
    scopes: Mapped[int]
    entries: Mapped[int] = mapped_column(BigInteger)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class WitnessAlarm(Base):
    """A phone saw a chain that is not the present one: something was changed, or the journal was cut."""

    __tablename__ = "journal_alarm"

    number: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(64))
    cursor: Mapped[str] = mapped_column(String(40))
    problem: Mapped[str] = mapped_column(String(64))
    device: Mapped[uuid.UUID]
    raised_at: Mapped[datetime]


class SealedHeads(Base):
    """A signed checkpoint: the heads of all scopes, or of those that a report reads, at one moment, as
    ``[scope, sequence, hash]``."""

    __tablename__ = "journal_checkpoint"

    root: Mapped[str] = mapped_column(String(64), primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(index=True)
    heads: Mapped[list[list[Any]]] = mapped_column(JSON)
    key: Mapped[str] = mapped_column(String(32))
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
