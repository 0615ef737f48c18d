"""Evidence as an HTTP answer, for phones and office pages alike. Nothing of it can act in the reader's browser."""

from __future__ import annotations

from flask import Response, current_app, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from config.errors import Refusal
from config.settings import Settings
from config.storage import StorageError, open_storage
from inspection.evidence.models import Evidence
from inspection.evidence.rules import EXTENSIONS, MediaType, content_key

CONTENT_POLICY = "default-src 'none'; sandbox"
STORAGE_RETRY = 30


def serve(evidence: Evidence) -> Response:
    """The bytes of an evidence record that the caller may read; conditional requests and ranges are answered.

    :raises Refusal: ``not_found`` before they have arrived, ``unavailable`` when the storage is away.
    """
    if not evidence.stored:
        raise Refusal("not_found")
    settings: Settings = current_app.config["SETTINGS"]
    kind = MediaType(evidence.media_type)
    try:
        stream = open_storage(settings.storage_url).open(content_key(evidence.sha256))
    except (StorageError, OSError) as problem:
        current_app.logger.error("evidence %s cannot be read: %s", evidence.id, type(problem).__name__)
        raise Refusal("unavailable", retry_after=STORAGE_RETRY) from problem
    response = Response(wrap_file(request.environ, stream), mimetype=kind.value, direct_passthrough=True)
    response.content_length = evidence.size
    response.set_etag(evidence.sha256)
    confine(response, str(evidence.id), kind)
    response.headers["Cache-Control"] = "private, no-cache"
    try:
        response.make_conditional(request, accept_ranges=True, complete_length=evidence.size)
    except RequestedRangeNotSatisfiable:
        stream.close()
        raise
    return response


def confine(response: Response, name: str, kind: MediaType) -> None:
    """Let a file that somebody sent do nothing in the reader's browser but be looked at or saved."""
    shown = "attachment" if kind is MediaType.PDF else "inline"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}.{EXTENSIONS[kind]}"'
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
