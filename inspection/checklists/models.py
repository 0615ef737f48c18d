"""Tables of checklist editions and of the violation catalogue: projections of the journal."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base
from inspection.journal.projection import Projection


class Checklist(Projection, Base):
    """One edition of one domain's checklist, in force from ``valid_from`` to ``valid_to`` inclusive.

    ``establishment_types`` and ``risk_groups`` say which establishments it is meant for (``rules.meant_for``), all of
    them where they are empty. ``items`` is the list described in ``inspection/checklists/data/README.md``. Item ids are
    stable across editions, so an answer means the same question whatever edition asked it.
    """

    __tablename__ = "checklist"
    __table_args__ = (Index("ix_checklist_domain_valid_from", "domain", "valid_from"),)

    code: Mapped[str] = mapped_column(String)
    domain: Mapped[str] = mapped_column(String)
    edition: Mapped[int] = mapped_column(BigInteger)
    title_vi: Mapped[str] = mapped_column(String)
    title_en: Mapped[str] = mapped_column(String)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    items: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    establishment_types: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    risk_groups: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    source: Mapped[str | None] = mapped_column(Text)


class ViolationType(Projection, Base):
    """An act of the violation catalogue as a decree states it.

    Amounts are whole dong as the decree writes them for ``fine_for``; the other kind of person pays double or half.
    ``verified`` says how well the amounts were read; an amount that was not read is empty, never guessed.
    """

    __tablename__ = "violation_type"
    __table_args__ = (Index("ix_violation_type_code_valid_from", "code", "valid_from"),)

    code: Mapped[str] = mapped_column(String)
    domain: Mapped[str] = mapped_column(String)
    name_vi: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str | None] = mapped_column(Text)
    legal_basis: Mapped[str] = mapped_column(Text)
    fine_for: Mapped[str | None] = mapped_column(String)
    fine_minimum: Mapped[int | None] = mapped_column(BigInteger)
    fine_maximum: Mapped[int | None] = mapped_column(BigInteger)
    tiers: Mapped[list[dict[str, object]] | None] = mapped_column(JSON(none_as_null=True))
    measures: Mapped[list[dict[str, object]] | None] = mapped_column(JSON(none_as_null=True))
    verified: Mapped[str] = mapped_column(String)
    source: Mapped[str | None] = mapped_column(Text)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)


class DraftStatus(StrEnum):
    """A draft is looked at, then published or put away. A published edition may be withdrawn until the day before it
    comes into force."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class ReferenceDraft(Base):
    """A workbook that was sent: as the next edition of a checklist (``kind`` is ``checklist``, ``code`` the
    checklist's), or as the violation catalogue (``violation_type``, without a code). It is a desk: what is published
    are operations of the journal.

    ``follows`` are the records that it was compared with; ``steps`` what its publication did, each with the record that
    it ``made``, the one ``before`` it and the day on which that one had ``ended``, where there are such.
    """

    __tablename__ = "reference_draft"
    __table_args__ = (Index("ix_reference_draft_scope_made_at", "scope", "made_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String)
    kind: Mapped[str] = mapped_column(String)
    code: Mapped[str] = mapped_column(String)
    person: Mapped[uuid.UUID]
    filename: Mapped[str] = mapped_column(String)
    made_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    follows: Mapped[list[str]] = mapped_column(JSON)
    valid_from: Mapped[date | None] = mapped_column(Date)
    steps: Mapped[list[dict[str, str | None]]] = mapped_column(JSON)
