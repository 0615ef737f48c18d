"""Traces by OpenTelemetry: a span for each request, each statement of the database and each job, so that what a phone
sent is followed through the journal into the jobs that it rang.

Imported only where ``OTEL_EXPORTER_OTLP_ENDPOINT`` is set; the libraries are those of ``requirements-telemetry.txt``.
An attribute is the name of something of ours, never a value of somebody's: an endpoint and not an address, a statement
with its places and not what was put into them, the kind of a failure and not its words. A trace begins here, whatever
the request says of one, and carries the request's id like its log lines.
"""

from __future__ import annotations

import re
from typing import Any

from celery import Task
from celery.signals import before_task_publish, task_postrun, task_prerun
from flask import Flask, Response, g, request
from opentelemetry import context, propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, StatusCode
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection, ExceptionContext
from structlog.contextvars import get_contextvars

from config.web import QUIET

REQUEST_ID = "inspection.request_id"
LONGEST_STATEMENT = 2000
_TABLE = re.compile(r'\b(?:FROM|INTO|UPDATE)\s+"?(\w+)', re.IGNORECASE)


def install(app: Flask, endpoint: str) -> None:
    """Follow what this process does and send it to ``endpoint``, where OTLP over HTTP is spoken. How much and how often
    is the libraries' to read (``OTEL_TRACES_SAMPLER``, ``OTEL_BSP_…``)."""
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: app.name}))
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(exporter))
    tracer = provider.get_tracer(app.name)
    _follow_requests(app, tracer)
    _follow_statements(tracer)
    _follow_jobs(tracer)


def _follow_requests(app: Flask, tracer: trace.Tracer) -> None:
    def begin() -> None:
        if request.endpoint not in QUIET:
            name = f"{request.method} {request.endpoint or 'none'}"
            span = tracer.start_span(name, context.Context(), kind=SpanKind.SERVER)
            g.span = span, context.attach(trace.set_span_in_context(span))

    def answered(response: Response) -> Response:
        if "span" in g:
            span: Span = g.span[0]
            span.set_attribute("http.request.method", request.method)
            span.set_attribute("http.response.status_code", response.status_code)
            span.set_attribute(REQUEST_ID, str(get_contextvars().get("request_id", "")))
            if request.url_rule is not None:
                span.set_attribute("http.route", request.url_rule.rule)
            if response.status_code >= 500:
                span.set_status(StatusCode.ERROR)
        return response

    def end(_problem: BaseException | None) -> None:
        if "span" in g:
            span, token = g.pop("span")
            context.detach(token)
            span.end()

    app.before_request(begin)
    app.after_request(answered)
    app.teardown_request(end)


def _follow_statements(tracer: trace.Tracer) -> None:
    """A statement has a span when something that has one asks for it."""

    def begin(
        connection: Connection, _cursor: Any, statement: str, _values: Any, _context: Any, _many: bool
    ) -> None:
        if not trace.get_current_span().get_span_context().is_valid:
            return
        tables = _TABLE.search(statement)
        verb = statement.split(None, 1)[0].upper()
        span = tracer.start_span(f"{verb} {tables[1]}" if tables else verb, kind=SpanKind.CLIENT)
        span.set_attribute("db.system.name", connection.dialect.name)
        span.set_attribute("db.query.text", statement[:LONGEST_STATEMENT])
        connection.info.setdefault("spans", []).append(span)

    def end(connection: Connection, *_: Any) -> None:
        if spans := connection.info.get("spans"):
            spans.pop().end()

    def failed(failure: ExceptionContext) -> None:
        if failure.connection is not None and (spans := failure.connection.info.get("spans")):
            span: Span = spans.pop()
            _mark(span, failure.original_exception)
            span.end()

    event.listen(Engine, "before_cursor_execute", begin)
    event.listen(Engine, "after_cursor_execute", end)
    event.listen(Engine, "handle_error", failed)


def _follow_jobs(tracer: trace.Tracer) -> None:
    running: dict[str, tuple[Span, Any]] = {}

    def rung(headers: dict[str, Any], **_: Any) -> None:
        propagate.inject(headers)

    def begin(task_id: str, task: Task[Any, Any], **_: Any) -> None:
        origin = {"traceparent": task.request.get("traceparent") or ""}
        span = tracer.start_span(task.name, propagate.extract(origin), kind=SpanKind.CONSUMER)
        span.set_attribute(REQUEST_ID, str(task.request.get("request_id") or task_id))
        running[task_id] = span, context.attach(trace.set_span_in_context(span))

    def end(task_id: str, retval: Any, state: str | None, **_: Any) -> None:
        if task_id not in running:
            return
        span, token = running.pop(task_id)
        context.detach(token)
        if state == "FAILURE":
            _mark(span, retval)
        span.end()

    before_task_publish.connect(rung, weak=False)
    task_prerun.connect(begin, weak=False)
    task_postrun.connect(end, weak=False)


def _mark(span: Span, problem: object) -> None:
    """Say that it failed, and how: the class alone, because the words may repeat what somebody wrote."""
    span.set_status(StatusCode.ERROR)
    span.set_attribute("error.type", type(problem).__name__)
