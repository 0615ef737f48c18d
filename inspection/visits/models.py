"""Tables of visits and of what is recorded on them: projections of the journal."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base
from inspection.columns import ExactDecimal
from inspection.journal.projection import Projection


class Visit(Projection, Base):
    """One establishment, one team, one day (lượt kiểm tra). ``unit`` is the administrative unit in force on
    ``visited_on``; ``checklists`` are the editions that were used, ``opinion`` what the establishment says to
    the findings."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_visited_on", "visited_on"),
        Index("ix_visit_campaign_visited_on", "campaign", "visited_on"),
        Index("ix_visit_establishment_visited_on", "establishment", "visited_on"),
    )

    campaign: Mapped[uuid.UUID]
    establishment: Mapped[uuid.UUID]
    visited_on: Mapped[date] = mapped_column(Date)
    visit_type: Mapped[str | None] = mapped_column(String)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    unit: Mapped[uuid.UUID | None]
    lead: Mapped[uuid.UUID | None]
    checklists: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    representative: Mapped[str | None] = mapped_column(String)
    opinion: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    external_id: Mapped[str | None] = mapped_column(String, index=True)


class Answer(Projection, Base):
    """The answer to one checklist item, about one subject where the item is asked of several (two scales in a shop).

    ``value`` is the number read, ``unit`` its unit of measurement as a word; ``text`` is also what a barcode said,
    ``chosen`` the names of the options chosen, ``day`` the answer to a question for a date.
    """

    __tablename__ = "answer"

    visit: Mapped[uuid.UUID] = mapped_column(index=True)
    checklist: Mapped[uuid.UUID | None]
    item: Mapped[str] = mapped_column(String)
    subject: Mapped[str | None] = mapped_column(String)
    result: Mapped[str | None] = mapped_column(String)
    reason: Mapped[str | None] = mapped_column(Text)
    value: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    unit: Mapped[str | None] = mapped_column(String)
    text: Mapped[str | None] = mapped_column(Text)
    chosen: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    day: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str | None] = mapped_column(Text)


class Violation(Projection, Base):
    """A violation found on a visit, and days later the sanction decided for it (``amount`` in whole dong).

    ``payer`` is who is sanctioned; ``amount_reason`` says why the sum lies outside the range of the catalogue;
    ``followed_up_by`` is the visit that saw whether the breach was remedied. ``ended_on`` is the day on which the act
    ended, empty where it was going on when it was found; ``goods_value`` and ``illegal_gain``, in whole dong, choose
    the tier; ``served_on`` is the day the decision was handed over, from which payment is due.
    """

    __tablename__ = "violation"
    __table_args__ = (Index("ix_violation_found_on", "found_on"),)

    visit: Mapped[uuid.UUID] = mapped_column(index=True)
    answer: Mapped[uuid.UUID | None]
    code: Mapped[str] = mapped_column(String, index=True)
    violation_type: Mapped[uuid.UUID | None]
    description: Mapped[str | None] = mapped_column(Text)
    severity: Mapped[str | None] = mapped_column(String)
    corrected: Mapped[bool | None]
    found_on: Mapped[date | None] = mapped_column(Date)
    sanction: Mapped[str | None] = mapped_column(String)
    authority: Mapped[str | None] = mapped_column(String)
    decision_number: Mapped[str | None] = mapped_column(String)
    decided_on: Mapped[date | None] = mapped_column(Date)
    amount: Mapped[int | None] = mapped_column(BigInteger)
    payer: Mapped[str | None] = mapped_column(String)
    amount_reason: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(Date)
    remedied_on: Mapped[date | None] = mapped_column(Date)
    recorded_on: Mapped[date | None] = mapped_column(Date)
    record_number: Mapped[str | None] = mapped_column(String)
    record_case: Mapped[str | None] = mapped_column(String)
    result_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    goods_value: Mapped[int | None] = mapped_column(BigInteger)
    goods_basis: Mapped[str | None] = mapped_column(String)
    illegal_gain: Mapped[int | None] = mapped_column(BigInteger)
    decision_case: Mapped[str | None] = mapped_column(String)
    served_on: Mapped[date | None] = mapped_column(Date)
    paid_on: Mapped[date | None] = mapped_column(Date)
    paid_amount: Mapped[int | None] = mapped_column(BigInteger)
    receipt_number: Mapped[str | None] = mapped_column(String)
    followed_up_by: Mapped[uuid.UUID | None]


class Measure(Projection, Base):
    """A measure taken on the spot or demanded: suspension, destruction, correction of labels, referral."""

    __tablename__ = "measure"

    visit: Mapped[uuid.UUID] = mapped_column(index=True)
    violation: Mapped[uuid.UUID | None]
    measure_type: Mapped[str] = mapped_column(String)
    product_count: Mapped[int | None] = mapped_column(BigInteger)
    quantity: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    quantity_unit: Mapped[str | None] = mapped_column(String)
    note: Mapped[str | None] = mapped_column(Text)


class Signature(Projection, Base):
    """One party's signature under the visit record, or the note that it refused to sign.

    ``covers`` maps each record that was signed to its version at that moment and ``digest`` names the content that was
    read before signing; anything written later is an amendment. ``strokes`` is the drawn signature: lines of points in
    a box 1000 wide. ``witnesses`` are those who saw the refusal.
    """

    __tablename__ = "signature"

    visit: Mapped[uuid.UUID] = mapped_column(index=True)
    party: Mapped[str] = mapped_column(String)
    name: Mapped[str] = mapped_column(String)
    position: Mapped[str | None] = mapped_column(String)
    refused: Mapped[bool | None]
    refusal_reason: Mapped[str | None] = mapped_column(Text)
    covers: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    digest: Mapped[str | None] = mapped_column(String(64), index=True)
    strokes: Mapped[list[list[int]] | None] = mapped_column(JSON(none_as_null=True))
    witnesses: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))


class FrozenRecord(Projection, Base):
    """The content of a visit record at the moment it was signed, kept whole under its digest."""

    __tablename__ = "frozen_record"

    visit: Mapped[uuid.UUID] = mapped_column(index=True)
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class VisitMerge(Projection, Base):
    """A person's word that the visit ``merged`` is the visit ``kept``; voided, that they are two.

    ``records`` maps each record that was carried over to what it became, which entries ``first`` to ``last`` of the
    campaign's journal brought about.
    """

    __tablename__ = "visit_merge"

    campaign: Mapped[uuid.UUID] = mapped_column(index=True)
    kept: Mapped[uuid.UUID] = mapped_column(index=True)
    merged: Mapped[uuid.UUID] = mapped_column(index=True)
    first: Mapped[int] = mapped_column(BigInteger)
    last: Mapped[int] = mapped_column(BigInteger)
    records: Mapped[dict[str, str]] = mapped_column(JSON)
