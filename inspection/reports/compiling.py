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
from typing import cast

from flask import current_app

from config.extensions import snapshot, write
from config.settings import Settings
from config.storage import Storage
from inspection import mail
from inspection.documents import signing
from inspection.documents.model import Document
from inspection.documents.signing import SigningError
from inspection.journal import checkpoint
from inspection.reports import changing, counting, delivering, operations, past, printing
from inspection.reports.checks import DisagreementError
from inspection.reports.models import Format, Report, ReportKind
from inspection.reports.operations import Claim, LostError
from inspection.reports.periods import Period, PeriodDocument

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Order:
    jurisdiction: uuid.UUID
    kind: ReportKind
    period: Period
    counted: bool
    issued: bool


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
    except printing.TooLongError as problem:
        log.error("report %s is too long for pages: %s", report, problem)
        return _give_up(hold, "too_long_for_pages")
    except SigningError as problem:
        log.error("report %s could not be signed: %s", report, problem)
        return _give_up(hold, "signing_failed")
    except Exception:
        _put_back(hold)
        raise
    return True


def _work(hold: Claim, storage: Storage) -> None:
    with snapshot() as session:
        found = session.get_one(Report, hold.report)
        ordered = _Order(
            found.jurisdiction,
            ReportKind(found.kind),
            counting.period_of(cast(PeriodDocument, found.period)),
            counted=found.checkpoint is not None,
            issued=found.issue_of is not None,
        )
    if not ordered.counted:
        _count(hold, ordered)
    with snapshot() as session:
        found = session.get_one(Report, hold.report)
        document = printing.document_of(found)
        kept = {one.format for one in operations.files_of(session, found.id)}
        missing = [Format(one) for one in found.formats if one not in kept]
    printing.suit(document, missing)
    for made in missing:
        key = f"reports/{hold.report}/{hold.report}.{made.value}"
        stored = storage.put(key, io.BytesIO(printing.RENDERERS[made].render(document)))
        with write() as session:
            operations.keep_file(session, hold, made, printing.RENDERERS[made].MEDIA_TYPE, key, stored)
    if ordered.issued:
        _sign(hold, document, storage)
    settings: Settings = current_app.config["SETTINGS"]
    with write() as session:
        operations.complete(session, hold)
        automatic = session.get_one(Report, hold.report).occasion is not None
        queued = delivering.send(session, hold.report, settings.public_url) if automatic else []
    mail.ring_for(queued)


def _sign(hold: Claim, document: Document, storage: Storage) -> None:
    """Put the organisation's signature on the issued PDF, where there is a certificate. The unsigned file stays beside
    it."""
    settings: Settings = current_app.config["SETTINGS"]
    certificate = settings.signing_certificate
    if certificate is None and settings.demonstration:
        certificate = signing.demonstration(settings.data_dir)
    with snapshot() as session:
        plain = operations.document_of(session, hold.report, Format.PDF.value)
        done = operations.signature_of(session, hold.report) is not None
        key = plain.key if plain else ""
    if certificate is None or not key or done:
        return
    with storage.open(key) as stream:
        unsigned = stream.read()
    from inspection.documents import pades  # takes a second to load: only who signs pays

    signer = pades.load(certificate, settings.signing_password)
    signed = pades.sign(unsigned, signer, reason=document.title, place=document.issuer.place)
    key = f"reports/{hold.report}/{hold.report}.signed.pdf"
    stored = storage.put(key, io.BytesIO(signed.content))
    with write() as session:
        operations.keep_signature(session, hold, signed, key, stored)


def _count(hold: Claim, ordered: _Order) -> None:
    with snapshot() as session:
        sealed = checkpoint.take(session, past.scopes_now(ordered.jurisdiction))
        figures = counting.figures_of(
            session, ordered.kind, ordered.jurisdiction, ordered.period, sealed.taken_at
        )
        before = operations.revision_before(session, session.get_one(Report, hold.report))
        changes = [] if before is None else changing.since(session, before, figures)
        replaces = printing.document_of(before).reference if before and before.issue_of else None
    with write() as session:
        operations.keep_figures(session, hold, figures, sealed, changes, replaces)
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
