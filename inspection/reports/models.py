"""Tables of reports. A report is no projection of the journal: it cites the journal, and its bytes are kept as issued.
The distribution list is one."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base
from inspection.journal.projection import Projection


class ReportKind(StrEnum):
    """The documents the district owes."""

    VIOLATION_SUMMARY = "violation_summary"
    COMPLAINT_REGISTER = "complaint_register"
    PETITION_TABLES = "petition_tables"  # 01–04/XLĐ, 01–04/KQGQ
    RECEPTION_BOOK = "reception_book"  # sổ tiếp công dân


class ReportStatus(StrEnum):
    """Where an order stands. The row is the queue: a job only does what its row says."""

    QUEUED = "queued"  # waits for a worker
    RUNNING = "running"  # a worker has it until lease_until; after that another may take it over
    DONE = "done"  # every document is in the storage; nothing changes any more
    FAILED = "failed"  # given up, with the code of the refusal
    CANCELLED = "cancelled"  # called back before it was done


class Format(StrEnum):
    """What a document is printed as."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"


class Report(Base):
    """One order and what came of it.

    ``period`` has the window written out, so a later change of the rules moves nothing. ``checkpoint`` is the
    Merkle root of the journal heads that the figures were read at, ``taken_at`` its moment. ``attempts`` counts
    the workers that took the order and fences them: what an earlier one still sends is refused. ``occasion``
    names the cut-off an automatic order was made for, once. ``changes`` lists the figures that differ from the
    revision before: name, before, now, and the visits that changed it (``reason`` says in words why there is a
    revision). ``renderer`` names what printed the documents. ``due`` lists, in the same form as ``changes``, what has
    changed in the journal since this report was issued, as of ``looked_at``: a revision is due. ``public``: printed for
    anybody to read, without names and small cells; such an edition is numbered apart.

    A report is a draft until it is issued. An issue is a report of its own that prints the figures of the draft
    ``issue_of`` once more, with ``document_number`` (none on a register) and ``document_date``, and is signed;
    ``replaces`` names the issued document that a revision takes the place of.
    """

    __tablename__ = "report"
    __table_args__ = (
        Index("ix_report_period", "jurisdiction", "kind", "period_key"),
        Index("ix_report_status", "status", "ordered_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    jurisdiction: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(32))
    period: Mapped[dict[str, Any]] = mapped_column(JSON)
    period_key: Mapped[str] = mapped_column(String(80))
    formats: Mapped[list[str]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(16))
    progress: Mapped[float] = mapped_column(Float)
    revision: Mapped[int | None] = mapped_column(Integer)
    checkpoint: Mapped[str | None] = mapped_column(String(64))
    taken_at: Mapped[datetime | None]
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True)
    changes: Mapped[list[list[Any]] | None] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(String(1000))
    renderer: Mapped[str | None] = mapped_column(String(200))
    due: Mapped[list[list[Any]] | None] = mapped_column(JSON)
    looked_at: Mapped[datetime | None]
    superseded: Mapped[bool] = mapped_column(Boolean)
    public: Mapped[bool] = mapped_column(Boolean)
    error: Mapped[str | None] = mapped_column(String(40))
    ordered_by: Mapped[uuid.UUID | None]
    ordered_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer)
    occasion: Mapped[str | None] = mapped_column(String(160), unique=True)
    issue_of: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("report.id"), index=True)
    document_number: Mapped[int | None] = mapped_column(Integer)
    document_date: Mapped[date | None]
    replaces: Mapped[str | None] = mapped_column(String(200))


class ReportFile(Base):
    """One document of a report; its bytes are in the storage under ``key`` and have this SHA-256 (hex)."""

    __tablename__ = "report_file"

    report: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), primary_key=True)
    format: Mapped[str] = mapped_column(String(8), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    key: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class ReportSignature(Base):
    """The PAdES signature of a report's PDF: a layer of its own over the unsigned bytes, which are kept as they are.
    ``signer`` and ``issuer`` are the names in the certificate, ``fingerprint`` its SHA-256 (hex)."""

    __tablename__ = "report_signature"

    report: Mapped[uuid.UUID] = mapped_column(ForeignKey("report.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    signer: Mapped[str] = mapped_column(String(300))
    issuer: Mapped[str] = mapped_column(String(300))
    fingerprint: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime]


class Recipient(Projection, Base):
    """Somebody on the distribution list of a district; with ``register``, of the complaint registers too."""

    __tablename__ = "recipient"

    name: Mapped[str] = mapped_column(String)
    email: Mapped[str] = mapped_column(String)
    register: Mapped[bool | None]
