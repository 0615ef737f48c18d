"""The life of a report: ordered, taken by a worker, figures kept, documents kept, done. Verbs flush; the edge commits.

The row is the queue. A worker takes an order for :data:`LEASE` and renews it at every step; when it dies, the
lease runs out and another takes over where it stopped. ``attempt`` fences the two: whoever comes back late is told
:class:`LostError`.

Ordering the same report again while it is queued or running gives the running one back; once it is done, a new
order makes a new report, with the next revision number when its figures differ.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from config.extensions import now
from config.storage import Stored
from inspection.documents import renderer
from inspection.documents.signing import Signed
from inspection.journal.checkpoint import Checkpoint
from inspection.people.jurisdictions import jurisdictions
from inspection.reports.models import Format, Report, ReportFile, ReportKind, ReportSignature, ReportStatus
from inspection.reports.periods import Period, closed_on
from inspection.reports.revisions import Change

COMPILE = "reports.compile"
"""The name of the job that compiles one report; rung after an order has been committed."""

LEASE = timedelta(minutes=5)
UNHEARD = timedelta(minutes=1)
"""How long an order may wait before the sweep rings again."""

MOST_ATTEMPTS = 5
LOOK_BACK = 3
"""Days after a cut-off on which the automatic reports are still ordered, should the clock have stood still."""

SIGNED = "signed"
"""What the signed PDF is asked for by, beside the formats."""

OPEN = (ReportStatus.QUEUED.value, ReportStatus.RUNNING.value)
TAKEN, COUNTED = 0.05, 0.5
"""Progress when a worker has the order, and when its figures are kept."""


class LostError(Exception):
    """The order is no longer this worker's: cancelled, finished, or taken over."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's hold on an order."""

    report: uuid.UUID
    attempt: int


def order(
    session: Session,
    *,
    jurisdiction: uuid.UUID,
    kind: ReportKind,
    period: Period,
    formats: Iterable[Format],
    ordered_by: uuid.UUID | None,
    occasion: str | None = None,
    reason: str | None = None,
    public: bool = False,
    record: uuid.UUID | None = None,
) -> Report:
    """Queue a report, or find the same order still open. ``occasion`` marks an automatic order; ``reason`` says why a
    report that was issued is revised; ``public`` asks for the edition that anybody may read."""
    wanted = sorted({one.value for one in formats})
    same = select(Report).where(
        Report.jurisdiction == jurisdiction,
        Report.kind == kind.value,
        Report.period_key == period.key,
        Report.status.in_(OPEN),
        Report.issue_of.is_(None),
    )
    for report in session.scalars(same.order_by(Report.ordered_at)):
        if report.formats == wanted and report.public is public:
            report.occasion = report.occasion or occasion
            report.reason = report.reason or reason
            session.flush()
            return report
    report = Report(
        id=record or uuid7(),
        jurisdiction=jurisdiction,
        kind=kind.value,
        period=dict(period.document()),
        period_key=period.key,
        formats=wanted,
        status=ReportStatus.QUEUED.value,
        progress=0.0,
        ordered_by=ordered_by,
        ordered_at=now(),
        attempts=0,
        superseded=False,
        public=public,
        occasion=occasion,
        reason=reason,
    )
    session.add(report)
    session.flush()
    return report


def order_due(session: Session, today: datetime) -> list[Report]:
    """Order what the law's cut-off makes due: for every jurisdiction, both kinds, each period that closed within the
    last days, once. ``today`` is a moment in Vietnam's zone."""
    made = []
    for days_ago in range(LOOK_BACK):
        for period in closed_on(today.date() - timedelta(days=days_ago)):
            for jurisdiction in jurisdictions(session):
                for kind in ReportKind:
                    report = _order_once(session, jurisdiction, kind, period)
                    made += [report] if report is not None else []
    return made


def claim(session: Session, report: uuid.UUID) -> Claim | None:
    """Take an order. None when there is nothing to do: another worker has it, or it is done or cancelled."""
    found = session.get(Report, report, with_for_update=True)
    if found is None or found.status not in OPEN:
        return None
    at = now()
    if found.lease_until is not None and found.lease_until > at:
        return None
    if found.attempts >= MOST_ATTEMPTS:
        _give_up(found, "internal")
        session.flush()
        return None
    found.status = ReportStatus.RUNNING.value
    found.attempts += 1
    found.started_at = found.started_at or at
    found.progress = max(found.progress, TAKEN)
    found.lease_until = at + LEASE
    session.flush()
    return Claim(report, found.attempts)


def keep_figures(
    session: Session,
    hold: Claim,
    figures: dict[str, Any],
    checkpoint: Checkpoint,
    changes: Sequence[Change] = (),
    replaces: str | None = None,
) -> None:
    """Keep what was counted, where in the journal, and which revision it makes: a new number when ``changes`` from the
    one before are not empty, the same number again when nothing that is counted differs. ``replaces`` names the issued
    document before.

    :raises LostError: when the order is no longer the worker's.
    """
    report = _held(session, hold)
    before = revision_before(session, report)
    report.revision, report.changes = 1, []
    if before is not None:
        report.revision = (before.revision or 1) + (1 if changes else 0)
        report.changes = [change.row() for change in changes] if changes else before.changes
        report.reason = report.reason or (before.reason if not changes else None)
        report.replaces = replaces if changes else before.replaces
    report.renderer = renderer()
    report.figures = figures
    report.checkpoint = checkpoint.root_hex
    report.taken_at = checkpoint.taken_at
    report.progress = COUNTED
    session.flush()


def keep_file(session: Session, hold: Claim, made: Format, media_type: str, key: str, stored: Stored) -> None:
    """Keep one document; its bytes are in the storage already.

    :raises LostError: when the order is no longer the worker's.
    """
    report = _held(session, hold)
    session.merge(
        ReportFile(
            report=report.id,
            format=made.value,
            media_type=media_type,
            sha256=stored.sha256,
            size=stored.size,
            key=key,
            created_at=now(),
        )
    )
    session.flush()
    report.progress = COUNTED + (1 - COUNTED) * len(files_of(session, report.id)) / (len(report.formats) + 1)
    session.flush()


def keep_signature(session: Session, hold: Claim, signed: Signed, key: str, stored: Stored) -> None:
    """Keep the signature over the PDF; the signed bytes are in the storage already.

    :raises LostError: when the order is no longer the worker's.
    """
    report = _held(session, hold)
    session.merge(
        ReportSignature(
            report=report.id,
            key=key,
            sha256=stored.sha256,
            size=stored.size,
            signer=signed.signer,
            issuer=signed.issuer,
            fingerprint=signed.fingerprint,
            signed_at=signed.signed_at,
        )
    )
    session.flush()


def complete(session: Session, hold: Claim) -> None:
    """Every document is there. A draft takes the place of drafts, an issued report of everything before it.

    :raises LostError: when the order is no longer the worker's.
    """
    report = _held(session, hold)
    earlier = update(Report).where(*_same(report), Report.status == ReportStatus.DONE.value)
    if report.issue_of is None:
        earlier = earlier.where(Report.issue_of.is_(None))
    session.execute(earlier.values(superseded=True, due=None))
    report.status = ReportStatus.DONE.value
    report.progress = 1.0
    report.finished_at = now()
    report.lease_until = None
    session.flush()


def fail(session: Session, hold: Claim, code: str) -> None:
    """Give up, with the code of the refusal.

    :raises LostError: when the order is no longer the worker's.
    """
    _give_up(_held(session, hold), code)
    session.flush()


def release(session: Session, hold: Claim) -> None:
    """Put the order back after a passing fault: the sweep finds it.

    :raises LostError: when the order is no longer the worker's.
    """
    report = _held(session, hold)
    report.status = ReportStatus.QUEUED.value
    report.lease_until = None
    session.flush()


def cancel(session: Session, report: uuid.UUID) -> bool:
    """Call back an order that is not done; its worker notices at the next step. False when it was too late."""
    found = session.get(Report, report, with_for_update=True)
    if found is None or found.status not in OPEN:
        return False
    found.status = ReportStatus.CANCELLED.value
    found.finished_at = now()
    found.lease_until = None
    _free_number(found)
    session.flush()
    return True


def unheard(session: Session) -> list[uuid.UUID]:
    """Open orders nobody works on: rung in vain, or left by a worker that died."""
    at = now()
    return list(
        session.scalars(
            select(Report.id)
            .where(
                ((Report.status == ReportStatus.QUEUED.value) & (Report.ordered_at < at - UNHEARD))
                | ((Report.status == ReportStatus.RUNNING.value) & (Report.lease_until < at))
            )
            .order_by(Report.ordered_at)
        )
    )


def files_of(session: Session, report: uuid.UUID) -> list[ReportFile]:
    """The documents of a report that are in the storage, by format."""
    return list(
        session.scalars(select(ReportFile).where(ReportFile.report == report).order_by(ReportFile.format))
    )


def document_of(session: Session, report: uuid.UUID, made: str) -> ReportFile | None:
    """One stored document by its format; ``signed`` is the PDF with its signature, as a row that is not kept."""
    if made != SIGNED:
        return session.get(ReportFile, (report, made))
    signature, plain = (
        session.get(ReportSignature, report),
        session.get(ReportFile, (report, Format.PDF.value)),
    )
    if signature is None or plain is None:
        return None
    return ReportFile(
        report=report,
        format=SIGNED,
        media_type=plain.media_type,
        sha256=signature.sha256,
        size=signature.size,
        key=signature.key,
        created_at=signature.signed_at,
    )


def issued_as(session: Session, digests: Iterable[str]) -> ReportFile | None:
    """The document with one of these SHA-256 (hex) that was issued here."""
    query = select(ReportFile).where(ReportFile.sha256.in_(set(digests))).order_by(ReportFile.created_at)
    return session.scalars(query.limit(1)).one_or_none()


def signature_of(session: Session, report: uuid.UUID) -> ReportSignature | None:
    """The signature over a report's PDF, if it was signed."""
    return session.get(ReportSignature, report)


def _held(session: Session, hold: Claim) -> Report:
    """The order, its lease renewed."""
    report = session.get(Report, hold.report, with_for_update=True)
    if report is None or report.status != ReportStatus.RUNNING.value or report.attempts != hold.attempt:
        raise LostError(str(hold.report))
    report.lease_until = now() + LEASE
    return report


def _give_up(report: Report, code: str) -> None:
    report.status = ReportStatus.FAILED.value
    report.error = code
    report.finished_at = now()
    report.lease_until = None
    _free_number(report)


def _free_number(report: Report) -> None:
    """The number of a document that was not issued may be given again."""
    if report.issue_of is not None:
        report.occasion = None


def revision_before(session: Session, report: Report) -> Report | None:
    """What a report of the same kind, place and period is compared with: the newest that was issued, else the newest
    draft."""
    return session.scalar(
        select(Report)
        .where(*_same(report), Report.status == ReportStatus.DONE.value)
        .order_by(Report.issue_of.is_(None), Report.revision.desc(), Report.finished_at.desc())
        .limit(1)
    )


def _same(report: Report) -> tuple[ColumnElement[bool], ...]:
    """Reports of the same place, kind and period."""
    return (
        Report.jurisdiction == report.jurisdiction,
        Report.kind == report.kind,
        Report.period_key == report.period_key,
        Report.public.is_(report.public),
        Report.id != report.id,
    )


def _occasion(jurisdiction: uuid.UUID, kind: ReportKind, period: Period) -> str:
    return f"{jurisdiction}:{kind.value}:{period.kind.value}:{period.last.isoformat()}"


def _ordered(session: Session, occasion: str) -> bool:
    return session.scalar(select(Report.id).where(Report.occasion == occasion)) is not None


def _order_once(session: Session, jurisdiction: uuid.UUID, kind: ReportKind, period: Period) -> Report | None:
    """Order what a cut-off makes due. None when it was ordered before, or is being ordered by another clock right
    now: the database lets an occasion in once."""
    occasion = _occasion(jurisdiction, kind, period)
    if _ordered(session, occasion):
        return None
    try:
        with session.begin_nested():
            return order(
                session,
                jurisdiction=jurisdiction,
                kind=kind,
                period=period,
                formats=Format,
                ordered_by=None,
                occasion=occasion,
            )
    except IntegrityError:
        return None
