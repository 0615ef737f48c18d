"""Reports: the list, ordering one, following it, fetching its documents."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import cast

from flask import (
    Response,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from config.errors import Refusal, message
from config.extensions import db, ring, write
from config.settings import Settings
from config.storage import open_storage
from inspection import mail
from inspection.office.blueprint import blueprint, say
from inspection.office.options import today
from inspection.office.period_addresses import address_of
from inspection.office.reads import campaigns as campaign_reads
from inspection.office.reads import reports as reads
from inspection.office.views.guards import page_number
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission
from inspection.reports import delivering, issuing, operations, ordering, queries
from inspection.reports.behind import FIGURES
from inspection.reports.counting import period_of
from inspection.reports.deadlines import deadline_of
from inspection.reports.models import Format, Report, ReportKind, ReportStatus
from inspection.reports.periods import (
    NUMBERS,
    Period,
    PeriodDocument,
    PeriodKind,
    WrongPeriodError,
    begun,
    parse,
)

FINISHED = (ReportStatus.DONE.value, ReportStatus.FAILED.value, ReportStatus.CANCELLED.value)


@blueprint.get("/reports")
@require_page(Permission.READ_REPORTS)
def reports() -> ResponseReturnValue:
    """Every report of the district that the reader may read."""
    page = page_number()
    found, total = reads.listed(db.session(), caller(), page)
    return render_template(
        "office/reports.html", reports=found, total=total, page=page, pages=-(-total // reads.ROWS_A_PAGE)
    )


@blueprint.get("/reports/new")
@require_page(Permission.READ_REPORTS)
def new_report() -> ResponseReturnValue:
    """The order form."""
    return _form(request.args.to_dict(), None, None)


@blueprint.post("/reports/new")
@require_page(Permission.READ_REPORTS)
def order_report() -> ResponseReturnValue:
    """Order the report and go to the page that follows it, or only show the window that its period stands for."""
    asked = request.form.to_dict()
    window, problem = _window(asked)
    kind = _kind(asked)
    if "show_window" in asked:
        return _form(asked, window, problem)
    wanted = [one for one in Format if one.value in request.form.getlist("formats")]
    if window is None or not wanted:
        return _form(asked, window, problem or say("form.check")), 422
    report = _order(kind, window, wanted, public="public" in asked and kind is ReportKind.VIOLATION_SUMMARY)
    flash(say("flash.report_ordered"), "success")
    return redirect(url_for("office.report", report=report))


@blueprint.get("/reports/<uuid:report>")
@require_page(Permission.READ_REPORTS)
def report(report: uuid.UUID) -> ResponseReturnValue:
    """How far a report is, what it says, and its documents."""
    return _page(report)


def _page(report: uuid.UUID, problem: str | None = None) -> str:
    """The page of a report; ``problem`` is why it was not issued."""
    found = _readable(report)
    issue = issuing.issue_of(db.session(), report)
    settings: Settings = current_app.config["SETTINGS"]
    summary = found.kind == ReportKind.VIOLATION_SUMMARY.value
    standing = found.status == ReportStatus.DONE.value and found.taken_at and not found.superseded
    return render_template(
        "office/report.html",
        report=found,
        finished=found.status in FINISHED,
        error=message(found.error, caller().language) if found.error else None,
        files=operations.files_of(db.session(), report) if found.status == ReportStatus.DONE.value else [],
        totals=(found.figures or {}).get("totals") or {},
        address=address_of(period_of(cast(PeriodDocument, found.period))) if summary else None,
        behind=FIGURES,
        signature=operations.signature_of(db.session(), report),
        letters=delivering.sent(db.session(), report),
        deadline=deadline_of(ReportKind(found.kind), cast(PeriodDocument, found.period)),
        issue=issue,
        issuable=standing and found.issue_of is None and issue is None,
        signs=settings.signing_certificate is not None or settings.demonstration,
        numbered=found.kind in issuing.NUMBERED,
        first_day=issuing.first_day(found) if found.taken_at else None,
        last_day=today(),
        asked=request.form,
        problem=message(problem, caller().language) if problem else None,
    )


@blueprint.get("/reports/<uuid:report>/progress")
@require_page(Permission.READ_REPORTS)
def report_progress(report: uuid.UUID) -> ResponseReturnValue:
    """How far a report is, for the script of its page."""
    found = _readable(report)
    words = say("report.progress_words", percent=int(found.progress * 100))
    return jsonify(progress=found.progress, finished=found.status in FINISHED, words=words)


@blueprint.post("/reports/<uuid:report>/retry")
@require_page(Permission.READ_REPORTS)
def retry_report(report: uuid.UUID) -> ResponseReturnValue:
    """Order a failed report again."""
    found = _readable(report)
    if found.status != ReportStatus.FAILED.value:
        return redirect(url_for("office.report", report=report))
    if found.issue_of is not None:
        return redirect(url_for("office.report", report=found.issue_of))
    with write() as session:
        again = ordering.retry(session, found, ordered_by=caller().person).id
    ring(operations.COMPILE, str(again))
    flash(say("flash.report_ordered"), "success")
    return redirect(url_for("office.report", report=again))


@blueprint.post("/reports/<uuid:report>/issue")
@require_page(Permission.READ_REPORTS)
def issue_report(report: uuid.UUID) -> ResponseReturnValue:
    """Give a draft its number and its day and order what is to be signed. What was typed wrongly is shown again."""
    _readable(report)
    try:
        with write() as session:
            made = issuing.issue(
                session,
                report,
                number=_typed_number(request.form.get("document_number", "")),
                day=_typed_day(request.form.get("document_date", "")),
                issued_by=caller().person,
            ).id
    except Refusal as problem:
        return _page(report, problem.code), problem.status
    ring(operations.COMPILE, str(made))
    flash(say("flash.report_issuing"), "success")
    return redirect(url_for("office.report", report=made))


@blueprint.post("/reports/<uuid:report>/revise")
@require_page(Permission.READ_REPORTS)
def revise_report(report: uuid.UUID) -> ResponseReturnValue:
    """Order a revision of an issued report, with the reason that it will print. What was issued stays."""
    found = _readable(report)
    reason = " ".join(request.form.get("reason", "").split())
    if found.status != ReportStatus.DONE.value or not 0 < len(reason) <= ordering.LONGEST_REASON:
        flash(say("report.reason_missing"), "problem")
        return redirect(url_for("office.report", report=report))
    with write() as session:
        again = ordering.revise(session, found, reason, ordered_by=caller().person).id
    ring(operations.COMPILE, str(again))
    flash(say("flash.report_ordered"), "success")
    return redirect(url_for("office.report", report=again))


@blueprint.post("/reports/<uuid:report>/send")
@require_page(Permission.READ_REPORTS)
def send_report(report: uuid.UUID) -> ResponseReturnValue:
    """Mail a finished report to everybody on the distribution list who has not got it."""
    found = _readable(report)
    if found.status != ReportStatus.DONE.value:
        raise Refusal("report_not_ready")
    settings: Settings = current_app.config["SETTINGS"]
    with write() as session:
        queued = delivering.send(session, report, settings.public_url)
    mail.ring_for(queued)
    flash(say("flash.report_sent", count=len(queued)) if queued else say("flash.report_sent_none"), "success")
    return redirect(url_for("office.report", report=report))


@blueprint.post("/reports/<uuid:report>/cancel")
@require_page(Permission.READ_REPORTS)
def cancel_report(report: uuid.UUID) -> ResponseReturnValue:
    """Call back an order that is not done; its worker stops at the next step."""
    _readable(report)
    with write() as session:
        cancelled = operations.cancel(session, report)
    words, tone = ("report_cancelled", "success") if cancelled else ("report_too_late", "warning")
    flash(say(f"flash.{words}"), tone)
    return redirect(url_for("office.reports"))


@blueprint.get("/reports/<uuid:report>/files/<made>")
@require_page(Permission.READ_REPORTS)
def report_file(report: uuid.UUID, made: str) -> ResponseReturnValue:
    """One document of a finished report."""
    found = _readable(report)
    kept = operations.document_of(db.session(), report, made)
    if found.status != ReportStatus.DONE.value or kept is None:
        raise Refusal("not_found")
    settings: Settings = current_app.config["SETTINGS"]
    answer: Response = send_file(
        open_storage(settings.storage_url).open(kept.key),
        mimetype=kept.media_type,
        as_attachment=True,
        download_name=delivering.file_name(found, made),
    )
    answer.content_length = kept.size
    return answer


def _readable(report: uuid.UUID) -> Report:
    found = reads.readable(db.session(), caller(), report)
    if found is None:
        raise Refusal("not_found")
    return found


def _kind(asked: Mapping[str, str]) -> ReportKind:
    """The kind that is asked for, if the reader may order it.

    :raises Refusal: ``forbidden`` or ``unprocessable``.
    """
    offered = reads.kinds_for(caller())
    try:
        kind = ReportKind(asked.get("kind") or (offered[0] if offered else ""))
    except ValueError:
        raise Refusal("unprocessable") from None
    if kind not in offered:
        raise Refusal("forbidden")
    return kind


def _window(asked: Mapping[str, str]) -> tuple[Period | None, str | None]:
    """The period that the form asks for, or what is wrong with it."""
    wish: dict[str, object] = {"kind": asked.get("period", "")}
    match asked.get("period"):
        case PeriodKind.CAMPAIGN:
            wish["id"] = asked.get("campaign", "")
        case PeriodKind.RANGE:
            wish |= {"from": asked.get("first", ""), "to": asked.get("last", "")}
        case period:
            wish["year"] = _whole(asked.get("year", ""))
            if period in NUMBERS:
                wish["number"] = _whole(asked.get("number", ""))
    try:
        return begun(parse(wish, _campaign_days), today()), None
    except WrongPeriodError as problem:
        return None, problem.en if caller().language == "en" else problem.vi


def _campaign_days(campaign: uuid.UUID) -> tuple[str, date, date] | None:
    jurisdiction = caller().grants.jurisdiction
    return None if jurisdiction is None else queries.campaign_days(db.session(), jurisdiction, campaign)


def _typed_number(text: str) -> int | None:
    """The number of a document as it was typed; nothing for none.

    :raises Refusal: ``wrong_document_number``.
    """
    text = text.strip()
    if text and not (text.isascii() and text.isdigit() and len(text) <= len(str(issuing.LARGEST_NUMBER))):
        raise Refusal("wrong_document_number")
    return int(text) if text else None


def _typed_day(text: str) -> date:
    """The day of a document as it was typed.

    :raises Refusal: ``wrong_document_date``.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("wrong_document_date") from None


def _whole(text: str) -> object:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else text


def _order(
    kind: ReportKind,
    period: Period,
    wanted: list[Format],
    *,
    public: bool = False,
) -> uuid.UUID:
    reading = caller()
    if reading.grants.jurisdiction is None:
        raise Refusal("forbidden")
    with write() as session:
        ordered = ordering.order(
            session,
            reading.grants.jurisdiction,
            kind,
            period,
            wanted,
            ordered_by=reading.person,
            public=public,
        ).id
    ring(operations.COMPILE, str(ordered))
    return ordered


def _form(asked: Mapping[str, str], window: Period | None, problem: str | None) -> str:
    reading, day = caller(), today()
    return render_template(
        "office/report_new.html",
        kinds=reads.kinds_for(reading),
        kind=_kind(asked),
        period_kinds=list(PeriodKind),
        asked={"period": "month", "year": str(day.year), "number": str(day.month), **asked},
        formats_offered=list(Format),
        formats_wanted=request.form.getlist("formats") or [one.value for one in Format],
        campaigns=campaign_reads.campaigns_of(db.session(), reading.grants.jurisdiction),
        window=window,
        problem=problem,
    )
