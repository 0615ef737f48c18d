"""Checklists as data: taken out as a workbook, sent back, looked at, published, withdrawn before their day."""

from __future__ import annotations

import io
import uuid
from datetime import date

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from config.errors import Refusal
from config.extensions import db, write
from inspection.checklists import publishing
from inspection.checklists.models import Checklist, ChecklistDraft
from inspection.checklists.queries import editions_of, violation_types_on
from inspection.checklists.workbook.comparing import compare
from inspection.checklists.workbook.writing import write_workbook
from inspection.office.blueprint import blueprint, say
from inspection.office.options import today
from inspection.office.reads import checklists as reads
from inspection.office.views.guards import home_scope, must
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb
from inspection.workbooks import WorkbookError

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/checklists")
@require_page(Permission.MANAGE_CHECKLISTS)
def checklists() -> ResponseReturnValue:
    """Every checklist with its editions."""
    editions = reads.editions(db.session(), home_scope("reference"))
    return render_template("office/checklists.html", editions=editions, today=today())


@blueprint.get("/checklists/<uuid:record>")
@require_page(Permission.MANAGE_CHECKLISTS)
def checklist(record: uuid.UUID) -> ResponseReturnValue:
    """One edition as the phone shows it; the workbooks that were sent for the checklist."""
    return _page(_edition(record), ())


@blueprint.get("/checklists/<uuid:record>/workbook.xlsx")
@require_page(Permission.MANAGE_CHECKLISTS)
def checklist_workbook(record: uuid.UUID) -> ResponseReturnValue:
    """An edition as a workbook."""
    edition = _edition(record)
    content = write_workbook(publishing.sheets_of(edition))
    name = f"{edition.code}-{edition.edition}.xlsx"
    return send_file(io.BytesIO(content), mimetype=MEDIA_TYPE, as_attachment=True, download_name=name)


@blueprint.post("/checklists/<uuid:record>/drafts")
@require_page(Permission.MANAGE_CHECKLISTS)
def upload_checklist(record: uuid.UUID) -> ResponseReturnValue:
    """Read the workbook that was sent and go to its preview; nothing is published yet."""
    edition = _edition(record)
    must(Verb.CREATE, "checklist", edition.scope)
    sent = request.files.get("workbook")
    if sent is None or not sent.filename:
        flash(say("checklists.choose_file"), "warning")
        return redirect(url_for("office.checklist", record=record))
    session = db.session()
    codes = [each.code for each in violation_types_on(session, edition.scope, today())]
    newest = [each for each in editions_of(session, edition.scope, edition.code) if not each.voided][-1].id
    content, filename = sent.read(), sent.filename
    try:
        with write() as writing:
            current = writing.get_one(Checklist, newest)
            made = publishing.draft(writing, caller().author, current, filename, content, codes).id
    except WorkbookError as problem:
        faults = [(each.place, each.message(caller().language)) for each in problem.faults]
        return _page(_edition(record), faults), 422
    return redirect(url_for("office.checklist_draft", record=made))


@blueprint.get("/checklists/drafts/<uuid:record>")
@require_page(Permission.MANAGE_CHECKLISTS)
def checklist_draft(record: uuid.UUID) -> ResponseReturnValue:
    """What a workbook would change, and the checklist as the phone would show it."""
    session, made = db.session(), _draft(record)
    before = session.get_one(Checklist, made.follows)
    edition = session.get(Checklist, made.edition) if made.edition else None
    return render_template(
        "office/checklist_draft.html",
        made=made,
        before=before,
        edition=edition,
        differences=compare(before.items, made.content["items"]),
        groups=reads.groups(made.content["items"]),
        earliest=today() + publishing.EARLIEST,
        withdrawable=made.status == "published" and edition is not None and edition.valid_from > today(),
    )


@blueprint.post("/checklists/drafts/<uuid:record>/publish")
@require_page(Permission.MANAGE_CHECKLISTS)
def publish_checklist(record: uuid.UUID) -> ResponseReturnValue:
    """Publish a draft from the day that was given."""
    made = _draft(record)
    must(Verb.CREATE, "checklist", made.scope)
    try:
        first = date.fromisoformat(request.form.get("valid_from", ""))
    except ValueError:
        flash(say("checklists.give_day"), "warning")
        return redirect(url_for("office.checklist_draft", record=record))
    with write() as session:
        held = session.get_one(ChecklistDraft, record)
        publishing.publish(session, caller().author, held, first, today())
    flash(say("checklists.published"), "success")
    return redirect(url_for("office.checklist_draft", record=record))


@blueprint.post("/checklists/drafts/<uuid:record>/withdraw")
@require_page(Permission.MANAGE_CHECKLISTS)
def withdraw_checklist(record: uuid.UUID) -> ResponseReturnValue:
    """Take a published edition back before its first day."""
    made = _draft(record)
    must(Verb.VOID, "checklist", made.scope)
    reason = request.form.get("reason", "").strip()[:2000]
    if not reason:
        raise Refusal("unprocessable")
    with write() as session:
        held = session.get_one(ChecklistDraft, record)
        publishing.withdraw(session, caller().author, held, reason, today())
    flash(say("checklists.withdrawn"), "success")
    return redirect(url_for("office.checklist_draft", record=record))


@blueprint.post("/checklists/drafts/<uuid:record>/discard")
@require_page(Permission.MANAGE_CHECKLISTS)
def discard_checklist(record: uuid.UUID) -> ResponseReturnValue:
    """Put a draft away."""
    made = _draft(record)
    with write() as session:
        publishing.discard(session, session.get_one(ChecklistDraft, record))
    flash(say("checklists.discarded"), "success")
    return redirect(url_for("office.checklist", record=made.follows))


@blueprint.get("/reference-data")
@require_page(Permission.MANAGE_CHECKLISTS)
def reference_data() -> ResponseReturnValue:
    """Questions and acts with the text they rest on, how well it was read, and when they hold."""
    asked = reads.Asked.of(request.args)
    lines = reads.reference_lines(db.session(), home_scope("reference"), asked, caller().language == "en")
    return render_template("office/reference_data.html", asked=asked, lines=lines, today=today())


def _edition(record: uuid.UUID) -> Checklist:
    edition = db.session().get(Checklist, record)
    if edition is None or edition.scope != home_scope("reference"):
        raise Refusal("not_found")
    return edition


def _draft(record: uuid.UUID) -> ChecklistDraft:
    made = db.session().get(ChecklistDraft, record)
    if made is None or made.scope != home_scope("reference"):
        raise Refusal("not_found")
    return made


def _page(edition: Checklist, faults: object) -> str:
    return render_template(
        "office/checklist.html",
        edition=edition,
        faults=faults,
        groups=reads.groups(edition.items),
        drafts=publishing.drafts_of(db.session(), edition.scope, edition.code),
    )
