"""What every address shares: refusals as JSON in the reader's language, request ids, security headers,
health."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

import redis
import structlog
from flask import Blueprint, Flask, Response, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.registry import Collector
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from uuid_utils.compat import uuid7
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from config import broker
from config.errors import CATALOGUE, Language, Refusal, body
from config.extensions import db
from config.settings import Settings
from config.storage import StorageError, open_storage

log = logging.getLogger(__name__)
access_log = structlog.stdlib.get_logger("access")
QUIET = frozenset({"health.healthz", "health.readyz", "health.metrics", "office.static", "app_files.file"})
"""Endpoints whose requests are counted and not logged."""

blueprint = Blueprint("health", __name__)

API_POLICY = "default-src 'none'; frame-ancestors 'none'"
"""An answer for a program does nothing in a browser that somebody opens it with."""

TOO_MANY_WAIT = 60
"""Seconds after which a device that asked too often may come again."""

RETRY_AFTER = 5
"""Seconds after which a client may try again when the database is away."""

_BY_STATUS = {
    400: "malformed_request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "changed_meanwhile",
    413: "too_large",
    415: "unsupported_media_type",
    422: "unprocessable",
    429: "too_many_attempts",
    503: "unavailable",
}
_requests = Counter("http_requests_total", "Requests answered", ["endpoint", "method", "status"])
_seconds = Histogram("http_request_seconds", "Time to answer", ["endpoint"])

ErrorPage = Callable[[Refusal], ResponseReturnValue]


def reader_language() -> Language:
    """The language of ``Accept-Language``: Vietnamese unless English is preferred."""
    return "en" if request.accept_languages.best_match(["vi", "en"], default="vi") == "en" else "vi"


def refusal_of(problem: HTTPException) -> Refusal:
    """The catalogue's refusal for an error that the framework raised."""
    status = problem.code or 500
    code = _BY_STATUS.get(status, "internal" if status >= 500 else "malformed_request")
    data: Any = getattr(problem, "data", None)
    messages = data.get("messages") if isinstance(data, dict) else None
    errors = messages.get("json", messages) if isinstance(messages, dict) else None
    wait = TOO_MANY_WAIT if status == 429 else None
    return Refusal(code, errors=errors, status=status, retry_after=wait)


def json_problem(refusal: Refusal) -> Response:
    """A refusal as the JSON body that every API error has."""
    response = jsonify(body(refusal, reader_language()))
    response.status_code = refusal.status
    response.headers["Cache-Control"] = "no-store"
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    if refusal.status == CATALOGUE["unauthenticated"].status:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def install(app: Flask, error_page: ErrorPage, *collectors: Collector) -> None:
    """Serve health and metrics from ``app`` and answer every failure; ``error_page`` shows one to a person.
    ``collectors`` add figures of the domain to the metrics."""

    app.extensions["metric_collectors"] = collectors

    def answer(refusal: Refusal) -> ResponseReturnValue:
        for_program = request.path.startswith(("/api/", "/healthz", "/readyz", "/metrics"))
        return json_problem(refusal) if for_program else error_page(refusal)

    def on_refusal(refusal: Refusal) -> ResponseReturnValue:
        return answer(refusal)

    def on_http(problem: HTTPException) -> ResponseReturnValue:
        if problem.code is not None and problem.code < 400:
            return problem
        return answer(refusal_of(problem))

    def on_database(problem: Exception) -> ResponseReturnValue:
        log.error("database unavailable: %s", type(problem).__name__)
        db.session.rollback()
        return answer(Refusal("unavailable", retry_after=RETRY_AFTER))

    def on_failure(problem: Exception) -> ResponseReturnValue:
        log.error("unhandled failure", exc_info=problem)
        return answer(Refusal("internal"))

    app.register_error_handler(Refusal, on_refusal)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(DBAPIError, on_database)
    app.register_error_handler(PoolTimeoutError, on_database)
    app.register_error_handler(Exception, on_failure)
    settings: Settings = app.config["SETTINGS"]
    if settings.trusted_proxies:
        # Unasked, anybody could name an address of their choice and so escape the count of failed sign-ins.
        trusted = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's own way
            app.wsgi_app, x_for=trusted, x_proto=trusted, x_prefix=trusted
        )
    app.before_request(_begin)
    app.after_request(_end)
    app.register_blueprint(blueprint)


def _begin() -> None:
    g.began = time.monotonic()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=_request_id(request.headers.get("X-Request-Id", "")))


def _request_id(given: str) -> str:
    """A phone names its request, so that one word leads from its log to the jobs that followed. What is no UUID is
    not repeated: it would be a way to write into the log."""
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return str(uuid7())


def _end(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    _requests.labels(endpoint, request.method, response.status_code).inc()
    if "began" in g:
        seconds = time.monotonic() - g.began
        _seconds.labels(endpoint).observe(seconds)
        # The endpoint's name and never the address: a search word or a record's id may stand in it.
        answered = {"endpoint": endpoint, "method": request.method, "status": response.status_code}
        if endpoint not in QUIET:
            access_log.info("request", **answered, milliseconds=round(seconds * 1000))
    if request.path.startswith("/api/"):
        response.headers.setdefault("Content-Security-Policy", API_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers["X-Request-Id"] = structlog.contextvars.get_contextvars().get("request_id", "")
    return response


@blueprint.get("/healthz")
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> tuple[dict[str, str], int]:
    """Whether database, queue and storage can be reached. A queue or a storage that is away stops nothing that a phone
    sends, so only the database makes the process unready."""
    state = {"database": _check(_database), "queue": _check(_queue), "storage": _check(_storage)}
    return state, 200 if state["database"] == "ok" else 503


@blueprint.get("/metrics")
def metrics() -> Response:
    """Figures for Prometheus, over all processes when they share a folder."""
    registry = CollectorRegistry()
    for collector in current_app.extensions["metric_collectors"]:
        registry.register(collector)
    try:
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # prometheus_client leaves it untyped
        content = generate_latest(registry)
    except ValueError:
        content = generate_latest(registry) + generate_latest()
    return Response(content, content_type=CONTENT_TYPE_LATEST)


def _check(probe: Callable[[], None]) -> str:
    try:
        probe()
    except (DBAPIError, PoolTimeoutError, redis.RedisError, StorageError, OSError):
        return "unreachable"
    return "ok"


def _database() -> None:
    db.session.execute(text("SELECT 1 FROM journal_generation"))


def _storage() -> None:
    settings: Settings = current_app.config["SETTINGS"]
    open_storage(settings.storage_url).check()


def _queue() -> None:
    settings: Settings = current_app.config["SETTINGS"]
    with broker.connect(settings.redis_url) as client:
        client.ping()
