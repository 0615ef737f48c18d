"""Workbooks of reference data that were sent: looked at, published with a first day, withdrawn before it, put away."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config.errors import Refusal
from config.extensions import db, write
from inspection.checklists import drafts, publishing
from inspection.checklists.models import Checklist, ReferenceDraft
from inspection.office.blueprint import blueprint, say
from inspection.office.options import today
from inspection.office.reads import checklists as reads
from inspection.office.views.guards import home_scope, must
from inspection.people.access import caller, require_page
from inspection.people.permissions import Permission, Verb
from inspection.workbooks import WorkbookError


def take(
    keep: Callable[[Session, str, bytes], ReferenceDraft], page: Callable[[object], str]
) -> ResponseReturnValue:
    """Keep the workbook that was sent and go to its preview; without one, or with a faulty one, show ``page`` again."""
    sent = request.files.get("workbook")
    if sent is None or not sent.filename:
        flash(say("checklists.choose_file"), "warning")
        return page(()), 422
    name, content = sent.filename, sent.read()
    try:
        with write() as session:
            made = keep(session, name, content).id
    except WorkbookError as problem:
        faults = [(each.place, each.message(caller().language)) for each in problem.faults]
        return page(faults), 422
    return redirect(url_for("office.reference_draft", record=made))


@blueprint.get("/reference-drafts/<uuid:record>")
@require_page(Permission.MANAGE_CHECKLISTS)
def reference_draft(record: uuid.UUID) -> ResponseReturnValue:
    """What a workbook would change; a checklist also as the phone would show it."""
    session, made = db.session(), _draft(record)
    of_checklist = made.kind == publishing.CHECKLIST
    steps = [step["made"] for step in made.steps if step["made"]]
    return render_template(
        "office/reference_draft.html",
        made=made,
        before=publishing.before_of(session, made) if of_checklist else None,
        edition=session.get(Checklist, uuid.UUID(steps[0])) if of_checklist and steps else None,
        differences=publishing.differences_of(session, made),
        groups=reads.groups(made.content["items"]) if of_checklist else [],
        earliest=today() + drafts.EARLIEST,
        withdrawable=made.status == "published" and made.valid_from is not None and made.valid_from > today(),
    )


@blueprint.post("/reference-drafts/<uuid:record>/publish")
@require_page(Permission.MANAGE_CHECKLISTS)
def publish_draft(record: uuid.UUID) -> ResponseReturnValue:
    """Publish a draft from the day that was given."""
    made = _draft(record)
    must(Verb.CREATE, made.kind, made.scope)
    try:
        first = date.fromisoformat(request.form.get("valid_from", ""))
    except ValueError:
        flash(say("checklists.give_day"), "warning")
        return redirect(url_for("office.reference_draft", record=record))
    with write() as session:
        held = session.get_one(ReferenceDraft, record)
        publishing.publish(session, caller().author, held, first, today())
    flash(say("checklists.published"), "success")
    return redirect(url_for("office.reference_draft", record=record))


@blueprint.post("/reference-drafts/<uuid:record>/withdraw")
@require_page(Permission.MANAGE_CHECKLISTS)
def withdraw_draft(record: uuid.UUID) -> ResponseReturnValue:
    """Take back what was published before its first day."""
    made = _draft(record)
    must(Verb.VOID, made.kind, made.scope)
    reason = request.form.get("reason", "").strip()[:2000]
    if not reason:
        raise Refusal("unprocessable")
    with write() as session:
        held = session.get_one(ReferenceDraft, record)
        drafts.withdraw(session, caller().author, held, reason, today())
    flash(say("checklists.withdrawn"), "success")
    return redirect(url_for("office.reference_draft", record=record))


@blueprint.post("/reference-drafts/<uuid:record>/discard")
@require_page(Permission.MANAGE_CHECKLISTS)
def discard_draft(record: uuid.UUID) -> ResponseReturnValue:
    """Put a draft away."""
    made = _draft(record)
    before = publishing.before_of(db.session(), made) if made.kind == publishing.CHECKLIST else None
    with write() as session:
        drafts.discard(session, session.get_one(ReferenceDraft, record))
    flash(say("checklists.discarded"), "success")
    if before is not None:
        return redirect(url_for("office.checklist", record=before.id))
    return redirect(url_for("office.checklists" if made.kind == publishing.CHECKLIST else "office.catalogue"))


def _draft(record: uuid.UUID) -> ReferenceDraft:
    made = db.session().get(ReferenceDraft, record)
    if made is None or made.scope != home_scope("reference"):
        raise Refusal("not_found")
    return made
