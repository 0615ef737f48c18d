"""From an order to its documents: the one edge that a job and a command share. It opens and commits transactions.

Figures are read in one snapshot together with the checkpoint they cite, kept, and only then printed: a worker
that takes over prints from the kept figures, so a report killed at any point ends with the same bytes. The
documents are made and stored one by one; what is stored already is not made again.
"""

from __future__ import annotations

import io
import logging
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast

from flask import current_app
from sqlalchemy.orm import Session

from config.extensions import snapshot, write
from config.settings import Settings
from config.storage import Storage
from inspection.journal import checkpoint
from inspection.reports import operations, queries
from inspection.reports.checks import DisagreementError
from inspection.reports.documents import compose, docx, pdf, xlsx
from inspection.reports.documents.model import Document
from inspection.reports.figures import violation_summary
from inspection.reports.models import Format, Report, ReportKind
from inspection.reports.operations import Claim, LostError
from inspection.reports.periods import Period, PeriodDocument, PeriodKind
from inspection.reports.register import RegisterFigures, register
from inspection.reports.shapes import Figures

log = logging.getLogger(__name__)


class Renderer(Protocol):
    """What turns a document into bytes."""

    MEDIA_TYPE: str

    def render(self, document: Document) -> bytes:
        """The bytes of the document."""


RENDERERS: dict[Format, Renderer] = {Format.DOCX: docx, Format.XLSX: xlsx, Format.PDF: pdf}


@dataclass(frozen=True, slots=True)
class _Order:
    jurisdiction: uuid.UUID
    kind: ReportKind
    period: Period
    counted: bool


def compile_report(report: uuid.UUID, storage: Storage) -> bool:
    """Do what is left to do for an order. False when it was not this worker's to do, or no longer."""
    with write() as session:
        hold = operations.claim(session, report)
    if hold is None:
        return False
    try:
        _work(hold, storage)
    except LostError:
        return False
    except DisagreementError as problem:
        log.error("report %s does not add up: %s", report, problem)
        return _give_up(hold, "figures_do_not_add_up")
    except Exception:
        _put_back(hold)
        raise
    return True


def figures_of(session: Session, kind: ReportKind, jurisdiction: uuid.UUID, period: Period) -> dict[str, Any]:
    """The figures of a report as the session's snapshot has them.

    :raises DisagreementError: when they do not add up.
    """
    if kind is ReportKind.VIOLATION_SUMMARY:
        return dict(violation_summary(queries.summary_facts(session, jurisdiction, period), period))
    lines = queries.complaints(session, jurisdiction, period.last)
    return dict(register(lines, period, queries.jurisdiction_of(session, jurisdiction)))


def document_of(report: Report) -> Document:
    """The document of a report whose figures are kept: the same whenever it is asked for."""
    if report.figures is None or report.taken_at is None or report.checkpoint is None:
        raise ValueError("the report has no figures yet")
    circumstances = compose.Circumstances(
        report=str(report.id),
        revision=report.revision or 1,
        checkpoint=report.checkpoint,
        taken_at=report.taken_at,
        changes=tuple((name, before, after) for name, before, after in report.changes or ()),
    )
    if report.kind == ReportKind.VIOLATION_SUMMARY:
        return compose.summary(cast(Figures, report.figures), circumstances)
    return compose.complaint_register(cast(RegisterFigures, report.figures), circumstances)


def period_of(kept: PeriodDocument) -> Period:
    """A period as it was ordered, its window unchanged whatever the rules say now."""
    return Period(
        PeriodKind(kept["kind"]),
        date.fromisoformat(kept["first"]),
        date.fromisoformat(kept["last"]),
        kept["year"],
        kept["number"],
        uuid.UUID(kept["campaign"]) if kept["campaign"] else None,
        kept["name"],
    )


def _work(hold: Claim, storage: Storage) -> None:
    with snapshot() as session:
        found = session.get_one(Report, hold.report)
        ordered = _Order(
            found.jurisdiction,
            ReportKind(found.kind),
            period_of(cast(PeriodDocument, found.period)),
            counted=found.checkpoint is not None,
        )
    if not ordered.counted:
        _count(hold, ordered)
    with snapshot() as session:
        found = session.get_one(Report, hold.report)
        document = document_of(found)
        kept = {one.format for one in operations.files_of(session, found.id)}
        missing = [Format(one) for one in found.formats if one not in kept]
    for made in missing:
        key = f"reports/{hold.report}/{hold.report}.{made.value}"
        stored = storage.put(key, io.BytesIO(RENDERERS[made].render(document)))
        with write() as session:
            operations.keep_file(session, hold, made, RENDERERS[made].MEDIA_TYPE, key, stored)
    with write() as session:
        operations.complete(session, hold)


def _count(hold: Claim, ordered: _Order) -> None:
    with snapshot() as session:
        sealed = checkpoint.take(session)
        figures = figures_of(session, ordered.kind, ordered.jurisdiction, ordered.period)
    with write() as session:
        operations.keep_figures(session, hold, figures, sealed)
        settings: Settings = current_app.config["SETTINGS"]
        checkpoint.keep(session, sealed, settings.data_dir)


def _give_up(hold: Claim, code: str) -> bool:
    try:
        with write() as session:
            operations.fail(session, hold, code)
    except LostError:
        return False
    return True


def _put_back(hold: Claim) -> None:
    """A passing fault (the disk, the database): the sweep tries again, up to the limit of attempts."""
    try:
        with write() as session:
            operations.release(session, hold)
    except LostError:
        log.info("report %s was taken over", hold.report)
