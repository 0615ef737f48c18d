"""One chunk of an upload: where it begins, what it must hash to, and what becomes of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request

from config.errors import Refusal
from config.extensions import db, now
from config.storage import Storage
from inspection.people.access import Caller
from sync.uploads import arriving, finishing, operations
from sync.uploads.half_files import HalfFile, HalfFiles
from sync.uploads.headers import Checksum

DISK_RETRY = 60
"""Seconds after which a phone may try again when the disk is full or fails."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk that is announced: where it begins, and what it must hash to if the phone says so."""

    offset: int
    checksum: Checksum | None


@dataclass(frozen=True, slots=True)
class Written:
    """How far the upload has come; ``expires_at`` is None once it is stored."""

    offset: int
    expires_at: datetime | None


def write_chunk(
    halves: HalfFiles, storage: Storage, caller: Caller, upload: uuid.UUID, chunk: Chunk
) -> Written:
    """Write the request's body behind what is here. No transaction is open while the line is listened to.

    :raises Refusal: ``wrong_offset``, ``upload_locked``, ``too_large``, ``checksum_mismatch``, ``wrong_media_type``,
        and those of :mod:`sync.uploads.operations`.
    """
    evidence = operations.sendable(db.session(), caller, upload)
    if evidence.stored:
        if chunk.offset != evidence.size or request.content_length:
            raise Refusal("wrong_offset")
        return Written(chunk.offset, None)
    operations.under_way(db.session(), upload, now())
    db.session.rollback()
    with halves.writing(upload) as half:
        # Whoever held the lock before may have finished or given up: only now is what the table says final.
        found = operations.under_way(db.session(), upload, now())
        length, expires_at = found.length, found.expires_at
        db.session.rollback()
        if chunk.offset != half.size:
            raise Refusal("wrong_offset")
        if (request.content_length or 0) > length - chunk.offset:
            raise Refusal("too_large")
        _take(half, chunk, length - chunk.offset)
        arrived = half.size
        if arrived < length:
            return Written(arrived, expires_at)
        finishing.finish(half, storage, upload)
        return Written(arrived, None)


def heal(halves: HalfFiles, storage: Storage, upload: uuid.UUID) -> None:
    """Finish an upload whose bytes are all here: the process that took in the last one has died.

    :raises Refusal: as :func:`sync.uploads.finishing.finish`, and ``upload_locked`` while somebody is at it.
    """
    db.session.rollback()
    with halves.writing(upload) as half:
        operations.under_way(db.session(), upload, now())
        finishing.finish(half, storage, upload)


def _take(half: HalfFile, chunk: Chunk, wanted: int) -> None:
    """Write the body; a whole chunk that does not hash to what was said is forgotten again. One that the line cut
    short is kept unproven: the file is hashed as a whole in the end, and on a bad line nothing else would ever
    arrive."""
    body: Iterable[bytes] = arriving.pieces(request, wanted)
    hasher: Any = chunk.checksum.hasher() if chunk.checksum else None
    try:
        half.append(body if hasher is None else _hashed(body, hasher))
    except OSError as problem:
        raise Refusal("unavailable", retry_after=DISK_RETRY) from problem
    if chunk.checksum is not None and hasher.digest() != chunk.checksum.digest:
        half.shorten(chunk.offset)
        raise Refusal("checksum_mismatch")


def _hashed(pieces: Iterable[bytes], hasher: Any) -> Iterator[bytes]:
    for piece in pieces:
        hasher.update(piece)
        yield piece
