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
from inspection.people.access import caller, require
from inspection.people.permissions import Permission
from inspection.reports import operations, queries
from inspection.reports.delivering import file_name
from inspection.reports.issuing import VIETNAM
from inspection.reports.models import Format, Report, ReportFile, ReportKind, ReportStatus
from inspection.reports.periods import Period, WrongPeriodError, begun, parse

blueprint = Blueprint("reports", __name__, url_prefix="/api", description="Violation summaries and registers")

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
    """A report to compile. The period is read by :func:`inspection.reports.periods.parse`."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    kind = fields.Enum(ReportKind, required=True, by_value=True)
    period = fields.Dict(required=True, keys=fields.String(), values=fields.Raw())
    scope = fields.Nested(ScopeSchema, load_default=dict)
    formats = fields.List(
        fields.Enum(Format, by_value=True),
        load_default=lambda: list(Format),
        validate=validate.Length(min=1, max=len(Format)),
    )


class FailureSchema(Schema):
    """Why a report was given up."""

    code = fields.String(required=True)
    message = fields.String(required=True)


class ReportSchema(Schema):
    """A report as it stands; figures and checkpoint from the moment they are kept, the document's number and day once
    it is issued."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    period = fields.Dict(required=True)
    status = fields.String(required=True)
    progress = fields.Float(required=True)
    revision = fields.Integer(allow_none=True)
    document_number = fields.Integer(allow_none=True)
    document_date = fields.Date(allow_none=True)
    checkpoint = fields.String(allow_none=True)
    figures = fields.Dict(allow_none=True)
    files = fields.Dict(required=True, keys=fields.String(), values=fields.String())
    ordered_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(allow_none=True)
    error = fields.Nested(FailureSchema)


@blueprint.post("/reports")
@blueprint.arguments(OrderSchema)
@blueprint.response(202, ReportSchema)
@require(Permission.READ_REPORTS)
def order_report(body: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Order a report. The same order while one is open gives that one."""
    kind: ReportKind = body["kind"]
    jurisdiction = _jurisdiction()
    if (
        not caller().grants.holds(ORDERED_WITH[kind])
        or body["scope"].get("jurisdiction", jurisdiction) != jurisdiction
    ):
        raise Refusal("forbidden")
    with write() as session:
        period = _period(body["period"], jurisdiction)
        report = operations.order(
            session,
            jurisdiction=jurisdiction,
            kind=kind,
            period=period,
            formats=body["formats"],
            ordered_by=caller().person,
        )
        answer = _form(report, [])
    ring(operations.COMPILE, str(answer["id"]))
    return answer, 202, {"Location": url_for("reports.show_report", report=answer["id"])}


@blueprint.get("/reports/<uuid:report>")
@blueprint.response(200, ReportSchema)
@require(Permission.READ_REPORTS)
def show_report(report: uuid.UUID) -> dict[str, Any]:
    """How far a report is, and what it says."""
    found = _readable(report)
    return _form(found, operations.files_of(db.session(), report))


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
        stream, mimetype=kept.media_type, as_attachment=True, download_name=file_name(found, made)
    )
    answer.set_etag(kept.sha256)
    answer.content_length = kept.size
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


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
        return begun(period, now().astimezone(VIETNAM).date())
    except WrongPeriodError as problem:
        words = problem.vi if _language() == "vi" else problem.en
        raise Refusal("unknown_period", errors={"period": {problem.field: [words]}}) from problem


def _language() -> Language:
    return caller().language


def _form(report: Report, files: list[ReportFile]) -> dict[str, Any]:
    done = report.status == ReportStatus.DONE.value
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
        "files": {
            one.format: url_for("reports.report_file", report=report.id, made=one.format)
            for one in files
            if done
        },
        "ordered_at": report.ordered_at,
        "finished_at": report.finished_at,
    }
    if report.error:
        form["error"] = {"code": report.error, "message": message(report.error, _language())}
    return form
