"""Moving a visit that was opened in the wrong campaign."""

from __future__ import annotations

import uuid
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config.errors import Refusal
from config.extensions import db, write
from inspection.journal.move import move
from inspection.office.blueprint import blueprint, say
from inspection.office.reads import campaigns as campaign_reads
from inspection.office.reads import records as reads
from inspection.office.reads.names import names_of
from inspection.office.reads.records import RecordView
from inspection.office.views.guards import must, readable
from inspection.office.writing import words_of
from inspection.people.access import caller, require_page
from inspection.people.grants import system_grants
from inspection.people.permissions import Permission, Verb
from inspection.visits.rules import identify

LONGEST_REASON = 2000


@blueprint.get("/visits/<uuid:record>/move")
@require_page(Permission.SETTLE_CONFLICTS)
def move_form(record: uuid.UUID) -> ResponseReturnValue:
    """The form that moves a visit."""
    return _form(_movable(db.session(), record))


@blueprint.post("/visits/<uuid:record>/move")
@require_page(Permission.SETTLE_CONFLICTS)
def move_visit(record: uuid.UUID) -> ResponseReturnValue:
    """Move a visit and all below it. Who may settle in both campaigns may do that, other people's work included."""
    view = _movable(db.session(), record)
    reason = request.form.get("reason", "").strip()[:LONGEST_REASON]
    target = request.form.get("target", "")
    if not reason or target not in {scope for scope, _ in _targets(db.session(), view)}:
        return _form(view, say("move.incomplete")), 422
    author = replace(caller().author, grants=system_grants(caller().person))
    try:
        with write() as session:
            moved = move(
                session,
                author,
                record,
                target,
                base=request.form.get("base", "0"),
                reason=reason,
                identify=identify,
            )
    except Refusal as refusal:
        words = say("move.disputed") if refusal.code == "unprocessable" else words_of(refusal)
        return _form(view, words), 422
    flash(say("move.done"), "success")
    return redirect(url_for("office.visit", record=moved.record))


def _movable(session: Session, record: uuid.UUID) -> RecordView:
    view = readable(session, record, "visit")
    must(Verb.SETTLE, "visit", view.scope)
    if view.state.voided:
        raise Refusal("not_found")
    return view


def _targets(session: Session, view: RecordView) -> list[tuple[str, str]]:
    """The other campaigns in which the reader may settle, by scope and name."""
    grants = caller().grants
    return [
        (one.scope, one.name)
        for one in campaign_reads.campaigns_in(session, grants.scopes)
        if one.scope != view.scope and grants.may(Verb.SETTLE, "visit", one.scope)
    ]


def _form(view: RecordView, problem: str | None = None) -> str:
    session, reading = db.session(), caller()
    below, newest = reads.below(session, view)
    return render_template(
        "office/visit_move.html",
        view=view,
        targets=_targets(session, view),
        below=below,
        base=request.form.get("base") or newest,
        reason=request.form.get("reason", ""),
        chosen=request.form.get("target", ""),
        names=names_of(session, {view.values["campaign"], view.values["establishment"]}, reading.language),
        problem=problem,
    )
