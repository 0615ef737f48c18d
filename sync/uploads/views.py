"""tus 1.0 over HTTP: creation, offset, chunks, termination."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import datetime

from flask import Response, current_app, request, url_for
from flask_smorest import Blueprint
from werkzeug.http import http_date

from config.errors import Refusal
from config.extensions import db, now, write
from config.openapi import ProblemSchema
from config.settings import Settings
from config.storage import Storage, open_storage
from inspection.evidence.rules import LARGEST
from inspection.people.access import caller, require
from inspection.people.permissions import Permission
from sync.uploads import chunks, finishing, headers, operations
from sync.uploads.half_files import HalfFiles

LARGEST_CHUNK = 16 * 1024 * 1024
"""Bytes of one PATCH. Phones send far less; this lets a desk send a scan at once."""

MOST_AT_ONCE = 4
"""Chunks that one process takes in at the same time, so that slow lines leave threads for pushes."""

_room = threading.BoundedSemaphore(MOST_AT_ONCE)

blueprint = Blueprint(
    "uploads", __name__, url_prefix="/api/uploads", description="Bytes of evidence, resumable (tus 1.0)"
)

View = Callable[..., Response]


def refusals(*statuses: int) -> Callable[[View], View]:
    """Document which statuses a view refuses with."""

    def decorate(view: View) -> View:
        for status in statuses:
            view = blueprint.alt_response(status, schema=ProblemSchema)(view)
        return view

    return decorate


@blueprint.route("", methods=["OPTIONS"])
@blueprint.response(204, description="What this server can do, in its headers")
def abilities() -> Response:
    """Which version, extensions and sizes are known."""
    response = Response(status=204)
    response.headers["Tus-Version"] = headers.VERSION
    response.headers["Tus-Extension"] = headers.EXTENSIONS
    response.headers["Tus-Max-Size"] = str(LARGEST)
    response.headers["Tus-Checksum-Algorithm"] = ",".join(headers.ALGORITHMS)
    return response


@blueprint.post("")
@blueprint.response(201, description="Begun; Location is where the bytes go")
@refusals(400, 401, 403, 404, 412, 413, 422)
@require(Permission.SYNC)
def create() -> Response:
    """Begin to send the bytes of an evidence record, or go on: ``Upload-Metadata: evidence <id in base64>``."""
    _require_version()
    length = headers.read_number("Upload-Length", request.headers.get("Upload-Length"))
    evidence_id = headers.read_evidence(request.headers.get("Upload-Metadata"))
    if length > LARGEST:
        raise Refusal("too_large")
    evidence = operations.sendable(db.session(), caller(), evidence_id)
    if length != evidence.size:
        raise Refusal("unprocessable", errors={"Upload-Length": [str(evidence.size)]})
    response = Response(status=201)
    response.headers["Location"] = url_for("uploads.offset", upload=evidence_id)
    if evidence.stored:
        return _at(response, length)
    with write() as session:
        expires_at = operations.begin(session, caller(), evidence, now()).expires_at
    return _at(response, _halves().size(evidence_id), expires_at)


@blueprint.route("/<uuid:upload>", methods=["HEAD"])
@blueprint.response(200, description="How far it came: Upload-Offset")
@refusals(401, 403, 404, 410, 412, 423)
@require(Permission.SYNC)
def offset(upload: uuid.UUID) -> Response:
    """How many bytes have arrived."""
    _require_version()
    return _offset(upload)


@blueprint.route("/<uuid:upload>", methods=["PATCH"])
@blueprint.response(204, description="Written; Upload-Offset is where the next chunk begins")
@refusals(400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 423)
@require(Permission.SYNC)
def append(upload: uuid.UUID) -> Response:
    """Write a chunk. With the last one the file is examined and stored."""
    _require_version()
    return _append(upload)


@blueprint.route("/<uuid:upload>", methods=["DELETE"])
@blueprint.response(204, description="Given up")
@refusals(401, 403, 404, 412, 423)
@require(Permission.SYNC)
def discard(upload: uuid.UUID) -> Response:
    """Throw away what has arrived. What is stored already stays."""
    _require_version()
    return _discard(upload)


@blueprint.route("/<uuid:upload>", methods=["POST"])
@blueprint.response(204, description="As the method named in X-HTTP-Method-Override")
@refusals(401, 405)
@require(Permission.SYNC)
def instead(upload: uuid.UUID) -> Response:
    """Any of the above, for clients whose network lets only POST through."""
    _require_version()
    named = _METHODS.get(request.headers.get("X-HTTP-Method-Override", "").strip().upper())
    if named is None:
        raise Refusal("method_not_allowed")
    return named(upload)


@blueprint.after_request
def _sign(response: Response) -> Response:
    response.headers["Tus-Resumable"] = headers.VERSION
    if response.status_code == 412:
        response.headers["Tus-Version"] = headers.VERSION
    response.headers["Cache-Control"] = "no-store"
    return response


def _require_version() -> None:
    if request.headers.get("Tus-Resumable") != headers.VERSION:
        raise Refusal("unknown_tus_version")


def _offset(upload: uuid.UUID) -> Response:
    evidence = operations.sendable(db.session(), caller(), upload)
    length = evidence.size
    response = Response(status=200)
    response.headers["Upload-Length"] = str(length)
    response.headers["Upload-Metadata"] = headers.write_evidence(upload)
    if evidence.stored:
        return _at(response, length)
    expires_at = operations.under_way(db.session(), upload, now()).expires_at
    arrived = _halves().size(upload)
    if arrived < length:
        return _at(response, arrived, expires_at)
    chunks.heal(_halves(), _storage(), upload)
    return _at(response, length)


def _append(upload: uuid.UUID) -> Response:
    if request.mimetype != headers.CONTENT_TYPE:
        raise Refusal("unsupported_media_type")
    chunk = chunks.Chunk(
        offset=headers.read_number("Upload-Offset", request.headers.get("Upload-Offset")),
        checksum=headers.read_checksum(request.headers.get("Upload-Checksum")),
    )
    request.max_content_length = LARGEST_CHUNK
    if not _room.acquire(blocking=False):
        raise Refusal("busy", retry_after=1)
    try:
        written = chunks.write_chunk(_halves(), _storage(), caller(), upload, chunk)
    finally:
        _room.release()
    return _at(Response(status=204), written.offset, written.expires_at)


def _discard(upload: uuid.UUID) -> Response:
    evidence = operations.sendable(db.session(), caller(), upload)
    if evidence.stored:
        raise Refusal("forbidden")
    operations.known(db.session(), upload)
    db.session.rollback()
    with _halves().writing(upload) as half:
        finishing.give_up(half, upload)
    return Response(status=204)


_METHODS: dict[str, Callable[[uuid.UUID], Response]] = {
    "HEAD": _offset,
    "PATCH": _append,
    "DELETE": _discard,
}


def _at(response: Response, arrived: int, expires_at: datetime | None = None) -> Response:
    response.headers["Upload-Offset"] = str(arrived)
    if expires_at is not None:
        response.headers["Upload-Expires"] = http_date(expires_at)
    return response


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _halves() -> HalfFiles:
    return HalfFiles(_settings().data_dir)


def _storage() -> Storage:
    return open_storage(_settings().storage_url)
