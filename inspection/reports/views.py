"""Ordering and fetching reports over HTTP (``/api/reports``)."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Response, current_app, send_file, url_for
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, fields, validate

from config.errors import Language, Refusal, message
from config.extensions import db, now, ring, write
from config.settings import Settings
from config.storage import open_storage
from inspection import mail
from inspection.idempotency import IdempotencySchema, record_of
from inspection.people.access import caller, require
from inspection.people.permissions import Permission
from inspection.reports import delivering, issuing, operations, ordering, queries
from inspection.reports.models import Format, Report, ReportKind, ReportStatus
from inspection.reports.periods import Period, WrongPeriodError, begun, parse

blueprint = Blueprint("reports", __name__, url_prefix="/api", description="Violation summaries and registers")

Accepted = tuple[dict[str, Any], int, dict[str, str]]

ORDERED_WITH = {
    ReportKind.VIOLATION_SUMMARY: Permission.ORDER_SUMMARIES,
    ReportKind.COMPLAINT_REGISTER: Permission.ORDER_REGISTERS,
    ReportKind.PETITION_TABLES: Permission.ORDER_REGISTERS,
    ReportKind.RECEPTION_BOOK: Permission.ORDER_REGISTERS,
}
"""Who may order a kind of report may also read it."""


class ScopeSchema(Schema):
    """Whose report: one's own jurisdiction, which is also what leaving it out means."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    jurisdiction = fields.UUID()


class OrderSchema(Schema):
    """A report to compile. The period is read by :func:`inspection.reports.periods.parse`; of a violation summary there
    also is a ``public`` edition, which anybody may read."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    kind = fields.Enum(ReportKind, required=True, by_value=True)
    period = fields.Dict(required=True, keys=fields.String(), values=fields.Raw())
    scope = fields.Nested(ScopeSchema, load_default=dict)
    public = fields.Boolean(load_default=False)
    formats = fields.List(
        fields.Enum(Format, by_value=True),
        load_default=lambda: list(Format),
        validate=validate.Length(min=1, max=len(Format)),
    )


class IssueSchema(Schema):
    """The number of the document in its year (none for a register or a table) and its day."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    document_number = fields.Integer(strict=True, load_default=None, allow_none=True)
    document_date = fields.Date(required=True)


class ReasonSchema(Schema):
    """Why a report is revised; the revision prints it."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    reason = fields.String(
        required=True, validate=[validate.Length(max=ordering.LONGEST_REASON), validate.Regexp(r"\s*\S")]
    )


class SentSchema(Schema):
    """How many letters were put into the queue."""

    queued = fields.Integer(required=True)


class FailureSchema(Schema):
    """Why a report was given up."""

    code = fields.String(required=True)
    message = fields.String(required=True)


class ReportSchema(Schema):
    """A report as it stands; figures and checkpoint from the moment they are kept, the document's number and day once
    it is issued. ``issue_of`` is the draft that was issued, ``reason`` why the report is a revision."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    period = fields.Dict(required=True)
    status = fields.String(required=True)
    progress = fields.Float(required=True)
    revision = fields.Integer(allow_none=True)
    document_number = fields.Integer(allow_none=True)
    document_date = fields.Date(allow_none=True)
    issue_of = fields.UUID(allow_none=True)
    reason = fields.String(allow_none=True)
    checkpoint = fields.String(allow_none=True)
    figures = fields.Dict(allow_none=True)
    files = fields.Dict(required=True, keys=fields.String(), values=fields.String())
    ordered_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(allow_none=True)
    error = fields.Nested(FailureSchema)


@blueprint.post("/reports")
@blueprint.arguments(OrderSchema)
@blueprint.arguments(IdempotencySchema, location="headers")
@blueprint.response(202, ReportSchema)
@require(Permission.READ_REPORTS)
def order_report(body: dict[str, Any], headers: dict[str, Any]) -> Accepted:
    """Order a report. The same order while one is open, or under the same key, gives the report that there is."""
    kind: ReportKind = body["kind"]
    jurisdiction = _jurisdiction()
    if (
        not caller().grants.holds(ORDERED_WITH[kind])
        or body["scope"].get("jurisdiction", jurisdiction) != jurisdiction
    ):
        raise Refusal("forbidden")
    if body["public"] and kind is not ReportKind.VIOLATION_SUMMARY:
        raise Refusal("unprocessable")
    with write() as session:
        period = _period(body["period"], jurisdiction)
        made = ordering.order(
            session,
            jurisdiction,
            kind,
            period,
            body["formats"],
            ordered_by=caller().person,
            public=body["public"],
            record=record_of(caller().person, "report", headers.get("key")),
        )
        answer = _form(made)
    return _accepted(answer)


@blueprint.get("/reports/<uuid:report>")
@blueprint.response(200, ReportSchema)
@require(Permission.READ_REPORTS)
def show_report(report: uuid.UUID) -> dict[str, Any]:
    """How far a report is, and what it says."""
    found = _readable(report)
    return _form(found)


@blueprint.get("/reports/<uuid:report>/files/<string:made>")
@blueprint.alt_response(200, description="The document", content_type="application/octet-stream")
@require(Permission.READ_REPORTS)
def report_file(report: uuid.UUID, made: str) -> Response:
    """One document of a finished report."""
    found = _readable(report)
    if found.status != ReportStatus.DONE.value:
        raise Refusal("report_not_ready")
    kept = operations.document_of(db.session(), report, made)
    if kept is None:
        raise Refusal("not_found")
    settings: Settings = current_app.config["SETTINGS"]
    stream = open_storage(settings.storage_url).open(kept.key)
    answer = send_file(
        stream, mimetype=kept.media_type, as_attachment=True, download_name=delivering.file_name(found, made)
    )
    answer.set_etag(kept.sha256)
    answer.content_length = kept.size
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@blueprint.post("/reports/<uuid:report>/issue")
@blueprint.arguments(IssueSchema)
@blueprint.arguments(IdempotencySchema, location="headers")
@blueprint.response(202, ReportSchema)
@require(Permission.READ_REPORTS)
def issue_report(body: dict[str, Any], headers: dict[str, Any], report: uuid.UUID) -> Accepted:
    """Issue a finished draft: it is printed with its number and day, then signed. The issue is a report of its own."""
    _readable(report)
    person = caller().person
    with write() as session:
        made = issuing.issue(
            session,
            report,
            number=body["document_number"],
            day=body["document_date"],
            issued_by=person,
            record=record_of(person, "report issue", headers.get("key")),
        )
        answer = _form(made)
    return _accepted(answer)


@blueprint.post("/reports/<uuid:report>/revise")
@blueprint.arguments(ReasonSchema)
@blueprint.arguments(IdempotencySchema, location="headers")
@blueprint.response(202, ReportSchema)
@require(Permission.READ_REPORTS)
def revise_report(body: dict[str, Any], headers: dict[str, Any], report: uuid.UUID) -> Accepted:
    """Order a finished report once more, with the reason that the revision prints. What was issued stays."""
    found, person = _readable(report), caller().person
    reason = " ".join(body["reason"].split())
    with write() as session:
        record = record_of(person, "report revision", headers.get("key"))
        made = ordering.revise(session, found, reason, ordered_by=person, record=record)
        answer = _form(made)
    return _accepted(answer)


@blueprint.post("/reports/<uuid:report>/retry")
@blueprint.response(202, ReportSchema)
@require(Permission.READ_REPORTS)
def retry_report(report: uuid.UUID) -> Accepted:
    """Order a failed report again; an issue under the number and the day that it had."""
    found = _readable(report)
    with write() as session:
        answer = _form(ordering.retry(session, found, ordered_by=caller().person))
    return _accepted(answer)


@blueprint.post("/reports/<uuid:report>/cancel")
@blueprint.response(200, ReportSchema)
@require(Permission.READ_REPORTS)
def cancel_report(report: uuid.UUID) -> dict[str, Any]:
    """Call back an order that is not finished. One that was called back already stays so."""
    found = _readable(report)
    with write() as session:
        if not operations.cancel(session, report) and found.status != ReportStatus.CANCELLED.value:
            raise Refusal("report_finished")
        return _form(session.get_one(Report, report))


@blueprint.post("/reports/<uuid:report>/send")
@blueprint.response(200, SentSchema)
@require(Permission.READ_REPORTS)
def send_report(report: uuid.UUID) -> dict[str, int]:
    """Mail a finished report to everybody on the distribution list who has not got it."""
    if _readable(report).status != ReportStatus.DONE.value:
        raise Refusal("report_not_ready")
    settings: Settings = current_app.config["SETTINGS"]
    with write() as session:
        queued = delivering.send(session, report, settings.public_url)
    mail.ring_for(queued)
    return {"queued": len(queued)}


def _accepted(answer: dict[str, Any]) -> Accepted:
    """The answer to an order that was committed, its job rung for."""
    ring(operations.COMPILE, str(answer["id"]))
    return answer, 202, {"Location": url_for("reports.show_report", report=answer["id"])}


def _jurisdiction() -> uuid.UUID:
    jurisdiction = caller().grants.jurisdiction
    if jurisdiction is None:
        raise Refusal("forbidden")
    return jurisdiction


def _readable(report: uuid.UUID) -> Report:
    """A report of the caller's jurisdiction; another's does not exist for the caller."""
    found = db.session.get(Report, report)
    if found is None or found.jurisdiction != _jurisdiction():
        raise Refusal("not_found")
    if not caller().grants.holds(ORDERED_WITH[ReportKind(found.kind)]):
        raise Refusal("forbidden")
    return found


def _period(wish: dict[str, object], jurisdiction: uuid.UUID) -> Period:
    """The period that is asked for.

    :raises Refusal: ``unknown_period``, naming the part that is wrong.
    """
    try:
        period = parse(wish, lambda campaign: queries.campaign_days(db.session(), jurisdiction, campaign))
        return begun(period, now().astimezone(issuing.VIETNAM).date())
    except WrongPeriodError as problem:
        words = problem.vi if _language() == "vi" else problem.en
        raise Refusal("unknown_period", errors={"period": {problem.field: [words]}}) from problem


def _language() -> Language:
    return caller().language


def _made(report: Report) -> list[str]:
    """What a finished report is fetched as."""
    if report.status != ReportStatus.DONE.value:
        return []
    session = db.session()
    signed = [operations.SIGNED] if operations.signature_of(session, report.id) else []
    return [one.format for one in operations.files_of(session, report.id)] + signed


def _form(report: Report) -> dict[str, Any]:
    form: dict[str, Any] = {
        "id": report.id,
        "kind": report.kind,
        "period": report.period,
        "status": report.status,
        "progress": report.progress,
        "revision": report.revision,
        "document_number": report.document_number,
        "document_date": report.document_date,
        "checkpoint": report.checkpoint,
        "figures": report.figures,
        "issue_of": report.issue_of,
        "reason": report.reason,
        "files": {
            made: url_for("reports.report_file", report=report.id, made=made) for made in _made(report)
        },
        "ordered_at": report.ordered_at,
        "finished_at": report.finished_at,
    }
    if report.error:
        form["error"] = {"code": report.error, "message": message(report.error, _language())}
    return form
