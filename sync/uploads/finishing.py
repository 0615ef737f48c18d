"""An upload whose bytes are all here: examine, keep, note; and the sweep that finds what was left half done."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime

from flask import current_app
from sqlalchemy import delete

from config.errors import Refusal
from config.extensions import db, now, write
from config.scanning import ScannerError, is_clean
from config.settings import Settings
from config.storage import Storage, StorageError
from inspection.evidence import operations as evidence_operations
from sync.uploads import operations
from sync.uploads.half_files import HalfFile, HalfFiles
from sync.uploads.models import REMEMBERED, Upload

log = logging.getLogger(__name__)

STORAGE_RETRY = 30
"""Seconds after which a phone may ask again when the storage is away."""


def finish(half: HalfFile, storage: Storage, upload: uuid.UUID) -> None:
    """Turn a whole half file into stored evidence. Every step may have been done before.

    What is not what the record announced is thrown away, and the phone may send the file again.

    :raises Refusal: ``checksum_mismatch``, ``wrong_media_type``, ``file_refused`` by the scanner, or ``unavailable``
        while storage or scanner are away; the bytes are then kept, and the next request or the sweep goes on.
    """
    wanted = evidence_operations.announced(db.session(), upload)
    db.session.rollback()
    try:
        evidence_operations.examine(wanted, half.read())
        _scan(half)
    except ScannerError as problem:
        log.warning("evidence %s waits for the scanner: %s", upload, problem)
        raise Refusal("unavailable", retry_after=STORAGE_RETRY) from problem
    except Refusal as refusal:
        log.warning("evidence %s was thrown away: %s", upload, refusal.code)
        give_up(half, upload)
        raise
    try:
        evidence_operations.keep(storage, wanted, half.read())
    except (StorageError, OSError) as problem:
        log.exception("evidence %s waits for the storage", upload)
        raise Refusal("unavailable", retry_after=STORAGE_RETRY) from problem
    with write() as session:
        evidence_operations.note_stored(session, upload, now())
        operations.end(session, upload)
    half.remove()


def _scan(half: HalfFile) -> None:
    settings: Settings = current_app.config["SETTINGS"]
    if not is_clean(settings.upload_scanner, half.path):
        raise Refusal("file_refused")


def give_up(half: HalfFile, upload: uuid.UUID) -> None:
    """Throw away what has arrived. The bytes go first: a row without bytes begins at 0, bytes without a row could be
    taken for those of a later upload."""
    half.remove()
    with write() as session:
        operations.end(session, upload)


def sweep(halves: HalfFiles, storage: Storage, at: datetime) -> None:
    """Finish what is whole, throw away what has expired or belongs to no upload any more. An upload that some
    connection works on, or one that fails, is left for the next time."""
    for upload in halves.all():
        try:
            with halves.writing(upload) as half:
                _tidy(half, storage, upload, at)
        except Refusal as refusal:
            log.info("upload %s is left as it is: %s", upload, refusal.code)
        except Exception:
            log.exception("upload %s could not be swept", upload)
    with write() as session:
        session.execute(delete(Upload).where(Upload.expires_at < at - REMEMBERED))


def _tidy(half: HalfFile, storage: Storage, upload: uuid.UUID, at: datetime) -> None:
    found = db.session.get(Upload, upload, populate_existing=True)
    whole = found is not None and half.size >= found.length
    given_up = found is None or found.expires_at <= at
    db.session.rollback()
    if whole:
        finish(half, storage, upload)
    elif given_up:
        half.remove()
