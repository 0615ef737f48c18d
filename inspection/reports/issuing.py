"""Issuing a finished draft: it takes its number and its day, is printed once more with both in it, is signed, and goes
to the distribution list.

The order is that of NĐ 30/2020/NĐ-CP (Chương II): number and day first, the organisation's digital signature after
them, so that the signature covers both. A number is given once a year. An issue is a report of its own with the
figures of its draft: it is compiled, cancelled, tried again and kept like any other, and the draft stays as it is.
"""

from __future__ import annotations

import uuid
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.errors import Refusal
from config.extensions import now
from inspection.documents import renderer
from inspection.reports.models import Format, Report, ReportKind, ReportStatus

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NUMBERED = frozenset({ReportKind.VIOLATION_SUMMARY.value})
"""Kinds whose document has a number; a register and a table have only a day."""

LARGEST_NUMBER = 99_999


def first_day(draft: Report) -> date:
    """The earliest day that a document with these figures can bear: the one on which they were sealed, in Vietnam."""
    if draft.taken_at is None:
        raise Refusal("report_not_ready")
    return draft.taken_at.astimezone(VIETNAM).date()


def issue(
    session: Session,
    draft: uuid.UUID,
    *,
    number: int | None,
    day: date,
    issued_by: uuid.UUID | None,
    record: uuid.UUID | None = None,
) -> Report:
    """Order the issue of a draft under ``number`` (none for a kind that has none) and ``day``. With the id of its
    ``record`` (see :mod:`inspection.idempotency`) the same order again gives the issue that it made.

    :raises Refusal: ``idempotency_key_reused``, ``report_not_ready``, ``report_issued``, ``wrong_document_number``,
        ``wrong_document_date`` or ``document_number_taken``.
    """
    found = session.get_one(Report, draft, with_for_update=True)
    made = session.get(Report, record) if record is not None else None
    if made is not None:
        if (made.issue_of, made.document_number, made.document_date) != (draft, number, day):
            raise Refusal("idempotency_key_reused")
        return made
    if found.status != ReportStatus.DONE.value or found.superseded:
        raise Refusal("report_not_ready")
    if found.issue_of is not None or issue_of(session, draft) is not None:
        raise Refusal("report_issued")
    if not (number is None if found.kind not in NUMBERED else 0 < (number or 0) <= LARGEST_NUMBER):
        raise Refusal("wrong_document_number")
    if not first_day(found) <= day <= now().astimezone(VIETNAM).date():
        raise Refusal("wrong_document_date")
    made = Report(
        id=record or uuid7(),
        jurisdiction=found.jurisdiction,
        kind=found.kind,
        period=found.period,
        period_key=found.period_key,
        formats=sorted({*found.formats, Format.PDF.value}),
        status=ReportStatus.QUEUED.value,
        progress=0.0,
        revision=found.revision,
        checkpoint=found.checkpoint,
        taken_at=found.taken_at,
        figures=found.figures,
        changes=found.changes,
        reason=found.reason,
        replaces=found.replaces,
        renderer=renderer(),
        superseded=False,
        public=found.public,
        ordered_by=issued_by,
        ordered_at=now(),
        attempts=0,
        occasion=_occasion(found, number, day),
        issue_of=found.id,
        document_number=number,
        document_date=day,
    )
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError:
        raise Refusal("document_number_taken") from None
    return made


def issue_of(session: Session, draft: uuid.UUID) -> Report | None:
    """The issue of a draft that is under way or done."""
    stopped = (ReportStatus.FAILED.value, ReportStatus.CANCELLED.value)
    return session.scalar(
        select(Report).where(Report.issue_of == draft, Report.status.not_in(stopped)).limit(1)
    )


def _occasion(draft: Report, number: int | None, day: date) -> str:
    """What the database lets in once: a number in its year (the edition for publication bears that of the full one), or
    the draft of a document without a number."""
    if number is None:
        return f"issue:{draft.id}"
    edition = "public" if draft.public else "full"
    return f"issue:{draft.jurisdiction}:{edition}:{day.year}:{number}"
