"""Tables of the complaint register.

``complaint``, its steps, links, remedies and attachments, and ``identity_opening`` are projections of the journal.
``sealed_identity``, ``sealed_attachment``, ``petitioner_mark`` and ``register_counter`` are not: an identity must never
stand in the journal, and a counter is a lock as much as a number.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, Boolean, Date, Index, Integer, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base
from inspection.journal.projection import Projection


class Complaint(Projection, Base):
    """One case (vụ việc) from the receipt of its petition (đơn) to its end. Who wrote it is not among the columns.

    ``register_number`` runs without gaps within ``jurisdiction`` and ``register_year``; the server gives both. A
    paper with several contents is several cases: ``paper`` names the first of them, and is empty for a paper with
    one. ``due_on`` is the last day of the clock that runs, ``due_because`` what last moved it. ``ended_on`` and the
    fields after it belong to an end other than a settlement.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        Index("uq_complaint_register", "jurisdiction", "register_year", "register_number", unique=True),
        Index("ix_complaint_received_on", "received_on"),
        Index("ix_complaint_due_on", "due_on"),
        Index("ix_complaint_paper", "paper"),
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
    identity_held_at: Mapped[str | None] = mapped_column(String)
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
    paper: Mapped[uuid.UUID | None]
    topic: Mapped[str | None] = mapped_column(String)
    level: Mapped[str | None] = mapped_column(String)
    previously: Mapped[str | None] = mapped_column(String)
    settled_by: Mapped[str | None] = mapped_column(String)
    processable: Mapped[bool | None] = mapped_column(Boolean)
    unprocessable_reason: Mapped[str | None] = mapped_column(String)
    competent: Mapped[bool | None] = mapped_column(Boolean)
    concrete_evidence: Mapped[bool | None] = mapped_column(Boolean)
    complexity: Mapped[str | None] = mapped_column(String)
    remote: Mapped[bool | None] = mapped_column(Boolean)
    several_places: Mapped[bool | None] = mapped_column(Boolean)
    act_known_on: Mapped[date | None] = mapped_column(Date)
    agency: Mapped[uuid.UUID | None]
    due_because: Mapped[str | None] = mapped_column(String)
    refusal_code: Mapped[str | None] = mapped_column(String)
    ended_on: Mapped[date | None] = mapped_column(Date)
    closing_number: Mapped[str | None] = mapped_column(String)
    receiver: Mapped[str | None] = mapped_column(String)
    closing_reason: Mapped[str | None] = mapped_column(Text)


class ComplaintStep(Projection, Base):
    """One step of a case that leaves its status as it is: an extension, a suspension, a notice, a reminder."""

    __tablename__ = "complaint_step"

    complaint: Mapped[uuid.UUID] = mapped_column(index=True)
    step: Mapped[str] = mapped_column(String)
    happened_on: Mapped[date] = mapped_column(Date)
    number: Mapped[str | None] = mapped_column(String)
    receiver: Mapped[str | None] = mapped_column(String)
    content: Mapped[str | None] = mapped_column(Text)


class ComplaintLink(Projection, Base):
    """What a case belongs to: another case, an inspection, a violation, an attachment (``target`` is its record)."""

    __tablename__ = "complaint_link"

    complaint: Mapped[uuid.UUID] = mapped_column(index=True)
    relation: Mapped[str] = mapped_column(String)
    target: Mapped[uuid.UUID] = mapped_column(index=True)
    note: Mapped[str | None] = mapped_column(Text)


class ComplaintRemedy(Projection, Base):
    """What a decision or conclusion orders (``stage`` ``due``) or what of it was carried out (``done``): money in
    million VND, land in square metres, as the forms 01–04/KQGQ count them."""

    __tablename__ = "complaint_remedy"

    complaint: Mapped[uuid.UUID] = mapped_column(index=True)
    stage: Mapped[str] = mapped_column(String)
    on: Mapped[date] = mapped_column(Date)
    state_money: Mapped[Decimal | None] = mapped_column(Numeric(18, 6))
    state_land: Mapped[Decimal | None] = mapped_column(Numeric(18, 6))
    organisations_money: Mapped[Decimal | None] = mapped_column(Numeric(18, 6))
    organisations_land: Mapped[Decimal | None] = mapped_column(Numeric(18, 6))
    individuals_money: Mapped[Decimal | None] = mapped_column(Numeric(18, 6))
    individuals_land: Mapped[Decimal | None] = mapped_column(Numeric(18, 6))
    organisations: Mapped[int | None] = mapped_column(BigInteger)
    individuals: Mapped[int | None] = mapped_column(BigInteger)
    sanctioned_organisations: Mapped[int | None] = mapped_column(BigInteger)
    sanctioned_people: Mapped[int | None] = mapped_column(BigInteger)
    sanctioned_officials: Mapped[int | None] = mapped_column(BigInteger)
    prosecuted_cases: Mapped[int | None] = mapped_column(BigInteger)
    prosecuted_people: Mapped[int | None] = mapped_column(BigInteger)
    prosecuted_officials: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str | None] = mapped_column(Text)


class ComplaintAttachment(Projection, Base):
    """One scan or file of a case. Its bytes are in the storage, sealed (:mod:`inspection.complaints.attachments`).

    ``sha256`` is that of the sealed bytes, ``size`` (bytes) and ``media_type`` are those of the file itself.
    ``redacts`` names the attachment of which this is the copy without what identifies its writer.
    """

    __tablename__ = "complaint_attachment"

    complaint: Mapped[uuid.UUID] = mapped_column(index=True)
    attachment_type: Mapped[str] = mapped_column(String)
    title: Mapped[str | None] = mapped_column(String)
    redacts: Mapped[uuid.UUID | None]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String)


class SealedAttachment(Base):
    """The data key of an attachment, sealed to the office key ``key``. Without it the bytes are noise: erasing an
    attachment is deleting this row."""

    __tablename__ = "sealed_attachment"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    complaint: Mapped[uuid.UUID] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(String)
    box: Mapped[str] = mapped_column(Text)


class PetitionerMark(Base):
    """A blind index of a sealed identity: equal marks mean the same name or the same contact, and say neither.

    See :mod:`inspection.complaints.marks`. The marks of a case go when its identity goes.
    """

    __tablename__ = "petitioner_mark"

    complaint: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)


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
    """That somebody opened the sealed identity of ``complaint``, or the ``attachment`` it names, and why. Who and when
    are the entry's; what was inside stands nowhere."""

    __tablename__ = "identity_opening"

    complaint: Mapped[uuid.UUID] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(Text)
    attachment: Mapped[uuid.UUID | None]


class Reading(Projection, Base):
    """That an auditor opened the file of ``complaint`` on a day. Who and when are the entry's."""

    __tablename__ = "reading"

    complaint: Mapped[uuid.UUID] = mapped_column(index=True)
    opened_on: Mapped[date] = mapped_column(Date)


class RegisterCounter(Base):
    """The last register number given in one jurisdiction and year."""

    __tablename__ = "register_counter"

    jurisdiction: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(BigInteger)
