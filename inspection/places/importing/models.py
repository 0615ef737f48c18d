"""The table of imports: what a workbook held, what a person decided, and how far it is taken in. It is a desk, not the
register: what is taken in are operations of the journal, and a draft may be thrown away."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base


class ImportStatus(StrEnum):
    """A draft is looked at; it is then queued, taken in row by row, and done. Failed: the rights or the register did
    not let it in, and ``problem`` says why; what was taken in until then stays."""

    DRAFT = "draft"
    QUEUED = "queued"
    DONE = "done"
    FAILED = "failed"
    DISCARDED = "discarded"


class EstablishmentImport(Base):
    """One workbook. ``lines`` are the rows as they were compared; ``choices`` what was decided, by row number: "new",
    "skip" or the id of the establishment it is. ``taken`` counts the lines that have been gone through."""

    __tablename__ = "establishment_import"
    __table_args__ = (Index("ix_establishment_import_jurisdiction_made_at", "jurisdiction", "made_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    jurisdiction: Mapped[uuid.UUID]
    person: Mapped[uuid.UUID]
    device: Mapped[uuid.UUID]
    filename: Mapped[str] = mapped_column(String)
    made_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    choices: Mapped[dict[str, str]] = mapped_column(JSON)
    taken: Mapped[int]
    created: Mapped[int]
    updated: Mapped[int]
    rung_at: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(String)
